"""Audits over a store, with the real checks and the real model: what opens, resolves, stays suppressed, is verified."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kbaudit.app import App
from kbaudit.jobs.audit import Audited
from kbaudit.store import access, findings, reports, runs
from kbaudit.store.findings import Filter

pytestmark = pytest.mark.model
DAY = date(2026, 4, 10)
NOW = datetime.now(UTC)
OLD = {
    "id": "old",
    "title": "Holiday order deadlines 2024",
    "body_text": "Order by December 18, 2024 and your parcel arrives before Christmas 2024.",
    "updated_at": "2024-11-02",
}
OTHERS = [
    {"id": f"o{n}", "title": f"Caring for {name}", "body_text": f"Wash {name} by hand and let it dry in the shade."}
    for n, name in enumerate(("linen", "cork", "brass", "oak", "felt", "wool", "clay", "slate", "hemp", "silk"))
]
SOURCES = (
    '[articles]\nconnector = "jsonl"\npath = "../articles.jsonl"\nkind = "articles"\n'
    '[more]\nconnector = "jsonl"\npath = "../more.jsonl"\nkind = "articles"\n'
)


class Shop:
    """A data folder whose exports can be changed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        (place / "config").mkdir()
        (place / "config" / "sources.toml").write_text(SOURCES)
        self.articles = [dict(OLD), *map(dict, OTHERS)]
        (place / "more.jsonl").write_text(json.dumps({"id": "m", "title": "About us", "body_text": "We sell lamps."}))
        self.app = App.open(place)

    def crawl(self, *rows: dict[str, Any]) -> list[str]:
        if rows:
            self.articles = [dict(row) for row in rows]
        text = "".join(json.dumps(row) + "\n" for row in self.articles)
        (self.place / "articles.jsonl").write_text(text)
        return [done.state for done in self.app.sync()]

    def audit(self, **more: Any) -> Audited:
        return self.app.audit(day=DAY, **more)

    def states(self) -> dict[str, str]:
        with self.app.store.read() as db:
            page = findings.page(db, Filter(states=()), limit=200)
        return {item.finding.rule: item.state for item in page.items if item.finding.rule == "SEA101"}

    def fingerprint(self) -> str:
        with self.app.store.read() as db:
            (item,) = findings.page(db, Filter(states=(), rules=("SEA101",))).items
        return item.fingerprint


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    assert made.crawl() == ["done", "done"]
    yield made
    made.app.close()


def moves(done: Audited) -> Counter[str]:
    return Counter(move.kind for move in done.triaged.moves)


def test_it_opens_resolves_and_reopens(shop: Shop) -> None:
    first = shop.audit()
    assert shop.states() == {"SEA101": "open"}
    assert first.counts["facts"] > 0
    again = shop.audit()
    assert moves(again) == {} and again.counts["facts"] == again.counts["vectors"] == 0
    fixed = {**OLD, "title": "Delivery times", "body_text": "Parcels take three days.", "updated_at": "2026-04-01"}
    shop.crawl(fixed, *OTHERS)
    resolved = shop.audit()
    (move,) = [move for move in resolved.triaged.moves if move.fingerprint == shop.fingerprint()]
    assert (move.kind, move.why) == ("resolved", "edited: “Holiday order deadlines 2024”")
    shop.crawl(OLD, *OTHERS)
    shop.audit()
    assert shop.states() == {"SEA101": "open"}
    with shop.app.store.read() as db:
        kinds = [move.kind for move in findings.history(db, shop.fingerprint())]
    assert kinds == ["opened", "resolved", "reopened"]


def test_what_a_run_saw_and_cost_is_kept(shop: Shop) -> None:
    done = shop.audit()
    with shop.app.store.read() as db:
        run = runs.get(db, done.run)
        covered = {row["rule"]: row["state"] for row in runs.covered(db, done.run)}
        events = reports.event_rows(db)
    assert run is not None and (run.state, run.counts["articles"]) == ("done", 12)
    assert (covered["SEA101"], covered["CAT301"], covered["GAP401"]) == ("ran", "not_run", "not_run")
    christmas = [row for row in events if row.event == "Christmas" and row.start.year == 2025]
    assert christmas and christmas[0].load_by < christmas[0].start <= christmas[0].end < christmas[0].gone_by


