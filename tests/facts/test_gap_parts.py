"""What sets one ask apart from another: not a brand, and not a thing that customers name whatever they ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kbaudit.facts.gap_parts import Asks, pooled
from kbaudit.model.question import Question
from kbaudit.testing import snapshot_of

THINGS = ("coat", "scarf", "glove", "hat")
ASKS = {
    "charged": "I was charged twice for the {}",
    "shrink": "Will the {} shrink when I wash it?",
    "stain": "How do I remove a stain from the {}?",
    "late": "The {} arrived after the promised date",
    "refund": "Refund for the {} has not reached my bank",
}
BRANDS = ("Halden Voss", "Orrin Lisle", "Tamsin Vale")


def row(number: int, text: str) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "started_at": "2026-03-01T10:00:00+00:00",
        "handled_by": "human",
        "messages": [{"role": "customer", "text": text}],
    }


TEXTS = [
    pattern.format(f"{brand} {thing}" if brand else thing)
    for pattern in ASKS.values()
    for thing in THINGS
    for brand in ("", *BRANDS)
]
SNAPSHOT = snapshot_of(conversations=[row(n, text) for n, text in enumerate(TEXTS)], as_of="2026-04-01")


def those(*words: str) -> list[Question]:
    return [question for question in SNAPSHOT.questions if all(word in question.text for word in words)]


def test_a_brand_and_a_thing_set_no_ask_apart() -> None:
    asks = Asks(SNAPSHOT)
    slice_, rest = asks.shares(those("charged", "Halden", "coat")), asks.shares(those("charged", "scarf"))
    assert not asks.own(slice_, rest) and not asks.own(rest, slice_)


def test_another_ask_is_set_apart_by_its_words() -> None:
    asks = Asks(SNAPSHOT)
    assert asks.own(asks.shares(those("shrink")), asks.shares(those("stain"))) >= {"shrink", "wash"}


def test_questions_that_share_a_brand_only_have_no_ask_in_common() -> None:
    asks = Asks(SNAPSHOT)
    named = [
        replace(question, text=f"The Halden Voss {thing}")
        for question, thing in zip(those("Halden"), THINGS, strict=False)
    ]
    assert asks.common(those("charged")) and not asks.common(named)


def test_names_and_idle_verbs_carry_no_ask() -> None:
    spoken = {word.spoken for word in Asks(SNAPSHOT).core(those("charged", "Orrin"))}
    assert "charged" in spoken and not spoken & {"orrin", "lisle", "scarf"}


def test_a_slice_is_judged_with_those_that_ask_the_same() -> None:
    rest = [question for question in those("charged") if "Halden" not in question.text]
    groups = [those("charged", "Halden"), rest, those("shrink")]
    slice_, whole, other = pooled(SNAPSHOT, Asks(SNAPSHOT), groups, [-2.0, 1.0, -1.5])
    assert slice_ == 0.25 and whole == 1.0 and other == -1.5
