"""The readiness report as data: what each coming event needs, and what must go after the last ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.readiness import REPORT_DAYS, Need, leaving

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# The two looks before an event: three weeks before, content is missing; two weeks before, it is late.
LOOKS = (21, 14)


def report(snapshot: Snapshot) -> dict[str, Any]:
    """`as_of`, `coming` (a row an event and region, soonest first), `leaving` (a row an article, most urgent first)."""
    needs: tuple[Need, ...] = snapshot.fact("readiness")
    calendar: Calendar = snapshot.fact("calendar")
    by_key = {(need.occurrence.event, need.region): need for need in needs}
    coming: list[dict[str, Any]] = []
    for region in snapshot.regions:
        for occurrence in calendar.upcoming(snapshot.today, REPORT_DAYS, region):
            need = by_key.pop((occurrence.event, region), None)
            coming.append(
                _coming(
                    snapshot, occurrence.event, region, occurrence.start, occurrence.end, occurrence.lead_days, need
                )
            )
    for (event, region), need in by_key.items():
        found = need.occurrence
        coming.append(_coming(snapshot, event, region, found.start, found.end, found.lead_days, need))
    coming.sort(key=lambda row: (row["start"], row["event"], row["region"]))
    return {
        "as_of": snapshot.today.isoformat(),
        "coming": coming,
        "leaving": [_leaving(snapshot, item) for item in leaving(snapshot)],
    }


def _coming(
    snapshot: Snapshot, event: str, region: str, start: date, end: date, lead_days: int, need: Need | None
) -> dict[str, Any]:
    days = (start - snapshot.today).days
    asked = need.asked if need is not None else ()
    return {
        "event": event,
        "region": region,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "in_days": days,
        "load_by": (start - timedelta(days=lead_days)).isoformat(),
        "look": f"T-{days}" if 0 <= days <= max(LOOKS) else None,
        "light": need.light if need is not None else None,
        "questions": [
            {
                "text": item.question.text,
                "asked_at": item.question.asked_at.isoformat(),
                "conversation": {"source": item.question.conversation[0], "id": item.question.conversation[1]},
                "light": item.light,
                "article": _article(snapshot, item.document),
                "reason": item.reason,
                "score": round(item.score, 3),
            }
            for item in asked
        ],
    }


def _leaving(snapshot: Snapshot, item: Any) -> dict[str, Any]:
    return {
        "article": _article(snapshot, item.ref),
        "event": item.occurrence.event,
        "occurrence": item.occurrence.start.isoformat(),
        "gone_by": item.until.isoformat(),
        "overdue": item.overdue,
    }


def _article(snapshot: Snapshot, ref: tuple[str, str] | None) -> dict[str, Any] | None:
    document = snapshot.document(ref) if ref is not None else None
    if document is None:
        return None
    return {"source": document.source, "id": document.id, "title": document.title, "url": document.url}


def render(data: dict[str, Any]) -> str:
    """The report for a terminal."""
    lines = [f"Readiness on {data['as_of']}", ""]
    if not data["coming"]:
        lines.append("No event starts in the coming weeks.")
    for row in data["coming"]:
        light = (row["light"] or "nobody asked last time").upper() if row["light"] else "nobody asked last time"
        when = "running" if row["in_days"] < 0 else f"in {row['in_days']} days"
        look = f", {row['look']}" if row["look"] else ""
        lines.append(
            f"{row['event']} ({row['region']}), {row['start']}, {when}{look}: {light}; load by {row['load_by']}"
        )
        for item in row["questions"]:
            answer = item["article"]["title"] if item["article"] else "no article"
            reason = f" ({item['reason']})" if item["reason"] and item["article"] else ""
            lines.append(f"    {item['light']:5}  “{' '.join(item['text'].split())[:90]}”  {answer}{reason}")
    lines.append("")
    if data["leaving"]:
        lines.append("What must go:")
    for row in data["leaving"]:
        late = "OVERDUE since" if row["overdue"] else "by"
        lines.append(
            f"    {late} {row['gone_by']}  {row['article']['title']}  ({row['event']} {row['occurrence'][:4]})"
        )
    if not data["leaving"]:
        lines.append("Nothing must go.")
    return "\n".join(lines)
