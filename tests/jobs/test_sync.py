from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbaudit.config import Settings
from kbaudit.config import Sync as SyncSettings
from kbaudit.connector import Probe, Source
from kbaudit.errors import JobRunning, SourceRefused, SourceUnavailable
from kbaudit.jobs.applying import Synced, apply_hold
from kbaudit.jobs.corpus import place_of
from kbaudit.jobs.sync import Sync
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.product import Product
from kbaudit.model.record import (
    ArticleRecord,
    Checkpoint,
    ConversationRecord,
    Deleted,
    Item,
    ProductRecord,
    Skipped,
    Unchanged,
)
from kbaudit.store import Store, conversations, documents, runs, staging
from kbaudit.text.document import extract

NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)
SETTINGS = Settings()


class Fake:
    """Delivers what it is told; an exception among the items is raised there."""

    def __init__(self, items: Iterable[Item | BaseException]) -> None:
        self.items = list(items)
        self.since: list[str | None] = []

    def probe(self) -> Probe:
        return Probe(True, "fine")

    def read(self, since: str | None = None) -> Iterator[Item]:
        self.since.append(since)
        for item in self.items:
            if isinstance(item, BaseException):
                raise item
            yield item


def article(id: str, text: str = "Returns take 30 days.", **more: object) -> ArticleRecord:
    return ArticleRecord(id=id, title=f"About {id}", body=text, body_kind="text", **more)  # type: ignore[arg-type]


DONE = Checkpoint("end", complete=True)


def sync(store: Store, items: Iterable[Item | BaseException], settings: Settings = SETTINGS, **more: object) -> Synced:
    connector = items if isinstance(items, Fake) else Fake(items)
    source = Source(name="help", connector="fake")
    return Sync(store, settings, source, lambda: connector, place_of(settings), pepper=b"p", **more).run()  # type: ignore[arg-type]


def ids(store: Store) -> list[str]:
    with store.read() as db:
        return [document.id for document in documents.load(db)]


def base(store: Store, count: int = 20) -> list[ArticleRecord]:
    items = [article(f"{n:02}", f"Text number {n}.") for n in range(count)]
    assert sync(store, [*items, DONE]).counts["added"] == count
    return items


def status(store: Store) -> runs.SourceStatus:
    with store.read() as db:
        found = runs.source_status(db, "help")
    assert found is not None
    return found


def test_only_what_changed_is_extracted_and_written(store: Store) -> None:
    items = base(store)
    seen: list[str] = []

    def counting(record: ArticleRecord):  # type: ignore[no-untyped-def]
        seen.append(record.id)
        return extract(record)

    again = [*items[:3], article("03", "Another text."), *items[4:], article("new", "A new one."), DONE]
    done = sync(store, again, extractor=counting)
    assert seen == ["03", "new"]
    assert {k: v for k, v in done.counts.items() if v} == {"added": 1, "changed": 1, "read": 21}
    assert done.touched == 2


def test_metadata_alone_is_no_new_version(store: Store) -> None:
    items = base(store)
    owned = article("00", items[0].body, owner="ann")
    assert sync(store, [owned, *items[1:], DONE]).counts["touched"] == 1
    with store.read() as db:
        found = documents.get(db, "help", "00")
        assert found is not None and (found.owner, found.version) == ("ann", 1)


def test_the_order_of_the_records_changes_nothing(store: Store) -> None:
    items = base(store)
    assert sync(store, [*items[::-1], DONE]).touched == 0


def test_what_two_complete_listings_lack_is_removed(store: Store) -> None:
    items = base(store, 60)
    assert sync(store, [*items[4:], DONE]).counts["removed"] == 0 and len(ids(store)) == 60
    done = sync(store, [*items[4:], DONE])
    assert (done.state, done.counts["removed"]) == ("done", 4)
    assert len(ids(store)) == 56
    assert sync(store, [*items, DONE]).counts["returned"] == 4
    assert len(ids(store)) == 60


@pytest.mark.parametrize(
    "end",
    [[], [Checkpoint("page 3")], [Checkpoint("end", complete=False)]],
    ids=["no checkpoint", "a page's", "not complete"],
)
def test_without_proof_of_a_complete_listing_nothing_is_removed(store: Store, end: list[Item]) -> None:
    items = base(store, 60)
    assert sync(store, [*items[4:], *end]).counts["removed"] == 0
    assert len(ids(store)) == 60


def test_an_empty_answer_removes_nothing_and_is_held(store: Store) -> None:
    base(store)
    done = sync(store, [DONE])
    assert done.state == "held"
    assert len(ids(store)) == 20
    assert status(store).state == "held"


