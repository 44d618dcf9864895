"""Shopify's Storefront interface as far as kbaudit asks: answers by the names of the operations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer

TOKEN = "sf-secret-4711"


def variant(number: int, title: str, price: str, before: str | None = None, **more: Any) -> dict[str, Any]:
    """One variant as the vendor writes it."""

    def money(amount: str) -> dict[str, str]:
        return {"amount": amount, "currencyCode": "GBP"}

    return {
        "id": f"gid://shopify/ProductVariant/{number}",
        "sku": f"V{number}",
        "title": title,
        "barcode": None,
        "availableForSale": True,
        "currentlyNotInStock": False,
        "price": money(price),
        "compareAtPrice": money(before) if before else None,
        **more,
    }


@dataclass
class Shopify:
    """One shop; the first `throttled` questions are refused for their cost."""

    broken: bool = False
    throttled: int = 0

    def __post_init__(self) -> None:
        self.policy = {
            "id": "gid://shopify/ShopPolicy/1",
            "title": "Refund policy",
            "handle": "refund-policy",
            "body": "<p>Return within 30 days.</p>",
            "url": "https://lantern.example/policies/refund-policy",
        }

    def handle(self, request: Request) -> Reply:
        """Answer as the vendor does: always with status 200 once the token is right."""
        if request.headers.get("x-shopify-storefront-access-token") != TOKEN:
            return answer({"errors": "[API] Invalid API key"}, 401)
        if self.throttled:
            self.throttled -= 1
            return answer({"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]})
        asked = json.loads(request.body)
        query, variables = asked["query"], asked.get("variables") or {}
        if "shop {" in query:
            return answer(
                {"data": {"shop": {"name": "Lantern Lane", "refundPolicy": self.policy, "shippingPolicy": None}}}
            )
        if query.startswith("query Products"):
            return self._page(variables, "products", self._products())
        if query.startswith("query Variants"):
            info = {"hasNextPage": False, "endCursor": None}
            return answer(
                {"data": {"product": {"variants": {"pageInfo": info, "nodes": [variant(14, "Large", "40.00")]}}}}
            )
        if query.startswith("query Pages"):
            page = {
                "id": "gid://shopify/Page/5",
                "title": "Care",
                "handle": "care",
                "body": "<p>Wipe.</p>",
                "createdAt": "2025-01-01T00:00:00Z",
                "updatedAt": "2026-03-01T00:00:00Z",
                "onlineStoreUrl": None,
            }
            return self._page(variables, "pages", [page, {"id": "gid://shopify/Page/6"}] if self.broken else [page])
        blog = {
            "id": "gid://shopify/Article/7",
            "title": "Wicks",
            "handle": "wicks",
            "contentHtml": "<p>Trim.</p>",
            "publishedAt": "2026-01-01T00:00:00Z",
            "onlineStoreUrl": None,
            "tags": ["care"],
            "blog": {"title": "News"},
        }
        return self._page(variables, "articles", [blog])

    def _products(self) -> list[Any]:
        def product(number: int, title: str, variants: list[Any], more: bool = False) -> dict[str, Any]:
            return {
                "id": f"gid://shopify/Product/{number}",
                "title": title,
                "handle": "h",
                "description": "",
                "vendor": "Wick",
                "productType": "Lamp",
                "updatedAt": "2026-03-01T00:00:00Z",
                "onlineStoreUrl": None,
                "variants": {"pageInfo": {"hasNextPage": more, "endCursor": "c"}, "nodes": variants},
            }

        found: list[Any] = [
            product(1, "Lamp", [variant(11, "Default Title", "19.99", "24.99")]),
            product(2, "Lantern", [variant(13, "Small", "20.00", currentlyNotInStock=True)], more=True),
            product(3, "Candle", [variant(15, "Default Title", "5.00", availableForSale=False)]),
        ]
        return [*found, {"id": None}] if self.broken else found

    def _page(self, variables: dict[str, Any], key: str, things: list[Any]) -> Reply:
        start = int(variables.get("after") or 0)
        info = {"hasNextPage": start + 2 < len(things), "endCursor": str(start + 2)}
        return answer({"data": {key: {"pageInfo": info, "nodes": things[start : start + 2]}}})
