"""What happened in a week, for the person who leads support: opened, fixed and proven, came back, waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from kbaudit.model.life import ACTIVE, Transition
from kbaudit.store import findings, proof
from kbaudit.store.findings import Item
from kbaudit.store.proof import Lag, Recurrence
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
    kinds = ("opened", "reopened", "resolved")
    t = transitions
    query = select(t.c.fingerprint, t.c.kind, t.c.at).where(t.c.kind.in_(kinds), t.c.at >= now - WATCHED)
    moved: dict[str, dict[str, datetime]] = {kind: {} for kind in kinds}
    for row in db.execute(query.order_by(t.c.id)):
        moved[row.kind][row.fingerprint] = row.at
    recent = {kind: [key for key, at in found.items() if at >= since] for kind, found in moved.items()}
    opened = _items(db, recent["opened"])
    active = [item for item in opened if item.state in ACTIVE]
    back = [item for item in _items(db, recent["reopened"]) if item.state in ACTIVE]
    resolved = [item for item in _items(db, recent["resolved"]) if item.state == "resolved"]
    before = [key for key, at in moved["resolved"].items() if at < since]
    gaps = [i for i in _items(db, before) if i.state == "resolved" and i.finding.rule.startswith("GAP")]
    wanted = findings.Filter(states=("open",), severities=("high",))
    high = findings.page(db, wanted, sort="impact", limit=200).items
    return Review(
        since,
        len(opened),
        len(back),
        len(resolved),
        tuple(sorted(Counter(item.finding.rule for item in opened).items(), key=lambda row: (-row[1], row[0]))),
        tuple(active[:SHOWN]),
        tuple(back[:SHOWN]),
        _fixed(db, resolved, now),
        _fixed(db, gaps, now),
        tuple(item for item in high if item.assignee is None and now - item.opened_at >= OLD)[:SHOWN],
        proof.lag(db),
    )


def _items(db: Connection, fingerprints: list[str]) -> list[Item]:
    found = [item for key in fingerprints if (item := findings.get(db, key)) is not None]
    return sorted(found, key=lambda item: (-item.finding.weight, -item.finding.score, item.fingerprint))


def _fixed(db: Connection, items: list[Item], now: datetime) -> tuple[Fixed, ...]:
    found = []
    histories = findings.histories(db, [item.fingerprint for item in items[:MOST_FIXES]])
    for item in items[:MOST_FIXES]:
        step = proof.fix_of(histories.get(item.fingerprint, ()))
        if step is None:
            continue
        cluster = item.finding.subject.get("cluster")
        again = proof.recurrence(db, str(cluster), step.at, now) if cluster else None
        found.append(Fixed(item, step, again))
    return tuple(found)
