"""Tables that somebody's spreadsheet broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbaudit.files import Unreadable, table


@pytest.mark.parametrize("others", ['{0},"Lamp {0}",10.00', "{0},Lamp {0},10.00"])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(tmp_path: Path, others: str) -> None:
    lines = ["id,title,price", *(others.format(number) for number in range(1, 30))]
    lines[6] = '6,"Lamp 6,10.00'
    path = tmp_path / "products.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    rows = list(table(path))
    refused = [number for number, cells, _ in rows if isinstance(cells, Unreadable)]
    assert len(rows) == len(lines)
    assert refused == [7]


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text('id,body\n1,"first\nsecond"\n2,"third"\n', "utf-8")
    assert [cells for _, cells, _ in table(path)] == [["id", "body"], ["1", "first\nsecond"], ["2", "third"]]
