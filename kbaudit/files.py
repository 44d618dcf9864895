"""Local files as hostile input: opened once, regular files only, inflated and cut within limits."""

from __future__ import annotations

import csv
import io
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from kbaudit.errors import SourceUnavailable, Unreadable, UsageError

LINE_LIMIT = 80 * 1024 * 1024
FILE_LIMIT = 20 * 1024 * 1024
FIELD_LIMIT = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"
DELIMITERS = (",", "\t", ";", "|")


def open_export(path: Path) -> BinaryIO:
    """A file, inflated while it is read where it is gzip by name or by content.

    Raises `UsageError` (missing, a folder, not a regular file) or `SourceUnavailable` (cannot be opened).
    """
    try:
        # Without O_NONBLOCK, opening a FIFO waits for ever for somebody to write.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, ValueError) as problem:
        raise SourceUnavailable(f"{path}: cannot be opened: {getattr(problem, 'strerror', None) or problem}") from None
    kind = os.fstat(handle).st_mode
    if not stat.S_ISREG(kind):
        os.close(handle)
        raise UsageError(f"{path}: {'a folder' if stat.S_ISDIR(kind) else 'not a regular file'}, a file is needed")
    stream = os.fdopen(handle, "rb", buffering=1 << 20)
    if cast(io.BufferedReader, stream).peek(2)[:2] == GZIP:
        return cast(BinaryIO, io.BufferedReader(_Gunzip(stream), 1 << 20))
    return stream


class _Gunzip(io.RawIOBase):
    """Inflates a file; where it is damaged or breaks off, gives what there was and keeps the reason in `problem`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._inflate = zlib.decompressobj(31)
        self._waiting = b""
        self.problem: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self.problem is None:
            if not self._waiting:
                self._waiting = self._stream.read(1 << 16)
                if not self._waiting:
                    self.problem = None if self._inflate.eof else "the end is missing"
                    return 0
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(31)
            try:
                piece = self._inflate.decompress(self._waiting, len(buffer))
            except zlib.error as error:
                self.problem = str(error)
                return 0
            self._waiting = self._inflate.unconsumed_tail or self._inflate.unused_data.lstrip(b"\0")
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
        return 0

    def close(self) -> None:
        self._stream.close()
        super().close()


def lines(path: Path, limit: int = LINE_LIMIT) -> Iterator[tuple[int, bytes | Unreadable]]:
    """Lines of a file with their numbers from 1, without line ends and byte order mark.

    A line longer than `limit` bytes, and the place where a damaged archive breaks off, come as `Unreadable`.
    """
    with open_export(path) as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(limit + 1)
                if not line:
                    problem = getattr(getattr(stream, "raw", None), "problem", None)
                    if problem:
                        yield number, Unreadable(f"the file breaks off here: {problem}")
                    return
                if len(line) > limit and not line.endswith(b"\n"):
                    while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                        pass
                    yield number, Unreadable(f"line longer than {limit // 1024 // 1024} MiB")
                    continue
            except OSError as error:
                yield number, Unreadable(f"the file breaks off here: {error.strerror or error}")
                return
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            yield number, line.rstrip(b"\r\n")


def decode(raw: bytes) -> tuple[str, bool]:
    """Text of UTF-8 bytes, and whether anything in it was not UTF-8 (it is then replaced by U+FFFD)."""
    try:
        return raw.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return raw.decode("utf-8-sig", "replace"), True


def read_inside(root: Path, path: Path, limit: int = FILE_LIMIT) -> tuple[bytes, bool]:
    """A regular file that really lies below `root`, cut at `limit` bytes, and whether it was cut.

    The opened file is judged, not the name: a link that leads out, a device or a FIFO raises `Unreadable`.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as problem:
        raise Unreadable(f"cannot be opened: {getattr(problem, 'strerror', None) or problem}") from None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unreadable("not a regular file")
        if path.is_symlink() or root.resolve() not in path.resolve().parents:
            real = Path(f"/proc/self/fd/{handle}")
            target = real.resolve() if real.exists() else path.resolve()
            if root.resolve() not in target.parents:
                raise Unreadable("a link that leads out of the folder")
        try:
            data = stream.read(limit + 1)
        except OSError as problem:
            raise Unreadable(f"cannot be read: {problem.strerror or problem}") from None
    return data[:limit], len(data) > limit


def table(path: Path, delimiter: str | None = None) -> Iterator[tuple[int, list[str] | Unreadable, bool]]:
    """Rows of a table: the line on which each begins, its cells, and whether it was valid UTF-8; the header first.

    `delimiter` None: a tab in a `.tsv`, else the mark that stands most often in the first line.
    """
    csv.field_size_limit(FIELD_LIMIT)
    damaged: set[int] = set()
    broken: list[tuple[int, Unreadable]] = []
    row: list[str] = []

    def decoded() -> Iterator[str]:
        for number, line in lines(path):
            if isinstance(line, Unreadable):
                broken.append((number, line))
                continue
            text, bad = decode(line)
            if bad:
                damaged.add(number)
            row.append(text.replace("\0", "") + "\n")
            yield row[-1]

    mark = delimiter or _delimiter(path)
    reader = csv.reader(decoded(), delimiter=mark)
    while True:
        number = reader.line_num + 1
        row.clear()
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as problem:
            yield number, Unreadable(f"not a row of a table: {problem}"), False
            continue
        if len(row) > 1 and sum(line.count('"') for line in row) % 2:
            # Only the last row can end within quotes: what follows its first line are rows of their own.
            yield number, Unreadable("a quotation mark that is never closed"), False
            for offset, line in enumerate(row[1:], start=number + 1):
                cells = next(csv.reader([line], delimiter=mark), [])
                if any(value.strip() for value in cells):
                    yield offset, cells, offset in damaged
        elif any(value.strip() for value in values):
            yield number, values, number in damaged
    for number, reason in broken:
        yield number, reason, False


def named(
    rows: Iterator[tuple[int, list[str] | Unreadable, bool]], header: list[str]
) -> Iterator[tuple[int, dict[str, Any] | Unreadable, bool]]:
    """Rows behind a header as column to cell; empty cells are left out."""
    for number, values, bad in rows:
        if isinstance(values, Unreadable):
            yield number, values, bad
        elif any(value.strip() for value in values[len(header) :]):
            yield number, Unreadable(f"{len(values)} columns where the header has {len(header)}"), bad
        else:
            yield number, {name: v for name, v in zip(header, values, strict=False) if name and v != ""}, bad


def column(name: str) -> str:
    """A column's name in the spelling of the file formats: `G:Sale Price` is `sale_price`."""
    return "_".join(name.strip().strip("\ufeff").lower().removeprefix("g:").replace("-", " ").split())


def _delimiter(path: Path) -> str:
    if ".tsv" in path.suffixes:
        return "\t"
    for _, line in lines(path):
        if isinstance(line, bytes) and line.strip():
            text, _ = decode(line)
            return max(DELIMITERS, key=lambda mark: (text.count(mark), -DELIMITERS.index(mark)))
    return ","
