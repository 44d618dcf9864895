"""Bodies inflated piece by piece, within bounds on size, layers and ratio."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from kbaudit.errors import Unreadable

STEP = 256 * 1024
MIB = 1024 * 1024
MAX_RATIO = 100
MAX_LAYERS = 2


class Inflater:
    """One layer of gzip or deflate. Raises `Unreadable` for what is neither."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._raw = zlib.decompressobj(31 if name == "gzip" else 15)
        self._started = False
        self._first = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Inflated pieces of at most `STEP` bytes."""
        while data:
            try:
                piece = self._raw.decompress(data, STEP)
            except zlib.error as problem:
                if self.name == "deflate" and not self._started:
                    # Many servers call raw deflate "deflate"; the standard means zlib.
                    self._raw = zlib.decompressobj(-15)
                    self._started = True
                    data = self._first + data
                    continue
                raise Unreadable(f"the {self.name} body is damaged: {problem}") from None
            if not self._started:
                self._first += data if not piece else b""
            if piece:
                self._started = True
                yield piece
            data = self._raw.unconsumed_tail
            if self._raw.eof:
                data = self._raw.unused_data
                if not data.strip(b"\0") or self.name != "gzip":
                    return
                self._raw = zlib.decompressobj(31)

    def end(self) -> None:
        """Raise `Unreadable` if the body broke off."""
        if self._started and not self._raw.eof:
            raise Unreadable(f"the {self.name} body breaks off")


class Bounded:
    """Collects a body: counts bytes on the wire, inflates, and stops at the first bound that is reached."""

    def __init__(self, encodings: Iterable[str], max_wire: int, max_bytes: int, place: str) -> None:
        names = [name for raw in encodings if (name := raw.strip().lower()) not in ("", "identity")]
        if len(names) > MAX_LAYERS:
            raise Unreadable(f"{place}: {len(names)} content encodings, at most {MAX_LAYERS} are read")
        for name in names:
            if name not in ("gzip", "x-gzip", "deflate"):
                raise Unreadable(f'{place}: content encoding "{name[:40]}" was not asked for and is not read')
        self._layers = [Inflater(name.removeprefix("x-")) for name in reversed(names)]
        self._max_wire = max_wire
        self._max_bytes = max_bytes
        self._place = place
        self.wire = 0
        self.size = 0
        self.pieces: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire. Raises `Unreadable` past a bound."""
        self.wire += len(data)
        if self.wire > self._max_wire:
            raise Unreadable(f"{self._place}: larger than {self._max_wire // MIB} MiB")
        for piece in self._through(data, 0):
            self.size += len(piece)
            if self.size > self._max_bytes:
                raise Unreadable(f"{self._place}: larger than {self._max_bytes // MIB} MiB when inflated")
            if self._layers and self.size > MIB and self.size > MAX_RATIO * self.wire:
                raise Unreadable(f"{self._place}: inflates to more than {MAX_RATIO} times its size")
            self.pieces.append(piece)

    def _through(self, data: bytes, layer: int) -> Iterator[bytes]:
        if layer == len(self._layers):
            yield data
            return
        for piece in self._layers[layer].feed(data):
            if layer + 1 < len(self._layers) and self.size == 0 and len(piece) > MAX_RATIO * max(self.wire, MIB // 100):
                raise Unreadable(f"{self._place}: inflates to more than {MAX_RATIO} times its size")
            yield from self._through(piece, layer + 1)

    def body(self) -> bytes:
        """Everything, once all was fed. Raises `Unreadable` if it broke off."""
        for layer in self._layers:
            layer.end()
        return b"".join(self.pieces)


def inflate(data: bytes, place: str, max_bytes: int) -> bytes:
    """A `.gz` file's content, within the same bounds as a body; anything else as it is."""
    if data[:2] != b"\x1f\x8b":
        return data
    bounded = Bounded(["gzip"], len(data), max_bytes, place)
    for start in range(0, len(data), STEP):
        bounded.feed(data[start : start + STEP])
    return bounded.body()
