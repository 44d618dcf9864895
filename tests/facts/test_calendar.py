from __future__ import annotations

from datetime import date

import pytest

from kbaudit.config import EventRule
from kbaudit.facts.calendar import RuleError, build, easter, parse_day


@pytest.mark.parametrize(
    ("event", "region", "year", "start"),
    [
        ("Christmas", "US", 2025, date(2025, 12, 25)),
        ("Black Friday", "GB", 2026, date(2026, 11, 27)),
        ("Cyber Monday", "DE", 2024, date(2024, 12, 2)),
        ("Thanksgiving", "US", 2025, date(2025, 11, 27)),
        ("Thanksgiving", "CA", 2025, date(2025, 10, 13)),
        ("Mother's Day", "US", 2026, date(2026, 5, 10)),
        ("Mother's Day", "GB", 2026, date(2026, 3, 15)),
        ("Mother's Day", "FR", 2025, date(2025, 5, 25)),
        ("Mother's Day", "AU", 2025, date(2025, 5, 11)),
        ("Father's Day", "AU", 2025, date(2025, 9, 7)),
        ("Father's Day", "DE", 2025, date(2025, 5, 29)),
        ("Father's Day", "GB", 2025, date(2025, 6, 15)),
        ("Easter", "US", 2025, date(2025, 4, 18)),
        ("Lunar New Year", "CN", 2026, date(2026, 2, 17)),
        ("Mid-Autumn Festival", "HK", 2025, date(2025, 10, 6)),
        ("Hanukkah", "US", 2025, date(2025, 12, 15)),
        ("Rosh Hashanah", "US", 2025, date(2025, 9, 23)),
        ("Passover", "US", 2025, date(2025, 4, 13)),
        ("Passover", "US", 2024, date(2024, 4, 23)),
        ("Purim", "US", 2026, date(2026, 3, 3)),
        ("Carnival", "DE", 2026, date(2026, 2, 12)),
        ("Midsummer", "SE", 2026, date(2026, 6, 19)),
        ("Ramadan", "AE", 2025, date(2025, 3, 1)),
        ("Eid al-Fitr", "AE", 2025, date(2025, 3, 31)),
        ("Diwali", "IN", 2025, date(2025, 10, 18)),
        ("Summer Sale", "AU", 2025, date(2025, 12, 1)),
        ("Summer Sale", "US", 2025, date(2025, 6, 1)),
        ("Singles' Day", "CN", 2025, date(2025, 11, 11)),
        ("Golden Week", "JP", 2025, date(2025, 4, 29)),
    ],
)
def test_events_are_where_each_country_keeps_them(event: str, region: str, year: int, start: date) -> None:
    found = build((), region).occurrence(event, year)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("05-02", date(2026, 5, 2)),
        ("2026-05-02", date(2026, 5, 2)),
        ("2nd friday of june", date(2026, 6, 12)),
        ("last monday of may", date(2026, 5, 25)),
        ("3 days before christmas", date(2026, 12, 22)),
        ("friday after thanksgiving", date(2026, 11, 27)),
        ("easter - 2", date(2026, 4, 3)),
        ("labor day + 1", date(2026, 9, 8)),
        ("ash wednesday - 2", date(2026, 2, 16)),
        ("whit monday", date(2026, 5, 25)),
        ("friday before victoria day", date(2026, 5, 15)),
        ("monday before 05-25", date(2026, 5, 18)),
        ("12-25 + 2", date(2026, 12, 27)),
        ("easter-2", date(2026, 4, 3)),
        ("dragon boat festival", date(2026, 6, 19)),
        ("islamic new year", date(2026, 6, 16)),
    ],
)
def test_rules_name_a_day(rule: str, day: date) -> None:
    assert parse_day(rule, 2026, "US") == day


def test_a_rule_that_says_nothing_is_an_error() -> None:
    with pytest.raises(RuleError, match="whenever"):
        parse_day("whenever", 2026, "US")


def test_the_shops_own_events_stand_beside_the_table() -> None:
    rules = (
        EventRule(name="Birthday Sale", rule={"start": date(2026, 5, 2), "end": date(2026, 5, 5)}, grace_days=3),
        EventRule(name="Founders' Weekend", rule={"holiday": "labor day", "days_before": 2, "days_after": 1}),
        EventRule(name="Night Market", rule={"start": "1st friday of october", "days": 2}),
        EventRule(name="Black Friday", aliases=("black out friday",), lead_days=28),
    )
    calendar = build(rules, "US")
    birthday = calendar.occurrence("Birthday Sale", 2026)
    assert birthday is not None and (birthday.start, birthday.end) == (date(2026, 5, 2), date(2026, 5, 5))
    assert birthday.grace_days == 3
    assert calendar.occurrence("Birthday Sale", 2025) is not None
    weekend = calendar.occurrence("Founders' Weekend", 2026)
    assert weekend is not None and (weekend.start, weekend.end) == (date(2026, 9, 5), date(2026, 9, 8))
    market = calendar.occurrence("Night Market", 2026)
    assert market is not None and (market.start, market.end) == (date(2026, 10, 2), date(2026, 10, 3))
    friday = calendar.event("Black Friday")
    assert friday is not None and friday.lead_days == 28 and "black out friday" in friday.aliases


def test_an_own_event_across_new_year_ends_in_the_next_year() -> None:
    calendar = build((EventRule(name="Winter Days", rule={"start": "12-27", "end": "01-05"}),), "US")
    found = calendar.occurrence("Winter Days", 2025)
    assert found is not None and found.end == date(2026, 1, 5)


def test_the_same_own_event_may_have_other_days_each_year() -> None:
    calendar = build(
        (
            EventRule(name="Splash", rule={"start": date(2025, 6, 13), "end": date(2025, 6, 16)}),
            EventRule(name="Splash", rule={"start": date(2026, 6, 12), "end": date(2026, 6, 15)}),
        ),
        "US",
    )
    found = [calendar.occurrence("Splash", year) for year in (2025, 2026)]
    assert [item.start.day for item in found if item] == [13, 12]


def test_coming_and_last_happenings() -> None:
    calendar = build((), "US")
    coming, last = calendar.next("Christmas", date(2026, 1, 10)), calendar.last("Christmas", date(2026, 1, 10))
    assert coming is not None and last is not None
    assert (coming.start.year, last.start.year) == (2026, 2025)
    names = [item.event for item in calendar.upcoming(date(2026, 11, 10), 21)]
    assert "Black Friday" in names and "Christmas" not in names
    assert easter(2026) == date(2026, 4, 5)
