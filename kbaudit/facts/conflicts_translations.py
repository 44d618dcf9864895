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


def drifts(
    source: Document, source_claims: Sequence[Claim], translation: Document, claims: Sequence[Claim]
) -> Iterator[Drift]:
    """Compare by policy where both languages are understood, else by the amounts of parallel blocks."""
    by_policy: dict[str, list[Claim]] = defaultdict(list)
    for claim in source_claims:
        by_policy[claim.policy].append(claim)
    stated = _amounts(source.text)
    reported: set[str] = set()
    places: list[Span] = []
    for claim in claims:
        originals = by_policy.get(claim.policy, [])
        if not originals or claim.policy in reported or (claim.low is None and claim.unit != "unlimited"):
            continue
        if any(not differ(claim, original) for original in originals):
            continue
        own = list(_amounts(translation.text[slice(*claim.value_span)]))
        if own and all(any(item.kind == other.kind and _agree(item, other) for other in stated) for item in own):
            # The source states the value too, of whatever it is.
            continue
        reported.add(claim.policy)
        best = min(
            originals,
            key=lambda item: (_apart(claim, item), abs(_position(item, source) - _position(claim, translation))),
        )
        places += [claim.value_span, best.value_span]
        yield Drift(claim.policy, claim.span, claim.value_span, best.span, best.value_span)
    if not reported:
        yield from _unmatched(source, source_claims, translation, stated)


def _unmatched(
    source: Document, source_claims: Sequence[Claim], translation: Document, stated: Sequence[Quantity]
) -> Iterator[Drift]:
    """Amounts that only one side states, where both state as many of the kind: what was changed in one language."""
    for kind in ("duration", "percent", "money", "time"):
        first = [item for item in stated if item.kind == kind]
        second = [item for item in _amounts(translation.text) if item.kind == kind]
        if len(first) == len(second):
            ours, theirs = _left(first, second)
        elif len(source.blocks) == len(translation.blocks):
            ours, theirs = _by_block(source, first, translation, second)
        else:
            continue
        if not 1 <= len(ours) == len(theirs) <= 2:
            continue
        for a, b in zip(ours, theirs, strict=True):
            policy = next(
                (claim.policy for claim in source_claims if claim.value_span[0] <= a.start < claim.value_span[1]),
                "quantity",
            )
            yield Drift(policy, _line(translation, b), (b.start, b.end), _line(source, a), (a.start, a.end))


def _left(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """What has no counterpart: amounts at the same place first, then the others wherever they stand."""
    apart = [(a, b) for a, b in zip(first, second, strict=True) if not _agree(a, b)]
    ours, theirs = [a for a, _ in apart], [b for _, b in apart]
    for item in list(ours):
        match = next((other for other in theirs if _agree(item, other)), None)
        if match is not None:
            ours.remove(item)
            theirs.remove(match)
    return ours, theirs


def _by_block(
    source: Document, first: Sequence[Quantity], translation: Document, second: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """`_left` of every pair of blocks that state as many amounts: one side may have a sentence more elsewhere."""
    ours: list[Quantity] = []
    theirs: list[Quantity] = []
    for mine, other in zip(source.blocks, translation.blocks, strict=True):
        a = [item for item in first if mine.start <= item.start < mine.end]
        b = [item for item in second if other.start <= item.start < other.end]
        if a and len(a) == len(b) and mine.kind == other.kind:
            left, right = _left(a, b)
            ours += left
            theirs += right
    return ours, theirs


def _line(document: Document, item: Quantity) -> Span:
    block = document.block_at(item.start)
    return (block.start, block.end) if block else (item.start, item.end)


def _apart(a: Claim, b: Claim) -> int:
    """How many dimensions of scope differ."""
    return sum(1 for (_, first), (_, second) in zip(a.scope.items(), b.scope.items(), strict=True) if first != second)


def _position(claim: Claim, document: Document) -> float:
    return claim.span[0] / max(1, len(document.text))


def _amounts(text: str) -> list[Quantity]:
    return [
        item
        for item in quantities.find(text)
        if item.kind in ("duration", "percent", "money", "time") and item.unit != "unlimited"
    ]


def _agree(a: Quantity, b: Quantity) -> bool:
    if a.kind == "money":
        return a.unit != b.unit or (a.low, a.high) == (b.low, b.high)
    if a.kind == "duration":
        # Adjectives such as "business" are lost on languages that the parser does not know.
        return same(a, b) or (a.low, a.high) == (b.low, b.high)
    return (a.low, a.high) == (b.low, b.high)
