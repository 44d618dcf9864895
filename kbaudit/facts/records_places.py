"""Places and nations that a sentence gives, against those of a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import Contradiction, named
from kbaudit.facts.scope_words import REGIONS
from kbaudit.facts.support_text import Sentence, is_denying, sentence
from kbaudit.text.stem import fold

_I = re.IGNORECASE
_NAME = r"[A-ZÀ-Þ][\w’'.-]+"
PLACED = re.compile(
    r"\b(?P<what>born|died|death|passed away|origin\w*|from|formed|founded|based|located|lies|held|happened"
    r"|takes? place|made|manufactured|produced|recorded|headquartered|started)\b[^.;]{0,24}?\b(?:in|at|from)\s+"
    r"(?:the )?"
    rf"(?P<name>{_NAME}(?:\s{_NAME})*)"
)
KINDS = {
    "born": "born birth birthplace", "died": "died death", "death": "died death", "passed away": "died death",
    "recorded": "recorded studio", "made": "made origin country manufactured", "produced": "origin country",
    "manufactured": "made origin country manufactured", "headquartered": "headquarters location",
}  # fmt: skip
ELSE = frozenset("origin location venue place country headquarters headquarter city state region".split())
ALIKE = re.compile(
    r"\bin (?:the )?(?:(?P<same>(?:very )?same)|(?:two )?different) (?:\w+ )?(?P<level>city|cities|town"
    r"|towns|village|state|states|country|countries|place|places)\b",
    _I,
)
NATION_KEYS = frozenset("nationality nation citizenship country origin made".split())


@cache
def _countries() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = [
        (code, re.compile(rf"\b(?:{words})(?!\w)", _I))
        for code, words in REGIONS.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in ("EU", "NA", "PR")
    ]
    return tuple(found)


def countries(text: str) -> frozenset[str]:
    """ISO codes of the countries that a text names, by name or adjective."""
    return frozenset(code for code, pattern in _countries() if pattern.search(text))


def _keys(attribute: Attribute) -> set[str]:
    return {fold(word) for word in re.findall(r"[^\W\d_]+", attribute.key)}


def origin(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Born in Leeds" where Leeds stands under another key, or in another country than the record's."""
    match = PLACED.search(claim.text)
    if match is None or is_denying(claim.text):
        return None
    wanted = frozenset(KINDS.get(match["what"].lower(), "").split()) or ELSE
    attribute = next((item for item in record if _keys(item) & wanted), None)
    if attribute is None:
        return None
    name = sentence(match["name"])
    held = sentence(attribute.text).stems
    if not name.content or any(word.stem in held for word in name.content):
        return None
    elsewhere = any(
        all(word.stem in sentence(item.text).stems for word in name.content)
        for item in record
        if item is not attribute and item.key.lower() not in ("title", "name", "birth name")
    )
    here, there = countries(match["name"]), countries(attribute.text)
    if elsewhere or (here and there and not here & there):
        return Contradiction(attribute, match.span("name"), match["name"], 0.75)
    return None


def nation(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "A Belgian maker" where the record says French."""
    if is_denying(claim.text):
        return None
    match = re.search(
        r"\b(?:is|was|are|were|being)\s+(?:an? |the )?(?:\w+ ){0,1}(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b"
        r"|\bmade in (?:the )?(?P<made>[A-Z]\w+(?: [A-Z]\w+)*)",
        claim.text,
    )
    if match is None:
        return None
    said = match["name"] or match["made"]
    for attribute in record:
        if not _keys(attribute) & NATION_KEYS:
            continue
        here, there = countries(said), countries(attribute.text)
        if here and there and not here & there:
            return Contradiction(attribute, match.span("name" if match["name"] else "made"), said, 0.75)
    return None


def alike(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Born and died in the same town" of two places that the record holds."""
    match = ALIKE.search(claim.text)
    if match is None or is_denying(claim.text):
        return None
    meant = list({id(item): item for item, at in named(claim, record)}.values())
    found = [(item, _parts(item.text)) for item in meant]
    found = [(item, parts) for item, parts in found if parts]
    if len(found) != 2:
        return None
    (first, a), (_, b) = found
    broad = match["level"].lower().startswith(("state", "countr"))
    if match["same"]:
        wrong = not set(a) & set(b) if broad else a[0] not in b and b[0] not in a
    else:
        wrong = a[-2:] == b[-2:] if broad else a[0] == b[0]
    return Contradiction(first, match.span(), match.group(), 0.75) if wrong else None


def _parts(text: str) -> list[str]:
    """The names of a place, smallest first, without dates and ages."""
    bare = re.sub(r"\([^)]*\)", ",", text)
    bare = re.sub(
        r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October"
        r"|November|December)\b[ ,]*(?:\d{1,2},? )?",
        ",",
        bare,
    )
    parts = re.split(r"[,;\d]+", bare)
    return [fold(part).strip(" .") for part in parts if re.search(r"[A-ZÀ-Þ]", part) and len(part.strip()) > 1]
