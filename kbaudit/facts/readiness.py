"""Is the base ready for the events to come: what customers asked last time, and which article will answer it.

Base fact `readiness`: one `Need` per coming event and region with the questions of its last happening, each green (a
live article answers), amber (an article answers that is not live yet, carries an earlier year, or is in a conflict)
or red (none does). `leaving` lists what must go within a week after an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.seasons import finder_of
from kbaudit.facts.seasons_events import Finder
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.facts.seasons_subject import _family
from kbaudit.model.document import Document
from kbaudit.model.event import Occurrence, Seasons
from kbaudit.model.question import Question
from kbaudit.text.chunk import chunks
from kbaudit.text.sentences import split

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# Customers ask about an event from five weeks before it to two weeks after (returns, missing parcels).
ASKED_BEFORE, ASKED_AFTER = 35, 14
# MiniLM cosine between a question and a passage, both without the event's name, from which the passage is taken to
# answer it: own pairs of answer and question lay at 0.58 and above, other pairs on the same event at 0.53 and below.
# An article about the event may be a little farther off than one that only names it.
ANSWERS_ON_EVENT, ANSWERS_MENTIONING, ANSWERS_ELSEWHERE = 0.52, 0.58, 0.62
REPORT_DAYS = 60

Light = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of last time and what answers it now. `score` is the similarity of the best passage."""

    question: Question
    light: Light
    document: tuple[str, str] | None = None
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What one coming happening needs in one region. `near` are the articles that come closest, best first."""

    occurrence: Occurrence
    last: Occurrence
    region: str
    asked: tuple[Asked, ...]
    near: tuple[tuple[str, str], ...] = ()

    @property
    def light(self) -> Light:
        """Red where most questions have no answer, green where all have one."""
        red = sum(item.light == "red" for item in self.asked)
        if red * 2 > len(self.asked):
            return "red"
        return "green" if all(item.light == "green" for item in self.asked) else "amber"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A live article about a happening, and the day by which it must be gone."""

    ref: tuple[str, str]
    occurrence: Occurrence
    until: date
    overdue: bool


def needs(snapshot: Snapshot) -> tuple[Need, ...]:
    """The needs of every event that starts within `REPORT_DAYS` and that customers asked about, soonest first."""
    calendar: Calendar = snapshot.fact("calendar")
    if not snapshot.conversations:
        return ()
    by_event = _mentions(snapshot, calendar)
    found: list[Need] = []
    for event in sorted(by_event):
        for region in snapshot.regions:
            coming = calendar.next(event, snapshot.today, region)
            last = calendar.last(event, snapshot.today, region)
            known = calendar.event(event)
            if coming is None or last is None or known is None:
                continue
            if known.kind == "own" and known.regions and region not in known.regions:
                continue
            if not 0 <= (coming.start - snapshot.today).days <= max(REPORT_DAYS, coming.lead_days):
                continue
            questions = [
                question
                for question in by_event[event]
                if last.start - timedelta(days=ASKED_BEFORE)
                <= question.asked_at.astimezone(snapshot.zone).date()
                <= last.end + timedelta(days=ASKED_AFTER)
                and _of_region(question, region, snapshot.regions)
            ]
            if questions:
                found.append(_need(snapshot, calendar, coming, last, region, questions))
    return tuple(sorted(found, key=lambda item: (item.occurrence.start, item.occurrence.event, item.region)))


def _mentions(snapshot: Snapshot, calendar: Calendar) -> dict[str, list[Question]]:
    """The questions that name each event."""
    finder = finder_of(calendar)
    found: dict[str, list[Question]] = {}
    for question in snapshot.questions:
        for event in sorted({mention.event for mention in finder.find(question.text)}):
            found.setdefault(event, []).append(question)
    return found


def _of_region(question: Question, region: str, regions: Sequence[str]) -> bool:
    parts = re.split(r"[-_]", question.locale)
    stated = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    if stated is None or stated not in regions:
        return region == regions[0]
    return stated == region


