"""The document fact `seasons` (what a text says about events and dates) and the base facts that judge it by the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.seasons_dates import (
    Anchor,
    Placed,
    nearest_year,
    place,
    post_date,
    region_of,
    to_mention,
    vote,
    window,
    years_of,
)
from kbaudit.facts.seasons_events import Finder, year_beside
from kbaudit.facts.seasons_judge import Judge, Verdict
from kbaudit.facts.seasons_relative import find_relative
from kbaudit.facts.seasons_subject import Subject, is_archive, slug_of
from kbaudit.model.document import Document, Span
from kbaudit.model.event import DateMention, EventMention, Seasons
from kbaudit.text.dates import DateText, Day

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

_YEAR = re.compile(r"(?<![\d/.-])(20[0-4]\d)(?:/\d\d(?!\d))?(?![\d/-]|\.\d)")
# A document longer than this is no article; what comes after is not read for dates.
LONGEST = 400_000
MOST_EVENTS = 300


def finder_of(calendar: Calendar) -> Finder:
    """The finder of a calendar's event names, made once."""
    found = calendar.scratch.get("finder")
    if not isinstance(found, Finder):
        found = calendar.scratch["finder"] = Finder(calendar)
    return found


def read(document: Document, snapshot: Snapshot) -> Seasons:
    """What a document says about events and dates: from its text, its fields and the shop's calendar, no clock."""
    calendar: Calendar = snapshot.fact("calendar")
    region = region_of(document, snapshot.region)
    finder = finder_of(calendar)
    if len(document.text) > LONGEST:
        return Seasons()
    events = [
        mention
        for mention in finder.find(document.text)
        if (block := document.block_at(mention.span[0])) is None or not block.quoted
    ][:MOST_EVENTS]
    years: dict[Span, int] = {}
    for mention in events:
        beside = year_beside(document.text, mention)
        if beside is not None:
            years[mention.span] = beside[0]
    placed = place(document, _days_by_name(document, events, years, calendar, region), events, years, region)
    events = _without_leave(document, events, placed)
    dates = _resolve(document, placed, events, years, calendar, region, finder)
    dates = sorted([*dates, *find_relative(document, events)], key=lambda item: item.span)
    subject = Subject(document, calendar, finder, events, dates, region).judge()
    return Seasons(events=tuple(events), dates=tuple(dates[:400]), subject=subject, archive=is_archive(document))


# An event names a day only where the text binds something to it.
_BOUND_TO = re.compile(
    r"\b(?:by|until|till?|through|thru|before|on|ends?|closes?|bis|zum|am|au|avant|hasta|antes\sdel?|entro|fino\sal?|tot|voor|op)\s(?:the\s|el\s|la\s|le\s)?$",
    re.IGNORECASE,
)


def _days_by_name(
    document: Document, events: Sequence[EventMention], years: Mapping[Span, int], calendar: Calendar, region: str
) -> list[DateText]:
    """Days that are said by the name and year of their feast ("until Boxing Day 2025")."""
    found = []
    for mention in events:
        start = mention.span[0]
        year = years.get(mention.span)
        if year is None or mention.code or start <= len(document.title):
            continue
        if not _BOUND_TO.search(document.text, max(0, start - 20), start):
            continue
        occurrence = calendar.occurrence(mention.event, year, region)
        if occurrence is None or (occurrence.end - occurrence.start).days > 4:
            continue
        beside = year_beside(document.text, mention)
        end = max(mention.span[1], beside[1][1]) if beside else mention.span[1]
        day = occurrence.end
        found.append(DateText(start, end, "day", Day(day.year, day.month, day.day)))
    return found


def _without_leave(document: Document, events: list[EventMention], placed: Sequence[Placed]) -> list[EventMention]:
    """Without "holiday" in the sense of a day off: a page of closures all over the year is not about Christmas."""
    months = {item.text.first.month for item in placed if item.text.first.day is not None and item.role != "example"}
    if len(months - {10, 11, 12, 1, None}) < 2:
        return events
    said = document.text
    return [m for m in events if m.event != "Christmas" or "holiday" not in said[m.span[0] : m.span[1]].lower()]


