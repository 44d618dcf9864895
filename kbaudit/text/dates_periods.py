"""Phrases that name a period: "next month", "the first week of October", "4 till 23 of this month", "the nineties"."""

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
    add_months,
    as_date,
    month_days,
    months,
    nearest,
    nth_weekend,
    period,
    resolve_day,
    same,
    week_of,
    weeks_of_month,
)
from kbaudit.text.dates_words import (
    IGNORE,
    MONTH,
    MONTH_NAME,
    ORDINAL,
    QUARTER,
    QUARTERS,
    RELATIVE,
    SHORT_YEAR,
    THE_RELATIVE,
    WEEKDAY,
    YEAR,
    YEAR_WORDS,
    cardinal,
    day_of,
    direction,
    ordinal,
    year_of,
)

RULES = Rules()


@RULES.add(
    r"(?:the\s)?(?:(?P<c>1[5-9]|20)?(?P<d>\d)0\s?['’]?s|(?:(?P<cw>nineteen|eighteen|twenty)[\s-])?(?P<w>tens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _decade(m: re.Match[str], ref: Reference) -> Result:
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    tens = int(m["d"]) if m["d"] else 1 if m["w"].lower() == "tens" else names.index(m["w"].lower()) + 2
    if m["w"] and tens == 1 and not m["cw"]:
        return None
    if m["c"] or m["cw"]:
        first = date((int(m["c"]) if m["c"] else cardinal(m["cw"])) * 100 + tens * 10, 1, 1)
        return same(first, date(first.year + 10, 1, 1))
    century = ref.today.year // 100 * 100
    ahead, behind = century + tens * 10, century + tens * 10
    if behind > ref.today.year:
        behind -= 100
    else:
        ahead += 100 if ahead + 10 <= ref.today.year else 0
    return ((date(ahead, 1, 1), date(ahead + 10, 1, 1)), (date(behind, 1, 1), date(behind + 10, 1, 1)))


@RULES.add(
    r"(?:the\s)?(?P<u>week|month|year|weekend|quarter|decade)\s(?P<w>after\s(?:the\s)?next|before\s(?:the\s)?last)(?!\s(?:week|month|year|weekend))"
)
def _after_next(m: re.Match[str], ref: Reference) -> Result:
    return same(*period(m["u"], ref.today, 2 if "after" in m["w"].lower() else -2))


@RULES.add(
    rf"(?:calendar\s|cy\s|the\syear\sof\s(?={YEAR_WORDS}))?(?:year\s)?(?P<y>{YEAR_WORDS})|(?:calendar\s)?year\s(?P<y2>{YEAR})|cy\s?(?P<y3>{YEAR})"
)
def _year(m: re.Match[str], ref: Reference) -> Result:
    said = m["y"] or m["y2"] or m["y3"]
    if m["y"] and not re.match(
        r"\w+\s(?:hundred|thousand)|nineteen|twenty[ -](?:ten|twenty|\w{3,5}teen)", said, IGNORE
    ):
        return None
    return same(date(year_of(said), 1, 1), date(year_of(said) + 1, 1, 1))


_UNTIL = r"\s?(?:to|until|till?|through|thru|and|-|–)\s?"


@RULES.add(
    rf"(?P<rel>{RELATIVE})\sweek,?\s(?:from\s|between\s)?(?P<a>{WEEKDAY}){_UNTIL}(?P<b>{WEEKDAY})|(?:from\s|between\s)?(?P<a2>{WEEKDAY}){_UNTIL}(?P<b2>{WEEKDAY}),?\s(?:of\s|in\s)?(?P<rel2>{THE_RELATIVE})\sweek"
)
def _week_days(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = week_of(ref.today, direction(m["rel"] or m["rel2"]))
    first, last = weekday_number(m["a"] or m["a2"]), weekday_number(m["b"] or m["b2"])
    return same(monday + timedelta(days=first), monday + timedelta(days=last if last >= first else last + 7))


@RULES.add(
    rf"(?:from\s)?(?P<rel>{RELATIVE})\s(?P<a>{MONTH})\s(?:to|until|till|through|-)\s(?P<b>{MONTH})(?:,?\s(?P<y>{YEAR}))?"
)
def _months_span(m: re.Match[str], ref: Reference) -> Result:
    start = date(ref.today.year + direction(m["rel"]), month_number(m["a"]), 1)
    end = date(year_of(m["y"]) if m["y"] else start.year, month_number(m["b"]), 1)
    return same(start, end if m["y"] or end >= start else date(end.year + 1, end.month, 1))


@RULES.add(
    rf"(?:from\s|between\s)?(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:to|till?|until|through|thru|and|-|–|--)\s?(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<rel>{THE_RELATIVE})\smonth"
)
def _days_of(m: re.Match[str], ref: Reference) -> Result:
    first, _ = period("month", ref.today, direction(m["rel"]))
    a, b = (
        Day(month=first.month, day=int(m["a"])).on(first.year),
        Day(month=first.month, day=int(m["b"])).on(first.year),
    )
    return same(a, b) if a and b else None


@RULES.add(
    rf"(?:from\s)(?P<a>\d{{1,2}})\s?(?:to|till?|until|-|–)\s?(?P<m>{MONTH})\s(?P<b>\d{{1,2}})(?:,?\s(?P<y>{YEAR}))?"
)
def _from_to(m: re.Match[str], ref: Reference) -> Result:
    return month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


@RULES.add(
    rf"(?P<m>{MONTH})\s(?:between|from)\s(?:the\s)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?\s(?:and|to|till?|until|-)\s(?:the\s)?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>{YEAR}))?"
)
def _month_between(m: re.Match[str], ref: Reference) -> Result:
    return month_days(month_number(m["m"]), int(m["a"]), int(m["b"]), m["y"], ref)


@RULES.add(
    r"(?:the\s)?(?P<n>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\sweek\s(?P<rel>this|next|last)\s(?P<u>month|year)"
)
def _nth_week_of(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])
    first, _ = period(m["u"], ref.today, direction(m["rel"]))
    month = 12 if nth < 0 and m["u"].lower() == "year" else first.month
    return same(*weeks_of_month(first.year, month, nth))


@RULES.add(
    rf"(?:the\s)?(?P<n>last|{ORDINAL})\s(?P<w>week(?:end)?)\s(?:of|in)\s(?:(?:the\s)?month\sof\s(?=[a-z])|(?:the\s)?year\s(?=\d))?(?:(?P<m>{MONTH})(?:,?\s(?:of\s)?(?P<y>{YEAR}))?|(?P<rel>{THE_RELATIVE}|the)\s(?P<u>month|year)|(?P<y2>{YEAR}))"
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


@RULES.add(
    rf"(?P<rel>{RELATIVE}|the)\s(?:(?:whole|entire|full)\s)?(?P<u>weekend|week|fortnight|(?:calendar\s)?(?:month|year|quarter)|decade|century)(?!\sof\s\d)|(?P<bare>weekend)"
)
def _period(m: re.Match[str], ref: Reference) -> Result:
    if m["bare"] or (m["u"].lower() == "weekend" and "coming" in m["rel"].lower()):
        return same(*period("weekend", ref.today, 0 if ref.today.weekday() < 5 or m["bare"] else 1))
    return same(*period(m["u"].split()[-1], ref.today, 0 if m["rel"].lower() == "the" else direction(m["rel"])))


@RULES.add(
    rf"(?:(?P<rel>{RELATIVE})\s(?P<m>{MONTH})(?!\s?\d)|(?:the\s)?month\sof\s(?P<m2>{MONTH})(?:,?\s(?P<y>{YEAR}))?)"
)
def _month(m: re.Match[str], ref: Reference) -> Result:
    month = month_number(m["m"] or m["m2"])
    if m["rel"] or m["y"]:
        year = year_of(m["y"]) if m["y"] else ref.today.year + direction(m["rel"])
        first = date(year, month, 1)
        return same(first, add_months(first, 1))
    return months(month, ref)


@RULES.add(
    rf"(?:(?P<rel>{RELATIVE})\s|the\s)?year['’]?s?\s(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter|(?:the\s)?(?P<n2>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:\s(?:of|in))?\s(?P<rel2>{THE_RELATIVE})\syear"
)
def _quarter(m: re.Match[str], ref: Reference) -> Result:
    words = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
    number = words[(m["n"] or m["n2"]).lower()]
    year = ref.today.year + direction(m["rel"] or m["rel2"] or "this")
    first = date(year, number * 3 - 2, 1)
    return same(first, add_months(first, 3))


@RULES.add(
    rf"(?:(?:the|{RELATIVE})\s)?(?:early\s|late\s|mid[\s-])?(?:spring|summer|autumn|winter|fall(?=\sof\s(?:(?:19|20)\d|this|next|last)|\s\d|\s(?:this|next|last)\syear)|(?:(?<=\bthis\s)|(?<=\bnext\s)|(?<=\blast\s)|(?<=\bin\s)|(?<=\bearly\s)|(?<=\blate\s))fall|(?<=\bthe\s)fall(?=\s?(?:[.,;?!]|$)))(?:\s(?:of\s)?(?:{YEAR}|{THE_RELATIVE}\syear))?"
)
def _season(m: re.Match[str], ref: Reference) -> Result:
    return (None, None)


@RULES.add(
    rf"(?:from\s|between\s)?(?P<a>\d{{1,2}})\s?(?:-|–|to|and|till?|until|through)\s?(?P<b>\d{{1,2}})\sin\s(?P<rel>{THE_RELATIVE})\smonth"
)
def _days_in(m: re.Match[str], ref: Reference) -> Result:
    return _days_of(m, ref)


@RULES.add(rf"(?P<m>{MONTH})\s(?:of\s)?(?P<rel>next|last|this|the\s(?:next|last|following|previous))\syear")
def _month_of_year(m: re.Match[str], ref: Reference) -> Result:
    first = date(ref.today.year + direction(m["rel"]), month_number(m["m"]), 1)
    return same(first, add_months(first, 1))


@RULES.add(
    rf"(?P<y>(?:19|20)\d\d)\.(?P<m>0?[1-9]|1[0-2])(?!\.?\d)|(?<!\.)(?P<m2>0[1-9]|1[0-2])\.(?P<y2>(?:19|20)\d\d)(?!\.?\d)|(?P<y3>(?:19|20)\d\d)[-/](?P<m3>{MONTH_NAME})(?![-/]\d)"
)
def _year_month(m: re.Match[str], ref: Reference) -> Result:
    month = month_number(m["m3"]) if m["m3"] else int(m["m"] or m["m2"])
    first = date(int(m["y"] or m["y2"] or m["y3"]), month, 1)
    return same(first, add_months(first, 1))


@RULES.add(rf"(?:the\s)?weeks?\s(?P<a>\d{{1,2}}){_UNTIL}(?P<b>\d{{1,2}})(?:,?\s(?:of\s|in\s)?(?P<y>{YEAR}))?")
def _weeks(m: re.Match[str], ref: Reference) -> Result:
    year = year_of(m["y"]) if m["y"] else ref.today.year
    first, last = (_numbered_week(int(m[side]), year) for side in "ab")
    if first is None or last is None or first[0] is None or last[0] is None:
        return None
    return same(first[0][0], last[0][0])


@RULES.add(r"(?P<q>[1-4])q\s?['’]?(?P<y>(?:20)?\d\d)")
def _quarter_first(m: re.Match[str], ref: Reference) -> Result:
    first = date(year_of(m["y"]), int(m["q"]) * 3 - 2, 1)
    return same(first, add_months(first, 3))


@RULES.add(rf"(?P<rel>{RELATIVE}|the)\s(?:work(?:ing)?|business|school)\sweek")
def _work_week(m: re.Match[str], ref: Reference) -> Result:
    monday, _ = week_of(ref.today, 0 if m["rel"].lower() == "the" else direction(m["rel"]))
    return same(monday, monday + timedelta(days=5))


@RULES.add(
    rf"the\s(?P<a>{QUARTER})(?:\s(?:of|in)\s|\s|,\s)(?P<y>{YEAR})|(?P<y2>{YEAR})['’]?s?,?\s(?:the\s)?(?P<b>{QUARTER})|(?P<c>{QUARTER})(?:\s(?:of|in)\s|\s|,\s)(?P<y4>{YEAR})|(?:the\s)?(?P<z>last|final)\squarter\sof\s(?P<y3>{YEAR})|q(?P<q>[1-4])\s(?:of\s)?(?P<rel>{THE_RELATIVE})\syear|(?P<rel2>{RELATIVE})\syear['’]?s?\sq(?P<q2>[1-4])"
)
def _quarter_of(m: re.Match[str], ref: Reference) -> Result:
    if m["q"] or m["q2"]:
        number, year = int(m["q"] or m["q2"]), ref.today.year + direction(m["rel"] or m["rel2"])
    else:
        number = QUARTERS[re.split(r"[\s-]", (m["a"] or m["b"] or m["c"] or m["z"]).lower())[0]]
        year = year_of(m["y"] or m["y2"] or m["y3"] or m["y4"])
    first = date(year, number * 3 - 2, 1)
    return same(first, add_months(first, 3))


@RULES.add(
    rf"(?:(?:the\s)?week\s(?:of|commencing|starting|beginning)(?:\son)?|w/c)\s(?:the\s)?(?:(?P<m>{MONTH})\.?\s?(?:the\s)?(?P<d>{ORDINAL}|\d{{1,2}}\b)(?:,?\s(?P<y>{YEAR}))?|(?P<d2>{ORDINAL}|\d{{1,2}})\s(?:of\s)?(?P<m2>{MONTH})(?:,?\s(?P<y2>{YEAR}))?|(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y3>(?:20)?\d\d))?|(?P<o>{ORDINAL}))"
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
    ahead, behind = (week_of(as_date(side[0])) if side else None for side in found)
    return (ahead, behind)


_ISO_WEEK = rf"(?:(?P<y>(?:19|20)\d\d)-?w(?P<n>\d\d)|w(?P<n2>\d\d)[\s/-](?P<y2>(?:19|20)\d\d)|(?:calendar\sweek|cw|kw|week\s(?:number|no\.?|nr\.?|\#)|wk)\s?(?P<n3>\d{{1,2}})(?:,?\s(?:of\s|in\s)?(?P<y3>{YEAR}))?)"


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
    rf"(?:the\s)?(?:(?P<h>first|second|1st|2nd|last)\shalf\s(?:of\s)?(?:the\syear\s(?:of\s)?)?|h(?P<n>[12])(?:\sof)?\s?|(?P<n2>[12])h(?:\sof)?\s?)(?:(?P<y>{YEAR})|(?P<rel>{THE_RELATIVE}|the)\syear)"
)
def _half(m: re.Match[str], ref: Reference) -> Result:
    number = int(m["n"] or m["n2"] or 0) or (1 if m["h"].lower() in ("first", "1st") else 2)
    year = year_of(m["y"]) if m["y"] else ref.today.year + direction(m["rel"])
    first = date(year, 6 * number - 5, 1)
    return same(first, add_months(first, 6))


@RULES.add(rf"(?:the\s)?(?P<n>{ORDINAL})\scentury")
def _century(m: re.Match[str], ref: Reference) -> Result:
    first = date(max(ordinal(m["n"]) - 1, 1) * 100, 1, 1)
    return same(first, date(first.year + 100, 1, 1))


@RULES.add(rf"(?:month\sof\s)?(?P<m>{MONTH})(?:\sof|,|\sin)?\s(?:the\syear\s)?(?P<y>{YEAR_WORDS}|{SHORT_YEAR})")
def _month_worded(m: re.Match[str], ref: Reference) -> Result:
    first = date(year_of(m["y"]), month_number(m["m"]), 1)
    return same(first, add_months(first, 1))


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


@RULES.add(r"(?:from\s|between\s)?(?P<a>(?:19|20)\d\d)\s?[-–]\s?(?P<b>(?:19|20)\d\d)")
def _years(m: re.Match[str], ref: Reference) -> Result:
    first, last = int(m["a"]), int(m["b"])
    return same(date(first, 1, 1), date(last, 1, 1)) if first < last else None


@RULES.add(rf"the\s(?P<q>{QUARTER})(?!\s(?:of|in)\b)")
def _the_quarter(m: re.Match[str], ref: Reference) -> Result:
    month = QUARTERS[re.split(r"[\s-]", m["q"].lower())[0]] * 3 - 2
    begins = [date(year, month, 1) for year in range(ref.today.year - 1, ref.today.year + 2)]
    ahead = next(begin for begin in begins if begin > ref.today)
    behind = [begin for begin in begins if add_months(begin, 3) <= ref.today][-1]
    return ((ahead, add_months(ahead, 3)), (behind, add_months(behind, 3)))


@RULES.add(
    rf"(?:the\s)?quarter\s(?P<n>[1-4])(?:,?\s(?:of\s|in\s)?(?:(?P<y>{YEAR})|(?P<rel>{THE_RELATIVE})\syear))|q(?P<a>[1-4])\s?[-–]\s?q(?P<b>[1-4])(?:,?\s(?:of\s)?(?P<y2>{YEAR}))"
)
def _quarter_number(m: re.Match[str], ref: Reference) -> Result:
    said = m["y"] or m["y2"]
    year = year_of(said) if said else ref.today.year + direction(m["rel"])
    first, last = int(m["n"] or m["a"]), int(m["n"] or m["b"])
    start = date(year, first * 3 - 2, 1)
    return same(start, add_months(start, 3 * (last - first + 1))) if last >= first else None


@RULES.add(
    rf"(?:from\s|between\s)?(?:(?P<a>{MONTH})[\s/-](?P<y>(?:19|20)\d\d){_UNTIL}(?P<b>{MONTH})[\s/-](?P<z>(?:19|20)\d\d)"
    rf"|(?P<c>0?[1-9]|1[0-2])/(?P<y2>(?:19|20)\d\d){_UNTIL}(?P<d>0?[1-9]|1[0-2])/(?P<z2>(?:19|20)\d\d)"
    rf"|(?P<y3>(?:19|20)\d\d)/(?P<e>0?[1-9]|1[0-2]){_UNTIL}(?P<z3>(?:19|20)\d\d)/(?P<f>0?[1-9]|1[0-2]))"
)
def _months_of_years(m: re.Match[str], ref: Reference) -> Result:
    first = month_number(m["a"]) if m["a"] else int(m["c"] or m["e"])
    last = month_number(m["b"]) if m["b"] else int(m["d"] or m["f"])
    start = date(int(m["y"] or m["y2"] or m["y3"]), first, 1)
    end = date(int(m["z"] or m["z2"] or m["z3"]), last, 1)
    return same(start, end) if start < end else None
