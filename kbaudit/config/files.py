"""The files other than kbaudit.toml: sources, rules, events, policies, probes."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kbaudit.config.settings import EventRule, Probe, Selection, Shop, Webhook
from kbaudit.config.table import Table, named, secret, unknown_key
from kbaudit.connector import Source
from kbaudit.errors import UsageError


def connector_class(name: str) -> Any:
    """The connector behind a name: `zendesk` is `connectors.zendesk:Connector`, or "module:Class" as given.

    Raises `UsageError` if there is none.
    """
    module, _, kind = name.partition(":") if ":" in name else (f"connectors.{name}", "", "Connector")
    try:
        return getattr(importlib.import_module(module), kind)
    except (ImportError, AttributeError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name == module and ":" not in name:
            there = sorted(item.name for item in pkgutil.iter_modules(importlib.import_module("connectors").__path__))
            near = get_close_matches(name, there, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There are {', '.join(there)}."
            raise UsageError(f'There is no connector "{name}". {hint} One of your own is a file on the path.') from None
        raise UsageError(
            f'There is no connector "{name}" ({error}). Check the spelling, or put its file on the path.'
        ) from None


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
SCHEDULE = re.compile(
    rf"(?P<off>off)|every (?P<count>[1-9]\d{{0,3}}) ?(?P<unit>minute|hour|day)s?|every (?P<one>minute|hour|day)"
    rf"|(?:(?P<weekday>{_DAYS}) )?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
)
SCHEDULES = 'Write "off", "every 6 hours", "02:30" or "monday 06:00".'
# Keys that every source has, whatever its connector reads.
_GENERAL = ("connector", "enabled", "locale", "region", "zone", "currency", "missing_runs", "schedule")


def read_sources(
    tables: Mapping[str, Any], shop: Shop, folder: Path | None, problems: list[str]
) -> tuple[tuple[Source, ...], dict[str, int], dict[str, str]]:
    found: list[Source] = []
    runs: dict[str, int] = {}
    schedules: dict[str, str] = {}
    for name, values in tables.items():
        place = f"config/sources.toml [{name}]"
        if not isinstance(values, dict):
            problems.append(f"{place}: a source is a table: write [{name}] and its keys below.")
            continue
        connector = values.get("connector")
        if not isinstance(connector, str):
            problems.append(f'{place}: no "connector". Add connector = "folder", "jsonl", "sitemap" …')
            continue
        texts = {key: values[key] for key in ("locale", "region", "zone", "currency") if key in values}
        for key, value in texts.items():
            if not isinstance(value, str):
                problems.append(f'{place}: "{key}" has to be a text, not {named(value)}.')
        if not isinstance(values.get("enabled", True), bool):
            problems.append(f'{place}: "enabled" has to be true or false.')
        wanted = values.get("missing_runs")
        if wanted is not None and (not isinstance(wanted, int) or isinstance(wanted, bool) or wanted < 1):
            problems.append(f'{place}: "missing_runs" is a whole number, at least 1.')
        elif wanted is not None:
            runs[name] = wanted
        when = values.get("schedule")
        if when is not None and not (isinstance(when, str) and SCHEDULE.fullmatch(when.strip().lower())):
            problems.append(f'{place}: "schedule" cannot be read: {when!r}. {SCHEDULES}')
        elif when is not None:
            schedules[name] = when
        own = {key: value for key, value in values.items() if key not in _GENERAL}
        try:
            _check_own(place, connector, own, problems)
        except UsageError as error:
            problems.append(f"{place}: {error}")
        if values.get("enabled", True) is not True:
            continue
        problem = ""
        for key in [key for key in own if key.endswith("_env")]:
            variable = str(own.pop(key))
            value = secret(variable, problems) or _stored(folder, variable)
            if value is None:
                problem = f"{place}: {key} names {variable}, which is not set. Set it, or {variable}_FILE."
            own[key.removesuffix("_env")] = value
        general: dict[str, Any] = {
            k: v for k, v in {"locale": shop.locale, "zone": shop.zone, "currency": shop.currency}.items() if v
        }
        if shop.regions:
            general["region"] = shop.regions[0]
        base = folder if folder is not None else Path.cwd()
        general |= texts
        found.append(Source(name=name, connector=connector, settings=own, base=base, problem=problem, **general))
    return tuple(found), runs, schedules


def _stored(folder: Path | None, variable: str) -> str | None:
    """A secret that `kbaudit sources add` put into the data folder's `secrets/`."""
    if folder is None or not re.fullmatch(r"[A-Z][A-Z0-9_]*", variable):
        return None
    try:
        return (folder.parent / "secrets" / variable).read_text("utf-8").strip() or None
    except OSError:
        return None


