"""The worker process: leads or stands by, runs jobs one at a time in its main thread, answers the web process.

Jobs run in the main thread so that SIGTERM and Ctrl-C reach them: they end at once, what they had not published is
dropped, the run says that it was interrupted, and the next one does its work.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from kbaudit.app import App
from kbaudit.errors import IndexBroken, IndexLocked, JobRunning, KbauditError, StoreError
from kbaudit.jobs.holder import alive, me
from kbaudit.scheduler import slots, wire
from kbaudit.scheduler.ticker import Ticker
from kbaudit.store import runs
from kbaudit.store import slots as claims

LEASE_SECONDS = 30.0
# Jobs of the schedule, in the order in which they run when they fall due together.
JOBS = ("sync", "audit", "prune")
# A slot that was due longer ago than this was missed, and is caught up.
LATE = timedelta(minutes=5)
FRESH = timedelta(minutes=10)
log = logging.getLogger("kbaudit.worker")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a claimed slot, or a request of a person."""

    job: str
    scope: str = ""
    by: str = "kbaudit"
    slot: int | None = None
    request: int | None = None


class Worker:
    """One worker over one data folder."""

    def __init__(self, app: App, *, poll: float = 1.0) -> None:
        self.app = app
        self._poll = poll
        self._token: int | None = None
        self._tasks: queue.Queue[Task] = queue.Queue()
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()

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
                self.lead()
                ticker.look()
            except Exception:
                log.exception("keeping the lease")

    # Slots ------------------------------------------------------------------------------------------------------

    def tick(self, now: datetime | None = None) -> list[Task]:
        """Claim what is due. A slot of a job that is still at work is recorded as skipped."""
        if self._token is None:
            return []
        moment = now or datetime.now(UTC)
        zone = self.app.place.zone
        claimed: list[Task] = []
        for job in JOBS:
            slot = slots.due(getattr(self.app.settings.schedule, job), moment, zone)
            if slot is None:
                continue
            with self._lock:
                skip = job in self._busy
                with self.app.store.write() as db:
                    note = self._note(db, job, slot, moment)
                    state = "skipped" if skip else "claimed"
                    id_ = claims.claim(
                        db, job, slot.name, holder=me(), token=self._token, now=moment, state=state, note=note
                    )
                if id_ is not None and not skip:
                    self._busy.add(job)
                    claimed.append(Task(job, slot=id_))
        for task in claimed:
            self._tasks.put(task)
        return claimed

    def _note(self, db: Any, job: str, slot: slots.Slot, now: datetime) -> str:
        if job in self._busy:
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
        try:
            return self._tasks.get_nowait()
        except queue.Empty:
            return None

    def work(self, task: Task) -> bool:
        """Do one task and write down how it ended."""
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
        now = datetime.now(UTC)
        with self.app.store.write() as db:
            if task.slot is not None:
                claims.end_slot(db, task.slot, "done" if ok else "failed", now=now, note=note)
            if task.request is not None:
                run = runs.newest(db)
                runs.finish_request(db, task.request, ok=ok, run=run, now=now)
        with self._lock:
            self._busy.discard(task.job)
        return ok

    def _do(self, task: Task) -> str:
        app = self.app
        if task.job == "sync" and task.scope.startswith("hold:"):
            counts = app.apply_hold(int(task.scope.removeprefix("hold:")), by=task.by).counts
            return f"{counts}{self._index(task)}"
        if task.job == "sync":
            done = app.sync([task.scope] if task.scope else (), by=task.by)
            index = self._index(task) if any(item.touched for item in done) else ""
            return "; ".join(f"{item.source}: {item.state}" for item in done) + index
        if task.job == "audit":
            # A person who asks for an audit wants it of what is stored now; the schedule's reads first.
            if task.slot is not None and app.settings.sources and not self._fresh():
                app.sync(by=task.by)
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

    def _fresh(self) -> bool:
        """Every source was read within the last minutes: the schedule's sync ran just before its audit."""
        with self.app.store.read() as db:
            times = [status.synced_at for status in runs.source_statuses(db)]
        now = datetime.now(UTC)
        return all(time is not None and now - time < FRESH for time in times)

    def _index(self, task: Task) -> str:
        """Bring the vector index up to date; what is wrong with it does not undo what was read or audited."""
        try:
            self.app.refresh_index(by=task.by)
        except (IndexBroken, IndexLocked, JobRunning) as error:
            return f"; index: {error}"
        return ""

    # The process ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until told to stop (SIGTERM, SIGINT)."""
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        ticker = Ticker(self._tick_safely)
        close = wire.listen(run_folder(self.app.data), self.app.answer)
        try:
            self.lead()
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
