"""Amounts in every clothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kbaudit.text.quantities import Quantity, find, number, same


def only(text: str) -> Quantity:
    (found,) = find(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("within thirty (30) days", 30, 30, "day"),
        ("3-5 business days", 3, 5, "business_day"),
        ("24–48 business hours", 1, 2, "business_day"),
        ("a fortnight", 14, 14, "day"),
        ("two to three weeks", 14, 21, "day"),
        ("one to two business days", 1, 2, "business_day"),
        ("100 nights", 100, 100, "day"),
        ("innerhalb von 14 Tagen", 14, 14, "day"),
        ("3–5 Werktage", 3, 5, "business_day"),
        ("30 jours ouvrés", 30, 30, "business_day"),
        ("30 días naturales", 30, 30, "day"),
    ],
)
def test_it_reads_durations(text: str, low: int, high: int, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high, found.unit) == ("duration", low, high, unit)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("£75", "75", "GBP"),
        ("AUD 75", "75", "AUD"),
        ("$1,250.50", "1250.50", "USD"),
        ("36 982,92 €", "36982.92", "EUR"),
        ("75 dollars", "75", "USD"),
        ("1.000,00 EUR", "1000", "EUR"),
    ],
)
def test_it_reads_money(text: str, amount: str, currency: str) -> None:
    found = only_with(text, "USD")
    assert (found.kind, found.low, found.unit) == ("money", Decimal(amount), currency)


def only_with(text: str, currency: str) -> Quantity:
    (found,) = find(text, currency)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60 minutes", "one hour"),
        ("12 months", "a year"),
        ("24–48 business hours", "1–2 business days"),
        ("90 days", "three months"),
        ("14 days", "10 business days"),
        ("never expire", "no expiry date"),
        ("noon", "12:00 pm"),
    ],
)
def test_equal_amounts_in_other_units_are_the_same(one: str, other: str) -> None:
    assert same(only(one), only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("30 days", "28 days"), ("14 days", "5 business days"), ("£75", "€75"), ("2 years", "never expire")],
)
def test_different_amounts_are_not(one: str, other: str) -> None:
    assert not same(only(one), only(other))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to 30 days", "max"),
        ("at least 18 years", "min"),
        ("over $50", "over"),
        ("under 5 kg", "under"),
        ("$50 or more", "min"),
        ("about 3 weeks", "about"),
    ],
)
def test_it_reads_how_an_amount_is_meant(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize("text", ["", "no amount here", "see section A", "hunter2"])
def test_it_finds_nothing_where_there_is_nothing(text: str) -> None:
    assert find(text) == ()


def test_dates_are_no_amounts() -> None:
    assert {item.kind for item in find("order by December 18, 2025 or 12/20/2025")} == {"date"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250", "1250"),
        ("1.250", "1250"),
        ("1,25", "1.25"),
        ("0.125", "0.125"),
        ("twenty-one", "21"),
        ("einundzwanzig", "21"),
    ],
)
def test_it_reads_numbers_of_both_conventions(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


def test_time_is_linear_in_the_text() -> None:
    assert len(find("30 days " * 5_000)) <= 200
