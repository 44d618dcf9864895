"""FRE701: an article is past its review cadence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kbaudit.check import Check, Snapshot
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding, Ref


class OverdueReview(Check):
    """
    ## Why it matters
    Nobody notices when an article slowly stops being true. A date by which somebody looks at it again does.

    ## Flagged
    Articles that nobody reviewed or edited for longer than the cadence that the shop configured for them (a general
    one, or by kind, section, label or owner; the shortest that applies). Without a cadence only articles whose use is
    known from conversations: those that customers' questions retrieve often, after `used_days`.

    ## Not flagged
    Anything else, however old: age alone is no fault. Articles without any date.

    ## Fix
    Read the article, correct it, and set its review date. Retire what nobody needs.
    """

    code = "FRE701"
    name = "overdue-review"
    severity = "low"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`cadence_days`: days between reviews for every article, 0 for none. `kinds`, `sections`, `labels`,
        `owners`: days by kind, by the beginning of a section's path, by label and by owner. `used_days` and
        `min_questions`: without a cadence, articles that so many questions of the input retrieve first are due after
        so many days (180: half a year is the longest rhythm that help centers publish for what is read daily; ten
        questions: fewer are chance)."""

        cadence_days: int = 0
        kinds: Mapping[str, int] = field(default_factory=dict)
        sections: Mapping[str, int] = field(default_factory=dict)
        labels: Mapping[str, int] = field(default_factory=dict)
        owners: Mapping[str, int] = field(default_factory=dict)
        used_days: int = 180
        min_questions: int = 10

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article that is due."""
        used = _cited(snapshot)
        for document in snapshot.live:
            seen = [moment for moment in (document.reviewed_at, document.edited_at) if moment is not None]
            if not seen:
                continue
            last = max(seen)
            impact = snapshot.touching([document])
            days, why = self._cadence(document)
            if days is None:
                questions = max(impact.questions, used.get(document.ref, 0))
                if (
                    not snapshot.conversations
                    or questions < self.options.min_questions
                    or not document.answers_customers
                ):
                    continue
                days, why = self.options.used_days, f"{questions} questions led to it"
            due = last + timedelta(days=days)
            if due >= snapshot.now:
                continue
            day = last.astimezone(snapshot.zone).date()
            late = (snapshot.today - due.astimezone(snapshot.zone).date()).days
            what = "reviewed" if document.reviewed_at == last else "edited"
            yield self.finding(
                subject={"last": day.isoformat(), "cadence_days": days},
                key=(f"{document.source}/{document.id}",),
                message=(
                    f"“{document.title}” was last {what} on {day.isoformat()}: {late} days past its review ({why})."
                ),
                documents=[Ref.to(document)],
                evidence=[],
                suggestion=(
                    f"{document.owner or 'The owner'} should read “{document.title}”, correct what changed since "
                    f"{day.isoformat()} and set the review date; archive it if nobody needs it."
                ),
                score=min(0.95, 0.6 + 0.1 * late / max(days, 1) + 0.02 * min(impact.questions, 10)),
                impact=impact,
            )

    def _cadence(self, document: Document) -> tuple[int | None, str]:
        """The shortest configured cadence that applies, and what set it."""
        options = self.options
        found: list[tuple[int, str]] = []
        if options.cadence_days > 0:
            found.append((options.cadence_days, f"every {options.cadence_days} days"))
        section = _path(document.section or "")
        for name, value in (("kind", document.kind), ("owner", document.owner or "")):
            days = {"kind": options.kinds, "owner": options.owners}[name].get(value)
            if days:
                found.append((int(days), f"{name} {value}: every {days} days"))
        for prefix, days in options.sections.items():
            wanted = _path(prefix)
            if days and section[: len(wanted)] == wanted:
                found.append((int(days), f"section {prefix}: every {days} days"))
        for label in document.labels:
            days = options.labels.get(label)
            if days:
                found.append((int(days), f"label {label}: every {days} days"))
        if not found:
            return None, ""
        # What is set for a kind, section, label or owner is meant to replace the general rhythm.
        special = [item for item in found if not item[1].startswith("every")]
        return min(special or found)


def _path(section: str) -> list[str]:
    return [part.strip().lower() for part in re.split(r"\s*[>/]\s*", section) if part.strip()]


def _cited(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    """How many conversations cite each article."""
    by_id: dict[str, list[tuple[str, str]]] = {}
    for document in snapshot.live:
        by_id.setdefault(document.id, []).append(document.ref)
    counts: dict[tuple[str, str], int] = {}
    for conversation in snapshot.conversations:
        cited = {source for message in conversation.messages for source in message.sources}
        for identifier in cited:
            refs = by_id.get(identifier, ())
            if len(refs) == 1:
                counts[refs[0]] = counts.get(refs[0], 0) + 1
    return counts
