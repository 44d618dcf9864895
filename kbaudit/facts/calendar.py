"""When commercial events happen: a table of rules, the public holidays of `holidays`, and the shop's own events.

An event is a named date that a shop sells or serves by. The table gives its day by country (Mother's Day has some
fifteen), the words that name it in text, and how long before and after it its content may be live. Movable feasts
come from `dateutil.easter` and, for lunar calendars, from `holidays`; both are imported only when asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from kbaudit.facts.calendar_table import EVENTS, NAMED_DAYS, SOUTH, Entry
from kbaudit.model.event import Occurrence

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
FIRST_YEAR, LAST_YEAR = 1990, 2100


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth (1 = first, -1 = last) weekday (0 = Monday) of a month; None where the month has no such day."""
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = (date(year + month // 12, month % 12 + 1, 1)) - DAY
        day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    return day if day.month == month else None


@lru_cache(maxsize=512)
def easter(year: int, orthodox: bool = False) -> date:
    """Easter Sunday, Western or Orthodox (in Gregorian days)."""
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
    from dateutil.easter import easter as compute

    return compute(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)


# Singapore keeps the public feasts of four religions; other countries' days differ by at most one.
LUNAR = {
    "lunar-new-year": ("SG", ("chinese new year",)),
    "diwali": ("SG", ("diwali", "deepavali")),
    "eid-al-fitr": ("SG", ("hari raya puasa", "eid al-fitr")),
    "eid-al-adha": ("SG", ("hari raya haji", "eid al-adha")),
    "islamic-new-year": ("MY", ("islamic new year", "awal muharram")),
    "mid-autumn": ("HK", ("mid-autumn",)),
    "dragon-boat": ("HK", ("dragon boat", "tuen ng")),
    "double-ninth": ("HK", ("double ninth", "chung yeung")),
    "holi": ("IN", ("holi",)),
    "janmashtami": ("IN", ("janmashtami",)),
    "dussehra": ("IN", ("dussehra",)),
    "vesak": ("SG", ("vesak",)),
    "matariki": ("NZ", ("matariki",)),
}


@lru_cache(maxsize=2048)
def lunar(name: str, year: int) -> date | None:
    """The first day of a feast of a lunar calendar in a Gregorian year, by the public-holiday tables."""
    if name == "hanukkah":
        return _hanukkah(year)
    if name == "rosh-hashanah":
        return _rosh_hashanah(year)[0]
    if name == "passover":
        # 15 Nisan is 163 days before the new year that follows it, in every year.
        return _rosh_hashanah(year)[0] - timedelta(days=163)
    if name == "ramadan":
        feast = lunar("eid-al-fitr", year)
        return feast - timedelta(days=30) if feast else None
    import holidays

    country, words = LUNAR[name]
    found = holidays.country_holidays(country, years=year, language="en_US")
    for day, label in sorted(found.items()):
        text = label.lower()
        if day.year == year and any(word in text for word in words) and "observed" not in text:
            return day - DAY if name == "mid-autumn" else day
    return None


def _hanukkah(year: int) -> date:
    """25 Kislev: Tishri has 30 days, Heshvan 29 or (in a long year) 30, then 24 days of Kislev come before it."""
    start, length = _rosh_hashanah(year)
    return start + timedelta(days=30 + (30 if length in (355, 385) else 29) + 24)


def _rosh_hashanah(year: int) -> tuple[date, int]:
    """1 Tishri in a Gregorian year and the length of the Hebrew year (Reingold and Dershowitz)."""
    hebrew = year + 3761

    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        parts = 12084 + 13753 * months
        day = 29 * months + parts // 25920
        return day + 1 if (3 * (day + 1)) % 7 < 3 else day

    def new_year(y: int) -> int:
        a, b, c = elapsed(y - 1), elapsed(y), elapsed(y + 1)
        return b + (2 if c - b == 356 else 1 if b - a == 382 else 0)

    length = new_year(hebrew + 1) - new_year(hebrew)
    return date.fromordinal(new_year(hebrew) - 1373428 + 1), length


@lru_cache(maxsize=256)
def public_holidays(region: str, year: int) -> tuple[tuple[date, str], ...]:
    """Public and widely kept holidays of a country in a year, by date; empty where the country is unknown."""
    import holidays

    try:
        found = holidays.country_holidays(region, years=year, language="en_US")
    except NotImplementedError:
        return ()
    return tuple(sorted(found.items()))


class RuleError(ValueError):
    """An event's rule cannot be read; the sentence says which part."""


def parse_day(rule: str, year: int, region: str) -> date | None:
    """The day that a rule names in a year.

    Rules: `12-25`, `2026-05-02` (only in that year), `easter-21`, `orthodox`, `lunar:diwali`, `4th thursday of
    november`, `last sunday of may`, `<rule> + 3` and `<rule> - 3` (days), `friday after <rule>`, or the name of a
    known event, a public holiday or a day of `NAMED_DAYS`. Raises `RuleError` for anything else.
    """
    text = " ".join(rule.strip().lower().split())
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _safe(int(m[1]), int(m[2]), int(m[3])) if int(m[1]) == year else None
    if m := re.fullmatch(r"(\d{1,2})-(\d{1,2})", text):
        return _safe(year, int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(.*[a-z]|.*\S(?= )) ?([+-]) ?(\d{1,3})(?: days?)?", text):
        day = parse_day(m[1], year, region)
        return day + timedelta(days=int(m[2] + m[3])) if day else None
    if m := re.fullmatch(r"(\d{1,3}) days? (before|after) (.+)", text):
        day = parse_day(m[3], year, region)
        return day + timedelta(days=int(m[1]) * (1 if m[2] == "after" else -1)) if day else None
    if m := re.fullmatch(r"(\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|last) (\w+day) (?:of|in) (\w+)", text):
        nth = ORDINALS.get(m[1]) or int(m[1][0])
        if m[2] in WEEKDAYS and m[3] in MONTHS:
            return nth_weekday(year, MONTHS.index(m[3]) + 1, WEEKDAYS.index(m[2]), nth)
    if m := re.fullmatch(r"(\w+day) (before|after) (.+)", text):
        day = parse_day(m[3], year, region)
        if day and m[1] in WEEKDAYS:
            gap = (WEEKDAYS.index(m[1]) - day.weekday()) % 7
            return day + timedelta(days=(gap or 7) if m[2] == "after" else (gap - 7))
    if text == "easter":
        return easter(year)
    if text == "orthodox":
        return easter(year, True)
    if text.startswith("lunar:") and (
        text[6:] in LUNAR or text[6:] in ("hanukkah", "ramadan", "rosh-hashanah", "passover")
    ):
        return lunar(text[6:], year)
    for entry in EVENTS:
        if text == entry.name.lower() or text in entry.aliases:
            window = _window(entry, year, region)
            if window and window[0] != window[1] and text in NAMED_DAYS and text != entry.name.lower():
                # "Whit Monday" is one day of the table's window.
                return parse_day(NAMED_DAYS[text], year, region)
            return window[0] if window else None
    for day, label in public_holidays(region, year):
        if text in label.lower():
            return day
    if text in NAMED_DAYS:
        return parse_day(NAMED_DAYS[text], year, region)
    raise RuleError(f'cannot read the rule "{rule}"')


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _window(entry: Entry, year: int, region: str) -> tuple[date, date] | None:
    rule = entry.rules.get(region) or entry.rules.get("south" if region in SOUTH else "north") or entry.rules.get("")
    if not rule:
        return None
    first, _, last = rule.partition(" .. ")
    start = parse_day(first, year, region)
    if start is None:
        return None
    if not last:
        return (start, start)
    if m := re.fullmatch(r"\+(\d+)", last):
        return (start, start + timedelta(days=int(m[1])))
    end = parse_day(last, year, region)
    if end is not None and end < start:
        end = parse_day(last, year + 1, region)
    return (start, end or start)


@dataclass(frozen=True, slots=True)
class Event:
    """One event as this shop keeps it. `kind`: `feast` (a day), `sale`, `season`, or `own` (the shop's)."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    regions: tuple[str, ...]
    lead_days: int
    grace_days: int
    entry: Entry | None = None
    rule: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Calendar:
    """The events that one shop knows, and when they happen."""

    region: str
    events: tuple[Event, ...]
    scratch: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def event(self, name: str) -> Event | None:
        """An event by its name."""
        return next((event for event in self.events if event.name == name), None)

    def occurrence(self, name: str, year: int, region: str | None = None) -> Occurrence | None:
        """The happening of an event whose first day lies in a year (New Year's Day 2026: year 2026)."""
        event = self.event(name)
        where = region or self.region
        if event is None or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if event.entry is None:
            # An event that is entered once a year has that year's days; other years' days are those of the first entry.
            same = [item for item in self.events if item.name == name and item.entry is None]
            event = next((item for item in same if _stated_year(item.rule) == year), event)
            window = own_window(event.rule, year, where)
        else:
            window = _window(event.entry, year, where)
        if window is None:
            return None
        return Occurrence(
            event=name,
            start=window[0],
            end=window[1],
            region=where,
            lead_days=event.lead_days,
            grace_days=event.grace_days,
        )

    def near(self, name: str, day: date, region: str | None = None, *, back: int = 60) -> Occurrence | None:
        """The first happening that ends no earlier than `back` days before a day."""
        for year in (day.year - 1, day.year, day.year + 1, day.year + 2):
            found = self.occurrence(name, year, region)
            if found is not None and found.end >= day - timedelta(days=back):
                return found
        return None

    def closest(self, name: str, day: date, region: str | None = None) -> Occurrence | None:
        """The happening whose days lie closest to a day."""
        best: tuple[int, Occurrence] | None = None
        for year in (day.year - 1, day.year, day.year + 1):
            found = self.occurrence(name, year, region)
            if found is None:
                continue
            gap = max((found.start - day).days, (day - found.end).days, 0)
            if best is None or gap < best[0]:
                best = (gap, found)
        return best[1] if best else None

    def next(self, name: str, today: date, region: str | None = None) -> Occurrence | None:
        """The happening that is running or comes next."""
        return self.near(name, today, region, back=0)

    def last(self, name: str, today: date, region: str | None = None) -> Occurrence | None:
        """The last happening that is over."""
        for year in (today.year, today.year - 1, today.year - 2):
            found = self.occurrence(name, year, region)
            if found is not None and found.end < today:
                return found
        return None

    def upcoming(self, today: date, days: int, region: str | None = None) -> list[Occurrence]:
        """What starts within `days` of today or is running, kept in a region, soonest first."""
        where = region or self.region
        found = []
        for event in {item.name: item for item in reversed(self.events)}.values():
            if event.regions and where not in event.regions:
                continue
            occurrence = self.next(event.name, today, where)
            if occurrence is not None and (occurrence.start - today).days <= days:
                found.append(occurrence)
        return sorted(found, key=lambda item: (item.start, item.event))


def _stated_year(rule: Mapping[str, object]) -> int | None:
    start = rule.get("start", rule.get("date"))
    if isinstance(start, date):
        return start.year
    found = re.match(r"(\d{4})-\d\d-\d\d", str(start or ""))
    return int(found[1]) if found else None


def own_window(rule: Mapping[str, object], year: int, region: str) -> tuple[date, date] | None:
    """The days of a shop's own event that starts in a year.

    `start` and `end` are dates, or rules as `parse_day` reads them; `days` stands for `end`. A start with a year
    happens in that year; a text that names another year means the same days of that year.
    """
    inner = rule.get("rule")
    if isinstance(inner, Mapping):
        return own_window(inner, year, region)
    start = _own_day(rule.get("start", rule.get("date", rule.get("rule", rule.get("day")))), year, region)
    if start is None and "holiday" in rule:
        anchor = _own_day(rule["holiday"], year, region)
        if anchor is not None:
            before, after = rule.get("days_before", rule.get("before", 0)), rule.get("days_after", rule.get("after", 0))
            return (anchor - timedelta(days=_number(before)), anchor + timedelta(days=_number(after)))
    if start is None and "weekday" in rule and "month" in rule:
        start = _nth_of(rule, year)
    if start is None:
        return None
    if "days" in rule:
        return (start, start + timedelta(days=max(_number(rule["days"]) - 1, 0)))
    end = _own_day(rule.get("end"), year, region, start) if rule.get("end") else start
    return (start, end or start)


def _number(value: object) -> int:
    return value if isinstance(value, int) else int(str(value)) if re.fullmatch(r"\d{1,4}", str(value)) else 0


def _nth_of(rule: Mapping[str, object], year: int) -> date | None:
    weekday, month = str(rule["weekday"]).lower(), str(rule["month"]).lower()
    days = [i for i, name in enumerate(WEEKDAYS) if name.startswith(weekday[:3])]
    months = [int(month)] if month.isdigit() else [i + 1 for i, name in enumerate(MONTHS) if name.startswith(month[:3])]
    nth = rule.get("nth", 1)
    number = nth if isinstance(nth, int) else ORDINALS.get(str(nth).lower(), 1)
    return nth_weekday(year, months[0], days[0], number) if days and months and 1 <= months[0] <= 12 else None


def _own_day(value: object, year: int, region: str, after: date | None = None) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str) and (m := re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?$", value)):
        value = date.fromisoformat(m[1])
    if isinstance(value, date):
        shift = 0
        if after is not None and (value.month, value.day) < (after.month, after.day):
            shift = 1
        return _safe(year + shift, value.month, value.day) or _safe(year + shift, value.month, value.day - 1)
    if isinstance(value, str):
        day = parse_day(value, year, region)
        if day is not None and after is not None and day < after:
            day = parse_day(value, year + 1, region)
        return day
    return None


def wrong_rules(rules: Iterable[OwnEvent], region: str) -> list[str]:
    """A sentence for every day of a shop's own events that cannot be read."""
    found = []
    for event in rules:
        inner = event.rule.get("rule")
        for key in ("start", "end", "date", "day", "holiday", "rule"):
            value = (inner if isinstance(inner, Mapping) else event.rule).get(key)
            if isinstance(value, str):
                try:
                    _own_day(value, FIRST_YEAR + 1, region)
                except ValueError:
                    found.append(
                        f'config/events.toml [{event.name}]: "{key}" cannot be read: "{value}". Write a date such as '
                        '2026-05-02, or a rule such as "05-02", "2nd friday of june", "3 days before christmas".'
                    )
    return found


class OwnEvent(Protocol):
    """What the calendar needs of an event that the shop configured (`kbaudit.config.EventRule`)."""

    @property
    def name(self) -> str: ...
    @property
    def rule(self) -> Mapping[str, object]: ...
    @property
    def regions(self) -> tuple[str, ...]: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def lead_days(self) -> int: ...
    @property
    def grace_days(self) -> int: ...


def build(rules: Iterable[OwnEvent], region: str) -> Calendar:
    """The calendar of a shop: its own events first, so that their names win over the table's."""
    own = [
        Event(
            name=rule.name,
            kind="own",
            aliases=tuple(alias.lower() for alias in rule.aliases),
            regions=rule.regions,
            lead_days=rule.lead_days,
            grace_days=rule.grace_days,
            rule=rule.rule,
        )
        for rule in rules
    ]
    names = {event.name.lower() for event in own if not event.rule}
    table = [
        Event(entry.name, entry.kind, entry.aliases, entry.regions, entry.lead_days, entry.grace_days, entry)
        for entry in EVENTS
    ]
    # An own event without dates only adds words or days to the event of that name.
    merged = []
    for event in table:
        extra = next((item for item in own if item.name.lower() == event.name.lower() and not item.rule), None)
        if extra is not None:
            event = Event(
                event.name,
                event.kind,
                event.aliases + extra.aliases,
                extra.regions or event.regions,
                extra.lead_days,
                extra.grace_days,
                event.entry,
            )
        merged.append(event)
    dated = [event for event in own if event.rule]
    taken = {event.name.lower() for event in dated} | (names - {event.name.lower() for event in merged})
    return Calendar(region, (*dated, *(event for event in merged if event.name.lower() not in taken)))


def for_snapshot(snapshot: Snapshot) -> Calendar:
    """The calendar of a snapshot's shop."""
    return build(snapshot.settings.events, snapshot.region)
