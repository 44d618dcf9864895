"""What a sync has read and not yet applied, and where it goes on if it was cut off.

A run is applied whole, held whole or dropped whole. Its rows are written as they arrive; a checkpoint is written in the
same transaction as the last row before it, so that a reading can go on after a crash and nothing is asked for twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, or_, select, update

from kbaudit.store import codec
from kbaudit.store.schema import incoming, readings, sources

# A reading that was cut off goes on within a day, and all its parts lie within a week: what was seen longer ago proves
# little about what the source has now.
WITHIN = timedelta(days=1)
WHOLE_WITHIN = timedelta(days=7)
# SQLite takes some thousand variables a statement.
_MANY = 500


class Row(NamedTuple):
    """One record as a run saw it. `state`: new (with its data), seen (nothing to write), gone (the source says so)."""

    kind: str
    id: str
    state: str
    record_hash: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading of a source that did not come to its end."""

    source: str
    run: int
    began_at: datetime
    touched_at: datetime
    mark: str
    checkpoint: str
    skipped: int
    problems: Sequence[Mapping[str, Any]]

    def goes_on(self, mark: str, now: datetime) -> bool:
        """Whether it may be gone on with: by the same reader, and soon enough."""
        return (
            self.mark == mark
            and timedelta() <= now - self.touched_at < WITHIN
            and timedelta() <= now - self.began_at < WHOLE_WITHIN
        )


def stage(db: Connection, run: int, rows: Iterable[Row]) -> None:
    """Keep rows of a run; a later row for the same record replaces the earlier one."""
    latest = {(row.kind, row.id): row for row in rows}
    for kind in sorted({kind for kind, _ in latest}):
        ids = [id_ for of, id_ in latest if of == kind]
        for start in range(0, len(ids), _MANY):
            some = incoming.c.id.in_(ids[start : start + _MANY])
            db.execute(delete(incoming).where(incoming.c.run == run, incoming.c.kind == kind, some))
    if latest:
        db.execute(insert(incoming), [{"run": run, **row._asdict()} for row in latest.values()])


def staged(db: Connection, run: int) -> Iterator[Row]:
    """What a run has staged, in order."""
    columns = (incoming.c.kind, incoming.c.id, incoming.c.state, incoming.c.record_hash, incoming.c.data)
    query = select(*columns).where(incoming.c.run == run).order_by(incoming.c.kind, incoming.c.id)
    for row in db.execute(query).all():
        yield Row(*row)


def drop(db: Connection, run: int) -> None:
    """Forget what a run has staged."""
    db.execute(delete(incoming).where(incoming.c.run == run))


def applied(db: Connection, run: int) -> None:
    """What a run has staged is stored now: of its rows only that they were seen is kept."""
    new = (incoming.c.run == run, incoming.c.state == "new")
    db.execute(update(incoming).where(*new).values(state="seen", data=None))


# Readings that go on ------------------------------------------------------------------------------------------------


def unfinished(db: Connection, source: str) -> Reading | None:
    """The reading of a source that was cut off."""
    row = db.execute(select(readings).where(readings.c.source == source)).first()
    return None if row is None else Reading(**row._asdict())


def note(
    db: Connection,
    source: str,
    *,
    run: int,
    mark: str,
    checkpoint: str,
    skipped: int,
    problems: Sequence[Mapping[str, Any]],
    began: datetime,
    now: datetime,
) -> None:
    """Say how far a reading is; call it in the transaction that stages what came before the checkpoint."""
    values = {
        "run": run,
        "began_at": began,
        "touched_at": now,
        "mark": mark,
        "checkpoint": checkpoint,
        "skipped": skipped,
        "problems": codec.plain(list(problems)),
    }
    if db.execute(update(readings).where(readings.c.source == source).values(**values)).rowcount == 0:
        db.execute(insert(readings).values(source=source, **values))


def hand_over(db: Connection, reading: Reading, run: int) -> None:
    """Another run goes on with a reading: what was staged is its own now."""
    db.execute(update(incoming).where(incoming.c.run == reading.run).values(run=run))
    db.execute(update(readings).where(readings.c.source == reading.source).values(run=run))


def close(db: Connection, source: str) -> None:
    """A reading is at its end, or is not gone on with; what it staged is the caller's."""
    db.execute(delete(readings).where(readings.c.source == source))


def give_up(db: Connection, reading: Reading) -> None:
    """Forget a reading and what it staged."""
    drop(db, reading.run)
    close(db, reading.source)


def forget(db: Connection, now: datetime) -> int:
    """Give up the readings that are too old, or whose source is no longer configured."""
    gone = select(sources.c.name).where(sources.c.removed.is_(True))
    old = or_(
        readings.c.touched_at <= now - WITHIN, readings.c.began_at <= now - WHOLE_WITHIN, readings.c.source.in_(gone)
    )
    rows = db.execute(select(readings).where(old)).all()
    for row in rows:
        give_up(db, Reading(**row._asdict()))
    return len(rows)
