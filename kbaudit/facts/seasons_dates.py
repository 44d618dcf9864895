"""The dates of one document: where they stand, what they do there, and which year they mean.

A year comes from the text or from nowhere: written beside the date, fixed by a weekday or a movable feast, taken
from the other dates of the page, from the year of its event in a heading, the title, a code or the address. What is
left open stays open; `kbaudit.facts.seasons_judge` may close it with the day of the last edit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.seasons_roles import role_of
from kbaudit.model.document import Block, Document, Span
from kbaudit.model.event import DateMention, EventMention
from kbaudit.text.dates import DateText, Day, day_first_of, find, month_end, years_with
from kbaudit.text.regions import MONTH_FIRST_REGIONS
from kbaudit.text.sentences import split

LONGEST_SENTENCE = 1_200
# A page for people has fewer dates; only a machine's has more.
MOST_DATES = 800
# What a weak date (12/6, "the 24th", "December") needs before it to be one.
_WANTS_DATE = re.compile(
    r"\b(?:by|until|till?|through|thru|before|on|from|to|and|or|between|after|since|starting|starts?|ends?|ending|date|dates|deadline|cut-?off|dec|nov|week\sof|week\scommencing|w/c|am|pm|noon|midnight|expires?|closed|due|eta|est|order|ship|(?:mon|tues|wednes|thurs|fri|satur|sun)day|last\sday|[a-z]+\sorders"
    r"|bis|zum|zur|am|vom|ab|ist|sind|und|oder|le|du|au|jusqu['’]au|avant|dès|est|sont|et|ou|el|del?|al|hasta|antes|desde|es|son|y|o|dal?|dall['’]|entro|fino|il|dopo|è|e|op|vanaf|tot|met|voor|uiterlijk|na|en|até|dia|em|do|ao)\b[\s:.,(–—-]{0,3}(?:(?:the|dem|den|zum|le|el|il)\s)?$",
    re.IGNORECASE,
)
_DATES_WANTED = re.compile(
    r"\b(?:deadlines?|cut-?offs?|last\s(?:order(?:ing)?|posting|shipping|delivery|dispatch)|order\sby|(?:order|posting|shipping|delivery|dispatch)\sdates?|dates|schedule|calendar)\b",
    re.IGNORECASE,
)
_DATE_COLUMN = re.compile(
    r"\b(?:date|dates|deadline|order\sby|cut-?off|last\s(?:order|posting|shipping)|by|until|ends?|starts?|from|to|valid|ship|dispatch|day|when|holiday)\b",
    re.IGNORECASE,
)
_NOT_DATE_AFTER = re.compile(
    r"\s?(?:sleeve|inch|in\b|cup|oz|tsp|tbsp|\"|”|″|mm|cm|of\sthe|th\b|support|hours|days?\b|business|working|weeks?\b|months?\b|years?\b|x\d|×|stars?|out\sof|people|customers|%|kg|lbs?|uhr\b|h\b|heures|horas|ore\b|uur\b)",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"\bweek\s(?:of|commencing|beginning|starting)(?:\son)?\s(?:the\s)?(?:\w+day,?\s)?$|\bw/c\s$", re.IGNORECASE
)
_PART = re.compile(
    r"\b(?P<part>early|mid|late|beginning\sof|start\sof|end\sof|middle\sof)[\s-](?:the\s)?$", re.IGNORECASE
)
_DEADLINE_PREP = re.compile(
    r"\b(?:by|until|till?|through|thru|before|up\sto|to|on|from|ends?|closes?)\s(?:the\s)?$", re.IGNORECASE
)
# Words of other languages that are also words of English count as prepositions only in their own.
_FOREIGN_ONLY = re.compile(
    r"\b(?:am|met|son|en|na|do|el|es|est|o|y|e|em|du|de|dia|or)\b[\s:.,(–—-]{0,3}(?:\w{2,3}\s)?$", re.IGNORECASE
)
_POST = re.compile(
    r"\b(?:posted|published|written|last\supdated|updated|modified|revised|date)(?:\son|\sat|\sby\s[\w\s]{1,30})?[\s:|,–—-]{0,4}$",
    re.IGNORECASE,
)
_AUTHOR_LINE = re.compile(r"^(?:by\s[\w .]{2,40}[|,•·–-]\s?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A date of the text with the sentence, block and role it has there."""

    text: DateText
    sentence: Span
    block: Block
    role: str
    event: str | None
    event_year: int | None
    week: bool = False
    part: str = ""
    beside: bool = False


