"""API keys, and the page to read the API's description."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from kbaudit.errors import UsageError
from kbaudit.store import access
from kbaudit.store.access import SCOPES
from kbaudit.web.auth import confirmed, me, needs
from kbaudit.web.context import context, now

blueprint = Blueprint("keys", __name__)
SCOPE_HELP = {
    "read": "read findings, gaps, events, articles and runs",
    "write": "acknowledge, assign, comment, suppress, verify",
    "ingest": "send conversations and have answers checked",
    "admin": "everything, keys included",
}


@blueprint.route("/keys", methods=["GET", "POST"])
@needs("admin")
def keys() -> Any:
    """The keys; a new one is shown once."""
    fresh = None
    if request.method == "POST":
        if not confirmed():
            flash("Making a key needs your password again.", "bad")
            return redirect(url_for("keys.keys"), 303)
        try:
            with context().store.write() as db:
                key, fresh = access.create_key(
                    db, request.form.get("name", "")[:200], scopes=request.form.getlist("scope"), by=me(), now=now()
                )
                access.log(db, me(), "key.create", now=now(), target=key.id)
        except UsageError as error:
            flash(f"That does not work: {error}", "bad")
    with context().store.read() as db:
        items = access.all_keys(db)
    return render_template("keys.html", items=items, fresh=fresh, scopes=[(s, SCOPE_HELP.get(s, s)) for s in SCOPES])


@blueprint.post("/keys/<id>/revoke")
@needs("admin")
def revoke(id: str) -> Any:
    """Make a key useless at once."""
    with context().store.write() as db:
        access.revoke_key(db, id, now=now())
        access.log(db, me(), "key.revoke", now=now(), target=id)
    flash("Revoked.", "good")
    return redirect(url_for("keys.keys"), 303)


@blueprint.get("/api")
def reference() -> str:
    """The API's description for people."""
    return render_template("api.html", spec=current_app.api_doc)  # type: ignore[attr-defined]