def test_a_source_that_fails_resolves_nothing_and_deletes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.audit()
    (shop.place / "articles.jsonl").unlink()
    assert [done.state for done in shop.app.sync()] == ["failed", "done"]
    monkeypatch.setattr("kbaudit.jobs.run.settle", lambda found: [])
    assert moves(shop.audit()) == {}
    monkeypatch.undo()
    assert moves(shop.audit()) == {}
    assert shop.states() == {"SEA101": "open"}


def test_an_article_that_goes_takes_its_findings_along(shop: Shop) -> None:
    shop.audit()
    shop.crawl(*OTHERS)
    assert moves(shop.audit())["resolved"] == 0  # missing once may be an outage
    shop.crawl(*OTHERS)
    assert moves(shop.audit())["resolved"] >= 1
    assert shop.states() == {"SEA101": "resolved"}


def test_a_source_that_leaves_the_configuration_takes_its_findings_along(shop: Shop) -> None:
    shop.audit()
    shop.app.close()
    (shop.place / "config" / "sources.toml").write_text(SOURCES.partition("[more]")[2].join(("[more]", "")))
    shop.app = App.open(shop.place)
    done = shop.audit()
    assert done.counts["articles"] == 1
    assert shop.states() == {"SEA101": "resolved"}


def test_a_suppression_outlives_runs_and_ends_when_the_side_says_something_else(shop: Shop) -> None:
    shop.audit()
    with shop.app.store.write() as db:
        findings.suppress(db, shop.fingerprint(), reason="an archive page", by="ann", now=NOW)
    shop.audit()
    assert shop.states() == {"SEA101": "suppressed"}
    relabelled = {**OLD, "labels": ["seen"], "body_text": OLD["body_text"] + "\nThank you for reading."}
    shop.crawl(relabelled, *OTHERS)
    shop.audit()
    assert shop.states() == {"SEA101": "suppressed"}
    moved = {**OLD, "body_text": "Order by December 20, 2024 and your parcel arrives before Christmas 2024."}
    shop.crawl(moved, *OTHERS)
    done = shop.audit()
    assert shop.states() == {"SEA101": "open"}
    (move,) = [move for move in done.triaged.moves if move.kind == "reopened"]
    assert "December 20, 2024" in move.why and "December 18, 2024" in move.why


def test_a_suppression_with_an_end_ends(shop: Shop) -> None:
    shop.audit()
    with shop.app.store.write() as db:
        soon = datetime.now(UTC) + timedelta(milliseconds=50)
        findings.suppress(db, shop.fingerprint(), reason="x", by="ann", now=NOW, until=soon)
    time.sleep(0.1)
    (move,) = shop.audit().triaged.moves
    assert move.kind == "reopened" and "ended" in move.why


def test_verify_reads_again_and_says_if_it_is_fixed(shop: Shop) -> None:
    shop.audit()
    fingerprint = shop.fingerprint()
    assert shop.app.verify(fingerprint, by="ann") == "standing"
    fixed = {**OLD, "title": "Delivery times", "body_text": "Parcels take three days.", "updated_at": "2026-04-01"}
    (shop.place / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (fixed, *OTHERS)))
    assert shop.app.verify(fingerprint, by="ann") == "resolved"
    with shop.app.store.read() as db:
        told = [(move.kind, move.why) for move in findings.history(db, fingerprint)][-2:]
        others = findings.page(db, Filter(states=()), limit=200)
    assert told == [("resolved", "edited: “Holiday order deadlines 2024”"), ("verified", "it is no longer there")]
    assert all(item.state == "open" for item in others.items if item.fingerprint != fingerprint)


