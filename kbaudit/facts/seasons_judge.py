"""What the day of the audit makes of a document's seasons: expired, outdated for the coming event, or passed in part."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.seasons_dates import region_of
from kbaudit.facts.seasons_relative import resolve_relative
from kbaudit.facts.seasons_roles import (
    CLOSURE,
    DEADLINE,
    HAPPENING,
    INVITES,
    OFFER,
    PROMISE,
    PUBLISHED,
    RECURRING,
    SCHEDULED,
    START,
)
from kbaudit.facts.seasons_subject import ACTIVE, _family
from kbaudit.model.document import Document, Span
from kbaudit.model.event import DateMention, Occurrence, Seasons, SeasonSubject

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# How long before an event its next happening counts as coming (formats: "within about 60 days").
COMING_DAYS = 60
# An edit so many days after a date still speaks of that date ("order by the 18th", edited on the 20th).
EDIT_BACK = 45
# Relative dates are judged only when the edit is older than this: a page edited today means what it says.
RELATIVE_AGE = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage whose date has passed: the sentence, the date in it, the day it named last."""

    sentence: Span
    span: Span
    day: date
    year_from: str
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a document. `rule` is SEA101, SEA103 or SEA104; `occurrence` the happening it is about.

    For SEA104 `coming` is the happening that it should be about. `named` and `dated` are evidence; `dated_note` says
    how the year was found.
    """

    rule: Literal["SEA101", "SEA103", "SEA104"]
    event: str | None
    occurrence: Occurrence | None
    subject: SeasonSubject | None = None
    coming: Occurrence | None = None
    until: date | None = None
    year_from: str | None = None
    dated: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = ()
    successor: tuple[str, str] | None = None
    score: float = 0.9


class Judge:
    """Judges the documents of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.today = snapshot.today
        self._created: date | None = None
        self.calendar: Calendar = snapshot.fact("calendar")

    def seasons(self, document: Document) -> Seasons:
        """The document's fact."""
        return self.snapshot.about("seasons", document)  # type: ignore[no-any-return]

    def document(self, document: Document) -> Verdict | None:
        """The verdict on one document, or None where nothing is wrong with its dates."""
        seasons = self.seasons(document)
        if seasons.archive:
            return None
        subject = seasons.subject
        region = region_of(document, self.snapshot.region)
        if subject is not None and subject.kind == "history":
            return None
        edited = self._edited(document, seasons)
        created = document.created_at
        self._created = created.astimezone(self.snapshot.zone).date() if created is not None else None
        resolved = [_announced(document, self._date(document, d, edited), edited) for d in seasons.dates]
        occurrence: Occurrence | None = None
        if subject is not None and subject.kind == "occurrence":
            occurrence, basis = self._occurrence(subject, resolved, edited, region)
            if occurrence is not None:
                verdict = self._about(document, subject, occurrence, basis, resolved, region)
                if verdict is not None:
                    return verdict
                if occurrence.end < self.today:
                    # Within its grace the page's own dates may stay.
                    resolved = [d for d in resolved if not self._belongs(d, occurrence)]
        passages = self._passed(document, resolved, seasons)
        if not passages:
            return None
        event = next((p.event for p in passages if p.event), subject.event if subject is not None else None)
        score = 0.92 if all(p.year_from in ("text", "weekday", "event") for p in passages) else 0.75
        return Verdict("SEA103", event, occurrence, subject, passages=tuple(passages), score=score)

    # ------------------------------------------------------------------ days

    def _edited(self, document: Document, seasons: Seasons) -> date | None:
        """The day on which the text was written, as far as it is known: the edit, else the page's own date."""
        moment = document.edited_at
        if moment is not None:
            return moment.astimezone(self.snapshot.zone).date()
        return None

    def _date(self, document: Document, d: DateMention, edited: date | None) -> DateMention:
        """A date with its year closed by the day of the edit, where the text left it open."""
        if d.start is not None:
            return d
        if d.relative is not None:
            days = resolve_relative(d.relative, edited) if edited is not None else None
            if days is None or edited is None or (self.today - edited).days < RELATIVE_AGE:
                return d
            return replace(d, start=days[0], end=days[1], year_from="article")
        if d.month is None or d.day is None:
            return d
        if d.years:
            return self._by_weekday(d, edited)
        if edited is None or d.role in ("window", "cohort", "history", "publication", "example", "recurring"):
            return d
        for year in (edited.year - 1, edited.year, edited.year + 1):
            day = _safe(year, d.month, d.day)
            if day is not None and (end := _last(d, day)) >= edited - timedelta(days=EDIT_BACK):
                return replace(d, start=day, end=end, year_from="article")
        return d

    def _by_weekday(self, d: DateMention, edited: date | None) -> DateMention:
        assert d.month is not None and d.day is not None
        days = [day for year in d.years if (day := _safe(year, d.month, d.day)) is not None]
        if not days:
            return d
        if edited is not None:
            # A page is written in the weeks before its date: the day of writing before the day of the last touch.
            written = [edited] if self._created is None else [edited, self._created]
            close = [
                item
                for item in days
                for day in written
                if day - timedelta(days=EDIT_BACK) <= item <= day + timedelta(days=120)
            ]
            day = max(close) if close else min(days, key=lambda item: (abs((item - edited).days), item))
        else:
            # Nothing but the weekday: a year that makes it a coming day is believed, else the last one that fits.
            ahead = [
                item for item in days if self.today - timedelta(days=30) <= item <= self.today + timedelta(days=335)
            ]
            past = [item for item in days if item <= self.today]
            if not ahead and not past:
                return d
            day = ahead[0] if ahead else past[-1]
        return replace(d, start=day, end=_last(d, day), year_from="weekday")

    def _occurrence(
        self, subject: SeasonSubject, resolved: Sequence[DateMention], edited: date | None, region: str
    ) -> tuple[Occurrence | None, str | None]:
        """The happening that the article is about, and what says so."""
        if subject.year is not None:
            return self.calendar.occurrence(subject.event, subject.year, region), subject.year_from
        if subject.dated is not None:
            for d in resolved:
                if d.span == subject.dated and d.start is not None:
                    return self.calendar.closest(subject.event, d.start, region), d.year_from
        if edited is not None:
            return self.calendar.near(subject.event, edited, region, back=14), "article"
        # Nothing dates the page: it is out of season when no happening is near.
        coming = self.calendar.next(subject.event, self.today, region)
        last = self.calendar.last(subject.event, self.today, region)
        if coming is None or last is None or subject.strength < 0.7:
            return None, None
        if (coming.start - self.today).days <= COMING_DAYS:
            return None, None
        return last, None

    def _belongs(self, d: DateMention, occurrence: Occurrence) -> bool:
        return (
            d.start is not None
            and d.end is not None
            and occurrence.start - timedelta(days=90) <= d.end
            and d.start <= occurrence.end + timedelta(days=120)
        )

    # ------------------------------------------------------------------ SEA101, SEA104

    def _about(
        self,
        document: Document,
        subject: SeasonSubject,
        occurrence: Occurrence,
        basis: str | None,
        resolved: Sequence[DateMention],
        region: str,
    ) -> Verdict | None:
        promised = self._promises(resolved, occurrence)
        until = max([occurrence.end, *promised])
        if promised and (occurrence.end - occurrence.start).days >= 20:
            # The table only knows the season of a sale; the page knows its days.
            until = max(promised)
        if self._every_year(document, subject, basis):
            return None
        if self.today > until + timedelta(days=occurrence.grace_days):
            return self._over(document, subject, occurrence, basis, until, resolved, region)
        return self._left_over(document, subject, occurrence, basis, resolved, region)

    def _promises(self, resolved: Sequence[DateMention], occurrence: Occurrence) -> list[date]:
        """Last days of what the article promises around the happening."""
        return [
            d.end
            for d in resolved
            if d.end is not None
            and d.month is not None
            and d.role in ACTIVE
            and occurrence.start - timedelta(days=30) <= d.end <= occurrence.end + timedelta(days=150)
        ]

    def _every_year(self, document: Document, subject: SeasonSubject, basis: str | None) -> bool:
        return basis == "article" and RECURRING.search(document.text) is not None

    def _over(
        self,
        document: Document,
        subject: SeasonSubject,
        occurrence: Occurrence,
        basis: str | None,
        until: date,
        resolved: Sequence[DateMention],
        region: str,
    ) -> Verdict | None:
        coming = self.calendar.next(subject.event, self.today, region)
        near = coming is not None and (coming.start - self.today).days <= COMING_DAYS
        successor = self._successor(document, subject.event, coming)
        rule: Literal["SEA101", "SEA104"] = "SEA101"
        if near and coming is not None and successor is None and basis != "article":
            last = self.calendar.last(subject.event, self.today, region)
            named_year = subject.title_year is not None or subject.year_from == "url"
            older = last is not None and occurrence.start < last.start
            if not (named_year and older):
                rule = "SEA104"
        if near and basis == "article":
            # The dates may still be right: nobody wrote a year, and the season is coming again.
            rule = "SEA104"
            if subject.strength < 0.7:
                return None
        dated = {subject.dated} if subject.dated else set()
        if rule == "SEA104":
            # Each of its days has to be changed, not only the one that told the year.
            dated |= {
                d.span
                for d in resolved
                if d.role in ACTIVE and d.day is not None and d.relative is None and self._belongs(d, occurrence)
            }
        return Verdict(
            rule,
            subject.event,
            occurrence,
            subject,
            coming if rule == "SEA104" else None,
            until,
            basis,
            dated=tuple(sorted(dated)),
            successor=successor,
            score=subject.strength,
        )

    def _left_over(
        self,
        document: Document,
        subject: SeasonSubject,
        occurrence: Occurrence,
        basis: str | None,
        resolved: Sequence[DateMention],
        region: str,
    ) -> Verdict | None:
        """An article for a coming happening in which an earlier year or earlier dates were left."""
        if occurrence.end < self.today or (occurrence.start - self.today).days > COMING_DAYS:
            return None
        old: list[Span] = []
        for year, span in subject.stated:
            earlier = self.calendar.occurrence(subject.event, year, region)
            if earlier is not None and earlier.end < occurrence.start - timedelta(days=200):
                old.append(span)
        for d in resolved:
            if (
                d.end is not None
                and d.role in ACTIVE
                and d.day is not None
                and d.year_from in ("text", "weekday", "event")
                and d.end < occurrence.start - timedelta(days=200)
                and (near := self.calendar.closest(subject.event, d.end, region)) is not None
                and near.start - timedelta(days=75) <= d.end <= near.end + timedelta(days=75)
                and near.start < occurrence.start
            ):
                old.append(d.span)
        if not old:
            return None
        year = min(occurrence.start.year - 1, occurrence.start.year)
        earlier = self.calendar.occurrence(subject.event, year, region)
        return Verdict(
            "SEA104",
            subject.event,
            earlier,
            subject,
            occurrence,
            occurrence.end,
            basis,
            dated=tuple(sorted(set(old))),
            score=0.85,
        )

    @cached_property
    def _current(self) -> dict[tuple[str, date], list[tuple[str, str]]]:
        """Which live articles are about which happening."""
        found: dict[tuple[str, date], list[tuple[str, str]]] = {}
        for document in self.snapshot.live:
            subject = self.seasons(document).subject
            if subject is None or subject.kind != "occurrence" or subject.year is None:
                continue
            region = region_of(document, self.snapshot.region)
            occurrence = self.calendar.occurrence(subject.event, subject.year, region)
            if occurrence is not None:
                found.setdefault((_family(subject.event), occurrence.start), []).append(document.ref)
        return found

    def _successor(self, document: Document, event: str, coming: Occurrence | None) -> tuple[str, str] | None:
        """A live article about the coming happening of the same event."""
        if coming is None:
            return None
        refs = [ref for ref in self._current.get((_family(event), coming.start), ()) if ref != document.ref]
        return min(refs) if refs else None

    # ------------------------------------------------------------------ SEA103

    def _passed(self, document: Document, resolved: Sequence[DateMention], seasons: Seasons) -> list[Passage]:
        """The passages that promise or limit something by a date that has passed, one a sentence."""
        if _NEWS.search(f"{document.section or ''} | {' | '.join(document.labels)}"):
            return []
        told = {d.start.year for d in resolved if d.start is not None and d.year_from == "text" and d.role in ACTIVE}
        if len(told) >= 3 and max(told) - min(told) >= 4:
            # Dates over many years are a chronicle, whatever words stand beside them.
            return []
        by_sentence: dict[Span, list[DateMention]] = {}
        for d in resolved:
            by_sentence.setdefault(d.sentence, []).append(d)
        found = []
        for sentence, dates in sorted(by_sentence.items()):
            said = document.text[sentence[0] : sentence[1]]
            block = document.block_at(sentence[0])
            if block is None or block.kind == "title" or RECURRING.search(said):
                continue
            if any(
                d.end is not None and d.month is not None and d.end >= self.today and d.role in ACTIVE for d in dates
            ):
                continue
            if any(d.start is None and d.role in ACTIVE and d.month is not None for d in dates):
                continue
            last = [d for d in dates if self._binds(d, said)]
            if not last:
                continue
            d = max(last, key=lambda item: (item.end or date.min, item.span))
            assert d.end is not None
            if PUBLISHED.search(said[: d.span[0] - sentence[0]]):
                continue
            found.append(Passage(sentence, d.span, d.end, d.year_from or "text", d.event))
        return found

    def _binds(self, d: DateMention, said: str) -> bool:
        """Whether a resolved date is a promise or a limit that lies behind the day."""
        if d.end is None or d.end >= self.today or d.role not in ACTIVE:
            return False
        if (
            d.month is None
            and d.relative is None
            and not _THROUGH_YEAR.search(said[: max(0, d.span[0] - d.sentence[0])])
        ):
            return False
        if d.day is None and d.relative is None and d.year_from not in ("text", "event"):
            return False
        guessed = d.year_from in ("article", "post") or (d.year_from == "siblings" and d.role == "closure")
        if guessed:
            if d.relative is None and not (
                OFFER.search(said)
                or DEADLINE.search(said)
                or CLOSURE.search(said)
                or PROMISE.search(said)
                or INVITES.search(said)
                or _THIS_TIME.search(said)
                or SCHEDULED.search(said[: d.span[0] - d.sentence[0]])
            ):
                return False
            at = d.span[0] - d.sentence[0]
            spread = any(m.start() < at < m.end() for m in re.finditer(r"\bfrom\b[^.]{3,40}\bto\b", said))
            if (d.role == "promise" and "–" in said) or (spread and d.role != "offer"):
                return False
            if d.role == "closure" and d.relative is None and not _THIS_TIME.search(said):
                return False
            return d.role in ("deadline", "offer", "closure", "promise") and not _STANDING.search(said)
        if _NAMES_PERIOD.search(said[: max(0, d.span[0] - d.sentence[0])]):
            return False
        if d.role == "window" and not re.search(
            r"\b(?:until|till?|through|thru|by|before|up\sto)\b", said, re.IGNORECASE
        ):
            return d.end + timedelta(days=90) < self.today
        return True


