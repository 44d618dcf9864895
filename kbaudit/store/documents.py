"""Articles, their versions, products: what was read, as it stands and as it was."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, not_, or_, select, update

from kbaudit.model.document import Chunk, Document
from kbaudit.model.life import ACTIVE
from kbaudit.model.product import Product
from kbaudit.store import codec
from kbaudit.store.schema import chunks, documents, finding_documents, findings, products, sources, versions


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


_COLUMNS = tuple(
    column for column in documents.c if column.name not in ("data", "record_hash", "text_hash", "missing_runs")
)


def _stored(row: Any, document: Document | None = None) -> Stored:
    values = {column.name: getattr(row, column.name) for column in _COLUMNS}
    return Stored(findings=getattr(row, "findings", 0) or 0, document=document, **values)


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


def seen(db: Connection, kind: str, source: str, ids: set[str]) -> int:
    """What a run saw is not missing any more, nor gone; how many came back from a tombstone."""
    table = documents if kind == "article" else products
    returned = 0
    missed = and_(table.c.source == source, table.c.missing_runs > 0)
    for id_, removed_at in db.execute(select(table.c.id, table.c.removed_at).where(missed)).all():
        if id_ in ids:
            where = and_(table.c.source == source, table.c.id == id_)
            db.execute(update(table).where(where).values(missing_runs=0, missing_since=None, removed_at=None))
            returned += removed_at is not None
    return returned


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


def gone(db: Connection) -> set[tuple[str, str]]:
    """Articles and products that a complete sync found removed, or whose source left the configuration."""
    found: set[tuple[str, str]] = set()
    for table in (products, documents):
        query = select(table.c.source, table.c.id).where(not_(_served(table)))
        found |= {(row.source, row.id) for row in db.execute(query)}
    return found


# What a sync does -----------------------------------------------------------------------------------------------


def text_hash(text: str) -> str:
    """What tells one version of an article from the next."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def put(db: Connection, document: Document, record_hash: str, *, run: int | None, now: datetime) -> str:
    """Write one article: see `put_all`."""
    counts = put_all(db, document.source, [(document, record_hash)], run=run, now=now)
    return next(iter(counts))


def put_all(
    db: Connection, source: str, items: Iterable[tuple[Document, str]], *, run: int | None, now: datetime
) -> Counter[str]:
    """Write articles (document, record hash) as their source serves them now, in a few statements.

    Counts `added`, `changed` (the text), `touched` (something else), `returned` (from a tombstone) and `same`.
    """
    c = documents.c
    query = select(c.id, c.version, c.content_hash, c.text_hash, c.record_hash, c.removed_at, c.missing_runs)
    known = {row.id: row for row in db.execute(query.where(c.source == source))}
    counts: Counter[str] = Counter()
    added: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for document, record_hash in items:
        row = known.get(document.id)
        if row is not None and row.record_hash == record_hash and row.removed_at is None and not row.missing_runs:
            counts["same"] += 1
            continue
        mark = text_hash(document.text)
        values = _values(document, record_hash, mark)
        # A newer kbaudit may read the same page differently: that is no new version of the page.
        changed = row is None or (row.content_hash != document.content_hash and row.text_hash != mark)
        number = 1 if row is None else row.version + changed
        if changed:
            fresh.append(_version(document, number, mark, run, now))
        if row is None:
            added.append(
                values | {"source": source, "id": document.id, "first_seen": now, "changed_at": now, "version": 1}
            )
            counts["added"] += 1
            continue
        updated.append(values | {"key": document.id, "version": number, "moved": now if changed else None})
        if row.removed_at is not None:
            counts["returned"] += 1
        elif row.record_hash == record_hash:
            counts["same"] += 1
        else:
            counts["changed" if changed else "touched"] += 1
    if added:
        db.execute(insert(documents), added)
    if updated:
        columns: dict[str, Any] = {name: bindparam(name) for name in updated[0] if name not in ("key", "moved")}
        columns["changed_at"] = func.coalesce(bindparam("moved", type_=c.changed_at.type), c.changed_at)
        db.execute(update(documents).where(c.source == source, c.id == bindparam("key")).values(columns), updated)
    if fresh:
        db.execute(insert(versions), fresh)
    return counts


def _values(document: Document, record_hash: str, mark: str) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "title": document.title,
        "url": document.url,
        "locale": document.locale,
        "section": document.section,
        "owner": document.owner,
        "published": document.published,
        "updated_at": document.updated_at,
        "reviewed_at": document.reviewed_at,
        "content_hash": document.content_hash,
        "text_hash": mark,
        "record_hash": record_hash,
        "data": codec.pack(document),
        "missing_runs": 0,
        "missing_since": None,
        "removed_at": None,
    }


