"""CAT301: an article's price differs from the catalog's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.catalog_group import cases
from kbaudit.model.finding import Finding


class WrongPrice(Check):
    """
    ## Why it matters
    A customer who was told one price and is charged another complains, or has a claim to the lower one. The bot
    repeats the article word for word; nobody edits articles when the catalog's prices change.

    ## Flagged
    An amount that a sentence, a table or a list gives as the price of a product of the catalog, and that is neither
    its price nor a sale price inside its window. "From" prices when every variant is dearer, or every one cheaper;
    ranges that none of the prices falls into. Sale prices after the sale.

    ## Not flagged
    Struck-out and former prices, recommended retail prices, bundles, instalments, shipping and other fees, savings,
    gift cards, prices of accessories, other units and other currencies, prices for members or with a code,
    competitors' prices, worked examples, history; a whole amount that rounds the catalog's. A name that fits several
    variants whose prices span the amount.

    ## Fix
    Change the amount, or drop it and link to the product page. If the catalog is wrong, correct it there.
    """

    code = "CAT301"
    name = "wrong-price"
    severity = "high"
    needs = frozenset({"articles", "products"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_score`: findings below it are left out; the surest links of amount and product have 0.95, those
        through a heading and a shortened name 0.7."""

        min_score: float = 0.6

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article and product."""
        for case in cases(snapshot.fact("catalog_differences"), "price"):
            first = case.first
            if first.score < self.options.min_score:
                continue
            yield self.finding(
                subject={"field": "price", "stated": first.stated, "actual": first.actual},
                key=case.key,
                message=(
                    f"“{first.document.title}” says that {case.label} costs {first.stated}, "
                    f"but the catalog says {first.actual}."
                ),
                documents=case.refs,
                evidence=case.evidence("price", first.actual, "the price in the catalog"),
                suggestion=_suggestion(first.note, first.stated, first.actual, case.label),
                score=first.score,
                impact=snapshot.touching([first.document]),
            )


def _suggestion(written: str, stated: str, actual: str, label: str) -> str:
    return (
        f"In the sentence quoted, change “{written or stated}” to the current price of {label} ({actual}), or remove "
        "the amount and link to the product page, which is always current."
    )
