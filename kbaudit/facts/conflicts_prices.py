# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences of which one gives for nothing, or in full, what the other has a price or a share for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, akin, around, joined, telling, verdict
from kbaudit.facts.conflicts_case import agree, clause_end, same_case
from kbaudit.facts.conflicts_tokens import Token


def price(pair: Pair) -> Verdict | None:
    """Whether the sentences ask another price, one of them without naming a sum."""
    if _parted(pair):
        return None
    return _nothing(pair) or _charged(pair) or _billed_apart(pair) or _less(pair) or _share(pair) or _basis(pair)


# "Free until noon", "charged after noon": the two sides of one limit.
_BELOW = re.compile(r"\b(?:until|till|before|under|below|up to|less than|fewer than|within|first)\b", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:after|over|above|more than|beyond|exceed\w*|further|second|later)\b", re.IGNORECASE)


def _parted(pair: Pair) -> bool:
    """Whether the one sentence speaks of what lies below a limit and the other of what lies above."""
    sides = [(bool(_BELOW.search(text)), bool(_ABOVE.search(text))) for text in (pair.first, pair.second)]
    return sides in ([(True, False), (False, True)], [(False, True), (True, False)])


_FREE = re.compile(
    r"\bfree of charge\b|\bfree\b(?! (?:to|from|shipping threshold))|\b(?:at )?no (?:extra |additional |further )?(?:fee|charge|cost|costs|commission)\b|\bwithout (?:any )?(?:charge|fee|cost)\b|\b(?:costs?|pays?|charges?) (?:you )?nothing\b|\bfor nothing\b|\b(?:is|are) included\b(?! in)|\bcomplimentary\b",
    re.IGNORECASE,
)


