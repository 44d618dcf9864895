"""Findings and reports as plain JSON-able objects, in the shape of the file formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kbaudit.model.finding import Evidence, Finding, Ref
from kbaudit.model.record import Skipped


@dataclass(frozen=True, slots=True)
class View:
    """What an output format is given: the parts of a report that are shown.

    `files`: (source, id) of an article → its file.
    """

    as_of: date
    counts: Mapping[str, int]
    problems: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    not_run: tuple[tuple[str, str], ...]
    broken: tuple[tuple[str, str], ...] = ()
    files: Mapping[tuple[str, str], Path] = field(default_factory=dict)


def jsonable(value: Any) -> Any:
    """Dates, decimals, sets and tuples as JSON has them."""
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(jsonable(item) for item in value)
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return value


def _ref(ref: Ref) -> dict[str, Any]:
    row: dict[str, Any] = {"source": ref.source, "id": ref.id, "title": ref.title, "url": ref.url}
    if ref.kind != "article":
        row[ref.kind] = True
    return row


def _evidence(item: Evidence) -> dict[str, Any]:
    row: dict[str, Any] = {"document": item.ref.id, "source": item.ref.source, "quote": item.quote}
    if item.start is not None and item.end is not None:
        row |= {"start": item.start, "end": item.end}
    if item.side:
        row["side"] = item.side
    if item.field:
        row["field"] = item.field
    if item.message is not None:
        row["message"] = item.message
    row["note"] = item.note
    return row


def finding(item: Finding) -> dict[str, Any]:
    """One finding as the contract has it."""
    row: dict[str, Any] = {
        "fingerprint": item.fingerprint,
        "rule": item.rule,
        "name": item.name,
        "severity": item.severity,
        "subject": jsonable(item.subject),
        "message": item.message,
        "documents": [_ref(ref) for ref in item.documents],
        "evidence": [_evidence(evidence) for evidence in item.evidence],
        "suggestion": item.suggestion,
        "impact": {"questions": item.impact.questions, "per_week": item.impact.per_week},
        "score": item.score,
    }
    if item.because:
        row["because"] = list(item.because)
    if item.cause:
        row["cause"] = item.cause
    if item.extra:
        row["details"] = jsonable(item.extra)
    return row


def report(view: View) -> dict[str, Any]:
    """A whole report as the contract has it."""
    return {
        "version": 1,
        "as_of": view.as_of.isoformat(),
        "read": dict(view.counts),
        "problems": [_problem(problem) for problem in view.problems],
        "not_run": [{"rule": rule, "reason": reason} for rule, reason in (*view.not_run, *view.broken)],
        "findings": [finding(item) for item in view.findings],
    }


def _problem(problem: Skipped) -> dict[str, Any]:
    row: dict[str, Any] = {"file": problem.file or problem.ref}
    if problem.line is not None:
        row["line"] = problem.line
    elif problem.file and problem.ref:
        row["ref"] = problem.ref
    row["reason"] = problem.reason
    return row


def reach(item: Finding) -> str:
    """How many questions a finding touches, in words."""
    count = item.impact.questions
    return f"{count} question{'' if count == 1 else 's'}, {item.impact.per_week:g} a week"


def by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings grouped by rule, in the order of codes."""
    groups: dict[str, list[Finding]] = {}
    for item in sorted(findings, key=lambda found: found.rule):
        groups.setdefault(item.rule, []).append(item)
    return groups
