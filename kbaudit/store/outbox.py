"""Messages that must leave the house once their transaction is committed: webhooks, mails. At least once, same id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kbaudit.store import codec
from kbaudit.store.schema import outbox

# Ten tries over about a day: 1, 2, 4 … minutes, at most 6 hours apart.
MAX_TRIES = 10


def put(
    db: Connection, kind: str, payload: Mapping[str, Any], *, event_id: str, now: datetime, target: str = ""
) -> None:
    """Queue a message in the transaction of what it tells. The same `event_id` is queued once."""
    if db.execute(select(outbox.c.id).where(outbox.c.event_id == event_id)).first() is None:
        db.execute(
            insert(outbox).values(
                event_id=event_id,
                kind=kind,
                target=target,
                payload=codec.plain(payload),
                at=now,
                state="waiting",
                next_try=now,
            )
        )


def due(db: Connection, *, now: datetime, limit: int = 50) -> tuple[Mapping[str, Any], ...]:
    """Messages to send now, oldest first."""
    query = (
        select(outbox)
        .where(outbox.c.state == "waiting", outbox.c.next_try <= now)
        .order_by(outbox.c.next_try, outbox.c.id)
        .limit(limit)
    )
    return tuple(dict(row._mapping) for row in db.execute(query))


def sent(db: Connection, id: int) -> None:
    """It was delivered."""
    db.execute(update(outbox).where(outbox.c.id == id).values(state="sent", error=""))


def not_sent(db: Connection, id: int, error: str, *, now: datetime) -> None:
    """It was not delivered: try again later, or give up after `MAX_TRIES`."""
    tries = db.execute(select(outbox.c.tries).where(outbox.c.id == id)).scalar_one() + 1
    wait = min(timedelta(minutes=2 ** (tries - 1)), timedelta(hours=6))
    state = "dead" if tries >= MAX_TRIES else "waiting"
    db.execute(
        update(outbox)
        .where(outbox.c.id == id)
        .values(tries=tries, state=state, next_try=now + wait, error=error[:2000])
    )


def forget(db: Connection, *, before: datetime) -> int:
    """Drop delivered messages."""
    return db.execute(delete(outbox).where(outbox.c.state == "sent", outbox.c.at < before)).rowcount
