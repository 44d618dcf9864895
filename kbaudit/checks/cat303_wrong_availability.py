"""CAT303: an article's statement of availability differs from the catalog's."""

from __future__ import annotations

from collections.abc import Iterator

from kbaudit.check import Check, Snapshot
from kbaudit.facts.catalog_group import cases
from kbaudit.model.finding import Finding


class WrongAvailability(Check):
    """
    ## Why it matters
    "In stock" brings orders that cannot be filled, "sold out" turns buyers away from what lies in the warehouse.

    ## Flagged
    An article says in the present tense that a product is in stock, sold out, open for pre-order or on backorder (or
    discontinued) and the catalog says something that cannot hold at the same time.

    ## Not flagged
    Conditions and questions ("if it is out of stock …"), history, single stores, one variant where the catalog does
    not name variants, general sentences without a product. A discontinued product is CAT302.

    ## Fix
    Change the sentence, or better take the stock out of the article and link to the product page.
    """

    code = "CAT303"
    name = "wrong-availability"
    severity = "medium"
    needs = frozenset({"articles", "products"})

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article and product."""
        for case in cases(snapshot.fact("catalog_differences"), "availability"):
            first = case.first
            yield self.finding(
                subject={"field": first.field, "stated": first.stated, "actual": first.actual},
                key=case.key,
                message=(
                    f"“{first.document.title}” says that {case.label} is {first.stated}, "
                    f"but the catalog says {first.actual}."
                ),
                documents=case.refs,
                evidence=case.evidence(
                    "availability",
                    (case.product.availability or "") if case.product else "",
                    "the availability in the catalog",
                ),
                suggestion=(
                    f"Change the sentence quoted: {case.label} is {first.actual}. Stock changes faster than articles; "
                    "a link to the product page instead of the statement stays right."
                ),
                score=first.score,
                impact=snapshot.touching([first.document]),
            )
