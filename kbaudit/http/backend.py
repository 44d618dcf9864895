"""How connections are opened: to checked addresses only, and never longer than the request's deadline."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from kbaudit.errors import SourceError, SourceUnavailable
from kbaudit.http.address import Allowed, check, resolve

QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)


class Deadline(threading.local):
    """The moment (monotonic seconds) at which this thread's request has to be over."""

    at: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """What remains, at most `timeout`. Raises a read time-out when nothing does."""
        remaining = self.at - time.monotonic()
        if remaining <= 0:
            raise httpcore2.ReadTimeout("the deadline of the request has passed")
        return remaining if timeout is None else min(timeout, remaining)


class TimedStream(httpcore2.NetworkStream):
    """A stream whose every operation ends by the deadline, so that one byte a second is not for ever."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline
        self._socket: socket.socket | None = stream.get_extra_info("socket")

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if QUICK_ACK is not None and self._socket is not None:
            # A server that writes head and body apart waits 40 ms for the acknowledgement that we would hold back.
            try:
                self._socket.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
            except OSError:
                self._socket = None
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves once, checks every address, dials a checked one and looks again at whom it reached."""

    def __init__(self, allowed: Allowed, deadline: Deadline, dialled: Callable[[str], None] | None = None) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._dialled = dialled
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = resolve(host, port, self._allowed, self._deadline.left(timeout))
        last: Exception | None = None
        for address in addresses[:4]:
            if self._dialled:
                self._dialled(address)
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options or ()
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                last = problem
                continue
            try:
                check(host, str(stream.get_extra_info("server_addr")[0]), self._allowed)
            except (OSError, SourceError):
                stream.close()
                raise
            return TimedStream(stream, self._deadline)
        raise last or SourceUnavailable(f"{host}: no address to dial")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise SourceUnavailable("local sockets are never dialled")
