"""Dates, ages and ends that a sentence gives, against those of a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import EVENTS, Contradiction, named
from kbaudit.facts.support_text import Sentence, is_denying

_I = re.IGNORECASE
MONTHS = {
    name: number
    for number, names in enumerate(
        "january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep october,oct "
        "november,nov december,dec".split(),
        1,
    )
    for name in names.split(",")
}
# A month at the turn of two seasons belongs to both.
SEASONS = {
    "spring": {3, 4, 5, 6},
    "summer": {6, 7, 8, 9},
    "autumn": {9, 10, 11, 12},
    "fall": {9, 10, 11, 12},
    "winter": {12, 1, 2, 3},
}
YEAR = re.compile(r"\b(1[0-9]\d\d|20[0-4]\d)\b(?!['’]?s\b)")
DECADE = re.compile(r"\b(1[5-9]\d0|20[0-2]0)['’]?s\b")
CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) century\b", _I)
MONTH = re.compile(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?", _I)
SEASON = re.compile(
    r"\b(?:in|during|on|the) (?:early |late )?(spring|summer|autumn|fall|winter)\b(?! olympics| games)"
    r"|\b(?:in the|in) (?:early |late )?(spring|summer|autumn|fall|winter)\b|\ba (spring|summer|autumn|fall"
    r"|winter) birthday\b",
    _I,
)
STILL = re.compile(r"\b(?:still|continues? to|currently|to this day|is alive)\b", _I)
AGE = re.compile(
    r"\b(?:(?:at (?:the )?age (?:of )?|aged |lived to be |lived for |lived until (?:\w+ )?(?:were|was) )(\d{1,3})\b"
    r"|(\d{1,3}) years old|(\d{1,3})-year-old"
    r"|(?:in|since|during|from|until) (?:his|her|their) (?:early |mid |late |mid-)?(teens|twenties|thirties|forties"
    r"|fifties|sixties|seventies|eighties|[2-9]0['’]?s))\b",
    _I,
)
AGES = dict(
    zip("teens twenties thirties forties fifties sixties seventies eighties".split(), range(10, 90, 10), strict=True)
)
# What begins at the first year that a record gives for it.
_BEGIN = re.compile(r"\b(?:start\w*|beg[ia]n\w*|debut\w*|active since|been active|active (?:in|from)|since)\b", _I)
_BEFORE = re.compile(r"\b(?:before|prior to)\W*(?:the )?(?:year )?$", _I)
_AFTER = re.compile(r"\b(?:after|later than)\W*(?:the )?(?:year )?$", _I)
_PART = re.compile(r"\b(early|late)\W*$", _I)
SHORT_DECADE = re.compile(r"\bthe (?:(?:early|late|mid)\W)?['’]?([2-9]0)['’]?s\b", _I)
UNBROKEN = re.compile(
    r"\b(?:continuous(?:ly)?|consecutively|uninterrupted(?:ly)?"
    r"|without (?:a |any )?(?:break|interruption|pause|hiatus))\b",
    _I,
)
NO_MORE = re.compile(r"\b(?:no longer active|not active (?:any ?more|any longer)|disbanded|retired)\b", _I)
_RANGE = re.compile(r"(?<!\d-)\b\d{4}\s?(?:-|–|to)\s?(?:[^\W\d_]+ )?(?:\d{4}|present)|present\b", _I)


def _dated(text: str) -> list[tuple[int, int | None]]:
    """(year, month) of every date in a value."""
    found: list[tuple[int, int | None]] = []
    for match in YEAR.finditer(text):
        around = text[max(0, match.start() - 14) : match.start()]
        month = [MONTHS[m.group(1).lower()] for m in MONTH.finditer(around)]
        iso = re.match(r"-(\d\d)(?:-\d\d)?\b", text[match.end() :])
        found.append((int(match[1]), month[-1] if month else int(iso[1]) if iso and 1 <= int(iso[1]) <= 12 else None))
    return found


def dates(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    if is_denying(claim.text):
        return None
    meant = [(attribute, at) for attribute, at in named(claim, record) if len(_dated(attribute.text)) >= 1]
    if not meant:
        return None
    for pattern, holds in (
        (YEAR, lambda m, y, _: int(m[1]) == y),
        (DECADE, lambda m, y, _: int(m[1]) <= y <= int(m[1]) + (99 if m[1].endswith("00") else 9)),
        (CENTURY, lambda m, y, _: (int(m[1]) - 1) * 100 <= y <= int(m[1]) * 100),
        (SEASON, lambda m, _, month: month is None or month in SEASONS[(m[1] or m[2] or m[3]).lower()]),
        (MONTH, lambda m, _, month: month is None or month == MONTHS[m[1].lower()]),
    ):
        for match in pattern.finditer(claim.text):
            if pattern is MONTH and (match[1].lower() in ("may", "mar", "march") and not match[1][0].isupper()):
                continue
            if re.search(
                r"\b(?:before|after|since|until|till|prior to|by|over|between)\W*(?:the )?(?:\w+ )?$",
                claim.text[: match.start()],
                _I,
            ):
                continue
            # The key that stands nearest before the date is the one that it belongs to.
            attribute, at = max(meant, key=lambda item: (item[1] <= match.start(), -abs(match.start() - item[1])))
            values = _dated(attribute.text)
            if len(meant) > 1 and len({id(item[0]) for item in meant}) > 1 and abs(match.start() - at) > 40:
                continue
            ranged = len(values) > 1 and _RANGE.search(attribute.text) is not None
            if ranged or any(holds(match, year, month) for year, month in values):
                continue
            return Contradiction(attribute, match.span(), match.group(), 0.85)
    return None


def _year_of(record: Sequence[Attribute], event: str) -> tuple[int, Attribute] | None:
    for attribute in record:
        if (
            attribute.words & EVENTS[event]
            and "name" not in attribute.key.lower()
            and (dates := _dated(attribute.text))
        ):
            return dates[0][0], attribute
    return None


def bounded(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Before 1950", "after 1980", "in the late 1990s", "in the 40s" of an event that the record dates otherwise."""
    if is_denying(claim.text):
        return None
    for attribute, at in named(claim, record):
        years = [year for year, _ in _dated(attribute.text)]
        if not years or len(set(years)) > 1:
            continue
        year = years[0]
        for pattern in (YEAR, DECADE, SHORT_DECADE):
            for match in pattern.finditer(claim.text):
                if not 0 < match.start() - at <= 40:
                    continue
                lead = claim.text[: match.start()]
                part = _PART.search(claim.text[: match.start(1)])
                said = int(match[1])
                if pattern is YEAR:
                    wrong = bool((_BEFORE.search(lead) and year >= said) or (_AFTER.search(lead) and year < said))
                elif _BEFORE.search(lead) or _AFTER.search(lead) or said % 100 == 0:
                    wrong = False
                else:
                    place = (year - said) if pattern is DECADE else year % 100 - said
                    late = {"early": place > 5, "late": place < 5}.get(part[1].lower(), False) if part else False
                    wrong = not 0 <= place <= 9 or late
                if wrong:
                    return Contradiction(attribute, match.span(), match.group(), 0.8)
    return None


