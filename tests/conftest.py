"""The store that tests are given: SQLite, or PostgreSQL where a server is named."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbaudit.store import Store, open_store

# The URL of a PostgreSQL server that may be filled with databases; every test gets one of its own.
SERVER = os.environ.get("KBAUDIT_TEST_SERVER")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On a server only what takes a store is worth running, and what is about SQLite's own file is not."""
    for item in items:
        stored = "store" in getattr(item, "fixturenames", ())
        if SERVER and (not stored or item.get_closest_marker("sqlite")):
            item.add_marker(pytest.mark.skip(reason="not about the server's store"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store of this test's own."""
    with _database() if SERVER else _file(tmp_path) as place:
        opened = open_store(place)
        yield opened
        opened.close()


@contextmanager
def _file(folder: Path) -> Iterator[Path]:
    yield folder / "kb.sqlite3"


@contextmanager
def _database() -> Iterator[str]:
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    assert SERVER is not None
    name = f"kb_{uuid.uuid4().hex}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as db:
            db.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
