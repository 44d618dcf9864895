"""schema.org in JSON-LD: products with their offers, and questions with their answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from kbaudit.text.page import kinds

Thing = dict[str, Any]


def product_rows(data: Iterable[Thing], url: str) -> list[dict[str, Any]]:
    """Rows (fields as in the file formats) of the products that a page describes; variants are rows of a group."""
    rows: list[dict[str, Any]] = []
    for item in data:
        names = kinds(item)
        if "ProductGroup" in names:
            group = _text(item.get("productGroupID")) or _text(item.get("@id")) or url
            shared = {"item_group_id": group, "brand": _name(item.get("brand")), "title": _text(item.get("name"))}
            for variant in _things(item.get("hasVariant")):
                row = {**shared, **_present(_row(variant, url)), "item_group_id": group}
                rows.append(row)
        elif names & {"Product", "IndividualProduct", "ProductModel"} and item.get("name"):
            rows.append(_row(item, url))
    return [_present(row) for row in rows if row.get("title")]


def questions(data: Iterable[Thing]) -> list[tuple[str, str]]:
    """Questions and answers (markup) of the FAQ pages among the objects."""
    found = []
    for item in data:
        if "FAQPage" not in kinds(item):
            continue
        for entry in _things(item.get("mainEntity")):
            answer = next(_things(entry.get("acceptedAnswer")), {})
            question, text = _text(entry.get("name")), _text(answer.get("text"))
            if question and text:
                found.append((question, text))
    return found


def faq_markup(pairs: Iterable[tuple[str, str]]) -> str:
    """Questions as headings over their answers."""
    return "".join(f"<h2>{escape(question)}</h2><div>{answer}</div>" for question, answer in pairs)


def _row(item: Thing, url: str) -> dict[str, Any]:
    offers = [offer for found in _things(item.get("offers")) for offer in _offers(found)]
    # Several offers of one thing: the shop's own page leads with what a customer pays, so the first one counts.
    offer: Thing = offers[0] if offers else {}
    names = (item.get("sku"), item.get("productID"), offer.get("sku"), item.get("@id"))
    gtins = (item.get(name) for name in ("gtin", "gtin13", "gtin14", "gtin12", "gtin8"))
    row: dict[str, Any] = {
        "id": next((text for name in names if (text := _text(name))), url),
        "title": _text(item.get("name")),
        "description": _text(item.get("description")),
        "link": _text(item.get("url")) or url,
        "brand": _name(item.get("brand")),
        "gtin": next((_text(gtin) for gtin in gtins if gtin), None),
        "mpn": _text(item.get("mpn")),
        "product_type": _name(item.get("category")),
        "price": _price(offer),
        "availability": _text(offer.get("availability")),
        "availability_date": _text(offer.get("availabilityStarts")),
        "price_valid_until": _text(offer.get("priceValidUntil")),
        "updated_at": _text(item.get("dateModified")),
    }
    group = item.get("isVariantOf")
    if isinstance(group, dict):
        row["item_group_id"] = _text(group.get("productGroupID")) or _text(group.get("@id"))
    for policy in (*_things(offer.get("hasMerchantReturnPolicy")), *_things(item.get("hasMerchantReturnPolicy"))):
        row.update(_returns(policy))
        break
    shipping = [rate for detail in _things(offer.get("shippingDetails")) for rate in _shipping(detail)]
    if shipping:
        row["shipping"] = shipping
    return row


def _offers(offer: Thing) -> Iterator[Thing]:
    inner = list(_things(offer.get("offers")))
    if "AggregateOffer" in kinds(offer):
        for item in inner:
            yield {**{name: offer[name] for name in ("priceCurrency", "availability") if name in offer}, **item}
        if not inner and offer.get("lowPrice") == offer.get("highPrice"):
            yield {**offer, "price": offer.get("lowPrice")}
        elif not inner:
            # A range is no price: which article is meant cannot be told.
            yield {name: value for name, value in offer.items() if name != "price"}
    else:
        yield offer


def _price(offer: Thing) -> Any:
    amount, currency = offer.get("price"), offer.get("priceCurrency")
    if amount in (None, ""):
        for specification in _things(offer.get("priceSpecification")):
            if re.search("ListPrice|Strikethrough", str(specification.get("priceType"))):
                continue
            amount, currency = specification.get("price"), specification.get("priceCurrency") or currency
            break
    if amount in (None, "") or isinstance(amount, (dict, list)):
        return None
    return {"amount": amount, "currency": currency} if isinstance(currency, str) else amount


def _returns(policy: Thing) -> dict[str, Any]:
    row: dict[str, Any] = {"return_policy_url": _text(policy.get("merchantReturnLink")) or _text(policy.get("url"))}
    category = str(policy.get("returnPolicyCategory") or "")
    if category.endswith("NotPermitted"):
        row["return_window_days"] = 0
    elif policy.get("merchantReturnDays") is not None and not category.endswith("UnlimitedWindow"):
        row["return_window_days"] = policy["merchantReturnDays"]
    return row


def _shipping(detail: Thing) -> Iterator[dict[str, Any]]:
    for rate in _things(detail.get("shippingRate")):
        amount = rate.get("value", rate.get("price"))
        if amount in (None, "") or not isinstance(amount, (str, int, float)):
            continue
        price: Any = {"amount": amount, "currency": rate.get("currency") or rate.get("priceCurrency")}
        countries = [
            country
            for place in _things(detail.get("shippingDestination"))
            for country in _countries(place.get("addressCountry"))
        ]
        places: list[str | None] = [*countries] or [None]
        for country in places:
            yield {"country": country, "price": price, "service": _text(detail.get("shippingLabel"))}


def _countries(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values]
    return [name for name in names if isinstance(name, str) and len(name) == 2]


def _things(value: Any) -> Iterator[Thing]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return str(value).strip() or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _present(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
