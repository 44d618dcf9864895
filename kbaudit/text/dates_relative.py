"""Dates that count from a moment of speaking: "next Friday", "the first week of October", "4 till 23 of this month".

Articles state dates; conversations and banners speak relative to the day they were written on. `understand` reads
both and resolves them against a reference moment, forward and backward where the words leave that open.
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kbaudit.text.dates import (
    MONTH_NAMES,
    ORDINAL_WORDS,
    Day,
    find,
    full_year,
    month_end,
    month_number,
    ordinal_number,
    weekday_number,
)
from kbaudit.text.dates_times import clock_beside, clock_span, part_of_day

Moment = date | datetime
Bounds = tuple[Moment, Moment]


@dataclass(frozen=True, slots=True)
class Reading:
    """What `text[start:end]` means: first and last (exclusive for periods) moment, read forward and backward."""

    start: int
    end: int
    future: Bounds | None
    past: Bounds | None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The moment of speaking."""

    now: datetime

    @property
    def today(self) -> date:
        """Its day."""
        return self.now.date()


_I = re.IGNORECASE
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_WD = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wedn?(?:es(?:day)?)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b\.?"
_ORD = (
    "(?:"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True))
    + r"|\d{1,2}(?:st|nd|rd|th))"
)
_NUM = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|a\scouple\s(?:of)?|(?:a\s)?few|several|half\sa)"
_UNIT = r"(?:business\sdays?|days?|weekends?|weeks?|wks?|fortnights?|months?|mos?|quarters?|years?|yrs?|decades?|centur(?:y|ies))"
_THIS = r"(?:this|current|the\scurrent|the\ssame|same|the\s(?:present)|my|our|present)"
_NEXT = r"(?:(?:the\s)?(?:next|coming|upcoming|following|forthcoming|subsequent)|this\s(?:coming|upcoming))"
_LAST = r"(?:(?:the\s)?(?:last|past|previous)|this\spast)"
_REL = rf"(?:{_THIS}|{_NEXT}|{_LAST})"
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "few": 3, "several": 3,
    "a few": 3, "a couple": 2, "a couple of": 2,
}  # fmt: skip


def _number(text: str) -> int:
    text = " ".join(text.lower().split())
    return int(text) if text.isdigit() else _WORDS.get(text, 1)


def _swift(text: str) -> int:
    """-1, 0 or 1 for last, this, next."""
    text = " ".join(text.lower().split())
    if re.search(r"next|coming|following|subsequent", text):
        return 1
    return -1 if re.search(r"last|past|previous", text) else 0


