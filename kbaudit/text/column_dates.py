"""Dates as spreadsheets write them (01/13/2026 9:30 AM): the whole table tells whether days or months come first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from kbaudit.text.regions import MONTH_FIRST_REGIONS

_LOCAL = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp])?(?(half)\.?[Mm]\.?))?\Z"
)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a table writes its days. `month_first` is None where the table contradicts itself; `why` says what decided,
    `example` is one of its dates."""

    month_first: bool | None
    why: str
    example: str

    def iso(self, text: str) -> str:
        """A cell as an ISO 8601 time; as it was where it is none of these dates, or could be two."""
        match = _LOCAL.match(text.strip())
        if match is None:
            return text
        month_first = _alone(match)
        if month_first is None:
            month_first = self.month_first
        if month_first is None:
            return text
        month, day = (match["a"], match["b"]) if month_first else (match["b"], match["a"])
        try:
            found = date(int(match["year"]), int(month), int(day)).isoformat()
            return f"{found}T{_time(match)}" if match["hour"] else found
        except ValueError:
            return text

    @property
    def said(self) -> str:
        """A sentence for the person who made the table."""
        if self.month_first is None:
            return f"{self.why}: dates that could be either are left out. Write 2026-01-31 instead"
        order = "month/day/year" if self.month_first else "day/month/year"
        return f'dates such as "{self.example}" are read as {order}: {self.why}'


def _alone(match: re.Match[str]) -> bool | None:
    """Whether the month comes first, where one date tells by itself: a day over 12, or full stops between."""
    a, b = int(match["a"]), int(match["b"])
    if match["mark"] == "." or a > 12:
        return False
    return True if b > 12 else None


def _time(match: re.Match[str]) -> str:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0)).isoformat()


def day_order(cells: Iterable[str], region: str) -> DayOrder | None:
    """How the dates of these cells are written; None where none of them is written that way.

    What only one order allows decides for all; where nothing does, the custom of the region.
    """
    months: list[str] = []
    days: list[str] = []
    either: list[str] = []
    for cell in cells:
        match = _LOCAL.match(cell.strip())
        if match is not None and min(int(match["a"]), int(match["b"])) <= 12:
            found = _alone(match)
            (either if found is None else months if found else days).append(cell.strip())
    if months and days:
        return DayOrder(None, f'the table writes both "{min(months)}" and "{min(days)}"', min(months))
    if months or days:
        return DayOrder(bool(months), "no other order fits them", min(months or days))
    if either:
        month_first = region in MONTH_FIRST_REGIONS
        return DayOrder(month_first, f"the custom in {region}. Where that is wrong, write 2026-01-31", min(either))
    return None
