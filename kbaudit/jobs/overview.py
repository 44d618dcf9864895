"""How every source is, for people: what was read, what went wrong and what to do, what comes next, how far behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kbaudit.config import Settings
from kbaudit.jobs.corpus import place_of
from kbaudit.jobs.holder import note_dead
from kbaudit.jobs.schedule import every, following
from kbaudit.store import Store, conversations, documents, runs
from kbaudit.store.runs import Hold, Run, SourceStatus

# How often other assistants copy such a source, as their manuals say. Zero: they read what is published at once.
LAGS: Mapping[str, tuple[timedelta, str]] = {
    "zendesk": (timedelta(hours=1), "Intercom Fin copies a Zendesk help center every hour"),
    "intercom": (timedelta(0), "Intercom Fin answers from Intercom's own articles at once"),
    "sitemap": (timedelta(days=7), "AI agents that copy a web site read it again once a week"),
    "wordpress": (timedelta(days=7), "AI agents that copy a web site read it again once a week"),
    "mediawiki": (timedelta(days=7), "AI agents that copy a web site read it again once a week"),
}
STATES = {
    "never": "Not read yet.",
    "ok": "Read whole.",
    "incomplete": "The source could not be read whole. What it served was taken in and nothing was deleted; the next "
    "reading asks for the rest.",
    "failed": "The source could not be read. Everything stays as it was, and it is tried again on schedule.",
    "refused": "The source refused kbaudit. Everything stays as it was.",
    "held": "The last reading waits for you: it would delete or change too much at once.",
}
READING = "Being read now."
CUT_OFF = (
    "The last reading was cut off before its end. Nothing of it was applied; the next one goes on with what was read."
)
# What a person can do about an error, by the words that the client and the connectors use.
HINTS = (
    (r"no room on the disk|disk is full", "Make room on that disk, or move the data folder to a larger one."),
    (r"connection|no answer|resolve", "The system behind it is down. Open its address in a browser."),
    (r"status 401|status 403|refused", "Check that the key or password is still valid and may read this."),
    (r"ask(?:s|ed)? for a pause|status 429", "The source asked for slower reading; kbaudit waits as long as it said."),
    (r"robots\.txt", "Allow kbaudit in robots.txt, or set robots = false for a site of your own."),
    (r"status 5\d\d|time", "The system behind it is down or slow. Open its address in a browser."),
    (r"status 404|no such file", "Check the address or the path of this source."),
    (r"certificate|tls|ssl", "Its certificate cannot be checked. Renew it, or name its own in ca_file."),
    (r"not public|blocked|allow_private", "Name the address in allow_private if it is your own."),
    (r"paging|cursor|not json|no list", "Its answers were not whole. If that stays so, tell its vendor."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One source. `said` is the state in plain words, `message` the error of its last reading, `hint` what to do about
    it, `lag` how its answers age. `cut` says that the last reading was cut off."""

    status: SourceStatus
    run: Run | None
    reading: bool
    cut: bool
    articles: int
    products: int
    conversations: int
    removed: int
    missing: int
    said: str
    message: str
    hint: str
    schedule: str
    next_at: datetime | None
    hold: Hold | None
    lag: str
    behind: bool


def overview(store: Store, settings: Settings, now: datetime) -> list[Overview]:
    """Every configured source, by name. Readings whose process is gone are written down as cut off."""
    note_dead(store, now)
    with store.read() as db:
        statuses = runs.source_statuses(db)
        counts, talks, missing = documents.counts(db), conversations.counts(db), documents.missing(db)
        held = {item.source: item for item in runs.held(db)}
        latest = {status.name: runs.get(db, status.last_run) for status in statuses if status.last_run is not None}
        zone = place_of(settings, (), documents.locales(db)).zone
    found = []
    for status in statuses:
        run, schedule = latest.get(status.name), settings.schedule_of(status.name)
        count = counts.get(status.name, {})
        reading = run is not None and run.state == "running"
        cut = run is not None and run.state == "interrupted"
        message = (run.error or "" if cut and run is not None else status.message) if not reading else ""
        paused = status.paused_at is not None
        lag, behind = _lag(status, schedule, now)
        found.append(
            Overview(
                status=status,
                run=run,
                reading=reading,
                cut=cut,
                articles=count.get("articles", 0),
                products=count.get("products", 0),
                conversations=talks.get(status.name, 0),
                removed=count.get("removed", 0),
                missing=missing.get(status.name, 0),
                said=READING if reading else CUT_OFF if cut else STATES.get(status.state, status.state),
                message=message,
                hint="" if reading or cut else _hint(status),
                schedule=schedule,
                next_at=None if paused else following(schedule, now, zone),
                hold=held.get(status.name),
                lag=lag,
                behind=behind,
            )
        )
    return found


def _hint(status: SourceStatus) -> str:
    if status.state in ("ok", "never", "held") or not status.message:
        return ""
    return next((hint for words, hint in HINTS if re.search(words, status.message, re.IGNORECASE)), "")


def _lag(status: SourceStatus, schedule: str, now: datetime) -> tuple[str, bool]:
    """How the source's age here compares with that in other assistants, and whether those may know more by now."""
    if status.connector not in LAGS:
        return "", False
    lag, who = LAGS[status.connector]
    step = every(schedule)
    age = now - status.synced_at if status.synced_at is not None else None
    behind = age is not None and age > max(lag, timedelta(minutes=5))
    if step is None:
        then = "kbaudit reads it only when it is told to"
    elif step <= lag:
        then = "kbaudit reads it at least as often"
    else:
        then = f"kbaudit is up to {_span(step - lag)} behind it: read it more often with schedule in its table"
    return f"{who}; {then}.", behind


def _span(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{round(hours)} h" if hours < 48 else f"{round(hours / 24)} days"
