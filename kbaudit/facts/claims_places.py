# ruff: noqa: E501 - patterns stand on one line each
"""Towns in which a shop says that it has stores, or has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import scope_of
from kbaudit.model.claim import Claim

_NAME = r"(?:[A-ZÄÖÜÅØÆÉ][\w’'-]+(?:\s[A-ZÄÖÜÅØÆÉ][\w’'-]+){0,2})"
_LIST = rf"{_NAME}(?:(?:,\s(?:and\s)?|\s(?:and|&)\s){_NAME}){{0,11}}"
_HAVE = re.compile(
    rf"\b(?:[Ss]tores|[Ss]hops|[Ss]howrooms|[Bb]ranches|[Bb]outiques)\b(?:\s(?:are|is|can be found))?\s(?:in|at)\s(?P<places>{_LIST})"
    rf"|\b[Yy]ou(?:’ll|'ll| can| will)?\sfind\s(?:us|our (?:stores|shops|showrooms))\sin\s(?P<also>{_LIST})"
)
_HAVE_NOT = re.compile(
    rf"\b[Nn]o\s(?:longer\sa\s)?(?:store|shop|showroom|branch|boutique)\s(?:in|at)\s(?P<places>{_NAME})"
    rf"|\b(?:do not|don['’]t|no longer) have an?\s(?:store|shop|showroom|branch|boutique)\s(?:in|at)\s(?P<also>{_NAME})"
    rf"|\b(?:store|shop|showroom|branch|boutique)\s(?:in|at)\s(?P<shut>{_NAME})\s(?:has|is)(?: now| been)? (?:permanently )?closed(?! on| at| from| for)"
)
_SPLIT = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s")


def read(passage: Passage) -> Iterator[Claim]:
    """Policy `store_places`: towns with a store (polarity true) or without one (false)."""
    text = passage.text
    if passage.dated or not passage.standing or passage.question:
        return
    for pattern, there in ((_HAVE_NOT, False), (_HAVE, True)):
        match = pattern.search(text)
        if match is None:
            continue
        named = next(group for group in match.groups() if group)
        towns = frozenset(town.lower() for town in _SPLIT.split(named) if town)
        scope = replace(scope_of(passage, "", None), channels=frozenset(), regions=frozenset(), products=frozenset())
        yield Claim(
            ref=passage.document.ref,
            policy="store_places",
            span=passage.span,
            value_span=passage.span,
            terms=towns,
            polarity=there,
            scope=scope,
        )
        return


def labels() -> dict[str, str]:
    """What the policy is called in a sentence for people."""
    return {"store_places": "where the stores are"}