def add_months(day: date, months: int) -> date:
    """A day so many months later; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def _shift(day: date, unit: str, count: int) -> date:
    unit = unit.lower()
    if unit.startswith("business"):
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= day.weekday() < 5
        return day
    if unit.startswith("day"):
        return day + timedelta(days=count)
    if unit.startswith(("week", "wk")):
        return day + timedelta(weeks=count)
    if unit.startswith("fortnight"):
        return day + timedelta(weeks=2 * count)
    months = {"mo": 1, "qu": 3, "ye": 12, "yr": 12, "de": 120, "ce": 1200}[unit[:2]]
    return add_months(day, months * count)


def _week(day: date, shift: int = 0) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return (monday, monday + timedelta(days=7))


def period(unit: str, day: date, shift: int) -> tuple[date, date]:
    """The week, weekend, month, quarter, year or decade of a day, shifted; the end is exclusive."""
    unit = unit.lower().rstrip("s")
    if unit.startswith("weekend"):
        monday, _ = _week(day, shift)
        return (monday + timedelta(days=5), monday + timedelta(days=7))
    if unit.startswith(("week", "wk")):
        return _week(day, shift)
    if unit.startswith("mo"):
        first = add_months(date(day.year, day.month, 1), shift)
        return (first, add_months(first, 1))
    if unit.startswith("quarter"):
        first = add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        return (first, add_months(first, 3))
    if unit.startswith(("year", "yr")):
        return (date(day.year + shift, 1, 1), date(day.year + shift + 1, 1, 1))
    if unit.startswith("decade"):
        first = date((day.year // 10 + shift) * 10, 1, 1)
        return (first, date(first.year + 10, 1, 1))
    return (day + timedelta(days=shift), day + timedelta(days=shift + 1))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = month_end(year, month)
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    return day if day.month == month else None


def _same(a: Moment, b: Moment) -> tuple[Bounds, Bounds]:
    return ((a, b), (a, b))


Result = tuple[Bounds | None, Bounds | None] | None
Handler = Callable[[re.Match[str], Reference], Result]
_RULES: list[tuple[re.Pattern[str], Handler, bool]] = []


def _rule(pattern: str, *, single: bool = False) -> Callable[[Handler], Handler]:
    compiled = re.compile(rf"(?<![\w'’/-])(?:{pattern})(?![\w])", _I)

    def add(handler: Handler) -> Handler:
        _RULES.append((compiled, handler, single))
        return handler

    return add


@_rule(
    r"(?:the\s)?day\s(?P<dir>after|before)\s(?P<base>tomorrow|yesterday)|(?P<alone>the\sday\s(?:after|before|following))|(?P<d>today|now|right\snow|tomorrow|tmr|yesterday|(?:the|this|current)\sday)|(?P<rel>next|following|last|previous|the\s(?:next|following|last|previous))\sday",
    single=True,
)
def _named(m: re.Match[str], ref: Reference) -> Result:
    if m["alone"]:
        shift = -1 if "before" in m["alone"].lower() else 1
    elif m["base"]:
        shift = 2 if m["dir"].lower() == "after" else -2
    elif m["rel"]:
        shift = 1 if re.search("next|following", m["rel"], _I) else -1
    else:
        word = m["d"].lower()
        shift = 1 if word in ("tomorrow", "tmr") else -1 if word == "yesterday" else 0
    day = ref.today + timedelta(days=shift)
    return _same(day, day)


@_rule(
    rf"(?P<n>{_NUM})\s(?P<u>{_UNIT})\s(?P<w>ago|earlier|before\s(?P<b>yesterday|today|tomorrow)|later|hence|from\s(?P<f>now|today|tomorrow|yesterday)|after\s(?P<a>today|tomorrow))|in\s(?P<n2>{_NUM})\s(?:more\s)?(?P<u2>{_UNIT})(?!\s(?:ago|from|later))",
    single=True,
)
def _ago(m: re.Match[str], ref: Reference) -> Result:
    base = (m["b"] or m["f"] or m["a"] or "").lower()
    start = ref.today + timedelta(days={"tomorrow": 1, "yesterday": -1}.get(base, 0))
    count = _number(m["n"] or m["n2"])
    if m["n"] and re.match(r"ago|earlier|before", m["w"], _I):
        count = -count
    day = _shift(start, m["u"] or m["u2"], count)
    return _same(day, day)


@_rule(
    rf"(?P<rel>{_REL})\s(?P<wd>{_WD})(?!\s(?:the\s)?\d)|(?P<wd2>{_WD}),?\s(?:of\s)?(?:the\s)?(?P<rel2>{_REL})\sweek|(?P<rel3>{_REL})\sweek,?\s(?:on\s)?(?P<wd3>{_WD})",
    single=True,
)
def _weekday(m: re.Match[str], ref: Reference) -> Result:
    rel = m["rel"] or m["rel2"] or m["rel3"]
    number = weekday_number(m["wd"] or m["wd2"] or m["wd3"])
    shift = _swift(rel)
    monday, _ = _week(ref.today, shift)
    day = monday + timedelta(days=number)
    if re.search("coming", rel, _I):
        day = ref.today + timedelta(days=(number - ref.today.weekday()) % 7 or 7)
    elif re.search(r"\bpast\b", rel, _I):
        day = ref.today - timedelta(days=(ref.today.weekday() - number) % 7 or 7)
    return _same(day, day)


@_rule(
    rf"(?:the\s)?(?P<n>{_ORD}|last)\s(?P<wd>{_WD})(?:\s(?:of|in)\s(?:(?P<m>{_MONTH})(?:\s(?P<y>(?:19|20)\d\d))?|(?P<rel>{_REL})\smonth))",
    single=True,
)
def _nth(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else _ordinal(m["n"])
    weekday = weekday_number(m["wd"])
    if m["rel"]:
        first, _ = period("month", ref.today, _swift(m["rel"]))
        day = _nth_weekday(first.year, first.month, weekday, nth)
        return _same(day, day) if day else None
    month = month_number(m["m"])
    if m["y"]:
        day = _nth_weekday(int(m["y"]), month, weekday, nth)
        return _same(day, day) if day else None
    days = [
        day
        for year in range(ref.today.year - 2, ref.today.year + 3)
        if (day := _nth_weekday(year, month, weekday, nth))
    ]
    return _around(days, ref)


@_rule(
    r"(?:the\s(?P<d>3[01]|[12]\d|[1-9])|(?:on|due)\s(?P<d2>3[01]|[12]\d|[1-9]))(?=\s?(?:[.,;?!]|$))|the\s(?P<o>"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True))
    + r")(?=\s?(?:[.,;?!]|$))",
    single=True,
)
def _bare_day(m: re.Match[str], ref: Reference) -> Result:
    number = int(m["d"] or m["d2"]) if not m["o"] else ordinal_number(m["o"])
    return _one(Day(day=number), ref)


_CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
}  # fmt: skip
_CARDINAL = (
    r"(?:(?:twenty|thirty)[ -](?:one|two|three|four|five|six|seven|eight|nine)|"
    + "|".join(sorted(_CARDINALS, key=len, reverse=True))
    + ")"
)


def _cardinal(text: str) -> int:
    return sum(_CARDINALS[word] for word in re.split(r"[ -]", text.lower()))


@_rule(
    rf"(?P<wd>{_WD})\s(?:the\s)(?P<n>{_CARDINAL})|(?P<m>{_MONTH})\s(?:the\s)?(?P<n2>{_CARDINAL})(?!\s(?:days?|weeks?|items?))|(?:the\s)?(?P<n3>{_ORD})\s(?:day\s)?of\s(?:the\s)?(?P<m3>{_MONTH})",
    single=True,
)
def _spelled(m: re.Match[str], ref: Reference) -> Result:
    if m["n3"]:
        return _one(Day(month=month_number(m["m3"]), day=_ordinal(m["n3"])), ref)
    number = _cardinal(m["n"] or m["n2"])
    if m["wd"]:
        return _one(Day(day=number, weekday=weekday_number(m["wd"])), ref)
    return _one(Day(month=month_number(m["m"]), day=number), ref)


@_rule(r"(?<=on )\d{1,2}\.\d{1,2}|(?<=at )\d{1,2}[.-]\d{1,2}|(?<=in )\d{1,2}[.-]\d{1,2}", single=True)
def _pointed(m: re.Match[str], ref: Reference) -> Result:
    a, b = (int(part) for part in re.split(r"[.-]", m.group()))
    month, day = (a, b) if a <= 12 else (b, a)
    return _one(Day(month=month, day=day), ref) if 1 <= month <= 12 and 1 <= day <= 31 else None


@_rule(
    r"(?:the\s)?(?:(?P<c>1[5-9]|20)?(?P<d>\d)0['’]?s|(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _decade(m: re.Match[str], ref: Reference) -> Result:
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    tens = int(m["d"]) if m["d"] else names.index(m["w"].lower()) + 2
    if m["c"]:
        first = date(int(m["c"]) * 100 + tens * 10, 1, 1)
        return _same(first, date(first.year + 10, 1, 1))
    century = ref.today.year // 100 * 100
    ahead, behind = century + tens * 10, century + tens * 10
    if behind > ref.today.year:
        behind -= 100
    else:
        ahead += 100 if ahead + 10 <= ref.today.year else 0
    return ((date(ahead, 1, 1), date(ahead + 10, 1, 1)), (date(behind, 1, 1), date(behind + 10, 1, 1)))


@_rule(r"(?:the\s)?(?P<u>week|month|year|weekend)\s(?P<w>after\snext|before\slast)")
def _after_next(m: re.Match[str], ref: Reference) -> Result:
    return _same(*period(m["u"], ref.today, 2 if "after" in m["w"].lower() else -2))


@_rule(
    rf"(?:with)?in\s(?:the\s)?(?:next\s|coming\s)?(?P<n>{_NUM})\s(?P<u>{_UNIT})(?=\s(?:time)?)"
    if False
    else rf"within\s(?:the\s)?(?:next\s|coming\s)?(?P<n>{_NUM})\s(?P<u>{_UNIT})"
)
def _within(m: re.Match[str], ref: Reference) -> Result:
    return _same(ref.today, _shift(ref.today, m["u"], _number(m["n"])))


@_rule(
    rf"(?P<n>{_NUM})\s(?P<wd>{_WD})\sago|(?P<n2>{_NUM})\s(?P<u>{_UNIT})\s(?P<w>from|after|before|prior\sto)\s(?:this\s|next\s)?(?P<wd2>{_WD})",
    single=True,
)
def _counted(m: re.Match[str], ref: Reference) -> Result:
    if m["wd"]:
        number = weekday_number(m["wd"])
        last = ref.today - timedelta(days=(ref.today.weekday() - number) % 7 or 7)
        day = last - timedelta(weeks=_number(m["n"]) - 1)
        return _same(day, day)
    number = weekday_number(m["wd2"])
    base = ref.today + timedelta(days=(number - ref.today.weekday()) % 7)
    count = _number(m["n2"]) * (1 if m["w"].lower() in ("from", "after") else -1)
    return ((day := _shift(base, m["u"], count)), day), (
        (early := _shift(base - timedelta(days=7), m["u"], count)),
        early,
    )


@_rule(
    rf"(?P<n>{_NUM})\s(?P<u>years?|months?)\sand\s(?P<n2>{_NUM})\s(?P<u2>months?|weeks?|days?)\s(?P<w>ago|later|from\snow|from\stoday)",
    single=True,
)
def _both(m: re.Match[str], ref: Reference) -> Result:
    sign = -1 if m["w"].lower() == "ago" else 1
    day = _shift(_shift(ref.today, m["u"], sign * _number(m["n"])), m["u2"], sign * _number(m["n2"]))
    return _same(day, day)


@_rule(
    r"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek\s(?P<rel>this|next|last)\s(?P<u>month|year)"
)
def _nth_week_of(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else _ordinal(m["n"])
    first, _ = period(m["u"], ref.today, _swift(m["rel"]))
    month = 12 if nth < 0 and m["u"].lower() == "year" else first.month
    return _same(*_weeks_of_month(first.year, month, nth))


@_rule(
    r"(?:the\s)?(?P<part>end|beginning|start|middle|mid)[\s-](?:of\s)?(?:the\s)?(?P<u>week|month|year|quarter)(?!['’])"
)
def _end_of(m: re.Match[str], ref: Reference) -> Result:
    start, end = period(m["u"], ref.today, 0)
    return _same(*_cut(m["part"], m["u"].lower(), start, end))


@_rule(r"(?:the\s)?year\s(?:of\s)?(?P<y>(?:1[5-9]|20)\d\d)")
def _year(m: re.Match[str], ref: Reference) -> Result:
    return _same(date(int(m["y"]), 1, 1), date(int(m["y"]) + 1, 1, 1))


@_rule(
    rf"(?P<rel>{_REL})\sweek\s(?:from\s)?(?P<a>{_WD})\s(?:to|until|till|through|-)\s(?P<b>{_WD})|(?:from\s)?(?P<a2>{_WD})\s(?:to|until|till|through|-)\s(?P<b2>{_WD})\s(?:of\s)?(?P<rel2>{_REL})\sweek"
)
def _week_days(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = _week(ref.today, _swift(m["rel"] or m["rel2"]))
    first, last = weekday_number(m["a"] or m["a2"]), weekday_number(m["b"] or m["b2"])
    return _same(monday + timedelta(days=first), monday + timedelta(days=last if last >= first else last + 7))


@_rule(
    rf"(?:from\s)?(?P<rel>{_REL})\s(?P<a>{_MONTH})\s(?:to|until|till|through|-)\s(?P<b>{_MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _months_span(m: re.Match[str], ref: Reference) -> Result:
    start = date(ref.today.year + _swift(m["rel"]), month_number(m["a"]), 1)
    end = date(int(m["y"]) if m["y"] else start.year, month_number(m["b"]), 1)
    return _same(start, end if m["y"] or end >= start else date(end.year + 1, end.month, 1))


@_rule(rf"(?P<n>first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))\s(?P<wd>{_WD})", single=True)
def _nth_bare(m: re.Match[str], ref: Reference) -> Result:
    day = _nth_weekday(ref.today.year, ref.today.month, weekday_number(m["wd"]), _ordinal(m["n"]))
    if day is not None:
        return _same(day, day)
    found = []
    for shift in range(-12, 13):
        month = add_months(date(ref.today.year, ref.today.month, 1), shift)
        if other := _nth_weekday(month.year, month.month, weekday_number(m["wd"]), _ordinal(m["n"])):
            found.append(other)
    return _around(found, ref)


def _ordinal(text: str) -> int:
    return int(re.match(r"\d+", text).group()) if text[0].isdigit() else ordinal_number(text)  # type: ignore[union-attr]


def _around(days: list[date], ref: Reference) -> Result:
    future = [day for day in days if day >= ref.today]
    past = [day for day in days if day < ref.today]
    return ((min(future), min(future)) if future else None, (max(past), max(past)) if past else None)


@_rule(rf"(?:the\s)?(?P<d>{_ORD}|\d{{1,2}})\s(?:day\s)?of\s(?P<rel>{_REL})\smonth", single=True)
def _day_of(m: re.Match[str], ref: Reference) -> Result:
    first, _ = period("month", ref.today, _swift(m["rel"]))
    number = int(m["d"]) if m["d"].isdigit() else _ordinal(m["d"])
    day = Day(month=first.month, day=number).on(first.year)
    return _same(day, day) if day else (None, None)


@_rule(
    rf"(?:from\s|between\s)?(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:to|till?|until|through|thru|and|-|–|--)\s?(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<rel>{_REL})\smonth"
)
def _days_of(m: re.Match[str], ref: Reference) -> Result:
    first, _ = period("month", ref.today, _swift(m["rel"]))
    a, b = (
        Day(month=first.month, day=int(m["a"])).on(first.year),
        Day(month=first.month, day=int(m["b"])).on(first.year),
    )
    return _same(a, b) if a and b else None


@_rule(
    rf"(?:from\s)(?P<a>\d{{1,2}})\s?(?:to|till?|until|-|–)\s?(?P<m>{_MONTH})\s(?P<b>\d{{1,2}})(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _from_to(m: re.Match[str], ref: Reference) -> Result:
    return _month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


@_rule(
    rf"(?P<m>{_MONTH})\s(?:between|from)\s(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s(?:and|to|till?|until|-)\s(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _month_between(m: re.Match[str], ref: Reference) -> Result:
    return _month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


def _month_days(month: int, first: int, last: int, year: str | None, ref: Reference) -> Result:
    def both(y: int) -> Bounds | None:
        a, b = Day(month=month, day=first).on(y), Day(month=month, day=last).on(y)
        return (a, b) if a and b else None

    if year:
        found = both(int(year))
        return (found, found)
    years = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := both(y))]
    ahead = [item for item in years if item[0] >= ref.today]
    behind = [item for item in years if item[0] < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)


@_rule(
    rf"(?P<part>early|earlier|late|later|mid|middle\sof|beginning\sof|start\sof|end\sof|the\s(?:beginning|start|end|middle)\sof)[\s-]+(?:in\s)?(?:the\s)?(?P<rel>{_REL})\s(?P<u>week|month|year|quarter|decade)"
)
def _part(m: re.Match[str], ref: Reference) -> Result:
    start, end = period(m["u"], ref.today, _swift(m["rel"]))
    return _same(*_cut(m["part"], m["u"].lower(), start, end))


def _cut(part: str, unit: str, start: date, end: date) -> tuple[date, date]:
    part = part.lower()
    if unit == "week":
        middle = start + timedelta(days=3)
    elif unit == "month":
        middle = start + timedelta(days=15)
    elif unit in ("year", "yr"):
        middle = date(start.year, 7, 1)
    else:
        middle = start + (end - start) / 2
    if re.search("early|earlier|beginning|start", part):
        return (start, middle + timedelta(days=1) if unit == "week" else middle)
    if re.search("late|later|end", part):
        return (middle, end)
    quarter = (end - start) / 4
    return (start + quarter, end - quarter)


@_rule(rf"(?P<rel>{_NEXT}|{_LAST})\s(?P<n>{_NUM})\s?(?P<u>{_UNIT})(?!\s(?:ago|later|from))")
def _span(m: re.Match[str], ref: Reference) -> Result:
    count = _number(m["n"])
    if _swift(m["rel"]) > 0:
        start = ref.today + timedelta(days=1)
        return _same(start, _shift(start, m["u"], count))
    return _same(_shift(ref.today, m["u"], -count), ref.today)


@_rule(r"(?:the\s)?rest\s(?:of\s)?(?:the|my|this|current|the\scurrent|our)\s(?P<u>week|month|year|quarter|decade)")
def _rest(m: re.Match[str], ref: Reference) -> Result:
    _, end = period(m["u"], ref.today, 0)
    return _same(ref.today, end - timedelta(days=1))


@_rule(r"(?:(?P<u>week|month|year|quarter)[\s-]to[\s-]date|(?P<y>ytd|mtd|qtd))")
def _to_date(m: re.Match[str], ref: Reference) -> Result:
    unit = m["u"] or {"y": "year", "m": "month", "q": "quarter"}[m["y"][0].lower()]
    start, _ = period(unit, ref.today, 0)
    return _same(start, ref.today)


@_rule(
    rf"(?:the\s)?week\s(?:of|commencing|starting|beginning)(?:\son)?\s(?:the\s)?(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _week_of(m: re.Match[str], ref: Reference) -> Result:
    day = Day(month=month_number(m["m"]), day=int(m["d"]))
    if m["y"]:
        found = day.on(int(m["y"]))
        return _same(*_week(found)) if found else None
    days = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := day.on(y))]
    ahead, behind = [d for d in days if d >= ref.today], [d for d in days if d < ref.today]
    return (_week(ahead[0]) if ahead else None, _week(behind[-1]) if behind else None)


@_rule(
    rf"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek(?:end)?\s(?:of|in)\s(?:(?P<m>{_MONTH})(?:,?\s(?:of\s)?(?P<y>(?:19|20)\d\d))?|(?P<rel>{_REL})\s(?P<u>month|year)|(?P<y2>(?:19|20)\d\d))"
)
def _nth_week(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else _ordinal(m["n"])

    def week(year: int, month: int) -> Bounds:
        return _weeks_of_month(year, month, nth)

    if m["m"]:
        month = month_number(m["m"])
        if m["y"]:
            return _same(*week(int(m["y"]), month))
        weeks = [week(y, month) for y in range(ref.today.year - 1, ref.today.year + 2)]
        ahead = [w for w in weeks if w[0] >= ref.today]
        behind = [w for w in weeks if w[0] < ref.today]
        return (ahead[0] if ahead else None, behind[-1] if behind else None)
    if m["rel"] and m["u"].lower() == "month":
        first, _ = period("month", ref.today, _swift(m["rel"]))
        return _same(*week(first.year, first.month))
    year = int(m["y2"]) if m["y2"] else ref.today.year + _swift(m["rel"])
    return _same(*(_weeks_of_month(year, 12, -1) if nth < 0 else _weeks_of_month(year, 1, nth)))


def _weeks_of_month(year: int, month: int, nth: int) -> tuple[date, date]:
    """The nth week of a month: weeks belong to the month that holds their Thursday (ISO 8601)."""
    if nth > 0:
        thursday = _nth_weekday(year, month, 3, min(nth, 4)) or date(year, month, 28)
        return _week(thursday, nth - min(nth, 4))
    last = _nth_weekday(year, month, 3, -1)
    return _week(last or month_end(year, month))


@_rule(r"week\s(?P<n>\d{1,2})(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?")
def _week_number(m: re.Match[str], ref: Reference) -> Result:
    try:
        monday = date.fromisocalendar(int(m["y"] or ref.today.year), int(m["n"]), 1)
    except ValueError:
        return None
    return _same(monday, monday + timedelta(days=7))


@_rule(rf"(?P<rel>{_REL}|the)\s(?P<u>weekend|week|month|year|quarter|decade)|(?P<bare>weekend)")
def _period(m: re.Match[str], ref: Reference) -> Result:
    if m["bare"]:
        return _same(*period("weekend", ref.today, 0))
    return _same(*period(m["u"], ref.today, 0 if m["rel"].lower() == "the" else _swift(m["rel"])))


@_rule(
    rf"(?:(?P<rel>{_REL})\s(?P<m>{_MONTH})(?!\s?\d)|(?:the\s)?month\sof\s(?P<m2>{_MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?)"
)
def _month(m: re.Match[str], ref: Reference) -> Result:
    month = month_number(m["m"] or m["m2"])
    if m["rel"] or m["y"]:
        year = int(m["y"]) if m["y"] else ref.today.year + _swift(m["rel"])
        first = date(year, month, 1)
        return _same(first, add_months(first, 1))
    return _months(month, ref)


def _months(month: int, ref: Reference) -> Result:
    this = date(ref.today.year, month, 1)
    future = this if month >= ref.today.month else date(this.year + 1, month, 1)
    past = this if month < ref.today.month else date(this.year - 1, month, 1)
    return ((future, add_months(future, 1)), (past, add_months(past, 1)))


@_rule(
    rf"(?:the\s)?(?:(?P<rel>{_REL})\s)?year['’]?s?\s(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter|(?P<n2>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:\s(?:of|in))?\s(?P<rel2>{_REL})\syear"
)
def _quarter(m: re.Match[str], ref: Reference) -> Result:
    words = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
    number = words[(m["n"] or m["n2"]).lower()]
    year = ref.today.year + _swift(m["rel"] or m["rel2"] or "this")
    first = date(year, number * 3 - 2, 1)
    return _same(first, add_months(first, 3))


@_rule(
    rf"(?:(?:the|{_REL})\s)?(?:early\s|late\s|mid[\s-])?(?:spring|summer|autumn|winter|fall(?=\sof|\s\d|$))(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?"
)
def _season(m: re.Match[str], ref: Reference) -> Result:
    return (None, None)


@_rule(
    rf"(?:from\s|between\s)?(?P<a>\d{{1,2}})\s?(?:-|–|to|and|till?|until|through)\s?(?P<b>\d{{1,2}})\sin\s(?P<rel>{_REL})\smonth"
)
def _days_in(m: re.Match[str], ref: Reference) -> Result:
    return _days_of(m, ref)


@_rule(rf"(?P<m>{_MONTH})\s(?:of\s)?(?P<rel>next|last|this|the\s(?:next|last|following|previous))\syear")
def _month_of_year(m: re.Match[str], ref: Reference) -> Result:
    first = date(ref.today.year + _swift(m["rel"]), month_number(m["m"]), 1)
    return _same(first, add_months(first, 1))


@_rule(r"(?P<y>(?:19|20)\d\d)\.(?P<m>0?[1-9]|1[0-2])(?!\.?\d)")
def _year_month(m: re.Match[str], ref: Reference) -> Result:
    first = date(int(m["y"]), int(m["m"]), 1)
    return _same(first, add_months(first, 1))


_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_QUARTER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter"


@_rule(
    rf"the\s(?P<a>{_QUARTER})(?:\s(?:of|in)\s|\s|,\s)(?P<y>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)['’]?s?,?\s(?:the\s)?(?P<b>{_QUARTER})|q(?P<q>[1-4])\s(?:of\s)?(?P<rel>{_REL})\syear"
)
def _quarter_of(m: re.Match[str], ref: Reference) -> Result:
    if m["q"]:
        number, year = int(m["q"]), ref.today.year + _swift(m["rel"])
    else:
        number = _QUARTERS[re.split(r"[\s-]", (m["a"] or m["b"]).lower())[0]]
        year = int(m["y"] or m["y2"])
    first = date(year, number * 3 - 2, 1)
    return _same(first, add_months(first, 3))


@_rule(
    rf"(?:the\s)?(?P<w>first|last)\s(?:(?P<n>{_NUM})\s)?(?P<u>days?|weeks?|months?)\sof\s(?:(?:the\s)?(?P<p>week|month|year)|(?P<rel>{_REL})\s(?P<p2>week|month|year)|(?P<m>{_MONTH})(?:,?\s(?P<my>(?:19|20)\d\d))?|(?P<y>(?:19|20)\d\d))(?!\w)"
)
def _ends_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y"]:
        start, end = date(int(m["y"]), 1, 1), date(int(m["y"]) + 1, 1, 1)
    elif m["m"]:
        if m["u"].lower().startswith("week") and not m["n"]:
            return None
        year = int(m["my"]) if m["my"] else ref.today.year
        start = date(year, month_number(m["m"]), 1)
        end = add_months(start, 1)
    else:
        start, end = period(m["p"] or m["p2"], ref.today, _swift(m["rel"]) if m["rel"] else 0)
    if m["u"].lower().startswith("week") and not m["n"]:
        return None
    count = _number(m["n"]) if m["n"] else 1
    if m["w"].lower() == "first":
        day = _shift(start, m["u"], count)
        return _same(start, day if m["n"] else start)
    day = _shift(end, m["u"], -count)
    return _same(day, end if m["n"] else day)


@_rule(
    rf"(?P<n>{_NUM})\s?(?P<u>weeks?|months?|years?|days?)\s(?P<w>ago|from\snow)\s(?:on\s)?(?P<wd>{_WD})", single=True
)
def _ago_weekday(m: re.Match[str], ref: Reference) -> Result:
    day = _shift(ref.today, m["u"], _number(m["n"]) * (-1 if m["w"].lower() == "ago" else 1))
    monday, _ = _week(day)
    day = monday + timedelta(days=weekday_number(m["wd"]))
    return _same(day, day)


@_rule(rf"(?:the\s)?(?P<n>{_CARDINAL})\s(?:day\s)?of\s(?P<m>{_MONTH})", single=True)
def _counted_day(m: re.Match[str], ref: Reference) -> Result:
    return _one(Day(month=month_number(m["m"]), day=_cardinal(m["n"])), ref)


@_rule(
    rf"(?P<part>early|late|mid|(?:the\s)?(?:beginning|start|end|middle)\sof)[\s-](?:(?P<m>{_MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?(?!\s?\d)|(?P<y2>(?:19|20)\d\d))"
)
def _part_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y2"]:
        return _same(*_cut(m["part"], "year", date(int(m["y2"]), 1, 1), date(int(m["y2"]) + 1, 1, 1)))
    month = month_number(m["m"])
    if m["y"]:
        first = date(int(m["y"]), month, 1)
        return _same(*_cut(m["part"], "month", first, add_months(first, 1)))
    months = _months(month, ref)
    assert months is not None
    ahead, behind = months
    return (
        _cut(m["part"], "month", _as_date(ahead[0]), _as_date(ahead[1])) if ahead else None,
        _cut(m["part"], "month", _as_date(behind[0]), _as_date(behind[1])) if behind else None,
    )


@_rule(
    rf"(?:the\s)?week\s(?:of|commencing|starting|beginning)(?:\son)?\s(?:the\s)?(?:(?P<m>{_MONTH})\.?\s?(?P<d>{_ORD}|\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_MONTH}))"
)
def _week_of_day(m: re.Match[str], ref: Reference) -> Result:
    said = m["d"] or m["d2"]
    day = Day(month=month_number(m["m"] or m["m2"]), day=int(said) if said.isdigit() else _ordinal(said))
    days = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := day.on(y))]
    ahead, behind = [d for d in days if d >= ref.today], [d for d in days if d < ref.today]
    return (_week(ahead[0]) if ahead else None, _week(behind[-1]) if behind else None)


def _absolute(text: str, ref: Reference, *, day_first: bool) -> list[Reading]:
    found = []
    for item in find(text, day_first=day_first):
        first, last = item.first, item.last
        if item.kind == "season":
            found.append(Reading(item.start, item.end, None, None))
            continue
        if item.kind == "quarter" and first.month:
            if first.year:
                begin = date(first.year, first.month, 1)
                found.append(Reading(item.start, item.end, *_same(begin, add_months(begin, 3))))
            else:
                begins = [date(y, first.month, 1) for y in range(ref.today.year - 1, ref.today.year + 2)]
                ahead = next(b for b in begins if b > ref.today)
                behind = [b for b in begins if add_months(b, 3) <= ref.today][-1]
                found.append(
                    Reading(item.start, item.end, (ahead, add_months(ahead, 3)), (behind, add_months(behind, 3)))
                )
            continue
        if item.kind == "year" and first.year:
            found.append(Reading(item.start, item.end, *_same(date(first.year, 1, 1), date(first.year + 1, 1, 1))))
            continue
        if last is not None:
            bounds = _range(first, last, ref)
            if bounds is not None:
                found.append(Reading(item.start, item.end, *bounds))
            continue
        if item.kind == "month" and first.month:
            if first.year:
                begin = date(first.year, first.month, 1)
                found.append(Reading(item.start, item.end, *_same(begin, add_months(begin, 1))))
            else:
                month = _months(first.month, ref)
                assert month is not None
                found.append(Reading(item.start, item.end, *month))
            continue
        resolved = _one(first, ref)
        if resolved is not None:
            found.append(Reading(item.start, item.end, *resolved, single=True))
    return found


def _one(day: Day, ref: Reference) -> Result:
    today = ref.today
    if day.year and day.month and day.day:
        found = day.on(day.year)
        return _same(found, found) if found else (None, None)
    if day.month and day.day:
        days = [d for y in range(today.year - 4, today.year + 5) if (d := day.on(y))]
        return _around(days, ref)
    if day.day and day.weekday is not None:
        first = date(today.year, today.month, 1)
        found = Day(month=first.month, day=day.day).on(first.year)
        if found is not None and found.weekday() != day.weekday:
            near = [
                d
                for shift in range(-12, 13)
                if (d := Day(month=(m := add_months(first, shift)).month, day=day.day).on(m.year))
                and d.weekday() == day.weekday
            ]
            return _around(near, ref)
        if found is None:
            near = [
                d
                for shift in range(-12, 13)
                if (d := Day(month=(m := add_months(first, shift)).month, day=day.day).on(m.year))
                and d.weekday() == day.weekday
            ]
            return _around(near, ref)
        return _same(found, found)
    if day.day:
        days = []
        for shift in range(-2, 3):
            month = add_months(date(today.year, today.month, 1), shift)
            if d := Day(month=month.month, day=day.day).on(month.year):
                days.append(d)
        return _around(days, ref)
    if day.weekday is not None:
        ahead = today + timedelta(days=(day.weekday - today.weekday()) % 7)
        behind = ahead - timedelta(days=7)
        return ((ahead, ahead), (behind, behind))
    return None


def _range(first: Day, last: Day, ref: Reference) -> Result:
    def bounds(year: int) -> Bounds | None:
        start_year = first.year or year
        a = first.on(start_year) if first.day else date(start_year, first.month, 1) if first.month else None
        end_year = last.year or (
            start_year + (1 if (last.month or 0, last.day or 31) < (first.month or 0, first.day or 0) else 0)
        )
        b = last.on(end_year) if last.day else add_months(date(end_year, last.month, 1), 0) if last.month else None
        return (a, b) if a and b else None

    if first.year is not None and first.month is None and last.year is not None:
        return _same(date(first.year, 1, 1), date(last.year, 1, 1))
    if first.year is not None:
        found = bounds(first.year)
        return (found, found)
    if first.month is None:
        return None
    spans = [s for y in range(ref.today.year - 2, ref.today.year + 3) if (s := bounds(y))]
    ahead = [s for s in spans if s[0] >= ref.today]
    behind = [s for s in spans if s[0] < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)


_TO = re.compile(r"[\s,]{0,3}(?:-|–|—|to|until|till?|through|thru)\s{1,2}(?:the\s)?|\s{0,2}(?:-|–|—)\s{0,2}", _I)
_AND = re.compile(r"[\s,]{0,2}and\s{1,2}(?:the\s)?", _I)


def understand(text: str, now: datetime, *, day_first: bool = False) -> list[Reading]:
    """Every date, period and range of a sentence, resolved against the moment of speaking; no overlaps."""
    ref = Reference(now)
    candidates = _absolute(text, ref, day_first=day_first)
    for pattern, handler, single in _RULES:
        for match in pattern.finditer(text):
            resolved = handler(match, ref)
            if resolved is not None:
                end = match.end() - (len(match.group()) - len(match.group().rstrip(".")))
                candidates.append(Reading(match.start(), end, *resolved, single=single))
    chosen = _longest(candidates)
    chosen = _longest([*chosen, *_joined(text, chosen, ref)])
    points = _points(text, chosen)
    ranges = _joined(text, points, ref) if len(points) > 1 else []
    return _longest([*chosen, *clock_spans(text, chosen, ref), *ranges])


def _longest(candidates: list[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for item in sorted(candidates, key=lambda r: (-(r.end - r.start), r.start)):
        if not any(item.start < other.end and other.start < item.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda r: r.start)


def _joined(text: str, readings: list[Reading], ref: Reference) -> list[Reading]:
    found = []
    for left, right in pairwise(readings):
        between = text[left.end : right.start]
        before = text[max(0, left.start - 9) : left.start]
        opened = re.search(r"\b(from|between)\s{1,2}(?:the\s)?$", before, _I)
        if not (_TO.fullmatch(between) or (_AND.fullmatch(between) and opened and opened[1].lower() == "between")):
            continue
        start = left.start - (len(before) - opened.start()) if opened else left.start
        future = (left.future[0], right.future[0]) if left.future and right.future else None
        past = (left.past[0], right.past[0]) if left.past and right.past else None
        if future and _as_date(future[1]) < _as_date(future[0]) and past:
            # One end has passed already: the range is running.
            future = past = (left.past[0] if left.past else future[0], right.future[0] if right.future else future[1])
        if past and future and _as_date(past[1]) < _as_date(past[0]):
            past = future
        found.append(Reading(start, right.end, future, past))
    for item in readings:
        before = text[max(0, item.start - 9) : item.start]
        if (
            not item.single
            and (m := re.search(r"\b(?:from|between)\s{1,2}$", before, _I))
            and re.search(r"\b(?:to|and|-|–|till?|until|through)\b|-", text[item.start : item.end])
        ):
            found.append(Reading(item.start - (len(before) - m.start()), item.end, item.future, item.past))
    return found


def _as_date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def clock_spans(text: str, readings: list[Reading], ref: Reference) -> list[Reading]:
    """Hours and parts of the day joined to the day beside them ("Tuesday afternoon", "from 4pm to 5pm today")."""
    found = []
    for item in readings:
        if not item.single:
            continue
        for start, end, begin, finish in clock_span(text, item.start, item.end):
            found.append(
                Reading(
                    min(start, item.start),
                    max(end, item.end),
                    _at(item.future, begin, finish),
                    _at(item.past, begin, finish),
                )
            )
    for start, end, shift, begin, finish in part_of_day(text, ref.now):
        day = ref.today + timedelta(days=shift)
        bounds: Bounds = (datetime.combine(day, begin), datetime.combine(day, finish))
        found.append(Reading(start, end, bounds, bounds))
    return found


def _points(text: str, readings: list[Reading]) -> list[Reading]:
    """Days with the hour beside them ("today at 4", "4pm May 5"), as moments; days without one stay as they are."""
    found = []
    for item in readings:
        if not item.single:
            continue
        hour = clock_beside(text, item.start, item.end)
        if hour is None:
            found.append(item)
            continue
        start, end, moment = hour
        found.append(
            Reading(
                min(start, item.start),
                max(end, item.end),
                _at(item.future, moment, moment),
                _at(item.past, moment, moment),
                True,
            )
        )
    return found


def _at(bounds: Bounds | None, begin: time, finish: time) -> Bounds | None:
    if bounds is None:
        return None
    return (datetime.combine(_as_date(bounds[0]), begin), datetime.combine(_as_date(bounds[0]), finish))


__all__ = ["MONTH_NAMES", "Reading", "Reference", "add_months", "full_year", "period", "understand"]
