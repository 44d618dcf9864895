"""Hours and parts of a day beside a date."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time

_I = re.IGNORECASE
PARTS: dict[str, tuple[time, time]] = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(16)),
    "evening": (time(16), time(20)),
    "night": (time(20), time(23, 59, 59)),
}
_PART = r"(?:(?P<mod>early|late)[\s-])?(?P<part>morning|afternoon|evening|night)s?"
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CLOCK = r"(?P<{0}h>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?::(?P<{0}m>\d\d))?(?:\s?(?P<{0}x>am|pm|a\.m\.|p\.m\.))?"
_RANGE = (
    r"(?:from\s|between\s)?" + _CLOCK.format("a") + r"\s?(?:to|and|-|–|till?|until|through)\s?" + _CLOCK.format("b")
)
_BEFORE = re.compile(rf"(?:(?:in\s(?:the\s)?)?{_PART}|{_RANGE})\s(?:on\s|of\s)?(?:the\s)?$", _I)
_AFTER = re.compile(rf",?\s(?:(?:in\s(?:the\s)?|at\s)?{_PART}\b|{_RANGE}\b)", _I)
_ALONE = re.compile(
    r"\b(?:(?:(?P<mod>early|late)\s)?(?P<rel>this|tonight|tonite|last|yesterday|tomorrow|today|next)\s?(?P<part>morning|afternoon|evening|night)?|(?:the\s)?rest\s(?:of\s)?(?:the|my|this|current|the\scurrent)\s(?P<rest>day))\b",
    _I,
)


def _bounds(match: re.Match[str]) -> tuple[time, time] | None:
    if match["part"]:
        return _halved(match["part"], match["mod"])
    first = _clock(match["ah"], match["am"], match["ax"] or match["bx"])
    last = _clock(match["bh"], match["bm"], match["bx"])
    if first is None or last is None:
        return None
    if match["bx"] and not match["ax"] and first >= last and first.hour >= 12:
        first = time(first.hour - 12, first.minute)
    return (first, last)


def _halved(part: str, modifier: str | None) -> tuple[time, time]:
    start, end = PARTS[part.lower()]
    if not modifier:
        return (start, end)
    middle = time((start.hour + (end.hour + (1 if end.minute else 0))) // 2)
    return (start, middle) if modifier.lower() == "early" else (middle, end)


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour) if hour.isdigit() else _HOURS.index(hour.lower()) + 1
    if half and number <= 12:
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


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
    if after is not None and (found := _bounds(after)) is not None:
        yield (start, after.end(), *found)


_HOUR_AFTER = re.compile(
    r",?\s(?:at\s)?(?:around\s)?" + _CLOCK.format("a") + r"(?![\w:/-]|\s(?:to|days?|weeks?|items?)\b)", _I
)
_HOUR_BEFORE = re.compile(r"\b" + _CLOCK.format("a") + r",?\s(?:on\s|of\s)?(?:the\s)?$", _I)


def clock_beside(text: str, start: int, end: int) -> tuple[int, int, time] | None:
    """The hour right after or before the date at `text[start:end]`: where it stands, and which."""
    after = _HOUR_AFTER.match(text, end)
    if after is not None and (after["am"] or after["ax"] or " at " in after.group()):
        moment = _clock(after["ah"], after["am"], after["ax"])
        if moment is not None:
            return (start, after.end(), moment)
    before = _HOUR_BEFORE.search(text, max(0, start - 16), start)
    if before is not None and (before["am"] or before["ax"]):
        moment = _clock(before["ah"], before["am"], before["ax"])
        if moment is not None:
            return (before.start(), end, moment)
    return None


def part_of_day(text: str, now: datetime) -> Iterator[tuple[int, int, int, time, time]]:
    """Parts of a day named relative to now ("last night", "the rest of the day"), with the shift in days."""
    for match in _ALONE.finditer(text):
        if match["rest"]:
            yield (match.start(), match.end(), 0, now.time(), time(23, 59, 59))
            continue
        relative = match["rel"].lower()
        if relative in ("tonight", "tonite"):
            yield (match.start(), match.end("rel"), 0, *PARTS["night"])
        elif match["part"]:
            shift = {"this": 0, "today": 0, "last": -1, "yesterday": -1, "tomorrow": 1, "next": 1}[relative]
            yield (match.start(), match.end(), shift, *_halved(match["part"], match["mod"]))
