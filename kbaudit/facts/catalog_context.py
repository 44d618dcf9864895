"""Which product is a statement about? Mentions of one article by sentence, row, heading and title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from kbaudit.facts.catalog import Catalog, Mention
from kbaudit.facts.catalog_names import ACCESSORIES, STOP, form, forms, words
from kbaudit.facts.catalog_words import (
    ANAPHOR,
    BUNDLED,
    CHOICE,
    COMPARES,
    EVERY_ONE_OF,
    LEADS_TO_PRICE,
    OBLIQUE,
    OTHER_COLUMN,
    PART_COLUMN,
    PARTS,
    PRECEDES_PRODUCT,
    PRICE_COLUMN,
    PRICE_OF,
    YOU_PAY,
)
from kbaudit.facts.mentions import Mentions, Statement
from kbaudit.model.document import Block, Document, Span
from kbaudit.model.product import Product
from kbaudit.text.sentences import split


@lru_cache(maxsize=256)
def _names_parts(heading: str) -> bool:
    return PARTS.search(heading) is not None


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement with the products it is about. `near`: named in the same sentence or row."""

    statement: Statement
    indexes: tuple[int, ...]
    products: tuple[Product, ...]
    name: str
    how: str
    passage: Span
    near: bool
    mention: Mention | None = None


# A row or sentence that is longer holds a page: what it begins with says what it is about.
LONGEST = 1_000


