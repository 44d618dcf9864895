"""Articles, their versions, products: what was read, as it stands and as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, func, not_, or_, select

from kbaudit.model.document import Document
from kbaudit.model.finding import Ref
from kbaudit.model.life import ACTIVE
from kbaudit.model.product import Product
from kbaudit.store import codec
from kbaudit.store.schema import documents, finding_documents, findings, products, sources, versions
from kbaudit.text.identity import page_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article as the store knows it. `document` is None in lists, where only the columns are read."""

    source: str
    id: str
    kind: str
    title: str
    url: str | None
    locale: str
    section: str | None
    owner: str | None
    published: bool
    updated_at: datetime | None
    reviewed_at: datetime | None
    content_hash: str
    version: int
    first_seen: datetime
    changed_at: datetime
    missing_since: datetime | None
    removed_at: datetime | None
    findings: int = 0
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an article's text."""

    version: int
    text_hash: str
    title: str
    text: str
    updated_at: datetime | None
    seen_at: datetime
    run: int | None


# So many articles at one address, or with one text, are no copies of each other but a mistake.
RELATED = 50
_HIDDEN = ("data", "record_hash", "text_hash", "missing_runs", "address", "translation_of")
_COLUMNS = tuple(column for column in documents.c if column.name not in _HIDDEN)


def _stored(row: Any, document: Document | None = None) -> Stored:
    values = {column.name: getattr(row, column.name) for column in _COLUMNS}
    return Stored(findings=getattr(row, "findings", 0) or 0, document=document, **values)


def called(db: Connection, names: Sequence[str]) -> dict[str, Ref]:
    """What probes call an article (id, address or `source/id`) → the article, where there is one."""
    c = documents.c
    wanted = set(names)
    whole = c.source.concat("/").concat(c.id)
    query = select(c.source, c.id, c.title, c.url).where(
        c.removed_at.is_(None), or_(c.id.in_(wanted), c.url.in_(wanted), whole.in_(wanted))
    )
    found: dict[str, Ref] = {}
    for row in db.execute(query.order_by(c.source, c.id)):
        for name in {row.id, row.url, f"{row.source}/{row.id}"} & wanted:
            found.setdefault(name, Ref(row.source, row.id, row.title, row.url))
    return found


