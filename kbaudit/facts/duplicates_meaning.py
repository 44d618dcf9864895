"""Articles that say the same in other words: neighbours in meaning, held to the same subject and the same facts.

Likeness of meaning alone proposes; it never decides. Two articles pass when every sentence of substance of one has a
counterpart in the other, both ways; when no figure of one contradicts the other's; and when nothing that one of them
goes on about is missing from the other ("billing address" for "delivery address", laptops for headphones).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kbaudit.check import Snapshot
from kbaudit.facts.duplicates_denials import denies, deny_alike
from kbaudit.facts.duplicates_retold import own_names, retold
from kbaudit.facts.duplicates_text import TITLE_STOP, Passage, title_names, title_words
from kbaudit.facts.duplicates_words import FUNCTION_WORDS, SPOKEN, opposed
from kbaudit.text.chunk import chunks
from kbaudit.text.sentences import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kbaudit.facts.duplicates_verify import Pages

# Neighbours in meaning that are looked at, for each article; both must be among the other's.
NEIGHBOURS = 4
NEIGHBOUR_COSINE, MIN_COSINE = 0.6, 0.66
# Longer articles are never the same in other words from end to end; shorter ones say too little.
LEAST_WORDS, MIN_WORDS, MAX_WORDS = 12, 18, 700
MIN_LENGTH_RATIO = 0.5
BLOCK = 1024
# A sentence has a counterpart from this similarity on, and so much of both articles (by length) must have one.
COUNTERPART = 0.45
MIN_COVERED = 0.8
# Mean similarity of the sentences to their best counterparts, and that together with title and opening.
MIN_ALIGNED = 0.6
MIN_TOTAL = 0.64
# What an article goes on about and the other one does not name must at least have a word like it there.
MIN_WORD = 0.47
# Where most words are shared, the wording is the same and a word that was exchanged is the point of the exchange.
SAME_WORDING = 0.45
MIN_EXCHANGED = 0.8
# Sentences are cut differently by different writers: with strong agreement otherwise, less must be covered.
STRONG, MIN_COVERED_STRONG = 0.8, 0.65
# Without a single figure in common to agree on, the words must be nearer.
UNPROVEN, MIN_WORD_UNPROVEN = 0.75, 0.6
# Every sentence has its counterpart and a near one: then words may be exchanged more freely, unless most are the same.
ALL_COVERED, CLOSE, CLOSE_TOTAL, MIN_WORD_CLOSE = 0.97, 0.75, 0.72, 0.45
VERY_CLOSE, MIN_WORD_VERY_CLOSE, TEMPLATE_WORDING = 0.84, 0.5, 0.55
# A section told again: most words are the same, every sentence has a near counterpart.
MIN_SECTION_WORDS, MIN_SECTION_SHARED, MIN_SECTION_COUNTERPART, MIN_SECTION_ALIGNED = 30, 0.4, 0.6, 0.85
# … or it is told in quite other words: much surer than for whole articles, whose titles say more.
MIN_SECTION_COSINE, MIN_SECTION_SURE, MOST_OWN_NAMES = 0.7, 0.85, 2
# Agreement from which on a detail that only one of the two gives is a detail and no difference.
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are: opening, titles, sentences to counterparts (mean, covered share), words."""

    opening: float
    titles: float
    aligned: float
    covered: float
    word: float
    figures: int
    wording: float

    @property
    def total(self) -> float:
        """One number of all: the sentences count most; each shared figure (two at most) adds a little."""
        return 0.4 * self.aligned + 0.4 * self.opening + 0.2 * self.titles + 0.03 * min(self.figures, 2)

    @property
    def close(self) -> bool:
        """Every sentence has a near counterpart."""
        return self.covered >= ALL_COVERED and self.aligned >= CLOSE and self.total >= CLOSE_TOTAL

    @property
    def retold(self) -> bool:
        """Close, and so many words exchanged all over that it is no template with one thing exchanged."""
        return (
            self.close
            and self.aligned >= VERY_CLOSE
            and self.wording < TEMPLATE_WORDING
            and self.word >= MIN_WORD_VERY_CLOSE
        )


def paraphrases(
    snapshot: Snapshot, bodies: Sequence[Passage], pages: Pages, known: set[tuple[int, int]]
) -> Iterable[tuple[int, int, float]]:
    """Pairs (a < b, score) that are no near-copies and yet answer the same question with the same facts."""
    chosen = [i for i, passage in enumerate(bodies) if LEAST_WORDS <= len(passage.tokens) <= MAX_WORDS]
    if len(chosen) < 2:
        return
    openings = snapshot.vectors([_opening(bodies[i]) for i in chosen])
    for x, y, cosine in neighbours(openings):
        a, b = chosen[x], chosen[y]
        if (a, b) in known or not pages.comparable(a, b) or opposed(bodies[a], bodies[b]):
            continue
        score = _alike(snapshot, bodies, pages, a, b, cosine)
        score = score or retold(snapshot, bodies[a], bodies[b], cosine, titles_part=pages.titles_part(a, b, times=2))
        if score:
            yield a, b, score


