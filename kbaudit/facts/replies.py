"""What agents answer to a group of questions: the same thing again and again, and whether an article holds it.

An article holds an answer if it says the same by meaning (its passage is near to the replies) and by words (it has what
the replies say that few articles say)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbaudit.facts.coverage import Passage, Place
from kbaudit.model.document import Document, Span
from kbaudit.model.question import Question
from kbaudit.text.asks import content
from kbaudit.text.replies import substance
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Hit, Snapshot

# Two replies this near say the same; so many of them, and so large a share of all, make an answer.
SAME = 0.6
LEAST = 3
SHARE = 0.4
# An article holds what agents say if the mean over their replies of nearness (cosine to its passage) and of the share
# of their words that it has, weighed by rarity, are together so much, and each at least so much. A number of the reply
# that the article does not have counts against it: the same sentence with another number is another answer.
HELD, HELD_NEAR, HELD_WORDS = 0.75, 0.2, 0.3
# So much where the replies do not say the same: one that fits by chance would carry the rest.
HELD_APART = 0.9
NUMBER = 0.08
# Two replies that stand in an article are no chance; one may be.
HELD_LEAST = 2
STRAY = 0.2
DEPTH = 10
MOST = 40
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """What agents said: (question, reply) pairs, the most typical first. `agreed`: the replies that say the same, empty
    where too few do. `held` is the passage of a live article that says what they say, None where none does."""

    quotes: tuple[tuple[Question, str], ...]
    agreed: bool
    replies: int
    held: Passage | None
    near: float


def told(snapshot: Snapshot, groups: Sequence[Sequence[Question]]) -> list[Told | None]:
    """For each group of questions what agents answered; None where they neither agree nor say what an article says."""
    chosen: list[list[tuple[Question, str]]] = []
    for group in groups:
        seen: dict[tuple[str, str], tuple[Question, str]] = {}
        for question in group:
            if question.agent_answer:
                said = substance(question.agent_answer)
                if said:
                    seen.setdefault(question.conversation, (question, said))
        chosen.append(list(seen.values())[:MOST] if len(seen) >= min(LEAST, HELD_LEAST) else [])
    texts = list(dict.fromkeys(said for group in chosen for _, said in group))
    if not texts:
        return [None for _ in groups]
    rows = snapshot.vectors(texts)
    vector = {text: rows[number] for number, text in enumerate(texts)}
    shelf = _Shelf(snapshot, {(said, question.locale) for group in chosen for question, said in group})
    result: list[Told | None] = []
    for everything in chosen:
        agreed = _agreed(everything, vector)
        held, near = shelf.holding(everything)
        if not agreed and near < HELD_APART:
            held = None
        if agreed or held:
            quotes = agreed or _fitting(snapshot, everything, held, vector)
            result.append(Told(tuple(quotes), bool(agreed), len(everything), held, near))
        else:
            result.append(None)
    return result


def _agreed(
    group: Sequence[tuple[Question, str]], vector: dict[str, NDArray[np.float32]]
) -> list[tuple[Question, str]]:
    """The replies that say the same, the one in the middle first."""
    import numpy as np

    if len(group) < LEAST:
        return []
    order = sorted(group, key=lambda item: (item[1], item[0].id))
    rows = np.stack([vector[said] for _, said in order])
    near = np.round(rows @ rows.T, 3)
    close = near >= SAME
    middle = int(np.argmax(close.sum(axis=1) + near.mean(axis=1) / 10))
    agreeing = [number for number in range(len(order)) if close[middle, number]]
    if len(agreeing) < LEAST or len(agreeing) < SHARE * len(order):
        return []
    agreeing.sort(key=lambda number: (-near[middle, number], number))
    return [order[number] for number in agreeing]


def _fitting(
    snapshot: Snapshot,
    group: Sequence[tuple[Question, str]],
    held: Passage | None,
    vector: dict[str, NDArray[np.float32]],
) -> list[tuple[Question, str]]:
    """The replies, those first that say what the article says."""
    if held is None:
        return list(group)
    row = snapshot.vectors([held.document.text[slice(*held.span)]])[0]
    return sorted(group, key=lambda item: (-round(float(vector[item[1]] @ row), 4), item[1], item[0].id))


class _Shelf:
    """The articles that replies find, and how far each holds a reply."""

    def __init__(self, snapshot: Snapshot, replies: Collection[tuple[str, str]]) -> None:
        import math

        asked = sorted(replies)
        found = snapshot.search_many([text for text, _ in asked], [locale for _, locale in asked], DEPTH)
        self._hits: dict[tuple[str, str], tuple[Hit, ...]] = dict(zip(asked, found, strict=True))
        self._snapshot = snapshot
        counts = Counter(word for document in snapshot.answers for word in content(_whole(document)))
        total = len(snapshot.answers)
        self._rarity = {word: math.log((total + 1) / (number + 0.5)) for word, number in counts.items()}
        self._unknown = math.log((total + 1) / 0.5)

    def holding(self, group: Sequence[tuple[Question, str]]) -> tuple[Passage | None, float]:
        """The passage of the article that holds these replies, if one does, and how well the best one does."""
        if len(group) < HELD_LEAST:
            return None, 0.0
        near: dict[Place, list[tuple[float, float]]] = {}
        passages: dict[Place, tuple[float, Passage]] = {}
        for question, said in group:
            own = content(said)
            whole = sum(self._rarity.get(word, self._unknown) for word in own) or 1.0
            for hit in self._hits[said, question.locale]:
                document = self._snapshot.document(hit.ref)
                assert document is not None
                passage = document.text[hit.chunk.start : hit.chunk.end]
                met = own & content(f"{document.title}\n{passage}")
                share = sum(self._rarity.get(word, self._unknown) for word in met) / whole
                near.setdefault(hit.ref, []).append((hit.dense, share - NUMBER * _missing(said, document)))
                if hit.dense + share > passages.get(hit.ref, (-1.0,))[0]:
                    span = _sentence(document, hit.chunk.start, hit.chunk.end, own)
                    passages[hit.ref] = (hit.dense + share, Passage(document, span, round(hit.dense, 4)))
        means = {place: _mean(found, len(group)) for place, found in near.items()}
        ranked = sorted(means, key=lambda place: (-round(sum(means[place]), 3), place))
        for place in ranked[:1]:
            dense, words = means[place]
            if dense + words >= HELD and dense >= HELD_NEAR and words >= HELD_WORDS:
                return passages[place][1], round(dense + words, 3)
            return None, round(dense + words, 3)
        return None, 0.0


def _mean(found: Sequence[tuple[float, float]], count: int) -> tuple[float, float]:
    """Mean nearness and mean share of words over the replies, those that the article does not come near to at zero;
    of many, without the `STRAY` share that fit worst: a stranger in the group got another answer."""
    kept = count - int(STRAY * count)
    best = sorted(found, key=sum, reverse=True)[:kept]
    return sum(dense for dense, _ in best) / kept, sum(words for _, words in best) / kept


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _sentence(document: Document, start: int, end: int, words: set[str]) -> Span:
    """The sentence of a passage that has most of the words."""
    spans = split(document.text, start, end) or [(start, end)]
    return max(spans, key=lambda span: (len(words & content(document.text[span[0] : span[1]])), -span[0]))


def _missing(reply: str, document: Document) -> int:
    """How many numbers of a reply the article does not have."""
    text = fold(document.text)
    numbers = set(_NUMBER.findall(reply))
    return sum(re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", text) is None for number in numbers)
