"""Articles that tell one thing in quite other words: prose against a list, a table, questions and answers.

Sentences are cut differently by different writers, so the parts of sentences are compared, and two neighbours may
stand for one. Besides the meaning of the parts counts what no writer may change: numbers (a fortnight is 14 days),
names, and what the titles are about. One weighted sum of these says how sure it is. Where most words are the same, or
there are few, what was exchanged is the point: then nothing at all may speak against it.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kbaudit.check import Snapshot
from kbaudit.facts.duplicates_denials import denies, deny_alike
from kbaudit.facts.duplicates_numbers import Number, missing, numbers
from kbaudit.facts.duplicates_text import Passage, title_names, title_words
from kbaudit.facts.duplicates_words import FUNCTION_WORDS
from kbaudit.text.sentences import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

# From here on most words are the same, and of fewer words each counts: nothing may speak against it.
MOST_WORDS, FEW_WORDS = 0.55, 18
# Beyond this the two are near-copies, and `duplicates_verify` has judged them by their wording.
SAME_WORDS = 0.75
MIN_WORDS, MIN_LENGTH_RATIO = 12, 0.45
# Parts beyond these are not compared: longer articles are never the same in quite other words.
MOST_PARTS = 60
# A part of a sentence has so many words at least, else it is joined to the next one.
PART_WORDS = 4
# A part has a counterpart from this similarity on; so much of both articles must have one, whatever else agrees.
COUNTERPART, MIN_COVERED, MIN_PARTS = 0.55, 0.7, 0.58
# Few words prove little: there nearly all parts must be alike.
SHORT, MIN_PARTS_OF_SHORT = 30, 0.75
MIN_SCORE, MIN_SURE = 0.5, 0.65
# A word has no counterpart below this likeness.
FAR = 0.5
_PART = re.compile(
    r"(?<=[;:])\s|,\s(?=(?:and|but|so|or|if|when|while|because|provided|unless|und|aber|oder|wenn|et|mais|ou|si|y|pero|o|en|maar|of|als)\b)|\s[–—-]\s"
)


@dataclass(frozen=True, slots=True)
class Retelling:
    """What speaks for and against two articles telling the same, each from 0 to 1.

    `parts`: mean likeness of the parts of sentences to their best counterparts, of the article that has the worse
    ones; `covered`: how much of it has any; `words`: the same mean for words of content, `shared` the share of words
    that both have; `opening`: likeness of titles and beginnings; `numbers`: numbers in common, four and more count
    as 1; against it `other_numbers` and `other_names` (three and more: 1) that each of the two has for itself, and
    `other_titles`: the titles name different things; `denied`: one says no where the other says yes.
    """

    parts: float
    opening: float
    words: float
    shared: float
    numbers: float
    other_numbers: float
    other_names: float
    other_titles: float
    covered: float
    denied: float

    @property
    def contradicted(self) -> bool:
        """Something speaks against it, however much else agrees."""
        return bool(self.other_numbers or self.other_names or self.other_titles or self.denied)

    @property
    def score(self) -> float:
        """How sure it is that the two tell the same, 0 to 1."""
        total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, astuple(self), strict=True))
        return 1 / (1 + math.exp(-total))


# Fitted by logistic regression, with the signs held, to pairs of articles that were written to be the same or only
# alike, and to the neighbours in meaning of the four bases of `bench.quality.duplicates`, which are not the same.
WEIGHTS = (0.87, 1.51, 1.2, 1.52, 4.42, -2.0, -4.08, -4.14, 2.07, -1.35)
BIAS = -5.69


def retold(snapshot: Snapshot, left: Passage, right: Passage, opening: float, *, titles_part: bool) -> float:
    """How sure it is that two articles are one in quite other words; 0 where it is not."""
    if not comparable(left, right) or _wording(left, right) > SAME_WORDS:
        return 0.0
    cheap = _without_vectors(left, right, opening, titles_part)
    # The dear comparisons are made only where they can still decide.
    best = replace(cheap, parts=0.9, words=0.9, covered=1.0)
    if best.score < MIN_SCORE:
        return 0.0
    found = measure(snapshot, left, right, cheap)
    short = min(len(left.tokens), len(right.tokens))
    least = MIN_PARTS_OF_SHORT if short < SHORT else MIN_PARTS
    if found.parts < least or found.covered < MIN_COVERED or found.score < MIN_SCORE:
        return 0.0
    if (short < FEW_WORDS or _wording(left, right) >= MOST_WORDS) and (
        found.contradicted
        or found.score < MIN_SURE
        or (not found.numbers and _exchanged(snapshot, left, right))
        or _unnamed(left, right)
    ):
        # A template with one thing exchanged.
        return 0.0
    return round(found.score, 3)


def comparable(left: Passage, right: Passage) -> bool:
    """Long enough, and of similar length."""
    short, long = sorted((len(left.tokens), len(right.tokens)))
    return short >= MIN_WORDS and short >= MIN_LENGTH_RATIO * long


def _wording(left: Passage, right: Passage) -> float:
    """Share of the words that both have."""
    return len(set(left.counts) & set(right.counts)) / len(set(left.counts) | set(right.counts))


def _exchanged(snapshot: Snapshot, left: Passage, right: Passage) -> bool:
    """Each of the two has a word of content without a counterpart in the other."""
    words = [_content(left), _content(right)]
    return all(_far(snapshot, mine, theirs) for mine, theirs in (words, reversed(words)))


def _unnamed(left: Passage, right: Passage) -> bool:
    """Neither title has a word that the other article has."""
    titles = [title_words(passage.document) for passage in (left, right)]
    return not titles[0] & (titles[1] | set(right.counts)) and not titles[1] & set(left.counts)


def _far(snapshot: Snapshot, mine: dict[str, str], theirs: dict[str, str]) -> bool:
    new = [raw for stem, raw in mine.items() if stem not in theirs]
    if not new or not theirs:
        return bool(new)
    return float((snapshot.vectors(new) @ snapshot.vectors(list(theirs.values())).T).max(axis=1).min()) < FAR


def _without_vectors(left: Passage, right: Passage, opening: float, titles_part: bool) -> Retelling:
    mine, theirs = numbers(left), numbers(right)
    lost, new = missing(mine, theirs), missing(theirs, mine)
    names = [own_names(left, right), own_names(right, left)]
    words = [_content(left), _content(right)]
    both = len(words[0].keys() & words[1].keys())
    return Retelling(
        parts=0.0,
        opening=opening,
        words=0.0,
        shared=both / max(1, *map(len, words)),
        numbers=min(len(mine) - lost, 4) / 4,
        other_numbers=min(lost, new, 3) / 3,
        other_names=min(*names, 3) / 3,
        other_titles=float(titles_part),
        covered=0.0,
        denied=0.0,
    )


def own_names(mine: Passage, theirs: Passage) -> int:
    """Names that only one of two articles has."""
    words = title_words(theirs.document)
    return sum(name not in theirs.counts and name not in words for name in mine.names | title_names(mine.document))


def measure(snapshot: Snapshot, left: Passage, right: Passage, cheap: Retelling) -> Retelling:
    """The whole comparison, from what needs no vectors."""
    parts = [parts_of(left), parts_of(right)]
    rows = [snapshot.vectors([*side, *(f"{a} {b}" for a, b in pairwise(side))]) for side in parts]
    best = [best_of(rows[0] @ rows[1].T, len(parts[0])), best_of(rows[1] @ rows[0].T, len(parts[1]))]
    likeness = rows[0][: len(parts[0])] @ rows[1][: len(parts[1])].T
    lengths = [np.array([len(part) for part in side], float) for side in parts]
    words = [_content(left), _content(right)]
    sides = list(zip(best, lengths, strict=True))
    return replace(
        cheap,
        parts=round(min(float(np.average(near, weights=length)) for near, length in sides), 4),
        words=round(min(_likeness(snapshot, *words), _likeness(snapshot, *reversed(words))), 4),
        covered=round(min(float(np.average(near >= COUNTERPART, weights=length)) for near, length in sides), 4),
        denied=float(denies(likeness, *parts) and not deny_alike(left, right)),
    )


def parts_of(passage: Passage) -> list[str]:
    """Sentences and, where they are joined by "and", "if", a semicolon or a dash, their parts."""
    text = passage.document.text
    found: list[str] = []
    for start, end in split(text, passage.start, passage.end):
        waiting = ""
        for piece in _PART.split(text[start:end]):
            waiting = f"{waiting} {piece}".strip()
            if len(waiting.split()) >= PART_WORDS:
                found.append(waiting)
                waiting = ""
        if waiting and found:
            found[-1] = f"{found[-1]} {waiting}"
        elif waiting:
            found.append(waiting)
    return found[:MOST_PARTS] or [passage.text]


def best_of(matrix: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """For each of the first `count` rows (parts) the best likeness of it or of a pair it is in; pairs follow."""
    alone: NDArray[np.float32] = matrix.max(axis=1)
    found = alone[:count].copy()
    if count > 1:
        pairs = alone[count:]
        found[1:] = np.maximum(found[1:], pairs)
        found[:-1] = np.maximum(found[:-1], pairs)
    return found


def _content(passage: Passage) -> dict[str, str]:
    """Stem -> as written, of the words that carry content."""
    text = passage.document.text
    found: dict[str, str] = {}
    for token in passage.tokens:
        raw = text[token.start : token.end].lower()
        if len(raw) >= 3 and raw not in FUNCTION_WORDS and not any(sign.isdigit() for sign in raw):
            found.setdefault(token.stem, raw)
    return found


def _likeness(snapshot: Snapshot, mine: dict[str, str], theirs: dict[str, str]) -> float:
    """Mean likeness of words to their nearest ones on the other side."""
    if not mine or not theirs:
        return 0.0
    new = [raw for stem, raw in mine.items() if stem not in theirs]
    if not new:
        return 1.0
    nearest = (snapshot.vectors(new) @ snapshot.vectors(list(theirs.values())).T).max(axis=1)
    return float((len(mine) - len(new) + nearest.sum()) / len(mine))


__all__ = ["Number", "Retelling", "comparable", "measure", "parts_of", "retold"]
