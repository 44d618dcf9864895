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


DateRole = Literal[
    "deadline", "offer", "promise", "closure", "window", "cohort", "history", "publication", "example", "recurring",
    "mention",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or a range in a text, resolved as far as the text allows. Days included at both ends.

    `year_from` says what fixed the year: `text`, `weekday`, `event`, `siblings`, `title`, `code`, `url`, `post`,
    `article`, or `None` where nothing did (then `start` and `end` are `None`). `years` are the years that a weekday
    or a movable feast leaves possible. `sentence` is the passage that the date stands in; `event` the event that the
    passage names, if any. `relative` is what a date says that counts from the day of writing ("this weekend").
    `until` is the last (month, day) of a range whose year is not stated.
    """

    span: Span
    start: date | None
    end: date | None
    role: DateRole = "mention"
    year_from: str | None = None
    month: int | None = None
    day: int | None = None
    years: tuple[int, ...] = ()
    sentence: Span = (0, 0)
    event: str | None = None
    relative: str | None = None
    until: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """The name of an event in a text or a field. `year` is the one written beside it (or in its code)."""

    event: str
    span: Span
    year: int | None = None
    field: str | None = None
    code: bool = False


SubjectKind = Literal["occurrence", "recurring", "evergreen", "history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonSubject:
    """What an article that is about an event says of it.

    `occurrence`: one happening, in `year` (the year of the happening's first day) where the text fixes it, which
    `year_from` explains; `recurring`: a promise for every year; `evergreen`: about the event in general; `history`:
    a look back. `named` and `dated` are the spans (or, with `named_field`/`dated_field`, the fields) that say so.
    `until` is the last day that the article makes a promise for. `stated_years` are all years of this event that the
    article states, and `title_year` the one in its title.
    """

    event: str
    kind: SubjectKind
    year: int | None = None
    year_from: str | None = None
    named: Span = (0, 0)
    named_field: str | None = None
    dated: Span | None = None
    dated_field: str | None = None
    until: date | None = None
    title_year: int | None = None
    stated: tuple[tuple[int, Span], ...] = ()
    years: tuple[int, ...] = ()
    strength: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """What one document says about events and dates (the document fact `seasons`)."""

    events: tuple[EventMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    subject: SeasonSubject | None = None
    archive: bool = False
