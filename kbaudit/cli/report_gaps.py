"""`kbaudit report gaps`: what customers ask and nobody answers."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from kbaudit.cli.check import Columns
from kbaudit.cli.folder import Data, Format, Output, show
from kbaudit.facts.analysed import Analysed, sentences, unreadable


def command(
    conversations: Annotated[
        list[str] | None,
        typer.Option("--conversations", metavar="PATH", help="A conversation export, instead of a data folder."),
    ] = None,
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="PATH|URL", help="With --conversations: the articles.")
    ] = None,
    products: Annotated[
        list[str] | None, typer.Option("--products", metavar="PATH", help="With --conversations: the catalog.")
    ] = None,
    column: Columns = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="DIR", help="With --conversations: TOML files.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="As of that day.")] = None,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Print the gaps, the most asked first: of files, or those that the last audit of a data folder left open."""
    rows, found = (
        _of_files(conversations, articles, products, config, as_of, column) if conversations else _of_folder(data)
    )
    value = {"items": rows, "next": None, "coverage": coverage(found)}
    show(value, output, "\n".join([render(rows), *(sentences(found) if found else ())]))
    sys.exit(0)


def coverage(found: Analysed | None) -> dict[str, Any] | None:
    """Which conversations were analysed, for programs."""
    return {**asdict(found), "share": found.share} if found else None


def _of_files(
    conversations: list[str],
    articles: list[str] | None,
    products: list[str] | None,
    config: Path | None,
    as_of: str | None,
    column: list[str] | None,
) -> tuple[list[dict[str, Any]], Analysed | None]:
    from kbaudit.cli.check import parse_columns, parse_day
    from kbaudit.cli.progress import Bar
    from kbaudit.config import load
    from kbaudit.facts import gap_report
    from kbaudit.jobs.check import Request, check

    request = Request(
        articles=articles or (),
        products=products or (),
        conversations=conversations,
        as_of=parse_day(as_of),
        select=("GAP",),
        columns=parse_columns(column),
    )
    with Bar() as bar:
        report = check(request, load(config), bar, warn=lambda line: typer.echo(f"kbaudit: {line}", err=True))
    for problem in report.problems:
        if problem.used and "columns guessed" in problem.reason:
            typer.echo(f"kbaudit: {problem.file}: {problem.reason}", err=True)
    names = {Path(path).name for path in conversations}
    reasons = [problem.reason for problem in report.problems if not problem.used and problem.file in names]
    found = report.snapshot.fact("analysed").with_unread(unreadable(reasons))
    return gap_report.rows(report.outcome.findings), found


def _of_folder(data: Path | None) -> tuple[list[dict[str, Any]], Analysed | None]:
    from kbaudit.cli.folder import opened
    from kbaudit.facts import gap_report
    from kbaudit.store import findings, reports

    rows: list[dict[str, Any]] = []
    with opened(data) as app, app.store.read() as db:
        cursor: str | None = None
        while True:
            page = findings.page(db, findings.Filter(rules=("GAP",)), limit=200, cursor=cursor)
            rows.extend(gap_report.row(item.finding, item.state) for item in page.items)
            cursor = page.next
            if cursor is None:
                break
        found = reports.coverage(db, app.settings.conversation_sources)
    return sorted(rows, key=lambda item: (-item["count"], item["rule"], str(item["id"]))), found


def render(rows: list[dict[str, Any]]) -> str:
    """The report for a terminal."""
    if not rows:
        return "No gaps: every question that customers keep asking has an article that answers it."
    lines = []
    for row in rows:
        share = f", {row['share']} % of conversations" if row.get("share") is not None else ""
        lines.append(f"{row['rule']}  {row['label']}  ({row['status']})")
        lines.append(
            f"    {row['count']} questions, {row['per_week']} a week{share}, {row.get('trend') or 'steady'}; "
            f"cause: {row['cause']}"
        )
        lines.extend(f"    “{text}”" for text in row["questions"])
        lines.extend(f"    nearest: {item['title']} ({item['source']}/{item['id']})" for item in row["nearest"][:1])
    lines.append(f"{len(rows)} gap{'' if len(rows) == 1 else 's'}.")
    return "\n".join(lines)
