"""Dates that count from a moment of speaking: "next Friday", "the first week of October", "4 till 23 of this month".

Articles state dates; conversations and banners speak relative to the day they were written on. `understand` reads
both and resolves them against a reference moment, forward and backward where the words leave that open.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kbaudit.text import dates_days, dates_parts, dates_periods
from kbaudit.text.dates import find
from kbaudit.text.dates_moments import (
    Bounds,
    Reading,
    Reference,
    add_months,
    as_date,
    months,
    resolve_day,
    resolve_range,
    same,
)
from kbaudit.text.dates_times import clock_beside, clock_span, part_of_day
from kbaudit.text.dates_words import IGNORE

_RULES = (*dates_days.RULES.known, *dates_periods.RULES.known, *dates_parts.RULES.known)
_TO = re.compile(r"[\s,]{0,3}(?:-|–|—|to|until|till?|through|thru)\s{1,2}(?:the\s)?|\s{0,2}(?:-|–|—)\s{0,2}", IGNORE)
_AND = re.compile(r"[\s,]{0,2}and\s{1,2}(?:the\s)?", IGNORE)


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
                found.append(Reading(item.start, item.end, *same(begin, add_months(begin, 3))))
            else:
                begins = [date(y, first.month, 1) for y in range(ref.today.year - 1, ref.today.year + 2)]
                ahead = next(b for b in begins if b > ref.today)
                behind = [b for b in begins if add_months(b, 3) <= ref.today][-1]
                found.append(
                    Reading(item.start, item.end, (ahead, add_months(ahead, 3)), (behind, add_months(behind, 3)))
                )
            continue
        if item.kind == "year" and first.year:
            found.append(Reading(item.start, item.end, *same(date(first.year, 1, 1), date(first.year + 1, 1, 1))))
            continue
        if last is not None:
            bounds = resolve_range(first, last, ref)
            if bounds is not None:
                found.append(Reading(item.start, item.end, *bounds))
            continue
        if item.kind == "month" and first.month:
            if first.year:
                begin = date(first.year, first.month, 1)
                found.append(Reading(item.start, item.end, *same(begin, add_months(begin, 1))))
            else:
                month = months(first.month, ref)
                assert month is not None
                found.append(Reading(item.start, item.end, *month))
            continue
        resolved = resolve_day(first, ref)
        if resolved is not None:
            found.append(Reading(item.start, item.end, *resolved, single=True))
    return found


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
        opened = re.search(r"\b(from|between)\s{1,2}(?:the\s)?$", before, IGNORE)
        if not (_TO.fullmatch(between) or (_AND.fullmatch(between) and opened and opened[1].lower() == "between")):
            continue
        start = left.start - (len(before) - opened.start()) if opened else left.start
        future = (left.future[0], right.future[0]) if left.future and right.future else None
        past = (left.past[0], right.past[0]) if left.past and right.past else None
        if future and as_date(future[1]) < as_date(future[0]) and past:
            # One end has passed already: the range is running.
            future = past = (left.past[0] if left.past else future[0], right.future[0] if right.future else future[1])
        if past and future and as_date(past[1]) < as_date(past[0]):
            past = future
        found.append(Reading(start, right.end, future, past))
    for item in readings:
        before = text[max(0, item.start - 9) : item.start]
        if (
            not item.single
            and (m := re.search(r"\b(?:from|between)\s{1,2}$", before, IGNORE))
            and re.search(r"\b(?:to|and|-|–|till?|until|through)\b|-", text[item.start : item.end])
        ):
            found.append(Reading(item.start - (len(before) - m.start()), item.end, item.future, item.past))
    return found


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
    return (datetime.combine(as_date(bounds[0]), begin), datetime.combine(as_date(bounds[0]), finish))


__all__ = ["Reading", "Reference", "understand"]
