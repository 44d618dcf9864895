"""Sources read beside each other, each in a thread of its own, so that a sick one delays no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from kbaudit import parsing
from kbaudit.jobs.applying import Synced
from kbaudit.jobs.progress import Progress

# How long a stop waits for threads to write down where they are; a thread that hangs in a request is left to end with
# the process, and its reading goes on at its last checkpoint all the same.
STOP_SECONDS = 10.0


class Stop:
    """Tells threads to end. Passed on as a clock's `sleep` it ends a wait at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> None:
        """Say stop."""
        self._event.set()

    def asked(self) -> bool:
        """Whether somebody said stop."""
        return self._event.is_set()

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `SystemExit` as soon as somebody says stop."""
        if self._event.wait(max(0.0, seconds)):
            raise SystemExit("stopped")


class Read(Protocol):
    """Syncs one source; ends early when `stop` says so."""

    def __call__(self, source: str, by: str, stop: Stop, progress: Progress | None) -> Synced:
        """How it ended."""


Then = Callable[[Synced], None]


class Readers:
    """The threads that read, at most one a source."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._stop = Stop()
        self._lock = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}

    def start(self, source: str, by: str, then: Then, progress: Progress | None = None) -> bool:
        """Start to read a source; `then` gets how it ended, in that thread. False if it is being read already."""
        with self._lock:
            if source in self._threads or self._stop.asked():
                return False
            arguments = (source, by, then, progress)
            thread = threading.Thread(target=self._work, args=arguments, name=f"read {source}", daemon=True)
            self._threads[source] = thread
        thread.start()
        return True

    def _work(self, source: str, by: str, then: Then, progress: Progress | None) -> None:
        try:
            try:
                done = self._read(source, by, self._stop, progress)
            except SystemExit:
                done = Synced(0, source, "interrupted", "stopped")
            except Exception as error:
                done = Synced(0, source, "failed", str(error) or type(error).__name__)
            then(done)
        finally:
            parsing.close()
            with self._lock:
                self._threads.pop(source, None)

    def busy(self) -> frozenset[str]:
        """The sources that are being read."""
        with self._lock:
            return frozenset(self._threads)

    def wait(self, sources: Collection[str] | None = None, seconds: float = float("inf")) -> bool:
        """Wait until these sources (all if none are named) are read; False if that takes too long."""
        end = time.monotonic() + seconds
        while True:
            with self._lock:
                waiting = [t for name, t in self._threads.items() if sources is None or name in sources]
            if not waiting:
                return True
            if time.monotonic() >= end:
                return False
            waiting[0].join(min(0.2, max(0.0, end - time.monotonic())))

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Tell every thread to end, and wait a while for it."""
        self._stop()
        self.wait(seconds=seconds)


class Together:
    """One progress for several sources at once: what each of them did, added up."""

    def __init__(self, inner: Progress, count: int) -> None:
        self._inner, self._count = inner, count
        self._lock = threading.Lock()
        self._totals: dict[int, int] = {}
        self._done: dict[int, int] = {}

    def part(self) -> Progress:
        """The progress of one of them."""
        return _Part(self)

    def note(self, part: int, *, total: int | None = None, done: int | None = None) -> None:
        """One of them has so many to do, or did so many."""
        with self._lock:
            if done is None:
                self._totals[part] = total or 0
                self._inner.stage(f"reading {self._count} sources", sum(self._totals.values()) or None)
            else:
                self._done[part] = done
            self._inner.done(sum(self._done.values()))


class _Part:
    def __init__(self, whole: Together) -> None:
        self._whole = whole

    def stage(self, name: str, total: int | None = None) -> None:
        """Only what is read counts; storing is quick."""
        if total is not None:
            self._whole.note(id(self), total=total)

    def done(self, count: int) -> None:
        """So many are read."""
        self._whole.note(id(self), done=count)


def read_all(read: Read, sources: Sequence[str], by: str, progress: Progress | None, seconds: float) -> list[Synced]:
    """Read sources beside each other; how each ended, in the order given.

    What takes longer than `seconds` is stopped, and goes on with the next sync. Ctrl-C stops all of them.
    """
    ended: dict[str, Synced] = {}
    readers = Readers(read)
    together = Together(progress, len(sources)) if progress is not None else None
    try:
        for source in sources:
            part = together.part() if together is not None else None
            readers.start(source, by, lambda done: ended.update({done.source: done}), part)
        readers.wait(seconds=seconds)
    finally:
        readers.stop()
    late = "is still being read; the next sync goes on with it"
    return [ended.get(source) or Synced(0, source, "interrupted", f"{source} {late}") for source in sources]
