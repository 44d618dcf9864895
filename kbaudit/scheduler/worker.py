"""The worker process: leads or stands by, reads sources, runs jobs, answers the web process.

Sources are read beside each other in threads of their own. Every other job runs in the main thread, one at a time, so
that SIGTERM and Ctrl-C reach it: it ends at once, what it had not published is dropped, the run says that it was
interrupted, and the next one does its work. A reading that is stopped is gone on with.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from kbaudit.app import App
from kbaudit.errors import IndexBroken, IndexLocked, JobRunning, KbauditError, StoreError
from kbaudit.jobs import schedule
from kbaudit.jobs.applying import Synced
from kbaudit.jobs.holder import alive, me, note_dead
from kbaudit.jobs.readers import Readers
from kbaudit.scheduler import wire
from kbaudit.scheduler.ticker import Ticker
from kbaudit.store import runs
from kbaudit.store import slots as claims

LEASE_SECONDS = 30.0
# Jobs of the schedule beside the sources, in the order in which they run when they fall due together.
JOBS = ("audit", "prune")
# A slot that was due longer ago than this was missed, and is caught up.
LATE = timedelta(minutes=5)
FRESH = timedelta(minutes=10)
# So long the schedule's audit waits for the sources to be read; a source that takes longer is in the next one.
AUDIT_WAITS = 900.0
# A source that asked for a pause is read again after it, so many times before it waits for its next slot.
MOST_PAUSES = 6
log = logging.getLogger("kbaudit.worker")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a claimed slot, or a request of a person."""

    job: str
    scope: str = ""
    by: str = "kbaudit"
    slot: int | None = None
    request: int | None = None
    waits_until: float | None = None


@dataclass(slots=True)
class _Group:
    """Readings that were asked for together: the last one to end says how they went."""

    task: Task
    left: int
    done: list[Synced] = field(default_factory=list)


