"""CAT302: an article recommends a product that is discontinued or gone from the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.catalog_group import cases
from kbaudit.model.finding import Finding


class DiscontinuedProduct(Check):
    """
    ## Why it matters
    Advice to buy what cannot be bought ends the conversation: the customer searches, finds nothing, and leaves or
    asks an agent.

    ## Flagged
    A product of the catalog that is marked as discontinued and that an article recommends, offers, prices or says to
    be available. A link to a product page of the shop (its address follows the pattern of the catalog's links) that
    the catalog does not have.

    ## Not flagged
    Manuals, spare parts, warranty, repair, compatibility and recall articles, which rightly keep old products.
    Articles that say themselves that the product was discontinued or replaced, and history.

    ## Fix
    Name the successor or a product of the same kind, or take the passage out; redirect the old product page.
    """

    code = "CAT302"
    name = "discontinued-product"
    severity = "medium"
    needs = frozenset({"articles", "products"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`max_gone_share`: where more of the product links of all articles than this lead to products that are not
        in the catalog, the catalog given is taken for a part of the shop's and missing pages prove nothing."""

        max_gone_share: float = 0.5

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article and product."""
        catalog = snapshot.fact("catalog")
        gone: set[str] = set()
        there: set[str] = set()
        for document in snapshot.live:
            for link in document.links:
                if catalog.links.resolve(link.href):
                    there.add(link.href)
                elif catalog.links.is_gone(link.href):
                    gone.add(link.href)
        partial = len(gone) > 2 and len(gone) > self.options.max_gone_share * (len(gone) + len(there))
        for case in cases(snapshot.fact("catalog_differences"), "discontinued"):
            first = case.first
            product = case.product
            if product is None and partial:
                continue
            what = "has been discontinued" if product else "is no longer in the catalog"
            yield self.finding(
                subject={"field": first.field, "stated": first.stated, "actual": first.actual},
                key=case.key,
                message=f"“{first.document.title}” sends customers to {case.label}, which {what}.",
                documents=case.refs,
                evidence=case.evidence("availability", first.actual, "the availability in the catalog"),
                suggestion=(
                    f"Replace {case.label} in the sentence quoted by its successor or another product on sale"
                    f"{'' if product else ', or point the link to a page that exists'}; if the article is only about "
                    "it, say that it is discontinued or archive the article and redirect its address."
                ),
                score=first.score,
                impact=snapshot.touching([first.document]),
            )
