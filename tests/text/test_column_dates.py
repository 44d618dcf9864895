from __future__ import annotations

import itertools

import pytest

from kbaudit.text.column_dates import day_order


@pytest.mark.parametrize(
    "cells", [[], ["2026-01-31", "2026-01-31T10:00Z"], ["soon", "1.2.3", "10/4", "13/13"], ["01/13/26"], ["2026/01/13"]]
)
def test_silent_where_no_cell_is_such_a_date(cells: list[str]) -> None:
    assert day_order(cells, "US") is None


@pytest.mark.parametrize(
    ("cells", "region", "read"),
    [
        (["02/03/2026", "01/13/2026"], "DE", "2026-02-03"),
        (["02/03/2026", "13/01/2026"], "US", "2026-03-02"),
        (["02/03/2026"], "US", "2026-02-03"),
        (["02/03/2026"], "GB", "2026-03-02"),
        (["02.03.2026"], "US", "2026-03-02"),
        (["2-3-2026", "28-3-2026"], "US", "2026-03-02"),
        (["02/03/2026 9:05 PM"], "US", "2026-02-03T21:05:00"),
        (["02/03/2026, 12:00 a.m."], "US", "2026-02-03T00:00:00"),
        (["02/03/2026 21:05:06"], "GB", "2026-03-02T21:05:06"),
        (["02/30/2026"], "US", "02/30/2026"),
    ],
)
def test_the_table_tells_and_else_the_region(cells: list[str], region: str, read: str) -> None:
    for order in itertools.permutations(cells):
        found = day_order(order, region)
        assert found is not None and found.iso(cells[0]) == read
        assert found.iso("2026-05-06") == "2026-05-06"


def test_a_table_that_contradicts_itself_leaves_out_what_could_be_either() -> None:
    found = day_order(["13/01/2026", "01/14/2026", "02/03/2026"], "US")
    assert found is not None and found.iso("02/03/2026") == "02/03/2026"
    assert (found.iso("13/01/2026"), found.iso("01/14/2026")) == ("2026-01-13", "2026-01-14")
    assert 'both "01/14/2026" and "13/01/2026"' in found.said and "Write 2026-01-31" in found.said
