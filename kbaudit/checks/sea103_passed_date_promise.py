"""SEA103: a passage that promises or limits something by a date that has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.seasons import judged
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.facts.seasons_words import BASIS, day
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence, Finding, Ref


class PassedDatePromise(Check):
    """A passage in an otherwise current article promises or limits something by a date that has passed.

    ## Why it matters
    One stale line in a page that is right otherwise is what a bot quotes: "free shipping until 31 January", read in
    March, becomes a promise to a customer.

    ## Flagged
    A deadline, an offer, a closure, a return window or an announced date whose last day lies behind, with the year
    from the text, its weekday, its heading, the page's other dates or, for offers and deadlines only, the day of the
    article's last edit ("this weekend only").

    ## Not flagged
    Dates that say since when something holds ("effective 1 March 2024", "orders placed before … keep the old
    warranty"), history, releases and known issues, "last updated", examples, yearly windows without a year, quotations
    and struck-out text. Where the whole article is about an event that is over, SEA101 or SEA104 says so instead.

    ## Fix
    Delete the passage, or give it the date that holds now.
    """

    code = "SEA103"
    name = "passed-date-promise"
    severity = "high"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_score`: findings less certain than this stay unsaid."""

        min_score: float = 0.5

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article, with all its passed passages."""
        for document, verdict in judged(snapshot, self.code, self.options.min_score):
            yield self._finding(snapshot, document, verdict)

    def _finding(self, snapshot: Snapshot, document: Document, verdict: Verdict) -> Finding:
        passages = verdict.passages
        latest = max(passage.day for passage in passages)
        first = passages[0]
        more = f" and {len(passages) - 1} more" if len(passages) > 1 else ""
        subject: dict[str, object] = {"date": latest.isoformat()}
        if verdict.event is not None:
            subject = {"event": verdict.event, **subject}
        return self.finding(
            subject=subject,
            key=(*document.ref,),
            message=(
                f"“{document.title}” still says “{_short(document.quote(*first.sentence))}”{more}, "
                f"but {day(first.day)} has passed."
            ),
            documents=[Ref.to(document)],
            evidence=[
                Evidence.of(
                    document,
                    *passage.sentence,
                    note=f"{day(passage.day)} has passed ({BASIS.get(passage.year_from, passage.year_from)})",
                )
                for passage in passages
            ],
            suggestion=_suggest(document, verdict),
            score=verdict.score,
            impact=snapshot.touching([document]),
        )


def _short(text: str, most: int = 110) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _suggest(document: Document, verdict: Verdict) -> str:
    parts = []
    for passage in verdict.passages[:3]:
        parts.append(f"“{document.quote(*passage.span)}”")
    what = ", ".join(dict.fromkeys(parts))
    sentence = "the sentence" if len(verdict.passages) == 1 else "the sentences"
    return f"Delete {sentence} with {what}, or put in the date that holds now; if it went on, say so without a date."
