"""Vectors and facts of the service, in its store: computed once per content, never copied, never lost with a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from kbaudit.model.document import Document
from kbaudit.store.cache import code_digest, fact_type
from kbaudit.store.database import Store
from kbaudit.store.schema import documents, facts, vectors

# SQLite takes 32,766 variables a statement, PostgreSQL 65,535.
BATCH = 500
# A vector's last use is written down this seldom, so that reading does not mean writing.
USE_NOTED = timedelta(days=7)


class Kept:
    """The cache interface of `kbaudit.store.cache.Cache` over the store. `model` names the vectors' encoder.

    `computed` counts the facts and vectors that were not there: what an audit cost.
    """

    def __init__(self, store: Store, settings_digest: str, model: str, now: datetime) -> None:
        self._store, self._model, self._now = store, model, now
        self._digest = f"{code_digest()}:{settings_digest}"
        self._facts: dict[tuple[str, str], bytes] = {}
        self._loaded: set[str] = set()
        self._dirty: dict[tuple[str, str], bytes] = {}
        self._used: set[str] = set()
        self.computed = {"facts": 0, "vectors": 0}

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored rows (little-endian float32) of those keys that are known."""
        found: dict[bytes, bytes] = {}
        names = [key.hex() for key in keys]
        with self._store.read() as db:
            for at in range(0, len(names), BATCH):
                query = select(vectors.c.key, vectors.c.vector, vectors.c.used_at).where(
                    vectors.c.key.in_(names[at : at + BATCH])
                )
                for key, vector, used_at in db.execute(query):
                    found[bytes.fromhex(key)] = vector
                    if self._now - used_at > USE_NOTED:
                        self._used.add(key)
        return found

    def add_vectors(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep vectors."""
        fresh = {key.hex(): vector for key, vector in rows}
        self.computed["vectors"] += len(fresh)
        with self._store.write() as db:
            present = set(db.execute(select(vectors.c.key).where(vectors.c.key.in_(list(fresh)))).scalars())
            values = [
                {"key": key, "model": self._model, "vector": vector, "used_at": self._now}
                for key, vector in fresh.items()
                if key not in present
            ]
            if values:
                db.execute(insert(vectors), values)

    def fact(self, name: str, document: Document, compute: Callable[[], Any]) -> Any:
        """The stored fact of this content, else the computed one, which is then stored."""
        if name not in self._loaded:
            self._load(name)
        key = (name, document.content_hash)
        data = self._facts.get(key)
        if data is not None:
            try:
                return msgspec.msgpack.decode(data, type=fact_type(name))
            except (msgspec.ValidationError, msgspec.DecodeError):
                pass
        value = compute()
        self._facts[key] = self._dirty[key] = msgspec.msgpack.encode(value)
        self.computed["facts"] += 1
        if len(self._dirty) >= BATCH:
            self.flush()
        return value

    def _load(self, name: str) -> None:
        query = select(facts.c.content_hash, facts.c.value).where(facts.c.name == name, facts.c.digest == self._digest)
        with self._store.read() as db:
            self._facts.update({(name, row.content_hash): row.value for row in db.execute(query)})
        self._loaded.add(name)

    def flush(self) -> None:
        """Write what was computed since the last flush."""
        if not self._dirty:
            return
        with self._store.write() as db:
            for (name, content_hash), value in self._dirty.items():
                where = (facts.c.name == name, facts.c.digest == self._digest, facts.c.content_hash == content_hash)
                if db.execute(update(facts).where(*where).values(value=value)).rowcount == 0:
                    db.execute(
                        insert(facts).values(name=name, digest=self._digest, content_hash=content_hash, value=value)
                    )
        self._dirty.clear()

    def close(self) -> None:
        """Flush, and note which vectors were used."""
        self.flush()
        used = sorted(self._used)
        if used:
            with self._store.write() as db:
                for at in range(0, len(used), BATCH):
                    where = vectors.c.key.in_(used[at : at + BATCH])
                    db.execute(update(vectors).where(where).values(used_at=self._now))
        self._used.clear()

    def sweep(self, unused_for: timedelta = timedelta(days=60)) -> dict[str, int]:
        """Delete facts of other code, settings or texts, and vectors that nothing asked for in a long time."""
        live = select(documents.c.content_hash).where(documents.c.removed_at.is_(None))
        with self._store.write() as db:
            old = db.execute(
                delete(facts).where((facts.c.digest != self._digest) | facts.c.content_hash.not_in(live))
            ).rowcount
            unused = db.execute(delete(vectors).where(vectors.c.used_at < self._now - unused_for)).rowcount
        return {"facts": old, "vectors": unused}