def _resolve(
    document: Document,
    placed: Sequence[Placed],
    events: Sequence[EventMention],
    years: Mapping[Span, int],
    calendar: Calendar,
    region: str,
    finder: Finder,
) -> list[DateMention]:
    placed = [item for item in placed if item.text.kind != "year" or item.text.last is None]
    siblings = _siblings(placed)
    page = _page_anchor(document, events, years, calendar, region, finder)
    post = post_date(document, placed)
    allowed = years_of(placed, calendar, region)
    for_vote = {i: y for i, y in allowed.items() if placed[i].role not in ("example", "history", "publication")}
    agreed = vote(for_vote, siblings or page or post)
    found: list[DateMention] = []
    for index, item in enumerate(placed):
        if item.text.first.year is not None or item.text.kind == "year":
            found.append(to_mention(item, None, "text"))
            continue
        if item.text.first.month is None:
            if item.text.first.day is not None and item.text.first.weekday is not None:
                # "Tuesday 22nd": which month is for the day of the edit to say.
                found.append(replace(to_mention(item, None, None), relative=_spoken(document, item)))
            continue
        possible = allowed.get(index, ())
        if possible:
            stated = _heading_anchor(document, item, calendar, region)
            if stated is not None and item.text.first.weekday is None:
                found.append(to_mention(item, nearest_year(item.text, stated.day), "event"))
                continue
            near = siblings or stated or page or post
            if siblings is not None and item.text.first.weekday is None:
                found.append(to_mention(item, nearest_year(item.text, siblings.day), siblings.basis))
                continue
            if agreed is not None and (agreed in possible or item.text.first.weekday is not None):
                # Around New Year, the dates of one page lie in two years.
                centre = (
                    near.day if near is not None and near.day.year == agreed else date(agreed, item.text.first.month, 1)
                )
                year = agreed if agreed in possible else nearest_year(item.text, centre, ())
                if year is not None and year in possible:
                    found.append(to_mention(item, year, "weekday"))
                    continue
            if near is not None:
                found.append(to_mention(item, nearest_year(item.text, near.day, possible), "weekday"))
            else:
                found.append(to_mention(item, None, None, possible))
            continue
        anchor = _anchor(document, item, siblings, page, post, agreed, calendar, region)
        year = nearest_year(item.text, anchor.day) if anchor is not None else None
        found.append(to_mention(item, year, anchor.basis if anchor is not None else None))
    return found


def _spoken(document: Document, item: Placed) -> str:
    return " ".join(document.text[item.text.start : item.text.end].lower().split())


def _anchor(
    document: Document,
    item: Placed,
    siblings: Anchor | None,
    page: Anchor | None,
    post: Anchor | None,
    agreed: int | None,
    calendar: Calendar,
    region: str,
) -> Anchor | None:
    """The nearest thing that tells a date's year: its sentence, its heading, its siblings, the page."""
    if item.event is not None and item.event_year is not None:
        occurrence = calendar.occurrence(item.event, item.event_year, region)
        return Anchor(occurrence.start if occurrence else date(item.event_year, 7, 1), "event")
    inside = [int(y) for y in _YEAR.findall(document.text[item.sentence[0] : item.sentence[1]])]
    if len(set(inside)) == 1 and item.role not in ("cohort", "history", "publication", "example"):
        return Anchor(date(inside[0], item.text.first.month or 7, 1), "event")
    heading = _heading_anchor(document, item, calendar, region)
    if heading is not None:
        return heading
    # A yearly window stays open: its neighbours may be dated, its own years are all years.
    if item.role in ("window", "cohort", "example", "history"):
        return page if page is not None and page.basis == "title" else None
    if siblings is not None:
        return siblings
    if agreed is not None and item.text.first.month is not None:
        return Anchor(date(agreed, item.text.first.month, 15), "siblings")
    return page or post


