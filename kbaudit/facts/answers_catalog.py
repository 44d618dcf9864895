"""What an AI answer says of products, held against the catalog: the answer is read as an article would be.

The customer's question stands in for the title, so that "It costs $89" is tied to the product that was asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.facts import records
from kbaudit.facts.answers_text import Stated
from kbaudit.facts.catalog import Catalog
from kbaudit.facts.catalog_compare import judge
from kbaudit.facts.mentions import read_text
from kbaudit.facts.records_compare import contradiction
from kbaudit.facts.support_text import Source, source
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document, Span
from kbaudit.model.product import Product
from kbaudit.text.extract import clean_line, from_text

# A claim about more products than this is about none in particular.
FEW = 3


@dataclass(frozen=True, slots=True)
class CatalogClaim:
    """A statement of an answer that the catalog contradicts; `span` is its sentence in the message."""

    span: Span
    kind: str
    product: Product | None
    field: str
    stated: str
    value: str
    score: float


def products_of(snapshot: Snapshot, conversation: Conversation, message: int, texts: Sequence[str]) -> list[Product]:
    """The products that an answer is about: those that its claim or the question names, else those that the
    conversation or the message's sources carry. More than a few are none in particular."""
    if not snapshot.products:
        return []
    catalog: Catalog = snapshot.fact("catalog")
    wanted = {*conversation.product_ids, *conversation.messages[message].sources}
    for text in texts:
        named = {index for mention in catalog.find(text) for index in mention.products}
        if named:
            # What the conversation is about is meant where its name is among those that were read.
            own = {index for index in named if catalog.products[index].id in wanted}
            return [catalog.products[index] for index in sorted(own or named)] if len(own or named) <= FEW else []
    found = [product for product in catalog.products if product.id in wanted] if wanted else []
    return found if len(found) <= FEW else []


def product_source(product: Product) -> Source:
    """A product as a text that may bear a claim out."""
    lines = [product.title]
    for name in ("price", "sale_price", "availability", "brand", "product_type"):
        value = getattr(product, name)
        if value is not None:
            lines.append(f"{name.replace('_', ' ')}: {str(value).replace('_', ' ')}")
    lines += [f"{item.key}: {item.text}" for item in records.of_product(product) if item.field != "description"]
    if product.description:
        lines.append(product.description)
    return source(("product", *product.ref), "\n".join(lines), "en", product.title)


def attribute_claim(products: Sequence[Product], claim: Stated) -> CatalogClaim | None:
    """What the attributes of every product meant contradict in one claim."""
    first: CatalogClaim | None = None
    for product in products:
        record = [records.Attribute("title", (product.title,), "title", product.title), *records.of_product(product)]
        found = contradiction(claim.text, record)
        if found is None:
            return None
        if first is None:
            first = CatalogClaim(
                (claim.start, claim.end), "attribute", product, found.attribute.field, found.stated,
                found.attribute.quote, found.score,
            )  # fmt: skip
    return first


def as_document(conversation: Conversation, question: str, text: str) -> tuple[Document, int]:
    """The answer as a document under the question, and where the answer begins in its text.

    Lines are kept as they are, so that offsets into the message differ by a constant; where cleaning would change
    the text the offset is -1 and spans must be looked up by their words.
    """
    title = clean_line(question.replace("\n", " "))[:300]
    read = from_text(title, text)
    begin = len(title) + 2
    exact = read.text[begin:] == text
    locale = conversation.locale or "en"
    return (
        Document(
            id=conversation.id,
            source=conversation.source,
            kind="answer",
            title=title,
            text=read.text,
            blocks=read.blocks,
            locale=locale,
        ),
        begin if exact else -1,
    )


def to_message(document: Document, begin: int, span: Span, text: str) -> Span | None:
    """A span of the answer's document as a span of the message; None if it lies in the question."""
    if begin >= 0:
        return (span[0] - begin, span[1] - begin) if span[0] >= begin else None
    quote = document.text[span[0] : span[1]]
    at = text.find(quote)
    return (at, at + len(quote)) if at >= 0 and span[0] > len(document.title) else None


def catalog_claims(snapshot: Snapshot, conversation: Conversation, question: str, text: str) -> list[CatalogClaim]:
    """What the catalog contradicts in one answer."""
    if not snapshot.products:
        return []
    catalog: Catalog = snapshot.fact("catalog")
    document, begin = as_document(conversation, question, text)
    mentions = read_text(document)
    if not mentions.statements:
        return []
    found: dict[Span, CatalogClaim] = {}
    for difference in judge(document, mentions, catalog, snapshot):
        span = to_message(document, begin, difference.passage, text)
        if span is None or span in found:
            continue
        product = difference.products[0] if difference.products else None
        found[span] = CatalogClaim(
            span, difference.fault, product, difference.field, difference.stated, difference.actual, difference.score
        )
    return [found[span] for span in sorted(found)]
