"""`kbaudit report events`: is the base ready for the events to come, and what must go after the last ones?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, show


def command(
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="PATH|URL", help="Articles, instead of a data folder.")
    ] = None,
    conversations: Annotated[
        list[str] | None, typer.Option("--conversations", metavar="PATH", help="With --articles: what customers asked.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="DIR", help="With --articles: TOML files.")] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="US", help="With --articles: a region, home first.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="With --articles: as of that day.")
    ] = None,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Print red, amber or green for each question of each coming event (T-21, T-14), and what must go (T+7)."""
    from kbaudit.facts.readiness_report import render, report

    value: dict[str, Any]
    if articles or conversations:
        from kbaudit.cli.check import parse_day
        from kbaudit.cli.progress import Bar
        from kbaudit.config import load
        from kbaudit.jobs.check import Request, read, snapshot_over
        from kbaudit.jobs.corpus import settings_digest
        from kbaudit.store.cache import Cache

        settings = load(config)
        request = Request(
            articles=articles or (),
            conversations=conversations or (),
            as_of=parse_day(as_of),
            regions=tuple(part for item in region or () for part in item.split(",") if part),
        )
        with Bar() as bar:
            corpus, place = read(request, settings, bar)
            cache = Cache(request.cache, settings_digest(settings, place))
            try:
                value = report(snapshot_over(corpus, settings, place, request.as_of, cache, bar))
            finally:
                cache.close()
    else:
        from kbaudit.cli.folder import opened

        with opened(data) as app:
            value = report(app.answering.snapshot())
    show(value, output, render(value))
    sys.exit(0)
