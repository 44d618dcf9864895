"""Where a body is parsed, and what is done when that fails."""

from __future__ import annotations

import atexit
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import msgspec

from kbaudit.model.record import ArticleRecord
from kbaudit.parsing.child import Task
from kbaudit.text.document import extract
from kbaudit.text.extract import Extract
from kbaudit.text.linear import MAX_TEXT, cut, plain, slim, visible_size, weigh
from kbaudit.text.page import Page, decode_page, read_page

T = TypeVar("T", Extract, Page)
# Measured on two cores: below these, parsing takes at most about half a second and 100 MB.
HERE_SIZE = 512 * 1024
HERE_TAGS = 8_000
HERE_DEPTH = 200
# Below these, nothing in a body can be heavy, and not even its tags are counted.
PLAIN_SIZE = 64 * 1024
PLAIN_TAGS = 3_000
# Past these, no parser is started: the text is taken out in linear time.
MAX_SIZE = 5 * 1024 * 1024
MAX_TAGS = 20_000
MAX_DEPTH = 2_000
WALL_SECONDS = 15.0
START_SECONDS = 30.0
RECYCLED_AFTER = 200
MAX_ANSWER = 256 * 1024 * 1024


def safe_extract(record: ArticleRecord) -> Extract:
    """The plain text of a record's body; never raises. `Extract.flags` says what went wrong."""
    flags = tuple(str(flag) for flag in _listed(record.extra.get("flags")))
    body = record.body.encode("utf-8", "replace").decode("utf-8") if _broken(record.body) else record.body
    title = record.title.encode("utf-8", "replace").decode("utf-8") if _broken(record.title) else record.title
    if len(title) > 2000:
        title, flags = title[:2000], (*flags, "truncated")
    if record.body_kind == "markdown" and len(body) > 2 * MAX_TEXT:
        body, flags = body[: 2 * MAX_TEXT], (*flags, "truncated")
    if record.body_kind != "text":
        body = slim(body)
    if body is not record.body or title is not record.title:
        record = replace(record, body=body, title=title)
    if record.body_kind == "text":
        if len(body) > 2 * MAX_TEXT:
            record, flags = replace(record, body=body[: 2 * MAX_TEXT]), (*flags, "truncated")
        return cut(extract(record), flags)
    where, flag = _place(body)
    if where == "here" and record.body_kind == "markdown":
        # Tables and emphasis cost the Markdown parser more than their length.
        heavy = len(body) > 64 * 1024 or body.count("|") > 3_000 or body.count("\n") > 3_000
        where = "child" if heavy else where
    if where == "nowhere":
        return plain(title, body, (*flags, flag))
    task = Task(text=body, kind=record.body_kind, title=title, url=record.url)
    found, problem = _run(task, Extract, lambda: extract(record), where)
    if found is None:
        return plain(title, body, (*flags, f"parser_failed: {problem}"))
    if _lost(found.text, body):
        return plain(title, body, (*flags, "text_lost"))
    return cut(found, flags)


def safe_page(
    body: bytes,
    url: str,
    selector: str | None = None,
    charset: str | None = None,
    repeated: frozenset[str] = frozenset(),
) -> Page:
    """What a crawled page says; never raises. `Page.flags` says what went wrong. Arguments as for `read_page`."""
    text, _ = decode_page(body[: 4 * MAX_SIZE], charset)
    light = slim(text)
    if len(light) < len(text):
        text, body, charset = light, light.encode("utf-8", "replace"), "utf-8"
    where, flag = _place(text)
    if where == "nowhere":
        return _rescued(text, url, flag)
    task = Task(body=body, url=url, selector=selector, charset=charset, repeated=tuple(repeated))
    found, problem = _run(task, Page, lambda: read_page(body, url, selector, charset, repeated), where)
    return _rescued(text, url, f"parser_failed: {problem}") if found is None else found


def _rescued(text: str, url: str, flag: str) -> Page:
    from kbaudit.text.headings import first

    title = first(text, "body_html") or url
    body = plain("", text).text.strip()
    return Page(url=url, title=title, body=body, body_kind="text", flags=(flag,))


def _place(body: str) -> tuple[str, str]:
    if len(body) <= PLAIN_SIZE and body.count("<") <= PLAIN_TAGS:
        return "here", ""
    weight = weigh(body[:MAX_SIZE])
    if weight.size > MAX_SIZE:
        return "nowhere", "truncated"
    if weight.tags > MAX_TAGS or weight.depth > MAX_DEPTH:
        return "nowhere", "too_complex"
    if weight.size > HERE_SIZE or weight.tags > HERE_TAGS or weight.depth > HERE_DEPTH:
        return "child", ""
    return "here", ""


