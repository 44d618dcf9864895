"""What a text says about a policy: policy, value, unit, polarity, scope and where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kbaudit.model.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """To whom and what a claim applies. An empty set means it does not say: everyone, everything."""

    regions: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    seasons: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    sellers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of policy in one document.

    `low` and `high` bound a numeric value in `unit` (equal for a single value; `None` is unbounded); `terms` holds
    a value that is no number (names of countries, carriers, payment methods, `yes`/`no`). `span` is the value's
    sentence, `value_span` the value itself.
    """

    ref: tuple[str, str]
    policy: str
    span: Span
    value_span: Span
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    terms: frozenset[str] = frozenset()
    polarity: bool = True
    scope: Scope = Scope()
