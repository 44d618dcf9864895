"""Read one source into the store: connector → clean, hash, redact → stage → apply whole, or hold for a person.

What the source served is staged under the run and applied in one transaction at the end, so that a crash at any moment
leaves the store as it was before or as it is after. An article that the source serves unchanged is recognised by the
hash of its record: it is not extracted again and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from kbaudit.config import Settings
from kbaudit.connector import Connector, Source
from kbaudit.errors import SourceError, SourceRefused, SourceUnavailable, StoreError, Unreadable, UsageError
from kbaudit.jobs import guard
from kbaudit.jobs.corpus import Place
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.progress import Beating, Progress
from kbaudit.jobs.redaction import redact
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document
from kbaudit.model.record import (
    ArticleRecord,
    Checkpoint,
    ConversationRecord,
    Deleted,
    Item,
    ProductRecord,
    Skipped,
    Unchanged,
)
from kbaudit.store import Store, codec, conversations, documents, erasure, intake, runs, staging
from kbaudit.store.cache import code_digest
from kbaudit.text.document import Extractor, build, extract

BATCH = 200
# The code that turns a record into a document.
TEXT = ("text",)
KINDS = ("article", "product", "conversation")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Synced:
    """How a sync ended. `state`: done, incomplete, held, failed, refused. `counts` say what was touched."""

    run: int
    source: str
    state: str
    message: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    hold: int | None = None

    @property
    def touched(self) -> int:
        """How many articles, products and conversations are not as they were."""
        return sum(self.counts.get(word, 0) for word in ("added", "changed", "touched", "returned", "removed"))


@dataclass(slots=True)
class _Read:
    """What one reading of a source delivered."""

    seen: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    deleted: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    problems: list[dict[str, Any]] = field(default_factory=list)
    skipped: int = 0
    bodies: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    checkpoint: str | None = None
    complete: bool = False
    error: SourceError | None = None


class Sync:
    """One sync of one source.

    `connect` makes its connector; `pepper` keys the hashes of customers and lives outside the store.
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
    ) -> None:
        self.store, self.settings, self.source, self.connect, self.place = store, settings, source, connect, place
        self._pepper, self._by, self._progress = pepper, by, progress
        self._extractor, self._clock = extractor, clock
        self._run = 0
        # What would be deleted as too old is not stored in the first place.
        self._oldest = clock() - timedelta(days=settings.privacy.conversation_days)
        with store.read() as db:
            self._erased = erasure.erased(db)
        # How a record is read is part of what it says: another zone or another extractor reads it again.
        self._reader = f"{place.locale}|{place.zone.key}|{place.currency}|{code_digest(('text',))}"
        self._encoder = msgspec.msgpack.Encoder(decimal_format="string", order="deterministic")

    def run(self) -> Synced:
        """Read, then apply or hold. A source that fails is written down, never raised.

        Raises:
            StoreError: the store cannot be written.
        """
        name = self.source.name
        with self.store.write() as db:
            self._run = runs.begin(db, "sync", scope=name, holder=me(), alive=alive, by=self._by, now=self._clock())
            status = runs.source_status(db, name)
            runs.put_source(
                db,
                name,
                connector=self.source.connector,
                settings_hash=self._settings_hash(),
                last_run=self._run,
                tried_at=self._clock(),
                removed=False,
                **({} if status else {"state": "never", "message": ""}),
            )
            known = {
                "article": documents.hashes(db, name, "article"),
                "product": documents.hashes(db, name, "product"),
                "conversation": conversations.hashes(db, name),
            }
            texts = documents.text_hashes(db, name)
        progress = Beating(self.store, self._run, self._progress)
        progress.stage(f"reading {name}", sum(map(len, known.values())) or None)
        since = status.checkpoint if status is not None else None
        try:
            read = self._read(self.connect().read(since), known, texts, progress)
        except BaseException as error:
            # Ctrl-C and bugs: nothing was applied, the run says so, the next one starts where this one did.
            stopped = isinstance(error, KeyboardInterrupt | SystemExit)
            self._end(
                "interrupted" if stopped else "failed", "stopped" if stopped else f"{type(error).__name__}: {error}"
            )
            if isinstance(error, Exception) and not isinstance(error, StoreError):
                return Synced(self._run, name, "failed", f"{type(error).__name__}: {error}")
            raise
        return self._decide(read, known, progress)

    # Reading ----------------------------------------------------------------------------------------------------

    def _read(
        self, items: Iterable[Item], known: dict[str, dict[str, str]], texts: dict[str, str], progress: Progress
    ) -> _Read:
        read = _Read()
        rows: list[tuple[str, str, str, bytes | None]] = []
        count = 0
        stream = iter(items)
        while True:
            try:
                item = next(stream)
            except StopIteration:
                break
            except SourceError as error:
                read.error = error
                break
            except Unreadable as error:
                # What could not be read was no single record but a listing.
                read.error = SourceUnavailable(str(error))
                break
            count += 1
            row = self._take(item, read, known, texts)
            if row is not None:
                rows.append(row)
            if len(rows) >= BATCH:
                self._stage(rows)
            if count % 50 == 0:
                progress.done(count)
        self._stage(rows)
        progress.done(count)
        return read

    def _stage(self, rows: list[tuple[str, str, str, bytes | None]]) -> None:
        if rows:
            with self.store.write() as db:
                staging.stage(db, self._run, rows)
            rows.clear()

    def _take(
        self, item: Item, read: _Read, known: dict[str, dict[str, str]], texts: dict[str, str]
    ) -> tuple[str, str, str, bytes | None] | None:
        """The row to stage for an item, None where there is nothing to write."""
        if isinstance(item, ArticleRecord):
            read.seen["article"].add(item.id)
            read.deleted["article"].discard(item.id)
            mark = self._hash(item)
            if known["article"].get(item.id) == mark:
                return None
            document = build(
                item,
                source=self.source.name,
                locale=self.source.locale,
                zone=self.place.zone,
                extractor=self._extractor,
            )
            self._look(document, read, texts)
            return "article", item.id, mark, codec.pack(document)
        if isinstance(item, ProductRecord):
            product = replace(item.product, source=self.source.name)
            read.seen["product"].add(product.id)
            mark = self._hash(product)
            return (
                None if known["product"].get(product.id) == mark else ("product", product.id, mark, codec.pack(product))
            )
        if isinstance(item, ConversationRecord):
            read.seen["conversation"].add(item.conversation.id)
            if item.conversation.started_at < self._oldest:
                return None
            mark = self._hash(item)
            if known["conversation"].get(item.conversation.id) == mark:
                return None
            redacted = redacted_conversation(item, self.settings, self._pepper, self.source.name)
            if redacted.customer_id in self._erased:
                return None
            return "conversation", redacted.id, mark, codec.pack(redacted)
        if isinstance(item, Unchanged):
            read.seen[item.kind].add(item.id)
            read.deleted[item.kind].discard(item.id)
        elif isinstance(item, Deleted):
            read.deleted[item.kind].add(item.id)
        elif isinstance(item, Skipped):
            read.skipped += not item.used
            if item.known:
                # It is still there; only this reading of it failed.
                for kind in KINDS:
                    if item.ref in known[kind]:
                        read.seen[kind].add(item.ref)
            if len(read.problems) < runs.PROBLEMS_KEPT:
                problem = {
                    "ref": item.ref,
                    "reason": item.reason,
                    "file": item.file,
                    "line": item.line,
                    "used": item.used,
                }
                read.problems.append(problem)
        elif isinstance(item, Checkpoint):
            read.checkpoint, read.complete = item.value, item.complete
        return None

    def _look(self, document: Document, read: _Read, texts: dict[str, str]) -> None:
        """Note what the guard wants to know of an article that is not as it was."""
        text = intake.text_hash(document.text)
        before = texts.get(document.id)
        if before is not None and before != text:
            read.changed.add(document.id)
        read.bodies[document.id] = intake.text_hash(document.text.partition("\n\n")[2])

    def _hash(self, record: object) -> str:
        # Keyed: the hash of a short raw message must not give the message away.
        return codec.mark(self._pepper, self._encoder.encode((self._reader, record)))

    def _settings_hash(self) -> str:
        settings = {key: str(value) for key, value in self.source.settings.items()}
        return codec.mark(self._pepper, self._encoder.encode((self.source.connector, settings)))

    # Deciding ---------------------------------------------------------------------------------------------------

    def _decide(self, read: _Read, known: dict[str, dict[str, str]], progress: Progress) -> Synced:
        if read.error is not None and read.checkpoint is None:
            state = "refused" if isinstance(read.error, SourceRefused) else "failed"
            self._end(state, str(read.error), read)
            return Synced(self._run, self.source.name, state, str(read.error), {"skipped": read.skipped})
        complete = read.complete and read.error is None
        missing: dict[str, set[str]] = {}
        for kind in ("article", "product"):
            here = known[kind].keys()
            missing[kind] = (here - read.seen[kind] if complete else set()) | (read.deleted[kind] & here)
        missing["conversation"] = read.deleted["conversation"] & known["conversation"].keys()
        reason = self._guard(read, known, missing)
        if reason:
            return self._hold(read, known, missing, reason)
        progress.stage(f"storing {self.source.name}")
        with self.store.write() as db:
            runs.hold_on(db, self._run)
            counts = _apply(db, self, self._run, missing, read.deleted)
            counts |= {"read": _total(read), "skipped": read.skipped}
            for kind in ("article", "product"):
                counts["returned"] += intake.seen(db, kind, self.source.name, read.seen[kind])
            state = "done" if complete or read.error is None else "incomplete"
            self._finish(db, state, counts | {"read": _total(read), "skipped": read.skipped}, read)
        message = str(read.error) if read.error is not None else ""
        return Synced(
            self._run, self.source.name, state, message, counts | {"read": _total(read), "skipped": read.skipped}
        )

    def _guard(self, read: _Read, known: dict[str, dict[str, str]], missing: dict[str, set[str]]) -> str:
        limits = self.settings.sync
        reasons = [
            guard.too_much_missing(len(missing[kind]), len(known[kind]), limits) for kind in ("article", "product")
        ]
        reasons.append(guard.all_alike(read.bodies.values(), len(read.seen["article"]), limits))
        reasons.append(guard.too_much_changed(read.changed, len(known["article"]), limits))
        return "; ".join(reason for reason in reasons if reason)

    def _hold(self, read: _Read, known: dict[str, dict[str, str]], missing: dict[str, set[str]], reason: str) -> Synced:
        name = self.source.name
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
            present = len(known["article"]) + len(known["product"])
            hold = runs.put_hold(
                db,
                source=name,
                run=self._run,
                reason=reason,
                present=present,
                missing=rows,
                checkpoint=read.checkpoint,
                now=self._clock(),
            )
            counts = {"read": _total(read), "skipped": read.skipped, "missing": len(rows)}
            self._finish(db, "held", counts, read, f"Held: {reason}. Nothing was applied; a person has to release it.")
        return Synced(self._run, name, "held", reason, counts, hold)

    # Writing ----------------------------------------------------------------------------------------------------

    def _end(self, state: str, message: str, read: _Read | None = None) -> None:
        with self.store.write() as db:
            staging.drop(db, self._run)
            self._finish(db, state, {"skipped": read.skipped} if read else {}, read, message)

    def _finish(self, db: Any, state: str, counts: dict[str, int], read: _Read | None, message: str = "") -> None:
        now = self._clock()
        error = message or (str(read.error) if read is not None and read.error is not None else "")
        run_state = "failed" if state == "refused" else state
        problems = read.problems if read is not None else []
        runs.finish(db, self._run, run_state, now=now, counts=counts, problems=problems, error=error or None)
        values: dict[str, Any] = {"state": "ok" if state == "done" else state, "message": error}
        if state == "interrupted":
            values = {"message": "the last sync was stopped"}
        if state == "done":
            values["synced_at"] = now
        if state in ("done", "incomplete") and read is not None and read.checkpoint is not None:
            values["checkpoint"] = read.checkpoint
        runs.put_source(db, self.source.name, **values)


