"""GAP401 unanswered-cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.model.finding import Evidence, Finding, Ref


class UnansweredCluster(Check):
    """Customers keep asking something that no live article answers.

    ## Why it matters
    A bot without an article says that it does not know, or makes something up. Both cost a contact each time.

    ## Flagged
    A cluster of questions, asked in at least three conversations, that no live article answers.

    ## Not flagged
    Questions that an article answers, however often they are asked.

    ## Fix
    Write the article that is missing, in the words in which customers ask.
    """

    code = "GAP401"
    name = "unanswered-cluster"
    severity = "high"
    needs = frozenset({"conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        min_conversations: int = 3

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """Yield a finding a cluster."""
        for gap in snapshot.fact("gaps"):
            if gap.verdict != "unanswered" or len(gap.conversations) < self.options.min_conversations:
                continue
            cluster = gap.cluster
            refs = [Ref(source, id_, kind="conversation") for source, id_ in gap.conversations]
            evidence = [
                Evidence(
                    ref=Ref(*cluster.questions[at].conversation, kind="conversation"),
                    quote=cluster.questions[at].text,
                    message=cluster.questions[at].message,
                )
                for at in cluster.representatives
            ]
            yield self.finding(
                subject={"cluster": cluster.id, "label": cluster.label},
                key=(cluster.id,),
                message=f"Customers asked about “{cluster.label}” {len(cluster.questions)} times.",
                documents=refs,
                evidence=evidence,
                suggestion="Write it.",
                score=gap.score,
                cause=gap.cause,
            )
