"""Articles with their findings and versions, the rules, and the manual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from kbaudit.export.words import differing
from kbaudit.facts.copies import linked
from kbaudit.model.life import ACTIVE
from kbaudit.store import conversations, documents, findings
from kbaudit.web.context import context, now
from kbaudit.web.render import marked_blocks

blueprint = Blueprint("library", __name__)
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = 100
MOST_DIFF = 40_000


@blueprint.get("/articles")
def articles() -> str:
    """Every article, by title."""
    source = request.args.get("source") or None
    text = request.args.get("q", "")[:200]
    removed = request.args.get("removed") == "1"
    with context().store.read() as db:
        items, following, total = documents.page(
            db, source=source, text=text, removed=removed, limit=PAGE, cursor=request.args.get("cursor")
        )
        counts = documents.counts(db)
    return render_template(
        "articles.html",
        items=items,
        following=following,
        total=total,
        counts=counts,
        source=source,
        q=text,
        removed=removed,
    )


@blueprint.get("/articles/<source>/<path:id>")
def article(source: str, id: str) -> str:
    """One article: its text with the quoted passages marked, its findings, its versions."""
    with context().store.read() as db:
        stored = documents.get(db, source, id)
        if stored is None or stored.document is None:
            abort(404, f"There is no article {id} in {source}.")
        about = findings.about(db, source, id)
        versions = documents.history(db, source, id)
        near = [item for item in documents.related(db, source, id) if item.live_on(now())]
        translations = documents.translations(db, source, id)
    document = stored.document
    active = [item for item in about if item.state in ACTIVE]
    spans = [
        (evidence.start, evidence.end, item.fingerprint)
        for item in active
        for evidence in item.finding.evidence
        if (evidence.ref.source, evidence.ref.id) == (source, id)
        and evidence.start is not None
        and evidence.end is not None
        and document.text[evidence.start : evidence.end] == evidence.quote
    ]
    copies = linked(near)
    first = copies.get((source, id), (source, id))
    return render_template(
        "article.html",
        copies=[item for item in near if item.ref != (source, id) and copies.get(item.ref, item.ref) == first],
        first=first,
        translations=translations,
        article=stored,
        document=document,
        blocks=marked_blocks(document, spans),
        active=active,
        past=[item for item in about if item.state not in ACTIVE],
        versions=versions,
        changes=_changes(versions),
    )


def _changes(versions: Any) -> list[tuple[str, bool, str]]:
    """The newest edit as (text, changed, side): lines that went and lines that came."""
    if len(versions) < 2 or len(versions[0].text) + len(versions[1].text) > MOST_DIFF:
        return []
    old, new = versions[1].text.splitlines(), versions[0].text.splitlines()
    gone = [line for line in old if line and line not in set(new)]
    come = [line for line in new if line and line not in set(old)]
    rows: list[tuple[str, bool, str]] = []
    for index in range(max(len(gone), len(come))):
        before, after = gone[index : index + 1], come[index : index + 1]
        if before and after:
            left, right = differing(before[0], after[0])
            rows += [(text, marked, "old") for text, marked in left] + [("\n", False, "old")]
            rows += [(text, marked, "new") for text, marked in right] + [("\n", False, "new")]
        else:
            rows += [(line + "\n", True, side) for side, lines in (("old", before), ("new", after)) for line in lines]
    return rows


@blueprint.get("/conversations/<source>/<path:id>")
def conversation(source: str, id: str) -> str:
    """One conversation, as it is stored: redacted."""
    with context().store.read() as db:
        found = conversations.get(db, source, id)
        if found is None:
            abort(404, f"There is no conversation {id} in {source}: it was not stored, or is kept no longer.")
        about = findings.about(db, source, id)
    wanted = request.args.get("message", "")
    return render_template(
        "conversation.html",
        talk=found,
        about=[item for item in about if item.state in ACTIVE],
        wanted=int(wanted) if wanted.isdecimal() and len(wanted) < 6 else None,
    )


@blueprint.get("/rules")
def rules() -> str:
    """Every rule."""
    from kbaudit.checks.catalogue import all_checks

    with context().store.read() as db:
        counts = findings.facets(db)["rule"]
    return render_template("rules.html", checks=all_checks(), counts=counts)


@blueprint.get("/rules/<code>")
def rule(code: str) -> str:
    """One rule's page: its docstring and its options."""
    from dataclasses import fields

    from kbaudit.checks.catalogue import all_checks

    found = next((check for check in all_checks() if check.code == code.upper()), None)
    if found is None:
        abort(404, f"There is no rule {code}.")
    options = [(item.name, item.default) for item in fields(found.Options)]
    return render_template("rule.html", check=found, body=_markdown(found.explanation()), options=options)


@blueprint.get("/docs")
@blueprint.get("/docs/<name>")
def manual(name: str = "index") -> str:
    """The manual, as shipped."""
    pages = {path.stem: path for path in sorted(DOCS.glob("*.md"))}
    if name not in pages:
        if name != "index" or not pages:
            abort(404, f"The manual has no page {name}.")
        return render_template("docs.html", body=None, pages=_titles(pages), name=name)
    return render_template("docs.html", body=_markdown(pages[name].read_text("utf-8")), pages=_titles(pages), name=name)


def _titles(pages: dict[str, Path]) -> list[tuple[str, str]]:
    return [(name, path.read_text("utf-8").lstrip("# ").splitlines()[0]) for name, path in pages.items()]


def _markdown(text: str) -> Markup:
    """The product's own Markdown as HTML: raw HTML in it is escaped."""
    from markdown_it import MarkdownIt

    return Markup(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))  # noqa: S704 - shipped text