def _total(read: _Read) -> int:
    return sum(map(len, read.seen.values()))


def _apply(db: Any, sync: Sync, run: int, missing: dict[str, set[str]], deleted: dict[str, set[str]]) -> dict[str, int]:
    name, now = sync.source.name, sync._clock()
    counts = dict.fromkeys(("added", "changed", "touched", "returned", "same", "removed", "missing"), 0)
    apply_staged(db, run, name, counts, now)
    runs.supersede_holds(db, name, now)
    needed = sync.settings.missing_runs.get(name, sync.settings.sync.missing_runs)
    remove_missing(db, name, missing, deleted, counts, runs_needed=needed, now=now)
    return counts


def apply_staged(db: Any, run: int, source: str, counts: dict[str, int], now: datetime) -> None:
    """Write what a run has staged, and forget the staging. Counts what was added, changed, touched, returned."""
    rows: dict[str, list[tuple[bytes, str]]] = {kind: [] for kind in KINDS}
    for kind, _, record_hash, data in staging.staged(db, run):
        if data is not None:
            rows[kind].append((data, record_hash))
    texts = [(codec.unpack_document(data), mark) for data, mark in rows["article"]]
    items = [(codec.unpack_product(data), mark) for data, mark in rows["product"]]
    talks = [(codec.unpack_conversation(data), mark) for data, mark in rows["conversation"]]
    for done in (
        intake.put_all(db, source, texts, run=run, now=now),
        intake.put_products(db, source, items, now=now),
        conversations.put_all(db, source, talks, now=now),
    ):
        for how, count in done.items():
            counts[how] += count
    staging.drop(db, run)


