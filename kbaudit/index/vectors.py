"""The vector index for serving: Chroma, filled from the store, thrown away and built again at any time.

Measured on chromadb 1.5.9: a second process reads stale answers without an error, a kill in the middle of writing may
destroy the index for ever, `count()` is right while the graph is gone, and deleted vectors stay in the files. Hence:
one owner, held by a lock that is taken before opening; building aside in a child process and switching; a probe that
asks for known vectors; erasure by building anew.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbaudit.errors import IndexBroken
from kbaudit.index.folder import Owner, check_files, current, fresh, switch
from kbaudit.model.document import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Item = tuple[Document, Chunk]
Tell = Callable[[int], None]
# Building 50,000 passages takes a minute and a half on two cores; a probe takes seconds. Beyond this something hangs.
BUILD_SECONDS = 1_800
PROBE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Found:
    """One passage found by meaning: `score` is the cosine, cut to [0, 1]."""

    ref: tuple[str, str]
    number: int
    start: int
    end: int
    score: float


def identity(document: Document, chunk: Chunk) -> str:
    """The id of a passage in the index. The content's hash is part of it, so that a stale vector cannot pass."""
    parts = (document.source, document.id, str(chunk.number), document.content_hash)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def _metadata(document: Document, chunk: Chunk) -> dict[str, Any]:
    return {
        "source": document.source,
        "document": document.id,
        "locale": document.locale,
        "number": chunk.number,
        "start": chunk.start,
        "end": chunk.end,
        "hash": document.content_hash,
    }


def rebuild(folder: Path, items: Sequence[Item], rows: NDArray[np.float32], tell: Tell | None = None) -> None:
    """Build the index anew beside the old one, prove it, switch to it, delete the old one.

    `rows` holds one unit vector an item. Raises `IndexLocked` where another process owns the folder, `IndexBroken`
    where the new index does not find its own vectors (the old one then stays in use).
    """
    with Owner(folder):
        generation = fresh(folder)
        named: dict[str, int] = {}
        for number, item in enumerate(items):
            named.setdefault(identity(*item), number)
        order = list(named.values())
        ids = list(named)
        if ids:
            told = {"ids": ids, "metadata": [_metadata(*items[number]) for number in order]}
            _child("build", generation, rows[order], told, BUILD_SECONDS, tell)
            _prove(generation, ids, rows[order])
        else:
            _child("build", generation, rows[:0], {"ids": [], "metadata": []}, BUILD_SECONDS, tell)
        switch(folder, generation)


def healthy(folder: Path, items: Sequence[Item], rows: NDArray[np.float32]) -> bool:
    """Whether the index in use finds the passages that the store holds: all of a sample find themselves.

    Takes the lock; call it before the index is opened, or on the owner's folder with the index closed.
    """
    with Owner(folder):
        generation = current(folder)
        if generation is None:
            return not items
        try:
            check_files(generation)
            _prove(generation, [identity(*item) for item in items], rows)
        except IndexBroken:
            return False
        return True


def _prove(generation: Path, ids: list[str], rows: NDArray[np.float32]) -> None:
    if not ids:
        return
    check_files(generation)
    seen = _child("probe", generation, rows, {"ids": ids}, PROBE_SECONDS, None)
    if seen["hits"] < seen["asked"]:
        raise IndexBroken(
            f"{generation}: {seen['asked'] - seen['hits']} of {seen['asked']} passages are not found by their own "
            "vectors. Run `kbaudit reindex`."
        )


def _child(
    do: str, generation: Path, rows: NDArray[np.float32], told: dict[str, Any], seconds: int, tell: Tell | None
) -> dict[str, Any]:
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="kbaudit-index-") as scratch:
        job = Path(scratch) / "job.npz"
        text = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
        np.savez(job, rows=np.ascontiguousarray(rows, dtype=np.float32), told=text)
        command = [sys.executable, "-m", "kbaudit.index.chroma_child", do, str(generation), str(job)]
        child = subprocess.Popen(  # noqa: S603 - our own module, no shell, no input from outside
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
        )
        last: list[str] = []
        assert child.stderr is not None and child.stdout is not None
        try:
            for line in child.stderr:
                if tell is not None and line.strip().isdigit():
                    tell(int(line))
                else:
                    last = [*last[-4:], line.strip()]
            output = child.stdout.read()
            status = child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise IndexBroken(f"{generation}: no answer within {seconds} s. Run `kbaudit reindex`.") from None
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            child.stdout.close()
            child.stderr.close()
    if status != 0:
        how = f"signal {-status}" if status < 0 else f"status {status}"
        raise IndexBroken(f"{generation}: the index ended its opener ({how}): {' '.join(last)[-300:]}")
    return json.loads(output)  # type: ignore[no-any-return]


class VectorIndex:
    """The index in use, open in this process. Close it before a rebuild."""

    def __init__(self, folder: Path) -> None:
        self._owner = Owner(folder)
        try:
            generation = current(folder)
            if generation is None:
                raise IndexBroken(f"{folder} holds no index yet. Run `kbaudit reindex`.")
            check_files(generation)
            from kbaudit.index.chroma_child import collection

            self._collection = collection(generation)
        except BaseException:
            self._owner.close()
            raise

    def search(self, row: NDArray[np.float32], k: int = 10, locale: str | None = None) -> list[Found]:
        """The nearest passages, best first; with a locale, of that locale only."""
        self._owner.check()
        where = {"locale": locale} if locale else None
        answer = self._collection.query(
            query_embeddings=[row], n_results=k, where=where, include=["metadatas", "distances"]
        )
        return [
            Found(
                (str(about["source"]), str(about["document"])),
                int(about["number"]),
                int(about["start"]),
                int(about["end"]),
                round(min(max(1.0 - float(distance), 0.0), 1.0), 5),
            )
            for about, distance in zip(answer["metadatas"][0], answer["distances"][0], strict=True)
        ]

    def put(self, items: Sequence[Item], rows: NDArray[np.float32]) -> None:
        """Add passages; putting the same ones again changes nothing."""
        from kbaudit.index.chroma_child import BATCH

        self._owner.check()
        for at in range(0, len(items), BATCH):
            part = items[at : at + BATCH]
            self._collection.upsert(
                ids=[identity(*item) for item in part],
                embeddings=rows[at : at + BATCH],
                metadatas=[_metadata(*item) for item in part],
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out of the answers, by id. Their vectors stay in the files until the next rebuild."""
        from kbaudit.index.chroma_child import BATCH

        self._owner.check()
        for at in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[at : at + BATCH]))

    def ids(self) -> set[str]:
        """The ids of all passages, as SQLite knows them (not a proof of health: see `healthy`)."""
        self._owner.check()
        return set(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Give the index back."""
        self._collection = None
        self._owner.close()
