"""Does an amount that belongs to a product contradict the catalog's price, and is it a plain price at all?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from kbaudit.check import Snapshot
from kbaudit.facts.catalog_context import Bound, Context
from kbaudit.facts.catalog_words import (
    ABOUT,
    EX_TAX,
    FEES_FOR,
    FROM,
    FROM_DATE,
    HISTORY,
    HISTORY_HEADING,
    LIST_PRICE,
    NOT_AFTER,
    NOT_BEFORE,
    NOT_IN,
    OVER,
    PER_PIECE,
    PLUS_SIGN,
    PRESENT,
    SERVICE,
    SOON,
    UNIT_IN_TITLE,
    UP_TO,
    YOU_PAY,
)
from kbaudit.facts.mentions import Statement
from kbaudit.model.document import Document
from kbaudit.model.product import Money, Product
from kbaudit.text.prices import CROWNS, DOLLARS, YENS
from kbaudit.text.regions import CURRENCY_OF

# Signs before an amount within which its clause is looked for.
CLAUSE = 300
# An article rounds: "$50" for 49.99. So far may a whole amount be from the catalog's, relative to it.
ROUNDING = Decimal("0.005")
# "about $50": within a tenth.
ROUGHLY = Decimal("0.10")


def price_differs(bound: Bound, context: Context, snapshot: Snapshot) -> tuple[str, str, str, float, str] | None:
    """(field, stated, actual, score, note) if the statement is a price that no product meant has."""
    statement = bound.statement
    products = bound.products
    prices = [p.price for p in products]
    if any(price is None for price in prices) or not prices:
        return None
    known = {price.currency for price in prices if price}
    currency = _currency(statement, context.document, snapshot, known)
    if currency is None or known != {currency}:
        return None
    role = price_role(bound, context)
    if role is None:
        return None
    accepted = [amount for p in products for amount in accepted_prices(p, snapshot, bound, context)]
    current = [current_price(p, snapshot) for p in products]
    if not _contradicts(statement, role, accepted, current, products, context):
        return None
    text = context.text
    actual = _shown(current)
    score = 0.95 if bound.near and bound.how in ("title", "id", "link") else 0.9 if bound.near else 0.85
    if len(products) > 1:
        score -= 0.1
    if bound.how in ("part", "spelling"):
        score -= 0.05
    return ("price", _said(statement, currency, role), actual, score, text[statement.start : statement.end])


def accepted_prices(product: Product, snapshot: Snapshot, bound: Bound, context: Context) -> list[Decimal]:
    """The amounts that an article may rightly state: the price, and the sale price while it holds or is announced."""
    assert product.price is not None
    found = [product.price.amount]
    if product.sale_price is not None and product.sale_price.currency == product.price.currency:
        if sale_is_on(product, snapshot):
            found.append(product.sale_price.amount)
        elif product.sale_starts is not None and product.sale_starts > snapshot.now:
            start, end = bound.statement.sentence
            if SOON.search(context.text[start:end]):
                found.append(product.sale_price.amount)
    return found


def sale_is_on(product: Product, snapshot: Snapshot) -> bool:
    """The sale price holds at the moment of the audit."""
    return (
        product.sale_price is not None
        and (product.sale_starts is None or product.sale_starts <= snapshot.now)
        and (product.sale_ends is None or product.sale_ends >= snapshot.now)
    )


def current_price(product: Product, snapshot: Snapshot) -> Money:
    """What the product costs at the moment of the audit."""
    assert product.price is not None
    return product.sale_price if product.sale_price is not None and sale_is_on(product, snapshot) else product.price


def _currency(statement: Statement, document: Document, snapshot: Snapshot, known: set[str]) -> str | None:
    """What the amount is in. A shared sign is the currency of the article's region, else the shop's, where that
    currency uses the sign; else the catalog's, where only one of the catalog's uses it."""
    if statement.currency is not None:
        return statement.currency
    family = {"$": DOLLARS, "kr": CROWNS}.get(statement.symbol, YENS)
    region = document.locale.split("-")[-1].upper() if "-" in document.locale else ""
    for default in (CURRENCY_OF.get(region), snapshot.currency):
        if default in family:
            return default
    shared = known & family
    return next(iter(shared)) if len(shared) == 1 else None


@lru_cache(maxsize=4096)
def _sentence(masked: str) -> tuple[bool, bool]:
    """Of a whole sentence: its amounts are conditional, compared or made up; it tells history."""
    unreal = re.match(r"\W*(?:if|were|had|wenn|si)\b", masked, re.I) and re.search(
        r"\b(?:would|could|'d|you'd|wäre|würde)\b", masked, re.I
    )
    conditional = bool(unreal or NOT_IN.search(masked) or EX_TAX.search(masked))
    return conditional, HISTORY.search(masked) is not None


def price_role(bound: Bound, context: Context) -> str | None:
    """`exact`, `from`, `up_to`, `over`, `about`, `range`; None for an amount that is no plain price."""
    statement = bound.statement
    titles = [product.title for product in bound.products]
    start, end = statement.sentence
    masked = context.masked((start, end))
    left = masked[: statement.start - start]
    right = masked[statement.end - start :]
    block = context.document.blocks[statement.block]
    if any(HISTORY_HEADING.search(heading) for heading in (*block.path, context.document.title)):
        return None
    conditional, history = _sentence(masked)
    # What an amount means is said near it; an endless sentence is not read whole for each of its amounts.
    clause = re.split(r"[.;!?\n]", left[-CLAUSE:])[-1]
    if conditional or NOT_BEFORE.search(clause[-70:]) or NOT_AFTER.match(right[:60]):
        return None
    if history and not PRESENT.search(clause[-40:]):
        return None
    told = context.document.kind == "answer" and YOU_PAY.match(masked) is not None
    if not told and re.search(
        r"\b(?:will(?! (?:set you back|cost you))|would|could|might|may|up to)\b[^,;]{0,30}$", clause, re.I
    ):
        return None
    if LIST_PRICE.search(clause) or SERVICE.search(clause) or FROM_DATE.search(clause):
        return None
    subject = (clause[: clause.find("\x01")] if "\x01" in clause else clause).rsplit(",", 1)[-1]
    if FEES_FOR.search(subject) and not re.search(
        r"\b(?:with|including|incl\.?|free|plus)\s[^,]{0,40}$", subject, re.I
    ):
        return None
    if PER_PIECE.match(right[:30]) and any(UNIT_IN_TITLE.search(title) for title in titles):
        return None
    if re.search(
        r"\b(?:two|three|four|five|six|\d+)\s+(?:\x01|of (?:the|these|our))", clause, re.I
    ) and not PER_PIECE.match(right[:30]):
        return None
    if re.match(r"\x01*\s*(?:and|\+|&)\s+\x01", subject[-3:] + clause[len(subject) :]):
        return None
    if statement.low != statement.high:
        return "range"
    for role, pattern in (("about", ABOUT), ("from", FROM), ("up_to", UP_TO), ("over", OVER)):
        if pattern.search(clause):
            if role == "from" and re.search(
                r"\b(?:reduced|down|dropped|up|lowered|raised|increased|went)\s+from\s*$", clause, re.I
            ):
                return None
            return role
    return "from" if PLUS_SIGN.match(right) else "exact"


def _contradicts(
    statement: Statement,
    role: str,
    accepted: Sequence[Decimal],
    current: Sequence[Money],
    products: Sequence[Product],
    context: Context,
) -> bool:
    low, high = min(accepted), max(accepted)
    now_low = min(money.amount for money in current)
    value = statement.low
    if role == "range":
        if len(products) == 1:
            return all(not _between(price, statement.low, statement.high) for price in accepted)
        return now_low > statement.high or high < statement.low
    if role == "about":
        return all(abs(price - value) > price * ROUGHLY for price in accepted)
    if role == "from":
        if len(products) == 1:
            siblings = list(context.catalog.members.get(context.catalog.group_of[_index(context, products[0])], ()))
            if len(siblings) > 1:
                return False
        return not _any_equal(statement, accepted) and (low > value or high < value)
    if role == "up_to":
        return now_low > value and not _any_equal(statement, accepted)
    if role == "over":
        return high < value and not _any_equal(statement, accepted)
    if _any_equal(statement, accepted):
        return False
    return len(products) == 1 or value < low or value > high


def _index(context: Context, product: Product) -> int:
    return context.catalog.index_of[product.ref]


def _between(price: Decimal, low: Decimal, high: Decimal) -> bool:
    return low * (1 - ROUNDING) <= price <= high * (1 + ROUNDING)


def _any_equal(statement: Statement, prices: Sequence[Decimal]) -> bool:
    return any(_equal(statement, price) for price in prices)


def _equal(statement: Statement, price: Decimal) -> bool:
    value = statement.low
    if value == price:
        return True
    if statement.decimals:
        return abs(value - price) < Decimal("0.005")
    cents = price % 1
    if cents >= Decimal("0.9") and value in (price - cents, price - cents + 1):
        return True
    return abs(value - price) < 1 and abs(value - price) <= price * ROUNDING


def _said(statement: Statement, currency: str, role: str) -> str:
    value = str(Money(statement.low, currency))
    if role == "range":
        return f"{statement.low} to {Money(statement.high, currency)}"
    return {"from": f"from {value}", "up_to": f"up to {value}", "over": f"over {value}", "about": f"about {value}"}.get(
        role, value
    )


def _shown(prices: Sequence[Money]) -> str:
    low, high = min(prices), max(prices)
    return str(low) if low == high else f"{low.amount} to {high}"
