from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from kbaudit.errors import StoreError
from kbaudit.store import HEAD, Store, access, open_store
from kbaudit.store.schema import coverage, metadata, versions
from tests.store.things import NOW, document


@pytest.mark.sqlite
def test_it_is_opened_as_the_reliability_page_says(store: Store) -> None:
    with store.read() as db:
        got = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
    assert got == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1, "secure_delete": 1}


def test_the_migrations_make_exactly_the_schema(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.read() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []
    assert store.revision() == HEAD
    assert store.problems() == []


def test_a_newer_store_is_refused_and_an_older_one_too_without_migrating(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite3"
    with pytest.raises(StoreError, match="kbaudit db migrate"):
        open_store(path, migrate=False)
    opened = open_store(path)
    with opened.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StoreError, match="Upgrade kbaudit"):
        open_store(path)


def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite3"
    path.write_bytes(b"this is no database at all" * 200)
    with pytest.raises(StoreError, match="Is it a kbaudit store"):
        open_store(path)


def test_what_raises_is_rolled_back_whole(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as db:
        access.set_meta(db, "a", 1)
        raise RuntimeError
    with store.read() as db:
        assert access.get_meta(db, "a") is None


def test_a_reader_sees_one_moment_while_another_writes(store: Store) -> None:
    with store.write() as db:
        access.set_meta(db, "a", 1)
    with store.read() as db:
        assert access.get_meta(db, "a") == 1
        with store.write() as writer:
            access.set_meta(writer, "a", 2)
        assert access.get_meta(db, "a") == 1
    with store.read() as db:
        assert access.get_meta(db, "a") == 2


def test_writers_wait_for_each_other_and_nothing_is_lost(store: Store) -> None:
    def add() -> None:
        for _ in range(20):
            with store.write() as db:
                access.set_meta(db, "count", access.get_meta(db, "count", 0) + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as db:
        assert access.get_meta(db, "count") == 80


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="offset"), store.write() as db:
        db.execute(
            insert(versions).values(
                source="s", id="i", version=1, text_hash="", title="", text="", seen_at=datetime(2026, 1, 1)
            )
        )


def test_a_row_without_its_parent_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as db:
        db.execute(insert(coverage).values(run=99, rule="SEA101", state="ran"))


def test_a_store_is_not_used_after_a_fork(store: Store) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            with store.read():
                os._exit(1)
        except StoreError:
            os._exit(0)
        except BaseException:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_times_come_back_aware_and_equal(store: Store) -> None:
    with store.write() as db:
        access.add_user(db, "ann", "hash", role="admin", now=NOW)
    with store.read() as db:
        found = access.user(db, "ann")
    assert found is not None and found.created_at == NOW and found.created_at.tzinfo is not None


def test_the_schema_and_its_statements_are_postgresql_too() -> None:
    """Every table, index and the statements with a trick compile for PostgreSQL; the suite runs on SQLite."""
    from sqlalchemy import func, select
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert len(str(index.name)) < 64
            CreateIndex(index).compile(dialect=dialect)
    runs = metadata.tables["runs"]
    filtered = select(func.max(runs.c.id).filter(runs.c.job == "sync"))
    assert "FILTER" in str(filtered.compile(dialect=dialect))


def test_a_store_of_the_first_revision_is_brought_up_with_everything_in_it(tmp_path: Path) -> None:
    from kbaudit.store import codec, runs, staging
    from kbaudit.store.migrate import upgrade

    path = tmp_path / "kb.sqlite3"
    opened = open_store(path)
    with opened.write() as db:
        for table in metadata.sorted_tables:
            db.execute(text(f'DROP TABLE "{table.name}"'))
        db.execute(text("DROP TABLE alembic_version"))
    upgrade(opened, "0001")
    moment = NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    with opened.write() as db:
        db.execute(text("INSERT INTO sources (name, connector, settings_hash, state, message, checkpoint, removed) "
                        "VALUES ('help', 'zendesk', '', 'held', '', 'c', 0)"))  # fmt: skip
        db.execute(
            text("INSERT INTO incoming (run, kind, id, record_hash, data) VALUES (1, 'article', 'a', 'h', x'78')")
        )
        db.execute(text("INSERT INTO runs (job, scope, state, started_at, heartbeat_at, holder, by, progress, counts, "
                        f"problems) VALUES ('sync', 'help', 'held', '{moment}', '{moment}', 'x', 'x', '{{}}', '{{}}', "
                        "'[]')"))  # fmt: skip
        page = document("b", url="https://www.a.example/b/", translation_of="a")
        columns = {"kind": "article", "title": "B", "locale": "en", "published": True, "content_hash": "h",
                   "text_hash": "t", "record_hash": "r", "version": 1, "missing_runs": 0, "first_seen": moment,
                   "changed_at": moment, "source": "help", "id": "b", "data": codec.pack(page)}  # fmt: skip
        names = ", ".join(columns)
        db.execute(text(f"INSERT INTO documents ({names}) VALUES ({', '.join(':' + n for n in columns)})"), columns)
    opened.close()
    opened = open_store(path)
    assert opened.revision() == HEAD and opened.problems() == []
    with opened.read() as db:
        assert db.execute(text("SELECT address, translation_of FROM documents")).all() == [("a.example/b", "a")]
    with opened.read() as db:
        assert list(staging.staged(db, 1)) == [staging.Row("article", "a", "new", "h", b"x")]
        status, run = runs.source_status(db, "help"), runs.get(db, 1)
    assert status is not None and (status.checkpoint, status.paused_at) == ("c", None)
    assert run is not None and (run.state, run.resumes) == ("held", None)
    opened.close()
