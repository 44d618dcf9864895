"""Does an article answer what a group of questions asks, by the texts alone?

Signs of each question, averaged over a sample of the group: how far the best article stands out of what retrieval finds
besides (a question that nobody wrote about finds many articles, all about equally far away), by score, by its best
sentence and by its title; and how near the best sentence is. In a base of a few articles the distances among them tell
most; in a large one everything is near to something, and what counts is how near the best sentence is and how dense
its surroundings are. So there are two logistic sums, mixed by the number of articles. The small one is calibrated on
labelled shops of up to twenty articles, the large one on Doc2Dial's questions after random halves of its documents
were taken away; `bench/quality/answerability.py` measures another half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbaudit.facts.labels import STOP
from kbaudit.model.document import Document, Span
from kbaudit.model.question import Question
from kbaudit.text.asks import content, essence
from kbaudit.text.concepts import concepts
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Hit, Snapshot

Place = tuple[str, str]
SAMPLE = 12
DEPTH = 10
# Ranks from this one on are what a question finds besides its answer: twins of the answering article stand above.
BESIDES = 4
# A base of a few articles has no "besides" worth the name: these values of larger bases count as so many articles, as
# many as `PRIOR_FEW` where there are up to `FEW` articles.
PRIOR_COUNT, PRIOR_FEW, FEW, MANY = 2.0, 8.0, 12, 30
PRIOR_SCORE = 0.25
PRIOR_TITLE = 0.3
# The usual sentence beside the best, and so much the third article counts against what is usual.
PRIOR_SENTENCE, THIRD = 0.42, 6.0
# Weights of `_signs` (score, sentence, near, lead, nearest, besides, title) in bases of up to `SMALL` articles, and in
# those of `LARGE` and more; between the two they are mixed.
SMALL, LARGE = 20, 60
FOR_SMALL, SMALL_BIAS = (12.0, 3.0, 2.0, 0.0, 0.0, 0.0, 0.0), -2.76
FOR_LARGE, LARGE_BIAS = (0.0, 0.0, 0.0, 4.0, 9.7, -7.2, 3.1), -4.55
SHORTEST, LONGEST = 12, 400
CENTRAL = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article and how near it is to the questions."""

    document: Document
    span: Span
    near: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """`logit` > 0: an article answers, by the texts. `nearest`: best passages of the articles that come nearest,
    best first; `missing`: how much of what the questions name again and again the first of them never mentions.
    `ranks`: for each article among them the ranks at which the sampled questions find it (0: not found)."""

    logit: float
    nearest: tuple[Passage, ...]
    ranks: tuple[tuple[int, ...], ...]
    sample: int
    missing: float = 0.0


class Sentences:
    """Sentences of articles with their vectors, encoded when first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[Place, tuple[list[Span], NDArray[np.float32]]] = {}
        self._titles: dict[Place, NDArray[np.float32]] = {}

    def load(self, places: Iterable[Place]) -> None:
        """Encode the sentences of these articles in one go."""
        import numpy as np

        texts: list[str] = []
        owners: list[tuple[Place, list[Span]]] = []
        for place in sorted(set(places) - self._known.keys()):
            document = self._snapshot.document(place)
            if document is None:
                continue
            spans = sentences(document)
            owners.append((place, spans))
            texts.append(document.title)
            texts.extend(document.text[start:end] for start, end in spans)
            texts.extend(f"{document.title}: {document.text[start:end]}" for start, end in spans)
        if not owners:
            return
        vectors = self._snapshot.vectors(texts)
        at = 0
        for place, spans in owners:
            self._titles[place] = np.asarray(vectors[at])
            block = vectors[at + 1 : at + 1 + 2 * len(spans)]
            at += 1 + 2 * len(spans)
            self._known[place] = (spans, np.asarray(block))

    def best(self, vector: NDArray[np.float32], place: Place) -> tuple[float, Span]:
        """The nearest sentence of an article, alone or below its title."""
        import numpy as np

        spans, vectors = self._known[place]
        if not spans:
            return 0.0, (0, 0)
        near = np.round(vectors @ vector, 4)
        both = np.maximum(near[: len(spans)], near[len(spans) :])
        at = int(np.argmax(both))
        return float(both[at]), spans[at]

    def title(self, vector: NDArray[np.float32], place: Place) -> float:
        """How near the article's title is."""
        return round(float(self._titles[place] @ vector), 4)

    def near(self, vector: NDArray[np.float32], place: Place) -> float:
        """How near the nearest sentence is, read alone."""
        spans, vectors = self._known[place]
        return float((vectors[: len(spans)] @ vector).max()) if spans else 0.0


def sentences(document: Document) -> list[Span]:
    """Sentences and headings of an article that are long enough to say something."""
    found = []
    for block in document.blocks:
        for start, end in split(document.text, block.start, block.end):
            if end - start >= SHORTEST:
                found.append((start, min(end, start + LONGEST)))
    return found


def sample(questions: Sequence[Question]) -> list[Question]:
    """Up to `SAMPLE` questions with different texts, from the middle of the group to its edge."""
    seen: dict[str, Question] = {}
    for question in questions:
        seen.setdefault(fold(question.text), question)
    different = list(seen.values())
    step = len(different) / SAMPLE
    return different if step <= 1 else [different[int(number * step)] for number in range(SAMPLE)]