def _announced(document: Document, d: DateMention, edited: date | None) -> DateMention:
    """A day that lay ahead when the text was written is announced, even where no word says what it binds.

    What holds from that day on ("applies from", "dated after") does not end with it.
    """
    if d.role not in ("mention", "cohort") or d.start is None or d.day is None or d.month is None or edited is None:
        return d
    sentence = document.text[d.sentence[0] : d.sentence[1]]
    before = document.text[d.sentence[0] : d.span[0]]
    if d.start <= edited + timedelta(days=1) or RECURRING.search(sentence):
        return d
    if d.role == "cohort":
        # "Orders invoiced by Friday 27 June get 5 % off": what was still to be done when it was written is asked for.
        asked = re.search(r"\bby\s(?:the\s|\w+day,?\s)?$", before) and OFFER.search(
            document.text[d.span[1] : d.sentence[1]]
        )
        return replace(d, role="deadline") if asked else d
    begins = HAPPENING.search(sentence) and _BEGINS.search(before)
    if (START.search(before) or _ONWARDS.search(before)) and not (begins or _AGAIN.search(sentence)):
        return d
    if not (_FIXED.search(before) or not before.strip() or HAPPENING.search(sentence) or INVITES.search(sentence)):
        # "The eclipse of 12 August", "batch 24/04": the day names a thing.
        return d
    if d.year_from in ("text", "weekday") or (d.year_from == "article" and INVITES.search(sentence)):
        return replace(d, role="promise")
    return d


