"""A catalog item, in the words of the Google Merchant product data specification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

AVAILABILITIES = (
    "in_stock",
    "out_of_stock",
    "preorder",
    "backorder",
    "limited_availability",
    "discontinued",
)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in major units (dollars, not cents) and an ISO 4217 code; `str()` gives `19.99 USD`."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


@dataclass(frozen=True, slots=True)
class ShippingRate:
    """What shipping costs, by country (ISO 3166 alpha-2) and service; `None` means any."""

    price: Money
    country: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Order value from which shipping is free, by country; `None` means any."""

    price: Money
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One catalog item. Missing fields are `None`, never guessed."""

    id: str
    source: str
    title: str
    item_group_id: str | None = None
    description: str | None = None
    link: str | None = None
    price: Money | None = None
    sale_price: Money | None = None
    sale_starts: datetime | None = None
    sale_ends: datetime | None = None
    availability: str | None = None
    availability_date: datetime | None = None
    brand: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    product_type: str | None = None
    updated_at: datetime | None = None
    return_window_days: int | None = None
    return_policy_url: str | None = None
    free_shipping_thresholds: tuple[Threshold, ...] = ()
    shipping: tuple[ShippingRate, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def ref(self) -> tuple[str, str]:
        """(source, id): unique in a catalog."""
        return (self.source, self.id)
