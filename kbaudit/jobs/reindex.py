"""Passages and their vectors in the store, and from there the vector index: built aside, checked, switched.

The index can be thrown away at any time. Building it again needs the model only for passages that were never encoded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kbaudit.errors import IndexBroken
from kbaudit.index.encoder import Encoder
from kbaudit.index.retriever import passage_text
from kbaudit.jobs.applying import Clock, utc_now
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.progress import Progress, beating
from kbaudit.jobs.room import check_room
from kbaudit.model.document import Chunk, Document
from kbaudit.store import Store, access, documents, intake, runs
from kbaudit.store.cache import cached_encode, text_key
from kbaudit.store.kept import Kept
from kbaudit.text.chunk import chunks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Past this share of new or stale passages building anew is quicker and safer: a steady trickle of writes is the phase
# in which a kill destroys the index, and deleted vectors stay in its files.
REBUILD_SHARE = 0.2
# What the index holds, as far as the store knows, and whether somebody is writing to it.
NOTED = "index"


def passages(document: Document) -> tuple[Chunk, ...]:
    """The passages of an article; every article has at least one."""
    return tuple(chunks(document)) or (Chunk(document.ref, 0, 0, len(document.text)),)


class Reindex:
    """One rebuild or refresh of the index in `folder`; with `probe` an index that needs no writing is proven sound."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        folder: Path,
        settings_mark: str,
        *,
        probe: bool = False,
        by: str = "kbaudit",
        progress: Progress | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._encoder, self._folder, self._probe = store, encoder, folder, probe
        self._mark, self._by, self._progress, self._clock = settings_mark, by, progress, clock

    def run(self) -> dict[str, int]:
        """Build the index anew and switch to it. Counts: articles, passages, encoded, put, removed."""
        return self._as_run(self._rebuild)

    def refresh(self) -> dict[str, int]:
        """Bring the index up to date: put what is new, take out what is gone; build it anew where that is better."""
        return self._as_run(self._refresh)

    def _as_run(self, work: Callable[[Progress], dict[str, int]]) -> dict[str, int]:
        check_room(self._store)
        with self._store.write() as db:
            run = runs.begin(db, "reindex", holder=me(), alive=alive, by=self._by, now=self._clock())
        try:
            with beating(self._store, run, self._progress) as progress:
                counts = work(progress)
        except BaseException as error:
            stopped = isinstance(error, KeyboardInterrupt | SystemExit)
            with self._store.write() as db:
                state, said = ("interrupted", "stopped") if stopped else ("failed", f"{type(error).__name__}: {error}")
                runs.finish(db, run, state, now=self._clock(), error=said)
            raise
        with self._store.write() as db:
            runs.finish(db, run, "done", now=self._clock(), counts=counts)
        return counts

    def _cut(self, progress: Progress) -> tuple[list[tuple[Document, Chunk]], NDArray[np.float32], dict[str, int]]:
        """Every passage that answers customers, with its vector from the store or, where there is none, the model."""
        progress.stage("cutting passages")
        with self._store.read() as db:
            live = [d for d in documents.load(db) if d.answers_customers and d.live_on(self._clock())]
        kept = Kept(self._store, self._mark, self._encoder.name, self._clock())
        cut = [(document, chunk, passage_text(document, chunk)) for document in live for chunk in passages(document)]

        def tell(done: int, total: int) -> None:
            progress.stage("encoding passages", total)
            progress.done(done)

        rows = cached_encode(self._encoder, kept, tell)([text for _, _, text in cut])
        kept.close()
        by_hash: dict[str, list[tuple[Chunk, str]]] = {}
        for document, chunk, text in cut:
            of = by_hash.setdefault(document.content_hash, [])
            if all(known.number != chunk.number for known, _ in of):
                of.append((chunk, text_key(self._encoder.name, text).hex()))
        with self._store.write() as db:
            intake.put_chunks(db, by_hash)
        counts = {"articles": len(live), "passages": len(cut), "encoded": kept.computed["vectors"]}
        return [(document, chunk) for document, chunk, _ in cut], rows, counts

    def _rebuild(self, progress: Progress) -> dict[str, int]:
        items, rows, counts = self._cut(progress)
        return counts | self._build(items, rows, progress)

    def _build(
        self, items: Sequence[tuple[Document, Chunk]], rows: NDArray[np.float32], progress: Progress
    ) -> dict[str, int]:
        from kbaudit.index import vectors

        progress.stage("building the index", len(items))
        vectors.rebuild(self._folder, items, rows, progress.done)
        self._note(_digest(vectors.identity(*item) for item in items))
        return {"put": len(items), "removed": 0}

    def _refresh(self, progress: Progress) -> dict[str, int]:
        from kbaudit.index import folder, vectors

        items, rows, counts = self._cut(progress)
        wanted = {vectors.identity(*item): number for number, item in enumerate(items)}
        digest = _digest(wanted)
        with self._store.read() as db:
            noted = access.get_meta(db, NOTED, {})
        if folder.current(self._folder) is None or noted.get("writing", True):
            # A kill in the middle of writing destroys the index about once in 25 times, and opening it then crashes.
            return counts | self._build(items, rows, progress)
        if noted.get("digest") == digest:
            sound = not self._probe or vectors.healthy(self._folder, items, rows)
            return counts | ({"put": 0, "removed": 0} if sound else self._build(items, rows, progress))
        try:
            index = vectors.VectorIndex(self._folder)
        except IndexBroken:
            return counts | self._build(items, rows, progress)
        try:
            present = index.ids()
            stale, new = sorted(present - wanted.keys()), [wanted[name] for name in sorted(wanted.keys() - present)]
            small = max(len(stale), len(new)) <= REBUILD_SHARE * len(wanted)
            if small:
                progress.stage("updating the index", len(new))
                self._note(digest, writing=True)
                index.put([items[number] for number in new], rows[new])
                index.remove(stale)
        finally:
            index.close()
        if not small:
            return counts | self._build(items, rows, progress)
        self._note(digest)
        return counts | {"put": len(new), "removed": len(stale)}

    def _note(self, digest: str, *, writing: bool = False) -> None:
        with self._store.write() as db:
            access.set_meta(db, NOTED, {"digest": digest, "writing": writing})


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(set(names))).encode()).hexdigest()