def _check_own(place: str, connector: str, own: Mapping[str, Any], problems: list[str]) -> None:
    """A connector that lists its keys in `KEYS` (and those that are secrets in `SECRETS`) has them checked."""
    kind = connector_class(connector)
    keys, secrets = getattr(kind, "KEYS", None), frozenset(getattr(kind, "SECRETS", ()))
    for key in own:
        bare = key.removesuffix("_env")
        if key in secrets:
            problems.append(f'{place}: "{key}" is a secret. Write {key}_env = "A_VARIABLE" and set that variable.')
        elif keys is not None and key not in keys and not (key.endswith("_env") and bare in {*keys, *secrets}):
            known = {name for name in keys if name not in secrets} | {f"{name}_env" for name in secrets} | set(_GENERAL)
            problems.append(unknown_key(place, key, known))


def read_rules(tables: Mapping[str, Any], problems: list[str]) -> tuple[Selection, dict[str, Mapping[str, object]]]:
    table = Table("rules.toml", "", tables, problems)
    selection: Selection = table.dataclass("rules", Selection)
    rules: dict[str, Mapping[str, object]] = {}
    for code, values in tables.items():
        if code == "rules":
            continue
        if not re.fullmatch(r"[A-Z]{3}\d{3}", code):
            problems.append(f"config/rules.toml [{code}]: no rule has this code. `kbaudit rules` lists them.")
        elif not isinstance(values, dict):
            problems.append(f"config/rules.toml: {code} has to be a table: write [{code}] and its options below.")
        else:
            rules[code] = values
    return selection, rules


def read_many(
    file: str, one: str, many: str, tables: Mapping[str, Any], kind: Any, problems: list[str]
) -> tuple[Any, ...]:
    found = []
    for key, values in tables.items():
        if key not in (one, many):
            problems.append(unknown_key(f"config/{file}", key, (one,)))
        elif not isinstance(values, list) or not all(isinstance(item, dict) for item in values):
            problems.append(f"config/{file}: write [[{one}]] above each {one}.")
        else:
            for number, item in enumerate(values, 1):
                name = str(item.get("name") or item.get("question") or number)
                built = Table(file, name, item, problems).into(kind)
                if built is not None:
                    found.append(built)
    return tuple(found)


def read_probes(tables: Mapping[str, Any], problems: list[str]) -> tuple[Probe, ...]:
    """The golden questions; each says something and names an article."""
    found: tuple[Probe, ...] = read_many("probes.toml", "probe", "probes", tables, Probe, problems)
    for number, probe in enumerate(found, 1):
        place = f"config/probes.toml [[probe]] {number}"
        if not probe.question.strip():
            problems.append(f'{place}: "question" is empty. Write what a customer asks.')
        if not probe.expected or not all(name.strip() for name in probe.expected):
            problems.append(f'{place}: "expected" is empty. Name the article that answers it: its id or its address.')
    return found