class Context:
    """The mentions of one article, and which statement belongs to which of them."""

    def __init__(self, document: Document, mentions: Mentions, catalog: Catalog) -> None:
        self.document = document
        self.mentions = mentions
        self.catalog = catalog
        self.text = document.text
        found = [*catalog.linked(document.links), *catalog.find(document.text)]
        self.found = _merged(found)
        self.by_block: dict[int, list[Mention]] = {}
        number = 0
        for mention in self.found:
            while number < len(document.blocks) and document.blocks[number].end <= mention.start:
                number += 1
            self.by_block.setdefault(number, []).append(mention)
        self._prices = [statement for statement in mentions.statements if statement.kind == "price"]
        self._masked: dict[Span, str] = {}
        self._sentences: dict[Span, list[Span]] = {}
        self._headings: dict[str, tuple[Mention, ...]] = {}

    def within(self, block: int, span: Span) -> list[Mention]:
        """The mentions inside a span of a block."""
        found = self.by_block.get(block, [])
        first = bisect_left(found, span[0], key=lambda mention: mention.start)
        inside = []
        for mention in found[first:]:
            if mention.start >= span[1]:
                break
            if mention.end <= span[1]:
                inside.append(mention)
        return inside

    def _prices_in(self, span: Span) -> list[Statement]:
        """The amounts inside a span."""
        first = bisect_left(self._prices, span[0], key=lambda statement: statement.start)
        found = []
        for statement in self._prices[first:]:
            if statement.start >= span[1]:
                break
            if statement.end <= span[1]:
                found.append(statement)
        return found

    def _overlapping(self, span: Span) -> list[Mention]:
        """The mentions that touch a span; mentions do not overlap each other."""
        first = max(0, bisect_left(self.found, span[0], key=lambda mention: mention.start) - 1)
        touching = []
        for mention in self.found[first:]:
            if mention.start >= span[1]:
                break
            if mention.end > span[0]:
                touching.append(mention)
        return touching

    def masked(self, span: Span) -> str:
        """A sentence with the products' names blanked out by `\\x01`, so that words of names are no cues."""
        if span not in self._masked:
            start, end = span
            signs = list(self.text[start:end])
            for mention in self._overlapping(span):
                for i in range(max(mention.start, start), min(mention.end, end)):
                    signs[i - start] = "\x01"
            self._masked[span] = "".join(signs)
        return self._masked[span]

    def sentence_at(self, offset: int) -> Span:
        """The sentence or row that holds an offset."""
        block = self.document.block_at(offset)
        if block is None:
            return (offset, offset)
        if block.kind != "table_row":
            spans = self._sentences.get((block.start, block.end))
            if spans is None:
                spans = self._sentences[block.start, block.end] = split(self.text, block.start, block.end)
            at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
            if at >= 0 and offset < spans[at][1]:
                return spans[at]
        return (block.start, block.end)

    def priced(self, statement: Statement) -> list[Bound]:
        """The products whose price an amount says it is."""
        block = self.document.blocks[statement.block]
        if any(a < statement.end and statement.start < b for a, b in self.document.struck):
            return []
        if block.kind == "table_row":
            return self._priced_in_row(statement, block)
        near = self.within(statement.block, statement.sentence)
        near = [m for m in near if not (m.start < statement.end and statement.start < m.end)]
        if near:
            return self._priced_in_sentence(statement, near)
        return self._inherited(statement, block)

    def subjects(self, statement: Statement) -> list[Bound]:
        """The products that a statement of stock or advice is about."""
        block = self.document.blocks[statement.block]
        near = self.within(statement.block, statement.sentence)
        if near:
            chosen = near if block.kind != "table_row" else self._row_product(near)
            if statement.kind == "stock":
                chosen = self._stock_subjects(statement, chosen)
            elif len({m.products for m in chosen}) > 1 or statement.start > chosen[0].end:
                chosen = self._advised(statement, chosen)
            return [
                self._bind(statement, m, near=True)
                for m in chosen
                if 0 <= m.start - statement.end < 8 or not self._is_oblique(m, statement)
            ]
        return self._inherited(statement, block)

    def _advised(self, statement: Statement, near: list[Mention]) -> list[Mention]:
        """What follows "buy …" and "try …", or what "… is perfect for" is said of, with what is joined to it."""
        text = self.text
        before = [m for m in near if m.end <= statement.start]
        after = [m for m in near if m.start >= statement.end]
        praise = re.match(
            r"(?:perfect|ideal|great|good|excellent|best|right|suit|make|worth|is|pairs?|most|you)",
            text[statement.start : statement.end],
            re.I,
        )
        praised = praise is not None and not re.match(r"you", text[statement.start : statement.end], re.I)
        if before and (praised or not after):
            if not praised and re.search(
                r"[,;]\s*(?:you|we|they|our|but|then|so)\b", text[before[-1].end : statement.end], re.I
            ):
                return []
            return self._joined(before)
        if not after:
            return [m for m in near if m not in before]
        chosen = [after[0]]
        for following in after[1:]:
            if re.fullmatch(
                r"\s*(?:,|,?\s*(?:and|or|&))\s*(?:(?:the|our|an?)\s+)?", text[chosen[-1].end : following.start]
            ):
                chosen.append(following)
            else:
                break
        return [m for m in chosen if not COMPARES.search(text[statement.sentence[0] : m.start])]

    def _stock_subjects(self, statement: Statement, near: list[Mention]) -> list[Mention]:
        """The subject of "is sold out" is the nearest product before it, with those joined to it by "and"."""
        before = [m for m in near if m.end <= statement.start]
        if not before:
            after = [m for m in near if m.start >= statement.end]
            return after[:1]
        chosen = [before[-1]]
        for earlier in reversed(before[:-1]):
            between = self.text[earlier.end : chosen[-1].start]
            if re.fullmatch(r"\s*(?:,|,? (?:and|or|&))\s*(?:(?:the|our|both)\s+)?", between):
                chosen.append(earlier)
            else:
                break
        chosen.reverse()
        gap = self.text[chosen[-1].end : statement.start]
        if re.search(r";\s*(?:it|they|this|these|both)\b", gap, re.I):
            return chosen
        return [] if re.search(r"[;]|\b(?:but|while|whereas|although)\b.*\b(?:it|they|\w+s)\b", gap) else chosen

    def _priced_in_row(self, statement: Statement, block: Block) -> list[Bound]:
        if block.header:
            return []
        near = self.within(statement.block, (block.start, block.end))
        column = next((i for i, (a, b) in enumerate(block.cells) if a <= statement.start and statement.end <= b), None)
        title = block.columns[column] if column is not None and column < len(block.columns) else ""
        cell = block.cells[column] if column is not None else (block.start, block.end)
        inside = [m for m in near if cell[0] <= m.start and m.end <= cell[1]]
        if inside:
            return self._priced_in_sentence(statement, inside, span=cell)
        if title and OTHER_COLUMN.search(title):
            return []
        if any(PART_COLUMN.match(name) for name in block.columns) or self._of_parts(block):
            return []
        first = self.text[block.cells[0][0] : block.cells[0][1]] if block.cells else ""
        if column is not None and title:
            heads = self._named(title)
            if len(heads) == 1 and not near:
                if OTHER_COLUMN.search(first) or not PRICE_COLUMN.search(first):
                    return []
                return [self._bind(replace(statement, sentence=cell), heads[0], near=True, extra=title)]
        chosen = self._row_product(near)
        if len(chosen) == 1:
            return [self._bind(replace(statement, sentence=(block.start, block.end)), chosen[0], near=True)]
        if near:
            return []
        if PRICE_COLUMN.search(title) or PRICE_COLUMN.search(first) or not title:
            if OTHER_COLUMN.search(first) and not PRICE_COLUMN.search(title):
                return []
            return self._inherited(statement, block)
        return []

    def _of_parts(self, block: Block) -> bool:
        """Whether a heading above, or the title, says that it is about parts or extras."""
        return any(_names_parts(heading) for heading in (*block.path, self.document.title))

    def _row_product(self, near: list[Mention]) -> list[Mention]:
        """The product of a row: the one in its first naming cell."""
        indexes = {m.products for m in near}
        if len(indexes) <= 1:
            return near[:1]
        common = set(near[0].products)
        for mention in near[1:]:
            common &= set(mention.products)
        return [replace(near[0], products=tuple(sorted(common)))] if common else []

    def _priced_in_sentence(self, statement: Statement, near: list[Mention], span: Span | None = None) -> list[Bound]:
        start, end = span or statement.sentence
        text = self.text
        others = [s for s in self._prices_in((start, end)) if s != statement]
        if len(near) > 1 and re.search(r"\brespectively\b", text[start:end], re.I):
            prices = sorted([*others, statement], key=lambda s: s.start)
            if len(prices) == len(near):
                return [self._bind(statement, near[prices.index(statement)], near=True)]
            return []
        before = [m for m in near if m.end <= statement.start]
        after = [m for m in near if m.start >= statement.end]
        follows = after[0] if after and PRECEDES_PRODUCT.match(text[statement.end : after[0].start]) else None
        if before:
            mention = before[-1]
            between = self._unstruck(mention.end, statement.start)
            listed = self._listed_prices(statement, [*others, statement])
            if listed and listed[0] != statement:
                between = self._unstruck(mention.end, listed[0].start)
            # "… costs $10 and $20 for …": the amount that directly precedes a product belongs to that product.
            if follows is not None and (
                re.search(r"[$€£]\s?\d", between) or re.search(r"\b(?:and|or)\s*$|,\s*$", between)
            ):
                return [self._bind(statement, follows, near=True)]
            if not LEADS_TO_PRICE.search(between) and between.strip(" )]*•·"):
                return []
            if COMPARES.search(text[start : mention.start]) and len(before) > 1:
                return []
            if len(before) > 1 and re.fullmatch(
                r"\s+(?:(?:the|an?|our|your)\s+)?", text[before[-2].end : mention.start]
            ):
                # "Gift wrapping an … costs": the first of two names in a row governs.
                return [self._bind(statement, before[-2], near=True)]
            if BUNDLED.search(between):
                return []
            if self._is_oblique(mention, statement):
                return []
            joined = self._joined(before)
            if len(joined) > 1:
                if re.search(
                    r"^\W*(?:each|apiece|a piece|both|per piece)\b", text[statement.end : end], re.I
                ) or re.search(r"\b(?:both|each)\b", between, re.I):
                    return [self._bind(statement, m, near=True) for m in joined]
                listed = self._listed_prices(statement, [*others, statement])
                if len(listed) == len(joined):
                    return [self._bind(statement, joined[listed.index(statement)], near=True)]
                return []
            return [self._bind(statement, mention, near=True)]
        if follows is not None:
            if len(after) > 1 and re.match(r"\s*(?:and|\+|&|with|plus)\s", text[after[0].end : after[1].start]):
                return []
            return [self._bind(statement, follows, near=True)]
        return []

    def _listed_prices(self, statement: Statement, prices: list[Statement]) -> list[Statement]:
        """The amounts that stand in one enumeration with this one: "$35 and $25"."""
        ordered = sorted(prices, key=lambda s: s.start)
        at = ordered.index(statement)
        low = high = at
        while low > 0 and re.fullmatch(
            r"\s*(?:,|,?\s*(?:and|&))\s*", self.text[ordered[low - 1].end : ordered[low].start]
        ):
            low -= 1
        while high + 1 < len(ordered) and re.fullmatch(
            r"\s*(?:,|,?\s*(?:and|&))\s*", self.text[ordered[high].end : ordered[high + 1].start]
        ):
            high += 1
        return ordered[low : high + 1] if high > low else []

    def _unstruck(self, start: int, end: int) -> str:
        """A piece of the text without what is struck out in it."""
        pieces = []
        for a, b in self.document.struck:
            if start <= a and b <= end:
                pieces.append(self.text[start:a])
                start = b
        return "".join([*pieces, self.text[start:end]])

    def _joined(self, before: list[Mention]) -> list[Mention]:
        """The last product with those joined to it by a comma, "and" or "+"."""
        joined = [before[-1]]
        for earlier in reversed(before[:-1]):
            between = self.text[earlier.end : joined[-1].start]
            if re.fullmatch(
                r"\s*(?:,|,?\s*(?:and|or|&|\+|plus|with|und|et|y))\s*(?:(?:the|our|an?)\s+)?(?:[a-z]+\s+){0,2}", between
            ):
                joined.append(earlier)
            else:
                break
        return joined[::-1]

    def _is_oblique(self, mention: Mention, statement: Statement) -> bool:
        """The product is not what is sold or priced here but what something is for, of or like."""
        start = statement.sentence[0]
        left = self.text[start : mention.start]
        if not OBLIQUE.search(left) or EVERY_ONE_OF.search(left):
            return False
        if statement.kind == "price":
            after = self.text[mention.end : statement.start] if mention.end <= statement.start else ""
            cut = OBLIQUE.search(left)
            lead = left[: cut.start()] if cut else left
            if re.fullmatch(r"\s*[(\[]\s*(?:only |just |now )?", after):
                head = words(lead)[-1:]
                return bool(head) and head[0].form in ACCESSORIES
            return not PRICE_OF.search(lead) and not CHOICE.search(lead)
        if statement.kind == "advice":
            cut = OBLIQUE.search(left)
            lead = left[: cut.start()] if cut else left
            return not re.search(
                r"\b(?:go|opt|upgrade|start|look|recommend|choose|vote|recommendation|favou?rite|pick)\w*\s*(?:is|are)?\s*$",
                lead,
                re.I,
            )
        return True

    def _inherited(self, statement: Statement, block: Block) -> list[Bound]:
        """From the sentence before, the list item above, the heading or the title."""
        start, end = statement.sentence
        text = self.text[start : min(end, start + LONGEST)]
        if self._of_parts(block):
            return []
        if re.search(r"\b(?:price|cost)s? (?:of|for) (?!it\b|this\b|that\b|one\b|them\b|all\b)", text, re.I):
            return []
        row = block.kind == "table_row"
        key = (
            re.match(
                r"\W*[\w ]{0,24}?(?:price|cost|preis|prix|precio|availability|status|stock)\w*\s*[:=–-]", text, re.I
            )
            is not None
        )
        points = row or key or ANAPHOR.match(text) is not None
        if self.document.kind == "answer" and not points:
            # Who was asked for a price answers with nothing but the amount, or with what "you" pay.
            start, end = statement.sentence
            beside = self.text[start : statement.start] + self.text[statement.end : end]
            points = not re.search(r"[^\W\d_]{3,}", beside) or YOU_PAY.match(text) is not None
        if not points and not (block.kind in ("list_item", "heading") and len(text) < 60):
            return []
        previous = self._before(statement)
        if previous is not None:
            return [self._bind(statement, previous, near=False)] if points or block.kind == "list_item" else []
        for heading in reversed(block.path):
            named = self._named(heading)
            if len(named) == 1:
                return [self._bind(statement, named[0], near=False, extra=heading)]
            if named:
                return []
        named = self._named(self.document.title)
        if len(named) == 1:
            rest = {m.products for m in self.found if m.start > len(self.document.title)}
            if all(set(products) & set(named[0].products) for products in rest):
                return [self._bind(statement, named[0], near=False, extra=self.document.title)]
        return []

    def _before(self, statement: Statement) -> Mention | None:
        """The one product of the sentence before in the same block, or of the list item that this one hangs under."""
        block = self.document.blocks[statement.block]
        earlier = [m for m in self.by_block.get(statement.block, ()) if m.end <= statement.sentence[0]]
        if earlier:
            last = self.sentence_at(earlier[-1].start)
            gap = self.text[last[1] : statement.sentence[0]]
            inside = [m for m in earlier if last[0] <= m.start]
            if gap.strip() or any(self._is_oblique(m, replace(statement, sentence=last, kind="stock")) for m in inside):
                return None
            return inside[0] if len({m.products for m in inside}) == 1 else None
        if block.kind == "list_item":
            number = statement.block - 1
            while number >= 0 and self.document.blocks[number].kind == "list_item":
                if self.document.blocks[number].level < block.level:
                    found = self.by_block.get(number, [])
                    return found[0] if len({m.products for m in found}) == 1 else None
                if self.by_block.get(number):
                    return None
                number -= 1
            above = self.document.blocks[number]
            found = self.by_block.get(number, [])
            if (
                number > 0
                and above.kind == "paragraph"
                and above.path == block.path
                and len({m.products for m in found}) == 1
            ):
                own_line = above.end - above.start - (found[0].end - found[0].start) < 12
                return found[0] if own_line or self.text[above.end - 1] in "?:" else None
        if block.kind in ("list_item", "paragraph") and statement.block > 0:
            above = self.document.blocks[statement.block - 1]
            found = self.by_block.get(statement.block - 1, [])
            asked = above.kind in ("paragraph", "heading") and self.text[above.end - 1] in "?:"
            if asked and above.path == block.path and len({m.products for m in found}) == 1:
                return found[0]
            own_line = above.kind == "paragraph" and above.path == block.path and len({m.products for m in found}) == 1
            if own_line and above.end - above.start - (found[0].end - found[0].start) < 12:
                return found[0]
        return None

    def _named(self, heading: str) -> tuple[Mention, ...]:
        if heading not in self._headings:
            found = self.catalog.find(heading)
            distinct: dict[tuple[int, ...], Mention] = {}
            for mention in found:
                left = heading[: mention.start]
                cut = OBLIQUE.search(left)
                if cut is None or PRICE_OF.search(left[: cut.start()]):
                    distinct.setdefault(mention.products, mention)
            self._headings[heading] = tuple(distinct.values())
        return self._headings[heading]

    def _bind(self, statement: Statement, mention: Mention, *, near: bool, extra: str = "") -> Bound:
        indexes = self._variants(statement, mention, near, extra)
        passage = statement.sentence
        if near and not extra and not (passage[0] <= mention.start and mention.end <= passage[1]):
            passage = (min(passage[0], mention.start), max(passage[1], mention.end))
        products = tuple(self.catalog.products[i] for i in indexes)
        name = self.text[mention.start : mention.end] if not extra else extra[mention.start : mention.end]
        return Bound(statement, indexes, products, name, mention.how, passage, near, mention if not extra else None)

    def _variants(self, statement: Statement, mention: Mention, near: bool, extra: str) -> tuple[int, ...]:
        """Of several variants those that the words around the mention name."""
        if len(mention.products) == 1:
            return mention.products
        catalog = self.catalog
        bags = {i: set(catalog.titles[i]) for i in mention.products}
        common = set.intersection(*bags.values())
        telling = set.union(*bags.values()) - common - STOP
        start, end = statement.sentence
        if near:
            others = [
                m
                for m in self._overlapping((start, end))
                if start <= m.start and m.end <= end and not set(m.products) & set(mention.products)
            ]
            start = max([start, *(m.end for m in others if m.end <= mention.start)])
            end = min([end, *(m.start for m in others if m.start >= mention.end)])
        said = {word.form for word in words(self.text, start, end)} & telling
        if not near and not said:
            said = {form(w) for w in forms(extra)} & telling
        single = {word for word in said if len(word) == 1 and not word.isdigit()}
        said = {
            w for w in said if w not in single or re.search(rf"(?<![\w'’]){w.upper()}(?![\w'’])", self.text[start:end])
        }
        best = max(len(said & bag) for bag in bags.values())
        if not best:
            types = {i: set(forms(catalog.products[i].product_type or "")) for i in mention.products}
            if len({frozenset(t) for t in types.values()}) > 1:
                near_words = {word.form for word in words(self.text, start, end)}
                hits = tuple(i for i in mention.products if types[i] & near_words)
                if hits:
                    return hits
            return mention.products
        return tuple(i for i in mention.products if len(said & bags[i]) == best)


def _merged(found: Iterable[Mention]) -> list[Mention]:
    """Sorted, without overlaps: a name inside a link's text stands for the link where both mean the same product."""
    everything = list(found)
    names = sorted((m for m in everything if m.how != "link"), key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for link in (m for m in everything if m.how == "link"):
        first = bisect_left(names, link.start, key=lambda m: m.start)
        inside = []
        for number in range(first, len(names)):
            if names[number].start >= link.end:
                break
            inside.append(number)
        agree = next((i for i in inside if set(names[i].products) & set(link.products)), None)
        if agree is not None:
            common = tuple(i for i in link.products if i in names[agree].products)
            names[agree] = replace(names[agree], products=common, how="link")
        elif not inside:
            kept.append(link)
    merged: list[Mention] = []
    for mention in sorted([*kept, *names], key=lambda m: (m.start, m.how != "link", -m.end)):
        if not merged or mention.start >= merged[-1].end:
            merged.append(mention)
    return merged