class Worker:
    """One worker over one data folder."""

    def __init__(self, app: App, *, poll: float = 1.0) -> None:
        self.app = app
        self._poll = poll
        self._token: int | None = None
        self._tasks: queue.Queue[Task] = queue.Queue()
        self._busy: set[str] = set()
        # When a source that asked for a pause may be asked again (monotonic), and how often in a row it did.
        self._again: dict[str, float] = {}
        self._pauses: dict[str, int] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._warming: threading.Thread | None = None
        self.readers = Readers(app.read_source)

    # Leading ----------------------------------------------------------------------------------------------------

    def lead(self) -> bool:
        """Take or keep the lease. A new leader frees what a dead one had claimed."""
        now = datetime.now(UTC)
        try:
            with self.app.store.write() as db:
                token = claims.lead(db, me(), now=now, seconds=LEASE_SECONDS, alive=alive)
                if token is not None and token != self._token:
                    runs.interrupt_dead(db, alive=alive, now=now)
                    claims.take_over(db, now=now)
                    log.info("leads with token %d", token)
        except StoreError as error:
            log.warning("lease: %s", error)
            return self._token is not None
        self._token = token
        return token is not None

    def _keep_leading(self, ticker: Ticker) -> None:
        while not self._stop.wait(LEASE_SECONDS / 3):
            try:
                if self.lead():
                    # Of a process beside this one, such as a crawl from the command line.
                    note_dead(self.app.store, datetime.now(UTC))
                ticker.look()
            except Exception:
                log.exception("keeping the lease")

    # Slots ------------------------------------------------------------------------------------------------------

    def tick(self, now: datetime | None = None) -> list[Task]:
        """Claim what is due. A slot of a job that is still at work is recorded as skipped."""
        if self._token is None:
            return []
        moment = now or datetime.now(UTC)
        settings = self.app.settings
        wanted = [(f"sync:{name}", settings.schedule_of(name), name) for name in self.app.unpaused()]
        wanted += [(job, getattr(settings.schedule, job), "") for job in JOBS]
        claimed: list[Task] = []
        for job, text, scope in wanted:
            slot = schedule.due(text, moment, self.app.place.zone)
            if slot is None:
                continue
            with self._lock:
                skip = self._at_work(job, scope)
                with self.app.store.write() as db:
                    note = self._note(db, job, slot, moment, skip)
                    state = "skipped" if skip else "claimed"
                    id_ = claims.claim(
                        db, job, slot.name, holder=me(), token=self._token, now=moment, state=state, note=note
                    )
                if id_ is not None and not skip:
                    self._busy.add(job)
                    claimed.append(Task("sync" if scope else job, scope, slot=id_))
        for task in claimed:
            self._tasks.put(task)
        return claimed

    def _at_work(self, job: str, source: str) -> bool:
        return job in self._busy or source in self.readers.busy()

    def _note(self, db: Any, job: str, slot: schedule.Slot, now: datetime, skip: bool) -> str:
        if skip:
            return "the one before is still at work"
        return "late: caught up once" if now - slot.due > LATE and claims.last_slot(db, job) is not None else ""

    # Working ----------------------------------------------------------------------------------------------------

    def next_task(self) -> Task | None:
        """What to do next: requests of people first, then slots."""
        if self._token is None:
            return None
        with self.app.store.read() as db:
            waiting = runs.has_request(db)
        if waiting:
            with self.app.store.write() as db:
                asked = runs.take_request(db)
            if asked is not None:
                return Task(asked["job"], asked["scope"], asked["by"], request=asked["id"])
        rested = self._rested()
        if rested is not None:
            return Task("sync", rested)
        try:
            task = self._tasks.get_nowait()
        except queue.Empty:
            return None
        return self._once_read(task) if task.job == "audit" and task.slot is not None else task

    def _rest(self, done: Synced) -> None:
        """Note when a source that asked for a pause may be asked again."""
        if done.state == "running":
            return
        self._again.pop(done.source, None)
        if done.again is None:
            self._pauses.pop(done.source, None)
            return
        self._pauses[done.source] = self._pauses.get(done.source, 0) + 1
        if self._pauses[done.source] <= MOST_PAUSES:
            self._again[done.source] = time.monotonic() + done.again

    def _rested(self) -> str | None:
        """A source whose pause is over."""
        now = time.monotonic()
        with self._lock:
            name = next((name for name, at in sorted(self._again.items()) if at <= now), None)
            if name is not None:
                del self._again[name]
        return name if name is None or name in self.app.unpaused() else None

    def _once_read(self, task: Task) -> Task | None:
        """The schedule's audit reads the sources first; None while it waits for them."""
        if task.waits_until is None:
            stale = self._stale()
            if not stale:
                return task
            task = replace(task, waits_until=time.monotonic() + AUDIT_WAITS)
            for name in stale:
                self._read(Task("sync", name))
        elif not self.readers.busy() or time.monotonic() >= task.waits_until:
            return task
        self._tasks.put(task)
        return None

    def _stale(self) -> list[str]:
        """The sources without a schedule of their own that were not read whole within the last minutes."""
        with self.app.store.read() as db:
            times = {status.name: status.synced_at for status in runs.source_statuses(db)}
        now = datetime.now(UTC)
        return [
            name
            for name in self.app.unpaused()
            if name not in self.app.settings.schedules and not ((at := times.get(name)) and now - at < FRESH)
        ]

    def _read(self, task: Task) -> None:
        """Start to read the source of a task, or all of them; how it ended is written down by the last one."""
        names = [task.scope] if task.scope else self.app.unpaused()
        group = _Group(task, len(names))
        if not names:
            self._readings_ended(group)
        for name in names:
            if not self.readers.start(name, task.by, lambda done: self._reading_ended(group, done)):
                # What was asked for is under way; that is no failure.
                self._reading_ended(group, Synced(0, name, "running", "it is being read already"))

    def _reading_ended(self, group: _Group, done: Synced) -> None:
        log.info("sync %s: %s %s", done.source, done.state, done.message)
        with self._lock:
            self._rest(done)
            group.done.append(done)
            group.left -= 1
            last = group.left == 0
        if last and not self._stop.is_set():
            self._readings_ended(group)

    def _readings_ended(self, group: _Group) -> None:
        task = group.task
        ok = all(item.state not in ("failed", "refused") or item.run for item in group.done)
        note = "; ".join(f"{item.source}: {item.state}" for item in group.done)
        run = max((item.run for item in group.done), default=0) or None
        self._ended(task, ok, note, run)
        if any(item.touched for item in group.done):
            self._tasks.put(Task("refresh", by=task.by))

    def work(self, task: Task) -> bool:
        """Do one task and write down how it ended; a source is only begun to be read."""
        if task.job == "sync" and not task.scope.startswith("hold:"):
            self._read(task)
            return True
        started = time.monotonic()
        try:
            note = self._do(task)
            ok = True
        except JobRunning as error:
            note, ok = str(error), False
        except KbauditError as error:
            note, ok = str(error), False
        except Exception as error:
            log.exception("%s %s", task.job, task.scope)
            note, ok = f"{type(error).__name__}: {error}", False
        log.info(
            "%s %s: %s in %.1f s %s", task.job, task.scope, "done" if ok else "failed", time.monotonic() - started, note
        )
        with self.app.store.read() as db:
            run = runs.newest(db)
        self._ended(task, ok, note, run)
        if self.app.answering.wanted:
            self._warm()
        return ok

    def _ended(self, task: Task, ok: bool, note: str, run: int | None) -> None:
        now = datetime.now(UTC)
        with self.app.store.write() as db:
            if task.slot is not None:
                claims.end_slot(db, task.slot, "done" if ok else "failed", now=now, note=note)
            if task.request is not None:
                runs.finish_request(db, task.request, ok=ok, run=run, now=now)
        with self._lock:
            self._busy.discard(f"sync:{task.scope}" if task.job == "sync" else task.job)

    def _do(self, task: Task) -> str:
        app = self.app
        if task.job == "sync" and task.scope.startswith("hold:"):
            counts = app.apply_hold(int(task.scope.removeprefix("hold:")), by=task.by).counts
            return f"{counts}{self._index(task)}"
        if task.job == "refresh":
            return self._index(task)
        if task.job == "audit":
            # A person who asks for an audit wants it of what is stored now; the schedule's reads first.
            counts = app.audit(by=task.by).counts
            return f"{counts}{self._index(task)}"
        if task.job == "verify":
            return app.verify(task.scope, by=task.by)
        if task.job == "reindex":
            return str(app.reindex(by=task.by))
        if task.job == "probes":
            return f"{app.propose_probes(by=task.by)} proposed"
        if task.job == "prune":
            return str(app.prune(by=task.by))
        return f"there is no job {task.job!r}"

    def _index(self, task: Task) -> str:
        """Bring the vector index up to date; what is wrong with it does not undo what was read or audited."""
        try:
            self.app.refresh_index(by=task.by)
        except (IndexBroken, IndexLocked, JobRunning) as error:
            return f"; index: {error}"
        return ""

    def _warm(self) -> None:
        """Make ready in the background what answers the web process; the first to ask would wait for it else."""
        if self._warming is None or not self._warming.is_alive():
            self._warming = threading.Thread(target=self._warm_safely, name="warm", daemon=True)
            self._warming.start()

    def _warm_safely(self) -> None:
        try:
            self.app.answering.warm()
        except Exception as error:
            log.warning("answers are not ready yet: %s", error)

    # The process ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until told to stop (SIGTERM, SIGINT)."""
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        ticker = Ticker(self._tick_safely)
        close = wire.listen(run_folder(self.app.data), self.app.answer)
        try:
            self.lead()
            self._warm()
            ticker.start()
            threading.Thread(target=self._keep_leading, args=(ticker,), name="lease", daemon=True).start()
            while True:
                task = self.next_task()
                if task is None:
                    time.sleep(self._poll)
                else:
                    self.work(task)
        except (KeyboardInterrupt, SystemExit):
            log.info("stops")
        finally:
            self._stop.set()
            ticker.stop()
            self.readers.stop()
            close()
            with self.app.store.write() as db:
                claims.resign(db, me(), now=datetime.now(UTC))
            self.app.close()

    def _tick_safely(self) -> None:
        try:
            self.tick()
            if self._token is not None:
                self.app.deliver()
        except StoreError as error:
            log.warning("tick: %s", error)


def run_folder(data: Path) -> Path:
    """Where the worker's socket lies."""
    return data / "run"


def _stop(_number: int, _frame: FrameType | None) -> None:
    # Once: a Ctrl-C in a terminal comes from there and again from the parent, and must not cut the tidying short.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
