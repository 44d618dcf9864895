"""Ask as a customer: what the shop's bot would retrieve."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kbaudit.errors import SourceUnavailable
from kbaudit.web.context import context

blueprint = Blueprint("ask", __name__)


@blueprint.get("/ask")
def ask() -> str:
    """The question, the passages with their scores, and why they rank so."""
    question = request.args.get("q", "").strip()[:500]
    hits, problem = None, None
    if question:
        worker = context().ask
        if worker is None:
            problem = "The worker does not run, so nothing can be retrieved. Start `kbaudit serve`."
        else:
            try:
                hits = worker("ask", question=question, locale=request.args.get("locale") or None, k=8)
            except SourceUnavailable as error:
                problem = str(error)
    return render_template("ask.html", q=question, hits=hits, problem=problem)
