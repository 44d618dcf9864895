# ruff: noqa: E501 - patterns stand on one line each
"""CON202: one article contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import conflicts_words as words
from kbaudit.model.finding import Finding, Ref


class SelfContradiction(Check):
    """One article gives two values for the same policy in the same scope.

    ## Why it matters
    The page cannot be right whichever way it is read, and an assistant quotes whichever passage it was handed.

    ## Flagged
    Two passages of one article that state different values for the same policy and the same customers, as pasted
    templates and half-finished edits leave them.

    ## Not flagged
    Values under headings, rows or list items of their own that name a region, a service, goods or a group; ranges and
    alternatives in one sentence; a rule and its named exception.

    ## Fix
    Keep one of the two passages, or say in each to whom it applies.
    """

    code = "CON202"
    name = "self-contradiction"
    severity = "high"

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        least_score: float = 0.5
        """Conflicts with less confidence are not reported: below it, more than one in three would be wrong."""

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding per article and policy."""
        for conflict in snapshot.fact("conflicts"):
            if conflict.kind != "within" or conflict.score < self.options.least_score:
                continue
            document = snapshot.document(conflict.sides[0].statements[0].ref)
            if document is None:
                continue
            said = " and ".join(f"{side.value}" for side in conflict.sides)
            first, second = conflict.sides[0].statements[0], conflict.sides[1].statements[0]
            yield self.finding(
                subject={
                    "policy": conflict.policy,
                    "scope": conflict.scope or "everyone",
                    "values": words.values(conflict.sides),
                },
                key=words.key(conflict),
                message=f"“{document.title}” gives two values for {words.named(conflict)}: {said}.",
                documents=[Ref.to(document)],
                evidence=words.evidence(conflict.sides, snapshot),
                suggestion=(
                    f"Decide which holds, then change “{document.text[slice(*second.span)]}” to {conflict.sides[0].value} or "
                    f"“{document.text[slice(*first.span)]}” to {conflict.sides[1].value}; if both are meant, name in each to whom it applies."
                ),
                score=conflict.score,
                impact=snapshot.touching([document]),
                extra={"origin": conflict.origin},
            )
