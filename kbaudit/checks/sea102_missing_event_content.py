"""SEA102: an event is near, and what customers asked last time has no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.readiness import Asked, Need
from kbaudit.facts.seasons_words import day, due_by, happening, span_of
from kbaudit.model.finding import Evidence, Finding, Impact, Ref


class MissingEventContent(Check):
    """An event starts within its lead days and no article that is or will be live answers what customers ask about it.

    ## Why it matters
    The same questions come every year, in the weeks when the team has least time. Content must be loaded two to three
    weeks before the event, or the bot answers from whatever comes near.

    ## Flagged
    An event starts within its lead days (21 unless `events.toml` says otherwise), customers asked about it around its
    last happening, and for most of those questions no article that is live, or is scheduled to be live when the event
    starts, holds an answer.

    ## Not flagged
    Events that nobody asked about last time, events farther away, questions that an article answers which is live or
    scheduled in time. Last year's page that still carries its year is SEA104.

    ## Fix
    Write one article per event that answers the questions quoted, or bring back last year's with this year's dates.
    """

    code = "SEA102"
    name = "missing-event-content"
    severity = "high"
    needs = frozenset({"conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_questions`: one customer's question is no demand; two is the least that can be told from chance."""

        min_questions: int = 2

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an event and region."""
        needs: tuple[Need, ...] = snapshot.fact("readiness")
        for need in needs:
            days = (need.occurrence.start - snapshot.today).days
            if not 0 <= days <= need.occurrence.lead_days or need.light != "red":
                continue
            if len({item.question.conversation for item in need.asked}) < self.options.min_questions:
                continue
            yield self._finding(snapshot, need, days)

    def _finding(self, snapshot: Snapshot, need: Need, days: int) -> Finding:
        open_questions = [item for item in need.asked if item.light == "red"]
        shown = sorted(open_questions, key=lambda item: (item.question.asked_at, item.question.id))
        conversations = list(dict.fromkeys(item.question.conversation for item in shown))
        coming, event = need.occurrence, need.occurrence.event
        first = " ".join(shown[0].question.text.split())
        articles = [document for ref in need.near if (document := snapshot.document(ref)) is not None]
        weeks = max(1.0, ((need.last.end - need.last.start).days + 50) / 7)
        return self.finding(
            subject={"event": event, "occurrence": coming.start.isoformat(), "region": need.region},
            key=(event, coming.start.isoformat(), need.region),
            message=(
                f"{happening(coming)} starts in {days} days and no article answers what customers asked last time, "
                f"such as “{first[:120]}”."
            ),
            documents=[
                *(Ref(source, ident, kind="conversation") for source, ident in conversations),
                *(Ref.to(document) for document in articles),
            ],
            evidence=[_evidence(item) for item in shown[:5]],
            suggestion=(
                f"Publish an article on {happening(coming)} ({span_of(coming)}) "
                f"{due_by(coming, 14, snapshot.today)} that answers these {len(shown)} questions"
                + (f", or extend “{articles[0].title}”." if articles else ".")
            ),
            score=0.6 + 0.35 * len(open_questions) / max(len(need.asked), 1),
            impact=Impact(len(need.asked), round(len(need.asked) / weeks, 1)),
        )


def _evidence(item: Asked) -> Evidence:
    source, ident = item.question.conversation
    return Evidence(
        ref=Ref(source, ident, kind="conversation"),
        quote=item.question.text,
        message=item.question.message,
        note=f"asked on {day(item.question.asked_at.date())}; {item.reason or 'no answer'}",
    )
