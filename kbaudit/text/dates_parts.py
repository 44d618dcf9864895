"""Phrases that name a part or a stretch of a period: "late next year", "past two weeks", "the rest of the month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import month_number
from kbaudit.text.dates_moments import (
    Reference,
    Result,
    Rules,
    add_months,
    as_date,
    cut,
    months,
    moved,
    nearest,
    period,
    same,
    shifted,
    weeks_of_month,
)
from kbaudit.text.dates_words import (
    DURATION,
    IGNORE,
    LAST,
    MONTH,
    NEXT,
    NUMBER,
    RELATIVE,
    THE_RELATIVE,
    UNIT,
    YEAR,
    direction,
    durations,
    number_of,
    year_of,
)

RULES = Rules()


@RULES.add(rf"within\s(?:the\s)?(?:(?:next|coming|upcoming|following)\s)?(?P<n>{DURATION})")
def _within(m: re.Match[str], ref: Reference) -> Result:
    return same(ref.today, moved(ref.today, durations(m["n"])))


@RULES.add(
    r"(?P<part>end|beginning|start|middle|mid)(?:[\s-]|(?<=mid))(?:of\s)?(?:the\s)?(?P<u>week|month|year|quarter|decade)(?!['’])|(?P<short>eo[wmqy])"
)
def _end_of(m: re.Match[str], ref: Reference) -> Result:
    unit = m["u"] or {"w": "week", "m": "month", "q": "quarter", "y": "year"}[m["short"][2].lower()]
    return same(*cut(m["part"] or "end", unit.lower(), *period(unit, ref.today, 0)))


@RULES.add(
    rf"(?P<part>early|earlier|late|later|mid|middle\sof|beginning\sof|start\sof|end\sof)[\s-]+(?:in\s)?(?:the\s)?(?P<rel>{RELATIVE})\s(?P<u>week|month|year|quarter|decade)"
)
def _part(m: re.Match[str], ref: Reference) -> Result:
    shift = direction(m["rel"])
    start, end = period(m["u"], ref.today, shift)
    if not shift and m["part"].lower() in ("earlier", "later"):
        begin, finish = cut(m["part"], m["u"].lower(), start, end)
        return same(begin, min(finish, ref.today)) if begin == start else same(max(begin, ref.today), finish)
    return same(*cut(m["part"], m["u"].lower(), start, end))


@RULES.add(
    rf"(?:the\s(?=\S{{3,9}}\s\S{{1,9}}\sdecades))?(?:(?P<rel>{NEXT}|{LAST})\s(?P<d>{DURATION})|(?P<n>{NUMBER})\s(?P<rel2>{NEXT}|{LAST})\s(?P<u>{UNIT}))(?!\s(?:ago|later|from|of)\b)"
)
def _span(m: re.Match[str], ref: Reference) -> Result:
    parts = durations(m["d"]) if m["d"] else [(number_of(m["n"]), m["u"].lower())]
    ahead = direction(m["rel"] or m["rel2"]) > 0
    count, unit = parts[0]
    if len(parts) == 1 and unit.startswith(("quarter", "decade", "centur")):
        # Too long to begin in the middle of one.
        if ahead:
            return same(period(unit, ref.today, 1)[0], period(unit, ref.today, count)[1])
        return same(period(unit, ref.today, -count)[0], period(unit, ref.today, -1)[1])
    if len(parts) == 1 and unit.startswith("weekend"):
        if not ahead:
            return same(period(unit, ref.today, -count)[0], period(unit, ref.today, -1)[1])
        near = 0 if ref.today.weekday() < 5 else 1
        return same(period(unit, ref.today, near)[0], period(unit, ref.today, near + count - 1)[1])
    if ahead:
        start = ref.today + timedelta(days=1)
        return same(start, moved(start, parts))
    return same(moved(ref.today, parts, -1), ref.today)


@RULES.add(
    r"(?:the\s)?(?:rest|remainder)\s(?:of\s(?=week|month|year)|(?:of\s)?(?:the|my|this|current|the\scurrent|our)\s)(?P<u>week|month|year|quarter|decade)"
)
def _rest(m: re.Match[str], ref: Reference) -> Result:
    _, end = period(m["u"], ref.today, 0)
    return same(ref.today, end - timedelta(days=1))


@RULES.add(r"(?:(?P<u>week|month|year|quarter)[\s-]to[\s-]date|(?P<y>ytd|mtd|qtd))")
def _to_date(m: re.Match[str], ref: Reference) -> Result:
    unit = m["u"] or {"y": "year", "m": "month", "q": "quarter"}[m["y"][0].lower()]
    start, _ = period(unit, ref.today, 0)
    return same(start, ref.today)


@RULES.add(
    rf"(?:the\s)?(?P<w>first|1st|last)\s(?:(?P<n>{NUMBER})\s)?(?P<u>days?|weeks?|months?)\s(?:of|in)\s(?:(?:the\s)?(?P<p>week|month|year)|(?P<rel>{THE_RELATIVE})\s(?P<p2>week|month|year)|(?P<m>{MONTH})(?:,?\s(?P<my>{YEAR}))?|(?P<y>{YEAR}))(?!\w)"
)
def _ends_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y"]:
        start, end = date(year_of(m["y"]), 1, 1), date(year_of(m["y"]) + 1, 1, 1)
    elif m["m"]:
        if m["u"].lower().startswith("week") and not m["n"]:
            return None
        month = month_number(m["m"])
        if not m["my"]:
            years = range(ref.today.year - 1, ref.today.year + 2)
            return nearest([_ends(m, date(y, month, 1), add_months(date(y, month, 1), 1)) for y in years], ref)
        start = date(year_of(m["my"]), month, 1)
        end = add_months(start, 1)
    else:
        start, end = period(m["p"] or m["p2"], ref.today, direction(m["rel"]) if m["rel"] else 0)
    if m["u"].lower().startswith("week") and not m["n"]:
        return None
    return same(*_ends(m, start, end))


def _ends(m: re.Match[str], start: date, end: date) -> tuple[date, date]:
    count = number_of(m["n"]) if m["n"] else 1
    if m["u"].lower().startswith("week"):
        # Whole weeks: those whose Thursday is in the period.
        start = weeks_of_month(start.year, start.month, 1)[0]
        last = end - timedelta(days=1)
        end = weeks_of_month(last.year, last.month, -1)[1]
    if m["u"].lower().startswith("month") and not m["n"]:
        return (start, add_months(start, 1)) if m["w"].lower() in ("first", "1st") else (add_months(end, -1), end)
    if m["w"].lower() in ("first", "1st"):
        day = shifted(start, m["u"], count)
        return (start, day if m["n"] else start)
    day = shifted(end, m["u"], -count)
    return (day, end if m["n"] else day)


@RULES.add(
    rf"(?P<part>early|late|mid|(?:beginning|start|end|middle)\sof)[\s-](?:the\syear\s)?(?:(?P<m>{MONTH})(?:,?\s(?P<y>{YEAR}))?(?!\s?\d)|(?P<y2>{YEAR}))"
)
def _part_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y2"]:
        year = year_of(m["y2"])
        if thirds := re.match(r"(beginning|start)|(end)|(middle)", m["part"], IGNORE):
            month = 1 if thirds[1] else 9 if thirds[2] else 5
            return same(date(year, month, 1), add_months(date(year, month, 1), 4))
        return same(*cut(m["part"], "year", date(year, 1, 1), date(year + 1, 1, 1)))
    month = month_number(m["m"])
    if m["y"]:
        first = date(year_of(m["y"]), month, 1)
        return same(*cut(m["part"], "month", first, add_months(first, 1)))
    found = months(month, ref)
    assert found is not None
    ahead, behind = found
    return (
        cut(m["part"], "month", as_date(ahead[0]), as_date(ahead[1])) if ahead else None,
        cut(m["part"], "month", as_date(behind[0]), as_date(behind[1])) if behind else None,
    )


@RULES.add(
    r"(?:the\s)?(?P<part>early|late|mid)[\s-](?:(?P<c>1[5-9]|20)(?P<d>\d)0\s?['’]?s|['’]?(?P<d2>\d)0['’]?s|(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _part_of_decade(m: re.Match[str], ref: Reference) -> Result:
    if m["c"]:
        first = int(m["c"]) * 100 + int(m["d"]) * 10
    else:
        names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
        tens = int(m["d2"]) if m["d2"] else names.index(m["w"].lower()) + 2
        first = ref.today.year // 100 * 100 + tens * 10
        first -= 100 if first > ref.today.year else 0
    start, length = {"early": (0, 4), "mid": (4, 3), "late": (7, 3)}[m["part"].lower()]
    return same(date(first + start, 1, 1), date(first + start + length, 1, 1))


@RULES.add(rf"(?:the\s)?(?:rest|remainder)\sof\s(?:(?P<m>{MONTH})(?:,?\s(?P<y>{YEAR}))?|(?P<y2>{YEAR}))")
def _rest_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y2"]:
        start, end = date(year_of(m["y2"]), 1, 1), date(year_of(m["y2"]) + 1, 1, 1)
    else:
        start = date(year_of(m["y"]) if m["y"] else ref.today.year, month_number(m["m"]), 1)
        end = add_months(start, 1)
    return same(max(start, ref.today), end - timedelta(days=1)) if end > ref.today else None


@RULES.add(rf"(?P<d>{DURATION})\sin\sthe\s(?P<w>future|past)")
def _in_the_future(m: re.Match[str], ref: Reference) -> Result:
    parts = durations(m["d"])
    if m["w"].lower() == "past":
        return same(moved(ref.today, parts, -1), ref.today)
    start = ref.today + timedelta(days=1)
    return same(start, moved(start, parts))


@RULES.add(
    rf"(?P<part>early|earlier|late|later|mid)\s(?:in|of)\s(?:the\s)?(?:(?P<u>week|month|quarter|year)|(?P<m>{MONTH})(?:,?\s(?P<y>{YEAR}))?|(?P<y2>{YEAR}))|(?P<u2>week|month|quarter|year)[\s-]end"
)
def _part_in(m: re.Match[str], ref: Reference) -> Result:
    part = m["part"] or "end"
    if m["m"] and not m["y"]:
        years = range(ref.today.year - 1, ref.today.year + 2)
        firsts = [date(year, month_number(m["m"]), 1) for year in years]
        return nearest([cut(part, "month", first, add_months(first, 1)) for first in firsts], ref)
    if m["m"]:
        first = date(year_of(m["y"]), month_number(m["m"]), 1)
        return same(*cut(part, "month", first, add_months(first, 1)))
    if m["y2"]:
        return same(*cut(part, "year", date(year_of(m["y2"]), 1, 1), date(year_of(m["y2"]) + 1, 1, 1)))
    unit = (m["u"] or m["u2"]).lower()
    start, end = cut(part, unit, *period(unit, ref.today, 0))
    if part.lower() == "earlier":
        return same(start, min(end, ref.today))
    return same(max(start, ref.today) if part.lower() == "later" else start, end)