def region_of(document: Document, default: str) -> str:
    """Where a document is meant for: its audience's first region, its locale's, else the shop's."""
    if document.audience.regions:
        return document.audience.regions[0].upper()
    parts = re.split(r"[-_]", document.locale)
    for part in parts[1:]:
        if len(part) == 2 and part.isalpha():
            return part.upper()
    return default


def day_first(document: Document, region: str) -> bool:
    """How 03/04 is read: as the page's clear dates are written, else as the region writes them."""
    stated = day_first_of(document.text)
    if stated is not None:
        return stated
    if document.language not in ("en", ""):
        return True
    return region not in MONTH_FIRST_REGIONS


def place(
    document: Document,
    named: Sequence[DateText],
    events: Sequence[EventMention],
    years: dict[Span, int],
    region: str,
) -> list[Placed]:
    """The dates of a document, in order, weak ones only where the context wants a date; `named` are days by name."""
    text = document.text
    found = find(text, day_first=day_first(document, region))
    if named:
        rest = [item for item in found if not any(day.start <= item.start < day.end for day in named)]
        found = sorted([*rest, *named], key=lambda item: item.start)
    placed: list[Placed] = []
    found = found[:MOST_DATES]
    blocks = document.blocks
    starts = [block.start for block in blocks]
    spans = [mention.span for mention in events]
    sentences: dict[int, list[Span]] = {}
    for item in found:
        item = _own_weekday(text, item)
        at = bisect_right(starts, item.start) - 1
        if at < 0:
            continue
        block = blocks[at]
        if block.quoted or block.kind == "code" or any(a <= item.start < b for a, b in document.struck):
            continue
        heads = " | ".join([document.title, *block.path])
        if item.weak and not _accept(text, item, block, heads, document.language):
            continue
        if at not in sentences:
            whole = split(text, block.start, block.end) or [(block.start, block.end)]
            sentences[at] = _unbroken(whole, [f for f in found if block.start <= f.start < block.end])
        spread = sentences[at]
        found_at = bisect_right(spread, (item.start, len(text))) - 1
        sentence = spread[max(found_at, 0)]
        if not sentence[0] <= item.start < sentence[1]:
            sentence = (block.start, block.end)
        if block.kind == "table_row":
            sentence = (block.start, block.end)
        if sentence[1] - sentence[0] > LONGEST_SENTENCE:
            # Nobody writes such a sentence: only what stands around the date is read.
            sentence = (max(sentence[0], item.start - 300), min(sentence[1], item.end + 300))
        context = _context(document, block, item)
        role = role_of(
            text[sentence[0] : sentence[1]],
            item.start - sentence[0],
            min(item.end, sentence[1]) - sentence[0],
            context,
            " | ".join([*block.path, *block.columns]),
            is_range=item.last is not None,
        )
        if _in_quotation(text, block, item) or (
            role != "deadline" and _EXPLAINS.search(" | ".join([document.title, *block.path]))
        ):
            role = "example"
        inside = range(bisect_left(spans, (sentence[0], 0)), bisect_left(spans, (sentence[1], 0)))
        near = min(inside, key=lambda i: abs(spans[i][0] - item.start)) if inside else None
        event = events[near].event if near is not None else None
        event_year = years.get(spans[near]) if near is not None else None
        prefix = text[max(block.start, item.start - 40) : item.start]
        part = _PART.search(prefix)
        placed.append(
            Placed(
                item,
                sentence,
                block,
                role,
                event,
                event_year,
                week=_WEEK_OF.search(prefix) is not None,
                part=part["part"].lower().split()[0] if part else "",
                beside=near is not None and _said_of(text, spans[near], item),
            )
        )
    return _with_examples(placed, text)


# Pages and sections that explain how dates are counted, written or coded: each date on them is an example.
_EXPLAINS = re.compile(
    r"\bhow\s(?:\w+\s){1,3}(?:counts?|counted|calculate[ds]?|works?\sout|reckon\w*)\b"
    r"|\b(?:read(?:ing)?|decod\w+|understand(?:ing)?|what\sdoes|where\sis|find(?:ing)?)\b[^|]{0,40}\b(?:codes?|slips?|labels?|stamps?|serial|lot|batch|dates?|numbers?)\b"
    r"|\bdate\s(?:codes?|formats?|stamps?)\b|\b(?:worked\s)?examples?\b|\bbeispiel\w*|\bexemples?\b|\bejemplos?\b",
    re.IGNORECASE,
)


