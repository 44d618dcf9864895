"""Where long work says how far it is, and is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from kbaudit.store import Store, runs


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
    """Passes progress on, and writes it into the run's row about once a second: its sign of life."""

    def __init__(
        self, store: Store, run: int, inner: Progress | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._run, self._inner, self._clock = store, run, inner, clock
        self._name, self._total, self._written = "", None, clock()  # type: tuple[str, int | None, float]

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

    def _write(self, count: int) -> None:
        now = self._clock()
        if now - self._written < 1.0:
            return
        self._written = now
        with self._store.write() as db:
            runs.beat(db, self._run, now=datetime.now(UTC), done=count, total=self._total, label=self._name)
