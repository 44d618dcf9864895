"""kill -9 at random moments of crawl and audit: the next run converges, nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from kbaudit.store import Store, documents, findings, open_store
from kbaudit.store.schema import findings as findings_table
from kbaudit.store.schema import incoming, runs, transitions, versions

KILLS = int(os.environ.get("KBAUDIT_KILLS", "10"))
ARTICLES = 300
SOURCES = '[articles]\nconnector = "jsonl"\npath = "../articles.jsonl"\nkind = "articles"\n'
TOPICS = (
    "parcels",
    "refunds",
    "gift cards",
    "repairs",
    "sizes",
    "accounts",
    "vouchers",
    "pick-up",
    "engraving",
    "duties",
)


def article(number: int, edition: int) -> dict[str, Any]:
    topic = TOPICS[number % len(TOPICS)]
    days = 10 + number % 40
    body = [
        f"How we handle {topic}, part {number}.",
        f"Requests about {topic} are answered within {days} hours, weekends excepted.",
        f"This is edition {edition} of the page on {topic} for counter {number}.",
    ]
    if number % 60 == 0:
        body.append("Order by December 18, 2019 to have it before Christmas.")
    return {"id": f"a{number:03}", "title": f"{topic.title()} at counter {number}", "body_text": "\n".join(body)}


def export(folder: Path, edition: int) -> list[dict[str, Any]]:
    """An export of an edition: five articles edited, two swapped for new ones, against the edition before."""
    rows = []
    for number in range(ARTICLES):
        edited = max((e for e in range(1, edition + 1) if number in range(e * 10, e * 10 + 5)), default=0)
        rows.append(article(number, edited))
    rows = [row for number, row in enumerate(rows) if number not in range(200, 200 + 2 * edition)]
    rows += [article(1000 + number, 0) for number in range(2 * edition)]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    draft = folder / "articles.draft"
    draft.write_text(text, "utf-8")
    draft.replace(folder / "articles.jsonl")
    return rows


def folder(place: Path) -> Path:
    (place / "config").mkdir(parents=True)
    (place / "config" / "sources.toml").write_text(SOURCES)
    return place


def start(place: Path, *command: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "kbaudit", *command, "--data", str(place)]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(place: Path, *command: str) -> None:
    with start(place, *command) as process:
        _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()


def as_of(*command: str) -> list[str]:
    return [*command, "--as-of", "2026-04-10"]


def content(store: Store) -> dict[str, Any]:
    """What a reader would see, without times and numbers of runs."""
    with store.read() as db:
        items = db.execute(select(findings_table.c.fingerprint, findings_table.c.state)).all()
        return {
            "articles": {(d.source, d.id): d.text for d in documents.load(db)},
            "gone": documents.gone(db),
            "open": {row.fingerprint for row in items if row.state == "open"},
        }


def check_sound(store: Store) -> None:
    assert store.problems() == []
    with store.read() as db:
        assert db.execute(select(runs.c.id).where(runs.c.state == "running")).all() == []
        assert db.execute(select(func.count()).select_from(incoming)).scalar() == 0
        numbers: dict[str, list[int]] = {}
        for row in db.execute(
            select(versions.c.id, versions.c.version, versions.c.text_hash).order_by(versions.c.version)
        ):
            numbers.setdefault(row.id, []).append(row.version)
        for id_, found in numbers.items():
            assert found == list(range(1, len(found) + 1)), id_
        for document in documents.load(db):
            current = documents.get(db, document.source, document.id)
            newest = documents.history(db, document.source, document.id)[0]
            assert current is not None and (newest.version, newest.text) == (current.version, document.text)
        opened = Counter(
            row.fingerprint
            for row in db.execute(select(transitions.c.fingerprint).where(transitions.c.kind == "opened"))
        )
        assert set(opened.values()) <= {1}
        for item in findings.page(db, findings.Filter(states=()), limit=200).items:
            assert findings.history(db, item.fingerprint)[-1].to_state == item.state


@pytest.mark.model
def test_killed_at_any_moment_the_next_run_converges(tmp_path: Path) -> None:
    place = folder(tmp_path / "data")
    export(place, 0)
    clock = time.monotonic()
    finish(place, "crawl")
    crawl_seconds = time.monotonic() - clock
    finish(place, *as_of("audit"))
    clock = time.monotonic()
    finish(place, *as_of("audit"))
    audit_seconds = time.monotonic() - clock
    moments = random.Random(20260410)
    killed: Counter[str] = Counter()
    for edition in range(1, KILLS + 1):
        export(place, min(edition, 10))
        for command, seconds in ((["crawl"], crawl_seconds), (as_of("audit"), audit_seconds)):
            process = start(place, *command)
            time.sleep(moments.uniform(0.02, seconds))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            killed[f"{command[0]} {process.returncode}"] += 1
            store = open_store(place / "kbaudit.sqlite3")
            assert store.problems() == []
            store.close()
    # What is gone has to be missed twice.
    finish(place, "crawl")
    finish(place, "crawl")
    finish(place, *as_of("audit"))
    finish(place, "crawl")

    calm = folder(tmp_path / "calm")
    rows = export(calm, min(KILLS, 10))
    finish(calm, "crawl")
    finish(calm, *as_of("audit"))
    store, reference = open_store(place / "kbaudit.sqlite3"), open_store(calm / "kbaudit.sqlite3")
    try:
        check_sound(store)
        found, expected = content(store), content(reference)
        assert found["articles"].keys() == {("articles", row["id"]) for row in rows}
        assert found["articles"] == expected["articles"]
        assert found["open"] == expected["open"] and len(found["open"]) > 0
        assert {id_ for _, id_ in found["gone"]} == {f"a{n}" for n in range(200, 200 + 2 * min(KILLS, 10))}
        with store.read() as db:
            states = Counter(db.execute(select(runs.c.state)).scalars())
        print(killed, states)
    finally:
        store.close()
        reference.close()