def _need(
    snapshot: Snapshot,
    calendar: Calendar,
    coming: Occurrence,
    last: Occurrence,
    region: str,
    questions: Sequence[Question],
) -> Need:
    verdicts: dict[tuple[str, str], Verdict] = snapshot.fact("season_verdicts")
    conflicting = _conflicting(snapshot)
    in_time = [
        document
        for document in snapshot.documents
        if document.ref not in snapshot.copies and _in_time(snapshot, document, coming)
    ]
    on_event: list[Document] = []
    subjects: set[tuple[str, str]] = set()
    for document in in_time:
        seasons: Seasons = snapshot.about("seasons", document)
        names = any(_family(mention.event) == _family(coming.event) for mention in seasons.events)
        if not names and not (seasons.subject is not None and _family(seasons.subject.event) == _family(coming.event)):
            continue
        verdict = verdicts.get(document.ref)
        if verdict is not None and verdict.rule == "SEA101":
            continue
        if _about_another_year(seasons, calendar, coming, region):
            continue
        on_event.append(document)
        if seasons.subject is not None and _family(seasons.subject.event) == _family(coming.event):
            subjects.add(document.ref)
    scored = _scores(snapshot, [q.text for q in questions], on_event)
    asked = []
    reached: dict[tuple[str, str], float] = {}
    for question, row in zip(questions, scored, strict=True):
        best = max(row, key=lambda item: (item[0], item[1].ref), default=None)
        if best is not None and best[0] >= (ANSWERS_ON_EVENT if best[1].ref in subjects else ANSWERS_MENTIONING):
            score, document = best
            reached[document.ref] = max(score, reached.get(document.ref, 0.0))
            asked.append(_light(snapshot, question, document, score, verdicts, conflicting, coming))
            continue
        hits = [hit for hit in snapshot.search(question.text, question.locale, 3) if verdicts.get(hit.ref) is None]
        elsewhere = max(hits, key=lambda hit: (hit.dense, hit.ref), default=None)
        for hit in hits:
            reached[hit.ref] = max(hit.dense, reached.get(hit.ref, 0.0))
        if (
            elsewhere is not None
            and elsewhere.dense >= ANSWERS_ELSEWHERE
            and _holds_event(snapshot, elsewhere.ref, coming)
        ):
            asked.append(Asked(question, "green", elsewhere.ref, elsewhere.dense))
        else:
            asked.append(Asked(question, "red", None, best[0] if best is not None else 0.0, "no article answers it"))
    near = tuple(sorted(reached, key=lambda ref: (-reached[ref], ref))[:3])
    return Need(coming, last, region, tuple(asked), near)


def _light(
    snapshot: Snapshot,
    question: Question,
    document: Document,
    score: float,
    verdicts: dict[tuple[str, str], Verdict],
    conflicting: frozenset[tuple[str, str]],
    coming: Occurrence,
) -> Asked:
    verdict = verdicts.get(document.ref)
    if verdict is not None and verdict.rule == "SEA104":
        return Asked(question, "amber", document.ref, score, "the article carries an earlier year")
    if document.ref in conflicting:
        return Asked(question, "amber", document.ref, score, "the article is in a conflict")
    if not document.live_on(snapshot.now):
        return Asked(question, "amber", document.ref, score, "the article is scheduled and not live yet")
    return Asked(question, "green", document.ref, score)


def _in_time(snapshot: Snapshot, document: Document, coming: Occurrence) -> bool:
    """Whether a document answers customers on the first day of an event: published, and inside its window by then."""
    if not document.published or not document.answers_customers:
        return False
    start = datetime.combine(coming.start, time.min, snapshot.zone)
    return (document.valid_from is None or document.valid_from <= start + timedelta(days=1)) and (
        document.valid_until is None or document.valid_until >= start
    )


def _about_another_year(seasons: Seasons, calendar: Calendar, coming: Occurrence, region: str) -> bool:
    """An article about a happening that is not the coming one: its next edition is what is missing."""
    subject = seasons.subject
    if subject is None or subject.kind != "occurrence" or subject.year is None:
        return False
    occurrence = calendar.occurrence(subject.event, subject.year, region)
    return occurrence is not None and occurrence.end < coming.start - timedelta(days=420)


