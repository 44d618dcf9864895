"""The killable child: reads one task, answers it, and again; without network, within limits.

Frames on both pipes are a length of four bytes and that many bytes of MessagePack.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

import msgspec

from kbaudit.model.record import ArticleRecord, BodyKind

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 10
FILE_SIZE = 64 * 1024 * 1024
OPEN_FILES = 32
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


class Task(msgspec.Struct):
    """What to parse: an article's `text` of a `kind`, or a crawled page (`body`, with the content's `selector`)."""

    text: str | None = None
    kind: BodyKind = "html"
    title: str = ""
    body: bytes = b""
    url: str | None = None
    selector: str | None = None
    charset: str | None = None
    repeated: tuple[str, ...] = ()


def limit() -> None:
    """Bound this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    except (OSError, AttributeError):
        return


def allow_cpu() -> None:
    """Ten seconds of CPU more than were used so far; past them the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def answer(task: Task) -> Any:
    """The parsed record or page."""
    if task.text is not None:
        from kbaudit.text.document import extract

        return extract(ArticleRecord(id="", title=task.title, body=task.text, body_kind=task.kind, url=task.url))
    from kbaudit.text.page import read_page

    return read_page(task.body, task.url or "", task.selector, task.charset, task.repeated)


def read_exactly(stream: BinaryIO, count: int) -> bytes:
    """So many bytes, fewer only at the end of the stream."""
    pieces: list[bytes] = []
    while count:
        piece = stream.read(count)
        if not piece:
            break
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def main() -> None:
    """Serve until the parent closes the pipe."""
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import kbaudit.text.document
    import kbaudit.text.page  # noqa: F401

    limit()
    decoder = msgspec.msgpack.Decoder(Task)
    encoder = msgspec.msgpack.Encoder()
    while True:
        head = read_exactly(source, 4)
        if len(head) < 4:
            return
        allow_cpu()
        task = decoder.decode(read_exactly(source, struct.unpack(">I", head)[0]))
        try:
            frame = b"\x00" + encoder.encode(answer(task))
        except MemoryError:
            frame = b"\x01" + b"not enough memory"
        except Exception as problem:  # whatever a parser raises is this one document's
            frame = b"\x01" + f"{type(problem).__name__}: {problem}"[:300].encode("utf-8", "replace")
        target.write(struct.pack(">I", len(frame)) + frame)
        target.flush()


if __name__ == "__main__":
    main()
