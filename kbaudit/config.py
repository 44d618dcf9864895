"""config/*.toml read into frozen dataclasses; every problem is reported at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kbaudit.connector import Source
from kbaudit.errors import UsageError


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


def load(folder: Path | None) -> Settings:
    """Read a configuration folder. Raises `ConfigError` naming every problem."""
    return Settings(folder=folder)


def connector_class(name: str) -> Any:
    """The connector behind a name: `zendesk` is `connectors.zendesk:Connector`, or "module:Class" as given.

    Raises `UsageError` if there is none.
    """
    module, _, kind = name.partition(":") if ":" in name else (f"connectors.{name}", "", "Connector")
    try:
        return getattr(importlib.import_module(module), kind)
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f'There is no connector "{name}" ({error}). Check the spelling, or put its file on the path.'
        ) from None
