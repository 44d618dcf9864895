"""The hard cases keep their floors; `tests/test_bench.py` keeps the floors.

`bench/quality/hard.py` prints every miss; its docstring says what the halves are.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from bench.quality.figures import flat, undercut
from bench.quality.hard import Case, Count, cases, run, table

FAMILIES = ("SEA", "CON", "CAT", "DUP", "FRE")


@cache
def results(family: str) -> dict[str, dict[str, Count]]:
    """Counts by half and rule of one family."""
    by_half: dict[str, list[Case]] = defaultdict(list)
    for case in cases():
        if case.file[:3].upper() == family:
            by_half[case.half].append(case)
    return {half: table(run(case) for case in found) for half, found in by_half.items()}


def test_the_set_is_large_and_half_of_it_is_traps() -> None:
    found = list(cases())
    silent = sum(not case.expected for case in found)
    assert len(found) >= 700
    assert 0.45 <= silent / len(found) <= 0.55
    assert len({case.key for case in found}) == len(found)
    assert 0.45 <= sum(case.half == "tune" for case in found) / len(found) <= 0.55


@pytest.mark.model
@pytest.mark.parametrize("half", ["tune", "test"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_keeps_its_floors(family: str, half: str) -> None:
    count = results(family)[half][family]
    figures = flat({half: {family: {"precision": count.precision, "recall": count.recall}}})
    assert not undercut("hard", figures, f"{half}.{family}.")
