"""What articles say about products, held against the catalog: the base for CAT301, CAT302 and CAT303.

For every statement of an article (`mentions`) the product it is about is looked for in its own row or sentence, then
in the sentence before, then in the heading above and in the title. What cannot be tied to one product (or one item
group) is left alone, and so is every amount that is no plain price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts.catalog import Catalog
from kbaudit.facts.catalog_context import Bound, Context
from kbaudit.facts.catalog_prices import price_differs, price_role
from kbaudit.facts.catalog_stock import gone_link, listed_though_gone, priced_though_gone, stock_differs
from kbaudit.facts.mentions import Mentions
from kbaudit.model.document import Document, Span
from kbaudit.model.product import Product

Fault = Literal["price", "discontinued", "availability"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement of one article that the catalog contradicts.

    `products` are the catalog items meant (several variants where the text does not choose, none where the catalog
    has no such product any more, then `name` says what the article calls it).
    """

    document: Document
    products: tuple[Product, ...]
    name: str
    fault: Fault
    field: str
    stated: str
    actual: str
    span: Span
    passage: Span
    score: float
    note: str = ""


def find(snapshot: Snapshot) -> tuple[Difference, ...]:
    """Every difference between the live articles and the catalog, by document and place."""
    catalog: Catalog = snapshot.fact("catalog")
    found: list[Difference] = []
    if not catalog.products:
        return ()
    for document in snapshot.live:
        mentions: Mentions = snapshot.about("mentions", document)
        if not mentions.statements and not document.links and mentions.topic != "guide":
            continue
        found.extend(judge(document, mentions, catalog, snapshot))
    return tuple(found)


def judge(document: Document, mentions: Mentions, catalog: Catalog, snapshot: Snapshot) -> list[Difference]:
    """The differences of one article."""
    context = Context(document, mentions, catalog)
    found: list[Difference] = []
    for statement in mentions.statements:
        if statement.kind == "price":
            for bound in context.priced(statement):
                if price_role(bound, context) is None:
                    continue
                gone = priced_though_gone(bound, context)
                if gone:
                    found.append(_difference(document, bound, *gone))
                    continue
                difference = price_differs(bound, context, snapshot)
                if difference:
                    found.append(_difference(document, bound, "price", *difference))
        elif statement.kind in ("stock", "advice"):
            for bound in context.subjects(statement):
                verdict = stock_differs(bound, context, snapshot)
                if verdict:
                    found.append(_difference(document, bound, *verdict))
    for bound in listed_though_gone(context):
        found.append(_difference(document, bound, "discontinued", "availability", "recommended", "discontinued", 0.8))
    for link, stated, score in gone_link(context, snapshot):
        found.append(
            Difference(
                document, (), document.text[link.start : link.end], "discontinued", "link", stated,
                "not in the catalog", (link.start, link.end), context.sentence_at(link.start), score, link.href,
            )
        )  # fmt: skip
    return found


def _difference(
    document: Document, bound: Bound, fault: Fault, field: str, stated: str, actual: str, score: float, note: str = ""
) -> Difference:
    return Difference(
        document, bound.products, bound.name, fault, field, stated, actual,
        (bound.statement.start, bound.statement.end), bound.passage, score, note,
    )  # fmt: skip
