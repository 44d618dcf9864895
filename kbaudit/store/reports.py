"""What the pages and the helpdesk read beside the queue: gaps, events, and the figures of the front page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kbaudit.facts.analysed import Analysed, unreadable
from kbaudit.model.finding import Ref
from kbaudit.model.life import ACTIVE, STATES
from kbaudit.model.question import Cluster, Question
from kbaudit.store import access, codec, conversations, findings, runs
from kbaudit.store.schema import clusters, events, questions
from kbaudit.store.schema import conversations as conversations_table
from kbaudit.store.schema import findings as findings_table
from kbaudit.store.schema import runs as runs_table

ANALYSED = "conversations.analysed"
WAITING = "arrived since the last audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A cluster of questions that no article answers, or that retrieval does not lead to one.

    `id` is the cluster's; `fingerprint` the finding's; `status` its state; `questions` three of them, `nearest` the
    articles that come closest; `because` fingerprints of findings that explain it, `details` what
    `kbaudit.facts.gap_report.details` knows.
    """

    id: str
    fingerprint: str
    rule: str
    label: str
    status: str
    severity: str
    count: int
    per_week: float
    first_seen: datetime | None
    last_seen: datetime | None
    questions: tuple[str, ...]
    nearest: tuple[Ref, ...]
    because: tuple[str, ...]
    suggestion: str
    cause: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def minutes_per_week(self) -> float | None:
        """What it costs: people's handling minutes a week, over the weeks that its conversations fill."""
        minutes = self.details.get("handling_minutes")
        if not minutes or not self.count or not self.per_week:
            return None
        return round(float(minutes) * self.per_week / self.count, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One occurrence of an event, with the articles about it and the active findings that name it."""

    event: str
    region: str
    start: date
    end: date
    load_by: date
    gone_by: date
    articles: tuple[Mapping[str, Any], ...]
    findings: tuple[str, ...]


def gaps(
    db: Connection, wanted: findings.Filter | None = None, *, limit: int = 50, cursor: str | None = None
) -> tuple[tuple[Gap, ...], str | None, int]:
    """The gap report, most asked first: (items, next cursor, total). Without rules in the filter: all of them.

    Raises:
        UsageError: a cursor that is not from this list.
    """
    wanted = wanted or findings.Filter()
    wanted = replace(wanted, rules=wanted.rules or ("GAP",))
    page = findings.page(db, wanted, sort="impact", limit=limit, cursor=cursor)
    return _gaps(db, page.items), page.next, page.total


def gap(db: Connection, id: str) -> Gap | None:
    """One gap by its cluster's id, in whatever state; the one that is active if several findings name the cluster."""
    for states in (ACTIVE, STATES):
        cursor: str | None = None
        while True:
            page = findings.page(db, findings.Filter(states=states, rules=("GAP",)), limit=200, cursor=cursor)
            for item in page.items:
                if str(item.finding.subject.get("cluster", item.fingerprint)) == id:
                    return _gaps(db, (item,))[0]
            cursor = page.next
            if cursor is None:
                break
    return None


def _gaps(db: Connection, items: Sequence[findings.Item]) -> tuple[Gap, ...]:
    ids = [str(item.finding.subject.get("cluster", item.fingerprint)) for item in items]
    asked = {row.id: row for row in db.execute(select(clusters).where(clusters.c.id.in_(ids)))}
    found = []
    for id_, item in zip(ids, items, strict=True):
        row, finding = asked.get(id_), item.finding
        quotes = [evidence.quote for evidence in finding.evidence if evidence.ref.kind == "conversation"]
        found.append(
            Gap(
                id=id_,
                fingerprint=item.fingerprint,
                rule=finding.rule,
                label=str(finding.subject.get("label", "")) or (row.label if row is not None else finding.message),
                status=item.state,
                severity=finding.severity,
                count=finding.impact.questions,
                per_week=finding.impact.per_week,
                first_seen=row.first_asked if row is not None else item.opened_at,
                last_seen=row.last_asked if row is not None else item.seen_at,
                questions=tuple(quotes[:3]),
                nearest=tuple(ref for ref in finding.documents if ref.kind == "article"),
                because=finding.because,
                suggestion=finding.suggestion,
                cause=finding.cause,
                details=finding.extra,
            )
        )
    return tuple(found)


def save_coverage(db: Connection, found: Analysed, *, run: int) -> None:
    """Write which conversations an audit analysed."""
    access.set_meta(db, ANALYSED, {"run": run, **codec.plain(asdict(found))})


def coverage(db: Connection, sources: Iterable[str]) -> Analysed | None:
    """Which of all conversations received the last audit analysed; None before the first audit.

    What a source's last reading could not use counts as received: `sources` names those that deliver conversations.
    """
    row = access.get_meta(db, ANALYSED)
    if not isinstance(row, dict):
        return None
    found = Analysed(**{item.name: row[item.name] for item in fields(Analysed)})
    for source in sorted(set(sources) | conversations.counts(db).keys()):
        last = runs.latest(db, "sync", states=("done", "incomplete"), scope=source)
        if last is not None:
            reasons = [str(problem["reason"]) for problem in last.problems if not problem.get("used")]
            found = found.with_unread(unreadable(reasons, int(last.counts.get("skipped", 0))))
    waiting = db.execute(
        select(func.count()).select_from(conversations_table).join(runs_table, runs_table.c.id == row["run"])
        .where(conversations_table.c.stored_at > runs_table.c.finished_at)
    ).scalar_one()  # fmt: skip
    return found.with_unread({WAITING: waiting})


def event_rows(
    db: Connection, *, start: date | None = None, end: date | None = None, region: str | None = None
) -> tuple[EventRow, ...]:
    """Occurrences that overlap a period, by date, as the last audit saw them."""
    query = select(events).order_by(events.c.start, events.c.event, events.c.region)
    if start is not None:
        query = query.where(events.c.end >= start.isoformat())
    if end is not None:
        query = query.where(events.c.start <= end.isoformat())
    if region is not None:
        query = query.where(events.c.region == region)
    by_event: dict[str, list[tuple[str, str]]] = {}
    seasonal = findings_table.c.rule.startswith("SEA")
    active = select(findings_table.c.data).where(seasonal, findings_table.c.state.in_(ACTIVE))
    for (data,) in db.execute(active):
        finding = codec.finding_from_json(data)
        name, occurrence = str(finding.subject.get("event") or ""), str(finding.subject.get("occurrence") or "")
        by_event.setdefault(name, []).append((occurrence, finding.fingerprint))
    return tuple(
        EventRow(
            event=row.event,
            region=row.region,
            start=date.fromisoformat(row.start),
            end=date.fromisoformat(row.end),
            load_by=date.fromisoformat(row.load_by),
            gone_by=date.fromisoformat(row.gone_by),
            articles=tuple(row.articles),
            findings=tuple(
                fingerprint
                for occurrence, fingerprint in by_event.get(row.event, ())
                if not occurrence or row.start <= occurrence <= row.end
            ),
        )
        for row in db.execute(query)
    )


def summary(db: Connection) -> dict[str, Any]:
    """Figures of the front page: findings by state, active ones by severity and by rule, questions that they touch."""
    f = findings_table
    by_state = dict.fromkeys(STATES, 0)
    by_state.update(map(tuple, db.execute(select(f.c.state, func.count()).group_by(f.c.state))))
    active = f.c.state.in_(ACTIVE)
    by_severity: dict[str, int] = dict(
        map(tuple, db.execute(select(f.c.severity, func.count()).where(active).group_by(f.c.severity)))
    )
    by_rule: dict[str, int] = dict(
        map(tuple, db.execute(select(f.c.rule, func.count()).where(active).group_by(f.c.rule).order_by(f.c.rule)))
    )
    touched = db.execute(select(func.coalesce(func.sum(f.c.questions), 0)).where(active)).scalar_one()
    return {"states": by_state, "severities": by_severity, "rules": by_rule, "questions": int(touched)}


# What an audit writes ---------------------------------------------------------------------------------------------


def known_clusters(db: Connection) -> tuple[Cluster, ...]:
    """The clusters that the last audit left: what the next one matches its own with, so that ids stay."""
    last = db.execute(select(func.max(clusters.c.run))).scalar()
    query = select(clusters.c.data).where(clusters.c.run == last).order_by(clusters.c.id)
    return tuple(codec.unpack_cluster(data) for (data,) in db.execute(query))


def save_questions(
    db: Connection, asked: Iterable[Question], grouped: Iterable[Cluster], *, weeks: float, run: int, now: datetime
) -> None:
    """Write what customers asked and how it was grouped. Clusters that nobody asks any more stay, for their ids."""
    of: dict[str, str] = {}
    for cluster in grouped:
        times = [question.asked_at for question in cluster.questions]
        values: dict[str, Any] = {
            "label": cluster.label,
            "size": len(cluster.questions),
            "per_week": round(len(cluster.questions) / weeks, 1),
            "first_asked": min(times, default=None),
            "last_asked": max(times, default=None),
            "run": run,
            "data": codec.pack(cluster),
        }
        if db.execute(update(clusters).where(clusters.c.id == cluster.id).values(**values)).rowcount == 0:
            db.execute(insert(clusters).values(id=cluster.id, created_at=now, **values))
        of.update((question.id, cluster.id) for question in cluster.questions)
    db.execute(delete(questions))
    rows = [
        {
            "id": question.id,
            "source": question.conversation[0],
            "conversation": question.conversation[1],
            "cluster": of.get(question.id),
            "text": question.text,
            "asked_at": question.asked_at,
            "locale": question.locale,
            "answered": question.answered,
        }
        for question in asked
    ]
    if rows:
        db.execute(insert(questions), rows)


def save_events(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the events: {event, region, start, end, load_by, gone_by (ISO dates), articles}."""
    db.execute(delete(events))
    if rows:
        db.execute(insert(events), [dict(row) for row in rows])


def cluster_questions(db: Connection, cluster: str, *, limit: int = 50) -> tuple[Mapping[str, Any], ...]:
    """Questions of a cluster, newest first: {id, source, conversation, text, asked_at, locale, answered}."""
    query = select(questions).where(questions.c.cluster == cluster).order_by(questions.c.asked_at.desc()).limit(limit)
    return tuple({k: v for k, v in row._mapping.items() if k != "cluster"} for row in db.execute(query))
