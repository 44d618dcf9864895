"""RET504."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.retrieval import Retrieval
from kbaudit.facts.retrieval_review import statements
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding, Ref


class UnreviewedTopArticle(Check):
    """One of the 20 most retrieved articles has not been reviewed in its cadence.

    ## Why it matters
    Twenty articles answer most questions. A price, a delivery time or a stock statement that is wrong in one of them
    is wrong many times a day, so they are looked at every two weeks.

    ## Flagged
    An article among the 20 that answers cite and questions find most, when its last review or edit is longer ago than
    its cadence. Its statements of price, time and stock are listed, those that differ from the catalog marked.

    ## Not flagged
    Bases that keep no review dates and configure no cadence, and articles that hardly any question finds.

    ## Fix
    Read the listed statements, correct what is wrong, and mark the article as reviewed.
    """

    code = "RET504"
    name = "unreviewed-top-article"
    severity = "medium"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # The field's practice: the 20 most retrieved articles, every two weeks. A day of grace for the week-end.
        top: int = 20
        cadence_days: int = 14
        # An article that fewer questions find is no pillar of the base.
        min_questions: int = 3
        # Set to true to judge by edit dates where a base keeps no review dates.
        without_review_dates: bool = False

    def not_run(self, snapshot: Snapshot) -> str | None:
        """Without review dates nobody has promised a cadence."""
        reason = super().not_run(snapshot)
        dated = self.options.without_review_dates or any(document.reviewed_at for document in snapshot.live)
        if reason is None and not dated:
            return "no article carries a review date; set without_review_dates to judge by edits"
        return reason

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article."""
        for rank, (document, count) in enumerate(self._top(snapshot), 1):
            seen = max((t for t in (document.reviewed_at, document.edited_at) if t is not None), default=None)
            if seen is None:
                continue
            age = (snapshot.today - seen.astimezone(snapshot.zone).date()).days
            if age <= self.options.cadence_days:
                continue
            found = statements(snapshot, document)
            wrong = sum(1 for item in found if item.note.startswith("differs"))
            listed = f" {wrong} of its {len(found)} statements of price, time and stock differ." if wrong else ""
            yield self.finding(
                subject={"rank": rank, "last_review": seen.astimezone(snapshot.zone).date().isoformat(), "days": age},
                key=document.ref,
                message=(
                    f'"{document.title}" is number {rank} of what customers\' questions find and was last reviewed '
                    f"{age} days ago; the cadence is {self.options.cadence_days} days."
                ),
                documents=[Ref.to(document)],
                evidence=found,
                suggestion=(
                    f'Review "{document.title}"'
                    + (": begin with the statements quoted here." if found else " and mark it as reviewed.")
                    + listed
                ),
                score=0.9,
                impact=snapshot.touching([document]),
                cause="process",
                extra={"retrieved": count},
            )

    def _top(self, snapshot: Snapshot) -> list[tuple[Document, int]]:
        retrieval: Retrieval = snapshot.fact("retrieval")
        counts: Counter[tuple[str, str]] = Counter(retrieval.first)
        for answer in snapshot.answers:
            for name in {answer.id, answer.url} - {None}:
                counts[answer.ref] += retrieval.cited.get(name or "", 0)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: self.options.top]
        return [
            (document, count)
            for ref, count in ranked
            if count >= self.options.min_questions and (document := snapshot.document(ref)) is not None
        ]