def _with_examples(placed: list[Placed], text: str) -> list[Placed]:
    """A sentence is an example as a whole, and so is what goes on from it in the same paragraph."""
    first: dict[int, int] = {}
    for item in placed:
        if item.role == "example":
            first[item.block.start] = min(first.get(item.block.start, item.sentence[0]), item.sentence[0])
    found = []
    for item in placed:
        begun = first.get(item.block.start)
        shown = (
            begun is not None
            and item.sentence[0] >= begun
            and (item.text.first.year is None or item.sentence[0] == begun)
        )
        found.append(with_role(item, "example") if shown else item)
    return found


# A longer quotation is a letter or a notice; whether it still speaks is for its sentences to say.
LONGEST_QUOTE = 80


def _in_quotation(text: str, block: Block, item: DateText) -> bool:
    """Whether a date is shown as what is printed or written somewhere ("the line “Desp. 10/11/25” tells …")."""
    for opening, closing in ("“”", "„“", "«»", '""'):
        start = text.rfind(opening, max(block.start, item.start - LONGEST_QUOTE), item.start)
        if start < 0 or closing in text[start + 1 : item.start]:
            continue
        if opening == closing and text.count(opening, block.start, start) % 2:
            continue
        if item.end <= text.find(closing, item.end, min(block.end, start + LONGEST_QUOTE)):
            return True
    return False


def _unbroken(spread: list[Span], dates: Sequence[DateText]) -> list[Span]:
    """Sentences again joined where a full stop belongs to a date ("bis zum 31. Januar")."""
    if all(any(a <= item.start and item.end <= b for a, b in spread) for item in dates):
        return spread
    joined: list[Span] = []
    for start, end in spread:
        if joined and any(item.start < joined[-1][1] <= start < item.end for item in dates):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _said_of(text: str, name: Span, item: DateText) -> bool:
    """Whether the date is said to be the event's own day ("Father's Day is June 21", "Black Friday (29 November)")."""
    between = text[name[1] : item.start]
    return name[1] <= item.start and len(between) <= 40 and _IS_ON.search(between) is not None


# The weekday in "Easter Monday, 1 May" belongs to the feast, unless the feast can be on that day.
_FEAST_DAY = re.compile(
    r"\b(?:easter|good|black|cyber|whit|ash|shrove|maundy|palm|super|mothering|boxing)\s$", re.IGNORECASE
)


def _own_weekday(text: str, item: DateText) -> DateText:
    if item.first.weekday is None or not _FEAST_DAY.search(text[max(0, item.start - 12) : item.start]):
        return item
    if "," not in text[item.start : item.end] or item.first.month in (3, 4, 11, 12):
        return item
    return replace(item, first=replace(item.first, weekday=None))


def _accept(text: str, item: DateText, block: Block, context: str, language: str) -> bool:
    if item.kind == "year":
        return True
    before, after = text[max(block.start, item.start - 30) : item.start], text[item.end : item.end + 16]
    if item.first.weekday is not None and item.first.day is None:
        return False
    if _NOT_DATE_AFTER.match(after) and item.last is None:
        return False
    wanted = _WANTS_DATE.search(before) is not None and (
        language not in ("en", "")
        or _FOREIGN_ONLY.search(before) is None
        or re.search(r"\d\s?am\b", before) is not None
    )
    if item.first.month is None and item.first.day is not None:
        return _DEADLINE_PREP.search(before) is not None
    if item.kind == "month":
        return True
    if "/" not in text[item.start : item.end] and "." not in text[item.start : item.end]:
        return wanted and "-" not in text[item.start : item.end]
    if text[item.start : item.end].strip() in ("24/7", "1/2", "1/3", "1/4", "2/3", "3/4", "9/11", "50/50", "24/5"):
        return (
            wanted
            and not re.match(r"\s?(?:of|the|way)", after)
            and text[item.start : item.end] not in ("24/7", "9/11", "24/5")
        )
    if wanted or item.last is not None:
        return True
    if block.kind == "table_row":
        cell = next((i for i, (a, b) in enumerate(block.cells) if a <= item.start < b), None)
        column = block.columns[cell] if cell is not None and cell < len(block.columns) else ""
        whole = cell is not None and block.cells[cell][1] - block.cells[cell][0] <= item.end - item.start + 12
        return whole or _DATE_COLUMN.search(column) is not None
    if item.start == block.start and re.match(r"\s?(?:[:–|]|-\s)", after):
        return True
    if _DATES_WANTED.search(context) and not text[item.end : block.end].strip(" .,;)pmanohurs0123456789"):
        return True
    return bool(_DATE_COLUMN.search(text[block.start : item.start][-40:]))


