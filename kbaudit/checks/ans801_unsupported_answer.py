"""ANS801."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import answers_evidence as shown
from kbaudit.model.finding import Finding


class UnsupportedAnswer(Check):
    """An AI answer states what no article or product supports.

    ## Why it matters
    What the assistant makes up is a promise that nobody at the shop has made. The customer holds the shop to it, and
    the next customer gets another version.

    ## Flagged
    A sentence of an AI answer that states something about the shop, its policies or its goods, where neither the cited
    articles nor the best retrieved ones nor the catalog say it: a figure or a name that stands in none of them, or a
    subject that none of them treats.

    ## Not flagged
    Greetings, apologies, offers, questions back, hand-overs, what concerns one order only ("your parcel has left our
    warehouse"), hedged sentences, instructions, and answers that say that they have no information.

    ## Fix
    Decide whether it is true. If it is, write it into the article that customers would look for; if it is not, tell
    the assistant what holds instead.
    """

    code = "ANS801"
    name = "unsupported-answer"
    severity = "medium"
    needs = frozenset({"conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # Below this the tool is not sure enough to bother anybody.
        min_score: float = 0.5

    def not_run(self, snapshot: Snapshot) -> str | None:
        """Without anything to hold answers against, everything would be unsupported."""
        if not snapshot.answers and not snapshot.products:
            return "no articles and no products given to hold answers against"
        return super().not_run(snapshot)

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding a conversation."""
        for conversation, found in shown.by_conversation(snapshot, self.code):
            wrong = [judged for judged in found if judged.score >= self.options.min_score]
            if not wrong:
                continue
            first = wrong[0]
            nearest = shown.others(wrong[:1])
            yield self.finding(
                subject={"claim": first.claim, "kind": shown.kinds(wrong)},
                key=conversation.ref,
                message=f'The AI told a customer "{_short(first.claim)}", which no article and no product supports.',
                documents=[shown.ref(conversation), *nearest],
                evidence=shown.evidence(conversation, wrong),
                suggestion=(
                    f'Check whether it is true. If so, add it to "{nearest[0].title}"; if not, correct the answer.'
                    if nearest and nearest[0].title
                    else "Check whether it is true. If so, write it into an article; if not, correct the answer."
                ),
                score=shown.score(wrong),
                impact=shown.impact(conversation),
                cause="bot" if any(judged.cited for judged in wrong) else "missing article",
            )


def _short(text: str, limit: int = 140) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
