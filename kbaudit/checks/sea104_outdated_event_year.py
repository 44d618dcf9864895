"""SEA104: content for a coming event that still carries an earlier year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.seasons import judged
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.facts.seasons_words import due_by, evidence_of, happening, span_of
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding, Ref


class OutdatedEventYear(Check):
    """Content for a coming event still carries an earlier year or earlier dates.

    ## Why it matters
    The page will be read in the weeks to come. With last year's dates in it, customers order too late, or give up on
    an offer that has not begun.

    ## Flagged
    The article is about an event that starts within about 60 days (or is running), and its title, a passage or its
    dates belong to an earlier happening: a year in the text, a weekday that fits only that year, a movable feast on
    another day than the calendar gives.

    ## Not flagged
    Pages that name an older year in their title and have a successor for the coming one (SEA101), last year named to
    compare, addresses that carry an old year above current text, yearly promises without a year.

    ## Fix
    Put the coming happening's year and dates into the passages shown, or replace the dates by what holds every year.
    """

    code = "SEA104"
    name = "outdated-event-year"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_score`: findings less certain than this stay unsaid."""

        min_score: float = 0.5

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article."""
        for document, verdict in judged(snapshot, self.code, self.options.min_score):
            yield self._finding(snapshot, document, verdict)

    def _finding(self, snapshot: Snapshot, document: Document, verdict: Verdict) -> Finding:
        coming, old = verdict.coming, verdict.occurrence
        assert coming is not None
        earlier = old.start.year if old is not None else coming.start.year - 1
        quotes = ", ".join(f"“{document.quote(*span)}”" for span in verdict.dated[:3]) or f"the year {earlier}"
        due = due_by(coming, coming.lead_days, snapshot.today)
        return self.finding(
            subject={"event": coming.event, "occurrence": coming.start.isoformat()},
            key=(coming.event, coming.start.isoformat(), *document.ref),
            message=(
                f"“{document.title}” will be read for {happening(coming)} ({span_of(coming)}) but still carries the "
                f"year or dates of {earlier}."
            ),
            documents=[Ref.to(document)],
            evidence=evidence_of(document, verdict),
            suggestion=(
                f"Replace {quotes} by the dates of {coming.start.year} ({coming.event} is {span_of(coming)}) {due}, "
                "or take the dates out."
            ),
            score=verdict.score,
            impact=snapshot.touching([document]),
        )
