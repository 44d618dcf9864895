"""Phrases that name weeks and weekends: "the first week of October", "week 12", "next week from Monday to Wednesday"."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import Day, month_number, weekday_number
from kbaudit.text.dates_moments import (
    Bounds,
    Reference,
    Result,
    Rules,
    as_date,
    nearest,
    nth_weekend,
    period,
    resolve_day,
    same,
    week_of,
    weeks_of_month,
)
from kbaudit.text.dates_words import (
    MONTH,
    ORDINAL,
    RELATIVE,
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


@RULES.add(
    rf"(?P<rel>{RELATIVE})\sweek,?\s(?:from\s|between\s)?(?P<a>{WEEKDAY}){UNTIL}(?P<b>{WEEKDAY})|(?:from\s|between\s)?(?P<a2>{WEEKDAY}){UNTIL}(?P<b2>{WEEKDAY}),?\s(?:of\s|in\s)?(?P<rel2>{THE_RELATIVE})\sweek"
)
def _week_days(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = week_of(ref.today, direction(m["rel"] or m["rel2"]))
    first, last = weekday_number(m["a"] or m["a2"]), weekday_number(m["b"] or m["b2"])
    return same(monday + timedelta(days=first), monday + timedelta(days=last if last >= first else last + 7))


@RULES.add(
    r"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek\s(?P<rel>this|next|last)\s(?P<u>month|year)"
)
def _nth_week_of(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])
    first, _ = period(m["u"], ref.today, direction(m["rel"]))
    month = 12 if nth < 0 and m["u"].lower() == "year" else first.month
    return same(*weeks_of_month(first.year, month, nth))


@RULES.add(
    rf"(?:the\s)?(?P<n>last|{ORDINAL})\s(?P<w>week(?:end)?)\s(?:(?:of|in)\s|(?=(?:19|20)\d\d))(?:(?:the\s)?month\sof\s(?=[a-z])|(?:the\s)?year\s(?=\d))?(?:(?P<m>{MONTH})(?:,?\s(?:of\s)?(?P<y>{YEAR}))?|(?P<rel>{THE_RELATIVE}|the)\s(?P<u>month|year)|(?P<y2>{YEAR}))"
)
def _nth_week(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])

    def week(year: int, month: int) -> Bounds | None:
        return nth_weekend(year, month, nth) if m["w"].lower() == "weekend" else weeks_of_month(year, month, nth)

    def both(span: Bounds | None) -> Result:
        return (span, span)

    if m["m"]:
        month = month_number(m["m"])
        if m["y"]:
            return both(week(year_of(m["y"]), month))
        years = range(ref.today.year - 1, ref.today.year + 2)
        return nearest([span for year in years if (span := week(year, month))], ref)
    if m["rel"] and m["u"].lower() == "month":
        first, _ = period("month", ref.today, direction(m["rel"]))
        return both(week(first.year, first.month))
    year = year_of(m["y2"]) if m["y2"] else ref.today.year + direction(m["rel"])
    return both(week(year, 12) if nth < 0 else week(year, 1))


@RULES.add(rf"(?:the\s)?week\s(?P<n>\d{{1,2}})(?:,?\s(?:of\s|in\s)?(?:(?P<y>{YEAR})|(?P<rel>{THE_RELATIVE})\syear))?")
def _week_number(m: re.Match[str], ref: Reference) -> Result:
    shift = direction(m["rel"]) if m["rel"] else 0
    return _numbered_week(int(m["n"]), year_of(m["y"]) if m["y"] else ref.today.year + shift)


@RULES.add(rf"(?:the\s)?weeks?\s(?P<a>\d{{1,2}}){UNTIL}(?P<b>\d{{1,2}})(?:,?\s(?:of\s|in\s)?(?P<y>{YEAR}))?")
def _weeks(m: re.Match[str], ref: Reference) -> Result:
    year = year_of(m["y"]) if m["y"] else ref.today.year
    first, last = (_numbered_week(int(m[side]), year) for side in "ab")
    if first is None or last is None or first[0] is None or last[0] is None:
        return None
    return same(first[0][0], last[0][0])


@RULES.add(rf"(?P<rel>{RELATIVE}|the)\s(?:work(?:ing)?|business|school)\sweek")
def _work_week(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = week_of(ref.today, 0 if m["rel"].lower() == "the" else direction(m["rel"]))
    return same(monday, monday + timedelta(days=5))


@RULES.add(
    rf"(?:(?:the\s)?week\s(?P<how>of|commencing|starting|beginning|before|after|following)(?:\son)?|w/c)\s(?:{WEEKDAY},?\s)?(?:the\s)?(?:(?P<m>{MONTH})\.?\s?(?:the\s)?(?P<d>{ORDINAL}|\d{{1,2}}\b)(?:,?\s(?P<y>{YEAR}))?|(?P<d2>{ORDINAL}|\d{{1,2}})\s(?:of\s)?(?P<m2>{MONTH})(?:,?\s(?P<y2>{YEAR}))?|(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})(?:[/-](?P<y3>(?:20)?\d\d))?|(?P<o>{ORDINAL}))"
)
def _week_of_day(m: re.Match[str], ref: Reference) -> Result:
    if m["o"]:
        found = resolve_day(Day(day=ordinal(m["o"])), ref)
    else:
        month = int(m["a"]) if m["a"] else month_number(m["m"] or m["m2"])
        year = m["y"] or m["y2"] or m["y3"]
        said = Day(year_of(year) if year else None, month, day_of(m["d"] or m["d2"] or m["b"]))
        found = resolve_day(said, ref) if month <= 12 else None
    if found is None:
        return None
    shift = {"before": -7, "after": 7, "following": 7}.get((m["how"] or "of").lower(), 0)
    ahead, behind = (week_of(as_date(side[0]) + timedelta(days=shift)) if side else None for side in found)
    return (ahead, behind)


_ISO_WEEK = rf"(?:(?P<y>(?:19|20)\d\d)-?w(?P<n>\d\d)|w(?P<n2>\d\d)[\s/-](?P<y2>(?:19|20)\d\d)|(?:calendar\sweek|cw|kw|week\s(?:number|no\.?|nr\.?|\#)|wk)\s?(?P<n3>\d{{1,2}})(?:(?:,?\s(?:of\s|in\s)?|/)(?P<y3>{YEAR}))?)"


@RULES.add(_ISO_WEEK)
def _iso_week(m: re.Match[str], ref: Reference) -> Result:
    year = m["y"] or m["y2"] or m["y3"]
    return _numbered_week(int(m["n"] or m["n2"] or m["n3"]), year_of(year) if year else ref.today.year)


def _numbered_week(number: int, year: int) -> Result:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return same(monday, monday + timedelta(days=7))


@RULES.add(
    rf"(?:the\s)?weekend\s(?:of|after|before)\s(?:the\s)?(?:(?P<m>{MONTH})\s(?P<d>{ORDINAL}|\d{{1,2}}\b)|(?P<d2>{ORDINAL}|\d{{1,2}})\s(?:of\s)?(?P<m2>{MONTH})|(?P<o>{ORDINAL}))"
)
def _weekend_of(m: re.Match[str], ref: Reference) -> Result:
    day = day_of(m["d"] or m["d2"] or m["o"])
    found = resolve_day(Day(month=None if m["o"] else month_number(m["m"] or m["m2"]), day=day), ref)
    if found is None:
        return None
    how = re.split(r"\s", m.group().lower().removeprefix("the "))[1]
    shift = {"of": 0, "after": 7, "before": -7}[how]
    ahead, behind = (
        period(
            "weekend",
            as_date(side[0]) + timedelta(days=shift if as_date(side[0]).weekday() > 4 or how == "before" else 0),
            0,
        )
        if side
        else None
        for side in found
    )
    return (ahead, behind)


@RULES.add(rf"(?P<a>{WEEKDAY})\s?[-–]\s?(?P<b>{WEEKDAY})")
def _weekdays(m: re.Match[str], ref: Reference) -> Result:
    first, last = weekday_number(m["a"]), weekday_number(m["b"])
    begin = ref.today + timedelta(days=(first - ref.today.weekday()) % 7)
    length = timedelta(days=(last - first) % 7)
    earlier = begin - timedelta(days=7)
    return ((begin, begin + length), (earlier, earlier + length))
