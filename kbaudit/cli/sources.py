"""`kbaudit sources`: describe a source, try it, and see how each one is."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, data_folder, opened, show
from kbaudit.errors import SourceError, Unreadable, UsageError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
KINDS = {
    "sitemap": "any public help center or shop, by its sitemap or its links",
    "folder": "a folder of Markdown, HTML or text, also a git checkout",
    "jsonl": "an export: one JSON object a line",
    "csv": "an export: a table",
    "merchant_feed": "a Google Merchant feed",
    "zendesk": "Zendesk: articles, macros, tickets",
    "intercom": "Intercom: articles, macros, conversations",
    "freshdesk": "Freshdesk: solution articles, tickets",
    "gorgias": "Gorgias: macros, tickets",
    "wordpress": "WordPress: posts and pages",
    "mediawiki": "MediaWiki",
    "shopify": "Shopify: products, or pages, blogs and policies",
    "woocommerce": "WooCommerce: products",
}
# Hours that the vendors' own assistants lag behind these sources, as their manuals say.
VENDOR_LAG = {"zendesk": "1 h (Intercom Fin reading Zendesk)", "sitemap": "7 days (crawls by AI agents)"}


@app.command("list")
def list_sources(data: Data = None, output: Output = Format.text) -> None:
    """List the configured sources, and the connectors that there are."""
    with opened(data) as found:
        rows = [
            {"name": s.name, "connector": s.connector, "kind": s.settings.get("kind", "")}
            for s in found.settings.sources
        ]
    lines = [f"{row['name']}  {row['connector']}  {row['kind']}".rstrip() for row in rows] or ["No source yet."]
    lines += ["", "Connectors:", *(f"  {name:14} {text}" for name, text in KINDS.items())]
    show({"sources": rows, "connectors": KINDS}, output, "\n".join(lines))


@app.command("status")
def status(data: Data = None, output: Output = Format.text) -> None:
    """How each source is: when it was read, how many items, what went wrong, in plain words."""
    from kbaudit.store import runs

    with opened(data) as found, found.store.read() as db:
        rows: list[dict[str, Any]] = []
        for entry in runs.source_statuses(db):
            run = runs.get(db, entry.last_run) if entry.last_run else None
            rows.append(
                {
                    "name": entry.name,
                    "connector": entry.connector,
                    "state": entry.state,
                    "message": entry.message,
                    "synced_at": entry.synced_at,
                    "counts": dict(run.counts) if run else {},
                    "problems": list(run.problems)[:20] if run else [],
                    "held": [hold.id for hold in runs.held(db, source=entry.name)],
                    "vendor_lag": VENDOR_LAG.get(entry.connector),
                }
            )
    show(rows, output, "\n".join(line for row in rows for line in _status_lines(row)) or "No source yet.")


def _status_lines(row: dict[str, Any]) -> list[str]:
    when = f"last read {row['synced_at']:%Y-%m-%d %H:%M} UTC" if row["synced_at"] else "never read"
    counts = row["counts"]
    lines = [f"{row['name']} ({row['connector']}): {row['state']}, {when}, {counts.get('read', 0)} items"]
    if row["message"]:
        lines.append(f"  {row['message']}")
    if row["held"]:
        lines.append(f'  held for a person: kbaudit crawl --release {row["held"][0]} --reason "why"')
    for problem in row["problems"][:5]:
        place = problem.get("file") or problem.get("ref")
        lines.append(f"  {place}{':' + str(problem['line']) if problem.get('line') else ''}: {problem['reason']}")
    if len(row["problems"]) > 5:
        lines.append(f"  and {len(row['problems']) - 5} more (--output-format json lists them)")
    if row["vendor_lag"]:
        lines.append(f"  other assistants read such a source with a delay of up to {row['vendor_lag']}")
    return lines


@app.command("test")
def test(
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE...", help="Default: every source.")] = None,
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Ask each source one cheap thing; exit status 1 if one does not answer well."""
    with opened(data) as found:
        wanted = [found.source(name) for name in names] if names else list(found.settings.sources)
        probes = [(source.name, found.probe(source)) for source in wanted]
    rows = [{"name": name, "ok": p.ok, "message": p.message, "seen": dict(p.seen)} for name, p in probes]
    text = "\n".join(f"{'✓' if row['ok'] else '✗'} {row['name']}: {row['message']}" for row in rows) or "No source yet."
    show(rows, output, text)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What findings will call it, such as help-center.")],
    connector: Annotated[str, typer.Option("--connector", help="Which program reads it.")] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A key of the source, instead of being asked."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write it down even if it does not answer.")] = False,
    data: Data = None,
) -> None:
    """Ask what a source needs, try it at once, and write it into config/sources.toml."""
    from kbaudit.config import connector_class
    from kbaudit.config import load as load_settings
    from kbaudit.connector import Source
    from kbaudit.http import Client

    folder = data_folder(data)
    file = folder / "config" / "sources.toml"
    if not file.parent.is_dir():
        raise UsageError(f"{folder} is no data folder. `kbaudit init {folder}` makes one.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise UsageError(f'"{name}" is no name for a source. Use letters, digits, "-" and "_".')
    before = file.read_text("utf-8") if file.exists() else ""
    if re.search(rf"(?m)^\[\"?{re.escape(name)}\"?\]", before):
        raise UsageError(f'{file} has a source "{name}" already. Choose another name, or edit that table.')
    given = _given(settings or [])
    connector = connector or typer.prompt("Which connector", default="sitemap" if "url" in given else None)
    kind = connector_class(connector)
    keys: dict[str, str] = getattr(kind, "KEYS", {})
    values: dict[str, Any] = dict(given)
    for key in getattr(kind, "REQUIRED", ()):
        if key not in values:
            values[key] = typer.prompt(f"{key} ({keys.get(key, '')})")
    hidden: dict[str, str] = {}
    for key in getattr(kind, "SECRETS", ()):
        if key in values:
            hidden[key] = str(values.pop(key))
        elif f"{key}_env" not in values and not given:
            answer = typer.prompt(f"{key} (not shown; empty for none)", default="", hide_input=True, show_default=False)
            if answer:
                hidden[key] = answer
    shop = load_settings(file.parent).shop
    source = Source(name=name, connector=connector, settings={**values, **hidden}, base=file.parent)
    source = replace(source, locale=shop.locale or "en", zone=shop.zone or "UTC", currency=shop.currency or "USD")
    try:
        probe = kind(source, Client.for_source(source)).probe()
        ok, message = probe.ok, probe.message
    except (SourceError, Unreadable) as problem:
        ok, message = False, str(problem)
    typer.echo(f"{'✓' if ok else '✗'} {message}")
    if not ok and not force:
        typer.echo("Nothing was written. Put it right, or add --force.", err=True)
        raise typer.Exit(1)
    variables = {key: re.sub(r"[^A-Z0-9]+", "_", f"{name}_{key}".upper()) for key in hidden}
    for key, variable in variables.items():
        _keep_secret(folder / "secrets", variable, hidden[key])
    table = _table(name, connector, values, variables, keys)
    file.write_text(f"{before.rstrip()}\n\n{table}" if before.strip() else table, "utf-8")
    typer.echo(f"Written to {file}. `kbaudit crawl {name}` reads it.")


def _given(pairs: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        key, mark, value = pair.partition("=")
        if not mark or not key.strip():
            raise UsageError(f'--set takes KEY=VALUE, not "{pair}".')
        try:
            found[key.strip()] = json.loads(value)
        except ValueError:
            found[key.strip()] = value
    return found


def _table(name: str, connector: str, values: dict[str, Any], variables: dict[str, str], keys: dict[str, str]) -> str:
    lines = [f"[{json.dumps(name) if '.' in name else name}]", f"connector = {json.dumps(connector)}"]
    for key, value in values.items():
        note = f"  # {keys[key]}" if key in keys else ""
        lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}{note}")
    for key, variable in variables.items():
        lines.append(f'{key}_env = "{variable}"  # kept in secrets/{variable}; a variable of that name comes first')
    return "\n".join(lines) + "\n"


def _keep_secret(folder: Path, variable: str, value: str) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / variable
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value + "\n")
