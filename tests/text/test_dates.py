from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbaudit.text.dates import Day, day_first_of, find, years_with
from kbaudit.text.dates_relative import understand

CASES = [
    ("no date in 3-4 sentences, 24 items or room 12B", []),
    ("SKU 2024-1812, code AB12-34, version 1.2.3", []),
    ("You may order three items; the march goes on.", []),
    ("We ship within 3 to 5 days", []),
    ("order by 18 December 2024", ["18 December 2024"]),
    ("order by Friday 20 December", ["Friday 20 December"]),
    ("order by 12/18/2025 please", ["12/18/2025"]),
    ("am 29/11/24 enden", ["29/11/24"]),
    ("until 26.11.2021", ["26.11.2021"]),
    ("posted 07-Dec", ["07-Dec"]),
    ("on Fri 19/12 only", ["Fri 19/12"]),
    ("Tuesday 22nd", ["Tuesday 22nd"]),
    ("December 9th through the 24th", ["December 9th through the 24th"]),
    ("24–26 December", ["24–26 December"]),
    ("28–3 January 2026", ["28–3 January 2026"]),
    ("from 28 December 2025 to 3 January 2026", ["28 December 2025 to 3 January 2026"]),
    ("Dec 1 - 24", ["Dec 1 - 24"]),
    ("12/1-12/24/2025", ["12/1-12/24/2025"]),
    ("Nov–Feb 2026", ["Nov–Feb 2026"]),
    ("in Q4 2024", ["Q4 2024"]),
    ("summer of 2024", ["summer of 2024"]),
    ("May 5, 2025", ["May 5, 2025"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_it_finds_the_dates_that_stand_there(text: str, expected: list[str]) -> None:
    assert [text[item.start : item.end] for item in find(text) if not item.weak] == expected


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("03/04/2026", False, (3, 4)),
        ("03/04/2026", True, (4, 3)),
        ("13/04/2026", False, (4, 13)),
        ("04/13/2026", True, (4, 13)),
        ("03.04.2026", False, (4, 3)),
        ("2026-04-03", True, (4, 3)),
        ("Tue 03/04/2025", False, (3, 4)),
        ("Thu 03/04/2025", False, (4, 3)),
    ],
)
def test_it_reads_numeric_dates_by_what_is_possible_the_weekday_and_the_locale(
    text: str, day_first: bool, expected: tuple[int, int]
) -> None:
    (found,) = find(text, day_first=day_first)
    assert (found.first.month, found.first.day) == expected


def test_a_range_across_new_year_spreads_its_year() -> None:
    (found,) = find("1 November – 15 January 2026")
    assert (found.first.year, found.last and found.last.year) == (2025, 2026)


def test_clear_dates_of_a_page_decide_for_the_others() -> None:
    assert day_first_of("until 25/12/2025 and 03/04/2026") is True
    assert day_first_of("until 12/25/2025 and 03/04/2026") is False
    assert day_first_of("03/04/2026") is None


def test_a_weekday_fixes_the_year() -> None:
    assert years_with(12, 20, 4, 2024, span=6) == [2024, 2019, 2030]
    assert Day(month=2, day=30).on(2024) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the week of December 9", date(2025, 12, 8), date(2025, 12, 15)),
        ("this weekend", date(2025, 12, 6), date(2025, 12, 8)),
        ("the second Tuesday of next month", date(2026, 1, 13), date(2026, 1, 13)),
        ("in two weeks", date(2025, 12, 17), date(2025, 12, 17)),
        ("from 4 to 22 January, 2026", date(2026, 1, 4), date(2026, 1, 22)),
        ("today until next Sunday", date(2025, 12, 3), date(2025, 12, 14)),
    ],
)
def test_relative_dates_count_from_the_moment_of_speaking(text: str, start: date, end: date) -> None:
    (found,) = understand(text, datetime(2025, 12, 3, 10))
    assert found.future is not None
    assert found.future == (start, end)


@pytest.mark.parametrize(
    "piece",
    ["a1/ ", "12-", "monday ", "24 Dec 2024 to ", "twenty ", "the 1 ", "2024-", "q4 ", "12/1-", "dec.", "1 2 3 "],
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (1_048_576 // len(piece))
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 4


@given(st.text(alphabet=st.sampled_from("0123456789/-. ,:thndecmayfrionstqIİıſ'–|"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_an_error_and_spans_are_literal(text: str) -> None:
    last = 0
    for item in find(text):
        assert last <= item.start < item.end <= len(text)
        last = item.end
    understand(text[:80], datetime(2025, 12, 3, 10))
