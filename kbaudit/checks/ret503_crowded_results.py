"""RET503."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import retrieval_evidence as shown
from kbaudit.facts.retrieval_crowding import Crowded, crowded
from kbaudit.model.finding import Evidence, Finding, Ref


class CrowdedResults(Check):
    """Near-copies fill the results and push other answers out.

    ## Why it matters
    A bot reads the first few results. Where most of them say the same, what the customer also needs to know does not
    reach it.

    ## Flagged
    Questions of one cluster among whose first five results stand at least three copies of one article, while another
    article that treats the question stands below them.

    ## Not flagged
    Copies that leave room for everything that treats the question, and two articles that share a section.

    ## Fix
    Keep one copy and redirect the others to it; the rank that the pushed-out article will have then is shown.
    """

    code = "RET503"
    name = "crowded-results"
    severity = "medium"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # Two copies leave three of five places to others.
        min_copies: int = 3
        # One question may be an accident of its wording.
        min_questions: int = 3
        # The questions concerned must be no small part of their cluster.
        min_share: float = 0.2

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding a cluster."""
        options = self.options
        for case in crowded(snapshot, options.min_copies, options.min_questions, options.min_share):
            yield self._finding(snapshot, case)

    def _finding(self, snapshot: Snapshot, case: Crowded) -> Finding:
        pushed = snapshot.document(case.pushed.ref)
        assert pushed is not None
        first = case.copies[0]
        titles = ", ".join(f'"{document.title}"' for document in case.copies)
        return self.finding(
            subject={
                "cluster": case.cluster.id,
                "label": case.cluster.label,
                "ranks": {"before": case.before, "after": case.after},
            },
            key=(case.cluster.id,),
            message=(
                f'For {len(case.questions)} questions such as "{shown.short(case.questions[0].text)}" '
                f'{len(case.copies)} copies of one answer stand above "{pushed.title}".'
            ),
            documents=[*(Ref.to(document) for document in case.copies), Ref.to(pushed)],
            evidence=[
                *shown.quoted(snapshot, case.questions),
                *(
                    Evidence.of(document, hit.chunk.start, hit.chunk.end, side="a", note="a copy")
                    for document, hit in zip(case.copies, case.hits, strict=True)
                ),
                Evidence.of(pushed, case.pushed.chunk.start, case.pushed.chunk.end, side="b", note="pushed out"),
            ],
            suggestion=(
                f"Keep one of {titles} and redirect the others to it: that moves "
                f'"{pushed.title}" from rank {case.before} to rank {case.after}.'
            ),
            score=min(0.95, 0.65 + 0.3 * case.share),
            impact=shown.impact(snapshot, len(case.questions)),
            because=[case.because],
            cause="wrong article",
            extra={"drift": "retrieval polluted", "first": first.id},
        )
