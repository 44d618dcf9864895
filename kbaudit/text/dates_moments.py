"""Moments and periods: what they are, how they shift, and which one a day without a year means from a moment of speaking."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kbaudit.text.dates import Day, month_end
from kbaudit.text.dates_words import IGNORE

Moment = date | datetime


Bounds = tuple[Moment, Moment]


@dataclass(frozen=True, slots=True)
class Reading:
    """What `text[start:end]` means: first and last (exclusive for periods) moment, read forward and backward."""

    start: int
    end: int
    future: Bounds | None
    past: Bounds | None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The moment of speaking."""

    now: datetime

    @property
    def today(self) -> date:
        """Its day."""
        return self.now.date()


Result = tuple[Bounds | None, Bounds | None] | None


Handler = Callable[[re.Match[str], Reference], Result]


@dataclass(frozen=True, slots=True)
class Rules:
    """The phrases of a module: pattern, what it means, and whether that is one day."""

    known: list[tuple[re.Pattern[str], Handler, bool]] = field(default_factory=list)

    def add(self, pattern: str, *, single: bool = False) -> Callable[[Handler], Handler]:
        """Decorator: the function below reads what the pattern finds."""
        compiled = re.compile(rf"(?<![\w'’/-])(?:{pattern})(?![\w])", IGNORE)

        def register(handler: Handler) -> Handler:
            self.known.append((compiled, handler, single))
            return handler

        return register


