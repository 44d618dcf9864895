"""Runs and their coverage, sources and how they are, slots and leases, holds, and what people asked to be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from kbaudit.errors import JobRunning, UsageError
from kbaudit.store import codec
from kbaudit.store.schema import coverage, holds, incoming, readings, requests, runs, slots, sources

# A run shows this many problems one by one; their number is kept in full.
PROBLEMS_KEPT = 500
# A run shows a sign of life every half minute; one that has shown none for so long is dead, whoever held it.
SILENT = timedelta(minutes=15)
CUT_OFF = "its process ended in the middle"
# Does the process behind a holder's name live, as far as that can be seen from here.
Alive = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a job. `state`: running, done, incomplete, held, failed, interrupted."""

    id: int
    job: str
    scope: str
    state: str
    started_at: datetime
    heartbeat_at: datetime
    finished_at: datetime | None
    by: str
    progress: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Mapping[str, Any]] = ()
    error: str | None = None
    resumes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A configured source and how its last sync ended: never, ok, incomplete, failed, refused, held.

    While it is paused (`paused_at`), the schedule leaves it out.
    """

    name: str
    connector: str
    state: str
    message: str
    checkpoint: str | None
    last_run: int | None
    tried_at: datetime | None
    synced_at: datetime | None
    removed: bool
    paused_at: datetime | None = None
    paused_by: str | None = None
    paused_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A sync that would have deleted too much, and waits for a person.

    `state`: held, released (the worker will apply it), applied, dismissed, superseded.
    `missing` lists what would go: {kind, id, title, url}. `present` is how much the source has in the store.
    """

    id: int
    source: str
    run: int
    at: datetime
    state: str
    reason: str
    present: int
    missing: Sequence[Mapping[str, Any]]
    decided_at: datetime | None
    decided_by: str | None
    decision: str | None
    checkpoint: str | None


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        job=row.job,
        scope=row.scope,
        state=row.state,
        started_at=row.started_at,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
        by=row.by,
        progress=row.progress,
        counts=row.counts,
        problems=row.problems,
        error=row.error,
        resumes=row.resumes,
    )


# Reading ----------------------------------------------------------------------------------------------------------


