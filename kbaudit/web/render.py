"""Template filters, marked text, and the small pictures. Text from outside stays text: autoescape is never lifted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, make_response, render_template, request, url_for

from kbaudit import __version__
from kbaudit.export.words import differing
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence, Finding
from kbaudit.store import runs
from kbaudit.web.auth import fresh
from kbaudit.web.context import context, now

STATES = {
    "open": "open",
    "acknowledged": "acknowledged",
    "in_progress": "in progress",
    "suppressed": "suppressed",
    "resolved": "resolved",
}
CONTEXT = 160
# What code calls a thing (`refund_time`), as against what a shop wrote.
IDENTIFIER = re.compile(r"[a-z]+(?:_[a-z]+)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `mark` is a CSS class or empty; `href` is set only for http and https."""

    text: str
    mark: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence, ready to show: the words around it, and its own words in pieces."""

    evidence: Evidence
    before: str
    pieces: tuple[Piece, ...]
    after: str


def install(app: Flask) -> None:
    """Give the templates their filters and common values."""
    app.jinja_env.filters.update(
        day=day,
        ago=ago,
        ahead=ahead,
        state=lambda value: STATES.get(value, value),
        web=web_address,
        plural=plural,
        shown=shown,
        rank=lambda value: "not found" if value is None else f"{value:g}",
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def common() -> dict[str, Any]:
        found = getattr(g, "session", None)
        holds: tuple[Any, ...] = ()
        if found is not None:
            with context().store.read() as db:
                holds = runs.held(db)
        return {
            "shop": context().settings.shop.name,
            "user": found.user if found else None,
            "version": __version__,
            "holds_waiting": len(holds),
            "fragment": bool(request.headers.get("HX-Request")),
            "query": query,
            "asks_password": found is not None and not fresh(),
        }


def error_page(status: int, title: str, detail: str) -> Response:
    """An error as a page: what was seen and what to do."""
    return make_response(render_template("error.html", status=status, title=title, detail=detail), status)


def query(**changes: Any) -> str:
    """The current address with some parameters changed; None removes one, and the cursor always goes."""
    values: dict[str, Any] = {key: request.args.getlist(key) for key in request.args if key != "cursor"}
    values.update(changes)
    pairs = [(key, item) for key, items in values.items() for item in (items if isinstance(items, list) else [items])]
    kept = [(key, item) for key, item in pairs if item not in (None, "")]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def day(value: date | datetime | None) -> str:
    """A day as people write it: 20 Nov 2026."""
    return "" if value is None else f"{value.day} {value:%b %Y}"


def ago(value: datetime | None) -> str:
    """How long ago: a word for today, else days or weeks."""
    if value is None:
        return "never"
    seconds = (now() - value).total_seconds()
    if seconds < 90:
        return "just now"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes ago"
    if seconds < 129_600:
        return f"{round(seconds / 3600)} hours ago"
    days = round(seconds / 86_400)
    return f"{days} days ago" if days < 21 else f"{round(days / 7)} weeks ago"


def ahead(value: datetime) -> str:
    """How long until then."""
    seconds = (value - now()).total_seconds()
    if seconds < 90:
        return "any moment"
    if seconds < 5400:
        return f"in {round(seconds / 60)} minutes"
    return f"in {round(seconds / 3600)} hours" if seconds < 129_600 else f"in {round(seconds / 86_400)} days"


def shown(value: Any) -> str:
    """A value of a finding's subject as people read it."""
    if isinstance(value, dict):
        return ", ".join(f"{str(key).replace('_', ' ')} {shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    if value is None:
        return "none"
    return value.replace("_", " ") if isinstance(value, str) and IDENTIFIER.fullmatch(value) else str(value)


def plural(count: float, one: str, many: str | None = None) -> str:
    """`1 question`, `2 questions`."""
    return f"{count:g} {one if count == 1 else many or one + 's'}"


def web_address(value: str | None) -> str | None:
    """The address if a browser may follow it (http or https), else None."""
    if not value or any(char in value for char in "\t\r\n"):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def quotes(finding: Finding, documents: dict[tuple[str, str], Document]) -> tuple[list[Quote], list[Quote]]:
    """The two sides of a conflict with their differing words marked (empty if it has none), and all other evidence."""
    left = next((item for item in finding.evidence if item.side == "a"), None)
    right = next((item for item in finding.evidence if item.side == "b"), None)
    sides: list[Quote] = []
    shown: list[Evidence] = []
    if left is not None and right is not None:
        one, two = differing(left.quote, right.quote)
        for evidence, parts in ((left, one), (right, two)):
            sides.append(
                _quote(evidence, documents, [Piece(text, "differs" if marked else "") for text, marked in parts])
            )
        shown = [left, right]
    rest = [_quote(item, documents, [Piece(item.quote)]) for item in finding.evidence if item not in shown]
    return sides, rest


def _quote(evidence: Evidence, documents: dict[tuple[str, str], Document], pieces: list[Piece]) -> Quote:
    document = documents.get((evidence.ref.source, evidence.ref.id))
    before = after = ""
    start, end = evidence.start, evidence.end
    if document is not None and start is not None and end is not None and document.text[start:end] == evidence.quote:
        before = ("…" if start > CONTEXT else "") + document.text[max(0, start - CONTEXT) : start]
        after = document.text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(document.text) else "")
    return Quote(evidence, before, tuple(pieces), after)


def marked_blocks(document: Document, spans: Iterable[tuple[int, int, str]]) -> list[tuple[str, int, list[Piece]]]:
    """An article's blocks (kind, heading level, pieces); spans carry the id of the finding that quotes them."""
    wanted = sorted(spans)
    found: list[tuple[str, int, list[Piece]]] = []
    for block in document.blocks:
        pieces: list[Piece] = []
        at = block.start
        for start, end, fingerprint in wanted:
            a, b = max(start, at), min(end, block.end)
            if a >= b:
                continue
            if a > at:
                pieces.append(Piece(document.text[at:a]))
            pieces.append(Piece(document.text[a:b], "differs", url_for("queue.show", fingerprint=fingerprint)))
            at = b
        if at < block.end:
            pieces.append(Piece(document.text[at : block.end]))
        found.append((block.kind, block.level, pieces))
    return found
