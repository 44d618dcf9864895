"""A reading that is cut off goes on where it was: nothing asked for twice, the sweep as if it were one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from kbaudit.config import Settings
from kbaudit.connector import Source
from kbaudit.errors import SourceRefused, SourceUnavailable
from kbaudit.jobs.applying import apply_hold
from kbaudit.jobs.corpus import place_of
from kbaudit.jobs.prune import prune
from kbaudit.jobs.sync import Sync
from kbaudit.model.record import Checkpoint, Deleted, Item, Skipped, Unchanged
from kbaudit.store import Store, conversations, documents, erasure, runs, staging
from kbaudit.store.schema import incoming, readings
from tests.jobs.test_sync import DONE, SETTINGS, Fake, article, base, ids, status, sync, talk

PART = Checkpoint("page 2", part=True)
NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)


def cut_off(store: Store, *items: Item, **more: object) -> None:
    """A sync that is stopped after these items."""
    with pytest.raises(KeyboardInterrupt):
        sync(store, [*items, KeyboardInterrupt()], **more)


def rest(store: Store, *items: Item | BaseException, **more: object):  # type: ignore[no-untyped-def]
    """The next sync: how it ended, and where it was told to begin."""
    connector = Fake(items)
    return sync(store, connector, **more), connector.since[0]


def left(store: Store) -> tuple[int | None, int | None]:
    """How many staged rows and readings there are."""
    with store.read() as db:
        rows, open_ = (db.execute(select(func.count()).select_from(t)).scalar() for t in (incoming, readings))
    return rows, open_


def test_it_goes_on_at_the_last_checkpoint_and_both_parts_are_applied(store: Store) -> None:
    cut_off(store, article("a"), article("b"), PART, article("c"))
    assert ids(store) == []
    done, since = rest(store, article("c"), article("d"), DONE)
    assert since == "page 2" and ids(store) == ["a", "b", "c", "d"]
    assert (done.counts["added"], done.counts["read"], done.counts["resumed"]) == (4, 4, 2)
    assert left(store) == (0, 0)
    with store.read() as db:
        last, before = runs.page(db)[0]
    assert (last.resumes, before.state) == (before.id, "interrupted")


def test_it_may_be_cut_off_many_times(store: Store) -> None:
    for number in range(8):
        cut_off(store, article(str(number), f"Text {number}."), Checkpoint(f"page {number}", part=True))
    done, since = rest(store, DONE)
    assert since == "page 7" and done.counts["added"] == 8 and len(ids(store)) == 8


def test_what_only_one_part_saw_is_not_missing(store: Store) -> None:
    items = base(store, 60)
    cut_off(store, *items[:30], PART)
    done, _ = rest(store, *items[30:], DONE)
    assert (done.state, done.counts["missing"], done.counts["removed"]) == ("done", 0, 0)
    assert len(ids(store)) == 60


def test_what_neither_part_saw_is_missing(store: Store) -> None:
    items = base(store, 60)
    cut_off(store, *items[2:30], PART)
    done, _ = rest(store, *items[30:], DONE, settings=Settings(missing_runs={"help": 1}))
    assert done.counts["removed"] == 2 and len(ids(store)) == 58


def test_the_guard_sees_both_parts(store: Store) -> None:
    items = base(store, 20)
    login = [article(item.id, "Please log in to go on.") for item in items[:5]]
    cut_off(store, *login, PART)
    assert rest(store, *items[5:], DONE)[0].state == "held"
    assert len(ids(store)) == 20 and left(store)[1] == 0
    cut_off(store, *items[5:10], PART)
    held, since = rest(store, *items[10:], DONE)
    assert since == "page 2" and held.state == "held" and held.hold is not None
    with store.write() as db:
        runs.release_hold(db, held.hold, reason="tidied", by="ann", now=NOW)
    assert apply_hold(store, held.hold, by="ann").counts["removed"] == 5


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ([article("00", "New.")], [], "New."),
        ([article("00", "New.")], [article("00", "Newer.")], "Newer."),
        ([article("00", "New.")], [article("00", "Text number 0.")], "Text number 0."),
        ([article("00", "New.")], [Unchanged("article", "00")], "New."),
        ([article("00", "New.")], [Skipped("00", "broken", known=True)], "New."),
        ([article("00", "New.")], [Deleted("article", "00")], None),
        ([Deleted("article", "00")], [], None),
        ([Deleted("article", "00")], [article("00", "Back.")], "Back."),
        ([Deleted("article", "00")], [article("00", "Text number 0.")], "Text number 0."),
    ],
)
def test_the_later_word_counts(store: Store, first: list[Item], second: list[Item], text: str | None) -> None:
    items = base(store, 60)
    cut_off(store, *first, PART)
    rest(store, *second, *items[1:], DONE)
    with store.read() as db:
        found = {document.id: document.text.partition("\n\n")[2] for document in documents.load(db)}
    assert found.get("00") == text and len(found) == 60 - (text is None)


def test_an_outage_within_a_listing_applies_what_came_and_the_next_reading_goes_on(store: Store) -> None:
    items = base(store, 60)
    done = sync(store, [article("00", "Edited."), *items[1:30], PART, SourceUnavailable("503")])
    assert (done.state, done.counts["changed"], done.counts["missing"]) == ("incomplete", 1, 0)
    # A place within a listing is no place to begin a new one.
    assert status(store).checkpoint == "end"
    done, since = rest(store, *items[30:], DONE)
    assert (since, done.state, done.counts["missing"], done.touched) == ("page 2", "done", 0, 0)
    assert left(store) == (0, 0)


@pytest.mark.parametrize("error", [SourceUnavailable("503"), SourceRefused("401")])
def test_a_source_that_is_down_meanwhile_loses_nothing(store: Store, error: Exception) -> None:
    cut_off(store, article("a"), PART)
    assert rest(store, error)[0].state in ("failed", "refused") and ids(store) == []
    done, since = rest(store, article("b"), DONE)
    assert since == "page 2" and ids(store) == ["a", "b"] and done.state == "done"


def test_a_connector_that_breaks_begins_afresh(store: Store) -> None:
    cut_off(store, article("a"), PART)
    assert rest(store, ValueError("bug"))[0].state == "failed"
    assert left(store) == (0, 0)
    assert rest(store, article("b"), DONE)[1] is None


@pytest.mark.parametrize(
    ("hours", "goes_on"), [(1, True), (23, True), (25, False), (-1, False)], ids=["soon", "a day", "too late", "clock"]
)
def test_it_goes_on_within_a_day(store: Store, hours: int, goes_on: bool) -> None:
    items = base(store, 4)
    cut_off(store, article("a"), PART, clock=lambda: NOW)
    done, since = rest(store, *items, article("b"), DONE, clock=lambda: NOW + timedelta(hours=hours))
    assert since == ("page 2" if goes_on else "end")
    assert ("a" in ids(store)) is goes_on and left(store)[1] == 0
    assert done.state == "done" and "b" in ids(store)


def test_all_parts_lie_within_a_week(store: Store) -> None:
    for day in range(9):
        moment = NOW + timedelta(hours=23 * day)
        cut_off(store, article(str(day)), Checkpoint(f"page {day}", part=True), clock=lambda moment=moment: moment)
    with store.read() as db:
        reading = staging.unfinished(db, "help")
    assert reading is not None and reading.began_at == NOW + timedelta(hours=23 * 8)


@pytest.mark.parametrize("change", ["settings", "zone"])
def test_another_reader_begins_afresh(store: Store, change: str) -> None:
    cut_off(store, article("a"), PART)
    source = Source(name="help", connector="fake", settings={"url": "x"} if change == "settings" else {})
    settings = SETTINGS if change == "settings" else Settings(shop=_tokyo())
    connector = Fake([article("b"), DONE])
    Sync(store, settings, source, lambda: connector, place_of(settings), pepper=b"p").run()
    assert connector.since == [None] and ids(store) == ["b"]


def _tokyo():  # type: ignore[no-untyped-def]
    from kbaudit.config import Shop

    return Shop(zone="Asia/Tokyo")


def test_what_was_skipped_before_is_still_told(store: Store) -> None:
    cut_off(store, article("a"), Skipped("b", "no title"), PART)
    done, _ = rest(store, Skipped("b", "no title"), Skipped("c", "no title"), DONE)
    assert done.counts["skipped"] == 2
    with store.read() as db:
        run = runs.get(db, done.run)
    assert run is not None and [problem["ref"] for problem in run.problems] == ["b", "c"]


def test_pruning_forgets_what_nobody_goes_on_with(store: Store) -> None:
    cut_off(store, article("a"), PART, clock=lambda: NOW)
    prune(store, SETTINGS, "m", clock=lambda: NOW + timedelta(hours=2))
    assert left(store) == (1, 1)
    prune(store, SETTINGS, "m", clock=lambda: NOW + timedelta(hours=30))
    assert left(store) == (0, 0)


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_is_erased_meanwhile_stays_out(store: Store, when: str) -> None:
    cut_off(store, talk("1"), Checkpoint("page 2"))
    (row,) = _staged(store)
    from kbaudit.store import codec

    subject = codec.unpack_conversation(row.data).customer_id
    assert subject is not None
    with store.write() as db:
        counts = erasure.erase(db, subject)
    assert counts["conversations"] == 1 and _staged(store) == []
    rest(store, *([talk("1")] if when == "after" else []), DONE)
    with store.read() as db:
        assert conversations.counts(db) == {}


def _staged(store: Store) -> list[staging.Row]:
    with store.read() as db:
        run: Callable[[], int] = lambda: db.execute(select(func.max(incoming.c.run))).scalar() or 0  # noqa: E731
        return list(staging.staged(db, run()))
