"""Alembic's entry: runs on the connection that `kbaudit.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from kbaudit.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller holds the transaction
    render_as_batch=True,
)
context.run_migrations()
