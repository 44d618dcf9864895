from __future__ import annotations

from dataclasses import replace

import pytest

from kbaudit.errors import UsageError
from kbaudit.model.document import Chunk
from kbaudit.store import Store, conversations, documents, intake
from kbaudit.store.schema import documents as table
from tests.store.things import NOW, document, later


def put(store: Store, *items: object, mark: str = "1", run: int = 1, now=NOW) -> list[str]:  # type: ignore[no-untyped-def]
    with store.write() as db:
        return [intake.put(db, item, mark, run=run, now=now) for item in items]  # type: ignore[arg-type]


def test_an_article_is_added_changed_touched_and_the_same(store: Store) -> None:
    first = document("a")
    assert put(store, first) == ["added"]
    assert put(store, first) == ["same"]
    assert put(store, replace(first, owner="ann"), mark="2") == ["touched"]
    edited = document("a", "Returns take 60 days.")
    assert put(store, edited, mark="3", run=2, now=later(days=1)) == ["changed"]
    with store.read() as db:
        found = documents.get(db, "help", "a")
        assert found is not None and found.document == edited
        assert (found.version, found.first_seen, found.changed_at) == (2, NOW, later(days=1))
        assert [(v.version, v.text.splitlines()[-1], v.run) for v in documents.history(db, "help", "a")] == [
            (2, "Returns take 60 days.", 2),
            (1, "Returns take 30 days.", 1),
        ]


def test_a_better_reader_makes_no_new_version(store: Store) -> None:
    first = document("a")
    put(store, first)
    read_otherwise = replace(first, text=first.text + " More was read.")
    assert put(store, read_otherwise, mark="2") == ["touched"]
    with store.read() as db:
        assert len(documents.history(db, "help", "a")) == 1


def test_what_is_missing_goes_after_so_many_runs_and_comes_back_with_its_history(store: Store) -> None:
    put(store, document("a"), document("b"))
    with store.write() as db:
        assert intake.miss(db, "article", "help", ["a"], runs=2, now=later(days=1)) == []
        found = documents.get(db, "help", "a")
        assert found is not None and found.missing_since == later(days=1) and found.removed_at is None
        assert intake.seen(db, "article", "help", {"a"}) == 0
        assert intake.miss(db, "article", "help", ["a"], runs=2, now=later(days=2)) == []
        assert intake.miss(db, "article", "help", ["a"], runs=2, now=later(days=3)) == ["a"]
        assert documents.gone(db) == {("help", "a")}
        assert [item.id for item in documents.load(db)] == ["b"]
    assert put(store, document("a"), now=later(days=4)) == ["returned"]
    with store.read() as db:
        assert documents.gone(db) == set()
        assert len(documents.history(db, "help", "a")) == 1


def test_a_tombstone_seen_unchanged_comes_back(store: Store) -> None:
    put(store, document("a"))
    with store.write() as db:
        intake.miss(db, "article", "help", ["a"], runs=1, now=NOW)
        assert intake.seen(db, "article", "help", {"a"}) == 1
        assert documents.gone(db) == set()


def test_tombstones_are_purged_when_they_are_old(store: Store) -> None:
    put(store, document("a"), document("b"))
    with store.write() as db:
        intake.miss(db, "article", "help", ["a"], runs=1, now=NOW)
        assert intake.purge(db, before=NOW) == 0
        assert intake.purge(db, before=later(days=1)) == 1
        assert documents.get(db, "help", "a") is None
        assert documents.history(db, "help", "a") == ()
        assert documents.get(db, "help", "b") is not None


def test_articles_are_listed_by_title_page_by_page(store: Store) -> None:
    put(store, *(document(str(n), title=f"Title {n % 3}") for n in range(10)), document("z", title="ZULU 100%"))
    seen: list[str] = []
    cursor = None
    with store.read() as db:
        while True:
            items, cursor, total = documents.page(db, limit=4, cursor=cursor)
            assert total == 11
            seen += [item.id for item in items]
            if cursor is None:
                break
        assert sorted(seen) == sorted([*map(str, range(10)), "z"]) and len(set(seen)) == 11
        assert [item.id for item in documents.page(db, text="zulu")[0]] == ["z"]
        assert [item.id for item in documents.page(db, text="0%")[0]] == ["z"]
        assert documents.page(db, source="nope")[0] == ()
        with pytest.raises(UsageError):
            documents.page(db, cursor="nonsense")


def test_chunks_are_kept_per_text_and_dropped_with_it(store: Store) -> None:
    one = Chunk(("", ""), 0, 0, 10, ("Shipping",))
    with store.write() as db:
        intake.put_chunks(db, {"h1": [(one, "k1")], "h2": [(one, "k2")]})
        intake.put_chunks(db, {"h1": [(one, "k1")], "h3": [(one, "k3")]})
        assert intake.chunked(db) == {"h1": [(one, "k1")], "h3": [(one, "k3")]}


def test_every_column_that_lists_need_is_filled(store: Store) -> None:
    put(store, document("a", url="https://x.example/a", locale="de-AT", section="Versand", labels=("x",)))
    with store.read() as db:
        row = db.execute(table.select()).one()
    assert (row.url, row.locale, row.section, row.missing_runs) == ("https://x.example/a", "de-AT", "Versand", 0)


def test_conversations_are_replaced_expired_and_erased(store: Store) -> None:
    from kbaudit.model.conversation import Conversation, Message

    def talk(id: str, days: float, subject: str) -> Conversation:
        said = (Message(role="customer", text="Where is it?", at=later(days=days)),)
        return Conversation(id=id, source="chat", started_at=later(days=days), messages=said, customer_id=subject)

    with store.write() as db:
        for item in (talk("1", -10, "p"), talk("2", -1, "p"), talk("3", 0, "q")):
            assert conversations.put(db, item, "m", now=NOW) == "added"
        assert conversations.put(db, talk("3", 0, "q"), "m", now=NOW) == "same"
        assert conversations.put(db, talk("3", 1, "q"), "n", now=NOW) == "changed"
        assert conversations.get(db, "chat", "3") == talk("3", 1, "q")
        assert conversations.expire(db, before=later(days=-5)) == 1
        assert conversations.erase(db, "p") == 1
        assert [item.id for item in conversations.load(db)] == ["3"]
        assert conversations.counts(db) == {"chat": 1}
