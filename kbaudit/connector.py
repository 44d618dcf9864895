"""What a connector is: two methods, and the settings of the source it reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any, Protocol

from kbaudit.errors import ConfigError, SourceUnavailable, Unreadable
from kbaudit.http import Answer
from kbaudit.http.client import shown
from kbaudit.model.product import Product
from kbaudit.model.record import ArticleRecord, Checkpoint, Item, Skipped
from kbaudit.text import rows
from kbaudit.text.fields import starts, zone_of

# What every source may say about how it is talked to, with a word on each.
CLIENT_KEYS = {
    "allow_private": "hosts or addresses outside the public internet that this source may talk to, by name",
    "allow_ports": "ports beside 80 and 443",
    "requests_per_second": "at most so many requests a second (0: as many as the source allows)",
    "patience": "seconds of pause that the source may ask for before the rest is left for the next time",
    "ca_file": "certificates to trust for this source alone",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a source said to a first call: `ok`, a sentence for a person, and what was seen (counts, identity)."""

    ok: bool
    message: str
    seen: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configured place. `settings` are the connector's own keys of its table in `sources.toml`; secrets are
    already read from their file or variable and never shown by `repr`."""

    name: str
    connector: str
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    locale: str = "en"
    region: str = "US"
    zone: str = "UTC"
    currency: str = "USD"
    base: Path = Path()
    problem: str = ""
    """Why it cannot be read as it is configured: the others can."""


class Connector(Protocol):
    """Reads one source. Constructed as `Class(source, client)`, where `client` is a `kbaudit.http.Client`.

    A class may say what it is configured with: `KEYS` (key to a word on it), `REQUIRED` among them, and `SECRETS`,
    which never stand in a file but are named as `<key>_env`. `kbaudit sources add` asks for these.

    Cleaning, hashing, redaction and deletion happen in `jobs/sync`, so that a connector cannot get them wrong.
    """

    def probe(self) -> Probe:
        """Ask the source one cheap thing. Raises `SourceRefused` or `SourceUnavailable`."""

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Yield records, `Skipped` for one bad record, and `Checkpoint`s; ends with a checkpoint.

        `since` is the value of the last checkpoint that was stored, None for everything.
        """


def _table(source: Source) -> str:
    """Where the table of a source stands."""
    file = source.base / "sources.toml"
    return f"{file if file.is_file() else 'config/sources.toml'} [{source.name}]"


