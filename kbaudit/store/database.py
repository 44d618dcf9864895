"""Opening the store: one engine, its pragmas, reading and writing transactions, and migrations."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from kbaudit.errors import DiskFull, StoreError

# The revision that this program writes; the newest file in migrations/versions.
HEAD = "0004"
_WRITE = "kbaudit_write"
# SQLite waits this long for another writer: an audit's largest transaction is well under it.
_BUSY_MS = 5_000
# PostgreSQL's advisory lock that a writing transaction holds ("kbaudit" in hexadecimal, cut to fit).
_WRITE_LOCK = 0x6B6261756469


class Store:
    """A relational store: SQLite (WAL) by default, PostgreSQL by URL. Open it after any fork.

    `with store.read() as db:` gives a connection in a read transaction, `with store.write() as db:` one that holds
    the write lock from its first statement (`BEGIN IMMEDIATE`; on PostgreSQL an advisory lock) and commits at the end
    of the block, or rolls back if it raises. The functions of `kbaudit.store.*` take that connection.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._pid = os.getpid()
        # Threads of this process wait for each other here as long as it takes; other processes by the busy timeout.
        self._writing = threading.RLock()

    @property
    def sqlite(self) -> bool:
        """Is this SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read from; everything in the block sees one moment."""
        self._check_process()
        # On SQLite a transaction is a snapshot anyway.
        options = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that writes; one transaction, committed at the end of the block."""
        self._check_process()
        with (
            self._writing,
            self.engine.connect().execution_options(**{_WRITE: True}) as connection,
            _plain_errors(),
            connection.begin(),
        ):
            if not self.sqlite:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_BUSY_MS}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
            yield connection

    def revision(self) -> str | None:
        """The schema revision of this database, None for an empty one."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def migrate(self) -> None:
        """Bring the schema to `HEAD`. Nothing happens where it is there already."""
        from kbaudit.store.migrate import upgrade

        upgrade(self)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database file (SQLite)."""
        self._outside_a_transaction("PRAGMA wal_checkpoint(TRUNCATE)")

    def vacuum(self) -> None:
        """Write the database anew, so that nothing that was deleted is left in a free page (SQLite: nor in the log)."""
        if self.sqlite:
            self._outside_a_transaction("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (FULL)")

    def _outside_a_transaction(self, *statements: str) -> None:
        # SQLAlchemy begins a transaction before the first statement of every connection, and these want none.
        if not self.sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            for statement in statements:
                connection.cursor().execute(statement).fetchall()
        finally:
            connection.close()

    def problems(self) -> list[str]:
        """What the database itself says is wrong with it; empty when it is sound (SQLite)."""
        if not self.sqlite:
            return []
        with self.engine.connect() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        return [line for line in found if line != "ok"] + [f"foreign key broken in {row[0]}" for row in broken]

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _check_process(self) -> None:
        if os.getpid() != self._pid:
            raise StoreError("this store was opened before a fork. Open it again in the child process.")


@contextlib.contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        said = str(error.orig)
        if "locked" in said or "busy" in said or "lock timeout" in said:
            raise StoreError("the store is busy: another process is writing. Try again in a moment.") from error
        if "full" in said:
            raise DiskFull("the disk is full: nothing was written. Make room and run it again.") from error
        raise


def _on_connect(connection: Any, _record: object) -> None:
    # The driver's own transactions start late and deferred; kbaudit says BEGIN itself.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def open_store(url: str | Path, *, migrate: bool = True) -> Store:
    """Open a store by SQLAlchemy URL or by the path of an SQLite file; `":memory:"` is one of its own.

    With `migrate` the schema is created or brought up to date. Without, a store that is not at this program's
    revision is refused.

    Raises:
        StoreError: it cannot be opened, is newer than this program, or (without `migrate`) older.
    """
    name = str(url)
    if "://" not in name:
        name = "sqlite://" if name == ":memory:" else f"sqlite:///{Path(name).absolute()}"
    parsed = make_url(name)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(parsed)
        else:
            from sqlalchemy.pool import StaticPool

            engine = create_engine(parsed, connect_args={"check_same_thread": False}, poolclass=StaticPool)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        try:
            engine = create_engine(parsed, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"{parsed.get_backend_name()} needs the driver {error.name!r}. Install it and try again."
            ) from error
    store = Store(engine)
    try:
        revision = store.revision()
    except DatabaseError as error:
        raise StoreError(
            f"{parsed.render_as_string()}: cannot be opened ({error.orig}). Is it a kbaudit store?"
        ) from error
    if revision == HEAD:
        return store
    if revision is not None and revision > HEAD:
        store.close()
        raise StoreError(f"the store has revision {revision}, this program knows {HEAD}. Upgrade kbaudit.")
    if not migrate:
        store.close()
        raise StoreError("the store is empty or older than this program. Run `kbaudit db migrate`.")
    store.migrate()
    return store
