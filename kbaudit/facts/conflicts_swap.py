"""Short rules with an "only" that agree word for word but for one phrase, where no list knows the two phrases.

Without it two phrases stand beside each other: "packed by hand", "packed by our team".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, names, telling, verdict
from kbaudit.facts.conflicts_case import in_condition, in_head, quantities_differ
from kbaudit.facts.conflicts_lexicon import FINITE, NEGATIONS
from kbaudit.facts.conflicts_tokens import Token

# Longer sentences say more than one thing.
MOST_WORDS = 24
# Longer phrases are told in other words rather than exchanged.
MOST_PHRASE = 7
# Words of content that must agree.
SHARED = 2
_ONLY = re.compile(r"\b(?:only|solely|exclusively|alone)\b", re.IGNORECASE)

_WHEN = re.compile(r"\b(?:before|after|until|till|when|once|as soon as|during|upon|at the end)\b", re.IGNORECASE)
# "Which we take off the refund" and "which comes off the refund": the same from another's side.
_SUBJECTS = frozenset("i we you they it he she which that who".split())
# How people are told.
SWAPPED = "what the rule says"


def swap(pair: Pair) -> Verdict | None:
    """Whether one phrase of a rule is another one."""
    left, right = pair.apart
    if not left or not right or pair.length > MOST_WORDS or quantities_differ(pair) or _denials(pair):
        return None
    if not (_ONLY.search(pair.first) or _ONLY.search(pair.second)):
        return None
    change = _change(pair)
    if change is None:
        return None
    old, new = change
    if any(token.text in _SUBJECTS for token in (*old, *new)) or any(_manner(side[0]) for side in (old, new)):
        return None
    start = next(at for at, token in enumerate(pair.a) if token is old[0])
    if not any(token.text in FINITE for token in pair.a[1:start]):
        return None
    if max(len(old), len(new)) > MOST_PHRASE or not _apart(old, left) or not _apart(new, right):
        return None
    counted = [any(token.quantity for token in side) for side in (old, new)]
    if all(counted) or (any(counted) and not _WHEN.search(pair.second if counted[0] else pair.first)):
        return None
    if (names(old, pair.first) or names(new, pair.second)) and not (
        _place(old, pair.first) and _place(new, pair.second)
    ):
        return None
    if sum(telling(token) for token in pair.a) - len(left) < SHARED:
        return None
    for token, side in (*((token, pair.a) for token in left), *((token, pair.b) for token in right)):
        if in_head(token, side) or in_condition(token, side):
            return None
    return verdict("phrase", SWAPPED, pair.a, pair.b, old, new, 0.6)


def _manner(token: Token) -> bool:
    """Whether a word tells in what manner: more than one may hold."""
    return token.text.endswith("ly") and not _ONLY.fullmatch(token.text)


def _place(tokens: Sequence[Token], text: str) -> bool:
    """Whether a phrase is one name behind "in" or "at"."""
    words = [token for token in tokens if token.text not in ("in", "at", "the")]
    return bool(
        words
        and all(token.raw[:1].isupper() for token in words)
        and re.search(r"\b(?:in|at)\s+(?:the\s+)?\Z", text[: words[0].start])
    )


def _apart(phrase: Sequence[Token], alone: Sequence[Token]) -> bool:
    """Whether the other sentence has none of the words of content of a phrase."""
    return all(any(token is other for other in alone) for token in phrase if telling(token))


def _denials(pair: Pair) -> bool:
    """Whether the one denies more than the other."""
    ours, theirs = (sum(token.text in NEGATIONS for token in side) for side in (pair.a, pair.b))
    return ours != theirs


def _change(pair: Pair) -> tuple[Sequence[Token], Sequence[Token]] | None:
    """The stretch of each sentence that holds all that only it has; None where they do not face each other."""
    left, right = pair.apart
    i1, i2 = (next(at for at, token in enumerate(pair.a) if token is end) for end in (left[0], left[-1]))
    j1, j2 = (next(at for at, token in enumerate(pair.b) if token is end) for end in (right[0], right[-1]))
    # Whatever stands before and behind the stretches must be the same words.
    before = [token.text for token in pair.a[:i1]], [token.text for token in pair.b[:j1]]
    after = [token.text for token in pair.a[i2 + 1 :]], [token.text for token in pair.b[j2 + 1 :]]
    head = _common(*before)
    tail = _common(after[0][::-1], after[1][::-1])
    old, new = pair.a[head : len(pair.a) - tail], pair.b[head : len(pair.b) - tail]
    return (old, new) if old and new else None


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
