"""SEA101: an article about an event that is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kbaudit.check import Check, Snapshot
from kbaudit.facts.seasons import judged
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.facts.seasons_words import day, evidence_of, happening
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding, Ref


class ExpiredEventContent(Check):
    """An article that is about an event is still published more than its grace days after the event ended.

    ## Why it matters
    Customers and the bot find last season's deadlines, codes and opening hours and take them for today's. An expired
    page also crowds out the right one in search: a gift guide for February must not answer in April.

    ## Flagged
    The title, headings, body, address or labels say that the article is about one happening of an event, the text,
    its weekdays, its other dates or its own edit date say which year, and the event, with everything the article
    promises around it (returns until January), ended longer ago than the event's grace days (7 unless `events.toml`
    says otherwise).

    ## Not flagged
    Yearly promises without a year ("orders from 1 November to 24 December may be returned until 31 January"), lists
    of public holidays, articles that only mention an event, looks back and press pages, names that contain an event
    (a brand, an island), drafts and pages outside their publishing window. A page for an event that comes again
    within about 60 days is SEA104.

    ## Fix
    Archive the article and redirect it to the evergreen page on the subject, or to the page for the next happening.
    Keep what holds every year without a year in it.
    """

    code = "SEA101"
    name = "expired-event-content"
    severity = "high"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_score`: findings less certain than this stay unsaid; 0.5 keeps pages dated by their edit alone."""

        min_score: float = 0.5

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article."""
        for document, verdict in judged(snapshot, self.code, self.options.min_score):
            yield self._finding(snapshot, document, verdict)

    def _finding(self, snapshot: Snapshot, document: Document, verdict: Verdict) -> Finding:
        occurrence = verdict.occurrence
        assert occurrence is not None
        ended = verdict.until or occurrence.end
        grace = occurrence.grace_days
        since = (snapshot.today - ended).days
        message = (
            f"“{document.title}” is about {happening(occurrence)}, which ended on {day(ended)}, and is still published "
            f"{since} days later."
        )
        if verdict.successor is not None and (other := snapshot.document(verdict.successor)) is not None:
            suggestion = (
                f"Archive the article and redirect it to “{other.title}” ({other.id}), which is about the next one."
            )
        else:
            suggestion = (
                f"Archive the article, or unpublish it until the next {occurrence.event}; redirect its address to the "
                f"evergreen page on the subject. It should have been gone by {day(ended + timedelta(days=grace))}."
            )
        return self.finding(
            subject={"event": occurrence.event, "occurrence": occurrence.start.isoformat()},
            key=(occurrence.event, occurrence.start.isoformat(), *document.ref),
            message=message,
            documents=[Ref.to(document)],
            evidence=evidence_of(document, verdict),
            suggestion=suggestion,
            score=verdict.score,
            impact=snapshot.touching([document]),
        )
