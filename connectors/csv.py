"""Exports as tables (`.csv`, `.tsv`, also `.gz`): articles, products or conversations.

Settings: `path`, `kind` as for jsonl; `delimiter` (default: told by the header). The columns are the fields of the
file formats. A table of conversations with other columns is read by a guessed mapping, which is shown.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kbaudit import files
from kbaudit.connector import Probe, Rows, Source, path_of
from kbaudit.errors import Unreadable
from kbaudit.model.record import Item, Skipped
from kbaudit.text import transcripts

if TYPE_CHECKING:
    from kbaudit.http import Client

DELIMITERS = (",", "\t", ";", "|")
FIELD_LIMIT = 64 * 1024 * 1024


class Connector:
    """Reads one table."""

    def __init__(self, source: Source, client: Client | None = None) -> None:
        self.source = source
        self.path = path_of(source)

    def probe(self) -> Probe:
        """Read the file, and show what its columns were taken for."""
        rows = Rows(self.source, self.path.name)
        shown = self._fill(rows, 100)
        if rows.count:
            message = f"{self.path.name}: the first {rows.kind} read well"
            return Probe(True, message, {"file": str(self.path), "columns": shown or "as the file formats name them"})
        reason = rows.problems[0].reason if rows.problems else "the file has no rows"
        return Probe(False, f"{self.path.name}: no {rows.kind} in its first lines: {reason}")

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every row of the file."""
        rows = Rows(self.source, self.path.name)
        shown = self._fill(rows)
        if shown:
            yield Skipped(self.path.name, shown, self.path.name, 1, used=True, known=True)
        yield from rows.items()

    def _fill(self, rows: Rows, limit: int | None = None) -> str:
        csv.field_size_limit(FIELD_LIMIT)
        damaged: set[int] = set()
        reader = csv.reader(self._lines(rows, damaged), delimiter=self._delimiter())
        records = _records(reader, rows)
        first = next(records, None)
        if first is None:
            return ""
        header = [_column(name) for name in first[1]]
        table = _table(header, records, rows, damaged, limit)
        if rows.kind != "conversations" or "messages" in header:
            for number, values, bad in table:
                rows.add(number, _unpacked(values), bad)
            return ""
        try:
            columns = transcripts.guess(header)
        except Unreadable as problem:
            rows.bad(1, str(problem))
            return ""
        for number, values, bad in transcripts.gather(table, columns):
            rows.add(number, values, bad)
        return transcripts.shown(columns, first[1])

    def _delimiter(self) -> str:
        chosen = self.source.settings.get("delimiter")
        if isinstance(chosen, str) and len(chosen) == 1:
            return chosen
        if ".tsv" in self.path.suffixes:
            return "\t"
        for _, line in files.lines(self.path):
            if isinstance(line, bytes) and line.strip():
                text, _ = files.decode(line)
                return max(DELIMITERS, key=lambda mark: (text.count(mark), -DELIMITERS.index(mark)))
        return ","

    def _lines(self, rows: Rows, damaged: set[int]) -> Iterator[str]:
        for number, line in files.lines(self.path):
            if isinstance(line, Unreadable):
                rows.bad(number, str(line))
                continue
            text, bad = files.decode(line)
            if bad:
                damaged.add(number)
            yield text.replace("\0", "") + "\n"


def _records(reader: Any, rows: Rows) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they begin; what the reader refuses is accounted for."""
    while True:
        number = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            rows.bad(number, f"not a row of a table: {problem}")
            continue
        if any(value.strip() for value in values):
            yield number, values


def _table(
    header: list[str], records: Iterator[tuple[int, list[str]]], rows: Rows, damaged: set[int], limit: int | None
) -> Iterator[tuple[int, dict[str, Any], bool]]:
    for count, (number, values) in enumerate(records):
        if limit is not None and count >= limit:
            return
        if len(values) > len(header) and any(value.strip() for value in values[len(header) :]):
            rows.bad(number, f"{len(values)} columns where the header has {len(header)}")
            continue
        named = {name: value for name, value in zip(header, values, strict=False) if name and value != ""}
        yield number, named, number in damaged


def _column(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").lower().removeprefix("g:").replace("-", " ").split())


def _unpacked(values: dict[str, Any]) -> dict[str, Any]:
    """Cells that hold JSON (messages, audience, shipping, lists) as what they hold."""
    for name, value in values.items():
        if name in ("messages", "audience", "labels", "shipping", "free_shipping_threshold", "product_ids"):
            text = value.strip()
            if text[:1] in "[{":
                try:
                    values[name] = json.loads(text)
                except (ValueError, RecursionError):
                    continue
    return values
