"""Previewing a fix: what it does to the conversations behind a finding, to the others, and to the findings."""

from __future__ import annotations

import pytest

from kbaudit.jobs.preview import draft, edited, preview
from kbaudit.model.finding import Finding
from kbaudit.snapshot import BaseSnapshot
from kbaudit.testing import snapshot_of

pytestmark = pytest.mark.model
RETURNS = """<h2>How long</h2><p>You may return goods within 30 days of delivery.</p>
<h2>Cost</h2><table><tr><th>Where</th><th>Fee</th></tr><tr><td>US</td><td>free</td></tr></table>
<p>See <a href="/pay">how we pay back</a>.</p>"""
ARTICLES = [
    {"id": "ret", "title": "Returns", "body_html": RETURNS},
    {"id": "old", "title": "Before you order", "body_html": "<p>You may return goods within 14 days of delivery.</p>"},
    {"id": "pay", "title": "Ways to pay", "body_text": "We accept cards and PayPal. Vouchers are taken at checkout."},
    {"id": "track", "title": "Tracking", "body_text": "The link in the shipping mail shows where a parcel is."},
]


def talk(number: int, question: str, answer: str, source: str | None) -> dict[str, object]:
    return {
        "id": f"c{number}",
        "started_at": f"2026-04-0{number % 8 + 1}T10:00:00Z",
        "resolved": source is not None,
        "messages": [
            {"role": "customer", "text": question},
            {"role": "ai", "text": answer, "sources": [source] if source else []},
        ],
    }


WRAP = ["Do you wrap gifts?", "Is gift wrapping possible?", "Can you gift wrap my order?", "gift wrap available?"]
CONVERSATIONS = [
    *(talk(n, text, "I don't have information about that.", None) for n, text in enumerate(WRAP)),
    *(talk(n + 4, f"Can I pay with {name}?", "Cards and PayPal.", "pay") for n, name in enumerate(("PayPal", "Visa"))),
]


@pytest.fixture(scope="module")
def base() -> BaseSnapshot:
    return snapshot_of(articles=ARTICLES, conversations=CONVERSATIONS, as_of="2026-04-10")


def found(base: BaseSnapshot, rule: str) -> Finding:
    from kbaudit.checks import catalogue
    from kbaudit.jobs.run import run_checks

    return next(item for item in run_checks(base, catalogue.selected((rule,), ())).findings if item.rule == rule)


def document(base: BaseSnapshot, id: str):  # type: ignore[no-untyped-def]
    return next(item for item in base.documents if item.id == id)


@pytest.mark.parametrize("id", ["ret", "old", "pay"])
def test_a_text_that_was_not_changed_is_the_same_document(base: BaseSnapshot, id: str) -> None:
    old = document(base, id)
    assert edited(old, old.text.replace("\n", "\r\n").replace("\r\n", "\n") + "\n\n") is old


def test_an_edit_keeps_what_the_other_lines_were(base: BaseSnapshot) -> None:
    old = document(base, "ret")
    new = edited(old, old.text.replace("within 30 days", "within 45 working days") + "\n# Abroad\nAsk us first.")
    kinds = [block.kind for block in new.blocks]
    assert kinds == [*(block.kind for block in old.blocks), "heading", "paragraph"]
    assert new.blocks[-1].path == ("Abroad",)
    (link,) = new.links
    assert new.text[link.start : link.end] == "how we pay back"
    row = next(block for block in new.blocks if block.kind == "table_row" and not block.header)
    assert [new.text[slice(*cell)] for cell in row.cells] == ["US", "free"]
    assert new.content_hash != old.content_hash


def test_nothing_changes_where_nothing_was_changed(base: BaseSnapshot) -> None:
    old = document(base, "ret")
    result = preview(base, [draft(base, old.text, old)], finding=found(base, "CON201"))
    assert (result.replay.better, result.replay.worse, result.gone, result.new) == (0, 0, (), ())
    assert [item.rule for item in result.stays] == ["CON201"]


def test_an_edit_that_settles_a_conflict_is_seen_to_do_so(base: BaseSnapshot) -> None:
    old = document(base, "old")
    result = preview(base, [draft(base, old.text.replace("14", "30"), old)], finding=found(base, "CON201"))
    assert [item.rule for item in result.gone] == ["CON201"]


def test_a_new_article_is_tried_on_the_conversations_behind_the_gap(base: BaseSnapshot) -> None:
    gap = found(base, "GAP401")
    text = "Do you wrap gifts?\n\nYes: gift wrapping costs $4 an order. Choose it at checkout."
    result = preview(base, [draft(base, text, None, source=base.documents[0].source)], finding=gap)
    behind = {(row.conversation or ("", ""))[1]: row for row in result.replay.behind}
    assert set(behind) == {f"c{n}" for n in range(4)}
    assert all((row.rank_before, row.rank_after, row.change) == (None, 1, "better") for row in behind.values())
    assert [item.rule for item in result.gone] == ["GAP401"]
    assert {row.right for row in result.replay.regression} == {"pay"}
    assert result.replay.worse == 0
