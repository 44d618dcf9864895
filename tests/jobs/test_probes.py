"""What is proposed as a golden probe, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kbaudit.jobs.probes import Material, proposals
from kbaudit.model.finding import Finding, Ref
from kbaudit.model.life import State
from kbaudit.model.question import Cluster, Question
from kbaudit.store.probes import Stored

NOW = datetime(2026, 4, 1, tzinfo=UTC)
RIGHT, OLD, TWIN = ("help", "returns"), ("help", "returns-2024"), ("help", "sending-back")


def question(number: int, text: str) -> Question:
    return Question(
        id=f"q{number}", conversation=("chats", f"c{number}"), message=0, text=text, asked_at=NOW, locale="en"
    )


def cluster(*texts: str) -> Cluster:
    asked = tuple(question(number, text) for number, text in enumerate(texts))
    return Cluster(id="k1", label="returns", questions=asked, representatives=(0,))


def finding(rule: str, *refs: tuple[str, str]) -> Finding:
    return Finding(
        rule=rule, name="x", severity="high", subject={"cluster": "k1"}, key=("k1",), message="m",
        documents=tuple(Ref(*ref) for ref in refs), evidence=(), suggestion="s", score=1.0,
    )  # fmt: skip


def propose(
    *findings: tuple[Finding, State], texts: tuple[str, ...] = ("how long can I return it", "return it when"),
    served: bool = False, answered: tuple[str, str] | None = None, decided: set[str] = frozenset(),  # type: ignore[assignment]
) -> list[Stored]:  # fmt: skip
    group = cluster(*texts)
    material = Material(
        {"k1": (RIGHT, group.questions, 2)} if served else {},
        {"k1": answered} if answered else {},
        {"k1": group},
        {place: place[1] for place in (RIGHT, OLD, TWIN)},
    )
    return proposals(material, findings, decided)


@pytest.mark.parametrize("state", ["open", "suppressed"])
def test_a_gap_that_nobody_confirmed_proposes_nothing(state: State) -> None:
    assert propose((finding("GAP403", RIGHT), state)) == []


def test_a_confirmed_gap_without_an_article_waits_for_one() -> None:
    assert propose((finding("GAP401", OLD), "acknowledged"), answered=RIGHT) == []
    assert propose((finding("GAP401", OLD), "resolved")) == []


def test_a_closed_gap_is_answered_by_what_answers_it_now() -> None:
    gap = finding("GAP401", OLD)
    (item,) = propose((gap, "resolved"), answered=RIGHT)
    assert (item.expected, item.origin, item.finding, item.conversation) == (
        ("returns",), "gap", gap.fingerprint, "c0",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["acknowledged", "in_progress", "resolved"])
def test_a_hidden_article_that_somebody_confirmed_is_the_right_one(state: State) -> None:
    (item,) = propose((finding("GAP403", RIGHT), state))
    assert item.expected == ("returns",)


def test_conversations_that_went_well_propose_the_article_that_they_cited() -> None:
    (item,) = propose(served=True)
    assert (item.question, item.expected, item.origin) == ("How long can I return it?", ("returns",), "conversation")


@pytest.mark.parametrize("rule", ["SEA101", "RET501"])
def test_an_article_that_is_no_answer_any_more_is_nobodys_right_one(rule: str) -> None:
    bad = finding(rule, RIGHT, OLD)
    assert propose((bad, "open"), served=True) == []
    assert len(propose((bad, "resolved"), served=True)) == 1


def test_either_of_two_near_copies_is_right() -> None:
    (item,) = propose((finding("DUP601", TWIN, RIGHT), "open"), served=True)
    assert item.expected == ("returns", "sending-back")


def test_words_that_stand_on_their_own_are_preferred() -> None:
    (item,) = propose(served=True, texts=("refund", "order [order] where is it", "send back 2 of 3", "may I return it"))
    assert item.question == "May I return it?"


def test_a_cluster_is_proposed_once_whatever_its_words_are_today() -> None:
    (before,) = propose(served=True, texts=("how long can I return it", "may I return it"))
    assert propose(served=True, texts=("may I return it", "how long can I return it"), decided={before.id}) == []
