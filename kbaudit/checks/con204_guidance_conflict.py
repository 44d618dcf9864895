# ruff: noqa: E501 - patterns stand on one line each
"""CON204: a macro or guidance contradicts an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import conflicts_words as words
from kbaudit.model.finding import Finding


class GuidanceConflict(Check):
    """A macro, saved reply or bot guidance contradicts an article.

    ## Why it matters
    Agents and the assistant are told one thing and customers read another. Saved replies are edited last and used most.

    ## Flagged
    A macro or guidance that states a value for a policy which no article states, while an article states another one
    for the same customers.

    ## Not flagged
    What only the macro or only the articles speak of; a named exception; a macro that agrees with one of two articles
    that contradict each other (that conflict is CON201, and names the macro).

    ## Fix
    Change the macro to the article's value, or the article if the macro is the newer decision.
    """

    code = "CON204"
    name = "guidance-conflict"
    severity = "high"

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        least_score: float = 0.5
        """Conflicts with less confidence are not reported: below it, more than one in three would be wrong."""

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding per policy and scope, with every document on either side."""
        for conflict in snapshot.fact("conflicts"):
            if conflict.kind != "guidance" or conflict.score < self.options.least_score:
                continue
            ordered = conflict.sides
            documents = words.refs(conflict, ordered, snapshot)
            said = " and ".join(f"{words.title(side.statements[0], snapshot)} says {side.value}" for side in ordered)
            yield self.finding(
                subject={
                    "policy": conflict.policy,
                    "scope": conflict.scope or "everyone",
                    "values": words.values(ordered),
                },
                key=words.key(conflict),
                message=f"What agents or the assistant are told about {words.named(conflict)} contradicts an article: {said}.",
                documents=documents,
                evidence=words.evidence(ordered, snapshot),
                suggestion=words.suggestion(ordered, conflict.why, snapshot),
                score=conflict.score,
                impact=snapshot.touching(
                    document for ref in documents if (document := snapshot.document((ref.source, ref.id)))
                ),
                extra={"why": conflict.why, "origin": conflict.origin},
            )
