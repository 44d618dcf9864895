"""The composition root: a data folder with its settings, its store and the jobs on them."""

from __future__ import annotations

import gc
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbaudit import config
from kbaudit.config import Settings
from kbaudit.connector import Connector, Probe, Source
from kbaudit.errors import SourceError, SourceRefused, Unreadable, UsageError
from kbaudit.jobs import probes as probing
from kbaudit.jobs.answering import Answering
from kbaudit.jobs.applying import Synced, apply_hold, utc_now
from kbaudit.jobs.audit import API_SOURCE, Audit, Audited, stored_place, verify
from kbaudit.jobs.corpus import Place, check_events, place_of, settings_digest
from kbaudit.jobs.erase import erase
from kbaudit.jobs.holder import alive, me
from kbaudit.jobs.notify import deliver
from kbaudit.jobs.progress import Progress, Silent
from kbaudit.jobs.prune import prune
from kbaudit.jobs.readers import Stop, read_all
from kbaudit.jobs.reading import redacted_conversation
from kbaudit.jobs.redaction import CatalogCodes
from kbaudit.jobs.reindex import Reindex
from kbaudit.jobs.sync import Sync
from kbaudit.parsing import safe_extract
from kbaudit.store import Store, codec, conversations, documents, erasure, findings, open_store, runs
from kbaudit.text.rows import Row
from kbaudit.text.rows import conversation as read_conversation

if TYPE_CHECKING:
    from kbaudit.index.encoder import Encoder

# Jobs make many objects that live long. With Python's own 700 the collector looks at all of them again and again, which
# is a seventh of the time of a sync in which nothing changed.
COLLECT_AFTER = (20_000, 20, 20)
STORE_FILE = "kbaudit.sqlite3"
# A source that is slower than this is looked at as it was read last.
VERIFY_SECONDS = 600.0