def remove_missing(
    db: Any,
    source: str,
    missing: dict[str, set[str]],
    deleted: dict[str, set[str]],
    counts: dict[str, int],
    *,
    runs_needed: int,
    now: datetime,
) -> None:
    """Count what is missing once more, tombstone what was missed often enough or what the source called deleted."""
    for kind in ("article", "product"):
        outright = missing[kind] & deleted.get(kind, set())
        removed = intake.miss(db, kind, source, outright, runs=1, now=now)
        removed += intake.miss(db, kind, source, missing[kind] - outright, runs=runs_needed, now=now)
        counts["removed"] += len(removed)
        counts["missing"] += len(missing[kind]) - len(removed)
    counts["removed"] += conversations.remove(db, source, sorted(missing.get("conversation", ())))


def apply_hold(store: Store, hold_id: int, *, by: str, clock: Clock = utc_now) -> Synced:
    """Apply a held run that a person released: what it read, and the removals that it proposed.

    Raises:
        UsageError: no such hold, or it was not released.
    """
    with store.write() as db:
        hold = runs.hold(db, hold_id)
        if hold is None or hold.state != "released":
            raise UsageError(f"hold {hold_id} is not released")
        now = clock()
        run = runs.begin(db, "sync", scope=hold.source, holder=me(), alive=alive, by=by, now=now)
        counts = dict.fromkeys(("added", "changed", "touched", "returned", "same", "removed", "missing"), 0)
        apply_staged(db, hold.run, hold.source, counts, now)
        missing: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for entry in hold.missing:
            missing[entry["kind"]].add(entry["id"])
        remove_missing(db, hold.source, missing, {}, counts, runs_needed=1, now=now)
        runs.end_hold(db, hold_id)
        runs.finish(db, run, "done", now=now, counts=counts)
        values: dict[str, Any] = {"state": "ok", "message": "", "synced_at": now, "last_run": run}
        if hold.checkpoint is not None:
            values["checkpoint"] = hold.checkpoint
        runs.put_source(db, hold.source, **values)
    return Synced(run, hold.source, "done", f"released by {hold.decided_by}: {hold.decision}", counts, hold_id)


def redacted_conversation(record: ConversationRecord, settings: Settings, pepper: bytes, source: str) -> Conversation:
    """What may be stored of a conversation: redacted, its customer known only by a keyed hash."""
    raw = record.conversation.customer_id or record.customer_email
    redacted = redact(record, settings)
    subject = None
    if raw:
        subject = codec.mark(pepper, raw.strip().lower().encode("utf-8", "surrogatepass"))
    return replace(redacted, source=source, customer_id=subject)