def assess(snapshot: Snapshot, groups: Sequence[Sequence[Question]], known: Sentences) -> list[Coverage]:
    """The coverage of each group of questions."""
    chosen = [sample(group) for group in groups]
    flat = [question for group in chosen for question in group]
    if not flat or not snapshot.answers:
        return [Coverage(-9.0, (), (), len(group)) for group in chosen]
    rows = snapshot.search_many([q.text for q in flat], [q.locale for q in flat], DEPTH)
    known.load(hit.ref for row in rows for hit in row)
    vectors = snapshot.vectors([essence(question.text) for question in flat])
    found, at = [], 0
    for group in chosen:
        found.append(_group(snapshot, group, rows[at : at + len(group)], vectors[at : at + len(group)], known))
        at += len(group)
    return found


def _group(
    snapshot: Snapshot,
    questions: Sequence[Question],
    rows: Sequence[Sequence[Hit]],
    vectors: NDArray[np.float32],
    known: Sentences,
) -> Coverage:
    number_of_articles = len(snapshot.answers)
    prior = min(max(PRIOR_FEW - (number_of_articles - FEW) / 3, PRIOR_COUNT), PRIOR_FEW)
    signs: list[tuple[float, ...]] = []
    nearness: dict[Place, list[tuple[float, Span]]] = {}
    weight: Counter[Place] = Counter()
    ranks: dict[Place, list[int]] = {}
    for number, (row, vector) in enumerate(zip(rows, vectors, strict=True)):
        if not row:
            signs.append((0.0,) * len(FOR_SMALL))
            continue
        best = {hit.ref: known.best(vector, hit.ref) for hit in row}
        signs.append(_signs(row, best, [known.title(vector, hit.ref) for hit in row], prior))
        for rank, hit in enumerate(row, 1):
            nearness.setdefault(hit.ref, []).append(best[hit.ref])
            weight[hit.ref] += hit.score + best[hit.ref][0]  # type: ignore[assignment]
            ranks.setdefault(hit.ref, [0] * len(rows))[number] = rank
    count = max(1, len(signs))
    means = [sum(sign[part] for sign in signs) / count for part in range(len(FOR_SMALL))]
    small = SMALL_BIAS + sum(weight * mean for weight, mean in zip(FOR_SMALL, means, strict=True))
    large = LARGE_BIAS + sum(weight * mean for weight, mean in zip(FOR_LARGE, means, strict=True))
    share = min(max((number_of_articles - SMALL) / (LARGE - SMALL), 0.0), 1.0)
    logit = (1 - share) * small + share * large
    order = sorted(weight, key=lambda place: (-round(weight[place], 4), place))[:5]
    passages = []
    for place in order:
        document = snapshot.document(place)
        assert document is not None
        value, span = max(nearness[place], key=lambda item: (item[0], -item[1][0]))
        passages.append(Passage(document, span, value))
    missing = _missing(questions, passages[0].document) if passages else 0.0
    return Coverage(round(logit, 3), tuple(passages), tuple(tuple(ranks[place]) for place in order), len(rows), missing)


def _signs(
    row: Sequence[Hit], best: Mapping[Place, tuple[float, Span]], titles: Sequence[float], prior: float
) -> tuple[float, ...]:
    """What one question says of being answered, in the order of the weights."""
    scores = [hit.score for hit in row]
    sentences = sorted((near for near, _ in best.values()), reverse=True)
    besides = _besides(scores, PRIOR_SCORE, prior)
    third = (scores[min(2, len(scores) - 1)] * THIRD + prior * PRIOR_SCORE) / (THIRD + prior)
    return (
        scores[0] - besides,
        sentences[0] - _besides(sentences, PRIOR_SENTENCE, prior),
        best[row[0].ref][0],
        scores[0] - third,
        sentences[0],
        besides,
        titles[0] - _besides(titles, PRIOR_TITLE, prior),
    )


def _besides(values: Sequence[float], usual: float, prior: float) -> float:
    """What stands beside the best, shrunk towards what larger bases have."""
    rest = sorted(values, reverse=True)[BESIDES:]
    return (sum(rest) + prior * usual) / (len(rest) + prior)


def _missing(questions: Sequence[Question], document: Document) -> float:
    """How much of what the questions name again and again the article does not have, not even by another name."""
    named = [content(essence(question.text)) - STOP for question in questions]
    counts = Counter(word for words in named for word in words if not word.isdigit())
    known, meant = content(document.text), concepts(document.text)
    return sum(
        number / len(named)
        for word, number in sorted(counts.items())
        if number >= CENTRAL * len(named)
        and word not in known
        and not any(len(word) >= 5 and other.startswith(word[:5]) for other in known)
        and not concepts(word) & meant
    )


def told_apart(words: Iterable[str], document: Document, *, title: bool = False) -> list[str]:
    """Words of the questions that the article (with its `title`) never uses: why it is not the answer."""
    text = fold(f"{document.title}\n{document.text}" if title else document.text)
    return [word for word in words if fold(word) not in STOP and fold(word)[:6] not in text]
