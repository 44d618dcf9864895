"""Whether one of two texts says no where the other says yes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kbaudit.facts.duplicates_text import Passage
from kbaudit.facts.duplicates_words import NEGATIONS, REFUSING

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_IDENTICAL = 0.75
# "No warmer than 30 °C" bounds a figure and denies nothing.
BOUND = re.compile(r"\b(?:no|not) (?:\w+ ){1,2}than\b|\bnot only\b")


def denies(matrix: NDArray[np.float32], left: Sequence[str], right: Sequence[str]) -> bool:
    """A sentence and its near-identical counterpart differ in whether they say no."""
    for i, j in zip(*np.nonzero(matrix >= NEAR_IDENTICAL), strict=True):
        x, y = _plain_words(left[int(i)]), _plain_words(right[int(j)])
        if bool(x & NEGATIONS) != bool(y & NEGATIONS) and not (x if y & NEGATIONS else y) & REFUSING:
            a, b = x - NEGATIONS, y - NEGATIONS
            if len(a & b) >= 0.6 * min(len(a), len(b)):
                return True
    return False


def deny_alike(left: Passage, right: Passage) -> bool:
    """Both say no equally often, though perhaps in other sentences."""
    counts = [
        sum(word in NEGATIONS for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", BOUND.sub(" ", text)))
        for text in (passage.text.lower().replace("’", "'") for passage in (left, right))
    ]
    return counts[0] == counts[1] > 0


def _plain_words(sentence: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", BOUND.sub(" ", sentence.lower().replace("’", "'")))) - {
        "do",
        "does",
        "did",
    }
