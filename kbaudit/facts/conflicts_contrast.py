"""Near-identical sentences of which one has another value of the same class: monthly and quarterly, net and gross."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import Pair, Verdict, gist, opposite, telling, verdict
from kbaudit.facts.conflicts_case import clause_end, in_condition, in_head, quantities_differ
from kbaudit.facts.conflicts_lexicon import COMMERCE, NEGATIONS, excluded
from kbaudit.facts.conflicts_tokens import Token

# A sentence this long says itself what it rules, without a word of trade.
LONG = 8
# How much of a sentence may be told beside the contrast, on one side only.
DETAILS = 0.12
# And how much behind the words that differ, where a value may be explained.
BEHIND = 0.35
# A phrase of so many words may say the two values each in its own way.
PHRASE = 6


def contrast(pair: Pair) -> Verdict | None:
    """Whether the two sentences say the same of the same thing but for a word of a class of values."""
    turned = any(token.text in NEGATIONS for old, new, _, _ in pair.changes for token in (*old, *new))
    if turned or quantities_differ(pair):
        return None
    left, right = pair.apart
    met = _met(left, right)
    if not met:
        return None
    x, y = met[0]
    if pair.length < LONG and not COMMERCE.search(pair.first) and (left[1:] or right[1:]):
        return None
    ends = clause_end(pair.first, x.end), clause_end(pair.second, y.end)
    paired = [token for both in met for token in both]
    rest = (
        [token for token in left if not _within(token, paired) and token.start < ends[0]],
        [token for token in right if not _within(token, paired) and token.start < ends[1]],
    )
    around = _around(pair, x, y)
    behind = all(token.start > x.start for token in rest[0]) and all(token.start > y.start for token in rest[1])
    shared = sum(telling(token) for token in pair.a) - len(left)
    told_apart = max(map(len, rest)) > (BEHIND if behind and shared >= 2 else DETAILS) * pair.length or (
        rest[0] and rest[1] and not (behind and shared >= 2)
    )
    if told_apart and not all(token in around for side in rest for token in side):
        return None
    if any(in_head(token, side) or in_condition(token, side) for token, side in ((x, pair.a), (y, pair.b))):
        # What is spoken of, or when it holds, is another: both can hold.
        return None
    if not _facing(pair, x, y) or _left_open(pair, x):
        return None
    return verdict("value", "what applies", pair.a, pair.b, [x], [y], 0.68)


def _left_open(pair: Pair, x: Token) -> bool:
    """Whether the words are what somebody may choose: "you can pay by card" leaves room for more."""
    return any(token.text in _LEAVES and token.start < x.start for token in pair.a) and not (
        _CLOSED.search(pair.first) or _CLOSED.search(pair.second)
    )


_LEAVES = frozenset(
    "can may could might speak speaks offer offers sell sells support supports teach teaches have has stock".split()
)
_CLOSED = re.compile(r"\b(?:only|solely|exclusively|must|not|never|any|all|every)\b", re.IGNORECASE)


def _met(left: Sequence[Token], right: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Words of the one sentence with the word of the other that excludes them."""
    found, open_ = [], list(right)
    for x in left:
        y = next((other for other in open_ if _excludes(x, other)), None)
        if y is not None:
            open_.remove(y)
            found.append((x, y))
    return found


def _excludes(x: Token, y: Token) -> bool:
    return excluded(gist(x), gist(y)) or opposite([x.text], [y.text]) or _places(x, y)


def _places(x: Token, y: Token) -> bool:
    """Whether two words are two countries."""
    if not (x.raw[:1].isupper() and y.raw[:1].isupper()):
        return False
    ours, theirs = (scopes.of_text(f"in {token.raw}").regions for token in (x, y))
    return bool(ours and theirs and ours.isdisjoint(theirs))


def _around(pair: Pair, x: Token, y: Token) -> list[Token]:
    """The words of a short change that holds both."""
    for old, new, _, _ in pair.changes:
        if _within(x, old) and _within(y, new) and max(len(old), len(new)) <= PHRASE:
            return [*old, *new]
    return []


def _facing(pair: Pair, x: Token, y: Token) -> bool:
    """Whether two words stand in one change, or in two that hardly anything parts."""
    return any(
        _within(x, pair.a[i - 2 if i > 1 else 0 : i + len(old) + 2])
        and _within(y, pair.b[max(0, j - 2) : j + len(new) + 2])
        for old, new, i, j in pair.changes
    )


def _within(token: Token, tokens: Sequence[Token]) -> bool:
    return any(token is other for other in tokens)
