"""`kbaudit replay`: what would a change do to the questions that customers ask?"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show
from kbaudit.errors import UsageError
from kbaudit.export import plain

if TYPE_CHECKING:
    from kbaudit.jobs.preview import Preview
    from kbaudit.jobs.replay import Replay, Row
    from kbaudit.model.finding import Finding


def command(
    with_: Annotated[
        list[Path] | None, typer.Option("--with", metavar="FILE", help="An edited or a new article. Repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="ID", help="An article to archive. Repeatable.")
    ] = None,
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="PATH|URL", help="These instead of a data folder.")
    ] = None,
    conversations: Annotated[
        list[str] | None, typer.Option("--conversations", metavar="PATH", help="With --articles: real questions.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="DIR", help="With --articles: a folder of TOML files.")
    ] = None,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="ID", help="Whose conversations to replay. With a data folder.")
    ] = None,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Preview a fix: real questions and the rules, before and after it. Exit status 1 if any question gets worse."""
    from kbaudit.jobs.corpus import place_of
    from kbaudit.jobs.preview import preview
    from kbaudit.jobs.replay import edited
    from kbaudit.snapshot import BaseSnapshot

    if not with_ and not without:
        raise UsageError("Nothing to try: give --with FILE or --without ID.")

    if finding and articles:
        raise UsageError("--finding names a finding of a data folder; with --articles there is none.")

    def run(snapshot: BaseSnapshot, behind: Finding | None = None) -> Preview:
        place = place_of(snapshot.settings, snapshot.regions)
        changed = [edited(path, snapshot.documents, place) for path in with_ or ()]
        removed = []
        for name in without or ():
            found = [document.ref for document in snapshot.documents if document.id == name]
            if not found:
                raise UsageError(f'--without: there is no article "{name}".')
            removed += found
        return preview(snapshot, changed, removed, finding=behind, everything=True)

    if articles:
        from kbaudit.cli.progress import Bar
        from kbaudit.config import load
        from kbaudit.jobs.check import Request, read, snapshot_over
        from kbaudit.jobs.corpus import settings_digest
        from kbaudit.store.cache import Cache

        settings = load(config)
        request = Request(articles=articles, conversations=conversations or ())
        with Bar() as bar:
            corpus, place = read(request, settings, bar)
            cache = Cache(request.cache, settings_digest(settings, place))
            try:
                result = run(snapshot_over(corpus, settings, place, None, cache, bar))
            finally:
                cache.close()
    else:
        from kbaudit.store import findings

        with opened(data) as app:
            behind = None
            if finding:
                with app.store.read() as db:
                    item = findings.get(db, finding)
                if item is None:
                    raise UsageError(f'--finding: there is no finding "{finding}".')
                behind = item.finding
            result = run(app.answering.snapshot(), behind)
    moved = result.replay
    rows = dataclasses.asdict(moved) | {"better": moved.better, "worse": moved.worse}
    for name in ("gone", "stays", "new"):
        rows[name] = [plain.finding(item) for item in getattr(result, name)]
    show(rows, output, "\n".join([render(moved), *_findings(result)]))
    sys.exit(1 if moved.worse else 0)


def _findings(result: Preview) -> list[str]:
    titles = (("Findings that would go", result.gone), ("Findings that it would open", result.new))
    lines = []
    for title, items in titles:
        if items:
            lines += ["", f"{title} ({len(items)})", *(f"  {item.rule} {item.message}" for item in items)]
    if result.stays:
        lines += ["", f"{len(result.stays)} findings about it stay."]
    return lines


def render(result: Replay) -> str:
    """The replay for a terminal."""
    new = " as a new article"
    parts = [f"with {name}{new if name in result.new else ''}" for name in result.changed]
    what = ", ".join([*parts, *(f"without {name}" for name in result.removed)])
    lines = [f"{what}: {result.better} better, {result.worse} worse."]
    for title, rows in (("Questions behind the change", result.behind), ("Regression set", result.regression)):
        lines += ["", f"{title} ({len(rows)})"]
        shown = [row for row in rows if row.change != "same"] if title == "Regression set" else list(rows)
        lines += [_line(row) for row in shown]
        if len(shown) < len(rows):
            lines.append(f"  {len(rows) - len(shown)} stay as they are.")
    return "\n".join(lines)


def _line(row: Row) -> str:
    mark = {"better": "+", "worse": "-", "same": " "}[row.change]
    words = " ".join(row.question.split())
    words = words if len(words) <= 60 else words[:59] + "…"
    if row.right is not None:
        said = f"{row.right}: rank {row.rank_before or '>20'} -> {row.rank_after or '>20'}"
    else:
        said = f"first: {row.first_before} {row.dense_before:.2f} -> {row.first_after} {row.dense_after:.2f}"
    return f"  {mark} {words}\n      {said}"
