"""Gaps of a small shop: a gap beside an answered topic, an article that agents know and the AI does not, bad luck."""
# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import pytest

from kbaudit.model.finding import Finding
from kbaudit.testing import findings_of, snapshot_of

NO = "I'm sorry, I don't have any information about that."
WASH = "Wash the wool blanket by hand in cold water and dry it flat, never in a tumble dryer."
ARTICLES: list[dict[str, Any]] = [
    {"id": id_, "title": title, "body_text": body, "url": f"https://shop.example/{id_}", "updated_at": "2026-01-10T00:00:00Z"}
    for id_, title, body in (
        ("wash", "Care of wool", WASH),
        ("shipping", "Delivery", "We deliver within Ireland in two working days for 4 euros. Orders over 60 euros go free."),
        ("hire", "Textiles on loan", "Throws and rugs may be borrowed for a photo shoot: 15 euros a day, deposit 80 euros."),
        ("returns", "Returns", "Send unused goods back within 30 days. We refund within five days of their arrival."),
        ("sizes", "Sizes", "Single blankets measure 140 by 200 cm, double ones 200 by 220 cm."),
    )
]  # fmt: skip
WASHING = ["how do I wash the wool blanket", "can the wool blanket go in the washing machine", "washing a wool blanket",
           "is the blanket machine washable", "what temperature for washing wool blankets"]  # fmt: skip
MOTHS = ["moths ate holes in my wool blanket", "how do I keep moths away from the blanket", "are wool blankets moth proof",
         "there are moths in my blanket what now", "moth holes in a wool blanket, do you mend them"]  # fmt: skip
HIRE = ["can I rent blankets for a shoot", "do you hire out rugs for photo sessions", "renting throws for a film set",
        "photographer here, can I rent props from you"]  # fmt: skip
HIRED = "You may borrow throws and rugs for a photo shoot for 15 euros a day, the deposit is 80 euros."


def talk(id_: str, *turns: tuple[str, str], day: int = 1, cited: str = "", **more: Any) -> dict[str, Any]:
    messages: list[dict[str, Any]] = [{"role": role, "text": text} for role, text in turns]
    if cited:
        messages[1]["sources"] = [cited]
    return {"id": id_, "started_at": f"2026-03-{day:02d}T10:00:00+00:00", "messages": messages, **more}


def served(texts: list[str], said: str, article: str) -> list[dict[str, Any]]:
    return [
        talk(
            f"{article}{n}", ("customer", text), ("ai", said), day=n + 1, cited=article, handled_by="ai", resolved=True
        )
        for n, text in enumerate(texts)
    ]


