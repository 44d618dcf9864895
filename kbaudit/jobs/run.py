"""Run checks over a snapshot. A check that breaks is recorded and shown; the audit goes on."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields

from kbaudit.check import Check
from kbaudit.config import placed, unknown_key
from kbaudit.errors import ConfigError
from kbaudit.model.finding import Finding
from kbaudit.precedence import settle
from kbaudit.snapshot import BaseSnapshot


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that did not run, and why."""

    rule: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """What the checks said. `broken` lists checks that failed inside kbaudit, with the end of their traceback."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    broken: list[NotRun] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def run_checks(
    snapshot: BaseSnapshot,
    checks: Iterable[type[Check]],
    progress: Callable[[str], None] | None = None,
) -> Outcome:
    """Run every check whose inputs are given. Raises `ConfigError` for an option that a rule does not have."""
    outcome = Outcome()
    ready: list[Check] = []
    problems: list[str] = []
    for kind in checks:
        options = snapshot.settings.rules.get(kind.code, {})
        wrong = option_problems(kind, options)
        if wrong:
            problems.extend(wrong)
            continue
        check = kind({name: tuple(v) if isinstance(v, list) else v for name, v in options.items()})
        reason = check.not_run(snapshot)
        if reason:
            outcome.not_run.append(NotRun(kind.code, reason))
        else:
            ready.append(check)
    if problems:
        raise ConfigError([placed(problem, snapshot.settings.folder) for problem in problems])
    found: list[Finding] = []
    for check in ready:
        if progress:
            progress(check.code)
        started = time.perf_counter()
        try:
            found.extend(check.run(snapshot))
            outcome.ran.append(check.code)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            outcome.broken.append(NotRun(check.code, f"{type(error).__name__} at {where}: {error}"))
        # A fact that several checks share is paid for by the first of them.
        outcome.seconds[check.code] = round(time.perf_counter() - started, 3)
    outcome.findings = settle(found)
    return outcome


def option_problems(kind: type[Check], options: Mapping[str, object]) -> list[str]:
    """A sentence for every option that the rule does not have, or that is of another type than its default."""
    place = f"config/rules.toml [{kind.code}]"
    problems: list[str] = []
    known = {item.name: item.default for item in fields(kind.Options)}
    for name, value in options.items():
        if name not in known:
            problems.append(unknown_key(place, name, known))
            continue
        default = known[name]
        allowed: tuple[type, ...] = (int, float) if isinstance(default, float) else (type(default),)
        if isinstance(default, tuple):
            allowed = (list, tuple)
        # True is a number to Python and a mistake to everybody else.
        odd = isinstance(value, bool) and not isinstance(default, bool)
        if default is not None and default is not MISSING and (odd or not isinstance(value, allowed)):
            problems.append(f'{place}: "{name}" is {value!r}, which is not of the kind of its default, {default!r}.')
    return problems
