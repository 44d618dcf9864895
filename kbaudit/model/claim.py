"""What a text says about a policy: policy, value, unit, polarity, scope and where it says so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache

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
    days: frozenset[str] = frozenset()
    payments: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()

    def items(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """(dimension, values) of every dimension, in the order of declaration."""
        return tuple((name, getattr(self, name)) for name in _dimensions())

    def under(self, outer: Scope) -> Scope:
        """This scope where it speaks, `outer` (a heading's, a title's) where it does not."""
        return Scope(**{name: values or getattr(outer, name) for name, values in self.items()})

    def describe(self) -> str:
        """The narrowing words, for people; empty for everyone and everything."""
        return ", ".join(value for _, values in self.items() for value in sorted(values))


@cache
def _dimensions() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Scope))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of policy in one document.

    `low` and `high` bound a numeric value in `unit` (equal for a single value; both `None` with the unit `unlimited`);
    `terms` holds a value that is no number (names of countries, carriers, payment methods, who pays, a phone number).
    `polarity` is False where the text denies it. `bound` says how the number is meant (`max`, `min`, `over`, `about`),
    `starts` what a period counts from, `universal` that the text stresses that there is no exception.
    `span` is the value's sentence, `value_span` the value itself.
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
    bound: str = ""
    starts: str | None = None
    universal: bool = False
    said: str = ""
    inherited: bool = False
