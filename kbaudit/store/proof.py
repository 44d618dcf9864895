"""Did a fix work: how often the same was asked before and after, and how long fixing takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from kbaudit.model.life import Transition
from kbaudit.store.schema import findings, questions, transitions

# Below these nothing is claimed: a cluster that was asked twice may well be silent for two weeks by chance.
LEAST_BEFORE = 5
LEAST_WEEKS_AFTER = 2.0
LOOK_BACK = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Questions of a cluster in the eight weeks before its fix, and since. `enough` says if that proves anything.

    `served_…` are percentages of the questions whose outcome is known that the shop served well, over `judged_…` of
    them; None below five.
    """

    before: int
    after: int
    before_per_week: float
    after_per_week: float
    weeks_after: float
    enough: bool
    judged_before: int = 0
    judged_after: int = 0
    served_before: float | None = None
    served_after: float | None = None

    @property
    def verdict(self) -> str:
        """`works`, `does not show`, or `not enough evidence yet`."""
        if not self.enough:
            return "not enough evidence yet"
        return "works" if self.after_per_week <= self.before_per_week / 2 else "does not show"


@dataclass(frozen=True, slots=True)
class Lag:
    """Days from detected to assigned and to fixed; None where nothing was."""

    assigned: int
    fixed: int
    assigned_median: float | None
    assigned_p90: float | None
    fixed_median: float | None
    fixed_p90: float | None


def recurrence(db: Connection, cluster: str, fixed_at: datetime, now: datetime) -> Recurrence:
    """How often a cluster was asked about before and after its fix."""
    start = fixed_at - LOOK_BACK
    first = db.execute(select(func.min(questions.c.asked_at))).scalar()
    latest = db.execute(select(func.max(questions.c.asked_at))).scalar()
    query = select(questions.c.asked_at, questions.c.answered)
    rows = db.execute(query.where(questions.c.cluster == cluster, questions.c.asked_at >= start)).all()
    before = sum(row.asked_at < fixed_at for row in rows)
    after = len(rows) - before
    judged = [
        [r.answered for r in rows if (r.asked_at >= fixed_at) == late and r.answered is not None] for late in (0, 1)
    ]
    seen_from = max(start, first) if first else start
    # Time in which no conversation at all was read proves nothing.
    seen_to = min(now, latest) if latest else fixed_at
    weeks_before = max(1.0, (fixed_at - seen_from) / timedelta(weeks=1))
    weeks_after = max(0.0, (seen_to - fixed_at) / timedelta(weeks=1))
    return Recurrence(
        before,
        after,
        round(before / weeks_before, 1),
        round(after / max(weeks_after, 1.0), 1),
        round(weeks_after, 1),
        before >= LEAST_BEFORE and weeks_after >= LEAST_WEEKS_AFTER,
        len(judged[0]),
        len(judged[1]),
        _served(judged[0]),
        _served(judged[1]),
    )


def _served(outcomes: Sequence[bool]) -> float | None:
    return round(100 * sum(outcomes) / len(outcomes)) if len(outcomes) >= LEAST_BEFORE else None


def fix_of(history: Sequence[Transition]) -> Transition | None:
    """The transition that resolved a finding last: its detail says what fixed it and what that did."""
    return next((step for step in reversed(history) if step.kind == "resolved"), None)


def lag(db: Connection) -> Lag:
    """How long it takes from the first sight of a finding to its assignment and its fix."""
    opened = dict(map(tuple, db.execute(select(findings.c.fingerprint, findings.c.opened_at))))
    first = (
        select(transitions.c.fingerprint, transitions.c.kind, func.min(transitions.c.at))
        .where(transitions.c.kind.in_(("assigned", "resolved")))
        .group_by(transitions.c.fingerprint, transitions.c.kind)
    )
    days: dict[str, list[float]] = {"assigned": [], "resolved": []}
    for fingerprint, kind, at in db.execute(first):
        if fingerprint in opened and at is not None:
            days[kind].append(max(0.0, (at - opened[fingerprint]) / timedelta(days=1)))
    assigned, fixed = sorted(days["assigned"]), sorted(days["resolved"])
    return Lag(len(assigned), len(fixed), _at(assigned, 0.5), _at(assigned, 0.9), _at(fixed, 0.5), _at(fixed, 0.9))


def _at(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile."""
    return round(values[min(len(values) - 1, int(share * len(values)))], 1) if values else None
