"""WordPress and its shop plugin as far as kbaudit asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer, numbered, signed

USER, PASSWORD = "editor", "wp-secret-4711"
KEY, SECRET = "ck_1", "cs-secret-4711"


def post(number: int, title: str, status: str = "publish", **more: Any) -> dict[str, Any]:
    """One post as the program writes it."""
    return {
        "id": number,
        "date_gmt": "2025-01-01T00:00:00",
        "modified_gmt": "2026-03-01T09:00:00",
        "slug": f"p{number}",
        "status": status,
        "link": f"https://lantern.example/?p={number}",
        "title": {"rendered": title},
        "author": 1,
        "content": {"rendered": f"<p>{number} text.</p>", "protected": False},
        "categories": [2],
        "tags": [4],
        **more,
    }


@dataclass
class WordPress:
    """One site; `lost` makes the list shorter than the count that it announces."""

    broken: bool = False
    lost: bool = False

    def __post_init__(self) -> None:
        protected = {"rendered": "", "protected": True}
        self.posts = [
            post(1, "Returns &#8211; how"),
            post(2, "Sketch", "draft"),
            post(3, "Soon", "future", date_gmt="2030-01-01T00:00:00"),
            post(4, "Locked", content=protected),
            post(5, "Inside", "private"),
            post(6, "Odd", "in-review"),
        ]
        if self.broken:
            self.posts.append({"id": 9, "title": None})

    def handle(self, request: Request) -> Reply:
        """Answer as the program does."""
        name = request.path.removeprefix("/wp-json/wp/v2/")
        known = signed(request, USER, PASSWORD)
        if request.headers.get("authorization") and not known:
            return answer({"code": "incorrect_password"}, 401)
        if name == "categories":
            return self._list(request, [{"id": 2, "name": "Orders &amp; more", "parent": 1}, {"id": 1, "name": "Help"}])
        if name == "tags":
            return self._list(request, [{"id": 4, "name": "returns"}])
        if name == "posts":
            found = (
                self.posts if known else [thing for thing in self.posts if thing.get("status", "publish") == "publish"]
            )
            return self._list(request, found)
        if name == "pages":
            return self._list(request, [])
        return answer({"code": "rest_no_route"}, 404)

    def _list(self, request: Request, things: list[Any]) -> Reply:
        found, page, pages = numbered(request, things)
        if page > pages:
            return answer({"code": "rest_post_invalid_page_number"}, 400)
        count = len(things) + (3 if self.lost else 0)
        return answer(found, X_WP_Total=str(count), X_WP_TotalPages=str(pages))


@dataclass
class Shop:
    """A WooCommerce shop, with the public Store interface and REST v3."""

    broken: bool = False

    def handle(self, request: Request) -> Reply:
        """Answer as the program does."""
        if request.path == "/wp-json/wc/store/v1/products":
            return self._list(request, self._store())
        if request.path.startswith("/wp-json/wc/v3") and not signed(request, KEY, SECRET):
            return answer({"code": "woocommerce_rest_cannot_view"}, 401)
        if request.path == "/wp-json/wc/v3/data/currencies/current":
            return answer({"code": "JPY", "name": "Yen", "symbol": "¥"})
        if request.path == "/wp-json/wc/v3/products":
            return self._list(request, self._rest())
        if request.path == "/wp-json/wc/v3/products/20/variations":
            base = {
                "status": "publish",
                "sku": "L-S",
                "stock_status": "onbackorder",
                "price": "900",
                "regular_price": "900",
            }
            small = {**base, "id": 21, "attributes": [{"name": "Size", "option": "S"}]}
            return self._list(request, [small, {**base, "id": 22, "status": "private", "attributes": []}])
        return answer({"code": "rest_no_route"}, 404)

    def _store(self) -> list[Any]:
        def product(
            number: int, name: str, code: str, unit: int, price: str, regular: str, **more: Any
        ) -> dict[str, Any]:
            prices = {
                "price": price,
                "regular_price": regular,
                "sale_price": price,
                "price_range": None,
                "currency_code": code,
                "currency_minor_unit": unit,
            }
            return {
                "id": number,
                "name": name,
                "parent": 0,
                "sku": f"S{number}",
                "permalink": f"https://l.example/{number}",
                "on_sale": price != regular,
                "prices": prices,
                "is_in_stock": True,
                "is_purchasable": True,
                "is_on_backorder": False,
                "categories": [{"id": 1, "name": "Lamps"}],
                **more,
            }

        ranged = product(13, "Set", "GBP", 2, "1000", "1000")
        ranged["prices"]["price_range"] = {"min_amount": "1000", "max_amount": "3000"}
        things: list[Any] = [
            product(10, "Oil lamp &amp; wick", "GBP", 2, "1999", "2499"),
            product(11, "Paper lantern", "JPY", 0, "1200", "1200", is_in_stock=False),
            product(12, "Gold lamp", "KWD", 3, "12500", "12500"),
            ranged,
        ]
        return [*things, {"id": "no", "name": None}] if self.broken else things

    def _rest(self) -> list[Any]:
        base = {
            "catalog_visibility": "visible",
            "status": "publish",
            "type": "simple",
            "description": "<p>Nice.</p>",
            "date_modified_gmt": "2026-03-01T09:00:00",
            "stock_status": "instock",
            "categories": [{"name": "Lamps"}],
        }
        sale = {"date_on_sale_from_gmt": "2026-05-01T00:00:00", "date_on_sale_to_gmt": "2026-05-31T22:59:59"}
        return [
            {**base, **sale, "id": 19, "name": "Lamp", "price": "1200", "regular_price": "1500", "sale_price": "1200"},
            {**base, "id": 20, "name": "Lantern", "type": "variable", "price": "900"},
            {**base, "id": 23, "name": "Draft", "status": "draft", "price": "1"},
            {**base, "id": 24, "name": "Hidden", "catalog_visibility": "hidden", "price": "1"},
            *([{**base, "id": 25, "name": None, "price": "many"}] if self.broken else []),
        ]

    def _list(self, request: Request, things: list[Any]) -> Reply:
        found, _, pages = numbered(request, things)
        return answer(found, X_WP_Total=str(len(things)), X_WP_TotalPages=str(pages))
