"""Phrases that name one day from a moment of speaking: "next Friday", "three weeks ago", "the second Tuesday of May"."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import ORDINAL_WORDS, Day, month_number, ordinal_number, weekday_number
from kbaudit.text.dates_moments import (
    Bounds,
    Reference,
    Result,
    Rules,
    add_months,
    around,
    as_date,
    moved,
    nth_weekday,
    period,
    resolve_day,
    same,
    shifted,
    week_of,
)
from kbaudit.text.dates_words import (
    CARDINAL,
    DURATION,
    IGNORE,
    MONTH,
    NUMBER,
    ORDINAL,
    RELATIVE,
    THE_RELATIVE,
    UNIT,
    WEEKDAY,
    YEAR,
    cardinal,
    day_of,
    direction,
    durations,
    number_of,
    ordinal,
    year_of,
)

RULES = Rules()


@RULES.add(
    rf"(?:the\s)?day\s(?P<dir>after|before)\s(?P<base>tomorrow|tmrw?|yesterday)|(?P<alone>the\sday\s(?:after|before|following)|day\s(?:after|before)(?=\s?(?:[.,;?!]|$)))|(?P<d>today|now|right\snow|tomorrow|tmrw?|yesterday|(?:the|this|current|same)\sday)|(?P<rel>(?:the\s)?{RELATIVE})\sday",
    single=True,
)
def _named(m: re.Match[str], ref: Reference) -> Result:
    if m["alone"]:
        shift = -1 if "before" in m["alone"].lower() else 1
    elif m["base"]:
        shift = 2 if m["dir"].lower() == "after" else -2
    elif m["rel"]:
        shift = direction(m["rel"])
    else:
        word = m["d"].lower()
        shift = 1 if word.startswith(("tomorrow", "tmr")) else -1 if word == "yesterday" else 0
    day = ref.today + timedelta(days=shift)
    return same(day, day)


@RULES.add(
    rf"(?<!last )(?<!past )(?<!next )(?P<n>{DURATION})\s(?P<w>ago|back|earlier|ahead(?!\sof)|before\s(?P<b>yesterday|today|tomorrow|tmrw?)|later|hence|from\s(?P<f>now|today|tomorrow|tmrw?|yesterday)|after\s(?P<a>today|tomorrow|tmrw?))|in\s(?P<n2>{DURATION})(?:['’]?s?\stime)?(?!\s(?:ago|from|later))",
    single=True,
)
def _ago(m: re.Match[str], ref: Reference) -> Result:
    base = (m["b"] or m["f"] or m["a"] or "").lower()
    start = ref.today + timedelta(
        days=1 if base.startswith("t") and base != "today" else -1 if base == "yesterday" else 0
    )
    if re.match(r"half\s(?:a\s)?year", m["n"] or m["n2"], IGNORE):
        day = add_months(start, -6 if m["n"] and re.match(r"ago|back|earlier|before", m["w"], IGNORE) else 6)
        return same(day, day)
    back = m["n"] and re.match(r"ago|back|earlier|before", m["w"], IGNORE)
    day = moved(start, durations(m["n"] or m["n2"]), -1 if back else 1)
    return same(day, day)


@RULES.add(
    rf"(?P<rel>{RELATIVE})\s(?P<wd>{WEEKDAY})(?!\s(?:the\s)?\d{{1,2}}(?:(?:st|nd|rd|th)\b|/\d|\s?(?:[.,;]|$)))|(?:on\s)?(?P<wd2>{WEEKDAY}),?\s(?:of\s)?(?:the\s)?(?P<rel2>{RELATIVE})\sweek|(?P<rel3>{RELATIVE})\sweek,?\s(?:on\s)?(?P<wd3>{WEEKDAY})",
    single=True,
)
def _weekday(m: re.Match[str], ref: Reference) -> Result:
    rel = m["rel"] or m["rel2"] or m["rel3"]
    number = weekday_number(m["wd"] or m["wd2"] or m["wd3"])
    shift = direction(rel)
    monday, _ = week_of(ref.today, shift)
    day = monday + timedelta(days=number)
    if re.search("coming", rel, IGNORE):
        day = ref.today + timedelta(days=(number - ref.today.weekday()) % 7 or 7)
    elif re.search(r"\bpast\b", rel, IGNORE):
        day = ref.today - timedelta(days=(ref.today.weekday() - number) % 7 or 7)
    return same(day, day)


@RULES.add(
    rf"(?:the\s)?(?P<n>{ORDINAL}|last)\s(?P<wd>{WEEKDAY})(?:\s(?:(?:of|in)\s)?(?:(?P<m>{MONTH})(?:,?\s(?:of\s|in\s)?(?:(?P<y>{YEAR})|(?P<my>{THE_RELATIVE})\syear))?|(?P<rel>{THE_RELATIVE}|(?<=\bof\s)the|(?<=\bin\s)the)\smonth|(?P<ry>{THE_RELATIVE}|(?<=\bof\s)the)\syear|(?P<yy>{YEAR})))",
    single=True,
)
def _nth(m: re.Match[str], ref: Reference) -> Result:
    nth = -1 if m["n"].lower() == "last" else ordinal(m["n"])
    weekday = weekday_number(m["wd"])
    if m["rel"]:
        first, _ = period("month", ref.today, direction(m["rel"]))
        day = nth_weekday(first.year, first.month, weekday, nth)
        return same(day, day) if day else None
    if m["ry"] or m["yy"]:
        year = year_of(m["yy"]) if m["yy"] else ref.today.year + direction(m["ry"])
        if nth < 0:
            day = nth_weekday(year, 12, weekday, -1)
        else:
            day = date(year, 1, 1) + timedelta(days=(weekday - date(year, 1, 1).weekday()) % 7 + 7 * (nth - 1))
        return same(day, day) if day else None
    month = month_number(m["m"])
    if m["y"] or m["my"]:
        year = year_of(m["y"]) if m["y"] else ref.today.year + direction(m["my"])
        day = nth_weekday(year, month, weekday, nth)
        return same(day, day) if day else None
    days = [
        day for year in range(ref.today.year - 2, ref.today.year + 3) if (day := nth_weekday(year, month, weekday, nth))
    ]
    return around(days, ref)


@RULES.add(
    r"(?:the\s(?P<d>3[01]|[12]\d|[1-9])|(?:(?<=\bon\s)|(?<=\bdue\s))(?P<d2>3[01]|[12]\d|[1-9]))(?=\s?(?:[,;?!]|\.(?!\d)|$)|\s(?:between|from|at|until|to|for|with|in|on|and|or|if|please)\s)|the\s(?P<o>"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True))
    + r")(?=\s?(?:[,;?!]|\.(?!\d)|$))",
    single=True,
)
def _bare_day(m: re.Match[str], ref: Reference) -> Result:
    number = int(m["d"] or m["d2"]) if not m["o"] else ordinal_number(m["o"])
    return resolve_day(Day(day=number), ref)


@RULES.add(
    rf"(?P<wd>{WEEKDAY})\s(?:the\s)(?P<n>{CARDINAL})|(?P<m>{MONTH})\s(?:the\s)?(?P<n2>{CARDINAL})(?!\s(?:days?|weeks?|items?))|(?:the\s)?(?P<n3>{ORDINAL})\s(?:day\s)?of\s(?:the\s)?(?P<m3>{MONTH})",
    single=True,
)
def _spelled(m: re.Match[str], ref: Reference) -> Result:
    if m["n3"]:
        return resolve_day(Day(month=month_number(m["m3"]), day=ordinal(m["n3"])), ref)
    number = cardinal(m["n"] or m["n2"])
    if m["wd"]:
        return resolve_day(Day(day=number, weekday=weekday_number(m["wd"])), ref)
    return resolve_day(Day(month=month_number(m["m"]), day=number), ref)


@RULES.add(
    r"(?:(?<=\bon\s)|(?<=\bat\s)|(?<=\bin\s)|(?<=\bby\s)|(?<=\bback\s))\d{1,2}[.-]\d{1,2}(?!\.?\d|\s?(?:%|am\b|pm\b))",
    single=True,
)
def _pointed(m: re.Match[str], ref: Reference) -> Result:
    a, b = (int(part) for part in re.split(r"[.-]", m.group()))
    month, day = (a, b) if a <= 12 else (b, a)
    return resolve_day(Day(month=month, day=day), ref) if 1 <= month <= 12 and 1 <= day <= 31 else None


@RULES.add(
    rf"(?P<n>{NUMBER})\s(?P<wd>{WEEKDAY})\s(?P<to>ago|back|from\s(?:now|today)|later|hence)|(?P<n2>{NUMBER})\s(?P<u>{UNIT})\s(?P<w>from|after|before|prior\sto)\s(?P<wd2>{WEEKDAY})",
    single=True,
)
def _counted(m: re.Match[str], ref: Reference) -> Result:
    if m["wd"]:
        number = weekday_number(m["wd"])
        if not re.match(r"ago|back", m["to"], IGNORE):
            following = ref.today + timedelta(days=(number - ref.today.weekday()) % 7 or 7)
            day = following + timedelta(weeks=number_of(m["n"]) - 1)
            return same(day, day)
        last = ref.today - timedelta(days=(ref.today.weekday() - number) % 7 or 7)
        day = last - timedelta(weeks=number_of(m["n"]) - 1)
        return same(day, day)
    number = weekday_number(m["wd2"])
    base = ref.today + timedelta(days=(number - ref.today.weekday()) % 7)
    day = shifted(base, m["u"], number_of(m["n2"]) * (1 if m["w"].lower() in ("from", "after") else -1))
    return same(day, day)


@RULES.add(rf"(?P<n>first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))\s(?P<wd>{WEEKDAY})", single=True)
def _nth_bare(m: re.Match[str], ref: Reference) -> Result:
    # Of this month; a month without a fifth Sunday has none, as "the 31st of this month" may be no day.
    day = nth_weekday(ref.today.year, ref.today.month, weekday_number(m["wd"]), ordinal(m["n"]))
    return same(day, day) if day is not None else (None, None)


@RULES.add(
    rf"(?:the\s)?(?P<d>{ORDINAL}|\d{{1,2}})\s(?:day\s)?(?:(?:of|in)\s)?(?P<rel>{THE_RELATIVE}|(?<=of\s)the|(?<=in\s)the)\smonth|(?P<rel2>{RELATIVE})\smonth,?\s(?:on\s)?(?:the\s)?(?P<d2>{ORDINAL})",
    single=True,
)
def _day_of(m: re.Match[str], ref: Reference) -> Result:
    first, _ = period("month", ref.today, direction(m["rel"] or m["rel2"]))
    day = Day(month=first.month, day=day_of(m["d"] or m["d2"])).on(first.year)
    return same(day, day) if day else (None, None)


@RULES.add(
    rf"(?P<n>{NUMBER})\s?(?P<u>weeks?|months?|years?|days?)\s(?P<w>ago|from\s(?:now|today))\s(?:on\s)?(?P<wd>{WEEKDAY})|(?P<wd2>{WEEKDAY}),?\s(?P<n2>{NUMBER})\s?(?P<u2>weeks?|months?|years?)\s(?P<w2>ago|from\s(?:now|today))",
    single=True,
)
def _ago_weekday(m: re.Match[str], ref: Reference) -> Result:
    unit, back = m["u"] or m["u2"], (m["w"] or m["w2"]).lower() == "ago"
    day = shifted(ref.today, unit, number_of(m["n"] or m["n2"]) * (-1 if back else 1))
    weekday = weekday_number(m["wd"] or m["wd2"])
    if unit.lower().startswith(("month", "year")) and not back:
        # Counted in months or years it is the first such day from then on, counted in weeks the one of that week.
        day += timedelta(days=(weekday - day.weekday()) % 7)
        return same(day, day)
    monday, _ = week_of(day)
    day = monday + timedelta(days=weekday)
    return same(day, day)


@RULES.add(r"(?:the\s)?(?P<rel>next|following|last|previous)\s(?P<u>(?:business|working)\sday|weekday)", single=True)
def _work_day(m: re.Match[str], ref: Reference) -> Result:
    day = shifted(ref.today, m["u"], direction(m["rel"]))
    return same(day, day)


@RULES.add(rf"(?:the\s)?(?P<n>{CARDINAL})\s(?:day\s)?of\s(?P<m>{MONTH})", single=True)
def _counted_day(m: re.Match[str], ref: Reference) -> Result:
    return resolve_day(Day(month=month_number(m["m"]), day=cardinal(m["n"])), ref)


@RULES.add(
    rf"(?:(?:a|one)\sweek\son\s(?P<a>{WEEKDAY})|(?P<b>{WEEKDAY})\s(?:week(?=\s?(?:[.,;?!]|$))|fortnight)|(?:the\s)?(?P<c>{WEEKDAY})\safter\snext|(?P<d>{WEEKDAY})\sin\s(?P<n>{NUMBER})\sweeks?)",
    single=True,
)
def _weekday_later(m: re.Match[str], ref: Reference) -> Result:
    number = weekday_number(m["a"] or m["b"] or m["c"] or m["d"])
    if m["c"] or m["d"]:
        monday, _ = week_of(ref.today, 2 if m["c"] else number_of(m["n"]))
        day = monday + timedelta(days=number)
    else:
        weeks = 2 if m.group().lower().endswith("fortnight") else 1
        day = ref.today + timedelta(days=((number - ref.today.weekday()) % 7 or 7) + 7 * weeks)
    return same(day, day)


@RULES.add(
    rf"(?:the\s)?(?P<wd>{WEEKDAY})\s(?P<how>after|before|following)\s(?:the\s)?(?:(?P<m>{MONTH})\s(?P<d>{ORDINAL}|\d{{1,2}}\b)|(?P<d2>{ORDINAL}|\d{{1,2}})\s(?:of\s)?(?P<m2>{MONTH}))",
    single=True,
)
def _weekday_beside(m: re.Match[str], ref: Reference) -> Result:
    found = resolve_day(Day(month=month_number(m["m"] or m["m2"]), day=day_of(m["d"] or m["d2"])), ref)
    if found is None:
        return None
    wanted, back = weekday_number(m["wd"]), m["how"].lower() == "before"

    def beside(side: Bounds | None) -> Bounds | None:
        if side is None:
            return None
        day = as_date(side[0])
        gap = (wanted - day.weekday()) % 7
        day += timedelta(days=(gap - 7) if back else (gap or 7))
        return (day, day)

    return (beside(found[0]), beside(found[1]))


@RULES.add(
    rf"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bback\s)|(?<=\buntil\s)|(?<=\bbefore\s)|(?<=\bafter\s))(?P<wd>{WEEKDAY})|weds",
    single=True,
)
def _bare_weekday(m: re.Match[str], ref: Reference) -> Result:
    if m.group().lower().rstrip(".").endswith("days"):
        return None
    return resolve_day(Day(weekday=weekday_number(m.group())), ref)


_LATER_ORDINALS = "|".join(sorted((word.replace(" ", "[ -]") for word in ORDINAL_WORDS[9:]), key=len, reverse=True))


@RULES.add(
    rf"(?:(?<=\bback\s)|(?<=\bon\s)|(?<=\buntil\s)|(?<=\bby\s))(?P<o>{_LATER_ORDINALS})(?=\s?(?:[,;?!]|\.|$))",
    single=True,
)
def _ordinal_alone(m: re.Match[str], ref: Reference) -> Result:
    return resolve_day(Day(day=ordinal_number(m["o"])), ref)
