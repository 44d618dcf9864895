"""Outcomes, causes and the gap report."""
# ruff: noqa: E501

from __future__ import annotations

from typing import Any

from kbaudit.facts import gap_report
from kbaudit.testing import findings_of, snapshot_of

NO = "I'm sorry, I don't have any information about that."
WRAP = [
    "do you offer gift wrapping?",
    "can you wrap my order as a present",
    "is gift wrapping possible",
    "how much is gift wrap",
]


def talk(id_: str, *turns: tuple[str, str], day: int = 1, **more: Any) -> dict[str, Any]:
    messages = [{"role": role, "text": text} for role, text in turns]
    return {"id": id_, "started_at": f"2026-03-{day:02d}T10:00:00+00:00", "messages": messages, **more}


def signals(*rows: dict[str, Any]) -> list[tuple[bool | None, set[str]]]:
    snapshot = snapshot_of(conversations=rows, as_of="2026-04-01")
    return [(question.answered, set(question.signals)) for question in snapshot.questions]


def test_an_admission_is_no_answer() -> None:
    ((answered, seen),) = signals(talk("1", ("customer", WRAP[0]), ("ai", NO), handled_by="ai", resolved=False))
    assert answered is False and {"no_information", "unresolved"} <= seen


def test_a_cited_answer_that_resolved_is_one() -> None:
    row = talk(
        "1",
        ("customer", WRAP[0]),
        ("ai", "Yes, choose gift wrap at checkout for 4 dollars."),
        handled_by="ai",
        resolved=True,
    )
    ((answered, seen),) = signals(row)
    assert answered is True and "answered_by_ai" in seen


def test_an_answer_asked_again_and_rated_low_is_none() -> None:
    row = talk(
        "1", ("customer", "Is the oak table in stock?"), ("ai", "Our oak tables are made by hand in Vermont by four people."),
        ("customer", "is the oak table in stock??"), ("ai", "Oak is a wonderful wood."), resolved=False, csat=1,
    )  # fmt: skip
    ((answered, seen),) = signals(row)
    assert answered is False and {"asked_again", "low_csat"} <= seen


def test_the_same_customer_the_next_morning() -> None:
    rows = [
        talk(
            "1",
            ("customer", "my oak table wobbles"),
            ("ai", "Please tighten the four screws under the plate."),
            customer_id="k",
        ),
        {
            **talk("2", ("customer", "the oak table still wobbles")),
            "started_at": "2026-03-02T08:00:00+00:00",
            "customer_id": "k",
        },
        talk("3", ("customer", "the oak table wobbles"), customer_id="other"),
    ]
    found = signals(*rows)
    assert "repeat_contact" in found[0][1] and not any("repeat_contact" in seen for _, seen in found[1:])


def test_the_report_says_how_many_how_often_and_what_it_costs() -> None:
    rows = [
        talk(
            f"w{n}",
            ("customer", text),
            ("ai", NO),
            day=1 + 7 * n,
            handled_by="ai",
            resolved=False,
            channel="chat",
            handle_seconds=120,
        )
        for n, text in enumerate(WRAP)
    ]
    snapshot = snapshot_of(conversations=rows, as_of="2026-04-10")
    (found,) = findings_of(snapshot, ["GAP"])
    assert found.rule == "GAP401" and found.cause == "missing article"
    assert (
        found.extra["channels"] == {"chat": 4}
        and found.extra["handling_minutes"] == 8.0
        and found.extra["share"] == 100.0
    )
    (row,) = gap_report.rows([found])
    assert {
        "id",
        "rule",
        "label",
        "status",
        "count",
        "per_week",
        "first_seen",
        "last_seen",
        "questions",
        "nearest",
        "because",
    } <= row.keys()
    assert row["count"] == 4 and len(row["questions"]) == 3 and row["id"] == found.subject["cluster"]


def test_what_customers_want_done_is_a_process() -> None:
    texts = [
        "please cancel my subscription",
        "cancel my subscription please",
        "I want to cancel my subscription",
        "can you cancel my subscription",
    ]
    rows = [talk(f"s{n}", ("customer", text), ("ai", NO), day=n + 1, resolved=False) for n, text in enumerate(texts)]
    (found,) = findings_of(snapshot_of(conversations=rows, as_of="2026-04-10"), ["GAP"])
    assert found.cause == "process"


def test_quotes_are_literal_and_redacted() -> None:
    rows = [
        talk(
            f"w{n}",
            ("customer", f"Hi! {text} Mail me: kim{n}@example.com. Thanks"),
            ("ai", NO),
            resolved=False,
            customer_name="Kim Lee",
        )
        for n, text in enumerate(WRAP)
    ]
    snapshot = snapshot_of(conversations=rows, as_of="2026-04-10")
    (found,) = findings_of(snapshot, ["GAP"])
    said = {item.ref: [message.text for message in item.messages] for item in snapshot.conversations}
    for item in found.evidence:
        assert item.quote in said[(item.ref.source, item.ref.id)][item.message or 0]
        assert "@" not in item.quote


def test_fingerprints_do_not_depend_on_order() -> None:
    rows = [talk(f"w{n}", ("customer", text), ("ai", NO), day=n + 1, resolved=False) for n, text in enumerate(WRAP)]
    (one,) = findings_of(snapshot_of(conversations=rows, as_of="2026-04-10"), ["GAP"])
    (two,) = findings_of(snapshot_of(conversations=rows[::-1], as_of="2026-04-10"), ["GAP"])
    assert (one.fingerprint, one.documents, one.message) == (two.fingerprint, two.documents, two.message)
