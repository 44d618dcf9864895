"""Which conversations were analysed, and what is said of those that ask nothing or were left out."""

from __future__ import annotations

from kbaudit.facts import analysed
from kbaudit.testing import snapshot_of


def talk(id: str, *said: str, day: str = "2026-04-01", role: str = "customer") -> dict[str, object]:
    return {
        "id": id,
        "started_at": f"{day}T10:00:00Z",
        "messages": [{"role": role, "text": text} for text in said],
    }


def test_every_conversation_stands_in_exactly_one_place() -> None:
    snapshot = snapshot_of(
        articles=[{"id": "a", "title": "Returns", "body_text": "Within 30 days."}],
        conversations=[
            talk("asks", "How long do I have to send a lamp back?"),
            talk("greets", "hello!", "thanks, bye"),
            talk("human", "I want to talk to a human"),
            talk("order", "where is my order #12345"),
            talk("bot", "Welcome!", role="ai"),
            talk("tomorrow", "Do you wrap gifts?", day="2026-04-20"),
        ],
        as_of="2026-04-10",
    )
    found = snapshot.fact("analysed")
    assert (found.received, found.read, found.asking) == (6, 5, 1)
    assert found.silent == {analysed.MANNERS: 2, analysed.ONE_ORDER: 1, analysed.NO_CUSTOMER: 1}
    assert found.left_out == {analysed.LATER: 1}


def test_a_hundred_percent_is_said_of_all_only() -> None:
    whole = analysed.Analysed(9999, 9999, 5000, {}, {})
    assert whole.share == 100
    missing = whole.with_unread({"unreadable: no id": 1})
    assert (missing.received, missing.share) == (10_000, 99.9)
    assert "Left out: 1 unreadable: no id." in analysed.sentences(missing)


def test_records_whose_reason_was_not_kept_are_counted_all_the_same() -> None:
    assert analysed.unreadable(["no id", "no id", "no time"], 5) == {
        "unreadable: no id": 2, "unreadable: no time": 1, "unreadable, for other reasons": 2,
    }  # fmt: skip
