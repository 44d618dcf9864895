"""What can be configured: frozen dataclasses with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kbaudit.connector import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Who the shop is. `regions` are ISO 3166 codes, home first; `zone` is an IANA name; `None` = from the region."""

    name: str = "Shop"
    locale: str | None = None
    regions: tuple[str, ...] = ()
    zone: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """One event of `events.toml`: either `start`/`end` dates or a rule (see facts/calendar)."""

    name: str
    rule: Mapping[str, object] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    lead_days: int = 21
    grace_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """One policy of `policies.toml` that the shop adds to the built-in ones, or words that it adds to one."""

    name: str
    cues: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One golden question of `probes.toml` and the ids of the articles that answer it."""

    question: str
    expected: tuple[str, ...]
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One receiver of `webhooks.toml`: `kinds` are names or prefixes of messages, `allow_private` private hosts."""

    name: str
    url: str
    secret: str = field(repr=False)
    kinds: tuple[str, ...] = ("gap",)
    allow_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Who is asked for a second opinion on conflicts: nobody (`off`), an entailment `model`, or an `endpoint`."""

    kind: str = "off"
    model: str = ""
    url: str = ""
    key_env: str = ""
    max_calls: int = 50
    allow_private: tuple[str, ...] = ()

    @property
    def ports(self) -> tuple[int, ...]:
        """The port that the endpoint's address names."""
        try:
            port = urlsplit(self.url).port
        except ValueError:
            return ()
        return (port,) if port else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Which embedding model encodes: empty for the bundled one in ONNX Runtime, `bundled` for the same weights in
    sentence-transformers, else a sentence-transformers model by folder or cached name."""

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the store is: a SQLAlchemy URL, or empty for `kbaudit.sqlite3` in the data folder."""

    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """When a sync stops for a person, and when something missing counts as gone.

    The guard holds a run that misses more than `guard_share` of a source or more than `guard_count` documents, and at
    least `guard_minimum`; or whose documents look alike (`guard_alike` of them share one text) or of which more than
    `guard_changed` changed at once. What is missing counts as gone once `missing_runs` complete syncs in a row lacked
    it, the first of them `missing_hours` ago. Figures as in Algolia's crawler and Microsoft Entra's deletion threshold.
    """

    guard_share: float = 0.10
    guard_count: int = 50
    guard_minimum: int = 5
    guard_alike: float = 0.20
    guard_changed: float = 0.30
    missing_runs: int = 2
    missing_hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When the service works, in the shop's time: `off`, `every 6 hours`, `02:30`, `monday 06:00`."""

    sync: str = "every 6 hours"
    audit: str = "03:30"
    prune: str = "04:30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the pages are served. `hosts` are the names the service answers to; `proxies` counts proxies in front."""

    host: str = "127.0.0.1"
    port: int = 8420
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    threads: int = 8
    i_understand_plain_http: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What is redacted beyond the built-in patterns, and how long things are kept (days).

    Conversations are kept for a year and a bit: what customers asked about an event last time (SEA102) is known only
    from last year's.
    """

    order_patterns: tuple[str, ...] = ()
    conversation_days: int = 400
    tombstone_days: int = 90
    run_days: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rules run: codes or prefixes; `ignore` wins."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """How answers are scored: the weight of each dimension in percent, 100 in all."""

    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that is configured. `rules` maps a rule's code to the options that differ from their defaults."""

    shop: Shop = Shop()
    sources: tuple[Source, ...] = ()
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    events: tuple[EventRule, ...] = ()
    policies: tuple[PolicyRule, ...] = ()
    probes: tuple[Probe, ...] = ()
    order_patterns: tuple[str, ...] = ()
    folder: Path | None = None
    store: StoreSettings = StoreSettings()
    sync: Sync = Sync()
    schedule: Schedule = Schedule()
    web: Web = Web()
    privacy: Privacy = Privacy()
    selection: Selection = Selection()
    rubric: Rubric = Rubric()
    missing_runs: Mapping[str, int] = field(default_factory=dict)
    schedules: Mapping[str, str] = field(default_factory=dict)
    webhooks: tuple[Webhook, ...] = ()
    second_opinion: Opinion = Opinion()
    model: Model = Model()

    def schedule_of(self, source: str) -> str:
        """When a source is read: as its own table says, else as [schedule] does."""
        return self.schedules.get(source, self.schedule.sync)

    @property
    def conversation_sources(self) -> tuple[str, ...]:
        """The sources that deliver conversations."""
        return tuple(source.name for source in self.sources if source.settings.get("kind") == "conversations")
