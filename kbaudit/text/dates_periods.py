"""Phrases that name a period: "next month", "the first week of October", "4 till 23 of this month", "the nineties"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import Day, month_number, weekday_number
from kbaudit.text.dates_moments import (
    Bounds,
    Reference,
    Result,
    Rules,
    add_months,
    month_days,
    months,
    period,
    same,
    week_of,
    weeks_of_month,
)
from kbaudit.text.dates_words import MONTH, ORDINAL, QUARTER, QUARTERS, RELATIVE, WEEKDAY, direction, ordinal

RULES = Rules()


@RULES.add(
    r"(?:the\s)?(?:(?P<c>1[5-9]|20)?(?P<d>\d)0['’]?s|(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _decade(m: re.Match[str], ref: Reference) -> Result:
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    tens = int(m["d"]) if m["d"] else names.index(m["w"].lower()) + 2
    if m["c"]:
        first = date(int(m["c"]) * 100 + tens * 10, 1, 1)
        return same(first, date(first.year + 10, 1, 1))
    century = ref.today.year // 100 * 100
    ahead, behind = century + tens * 10, century + tens * 10
    if behind > ref.today.year:
        behind -= 100
    else:
        ahead += 100 if ahead + 10 <= ref.today.year else 0
    return ((date(ahead, 1, 1), date(ahead + 10, 1, 1)), (date(behind, 1, 1), date(behind + 10, 1, 1)))


@RULES.add(r"(?:the\s)?(?P<u>week|month|year|weekend)\s(?P<w>after\snext|before\slast)")
def _after_next(m: re.Match[str], ref: Reference) -> Result:
    return same(*period(m["u"], ref.today, 2 if "after" in m["w"].lower() else -2))


@RULES.add(r"(?:the\s)?year\s(?:of\s)?(?P<y>(?:1[5-9]|20)\d\d)")
def _year(m: re.Match[str], ref: Reference) -> Result:
    return same(date(int(m["y"]), 1, 1), date(int(m["y"]) + 1, 1, 1))


@RULES.add(
    rf"(?P<rel>{RELATIVE})\sweek\s(?:from\s)?(?P<a>{WEEKDAY})\s(?:to|until|till|through|-)\s(?P<b>{WEEKDAY})|(?:from\s)?(?P<a2>{WEEKDAY})\s(?:to|until|till|through|-)\s(?P<b2>{WEEKDAY})\s(?:of\s)?(?P<rel2>{RELATIVE})\sweek"
)
def _week_days(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = week_of(ref.today, direction(m["rel"] or m["rel2"]))
    first, last = weekday_number(m["a"] or m["a2"]), weekday_number(m["b"] or m["b2"])
    return same(monday + timedelta(days=first), monday + timedelta(days=last if last >= first else last + 7))


@RULES.add(
    rf"(?:from\s)?(?P<rel>{RELATIVE})\s(?P<a>{MONTH})\s(?:to|until|till|through|-)\s(?P<b>{MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _months_span(m: re.Match[str], ref: Reference) -> Result:
    start = date(ref.today.year + direction(m["rel"]), month_number(m["a"]), 1)
    end = date(int(m["y"]) if m["y"] else start.year, month_number(m["b"]), 1)
    return same(start, end if m["y"] or end >= start else date(end.year + 1, end.month, 1))


@RULES.add(
    rf"(?:from\s|between\s)?(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:to|till?|until|through|thru|and|-|–|--)\s?(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<rel>{RELATIVE})\smonth"
)
def _days_of(m: re.Match[str], ref: Reference) -> Result:
    first, _ = period("month", ref.today, direction(m["rel"]))
    a, b = (
        Day(month=first.month, day=int(m["a"])).on(first.year),
        Day(month=first.month, day=int(m["b"])).on(first.year),
    )
    return same(a, b) if a and b else None


@RULES.add(
    rf"(?:from\s)(?P<a>\d{{1,2}})\s?(?:to|till?|until|-|–)\s?(?P<m>{MONTH})\s(?P<b>\d{{1,2}})(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _from_to(m: re.Match[str], ref: Reference) -> Result:
    return month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


@RULES.add(
    rf"(?P<m>{MONTH})\s(?:between|from)\s(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s(?:and|to|till?|until|-)\s(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _month_between(m: re.Match[str], ref: Reference) -> Result:
    return month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


@RULES.add(
    rf"(?:the\s)?week\s(?:of|commencing|starting|beginning)(?:\son)?\s(?:the\s)?(?P<m>{MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>(?:19|20)\d\d))?"
)
def _week_from(m: re.Match[str], ref: Reference) -> Result:
    day = Day(month=month_number(m["m"]), day=int(m["d"]))
    if m["y"]:
        found = day.on(int(m["y"]))
        return same(*week_of(found)) if found else None
    days = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := day.on(y))]
    ahead, behind = [d for d in days if d >= ref.today], [d for d in days if d < ref.today]
    return (week_of(ahead[0]) if ahead else None, week_of(behind[-1]) if behind else None)


@RULES.add(
    r"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek\s(?P<rel>this|next|last)\s(?P<u>month|year)"
)
def _nth_week_of(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])
    first, _ = period(m["u"], ref.today, direction(m["rel"]))
    month = 12 if nth < 0 and m["u"].lower() == "year" else first.month
    return same(*weeks_of_month(first.year, month, nth))


@RULES.add(
    rf"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek(?:end)?\s(?:of|in)\s(?:(?P<m>{MONTH})(?:,?\s(?:of\s)?(?P<y>(?:19|20)\d\d))?|(?P<rel>{RELATIVE})\s(?P<u>month|year)|(?P<y2>(?:19|20)\d\d))"
)
def _nth_week(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])

    def week(year: int, month: int) -> Bounds:
        return weeks_of_month(year, month, nth)

    if m["m"]:
        month = month_number(m["m"])
        if m["y"]:
            return same(*week(int(m["y"]), month))
        weeks = [week(y, month) for y in range(ref.today.year - 1, ref.today.year + 2)]
        ahead = [w for w in weeks if w[0] >= ref.today]
        behind = [w for w in weeks if w[0] < ref.today]
        return (ahead[0] if ahead else None, behind[-1] if behind else None)
    if m["rel"] and m["u"].lower() == "month":
        first, _ = period("month", ref.today, direction(m["rel"]))
        return same(*week(first.year, first.month))
    year = int(m["y2"]) if m["y2"] else ref.today.year + direction(m["rel"])
    return same(*(weeks_of_month(year, 12, -1) if nth < 0 else weeks_of_month(year, 1, nth)))


@RULES.add(r"week\s(?P<n>\d{1,2})(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?")
def _week_number(m: re.Match[str], ref: Reference) -> Result:
    try:
        monday = date.fromisocalendar(int(m["y"] or ref.today.year), int(m["n"]), 1)
    except ValueError:
        return None
    return same(monday, monday + timedelta(days=7))


@RULES.add(rf"(?P<rel>{RELATIVE}|the)\s(?P<u>weekend|week|month|year|quarter|decade)|(?P<bare>weekend)")
def _period(m: re.Match[str], ref: Reference) -> Result:
    if m["bare"]:
        return same(*period("weekend", ref.today, 0))
    return same(*period(m["u"], ref.today, 0 if m["rel"].lower() == "the" else direction(m["rel"])))


@RULES.add(
    rf"(?:(?P<rel>{RELATIVE})\s(?P<m>{MONTH})(?!\s?\d)|(?:the\s)?month\sof\s(?P<m2>{MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?)"
)
def _month(m: re.Match[str], ref: Reference) -> Result:
    month = month_number(m["m"] or m["m2"])
    if m["rel"] or m["y"]:
        year = int(m["y"]) if m["y"] else ref.today.year + direction(m["rel"])
        first = date(year, month, 1)
        return same(first, add_months(first, 1))
    return months(month, ref)


@RULES.add(
    rf"(?:the\s)?(?:(?P<rel>{RELATIVE})\s)?year['’]?s?\s(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter|(?P<n2>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:\s(?:of|in))?\s(?P<rel2>{RELATIVE})\syear"
)
def _quarter(m: re.Match[str], ref: Reference) -> Result:
    words = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
    number = words[(m["n"] or m["n2"]).lower()]
    year = ref.today.year + direction(m["rel"] or m["rel2"] or "this")
    first = date(year, number * 3 - 2, 1)
    return same(first, add_months(first, 3))


@RULES.add(
    rf"(?:(?:the|{RELATIVE})\s)?(?:early\s|late\s|mid[\s-])?(?:spring|summer|autumn|winter|fall(?=\sof|\s\d|$))(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d))?"
)
def _season(m: re.Match[str], ref: Reference) -> Result:
    return (None, None)


@RULES.add(
    rf"(?:from\s|between\s)?(?P<a>\d{{1,2}})\s?(?:-|–|to|and|till?|until|through)\s?(?P<b>\d{{1,2}})\sin\s(?P<rel>{RELATIVE})\smonth"
)
def _days_in(m: re.Match[str], ref: Reference) -> Result:
    return _days_of(m, ref)


@RULES.add(rf"(?P<m>{MONTH})\s(?:of\s)?(?P<rel>next|last|this|the\s(?:next|last|following|previous))\syear")
def _month_of_year(m: re.Match[str], ref: Reference) -> Result:
    first = date(ref.today.year + direction(m["rel"]), month_number(m["m"]), 1)
    return same(first, add_months(first, 1))


@RULES.add(r"(?P<y>(?:19|20)\d\d)\.(?P<m>0?[1-9]|1[0-2])(?!\.?\d)")
def _year_month(m: re.Match[str], ref: Reference) -> Result:
    first = date(int(m["y"]), int(m["m"]), 1)
    return same(first, add_months(first, 1))


@RULES.add(
    rf"the\s(?P<a>{QUARTER})(?:\s(?:of|in)\s|\s|,\s)(?P<y>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)['’]?s?,?\s(?:the\s)?(?P<b>{QUARTER})|q(?P<q>[1-4])\s(?:of\s)?(?P<rel>{RELATIVE})\syear"
)
def _quarter_of(m: re.Match[str], ref: Reference) -> Result:
    if m["q"]:
        number, year = int(m["q"]), ref.today.year + direction(m["rel"])
    else:
        number = QUARTERS[re.split(r"[\s-]", (m["a"] or m["b"]).lower())[0]]
        year = int(m["y"] or m["y2"])
    first = date(year, number * 3 - 2, 1)
    return same(first, add_months(first, 3))


@RULES.add(
    rf"(?:the\s)?week\s(?:of|commencing|starting|beginning)(?:\son)?\s(?:the\s)?(?:(?P<m>{MONTH})\.?\s?(?P<d>{ORDINAL}|\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{MONTH}))"
)
def _week_of_day(m: re.Match[str], ref: Reference) -> Result:
    said = m["d"] or m["d2"]
    day = Day(month=month_number(m["m"] or m["m2"]), day=int(said) if said.isdigit() else ordinal(said))
    days = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := day.on(y))]
    ahead, behind = [d for d in days if d >= ref.today], [d for d in days if d < ref.today]
    return (week_of(ahead[0]) if ahead else None, week_of(behind[-1]) if behind else None)
