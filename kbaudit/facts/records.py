"""Records: a product's attributes, or an article that is a list of "Key: value" lines, as keys with their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbaudit.model.document import Document
from kbaudit.model.product import Product
from kbaudit.text.stem import fold, stem

LINE = re.compile(r"^\s*(?:[-*•]\s*)?(?P<key>[^\W\d_][^:|\n]{0,48}?)\s*:\s*(?P<value>\S.{0,400}?)\s*$")
# Several values in one cell are parted by commas, semicolons, slashes or line breaks, but not inside brackets.
PARTS = re.compile(r"\s*(?:;|,(?!\s?\d{3}\b)(?!\s*(?:19|20|1[0-8])\d\d\b)|\n|\s/\s|\s{3,})\s*(?![^(]*\))")
# A text is a record where so many of its lines, and at least this many, are pairs.
RECORD_LINES = 3
RECORD_SHARE = 0.7
# Fields of a product that are compared elsewhere, or say nothing of the thing itself.
SKIPPED = frozenset("id link image_link url price sale_price availability gtin mpn item_group_id".split())


@dataclass(frozen=True, slots=True)
class Attribute:
    """One key with its values. `field` and `quote` are where it literally stands, `span` its place in an article."""

    key: str
    values: tuple[str, ...]
    field: str
    quote: str
    span: tuple[int, int] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The stems of the key's words."""
        return frozenset(stem(fold(word)) for word in re.findall(r"[^\W\d_]+", self.key) if len(word) > 2)

    @property
    def text(self) -> str:
        """All values."""
        return ", ".join(self.values)


def of_product(product: Product) -> tuple[Attribute, ...]:
    """What the catalog says of a product beside price and stock."""
    found: list[Attribute] = []
    for key, value in sorted(product.extra.items()):
        if key not in SKIPPED:
            found.extend(_nested(str(key), value))
    for name in ("brand", "product_type"):
        value = getattr(product, name)
        if value:
            found.append(Attribute(name.replace("_", " "), (str(value),), name, str(value)))
    for pair in _lines(product.description or "", "description"):
        found.append(pair)
    return tuple(found)


def of_document(document: Document) -> tuple[Attribute, ...]:
    """The pairs of an article that is a record; nothing for running text."""
    body = [block for block in document.blocks if block.kind in ("paragraph", "list_item")]
    pairs = []
    for block in body:
        match = LINE.match(document.text[block.start : block.end])
        if match:
            pairs.append(_attribute(match, "text", (block.start, block.end), document.text[block.start : block.end]))
    return tuple(pairs) if len(pairs) >= RECORD_LINES and len(pairs) >= RECORD_SHARE * len(body) else ()


def _lines(text: str, field: str) -> Iterator[Attribute]:
    pieces = re.split(r"\n|(?<=[^\s]);\s|\.\s+(?=[^\W\d_][\w() ]{1,40}:\s)|\s\|\s(?=[^\W\d_][\w() ]{1,40}:\s)", text)
    for piece in pieces:
        match = LINE.match(piece)
        if match and "|" not in piece[: match.end("key") + 1]:
            yield _attribute(match, field, None, piece.strip())


def _attribute(match: re.Match[str], field: str, span: tuple[int, int] | None, quote: str) -> Attribute:
    values = tuple(part.strip() for part in PARTS.split(match["value"]) if part and part.strip())
    return Attribute(match["key"].strip(), values, field, quote, span)


def _nested(key: str, value: object) -> Iterator[Attribute]:
    if isinstance(value, Mapping):
        for inner, content in sorted(value.items(), key=lambda item: str(item[0])):
            for found in _nested(str(inner), content):
                yield Attribute(found.key, found.values, key, found.quote)
    elif isinstance(value, list | tuple):
        pairs = [item for item in value if isinstance(item, Mapping)]
        if pairs and len(pairs) == len(value):
            # [{"name": "Weight", "value": "2 kg"}, …], as merchants' feeds write product details.
            for item in pairs:
                name = item.get("attribute_name") or item.get("name") or item.get("key")
                content = item.get("attribute_value") or item.get("value")
                if name and content:
                    yield Attribute(str(name), _split(str(content)), key, str(content))
            return
        values = tuple(str(item).strip() for item in value if str(item).strip())
        if values:
            yield Attribute(_spaced(key), values, key, ", ".join(values))
    elif value not in (None, "", False) and not isinstance(value, bool):
        yield Attribute(_spaced(key), _split(str(value)), key, str(value))


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in PARTS.split(value) if part and part.strip())


def _spaced(key: str) -> str:
    return re.sub(r"[_-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)).strip(" :")
