"""Hours and parts of a day beside a date."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from kbaudit.text.dates_moments import moved
from kbaudit.text.dates_words import HOUR_UNIT, LAST, NEXT, NUMBER, UNIT, direction, durations, number_of

_I = re.IGNORECASE
PARTS: dict[str, tuple[time, time]] = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(16)),
    "evening": (time(16), time(20)),
    "night": (time(20), time(23, 59, 59)),
    "daytime": (time(8), time(18)),
    "business hours": (time(8), time(18)),
    "lunchtime": (time(11), time(13)),
}
_PART = (
    r"(?:(?P<mod>early|late|mid)[\s-]?)?(?P<part>morning|afternoon|evening|night|daytime|business\shours|lunchtime)s?"
)
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CLOCK = r"(?:(?P<{0}w>half\spast|quarter\spast|quarter\sto)\s)?(?P<{0}h>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|midnight)(?::(?P<{0}m>\d\d)|(?<=[012]\d)(?P<{0}n>[0-5]\d)(?=\s?(?:-|–|to\b|$|[,.;?]|\s)))?(?:\s?(?P<{0}x>am|pm|a\.m\.|p\.m\.))?(?:\so\s?['’]?\s?clock)?"
_RANGE = (
    r"(?:from\s|between\s)?" + _CLOCK.format("a") + r"\s?(?:to|and|-|–|till?|until|through)\s?" + _CLOCK.format("b")
)
_BEFORE = re.compile(rf"(?:(?:in\s(?:the\s)?)?{_PART}|{_RANGE}),?\s(?:on\s|of\s)?(?:the\s)?$", _I)
_HALF = r"(?:morning|afternoon|evening|night)"
_AFTER = re.compile(
    rf"(?:['’]s)?,?\s(?:(?:(?P<before>{_HALF}),?\s)?(?:at\s)?{_RANGE}\b(?:\s(?:in\s)?(?:the\s)?(?P<after>{_HALF})\b)?|(?:in\s(?:the\s)?|at\s)?{_PART}\b)",
    _I,
)
_ALONE = re.compile(
    r"\b(?:(?:(?P<mod>early|late)\s)?(?P<rel>this|tonight|tonite|last|yesterday|tomorrow|today|next)\s?(?:(?P<mod2>early|late)[\s-])?(?P<part>morning|afternoon|evening|night)?|(?P<half>later|earlier)\stoday|(?:the\s)?(?:rest|remainder)\s(?:of\s)?(?:the|my|this|current|the\scurrent)\s(?P<rest>day)|(?:the\s)?(?:rest|remainder)\sof\s(?P<rest2>today))\b",
    _I,
)


_SHIFTS = {"this": 0, "today": 0, "last": -1, "yesterday": -1, "tomorrow": 1, "next": 1}
_STRETCH = re.compile(
    rf"\b(?:(?P<rel>{NEXT}|{LAST})\s(?:(?P<n>{NUMBER})\s?)?|(?P<n2>{NUMBER})\s(?P<rel2>{NEXT}|{LAST})\s|(?P<in>within)\s(?:the\s)?(?:(?:next|coming|upcoming)\s)?(?P<n3>{NUMBER})\s?)(?P<u>{HOUR_UNIT})\b",
    _I,
)


_PIECE = rf"{NUMBER}\s?(?:{UNIT}|{HOUR_UNIT})\b"
_MIXED = re.compile(
    rf"\b(?:(?P<in>within)\s(?:the\s)?(?:(?:next|coming|upcoming)\s)?|(?P<rel>{NEXT}|{LAST})\s)(?P<d>{_PIECE}(?:(?:,\sand\s|,\s|\sand\s|\s){_PIECE}){{1,4}})",
    _I,
)
_HOURS_IN = re.compile(rf"({NUMBER})\s?({HOUR_UNIT})\b", _I)


def _length(text: str) -> timedelta:
    """The hours, minutes and seconds of a duration."""
    sizes = {"h": 3600, "m": 60, "s": 1}
    return timedelta(seconds=sum(number_of(m[1]) * sizes[m[2][0].lower()] for m in _HOURS_IN.finditer(text)))


def _mixed(text: str, now: datetime) -> Iterator[tuple[int, int, datetime, datetime]]:
    """Days and hours counted from now together ("within one day and five hours")."""
    for match in _MIXED.finditer(text):
        length = _length(match["d"])
        if not length:
            continue
        ahead = bool(match["in"]) or direction(match["rel"]) > 0
        sign = 1 if ahead else -1
        day = moved(now.date(), durations(match["d"]), sign)
        other = datetime.combine(day, now.time()) + sign * length
        yield (match.start(), match.end(), *((now, other) if ahead else (other, now)))


def hours_from(text: str, now: datetime) -> Iterator[tuple[int, int, datetime, datetime]]:
    """Hours, minutes and seconds counted from now ("the next two hours", "past 10 minutes")."""
    yield from _mixed(text, now)
    for match in _STRETCH.finditer(text):
        length = _length(f"{match['n'] or match['n2'] or match['n3'] or 'one'} {match['u']}")
        ahead = bool(match["in"]) or direction(match["rel"] or match["rel2"]) > 0
        yield (match.start(), match.end(), *((now, now + length) if ahead else (now - length, now)))


def _bounds(match: re.Match[str], half: str | None = None) -> tuple[time, time] | None:
    if match["part"]:
        return _halved(match["part"], match["mod"])
    first = _clock(match, "a", match["ax"] or match["bx"] or half)
    last = _clock(match, "b", match["bx"] or half)
    if first is None or last is None:
        return None
    if match["bx"] and not match["ax"] and first >= last and first.hour >= 12:
        first = time(first.hour - 12, first.minute)
    if not match["bx"] and last <= first and last.hour < 12:
        # "11-4", "8am-3": the end is the next one on the clock.
        last = time(last.hour + 12, last.minute)
    return (first, last)


def _halved(part: str, modifier: str | None) -> tuple[time, time]:
    start, end = PARTS[" ".join(part.lower().split())]
    if not modifier:
        return (start, end)
    last = end.hour + (1 if end.minute else 0)
    if modifier.lower() == "mid":
        quarter = (last - start.hour) // 4
        return (time(start.hour + quarter), time(last - quarter))
    middle = time((start.hour + last) // 2)
    return (start, middle) if modifier.lower() == "early" else (middle, end)


def _clock(match: re.Match[str], which: str, half: str | None) -> time | None:
    hour, minute = match[which + "h"].lower(), int(match[which + "m"] or match[which + "n"] or 0)
    if hour in ("noon", "midday", "midnight"):
        return time(0 if hour == "midnight" else 12)
    number = int(hour) if hour.isdigit() else _HOURS.index(hour) + 1
    if half and number <= 12:
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    if match[which + "w"]:
        words = match[which + "w"].lower()
        minute = 30 if words.startswith("half") else 15 if words.endswith("past") else 45
        number = (number - 1) % 24 if words.endswith("to") else number
    return time(number, minute) if number < 24 and minute < 60 else None


def clock_span(text: str, start: int, end: int) -> Iterator[tuple[int, int, time, time]]:
    """The hours right before or after the date at `text[start:end]`: where they stand, first and last moment."""
    before = _BEFORE.search(text, max(0, start - 40), start)
    after = _AFTER.match(text, end)
    if before is not None and after is not None and after["ah"] and before["part"]:
        found = _bounds(after)
        if found is not None:
            yield (before.start(), after.end(), *found)
    if before is not None and (found := _bounds(before)) is not None:
        yield (before.start(), end, *found)
    if after is not None:
        said = (after["before"] or after["after"] or "").lower()
        found = _bounds(after, ("am" if said == "morning" else "pm") if said else None)
        if found is not None:
            yield (start, after.end(), *found)


_HOUR_AFTER = re.compile(
    r",?\s(?:at\s|by\s)?(?:around\s|about\s)?" + _CLOCK.format("a") + r"(?![\w:/-]|\s(?:days?|weeks?|items?)\b)",
    _I,
)
_HOUR_BEFORE = re.compile(r"\b" + _CLOCK.format("a") + r",?\s(?:on\s|of\s)?(?:the\s)?$", _I)


def clock_beside(text: str, start: int, end: int) -> tuple[int, int, time] | None:
    """The hour right after or before the date at `text[start:end]`: where it stands, and which."""
    after = _HOUR_AFTER.match(text, end)
    if after is not None and (after["am"] or after["ax"] or " at " in after.group()):
        moment = _clock(after, "a", after["ax"])
        if moment is not None:
            return (start, after.end(), moment)
    before = _HOUR_BEFORE.search(text, max(0, start - 16), start)
    if before is not None and (before["am"] or before["ax"]):
        moment = _clock(before, "a", before["ax"])
        if moment is not None:
            return (before.start(), end, moment)
    return None


def part_of_day(text: str, now: datetime) -> Iterator[tuple[int, int, int, time, time]]:
    """Parts of a day named relative to now ("last night", "the rest of the day"), with the shift in days."""
    for match in _ALONE.finditer(text):
        if match["rest"] or match["rest2"]:
            yield (match.start(), match.end(), 0, now.time(), time(23, 59, 59))
            continue
        if match["half"]:
            later = match["half"].lower() == "later"
            begin, finish = (now.time(), time(23, 59, 59)) if later else (time(0), now.time())
            yield (match.start(), match.end(), 0, begin, finish)
            continue
        relative = match["rel"].lower()
        half = "a" if match["part"] and match["part"].lower() == "morning" else "p"
        hours = _BEFORE.search(text, max(0, match.start() - 40), match.start())
        if (match["part"] or relative.startswith("ton")) and hours is not None and hours["ah"]:
            span = _bounds(hours, half)
            if span is not None:
                yield (hours.start(), match.end(), _SHIFTS.get(relative, 0), *span)
                continue
        after = _AFTER.match(text, match.end("part" if match["part"] else "rel"))
        if (match["part"] or relative.startswith("ton")) and after is not None and after["ah"]:
            span = _bounds(after, half)
            if span is not None:
                yield (match.start(), after.end(), _SHIFTS.get(relative, 0), *span)
                continue
        if relative in ("tonight", "tonite"):
            yield (match.start(), match.end("rel"), 0, *_halved("night", match["mod"]))
        elif match["part"]:
            yield (
                match.start(),
                match.end(),
                _SHIFTS[relative],
                *_halved(match["part"], match["mod"] or match["mod2"]),
            )
