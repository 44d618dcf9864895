"""The address and the original of an article as columns, to find its copies and translations by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kbaudit.store import codec
from kbaudit.text.identity import page_address

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and fill them from what is stored."""
    op.add_column("documents", sa.Column("address", sa.Text()))
    op.add_column("documents", sa.Column("translation_of", sa.String(length=1000)))
    op.create_index("ix_documents_address", "documents", ["address"])
    op.create_index("ix_documents_text_hash", "documents", ["text_hash"])
    documents = sa.table(
        "documents",
        *(sa.column(name) for name in ("source", "id", "address", "translation_of")),
        sa.column("data", sa.LargeBinary()),
    )
    db = op.get_bind()
    refs = db.execute(sa.select(documents.c.source, documents.c.id)).all()
    for source, id_ in refs:
        where = (documents.c.source == source, documents.c.id == id_)
        document = codec.unpack_document(db.execute(sa.select(documents.c.data).where(*where)).scalar_one())
        values = {"address": page_address(document.url), "translation_of": document.translation_of}
        if any(values.values()):
            db.execute(sa.update(documents).where(*where).values(**values))
