"""Near-identical sentences that say something else."""

from __future__ import annotations

from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.model.document import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands, and the words in it that differ."""

    ref: tuple[str, str]
    span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class NearSide:
    """All places that say it one way."""

    value: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """One difference between near-identical sentences."""

    policy: str
    label: str
    scope: str
    sides: tuple[NearSide, NearSide]
    why: str
    score: float


def find(snapshot: Snapshot) -> tuple[Near, ...]:
    """Differences that decide what a customer is told."""
    return ()
