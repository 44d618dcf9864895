"""What a connector is: two methods, and the settings of the source it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kbaudit.model.record import Item


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


class Connector(Protocol):
    """Reads one source. Constructed as `Class(source, client)`, where `client` is a `kbaudit.http.Client`.

    Cleaning, hashing, redaction and deletion happen in `jobs/sync`, so that a connector cannot get them wrong.
    """

    def probe(self) -> Probe:
        """Ask the source one cheap thing. Raises `SourceRefused` or `SourceUnavailable`."""

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Yield records, `Skipped` for one bad record, and `Checkpoint`s; ends with a checkpoint.

        `since` is the value of the last checkpoint that was stored, None for everything.
        """
