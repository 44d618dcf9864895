"""The weekly half hour: what opened, what was fixed and whether it helped, what waits, what comes."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template, request

from kbaudit.facts.analysed import sentences
from kbaudit.store import findings, probes, reports, review, runs
from kbaudit.web.context import context, now

blueprint = Blueprint("review", __name__)
PERIODS = (7, 14, 28)
GAPS = 5
AHEAD = timedelta(days=21)


@blueprint.get("/review")
def index() -> str:
    """One page to go through and to print."""
    asked = request.args.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in PERIODS else PERIODS[0]
    moment = now()
    today = moment.date()
    with context().store.read() as db:
        found = review.review(db, moment, days)
        gaps, _, total = reports.gaps(db, limit=200)
        coverage = reports.coverage(db, context().settings.conversation_sources)
        standings = probes.standings(db)
        events = reports.event_rows(db, start=today - timedelta(days=14), end=today + AHEAD)
        summary = reports.summary(db)
        sources = [source for source in runs.source_statuses(db) if source.state not in ("ok", "never")]
        assignees = {gap.fingerprint: item.assignee for gap in gaps if (item := findings.get(db, gap.fingerprint))}
    coming = {row.event: row for row in reversed(events) if row.findings or row.load_by <= today <= row.gone_by}
    cost = sorted(gaps, key=lambda gap: (-(gap.minutes_per_week or 0), -gap.per_week, gap.id))
    return render_template(
        "review.html",
        review=found,
        days=days,
        periods=PERIODS,
        today=today,
        gaps=cost[:GAPS],
        total_gaps=total,
        minutes=round(sum(gap.minutes_per_week or 0 for gap in gaps)),
        assignees=assignees,
        coverage=coverage,
        sentences=sentences(coverage)[:2] if coverage else [],
        worse=[item for item in standings if item.moved == "worse"],
        events=sorted(coming.values(), key=lambda row: (row.start, row.event)),
        summary=summary,
        sources=sources,
    )
