"""The life of a finding: known from earlier runs, suppressed by people, moved on; and what an audit covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kbaudit.model.finding import Finding

State = Literal["open", "acknowledged", "in_progress", "suppressed", "resolved"]
STATES: tuple[State, ...] = ("open", "acknowledged", "in_progress", "suppressed", "resolved")
# What a person still has to look at.
ACTIVE: tuple[State, ...] = ("open", "acknowledged", "in_progress")
TransitionKind = Literal[
    "opened",
    "changed",
    "resolved",
    "reopened",
    "acknowledged",
    "assigned",
    "started",
    "commented",
    "suppressed",
    "released",
    "verify_requested",
    "verified",
]
ARTICLE_SEPARATOR = "\x1f"


def ref_key(source: str, id: str) -> str:
    """One string for (source, id): the key of `hashes` and `sides`."""
    return f"{source}{ARTICLE_SEPARATOR}{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A person's decision that a finding is not to be shown, until `until` or until a side changes materially.

    `hashes` are the content hashes of its documents, `sides` the quotes per document and `subject` the finding's
    subject at that time: what a later run compares with.
    """

    fingerprint: str
    reason: str
    by: str
    at: datetime
    until: datetime | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subject: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A finding as earlier runs left it. `hashes` are the content hashes of its documents when it was last seen."""

    finding: Finding
    state: State
    digest: str
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an audit looked at, so that silence can be told from absence.

    `ran` are the codes of checks that ran to their end; `fresh` the sources whose last sync read everything;
    `hashes` the content hashes of every document in the snapshot; `gone` the documents that a complete sync found
    removed, or that are in no configured source any more.
    """

    ran: frozenset[str]
    fresh: frozenset[str]
    hashes: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One change in a finding's life: who, when, from, to, why. Never overwritten."""

    fingerprint: str
    kind: TransitionKind
    to_state: State
    at: datetime
    by: str
    from_state: State | None = None
    why: str = ""
    run: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