def test_a_held_sync_is_held_whole_says_what_would_go_and_is_applied_on_release(store: Store) -> None:
    items = base(store, 40)
    proposal = [article("00", "Edited."), *items[1:35], article("new", "New."), DONE]
    held = sync(store, proposal)
    assert held.state == "held" and held.hold is not None
    with store.read() as db:
        (hold,) = runs.held(db)
        edited = documents.get(db, "help", "00")
    assert [entry["id"] for entry in hold.missing] == ["35", "36", "37", "38", "39"]
    assert hold.missing[0] == {"kind": "article", "id": "35", "title": "About 35", "url": None}
    assert hold.reason == "5 of 40 are missing (12%, the guard allows 10%)"
    assert edited is not None and edited.version == 1 and "new" not in ids(store)
    with store.write() as db:
        runs.release_hold(db, held.hold, reason="cleaned up", by="ann", now=NOW)
    applied = apply_hold(store, held.hold, by="ann")
    assert {k: v for k, v in applied.counts.items() if v} == {"added": 1, "changed": 1, "removed": 5}
    assert len(ids(store)) == 36
    assert status(store).state == "ok"
    assert sync(store, proposal).touched == 0


def test_a_hold_that_is_not_released_is_never_applied(store: Store) -> None:
    from kbaudit.errors import UsageError

    base(store)
    held = sync(store, [DONE])
    assert held.hold is not None
    with pytest.raises(UsageError, match="not released"):
        apply_hold(store, held.hold, by="ann")
    assert len(ids(store)) == 20


def test_a_sync_that_is_whole_again_makes_the_hold_moot(store: Store) -> None:
    items = base(store)
    sync(store, [DONE])
    assert sync(store, [*items, DONE]).state == "done"
    with store.read() as db:
        assert runs.held(db) == ()


def test_pages_that_all_became_the_login_page_are_held(store: Store) -> None:
    items = base(store)
    login = [article(item.id, "Please log in to continue.") for item in items[:4]]
    assert sync(store, [*login, *items[4:], DONE]).state == "done"
    login = [article(item.id, "Please log in to go on.") for item in items[:5]]
    held = sync(store, [*login, *items[5:], DONE])
    assert held.state == "held" and "one and the same text" in held.message


def test_a_base_rewritten_at_once_is_held(store: Store) -> None:
    items = base(store)
    rewritten = [article(item.id, f"{item.body} Cookies!") for item in items[:7]]
    assert sync(store, [*rewritten, *items[7:], DONE]).state == "held"


def test_what_the_source_calls_deleted_goes_at_once_within_the_guard(store: Store) -> None:
    base(store, 60)
    gone = [Deleted("article", f"{n:02}") for n in range(3)]
    assert sync(store, [*gone, Checkpoint("t2")]).counts["removed"] == 3
    many = [Deleted("article", f"{n:02}") for n in range(10, 25)]
    assert sync(store, [*many, Checkpoint("t3")]).state == "held"


def test_unchanged_records_keep_their_place(store: Store) -> None:
    items = base(store)
    done = sync(store, [*(Unchanged("article", item.id) for item in items), DONE])
    assert (done.state, done.touched) == ("done", 0)


def test_a_record_that_could_not_be_read_is_not_missing(store: Store) -> None:
    items = base(store, 60)
    done = sync(store, [*items[1:], Skipped("00", "body is no text", known=True), DONE])
    assert (done.counts["removed"], done.counts["skipped"]) == (0, 1)
    with store.read() as db:
        run = runs.get(db, done.run)
    assert run is not None and run.problems[0]["reason"] == "body is no text"


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_how_many_complete_listings_have_to_lack_it_may_be_said(store: Store, needed: int) -> None:
    settings = Settings(missing_runs={"help": needed})
    items = base(store, 60)
    for number in range(1, needed + 1):
        done = sync(store, [*items[1:], DONE], settings)
        assert (done.counts["removed"], done.counts["missing"]) == ((1, 0) if number == needed else (0, 1))


def test_and_how_long_ago_the_first_of_them(store: Store) -> None:
    settings = Settings(sync=SyncSettings(missing_hours=24))
    items = base(store, 60)
    for hours, removed in ((0, 0), (6, 0), (23, 0), (24, 1)):
        moment = NOW + timedelta(hours=hours)
        done = sync(store, [*items[1:], DONE], settings, clock=lambda moment=moment: moment)
        assert done.counts["removed"] == removed


@pytest.mark.parametrize("between", [[], [SourceUnavailable("503")], [Checkpoint("p")], [Checkpoint("p", part=True)]])
def test_a_listing_that_is_not_whole_does_not_count(store: Store, between: list[Item | BaseException]) -> None:
    items = base(store, 60)
    sync(store, [*items[1:], DONE])
    sync(store, [*items[1:], *between])
    assert "00" in ids(store)
    sync(store, [*items, DONE])
    assert sync(store, [*items[1:], DONE]).counts["removed"] == 0


