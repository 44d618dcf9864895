"""One reading of a source: what the connector yields is cleaned, hashed, redacted and staged as it arrives.

A reading may take several runs. At every checkpoint what was seen before it is written together with it, so that a run
that is killed costs what came after its last checkpoint and nothing else, and the sweep still knows everything that was
seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import msgspec

from kbaudit.config import Settings
from kbaudit.connector import Source
from kbaudit.errors import SourceError, SourceUnavailable, Unreadable
from kbaudit.jobs.applying import KINDS, Clock
from kbaudit.jobs.corpus import Place
from kbaudit.jobs.progress import Progress
from kbaudit.jobs.redaction import CatalogCodes, redact
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
from kbaudit.text.document import Extractor, build

BATCH = 200
# Seconds between checkpoints that are written while nothing new arrives.
NOTED_EVERY = 1.0
# Progress is told at most so often, in seconds.
TOLD_EVERY = 0.2
Key = tuple[str, str]


@dataclass(slots=True)
class Delivered:
    """What one reading of a source delivered, over all the runs that it took.

    `checkpoint` is the last one of this run; `fresh` counts what this run delivered; `unchanged` is what could not be
    read and stays as it was.
    """

    seen: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    deleted: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    problems: list[dict[str, Any]] = field(default_factory=list)
    skipped: int = 0
    unchanged: set[Key] = field(default_factory=set)
    resumed: int = 0
    fresh: int = 0
    bodies: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    checkpoint: Checkpoint | None = None
    error: SourceError | None = None

    @property
    def complete(self) -> bool:
        """Whether the listing was whole, so that what it lacks is missing."""
        return self.error is None and self.checkpoint is not None and self.checkpoint.complete

    @property
    def unread(self) -> str:
        """Why not everything could be read that the source should have served, empty where it could."""
        if self.error is not None:
            return str(self.error)
        if self.checkpoint is not None and self.checkpoint.unread:
            return self.checkpoint.unread
        if self.problems and self.skipped and self.total == len(self.unchanged):
            return f"nothing could be read: {self.problems[0]['reason']}"
        return ""

    @property
    def total(self) -> int:
        """How many records were seen."""
        return sum(map(len, self.seen.values()))

    def missing(self, known: dict[str, dict[str, str]]) -> dict[str, set[str]]:
        """What the store has and the source does not serve, as far as this reading can tell."""
        found: dict[str, set[str]] = {}
        for kind in ("article", "product"):
            here = known[kind].keys()
            found[kind] = (here - self.seen[kind] if self.complete else set()) | (self.deleted[kind] & here)
        found["conversation"] = self.deleted["conversation"] & known["conversation"].keys()
        return found


class Reader:
    """Reads one source for one run."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        source: Source,
        place: Place,
        *,
        pepper: bytes,
        extractor: Extractor,
        clock: Clock,
    ) -> None:
        self.store, self.settings, self.source, self.place = store, settings, source, place
        self._pepper, self._extractor, self._clock = pepper, extractor, clock
        # How a record is read is part of what it says: another zone or another extractor reads it again.
        self._reader = f"{place.locale}|{place.zone.key}|{place.currency}|{code_digest(('text',))}"
        self._encoder = msgspec.msgpack.Encoder(decimal_format="string", order="deterministic")
        # What would be deleted as too old is not stored in the first place.
        self._oldest = clock() - timedelta(days=settings.privacy.conversation_days)
        self._catalog = CatalogCodes(self._titles)
        self._run = 0
        self._began = clock()
        self.read = Delivered()
        self.known: dict[str, dict[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._erased: frozenset[str] = frozenset()
        # To be written soon; to be written with the next checkpoint; already written.
        self._rows: dict[Key, staging.Row] = {}
        self._marks: dict[Key, staging.Row] = {}
        self._staged: set[Key] = set()
        self._noted = float("-inf")

    def settings_hash(self) -> str:
        """What the source is configured with, as a keyed hash."""
        settings = {key: str(value) for key, value in self.source.settings.items()}
        return codec.mark(self._pepper, self._encoder.encode((self.source.connector, settings)))

    # Beginning --------------------------------------------------------------------------------------------------

    def begin(self, db: Any, run: int) -> str | None:
        """Learn what the store has of the source; go on with a reading that was cut off. Gives its checkpoint."""
        name, now = self.source.name, self._clock()
        self._run = run
        self.known = {
            "article": documents.hashes(db, name, "article"),
            "product": documents.hashes(db, name, "product"),
            "conversation": conversations.hashes(db, name),
        }
        self._texts = documents.text_hashes(db, name)
        self._erased = erasure.erased(db)
        reading = staging.unfinished(db, name)
        if reading is None:
            return None
        if not reading.goes_on(self._mark(), now):
            staging.give_up(db, reading)
            return None
        staging.hand_over(db, reading, run)
        runs.go_on(db, run, reading.run)
        self._take_over(db, reading)
        return reading.checkpoint

    def _mark(self) -> str:
        return codec.mark(self._pepper, f"{self.settings_hash()}|{self._reader}".encode())

    def _take_over(self, db: Any, reading: staging.Reading) -> None:
        read = self.read
        self._began, read.skipped, read.problems = reading.began_at, reading.skipped, list(map(dict, reading.problems))
        for row in staging.staged(db, self._run):
            self._staged.add((row.kind, row.id))
            (read.deleted if row.state == "gone" else read.seen)[row.kind].add(row.id)
            if row.kind == "article" and row.data is not None:
                self._look(codec.unpack_document(row.data))
        read.resumed = read.total

    # Reading ----------------------------------------------------------------------------------------------------

    def run(self, items: Iterable[Item], progress: Progress, stopped: Callable[[], bool]) -> Delivered:
        """Take everything that the connector yields. A source that fails is in `error`, not raised.

        Raises:
            SystemExit: somebody said stop.
        """
        read, told = self.read, time.monotonic()
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
            if stopped():
                raise SystemExit("stopped")
            read.fresh += 1
            self._take(item)
            if isinstance(item, Checkpoint):
                read.checkpoint = item
                if not item.complete:
                    self._flush(item)
            elif len(self._rows) >= BATCH:
                self._flush()
            if time.monotonic() - told >= TOLD_EVERY:
                told = time.monotonic()
                progress.done(read.total)
        # The next run goes on within a listing that broke off only with everything that was seen before.
        cut = read.error is not None and read.checkpoint is not None and read.checkpoint.part
        self._flush(read.checkpoint if cut else None, at_once=True)
        progress.done(read.total)
        return read

    def _flush(self, checkpoint: Checkpoint | None = None, *, at_once: bool = False) -> None:
        rows = list(self._rows.values())
        if checkpoint is not None and not rows and not at_once and time.monotonic() - self._noted < NOTED_EVERY:
            # What did not change costs little to see again.
            return
        if checkpoint is not None:
            rows += self._marks.values()
        if not rows and checkpoint is None:
            return
        with self.store.write() as db:
            runs.hold_on(db, self._run)
            staging.stage(db, self._run, rows)
            if checkpoint is not None:
                staging.note(
                    db,
                    self.source.name,
                    run=self._run,
                    mark=self._mark(),
                    checkpoint=checkpoint.value,
                    skipped=self.read.skipped,
                    problems=self.read.problems,
                    began=self._began,
                    now=self._clock(),
                )
        self._staged.update((row.kind, row.id) for row in rows)
        self._rows.clear()
        if checkpoint is not None:
            self._marks.clear()
            self._noted = time.monotonic()

    def _put(self, kind: str, id_: str, record_hash: str, data: bytes) -> None:
        self._marks.pop((kind, id_), None)
        self._rows[kind, id_] = staging.Row(kind, id_, "new", record_hash, data)

    def _note(self, kind: str, id_: str, state: str) -> None:
        """Seen, or gone, and nothing else to write: with the next checkpoint, or now over what is staged."""
        key, row = (kind, id_), staging.Row(kind, id_, state)
        if key in self._rows or key in self._staged:
            self._rows[key] = row
        else:
            self._marks[key] = row

    def _still(self, kind: str, id_: str) -> None:
        """It is as it was last delivered, perhaps by this reading."""
        self.read.seen[kind].add(id_)
        self.read.deleted[kind].discard(id_)
        if (kind, id_) not in self._rows and (kind, id_) not in self._staged:
            self._marks.setdefault((kind, id_), staging.Row(kind, id_, "seen"))

    def _take(self, item: Item) -> None:
        read = self.read
        if isinstance(item, ArticleRecord):
            self._article(item)
        elif isinstance(item, ProductRecord):
            product = replace(item.product, source=self.source.name)
            self._record("product", product.id, self._hash(product), lambda: codec.pack(product))
        elif isinstance(item, ConversationRecord):
            self._conversation(item)
        elif isinstance(item, Unchanged):
            self._still(item.kind, item.id)
        elif isinstance(item, Deleted):
            read.deleted[item.kind].add(item.id)
            read.seen[item.kind].discard(item.id)
            self._note(item.kind, item.id, "gone")
        elif isinstance(item, Skipped):
            self._skipped(item)

    def _record(self, kind: str, id_: str, mark: str, data: Any) -> None:
        self.read.seen[kind].add(id_)
        self.read.deleted[kind].discard(id_)
        if self.known[kind].get(id_) == mark:
            self._note(kind, id_, "seen")
        else:
            self._put(kind, id_, mark, data())

    def _article(self, record: ArticleRecord) -> None:
        def made() -> bytes:
            document = build(
                record,
                source=self.source.name,
                locale=self.source.locale,
                zone=self.place.zone,
                extractor=self._extractor,
            )
            self._look(document)
            return codec.pack(document)

        self._record("article", record.id, self._hash(record), made)

    def _titles(self) -> list[str]:
        with self.store.read() as db:
            return documents.product_titles(db)

    def _conversation(self, record: ConversationRecord) -> None:
        talk = record.conversation
        self.read.seen["conversation"].add(talk.id)
        if talk.started_at < self._oldest:
            return
        mark = self._hash(record)
        if self.known["conversation"].get(talk.id) == mark:
            return
        redacted = redacted_conversation(record, self.settings, self._pepper, self.source.name, self._catalog)
        if redacted.customer_id not in self._erased:
            self._put("conversation", redacted.id, mark, codec.pack(redacted))

    def _skipped(self, item: Skipped) -> None:
        read = self.read
        if item.known:
            # It is still there; only this reading of it failed.
            for kind in KINDS:
                if item.ref in self.known[kind]:
                    self._still(kind, item.ref)
                    read.unchanged.add((kind, item.ref))
        problem = {
            "ref": item.ref,
            "reason": item.reason,
            "file": item.file,
            "line": item.line,
            "used": item.used,
        }
        # A reading that went on may meet again what it had met before.
        if read.resumed and problem in read.problems:
            return
        read.skipped += not item.used
        if len(read.problems) < runs.PROBLEMS_KEPT:
            read.problems.append(problem)

    def _look(self, document: Document) -> None:
        """Note what the guard wants to know of an article that is not as it was."""
        text = intake.text_hash(document.text)
        before = self._texts.get(document.id)
        if before is not None and before != text:
            self.read.changed.add(document.id)
        self.read.bodies[document.id] = intake.text_hash(document.text.partition("\n\n")[2])

    def _hash(self, record: object) -> str:
        # Keyed: the hash of a short raw message must not give the message away.
        return codec.mark(self._pepper, self._encoder.encode((self._reader, record)))


def redacted_conversation(
    record: ConversationRecord, settings: Settings, pepper: bytes, source: str, catalog: CatalogCodes
) -> Conversation:
    """What may be stored of a conversation: redacted, its customer known only by a keyed hash."""
    raw = record.conversation.customer_id or record.customer_email
    redacted = redact(record, settings, catalog)
    subject = None
    if raw:
        subject = codec.mark(pepper, raw.strip().lower().encode("utf-8", "surrogatepass"))
    return replace(redacted, source=source, customer_id=subject)
