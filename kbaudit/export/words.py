"""Which words of two passages differ, for marking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

ALIKE = 0.6
VALUE = re.compile(
    r".*\d.*|[$€£¥%]|no|not|never|none|free|always|only|all|any|cannot|one|two|three|four|five|six|seven|eight|nine|ten",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+(?:[.,:/-]\w+)*|\s+|[^\w\s]")


def differing(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both passages in pieces, each with whether it differs from the other side."""
    a, b = WORD.findall(left), WORD.findall(right)
    matcher = SequenceMatcher(None, [w.lower() for w in a], [w.lower() for w in b], autojunk=False)
    # Unlike sentences differ nearly everywhere: there only what carries a value is worth marking.
    alike = matcher.ratio() >= ALIKE
    one: list[tuple[str, bool]] = []
    two: list[tuple[str, bool]] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        one.extend(_pieces(a[a0:a1], tag != "equal", alike))
        two.extend(_pieces(b[b0:b1], tag != "equal", alike))
    return one, two


def _pieces(words: list[str], differs: bool, alike: bool) -> Iterator[tuple[str, bool]]:
    if not differs or alike:
        if words:
            yield "".join(words), differs and any(word.strip() for word in words)
        return
    for value, group in groupby(words, lambda word: VALUE.fullmatch(word) is not None):
        yield "".join(group), value
