"""When the scopes of two claims overlap."""

from __future__ import annotations

from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.model.claim import Claim, Scope
from kbaudit.model.document import Document

# What a shop means where it says nothing: the plain service, goods as they were sent.
_DEFAULTS: dict[str, frozenset[str]] = {
    "services": frozenset({"standard"}),
    "conditions": frozenset({"change of mind", "full price"}),
}
# Where one value in common is enough: a rule for the UK and the EU meets one for the UK. Goods and conditions must be
# the same: "opened electronics" and "opened cosmetics" share a word, not a customer.
_PARTIAL = frozenset({"regions", "segments", "channels", "days", "seasons", "events"})
_SHIPPING = frozenset({"delivery_time", "shipping_fee", "free_shipping_threshold", "processing_time", "cutoff_time"})
# Where the days are what it is about; elsewhere "daily" narrows nothing.
_HOURS = frozenset({"store_hours", "support_hours", "open_days"})
_CONTACTS = frozenset({"support_phone", "support_email"})


@dataclass(frozen=True, slots=True)
class Canonical:
    """A scope with the shop's defaults taken out, hashable: (dimension, values) of what is left, and the language."""

    parts: tuple[tuple[str, frozenset[str]], ...]
    language: str
    market: str | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What can only overlap with its like: the dimensions that are named, and the language."""
        return (self.language, *(name for name, _ in self.parts))

    @property
    def sort_key(self) -> tuple[object, ...]:
        """A stable order."""
        return (self.language, tuple((name, tuple(sorted(values))) for name, values in self.parts), self.market or "")

    def meets(self, other: Canonical) -> bool:
        """Whether the markets of two locales can be the same."""
        return self.market is None or other.market is None or self.market == other.market

    def describe(self) -> str:
        """For people: what the scope names."""
        return ", ".join(value for name, values in self.parts if name != "purpose" for value in sorted(values))


def canonical(claim: Claim, outer: Scope, document: Document, snapshot: Snapshot) -> Canonical:
    """The scope of a claim for comparing: the text's, then the article's own, without the shop's defaults."""
    scope = claim.scope.under(outer)
    home = snapshot.region
    parts = []
    for name, values in scope.items():
        kept = values - _DEFAULTS.get(name, frozenset())
        if name == "regions":
            kept = frozenset(value for value in kept if value not in ("HOME", home))
            if home in ("US",) and kept and kept <= {"US-48"} and claim.policy not in _SHIPPING:
                kept = frozenset()
        elif name == "days" and len(kept) == 7 and claim.policy not in _HOURS:
            kept = frozenset()
        elif name == "channels":
            kept = kept - {"online"} if "store" not in kept else kept
        if name == "conditions" and claim.policy == "damage_report_window":
            # Damage is what it is about; loss is another matter.
            name, kept = "events", kept & {"lost"}
        if kept:
            parts.append((name, frozenset(kept)))
    if claim.policy in _CONTACTS:
        parts.append(("purpose", frozenset({claim.said})))
    market = (
        document.locale.split("-")[-1].upper()
        if "-" in document.locale and len(document.locale.split("-")[-1]) == 2
        else None
    )
    return Canonical(tuple(parts), document.language, market)


def overlap(a: Canonical, b: Canonical) -> bool:
    """Whether one customer can be under both: the same dimensions are named, with a value in common in each.

    A general rule and a named exception do not overlap in this sense: the exception is what its words are for.
    """
    if a.language != b.language or len(a.parts) != len(b.parts):
        return False
    return all(
        name == other and (values & others if name in _PARTIAL else values == others)
        for (name, values), (other, others) in zip(a.parts, b.parts, strict=True)
    )
