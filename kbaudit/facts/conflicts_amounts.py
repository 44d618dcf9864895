# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in a number: does it decide anything?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import (
    COMMERCE,
    STOP,
    Change,
    Pair,
    Token,
    Verdict,
    content,
    decisive,
    equal,
    named,
    opposite,
    renamed,
    rest,
    verdict,
)
from kbaudit.text import quantities

_STATISTIC = re.compile(
    r"\b(?:average|approximately \d|million|billion|recipients|followers|downloads|statistic\w*|estimated|\d[\d.,]{3,}\+? (?:\w+ ){0,2}(?:users|customers|employees|members|people|shops|stores|businesses|companies|products|reviews|downloads)|(?:team|staff) of \d+|\d+\+? (?:countries|languages|locations|employees|stores|branches))\b",
    re.IGNORECASE,
)


def amount(pair: Pair) -> Verdict | None:
    """Whether another amount of the same thing is stated."""
    first, second, a, b, changes, length = pair.first, pair.second, pair.a, pair.b, pair.changes, pair.length
    used: list[Change] = []
    pairs: list[tuple[Token, Token]] = []
    for change in changes:
        old, new, _i, _j = change
        left = [token for token in old if token.quantity and token.kind != "date"]
        right = [token for token in new if token.quantity and token.kind != "date"]
        if not left or len(left) != len(right) or any(not _like(x, y) for x, y in zip(left, right, strict=True)):
            continue
        wrong = [(x, y) for x, y in zip(left, right, strict=True) if not equal(x, y)]
        wrong = [(x, y) for x, y in wrong if _counts(x, y, a, b, first, second)]
        if wrong:
            used.append(change)
            pairs += wrong
    if not pairs:
        return _endless(pair)
    if (
        _STATISTIC.search(first)
        or re.search(r"%\s?(?:of (?:our|all|the) \w+ (?:were|was|are|have)|customers|satisf)", first)
    ) and all(x.kind in ("number", "percent") for x, _ in pairs):
        return None
    if any(
        opposite([t.text for t in old], [t.text for t in new])
        or (decisive([t.text for t in old]) + decisive([t.text for t in new])) % 2
        for old, new, _, _ in changes
    ):
        # "Before 11" and "after 11", "with" and "without": other cases, so other amounts.
        return None
    beyond = rest(changes, used) + sum(
        sum(1 for token in old if token.kind == "word" and token.text not in STOP) for old, _, _, _ in used
    )
    swapped = sum(1 for old, new, _, _ in changes if content(old) and content(new))
    if swapped > (0 if length < 12 else 1 if length < 25 else 3):
        return None
    if beyond > 0.34 * length or renamed(changes, first, second):
        return None
    if (
        not COMMERCE.search(first)
        and not _LIMIT.search(first)
        and not all(x.quantity and x.quantity.bound for x, _ in pairs)
    ):
        # "At least 20" is a rule without any word of trade.
        return None
    if any(x.kind != y.kind for x, y in pairs) and len(changes) > 1:
        return None
    if any(_EXAMPLE.search(first[: x.start]) for x, _ in pairs):
        return None
    kinds = {x.kind for x, _ in pairs}
    if "measure" in kinds and "money" in kinds:
        # Another size at another price.
        return None
    x, y = pairs[0]
    score = 0.82 if beyond <= 2 else 0.7
    return verdict("amount", "stated amount", a, b, [x], [y], score)


def _endless(pair: Pair) -> Verdict | None:
    """Whether one sentence gives a period where the other knows no end: "for a year", "forever"."""
    endless = [
        [item for item in quantities.find(text) if item.unit == "unlimited"] for text in (pair.first, pair.second)
    ]
    if bool(endless[0]) == bool(endless[1]) or not COMMERCE.search(pair.first):
        return None
    for change in pair.changes:
        limited, free = (change[0], change[1]) if endless[1] else (change[1], change[0])
        items = endless[1] or endless[0]
        periods = [token for token in limited if token.kind == "duration"]
        if len(periods) != 1 or not free or rest(pair.changes, [change]) > 0.12 * pair.length:
            continue
        if any(item.start < free[-1].end and free[0].start < item.end for item in items) and len(limited) <= 5:
            return verdict("amount", "stated period", pair.a, pair.b, change[0], change[1], 0.72)
    return None


# Words of limits and offers: a sentence with one of them rules something.
_LIMIT = re.compile(
    r"\b(?:limit\w*|at most|or (?:later|newer|higher|more|less|fewer)|must|may|can|cannot|need\w*|requir\w+|only|trials?|passe?s?|plans?|bookings?|reservations?|access|loans?|services?|offers?|licen[cs]es?|extend\w*|renew\w*)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g|suppose|imagine|let['’]s say|say,|as an example)\b", re.IGNORECASE
)
_VERSION = re.compile(r"\b(?:version|release|edition|revision)\s*$", re.IGNORECASE)


def _like(x: Token, y: Token) -> bool:
    """Whether two amounts can be values of one thing: a fee is a sum or a share of the price."""
    return x.kind == y.kind or {x.kind, y.kind} == {"money", "percent"}


def _counts(x: Token, y: Token, a: Sequence[Token], b: Sequence[Token], first: str, second: str) -> bool:
    """Whether a changed amount is a value of a rule: it has a unit, or counts the same thing on both sides."""
    if x.kind in ("duration", "money", "percent", "time", "measure"):
        return True
    if _VERSION.search(first[: x.start]) and not (x.quantity and x.quantity.bound):
        # The version that is spoken of, not the one that is needed.
        return False
    if named(first, x.start, x.quantity) and named(second, y.start, y.quantity):
        return False
    left, right = first[x.end : x.end + 24].split(), second[y.end : y.end + 24].split()
    before_left, before_right = first[: x.start].split()[-1:], second[: y.start].split()[-1:]
    if re.search(
        r"(?:\bno\.?|number|nr\.?|#|:|code|id|step|page|photo|figure|ext\.?|extension|version of|v|\d of)\s*$",
        first[: x.start],
        re.IGNORECASE,
    ):
        return False
    follows = bool(
        left and right and left[0].lower().strip(".,;)") == right[0].lower().strip(".,;)") and left[0][:1].isalpha()
    )
    leads = bool(
        before_left
        and before_left == before_right
        and re.fullmatch(
            r"(?:age|aged|over|under|of|to|least|than|version|ios|android|maximum|minimum|limit|up|size|level|tier)",
            before_left[0].lower(),
        )
    )
    return follows or leads
