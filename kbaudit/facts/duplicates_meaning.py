"""Articles that say the same in other words: neighbours in meaning, held to the same subject and the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kbaudit.check import Snapshot
from kbaudit.facts.duplicates_text import Passage

if TYPE_CHECKING:
    from kbaudit.facts.duplicates_verify import Pages


def paraphrases(
    snapshot: Snapshot, bodies: Sequence[Passage], pages: Pages, known: set[tuple[int, int]]
) -> Iterable[tuple[int, int, float]]:
    """Pairs (a < b, score) that are no near-copies and yet answer the same question with the same facts."""
    return ()
