"""What the rules of retrieval say beside the tables of cases: their drift, and which questions they count."""

from __future__ import annotations

from typing import Any

from kbaudit.testing import findings_of, snapshot_of

WELCOME = {
    "id": "welcome",
    "title": "New here?",
    "updated_at": "2024-01-10",
    "body_text": (
        "How do I pay? You pay for your order by card or by bank transfer. How long can I send things back? You may "
        "return an order within 14 days of delivery. Where is the shop? Come and see us at the harbour."
    ),
}
RETURNS = {
    "id": "returns",
    "title": "Returns",
    "kind": "policy",
    "updated_at": "2026-02-10",
    "body_text": "Our policy for what comes back. You may return an order within 30 days of delivery.",
}


def asked(*texts: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"q{number}",
            "started_at": f"2026-04-0{number + 1}T10:00:00Z",
            "messages": [
                {"role": "customer", "text": text},
                {"role": "ai", "text": "It is 30 days.", "sources": ["returns"]},
            ],
        }
        for number, text in enumerate(texts)
    ]


def polluted(*texts: str) -> list[Any]:
    snapshot = snapshot_of(articles=[WELCOME, RETURNS], conversations=asked(*texts), as_of="2026-04-10")
    return [found for found in findings_of(snapshot, ["CON", "RET501"]) if found.rule == "RET501"]


def test_a_wrong_article_above_the_right_one_is_the_drift_of_polluted_retrieval() -> None:
    (found,) = polluted("How long can I send things back?", "how long can I send a thing back")
    assert found.cause == "wrong article"
    assert found.extra["drift"] == "retrieval polluted"
    assert {ref.id for ref in found.documents} >= {"welcome", "returns"}


def test_who_asks_what_the_same_passage_says_besides_is_not_counted() -> None:
    assert polluted("How do I pay for my order?", "can I pay for my order by bank transfer?") == []