def ages(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """An age at death, or at another event that the record dates."""
    match = AGE.search(claim.text.replace("twenty-five", "25"))
    born = _year_of(record, "born")
    if not match or not born:
        return None
    if re.search(r"\b(?:before|after|over|under|than)\W+(?:\w+\W+){0,2}$", claim.text[: match.start()], _I):
        return None
    when = _when(claim, record, match)
    if when is None:
        return None
    year, attribute = when
    given = re.search(r"aged\D{0,3}(\d{1,3})", attribute.text)
    truth = {int(given[1])} if given else {year - born[0], year - born[0] - 1}
    if match[4]:
        low = AGES.get(match[4].lower()) or int(match[4][:2])
        fits = any(low <= age <= low + 9 for age in truth)
    else:
        fits = int(next(group for group in match.groups() if group)) in truth
    return None if fits else Contradiction(attribute, match.span(), match.group(), 0.85)


def _when(claim: Sentence, record: Sequence[Attribute], age: re.Match[str]) -> tuple[int, Attribute] | None:
    """The year of the event whose age a claim gives: death, the start of a career, or what else it names once."""
    if claim.stems & EVENTS["died"] or "lived" in age.group().lower():
        return _year_of(record, "died")
    if _BEGIN.search(claim.text):
        active = next((item for item in record if "active" in item.key.lower()), None)
        years = _dated(active.text) if active else []
        return (min(year for year, _ in years), active) if active and years else None
    dated = {id(item): item for item, _ in named(claim, record) if "born" not in item.key.lower()}
    found = [(item, {year for year, _ in _dated(item.text)}) for item in dated.values()]
    found = [(item, years) for item, years in found if years]
    if len(found) != 1 or len(found[0][1]) != 1:
        return None
    return found[0][1].pop(), found[0][0]


def unbroken(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Without a break" where the record holds several spans."""
    match = UNBROKEN.search(claim.text)
    if match is None or (is_denying(claim.text) and "without" not in match.group().lower()):
        return None
    for attribute in record:
        if "active" in attribute.key.lower() and len({year for year, _ in _dated(attribute.text)}) > 2:
            return Contradiction(attribute, match.span(), match.group(), 0.75)
    return None


def ended(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """Still alive, or still active, after the record's end."""
    match = STILL.search(claim.text)
    died = _year_of(record, "died")
    if match and died and not is_denying(claim.text):
        return Contradiction(died[1], match.span(), match.group(), 0.75)
    gone = NO_MORE.search(claim.text)
    active = next((item for item in record if "active" in item.key.lower() and "present" in item.text.lower()), None)
    if gone and active and not is_denying(claim.text[: gone.start()]):
        return Contradiction(active, gone.span(), gone.group(), 0.75)
    return None
