"""Sentences and where they stand."""

from __future__ import annotations

import pytest

from kbaudit.text.sentences import LONGEST, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We ship daily. Returns are free.", ["We ship daily.", "Returns are free."]),
        ("Allow approx. 3 days for St. Louis.", ["Allow approx. 3 days for St. Louis."]),
        ("Order by 2 p.m. We ship today.", ["Order by 2 p.m.", "We ship today."]),
        ("It costs $4.95. Really?", ["It costs $4.95.", "Really?"]),
        ("1. Pack it. 2. Send it.", ["1. Pack it.", "2. Send it."]),
    ],
)
def test_it_splits(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == parts


def test_an_endless_sentence_is_cut() -> None:
    text = "word " * 2_000
    assert all(end - start <= LONGEST for start, end in split(text))
