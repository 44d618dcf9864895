# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in a number, a price or a deadline: does it decide anything?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, flips, named, renamed, verdict
from kbaudit.facts.conflicts_case import agree, clause_end, dates_differ, in_head, same_case
from kbaudit.facts.conflicts_figures import figure
from kbaudit.facts.conflicts_lexicon import COMMERCE
from kbaudit.facts.conflicts_tokens import Token, equal

# A sentence this long that agrees in all but a value rules the same thing, whatever its words.
LONG = 12
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|example:|e\.g|suppose|imagine|let['’]s say|say,|as an example)", re.IGNORECASE
)
_VERSION = re.compile(r"\b(?:version|release|edition|revision)\s*$", re.IGNORECASE)
_UNITED = ("duration", "money", "percent", "time", "measure")


def amount(pair: Pair) -> Verdict | None:
    """Whether another amount of the same thing is stated."""
    first, second = pair.first, pair.second
    facing = [(x, y) for x, y in _facing(pair) if not equal(x, y)]
    wrong = [(x, y) for x, y in facing if _counts(x, y, first, second)]
    if not wrong:
        return _turned_limit(pair)
    if dates_differ(pair) or not _rules(pair, wrong) or renamed(pair.changes, first, second):
        return None
    if flips(*_words(pair)) % 2 and _turned(pair):
        # "Before 11" and "after 11", "with" and "without": other cases, so other amounts.
        return None
    if any(x.kind != y.kind for x, y in wrong) and len(pair.changes) > 1:
        return None
    if len({x.kind for x, _ in facing}) > 1 or _beside(pair, facing):
        # Another size at another price.
        return None
    used = [token for both in wrong for token in both]
    x, y = wrong[0]
    if min(len(pair.a), len(pair.b)) < FRAGMENT * pair.length and agree(pair, (len(first), len(second))) < 2:
        return None
    apart = max(len(side) for side in pair.apart)
    ends = clause_end(first, x.end), clause_end(second, y.end)
    if not same_case(pair, used) and not (
        # The clause of the value says the same, and says enough; what follows it is told in other words.
        len(wrong) == 1
        and x.kind in (*_UNITED, "number")
        and agree(pair, ends) >= ENOUGH
        and same_case(pair, used, ends=ends)
    ):
        return None
    return verdict("amount", "stated amount", pair.a, pair.b, [x], [y], 0.82 if apart <= 2 else 0.7)


def _turned_limit(pair: Pair) -> Verdict | None:
    """Whether the least of the one is the most of the other, and nothing else differs."""
    if len(pair.changes) != 1:
        return None
    old, new, _, _ = pair.changes[0]
    if {"".join(token.text for token in old), "".join(token.text for token in new)} != {"atleast", "atmost"}:
        return None
    return verdict("amount", "limit", pair.a, pair.b, old, new, 0.74)


# Words of content that two clauses must share to be about one thing when the rest of their sentences differs.
ENOUGH = 3
# A sentence so much shorter than the other must share words of content with it.
FRAGMENT = 0.6


def _beside(pair: Pair, facing: Sequence[tuple[Token, Token]]) -> bool:
    """Whether each sentence has a further amount that the other lacks."""
    left, right = (
        [
            token
            for token in side
            if token.quantity
            and token.kind != "date"
            and not any(token is x or token is y for x, y in facing)
            and not any(other.quantity and (other.text == token.text or equal(other, token)) for other in across)
        ]
        for side, across in ((pair.a, pair.b), (pair.b, pair.a))
    )
    return (
        bool(left or right)
        and any(x.kind == "money" for x, _ in facing)
        and any(token.kind == "number" for token in (*left, *right))
    ) or bool(left and right)


def _facing(pair: Pair) -> Iterator[tuple[Token, Token]]:
    """Amounts that stand for each other: in one change, or the only one of their kind."""
    met = False
    for old, new, _, _ in pair.changes:
        left = [token for token in old if token.quantity and token.kind != "date"]
        right = [token for token in new if token.quantity and token.kind != "date"]
        if left and len(left) == len(right) and all(_like(x, y) for x, y in zip(left, right, strict=True)):
            met = True
            yield from zip(left, right, strict=True)
    if met:
        return
    for kind in _UNITED:
        left, right = ([token for token in side if token.kind == kind] for side in (pair.a, pair.b))
        if len(left) == len(right) == 1:
            yield left[0], right[0]


def _words(pair: Pair) -> tuple[list[str], list[str]]:
    return (
        [token.text for old, _, _, _ in pair.changes for token in old],
        [token.text for _, new, _, _ in pair.changes for token in new],
    )


def _turned(pair: Pair) -> bool:
    """Whether the turn stands in the wording itself, not in how the limit is said ("no more than", "up to")."""
    return pair.length < 60


def _rules(pair: Pair, wrong: Sequence[tuple[Token, Token]]) -> bool:
    """Whether the sentence rules something by the amount: it is no figure of the company and no example."""
    first = pair.first
    bare = all(x.kind == "number" for x, _ in wrong)
    bounds = {x.quantity.bound for x, _ in wrong if x.quantity}
    if "under" not in bounds and all(x.quantity and figure(first, x.quantity) for x, _ in wrong):
        return False
    if any(
        _EXAMPLE.search(text[: x.start]) for both in wrong for x, text in zip(both, (first, pair.second), strict=True)
    ):
        return False
    if bare and any(x.quantity and x.quantity.bound in ("over", "about") and in_head(x, pair.a) for x, _ in wrong):
        # "More than 80 schools use our planner": how many there are.
        return False
    return bool(
        COMMERCE.search(first)
        or _LIMIT.search(first)
        # "At least 20" is a rule without any word of trade.
        or all(x.quantity and (x.quantity.bound or x.quantity.unit == "times") for x, _ in wrong)
        or (pair.length >= LONG and not bare)
    )


# Words of limits and offers: a sentence with one of them rules something.
_LIMIT = re.compile(
    r"\b(?:limit\w*|at most|entitles?|per|contains?|comprises?|consists?|includes?|lasts?|minimum|maximum|shall|or (?:later|newer|higher|more|less|fewer)|must|may|can|cannot|need\w*|requir\w+|only|trials?|passe?s?|plans?|bookings?|reservations?|access|loans?|services?|offers?|licen[cs]es?|extend\w*|renew\w*)\b",
    re.IGNORECASE,
)


def _like(x: Token, y: Token) -> bool:
    """Whether two amounts can be values of one thing: a fee is a sum or a share of the price."""
    return x.kind == y.kind or {x.kind, y.kind} == {"money", "percent"}


def _counts(x: Token, y: Token, first: str, second: str) -> bool:
    """Whether a changed amount is a value of a rule: it has a unit, or counts the same thing on both sides."""
    if x.kind in _UNITED or all(token.quantity and token.quantity.unit == "times" for token in (x, y)):
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
