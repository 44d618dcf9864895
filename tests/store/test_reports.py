"""The gap report: filters that page, coverage, and what a gap costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import insert

from kbaudit.facts.analysed import Analysed
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.finding import Ref
from kbaudit.model.life import Transition
from kbaudit.store import conversations, known, reports, runs
from kbaudit.store.database import Store
from kbaudit.store.findings import Filter
from kbaudit.store.schema import questions
from tests.store.things import NOW, finding, later


def gap(store: Store, name: str, asked_at: datetime, locale: str, topic: str) -> None:
    """A gap with one conversation, which is stored with its question."""
    ref = Ref("chats", f"talk-{name}", kind="conversation")
    item = replace(
        finding(name, rule="GAP401", subject={"cluster": name, "label": name}, questions=8, message=f"about {name}"),
        documents=(ref,), evidence=(), extra={"handling_minutes": 32.0},
    )  # fmt: skip
    move = Transition(fingerprint=item.fingerprint, kind="opened", to_state="open", at=NOW, by="audit")
    talk = Conversation(
        id=ref.id, source="chats", started_at=asked_at, topic=topic, messages=(Message(role="customer", text="x"),)
    )
    with store.write() as db:
        known.save(db, {item.fingerprint: (item, "digest", {})}, [move], run=1, now=NOW)
        conversations.put(db, talk, f"hash {name}", now=NOW)
        db.execute(
            insert(questions).values(
                id=name, source="chats", conversation=ref.id, cluster=name, text="x", asked_at=asked_at, locale=locale
            )
        )


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), {"wrap", "pickup", "refund"}),
        (Filter(asked_since=later(days=-2)), {"pickup", "refund"}),
        (Filter(locale="de-DE"), {"wrap", "pickup"}),
        (Filter(locale="de-DE", asked_since=later(days=-2)), {"pickup"}),
        (Filter(topic="wrap"), {"wrap"}),
        (Filter(topic="store Questions"), {"pickup", "refund"}),
        (Filter(topic="%"), set()),
    ],
)
def test_a_filter_is_applied_before_the_page_is_cut(store: Store, wanted: Filter, found: set[str]) -> None:
    gap(store, "wrap", later(days=-9), "de-DE", "gifts")
    gap(store, "pickup", NOW, "de-DE", "Store questions")
    gap(store, "refund", NOW, "en-US", "store questions")
    seen: set[str] = set()
    cursor: str | None = None
    with store.read() as db:
        while True:
            items, cursor, total = reports.gaps(db, wanted, limit=1, cursor=cursor)
            assert total == len(found)
            seen |= {item.id for item in items}
            if cursor is None:
                break
    assert seen == found


def test_a_gap_costs_the_minutes_of_its_conversations_a_week(store: Store) -> None:
    gap(store, "wrap", NOW, "en-US", "gifts")
    with store.read() as db:
        ((item,), _, _) = reports.gaps(db)
    assert (item.count, item.per_week, item.minutes_per_week) == (8, 2.0, 8.0)


def test_what_a_source_could_not_read_and_what_came_later_counts_as_received(store: Store) -> None:
    with store.read() as db:
        assert reports.coverage(db, ["chats"]) is None
    with store.write() as db:
        sync = runs.begin(db, "sync", scope="chats", holder="t", now=NOW, alive=lambda holder: False)
        problems = [{"ref": "7", "reason": "no id"}, {"ref": "8", "reason": "csat left out", "used": True}]
        runs.finish(db, sync, "done", now=NOW, counts={"skipped": 2}, problems=problems)
        audit = runs.begin(db, "audit", holder="t", now=NOW, alive=lambda holder: False)
        reports.save_coverage(db, Analysed(10, 10, 7, {}, {}), run=audit)
        runs.finish(db, audit, "done", now=NOW)
        late = Conversation(id="late", source="chats", started_at=NOW, messages=())
        conversations.put(db, late, "hash", now=later(hours=1))
    with store.read() as db:
        found = reports.coverage(db, ["chats"])
    assert found is not None
    assert (found.received, found.read, found.share) == (13, 10, 76.9)
    assert found.left_out == {
        "unreadable: no id": 1, "unreadable, for other reasons": 1, "arrived since the last audit": 1,
    }  # fmt: skip
