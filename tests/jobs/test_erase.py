"""Erasure really removes text and vectors: every file of the data folder is searched byte by byte."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbaudit.app import App
from kbaudit.facts.probes import probe_id
from kbaudit.store import conversations, findings, probes
from kbaudit.store.probes import Stored

WORDS = "lantern stove kettle blanket tent skillet compass thermos hammock poncho".split()
SOURCES = """
[help]
connector = "jsonl"
path = "../articles.jsonl"
kind = "articles"

[chats]
connector = "jsonl"
path = "../chats.jsonl"
kind = "conversations"
"""


def mark_of(person: int) -> str:
    """A word that is in no other text and that redaction lets stand."""
    return f"zqu{chr(97 + person)}{chr(97 + person)}xvo"


def canary(person: int) -> str:
    return f"{mark_of(person)} where can my {WORDS[person % len(WORDS)]} be engraved with a dragon"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.toml").write_text(SOURCES, "utf-8")
    article = {"id": "a", "title": "Returns", "body_text": "You can return things within 30 days."}
    (tmp_path / "articles.jsonl").write_text(json.dumps(article) + "\n", "utf-8")
    start = datetime.now(UTC) - timedelta(days=20)
    rows = [
        {
            "id": f"c{person}",
            "started_at": (start + timedelta(hours=person)).isoformat(),
            "customer_id": f"customer-{person}",
            "handled_by": "ai",
            "resolved": False,
            "messages": [
                {"role": "customer", "text": canary(person)},
                {"role": "ai", "text": "I don't have information about that."},
            ],
        }
        for person in range(20)
    ]
    (tmp_path / "chats.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def traces(folder: Path, needles: list[bytes]) -> set[bytes]:
    """Which byte strings stand in any file but the exports themselves."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("chats.jsonl", "articles.jsonl"):
            data = path.read_bytes()
            found |= {needle for needle in needles if needle in data}
    return found


def needles(app: App, person: int) -> list[bytes]:
    text = canary(person)
    vector = app.encoder.encode([text])[0].astype("<f4").tobytes()
    mark = mark_of(person)
    return [mark.encode(), mark.encode("utf-16-le"), base64.b64encode(text.encode())[:24], vector]


@pytest.mark.model
def test_an_erased_customer_is_in_no_file_any_more_and_stays_out(folder: Path) -> None:
    app = App.open(folder)
    app.sync()
    app.audit()
    with app.store.write() as db:
        # A question that people took over as a probe.
        words = canary(0)
        probe = Stored(
            id=probe_id(words, None), state="accepted", origin="conversation", question=words, locale=None,
            expected=("a",), source="chats", conversation="c0",
        )  # fmt: skip
        assert probes.propose(db, [probe], now=datetime.now(UTC), most=20) == 1
    app.audit()
    app.store.checkpoint()
    gone, kept = range(10), range(10, 20)
    for person in (*gone, *kept):
        assert traces(folder, needles(app, person)), "the search must be able to find what is there"
    with app.store.read() as db:
        assert any(item.finding.rule == "GAP401" for item in findings.page(db).items)
    for person in gone:
        assert app.erase(f"customer-{person}")["conversations"] == 1
    for person in gone:
        assert traces(folder, needles(app, person)) == set()
    for person in kept:
        assert mark_of(person).encode() in traces(folder, needles(app, person))
    app.sync()
    app.audit()
    app.store.checkpoint()
    with app.store.read() as db:
        assert conversations.counts(db) == {"chats": 10}
    for person in gone:
        assert traces(folder, needles(app, person)) == set()
    accepted, refused = app.ingest(
        [{"id": "x", "started_at": datetime.now(UTC).isoformat(), "customer_id": "customer-3", "messages": []}], "t"
    )
    assert accepted == []
    assert refused[0]["reason"] == "this customer was erased"
    app.close()


def test_erasing_nobody_changes_nothing(folder: Path) -> None:
    app = App.open(folder)
    app.sync(["chats"])
    assert app.erase("nobody")["conversations"] == 0
    with app.store.read() as db:
        assert conversations.counts(db) == {"chats": 20}
    app.close()