def _context(document: Document, block: Block, item: DateText) -> str:
    parts = [document.title, *block.path]
    if block.kind == "table_row" and block.columns:
        cell = next((i for i, (a, b) in enumerate(block.cells) if a <= item.start < b), None)
        if cell is not None and cell < len(block.columns):
            parts.append(block.columns[cell])
    previous = _lead_in(document, block)
    if previous:
        parts.append(previous)
    return " | ".join(parts)


def _lead_in(document: Document, block: Block) -> str:
    """The sentence that introduces a list or a bare line: the last block before it that ends in a colon."""
    if block.end - block.start > 120:
        return ""
    at = bisect_right([b.start for b in document.blocks], block.start) - 2 if len(document.blocks) < 400 else -1
    for index in range(at, max(at - 12, -1), -1):
        candidate = document.blocks[index]
        line = document.text[candidate.start : candidate.end]
        if line.endswith(":"):
            return line[-200:]
        if candidate.kind == "heading" or len(line) > 160:
            return ""
    return ""


# ---------------------------------------------------------------------------------------------- years


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that the page is known to lie near, and what says so."""

    day: date
    basis: str


def years_of(placed: Sequence[Placed], calendar: Calendar, region: str) -> dict[int, tuple[int, ...]]:
    """For each date without a year (by index): the years that its weekday or its movable feast allows."""
    found: dict[int, tuple[int, ...]] = {}
    for index, item in enumerate(placed):
        first = item.text.first
        if first.year is not None or first.month is None or first.day is None:
            continue
        days = [first] + ([item.text.last] if item.text.last else [])
        sets = [
            set(years_with(day.month, day.day, day.weekday, 2022))
            for day in days
            if day is not None and day.weekday is not None and day.month is not None and day.day is not None
        ]
        if item.text.last is not None and len(sets) == 2 and _wraps(first, item.text.last):
            sets[1] = {year - 1 for year in sets[1]}
        if sets:
            both = set.intersection(*sets) or sets[0]
            found[index] = tuple(sorted(both))
        elif item.event is not None and item.beside:
            feast = _feast_years(item, calendar, region)
            if feast:
                found[index] = feast
    return found


def _wraps(first: Day, last: Day) -> bool:
    return (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)


_IS_ON = re.compile(
    r"(?:\b(?:is|falls|fall|takes\splace|will\sbe|lands|happens|are)\b[^.]{0,20}|[(,:–—-]\s?(?:on\s)?(?:the\s)?)$",
    re.IGNORECASE,
)


def _feast_years(item: Placed, calendar: Calendar, region: str) -> tuple[int, ...]:
    """Years in which a movable feast is on the very day that the text gives for it."""
    assert item.event is not None
    event = calendar.event(item.event)
    if event is None or event.entry is None or event.kind == "season":
        return ()
    starts = {year: calendar.occurrence(item.event, year, region) for year in range(2010, 2036)}
    days = {(o.start.month, o.start.day) for o in starts.values() if o}
    if len(days) < 4:
        return ()
    first = item.text.first
    fits = []
    for year, occurrence in starts.items():
        if occurrence is None:
            continue
        day = first.on(year)
        if day is not None and occurrence.start <= day <= occurrence.end:
            fits.append(year)
    if item.event in ("Easter",) and fits:
        exact = [y for y in fits if (o := starts[y]) and first.on(y) == o.start + timedelta(days=2)]
        fits = exact or fits
    return tuple(fits)


def resolve_day(day: Day, year: int) -> date | None:
    """The day in a year; 29 February becomes the 28th."""
    found = day.on(year)
    if found is None and day.month == 2 and day.day == 29:
        return date(year, 2, 28)
    return found


def window(item: DateText, year: int | None, *, week: bool = False, part: str = "") -> tuple[date, date] | None:
    """First and last day of a date or range whose first day lies in `year` (or in its own year)."""
    first, last = item.first, item.last
    stated = first.year if first.year is not None else year
    if stated is None or not 1990 <= stated <= 2100:
        return None
    if item.kind == "year":
        return (date(stated, 1, 1), date(stated, 12, 31)) if last is None else None
    if item.kind == "season":
        # Until when it lasts at the latest, in either hemisphere.
        return (date(stated, 1, 1), date(stated + 1, 2, 28) if item.words == ("winter",) else date(stated, 12, 31))
    if item.kind == "quarter" and first.month:
        return (date(stated, first.month, 1), month_end(stated, first.month + 2))
    if first.month is None:
        return None
    if first.day is None:
        begin, end = date(stated, first.month, 1), month_end(stated, first.month)
        if part in ("early", "beginning", "start"):
            end = begin + timedelta(days=9)
        elif part in ("mid", "middle"):
            begin, end = begin + timedelta(days=9), begin + timedelta(days=19)
    else:
        start = resolve_day(first, stated)
        if start is None:
            return None
        begin = end = start
        if week:
            end = begin + timedelta(days=6)
    if last is not None:
        last_year = last.year
        if last_year is None:
            last_year = stated + (
                1 if last.month is not None and first.month is not None and _wraps(first, last) else 0
            )
        if last.month is None or not 1990 <= last_year <= 2100:
            return None
        finish = month_end(last_year, last.month) if last.day is None else resolve_day(last, last_year)
        if finish is None or finish < begin or (finish - begin).days > 800:
            return None
        end = finish
    return (begin, end)


def nearest_year(item: DateText, anchor: date, allowed: Sequence[int] = (), *, back: int = 182) -> int | None:
    """The year that brings a date closest after `anchor - back` days; among `allowed`, simply the closest."""
    if allowed:
        best = min(allowed, key=lambda year: (_gap(item, year, anchor), year))
        return best
    for year in range(anchor.year - 1, anchor.year + 3):
        days = window(item, year)
        if days is not None and days[1] >= anchor - timedelta(days=back):
            return year
    return None


def _gap(item: DateText, year: int, anchor: date) -> int:
    days = window(item, year)
    return abs((days[0] - anchor).days) if days is not None else 10**6


def vote(years: dict[int, tuple[int, ...]], anchor: Anchor | None) -> int | None:
    """The year that most weekdays of the page agree on (authors mistype them); ties go to the anchor's year."""
    counts: Counter[int] = Counter()
    for allowed in years.values():
        counts.update(allowed)
    if not counts:
        return None
    top = max(counts.values())
    best = sorted(year for year, count in counts.items() if count == top)
    if anchor is None:
        return best[0] if len(best) == 1 else None
    return min(best, key=lambda year: (abs(year - anchor.day.year), year))


