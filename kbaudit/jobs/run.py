"""Run checks over a snapshot. A check that breaks is recorded and shown; the audit goes on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kbaudit.check import Check
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
        try:
            check = kind(snapshot.settings.rules.get(kind.code))
        except TypeError as error:
            problems.append(f"config/rules.toml [{kind.code}]: {error}")
            continue
        reason = check.not_run(snapshot)
        if reason:
            outcome.not_run.append(NotRun(kind.code, reason))
        else:
            ready.append(check)
    if problems:
        raise ConfigError(problems)
    found: list[Finding] = []
    for check in ready:
        if progress:
            progress(check.code)
        try:
            found.extend(check.run(snapshot))
            outcome.ran.append(check.code)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            outcome.broken.append(NotRun(check.code, f"{type(error).__name__} at {where}: {error}"))
    outcome.findings = settle(found)
    return outcome