def _run(task: Task, kind: type[T], here: Callable[[], T], where: str) -> tuple[T | None, str]:
    if where == "here":
        try:
            return here(), ""
        except (RecursionError, MemoryError) as problem:
            return None, type(problem).__name__
        except Exception as problem:  # whatever a parser raises is this one document's
            return None, f"{type(problem).__name__}: {problem}"[:200]
    return child().ask(task, kind)


def _lost(text: str, body: str) -> bool:
    """Whether a parser dropped most of a text without saying so (a page of some size, nine tenths of it gone)."""
    if len(text) * 20 > len(body):
        return False
    expected = visible_size(body)
    return expected > 2_000 and len(text) * 10 < expected


def _broken(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


class Child:
    """One parser process at a time, started when it is needed, killed when it takes too long, renewed now and then."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0
        self._lock = threading.Lock()
        self.started = 0

    def ask(self, task: Task, kind: type[T]) -> tuple[T | None, str]:
        """The child's answer, or None and why there is none."""
        with self._lock:
            try:
                frame = msgspec.msgpack.encode(task)
                process = self._ready()
                answer = self._exchange(process, struct.pack(">I", len(frame)) + frame)
                self._served += 1
            except _Failed as failure:
                self.stop()
                return None, str(failure)
            except (OSError, ValueError, TypeError, MemoryError) as problem:
                self.stop()
                return None, f"{type(problem).__name__}: {problem}"[:200]
        if answer[:1] != b"\x00":
            return None, answer[1:].decode("utf-8", "replace")
        try:
            return msgspec.msgpack.decode(answer[1:], type=kind), ""
        except (msgspec.DecodeError, ValueError) as problem:
            return None, f"the parser's answer cannot be read: {problem}"[:200]

    def stop(self) -> None:
        """End the process, if this one started it."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        process.wait()

    def _ready(self) -> subprocess.Popen[bytes]:
        alive = self._process is not None and self._owner == os.getpid() and self._process.poll() is None
        if not alive or self._served >= RECYCLED_AFTER:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-E", "-c", f"import sys; sys.path[:0] = {sys.path!r}; "
                 "from kbaudit.parsing.child import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"},
                close_fds=True,
            )  # fmt: skip
            self._owner = os.getpid()
            self._served = 0
            self.started += 1
        assert self._process is not None
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], frame: bytes) -> bytes:
        """Write a frame and read one, both by one deadline."""
        assert process.stdin is not None and process.stdout is not None
        into, out = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(into, False)
        os.set_blocking(out, False)
        end = time.monotonic() + WALL_SECONDS + (START_SECONDS if not self._served else 0.0)
        view = memoryview(frame)
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(into, selectors.EVENT_WRITE)
            selector.register(out, selectors.EVENT_READ)
            while True:
                left = end - time.monotonic()
                if left <= 0:
                    raise _Failed(f"no result within {WALL_SECONDS:.0f} s")
                for key, _ in selector.select(left):
                    if key.fd == into:
                        try:
                            view = view[os.write(into, view[: 1 << 16]) :]
                        except BrokenPipeError:
                            raise _Failed(_death(process)) from None
                        if not view:
                            selector.unregister(into)
                        continue
                    piece = os.read(out, 1 << 20)
                    if not piece:
                        raise _Failed(_death(process))
                    received += piece
                if len(received) >= 4:
                    size = struct.unpack(">I", received[:4])[0]
                    if size > MAX_ANSWER:
                        raise _Failed("the parser's answer is too large")
                    if len(received) >= 4 + size:
                        return bytes(received[4 : 4 + size])


class _Failed(Exception):
    pass


def _death(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(1.0)
    except subprocess.TimeoutExpired:
        return "the parser closed its pipe"
    names = {-24: "it used up its CPU time", -9: "it was killed", -11: "it crashed", -6: "it aborted"}
    return f"the parser ended: {names.get(code, f'status {code}')}"


_CHILDREN: weakref.WeakSet[Child] = weakref.WeakSet()
_HERE = threading.local()


def child() -> Child:
    """The parser of this thread: a source whose pages are slow to parse delays no other."""
    own: Child | None = getattr(_HERE, "child", None)
    if own is None:
        own = _HERE.child = Child()
        _CHILDREN.add(own)
    return own


def close() -> None:
    """End the parser of this thread; its next task starts another."""
    child().stop()


def _close_all() -> None:
    for one in list(_CHILDREN):
        one.stop()


atexit.register(_close_all)
