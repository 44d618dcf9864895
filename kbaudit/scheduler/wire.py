"""Between the web process and the worker: one JSON line each way over a Unix socket that only this user may open."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from kbaudit.errors import KbauditError, SourceUnavailable, UsageError

NAME = "worker.sock"
LARGEST = 4 * 1024 * 1024
CONNECT_SECONDS, ANSWER_SECONDS = 2.0, 60.0
Answer = Callable[[str, Mapping[str, Any]], Any]


@contextlib.contextmanager
def _address(folder: Path) -> Iterator[str]:
    """A path to the socket that fits into the 108 bytes that the system allows, however deep the data folder lies."""
    direct = str(folder / NAME)
    if len(os.fsencode(direct)) < 100 or not Path("/proc/self/fd").is_dir():
        yield direct
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    answer: Answer


class _Handler(socketserver.StreamRequestHandler):
    timeout = ANSWER_SECONDS

    def handle(self) -> None:
        """Read one request, write one answer."""
        line = self.rfile.readline(LARGEST + 1)
        reply: dict[str, Any]
        try:
            if not line.endswith(b"\n"):
                raise UsageError("the request is too long or cut off")
            asked = msgspec.json.decode(line, type=dict[str, Any])
            server: Any = self.server
            reply = {"ok": server.answer(str(asked.pop("do", "")), asked)}
        except UsageError as error:
            reply = {"wrong": str(error)}
        except (KbauditError, msgspec.DecodeError) as error:
            reply = {"failed": str(error)}
        except Exception as error:
            reply = {"failed": f"a failure inside the worker: {type(error).__name__}: {error}"}
        with contextlib.suppress(OSError):
            self.wfile.write(msgspec.json.encode(reply) + b"\n")


def listen(folder: Path, answer: Answer) -> Callable[[], None]:
    """Answer requests in threads of their own; gives the function that stops it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / NAME).unlink(missing_ok=True)
    with _address(folder) as address:
        server = _Server(address, _Handler)
    (folder / NAME).chmod(0o600)
    server.answer = answer
    threading.Thread(target=server.serve_forever, name="wire", daemon=True).start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        (folder / NAME).unlink(missing_ok=True)

    return stop


def ask(folder: Path, do: str, **arguments: Any) -> Any:
    """Ask the worker.

    Raises:
        SourceUnavailable: it does not run, does not answer in time, or failed.
        UsageError: it says that the request is wrong.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, _address(folder) as address:
        try:
            channel.settimeout(CONNECT_SECONDS)
            channel.connect(address)
            channel.settimeout(ANSWER_SECONDS)
            channel.sendall(msgspec.json.encode({"do": do, **arguments}) + b"\n")
            with channel.makefile("rb") as stream:
                line = stream.readline(LARGEST + 1)
        except OSError as error:
            raise SourceUnavailable(
                "The worker does not answer. `kbaudit serve` starts it; it may still be loading.", retry_after=5
            ) from error
    if not line.endswith(b"\n"):
        raise SourceUnavailable("The worker stopped in the middle of its answer. Try again.", retry_after=5)
    reply = msgspec.json.decode(line, type=dict[str, Any])
    if "wrong" in reply:
        raise UsageError(reply["wrong"])
    if "failed" in reply:
        raise SourceUnavailable(reply["failed"])
    return reply["ok"]
