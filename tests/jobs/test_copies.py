"""A help desk's article and its page on the web site: found once, counted once, no duplicate of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbaudit.app import App
from kbaudit.store import documents

PARAGRAPH = (
    "Lanterns that arrive broken are replaced free of charge. Send a photo of the lantern and of the parcel within "
    "fourteen days, and keep both until we have answered. The new lantern leaves our workshop on the next weekday."
)
OTHER = (
    "Candles burn for forty hours. Trim the wick to half a centimetre before you light one, and never leave it alone."
)


def row(id: str, title: str, body: str, url: str, **more: object) -> dict[str, object]:
    return {"id": id, "title": title, "body_text": body, "url": url, **more}


@pytest.fixture
def shop(tmp_path: Path) -> App:
    (tmp_path / "config").mkdir()
    names = ("desk", "site", "blog")
    tables = "".join(f'[{name}]\nconnector = "jsonl"\npath = "{name}.jsonl"\n' for name in names)
    (tmp_path / "config" / "sources.toml").write_text(
        tables + '[chats]\nconnector = "jsonl"\npath = "chats.jsonl"\nkind = "conversations"\n'
    )
    address = "https://help.lamps.example/hc/en-us/articles/3600041"
    rows: dict[str, list[dict[str, object]]] = {
        "desk": [
            row("1", "Broken lanterns", PARAGRAPH, f"{address}-Broken-lanterns", updated_at="2026-01-10"),
            row("1/de", "Zerbrochene Laternen", "Wir ersetzen sie.", address, locale="de", translation_of="1"),
            row("2", "Candles", OTHER, "https://help.lamps.example/hc/en-us/articles/3600042"),
        ],
        "site": [row("a", "Broken lanterns", PARAGRAPH, f"{address}-Lanterns-that-broke?utm_source=nav")],
        "blog": [row("x", "All about candles", OTHER, "https://lamps.example/blog/candles")],
        "chats": [
            {
                "id": f"c{number}",
                "started_at": f"2026-04-0{number}T10:00:00Z",
                "messages": [{"role": "customer", "text": "My lantern arrived broken, do you replace it?"}],
            }
            for number in range(1, 4)
        ],
    }
    for name, found in rows.items():
        (tmp_path / "config" / f"{name}.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in found))
    return App.open(tmp_path, create=True)


@pytest.mark.model
def test_what_two_sources_read_is_one_article(shop: App) -> None:
    try:
        shop.sync()
        done = shop.audit(select=["DUP"])
        snapshot = shop.answering.snapshot()
        with shop.store.read() as db:
            near = {document.ref for document in documents.related(db, "site", "a")}
            others = documents.translations(db, "desk", "1")
            back = documents.translations(db, "desk", "1/de")
    finally:
        shop.close()
    pairs = [{(ref.source, ref.id) for ref in finding.documents} for finding in done.outcome.findings]
    # Two addresses that say the same are two articles; one address in two sources is one.
    assert pairs == [{("desk", "2"), ("blog", "x")}]
    assert snapshot.copies == {("site", "a"): ("desk", "1")}
    hits = [hit.ref for hit in snapshot.search("My lantern arrived broken, do you replace it?")]
    assert hits[0] == ("desk", "1") and ("site", "a") not in hits
    assert snapshot.touching([snapshot.document(("desk", "1"))]).questions == 3
    assert near == {("site", "a"), ("desk", "1"), ("desk", "1/de")}
    assert others == (("1/de", "Zerbrochene Laternen", "de"),) and back == (("1", "Broken lanterns", "en"),)
