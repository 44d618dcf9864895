"""Which words of two passages differ, for marking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

WORD = re.compile(r"\w+(?:[.,:/-]\w+)*|\s+|[^\w\s]")


def differing(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both passages in pieces, each with whether it differs from the other side."""
    a, b = WORD.findall(left), WORD.findall(right)
    matcher = SequenceMatcher(None, [w.lower() for w in a], [w.lower() for w in b], autojunk=False)
    one: list[tuple[str, bool]] = []
    two: list[tuple[str, bool]] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        one.extend(_pieces(a[a0:a1], tag != "equal"))
        two.extend(_pieces(b[b0:b1], tag != "equal"))
    return one, two


def _pieces(words: list[str], marked: bool) -> Iterator[tuple[str, bool]]:
    if words:
        yield "".join(words), marked and any(word.strip() for word in words)
