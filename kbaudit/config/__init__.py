"""config/*.toml read into frozen dataclasses; every problem is reported at once, with file, table and key.

`load(folder)` reads the defaults that ship in the package and then the folder's own files, key by key. Secrets never
stand in a file: a source's key `token_env = "HELPDESK_TOKEN"` reads the variable `HELPDESK_TOKEN`, or the file that
`HELPDESK_TOKEN_FILE` names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbaudit.config.files import (
    SCHEDULE,
    SCHEDULES,
    connector_class,
    read_events,
    read_many,
    read_probes,
    read_rules,
    read_sources,
    read_webhooks,
)
from kbaudit.config.settings import (
    EventRule,
    Model,
    Opinion,
    PolicyRule,
    Privacy,
    Probe,
    Rubric,
    Schedule,
    Selection,
    Settings,
    Shop,
    StoreSettings,
    Sync,
    Web,
    Webhook,
)
from kbaudit.config.table import Table, secret, unknown_key
from kbaudit.errors import ConfigError
from kbaudit.text.regions import wrong_region

FILES = ("kbaudit", "sources", "rules", "events", "policies", "probes", "rubric", "webhooks")


def defaults_folder() -> Path:
    """The configuration that ships: beside the package in a wheel, `config/` at the top of a checkout."""
    packaged = Path(__file__).parent.parent / "defaults"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "config"


def load(folder: Path | None) -> Settings:
    """Read a configuration folder over the defaults that ship.

    Raises:
        ConfigError: naming every problem of every file.
    """
    problems: list[str] = []
    if folder is not None and not folder.is_dir():
        raise ConfigError([f"{folder}: no such folder. `kbaudit init DIR` writes one."])
    tables = {name: _read(folder, name, problems) for name in FILES}
    main = Table("kbaudit.toml", "", tables["kbaudit"], problems)
    parts: dict[str, Any] = {
        name: main.dataclass(name, kind)
        for name, kind in (
            ("shop", Shop),
            ("store", StoreSettings),
            ("sync", Sync),
            ("schedule", Schedule),
            ("web", Web),
            ("privacy", Privacy),
            ("second_opinion", Opinion),
            ("model", Model),
        )
    }
    main.rest({"shop", "store", "sync", "schedule", "web", "privacy", "second_opinion", "model"})
    url = secret("KBAUDIT_STORE_URL", problems)
    if url:
        parts["store"] = StoreSettings(url=url)
    shop: Shop = parts["shop"]
    parts["shop"] = shop = replace(shop, regions=tuple(region.upper() for region in shop.regions))
    _check_values(parts, problems)
    sources, missing_runs, schedules = read_sources(tables["sources"], shop, folder, problems)
    selection, rules = read_rules(tables["rules"], problems)
    settings = Settings(
        **parts,
        sources=sources,
        missing_runs=missing_runs,
        schedules=schedules,
        selection=selection,
        rules=rules,
        events=read_events(tables["events"], folder, problems),
        policies=read_many("policies.toml", "policy", "policies", tables["policies"], PolicyRule, problems),
        probes=read_probes(tables["probes"], problems),
        order_patterns=parts["privacy"].order_patterns,
        rubric=_rubric(tables["rubric"], problems),
        webhooks=read_webhooks(tables["webhooks"], problems),
        folder=folder,
    )
    if problems:
        raise ConfigError([placed(problem, folder) for problem in problems])
    return settings


def placed(problem: str, folder: Path | None) -> str:
    """A problem of a file below `config/`, told of the folder that was really read."""
    return f"{folder}/{problem.removeprefix('config/')}" if folder and problem.startswith("config/") else problem


def _read(folder: Path | None, name: str, problems: list[str]) -> dict[str, Any]:
    """The default file, with the folder's own file over it: table by table, key by key; a list replaces a list."""
    merged: dict[str, Any] = {}
    for place in (defaults_folder(), folder):
        path = None if place is None else place / f"{name}.toml"
        if path is None or not path.is_file():
            continue
        try:
            _merge(merged, tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            problems.append(f"config/{name}.toml: cannot be read: {error}.")
    return merged


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _rubric(table: Mapping[str, Any], problems: list[str]) -> Rubric:
    rubric: Rubric = Table("rubric.toml", "", table, problems).into(Rubric)
    wrong = [key for key, value in rubric.weights.items() if not isinstance(value, int) or isinstance(value, bool)]
    problems.extend(f'config/rubric.toml [weights]: "{key}" has to be a whole number.' for key in wrong)
    if rubric.weights and not wrong and sum(rubric.weights.values()) != 100:
        problems.append(f"config/rubric.toml [weights]: they add up to {sum(rubric.weights.values())}, not to 100.")
    return rubric


def _check_values(parts: Mapping[str, Any], problems: list[str]) -> None:
    shop, sync, web, privacy = (parts[name] for name in ("shop", "sync", "web", "privacy"))
    place = "config/kbaudit.toml"
    for region in shop.regions:
        if wrong := wrong_region(region):
            problems.append(f"{place} [shop]: {wrong}")
    if shop.zone:
        try:
            ZoneInfo(shop.zone)
        except (ZoneInfoNotFoundError, ValueError):
            problems.append(f'{place} [shop]: zone "{shop.zone}" is unknown. Use an IANA name such as Europe/Berlin.')
    if shop.currency and not re.fullmatch(r"[A-Z]{3}", shop.currency):
        problems.append(f'{place} [shop]: currency "{shop.currency}" is none. Use an ISO 4217 code such as USD.')
    opinion: Opinion = parts["second_opinion"]
    if opinion.kind not in ("off", "model", "endpoint"):
        problems.append(f'{place} [second_opinion]: kind is "off", "model" or "endpoint", not "{opinion.kind}".')
    elif opinion.kind != "off" and not opinion.model:
        problems.append(f'{place} [second_opinion]: no "model". Name the model to ask.')
    elif opinion.kind == "endpoint" and not re.match(r"https?://", opinion.url):
        problems.append(f"{place} [second_opinion]: url has to begin with https:// or http://.")
    for name in ("guard_share", "guard_alike", "guard_changed"):
        if not 0 < getattr(sync, name) <= 1:
            problems.append(f'{place} [sync]: "{name}" is a share: above 0 and at most 1.')
    for table, item, names in (
        ("sync", sync, ("guard_count", "guard_minimum", "missing_runs")),
        ("privacy", privacy, ("conversation_days", "tombstone_days", "run_days")),
        ("web", web, ("threads",)),
    ):
        problems.extend(
            f'{place} [{table}]: "{name}" is at least 1, not {getattr(item, name)}.'
            for name in names
            if getattr(item, name) < 1
        )
    if sync.missing_hours < 0:
        problems.append(f'{place} [sync]: "missing_hours" is at least 0, not {sync.missing_hours}.')
    if not 0 < web.port < 65536:
        problems.append(f"{place} [web]: port {web.port} does not exist. Use 1 to 65535.")
    if web.host not in ("127.0.0.1", "::1", "localhost") and not web.proxies and not web.i_understand_plain_http:
        problems.append(
            f'{place} [web]: host "{web.host}" would send passwords over the network unprotected. Put a TLS proxy in '
            "front and set proxies = 1, or set i_understand_plain_http = true."
        )
    for name in ("sync", "audit", "prune"):
        text = getattr(parts["schedule"], name)
        if not SCHEDULE.fullmatch(text.strip().lower()):
            problems.append(f'{place} [schedule]: "{name}" cannot be read: "{text}". {SCHEDULES}')
    for pattern in privacy.order_patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            problems.append(f'{place} [privacy]: order_patterns "{pattern}" is no regular expression ({error}).')


__all__ = [
    "SCHEDULE",
    "EventRule",
    "Model",
    "Opinion",
    "PolicyRule",
    "Privacy",
    "Probe",
    "Rubric",
    "Schedule",
    "Selection",
    "Settings",
    "Shop",
    "StoreSettings",
    "Sync",
    "Web",
    "Webhook",
    "connector_class",
    "defaults_folder",
    "load",
    "placed",
    "secret",
    "unknown_key",
]
