"""Runs, sources and held deletions."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbaudit.errors import UsageError
from kbaudit.jobs.holder import note_dead
from kbaudit.jobs.overview import overview
from kbaudit.store import access, findings, runs
from kbaudit.web.auth import confirmed, me, needs
from kbaudit.web.context import context, now

blueprint = Blueprint("operations", __name__)
JOBS = ("sync", "audit", "reindex")


@blueprint.get("/runs")
def all_runs() -> str:
    """What ran, newest first."""
    note_dead(context().store, now())
    with context().store.read() as db:
        items, following = runs.page(
            db, job=request.args.get("job") or None, limit=50, cursor=request.args.get("cursor")
        )
    return render_template(
        "runs.html", items=items, following=following, running=any(r.state == "running" for r in items)
    )


@blueprint.get("/runs/<int:run>")
def one_run(run: int) -> str:
    """One run: counts, problems, what each check did, what it changed."""
    note_dead(context().store, now())
    with context().store.read() as db:
        found = runs.get(db, run)
        if found is None:
            abort(404, f"There is no run {run}.")
        covered = runs.covered(db, run)
        changed = findings.recent(db, run=run, limit=100)
        items = {step.fingerprint: findings.get(db, step.fingerprint) for step in changed}
    steps = [(step, item.finding) for step in changed if (item := items[step.fingerprint]) is not None]
    return render_template("run.html", run=found, covered=covered, steps=steps)


@blueprint.get("/sources")
def sources() -> str:
    """Where the base comes from, how each source is, what comes next, and what waits for a person."""
    items = overview(context().store, context().settings, now())
    with context().store.read() as db:
        asked = runs.waiting(db, "sync")
    return render_template("sources.html", items=items, asked=asked)


@blueprint.post("/sources/<name>/<action>")
@needs("editor")
def pause_or_resume(name: str, action: str) -> Response:
    """Leave a source out of the schedule, or take it in again."""
    if action not in ("pause", "resume"):
        abort(404)
    why = request.form.get("why", "").strip()[:4000]
    try:
        with context().store.write() as db:
            if action == "pause":
                runs.pause_source(db, name, why=why, by=me(), now=now())
            else:
                runs.resume_source(db, name)
            access.log(db, me(), f"source.{action}", now=now(), target=name, detail={"why": why})
    except UsageError as error:
        flash(f"That does not work: {error}.", "bad")
    else:
        words = {"pause": "Paused: the schedule leaves it out, and nothing of it changes.", "resume": "Resumed."}
        flash(words[action], "good")
    return redirect(url_for("operations.sources"), 303)


@blueprint.post("/run/<job>")
@needs("editor")
def run_now(job: str) -> Response:
    """Ask the worker to run a job soon."""
    if job not in JOBS:
        abort(404)
    scope = request.form.get("scope", "")[:200]
    with context().store.write() as db:
        runs.request(db, job, scope=scope, by=me(), now=now())
    flash("Asked for. It starts within seconds and shows under Runs.", "good")
    return redirect(url_for("operations.sources" if job == "sync" else "operations.all_runs"), 303)


@blueprint.get("/holds/<int:id>")
def hold(id: int) -> str:
    """What a held sync would delete."""
    with context().store.read() as db:
        found = runs.hold(db, id)
    if found is None:
        abort(404, f"There is no held sync {id}.")
    return render_template("hold.html", hold=found)


@blueprint.post("/holds/<int:id>/<decision>")
@needs("editor")
def decide(id: int, decision: str) -> Response:
    """Release or dismiss a held sync, with a reason."""
    if decision not in ("release", "dismiss"):
        abort(404)
    back = redirect(url_for("operations.hold", id=id), 303)
    reason = request.form.get("why", "").strip()[:4000]
    if not reason:
        flash("Say why: the reason is kept with the decision.", "bad")
        return back
    if decision == "release" and not confirmed():
        flash("Releasing deletes articles from the store: give your password again.", "bad")
        return back
    try:
        with context().store.write() as db:
            call = runs.release_hold if decision == "release" else runs.dismiss_hold
            call(db, id, reason=reason, by=me(), now=now())
            access.log(db, me(), f"hold.{decision}", now=now(), target=str(id), detail={"why": reason})
    except UsageError as error:
        flash(f"That does not work: {error}", "bad")
        return back
    flash(
        "Released: the worker applies it now." if decision == "release" else "Dismissed: nothing was deleted.", "good"
    )
    return redirect(url_for("operations.sources"), 303)
