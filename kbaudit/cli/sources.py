"""`kbaudit sources`: describe a source, try it, and see how each one is."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, data_folder, opened, show
from kbaudit.errors import ConfigError, SourceError, Unreadable, UsageError

if TYPE_CHECKING:
    from kbaudit.jobs.overview import Overview

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
    """How each source is: when it was read, how many items, what went wrong and what comes next, in plain words."""
    from kbaudit.jobs.applying import utc_now
    from kbaudit.jobs.overview import overview

    with opened(data) as found:
        items = overview(found.store, found.settings, utc_now())
    rows = [_status(item) for item in items]
    show(rows, output, "\n".join(line for item in items for line in _status_lines(item)) or "No source yet.")


def _status(item: Overview) -> dict[str, Any]:
    entry, run = item.status, item.run
    return {
        "name": entry.name,
        "connector": entry.connector,
        "state": entry.state,
        "said": item.said,
        "message": item.message,
        "hint": item.hint,
        "reading": item.reading,
        "cut_off": item.cut,
        "synced_at": entry.synced_at,
        "schedule": item.schedule,
        "next_at": item.next_at,
        "paused": entry.paused_why if entry.paused_at else None,
        "counts": dict(run.counts) if run else {},
        "missing": item.missing,
        "problems": list(run.problems)[:20] if run else [],
        "held": [item.hold.id] if item.hold else [],
        "lag": item.lag,
    }


def _status_lines(item: Overview) -> list[str]:
    entry, run = item.status, item.run
    when = f"read whole {entry.synced_at:%Y-%m-%d %H:%M} UTC" if entry.synced_at else "never read whole"
    state = "being read" if item.reading else "cut off" if item.cut else entry.state
    lines = [f"{entry.name} ({entry.connector}): {state}, {when}"]
    if item.reading and run is not None:
        of = f" of about {run.progress['total']}" if run.progress.get("total") else ""
        lines.append(f"  {run.progress.get('done', 0)}{of} items so far")
    elif run is not None and not item.cut:
        lines.append(f"  {run.counts.get('read', 0)} items, {run.counts.get('skipped', 0)} skipped")
    if not item.reading and (item.cut or entry.state not in ("ok", "never")):
        lines.append(f"  {item.said}")
    if item.message:
        lines.append(f"  {item.message}")
    if item.hint:
        lines.append(f"  {item.hint}")
    if item.missing:
        lines.append(f"  {item.missing} missing once, kept until another whole reading misses them too")
    if item.hold:
        lines.append(f'  held for a person: kbaudit crawl --release {item.hold.id} --reason "why"')
    problems = list(run.problems) if run else []
    for problem in problems[:5]:
        place = problem.get("file") or problem.get("ref")
        lines.append(f"  {place}{':' + str(problem['line']) if problem.get('line') else ''}: {problem['reason']}")
    if len(problems) > 5:
        lines.append(f"  and {len(problems) - 5} more (--output-format json lists them)")
    if entry.paused_at:
        lines.append(f"  paused {entry.paused_at:%Y-%m-%d} by {entry.paused_by}: {entry.paused_why}")
    else:
        lines.append(f"  next {item.next_at:%Y-%m-%d %H:%M} UTC, {item.schedule}" if item.next_at else "  no schedule")
    if item.lag:
        lines.append(f"  {item.lag}")
    return lines


@app.command("pause")
def pause(
    name: Annotated[str, typer.Argument(help="The source.")],
    reason: Annotated[str, typer.Option("--reason", help="Why: shown beside it.")] = "",
    data: Data = None,
) -> None:
    """Leave a source out of the schedule until it is resumed; its articles and findings stay."""
    from kbaudit.jobs.applying import utc_now
    from kbaudit.store import runs

    with opened(data) as found:
        found.source(name)
        with found.store.write() as db:
            runs.pause_source(db, name, why=reason, by="command line", now=utc_now())
    typer.echo(f"{name} is paused. `kbaudit sources resume {name}` takes it in again.")


@app.command("resume")
def resume(name: Annotated[str, typer.Argument(help="The source.")], data: Data = None) -> None:
    """Read a paused source on schedule again."""
    from kbaudit.store import runs

    with opened(data) as found:
        found.source(name)
        with found.store.write() as db:
            runs.resume_source(db, name)
    typer.echo(f"{name} is read on schedule again.")


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
    from kbaudit.config.files import read_sources
    from kbaudit.connector import Source
    from kbaudit.http import Client

    folder = data_folder(data)
    file = folder / "config" / "sources.toml"
    if not file.parent.is_dir():
        raise UsageError(f"{folder} is no data folder. `kbaudit init {folder}` makes one.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise UsageError(f'"{name}" is no name for a source. Use letters, digits, "-" and "_".')
    before = file.read_text("utf-8") if file.exists() else ""
    if _has(before, name):
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
    for key in ("url", "sitemap"):
        address = values.get(key)
        if isinstance(address, str) and not re.match(r"https?://[^/\s]", address, re.IGNORECASE):
            bare = re.sub(r"^\w*:?/*", "", address) if ":/" in address else address
            raise UsageError(f'{key}: "{address}" is no address of the web. Did you mean "https://{bare}"?')
    shop = load_settings(file.parent).shop
    problems: list[str] = []
    read_sources({name: {"connector": connector, **values}}, shop, file.parent, problems)
    if problems:
        raise ConfigError(problems)
    source = Source(name=name, connector=connector, settings={**values, **hidden}, base=file.parent)
    source = replace(source, locale=shop.locale or "en", zone=shop.zone or "UTC", currency=shop.currency or "USD")
    try:
        # Somebody waits: each thing is asked once.
        probe = kind(source, Client.for_source(source, tries=1)).probe()
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
    with _alone(file):
        # Somebody else may have added a source while this one was asked.
        before = file.read_text("utf-8") if file.exists() else ""
        if _has(before, name):
            raise UsageError(f'{file} has a source "{name}" by now. Choose another name, or edit that table.')
        _replace(file, f"{before.rstrip()}\n\n{table}" if before.strip() else table)
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


def _has(text: str, name: str) -> bool:
    return re.search(rf"(?m)^\[\"?{re.escape(name)}\"?\]", text) is not None


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One writer of a file at a time."""
    with file.with_name(f".{file.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all: half a configuration would keep every command from starting."""
    place = file.resolve()
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        draft.write_text(text, "utf-8")
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _keep_secret(folder: Path, variable: str, value: str) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / variable
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value + "\n")