def page(
    db: Connection,
    *,
    source: str | None = None,
    text: str = "",
    removed: bool = False,
    kinds: Sequence[str] = (),
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[tuple[Stored, ...], str | None, int]:
    """Articles by title, with the number of active findings about each: (items, next cursor, total).

    Raises:
        UsageError: a cursor that is not from this list.
    """
    limit = max(1, min(limit, 200))
    conditions: list[Any] = [documents.c.removed_at.is_not(None) if removed else documents.c.removed_at.is_(None)]
    if source:
        conditions.append(documents.c.source == source)
    if kinds:
        conditions.append(documents.c.kind.in_(kinds))
    for word in text.lower().split():
        conditions.append(
            or_(
                func.lower(documents.c.title).contains(word, autoescape=True),
                func.lower(documents.c.id).contains(word, autoescape=True),
            )
        )
    total = db.execute(select(func.count()).select_from(documents).where(*conditions)).scalar_one()
    if cursor:
        title, of_source, id_ = codec.from_cursor(cursor, 3)
        c = documents.c
        conditions.append(
            or_(
                c.title > title,
                and_(c.title == title, c.source > of_source),
                and_(c.title == title, c.source == of_source, c.id > id_),
            )
        )
    count = (
        select(func.count())
        .select_from(finding_documents.join(findings))
        .where(
            finding_documents.c.source == documents.c.source,
            finding_documents.c.id == documents.c.id,
            finding_documents.c.kind == "article",
            findings.c.state.in_(ACTIVE),
        )
        .scalar_subquery()
        .label("findings")
    )
    rows = db.execute(
        select(*_COLUMNS, count)
        .where(*conditions)
        .order_by(documents.c.title, documents.c.source, documents.c.id)
        .limit(limit + 1)
    ).all()
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        following = codec.to_cursor(rows[-1].title, rows[-1].source, rows[-1].id)
    return tuple(_stored(row) for row in rows), following, total


def get(db: Connection, source: str, id: str) -> Stored | None:
    """One article with its `document`, removed ones too."""
    row = db.execute(select(documents).where(documents.c.source == source, documents.c.id == id)).first()
    return None if row is None else _stored(row, codec.unpack_document(row.data))


def related(db: Connection, source: str, id: str) -> tuple[Document, ...]:
    """What is served at the same address or with the same text as an article, itself among them."""
    c = documents.c
    own = db.execute(select(c.address, c.text_hash).where(c.source == source, c.id == id)).first()
    if own is None:
        return ()
    alike = c.text_hash == own.text_hash
    query = select(c.data).where(_served(documents), or_(c.address == own.address, alike) if own.address else alike)
    found = [codec.unpack_document(data) for (data,) in db.execute(query.order_by(c.source, c.id).limit(RELATED))]
    # An export without an address is a copy by its text; where its page is, further copies may be.
    addresses = {page_address(document.url) for document in found} - {None, own.address}
    if addresses and not own.address:
        query = select(c.data).where(_served(documents), c.address.in_(addresses)).order_by(c.source, c.id)
        known = {document.ref for document in found}
        more = [codec.unpack_document(data) for (data,) in db.execute(query.limit(RELATED))]
        found += [document for document in more if document.ref not in known]
    return tuple(found)


def translations(db: Connection, source: str, id: str) -> tuple[tuple[str, str, str], ...]:
    """The other languages of an article that its source serves: (id, title, locale), the original first."""
    c = documents.c
    own = db.execute(select(c.translation_of).where(c.source == source, c.id == id)).first()
    if own is None:
        return ()
    root = own.translation_of or id
    family = or_(c.id == root, c.translation_of == root)
    query = select(c.id, c.title, c.locale).where(c.source == source, c.id != id, family, _served(documents))
    rows = db.execute(query.order_by(c.translation_of.is_not(None), c.locale, c.id)).all()
    return tuple((row.id, row.title, row.locale) for row in rows)


def history(db: Connection, source: str, id: str) -> tuple[Version, ...]:
    """Every version of an article's text, newest first."""
    query = select(versions).where(versions.c.source == source, versions.c.id == id).order_by(versions.c.version.desc())
    return tuple(
        Version(
            version=row.version,
            text_hash=row.text_hash,
            title=row.title,
            text=row.text,
            updated_at=row.updated_at,
            seen_at=row.seen_at,
            run=row.run,
        )
        for row in db.execute(query)
    )


def titles(db: Connection, refs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str | None]]:
    """(title, url) of some articles."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    by_source: dict[str, list[str]] = {}
    for source, id_ in refs:
        by_source.setdefault(source, []).append(id_)
    for source, ids in by_source.items():
        query = select(documents.c.id, documents.c.title, documents.c.url).where(
            documents.c.source == source, documents.c.id.in_(ids)
        )
        found.update({(source, row.id): (row.title, row.url) for row in db.execute(query)})
    return found


def _served(table: Table) -> Any:
    """What its source still serves, of sources that are still configured."""
    left = select(sources.c.name).where(sources.c.removed.is_(True))
    return and_(table.c.removed_at.is_(None), table.c.source.not_in(left))


def load(db: Connection) -> Iterator[Document]:
    """Every article that its source still serves, in order of (source, id)."""
    query = select(documents.c.data).where(_served(documents)).order_by(documents.c.source, documents.c.id)
    for (data,) in db.execute(query):
        yield codec.unpack_document(data)


def load_products(db: Connection) -> Iterator[Product]:
    """The catalog."""
    query = select(products.c.data).where(_served(products)).order_by(products.c.source, products.c.id)
    for (data,) in db.execute(query):
        yield codec.unpack_product(data)


def product_titles(db: Connection) -> list[str]:
    """What the products of the catalog are called."""
    return list(db.execute(select(products.c.title).where(_served(products))).scalars())


def locales(db: Connection) -> list[str]:
    """The locale of every article that is served."""
    return list(db.execute(select(documents.c.locale).where(_served(documents))).scalars())


def content_hashes(db: Connection) -> dict[tuple[str, str], str]:
    """(source, id) → what an article or a product that is served says, as a hash."""
    found: dict[tuple[str, str], str] = {}
    for table, mark in ((products, products.c.record_hash), (documents, documents.c.content_hash)):
        query = select(table.c.source, table.c.id, mark.label("mark")).where(_served(table))
        found.update({(row.source, row.id): row.mark for row in db.execute(query)})
    return found


def product(db: Connection, source: str, id: str) -> Product | None:
    """One product, removed ones too."""
    data = db.execute(select(products.c.data).where(products.c.source == source, products.c.id == id)).scalar()
    return None if data is None else codec.unpack_product(data)


def hashes(db: Connection, source: str, kind: str) -> dict[str, str]:
    """id → record hash of what a source serves now: `kind` is `article` or `product`."""
    table = documents if kind == "article" else products
    query = select(table.c.id, table.c.record_hash).where(table.c.source == source, table.c.removed_at.is_(None))
    return {row.id: row.record_hash for row in db.execute(query)}


def text_hashes(db: Connection, source: str) -> dict[str, str]:
    """id → text hash of the articles that a source serves now."""
    query = select(documents.c.id, documents.c.text_hash).where(
        documents.c.source == source, documents.c.removed_at.is_(None)
    )
    return {row.id: row.text_hash for row in db.execute(query)}


def counts(db: Connection) -> dict[str, dict[str, int]]:
    """source → {articles, products, removed}: what it serves now, and how many tombstones it left."""
    found: dict[str, dict[str, int]] = {}
    for table, name in ((documents, "articles"), (products, "products")):
        query = select(table.c.source, table.c.removed_at.is_(None).label("here"), func.count()).group_by(
            table.c.source, "here"
        )
        for source, here, count in db.execute(query):
            entry = found.setdefault(source, {"articles": 0, "products": 0, "removed": 0})
            entry[name if here else "removed"] += count
    return found


def missing(db: Connection) -> dict[str, int]:
    """source → how many articles and products its last whole reading lacked, and that are kept for now."""
    found: dict[str, int] = {}
    for table in (documents, products):
        waits = and_(table.c.removed_at.is_(None), table.c.missing_runs > 0)
        for source, count in db.execute(select(table.c.source, func.count()).where(waits).group_by(table.c.source)):
            found[source] = found.get(source, 0) + count
    return found


def gone(db: Connection) -> set[tuple[str, str]]:
    """Articles and products that a complete sync found removed, or whose source left the configuration."""
    found: set[tuple[str, str]] = set()
    for table in (products, documents):
        query = select(table.c.source, table.c.id).where(not_(_served(table)))
        found |= {(row.source, row.id) for row in db.execute(query)}
    return found
