"""Dates that count from a moment of speaking: "next Friday", "the first week of October", "4 till 23 of this month".

Articles state dates; conversations and banners speak relative to the day they were written on. `understand` reads
both and resolves them against a reference moment, forward and backward where the words leave that open.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kbaudit.text import dates_days, dates_parts, dates_periods, dates_spelled, dates_weeks
from kbaudit.text.dates import Day, find, points, weekday_number
from kbaudit.text.dates_moments import (
    Bounds,
    Moment,
    Reading,
    Reference,
    add_months,
    as_date,
    months,
    moved,
    resolve_day,
    resolve_range,
    same,
)
from kbaudit.text.dates_times import clock_beside, clock_span, hours_from, part_of_day
from kbaudit.text.dates_words import DURATION, IGNORE, MONTH_NAME, ORDINAL, UNTIL, WEEKDAY, day_of, durations

_RULES = (
    *dates_spelled.RULES.known,
    *dates_days.RULES.known,
    *dates_weeks.RULES.known,
    *dates_periods.RULES.known,
    *dates_parts.RULES.known,
)
_TONIGHT = re.compile(r"\b(?:tonight|tonite)\b", IGNORE)
_WIDE = re.compile(r"[ \t\u00a0]{2,}")
# Lower-case "may", "march" and "dec" are months beside a day or another month.
_MONTH_SAID = re.compile(
    rf"\b(?:may|mar(?:ch)?|dec)(?=\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL})\b(?!\s(?:business\s|working\s)?(?:days?|weeks?|hours?|items?|times?)\b))"
    rf"|\b{MONTH_NAME}\s?(?:-|–|to|until|till?|through|thru|and)\s?{MONTH_NAME}\b(?!\s(?:be|have|not|also|only)\b)"
)
_FRACTION = re.compile(r"\d{1,2}[/-]\d{1,2}")
# "The 27th floor" is no day.
_NOUN = re.compile(
    r"\s(?!(?:of|at|to|and|or|for|from|until|till|through|in|is|was|are|were|will|would|should|can|could|has|have|this|next|last|by|on|due|with|as|if|but|so|when|where|before|after|between|please|works?|morning|afternoon|evening|night|instead|only|then|because|around|about|it|i|we|you|he|she|they)\b)[a-z]",
    IGNORE,
)
_FROM = re.compile(
    rf"(?<![\w])(?:(?P<day>the\sday)|(?P<n>{DURATION}))\s(?P<w>from|after|before|prior\sto)\s(?:the\s)?$", IGNORE
)
_LASTING = re.compile(
    rf"(?<![\w])for\s(?P<n>{DURATION}),?\s(?:from|starting|beginning|as\sof)\s(?:on\s)?(?:the\s)?$", IGNORE
)
_MORE_LESS = re.compile(r"\b(?P<w>more|less)\sthan\s$", IGNORE)
_COUNTED = re.compile(rf"(?P<n>{DURATION})\s(?P<w>ago|back|before|earlier|prior|after|later|from|hence)\b", IGNORE)
_BARE_DAY = re.compile(rf"(?:the\s)?(?P<d>{ORDINAL}|\d{{1,2}})", IGNORE)
_SPLIT_DAY = re.compile(
    rf"\b(?P<a>(?:{ORDINAL}|last)\s{WEEKDAY})\s(?=\S)[^.;?!\n]{{3,24}}?\s(?P<b>(?:of|in)\s(?:(?:(?:the\s)?(?:next|this|last)|the)\smonth|{MONTH_NAME}\b(?:\s\d{{4}})?))",
    IGNORE,
)
_BARE_WEEKDAY = re.compile(rf"(?:the\s)?(?P<wd>{WEEKDAY})", IGNORE)
_ENDS = re.compile(r"(?:the\s)?end\sof\b", IGNORE)
_THEN_WEEKDAY = re.compile(
    rf"(?:\.(?=\son\b))?,?\s(?:how\sabout\s|say\s|maybe\s)?(?:on\s)?(?:the\s)?(?P<wd>{WEEKDAY})(?!\s(?:the\s)?\d)",
    IGNORE,
)
# "5 to 6 of April 22": hours of a day, not days of a year in two digits.
_HOURS_OF = re.compile(rf"\d{{1,2}}{UNTIL}\d{{1,2}}\sof\s(?P<m>{MONTH_NAME}\s(?P<d>\d{{1,2}}))", IGNORE)
_TO = re.compile(
    r"[\s,]{0,3}(?:--?|–|—|to|up\sto|(?:up\s)?until|['’]?till?|through|thru|throughout|ending(?:\son)?|and\sends?(?:\son)?)\s{1,2}(?:and\sincluding\s)?(?:the\s|on\s)?|\s{0,2}(?:--?|–|—|~|\.\.\.?)\s{0,2}",
    IGNORE,
)
_AND = re.compile(r"[\s,]{0,2}and\s{1,2}(?:the\s)?", IGNORE)


def understand(text: str, now: datetime, *, day_first: bool = False) -> list[Reading]:
    """Every date, period and range of a sentence, resolved against the moment of speaking; no overlaps."""
    wide = [match.span() for match in _WIDE.finditer(text)]
    if not wide:
        return _understand(text, Reference(now), day_first)
    # Phrases are written with single spaces: read the sentence so, and find the places again.
    places: list[int] = []
    last = 0
    for start, end in wide:
        places.extend(range(last, start + 1))
        last = end
    places.extend(range(last, len(text) + 1))
    narrow = "".join(text[place] for place in places[:-1])
    found = _understand(narrow, Reference(now), day_first)
    return [replace(item, start=places[item.start], end=places[item.end - 1] + 1) for item in found]


def _understand(text: str, ref: Reference, day_first: bool) -> list[Reading]:
    candidates = _absolute(text, ref, day_first=day_first)
    for pattern, handler, single in _RULES:
        for match in pattern.finditer(text):
            try:
                resolved = handler(match, ref)
            except (ValueError, OverflowError):
                # Beyond the calendar ("the last 31 centuries"), or no such day.
                continue
            if resolved is not None:
                end = match.end() - (len(match.group()) - len(match.group().rstrip(".")))
                candidates.append(Reading(match.start(), end, *resolved, single=single))
    chosen = _longest(candidates)
    chosen = _longest([*chosen, *_lasting(text, candidates), *_counted_from(text, chosen), *_weekday_in(text, chosen)])
    chosen = _longest([*chosen, *_bounded(text, chosen)])
    chosen = _longest([*chosen, *_joined(text, chosen, ref)])
    here: Bounds = (ref.today, ref.today)
    tonight = [Reading(*match.span(), here, here, single=True) for match in _TONIGHT.finditer(text)]
    moments = _points(text, _longest([*(item for item in candidates if item.single), *tonight]))
    ranges = _joined(text, moments, ref) if len(moments) > 1 else []
    return _longest([*chosen, *clock_spans(text, chosen, ref), *ranges, *_split_days(text, ref)])


def _absolute(text: str, ref: Reference, *, day_first: bool) -> list[Reading]:
    found = []
    text = _MONTH_SAID.sub(lambda match: match.group().title(), text)
    for item in (*find(text, day_first=day_first), *points(text, day_first=day_first)):
        first, last = item.first, item.last
        bare = first == Day(day=first.day) or _FRACTION.fullmatch(text, item.start, item.end)
        if last is None and bare and (_NOUN.match(text, item.end) or text[item.start : item.end] == "24/7"):
            continue
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
        if last is not None and (hours := _HOURS_OF.fullmatch(text, item.start, item.end)):
            day = resolve_day(Day(month=first.month, day=int(hours["d"])), ref)
            if day is not None:
                found.append(Reading(hours.start("m"), item.end, *day, single=True))
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
        if first.year and first.year >= 2030 and str(first.year) not in text[item.start : item.end]:
            # Two digits from 30 on leave the century open, from 40 on they are of the last one.
            earlier = resolve_day(replace(first, year=first.year - 100), ref)
            if earlier is not None and resolved is not None:
                resolved = (resolved[0] if first.year < 2040 else earlier[0], earlier[1])
        if resolved is not None:
            found.append(Reading(item.start, item.end, *resolved, single=True))
    return found


def _longest(candidates: list[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for item in sorted(candidates, key=lambda r: (-(r.end - r.start), r.start)):
        if not any(item.start < other.end and other.start < item.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda r: r.start)


def _counted_from(text: str, readings: list[Reading]) -> list[Reading]:
    """Durations before a date ("two weeks before 13 May", "three days after next Friday", "the day after 4 July")."""
    found = []
    for item in readings:
        match = _FROM.search(text, max(0, item.start - 60), item.start) if item.single and item.future else None
        if match is None or item.future is None:
            continue
        parts = [(1, "day")] if match["day"] else durations(match["n"])
        sign = 1 if match["w"].lower() in ("from", "after") else -1
        day = moved(as_date(item.future[0]), parts, sign)
        found.append(Reading(match.start(), item.end, (day, day), (day, day), single=True))
    return found


def _lasting(text: str, readings: list[Reading]) -> list[Reading]:
    """A duration that begins with a date ("for two weeks from 20 December", "for 3 days starting on Monday")."""
    found = []
    for item in readings:
        match = _LASTING.search(text, max(0, item.start - 60), item.start) if item.single else None
        if match is None:
            continue
        side = item.future or item.past
        if side is not None:
            start = as_date(side[0])
            span = (start, moved(start, durations(match["n"])))
            found.append(Reading(match.start(), item.end, span, span))
    return found


def _split_days(text: str, ref: Reference) -> list[Reading]:
    """Hours between a weekday and its month ("the first Monday evening of next month")."""
    found = []
    for match in _SPLIT_DAY.finditer(text):
        known = [item for item in _understand(f"{match['a']} {match['b']}", ref, False) if item.single]
        hours = next(clock_span(match.group(), 0, match.end("a") - match.start()), None)
        if len(known) == 1 and hours is not None and hours[1] >= match.start("b") - match.start() - 1:
            begin, finish = hours[2], hours[3]
            future, past = _at(known[0].future, begin, finish), _at(known[0].past, begin, finish)
            found.append(Reading(match.start(), match.end(), future, past))
    return found


def _bounded(text: str, readings: list[Reading]) -> list[Reading]:
    """Days counted with a bound ("more than two weeks ago", "less than three days after tomorrow")."""
    found = []
    for item in readings:
        before = _MORE_LESS.search(text, max(0, item.start - 12), item.start)
        counted = _COUNTED.match(text, item.start, item.end)
        if before is None or counted is None or item.future is None:
            continue
        day = as_date(item.future[0])
        back = counted["w"].lower() in ("ago", "back", "before", "earlier", "prior")
        base = moved(day, durations(counted["n"]), 1 if back else -1)
        # More than: the last or first day that it may be; less than: the days up to the one that is counted from.
        span = (day, day) if before["w"].lower() == "more" else (min(day, base), max(day, base))
        found.append(Reading(before.start(), item.end, span, span))
    return found


def _weekday_in(text: str, readings: list[Reading]) -> list[Reading]:
    """The weekday named after its week ("next week, on Wednesday", "the first week of October, Friday")."""
    found = []
    for item in readings:
        match = _THEN_WEEKDAY.match(text, item.end)
        if match is None or item.single or item.future is None:
            continue
        sides = []
        for side in (item.future, item.past):
            if side is None or as_date(side[1]) - as_date(side[0]) != timedelta(days=7):
                break
            day = as_date(side[0]) + timedelta(days=weekday_number(match["wd"]))
            sides.append((day, day))
        if len(sides) == 2:
            end = match.end("wd") - match["wd"].endswith(".")
            found.append(Reading(item.start, end, sides[0], sides[1], single=True))
    return found


def _following(said: str, start: Moment) -> Moment | None:
    """The first day from `start` on that a bare day of the month or weekday ("the third", "Friday") can mean."""
    day = as_date(start)
    if match := _BARE_DAY.fullmatch(said):
        number = day_of(match["d"])
        near = (day + timedelta(days=shift) for shift in range(1, 62))
        return next((other for other in near if other.day == number), None)
    if match := _BARE_WEEKDAY.fullmatch(said):
        return day + timedelta(days=(weekday_number(match["wd"]) - day.weekday()) % 7 or 7)
    return None


def _bounds(text: str, left: Reading, right: Reading, past: bool) -> Bounds | None:
    """First and last moment of a range from what its two ends say."""
    a, b = (left.past, right.past) if past else (left.future, right.future)
    if a is None or b is None:
        return None
    begin = a[1] if _ENDS.match(text[left.start : left.end]) else a[0]
    if right.single and not isinstance(b[0], datetime) and not _BARE_WEEKDAY.fullmatch(text[left.start : left.end]):
        following = _following(text[right.start : right.end], begin)
        if following is not None:
            return (begin, following)
    return (begin, b[1] if _ENDS.match(text[right.start : right.end]) else b[0])


def _joined(text: str, readings: list[Reading], ref: Reference) -> list[Reading]:
    found = []
    for left, right in pairwise(readings):
        between = text[left.end : right.start]
        before = text[max(0, left.start - 14) : left.start]
        opened = re.search(r"\b(from|between)\s{1,2}(?:the\s)?$", before, IGNORE)
        if not (_TO.fullmatch(between) or (_AND.fullmatch(between) and opened and opened[1].lower() == "between")):
            continue
        start = left.start - (len(before) - opened.start()) if opened else left.start
        future, past = _bounds(text, left, right, False), _bounds(text, left, right, True)
        if future and as_date(future[1]) < as_date(future[0]) and left.past and right.future:
            # One end has passed already: the range is running.
            future = past = (left.past[0], right.future[0])
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
    for start, end, since, until in hours_from(text, ref.now):
        found.append(Reading(start, end, (since, until), (since, until)))
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
    day = as_date(bounds[0])
    # "10pm to 3am": the end is on the next day.
    return (datetime.combine(day, begin), datetime.combine(day + timedelta(days=finish < begin), finish))


__all__ = ["Reading", "Reference", "understand"]
