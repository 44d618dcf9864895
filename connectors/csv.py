"""Exports as tables (`.csv`, `.tsv`, also `.gz`): articles, products or conversations.

Settings: `path`, `kind` as for jsonl; `delimiter` (default: told by the header). The columns are the fields of the
file formats. A table of conversations with other columns is read by a guessed mapping, which is shown; `columns`
(field to column) corrects it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from kbaudit import files
from kbaudit.connector import CLIENT_KEYS, Probe, Rows, Source, path_of
from kbaudit.errors import Unreadable, UsageError
from kbaudit.model.record import Item, Skipped
from kbaudit.text import transcripts

if TYPE_CHECKING:
    from kbaudit.http import Client


class Connector:
    """Reads one table."""

    KEYS: ClassVar[dict[str, str]] = {
        "path": "the file, relative to this folder",
        "kind": "articles, products or conversations",
        "delimiter": "the sign between columns, where it is not told by the header",
        "columns": 'for conversations: which column is what, { question = "Body" }, where a guess is wrong',
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("path",)
    SECRETS: ClassVar[tuple[str, ...]] = ()

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
        chosen = self.source.settings.get("delimiter")
        records = files.table(self.path, chosen if isinstance(chosen, str) and len(chosen) == 1 else None)
        first = next((cells for _, cells, _ in records if not isinstance(cells, Unreadable)), None)
        if first is None:
            return ""
        header = [files.column(name) for name in first]
        table = _usable(islice(files.named(records, header), limit), rows)
        said = self._said(rows, header)
        if rows.kind != "conversations" or ("messages" in header and not said):
            for number, values, bad in table:
                rows.add(number, _unpacked(values), bad)
            return ""
        try:
            columns = transcripts.guess(header, said)
        except Unreadable as problem:
            rows.bad(1, str(problem))
            return ""
        for number, values, bad in transcripts.gather(table, columns):
            rows.add(number, values, bad)
        return transcripts.shown(columns, first, said)

    def _said(self, rows: Rows, header: list[str]) -> dict[str, str]:
        said = self.source.settings.get("columns") or {}
        if not isinstance(said, Mapping):
            raise UsageError(f'{self.path.name}: columns is a table such as {{ question = "Body" }}.')
        if said and rows.kind != "conversations":
            raise UsageError(f"{self.path.name}: columns is for conversations only: rename those of {rows.kind}.")
        try:
            return transcripts.chosen(said, header)
        except UsageError as error:
            raise UsageError(f"{self.path.name}: {error}") from None


def _usable(
    table: Iterator[tuple[int, dict[str, Any] | Unreadable, bool]], rows: Rows
) -> Iterator[tuple[int, dict[str, Any], bool]]:
    for number, values, bad in table:
        if isinstance(values, Unreadable):
            rows.bad(number, str(values))
        else:
            yield number, values, bad


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
