"""Money expressions in running text, with offsets.

`amounts` finds `$1,299.00`, `1.299,00 €`, `USD 20`, `20 dollars`, `99 cents`, `$20-$30`, `CHF 20.-` and the like. A
bare symbol that several currencies share (`$`, `kr`, `¥`) is resolved by the caller's default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SYMBOLS = {
    "$": None, "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP", "¥": None, "₹": "INR", "₩": "KRW", "₽": "RUB",
    "zł": "PLN", "Kč": "CZK", "kr": None, "kr.": None, "₺": "TRY", "₪": "ILS", "฿": "THB", "₫": "VND", "Fr.": "CHF",
}  # fmt: skip
CODES = frozenset(
    """USD CAD AUD NZD HKD SGD BRL MXN EUR GBP JPY CNY INR KRW RUB PLN CZK SEK NOK DKK CHF TRY ILS THB VND HUF ZAR
    AED SAR RON BGN ISK TWD PHP IDR MYR CLP COP ARS PEN UAH""".split()
)
WORDS = {
    "us dollar": "USD", "u.s. dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD",
    "new zealand dollar": "NZD", "singapore dollar": "SGD", "dollar": None, "buck": None, "euro": "EUR",
    "pound sterling": "GBP", "pound": "GBP", "quid": "GBP", "swiss franc": "CHF", "franc": "CHF", "yen": "JPY",
    "rupee": "INR", "zloty": "PLN", "kronor": "SEK", "kroner": None, "krona": "SEK", "krone": None,
}  # fmt: skip
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD"})
CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})
YENS = frozenset({"JPY", "CNY"})
CENTS = {"cent": None, "cents": None, "¢": None, "p": "GBP", "pence": "GBP"}

_NUMBER = r"\d{1,3}(?:[ '’\u00a0\u202f.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
_SYMBOL = "|".join(sorted((re.escape(s) for s in SYMBOLS), key=len, reverse=True))
_BEFORE = rf"(?:{_SYMBOL}|{'|'.join(sorted(CODES))})"
_WORD = "|".join(sorted((re.escape(w) for w in WORDS), key=len, reverse=True))
_AFTER = (
    rf"(?:€|£|zł\b|Kč\b|kr\b\.?|₹|₽|¥|\$(?!\s?\d)|(?:{'|'.join(sorted(CODES))})\b"
    rf"|(?:{_WORD})s?\b(?! (?:of|cake|sign))|¢|cents?\b|pence\b|(?<=\d)p\b(?=[\s,.;)]|$))"
)
_ONE = (
    rf"(?:(?P<before{{n}}>{_BEFORE})\s?(?P<num{{n}}>{_NUMBER})(?P<dash{{n}}>[.,][-–—]+)?"
    rf"(?P<kilo{{n}}>k\b)?(?:\s(?P<also{{n}}>{'|'.join(sorted(CODES))})\b)?"
    rf"|(?P<bare{{n}}>{_NUMBER})(?:[.,][-–—]+)?(?P<bkilo{{n}}>k)?[\s\u00a0-]?(?P<after{{n}}>{_AFTER}))"
)
_TO = r"\s?(?:-|–|—|to|and|bis|until|or|through)\s?"
_AMOUNT = re.compile(
    rf"(?<![\w.,$€£])(?:{_ONE.replace('{n}', '1').replace('{{', '{').replace('}}', '}')})(?![\d])", re.I
)
_RANGE_TAIL = re.compile(
    rf"\s?(?P<to>-|–|—|to|and|bis)\s?(?P<sym>{_BEFORE})?\s?(?P<num>{_NUMBER})(?P<after>[\s\u00a0]?{_AFTER})?", re.I
)
_RANGE_HEAD = re.compile(rf"(?<![\w.,$€£])(?P<num>{_NUMBER})\s?(?:-|–|—|to|bis)\s?$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a text: `text[start:end]`. `low == high` for a single value; major units.

    `currency` is an ISO 4217 code, or None where the text only says `$`, `kr` or `¥` (then `symbol` holds which).
    `decimals` tells that the text gave a fraction.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str | None
    symbol: str
    decimals: bool = False

    @property
    def single(self) -> bool:
        """One value, no range."""
        return self.low == self.high

    def in_currency(self, default: str) -> str | None:
        """The ISO code, a bare symbol read as `default` where that currency uses the symbol; None if it does not."""
        if self.currency is not None:
            return self.currency
        family = DOLLARS if self.symbol == "$" else CROWNS if self.symbol == "kr" else YENS
        return default if default in family or self.symbol == "" else None


def number(text: str, comma_decimal: bool = False) -> Decimal | None:
    """A written number: `1,299.00`, `1.299,00`, `1 299`, `19,99`. One group of three digits after a single comma or
    point is a thousand, unless it is the locale's decimal mark and no thousand makes sense (`0,500`)."""
    text = re.sub(r"[\s'’\u00a0\u202f]", "", text)
    last = max(text.rfind(","), text.rfind("."))
    if last >= 0:
        mark, tail = text[last], text[last + 1 :]
        other = "." if mark == "," else ","
        both = other in text
        if both or text.count(mark) == 1:
            thousand = not both and len(tail) == 3 and text[0] != "0"
            if both and len(tail) == 3 and text.count(mark) > 1:
                thousand = True
            text = text.replace(other, "")
            text = text.replace(mark, "") if thousand else text.replace(mark, ".")
        else:
            text = text.replace(mark, "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _code(symbol: str) -> tuple[str | None, str]:
    """(ISO code or None, bare symbol) of a symbol, code or word as written."""
    word = symbol.strip()
    if word.upper() in CODES and len(word) == 3:
        return word.upper(), word.upper()
    for key, code in SYMBOLS.items():
        if key.lower() == word.lower():
            bare = "kr" if key.startswith("kr") else key
            return code, bare
    lower = word.lower()
    for form in (lower, lower.removesuffix("s")):
        if form in WORDS:
            code = WORDS[form]
            return code, "kr" if form.startswith("kron") else "$" if code is None else code
        if form in CENTS:
            return CENTS[form], "$" if CENTS[form] is None else "GBP"
    return None, ""


def _has_decimals(text: str) -> bool:
    return re.search(r"[.,]\d{1,2}$", text) is not None


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Money expressions in `text[start:end]`, left to right, not overlapping; a range is one amount."""
    stop = len(text) if end is None else end
    at = start
    while match := _AMOUNT.search(text, at, stop):
        found = _read(match)
        at = match.end()
        if found is None:
            continue
        low, code, symbol, decimals = found
        first, last, high = match.start(), match.end(), low
        tail = _RANGE_TAIL.match(text, last, stop)
        if tail and (tail["to"] not in ("and",) or text[max(0, first - 9) : first].lower().endswith("between ")):
            same = tail["sym"] is None or _code(tail["sym"])[1] == symbol
            upper = number(tail["num"])
            dashed = tail["to"] in "-–—"
            if same and upper is not None and upper > low and (tail["sym"] or tail["after"] or dashed):
                high, last, at = upper, tail.end(), tail.end()
                decimals = decimals or _has_decimals(tail["num"])
        if match["bare1"] is not None and high == low:
            head = _RANGE_HEAD.search(text, max(start, first - 14), first)
            if head:
                lower = number(head["num"])
                if lower is not None and lower < low:
                    first, low, high = head.start(), lower, low
        yield Amount(first, last, low, high, code, symbol, decimals)


def _read(match: re.Match[str]) -> tuple[Decimal, str | None, str, bool] | None:
    text = match["num1"] or match["bare1"]
    value = number(text)
    if value is None:
        return None
    sign = match["before1"] or match["after1"]
    code, symbol = _code(sign)
    if match["also1"] and code is None:
        code = match["also1"].upper()
    if sign.lower().strip() in CENTS:
        value = value / 100
    if match["kilo1"] or match["bkilo1"]:
        value = value * 1000
    return value, code, symbol, _has_decimals(text)
