"""RET501."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import retrieval_evidence as shown
from kbaudit.facts.retrieval_pollution import Polluted, polluted
from kbaudit.model.finding import Evidence, Finding, Ref


class PollutedRetrieval(Check):
    """An expired, superseded or conflicting article outranks the right one for real questions.

    ## Why it matters
    A bot answers from what stands first. While last season's page or the old version of a policy stands above the
    current one, customers are told what no longer holds, however good the current article is.

    ## Flagged
    Questions of one cluster that find an article which is about an event that is over, says of itself that it has
    been replaced, or is the older side of a conflict, above another article that treats the question nearly as well.

    ## Not flagged
    Questions from the time when the article was right, questions about the event itself, and articles above which
    nothing else answers the question (that is a gap). Copies that say the same (see RET503 and DUP601).

    ## Fix
    Archive the wrong article and redirect it to the right one; the rank that the right one will have then is shown.
    """

    code = "RET501"
    name = "polluted-retrieval"
    severity = "high"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # One question may be an accident of its wording.
        min_questions: int = 2
        # The questions concerned must be no small part of their cluster.
        min_share: float = 0.2

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding a cluster."""
        for case in polluted(snapshot, self.options.min_questions, self.options.min_share):
            yield self._finding(snapshot, case)

    def _finding(self, snapshot: Snapshot, case: Polluted) -> Finding:
        suspect = case.wrong[0]
        wrong = suspect.document
        right = snapshot.document(case.right_hit.ref)
        assert right is not None
        first = case.questions[0]
        count = len(case.questions)
        score = min(0.95, 0.6 + 0.3 * case.share + (0.1 if suspect.because else 0.0))
        return self.finding(
            subject={
                "cluster": case.cluster.id,
                "label": case.cluster.label,
                "kind": suspect.kind,
                "ranks": {"before": case.before, "after": case.after},
            },
            key=(case.cluster.id,),
            message=(
                f'{count} questions such as "{shown.short(first.text)}" find "{wrong.title}", '
                f'which {suspect.reason}, above "{right.title}".'
            ),
            documents=[*(Ref.to(item.document) for item in case.wrong), Ref.to(right)],
            evidence=[
                *shown.quoted(snapshot, case.questions),
                Evidence.of(wrong, case.wrong_hit.chunk.start, case.wrong_hit.chunk.end, side="a", note="found first"),
                Evidence.of(
                    right, case.right_hit.chunk.start, case.right_hit.chunk.end, side="b", note="the right one"
                ),
            ],
            suggestion=_advice(case, wrong.title, right.title),
            score=score,
            impact=shown.impact(snapshot, count),
            because=sorted({item.because for item in case.wrong if item.because}),
            cause="wrong article",
            extra={"drift": "retrieval polluted"},
        )


def _advice(case: Polluted, wrong: str, right: str) -> str:
    """A page with one wrong value is corrected; one that is over or replaced is archived."""
    if case.wrong[0].kind == "conflicting":
        return (
            f'Correct the value in "{wrong}" so that it agrees with "{right}": these questions read it first. '
            f'If the page holds nothing else, archive it and redirect it; "{right}" then moves from rank '
            f"{case.before} to rank {case.after}."
        )
    return (
        f'Archive "{wrong}" and redirect it to "{right}": for these questions that moves the right article from rank '
        f"{case.before} to rank {case.after}."
    )
