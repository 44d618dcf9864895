from __future__ import annotations

import threading

import pytest

from kbaudit.errors import JobRunning, UsageError
from kbaudit.store import Store, runs, slots, staging
from tests.store.things import NOW, later


def begin(store: Store, job: str = "sync", scope: str = "help", holder: str = "me", alive: bool = True, now=NOW) -> int:  # type: ignore[no-untyped-def]
    with store.write() as db:
        return runs.begin(db, job, scope=scope, holder=holder, alive=lambda _: alive, now=now)


def test_a_job_runs_once_at_a_time_for_a_scope(store: Store) -> None:
    first = begin(store)
    with pytest.raises(JobRunning, match=f"run {first}"):
        begin(store)
    begin(store, scope="other")
    begin(store, job="audit", scope="")
    with store.write() as db:
        runs.finish(db, first, "done", now=later(minutes=1), counts={"added": 2})
    begin(store)


def test_a_dead_run_is_interrupted_and_what_it_staged_is_dropped(store: Store) -> None:
    first = begin(store)
    with store.write() as db:
        staging.stage(db, first, [staging.Row("article", "a", "new", "h", b"x")])
    second = begin(store, alive=False)
    with store.read() as db:
        dead = runs.get(db, first)
        assert dead is not None and dead.state == "interrupted"
        assert list(staging.staged(db, first)) == []
    with store.write() as db:
        with pytest.raises(JobRunning, match="given up"):
            runs.hold_on(db, first)
        runs.hold_on(db, second)


def test_a_silent_run_is_dead_whoever_holds_it(store: Store) -> None:
    first = begin(store)
    with store.write() as db:
        assert runs.interrupt_dead(db, alive=lambda _: True, now=later(minutes=5)) == []
        assert runs.interrupt_dead(db, alive=lambda _: True, now=later(minutes=30)) == [first]


def test_runs_are_listed_newest_first_page_by_page(store: Store) -> None:
    made = [begin(store, scope=str(n)) for n in range(5)]
    with store.read() as db:
        first, cursor = runs.page(db, limit=2)
        second, cursor = runs.page(db, limit=2, cursor=cursor)
        third, cursor = runs.page(db, limit=2, cursor=cursor)
    assert [run.id for run in (*first, *second, *third)] == made[::-1]
    assert cursor is None


