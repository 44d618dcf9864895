# ruff: noqa: E501 - patterns stand on one line each
"""Plain statements that no policy of the table covers: one amount, or one yes or no, about a few words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import scope_of
from kbaudit.model.claim import Claim
from kbaudit.text import stem

POLICIES = frozenset({"stated_fee", "stated_rate", "stated_period"})
# What the statement is about are at most so many words: a longer sentence is compared by its wording.
MOST_WORDS = 5
_AMOUNTS = {
    "money": ("stated_fee", re.compile(r"\b(?:costs?|charged?|charges|fees?|price[ds]?|pay|is|are|for|at|only|per)\b")),
    "percent": (
        "stated_rate",
        re.compile(r"\b(?:off|discount|fee|charged?|charges|deduct\w*|reduced|save|get|pay|commission)\b"),
    ),
    "duration": (
        "stated_period",
        re.compile(
            r"\b(?:takes?|within|lasts?|valid|expires?|after|up to|for|have|need|allow|before|at least|every)\b"
        ),
    ),
}
# Words that say how something is offered or charged, not what.
LIGHT = frozenset(
    """cost charge fee pay price get give need take have has allow last valid expire within fixed flat just simply costs charges charged prices priced fees pays paid gets needs takes lasts expires allows per additional extra each only
    currently around roughly approximately about nearly almost typically usual usually normal normally please note additionally also however standard plus starting starts start begin begins apply applies applied added add will would must should
    can could may might be been being is are was were do does did done you your we our us it its they their them he she i my me this that these those there here the a an and or but if when while as than then so to from of in on at by with for
    not no never cannot yes unfortunately sorry happily gladly always any all every some offer offers offered provide provides provided accept accepts accepted possible able unable available allowed permitted make makes made use used using
    course free charge complimentary too either longer still now want wants like regret happy worry let know ask asks""".split()
)
# Words that say which of several things is meant.
_WHICH = frozenset("first second third fourth further additional next".split())
_SHOP = re.compile(
    r"\b(?:we|our|us|you|your|customers?|orders?|service|fees?|members?|delivery|repairs?|products?|items?|cards?|codes?|vouchers?|points?|accounts?|reviews?|photos?|comments?|parcels?|stores?|shops?|returns?|refunds?|bookings?|appointments?|subscriptions?)\b"
)
_CASE = re.compile(
    r"\b(?:if|example|save|saved|worth|over|above|below|under|click on|click the|select|step|button|press|wait|was|were|had|unless|except|until|when|once)\b"
)
_UNTIL = re.compile(r"(?<=⟧ )until\b")
# "$20 a day" and "$90 a week" are two prices of one thing.
_PER = re.compile(r"\s?(?:per|an?|every|/)\s?(hour|day|night|week|month|year)\b", re.IGNORECASE)
_TAKES = re.compile(r"\b(?:takes?|allow|needs?)\b[^⟦]{0,20}⟦D")
_FREE = re.compile(
    r"^(?P<what>[^.,;:⟦]{4,60}?) (?:is|are|comes?) (?:always |completely |totally |absolutely |also )?(?:free|for free|free of charge|complimentary|at no (?:extra |additional )?(?:cost|charge))[.!]?$"
)


def amount(passage: Passage, wanted: list[int]) -> Iterator[Claim]:
    """A sentence with one amount."""
    rest = [item for index, item in enumerate(passage.quantities) if index not in wanted[:1]]
    if (
        not wanted
        or any(
            item.kind != "duration" or item.low is None or item.start - passage.quantities[wanted[0]].end > 2
            for item in rest
        )
        or passage.cell
        or passage.block.kind in ("title", "heading")
        or not 12 <= len(passage.masked) <= 160
    ):
        return
    quantity = passage.quantities[wanted[0]]
    known = _AMOUNTS.get(quantity.kind)
    if (
        known is None
        or not known[1].search(passage.masked)
        or (quantity.kind != "money" and not _SHOP.search(passage.masked))
        or _CASE.search(_UNTIL.sub(" ", passage.masked))
    ):
        return
    words = content(re.sub(r"⟦[^⟧]*⟧", " ", passage.masked))
    if not (1 if quantity.kind == "money" or _TAKES.search(passage.masked) else 2) <= len(words) <= MOST_WORDS:
        return
    scope = replace(scope_of(passage, passage.masked, wanted[0]), products=words)
    basis = _PER.match(passage.text, quantity.end) if quantity.kind == "money" else None
    if basis is not None:
        scope = replace(scope, sizes=scope.sizes | {f"per {basis.group(1).lower()}"})
    yield Claim(
        ref=passage.document.ref,
        policy=known[0],
        span=passage.span,
        value_span=passage.at(quantity.start, quantity.end),
        unit=quantity.unit,
        low=quantity.low,
        high=quantity.high,
        scope=scope,
        bound=str(quantity.bound),
        said=quantity.said,
    )


def free(passage: Passage) -> Iterator[Claim]:
    """ "Hemming is free": a plain statement of a price of nothing."""
    match = _FREE.match(passage.masked)
    if match is None or re.search(r"\b(?:returns?|shipping|delivery|postage|if|exchanges?)\b", passage.masked):
        return
    if re.search(r"\bgift[- ]?(?:wrap|box|packag)", match["what"]):
        yield Claim(
            ref=passage.document.ref,
            policy="gift_wrap_fee",
            span=passage.span,
            value_span=passage.span,
            unit="any",
            low=Decimal(0),
            high=Decimal(0),
            scope=scope_of(passage, passage.masked, None, ("gift",)),
        )
        return
    words = content(match["what"])
    if 1 <= len(words) <= MOST_WORDS:
        scope = replace(scope_of(passage, passage.masked, None), products=words)
        yield Claim(
            ref=passage.document.ref,
            policy="stated_fee",
            span=passage.span,
            value_span=passage.span,
            unit="any",
            low=Decimal(0),
            high=Decimal(0),
            scope=scope,
        )


def content(text: str) -> frozenset[str]:
    """The stems of the words that say what a statement is about."""
    text = text.replace("membership", "member")
    return frozenset(
        stem.stem(word)
        for word in re.findall(r"[^\W\d_]{3,}", text)
        if word in _WHICH or (word not in LIGHT and word not in scopes.GENERIC)
    )
