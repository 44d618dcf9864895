"""WooCommerce: products by the public Store interface, or by REST v3 with a key.

Settings: `url` (the shop's), `key` and `secret` (then REST v3 is used, which also knows times and sale periods).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any, ClassVar

from kbaudit.connector import (
    CLIENT_KEYS,
    Probe,
    Source,
    address_of,
    converted,
    object_of,
    remembered,
    secret_of,
    things_of,
)
from kbaudit.http import Client, basic
from kbaudit.model.product import Money, Product
from kbaudit.model.record import Checkpoint, Item, ProductRecord
from kbaudit.text import fields
from kbaudit.text.extract import clean_line, plain_text

Thing = dict[str, Any]
PAGE = 100
STOCK = {"instock": "in_stock", "outofstock": "out_of_stock", "onbackorder": "backorder"}


class Connector:
    """Reads one shop's catalog."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "the shop's address",
        "key": "a consumer key, for REST v3",
        "kind": "products",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ("secret",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.keyed = bool(source.settings.get("key"))
        if self.keyed:
            pair = basic(secret_of(source, "key"), secret_of(source, "secret"))
            client.authorize(self.base, {"Authorization": pair})
        self.path = "/wp-json/wc/v3" if self.keyed else "/wp-json/wc/store/v1"

    def probe(self) -> Probe:
        """Count the products."""
        answer = self.client.get(f"{self.base}{self.path}/products", params={"per_page": 1})
        count = answer.headers.get("x-wp-total")
        return Probe(True, f"{self.base} answers: {count} products", {"products": count})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every product that is for sale in public."""
        currency = self._currency() if self.keyed else ""
        # A place within the listing: its next page, how many products came before, and of how many.
        at = remembered(since).get("at")
        page, come, total = at if isinstance(at, list) and len(at) == 3 else (1, 0, 0)
        seen: set[Any] = set()
        for things, counted, following in self._pages("/products", {"status": "any"} if self.keyed else {}, page):
            for thing in things:
                if self.keyed:
                    yield from converted(thing.get("id"), self._kept, thing, currency)
                else:
                    yield from converted(thing.get("id"), self._shown, thing)
            seen.update(thing.get("id") for thing in things)
            # Where one goes meanwhile, another moves to a page that was read already: the count before tells.
            total = max(total, counted)
            if following is not None:
                yield Checkpoint(json.dumps({"at": [following, come + len(seen), total]}), part=True)
        yield Checkpoint("", complete=come + len(seen) >= total)

    def _shown(self, thing: Thing) -> Item:
        """A product of the Store interface: prices in minor units, with their own exponent."""
        prices = thing.get("prices") or {}
        code = str(prices.get("currency_code") or self.source.currency)
        exponent = prices.get("currency_minor_unit")
        places = exponent if isinstance(exponent, int) else None

        def amount(name: str) -> Money | None:
            return fields.minor_units(prices[name], code, places) if prices.get(name) not in (None, "") else None

        price, regular = amount("price"), amount("regular_price")
        ranged = bool(prices.get("price_range"))
        reduced = thing.get("on_sale") is True and regular is not None and price is not None and price < regular
        stock = thing.get("is_in_stock")
        return ProductRecord(
            Product(
                id=str(int(thing["id"])),
                source=self.source.name,
                title=clean_line(unescape(str(thing["name"]))),
                item_group_id=str(thing["parent"]) if thing.get("parent") else None,
                description=plain_text(thing.get("description") or thing.get("short_description")) or None,
                link=thing.get("permalink"),
                # A variable product shows a range: which variant an article means cannot be told.
                price=None if ranged else (regular if reduced else price),
                sale_price=price if reduced and not ranged else None,
                availability=_stock(thing, stock),
                mpn=thing.get("sku") or None,
                product_type=_category(thing),
                extra={"sku": thing.get("sku"), "purchasable": thing.get("is_purchasable")},
            )
        )

    def _kept(self, thing: Thing, currency: str) -> list[Item]:
        """A product of REST v3 and its variations; drafts, private and pending ones are nobody's to buy."""
        if thing.get("status") != "publish" or thing.get("catalog_visibility") not in ("visible", "catalog", "search"):
            return []
        if thing.get("type") != "variable":
            return [self._item(thing, None, currency)]
        path = f"/products/{int(thing['id'])}/variations"
        # By id: a page that moved on while it was read shows one twice.
        found = {variation.get("id"): variation for things, _, _ in self._pages(path, {}) for variation in things}
        public = [variation for variation in found.values() if variation.get("status") == "publish"]
        return [self._item(variation, thing, currency) for variation in public]

    def _item(self, thing: Thing, parent: Thing | None, currency: str) -> Item:
        above = parent or thing
        options = " / ".join(str(option.get("option")) for option in thing.get("attributes") or () if parent)
        title = clean_line(unescape(str(above["name"])))
        regular, sale = thing.get("regular_price"), thing.get("sale_price")
        return ProductRecord(
            Product(
                id=str(int(thing["id"])),
                source=self.source.name,
                title=f"{title} – {options}" if options else title,
                item_group_id=str(above["id"]) if parent else None,
                description=plain_text(above.get("description") or above.get("short_description")) or None,
                link=thing.get("permalink") or above.get("permalink"),
                price=fields.money(regular or thing["price"], currency) if regular or thing.get("price") else None,
                sale_price=fields.money(sale, currency) if sale else None,
                sale_starts=fields.moment(thing.get("date_on_sale_from_gmt")),
                sale_ends=fields.moment(thing.get("date_on_sale_to_gmt")),
                availability=STOCK.get(str(thing.get("stock_status"))),
                mpn=thing.get("sku") or None,
                gtin=thing.get("global_unique_id") or None,
                product_type=_category(above),
                updated_at=fields.moment(thing.get("date_modified_gmt")),
                extra={"sku": thing.get("sku")},
            )
        )

    def _currency(self) -> str:
        found = object_of(self.client.get(f"{self.base}{self.path}/data/currencies/current"))
        return str(found.get("code") or self.source.currency)

    def _pages(self, path: str, params: Thing, page: int = 1) -> Iterator[tuple[list[Thing], int, int | None]]:
        """A list page by page from a page on, each with how many things the shop counts and the next page."""
        url = f"{self.base}{self.path}{path}"
        order = {"orderby": "id" if self.keyed else "date", "order": "asc"}
        following: int | None = page
        while following is not None:
            page = following
            answer = self.client.get(url, params={**params, "per_page": PAGE, "page": page, **order})
            things = things_of(answer.json(), url)
            total = int(answer.headers.get("x-wp-total") or len(things))
            pages = int(answer.headers.get("x-wp-totalpages") or (page + 1 if len(things) == PAGE else page))
            following = page + 1 if page < pages else None
            yield things, total, following


def _stock(thing: Thing, stock: object) -> str | None:
    if thing.get("is_on_backorder") is True:
        return "backorder"
    return "in_stock" if stock is True else "out_of_stock" if stock is False else None


def _category(thing: Thing) -> str | None:
    names = [unescape(str(entry.get("name"))) for entry in thing.get("categories") or () if entry.get("name")]
    return names[0] if names else None
