"""Words that a text must hold for a pattern to match in it."""

from __future__ import annotations

import re

import pytest

from kbaudit.facts.references import GONE
from kbaudit.text.literals import Needed

_TAX = r"(?:VAT|(?:Mw|U)St)\b[^.\n%]{0,40}(?<![\d.,])17[.,]5\s?(?:%|per\s?cent)"
CASES = (
    (r"\bLaserShip\b", ((("LaserShip",),),)),
    (r"\b(?:my)?Hermes\b(?!è)", ((("Hermes",),),)),
    (r"\bCarts?\s(?:Red|Blue)\b", ((("Cart",), ("Blue", "Red")),)),
    (r"\bSquare\sCash\b|\bPopmoney\b", ((("Square",), ("Cash",)), (("Popmoney",),))),
    (r"a\.b/(?:c/)?d", ((("a.b/",), ("d",)),)),
    (_TAX, ((("St", "VAT"), ("17",), ("5",), ("%", "cent")),)),
    (r"(?:one|\d)x{2}", ((("x",),),)),
    (r"a{0,3}b{2}c*?d+", ((("b",), ("d",)),)),
    (r"(?:a|b)?", ((),)),
    # What is not read needs nothing.
    (r"(?i)word", ((),)),
    (r"(a)\1", ((),)),
)  # fmt: skip


@pytest.mark.parametrize(("pattern", "ways"), CASES)
def test_needed_words(pattern: str, ways: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    assert re.compile(pattern)
    assert Needed(pattern).ways == ways


def test_a_match_is_never_kept_from_its_pattern() -> None:
    texts = [row.name for row in GONE] + [row.instead for row in GONE]
    texts += [
        "Carriage with 17.5 % VAT", "19 per cent MwSt", "a flat 8% (GST)", "myHermes", "Switch/Solo cards",
        "no import VAT under €22", "duty-free up to $800", "Follow us on Twitter", "TLS 1.0", "§ 5 Abs. 1 TMG",
        "Visa/Delta",
    ]  # fmt: skip
    matched = 0
    for row in GONE:
        needed = Needed(row.pattern)
        assert any(needed.ways), row.pattern
        for text in texts:
            if re.search(row.pattern, text):
                matched += 1
                assert needed.within(text), (row.pattern, text)
    assert matched > 120
