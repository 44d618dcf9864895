"""Ask as a customer: what the shop's bot would retrieve; and preview a fix before it is published."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from kbaudit.errors import SourceUnavailable
from kbaudit.store import documents
from kbaudit.web.auth import needs
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


@blueprint.route("/preview/<source>/<path:id>", methods=["GET", "POST"])
@needs("editor")
def preview(source: str, id: str) -> str:
    """Change one article, publish nothing, and see which real questions get better and which get worse."""
    with context().store.read() as db:
        stored = documents.get(db, source, id)
    if stored is None or stored.document is None:
        abort(404, f"There is no article {id} in {source}.")
    text = stored.document.text
    result, problem = None, None
    if request.method == "POST":
        text = request.form.get("text", "").replace("\r\n", "\n")[:200_000]
        remove = request.form.get("what") == "archive"
        worker = context().ask
        if worker is None:
            problem = "The worker does not run, so nothing can be tried. Start `kbaudit serve`."
        else:
            try:
                result = worker("preview", source=source, id=id, text=text, remove=remove)
            except SourceUnavailable as error:
                problem = str(error)
    return render_template("preview.html", article=stored, text=text, result=result, problem=problem)
