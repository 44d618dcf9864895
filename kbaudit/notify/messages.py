"""What an audit changed → messages for other programs. Pure; at-least-once delivery is the outbox's business.

A gap is *grown* when its questions a week rose by half and by at least two since the last message about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kbaudit.model.finding import Finding
from kbaudit.model.life import Transition

GROWN_SHARE = 1.5
GROWN_BY = 2.0
KINDS = ("gap.opened", "gap.grown", "gap.resolved", "finding.opened", "finding.reopened", "finding.resolved")
_OF_MOVE = {"opened": "opened", "reopened": "reopened", "resolved": "resolved"}


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `event_id` is the same however often the audit is repeated."""

    kind: str
    event_id: str
    payload: Mapping[str, Any]


def wanted(kind: str, kinds: Iterable[str]) -> bool:
    """Does a webhook that asks for `kinds` (names or prefixes such as `gap`) want this one."""
    return any(kind == name or kind.startswith(f"{name}.") for name in kinds)


def messages(
    moves: Iterable[Transition], found: Mapping[str, Finding], told: Mapping[str, float]
) -> tuple[list[Message], dict[str, float]]:
    """Messages about an audit's moves and about grown gaps.

    `found` holds the findings by fingerprint; `told` the questions a week that were last told of a gap. Returns the
    messages and what is told now.
    """
    now_told = dict(told)
    result: list[Message] = []
    moved: set[str] = set()
    for move in moves:
        finding, step = found.get(move.fingerprint), _OF_MOVE.get(move.kind)
        if finding is None or step is None:
            continue
        gap = finding.rule.startswith("GAP")
        if gap and step == "reopened":
            step = "opened"
        moved.add(move.fingerprint)
        kind = f"{'gap' if gap else 'finding'}.{step}"
        result.append(Message(kind, f"{move.fingerprint}-{step}-{move.run}", _payload(kind, finding)))
        if gap:
            if step == "resolved":
                now_told.pop(move.fingerprint, None)
            else:
                now_told[move.fingerprint] = finding.impact.per_week
    for fingerprint, finding in sorted(found.items()):
        before = now_told.get(fingerprint)
        if not finding.rule.startswith("GAP") or fingerprint in moved or before is None:
            continue
        rate = finding.impact.per_week
        if rate >= before * GROWN_SHARE and rate - before >= GROWN_BY:
            payload = {**_payload("gap.grown", finding), "before_per_week": before}
            result.append(Message("gap.grown", f"{fingerprint}-grown-{rate:g}", payload))
            now_told[fingerprint] = rate
    return result, now_told


def _payload(kind: str, finding: Finding) -> dict[str, Any]:
    return {
        "kind": kind,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": {key: value for key, value in finding.subject.items() if isinstance(value, str | int | float)},
        "message": finding.message,
        "suggestion": finding.suggestion,
        "questions": finding.impact.questions,
        "per_week": finding.impact.per_week,
    }
