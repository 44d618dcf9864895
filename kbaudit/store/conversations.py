"""Conversations: redacted before they come here, kept for a while, linked to a person only by a keyed hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from kbaudit.model.conversation import Conversation
from kbaudit.store import codec
from kbaudit.store.schema import conversations, questions


def put(db: Connection, conversation: Conversation, record_hash: str, *, now: datetime) -> str:
    """Write one redacted conversation: `added`, `changed` or `same`."""
    return next(iter(put_all(db, conversation.source, [(conversation, record_hash)], now=now)))


def put_all(db: Connection, source: str, items: Iterable[tuple[Conversation, str]], *, now: datetime) -> Counter[str]:
    """Write redacted conversations (conversation, record hash) of a source; counts `added`, `changed` and `same`."""
    items = list(items)
    c = conversations.c
    known = hashes(db, source) if len(items) > 1 else _hash_of(db, source, items)
    counts: Counter[str] = Counter()
    added: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    for conversation, record_hash in items:
        if known.get(conversation.id) == record_hash:
            counts["same"] += 1
            continue
        values: dict[str, Any] = {
            "started_at": conversation.started_at,
            "subject": conversation.customer_id,
            "topic": conversation.topic,
            "record_hash": record_hash,
            "data": codec.pack(conversation),
            "stored_at": now,
        }
        if conversation.id in known:
            updated.append(values | {"key": conversation.id})
            counts["changed"] += 1
        else:
            added.append(values | {"source": source, "id": conversation.id})
            counts["added"] += 1
    if added:
        db.execute(insert(conversations), added)
    if updated:
        columns: dict[str, Any] = {name: bindparam(name) for name in updated[0] if name != "key"}
        db.execute(update(conversations).where(c.source == source, c.id == bindparam("key")).values(columns), updated)
    return counts


def _hash_of(db: Connection, source: str, items: Sequence[tuple[Conversation, str]]) -> dict[str, str]:
    ids = [conversation.id for conversation, _ in items]
    query = select(conversations.c.id, conversations.c.record_hash)
    rows = db.execute(query.where(conversations.c.source == source, conversations.c.id.in_(ids)))
    return {row.id: row.record_hash for row in rows}


def get(db: Connection, source: str, id: str) -> Conversation | None:
    """One conversation."""
    query = select(conversations.c.data).where(conversations.c.source == source, conversations.c.id == id)
    data = db.execute(query).scalar()
    return None if data is None else codec.unpack_conversation(data)


def get_many(db: Connection, refs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Conversation]:
    """Some conversations by (source, id)."""
    found = {}
    for source, id_ in refs:
        item = get(db, source, id_)
        if item is not None:
            found[source, id_] = item
    return found


def load(db: Connection, *, since: datetime | None = None) -> Iterator[Conversation]:
    """Every conversation that started at or after `since`, in order of (source, id)."""
    query = select(conversations.c.data).order_by(conversations.c.source, conversations.c.id)
    if since is not None:
        query = query.where(conversations.c.started_at >= since)
    for (data,) in db.execute(query):
        yield codec.unpack_conversation(data)


def counts(db: Connection) -> dict[str, int]:
    """source → number of conversations."""
    query = select(conversations.c.source, func.count()).group_by(conversations.c.source)
    return dict(map(tuple, db.execute(query)))


def hashes(db: Connection, source: str) -> dict[str, str]:
    """id → record hash of what is stored of a source."""
    query = select(conversations.c.id, conversations.c.record_hash).where(conversations.c.source == source)
    return {row.id: row.record_hash for row in db.execute(query)}


def remove(db: Connection, source: str, ids: Sequence[str]) -> int:
    """Delete conversations and their questions."""
    count = 0
    for id_ in ids:
        db.execute(delete(questions).where(questions.c.source == source, questions.c.conversation == id_))
        where = and_(conversations.c.source == source, conversations.c.id == id_)
        count += db.execute(delete(conversations).where(where)).rowcount
    return count


def expire(db: Connection, *, before: datetime) -> int:
    """Delete what is older than the retention allows."""
    old = db.execute(
        select(conversations.c.source, conversations.c.id).where(conversations.c.started_at < before)
    ).all()
    return sum(remove(db, source, [id_]) for source, id_ in old)


def erase(db: Connection, subject: str) -> int:
    """Delete every conversation of one person, named by the keyed hash."""
    found = db.execute(
        select(conversations.c.source, conversations.c.id).where(conversations.c.subject == subject)
    ).all()
    return sum(remove(db, source, [id_]) for source, id_ in found)
