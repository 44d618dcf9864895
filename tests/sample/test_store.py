"""The sample store as files: complete, deterministic, alive on any day, and readable by kbaudit's own connectors."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kbaudit import config
from kbaudit.checks import catalogue
from kbaudit.connector import Source
from kbaudit.model.record import ArticleRecord, ConversationRecord, ProductRecord, Skipped
from kbaudit.sample import write
from kbaudit.sample.calendar import around, fill

DAYS = (date(2026, 4, 10), date(2026, 7, 20), date(2026, 11, 26), date(2028, 2, 29), date(2027, 1, 1))
NOT_PLANTED = {"RET505"}  # needs an index that lives on between two runs


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("shop"), DAYS[0])


def _read(shop: Path, name: str) -> list[object]:
    settings = config.load(shop / "config")
    source = next(item for item in settings.sources if item.name == name)
    return list(config.connector_class(source.connector)(source, None).read(None))


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_it_is_as_large_as_promised(shop: Path) -> None:
    articles = [record for record in _read(shop, "help-center") if isinstance(record, ArticleRecord)]
    replies = [record for record in _read(shop, "replies") if isinstance(record, ArticleRecord)]
    assert 90 <= len(articles) <= 110
    assert Counter(record.body_kind for record in articles).keys() == {"html", "markdown"}
    assert {record.locale for record in articles} == {"en-US", "de"}
    assert Counter(record.kind for record in replies) == {"macro": 10, "guidance": 3}
    assert sum(isinstance(record, ProductRecord) for record in _read(shop, "catalog")) == 60
    conversations = [r.conversation for r in _read(shop, "conversations") if isinstance(r, ConversationRecord)]
    recent = [c for c in conversations if c.started_at.date() >= DAYS[0] - timedelta(days=57)]
    assert (len(recent), len(conversations)) == (400, 414)


def test_every_record_can_be_read(shop: Path) -> None:
    for name in ("help-center", "replies", "catalog", "conversations"):
        assert not [record for record in _read(shop, name) if isinstance(record, Skipped)]


def test_the_feed_holds_what_can_be_bought(shop: Path) -> None:
    source = Source(name="feed", connector="merchant_feed", settings={"path": "products.xml"}, base=shop)
    records = config.connector_class("merchant_feed")(source, None).read(None)
    found = [record.product for record in records if isinstance(record, ProductRecord)]
    table = {row["id"]: row for row in _lines(shop / "products.jsonl")}
    assert {product.id for product in found} == {k for k, row in table.items() if row["availability"] != "discontinued"}
    for product in found:
        assert str(product.price) == table[product.id]["price"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_it_is_alive_on_any_day(tmp_path: Path, today: date) -> None:
    shop = write(tmp_path, today)
    for path in shop.rglob("*.*"):
        if path.suffix in (".md", ".html"):
            text = path.read_text("utf-8")
            assert not re.search(r"(?<!\{)\{(date|day|weekday|iso|year|past|next)\b", text), path
            for stamp in re.findall(r"^updated_at: (.+)$", text, re.MULTILINE):
                assert date.fromisoformat(stamp) <= today, path
    for conversation in _lines(shop / "conversations.jsonl"):
        assert datetime.fromisoformat(str(conversation["started_at"])).date() <= today
    past, following = around(today)
    assert past[1] < today < following[1]
    assert len(config.load(shop / "config").events) == 5


def test_the_same_day_gives_the_same_files(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name, DAYS[1]) for name in "ab")
    files = sorted(path.relative_to(first) for path in first.rglob("*.*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*.*") if path.is_file())
    for path in files:
        assert (first / path).read_bytes() == (second / path).read_bytes()


def test_conversations_do_not_read_like_a_template(shop: Path) -> None:
    first = [
        next(str(m["text"]) for m in c["messages"] if m["role"] == "customer" and len(str(m["text"])) > 14)  # type: ignore[index,union-attr]
        for c in _lines(shop / "conversations.jsonl")
        if any(m["role"] == "customer" and len(str(m["text"])) > 14 for m in c["messages"])  # type: ignore[index,union-attr]
    ]
    assert len(set(first)) / len(first) > 0.9


def test_what_is_planted_exists(shop: Path) -> None:
    planted = json.loads((shop / "planted.json").read_text("utf-8"))
    known = {r.id for name in ("help-center", "replies") for r in _read(shop, name) if isinstance(r, ArticleRecord)}
    known |= {str(row["id"]) for name in ("products", "conversations") for row in _lines(shop / f"{name}.jsonl")}
    for entries in planted.values():
        for entry in entries:
            assert set(entry["documents"]) <= known, entry
            assert entry["note"]
    rules = {module[:6].upper() for module in catalogue.MODULES}
    planted_rules = {entry["rule"] for entry in planted["problem"]}
    assert planted_rules <= rules
    assert {rule for rule in rules if not rule.startswith("COA")} - planted_rules == NOT_PLANTED


def test_placeholders_that_are_not_the_sample_s_stay() -> None:
    assert fill("{{ticket.name}}, {order}, {date}", date(2026, 11, 20)) == "{{ticket.name}}, {order}, November 20, 2026"
    assert fill("{date:-1-1y}", date(2028, 3, 1)) == "February 28, 2027"
    assert fill("{weekday:+0}", date(2026, 11, 20), "de") == "Freitag, 20. November"
