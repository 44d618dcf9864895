"""The table of promises and the tests say the same."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
LINES = re.findall(r"^\| (?:[SUK]\d+) \|.*\|$", (HERE / "README.md").read_text("utf-8"), re.M)
# Promise, what is held, test, commit, soak.
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES]
WANTED = {f"S{n}" for n in range(1, 12)} | {f"U{n}" for n in range(1, 14)} | {"K1", "K4", "K5", "K7"}


def test_no_promise_is_without_a_test() -> None:
    assert {row[0] for row in ROWS} == WANTED


def test_every_test_of_the_table_exists() -> None:
    named = [tuple(match) for row in ROWS for match in re.findall(r"`(\S+\.py)::(\w+)`", row[2])]
    assert len(named) >= 35
    for file, name in named:
        text = (HERE / file).read_text("utf-8")
        assert re.search(rf"^def {name}\(", text, re.M), f"{file}::{name}"


def test_what_the_table_calls_soak_is_marked_so() -> None:
    for _, _, place, _, soak in ROWS:
        for file, name in re.findall(r"`(\S+\.py)::(\w+)`", place):
            text = (HERE / file).read_text("utf-8")
            before = text[: text.index(f"def {name}(")]
            marks = before[before.rindex("\n\n\n") :]
            assert ("pytest.mark.soak" in marks) is bool(soak.strip()), f"{file}::{name}"
