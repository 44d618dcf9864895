"""What happened in a week, for the person who leads support: opened, fixed and proven, came back, waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, select

from kbaudit.model.life import ACTIVE, Transition
from kbaudit.store import findings, proof
from kbaudit.store.findings import Item
from kbaudit.store.proof import Lag, Recurrence
from kbaudit.store.schema import findings as table
from kbaudit.store.schema import transitions

# A fix is looked at again for so long: by then a cluster that comes back has come back.
WATCHED = timedelta(weeks=8)
SHOWN = 8
MOST_FIXES = 40
OLD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A finding that was resolved, by which transition, and for a gap whether customers still ask."""

    item: Item
    step: Transition
    recurrence: Recurrence | None


@dataclass(frozen=True, slots=True)
class Review:
    """`opened`, `reopened`, `resolved`: how many findings; the lists hold the weightiest of them.

    `earlier` are gaps that were fixed before the period and are still watched; `waiting` are high findings that have
    been open for two weeks with nobody's name.
    """

    since: datetime
    opened: int
    reopened: int
    resolved: int
    opened_by_rule: tuple[tuple[str, int], ...]
    new: tuple[Item, ...]
    back: tuple[Item, ...]
    fixed: tuple[Fixed, ...]
    earlier: tuple[Fixed, ...]
    waiting: tuple[Item, ...]
    lag: Lag


def review(db: Connection, now: datetime, days: int = 7) -> Review:
    """The review of the last `days` days."""
    since = now - timedelta(days=days)
    f, t = table.c, transitions.c
    opened, active = f.opened_at >= since, f.state.in_(ACTIVE)
    again = select(t.fingerprint).where(t.kind == "reopened", t.at >= since)
    back = and_(f.fingerprint.in_(again), active)
    resolved = and_(f.state == "resolved", f.resolved_at >= since)
    gaps = and_(f.state == "resolved", f.resolved_at >= now - WATCHED, f.resolved_at < since, f.rule.startswith("GAP"))
    waiting = and_(f.state == "open", f.severity == "high", f.assignee.is_(None), f.opened_at <= now - OLD)
    by_rule = select(f.rule, func.count()).where(opened).group_by(f.rule)
    counts = sorted(map(tuple, db.execute(by_rule)), key=lambda row: (-row[1], row[0]))
    return Review(
        since,
        sum(count for _, count in counts),
        _count(db, back),
        _count(db, resolved),
        tuple(counts),
        findings.weightiest(db, and_(opened, active), SHOWN),
        findings.weightiest(db, back, SHOWN),
        _fixed(db, findings.weightiest(db, resolved, MOST_FIXES), now),
        _fixed(db, findings.weightiest(db, gaps, MOST_FIXES), now),
        findings.weightiest(db, waiting, SHOWN),
        proof.lag(db),
    )


def _count(db: Connection, condition: Any) -> int:
    return int(db.execute(select(func.count()).select_from(table).where(condition)).scalar_one())


def _fixed(db: Connection, items: Sequence[Item], now: datetime) -> tuple[Fixed, ...]:
    found = []
    histories = findings.histories(db, [item.fingerprint for item in items])
    for item in items:
        step = proof.fix_of(histories.get(item.fingerprint, ()))
        if step is None:
            continue
        cluster = item.finding.subject.get("cluster")
        again = proof.recurrence(db, str(cluster), step.at, now) if cluster else None
        found.append(Fixed(item, step, again))
    return tuple(found)
