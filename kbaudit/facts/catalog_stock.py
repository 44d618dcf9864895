"""Does an article recommend what is gone, or state an availability that the catalog contradicts?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts.catalog_context import Bound, Context
from kbaudit.facts.catalog_words import HYPOTHETICAL, NEGATED, OBLIQUE, OWNED, PLACE, QUESTION, STRONG
from kbaudit.facts.catalog_words import STOCK_HISTORY as HISTORY
from kbaudit.facts.mentions import Statement
from kbaudit.model.document import Link

# (fault, field, stated, actual, score)
Verdict = tuple[Literal["discontinued", "availability"], str, str, str, float]
# Stated state -> catalog states that it contradicts. What is softer than these pairs is no finding.
CONTRADICTS = {
    "in_stock": ("out_of_stock", "preorder", "backorder"),
    "out_of_stock": ("in_stock", "limited_availability", "preorder"),
    "preorder": ("in_stock", "out_of_stock", "limited_availability"),
    "backorder": ("in_stock", "preorder", "limited_availability"),
    "limited_availability": ("out_of_stock", "preorder"),
    "discontinued": ("in_stock", "preorder", "backorder", "limited_availability"),
}
SAYS = {
    "in_stock": "in stock", "out_of_stock": "out of stock", "preorder": "pre-order", "backorder": "on backorder",
    "limited_availability": "few left", "discontinued": "discontinued", "restock": "back soon", "offered": "for sale",
}  # fmt: skip


def stock_differs(bound: Bound, context: Context, snapshot: Snapshot) -> Verdict | None:
    """(fault, field, stated, actual, score) if the statement cannot hold for any of the products meant."""
    states = {product.availability for product in bound.products}
    if not bound.products or None in states:
        return None
    statement = bound.statement
    start, end = statement.sentence
    masked = context.masked((start, end))
    if QUESTION.match(masked):
        return None
    if states == {"discontinued"}:
        return _gone(bound, context, masked)
    if statement.kind != "stock" or len(states) != 1:
        return None
    actual = next(iter(states))
    if actual not in CONTRADICTS.get(statement.state, ()):
        return None
    if HYPOTHETICAL.search(masked[: statement.end - start]) or masked.rstrip().endswith("?"):
        return None
    if HISTORY.search(masked) and not re.search(r"\b(?:is|are|now|currently|today)\b", masked, re.I):
        return None
    if PLACE.search(masked[statement.start - start :]) or NEGATED.search(masked[: statement.start - start]):
        return None
    if len(bound.products) == 1 and _names_a_part_of_variants(bound, context):
        return None
    if statement.state == "preorder" and actual == "out_of_stock" and re.search(r"soon|will be|not yet", masked, re.I):
        return None
    score = 0.9 if bound.near else 0.8
    if bound.how in ("part", "spelling"):
        score -= 0.05
    assert actual is not None
    return ("availability", "availability", SAYS[statement.state], SAYS.get(actual, actual), score)


def _names_a_part_of_variants(bound: Bound, context: Context) -> bool:
    """ "… in blue is sold out" where the catalog has no blue: the text speaks of something finer than the catalog."""
    statement = bound.statement
    between = (
        context.text[bound.mention.end : statement.start]
        if bound.mention and bound.mention.end <= statement.start
        else ""
    )
    return (
        bool(re.search(r"\b(?:in (?:size|colou?r)|size [A-Z0-9]+|colou?r(?:way)?)\b", between, re.I))
        and len(context.catalog.members[context.catalog.group_of[bound.indexes[0]]]) == 1
    )


def _gone(bound: Bound, context: Context, masked: str) -> Verdict | None:
    """A discontinued product is recommended, offered or said to be for sale."""
    statement = bound.statement
    if statement.kind == "stock" and statement.state in ("discontinued",):
        return None
    if _says_so_itself(bound, context):
        return None
    topic = context.mentions.topic
    left = masked[: statement.start - statement.sentence[0]]
    if statement.kind == "stock":
        if statement.state == "limited_availability":
            return None
        if statement.state == "out_of_stock" and not re.search(
            r"\b(?:back|restock|again|soon|expect|return)\w*", masked, re.I
        ):
            return None
        if HYPOTHETICAL.search(masked) or HISTORY.search(masked):
            return None
        return ("discontinued", "availability", SAYS[statement.state], "discontinued", 0.92)
    if NEGATED.search(left) or HISTORY.search(masked):
        return None
    said = context.text[statement.start : statement.end]
    if topic == "support" and (OWNED.search(masked) or not STRONG.search(said)):
        return None
    if OWNED.search(masked) and topic != "guide":
        return None
    return ("discontinued", "availability", f"recommended ({said.lower()})", "discontinued", 0.9 if bound.near else 0.8)


def priced_though_gone(bound: Bound, context: Context) -> Verdict | None:
    """A discontinued product that an article still prices as if it were for sale."""
    if not bound.products or {product.availability for product in bound.products} != {"discontinued"}:
        return None
    start, end = bound.statement.sentence
    if (
        context.mentions.topic == "support"
        or OWNED.search(context.masked((start, end)))
        or _says_so_itself(bound, context)
    ):
        return None
    said = context.text[bound.statement.start : bound.statement.end]
    return ("discontinued", "availability", f"for sale at {said}", "discontinued", 0.85)


def listed_though_gone(context: Context) -> Iterator[Bound]:
    """Discontinued products that a buying guide lists in a heading, a list or a table."""
    if context.mentions.topic != "guide":
        return
    for number, block in enumerate(context.document.blocks):
        if number == 0 or block.kind not in ("heading", "list_item", "table_row"):
            continue
        for mention in context.by_block.get(number, ()):
            if {context.catalog.products[i].availability for i in mention.products} != {"discontinued"}:
                continue
            sentence = context.sentence_at(mention.start)
            statement = Statement("advice", mention.start, mention.end, number, sentence)
            products = tuple(context.catalog.products[i] for i in mention.products)
            bound = Bound(
                statement,
                mention.products,
                products,
                context.text[mention.start : mention.end],
                mention.how,
                sentence,
                True,
                mention,
            )
            masked = context.masked(sentence)
            left = masked[: mention.start - sentence[0]]
            if (
                OWNED.search(masked)
                or OBLIQUE.search(left)
                or HISTORY.search(masked)
                or _says_so_itself(bound, context)
            ):
                continue
            yield bound


def _says_so_itself(bound: Bound, context: Context) -> bool:
    """The article tells somewhere that this product has gone."""
    mine = set(bound.indexes)
    for notice in context.mentions.statements:
        if notice.kind != "notice":
            continue
        near = context.within(notice.block, notice.sentence)
        if any(set(m.products) & mine for m in near):
            return True
        if not near:
            for other in context.subjects(_as_stock(notice)):
                if set(other.indexes) & mine:
                    return True
    return False


def _as_stock(notice: Statement) -> Statement:
    return Statement("stock", notice.start, notice.end, notice.block, notice.sentence, "discontinued")


def gone_link(context: Context, snapshot: Snapshot) -> Iterator[tuple[Link, str, float]]:
    """Links to product pages of the shop that the catalog no longer has."""
    links = context.catalog.links
    if not links.patterns:
        return
    seen: set[str] = set()
    for link in context.document.links:
        if link.href in seen or not links.is_gone(link.href):
            continue
        seen.add(link.href)
        sentence = context.sentence_at(link.start)
        masked = context.masked(sentence)
        block = context.document.block_at(link.start)
        if block is None or block.kind == "code" or (context.mentions.topic == "support" and not STRONG.search(masked)):
            continue
        if any(s.kind == "notice" and s.sentence == sentence for s in context.mentions.statements) or OWNED.search(
            masked
        ):
            continue
        yield link, link.href, 0.75
