"""From what a run has staged to the store: articles, products and conversations written, the missing swept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kbaudit.errors import UsageError
from kbaudit.jobs.holder import alive, me
from kbaudit.store import Store, codec, conversations, erasure, intake, runs, staging

KINDS = ("article", "product", "conversation")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Synced:
    """How a sync ended. `state`: done, incomplete, held, failed, refused. `counts` say what was touched; after `again`
    seconds the source, which asked for a pause, may be asked for the rest."""

    run: int
    source: str
    state: str
    message: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    hold: int | None = None
    again: float | None = None

    @property
    def touched(self) -> int:
        """How many articles, products and conversations are not as they were."""
        return sum(self.counts.get(word, 0) for word in ("added", "changed", "touched", "returned", "removed"))


def no_counts() -> dict[str, int]:
    """What a sync counts, all zero."""
    return dict.fromkeys(("added", "changed", "touched", "returned", "same", "removed", "missing"), 0)


def apply_staged(db: Any, run: int, source: str, counts: dict[str, int], now: datetime) -> None:
    """Write what a run has staged. Counts what was added, changed, touched, returned."""
    rows: dict[str, list[tuple[bytes, str]]] = {kind: [] for kind in KINDS}
    for row in staging.staged(db, run):
        if row.data is not None:
            rows[row.kind].append((row.data, row.record_hash))
    texts = [(codec.unpack_document(data), mark) for data, mark in rows["article"]]
    items = [(codec.unpack_product(data), mark) for data, mark in rows["product"]]
    # Whoever was erased since it was read stays out.
    out = erasure.erased(db)
    talks = [
        (talk, mark)
        for data, mark in rows["conversation"]
        if (talk := codec.unpack_conversation(data)).customer_id not in out
    ]
    for done in (
        intake.put_all(db, source, texts, run=run, now=now),
        intake.put_products(db, source, items, now=now),
        conversations.put_all(db, source, talks, now=now),
    ):
        for how, count in done.items():
            counts[how] += count


def remove_missing(
    db: Any,
    source: str,
    missing: dict[str, set[str]],
    deleted: dict[str, set[str]],
    counts: dict[str, int],
    *,
    runs_needed: int,
    now: datetime,
    hours: int = 0,
) -> None:
    """Count what is missing once more, tombstone what was missed often enough or what the source called deleted."""
    for kind in ("article", "product"):
        outright = missing[kind] & deleted.get(kind, set())
        removed = intake.miss(db, kind, source, outright, runs=1, now=now)
        removed += intake.miss(db, kind, source, missing[kind] - outright, runs=runs_needed, hours=hours, now=now)
        counts["removed"] += len(removed)
        counts["missing"] += len(missing[kind]) - len(removed)
    counts["removed"] += conversations.remove(db, source, sorted(missing.get("conversation", ())))


def apply_hold(store: Store, hold_id: int, *, by: str, clock: Clock = utc_now) -> Synced:
    """Apply a held run that a person released: what it read, and the removals that it proposed.

    Raises:
        UsageError: no such hold, or it was not released.
    """
    with store.write() as db:
        hold = runs.hold(db, hold_id)
        if hold is None or hold.state != "released":
            raise UsageError(f"hold {hold_id} is not released")
        now = clock()
        run = runs.begin(db, "sync", scope=hold.source, holder=me(), alive=alive, by=by, now=now)
        counts = no_counts()
        apply_staged(db, hold.run, hold.source, counts, now)
        staging.drop(db, hold.run)
        missing: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for entry in hold.missing:
            missing[entry["kind"]].add(entry["id"])
        remove_missing(db, hold.source, missing, {}, counts, runs_needed=1, now=now)
        runs.end_hold(db, hold_id)
        runs.finish(db, run, "done", now=now, counts=counts)
        values: dict[str, Any] = {"state": "ok", "message": "", "synced_at": now, "last_run": run}
        if hold.checkpoint is not None:
            values["checkpoint"] = hold.checkpoint
        runs.put_source(db, hold.source, **values)
    return Synced(run, hold.source, "done", f"released by {hold.decided_by}: {hold.decision}", counts, hold_id)
