"""Phrases that name a period: "next month", "4 till 23 of this month", "the second half of 2027", "the nineties"."""

from __future__ import annotations

import re
from datetime import date

from kbaudit.text.dates import Day, month_number
from kbaudit.text.dates_moments import (
    Reference,
    Result,
    Rules,
    add_months,
    cut,
    month_days,
    months,
    nearest,
    period,
    same,
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
    UNTIL,
    YEAR,
    YEAR_WORDS,
    cardinal,
    direction,
    ordinal,
    year_of,
)

RULES = Rules()


@RULES.add(
    r"(?:the\s)?['’]?(?:(?P<c>1[5-9]|20)?(?P<d>\d)0\s?['’]?s|(?:(?P<cw>nineteen|eighteen|twenty|two\sthousand)[\s-])?(?P<w>tens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _decade(m: re.Match[str], ref: Reference) -> Result:
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    tens = int(m["d"]) if m["d"] else 1 if m["w"].lower() == "tens" else names.index(m["w"].lower()) + 2
    if m["w"] and tens == 1 and not m["cw"]:
        return None
    if m["c"] or m["cw"]:
        century = int(m["c"]) if m["c"] else 20 if "thousand" in m["cw"].lower() else cardinal(m["cw"])
        first = date(century * 100 + tens * 10, 1, 1)
        return same(first, date(first.year + 10, 1, 1))
    ahead = behind = ref.today.year // 100 * 100 + tens * 10
    if behind > ref.today.year:
        behind -= 100
    else:
        ahead += 100 if ahead + 10 <= ref.today.year else 0
    return ((date(ahead, 1, 1), date(ahead + 10, 1, 1)), (date(behind, 1, 1), date(behind + 10, 1, 1)))


@RULES.add(
    r"(?:the\s)?(?P<u>week|month|year|weekend|quarter|decade)\s(?P<w>after|before|following)(?=\s?(?:[.,;?!]|$))"
)
def _beside(m: re.Match[str], ref: Reference) -> Result:
    return same(*period(m["u"], ref.today, -1 if m["w"].lower() == "before" else 1))


@RULES.add(r"that\s(?P<u>week|month|year|weekend|quarter|decade)(?=\s?(?:[.,;?!]|$))")
def _that(m: re.Match[str], ref: Reference) -> Result:
    return same(*period(m["u"], ref.today, 0))


@RULES.add(r"(?:the\s)?(?P<c>nineteen|eighteen|two\sthousand)(?:\shundred)?s")
def _hundreds(m: re.Match[str], ref: Reference) -> Result:
    first = 2000 if "thousand" in m["c"].lower() else cardinal(m["c"]) * 100
    return same(date(first, 1, 1), date(first + (10 if first == 2000 else 100), 1, 1))


@RULES.add(
    rf"(?:(?P<rel>{RELATIVE})\s)?(?:(?:fiscal|financial|school|academic|tax)\syear(?:\s(?:of\s)?(?P<y>{YEAR}|\d\d\b))?|[fs]y\s?(?:(?:19|20)\d\d|\d\d))"
)
def _own_year(m: re.Match[str], ref: Reference) -> Result:
    # It begins when its owner says.
    return (None, None)


@RULES.add(
    r"(?:the\s)?(?P<u>week|month|year|weekend|quarter|decade)\s(?P<w>after\s(?:the\s)?next|before\s(?:the\s)?last)(?!\s(?:week|month|year|weekend))"
)
def _after_next(m: re.Match[str], ref: Reference) -> Result:
    return same(*period(m["u"], ref.today, 2 if "after" in m["w"].lower() else -2))


@RULES.add(
    rf"(?:calendar\s|cy\s|the\syear\sof\s(?={YEAR_WORDS}))?(?:year\s)?(?P<y>{YEAR_WORDS})|(?:calendar\s)?year\s(?P<y2>{YEAR})|cy\s?(?P<y3>{YEAR}|\d\d)"
)
def _year(m: re.Match[str], ref: Reference) -> Result:
    said = m["y"] or m["y2"] or m["y3"]
    if m["y"] and not re.match(
        r"\w+\s(?:hundred|thousand)|nineteen|twenty[ -](?:ten|twenty|\w{3,5}teen)", said, IGNORE
    ):
        return None
    return same(date(year_of(said), 1, 1), date(year_of(said) + 1, 1, 1))


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


@RULES.add(r"(?P<q>[1-4])q\s?['’]?(?P<y>(?:20)?\d\d)")
def _quarter_first(m: re.Match[str], ref: Reference) -> Result:
    first = date(year_of(m["y"]), int(m["q"]) * 3 - 2, 1)
    return same(first, add_months(first, 3))


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
    rf"(?:the\s)?(?:(?P<h>first|second|1st|2nd|last)\shalf\s(?:of\s)?(?:the\syear\s(?:of\s)?)?|h(?P<n>[12])(?:\sof)?\s?|(?P<n2>[12])h(?:\sof)?\s?)(?:(?P<y>{YEAR})|(?P<rel>{THE_RELATIVE}|the)\syear)|(?P<y2>{YEAR})['’]?s?,?\s(?:(?:the\s)?(?P<h2>first|second|1st|2nd|last)\shalf|h(?P<n3>[12]))"
)
def _half(m: re.Match[str], ref: Reference) -> Result:
    number = int(m["n"] or m["n2"] or m["n3"] or 0) or (1 if (m["h"] or m["h2"]).lower() in ("first", "1st") else 2)
    year = year_of(m["y"] or m["y2"]) if m["y"] or m["y2"] else ref.today.year + direction(m["rel"])
    first = date(year, 6 * number - 5, 1)
    return same(first, add_months(first, 6))


