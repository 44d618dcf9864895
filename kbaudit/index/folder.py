"""The folder of the vector index: one owner at a time, generations that are built aside and switched to.

    index.lock      held (flock) by the one process that may open the index
    current         the name of the generation that is served
    gen-000042/     one Chroma directory

Nothing here needs Chroma, so that the checks also work on an index that crashes whoever opens it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from kbaudit.errors import IndexBroken, IndexLocked

LOCK = "index.lock"
CURRENT = "current"
GENERATION = re.compile(r"gen-(\d{6})\Z")
# After a kill in the middle of writing, Chroma's graph file may claim gigabytes of which next to nothing is on disk;
# every later open then ends in a segmentation fault. A healthy file has about the size that it takes.
SPARSE_FACTOR = 10
SPARSE_FLOOR = 1 << 20


class Owner:
    """Holds the lock. Raises `IndexLocked` at once where another process does; refuses to work after a fork."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._pid = os.getpid()
        self._file: IO[str] | None = (folder / LOCK).open("a+", encoding="utf-8")
        os.set_inheritable(self._file.fileno(), False)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read(64).strip()
            self._file.close()
            self._file = None
            by = f" by process {holder}" if holder else ""
            raise IndexLocked(
                f"{folder / LOCK}: the vector index is in use{by}. Stop `kbaudit serve`, or let it do this job."
            ) from None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{self._pid}\n")
        self._file.flush()

    def check(self) -> None:
        """Raise `IndexLocked` if this is not the process that took the lock, or it was given back."""
        if os.getpid() != self._pid:
            raise IndexLocked(
                f"{self.folder}: the index was opened before a fork. Open it in the process that uses it."
            )
        if self._file is None:
            raise IndexLocked(f"{self.folder}: the index was closed. Open it again.")

    def close(self) -> None:
        """Give the lock back; does nothing in a forked child, which shares the lock but does not own it."""
        if self._file is not None and os.getpid() == self._pid:
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._file.close()
        self._file = None

    def __enter__(self) -> Owner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def current(folder: Path) -> Path | None:
    """The generation that is served, if there is one."""
    try:
        name = (folder / CURRENT).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    path = folder / name
    return path if GENERATION.match(name) and path.is_dir() else None


def generations(folder: Path) -> Iterator[Path]:
    """Every generation on disk, oldest first."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if GENERATION.match(path.name))


def fresh(folder: Path) -> Path:
    """A new, empty generation."""
    numbers = [int(match[1]) for path in generations(folder) if (match := GENERATION.match(path.name))]
    path = folder / f"gen-{max(numbers, default=0) + 1:06d}"
    path.mkdir(parents=True)
    return path


def switch(folder: Path, generation: Path) -> None:
    """Serve a generation from now on and delete the others: with them goes what was erased from the store."""
    scratch = folder / f"{CURRENT}.new"
    with scratch.open("w", encoding="utf-8") as stream:
        stream.write(generation.name + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(folder / CURRENT)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    for path in list(generations(folder)):
        if path != generation:
            shutil.rmtree(path, ignore_errors=True)


def check_files(generation: Path) -> None:
    """Raise `IndexBroken` for files that would crash whoever opens them: empty or far larger than what they hold."""
    if not (generation / "chroma.sqlite3").is_file():
        raise IndexBroken(f"{generation} holds no index. Run `kbaudit reindex`.")
    for path in sorted(generation.rglob("*.bin")):
        stat = path.stat()
        if stat.st_size > SPARSE_FLOOR and stat.st_size > SPARSE_FACTOR * max(stat.st_blocks * 512, 1):
            raise IndexBroken(
                f"{path} claims {stat.st_size:,} bytes of which {stat.st_blocks * 512:,} exist: the index was damaged "
                "by a crash. Run `kbaudit reindex`."
            )
