"""Rows in the file formats to a real snapshot, through the real connectors, cleaning, model and retriever."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kbaudit.checks import catalogue
from kbaudit.config import Settings, load
from kbaudit.jobs.check import Request, read, snapshot_over
from kbaudit.jobs.corpus import settings_digest
from kbaudit.jobs.run import run_checks
from kbaudit.model.finding import Finding
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store.cache import Cache, default_folder

Rows = Sequence[Mapping[str, Any]]


def snapshot_of(
    *,
    articles: Rows = (),
    products: Rows = (),
    conversations: Rows = (),
    as_of: str | date | None = None,
    regions: Sequence[str] = (),
    rules: Mapping[str, Mapping[str, object]] | None = None,
    config: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> BaseSnapshot:
    """A snapshot of rows (dicts in the file formats). `config` maps a file name to its TOML text.

    Raises `AssertionError` if a row could not be read, with the reason.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if config:
            (folder / "config").mkdir()
            for name, text in config.items():
                (folder / "config" / name).write_text(text, "utf-8")
            settings = load(folder / "config")
        settings = settings or Settings()
        if rules:
            settings = replace(settings, rules={**settings.rules, **rules})
        paths: dict[str, list[str]] = {}
        for kind, rows in (("articles", articles), ("products", products), ("conversations", conversations)):
            if rows:
                path = folder / f"{kind}.jsonl"
                path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), "utf-8")
                paths[kind] = [str(path)]
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        request = Request(
            articles=paths.get("articles", ()),
            products=paths.get("products", ()),
            conversations=paths.get("conversations", ()),
            as_of=day,
            regions=regions,
        )
        corpus, place = read(request, settings)
        assert not corpus.problems, [f"{p.file or p.ref}:{p.line}: {p.reason}" for p in corpus.problems]
        cache = Cache(default_folder(), settings_digest(settings, place))
        return snapshot_over(corpus, settings, place, day, cache)


def findings_of(snapshot: BaseSnapshot, select: Iterable[str] = ()) -> list[Finding]:
    """What the selected checks (all by default) find. Raises `AssertionError` if a check breaks."""
    outcome = run_checks(snapshot, catalogue.selected(select))
    assert not outcome.broken, outcome.broken
    return outcome.findings
