"""Slots that one process gets, and the lease of the one that leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from kbaudit.store.schema import leases, requests, slots

MOST_TRIES = 3


def claim(
    db: Connection,
    job: str,
    slot: str,
    *,
    holder: str,
    token: int,
    now: datetime,
    state: str = "claimed",
    note: str = "",
) -> int | None:
    """Claim a slot of a job by its unique row; None when somebody has it, or has done it.

    Work that a dead worker had claimed and not finished is done again, by the one that turns its row, at most
    `MOST_TRIES` times in all: what kills every worker that tries it must not keep them from everything else.
    """
    values = {"state": state, "claimed_at": now, "claimed_by": holder, "token": token, "note": note}
    again = and_(slots.c.job == job, slots.c.slot == slot, slots.c.state == "interrupted")
    found = db.execute(select(slots.c.id, slots.c.note).where(again)).first()
    if found is not None:
        tried = int(found.note.rpartition("try ")[2] or 1) if "try " in found.note else 1
        if tried >= MOST_TRIES:
            values = {"state": "failed", "note": f"every worker that tried it died; given up after try {tried}"}
            db.execute(update(slots).where(again).values(**values))
            return None
        values |= {"note": f"{note} try {tried + 1}".strip(), "finished_at": None}
        return int(found.id) if db.execute(update(slots).where(again).values(**values)).rowcount else None
    try:
        with db.begin_nested():
            result = db.execute(insert(slots).values(job=job, slot=slot, **values))
    except IntegrityError:
        return None
    (id_,) = result.inserted_primary_key or (0,)
    return int(id_)


def end_slot(db: Connection, id: int, state: str, *, now: datetime, run: int | None = None, note: str = "") -> None:
    """Say how a slot ended: done, failed, skipped, interrupted."""
    db.execute(update(slots).where(slots.c.id == id).values(state=state, finished_at=now, run=run, note=note))


def last_slot(db: Connection, job: str) -> Mapping[str, Any] | None:
    """The newest slot of a job."""
    row = db.execute(select(slots).where(slots.c.job == job).order_by(slots.c.slot.desc()).limit(1)).first()
    return None if row is None else dict(row._mapping)


def slots_of(db: Connection, job: str, limit: int = 50) -> tuple[Mapping[str, Any], ...]:
    """The newest slots of a job."""
    query = select(slots).where(slots.c.job == job).order_by(slots.c.slot.desc()).limit(limit)
    return tuple(dict(row._mapping) for row in db.execute(query))


def lead(
    db: Connection,
    holder: str,
    *,
    now: datetime,
    seconds: float = 30.0,
    name: str = "leader",
    alive: Callable[[str], bool] = lambda _: True,
) -> int | None:
    """Take or keep the lease. Returns the fencing token while this holder leads, None while another does."""
    row = db.execute(select(leases).where(leases.c.name == name)).first()
    until = now + timedelta(seconds=seconds)
    if row is None:
        db.execute(insert(leases).values(name=name, holder=holder, token=1, until=until))
        return 1
    if row.holder == holder and row.until >= now:
        db.execute(update(leases).where(leases.c.name == name).values(until=until))
        return int(row.token)
    # A lease that ends far in the future was taken under a clock that has since been set back.
    if now <= row.until <= now + timedelta(seconds=2 * seconds) and alive(row.holder):
        return None
    token = int(row.token) + 1
    db.execute(update(leases).where(leases.c.name == name).values(holder=holder, token=token, until=until))
    return token


def resign(db: Connection, holder: str, *, now: datetime, name: str = "leader") -> None:
    """Give the lease up."""
    where = and_(leases.c.name == name, leases.c.holder == holder)
    db.execute(update(leases).where(where).values(until=now - timedelta(seconds=1)))


def leader(db: Connection, *, name: str = "leader") -> Mapping[str, Any] | None:
    """Who leads, with which token, until when."""
    row = db.execute(select(leases).where(leases.c.name == name)).first()
    return None if row is None else dict(row._mapping)


def take_over(db: Connection, *, now: datetime) -> None:
    """A new leader starts: what the old one had claimed and not finished may be asked for again."""
    db.execute(update(requests).where(requests.c.state == "running").values(state="waiting"))
    db.execute(update(slots).where(slots.c.state == "claimed").values(state="interrupted", finished_at=now))