def _version(document: Document, number: int, mark: str, run: int | None, now: datetime) -> dict[str, Any]:
    return {
        "source": document.source,
        "id": document.id,
        "version": number,
        "text_hash": mark,
        "title": document.title,
        "text": document.text,
        "updated_at": document.updated_at,
        "seen_at": now,
        "run": run,
    }


def put_products(db: Connection, source: str, items: Iterable[tuple[Product, str]], *, now: datetime) -> Counter[str]:
    """Write products (product, record hash) as their source serves them now, in a few statements.

    Counts `added`, `changed`, `returned` (from a tombstone) and `same`.
    """
    c = products.c
    query = select(c.id, c.record_hash, c.removed_at, c.missing_runs).where(c.source == source)
    known = {row.id: row for row in db.execute(query)}
    counts: Counter[str] = Counter()
    added: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    for item, record_hash in items:
        row = known.get(item.id)
        if row is not None and row.record_hash == record_hash and row.removed_at is None and not row.missing_runs:
            counts["same"] += 1
            continue
        values = {
            "title": item.title,
            "record_hash": record_hash,
            "data": codec.pack(item),
            "missing_runs": 0,
            "missing_since": None,
            "removed_at": None,
        }
        if row is None:
            added.append(values | {"source": source, "id": item.id, "first_seen": now, "changed_at": now})
            counts["added"] += 1
            continue
        changed = row.record_hash != record_hash
        updated.append(values | {"key": item.id, "moved": now if changed else None})
        counts["returned" if row.removed_at is not None else "changed" if changed else "same"] += 1
    if added:
        db.execute(insert(products), added)
    if updated:
        columns: dict[str, Any] = {name: bindparam(name) for name in updated[0] if name not in ("key", "moved")}
        columns["changed_at"] = func.coalesce(bindparam("moved", type_=c.changed_at.type), c.changed_at)
        db.execute(update(products).where(c.source == source, c.id == bindparam("key")).values(columns), updated)
    return counts


def miss(db: Connection, kind: str, source: str, ids: Iterable[str], *, runs: int, now: datetime) -> list[str]:
    """A complete run did not see these. After `runs` such runs they are tombstoned; the ids of those are returned."""
    table = documents if kind == "article" else products
    removed: list[str] = []
    for id_ in sorted(ids):
        where = and_(table.c.source == source, table.c.id == id_, table.c.removed_at.is_(None))
        row = db.execute(select(table.c.missing_runs, table.c.missing_since).where(where)).first()
        if row is None:
            continue
        values: dict[str, Any] = {"missing_runs": row.missing_runs + 1, "missing_since": row.missing_since or now}
        if row.missing_runs + 1 >= runs:
            values["removed_at"] = now
            removed.append(id_)
        db.execute(update(table).where(where).values(**values))
    return removed


def put_chunks(db: Connection, rows: Mapping[str, Sequence[tuple[Chunk, str]]]) -> None:
    """Keep the chunks of texts (content hash → [(chunk, key of its vector)]); those of other texts are dropped."""
    present = set(db.execute(select(chunks.c.content_hash).distinct()).scalars())
    for old in present - rows.keys():
        db.execute(delete(chunks).where(chunks.c.content_hash == old))
    fresh = [
        {
            "content_hash": content_hash,
            "number": chunk.number,
            "start": chunk.start,
            "end": chunk.end,
            "path": list(chunk.path),
            "vector": key,
        }
        for content_hash in sorted(rows.keys() - present)
        for chunk, key in rows[content_hash]
    ]
    if fresh:
        db.execute(insert(chunks), fresh)


def chunked(db: Connection) -> dict[str, list[tuple[Chunk, str]]]:
    """content hash → [(chunk, key of its vector)]; the chunks carry no ref, since texts may be shared."""
    found: dict[str, list[tuple[Chunk, str]]] = {}
    for row in db.execute(select(chunks).order_by(chunks.c.content_hash, chunks.c.number)):
        chunk = Chunk(("", ""), row.number, row.start, row.end, tuple(row.path))
        found.setdefault(row.content_hash, []).append((chunk, row.vector))
    return found


def purge(db: Connection, *, before: datetime) -> int:
    """Delete tombstones older than `before`, with their versions. Findings keep their quotes."""
    count = 0
    old = select(documents.c.source, documents.c.id).where(documents.c.removed_at < before)
    for source, id_ in db.execute(old).all():
        db.execute(delete(versions).where(versions.c.source == source, versions.c.id == id_))
        db.execute(delete(documents).where(documents.c.source == source, documents.c.id == id_))
        count += 1
    count += db.execute(delete(products).where(products.c.removed_at < before)).rowcount
    return count
