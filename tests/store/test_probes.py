"""Probes in the store: proposed once, decided by people, measured by audits, gone with the person they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kbaudit.config import Probe
from kbaudit.errors import UsageError
from kbaudit.facts.probes import ProbeReport, ProbeResult, measure_ranks, probe_id
from kbaudit.store import intake, probes, runs
from kbaudit.store.database import Store
from kbaudit.store.probes import Stored
from tests.store.things import NOW, document

QUESTIONS = ("may I send it back", "do you gift wrap", "how much is express")


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    with store.write() as db:
        for id_ in ("a", "b", "c"):
            intake.put(db, document(id_), "1", run=1, now=NOW)


def proposal(question: str, **more: object) -> Stored:
    item = Stored(
        id=probe_id(question, "en"), state="proposed", origin="conversation", question=question, locale="en",
        expected=("a",), why="2 conversations", source="chats", conversation="c1",
    )  # fmt: skip
    return replace(item, **more)  # type: ignore[arg-type]


def propose(store: Store, *items: Stored, most: int = 20) -> int:
    with store.write() as db:
        return probes.propose(db, items, now=NOW, most=most)


def audit(store: Store, ranks: dict[str, int | None], day: int = 0) -> int:
    results = tuple(ProbeResult(probe_id(q, "en"), q, ("a",), rank, (("help", "b"),), 0.5) for q, rank in ranks.items())
    moment = NOW + timedelta(days=day)
    with store.write() as db:
        run = runs.begin(db, "audit", holder="test", now=moment, alive=lambda holder: False)
        report = ProbeReport(results, measure_ranks(list(ranks.values())))
        probes.save(db, report, {("help", "b"): "Another page"}, run=run, now=moment)
        runs.finish(db, run, "done", now=moment)
    return run


def test_nothing_is_accepted_by_itself(store: Store) -> None:
    propose(store, proposal(QUESTIONS[0]))
    with store.read() as db:
        assert probes.accepted(db) == ()


def test_what_was_decided_is_never_proposed_again(store: Store) -> None:
    first = proposal(QUESTIONS[0])
    assert propose(store, first) == 1
    with store.write() as db:
        probes.decide(db, first.id, "dismissed", by="kim", now=NOW)
    assert propose(store, first, proposal(QUESTIONS[1])) == 1
    with store.read() as db:
        assert [item.question for item in probes.listed(db, ("proposed",))] == [QUESTIONS[1]]


def test_no_more_wait_than_a_person_decides(store: Store) -> None:
    assert propose(store, *(proposal(q) for q in QUESTIONS), most=2) == 2
    assert propose(store, *(proposal(q) for q in QUESTIONS), most=2) == 0


def test_an_accepted_probe_reads_as_the_configuration_gives_one(store: Store) -> None:
    item = proposal(QUESTIONS[0])
    propose(store, item)
    with store.write() as db:
        probes.decide(db, item.id, "accepted", by="kim", now=NOW, expected=["b", "b", "c"])
        assert probes.accepted(db) == (Probe(question=QUESTIONS[0], expected=("b", "c"), locale="en"),)


def test_what_no_article_is_called_answers_no_probe(store: Store) -> None:
    item = proposal(QUESTIONS[0])
    propose(store, item)
    with store.write() as db:
        with pytest.raises(UsageError, match="no article is called nope, zero"):
            probes.decide(db, item.id, "accepted", by="kim", now=NOW, expected=["b", "zero", "nope"])
        with pytest.raises(UsageError, match="no article is called nope"):
            probes.add(db, QUESTIONS[1], ["nope"], by="kim", now=NOW)
        assert [(found.id, found.state) for found in probes.listed(db)] == [(item.id, "proposed")]


def test_a_configured_probe_is_edited_in_its_file_only(store: Store) -> None:
    probe = Probe(question=QUESTIONS[0], expected=("a",))
    with store.write() as db:
        probes.configure(db, (probe,), now=NOW)
        (item,) = probes.listed(db)
        assert (item.state, item.origin, probes.accepted(db)) == ("accepted", "config", ())
        with pytest.raises(UsageError, match=r"probes\.toml"):
            probes.decide(db, item.id, "dismissed", by="kim", now=NOW)
        probes.configure(db, (), now=NOW)
        (item,) = probes.listed(db)
        assert (item.state, item.reason) == ("dismissed", probes.LEFT)
        probes.decide(db, item.id, "accepted", by="kim", now=NOW)
        probes.configure(db, (), now=NOW)
        assert probes.accepted(db) == (probe,)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [(1, 1, "same"), (12, None, "same"), (1, 3, "worse"), (2, None, "worse"), (4, 1, "better"), (None, 9, "better")],
)
def test_ranks_are_compared_with_the_audit_before(
    store: Store, before: int | None, after: int | None, moved: str
) -> None:
    with store.write() as db:
        probes.add(db, QUESTIONS[0], ["a"], by="kim", now=NOW, locale="en")
    audit(store, {QUESTIONS[0]: before})
    audit(store, {QUESTIONS[0]: after}, 1)
    with store.read() as db:
        (standing,) = probes.standings(db)
        points = probes.history(db)
    assert (standing.moved, standing.rank, standing.before) == (moved, after, before)
    assert standing.above[0]["title"] == "Another page"
    assert [point.at for point in points] == [NOW, NOW + timedelta(days=1)]


def test_a_new_probe_got_neither_better_nor_worse(store: Store) -> None:
    with store.write() as db:
        for question in QUESTIONS[:2]:
            probes.add(db, question, ["a"], by="kim", now=NOW, locale="en")
    audit(store, {QUESTIONS[0]: 1})
    audit(store, {QUESTIONS[0]: 1, QUESTIONS[1]: None}, 1)
    with store.read() as db:
        assert {item.probe.question: item.moved for item in probes.standings(db)} == {
            QUESTIONS[0]: "same", QUESTIONS[1]: "new",
        }  # fmt: skip


def test_an_erased_conversation_takes_its_probe_and_results_along(store: Store) -> None:
    item = proposal(QUESTIONS[0])
    propose(store, item, proposal(QUESTIONS[1], source=None, conversation=None))
    with store.write() as db:
        probes.decide(db, item.id, "accepted", by="kim", now=NOW)
    audit(store, {QUESTIONS[0]: 1})
    with store.write() as db:
        assert probes.erase(db, [("chats", "c1"), ("chats", "c2")]) == 1
        assert [left.question for left in probes.listed(db)] == [QUESTIONS[1]]
        assert probes.standings(db) == ()


def test_proposals_go_with_old_conversations_and_what_was_accepted_stays(store: Store) -> None:
    items = [proposal(question) for question in QUESTIONS]
    propose(store, *items)
    with store.write() as db:
        probes.decide(db, items[0].id, "accepted", by="kim", now=NOW)
        probes.decide(db, items[1].id, "dismissed", by="kim", now=NOW)
        assert probes.forget(db) == 2
        assert [left.question for left in probes.listed(db)] == [QUESTIONS[0]]
