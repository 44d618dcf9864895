"""What the benches share: where the data lies, intervals, and the floors of `floors.toml`.

A bench measures figures and ends with `return verdict("its name", figures)`. `floors.toml` has a table a bench; a
number is what a figure must reach, `{ at_most = number }` what it may not exceed. Names are joined by dots, however
deep the tables are: what `[hard.test]` says of `CON = { recall = 0.8 }` holds the figure `test.CON.recall` of "hard".
A floor is raised when a figure has risen; `tests/test_bench.py` holds a copy, so that none is lowered silently.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")
# Figures are shares of few hundred cases: this is noise of floats and no case.
SLACK = 1e-9


def data() -> Path:
    """The folder of data sets: below `KBAUDIT_SHARED`, else beside the repository."""
    return Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) of nothing."""
    if not total:
        return (0.0, 1.0)
    z, share = 1.96, hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return (max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def share(hits: int, total: int) -> str:
    """A share with what it is of and its interval; of nothing it is 1, as for `ratio`."""
    low, high = interval(hits, total)
    return f"{ratio(hits, total):.3f} ({hits}/{total}, {low:.2f}-{high:.2f})"


def ratio(hits: int, total: int) -> float:
    """A share; 1 of nothing, since nothing was wrong or missed."""
    return hits / total if total else 1.0


def f1(right: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def scores(right: int, found: int, wanted: int) -> str:
    """Precision and recall with their intervals, and F1."""
    return f"precision {share(right, found)}  recall {share(right, wanted)}  F1 {f1(right, found, wanted):.3f}"


def flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Numbers of nested tables by dotted name."""
    found: dict[str, float] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = float(value)
    return found


def floors(bench: str) -> dict[str, float]:
    """The floors of a bench by dotted name; a ceiling's ends in `.at_most`."""
    return flat(tomllib.loads(FLOORS.read_text("utf-8")).get(bench, {}))


def undercut(bench: str, figures: Mapping[str, float], only: str = "") -> list[str]:
    """What is below its floor, above its ceiling or not measured, of the floors whose names start with `only`."""
    said = []
    for name, floor in floors(bench).items():
        if not name.startswith(only):
            continue
        figure = name.removesuffix(".at_most")
        if figure not in figures:
            said.append(f"{bench}.{figure} was not measured, and floors.toml holds it")
        elif figure == name and figures[figure] < floor - SLACK:
            said.append(f"{bench}.{figure} is {figures[figure]:.4g}, below its floor {floor:g}")
        elif figure != name and figures[figure] > floor + SLACK:
            said.append(f"{bench}.{figure} is {figures[figure]:.4g}, above its ceiling {floor:g}")
    return said


def verdict(bench: str, figures: Mapping[str, float], only: str = "") -> int:
    """The exit status of a bench: 1 where a floor is undercut, with a line that says which."""
    said = undercut(bench, figures, only)
    print(*(f"BELOW {line}" for line in said), sep="\n", end="\n" if said else "")
    return int(bool(said))


def missing(folder: str) -> bool:
    """Whether a data set is not there; says so."""
    path = data() / folder
    if path.exists():
        return False
    print(f"skipped: no data at {path}")
    return True