def _nothing(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives for nothing what the other has a price for."""
    free = [list(_FREE.finditer(text)) for text in (pair.first, pair.second)]
    if bool(free[0]) == bool(free[1]):
        return None
    index = 0 if free[0] else 1
    given, priced = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
    price = [
        token
        for token in priced
        if token.kind in ("money", "percent") and not any(token.text == other.text for other in given)
    ]
    if len(price) != 1 or any(
        token.kind == price[0].kind and token.text not in {t.text for t in priced} for token in given
    ):
        return None
    mark = free[index][0]
    near = [token for token in given if token.start < mark.end() and mark.start() < token.end]
    used = [*near, *_around(priced, price[0]), *price, *(token for token in given if token.text in _CHARGING)]
    ends = (
        (clause_end(pair.first, near[-1].end), clause_end(pair.second, price[0].end)) if index == 0 and near else None
    )
    if index == 1 and near:
        ends = (clause_end(pair.first, price[0].end), clause_end(pair.second, near[-1].end))
    if not near or not (same_case(pair, used) or (agree(pair, ends) >= 2 and same_case(pair, used, ends=ends))):
        return None
    pieces = (near, price) if index == 0 else (price, near)
    return verdict("amount", "price", pair.a, pair.b, pieces[0], pieces[1], 0.74)


_CHARGING = frozenset(
    "charged charge charges flat handling fee fees cost costs price each per additional small fixed enjoy enjoys pay pays get gets receive receives only half provided provide provides rented rent hired hire lent available offered offer supplied given rate at".split()
)


def _around(tokens: Sequence[Token], price: Token) -> list[Token]:
    """The words that say that a price is charged: they are part of the price."""
    return [
        token
        for token in tokens
        if token.text in _CHARGING or (abs(token.start - price.end) < 24 and token.start > price.start)
    ]


# A price that is asked without being named.
_FOR_A_FEE = re.compile(
    r"\b(?:(?:for|against|at|subject to|incurs?|carr(?:y|ies)|attracts?|with) (?:an? )?(?:\w+ )?(?:fee|charge|cost|surcharge|price|supplement|payment)s?|(?:is|are|be) (?:charged|billed|chargeable|payable|invoiced)(?: (?:separately|extra|in addition|on top))?|costs? extra|(?:an? )?(?:\w+ )?(?:fee|charge|surcharge|supplement) (?:applies|is (?:charged|payable|due|added|levied)|for)|(?:not|un)paid|paid (?:extra|separately))\b",
    re.IGNORECASE,
)
_INCLUDED = re.compile(r"\b(?:included? (?:in|with)|is included|are included|inclusive)\b", re.IGNORECASE)


def _charged(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives for nothing what the other charges for without naming a sum."""
    free = [_FREE.search(text) or _INCLUDED.search(text) for text in (pair.first, pair.second)]
    charged = [_FOR_A_FEE.search(text) for text in (pair.first, pair.second)]
    if any("not" in {token.text for token in side} for side in (pair.a, pair.b)):
        return None
    for index in (0, 1):
        mark, fee = free[index], charged[1 - index]
        if mark is None or fee is None or free[1 - index] or charged[index]:
            continue
        given, priced = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
        near = [token for token in given if token.start < mark.end() and mark.start() < token.end]
        asked = [token for token in priced if token.start < fee.end() and fee.start() < token.end]
        if any(_which(tokens, side) for tokens, side in ((near, given), (asked, priced))):
            # "Services that are free of charge": which of them, not what they cost.
            continue
        if near and asked and same_case(pair, [*near, *asked], details=0.2):
            pieces = (near, asked) if index == 0 else (asked, near)
            return verdict("amount", "price", pair.a, pair.b, pieces[0], pieces[1], 0.7)
    return None


def _billed_apart(pair: Pair) -> Verdict | None:
    """Whether the one sentence includes what the other, in a clause of its own, charges extra: "boots are extra"."""
    for index in (0, 1):
        text, other = (pair.first, pair.second) if index == 0 else (pair.second, pair.first)
        own, across = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
        mark = _INCLUDES.search(text)
        if mark is None or not _INCLUDES.search(other) or _FOR_A_FEE.search(text):
            continue
        for clause in _CLAUSE.finditer(other):
            fee = _EXTRA.search(clause.group())
            if fee is None:
                continue
            asked = [
                token
                for token in across
                if telling(token) and clause.start() <= token.start < clause.start() + fee.start()
            ]
            held = [token for token in own if any(akin(token, thing) for thing in asked)]
            if not asked or len(held) < len(asked):
                continue
            shown = [token for token in across if clause.start() <= token.start < clause.start() + fee.end()]
            pieces = (held[:1], shown) if index == 0 else (shown, held[:1])
            return verdict("amount", "price", pair.a, pair.b, pieces[0], pieces[1], 0.68)
    return None


_INCLUDES = re.compile(r"\b(?:includes?|included|inclusive|contains?|comprises?|covers?|covered)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[;,])\s(?:but |while |whereas |and )?[^;,.]+")
_EXTRA = re.compile(
    r"\b(?:(?:is|are|will be|must be) (?:\w+ (?:and )?)?(?:charged|billed|payable|paid|invoiced|metered|extra|not included|excluded|available for|hired|rented)|costs?\b|not included|at (?:an )?extra|extra\b)",
    re.IGNORECASE,
)
_IN_FULL = re.compile(r"\b(?:in full|fully|in its entirety|entire(?:ly)?|the (?:full|whole|entire))\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:less|minus|after (?:the )?deduct\w+|net of|with (?:a )?deduction|reduced by|except for|excluding|in part|partially|partly|pro rata|proportionately)\b",
    re.IGNORECASE,
)


def _less(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives in full what the other gives less something."""
    whole = [_IN_FULL.search(text) for text in (pair.first, pair.second)]
    part_ = [_LESS.search(text) for text in (pair.first, pair.second)]
    for index in (0, 1):
        mark, less = whole[index], part_[1 - index]
        if mark is None or less is None or part_[index] or whole[1 - index]:
            continue
        given, cut = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
        near = [token for token in given if token.start < mark.end() and mark.start() < token.end]
        end = clause_end(pair.second if index == 0 else pair.first, less.end())
        behind = [token for token in cut if less.start() <= token.start < end]
        if near and behind and len(behind) <= 7 and same_case(pair, [*near, *behind], details=0.1):
            pieces = (near, behind) if index == 0 else (behind, near)
            return verdict("amount", "how much", pair.a, pair.b, pieces[0], pieces[1], 0.68)
    return None


_OF_PRICE = re.compile(
    r"[^.;,]{0,14}\b(?:the|its|their|your) (?:\w+ ){0,2}(?:price|fare|fee|rate|amount|value|cost|charge|sum|deposit)\b",
    re.IGNORECASE,
)
_PRICES = frozenset("price fare fee rate amount value cost charge sum deposit".split())
_WHOLE = frozenset("full whole entire complete".split())


def _share(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives the whole of what the other gives a share of."""
    for old, new, i, j in joined(pair):
        for left, right in ((old, new), (new, old)):
            share = [token for token in left if token.kind == "percent"]
            whole = [token for token in right if token.text in _WHOLE]
            if len(share) == 1 and whole and not any(token.kind == "percent" for token in right):
                if share[0].quantity and share[0].quantity.low == 100:
                    continue
                if not same_case(pair, [*share, *whole]):
                    continue
                pieces = (share, whole) if left is old else (whole, share)
                return verdict("amount", "stated amount", pair.a, pair.b, pieces[0], pieces[1], 0.72)
            alone = (
                len(share) == 1
                and not any(telling(token) and token.text not in _PRICES for token in (*left, *right))
                and len(pair.changes) == 1
            )
            text = pair.first if left is old else pair.second
            if (
                alone
                and share[0].quantity
                and not share[0].quantity.bound
                and _OF_PRICE.match(text, share[0].start + 4)
            ):
                shown = around(right, pair.b if left is old else pair.a, j if left is old else i)
                first, second = (share, shown) if left is old else (shown, share)
                return verdict("amount", "stated amount", pair.a, pair.b, first, second, 0.68)
    return None


def _which(mark: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether words stand in a clause that says which things are spoken of."""
    at = next((index for index, token in enumerate(tokens) if mark and token is mark[0]), 0)
    return any(token.text in ("that", "which", "who", "if", "where", "when") for token in tokens[max(0, at - 4) : at])


_BASIS = re.compile(
    r"\b(?:per|for each|for every|each|by the) (?P<many>(?:two|three|four|five|six|ten|\d+) )?(?P<what>[a-z]+)\b",
    re.IGNORECASE,
)
_BASED = frozenset(
    "person persons head guest booking order item piece room night stay day hour week month year use user seat device trip journey ride visit parcel shipment kilometre mile litre kilogram gram page call message transaction transfer ticket copy household group team site project apartment vehicle car bag".split()
)


def _basis(pair: Pair) -> Verdict | None:
    """Whether a price or a limit is per something else: "per person", "per booking"."""
    ours, theirs = (
        [match for match in _BASIS.finditer(text) if match["what"].lower().removesuffix("s") in _BASED]
        for text in (pair.first, pair.second)
    )
    if len(ours) != 1 or len(theirs) != 1 or not _PRICED.search(pair.first):
        return None
    x, y = ours[0], theirs[0]
    if (x["many"], x["what"].rstrip("s").lower()) == (y["many"], y["what"].rstrip("s").lower()):
        return None
    left, right = (
        [token for token in side if mark.start() <= token.start < mark.end()]
        for side, mark in ((pair.a, x), (pair.b, y))
    )
    behind = [token for token in pair.apart[0] if token.start > x.start()]
    behind += [token for token in pair.apart[1] if token.start > y.start()]
    if not left or not right or not same_case(pair, [*left, *right, *behind], details=0.1):
        return None
    return verdict("amount", "what the price is per", pair.a, pair.b, left, right, 0.7)


_PRICED = re.compile(
    r"\b(?:fees?|charge[sd]?|charging|prices?|priced|costs?|rates?|rent|tax|levied|levy|billed|pay(?:s|able)?|paid|limit\w*|allowance|deposit|commission|discount)\b|[€£$]",
    re.IGNORECASE,
)