@dataclass
class App:
    """One data folder: `config/`, the store (unless a URL says otherwise), `secrets/`, `index/` and `run/`.

    Open it after any fork. Everything heavy (model, index) is made when a job first needs it.
    """

    data: Path
    settings: Settings
    store: Store
    progress: Progress | None = None
    _proven: bool = field(default=False, repr=False)

    @classmethod
    def open(cls, data: Path, *, progress: Progress | None = None, create: bool = False) -> App:
        """Open a data folder.

        Raises:
            UsageError: it is none (`create` makes one), also `ConfigError` for its configuration.
            StoreError: the store cannot be opened.
        """
        folder = data / "config"
        if not create and not (folder.is_dir() or (data / STORE_FILE).exists()):
            raise UsageError(f"{data} is no data folder. `kbaudit init {data}` makes one.")
        settings = config.load(folder if folder.is_dir() else None)
        check_events(settings, place_of(settings))
        gc.set_threshold(*COLLECT_AFTER)
        data.mkdir(parents=True, exist_ok=True)
        app = cls(data.resolve(), settings, open_store(settings.store.url or data / STORE_FILE), progress)
        app.note_sources()
        return app

    def close(self) -> None:
        """Close the store and end the parser child."""
        from kbaudit import parsing

        parsing.close()
        self.store.close()

    @cached_property
    def pepper(self) -> bytes:
        """The key of customers' hashes: outside the store, so that destroying it makes them meaningless."""
        path = self.data / "secrets" / "pepper"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_bytes(secrets.token_bytes(32))
            try:
                # Of two processes that start at once, the first one's key stands.
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes()

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model."""
        from kbaudit.index.encoder import make_encoder

        return make_encoder(self.settings.model.name)

    @property
    def place(self) -> Place:
        """Where the shop is."""
        return stored_place(self.store, self.settings)

    # Sources ----------------------------------------------------------------------------------------------------

    def note_sources(self) -> None:
        """Write into the store which sources are configured now."""
        names = {source.name: source for source in self.settings.sources}
        with self.store.read() as db:
            known = {status.name: status for status in runs.source_statuses(db, removed=True)}
        new = [source for name, source in names.items() if name not in known or known[name].removed]
        left = [status for name, status in known.items() if name not in names and not status.removed]
        if not new and not left:
            return
        with self.store.write() as db:
            for source in new:
                fresh = {} if source.name in known else {"state": "never", "message": "", "settings_hash": ""}
                runs.put_source(db, source.name, connector=source.connector, removed=False, **fresh)
            for status in left:
                runs.put_source(db, status.name, removed=True)

    def source(self, name: str) -> Source:
        """A configured source by name. Raises `UsageError`."""
        for source in self.settings.sources:
            if source.name == name:
                return source
        known = ", ".join(sorted(source.name for source in self.settings.sources))
        raise UsageError(f'There is no source "{name}". {f"There are {known}." if known else "None is configured."}')

    def connector(self, source: Source, stop: Stop | None = None) -> Connector:
        """The connector of a source, with its own guarded client, whose waits end when `stop` says so."""
        from kbaudit.http import Client
        from kbaudit.http.pace import Clock

        if source.problem:
            raise SourceRefused(source.problem)
        client = Client.for_source(source)
        if stop is not None:
            client.clock = Clock(sleep=stop.sleep)
        made: Connector = config.connector_class(source.connector)(source, client)
        return made

    def probe(self, source: Source) -> Probe:
        """Ask a source one cheap thing, once: somebody waits. What is wrong is in the answer, not raised."""
        from kbaudit.http import Client

        if source.problem:
            return Probe(False, source.problem)
        try:
            client = Client.for_source(source, tries=1)
            found: Probe = config.connector_class(source.connector)(source, client).probe()
            return found
        except (SourceError, Unreadable, UsageError) as error:
            return Probe(False, str(error))

    # Jobs -------------------------------------------------------------------------------------------------------

    def sync(self, names: Sequence[str] = (), *, by: str = "kbaudit", seconds: float = float("inf")) -> list[Synced]:
        """Read sources (all that are not paused if none is named) into the store, beside each other.

        What fails is in the result, not raised; what is not done after `seconds` is left to the next sync.

        Raises:
            UsageError: an unknown name, or no source is configured.
            JobRunning: the only source to be read is being read already.
        """
        wanted = [self.source(name).name for name in names] or self.unpaused()
        if not self.settings.sources:
            raise UsageError(f"{self.data / 'config' / 'sources.toml'} names no source. Describe one, then try again.")
        if len(wanted) == 1 and seconds == float("inf"):
            return [self.read_source(wanted[0], by, Stop(), self.progress)]
        return read_all(self.read_source, wanted, by, self.progress, seconds)

    def unpaused(self) -> list[str]:
        """The sources that the schedule reads."""
        with self.store.read() as db:
            paused = {status.name for status in runs.source_statuses(db) if status.paused_at is not None}
        return [source.name for source in self.settings.sources if source.name not in paused]

    def read_source(self, source: str, by: str, stop: Stop, progress: Progress | None) -> Synced:
        """Read one source into the store."""
        described = self.source(source)
        return Sync(
            self.store,
            self.settings,
            described,
            lambda: self.connector(described, stop),
            # By the settings alone: what a page says must not depend on what else is stored.
            place_of(self.settings),
            pepper=self.pepper,
            by=by,
            progress=progress,
            extractor=safe_extract,
            stopped=stop.asked,
        ).run()

    def audit(
        self, *, day: date | None = None, select: Sequence[str] = (), ignore: Sequence[str] = (), by: str = "kbaudit"
    ) -> Audited:
        """Run the checks over the store and bring the queue up to date."""
        return self._audit(by, day, select, ignore).run()

    def _audit(self, by: str, day: date | None = None, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Audit:
        return Audit(
            self.store,
            self.settings,
            self.encoder,
            by=by,
            day=day,
            select=select,
            ignore=ignore,
            progress=self.progress,
        )

    def verify(self, fingerprint: str, *, by: str) -> str:
        """Read the sources of one finding again and look whether it is still there: `resolved` or `standing`."""
        with self.store.read() as db:
            item = findings.get(db, fingerprint)
        if item is None:
            raise UsageError(f"there is no finding {fingerprint!r}")
        configured = {source.name for source in self.settings.sources}
        names = sorted({ref.source for ref in item.finding.documents if ref.kind != "conversation"} & configured)
        if names:
            self.sync(names, by=by, seconds=VERIFY_SECONDS)
        with self.store.write() as db:
            run = runs.begin(db, "verify", scope=fingerprint, holder=me(), alive=alive, by=by, now=utc_now())
        try:
            verdict = verify(self._audit(by), fingerprint, run=run, by=by)
        except BaseException as error:
            with self.store.write() as db:
                runs.finish(db, run, "failed", now=utc_now(), error=f"{type(error).__name__}: {error}")
            raise
        with self.store.write() as db:
            runs.finish(db, run, "done", now=utc_now(), counts={verdict: 1})
        return verdict

    def apply_hold(self, hold: int, *, by: str) -> Synced:
        """Apply a held sync that somebody released."""
        return apply_hold(self.store, hold, by=by)

    def reindex(self, *, by: str = "kbaudit") -> dict[str, int]:
        """Make the vector index again from the store."""
        return self._reindex(by).run()

    def refresh_index(self, *, by: str = "kbaudit") -> dict[str, int]:
        """Put into the vector index what is new, take out what is gone; the first time, prove that it is sound."""
        counts = self._reindex(by, probe=not self._proven).refresh()
        self._proven = True
        return counts

    def _reindex(self, by: str, probe: bool = False) -> Reindex:
        mark = settings_digest(self.settings, self.place)
        where = self.data / "index"
        return Reindex(self.store, self.encoder, where, mark, probe=probe, by=by, progress=self.progress)

    def propose_probes(self, *, by: str = "kbaudit") -> int:
        """Look in the store for questions that may become golden probes. Returns how many wait for the first time."""
        return probing.look(self.store, self._audit(by).snapshot, by=by)

    def prune(self, *, by: str = "kbaudit") -> dict[str, int]:
        """Delete what is kept no longer."""
        return prune(self.store, self.settings, self.encoder.name, by=by)

    def erase(self, customer: str, *, by: str = "kbaudit") -> dict[str, int]:
        """Delete everything that is kept of a customer, named by the id or address that conversations carry."""
        return erase(self.store, self.pepper, customer, by=by)

    def deliver(self) -> int:
        """Send the webhooks that are due."""
        return deliver(self.store, self.settings, utc_now) if self.settings.webhooks else 0

    # Answers ----------------------------------------------------------------------------------------------------

    @cached_property
    def answering(self) -> Answering:
        """What answers the web process; the model and the snapshot are made at the first question."""

        def version() -> object:
            with self.store.read() as db:
                return runs.last_change(db)

        return Answering(lambda: self._audit("kbaudit").snapshot(Silent())[0], version)

    def answer(self, do: str, arguments: Mapping[str, Any]) -> Any:
        """One request of the web process: `ask`, `check-answer`, `ping`."""
        return self.answering.answer(do, arguments)

    # Conversations ----------------------------------------------------------------------------------------------

    def _product_titles(self) -> list[str]:
        with self.store.read() as db:
            return documents.product_titles(db)

    def ingest(self, rows: Iterable[Mapping[str, Any]], by: str) -> tuple[list[str], list[Mapping[str, Any]]]:
        """Take conversations in the file format: redacted, then stored. Returns (accepted ids, problems)."""
        place = self.place
        accepted: list[str] = []
        problems: list[Mapping[str, Any]] = []
        ready = []
        catalog = CatalogCodes(self._product_titles)
        for number, item in enumerate(rows):
            try:
                record = read_conversation(Row(item, place.zone, place.currency), API_SOURCE)
            except Unreadable as problem:
                problems.append({"index": number, "id": item.get("id"), "reason": str(problem)})
                continue
            ready.append(redacted_conversation(record, self.settings, self.pepper, API_SOURCE, catalog))
        with self.store.write() as db:
            gone = erasure.erased(db)
            for conversation in ready:
                if conversation.customer_id in gone:
                    problems.append({"id": conversation.id, "reason": "this customer was erased"})
                    continue
                data = codec.pack(conversation)
                conversations.put(db, conversation, codec.mark(self.pepper, data), now=utc_now())
                accepted.append(conversation.id)
        return accepted, problems
