"""Exports with one JSON object a line: articles, products or conversations (`.jsonl`, also `.gz`).

Settings: `path` (relative to the configuration folder), `kind` ("articles", "products", "conversations").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from kbaudit import files
from kbaudit.connector import CLIENT_KEYS, Probe, Rows, Source, path_of
from kbaudit.errors import Unreadable
from kbaudit.model.record import Item

if TYPE_CHECKING:
    from kbaudit.http import Client


class Connector:
    """Reads one JSONL file."""

    KEYS: ClassVar[dict[str, str]] = {
        "path": "the file, relative to this folder",
        "kind": "articles, products or conversations",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("path",)
    SECRETS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, source: Source, client: Client | None = None) -> None:
        self.source = source
        self.path = path_of(source)

    def probe(self) -> Probe:
        """Open the file and read its first record."""
        rows = Rows(self.source, self.path.name)
        for number, line in files.lines(self.path):
            if number > 100:
                break
            _take(rows, number, line)
            if rows.count:
                return Probe(True, f"{self.path.name}: the first {rows.kind[:-1]} reads well", {"file": str(self.path)})
        reason = rows.problems[0].reason if rows.problems else "the file is empty"
        return Probe(False, f"{self.path.name}: no {rows.kind[:-1]} in its first lines: {reason}")

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every record of the file: a file has no history, so `since` changes nothing."""
        rows = Rows(self.source, self.path.name)
        for number, line in files.lines(self.path):
            _take(rows, number, line)
        yield from rows.items()


def _take(rows: Rows, number: int, line: bytes | Unreadable) -> None:
    if isinstance(line, Unreadable):
        rows.bad(number, str(line))
        return
    if not line or line.isspace():
        return
    try:
        value, damaged = parse(line)
    except Unreadable as problem:
        rows.bad(number, str(problem))
        return
    rows.add(number, value, damaged)


def parse(line: bytes) -> tuple[dict[str, Any], bool]:
    """One JSON object and whether its bytes were no valid UTF-8. Raises `Unreadable`."""
    damaged = False
    try:
        value = msgspec.json.decode(line)
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except (msgspec.DecodeError, ValueError):
        text, damaged = files.decode(line)
        value = _lenient(text)
    if not isinstance(value, dict):
        raise Unreadable(f"not a JSON object but {type(value).__name__}")
    return value, damaged


def _lenient(text: str) -> Any:
    """What the strict reader refuses and JSON in the wild has: lone surrogates, replaced bytes."""
    try:
        # Exports of data frames write NaN for "nothing".
        value = json.loads(text, parse_constant=lambda _: None)
        return _mend(value) if "\\ud" in text.lower() else value
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError as problem:
        raise Unreadable(f"not JSON: {problem}") from None


def _mend(value: Any) -> Any:
    """Half of a surrogate pair cannot be written out again as UTF-8: it is replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mend(item) for item in value]
    if isinstance(value, dict):
        return {_mend(name): _mend(item) for name, item in value.items()}
    return value