def page(
    db: Connection, *, job: str | None = None, scope: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[tuple[Run, ...], str | None]:
    """Runs, newest first: (items, next cursor).

    Raises:
        UsageError: a cursor that is not from this list.
    """
    limit = max(1, min(limit, 200))
    query = select(runs).order_by(runs.c.id.desc()).limit(limit + 1)
    if job:
        query = query.where(runs.c.job == job)
    if scope is not None:
        query = query.where(runs.c.scope == scope)
    if cursor:
        query = query.where(runs.c.id < codec.from_cursor(cursor, 1)[0])
    rows = db.execute(query).all()
    following = codec.to_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return tuple(_run(row) for row in rows[:limit]), following


def get(db: Connection, run: int) -> Run | None:
    """One run."""
    row = db.execute(select(runs).where(runs.c.id == run)).first()
    return None if row is None else _run(row)


def latest(db: Connection, job: str, *, states: Sequence[str] = ("done",), scope: str | None = None) -> Run | None:
    """The newest run of a job that ended in one of these states."""
    query = select(runs).where(runs.c.job == job, runs.c.state.in_(states)).order_by(runs.c.id.desc()).limit(1)
    if scope is not None:
        query = query.where(runs.c.scope == scope)
    row = db.execute(query).first()
    return None if row is None else _run(row)


def covered(db: Connection, run: int) -> tuple[Mapping[str, Any], ...]:
    """What each check of an audit did: {rule, state (ran, not_run, broken), reason, findings, seconds}."""
    query = select(coverage).where(coverage.c.run == run).order_by(coverage.c.rule)
    return tuple({k: v for k, v in row._mapping.items() if k != "run"} for row in db.execute(query))


def source_statuses(db: Connection, *, removed: bool = False) -> tuple[SourceStatus, ...]:
    """Every configured source, by name; with `removed`, also those that left the configuration."""
    query = select(sources).order_by(sources.c.name)
    if not removed:
        query = query.where(sources.c.removed.is_(False))
    return tuple(_source(row) for row in db.execute(query))


def source_status(db: Connection, name: str) -> SourceStatus | None:
    """One source."""
    row = db.execute(select(sources).where(sources.c.name == name)).first()
    return None if row is None else _source(row)


def _source(row: Row[Any]) -> SourceStatus:
    return SourceStatus(
        name=row.name,
        connector=row.connector,
        state=row.state,
        message=row.message,
        checkpoint=row.checkpoint,
        last_run=row.last_run,
        tried_at=row.tried_at,
        synced_at=row.synced_at,
        removed=row.removed,
        paused_at=row.paused_at,
        paused_by=row.paused_by,
        paused_why=row.paused_why,
    )


# Holds ------------------------------------------------------------------------------------------------------------


def held(db: Connection, *, states: Sequence[str] = ("held",), source: str | None = None) -> tuple[Hold, ...]:
    """Syncs that wait for a person, newest first."""
    query = select(holds).where(holds.c.state.in_(states)).order_by(holds.c.id.desc())
    if source is not None:
        query = query.where(holds.c.source == source)
    return tuple(_hold(row) for row in db.execute(query))


def hold(db: Connection, id: int) -> Hold | None:
    """One hold."""
    row = db.execute(select(holds).where(holds.c.id == id)).first()
    return None if row is None else _hold(row)


def _hold(row: Row[Any]) -> Hold:
    return Hold(**row._asdict())


def release_hold(db: Connection, id: int, *, reason: str, by: str, now: datetime) -> Hold:
    """Let a held sync through: the worker applies what was read. Asks for it in the same transaction.

    Raises:
        UsageError: no such hold, decided already, or no reason.
    """
    item = decide_hold(db, id, "released", reason=reason, by=by, now=now)
    request(db, "sync", scope=f"hold:{id}", by=by, now=now)
    return item


def dismiss_hold(db: Connection, id: int, *, reason: str, by: str, now: datetime) -> Hold:
    """Throw a held sync away: the store stays as it is and the next sync reads again.

    Raises:
        UsageError: no such hold, decided already, or no reason.
    """
    item = decide_hold(db, id, "dismissed", reason=reason, by=by, now=now)
    db.execute(delete(incoming).where(incoming.c.run == item.run))
    return item


def decide_hold(db: Connection, id: int, state: str, *, reason: str, by: str, now: datetime) -> Hold:
    """Write a decision about a hold: `released` (somebody has to apply it) or `dismissed`.

    Raises:
        UsageError: no such hold, decided already, or no reason.
    """
    if not reason.strip():
        raise UsageError("a decision about a held sync has a reason")
    item = hold(db, id)
    if item is None:
        raise UsageError(f"there is no hold {id}")
    if item.state != "held":
        raise UsageError(f"this hold is {item.state} already")
    values = {"state": state, "decided_at": now, "decided_by": by, "decision": reason.strip()}
    db.execute(update(holds).where(holds.c.id == id).values(**values))
    return _hold(db.execute(select(holds).where(holds.c.id == id)).one())


def put_hold(
    db: Connection,
    *,
    source: str,
    run: int,
    reason: str,
    present: int,
    missing: Sequence[Mapping[str, Any]],
    checkpoint: str | None,
    now: datetime,
) -> int:
    """Hold a run. A hold of the source that still waits keeps its id and its date where the same would go; where
    something else would, it is a new one: nobody releases what they have not seen."""
    values: dict[str, Any] = {
        "run": run,
        "reason": reason,
        "present": present,
        "missing": list(missing),
        "checkpoint": checkpoint,
    }
    waiting = db.execute(
        select(holds.c.id, holds.c.run, holds.c.missing).where(holds.c.source == source, holds.c.state == "held")
    ).first()
    if waiting is not None and not _same_items(waiting.missing, missing):
        supersede_holds(db, source, now)
        waiting = None
    if waiting is not None:
        db.execute(delete(incoming).where(incoming.c.run == waiting.run))
        db.execute(update(holds).where(holds.c.id == waiting.id).values(**values))
        return int(waiting.id)
    result = db.execute(insert(holds).values(source=source, at=now, state="held", **values))
    (id_,) = result.inserted_primary_key or (0,)
    return int(id_)


def _same_items(a: Sequence[Mapping[str, Any]], b: Sequence[Mapping[str, Any]]) -> bool:
    return {(row["kind"], row["id"]) for row in a} == {(row["kind"], row["id"]) for row in b}


def end_hold(db: Connection, id: int) -> None:
    """A released hold was applied."""
    db.execute(update(holds).where(holds.c.id == id).values(state="applied"))


def supersede_holds(db: Connection, source: str, now: datetime) -> None:
    """A newer sync of the source makes an older hold moot."""
    old = db.execute(select(holds.c.id, holds.c.run).where(holds.c.source == source, holds.c.state == "held")).all()
    for id_, run in old:
        db.execute(update(holds).where(holds.c.id == id_).values(state="superseded", decided_at=now))
        db.execute(delete(incoming).where(incoming.c.run == run))


# What people ask the worker to do ---------------------------------------------------------------------------------


def request(db: Connection, job: str, *, by: str, now: datetime, scope: str = "") -> int:
    """Ask the worker to run a job soon.

    Jobs and their scope: `sync` (a source, `hold:ID`, or empty for all), `audit`, `reindex`, `probes`, `verify` (a
    fingerprint).

    Asking twice for what is still waiting is one request; its id is returned.
    """
    waiting = select(requests.c.id).where(
        requests.c.job == job, requests.c.scope == scope, requests.c.state == "waiting"
    )
    known = db.execute(waiting).scalar()
    if known is not None:
        return int(known)
    result = db.execute(insert(requests).values(job=job, scope=scope, by=by, at=now, state="waiting"))
    (id_,) = result.inserted_primary_key or (0,)
    return int(id_)


def is_asked(db: Connection, job: str) -> bool:
    """Does a request for a job wait, or is it at work."""
    query = select(requests.c.id).where(requests.c.job == job, requests.c.state.in_(("waiting", "running")))
    return db.execute(query.limit(1)).first() is not None


def get_request(db: Connection, id: int) -> Mapping[str, Any] | None:
    """One request: {id, job, scope, by, at, state (waiting, running, done, failed), run, finished_at}."""
    row = db.execute(select(requests).where(requests.c.id == id)).first()
    return None if row is None else dict(row._mapping)


def take_request(db: Connection) -> Mapping[str, Any] | None:
    """Claim the oldest waiting request, in the worker."""
    row = db.execute(select(requests).where(requests.c.state == "waiting").order_by(requests.c.id).limit(1)).first()
    if row is None:
        return None
    db.execute(update(requests).where(requests.c.id == row.id).values(state="running"))
    return dict(row._mapping)


def finish_request(db: Connection, id: int, *, ok: bool, run: int | None, now: datetime) -> None:
    """Say how a request ended."""
    values = {"state": "done" if ok else "failed", "run": run, "finished_at": now}
    db.execute(update(requests).where(requests.c.id == id).values(**values))


# Running ----------------------------------------------------------------------------------------------------------


def begin(
    db: Connection,
    job: str,
    *,
    holder: str,
    now: datetime,
    alive: Alive,
    scope: str = "",
    slot: str | None = None,
    by: str = "kbaudit",
) -> int:
    """Start a run and give its id. A run of the same job and scope whose holder is dead is marked as interrupted.

    Raises:
        JobRunning: the same job works on the same scope already, and its holder is alive.
    """
    query = select(runs).where(runs.c.job == job, runs.c.scope == scope, runs.c.state == "running")
    for row in db.execute(query).all():
        if not _dead(row.holder, row.heartbeat_at, alive, now):
            what = f"{job} of {scope}" if scope else job
            raise JobRunning(f"{what} is at work already (run {row.id} since {row.started_at:%H:%M} UTC). Wait for it.")
        _interrupt(db, row.id, now)
    result = db.execute(
        insert(runs).values(
            job=job,
            scope=scope,
            slot=slot,
            state="running",
            started_at=now,
            heartbeat_at=now,
            holder=holder,
            by=by,
            progress={},
            counts={},
            problems=[],
        )
    )
    (id_,) = result.inserted_primary_key or (0,)
    return int(id_)


def hold_on(db: Connection, run: int) -> None:
    """Call first in the transaction that publishes a run's result.

    Raises:
        JobRunning: the run was taken for dead meanwhile; another one may have done its work since.
    """
    state = db.execute(select(runs.c.state).where(runs.c.id == run)).scalar()
    if state != "running":
        raise JobRunning(f"run {run} is {state}: it was silent for too long and was given up. Run it again.")


def go_on(db: Connection, run: int, earlier: int) -> None:
    """Say that a run goes on with the reading of an earlier one."""
    db.execute(update(runs).where(runs.c.id == run).values(resumes=earlier))


def _dead(holder: str, beat: datetime, alive: Alive, now: datetime) -> bool:
    return not alive(holder) or now - beat >= SILENT


def _interrupt(db: Connection, run: int, now: datetime) -> None:
    # What belongs to a reading that can go on stays.
    kept = select(readings.c.run).where(readings.c.run == run)
    db.execute(delete(incoming).where(incoming.c.run == run, ~kept.exists()))
    values = {"state": "interrupted", "finished_at": now, "error": CUT_OFF}
    db.execute(update(runs).where(runs.c.id == run).values(**values))


def beat(db: Connection, run: int, *, now: datetime, done: int = 0, total: int | None = None, label: str = "") -> None:
    """Say that a run is alive and how far it is."""
    progress = {"done": done, "total": total, "label": label}
    mine = (runs.c.id == run) & (runs.c.state == "running")
    db.execute(update(runs).where(mine).values(heartbeat_at=now, progress=progress))


def finish(
    db: Connection,
    run: int,
    state: str,
    *,
    now: datetime,
    counts: Mapping[str, Any] | None = None,
    problems: Sequence[Mapping[str, Any]] = (),
    error: str | None = None,
) -> None:
    """End a run."""
    values = {
        "state": state,
        "finished_at": now,
        "heartbeat_at": now,
        "counts": codec.plain(counts or {}),
        "problems": codec.plain(list(problems)[:PROBLEMS_KEPT]),
        "error": error,
    }
    db.execute(update(runs).where(runs.c.id == run).values(**values))


def cover(db: Connection, run: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what each check did."""
    if rows:
        db.execute(insert(coverage), [{"run": run, **row} for row in rows])


def dead(db: Connection, *, alive: Alive, now: datetime) -> list[int]:
    """The runs that are called running and on which nobody works any more."""
    rows = db.execute(select(runs.c.id, runs.c.holder, runs.c.heartbeat_at).where(runs.c.state == "running")).all()
    return [row.id for row in rows if _dead(row.holder, row.heartbeat_at, alive, now)]


def interrupt_dead(db: Connection, *, alive: Alive, now: datetime) -> list[int]:
    """Mark the runs that nobody works on any more, and drop what they had staged unless it can be gone on with."""
    found = dead(db, alive=alive, now=now)
    for run in found:
        _interrupt(db, run, now)
    return found


def pause_source(db: Connection, name: str, *, why: str, by: str, now: datetime) -> None:
    """Leave a source out of the schedule until somebody resumes it.

    Raises:
        UsageError: there is no such source, it is paused already, or no reason is given.
    """
    if not why.strip():
        raise UsageError("a pause needs a reason (on the command line: --reason)")
    if _known(db, name).paused_at is not None:
        raise UsageError(f"{name} is paused already")
    put_source(db, name, paused_at=now, paused_by=by, paused_why=why.strip())


def resume_source(db: Connection, name: str) -> None:
    """Read a source on schedule again.

    Raises:
        UsageError: there is no such source, or it is not paused.
    """
    if _known(db, name).paused_at is None:
        raise UsageError(f"{name} is not paused")
    put_source(db, name, paused_at=None, paused_by=None, paused_why=None)


def _known(db: Connection, name: str) -> SourceStatus:
    found = source_status(db, name)
    if found is None or found.removed:
        raise UsageError(f'there is no source "{name}"')
    return found


def put_source(db: Connection, name: str, **values: Any) -> None:
    """Write what is known about a source; only the given columns change."""
    if db.execute(update(sources).where(sources.c.name == name).values(**values)).rowcount == 0:
        db.execute(insert(sources).values(name=name, **values))


def counts_by_state(db: Connection) -> dict[str, int]:
    """How many runs ended how."""
    return dict(map(tuple, db.execute(select(runs.c.state, func.count()).group_by(runs.c.state))))


def forget(db: Connection, *, before: datetime) -> int:
    """Delete old runs, slots and requests; the newest run of every job and source stays."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.job, runs.c.scope)
    old = and_(runs.c.finished_at < before, runs.c.id.not_in(newest))
    count = db.execute(delete(runs).where(old)).rowcount
    db.execute(delete(slots).where(slots.c.finished_at < before))
    db.execute(delete(requests).where(requests.c.finished_at < before))
    return count


def has_request(db: Connection) -> bool:
    """Does anything wait that a person asked for."""
    return db.execute(select(requests.c.id).where(requests.c.state == "waiting").limit(1)).first() is not None


def waiting(db: Connection, job: str) -> frozenset[str]:
    """The scopes for which somebody asked for a job that has not begun."""
    query = select(requests.c.scope).where(requests.c.job == job, requests.c.state == "waiting")
    return frozenset(db.execute(query).scalars())


def newest(db: Connection) -> int | None:
    """The id of the newest run."""
    return db.execute(select(func.max(runs.c.id))).scalar()


def last_change(db: Connection) -> tuple[int | None, int | None]:
    """What changes whenever articles, products or findings may have changed: the newest finished sync and audit."""
    ended = runs.c.state.in_(("done", "incomplete"))
    query = select(func.max(runs.c.id).filter(runs.c.job == "sync"), func.max(runs.c.id).filter(runs.c.job != "sync"))
    row = db.execute(query.where(ended)).one()
    return row[0], row[1]
