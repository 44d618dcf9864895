"""`kbaudit check`: the one-shot audit."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from kbaudit.errors import UsageError

Paths = Annotated[list[str] | None, typer.Option(metavar="PATH", show_default=False)]


class Format(StrEnum):
    """Output formats."""

    text = "text"
    json = "json"
    sarif = "sarif"
    html = "html"


class FailOn(StrEnum):
    """From which severity on findings make the exit status 1."""

    low = "low"
    medium = "medium"
    high = "high"
    never = "never"


def parse_day(text: str | None) -> date | None:
    """An ISO day. Raises `UsageError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--as-of takes a day such as 2026-04-10, not "{text}".') from None


Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=COLUMN", help="What a column of a conversation table is. Repeatable."),
]


def parse_columns(values: list[str] | None) -> dict[str, str]:
    """`question=Body` as field to column; nothing behind the sign means that no column is that. Raises `UsageError`."""
    found: dict[str, str] = {}
    for value in values or ():
        field, sign, column = value.partition("=")
        if not sign or not field.strip():
            raise UsageError(f'--column takes FIELD=COLUMN, such as question="Body", not "{value}".')
        found[field.strip()] = column.strip()
    return found


def parse_codes(values: list[str] | None) -> tuple[str, ...]:
    """Codes and prefixes, comma-separated or repeated."""
    return tuple(code.strip().upper() for value in values or () for code in value.split(",") if code.strip())


def command(
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="PATH|URL", help="A file, a folder or a site. Repeatable.")
    ] = None,
    products: Annotated[
        list[str] | None, typer.Option("--products", metavar="PATH", help="A catalog: JSONL, CSV, TSV, Merchant XML.")
    ] = None,
    conversations: Annotated[
        list[str] | None, typer.Option("--conversations", metavar="PATH", help="A conversation export: JSONL or CSV.")
    ] = None,
    column: Columns = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="DIR", help="A folder with events.toml, rules.toml and others.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Audit as of that day. Default: today.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="US", help="A region that the shop serves, home first.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only these rules: codes or prefixes.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules. Wins over --select.")
    ] = None,
    check_links: Annotated[
        bool, typer.Option("--check-links", help="Also ask the web for links to elsewhere.")
    ] = False,
    output_format: Annotated[Format, typer.Option("--output-format", help="How to print.")] = Format.text,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write there instead of standard output.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 from this severity on.")] = FailOn.low,
) -> None:
    """Audit files or a site once and print the findings.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or no input, 3 a failure inside kbaudit.
    """
    day = parse_day(as_of)
    from kbaudit.cli.progress import Bar
    from kbaudit.config import load
    from kbaudit.jobs.check import Request, article_files, check

    request = Request(
        articles=articles or (),
        products=products or (),
        conversations=conversations or (),
        as_of=day,
        regions=tuple(part for value in region or () for part in value.split(",") if part),
        select=parse_codes(select),
        ignore=parse_codes(ignore),
        check_links=check_links,
        columns=parse_columns(column),
    )
    settings = load(config)
    with Bar() as bar:
        report = check(request, settings, bar, warn=lambda line: typer.echo(f"kbaudit: {line}", err=True))
    files = article_files(request) if output_format is Format.sarif else {}
    sys.exit(emit(report, output_format.value, output, fail_on.value, files))


def emit(
    report: object,
    output_format: str,
    output: Path | None,
    fail_on: str,
    files: Mapping[tuple[str, str], Path] = MappingProxyType({}),
) -> int:
    """Print a `kbaudit.jobs.check.Report`; returns the exit status. `files`: article (source, id) → its file."""
    from importlib import import_module

    from kbaudit.export.plain import View
    from kbaudit.jobs.check import Report
    from kbaudit.model.finding import SEVERITIES

    assert isinstance(report, Report)
    view = View(
        as_of=report.as_of,
        counts=report.counts,
        problems=tuple(report.problems),
        findings=tuple(report.outcome.findings),
        not_run=tuple((item.rule, item.reason) for item in report.outcome.not_run),
        broken=tuple((item.rule, item.reason) for item in report.outcome.broken),
        files=files,
    )
    if output_format == "text":
        from kbaudit.export import text_report

        terminal = output is None and sys.stdout.isatty()
        import shutil

        width = min(shutil.get_terminal_size((100, 24)).columns, 200 if "COLUMNS" in os.environ else 120)
        rendered = text_report.render(view, colour=terminal, width=width)
    else:
        rendered = import_module(
            f"kbaudit.export.{output_format}{'_report' if output_format != 'sarif' else ''}"
        ).render(view)
    if output is None:
        try:
            sys.stdout.buffer.write(rendered.encode("utf-8", "replace"))
            sys.stdout.flush()
        except OSError as error:
            raise UsageError(f"Standard output cannot be written: {error.strerror}.") from None
    else:
        try:
            output.write_text(rendered, "utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"--output: {output} cannot be written: {error.strerror}.") from None
    for rule, reason in view.broken:
        typer.echo(f"kbaudit: {rule} failed inside kbaudit: {reason}", err=True)
    if view.broken:
        return 3
    if fail_on == "never":
        return 0
    floor = SEVERITIES.index(fail_on)
    return int(any(SEVERITIES.index(item.severity) >= floor for item in view.findings))
