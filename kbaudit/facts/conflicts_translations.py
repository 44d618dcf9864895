"""Values that a translation states and its source does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbaudit.facts.conflicts_values import differ
from kbaudit.model.claim import Claim
from kbaudit.model.document import Document, Span
from kbaudit.text import quantities
from kbaudit.text.quantities import Quantity, same


@dataclass(frozen=True, slots=True)
class Drift:
    """One value of a translation that its source does not state: `quantity` is the policy where none is known."""

    policy: str
    span: Span
    value: Span
    source_span: Span
    source_value: Span


def drifts(source: Document, source_claims: Sequence[Claim], translation: Document, claims: Sequence[Claim]) -> Iterator[Drift]:
    """Compare by policy where both languages are understood, else by the amounts of parallel blocks."""
    by_policy: dict[str, list[Claim]] = defaultdict(list)
    for claim in source_claims:
        by_policy[claim.policy].append(claim)
    reported: set[tuple[str, str]] = set()
    places: list[Span] = []
    for claim in claims:
        originals = by_policy.get(claim.policy, [])
        if not originals or claim.low is None and claim.unit != "unlimited":
            continue
        if any(not differ(claim, original) for original in originals):
            continue
        if (claim.policy, "") in reported:
            continue
        reported.add((claim.policy, ""))
        best = min(originals, key=lambda item: (_apart(claim, item), abs(_position(item, source) - _position(claim, translation))))
        places.append(claim.value_span)
        yield Drift(claim.policy, claim.span, claim.value_span, best.span, best.value_span)
    yield from _parallel(source, translation, places)


def _apart(a: Claim, b: Claim) -> int:
    """How many dimensions of scope differ."""
    return sum(1 for (_, first), (_, second) in zip(a.scope.items(), b.scope.items(), strict=True) if first != second)


def _position(claim: Claim, document: Document) -> float:
    return claim.span[0] / max(1, len(document.text))


def _parallel(source: Document, translation: Document, places: Sequence[Span]) -> Iterator[Drift]:
    """Pages with the same blocks in the same order: a block whose durations, amounts or percentages differ."""
    if len(source.blocks) != len(translation.blocks) or any(a.kind != b.kind for a, b in zip(source.blocks, translation.blocks, strict=True)):
        return
    for ours, theirs in zip(source.blocks, translation.blocks, strict=True):
        first = _amounts(source.text[ours.start : ours.end])
        second = _amounts(translation.text[theirs.start : theirs.end])
        if not first or len(first) != len(second) or [item.kind for item in first] != [item.kind for item in second]:
            continue
        wrong = [(a, b) for a, b in zip(first, second, strict=True) if not _agree(a, b)]
        if len(wrong) != 1:
            continue
        a, b = wrong[0]
        if any(_agree(b, other) for other in first):
            # The order of a sentence differs between languages.
            continue
        value = (theirs.start + b.start, theirs.start + b.end)
        if any(value[0] < end and start < value[1] for start, end in places):
            continue
        yield Drift("quantity", (theirs.start, theirs.end), value, (ours.start, ours.end), (ours.start + a.start, ours.start + a.end))


def _amounts(text: str) -> list[Quantity]:
    return [item for item in quantities.find(text) if item.kind in ("duration", "percent", "money", "time") and item.unit != "unlimited"]


def _agree(a: Quantity, b: Quantity) -> bool:
    if a.kind == "money":
        return a.unit != b.unit or (a.low, a.high) == (b.low, b.high)
    if a.kind == "duration":
        # Adjectives such as "business" are lost on languages that the parser does not know.
        return same(a, b) or (a.low, a.high) == (b.low, b.high)
    return (a.low, a.high) == (b.low, b.high)