_ONWARDS = re.compile(
    r"\b(?:from|since|after|before|later\sthan|earlier\sthan|dated|prior\sto|as\sof|effective|appl(?:y|ies)|in\sforce|comes?\sinto|valid\sfrom|born|ab|dès|a\spartir|desde|dal|vanaf)\b[^.;,]{0,24}$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\b(?:starts?|begins?)\s(?:on\s|at\s)?(?:the\s|\w+day,?\s){0,2}$", re.IGNORECASE)
_FIXED = re.compile(
    r"(?:\b(?:on|at|by|until|till|to|in|is|are|am|le|el|il|op|den|dem)|[:–—|])\s{0,2}(?:the\s|\w+(?:day|tag|di|dag),?\s){0,2}$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:again|as\susual|back\s(?:to|in|at)|wieder|de\snouveau|de\snuevo|di\snuovo|weer)\b", re.IGNORECASE
)


def _last(d: DateMention, start: date) -> date:
    """The end of a range that starts on a day; the day itself where it is none."""
    if d.until is None:
        return start
    return _safe(start.year + (d.until < (start.month, start.day)), *d.until) or start


_THROUGH_YEAR = re.compile(
    r"\b(?:until|till?|through|thru|valid\s(?:for|in|through)|by|before)\s(?:the\s)?(?:(?:end|close|rest|remainder)\sof\s)?$",
    re.IGNORECASE,
)
# "The tax year ending 5 April 2026": which one is meant.
_NAMES_PERIOD = re.compile(
    r"\b(?:year|quarter|period|half|season|term)\s(?:that\s)?(?:ending|ended|ends|to)\s(?:on\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_THIS_TIME = re.compile(
    r"\b(?:this\s(?:year|month|week|spring|summer|autumn|fall|winter)|currently|due\sto|because\sof|will\sbe|reopen\w*|re-open\w*|resum\w+|temporar\w+|renovat\w+|out\sof\s(?:use|order|service|action)|under\s(?:repair|construction|maintenance)|being\s\w+(?:ed|built|laid|done)|broken|wegen|aufgrund|dieses\sjahr|diese[nrs]?\s(?:sommer|winter|woche|monat)|derzeit|zurzeit|momentan|vorübergehend|umbau|umzug|renovier\w+|betriebsferien|betriebsurlaub|en\sraison|cette\sann[ée]e|cet\s(?:[ée]t[ée]|hiver|automne)|travaux|temporairement|pour\scongés|debido\sa|este\s(?:año|verano|invierno|mes)|obras|por\s(?:vacaciones|reformas|obras|inventario)|a\scausa|quest['’]anno|ristrutturazione|per\s(?:ferie|lavori|inventario)|wegens|dit\sjaar|deze\s(?:zomer|winter|week|maand)|verbouwing|tijdelijk|we(?:['’]re|\sare)\s(?:on\s(?:holiday|vacation|leave|a\sbreak)|away|moving))\b",
    re.IGNORECASE,
)
_NEWS = re.compile(r"\b(?:news|newsroom|announcements?\sarchive)\b", re.IGNORECASE)
# Sentences that hold every year although they name days: "fiscal year ends 31 March", "winter tariff until 30 April".
_STANDING = re.compile(
    r"\b(?:fiscal|financial|tax|school|academic|calendar)\syear\b|\btax(?:es)?\b|\bseasonal(?:ly)?\b|\bsummer\stime\b|\bwinter\stime\b|\bdaylight\b|\bpublic\sholidays?\b|\bbank\sholidays?\b|\bholidays\s(?:such|like|including)\b|\bon\s(?:these|the\sfollowing)\s(?:days|holidays)\b",
    re.IGNORECASE,
)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