def to_mention(item: Placed, year: int | None, basis: str | None, years: tuple[int, ...] = ()) -> DateMention:
    """The mention that a fact keeps, resolved in `year` where that is known."""
    days = window(item.text, year, week=item.week, part=item.part)
    if item.text.first.year is not None:
        basis = "text"
    return DateMention(
        span=(item.text.start, item.text.end),
        start=days[0] if days else None,
        end=days[1] if days else None,
        role=item.role,  # type: ignore[arg-type]
        year_from=basis if days else None,
        month=12 if item.text.kind == "season" else item.text.first.month,
        day=item.text.first.day,
        years=() if days else years,
        sentence=item.sentence,
        event=item.event,
        until=(last.month, last.day) if (last := item.text.last) and last.month and last.day else None,
    )


def post_date(document: Document, placed: Sequence[Placed]) -> Anchor | None:
    """The day on which the page says that it was posted or updated, if it does."""
    for item in placed:
        if item.text.first.year is None or item.text.kind != "day":
            continue
        before = document.text[max(item.block.start, item.text.start - 60) : item.text.start]
        alone = item.block.end - item.block.start <= (item.text.end - item.text.start) + 40
        if _POST.search(before) or (alone and item.block.start < 400 and _AUTHOR_LINE.match(before)):
            days = window(item.text, None)
            if days is not None and item.role in ("publication", "mention"):
                return Anchor(days[0], "post")
    return None


def with_role(item: Placed, role: str) -> Placed:
    """The same date in another role."""
    return replace(item, role=role)
