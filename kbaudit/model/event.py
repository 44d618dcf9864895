"""Commercial events and what texts say about dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbaudit.model.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One happening of an event in one place: first and last day, both included."""

    event: str
    start: date
    end: date
    region: str | None = None
    lead_days: int = 21
    grace_days: int = 7


DateRole = Literal["deadline", "offer", "window", "history", "recurring", "publication", "mention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or a range in a text, resolved as far as the text allows. Days included at both ends.

    `year_from` says what fixed the year: `text`, `weekday`, `code`, `url`, `siblings`, `article`, or `None` where
    nothing did (then `start` and `end` are `None` and `month`/`day` hold what was said).
    """

    span: Span
    start: date | None
    end: date | None
    role: DateRole = "mention"
    year_from: str | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """The name of an event in a text."""

    event: str
    span: Span
    year: int | None = None
    field: str | None = None