def _heading_anchor(document: Document, item: Placed, calendar: Calendar, region: str) -> Anchor | None:
    """A year in a heading above the date."""
    for heading in (_column(item), *reversed(item.block.path)):
        years = _YEAR.findall(heading)
        if len(set(years)) == 1:
            return Anchor(_near_month(int(years[0]), item), "event")
    return None


def _column(item: Placed) -> str:
    """The head of the column that a date stands in."""
    for number, (start, end) in enumerate(item.block.cells):
        if start <= item.text.start < end and number < len(item.block.columns):
            return item.block.columns[number]
    return ""


def _near_month(year: int, item: Placed) -> date:
    """A day from which the date's month lies closest in the season that a stated year means."""
    month = item.text.first.month or 7
    return date(year, month, 1) if month > 2 else date(year, 1, 1)


def _siblings(placed: Sequence[Placed]) -> Anchor | None:
    """The middle of the dates whose year is written out."""
    days = sorted(
        days[0]
        for item in placed
        if item.text.first.year is not None
        and item.text.kind in ("day", "range")
        and item.role not in ("publication", "history", "cohort", "example")
        and (days := window(item.text, None)) is not None
    )
    return Anchor(days[len(days) // 2], "siblings") if days else None


def _page_anchor(
    document: Document,
    events: Sequence[EventMention],
    years: Mapping[Span, int],
    calendar: Calendar,
    region: str,
    finder: Finder,
) -> Anchor | None:
    """The year that the title, a code or the address states."""
    title = len(document.title)
    in_title = [m for m in events if m.span[1] <= title]
    plain = _YEAR.findall(document.title)
    if len(set(plain)) == 1:
        event = in_title[0].event if in_title else events[0].event if events else None
        return Anchor(_day_of(calendar, event, int(plain[0]), region), "title")
    for mention in in_title:
        if mention.span in years:
            return Anchor(_day_of(calendar, mention.event, years[mention.span], region), "title")
    codes = [m for m in events if m.code and m.year is not None]
    if codes and codes[0].year is not None:
        return Anchor(_day_of(calendar, codes[0].event, codes[0].year, region), "code")
    slug = slug_of(document)
    in_slug = re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", slug)
    if len(in_slug) == 1:
        named = finder.find(slug.replace("_", "-"), "url")
        event = named[0].event if named else in_title[0].event if in_title else None
        return Anchor(_day_of(calendar, event, int(in_slug[0]), region), "url")
    return None


def _day_of(calendar: Calendar, event: str | None, year: int, region: str) -> date:
    occurrence = calendar.occurrence(event, year, region) if event else None
    return occurrence.start if occurrence is not None else date(year, 7, 1)


def judge_all(snapshot: Snapshot) -> Mapping[tuple[str, str], Verdict]:
    """What the day makes of every live document: by (source, id), only those with something to say."""
    judge = Judge(snapshot)
    found: dict[tuple[str, str], Verdict] = {}
    for document in snapshot.live:
        verdict = judge.document(document)
        if verdict is not None:
            found[document.ref] = verdict
    return found


def judged(snapshot: Snapshot, rule: str, least: float) -> Iterator[tuple[Document, Verdict]]:
    """The articles that a rule is about, by (source, id), with verdicts that are certain enough."""
    verdicts: Mapping[tuple[str, str], Verdict] = snapshot.fact("season_verdicts")
    for ref in sorted(verdicts):
        verdict, document = verdicts[ref], snapshot.document(ref)
        if verdict.rule == rule and document is not None and verdict.score >= least:
            yield document, verdict


def expired(snapshot: Snapshot) -> Mapping[tuple[str, str], Verdict]:
    """The live documents that are about an event that is over (SEA101) or carry its earlier dates (SEA104)."""
    verdicts: Mapping[tuple[str, str], Verdict] = snapshot.fact("season_verdicts")
    return {ref: verdict for ref, verdict in verdicts.items() if verdict.rule in ("SEA101", "SEA104")}


__all__ = ["expired", "finder_of", "judge_all", "read"]
