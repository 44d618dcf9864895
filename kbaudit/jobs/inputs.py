"""Which connector reads which path of `kbaudit check`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kbaudit.connector import Source
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


def input_of(kind: str, path: str, zone: str, currency: str, locale: str, region: str) -> Input:
    """The source behind a path or address. Raises `UsageError` if nothing reads it."""
    settings: dict[str, Any] = {"kind": kind}
    if urlsplit(path).scheme in ("http", "https"):
        if kind == "conversations":
            raise UsageError(f"--conversations takes a file, not an address: {path}")
        connector, name = "sitemap", urlsplit(path).hostname or path
        settings |= {"url": path, "max_pages": 2000}
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
