"""Alembic migrations, run inside the program: forward only, one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbaudit.store.database import Store


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the schema to a revision, in one transaction that holds the write lock."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with store.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
