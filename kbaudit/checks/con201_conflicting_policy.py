"""CON201: articles give different values for the same policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import conflicts_words as words
from kbaudit.model.finding import Finding


class ConflictingPolicy(Check):
    """Articles give different values for the same policy.

    ## Why it matters
    A customer who reads one article gets another answer than a customer who reads the other, and an assistant answers
    with whichever it retrieves first. Somebody will hold the shop to the better of the two.

    ## Flagged
    Two or more live articles that state different values for the same policy where both apply to the same customer:
    a return window, a refund time, a fee, a threshold, a warranty, hours, what is accepted or allowed. Also
    near-identical sentences that differ in a number, a negation, an exception or a contact detail.

    ## Not flagged
    A general rule and a named exception (a region, a kind of goods, a season, a service, a customer group); equal
    values in other units; drafts, quotations, other companies' policies, history and worked examples; different
    goods, brands or regions that have pages of the same wording.

    ## Fix
    Decide which value holds, change the sentences that the finding names, and say the scope in both articles if both
    are meant.
    """

    code = "CON201"
    name = "conflicting-policy"
    severity = "high"

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        least_score: float = 0.5
        """Conflicts with less confidence are not reported: below it, more than one in three would be wrong."""

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding per policy and scope, with every article on either side."""
        for conflict in snapshot.fact("conflicts"):
            if conflict.kind != "between" or conflict.score < self.options.least_score:
                continue
            ordered, why = words.sides(conflict, snapshot)
            documents = words.refs(conflict, ordered, snapshot)
            said = " and ".join(f"{words.title(side.statements[0], snapshot)} says {side.value}" for side in ordered)
            also = words.others(ordered, snapshot)
            yield self.finding(
                subject={
                    "policy": conflict.policy,
                    "scope": conflict.scope or "everyone",
                    "values": words.values(ordered),
                },
                key=words.key(conflict),
                message=f"Articles disagree on {words.named(conflict)}: {said}" + (f"; {also}" if also else "") + ".",
                documents=documents,
                evidence=words.evidence(ordered, snapshot),
                suggestion=words.suggestion(ordered, why, snapshot),
                score=conflict.score,
                impact=snapshot.touching(
                    document for ref in documents if (document := snapshot.document((ref.source, ref.id)))
                ),
                extra={"why": why, "origin": conflict.origin},
            )
