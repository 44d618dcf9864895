"""Whole dates written in words or in an unusual order: "tenth of September, two thousand", "2020/23/Sep", "Dec31, 1994"."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import MONTH_NAMES, Day, month_number, weekday_number
from kbaudit.text.dates_moments import (
    Reference,
    Result,
    Rules,
    as_date,
    in_year,
    month_days,
    resolve_day,
    resolve_range,
    same,
    week_of,
)
from kbaudit.text.dates_words import (
    CARDINAL,
    MONTH,
    MONTH_NAME,
    ORDINAL,
    SHORT_YEAR,
    THE_RELATIVE,
    UNTIL,
    WEEKDAY,
    YEAR,
    day_of,
    direction,
    ordinal,
    year_of,
)

RULES = Rules()
_DAY = rf"(?:{ORDINAL}|{CARDINAL}\b|(?:3[01]|[12]\d|0?[1-9])(?![\d:.]))"
_WORDED = rf"(?:{ORDINAL}|{CARDINAL}\b)"
_THIS_WEEKDAY = rf"(?:(?:(?:this|next|on)\s)?(?P<{{0}}>{WEEKDAY}),?\s(?:the\s)?)?"


def _day(day: str, month: str, year: str | None, weekday: str | None, ref: Reference) -> Result:
    number = day_of(day)
    month = MONTH_NAMES[int(month) - 1] if month.isdigit() else month
    if not 1 <= number <= 31:
        return None
    said = Day(
        year_of(year) if year else None,
        month_number(month),
        number,
        weekday_number(weekday) if weekday else None,
    )
    return resolve_day(said, ref)


@RULES.add(
    rf"{_THIS_WEEKDAY.format('w')}(?P<d>{_DAY})\s(?:day\s)?(?:of\s(?:the\s)?)?(?P<m>{MONTH}),?\s(?:of\s|in\s)?(?P<y>{YEAR}|{SHORT_YEAR})",
    single=True,
)
def _day_month_year(m: re.Match[str], ref: Reference) -> Result:
    return _day(m["d"], m["m"], m["y"], m["w"], ref)


@RULES.add(
    rf"{_THIS_WEEKDAY.format('w')}(?P<m>{MONTH}),?\s(?:the\s)?(?P<d>{_DAY}),?\s(?:of\s|in\s)?(?P<y>{YEAR}|['’]\d\d)",
    single=True,
)
def _month_day_year(m: re.Match[str], ref: Reference) -> Result:
    return _day(m["d"], m["m"], m["y"], m["w"], ref)


@RULES.add(
    rf"(?:(?P<rel>this|next|last)\s)?(?P<w>{WEEKDAY}),?\s(?:the\s)?(?:(?P<d>{_DAY})\s(?:day\s)?(?:of\s(?:the\s)?)?(?P<m>{MONTH})|(?P<m2>{MONTH})\s(?:the\s)?(?P<d2>{_DAY})|(?P<a>0?[1-9]|1[0-2])/(?P<b>{_DAY}))(?![/\d])",
    single=True,
)
def _weekday_date(m: re.Match[str], ref: Reference) -> Result:
    found = _day(m["d"] or m["d2"] or m["b"], m["m"] or m["m2"] or m["a"], None, m["w"], ref)
    if not m["rel"] or found is None:
        return found
    monday, _ = week_of(ref.today, direction(m["rel"]))
    day = monday + timedelta(days=weekday_number(m["w"]))
    # Two days are said where the weekday is another one.
    near = [side for side in found if side is not None and abs(as_date(side[0]) - day) < timedelta(days=8)]
    return same(*near[0]) if near and as_date(near[0][0]).weekday() == day.weekday() else None


@RULES.add(rf"(?P<m>{MONTH_NAME})\.?(?P<d>3[01]|[12]\d|[1-9])(?:\s?,\s?(?P<y>(?:19|20)\d\d))?", single=True)
def _glued(m: re.Match[str], ref: Reference) -> Result:
    return _day(m["d"], m["m"], m["y"], None, ref)


@RULES.add(
    rf"(?P<y>(?:19|20)\d\d)[-/](?P<d>\d{{1,2}})[-/](?P<m>{MONTH_NAME})|(?P<d2>\d{{1,2}})[-/](?P<y2>(?:19|20)\d\d)[-/](?P<m2>{MONTH_NAME})|(?P<m3>{MONTH_NAME})[-/](?:(?P<y3>(?:19|20)\d\d)[-/](?P<d3>\d{{1,2}})|(?P<d4>\d{{1,2}})[-/](?P<y4>(?:19|20)\d\d|\d\d))",
    single=True,
)
def _any_order(m: re.Match[str], ref: Reference) -> Result:
    day, month, year = ((m[k] or m[k + "2"] or m[k + "3"]) for k in "dmy")
    return _day(day or m["d4"], month, year or m["y4"], None, ref)


@RULES.add(
    rf"(?P<y>(?:19|20)\d\d),?\s(?P<m>{MONTH})\s(?:the\s)?(?P<d>{ORDINAL}|\d{{1,2}})(?![\d:])|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{MONTH}),\s(?P<y2>\d\d)(?=\s?(?:[.,;?!]|$))",
    single=True,
)
def _year_first(m: re.Match[str], ref: Reference) -> Result:
    return _day(m["d"] or m["d2"], m["m"] or m["m2"], m["y"] or m["y2"], None, ref)


@RULES.add(
    r"(?P<a>\d{1,2})(?:\s?[/-]\s?(?P<b>\d{1,2})\s?[/-]\s?|[/-](?P<b2>\d{1,2})\s)(?P<y>(?:19|20)\d\d)", single=True
)
def _spaced(m: re.Match[str], ref: Reference) -> Result:
    a, b = int(m["a"]), int(m["b"] or m["b2"])
    month, day = (a, b) if a <= 12 else (b, a)
    return resolve_day(Day(int(m["y"]), month, day), ref) if 1 <= month <= 12 and 1 <= day <= 31 else None


@RULES.add(
    rf"(?:(?P<m>{MONTH})\s(?:the\s)?(?P<d>{_DAY})|(?:the\s)?(?P<d2>{_DAY})\s(?:day\s)?(?:of\s)?(?P<m2>{MONTH})),?\s(?:of\s|in\s)?(?P<rel>{THE_RELATIVE})\syear",
    single=True,
)
def _relative_year(m: re.Match[str], ref: Reference) -> Result:
    found = _day(m["d"] or m["d2"], m["m"] or m["m2"], None, None, ref)
    return in_year(found, ref.today.year + direction(m["rel"]))


@RULES.add(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])", single=True)
def _compact(m: re.Match[str], ref: Reference) -> Result:
    return resolve_day(Day(int(m["y"]), int(m["m"]), int(m["d"])), ref)


@RULES.add(
    rf"(?:from\s|between\s)?(?:the\s)?(?P<a>{_WORDED}|\d{{1,2}}){UNTIL}(?:the\s)?(?P<b>{_WORDED}|\d{{1,2}})\s(?:(?:of|in)\s)?(?P<m>{MONTH})(?:,?\s(?:of\s|in\s)?(?P<y>{YEAR}))?(?!\s?(?:\d|{ORDINAL}))"
)
def _days_month(m: re.Match[str], ref: Reference) -> Result:
    return _span(m, ref)


@RULES.add(
    rf"(?:from\s|between\s|on\s|in\s)?(?P<m>{MONTH})\s(?:from\s|between\s)?(?:the\s)?(?P<a>{_WORDED}|\d{{1,2}}){UNTIL}(?:the\s)?(?P<b>{_WORDED}|\d{{1,2}})(?:,?\s(?:of\s|in\s)?(?P<y>{YEAR}))?(?!\s?(?:{MONTH_NAME}|am\b|pm\b|days?\b|weeks?\b|:|[-/]\d))"
)
def _month_days(m: re.Match[str], ref: Reference) -> Result:
    return _span(m, ref)


def _span(m: re.Match[str], ref: Reference) -> Result:
    first, last = day_of(m["a"]), day_of(m["b"])
    if not 1 <= first < last <= 31:
        return None
    return month_days(month_number(m["m"]), first, last, str(year_of(m["y"])) if m["y"] else None, ref)


@RULES.add(
    rf"(?:from\s|between\s)?(?P<m>{MONTH})(?:\s(?:the\s)?(?P<a>{_DAY}))?{UNTIL}(?P<m2>{MONTH})\s(?:the\s)?(?P<b>{_DAY})(?:,?\s(?:of\s|in\s)?(?P<y>{YEAR}))?"
)
def _months_days(m: re.Match[str], ref: Reference) -> Result:
    first, last = (month_number(m["m"]), day_of(m["a"] or "1")), (month_number(m["m2"]), day_of(m["b"]))
    if not (1 <= first[1] <= 31 and 1 <= last[1] <= 31):
        return None
    year = year_of(m["y"]) if m["y"] else None
    begin = year - 1 if year and first > last else year
    return resolve_range(Day(begin, *first), Day(year, *last), ref)


@RULES.add(r"(?P<a>(?:19|20)\d\d-\d\d-\d\d)/(?P<b>(?:19|20)\d\d-\d\d-\d\d)")
def _interval(m: re.Match[str], ref: Reference) -> Result:
    try:
        return same(date.fromisoformat(m["a"]), date.fromisoformat(m["b"]))
    except ValueError:
        return None


@RULES.add(
    rf"(?:(?:the\s)?(?P<d>{_DAY})\s(?:day\s)?(?:of\s)?(?P<m>{MONTH})|(?P<m2>{MONTH})\s(?:the\s)?(?P<d2>{_DAY})|the\s(?P<d3>{ORDINAL}))(?:,?\s(?P<y>{YEAR}))?(?:,\s|\s\()(?P<w>{WEEKDAY})",
    single=True,
)
def _then_weekday(m: re.Match[str], ref: Reference) -> Result:
    if m["d3"]:
        return resolve_day(Day(day=ordinal(m["d3"]), weekday=weekday_number(m["w"])), ref)
    return _day(m["d"] or m["d2"], m["m"] or m["m2"], m["y"], m["w"], ref)