@RULES.add(
    rf"(?:the\s)?(?P<h>first|second|1st|2nd|last)\shalf\sof\s(?:(?P<m>{MONTH})(?:,?\s(?P<y>{YEAR}))?|(?P<rel>{THE_RELATIVE}|the)\s(?P<u>week|month))"
)
def _half_of(m: re.Match[str], ref: Reference) -> Result:
    part, unit = ("start" if m["h"].lower() in ("first", "1st") else "end"), (m["u"] or "month").lower()
    if m["rel"]:
        shift = 0 if m["rel"].lower() == "the" else direction(m["rel"])
        return same(*cut(part, unit, *period(unit, ref.today, shift)))
    years = [year_of(m["y"])] if m["y"] else range(ref.today.year - 1, ref.today.year + 2)
    firsts = [date(year, month_number(m["m"]), 1) for year in years]
    spans = [cut(part, unit, first, add_months(first, 1)) for first in firsts]
    return same(*spans[0]) if m["y"] else nearest(spans, ref)


@RULES.add(r"(?:h(?P<n>[12])\s?['’]|(?P<n2>[12])h\s?['’]?)(?P<y>\d\d)|q(?P<q>[1-4])/(?P<y2>(?:20)?\d\d)")
def _short_half(m: re.Match[str], ref: Reference) -> Result:
    number, length = (int(m["q"]), 3) if m["q"] else (int(m["n"] or m["n2"]), 6)
    first = date(year_of(m["y"] or m["y2"]), length * (number - 1) + 1, 1)
    return same(first, add_months(first, length))


@RULES.add(rf"(?:the\s)?(?P<n>{ORDINAL})\scentury")
def _century(m: re.Match[str], ref: Reference) -> Result:
    first = date(max(ordinal(m["n"]) - 1, 1) * 100, 1, 1)
    return same(first, date(first.year + 100, 1, 1))


@RULES.add(rf"(?:month\sof\s)?(?P<m>{MONTH})(?:\sof|,|\sin)?\s(?:the\syear\s)?(?P<y>{YEAR_WORDS}|{SHORT_YEAR})")
def _month_worded(m: re.Match[str], ref: Reference) -> Result:
    first = date(year_of(m["y"]), month_number(m["m"]), 1)
    return same(first, add_months(first, 1))


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
    rf"(?:from\s|between\s)?(?:(?P<a>{MONTH})[\s/-](?P<y>(?:19|20)\d\d){UNTIL}(?P<b>{MONTH})[\s/-](?P<z>(?:19|20)\d\d)"
    rf"|(?P<c>0?[1-9]|1[0-2])/(?P<y2>(?:19|20)\d\d){UNTIL}(?P<d>0?[1-9]|1[0-2])/(?P<z2>(?:19|20)\d\d)"
    rf"|(?P<y3>(?:19|20)\d\d)/(?P<e>0?[1-9]|1[0-2]){UNTIL}(?P<z3>(?:19|20)\d\d)/(?P<f>0?[1-9]|1[0-2]))"
)
def _months_of_years(m: re.Match[str], ref: Reference) -> Result:
    first = month_number(m["a"]) if m["a"] else int(m["c"] or m["e"])
    last = month_number(m["b"]) if m["b"] else int(m["d"] or m["f"])
    start = date(int(m["y"] or m["y2"] or m["y3"]), first, 1)
    end = date(int(m["z"] or m["z2"] or m["z3"]), last, 1)
    return same(start, end) if start < end else None
