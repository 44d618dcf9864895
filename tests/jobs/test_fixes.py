"""When the source changes, the fix is tagged and its effect is measured over the questions behind the finding."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kbaudit.app import App
from kbaudit.store import findings, proof, review
from kbaudit.store.findings import Filter

pytestmark = pytest.mark.model
NOW = datetime.now(UTC)
SOURCES = (
    '[help]\nconnector = "jsonl"\npath = "../articles.jsonl"\nkind = "articles"\n'
    '[chats]\nconnector = "jsonl"\npath = "../chats.jsonl"\nkind = "conversations"\n'
)
RETURNS = {"id": "ret", "title": "Returns", "body_text": "You may return goods within 30 days of delivery."}
OLD = {"id": "old", "title": "Before you order", "body_text": "You may return goods within 14 days of delivery."}
OTHERS = [
    {"id": f"o{n}", "title": f"Caring for {name}", "body_text": f"Wash {name} by hand and let it dry in the shade."}
    for n, name in enumerate(("linen", "cork", "brass", "oak"))
]
WRAP = {"id": "wrap", "title": "Do you wrap gifts?", "body_text": "Gift wrapping costs $4. Choose it at checkout."}
ASKED = ("Do you wrap gifts?", "Is gift wrapping possible?", "Can you gift wrap my order?", "gift wrap available?")


class Shop:
    """A data folder whose articles can be changed."""

    def __init__(self, place: Path) -> None:
        (place / "config").mkdir()
        (place / "config" / "sources.toml").write_text(SOURCES)
        rows = [
            {
                "id": f"c{n}",
                "started_at": (NOW - timedelta(days=10 - n)).isoformat(),
                "resolved": False,
                "messages": [
                    {"role": "customer", "text": text},
                    {"role": "ai", "text": "I don't have information about that."},
                ],
            }
            for n, text in enumerate(ASKED)
        ]
        (place / "chats.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        self.place = place
        self.app = App.open(place)

    def audit(self, *articles: dict[str, Any]) -> None:
        text = "".join(json.dumps(row) + "\n" for row in (*articles, *OTHERS))
        (self.place / "articles.jsonl").write_text(text)
        self.app.sync()
        self.app.audit()

    def fixed(self, rule: str) -> dict[str, Any]:
        """How the finding of a rule was resolved."""
        with self.app.store.read() as db:
            (item,) = findings.page(db, Filter(states=("resolved",), rules=(rule,))).items
            step = proof.fix_of(findings.history(db, item.fingerprint))
        assert step is not None
        return dict(step.detail)


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    made = Shop(tmp_path)
    made.audit(RETURNS, OLD)
    yield made
    made.app.close()


def test_an_article_that_closes_a_gap_is_its_fix_and_is_found_now(shop: Shop) -> None:
    shop.audit(RETURNS, OLD, WRAP)
    detail = shop.fixed("GAP401")
    (fix,) = detail["fix"]
    assert (fix["id"], fix["what"]) == ("wrap", "added")
    effect = detail["effect"]
    assert (effect["questions"], effect["rank_before"], effect["rank_after"]) == (4, None, 1)
    assert effect["near_after"] > effect["near_before"]


def test_an_edit_that_settles_a_conflict_is_its_fix_with_its_version(shop: Shop) -> None:
    shop.audit(RETURNS, {**OLD, "body_text": "You may return goods within 30 days of delivery, unused."})
    assert [(fix["id"], fix["what"], fix["version"]) for fix in shop.fixed("CON201")["fix"]] == [("old", "edited", 2)]


def test_the_weekly_review_shows_what_opened_and_what_was_fixed(shop: Shop) -> None:
    shop.audit(RETURNS, OLD, WRAP)
    with shop.app.store.read() as db:
        found = review.review(db, datetime.now(UTC))
        long_ago = review.review(db, datetime.now(UTC) + timedelta(days=30))
    (row,) = found.fixed
    assert row.item.finding.rule == "GAP401" and row.recurrence is not None
    assert row.recurrence.verdict == "not enough evidence yet"
    assert found.resolved == 1 and dict(found.opened_by_rule)["GAP401"] == 1
    assert [item.finding.rule for item in found.new] == ["CON201"] and found.waiting == ()
    assert (long_ago.opened, long_ago.fixed, [row.item.finding.rule for row in long_ago.earlier]) == (0, (), ["GAP401"])
    assert [item.finding.rule for item in long_ago.waiting] == ["CON201"]
