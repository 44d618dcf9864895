"""Ask as a customer: what the shop's bot would retrieve; and preview a fix before it is published."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, render_template, request

from kbaudit.errors import SourceUnavailable, UsageError
from kbaudit.facts.titles import titled
from kbaudit.jobs.ask import verdict
from kbaudit.model.finding import Finding
from kbaudit.store import codec, documents, findings
from kbaudit.web.auth import needs
from kbaudit.web.context import context

blueprint = Blueprint("ask", __name__)


@blueprint.get("/ask")
def ask() -> str:
    """The question, the passages with their scores, and why they rank so."""
    question = request.args.get("q", "").strip()[:500]
    hits, problem, said = None, None, ""
    if question:
        worker = context().ask
        if worker is None:
            problem = "The worker does not run, so nothing can be retrieved. Start `kbaudit serve`."
        else:
            try:
                hits = worker("ask", question=question, locale=request.args.get("locale") or None, k=8)
                said = verdict(hits[0]["dense"], hits[0]["likely"]) if hits else ""
            except SourceUnavailable as error:
                problem = str(error)
    return render_template("ask.html", q=question, hits=hits, problem=problem, said=said)


@blueprint.route("/preview/<source>/<path:id>", methods=["GET", "POST"])
@needs("editor")
def preview(source: str, id: str) -> str:
    """Change one article, publish nothing, and see what it does to real questions and to the findings."""
    with context().store.read() as db:
        stored = documents.get(db, source, id)
    if stored is None or stored.document is None:
        abort(404, f"There is no article {id} in {source}.")
    return _preview(stored, stored.document.text)


@blueprint.route("/preview", methods=["GET", "POST"])
@needs("editor")
def preview_new() -> str:
    """The same for an article that does not exist yet."""
    return _preview(None, "")


def _preview(stored: documents.Stored | None, text: str) -> str:
    result, problem = None, None
    with context().store.read() as db:
        item = findings.get(db, request.values.get("finding", ""))
    if item is not None and stored is None and not text:
        text = _outline(item.finding)
    if request.method == "POST":
        text = request.form.get("text", "").replace("\r\n", "\n")[:200_000]
        what = {
            "source": stored.source if stored else "",
            "id": stored.id if stored else "",
            "text": text,
            "remove": stored is not None and request.form.get("what") == "archive",
            "finding": codec.to_json(item.finding).decode() if item else None,
        }
        worker = context().ask
        if worker is None:
            problem = "The worker does not run, so nothing can be tried. Start `kbaudit serve`."
        else:
            try:
                result = worker("preview", **what)
            except (SourceUnavailable, UsageError) as error:
                problem = str(error)
    return render_template("preview.html", article=stored, item=item, text=text, result=result, problem=problem)


def _outline(finding: Finding) -> str:
    """A draft of the article that a gap asks for: the agents' own answer, else the customers' words as its title."""
    outline = finding.extra.get("outline")
    if isinstance(outline, Mapping):
        return f"{outline.get('title', '')}\n\n{outline.get('answer', '')}"
    asked = [evidence.quote for evidence in finding.evidence if evidence.ref.kind == "conversation"]
    return titled(asked[0]) if asked else ""
