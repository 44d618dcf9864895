"""Every query of a page on a base of 2,011 articles and 3,000 findings, under 100 ms each (measured: 0.1 to 45).

In processor time: SQLite works in this process, and what else the machine does is not its fault.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from kbaudit.model.finding import Impact
from kbaudit.model.life import Coverage
from kbaudit.store import Store, documents, findings, intake, known, open_store, reports, runs
from kbaudit.store.findings import Filter
from kbaudit.triage import triage
from tests.store.things import NOW, document, finding

LIMIT = 0.1
RULES = ("SEA101", "SEA103", "CON201", "DUP601", "GAP401", "FRE701", "RET502")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("large")
    store = open_store(path / "kb.sqlite3")
    found = []
    with store.write() as db:
        for n in range(2011):
            text = f"Known issue {n}. " + "The page shows an error until the cache is emptied. " * 15
            intake.put(db, document(f"{n}", text, owner=f"owner {n % 9}"), "1", run=1, now=NOW)
        for n in range(3000):
            made = finding(f"{n}", rule=RULES[n % 7], documents=(f"{n % 2011}", f"{n * 7 % 2011}"), questions=n % 50)
            found.append(replace(made, impact=Impact(n % 50, 1.0)))
        done = triage(found, {}, [], Coverage(ran=frozenset(RULES), fresh=frozenset({"help"})), now=NOW, run=1)
        known.save(db, done.found, done.moves, run=1, now=NOW)
        reports.save_events(
            db,
            [
                {
                    "event": f"e{n}",
                    "region": "US",
                    "start": "2026-05-01",
                    "end": "2026-05-02",
                    "load_by": "2026-04-10",
                    "gone_by": "2026-05-09",
                    "articles": [],
                }
                for n in range(60)
            ],
        )
    return store


QUERIES: dict[str, Callable[[Connection], Any]] = {
    "queue": lambda db: findings.page(db),
    "queue by severity": lambda db: findings.page(db, sort="severity"),
    "queue searched": lambda db: findings.page(db, Filter(text="old promise")),
    "queue of a source": lambda db: findings.page(db, Filter(sources=("help",))),
    "queue of an owner": lambda db: findings.page(db, Filter(owners=("owner 3",))),
    "facets": lambda db: findings.facets(db),
    "finding": lambda db: findings.history(db, finding("7", rule=RULES[0]).fingerprint),
    "about": lambda db: findings.about(db, "help", "7"),
    "articles": lambda db: documents.page(db),
    "articles searched": lambda db: documents.page(db, text="about 19"),
    "article": lambda db: documents.get(db, "help", "7"),
    "versions": lambda db: documents.history(db, "help", "7"),
    "gaps": lambda db: reports.gaps(db),
    "events": lambda db: reports.event_rows(db, start=date(2026, 1, 1)),
    "summary": lambda db: reports.summary(db),
    "counts": lambda db: documents.counts(db),
    "runs": lambda db: runs.page(db),
    "recent": lambda db: findings.recent(db),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_page_query_is_quick(large: Store, name: str) -> None:
    times = []
    with large.read() as db:
        for _ in range(4):
            start = time.process_time()
            QUERIES[name](db)
            times.append(time.process_time() - start)
    assert min(times) < LIMIT, f"{name}: {min(times) * 1000:.0f} ms"
