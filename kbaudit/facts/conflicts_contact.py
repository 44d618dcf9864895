# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in who we are and where we are reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kbaudit.facts.conflicts_align import Pair, Verdict, names, renamed, rest, verdict
from kbaudit.facts.conflicts_case import same_subject
from kbaudit.facts.conflicts_tokens import Token

_ADDRESS = re.compile(
    r"\b(?:address(?:ed)?|\d{4} (?=[A-ZÄÖÜØÆÅ][a-zäöüøæåé]+)|house|building|bldg\.?|tower|apt\.?|apartment|\d{5,6}|street|st\.?|avenue|ave\.?|suite|ste\.?|road|rd\.?|boulevard|blvd\.?|drive|lane|ln\.?|box|floor|p\.?o\.?|way|unit|parkway|pkwy|square|place|court|strasse|straße|str\.|rue|calle|via|platz|plaza|attn\.?|postcode|zip|l-\d{4}|[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[^\W\d_]{3,}(?:stra(?:ss|ß)e|str|allee|weg|gasse|platz|ring|ufer|damm|markt|straat|laan|gata|gatan|vej|vägen))(?!\w)",
    re.IGNORECASE,
)
_AUTOMATED = re.compile(r"email:(?:no-?reply|do-?not-?reply|auth|notif\w*|mailer|bounce|alerts?|news(?:letter)?)@")
_WRITE = re.compile(
    r"\b(?:contact|e-?mail (?:us|our|to)|write|reach|send|mail|support|help|questions?|at|to)\b", re.IGNORECASE
)
_LEGAL_CUE = re.compile(
    r"\b(?:registered|register|registration|rcs|vat|share capital|paid-in capital|hrb|siren|siret|incorporated|company number|registered office|business licen[cs]e|organi[sz]ed under)\b",
    re.IGNORECASE,
)


def contact(pair: Pair) -> Verdict | None:
    """Whether a phone number, an address, an e-mail address or a company detail is another."""
    first, second, a, b, changes, length = pair.first, pair.second, pair.a, pair.b, pair.changes, pair.length
    for change in changes:
        old, new, _, _ = change
        for kind, label in (("phone", "phone number"), ("email", "e-mail address")):
            left = [token for token in old if token.kind == kind]
            right = [token for token in new if token.kind == kind]
            if kind == "email" and (
                _AUTOMATED.search(" ".join(token.text for token in (*left, *right))) or not _WRITE.search(first)
            ):
                continue
            others = [item for item in changes if item is not change]
            apart = bool(left and right) and {token.text for token in left}.isdisjoint(token.text for token in right)
            if (
                apart
                and not _others(pair)
                and same_subject(pair)
                and rest(changes, [change]) <= 0.22 * length
                and not renamed(others, first, second)
            ):
                return verdict("contact", label, a, b, left, right, 0.82)
    numbers = [
        change
        for change in changes
        if any(
            token.kind in ("number", "duration", "measure") or any(char.isdigit() for char in token.text)
            for token in change[0]
        )
        and any(any(char.isdigit() for char in token.text) for token in change[1])
    ]
    if (
        numbers
        and _addressed(first)
        and _addressed(second)
        and _address_near(first, numbers[0][0])
        and _address_near(second, numbers[0][1])
    ) and rest(changes, numbers) <= max(6, 0.3 * length):
        return verdict("contact", "postal address", a, b, list(numbers[0][0]), list(numbers[0][1]), 0.8)
    if (
        numbers
        and same_subject(pair)
        and _identifier(first, numbers[0][0])
        and _identifier(second, numbers[0][1])
        and rest(changes, numbers) <= max(4, 0.25 * length)
    ):
        return verdict("legal_entity", "company details", a, b, list(numbers[0][0]), list(numbers[0][1]), 0.8)
    entity = [
        change
        for change in changes
        if names(change[0], first)
        and names(change[1], second)
        and (_suffix(first, change[0]) and _suffix(second, change[1]))
    ]
    if (
        entity
        and not any(token.quantity for old, new, _, _ in changes for token in (*old, *new))
        and rest(changes, entity) <= max(3, 0.2 * length)
    ):
        return verdict("legal_entity", "company name", a, b, list(entity[0][0]), list(entity[0][1]), 0.7)
    return None


@lru_cache(maxsize=1024)
def _addressed(text: str) -> bool:
    return len(_ADDRESS.findall(text)) >= 2


def _others(pair: Pair) -> bool:
    """Whether each sentence is about something that the other does not speak of: "for bicycles", "for boats"."""
    left, right = ([token for token in side if token.raw[:1].islower()] for side in pair.apart)
    return bool(left and right)


def _identifier(text: str, tokens: Sequence[Token]) -> bool:
    """Whether words are the number of a company, or its capital: long, and the register named just before."""
    start, end = tokens[0].start, tokens[-1].end
    return sum(char.isdigit() for char in text[start:end]) >= 4 and bool(
        _LEGAL_CUE.search(text[max(0, start - 60) : start])
    )


def _address_near(text: str, tokens: Sequence[Token]) -> bool:
    start, end = tokens[0].start, tokens[-1].end
    return bool(_ADDRESS.search(text[max(0, start - 30) : end + 40]))


def _suffix(text: str, tokens: Sequence[Token]) -> bool:
    return bool(
        re.search(
            r"\b(?:inc|llc|ltd|limited|gmbh|corp|corporation|plc|s\.?à\.? ?r\.?l|s\.?a\.?s|b\.?v|oy|pty|ag)\b",
            text[tokens[0].start : tokens[-1].end + 12],
            re.IGNORECASE,
        )
    )
