"""Events by date, and the gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request

from kbaudit.facts.analysed import sentences
from kbaudit.model.life import ACTIVE, STATES
from kbaudit.store import findings, reports
from kbaudit.web.charts import week_bars
from kbaudit.web.context import context, now

blueprint = Blueprint("seasons", __name__)
AHEAD = 120
BEHIND = 60
GRACE = 7


@dataclass(frozen=True, slots=True)
class Lane:
    """One event on the time line, with the regions in which it falls on the same days: positions in percent."""

    row: reports.EventRow
    regions: tuple[str, ...]
    state: str
    load_x: float
    x: float
    width: float
    gone_x: float


@blueprint.get("/events")
def events() -> str:
    """What must be loaded and what must go, by date."""
    today = now().date()
    first, last = today - timedelta(days=BEHIND), today + timedelta(days=AHEAD)
    region = request.args.get("region") or None
    with context().store.read() as db:
        rows = reports.event_rows(db, start=first - timedelta(days=30), end=last, region=region)
        open_items = findings.page(db, findings.Filter(rules=("SEA",)), limit=200).items
    together: dict[tuple[str, date, date], list[reports.EventRow]] = {}
    for row in rows:
        if row.findings or row.articles or row.end >= today:
            together.setdefault((row.event, row.start, row.end), []).append(row)
    lanes = [_lane(same, today, first, last) for same in together.values()]
    regions = sorted({row.region for row in rows})
    months = []
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            months.append((f"{month:%b %Y}", _at(month, first, last)))
        month = (month + timedelta(days=32)).replace(day=1)
    return render_template(
        "events.html",
        lanes=lanes,
        today_x=_at(today, first, last),
        months=months,
        region=region,
        regions=regions,
        items={item.fingerprint: item for item in open_items},
        expired=[item for item in open_items if item.finding.rule in ("SEA101", "SEA103", "SEA104")],
        missing=[item for item in open_items if item.finding.rule == "SEA102"],
        today=today,
    )


def _at(day: date, first: date, last: date) -> float:
    share = (day - first).days / max(1, (last - first).days)
    return round(100 * min(1.0, max(0.0, share)), 2)


def _lane(rows: list[reports.EventRow], today: date, first: date, last: date) -> Lane:
    row = max(rows, key=lambda item: (len(item.findings), len(item.articles)))
    if row.end < today:
        state = "overdue" if row.findings else "grace" if row.articles and today <= row.gone_by else "gone"
    elif row.findings:
        state = "missing"
    elif row.start <= today:
        state = "now"
    else:
        state = "ahead" if row.load_by > today else "loaded" if row.articles else "load"
    x = _at(row.start, first, last)
    return Lane(
        row,
        tuple(sorted({item.region for item in rows if item.region})),
        state,
        _at(row.load_by, first, last),
        x,
        max(0.8, _at(row.end + timedelta(days=1), first, last) - x),
        _at(row.gone_by, first, last),
    )


@blueprint.get("/gaps")
def gaps() -> str:
    """What customers ask and nobody answers, most asked first."""
    states = tuple(state for state in request.args.getlist("state") if state in STATES) or ACTIVE
    with context().store.read() as db:
        items, following, total = reports.gaps(
            db,
            findings.Filter(states=states, text=request.args.get("q", "")[:200]),
            limit=40,
            cursor=request.args.get("cursor"),
        )
        coverage = reports.coverage(db, context().settings.conversation_sources)
        weeks = {gap.id: week_bars(_weeks(reports.cluster_questions(db, gap.id, limit=500))) for gap in items}
    return render_template(
        "gaps.html",
        items=items,
        following=following,
        total=total,
        weeks=weeks,
        q=request.args.get("q", ""),
        coverage=coverage,
        sentences=sentences(coverage) if coverage else [],
    )


def _weeks(rows: object) -> list[tuple[str, int]]:
    counts: Counter[date] = Counter()
    for row in rows:  # type: ignore[attr-defined]
        day = row["asked_at"].date()
        counts[day - timedelta(days=day.weekday())] += 1
    if not counts:
        return []
    first, last = min(counts), max(counts)
    first = max(first, last - timedelta(weeks=11))
    weeks = [first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1)]
    return [(f"week of {week:%d %b}", counts[week]) for week in weeks]


@blueprint.get("/gaps.<any(csv, xlsx):form>")
def gaps_file(form: str) -> Response:
    """The gap report as a spreadsheet."""
    from kbaudit.export.table import csv_text, xlsx_bytes

    items: list[reports.Gap] = []
    cursor: str | None = None
    with context().store.read() as db:
        while not items or cursor:
            page, cursor, _ = reports.gaps(db, limit=200, cursor=cursor)
            if not page:
                break
            items += page
    rows = [
        {
            "id": gap.id,
            "rule": gap.rule,
            "label": gap.label,
            "status": gap.status,
            "cause": gap.cause or "",
            "count": gap.count,
            "per_week": gap.per_week,
            "trend": gap.details.get("trend") or "",
            "share_percent": gap.details.get("share", ""),
            "minutes_per_week": gap.minutes_per_week or "",
            "questions": " / ".join(gap.questions),
            "nearest": " / ".join(ref.title or ref.id for ref in gap.nearest),
            "suggestion": gap.suggestion,
        }
        for gap in items
    ]
    if not rows:
        abort(404, "There are no gaps to export.")
    name = {"Content-Disposition": f"attachment; filename=kbaudit-gaps.{form}"}
    if form == "csv":
        return Response(csv_text(rows), mimetype="text/csv", headers=name)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(xlsx_bytes(rows, "gaps"), mimetype=kind, headers=name)
