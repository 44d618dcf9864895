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
    ("December 18-January 2", ["December 18-January 2"]),
    ("Nov 18-Dec 19, 2025", ["Nov 18-Dec 19, 2025"]),
    ("01.12.2025-24.12.2025", ["01.12.2025-24.12.2025"]),
    ("until 12:30 December 27th", ["December 27th"]),
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


NOW = datetime(2025, 12, 3, 16, 30)  # a Wednesday
DAYS = [
    ("on Friday next week", "2025-12-12"),
    ("Tuesday of next week", "2025-12-09"),
    ("a week from Friday", "2025-12-12"),
    ("two Sundays from now", "2025-12-14"),
    ("two weeks before 18 December", "2025-12-04"),
    ("the day after 24 December", "2025-12-25"),
    ("1 month, 2 days ago", "2025-11-01"),
    ("in five working days", "2025-12-10"),
    ("the last Friday of the year", "2025-12-26"),
    ("the first Monday of January 2026", "2026-01-05"),
    ("the 5th of next month", "2026-01-05"),
    ("tenth of March, two thousand and twenty", "2020-03-10"),
    ("March the third twenty twenty one", "2021-03-03"),
    ("2026/23/Jan", "2026-01-23"),
    ("20260123", "2026-01-23"),
    ("Jan23, 2026", "2026-01-23"),
    ("January 5 next year", "2026-01-05"),
    ("05/05/89", "1989-05-05"),
    ("Wed 10.12.", "2025-12-10"),
]
PERIODS = [
    ("early next week", "2025-12-08", "2025-12-11"),
    ("mid January 2026", "2026-01-10", "2026-01-21"),
    ("end of year", "2025-07-01", "2026-01-01"),
    ("next quarter", "2026-01-01", "2026-04-01"),
    ("last two quarters", "2025-04-01", "2025-10-01"),
    ("next two decades", "2030-01-01", "2050-01-01"),
    ("past 2 weeks", "2025-11-19", "2025-12-03"),
    ("2 upcoming months", "2025-12-04", "2026-02-04"),
    ("the first half of 2026", "2026-01-01", "2026-07-01"),
    ("2026-W03", "2026-01-12", "2026-01-19"),
    ("week 3 of 2026", "2026-01-12", "2026-01-19"),
    ("the second weekend of January", "2026-01-10", "2026-01-12"),
    ("next week between Tuesday and Thursday", "2025-12-09", "2025-12-11"),
    ("from next Monday to Friday", "2025-12-08", "2025-12-12"),
    ("between the 21st and 23rd", "2025-12-21", "2025-12-23"),
    ("from December 27 to the third", "2025-12-27", "2026-01-03"),
    ("from December until the end of January", "2025-12-01", "2026-02-01"),
    ("for two weeks from 20 December", "2025-12-20", "2026-01-03"),
    ("the nineteen seventies", "1970-01-01", "1980-01-01"),
    ("August 99", "1999-08-01", "1999-09-01"),
    ("the week of the 18th", "2025-12-15", "2025-12-22"),
    ("within 2 weeks and 3 days", "2025-12-03", "2025-12-20"),
    ("the rest of the year", "2025-12-03", "2025-12-31"),
]
HOURS = [
    ("from 5pm to 6pm tomorrow", "2025-12-04T17:00", "2025-12-04T18:00"),
    ("from 5 to 6pm on December 22", "2025-12-22T17:00", "2025-12-22T18:00"),
    ("Monday 11-4", "2025-12-08T11:00", "2025-12-08T16:00"),
    ("from 8pm tonight to 6am tomorrow", "2025-12-03T20:00", "2025-12-04T06:00"),
    ("10pm to 3am tomorrow", "2025-12-04T22:00", "2025-12-05T03:00"),
    ("half past seven to 4pm tomorrow", "2025-12-04T07:30", "2025-12-04T16:00"),
    ("tomorrow morning from 9 to 11", "2025-12-04T09:00", "2025-12-04T11:00"),
    ("between 7 and 9 last night", "2025-12-02T19:00", "2025-12-02T21:00"),
    ("next two hours", "2025-12-03T16:30", "2025-12-03T18:30"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_one_day_from_the_moment_of_speaking(text: str, day: str) -> None:
    (found,) = understand(f"We reopen {text}.", NOW)
    assert found.single
    assert found.future == (date.fromisoformat(day),) * 2


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_a_period_from_the_moment_of_speaking(text: str, start: str, end: str) -> None:
    (found,) = understand(f"We are away {text}.", NOW)
    assert found.future == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(("text", "start", "end"), HOURS)
def test_hours_of_a_day(text: str, start: str, end: str) -> None:
    (found,) = understand(f"We are away {text}.", NOW)
    assert found.future == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    ["the 27th floor", "the 25th anniversary of our shop", "open 24/7", "1/2 cup of sugar", "a 3-5 day delivery",
     "a 5 day trip", "second thoughts", "the first option", "between 5 and 7 people", "they may come", "last name"],
)  # fmt: skip
def test_numbers_and_words_that_are_no_dates(text: str) -> None:
    assert understand(text, NOW) == []


def test_wide_spaces_do_not_move_the_spans() -> None:
    text = "Open  again   next    week   on  Friday, we hope"
    (found,) = understand(text, NOW)
    assert text[found.start : found.end] == "next    week   on  Friday"


def test_the_past_reading_is_the_last_one() -> None:
    (found,) = understand("since the second weekend of November", NOW)
    assert found.past == (date(2025, 11, 8), date(2025, 11, 10))
    assert found.future == (date(2026, 11, 14), date(2026, 11, 16))


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


_WORDS = st.lists(
    st.sampled_from(
        "the first last next past this of in from to until between and Monday week weekend month year quarter decade "
        "century January may 1 31 99 2024 2/30 2016-02-30 00 24:00 5pm half past seven two thousand twenty one 21st "
        "fifth q4 h1 53 end early mid days ago later before after for starting on".split()
    ),
    min_size=2,
    max_size=9,
)


@given(_WORDS, st.sampled_from([datetime(2024, 2, 29, 12), datetime(2025, 12, 31, 23, 59)]))
@settings(max_examples=300, deadline=None)
def test_any_run_of_the_words_of_dates_is_read_without_an_error(words: list[str], now: datetime) -> None:
    text = " ".join(words)
    last = 0
    for item in understand(text, now):
        assert last <= item.start < item.end <= len(text)
        last = item.end
