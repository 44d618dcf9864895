"""Phrases that name a part or a stretch of a period: "late next year", "past two weeks", "the rest of the month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kbaudit.text.dates import month_number
from kbaudit.text.dates_moments import Reference, Result, Rules, add_months, as_date, cut, months, period, same, shifted
from kbaudit.text.dates_words import LAST, MONTH, NEXT, NUMBER, RELATIVE, UNIT, direction, number_of

RULES = Rules()


@RULES.add(
    rf"(?:with)?in\s(?:the\s)?(?:next\s|coming\s)?(?P<n>{NUMBER})\s(?P<u>{UNIT})(?=\s(?:time)?)"
    if False
    else rf"within\s(?:the\s)?(?:next\s|coming\s)?(?P<n>{NUMBER})\s(?P<u>{UNIT})"
)
def _within(m: re.Match[str], ref: Reference) -> Result:
    return same(ref.today, shifted(ref.today, m["u"], number_of(m["n"])))


@RULES.add(
    r"(?:the\s)?(?P<part>end|beginning|start|middle|mid)[\s-](?:of\s)?(?:the\s)?(?P<u>week|month|year|quarter)(?!['’])"
)
def _end_of(m: re.Match[str], ref: Reference) -> Result:
    start, end = period(m["u"], ref.today, 0)
    return same(*cut(m["part"], m["u"].lower(), start, end))


@RULES.add(
    rf"(?P<part>early|earlier|late|later|mid|middle\sof|beginning\sof|start\sof|end\sof|the\s(?:beginning|start|end|middle)\sof)[\s-]+(?:in\s)?(?:the\s)?(?P<rel>{RELATIVE})\s(?P<u>week|month|year|quarter|decade)"
)
def _part(m: re.Match[str], ref: Reference) -> Result:
    start, end = period(m["u"], ref.today, direction(m["rel"]))
    return same(*cut(m["part"], m["u"].lower(), start, end))


@RULES.add(rf"(?P<rel>{NEXT}|{LAST})\s(?P<n>{NUMBER})\s?(?P<u>{UNIT})(?!\s(?:ago|later|from))")
def _span(m: re.Match[str], ref: Reference) -> Result:
    count = number_of(m["n"])
    if direction(m["rel"]) > 0:
        start = ref.today + timedelta(days=1)
        return same(start, shifted(start, m["u"], count))
    return same(shifted(ref.today, m["u"], -count), ref.today)


@RULES.add(r"(?:the\s)?rest\s(?:of\s)?(?:the|my|this|current|the\scurrent|our)\s(?P<u>week|month|year|quarter|decade)")
def _rest(m: re.Match[str], ref: Reference) -> Result:
    _, end = period(m["u"], ref.today, 0)
    return same(ref.today, end - timedelta(days=1))


@RULES.add(r"(?:(?P<u>week|month|year|quarter)[\s-]to[\s-]date|(?P<y>ytd|mtd|qtd))")
def _to_date(m: re.Match[str], ref: Reference) -> Result:
    unit = m["u"] or {"y": "year", "m": "month", "q": "quarter"}[m["y"][0].lower()]
    start, _ = period(unit, ref.today, 0)
    return same(start, ref.today)


@RULES.add(
    rf"(?:the\s)?(?P<w>first|last)\s(?:(?P<n>{NUMBER})\s)?(?P<u>days?|weeks?|months?)\sof\s(?:(?:the\s)?(?P<p>week|month|year)|(?P<rel>{RELATIVE})\s(?P<p2>week|month|year)|(?P<m>{MONTH})(?:,?\s(?P<my>(?:19|20)\d\d))?|(?P<y>(?:19|20)\d\d))(?!\w)"
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
        start, end = period(m["p"] or m["p2"], ref.today, direction(m["rel"]) if m["rel"] else 0)
    if m["u"].lower().startswith("week") and not m["n"]:
        return None
    count = number_of(m["n"]) if m["n"] else 1
    if m["w"].lower() == "first":
        day = shifted(start, m["u"], count)
        return same(start, day if m["n"] else start)
    day = shifted(end, m["u"], -count)
    return same(day, end if m["n"] else day)


@RULES.add(
    rf"(?P<part>early|late|mid|(?:the\s)?(?:beginning|start|end|middle)\sof)[\s-](?:(?P<m>{MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?(?!\s?\d)|(?P<y2>(?:19|20)\d\d))"
)
def _part_of(m: re.Match[str], ref: Reference) -> Result:
    if m["y2"]:
        return same(*cut(m["part"], "year", date(int(m["y2"]), 1, 1), date(int(m["y2"]) + 1, 1, 1)))
    month = month_number(m["m"])
    if m["y"]:
        first = date(int(m["y"]), month, 1)
        return same(*cut(m["part"], "month", first, add_months(first, 1)))
    found = months(month, ref)
    assert found is not None
    ahead, behind = found
    return (
        cut(m["part"], "month", as_date(ahead[0]), as_date(ahead[1])) if ahead else None,
        cut(m["part"], "month", as_date(behind[0]), as_date(behind[1])) if behind else None,
    )
