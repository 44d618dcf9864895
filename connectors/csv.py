"""Exports as tables (`.csv`, `.tsv`, also `.gz`): articles, products or conversations.

Settings: `path`, `kind` as for jsonl; `delimiter` (default: told by the header). The columns are the fields of the
file formats. A table of conversations with other columns is read by a guessed mapping, which is shown; `columns`
(field to column) corrects it. Dates as spreadsheets write them (01/13/2026) are read as the whole table tells.
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
from kbaudit.text.column_dates import DayOrder, day_order
from kbaudit.text.rows import BODIES

if TYPE_CHECKING:
    from kbaudit.http import Client

DATES = frozenset(
    "created_at updated_at reviewed_at valid_from valid_until availability_date started_at ended_at".split()
)
# Other names under which exports keep what the file formats call so.
ALSO_CALLED = {
    "id": ("sku", "variant_sku", "product_id", "article_id", "handle", "slug", "item_id", "code", "key", "url"),
    "title": ("name", "product_name", "product_title", "subject", "headline", "article_title"),
    "body_text": ("body", "content", "text", "html", "body_(html)", "description", "answer"),
}
# Where no row so far had a date that is not ISO 8601, the rest is not looked through.
LOOK_AT = 500


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
        records = files.table(self.path, self._delimiter())
        first = next((cells for _, cells, _ in records if not isinstance(cells, Unreadable)), None)
        if first is None:
            return ""
        header = [files.column(name) for name in first]
        said = self._said(rows, header)
        lacking = _lacking(rows.kind, header)
        if lacking:
            rows.bad(1, lacking)
            return ""
        table = _usable(islice(files.named(records, header), limit), rows)
        if rows.kind != "conversations" or ("messages" in header and not said):
            for number, values, bad in self._dated(table, rows, header, DATES):
                rows.add(number, _unpacked(values), bad)
            return ""
        try:
            columns = transcripts.guess(header, said)
        except Unreadable as problem:
            rows.bad(1, str(problem))
            return ""
        times = frozenset(columns[field] for field in DATES & columns.keys())
        for number, values, bad in transcripts.gather(self._dated(table, rows, header, times), columns):
            rows.add(number, values, bad)
        return transcripts.shown(columns, first, said)

    def _dated(
        self, table: Iterator[tuple[int, dict[str, Any], bool]], rows: Rows, header: list[str], names: frozenset[str]
    ) -> Iterator[tuple[int, dict[str, Any], bool]]:
        """The rows of a table with the dates in these columns as ISO 8601."""
        names &= set(header)
        order = self._day_order(header, names) if names else None
        if order is not None:
            rows.note(1, order.said)
        for number, values, bad in table:
            if order is not None:
                values.update({name: order.iso(values[name]) for name in names & values.keys()})
            yield number, values, bad

    def _day_order(self, header: list[str], names: frozenset[str]) -> DayOrder | None:
        def cells(limit: int | None) -> Iterator[str]:
            records = files.table(self.path, self._delimiter())
            next((row for _, row, _ in records if not isinstance(row, Unreadable)), None)
            for _, values, _ in islice(files.named(records, header), limit):
                if not isinstance(values, Unreadable):
                    yield from (values[name] for name in names & values.keys())

        return day_order(cells(None), self.source.region) if day_order(cells(LOOK_AT), "") is not None else None

    def _delimiter(self) -> str | None:
        chosen = self.source.settings.get("delimiter")
        return chosen if isinstance(chosen, str) and len(chosen) == 1 else None

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


def _lacking(kind: str, header: list[str]) -> str:
    """What to say of a table that lacks a column without which no row can be read; empty where none is lacking."""
    if kind == "conversations":
        return ""
    wanted = ["id", "title"]
    lacking = [f'no column "{name}"' + _instead(name, header) for name in wanted if name not in header]
    if kind == "articles" and not any(name in header for name, _ in BODIES):
        lacking.append("no column body_text, body_markdown or body_html" + _instead("body_text", header))
    if not lacking:
        return ""
    return f"{'; '.join(lacking)}. The table has {', '.join(name or '(no name)' for name in header):.200}"


def _instead(name: str, header: list[str]) -> str:
    found = next((other for other in ALSO_CALLED[name] if other in header), None)
    return f' (is it "{found}"? Then call it so)' if found else ""


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