def read_webhooks(tables: Mapping[str, Any], problems: list[str]) -> tuple[Webhook, ...]:
    found: list[Webhook] = []
    for key in tables:
        if key != "webhook":
            problems.append(unknown_key("config/webhooks.toml", key, ("webhook",)))
    entries = tables.get("webhook", [])
    if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
        problems.append("config/webhooks.toml: write [[webhook]] above each receiver.")
        return ()
    for number, item in enumerate(entries, 1):
        place = f"config/webhooks.toml [{item.get('name', number)}]"
        values = dict(item)
        if "secret" in values:
            problems.append(f'{place}: "secret" is a secret. Write secret_env = "A_VARIABLE" and set that variable.')
            continue
        variable = values.pop("secret_env", None)
        signing = secret(str(variable), problems) if variable else None
        if signing is None:
            problems.append(f"{place}: secret_env has to name a variable that is set: the messages are signed with it.")
        hook = Table("webhooks.toml", str(item.get("name", number)), values, problems).into(
            Webhook, secret=signing or ""
        )
        if hook is not None and not re.match(r"https?://", hook.url):
            problems.append(f'{place}: url has to begin with https:// or http://, not "{hook.url[:60]}".')
        if hook is not None:
            found.append(hook)
    return tuple(found)


# What `facts/calendar` reads of an event's rule.
_RULE_KEYS = frozenset(
    {"start", "end", "date", "day", "rule", "days", "holiday", "days_before", "days_after", "before", "after"}
    | {"weekday", "month", "nth"}
)


def read_events(tables: Mapping[str, Any], folder: Path | None, problems: list[str]) -> tuple[EventRule, ...]:
    found: list[EventRule] = []
    entries: list[dict[str, Any]] = []
    for key, values in tables.items():
        if key in ("event", "events") and isinstance(values, list) and all(isinstance(item, dict) for item in values):
            entries.extend(values)
        else:
            problems.append(unknown_key("config/events.toml", key, ("event",)) + " Write [[event]] above each event.")
    for number, values in enumerate(entries, 1):
        name = str(values.get("name", number))
        rule = {key: value for key, value in values.items() if key in _RULE_KEYS}
        rest = {key: value for key, value in values.items() if key not in _RULE_KEYS and key != "rule"}
        table = Table("events.toml", name, rest, problems)
        unknown = [key for key in rest if key not in {"name", "regions", "aliases", "lead_days", "grace_days"}]
        problems.extend(
            unknown_key(table.place, key, {*_RULE_KEYS, "name", "regions", "aliases", "lead_days", "grace_days"})
            for key in unknown
        )
        table.values = {key: value for key, value in rest.items() if key not in unknown}
        for name in ("start", "end", "date"):
            if isinstance(rule.get(name), str):
                # A quoted date is a date; a rule such as "thanksgiving + 1" stays a text.
                with contextlib.suppress(ValueError):
                    rule[name] = date.fromisoformat(str(rule[name]))
        start, end = rule.get("start"), rule.get("end")
        if isinstance(start, date) and isinstance(end, date) and _day(end) < _day(start):
            problems.append(f"{table.place}: it ends before it starts.")
        event = table.into(EventRule, rule=rule)
        if event is not None:
            found.append(replace(event, regions=tuple(region.upper() for region in event.regions)))
    for path in sorted(folder.glob("*.ics")) if folder is not None else ():
        found.extend(_calendar(path, problems))
    return tuple(found)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _calendar(path: Path, problems: list[str]) -> list[EventRule]:
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        found = []
        for event in events:
            start, end = event.get("dtstart").dt, event.get("dtend")
            last = end.dt if end is not None else start
            # An all-day event of iCalendar ends on the day after its last (RFC 5545, 3.6.1).
            if not isinstance(last, datetime) and end is not None and last > start:
                last -= timedelta(days=1)
            rule = {"start": _day(start), "end": _day(last)}
            found.append(EventRule(name=str(event.get("summary", "")).strip() or path.stem, rule=rule))
        return found
    except (ValueError, AttributeError, OSError) as error:
        problems.append(f"config/{path.name}: cannot be read as a calendar ({error}).")
        return []
