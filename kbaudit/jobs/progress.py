"""Where long work says how far it is, and is told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Protocol

from kbaudit.errors import StoreError
from kbaudit.store import Store, runs

BEAT_SECONDS = 30.0


class Progress(Protocol):
    """A bar, a row, or nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins."""

    def done(self, count: int) -> None:
        """So many of the stage's total are done."""


class Silent:
    """Says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def done(self, count: int) -> None:
        """Nothing."""


class Beating:
    """Passes progress on, and writes it into the run's row, at most once a second."""

    def __init__(
        self, store: Store, run: int, inner: Progress | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._run, self._inner, self._clock = store, run, inner, clock
        self._name, self._total, self._written = "", None, clock()  # type: tuple[str, int | None, float]
        self._count = 0

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins."""
        self._name, self._total = name, total
        if self._inner:
            self._inner.stage(name, total)
        self._write(0)

    def done(self, count: int) -> None:
        """So many of the stage's total are done."""
        if self._inner:
            self._inner.done(count)
        self._write(count)

    def beat(self) -> None:
        """Write that the run is alive."""
        self._written = self._clock()
        with self._store.write() as db:
            runs.beat(db, self._run, now=datetime.now(UTC), done=self._count, total=self._total, label=self._name)

    def _write(self, count: int) -> None:
        self._count = count
        if self._clock() - self._written >= 1.0:
            self.beat()


@contextmanager
def beating(store: Store, run: int, inner: Progress | None) -> Iterator[Beating]:
    """The progress of a run, with a sign of life every half minute while the block runs, however long a step takes."""
    progress, ended = Beating(store, run, inner), threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            # A store that is held for a while misses a beat, no more.
            with suppress(StoreError):
                progress.beat()

    thread = threading.Thread(target=beat, name=f"heartbeat of run {run}", daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        ended.set()
        thread.join()
