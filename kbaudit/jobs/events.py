"""What the events page shows: occurrences near the day, when content must be loaded and gone, and what there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kbaudit.model.event import SeasonSubject
from kbaudit.snapshot import BaseSnapshot

BACK_DAYS, AHEAD_DAYS = 120, 370


def event_rows(snapshot: BaseSnapshot) -> list[dict[str, Any]]:
    """Rows of the table `events`, for every region of the shop.

    An article that is about one happening stands with that one, a yearly or general one with every happening.
    """
    calendar = snapshot.fact("calendar")
    about: dict[str, list[tuple[SeasonSubject, dict[str, Any]]]] = {}
    for document in snapshot.live:
        subject = snapshot.about("seasons", document).subject
        if subject is not None and subject.kind != "history":
            shown = {"source": document.source, "id": document.id, "title": document.title, "url": document.url}
            about.setdefault(subject.event, []).append((subject, shown))
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    today = snapshot.today
    for region in snapshot.regions:
        for event in calendar.events:
            if event.regions and region not in event.regions:
                continue
            for year in (today.year - 1, today.year, today.year + 1):
                found = calendar.occurrence(event.name, year, region)
                if found is None:
                    continue
                if found.end < today - timedelta(days=BACK_DAYS) or found.start > today + timedelta(days=AHEAD_DAYS):
                    continue
                articles = [
                    shown for subject, shown in about.get(event.name, ()) if subject.year in (None, found.start.year)
                ]
                rows[event.name, region, found.start.isoformat()] = {
                    "event": event.name,
                    "region": region,
                    "start": found.start.isoformat(),
                    "end": found.end.isoformat(),
                    "load_by": (found.start - timedelta(days=found.lead_days)).isoformat(),
                    "gone_by": (found.end + timedelta(days=found.grace_days)).isoformat(),
                    "articles": articles,
                }
    return [rows[key] for key in sorted(rows)]
