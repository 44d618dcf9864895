"""What a sync has read and not yet applied. A run is applied whole, held whole or dropped whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kbaudit.store.schema import crawl, incoming


def stage(db: Connection, run: int, rows: Sequence[tuple[str, str, str, bytes | None]]) -> None:
    """Keep (kind, id, record hash, data); a later row for the same record replaces the earlier one."""
    latest = {(kind, id_): (record_hash, data) for kind, id_, record_hash, data in rows}
    for kind in sorted({kind for kind, _ in latest}):
        ids = [id_ for of, id_ in latest if of == kind]
        db.execute(delete(incoming).where(incoming.c.run == run, incoming.c.kind == kind, incoming.c.id.in_(ids)))
    values = [
        {"run": run, "kind": kind, "id": id_, "record_hash": record_hash, "data": data}
        for (kind, id_), (record_hash, data) in latest.items()
    ]
    if values:
        db.execute(insert(incoming), values)


def staged(db: Connection, run: int) -> Iterator[tuple[str, str, str, bytes | None]]:
    """What a run has staged: (kind, id, record hash, data), in order."""
    query = select(incoming).where(incoming.c.run == run).order_by(incoming.c.kind, incoming.c.id)
    for row in db.execute(query).all():
        yield row.kind, row.id, row.record_hash, row.data


def drop(db: Connection, run: int) -> None:
    """Forget what a run has staged."""
    db.execute(delete(incoming).where(incoming.c.run == run))


def crawl_state(db: Connection, source: str) -> dict[str, Any]:
    """What a connector remembers of its pages."""
    return {row.key: row.value for row in db.execute(select(crawl).where(crawl.c.source == source))}


def set_crawl_state(db: Connection, source: str, state: Mapping[str, Any], *, now: datetime) -> None:
    """Remember what a connector learned about its pages; None forgets one."""
    for key, value in state.items():
        where = (crawl.c.source == source, crawl.c.key == key)
        if value is None:
            db.execute(delete(crawl).where(*where))
        elif db.execute(update(crawl).where(*where).values(value=value, at=now)).rowcount == 0:
            db.execute(insert(crawl).values(source=source, key=key, value=value, at=now))
