"""Money expressions."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kbaudit.text.prices import amounts, number

CASES = [
    ("It costs $1,299.00 now", "$1,299.00", "1299.00", None),
    ("nur 1.299,00 € heute", "1.299,00 €", "1299.00", "EUR"),
    ("USD 20", "USD 20", "20", "USD"),
    ("20 USD", "20 USD", "20", "USD"),
    ("only 20 dollars", "20 dollars", "20", None),
    ("99 cents", "99 cents", "0.99", None),
    ("50p each", "50p", "0.5", "GBP"),
    ("CHF 20.-", "CHF 20.-", "20", "CHF"),
    ("$1.2k", "$1.2k", "1200", None),
    ("C$45", "C$45", "45", "CAD"),
    ("€19,99", "€19,99", "19.99", "EUR"),
    ("1 299 kr", "1 299 kr", "1299", None),
    ("$49.00 USD", "$49.00 USD", "49.00", "USD"),
    ("costs $49.", "$49", "49", None),
]


@pytest.mark.parametrize(("text", "quote", "value", "currency"), CASES)
def test_one_amount(text: str, quote: str, value: str, currency: str | None) -> None:
    (found,) = amounts(text)
    assert text[found.start : found.end] == quote
    assert found.low == found.high == Decimal(value)
    assert found.currency == currency


@pytest.mark.parametrize("text", ["$20-$30", "$20 to $30", "between $20 and $30", "20–30 €"])
def test_a_range_is_one_amount(text: str) -> None:
    (found,) = amounts(text)
    assert (found.low, found.high) == (Decimal(20), Decimal(30))


@pytest.mark.parametrize("text", ["item 5 p. 3", "20 items", "in 2024", "3 kg", "version 1.2", "$HOME", "30 days"])
def test_no_amount(text: str) -> None:
    assert list(amounts(text)) == []


def test_and_parts_two_amounts() -> None:
    assert [found.low for found in amounts("$5 and $10")] == [5, 10]


def test_a_bare_dollar_is_the_default_where_that_uses_it() -> None:
    (found,) = amounts("$5")
    assert found.in_currency("CAD") == "CAD"
    assert found.in_currency("EUR") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,299.00", "1299.00"),
        ("1.299,00", "1299.00"),
        ("1 299", "1299"),
        ("19,99", "19.99"),
        ("0,500", "0.500"),
        ("1,299", "1299"),
    ],
)
def test_number(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


def test_time_is_linear() -> None:
    text = "$" * 2000 + "1,2.3" * 4000 + " 20 " * 4000 + "USD " * 2000
    started = time.process_time()
    list(amounts(text))
    assert time.process_time() - started < 1.0
