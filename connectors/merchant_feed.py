"""A Google Merchant feed (RSS 2.0 or Atom XML, or a table with its column names), from a file or an address.

Settings: `path` or `url`; an address may need `user` and `password`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

from kbaudit import files
from kbaudit.connector import CLIENT_KEYS, Probe, Rows, Source, path_of, secret_of, setting
from kbaudit.errors import Unreadable
from kbaudit.http import basic
from kbaudit.model.record import Item

if TYPE_CHECKING:
    from kbaudit.http import Client

ITEMS = ("item", "{http://www.w3.org/2005/Atom}entry", "entry")
LIMIT = 512 * 1024 * 1024


class Connector:
    """Reads one feed."""

    KEYS: ClassVar[dict[str, str]] = {
        "path": "the feed's file",
        "url": "or its address",
        "user": "for a feed behind a password",
        "kind": "products",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    SECRETS: ClassVar[tuple[str, ...]] = ("password",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.url: str | None = source.settings.get("url")
        if self.url is None:
            path_of(source)
        elif source.settings.get("user"):
            pair = basic(setting(source, "user"), secret_of(source, "password"))
            client.authorize(self.url, {"Authorization": pair})

    def probe(self) -> Probe:
        """Read the first items."""
        with TemporaryDirectory(prefix="kbaudit-feed-") as folder:
            path = self._path(folder)
            rows = self._rows(path)
            for number, row in _items(path):
                _take(rows, number, row)
                if rows.count >= 20:
                    break
        place = self.url or path.name
        if rows.count:
            return Probe(True, f"{place}: products read well", {"first": rows.count})
        reason = rows.problems[0].reason if rows.problems else "there is no item in it"
        return Probe(False, f"{place}: no product in it: {reason}")

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every item of the feed: a feed is always whole."""
        with TemporaryDirectory(prefix="kbaudit-feed-") as folder:
            path = self._path(folder)
            rows = self._rows(path)
            for number, row in _items(path):
                _take(rows, number, row)
        yield from rows.items()

    def _rows(self, path: Path) -> Rows:
        return Rows(replace(self.source, settings={**self.source.settings, "kind": "products"}), path.name)

    def _path(self, folder: str) -> Path:
        if self.url is None:
            return path_of(self.source)
        url: str = setting(self.source, "url")
        answer = self.client.get(url, max_bytes=LIMIT, max_wire=LIMIT, seconds=600)
        name = url.split("?")[0].rsplit("/", 1)[-1] or "feed"
        path = Path(folder, name.removesuffix(".gz") if answer.body[:2] != files.GZIP else name)
        path.write_bytes(answer.body)
        return path


def _take(rows: Rows, number: int | None, row: dict[str, Any] | Unreadable) -> None:
    if isinstance(row, Unreadable):
        rows.bad(number, str(row))
    else:
        rows.add(number, row)


def _items(path: Path) -> Iterator[tuple[int | None, dict[str, Any] | Unreadable]]:
    with files.open_export(path) as stream:
        head = stream.read(512).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if head.startswith(b"<"):
        yield from _xml(path)
        return
    records = files.table(path)
    header = next((cells for _, cells, _ in records if not isinstance(cells, Unreadable)), [])
    for number, values, _ in files.named(records, [files.column(name) for name in header]):
        yield number, values


def _xml(path: Path) -> Iterator[tuple[int | None, dict[str, Any] | Unreadable]]:
    """Items one by one, in bounded memory; entities are never resolved and nothing is fetched."""
    from lxml import etree

    with files.open_export(path) as stream:
        try:
            walk = etree.iterparse(
                stream,
                events=("end",),
                tag=ITEMS,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, item in walk:
                yield item.sourceline, _fields(item)
                item.clear()
                while item.getprevious() is not None:
                    del item.getparent()[0]
        except (etree.XMLSyntaxError, OSError, EOFError) as problem:
            line = getattr(problem, "lineno", None)
            yield line, Unreadable(f"the feed is no longer XML from here: {problem}")


def _fields(item: Any) -> dict[str, Any]:
    """One item as a row: repeated groups (shipping) stay lists, the namespaced field wins over the plain one."""
    row: dict[str, Any] = {}
    ranks: dict[str, bool] = {}
    for child in item:
        if not isinstance(child.tag, str):
            continue
        space, _, name = child.tag.rpartition("}")
        google = "base.google.com" in space
        value: Any
        if len(child):
            value = {grand.tag.rpartition("}")[2]: _text(grand) for grand in child if isinstance(grand.tag, str)}
        else:
            value = _text(child)
            if name == "link" and not value:
                value = child.get("href") or ""
        if value in ("", {}):
            continue
        if name in ("shipping", "free_shipping_threshold"):
            if isinstance(value, dict) and "price_threshold" in value:
                value["price"] = value.pop("price_threshold")
            row.setdefault(name, []).append(value)
        elif name not in row or (google and not ranks[name]):
            row[name] = value
            ranks[name] = google
    if "updated" in row:
        row.setdefault("updated_at", row.pop("updated"))
    return row


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip()
