from __future__ import annotations

import pytest

from kbaudit.config import Sync
from kbaudit.jobs.guard import all_alike, too_much_changed, too_much_missing

LIMITS = Sync()


@pytest.mark.parametrize(
    ("missing", "present", "held"),
    [
        (0, 100, False),
        (4, 4, False),  # below the minimum nothing is ever held
        (4, 20, False),
        (5, 5, True),
        (5, 50, False),  # exactly a tenth is allowed
        (5, 49, True),
        (10, 100, False),
        (11, 100, True),
        (50, 1000, False),  # exactly fifty are allowed
        (51, 1000, True),
        (51, 100_000, True),
        (45, 414, True),
        (9, 0, False),
    ],
)
def test_both_sides_of_the_deletion_guard(missing: int, present: int, held: bool) -> None:
    assert bool(too_much_missing(missing, present, LIMITS)) is held


@pytest.mark.parametrize("present", [20, 100, 499, 500, 501, 2011])
def test_a_source_that_shrinks_by_every_share(present: int) -> None:
    for missing in range(present + 1):
        held = missing >= 5 and (missing > 0.1 * present or missing > 50)
        assert bool(too_much_missing(missing, present, LIMITS)) is held, missing


def test_it_says_how_many_and_what_is_allowed() -> None:
    assert too_much_missing(45, 414, LIMITS) == "45 of 414 are missing (11%, the guard allows 10%)"
    assert too_much_missing(60, 5000, LIMITS) == "60 of 5000 are missing (the guard allows 50)"


def test_pages_that_are_all_the_same_page() -> None:
    assert all_alike(["login"] * 20 + [str(n) for n in range(80)], 100, LIMITS)
    assert not all_alike(["login"] * 19 + [str(n) for n in range(81)], 100, LIMITS)
    assert not all_alike(["x"] * 4, 4, LIMITS)
    assert not all_alike([], 0, LIMITS)


def test_a_base_that_changes_all_at_once() -> None:
    names = [str(n) for n in range(31)]
    assert too_much_changed(names, 100, LIMITS)
    assert not too_much_changed(names[:30], 100, LIMITS)
    assert not too_much_changed(names[:4], 9, LIMITS)