def setting(source: Source, name: str, kind: type = str, default: Any = None) -> Any:
    """One of a source's own settings, of its type. Raises `ConfigError` where it is missing or of another type."""
    value = source.settings.get(name, default)
    place = _table(source)
    if value is None:
        raise ConfigError([f'{place}: no "{name}". Add {name} = ... to this table.'])
    if kind is str and isinstance(value, Path):
        value = str(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        wanted = {int: "a whole number", float: "a number", bool: "true or false", str: "a text", list: "a list"}
        raise ConfigError([f'{place}: "{name}" has to be {wanted.get(kind, kind.__name__)}, not {value!r:.60}.'])
    return value


def path_of(source: Source, name: str = "path") -> Path:
    """The file or folder that a source reads; a relative one lies below the configuration folder."""
    return source.base / Path(setting(source, name)).expanduser()


def address_of(source: Source, default: str | None = None) -> str:
    """The `url` of a source without a slash at its end: what paths are added to."""
    return str(setting(source, "url", default=default)).rstrip("/")


def secret_of(source: Source, name: str) -> str:
    """A password or token of a source. Raises `ConfigError` saying where to put it."""
    value = source.settings.get(name)
    if not isinstance(value, str) or not value.strip():
        place = _table(source)
        raise ConfigError([f'{place}: no "{name}". Write {name}_env = "SOME_VARIABLE" and set that variable.'])
    return value.strip()


def remembered(value: str | None) -> dict[str, Any]:
    """A checkpoint that holds an object; anything else counts as none."""
    try:
        found = json.loads(value) if value else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def converted(ref: object, make: Callable[..., Item | Iterable[Item]], *arguments: Any) -> Iterator[Item]:
    """What `make(*arguments)` makes of one thing that a source served: a record, some, or `Skipped` if the thing is
    not as the vendor documents it."""
    try:
        made = make(*arguments)
        yield from list(made) if isinstance(made, Iterable) else [made]
    except Unreadable as problem:
        yield Skipped(str(ref), str(problem), known=True)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        reason = f"not as documented: {type(problem).__name__}: {problem}"
        yield Skipped(str(ref), reason[:200], known=True)


def object_of(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer. Raises `SourceUnavailable`: an API that answers something else is broken now."""
    found = answer.json()
    if not isinstance(found, dict):
        raise SourceUnavailable(f"{shown(answer.asked)}: the answer is no object")
    return found


def things_of(found: object, place: str) -> list[dict[str, Any]]:
    """The objects of a list that an API served; what is no object counts as one without fields, so that it is skipped
    and named. Raises `SourceUnavailable` where there is no list."""
    if not isinstance(found, list):
        raise SourceUnavailable(f"{place}: no list in the answer")
    return [thing if isinstance(thing, dict) else {} for thing in found]


class Paging:
    """Watches a walk over pages: a cursor that comes again, or a walk without an end, breaks the listing."""

    def __init__(self, place: str, limit: int = 20_000) -> None:
        self._place = place
        self._limit = limit
        self._seen: set[str] = set()

    def step(self, cursor: object) -> None:
        """Note where the walk goes next. Raises `SourceUnavailable` if it has been there."""
        mark = str(cursor)
        if mark in self._seen or len(self._seen) >= self._limit:
            raise SourceUnavailable(f"{self._place}: its paging goes in a circle, so the listing is not whole")
        self._seen.add(mark)


class Rows:
    """Turns the rows of one file into records, and keeps account of what could not be used.

    Of two rows with one id the one edited later counts (then the greater text), so that the order of the rows
    changes nothing. Rows are held until `items()`, which ends with the checkpoint.
    """

    KINDS = ("articles", "products", "conversations")

    def __init__(self, source: Source, file: str) -> None:
        self.source = source
        self.file = file
        self.kind: str = setting(source, "kind", default="articles")
        if self.kind not in self.KINDS:
            raise ConfigError([f'{_table(source)}: kind = "{self.kind}" is none of {", ".join(self.KINDS)}.'])
        self.zone = zone_of(source.zone)
        self.problems: list[Skipped] = []
        self.complete = True
        self._records: dict[str, tuple[Item, int]] = {}

    @property
    def count(self) -> int:
        """How many records there are so far."""
        return len(self._records)

    def bad(self, number: int | None, reason: str, ref: str | None = None) -> None:
        """Account for a row that could not be used; without its id nobody can tell what the source still has."""
        self.complete = self.complete and ref is not None
        place = ref or (f"line {number}" if number else self.file)
        self.problems.append(Skipped(place, reason, self.file, number, known=ref is not None))

    def note(self, number: int | None, reason: str) -> None:
        """Say something about the file as a whole, of which nothing was left out."""
        self.problems.append(Skipped(self.file, reason, self.file, number, used=True, known=True))

    def add(self, number: int | None, values: Mapping[str, Any], damaged: bool = False) -> None:
        """Read one row; `damaged` says that its bytes were no valid UTF-8."""
        row = rows.Row(values, self.zone, self.source.currency)
        record: Item
        try:
            if self.kind == "articles":
                record = rows.article(row)
                identity = record.id
            elif self.kind == "products":
                record = rows.product(row, self.source.name)
                identity = record.product.id
            else:
                record = rows.conversation(row, self.source.name)
                identity = record.conversation.id
        except Unreadable as problem:
            known = values.get("id")
            self.bad(number, str(problem), known if isinstance(known, str) and known.strip() else None)
            return
        if damaged:
            row.notes.append("not valid UTF-8: the bad bytes are shown as \N{REPLACEMENT CHARACTER}")
        for note in row.notes:
            self.problems.append(Skipped(identity, note, self.file, number, used=True, known=True))
        before = self._records.get(identity)
        if before is not None:
            again = (record, number or 0)
            kept, dropped = (before, again) if _rank(before[0]) >= _rank(record) else (again, before)
            self._records[identity] = kept
            where = f"line {kept[1]}" if kept[1] else "the other one"
            reason = f'id "{identity}" stands twice: {where} is used (edited later, or equal)'
            self.problems.append(Skipped(identity, reason, self.file, dropped[1] or None, known=True))
            return
        self._records[identity] = (record, number or 0)

    def items(self) -> Iterator[Item]:
        """The records, the problems, and the checkpoint."""
        for record, _ in self._records.values():
            yield record
        yield from sorted(self.problems, key=lambda problem: problem.line or 0)
        yield Checkpoint(self.file, complete=self.complete)


def _rank(item: Item) -> tuple[str, str]:
    time: object = None
    if isinstance(item, ArticleRecord):
        time = item.updated_at or item.created_at
    elif isinstance(product := getattr(item, "product", None), Product):
        time = product.updated_at
    moment = "" if time is None else starts(time, UTC).astimezone(UTC).isoformat()
    return (moment, repr(item))
