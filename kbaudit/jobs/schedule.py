"""From a schedule's text and the clock to the slot that is due, and to the one after. Pure.

A daily slot is named by its local date, so that a night on which the clock is set back has one and not two, and one
on which 02:30 does not exist has one and not none. A slot of an interval is named by its start in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kbaudit.config import SCHEDULE
from kbaudit.errors import UsageError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"minute": 1, "hour": 60, "day": 1440}


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which a job is to run: its name for ever, and when it fell due."""

    name: str
    due: datetime


def due(schedule: str, now: datetime, zone: ZoneInfo) -> Slot | None:
    """The newest slot that is due at `now`; None where the job is off.

    Raises:
        UsageError: the schedule cannot be read.
    """
    found = SCHEDULE.fullmatch(schedule.strip().lower())
    if found is None:
        raise UsageError(f'the schedule "{schedule}" cannot be read')
    if found["off"]:
        return None
    unit = found["unit"] or found["one"]
    if unit:
        step = int(found["count"] or 1) * UNITS[unit] * 60
        start = datetime.fromtimestamp(now.timestamp() // step * step, UTC)
        return Slot(start.strftime("%Y-%m-%dT%H:%MZ"), start)
    at = time(int(found["hour"]), int(found["minute"]))
    weekday = DAYS.index(found["weekday"]) if found["weekday"] else None
    today = now.astimezone(zone).date()
    # Nine days back: a week for a weekday, and a day at each end for zones and changed clocks.
    for back in range(-1, 9):
        day = today - timedelta(days=back)
        if weekday is None or day.weekday() == weekday:
            moment = _moment(day, at, zone)
            if moment <= now:
                return Slot(day.isoformat(), moment)
    return None


def every(schedule: str) -> timedelta | None:
    """How far its slots lie apart; None where the job is off.

    Raises:
        UsageError: the schedule cannot be read.
    """
    found = SCHEDULE.fullmatch(schedule.strip().lower())
    if found is None:
        raise UsageError(f'the schedule "{schedule}" cannot be read')
    if found["off"]:
        return None
    if unit := found["unit"] or found["one"]:
        return timedelta(minutes=int(found["count"] or 1) * UNITS[unit])
    return timedelta(days=7 if found["weekday"] else 1)


def following(schedule: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the next slot after `now` falls due; None where the job is off.

    Raises:
        UsageError: the schedule cannot be read.
    """
    step, last = every(schedule), due(schedule, now, zone)
    if step is None or last is None:
        return None
    if last.name.endswith("Z"):
        return last.due + step
    # A local time: changed clocks make days longer and shorter, so its slot is looked for, half of the time at a time.
    low, high = now, now + step + timedelta(days=2)
    while high - low > timedelta(seconds=30):
        middle = low + (high - low) / 2
        slot = due(schedule, middle, zone)
        if slot is not None and slot.due > now:
            high = slot.due
        else:
            low = middle
    return high


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local time in UTC; one that the clock skips falls as much later as the clock was set forward."""
    return datetime.combine(day, at, zone).astimezone(UTC)