def _alike(snapshot: Snapshot, bodies: Sequence[Passage], pages: Pages, a: int, b: int, cosine: float) -> float:
    """How alike two articles are that share much of their wording and say the same, else 0."""
    short = min(len(bodies[a].tokens), len(bodies[b].tokens))
    if short < MIN_WORDS or cosine < MIN_COSINE or not _may_be(bodies[a], bodies[b]):
        return 0.0
    like = likeness(snapshot, bodies[a], bodies[b], cosine)
    # One wording under two titles that name different things is a template, not a second telling.
    if same(like) and (
        like.wording < SAME_WORDING
        or like.retold
        or (pages.same_facts(a, b, lenient=like.total >= NEARLY_ALL) and not pages.titles_part(a, b))
    ):
        return round(min(0.95, like.total), 3)
    return 0.0


def neighbours(vectors: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """Pairs (x < y, cosine) that are among each other's nearest, exactly, in blocks; ties by position."""
    count = len(vectors)
    nearest: list[dict[int, float]] = []
    for begin in range(0, count, BLOCK):
        scores = np.round(vectors[begin : begin + BLOCK] @ vectors.T, 5)
        rows = np.arange(len(scores))
        scores[rows, begin + rows] = -1.0
        size = min(NEIGHBOURS, count - 1)
        for row in scores:
            bound = np.partition(row, count - size)[count - size]
            picked = np.flatnonzero(row >= max(bound, NEIGHBOUR_COSINE))[: 4 * NEIGHBOURS]
            nearest.append({int(i): float(row[i]) for i in picked})
    return [
        (x, y, cosine)
        for x, found in enumerate(nearest)
        for y, cosine in sorted(found.items())
        if x < y and x in nearest[y]
    ]


def likeness(snapshot: Snapshot, left: Passage, right: Passage, opening: float) -> Likeness:
    """Compare two articles sentence by sentence and word by word."""
    titles = snapshot.vectors([left.document.title, right.document.title])
    sentences_left, sentences_right = _sentences(left), _sentences(right)
    lengths_left = np.array([len(s) for s in sentences_left], float)
    lengths_right = np.array([len(s) for s in sentences_right], float)
    matrix = snapshot.vectors(sentences_left) @ snapshot.vectors(sentences_right).T
    if denies(matrix, sentences_left, sentences_right) and not deny_alike(left, right):
        return Likeness(opening, 0.0, 0.0, 0.0, 0.0, 0, 0.0)
    best_left, best_right = matrix.max(axis=1), matrix.max(axis=0)
    aligned = (np.average(best_left, weights=lengths_left) + np.average(best_right, weights=lengths_right)) / 2
    covered = min(
        np.average(best_left >= COUNTERPART, weights=lengths_left),
        np.average(best_right >= COUNTERPART, weights=lengths_right),
    )
    # The words are the dearest comparison: not worth making where the sentences already say no.
    promising = aligned >= MIN_ALIGNED and covered >= MIN_COVERED_STRONG
    return Likeness(
        opening,
        round(float(titles[0] @ titles[1]), 4),
        round(float(aligned), 4),
        round(float(covered), 4),
        _own_words(snapshot, left, right) if promising else 0.0,
        len(left.figures & right.figures),
        len(set(left.counts) & set(right.counts)) / len(set(left.counts) | set(right.counts)),
    )


def retold_section(snapshot: Snapshot, left: Passage, right: Passage, pages: Pages) -> float:
    """How alike two sections are if one tells the other sentence by sentence in other words, else 0."""
    if min(len(left.tokens), len(right.tokens)) < MIN_SECTION_WORDS or left.figures != right.figures:
        return 0.0
    shared = (left.counts & right.counts).total() / (left.counts | right.counts).total()
    if shared < MIN_SECTION_SHARED or not pages.section_facts(left, right):
        return 0.0
    sentences_left, sentences_right = _sentences(left), _sentences(right)
    matrix = snapshot.vectors(sentences_left) @ snapshot.vectors(sentences_right).T
    best = [matrix.max(axis=1), matrix.max(axis=0)]
    if min(side.min() for side in best) < MIN_SECTION_COUNTERPART or denies(matrix, sentences_left, sentences_right):
        return 0.0
    aligned = float(sum(side.mean() for side in best)) / 2
    return round(aligned, 4) if aligned >= MIN_SECTION_ALIGNED else 0.0


def retold_as_section(snapshot: Snapshot, left: Passage, right: Passage, cosine: float, pages: Pages) -> float:
    """How sure it is that one section tells the other in quite other words, in two articles on other things; else 0."""
    if cosine < MIN_SECTION_COSINE or not pages.on_other_things(left, right):
        return 0.0
    if own_names(left, right) + own_names(right, left) > MOST_OWN_NAMES:
        # Two lists of things of one kind.
        return 0.0
    score = retold(snapshot, left, right, cosine, titles_part=False)
    return score if score >= MIN_SECTION_SURE else 0.0


def same(like: Likeness) -> bool:
    """Whether that is alike enough to be one article in other words."""
    covered = MIN_COVERED_STRONG if like.total >= STRONG else MIN_COVERED
    word = MIN_WORD if like.wording < SAME_WORDING else MIN_EXCHANGED
    if not like.figures and like.total < UNPROVEN:
        word = max(word, MIN_WORD_UNPROVEN)
    if like.close and like.wording < TEMPLATE_WORDING:
        word = MIN_WORD_CLOSE
    return like.covered >= covered and like.aligned >= MIN_ALIGNED and like.total >= MIN_TOTAL and like.word >= word


def _may_be(left: Passage, right: Passage) -> bool:
    """Nothing speaks against it that needs no vectors: lengths, figures, names, opposites."""
    short, long = sorted((len(left.tokens), len(right.tokens)))
    if short < MIN_LENGTH_RATIO * long:
        return False
    own_left, own_right = left.figures - right.figures, right.figures - left.figures
    if ((own_left and own_right) or len(own_left | own_right) > 1) and not _same_numbers(left, right):
        return False
    codes_left, codes_right = _codes(left) - _codes(right), _codes(right) - _codes(left)
    if codes_left and codes_right:
        return False
    names_left = {
        n
        for n in left.names | title_names(left.document)
        if n not in right.counts and n not in title_words(right.document)
    }
    names_right = {
        n
        for n in right.names | title_names(right.document)
        if n not in left.counts and n not in title_words(left.document)
    }
    return not (names_left and names_right)


def _same_numbers(left: Passage, right: Passage) -> bool:
    """The same bare numbers, however they are put together into figures ("at 30 and at 60 days")."""
    numbers = [set(passage.codes | (SPOKEN & set(passage.counts))) for passage in (left, right)]
    return bool(numbers[0]) and numbers[0] == numbers[1]


def _codes(passage: Passage) -> set[str]:
    """Versions and models: digits with letters or points, in title and body; plain numbers are figures."""
    words = set(passage.codes) | {w for w in title_words(passage.document) if any(s.isdigit() for s in w)}
    return {
        word
        for word in words
        if any(sign.isalpha() or sign == "." for sign in word) or word in title_words(passage.document)
    }


def _opening(passage: Passage) -> str:
    """Title and beginning, exactly the first passage that retrieval encodes too."""
    document = passage.document
    first = next(iter(chunks(document)), None)
    return document.text[first.start : first.end] if first else document.title


def _sentences(passage: Passage) -> list[str]:
    text = passage.document.text
    found = [text[a:b] for a, b in split(text, passage.start, passage.end)]
    return [sentence for sentence in found if len(sentence.split()) >= 4] or found or [text]


def _own_words(snapshot: Snapshot, left: Passage, right: Passage) -> float:
    """The least likeness of a word that one article goes on about to any word of the other; 1 if there is none."""
    worst = 1.0
    for mine, theirs in ((left, right), (right, left)):
        spelled = _content(mine)
        other = _content(theirs)
        title, other_title = title_words(mine.document) - TITLE_STOP, title_words(theirs.document)
        own = [
            w
            for w, (_, count) in spelled.items()
            if w not in other and w not in other_title and (w in title or count >= 2)
        ]
        if not own or not other:
            continue
        scores = snapshot.vectors([spelled[w][0] for w in own]) @ snapshot.vectors([raw for raw, _ in other.values()]).T
        worst = min(worst, float(scores.max(axis=1).min()))
    return round(worst, 4)


def _content(passage: Passage) -> dict[str, tuple[str, int]]:
    """Stem -> (as written, count) of the words that carry content."""
    text = passage.document.text
    found: dict[str, tuple[str, int]] = {}
    for token in passage.tokens:
        raw = text[token.start : token.end].lower()
        if len(raw) < 3 or raw in FUNCTION_WORDS or any(sign.isdigit() for sign in raw):
            continue
        known = found.get(token.stem)
        found[token.stem] = (known[0], known[1] + 1) if known else (raw, 1)
    return found
