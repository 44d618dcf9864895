"""How findings speak of events, days and where a year came from."""

from __future__ import annotations

from datetime import date

from kbaudit.facts.seasons_judge import Verdict
from kbaudit.model.document import Document
from kbaudit.model.event import Occurrence
from kbaudit.model.finding import Evidence, Ref

BASIS = {
    "text": "the text states the year",
    "title": "the title states the year",
    "weekday": "the weekday fits that year only",
    "event": "the heading or sentence names the year",
    "siblings": "the other dates on the page are of that year",
    "code": "the code carries the year",
    "url": "the address carries the year",
    "labels": "the label carries the year",
    "window": "the publishing window says so",
    "post": "the page was posted then",
    "article": "the article was last edited then",
}


def day(value: date) -> str:
    """`24 December 2025`."""
    return f"{value.day} {value:%B} {value.year}"


def due_by(occurrence: Occurrence, days_before: int, today: date) -> str:
    """By when something has to be done: so many days before it starts, or now where that day has passed."""
    last = date.fromordinal(occurrence.start.toordinal() - days_before)
    return f"before {day(last)}" if last > today else "now"


def happening(occurrence: Occurrence) -> str:
    """`Christmas 2025`, `New Year 2026`."""
    return f"{occurrence.event} {occurrence.start.year}"


def span_of(occurrence: Occurrence) -> str:
    """The days of an occurrence in words."""
    if occurrence.start == occurrence.end:
        return f"on {day(occurrence.start)}"
    return f"from {day(occurrence.start)} to {day(occurrence.end)}"


def evidence_of(document: Document, verdict: Verdict) -> list[Evidence]:
    """What names the event and what dates it, quoted."""
    found: list[Evidence] = []
    subject = verdict.subject
    if subject is not None:
        if subject.named != (0, 0) or subject.named_field is None:
            found.append(Evidence.of(document, *subject.named, note=f"names {subject.event}"))
        elif subject.named_field is not None:
            found.append(_field(document, subject.named_field, f"names {subject.event}"))
    note = BASIS.get(verdict.year_from or "", "no happening of the event is near")
    for span in verdict.dated[:6]:
        if not any(item.start == span[0] and item.end == span[1] for item in found):
            found.append(Evidence.of(document, *span, note=note))
    if subject is not None and subject.dated_field is not None:
        found.append(_field(document, subject.dated_field, note))
    elif verdict.year_from == "article" and document.edited_at is not None:
        field = "updated_at" if document.updated_at is not None else "created_at"
        found.append(
            Evidence(ref=Ref.to(document), quote=document.edited_at.date().isoformat(), field=field, note=note)
        )
    return found


def _field(document: Document, field: str, note: str) -> Evidence:
    if field == "url":
        quote = document.url or document.id
    elif field == "labels":
        quote = ", ".join(document.labels) or document.section or ""
    elif field == "valid_from" and document.valid_from is not None:
        quote = document.valid_from.date().isoformat()
    else:
        quote = document.id
    return Evidence(ref=Ref.to(document), quote=quote, field=field, note=note)
