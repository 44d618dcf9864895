"""Progress on standard error: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Bar:
    """A progress bar that names its stage; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._progress: Any = None
        self._task: Any = None
        self._name = ""

    def __enter__(self) -> Bar:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(file=sys.stderr),
                transient=True,
            )
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins."""
        if self._progress is None:
            return
        if self._task is None:
            self._task = self._progress.add_task(name, total=total)
        elif name != self._name:
            self._progress.reset(self._task, total=total)
            self._progress.update(self._task, description=name)
        self._name = name

    def done(self, count: int) -> None:
        """So many of the stage's total are done."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=count)
