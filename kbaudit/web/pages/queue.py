"""The queue of findings, one finding, and what people do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbaudit.errors import UsageError
from kbaudit.model.document import Document
from kbaudit.model.finding import SEVERITIES
from kbaudit.model.life import ACTIVE, STATES
from kbaudit.store import access, documents, findings, proof, reports, runs
from kbaudit.web.auth import me, needs
from kbaudit.web.context import context, now
from kbaudit.web.render import quotes

blueprint = Blueprint("queue", __name__)
PAGE = 40
INPUTS = ("articles", "products", "conversations")


def wanted() -> findings.Filter:
    """The filter that the address asks for."""
    states = tuple(state for state in request.args.getlist("state") if state in STATES) or ACTIVE
    return findings.Filter(
        states=states,
        rules=tuple(request.args.getlist("rule")),
        severities=tuple(request.args.getlist("severity")),
        owners=tuple(request.args.getlist("owner")),
        assignees=tuple(request.args.getlist("assignee")),
        sources=tuple(request.args.getlist("source")),
        text=request.args.get("q", "")[:200],
    )


@blueprint.get("/")
def index() -> str:
    """The queue, largest impact first."""
    sort = request.args.get("sort", "impact")
    chosen = wanted()
    with context().store.read() as db:
        page = findings.page(db, chosen, sort=sort, limit=PAGE, cursor=request.args.get("cursor"))
        facets = findings.facets(db, chosen)
        summary = reports.summary(db)
        audit = runs.latest(db, "audit")
        idle = [row for row in runs.covered(db, audit.id) if row["state"] == "not_run"] if audit else []
        statuses = runs.source_statuses(db)
        lag = proof.lag(db)
    return render_template(
        "queue.html",
        page=page,
        facets=facets,
        severities={name: facets["severity"][name] for name in reversed(SEVERITIES) if name in facets["severity"]},
        chosen=chosen,
        sort=sort,
        sorts=findings.SORTS,
        summary=summary,
        audit=audit,
        sources=statuses,
        idle=idle,
        missing=[name for name in INPUTS if any(name in str(row["reason"]) for row in idle)],
        lag=lag,
        q=chosen.text,
    )


def _read(db: Any, fingerprint: str) -> findings.Item:
    item = findings.get(db, fingerprint)
    if item is None:
        abort(404, f"There is no finding {fingerprint}.")
    return item


@blueprint.get("/findings/<fingerprint>")
def show(fingerprint: str) -> str:
    """One finding with its evidence and its history."""
    with context().store.read() as db:
        item = _read(db, fingerprint)
        texts: dict[tuple[str, str], Document] = {}
        for ref in {evidence.ref for evidence in item.finding.evidence if evidence.ref.kind == "article"}:
            stored = documents.get(db, ref.source, ref.id)
            if stored is not None and stored.document is not None:
                texts[(ref.source, ref.id)] = stored.document
        history = findings.history(db, fingerprint)
        suppression = findings.suppression(db, fingerprint)
        people = [user.name for user in access.all_users(db) if user.disabled_at is None]
        cluster = item.finding.subject.get("cluster")
        fixed = proof.fix_of(history) if item.state == "resolved" else None
        recurrence = proof.recurrence(db, str(cluster), fixed.at, now()) if cluster and fixed else None
        because = [found for key in item.finding.because if (found := findings.get(db, key))]
        page = findings.page(db, limit=200)
    sides, rest = quotes(item.finding, texts)
    return render_template(
        "finding.html",
        item=item,
        finding=item.finding,
        sides=sides,
        rest=rest,
        history=history,
        suppression=suppression,
        people=people,
        because=because,
        fixed=fixed,
        recurrence=recurrence,
        active=item.state in ACTIVE,
        following=_following(item, page.items),
        soon=(now() + timedelta(days=30)).date().isoformat(),
    )


def _following(item: findings.Item, queue: Sequence[findings.Item]) -> findings.Item | None:
    """What comes after a finding in the queue. One that was just decided has its place still."""

    def place(other: findings.Item) -> tuple[float, float, str]:
        return other.finding.weight, other.finding.score, other.fingerprint

    return next((other for other in queue if place(other) < place(item)), None)


@blueprint.post("/findings/<fingerprint>/<action>")
@needs("editor")
def act(fingerprint: str, action: str) -> Response:
    """Acknowledge, start, assign, comment, suppress, show again or verify."""
    form = request.form
    why = form.get("why", "").strip()[:4000]
    who, moment = me(), now()
    try:
        with context().store.write() as db:
            _read(db, fingerprint)
            if action == "acknowledge":
                findings.acknowledge(db, fingerprint, by=who, now=moment, why=why)
            elif action == "start":
                findings.start(db, fingerprint, by=who, now=moment, why=why)
            elif action == "assign":
                findings.assign(db, fingerprint, form.get("assignee", "").strip()[:200] or None, by=who, now=moment)
            elif action == "comment":
                findings.comment(db, fingerprint, why, by=who, now=moment)
            elif action == "suppress":
                findings.suppress(db, fingerprint, reason=why, by=who, now=moment, until=_until(form.get("until", "")))
            elif action == "release":
                findings.release(db, fingerprint, by=who, now=moment, why=why)
            elif action == "verify":
                findings.act(db, fingerprint, "verify_requested", by=who, now=moment)
                runs.request(db, "verify", scope=fingerprint, by=who, now=moment)
            else:
                abort(404)
    except UsageError as error:
        flash(f"That does not work: {error}", "bad")
        return redirect(url_for("queue.show", fingerprint=fingerprint), 303)
    said = {
        "acknowledge": "Acknowledged.",
        "start": "In progress.",
        "assign": "Assigned.",
        "comment": "Comment added.",
        "suppress": "Suppressed. It comes back when it ends, or when one of its sides changes.",
        "release": "Open again.",
        "verify": "The sources are read again and the rule runs; the result appears in the history below.",
    }
    flash(said[action], "good")
    return redirect(url_for("queue.show", fingerprint=fingerprint), 303)


def _until(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.combine(datetime.fromisoformat(text.strip()).date(), time.max, UTC)
    except ValueError:
        raise UsageError(f'"{text[:40]}" is no day. Use the form 2026-12-31.') from None
