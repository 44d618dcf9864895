"""Single fields of exports: times, money, flags, locales. Each reader raises `ValueError` with a reason."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbaudit.model.product import AVAILABILITIES, Money

DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
SHORT_OFFSET = re.compile(r"([+-]\d{2})(\d{2})?\Z")
LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_][A-Za-z0-9]{1,8})*\Z")
MONEY = re.compile(r"([A-Z]{3}|[$€£¥₹])?\s*(-?\d[\d.,' \u00a0\u202f]*)\s*([A-Z]{3}|[$€£¥₹])?\Z")
SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR"}
YES = frozenset({"true", "yes", "y", "1", "on", "t"})
NO = frozenset({"false", "no", "n", "0", "off", "f"})
# ISO 4217 currencies whose minor unit is not a hundredth; every other one has two decimals.
EXPONENTS = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
SCHEMA_AVAILABILITY = {
    "instock": "in_stock",
    "onlineonly": "in_stock",
    "instoreonly": "in_stock",
    "limitedavailability": "limited_availability",
    "outofstock": "out_of_stock",
    "soldout": "out_of_stock",
    "preorder": "preorder",
    "presale": "preorder",
    "backorder": "backorder",
    "onbackorder": "backorder",
    "madetoorder": "in_stock",
    "discontinued": "discontinued",
}


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """An IANA zone by name; an unknown name is UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def when(value: object, zone: tzinfo) -> datetime | date:
    """An ISO 8601 time, aware; a date alone stays a date; a time without an offset is the shop's."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError(f"not an ISO 8601 time such as 2026-01-31 or 2026-01-31T09:30Z: {_shown(value)}")
    text = value.strip()
    try:
        if DAY.match(text):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not an ISO 8601 time such as 2026-01-31 or 2026-01-31T09:30Z: {_shown(value)}") from None
    if moment.tzinfo is None:
        if len(text) <= 8:
            return moment.date()
        moment = moment.replace(tzinfo=zone)
    return moment


def starts(value: object, zone: tzinfo) -> datetime:
    """As `when`; a date alone is the first moment of that day."""
    moment = when(value, zone)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)


def moment(value: object) -> datetime | None:
    """A time as interfaces write it, in UTC where it names no zone; None where there is none. Raises `ValueError`."""
    return starts(value, UTC) if value else None


def ends(value: object, zone: tzinfo) -> datetime:
    """As `when`; a date alone is the last moment of that day."""
    moment = when(value, zone)
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(23, 59, 59, 999_999), zone)


def unix(value: object) -> datetime | None:
    """Seconds since 1970 (some vendors write milliseconds), or None where there is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or value in ("", 0):
        return None
    try:
        seconds = float(value)
        if seconds > 1e11:
            seconds /= 1000
        return datetime.fromtimestamp(0, ZoneInfo("UTC")) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        raise ValueError(f"not a unix time: {_shown(value)}") from None


def locale(value: object) -> str:
    """A BCP 47 tag in its usual spelling: `en-us` and `en_US` give `en-US`."""
    match = LOCALE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"not a locale: {_shown(value)}")
    language, script, region = match.groups()
    parts = [language.lower()]
    if script:
        parts.append(script.title())
    if region:
        parts.append(region.upper())
    return "-".join(parts)


def flag(value: object) -> bool:
    """True or false, as JSON or as the words people put into spreadsheets."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, str)):
        word = str(value).strip().lower()
        if word in YES:
            return True
        if word in NO:
            return False
    raise ValueError(f"neither true nor false: {_shown(value)}")


def number(value: object) -> float:
    """A finite number; digits in a string count."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"not a number: {_shown(value)}")
    try:
        result = float(value)
    except (ValueError, OverflowError):
        raise ValueError(f"not a number: {_shown(value)}") from None
    if result != result or result in (float("inf"), float("-inf")):
        raise ValueError(f"not a number: {_shown(value)}")
    return result


@lru_cache(maxsize=4096)
def _amount(digits: str) -> Decimal:
    compact = re.sub(r"[' \u00a0\u202f]", "", digits)
    comma, dot = compact.rfind(","), compact.rfind(".")
    if comma >= 0 and dot >= 0:
        compact = compact.replace("," if dot > comma else ".", "").replace(",", ".")
    elif comma >= 0:
        # A comma followed by exactly three digits parts thousands, else it is the decimal sign.
        thousands = re.fullmatch(r"-?\d{1,3}(,\d{3})+", compact)
        compact = compact.replace(",", "" if thousands else ".")
    elif compact.count(".") > 1:
        compact = compact.replace(".", "")
    return Decimal(compact)


def money(value: object, currency: str) -> Money:
    """`"19.99 USD"`, a number in the shop's currency, or `{amount|value|price, currency}`; negative is refused."""
    if isinstance(value, dict):
        amount = next((value[name] for name in ("amount", "value", "price") if value.get(name) is not None), None)
        code = value.get("currency") or value.get("currencyCode") or currency
        return money(amount, code if isinstance(code, str) else currency)
    if isinstance(value, bool):
        raise ValueError(f"not a price: {_shown(value)}")
    if isinstance(value, (int, float)):
        value = repr(number(value)) if isinstance(value, float) else str(value)
        if "e" in value:
            raise ValueError(f"not a price: {_shown(value)}")
    elif isinstance(value, Decimal):
        value = str(value)
    match = MONEY.match(value.strip()) if isinstance(value, str) and len(value) < 64 else None
    if match is None or (match[1] and match[3]):
        raise ValueError(f"not a price: {_shown(value)}")
    mark = match[1] or match[3] or currency
    try:
        amount = _amount(match[2].strip())
    except InvalidOperation:
        raise ValueError(f"not a price: {_shown(value)}") from None
    if amount < 0:
        raise ValueError(f"a negative price: {_shown(value)}")
    return Money(amount, SYMBOLS.get(mark, mark if len(mark) == 3 else currency))


def minor_units(value: object, currency: str, exponent: int | None = None) -> Money:
    """An amount in minor units (cents; yen have none) as money; `exponent` is the source's own, else ISO 4217's."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(f"not an amount in minor units: {_shown(value)}")
    try:
        units = int(value)
    except ValueError:
        raise ValueError(f"not an amount in minor units: {_shown(value)}") from None
    places = exponent if exponent is not None else EXPONENTS.get(currency, 2)
    return Money(Decimal(units).scaleb(-places), currency)


@lru_cache(maxsize=256)
def availability(value: str) -> str:
    """One of the Merchant specification's words, from these or from schema.org's."""
    word = re.sub(r"[^a-z]", "", value.rsplit("/", 1)[-1].lower())
    for known in AVAILABILITIES:
        if word == known.replace("_", ""):
            return known
    if word in SCHEMA_AVAILABILITY:
        return SCHEMA_AVAILABILITY[word]
    raise ValueError(f"not an availability: {_shown(value)}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