def _holds_event(snapshot: Snapshot, ref: tuple[str, str], coming: Occurrence) -> bool:
    """Whether an article elsewhere names the event, or dates within its days."""
    document = snapshot.document(ref)
    if document is None:
        return False
    seasons: Seasons = snapshot.about("seasons", document)
    if any(_family(mention.event) == _family(coming.event) for mention in seasons.events):
        return True
    return any((d.month, d.day) == (coming.start.month, coming.start.day) for d in seasons.dates)


def _scores(
    snapshot: Snapshot, texts: Sequence[str], documents: Sequence[Document]
) -> list[list[tuple[float, Document]]]:
    """For each text, every document with the similarity of its best passage."""
    finder = finder_of(snapshot.fact("calendar"))
    passages: list[str] = []
    owners: list[Document] = []
    for document in documents:
        spans = {(chunk.start, chunk.end) for chunk in chunks(document)}
        spans.update(span for block in document.blocks for span in split(document.text, block.start, block.end))
        for start, end in sorted(spans)[:200]:
            passages.append(_unnamed(finder, document.text[start:end]))
            owners.append(document)
    if not passages or not texts:
        return [[] for _ in texts]
    asked = [_unnamed(finder, text) for text in texts]
    similarity = snapshot.vectors(asked) @ snapshot.vectors(passages).T
    found: list[list[tuple[float, Document]]] = []
    for row in similarity:
        best: dict[tuple[str, str], tuple[float, Document]] = {}
        for value, owner in zip(row.tolist(), owners, strict=True):
            if owner.ref not in best or value > best[owner.ref][0]:
                best[owner.ref] = (round(float(value), 4), owner)
        found.append([best[ref] for ref in sorted(best)])
    return found


def _unnamed(finder: Finder, text: str) -> str:
    """A text with "the event" for the event's name, so that the name alone makes nothing alike."""
    for mention in reversed(finder.find(text)):
        text = f"{text[: mention.span[0]]}the event{text[mention.span[1] :]}"
    return text


def _conflicting(snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """The articles that stand on a side of a policy conflict."""
    refs: set[tuple[str, str]] = set()
    for conflict in snapshot.fact("conflicts"):
        for side in conflict.sides:
            refs.update(side.refs)
    return frozenset(refs)


def leaving(snapshot: Snapshot) -> tuple[Leaving, ...]:
    """The live articles about a happening that is over or ends within `REPORT_DAYS`, by the day they must be gone."""
    calendar: Calendar = snapshot.fact("calendar")
    verdicts: dict[tuple[str, str], Verdict] = snapshot.fact("season_verdicts")
    found: list[Leaving] = []
    for document in snapshot.live:
        verdict = verdicts.get(document.ref)
        if verdict is not None and verdict.rule == "SEA101" and verdict.occurrence is not None:
            until = (verdict.until or verdict.occurrence.end) + timedelta(days=verdict.occurrence.grace_days)
            found.append(Leaving(document.ref, verdict.occurrence, until, True))
            continue
        seasons: Seasons = snapshot.about("seasons", document)
        subject = seasons.subject
        if subject is None or subject.kind != "occurrence" or subject.year is None:
            continue
        occurrence = calendar.occurrence(subject.event, subject.year)
        if occurrence is None:
            continue
        until = max(occurrence.end, subject.until or occurrence.end) + timedelta(days=occurrence.grace_days)
        if -REPORT_DAYS <= (until - snapshot.today).days <= REPORT_DAYS:
            found.append(Leaving(document.ref, occurrence, until, until < snapshot.today))
    return tuple(sorted(found, key=lambda item: (item.until, item.ref)))


def worst(lights: Iterable[Light]) -> Light:
    """The worst of some lights."""
    order: tuple[Light, ...] = ("green", "amber", "red")
    return max(lights, key=order.index, default="green")
