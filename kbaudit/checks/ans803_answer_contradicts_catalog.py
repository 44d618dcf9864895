"""ANS803."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import answers_evidence as shown
from kbaudit.model.finding import Finding


class AnswerContradictsCatalog(Check):
    """An AI answer contradicts the catalog, or recommends what cannot be bought.

    ## Why it matters
    A wrong price or a product that is gone ends in a complaint, a cancelled order, or a price that has to be honoured.

    ## Flagged
    A sentence of an AI answer about one product of the catalog that states another price than the catalog's, another
    availability, or another value of an attribute, and advice to buy what is discontinued or out of stock.

    ## Not flagged
    Prices of shipping, deposits, bundles and instalments; a sale price while it holds; prices rounded as people round;
    products that the catalog does not hold.

    ## Fix
    Let the assistant read price and stock from the catalog when it answers, not from an article or an old copy.
    """

    code = "ANS803"
    name = "answer-contradicts-catalog"
    severity = "high"
    needs = frozenset({"products", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # Below this the tool is not sure enough for a finding of this severity.
        min_score: float = 0.6

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding a conversation."""
        for conversation, found in shown.by_conversation(snapshot, self.code):
            wrong = [judged for judged in found if judged.score >= self.options.min_score]
            if not wrong:
                continue
            first = wrong[0]
            product = first.product.title if first.product else "a product that the catalog does not hold"
            actual = f"{first.field}: {first.value}"
            yield self.finding(
                subject={
                    "claim": first.claim,
                    "kind": shown.kinds(wrong),
                    "field": first.field,
                    "stated": first.stated,
                    "actual": first.value,
                },
                key=conversation.ref,
                message=f'The AI told a customer "{_short(first.claim)}", but the catalog says of {product}: {actual}.',
                documents=[shown.ref(conversation), *shown.others(wrong)],
                evidence=shown.evidence(conversation, wrong),
                suggestion=(
                    f"Let the assistant take {first.field} of {product} from the catalog ({first.value}); find the "
                    "article or copy that still says otherwise."
                ),
                score=shown.score(wrong),
                impact=shown.impact(conversation),
                cause="catalog data" if shown.changed_since(conversation, wrong) else "bot",
            )


def _short(text: str, limit: int = 140) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
