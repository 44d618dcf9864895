"""The sample's dates: everything is so many days from today, so that the shop is alive in any month.

Placeholders in the texts: `{date:-31}` is the day 31 days ago in words of the text's language, `{date:+25-1y}` the day
in 25 days but a year earlier. `{weekday:…}` adds the weekday and leaves out the year, `{iso:…}` is 2026-11-20,
`{year:…}` the year. `{past}` and `{next}` name the last and the coming big shopping day; `{past.date}`,
`{next.weekday:-7}` and so on count from them. Anything else in braces is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
}
PLACEHOLDER = re.compile(r"\{(?:(past|next)(?:\.(?=\w))?)?(date|weekday|iso|year)?(?::([+-]\d+)(-1y)?)?\}")
# A past event is over for good (grace is a week), a coming one still has time to be written about.
OVER_DAYS, AHEAD_DAYS = 12, 5


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """One of the shop's own events, `start` days from today, every year on the same days."""

    name: str
    start: int
    days: int
    aliases: tuple[str, ...] = ()

    def first(self, today: date) -> date:
        """Its first day in the year around `today`."""
        return today + timedelta(days=self.start)


OWN_EVENTS = (
    OwnEvent("Lantern Week", -31, 8, ("lantern-week",)),
    OwnEvent("Trail Day", -5, 2),
    OwnEvent("Makers' Market", 12, 4, ("makers market", "the market on Quay Lane")),
    OwnEvent("Ember Days", 25, 7),
    OwnEvent("Quiet Hours Sale", 35, 3, ("quiet hours",)),
)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (0 = Monday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def big_days(year: int) -> Iterator[tuple[str, date]]:
    """American days that people buy presents for."""
    yield "Valentine's Day", date(year, 2, 14)
    yield "Mother's Day", nth_weekday(year, 5, 6, 2)
    yield "Father's Day", nth_weekday(year, 6, 6, 3)
    yield "Independence Day", date(year, 7, 4)
    yield "Halloween", date(year, 10, 31)
    yield "Black Friday", nth_weekday(year, 11, 3, 4) + timedelta(days=1)
    yield "Christmas", date(year, 12, 25)


def around(today: date) -> tuple[tuple[str, date], tuple[str, date]]:
    """The last big day that is over for good, and the next one that is still to come."""
    days = [item for year in (today.year - 1, today.year, today.year + 1) for item in big_days(year)]
    past = max((item for item in days if (today - item[1]).days >= OVER_DAYS), key=lambda item: item[1])
    following = min((item for item in days if (item[1] - today).days >= AHEAD_DAYS), key=lambda item: item[1])
    return past, following


def year_earlier(day: date) -> date:
    """The same day a year before (February 29 becomes February 28)."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def say(form: str, day: date, language: str) -> str:
    """A day in words."""
    month, weekday = MONTHS[language][day.month - 1], WEEKDAYS[language][day.weekday()]
    if form == "iso":
        return day.isoformat()
    if form == "year":
        return str(day.year)
    if language == "de":
        return f"{weekday}, {day.day}. {month}" if form == "weekday" else f"{day.day}. {month} {day.year}"
    return f"{weekday}, {month} {day.day}" if form == "weekday" else f"{month} {day.day}, {day.year}"


def fill(text: str, today: date, language: str = "en") -> str:
    """A text with its placeholders replaced."""
    past, following = around(today)

    def replace(match: re.Match[str]) -> str:
        event, form, offset, earlier = match.groups()
        if not event and not form:
            return match[0]
        name, anchor = {"past": past, "next": following, None: ("", today)}[event]
        if not form:
            return name
        day = anchor + timedelta(days=int(offset or 0))
        return say(form, year_earlier(day) if earlier else day, language)

    return PLACEHOLDER.sub(replace, text)
