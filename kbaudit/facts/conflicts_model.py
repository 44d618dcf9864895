"""What a conflict is: sides, statements, and a claim at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbaudit.facts.conflicts_scope import Canonical
from kbaudit.model.claim import Claim
from kbaudit.model.document import Document, Span

Kind = Literal["between", "within", "translation", "guidance"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that states a value."""

    ref: tuple[str, str]
    span: Span
    value_span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Side:
    """All places that state one value, the clearest first."""

    value: str
    statements: tuple[Statement, ...]

    @property
    def refs(self) -> tuple[tuple[str, str], ...]:
        """The documents of this side, in order, each once."""
        return tuple(dict.fromkeys(statement.ref for statement in self.statements))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One problem: a policy and a scope with values that cannot all hold, the side that is probably right first.

    `origin` is `policy` (a policy of the table), `wording` (near-identical sentences) or `translation`; `why` says why
    the first side is probably right (empty where nothing speaks for either).
    """

    kind: Kind
    policy: str
    label: str
    scope: str
    sides: tuple[Side, ...]
    why: str
    score: float
    origin: str = "policy"


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim in its document, with its scope for comparing."""

    claim: Claim
    document: Document
    scope: Canonical
