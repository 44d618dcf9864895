"""`kbaudit replay`: what would a change do to the questions that customers ask?"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show
from kbaudit.errors import UsageError

if TYPE_CHECKING:
    from kbaudit.jobs.replay import Replay, Row


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
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Preview a fix: retrieve real questions before and after it. Exit status 1 if any question gets worse."""
    from kbaudit.jobs.corpus import place_of
    from kbaudit.jobs.replay import edited, replay
    from kbaudit.snapshot import BaseSnapshot

    if not with_ and not without:
        raise UsageError("Nothing to try: give --with FILE or --without ID.")

    def run(snapshot: BaseSnapshot) -> Replay:
        place = place_of(snapshot.settings, snapshot.regions)
        changed = [edited(path, snapshot.documents, place) for path in with_ or ()]
        removed = []
        for name in without or ():
            found = [document.ref for document in snapshot.documents if document.id == name]
            if not found:
                raise UsageError(f'--without: there is no article "{name}".')
            removed += found
        return replay(snapshot, changed, removed)

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
        with opened(data) as app:
            result = run(app.answering.snapshot())
    rows = dataclasses.asdict(result) | {"better": result.better, "worse": result.worse}
    show(rows, output, render(result))
    sys.exit(1 if result.worse else 0)


def render(result: Replay) -> str:
    """The replay for a terminal."""
    what = ", ".join([*(f"with {name}" for name in result.changed), *(f"without {name}" for name in result.removed)])
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