def test_of_many_that_claim_a_slot_one_gets_it(store: Store) -> None:
    got: list[int] = []

    def claim(name: str) -> None:
        for n in range(25):
            with store.write() as db:
                if slots.claim(db, "audit", f"slot {n}", holder=name, token=1, now=NOW) is not None:
                    got.append(n)

    threads = [threading.Thread(target=claim, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(25))


def test_one_leads_until_its_lease_ends_and_the_next_has_a_higher_token(store: Store) -> None:
    def lead(who: str, seconds: float) -> int | None:
        with store.write() as db:
            return slots.lead(db, who, now=later(seconds=seconds), seconds=30)

    assert lead("a", 0) == 1
    assert lead("b", 10) is None
    assert lead("a", 20) == 1
    assert lead("b", 45) is None
    assert lead("b", 51) == 2
    assert lead("a", 52) is None
    with store.write() as db:
        slots.resign(db, "b", now=later(seconds=53))
    assert lead("a", 53) == 3


def test_a_leader_that_is_dead_is_followed_at_once(store: Store) -> None:
    with store.write() as db:
        assert slots.lead(db, "a", now=NOW, seconds=30) == 1
        assert slots.lead(db, "b", now=later(seconds=1), seconds=30, alive=lambda _: True) is None
        assert slots.lead(db, "b", now=later(seconds=1), seconds=30, alive=lambda _: False) == 2


def test_a_clock_set_back_does_not_keep_a_dead_leader(store: Store) -> None:
    with store.write() as db:
        assert slots.lead(db, "a", now=later(days=300), seconds=30) == 1
        assert slots.lead(db, "b", now=NOW, seconds=30) == 2


def hold(store: Store, run: int, reason: str = "12 of 100 are missing", ids: str = "a") -> int:
    with store.write() as db:
        missing = [{"kind": "article", "id": id, "title": id.upper(), "url": None} for id in ids]
        return runs.put_hold(
            db, source="help", run=run, reason=reason, present=100, missing=missing, checkpoint="c", now=NOW
        )


def test_a_hold_waits_for_a_decision_with_a_reason(store: Store) -> None:
    id_ = hold(store, 1)
    with store.write() as db:
        with pytest.raises(UsageError, match="reason"):
            runs.release_hold(db, id_, reason="", by="ann", now=NOW)
        done = runs.release_hold(db, id_, reason="cleaned up", by="ann", now=NOW)
        assert (done.state, done.decided_by, done.decision) == ("released", "ann", "cleaned up")
        with pytest.raises(UsageError, match="already"):
            runs.dismiss_hold(db, id_, reason="no", by="ann", now=NOW)
        assert runs.held(db) == ()
        asked = runs.take_request(db)
    assert asked is not None and (asked["job"], asked["scope"]) == ("sync", f"hold:{id_}")


def test_a_newer_hold_of_the_source_takes_the_place_of_the_one_that_waits(store: Store) -> None:
    first = hold(store, 1)
    with store.write() as db:
        staging.stage(db, 1, [staging.Row("article", "a", "new", "h", b"x")])
    assert hold(store, 2, "13 of 100 are missing") == first
    with store.read() as db:
        (item,) = runs.held(db)
        assert (item.id, item.run, item.reason) == (first, 2, "13 of 100 are missing")
        assert list(staging.staged(db, 1)) == []


def test_a_hold_of_something_else_is_another_one_that_nobody_has_released(store: Store) -> None:
    first = hold(store, 1)
    second = hold(store, 2, "2 of 100 are missing", ids="ab")
    assert second != first
    with store.write() as db:
        assert [item.id for item in runs.held(db)] == [second]
        with pytest.raises(UsageError, match="superseded already"):
            runs.release_hold(db, first, reason="cleaned up", by="ann", now=NOW)


def test_a_dismissed_hold_forgets_what_was_read(store: Store) -> None:
    id_ = hold(store, 1)
    with store.write() as db:
        staging.stage(db, 1, [staging.Row("article", "a", "new", "h", b"x")])
        runs.dismiss_hold(db, id_, reason="the site was down", by="ann", now=NOW)
        assert list(staging.staged(db, 1)) == []


def test_the_same_request_twice_is_one(store: Store) -> None:
    with store.write() as db:
        first = runs.request(db, "audit", by="ann", now=NOW)
        assert runs.request(db, "audit", by="bob", now=NOW) == first
        assert runs.request(db, "verify", scope="f", by="bob", now=NOW) != first
        taken = runs.take_request(db)
        assert taken is not None and taken["id"] == first
        assert runs.request(db, "audit", by="ann", now=NOW) != first
        runs.finish_request(db, first, ok=True, run=None, now=NOW)
        done = runs.get_request(db, first)
        assert done is not None and done["state"] == "done"


def test_a_new_leader_frees_what_the_old_one_had_claimed(store: Store) -> None:
    with store.write() as db:
        asked = runs.request(db, "audit", by="ann", now=NOW)
        runs.take_request(db)
        slots.claim(db, "audit", "s", holder="old", token=1, now=NOW)
        slots.take_over(db, now=later(minutes=1))
        again = runs.take_request(db)
        assert again is not None and again["id"] == asked
        (slot,) = slots.slots_of(db, "audit")
    assert slot["state"] == "interrupted"


def test_old_runs_are_forgotten_but_the_newest_of_each_job(store: Store) -> None:
    made = []
    for n in range(3):
        made.append(begin(store, now=later(days=n)))
        with store.write() as db:
            runs.finish(db, made[-1], "done", now=later(days=n))
    with store.write() as db:
        assert runs.forget(db, before=later(days=100)) == 2
        assert runs.get(db, made[-1]) is not None
