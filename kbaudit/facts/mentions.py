"""What one article says that the catalog could contradict: amounts of money, words of availability, advice to buy.

Independent of the catalog, so that it is read once per content. Which product is meant, and whether the amount is its
price at all, is decided in `catalog_compare`, where the names are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts.mentions_words import GUIDE, NOTICE, RECOMMEND, STOCK, SUPPORT, SUPPORT_TEXT
from kbaudit.model.document import Document
from kbaudit.text.prices import amounts
from kbaudit.text.sentences import split

# Statements read from one article: a page of prices that is longer is a dump, and not read to its end.
MOST_STATEMENTS = 5_000

Kind = Literal["price", "stock", "advice", "notice"]
Topic = Literal["guide", "support", "other"]


@dataclass(frozen=True, slots=True)
class Statement:
    """`text[start:end]` says something of the kind; `state` is the availability said (`stock`).

    `low`, `high`, `currency`, `symbol`, `decimals` as in `kbaudit.text.prices.Amount` (`price`).
    """

    kind: Kind
    start: int
    end: int
    block: int
    sentence: tuple[int, int]
    state: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    currency: str | None = None
    symbol: str = ""
    decimals: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """All statements of an article in order, and what kind of article it is."""

    statements: tuple[Statement, ...] = ()
    topic: Topic = "other"


def read(document: Document, snapshot: Snapshot) -> Mentions:
    """The statements of one article."""
    return read_text(document)


def read_text(document: Document) -> Mentions:
    """The statements of one article; needs nothing but the article."""
    found: list[Statement] = []
    text = document.text
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or block.quoted:
            continue
        pieces = [(block.start, block.end)] if block.kind == "table_row" else split(text, block.start, block.end)
        for start, end in pieces:
            found.extend(_sentence(text, start, end, number))
            if len(found) > MOST_STATEMENTS:
                return Mentions(tuple(found), topic_of(document))
    return Mentions(tuple(found), topic_of(document))


def _sentence(text: str, start: int, end: int, block: int) -> list[Statement]:
    found = [
        Statement("price", a.start, a.end, block, (start, end), "", a.low, a.high, a.currency, a.symbol, a.decimals)
        for a in amounts(text, start, end)
    ]
    taken: list[tuple[int, int]] = []
    for state, pattern in STOCK:
        for match in pattern.finditer(text, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            if state:
                found.append(Statement("stock", match.start(), match.end(), block, (start, end), state))
    for match in RECOMMEND.finditer(text, start, end):
        found.append(Statement("advice", match.start(), match.end(), block, (start, end)))
    for match in NOTICE.finditer(text, start, end):
        found.append(Statement("notice", match.start(), match.end(), block, (start, end)))
    return sorted(found, key=lambda s: (s.start, s.end, s.kind))


def topic_of(document: Document) -> Topic:
    """A buying guide, a support article, or neither: from title and section, then from the words of the body."""
    head = f"{document.title}\n{document.section or ''}\n{' '.join(document.labels)}"
    if SUPPORT.search(document.title):
        return "support"
    if GUIDE.search(head):
        return "guide"
    if SUPPORT.search(head):
        return "support"
    body = document.text[len(document.title) :]
    hits = len(re.findall(SUPPORT_TEXT, body[:20_000]))
    return "support" if hits >= 3 and hits * 60 >= len(body.split()) else "other"
