# ruff: noqa: E501 - patterns stand on one line each
"""CAT304: an article's policy differs from the product feed's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import conflicts_feed
from kbaudit.model.finding import Evidence, Finding, Ref


class PolicyDiffersFromFeed(Check):
    """An article's policy value differs from the machine-readable one.

    ## Why it matters
    Search engines, marketplaces and assistants show the feed's return window and shipping prices. A customer who was
    shown one value and reads another does not trust either.

    ## Flagged
    A return window, a free-shipping threshold or a shipping price that an article states in general, where the feed
    states other values only, for the same country and service.

    ## Not flagged
    Articles about goods, groups or seasons with a rule of their own; values that the feed states for some products.

    ## Fix
    Correct the article, or the feed's `return_window_days`, `free_shipping_threshold` or `shipping`.
    """

    code = "CAT304"
    name = "policy-differs-from-feed"
    severity = "high"
    needs = frozenset({"articles", "products"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        least_share: float = 0.6
        """Share of the products with a value that must agree before the feed speaks for the shop: a mixed feed has no
        one policy."""

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding per policy and scope, with every article that differs."""
        for gap in conflicts_feed.find(snapshot, self.options.least_share):
            documents = [document for ref in gap.refs if (document := snapshot.document(ref)) is not None]
            first = gap.statements[0]
            quotes = []
            for number, statement in enumerate(gap.statements):
                document = snapshot.document(statement.ref)
                if document is not None:
                    quotes.append(Evidence.of(document, *statement.span, note=f"says {statement.value}", side="a"))
                    if number == 0:
                        quotes.append(
                            Evidence(
                                ref=Ref.to(gap.product),
                                quote=gap.quote,
                                field=gap.field,
                                side="b",
                                note=f"{gap.count} products say so",
                            )
                        )
            title = documents[0].title
            yield self.finding(
                subject={"policy": gap.policy, "scope": gap.scope or "everyone", "values": [first.value, gap.quote]},
                key=(gap.policy, gap.scope, *sorted(f"{ref[0]}:{ref[1]}" for ref in gap.refs)),
                message=f"“{title}” says {first.value} for the {gap.label}"
                + (f" ({gap.scope})" if gap.scope else "")
                + f", but the product feed says {gap.quote}.",
                documents=[*(Ref.to(document) for document in documents), Ref.to(gap.product)],
                evidence=quotes,
                suggestion=f"In “{title}” change “{documents[0].text[slice(*first.span)]}” to {gap.shown}, or correct `{gap.field}` in the feed if the article is right"
                + (f"; {len(documents) - 1} more articles need the same change." if len(documents) > 1 else "."),
                score=0.9,
                impact=snapshot.touching(documents),
            )