@pytest.mark.parametrize(("error", "state"), [(SourceRefused("401"), "refused"), (SourceUnavailable("503"), "failed")])
def test_a_source_that_fails_changes_nothing_and_says_so(store: Store, error: Exception, state: str) -> None:
    items = base(store)
    done = sync(store, [article("00", "Edited."), *items[1:5], error])
    assert (done.state, done.message) == (state, str(error))
    assert len(ids(store)) == 20
    with store.read() as db:
        found = documents.get(db, "help", "00")
        assert found is not None and found.version == 1
        assert list(staging.staged(db, done.run)) == []
    assert (status(store).state, status(store).checkpoint) == (state, "end")


def test_what_came_before_a_checkpoint_is_kept_when_the_source_fails_later(store: Store) -> None:
    items = base(store)
    done = sync(store, [article("new", "New."), Checkpoint("page 2"), *items[:2], SourceUnavailable("503")])
    assert (done.state, done.counts["added"], done.counts["removed"]) == ("incomplete", 1, 0)
    assert status(store).checkpoint == "page 2"
    following = Fake([Checkpoint("page 3")])
    sync(store, following)
    assert following.since == ["page 2"]


def test_a_connector_that_breaks_is_a_failed_run_and_no_crash(store: Store) -> None:
    done = sync(store, [article("a"), ValueError("bug")])
    assert (done.state, done.message) == ("failed", "ValueError: bug")
    assert ids(store) == []


def test_ctrl_c_leaves_everything_as_it_was(store: Store) -> None:
    items = base(store)
    with pytest.raises(KeyboardInterrupt):
        sync(store, [article("00", "Edited."), *items[1:5], KeyboardInterrupt()])
    with store.read() as db:
        (last, *_), _ = runs.page(db)
        assert last.state == "interrupted"
    assert status(store).state == "ok"
    assert sync(store, [*items, DONE]).touched == 0


def test_a_source_is_read_by_one_at_a_time(store: Store) -> None:
    class Nested(Fake):
        def read(self, since: str | None = None) -> Iterator[Item]:
            with pytest.raises(JobRunning):
                sync(store, [DONE])
            yield DONE

    assert sync(store, Nested([])).state == "done"


def test_products_are_swept_like_articles(store: Store) -> None:
    items = [ProductRecord(Product(id=str(n), source="x", title=f"Lamp {n}")) for n in range(30)]
    assert sync(store, [*items, DONE]).counts["added"] == 30
    assert sync(store, [*items[2:], DONE]).counts["missing"] == 2
    assert sync(store, [*items[2:], DONE]).counts["removed"] == 2
    assert sync(store, [DONE]).state == "held"
    with store.read() as db:
        found = list(documents.load_products(db))
    assert len(found) == 28 and {product.source for product in found} == {"help"}


def talk(id: str, text: str = "Where is my order?", at: datetime | None = None) -> ConversationRecord:
    moment = at or datetime.now(UTC)
    said = (Message(role="customer", text=text, at=moment),)
    made = Conversation(id=id, source="x", started_at=moment, messages=said, customer_id="c-77")
    return ConversationRecord(made, "Ada Novak", "ada@example.org")


def test_conversations_are_redacted_before_they_are_stored(store: Store, tmp_path: Path) -> None:
    secret = "I am Ada Novak, ada@example.org, call +1 415 555 0132."
    assert sync(store, [talk("1", secret), DONE]).counts["added"] == 1
    with store.read() as db:
        (kept,) = conversations.load(db)
    for canary in ("Novak", "ada@example.org", "555 0132", "c-77"):
        assert canary not in str(kept)
        for path in tmp_path.iterdir():
            assert canary.encode() not in path.read_bytes(), (canary, path.name)
    assert kept.customer_id is not None and len(kept.customer_id) == 64


def test_conversations_outlive_an_export_that_no_longer_has_them(store: Store) -> None:
    first, second = talk("1"), talk("2")
    sync(store, [first, second, DONE])
    assert sync(store, [second, DONE]).touched == 0
    with store.read() as db:
        assert conversations.counts(db) == {"help": 2}


def test_conversations_past_their_retention_are_not_stored(store: Store) -> None:
    old = talk("old", at=datetime.now(UTC) - timedelta(days=SETTINGS.privacy.conversation_days + 1))
    assert sync(store, [old, DONE]).touched == 0


def test_a_broken_article_ends_no_run(store: Store) -> None:
    from kbaudit.parsing import close, safe_extract

    hostile = article("deep", "<div>" * 60_000 + "x" + "</div>" * 60_000)
    items = [ArticleRecord(id="deep", title="Deep", body=hostile.body, body_kind="html"), article("fine"), DONE]
    try:
        assert sync(store, items, extractor=safe_extract).state == "done"
    finally:
        close()
    assert ids(store) == ["deep", "fine"]