def add_months(day: date, months: int) -> date:
    """A day so many months later; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def shifted(day: date, unit: str, count: int) -> date:
    unit = unit.lower()
    if unit.startswith(("business", "work", "weekday")):
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= day.weekday() < 5
        return day
    if unit.startswith("day"):
        return day + timedelta(days=count)
    if unit.startswith("weekend"):
        return week_of(day, count)[0] + timedelta(days=5)
    if unit.startswith(("week", "wk")):
        return day + timedelta(weeks=count)
    if unit.startswith("fortnight"):
        return day + timedelta(weeks=2 * count)
    months = {"mo": 1, "qu": 3, "ye": 12, "yr": 12, "de": 120, "ce": 1200}[unit[:2]]
    return add_months(day, months * count)


def moved(day: date, parts: Iterable[tuple[int, str]], sign: int = 1) -> date:
    """A day a whole duration later, or earlier with `sign` -1."""
    for count, unit in parts:
        day = shifted(day, unit, sign * count)
    return day


def in_year(found: Result, year: int) -> Result:
    """The same month and day in another year."""
    side = (found[0] or found[1]) if found else None
    if side is None:
        return None
    day = as_date(side[0])
    other = Day(month=day.month, day=day.day).on(year)
    return same(other, other) if other else (None, None)


def nth_weekend(year: int, month: int, nth: int) -> tuple[date, date] | None:
    """The nth or last weekend whose Saturday is in a month."""
    saturday = nth_weekday(year, month, 5, nth)
    return (saturday, saturday + timedelta(days=2)) if saturday else None


def nearest(spans: Iterable[Bounds], ref: Reference) -> Result:
    """The first span that begins today or later and the last one that began before."""
    known = sorted(spans, key=lambda span: as_date(span[0]))
    ahead = [span for span in known if as_date(span[0]) >= ref.today]
    behind = [span for span in known if as_date(span[0]) < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)


def week_of(day: date, shift: int = 0) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return (monday, monday + timedelta(days=7))


def period(unit: str, day: date, shift: int) -> tuple[date, date]:
    """The week, weekend, month, quarter, year or decade of a day, shifted; the end is exclusive."""
    unit = unit.lower().rstrip("s")
    if unit.startswith("weekend"):
        monday, _ = week_of(day, shift)
        return (monday + timedelta(days=5), monday + timedelta(days=7))
    if unit.startswith(("week", "wk")):
        return week_of(day, shift)
    if unit.startswith("fortnight"):
        monday, _ = week_of(day, 2 * shift)
        return (monday, monday + timedelta(weeks=2))
    if unit.startswith("centur"):
        first = date((day.year // 100 + shift) * 100, 1, 1)
        return (first, date(first.year + 100, 1, 1))
    if unit.startswith("mo"):
        first = add_months(date(day.year, day.month, 1), shift)
        return (first, add_months(first, 1))
    if unit.startswith("quarter"):
        first = add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        return (first, add_months(first, 3))
    if unit.startswith(("year", "yr")):
        return (date(day.year + shift, 1, 1), date(day.year + shift + 1, 1, 1))
    if unit.startswith("decade"):
        first = date((day.year // 10 + shift) * 10, 1, 1)
        return (first, date(first.year + 10, 1, 1))
    return (day + timedelta(days=shift), day + timedelta(days=shift + 1))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = month_end(year, month)
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    return day if day.month == month else None


def weeks_of_month(year: int, month: int, nth: int) -> tuple[date, date]:
    """The nth week of a month: weeks belong to the month that holds their Thursday (ISO 8601)."""
    if nth > 0:
        thursday = nth_weekday(year, month, 3, min(nth, 4)) or date(year, month, 28)
        return week_of(thursday, nth - min(nth, 4))
    last = nth_weekday(year, month, 3, -1)
    return week_of(last or month_end(year, month))


def cut(part: str, unit: str, start: date, end: date) -> tuple[date, date]:
    part = part.lower()
    if unit == "week":
        middle = start + timedelta(days=3)
    elif unit == "month":
        middle = start + timedelta(days=15)
    elif unit in ("year", "yr"):
        middle = date(start.year, 7, 1)
    else:
        middle = start + (end - start) / 2
    if re.search("early|earlier|beginning|start", part):
        return (start, middle)
    if re.search("late|later|end", part):
        return (middle, end)
    if unit == "week":
        return (start + timedelta(days=1), start + timedelta(days=5))
    if unit == "month":
        return (start + timedelta(days=9), start + timedelta(days=20))
    if unit in ("year", "yr"):
        return (date(start.year, 4, 1), date(start.year, 10, 1))
    quarter = (end - start) / 4
    return (start + quarter, end - quarter)


def same(a: Moment, b: Moment) -> tuple[Bounds, Bounds]:
    return ((a, b), (a, b))


def as_date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def around(days: list[date], ref: Reference) -> Result:
    future = [day for day in days if day >= ref.today]
    past = [day for day in days if day < ref.today]
    return ((min(future), min(future)) if future else None, (max(past), max(past)) if past else None)


def months(month: int, ref: Reference) -> Result:
    this = date(ref.today.year, month, 1)
    future = this if month >= ref.today.month else date(this.year + 1, month, 1)
    past = this if month < ref.today.month else date(this.year - 1, month, 1)
    return ((future, add_months(future, 1)), (past, add_months(past, 1)))


def month_days(month: int, first: int, last: int, year: str | None, ref: Reference) -> Result:
    def both(y: int) -> Bounds | None:
        a, b = Day(month=month, day=first).on(y), Day(month=month, day=last).on(y)
        return (a, b) if a and b else None

    if year:
        found = both(int(year))
        return (found, found)
    years = [found for y in range(ref.today.year - 1, ref.today.year + 2) if (found := both(y))]
    ahead = [item for item in years if item[0] >= ref.today]
    behind = [item for item in years if item[0] < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)


def resolve_day(day: Day, ref: Reference) -> Result:
    today = ref.today
    if day.year and day.month and day.day:
        found = day.on(day.year)
        return same(found, found) if found else (None, None)
    if day.month and day.day:
        if day.alt and day.weekday is not None:
            # "Friday 7.6": the order of day and month by which it is a Friday this year.
            other = Day(month=day.alt[0], day=day.alt[1])
            fits = [d for d in (day.on(today.year), other.on(today.year)) if d and d.weekday() == day.weekday]
            if fits and fits == [other.on(today.year)]:
                day = other
        days = [d for y in range(today.year - 4, today.year + 5) if (d := day.on(y))]
        return around(days, ref)
    if day.day and day.weekday is not None:
        first = date(today.year, today.month, 1)
        found = Day(month=first.month, day=day.day).on(first.year)
        if found is not None and found.weekday() != day.weekday:
            near = [
                d
                for shift in range(-12, 13)
                if (d := Day(month=(m := add_months(first, shift)).month, day=day.day).on(m.year))
                and d.weekday() == day.weekday
            ]
            return around(near, ref)
        if found is None:
            near = [
                d
                for shift in range(-12, 13)
                if (d := Day(month=(m := add_months(first, shift)).month, day=day.day).on(m.year))
                and d.weekday() == day.weekday
            ]
            return around(near, ref)
        return same(found, found)
    if day.day:
        days = []
        for shift in range(-2, 3):
            month = add_months(date(today.year, today.month, 1), shift)
            if d := Day(month=month.month, day=day.day).on(month.year):
                days.append(d)
        return around(days, ref)
    if day.weekday is not None:
        ahead = today + timedelta(days=(day.weekday - today.weekday()) % 7)
        behind = ahead - timedelta(days=7)
        return ((ahead, ahead), (behind, behind))
    return None


def resolve_range(first: Day, last: Day, ref: Reference) -> Result:
    def bounds(year: int) -> Bounds | None:
        start_year = first.year or year
        a = first.on(start_year) if first.day else date(start_year, first.month, 1) if first.month else None
        end_year = last.year or (
            start_year + (1 if (last.month or 0, last.day or 31) < (first.month or 0, first.day or 0) else 0)
        )
        b = last.on(end_year) if last.day else add_months(date(end_year, last.month, 1), 0) if last.month else None
        return (a, b) if a and b else None

    if first.year is not None and first.month is None and last.year is not None:
        return same(date(first.year, 1, 1), date(last.year, 1, 1))
    if first.year is not None:
        found = bounds(first.year)
        return (found, found)
    if first.month is None:
        return _days_range(first, last, ref) if first.day and last.day and last.month is None else None
    spans = [s for y in range(ref.today.year - 5, ref.today.year + 6) if (s := bounds(y))]
    if first.day is None and last.day is None:
        running = [s for s in spans if as_date(s[0]) <= ref.today < as_date(s[1])]
        if running:
            return (running[0], running[0])
    ahead = [s for s in spans if s[0] >= ref.today]
    behind = [s for s in spans if s[0] < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)


def _days_range(first: Day, last: Day, ref: Reference) -> Result:
    """Days of a month that is not named: the nearest months in which they exist and their weekdays fit."""
    assert first.day is not None and last.day is not None
    spans: list[Bounds] = []
    for shift in range(-14, 15):
        month = add_months(date(ref.today.year, ref.today.month, 1), shift)
        until = month if last.day >= first.day else add_months(month, 1)
        a, b = Day(month=month.month, day=first.day).on(month.year), Day(month=until.month, day=last.day).on(until.year)
        if a is None or b is None:
            continue
        if first.weekday in (None, a.weekday()) and last.weekday in (None, b.weekday()):
            spans.append((a, b))
    ahead = [s for s in spans if as_date(s[0]) >= ref.today]
    behind = [s for s in spans if as_date(s[0]) < ref.today]
    return (ahead[0] if ahead else None, behind[-1] if behind else None)
