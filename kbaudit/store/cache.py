"""The one-shot audit's cache: vectors and document facts by content hash, in one SQLite file. Safe to delete.

Facts are keyed by a digest of the code that computes them, so that a newer kbaudit never reads an older one's facts.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kbaudit.model.document import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = Path(__file__).resolve().parent.parent


def default_folder() -> Path:
    """`$KBAUDIT_CACHE`, else the XDG cache folder."""
    configured = os.environ.get("KBAUDIT_CACHE")
    if configured:
        return Path(configured)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kbaudit"


@lru_cache(maxsize=4)
def code_digest(folders: tuple[str, ...] = ("facts", "model", "text")) -> str:
    """A digest of the code that facts depend on: facts/, text/ and model/."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def text_key(model: str, text: str) -> bytes:
    """The key of a text's vector."""
    return hashlib.sha256(f"{model}\0{text}".encode("utf-8", "surrogatepass")).digest()


class Cache:
    """Vectors and facts in one SQLite file; a cache that cannot be written is used in memory, and says so once."""

    def __init__(
        self, folder: Path | None, settings_digest: str = "", warn: Callable[[str], None] | None = None
    ) -> None:
        self._settings = settings_digest
        self._lock = threading.Lock()
        self._warn = warn
        self._dirty: dict[str, bytes] = {}
        self._known: dict[str, bytes] = {}
        self._db = self._open(folder)

    def _open(self, folder: Path | None) -> sqlite3.Connection:
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path = folder / "cache.sqlite3"
                try:
                    return self._prepare(path)
                except sqlite3.DatabaseError:
                    path.unlink(missing_ok=True)
                    return self._prepare(path)
            except (OSError, sqlite3.Error) as error:
                if self._warn:
                    self._warn(f"The cache folder {folder} cannot be used ({error}); going on without it.")
        return self._prepare(None)

    @staticmethod
    def _prepare(path: Path | None) -> sqlite3.Connection:
        db = sqlite3.connect(path or ":memory:", check_same_thread=False, timeout=10, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=OFF")
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        db.execute("CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        return db

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored rows (little-endian float32) of those keys that are known."""
        found: dict[bytes, bytes] = {}
        with self._lock:
            for at in range(0, len(keys), 500):
                part = keys[at : at + 500]
                marks = ",".join("?" * len(part))
                found.update(self._db.execute(f"SELECT key, data FROM vectors WHERE key IN ({marks})", part))  # noqa: S608
        return found

    def add_vectors(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep vectors."""
        self._write("INSERT OR REPLACE INTO vectors VALUES (?, ?)", list(rows))

    def fact(self, name: str, document: Document, compute: Callable[[], Any]) -> Any:
        """The stored fact of this content, else the computed one, which is then stored."""
        kind = fact_type(name)
        key = f"{name}:{document.content_hash}:{code_digest()}:{self._settings}"
        data = self._known.get(key)
        if data is None:
            with self._lock:
                row = self._db.execute("SELECT data FROM facts WHERE key = ?", (key,)).fetchone()
            data = row[0] if row else None
        if data is not None:
            try:
                return msgspec.msgpack.decode(data, type=kind)
            except (msgspec.ValidationError, msgspec.DecodeError):
                pass
        value = compute()
        self._dirty[key] = msgspec.msgpack.encode(value)
        if len(self._dirty) >= 500:
            self.flush()
        return value

    def flush(self) -> None:
        """Write what was computed since the last flush."""
        if self._dirty:
            self._write("INSERT OR REPLACE INTO facts VALUES (?, ?)", list(self._dirty.items()))
            self._dirty.clear()

    def _write(self, statement: str, rows: list[Any]) -> None:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany(statement, rows)
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if self._warn:
                    self._warn(f"The cache could not be written ({error}); going on without it.")

    def close(self) -> None:
        """Flush and close."""
        self.flush()
        with self._lock:
            self._db.close()


class Vectors(Protocol):
    """Where vectors are kept: this cache, or the service's store."""

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored rows of those keys that are known."""

    def add_vectors(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep vectors."""


def cached_encode(
    encoder: Any, cache: Vectors, progress: Callable[[int, int], None] | None = None
) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """`encoder.encode` that asks the cache first and encodes each distinct text once."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        keys = [text_key(encoder.name, text) for text in texts]
        known = cache.vectors(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        order = list(missing)
        for at in range(0, len(order), 256):
            part = order[at : at + 256]

            def tell(done: int, total: int, at: int = at) -> None:
                if progress:
                    progress(at + done, len(order))

            rows = encoder.encode([missing[key] for key in part], tell)
            fresh = [(key, row.astype("<f4").tobytes()) for key, row in zip(part, rows, strict=True)]
            cache.add_vectors(fresh)
            known.update(fresh)
        if not keys:
            return np.zeros((0, 384), dtype=np.float32)
        return np.stack([np.frombuffer(known[key], dtype="<f4") for key in keys])

    return encode


@lru_cache(maxsize=64)
def fact_type(name: str) -> Any:
    """What a fact decodes to: the return type that its function declares."""
    from kbaudit.facts.table import DOCUMENT_FACTS, resolve

    function = resolve(DOCUMENT_FACTS[name])
    declared = function.__annotations__["return"]
    # Only the return type: a parameter may be of a type that is imported for type checking alone.
    return eval(declared, function.__globals__) if isinstance(declared, str) else declared  # noqa: S307