def test_an_audit_that_is_stopped_leaves_the_queue_as_it_was(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.audit()
    shop.crawl(*OTHERS)
    shop.crawl(*OTHERS)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kbaudit.jobs.audit.known.save", stop)
    with pytest.raises(KeyboardInterrupt):
        shop.audit()
    monkeypatch.undo()
    assert shop.states() == {"SEA101": "open"}
    with shop.app.store.read() as db:
        (last, *_), _ = runs.page(db, job="audit")
    assert last.state == "interrupted"
    shop.audit()
    assert shop.states() == {"SEA101": "resolved"}


def test_the_index_follows_the_store_and_is_built_again_without_the_model(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shop.app.reindex()
    assert first["articles"] == first["passages"] == 12
    shop.crawl({**OLD, "body_text": "Parcels take three days."}, *OTHERS)
    assert {k: v for k, v in shop.app.refresh_index().items() if k != "encoded"} == {
        "articles": 12,
        "passages": 12,
        "put": 1,
        "removed": 1,
    }

    def no_model(*_: object, **__: object) -> None:
        raise AssertionError("the model was called")

    monkeypatch.setattr(shop.app.encoder, "encode", no_model)
    assert shop.app.reindex()["encoded"] == 0


def test_an_index_whose_writer_was_killed_is_built_again_unopened(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from kbaudit.index import vectors
    from kbaudit.jobs.reindex import NOTED

    shop.app.refresh_index()
    shop.crawl({**OLD, "body_text": "Parcels take three days."}, *OTHERS)
    monkeypatch.setattr(vectors.VectorIndex, "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        shop.app.refresh_index()
    monkeypatch.undo()

    def never(*_: object) -> None:
        raise AssertionError("a damaged index was opened in this process")

    with shop.app.store.read() as db:
        assert access.get_meta(db, NOTED)["writing"] is True
    monkeypatch.setattr(vectors, "VectorIndex", never)
    assert shop.app.refresh_index()["put"] == 12
    assert shop.app.refresh_index()["put"] == 0


def test_a_damaged_index_is_noticed_at_the_first_look(shop: Shop) -> None:
    shop.app.refresh_index()
    for path in (shop.place / "index").glob("gen-*/**/*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    shop.app.close()
    shop.app = App.open(shop.place)
    assert shop.app.refresh_index()["put"] == 12


def test_conversations_sent_to_the_api_are_redacted_and_counted(shop: Shop) -> None:
    rows = [
        {"id": "c1", "started_at": "2026-04-01T10:00:00Z", "customer_email": "ada@example.org",
         "messages": [{"role": "customer", "text": "I am ada@example.org. Do you ship to Norway?"}]},
        {"id": "c2", "messages": []},
    ]  # fmt: skip
    accepted, problems = shop.app.ingest(rows, "desk")
    assert accepted == ["c1"] and [row["id"] for row in problems] == ["c2"]
    accepted, _ = shop.app.ingest(rows[:1], "desk")
    assert accepted == ["c1"]
    done = shop.audit()
    assert done.counts["conversations"] == 1
    assert "ada@example.org" not in str(done.snapshot.conversations)


def test_an_audit_measures_the_probes_of_the_file_and_those_that_people_accepted(shop: Shop) -> None:
    from kbaudit.store import probes

    (shop.place / "config" / "probes.toml").write_text(
        '[[probe]]\nquestion = "how do I wash wool"\nexpected = ["o5"]\n'
        '[[probe]]\nquestion = "how do I wash gold"\nexpected = ["gold"]\n'
    )
    shop.app.close()
    shop.app = App.open(shop.place)
    with shop.app.store.write() as db:
        probes.add(db, "what does your shop sell", ["more/m"], by="kim", now=NOW)
    shop.audit()
    with shop.app.store.read() as db:
        found = {item.probe.question: item for item in probes.standings(db)}
        (point,) = probes.history(db)
    assert {question: item.rank for question, item in found.items()} == {
        "how do I wash wool": 1, "how do I wash gold": None, "what does your shop sell": 1,
    }  # fmt: skip
    assert found["how do I wash gold"].missing == ("gold",) and len(found["how do I wash gold"].above) == 3
    assert (point.measures.questions, point.measures.recall_1) == (3, round(2 / 3, 4))
