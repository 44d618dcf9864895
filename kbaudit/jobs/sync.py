"""Read one source into the store: connector → clean, hash, redact → stage → apply whole, or hold for a person.

What the source served is staged under the run and applied in one transaction at the end, so that a crash at any moment
leaves the articles as they were before or as they are after. A reading that was cut off goes on at its last checkpoint.
An article that the source serves unchanged is recognised by the hash of its record: it is not extracted again and
nothing is written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from kbaudit.config import Settings
from kbaudit.connector import Connector, Source
from kbaudit.errors import DiskFull, SourceRefused, StoreError
from kbaudit.jobs import guard
from kbaudit.jobs.applying import Clock, Synced, apply_staged, no_counts, remove_missing, utc_now
from kbaudit.jobs.corpus import Place
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.progress import Progress, beating
from kbaudit.jobs.reading import Delivered, Reader
from kbaudit.jobs.room import check_room
from kbaudit.store import Store, documents, intake, runs, staging
from kbaudit.text.document import Extractor, extract

# How often, and after how many seconds, it is tried again to write that a run has ended.
WRITE_AGAIN, WRITE_AGAIN_SECONDS = 6, 5.0
# Runs of this process, by store and source, whose end could not be written (a full disk): it is written by the next.
_UNENDED: WeakKeyDictionary[Store, dict[str, int]] = WeakKeyDictionary()


class Sync:
    """One sync of one source.

    `connect` makes its connector; `pepper` keys the hashes of customers and lives outside the store; a reading ends as
    soon as `stopped` says so, and the next one goes on with it.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        source: Source,
        connect: Callable[[], Connector],
        place: Place,
        *,
        pepper: bytes,
        by: str = "kbaudit",
        progress: Progress | None = None,
        extractor: Extractor = extract,
        clock: Clock = utc_now,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.store, self.settings, self.source, self.connect = store, settings, source, connect
        self._by, self._progress, self._clock, self._stopped = by, progress, clock, stopped
        self._reader = Reader(store, settings, source, place, pepper=pepper, extractor=extractor, clock=clock)
        self._run = 0

    def run(self) -> Synced:
        """Read, then apply or hold. A source that fails is written down, never raised.

        Raises:
            StoreError: the store cannot be written.
        """
        name, reader = self.source.name, self._reader
        try:
            check_room(self.store)
        except DiskFull as error:
            with self.store.write() as db:
                values = {"connector": self.source.connector, "state": "failed", "message": str(error)}
                runs.put_source(db, name, **values, tried_at=self._clock())
            return Synced(0, name, "failed", str(error))
        unended = _UNENDED.setdefault(self.store, {})
        with self.store.write() as db:
            if name in unended:
                runs.finish(db, unended[name], "interrupted", now=self._clock())
            self._run = runs.begin(db, "sync", scope=name, holder=me(), alive=alive, by=self._by, now=self._clock())
            status = runs.source_status(db, name)
            runs.put_source(
                db,
                name,
                connector=self.source.connector,
                settings_hash=reader.settings_hash(),
                last_run=self._run,
                tried_at=self._clock(),
                removed=False,
                **({} if status else {"state": "never", "message": ""}),
            )
            since = reader.begin(db, self._run)
        unended.pop(name, None)
        if since is None and status is not None:
            since = status.checkpoint
        with beating(self.store, self._run, self._progress) as progress:
            return self._read_and_decide(progress, since)

    def _read_and_decide(self, progress: Progress, since: str | None) -> Synced:
        name = self.source.name
        progress.stage(f"reading {name}", sum(map(len, self._reader.known.values())) or None)
        try:
            read = self._reader.run(self.connect().read(since), progress, self._stopped)
        except BaseException as error:
            # Ctrl-C: the next run goes on. A bug: it begins afresh. Neither has applied anything.
            stopped = isinstance(error, KeyboardInterrupt | SystemExit)
            said = "stopped" if stopped else f"{type(error).__name__}: {error}"
            kept = stopped or isinstance(error, StoreError)
            self._end_somehow("interrupted" if kept else "failed", said, keep=kept)
            if isinstance(error, Exception) and not isinstance(error, StoreError):
                return Synced(self._run, name, "failed", said)
            raise
        try:
            return self._decide(read, progress)
        except StoreError as error:
            # Nothing was applied; what was read is staged, and the next run goes on with it.
            self._end_somehow("interrupted", str(error), keep=True)
            raise

    # Deciding ---------------------------------------------------------------------------------------------------

    def _decide(self, read: Delivered, progress: Progress) -> Synced:
        name, again = self.source.name, getattr(read.error, "retry_after", None)
        if read.error is not None and read.checkpoint is None:
            state = "refused" if isinstance(read.error, SourceRefused) else "failed"
            # What an earlier run had read stays, to be gone on with.
            self._end(state, str(read.error), keep=bool(read.resumed))
            return Synced(self._run, name, state, str(read.error), {"skipped": read.skipped}, again=again)
        missing = read.missing(self._reader.known)
        reason = self._guard(read, missing)
        if reason:
            return self._hold(read, missing, reason)
        progress.stage(f"storing {name}")
        now = self._clock()
        with self.store.write() as db:
            runs.hold_on(db, self._run)
            counts = no_counts()
            apply_staged(db, self._run, name, counts, now)
            runs.supersede_holds(db, name, now)
            needed = self.settings.missing_runs.get(name, self.settings.sync.missing_runs)
            remove_missing(
                db,
                name,
                missing,
                read.deleted,
                counts,
                runs_needed=needed,
                hours=self.settings.sync.missing_hours,
                now=now,
            )
            for kind in ("article", "product"):
                counts["returned"] += intake.seen(db, kind, name, read.seen[kind])
            counts |= {"read": read.total, "skipped": read.skipped, "resumed": read.resumed}
            if read.error is not None and read.checkpoint is not None and read.checkpoint.part:
                # The listing goes on from there: what was seen of it is still needed.
                staging.applied(db, self._run)
            else:
                staging.close(db, name)
                staging.drop(db, self._run)
            state = "incomplete" if read.unread else "done"
            self._finish(db, state, counts)
        return Synced(self._run, name, state, read.unread, counts, again=again)

    def _guard(self, read: Delivered, missing: dict[str, set[str]]) -> str:
        limits, known = self.settings.sync, self._reader.known
        reasons = [
            guard.too_much_missing(len(missing[kind]), len(known[kind]), limits) for kind in ("article", "product")
        ]
        reasons.append(guard.all_alike(read.bodies.values(), len(read.seen["article"]), limits))
        reasons.append(guard.too_much_changed(read.changed, len(known["article"]), limits))
        return "; ".join(reason for reason in reasons if reason)

    def _hold(self, read: Delivered, missing: dict[str, set[str]], reason: str) -> Synced:
        name, known = self.source.name, self._reader.known
        with self.store.write() as db:
            runs.hold_on(db, self._run)
            titles = documents.titles(db, ((name, id_) for id_ in missing["article"]))
            rows = [
                {
                    "kind": kind,
                    "id": id_,
                    "title": titles.get((name, id_), (id_, None))[0],
                    "url": titles.get((name, id_), ("", None))[1],
                }
                for kind in ("article", "product", "conversation")
                for id_ in sorted(missing[kind])
            ]
            # What was staged waits with the hold; the reading itself is at its end.
            staging.close(db, name)
            hold = runs.put_hold(
                db,
                source=name,
                run=self._run,
                reason=reason,
                present=len(known["article"]) + len(known["product"]),
                missing=rows,
                checkpoint=_resting(read),
                now=self._clock(),
            )
            counts = {"read": read.total, "skipped": read.skipped, "resumed": read.resumed, "missing": len(rows)}
            self._finish(db, "held", counts, f"Held: {reason}. Nothing was applied; a person has to release it.")
        return Synced(self._run, name, "held", reason, counts, hold)

    # Writing ----------------------------------------------------------------------------------------------------

    def _end_somehow(self, state: str, message: str, *, keep: bool) -> None:
        """End the run even where another process holds the store for a while: an open run keeps the next from starting.

        Raises:
            StoreError: it is held for longer.
        """
        for attempt in range(1, WRITE_AGAIN + 1):
            try:
                return self._end(state, message, keep=keep)
            except StoreError:
                if attempt == WRITE_AGAIN:
                    _UNENDED[self.store][self.source.name] = self._run
                    raise
                time.sleep(WRITE_AGAIN_SECONDS)

    def _end(self, state: str, message: str, *, keep: bool) -> None:
        """End a run that applied nothing; `keep` leaves its reading to be gone on with."""
        with self.store.write() as db:
            reading = staging.unfinished(db, self.source.name)
            # A run that was taken for dead has lost its reading to the next one.
            mine = reading is not None and reading.run == self._run
            if not (mine and keep):
                staging.drop(db, self._run)
            if mine and not keep:
                staging.close(db, self.source.name)
            self._finish(db, state, {"skipped": self._reader.read.skipped}, message)

    def _finish(self, db: Any, state: str, counts: dict[str, int], message: str = "") -> None:
        read, now = self._reader.read, self._clock()
        error = message or read.unread
        run_state = "failed" if state == "refused" else state
        runs.finish(db, self._run, run_state, now=now, counts=counts, problems=read.problems, error=error or None)
        if state == "interrupted":
            # How the source is, is what the last reading said that came to an end.
            return
        values: dict[str, Any] = {"state": "ok" if state == "done" else state, "message": error}
        if state == "done":
            values["synced_at"] = now
        checkpoint = _resting(read)
        if state in ("done", "incomplete") and checkpoint is not None:
            values["checkpoint"] = checkpoint
        runs.put_source(db, self.source.name, **values)


def _resting(read: Delivered) -> str | None:
    """The checkpoint at which a later reading can begin, None for a place within a listing."""
    return read.checkpoint.value if read.checkpoint is not None and not read.checkpoint.part else None