def failed(name: str, texts: list[str], *after: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    return [
        talk(f"{name}{n}", ("customer", text), ("ai", NO), *after, day=n + 1, handled_by="ai", **{"resolved": False, **more})
        for n, text in enumerate(texts)
    ]  # fmt: skip


def found(*rows: dict[str, Any]) -> list[Finding]:
    return findings_of(snapshot_of(articles=ARTICLES, conversations=rows, as_of="2026-04-01"), ["GAP"])


def asked(finding: Finding) -> set[str]:
    return {ref.id.rstrip("0123456789") for ref in finding.documents if ref.kind == "conversation"}


def test_nothing_is_said_of_what_is_served() -> None:
    assert found(*served(WASHING, WASH, "wash")) == []


def test_a_gap_does_not_drown_beside_an_answered_topic() -> None:
    (gap,) = found(*served(WASHING, WASH, "wash"), *failed("moths", MOTHS))
    assert gap.rule == "GAP401" and asked(gap) == {"moths"}
    assert len([ref for ref in gap.documents if ref.kind == "conversation"]) == len(MOTHS)


def test_a_few_failures_of_a_served_topic_are_no_gap() -> None:
    more = ["wash instructions for the wool blanket?", "how to wash blankets of wool", "washing wool blankets, how"]
    assert found(*served(WASHING * 2, WASH, "wash")[:9], *failed("bad", more)) == []


def test_what_agents_say_stands_in_an_article_that_the_ai_never_cites() -> None:
    rows = failed("hire", HIRE, ("customer", "agent please"), ("agent", HIRED), escalated=True, resolved=True)
    (gap,) = found(*served(WASHING, WASH, "wash"), *rows)
    assert gap.rule == "GAP403" and gap.cause == "hidden article"
    assert [ref.id for ref in gap.documents if ref.kind == "article"] == ["hire"]


def test_what_agents_say_with_other_numbers_stands_in_no_article() -> None:
    other = "You may take throws and rugs for 25 euros a week, we ask for 300 euros and your passport, at least 7 days."
    rows = failed("hire", HIRE, ("customer", "agent please"), ("agent", other), escalated=True, resolved=True)
    (gap,) = found(*served(WASHING, WASH, "wash"), *rows)
    assert gap.rule == "GAP402"


def test_an_article_that_the_ai_had_in_hand_is_not_hidden() -> None:
    rows = failed("hire", HIRE, ("customer", "agent please"), ("agent", HIRED), escalated=True, resolved=True)
    for row in rows:
        row["messages"][1]["sources"] = ["hire"]
    assert found(*served(WASHING, WASH, "wash"), *rows) == []


@pytest.mark.parametrize("opener", ["First time customer here, ", "Sorry to trouble you, ", "Quick question: "])
def test_manners_make_no_gap_of_strangers(opener: str) -> None:
    texts = ["can you engrave a spoon", "is the showroom open in August", "does the lamp take LED bulbs"]
    assert found(*failed("odd", [opener + text for text in texts])) == []


def test_orders_and_chatter_make_no_gap() -> None:
    texts = ["please cancel the order I placed an hour ago", "cancel my order from this morning", "any news on 771234",
             "can you call me back please", "who am I talking to?", "the courier says nobody was home"]  # fmt: skip
    assert found(*failed("own", texts)) == []


def drifted(*rows: dict[str, Any], articles: list[dict[str, Any]] | None = None) -> set[tuple[str, object]]:
    snapshot = snapshot_of(articles=articles or ARTICLES, conversations=rows, as_of="2026-04-01")
    return {(finding.rule, finding.extra["drift"]) for finding in findings_of(snapshot, ["GAP"])}


def test_no_drift_is_said_where_none_shows() -> None:
    assert drifted(*served(WASHING, WASH, "wash"), *failed("moths", MOTHS)) == {("GAP401", None)}


def test_a_new_word_for_a_known_thing_is_a_change_of_language() -> None:
    old = [{**row, "started_at": "2026-01-05T10:00:00+00:00"} for row in served(WASHING, WASH, "wash")]
    texts = [
        "do the afghans shed",
        "will an afghan shed on my sofa",
        "afghans shedding everywhere",
        "why does the afghan shed",
    ]
    assert drifted(*old, *failed("afghan", texts)) == {("GAP401", "language changed")}


def test_what_was_answered_until_the_article_was_edited_is_a_change_of_policy() -> None:
    articles = [dict(row) for row in ARTICLES]
    articles[0] |= {"title": "Airing", "body_text": "Wool likes fresh air.", "updated_at": "2026-03-15T00:00:00Z"}
    before = served(WASHING, WASH, "wash")
    texts = ["how to wash a wool blanket", "blanket washing, how hot", "may I machine wash the blanket", "washing blankets?",
             "how is the wool blanket washed", "wash the blanket by hand or machine"]  # fmt: skip
    after = [{**row, "started_at": "2026-03-25T10:00:00+00:00"} for row in failed("late", texts)]
    assert drifted(*before, *after, articles=articles) == {("GAP401", "policy changed")}


def test_what_one_prompt_answers_and_the_next_does_not_is_a_brittle_prompt() -> None:
    before = [{**row, "prompt_version": "v1"} for row in served(WASHING[:3], WASH, "wash")]
    after = failed("late", ["how do I wash a wool blanket by hand", *WASHING], prompt_version="v2")
    assert {drift for _, drift in drifted(*before, *after)} == {"prompt brittle"}
