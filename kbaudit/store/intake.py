"""What a sync writes: articles and their versions, products, chunks, tombstones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from kbaudit.model.document import Chunk, Document
from kbaudit.model.product import Product
from kbaudit.store import codec
from kbaudit.store.schema import chunks, documents, products, versions
from kbaudit.text.identity import page_address


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
        "address": page_address(document.url),
        "translation_of": document.translation_of,
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


def miss(
    db: Connection, kind: str, source: str, ids: Iterable[str], *, runs: int, now: datetime, hours: int = 0
) -> list[str]:
    """A complete run did not see these. After `runs` such runs, the first of them `hours` ago, they are tombstoned.

    Returns the ids of those.
    """
    table = documents if kind == "article" else products
    removed: list[str] = []
    for id_ in sorted(ids):
        where = and_(table.c.source == source, table.c.id == id_, table.c.removed_at.is_(None))
        row = db.execute(select(table.c.missing_runs, table.c.missing_since).where(where)).first()
        if row is None:
            continue
        values: dict[str, Any] = {"missing_runs": row.missing_runs + 1, "missing_since": row.missing_since or now}
        if row.missing_runs + 1 >= runs and now - values["missing_since"] >= timedelta(hours=hours):
            values["removed_at"] = now
            removed.append(id_)
        db.execute(update(table).where(where).values(**values))
    return removed


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
