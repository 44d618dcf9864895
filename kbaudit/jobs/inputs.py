"""Which connector reads which path of `kbaudit check`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kbaudit.connector import CLIENT_KEYS, Source
from kbaudit.errors import UsageError

SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "merchant_feed",
    ".rss": "merchant_feed",
    ".atom": "merchant_feed",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One path or address of the command line, with what it holds: `articles`, `products` or `conversations`."""

    kind: str
    source: Source


def as_configured(entry: Input, sources: Sequence[Source]) -> Input:
    """An address of the command line, talked to as a configured source at the same host says: private addresses that
    it may dial, rate, certificates, where its content stands. Nothing opens a private address but the configuration.
    """
    url = entry.source.settings.get("url")
    if not isinstance(url, str):
        return entry
    for source in sources:
        theirs = source.settings.get("url")
        if isinstance(theirs, str) and urlsplit(theirs).netloc == urlsplit(url).netloc:
            wanted = (*CLIENT_KEYS, "content", "sitemap", "robots")
            more = {key: source.settings[key] for key in wanted if key in source.settings}
            return Input(entry.kind, replace(entry.source, settings={**more, **entry.source.settings}))
    return entry


def with_columns(entry: Input, columns: Mapping[str, str]) -> Input:
    """A table of conversations whose columns a person named; any other input stays as it is."""
    if entry.kind != "conversations" or entry.source.connector != "csv":
        return entry
    return Input(entry.kind, replace(entry.source, settings={**entry.source.settings, "columns": dict(columns)}))


def _this_machine(host: str) -> bool:
    """`localhost`, or a loopback address written as one: never a name that merely resolves to it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def input_of(kind: str, path: str, zone: str, currency: str, locale: str, region: str) -> Input:
    """The source behind a path or address. Raises `UsageError` if nothing reads it."""
    settings: dict[str, Any] = {"kind": kind}
    if urlsplit(path).scheme in ("http", "https"):
        if kind == "conversations":
            raise UsageError(f"--conversations takes a file, not an address: {path}")
        connector, name = "sitemap", urlsplit(path).hostname or path
        settings |= {"url": path, "max_pages": 2000}
        if _this_machine(name):
            # Whoever types the address of their own machine means it; every other private address wants a table in
            # sources.toml. Nobody has to be polite to themselves.
            settings |= {"allow_private": (name,), "requests_per_second": 0}
    else:
        place = Path(path)
        if not place.exists():
            raise UsageError(f"--{kind}: {path} does not exist.")
        if place.is_dir():
            if kind != "articles":
                raise UsageError(f"--{kind} takes a file, not a folder: {path}")
            connector, name = "folder", place.resolve().name
        else:
            bare = place.with_suffix("") if place.suffix == ".gz" else place
            suffix = bare.suffix.lower()
            if suffix not in SUFFIXES:
                known = ", ".join(sorted(SUFFIXES))
                raise UsageError(
                    f'--{kind}: {path} ends in "{suffix}", which nothing reads. Known: {known}, each also .gz.'
                )
            connector, name = SUFFIXES[suffix], bare.stem
            if connector == "merchant_feed" and kind != "products":
                raise UsageError(f"--{kind}: {path} is XML; only --products takes a Google Merchant feed.")
        settings["path"] = str(place.resolve())
    source = Source(
        name=name,
        connector=connector,
        settings=settings,
        locale=locale,
        region=region,
        zone=zone,
        currency=currency,
        base=Path.cwd(),
    )
    return Input(kind, source)
