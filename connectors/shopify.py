"""Shopify: products, or pages, blog articles and shop policies, by the Storefront interface.

Settings: `url` (https://shop.myshopify.com), `token` (a Storefront access token), `kind`: "products" (default) or
"articles"; `country` and `language` as the shop knows them (what is sold, and for how much, depends on both);
`api_version` (default 2026-04).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from kbaudit.connector import (
    CLIENT_KEYS,
    Paging,
    Probe,
    Source,
    address_of,
    converted,
    object_of,
    remembered,
    secret_of,
    setting,
    things_of,
)
from kbaudit.errors import SourceRefused, SourceUnavailable
from kbaudit.http import Client
from kbaudit.model.product import Product
from kbaudit.model.record import ArticleRecord, Checkpoint, Item, ProductRecord
from kbaudit.text import fields

Thing = dict[str, Any]
MONEY = "{ amount currencyCode }"
VARIANT = (
    f"id sku title barcode availableForSale currentlyNotInStock price {MONEY} compareAtPrice {MONEY}"
)  # fmt: skip
PRODUCTS = f"""query Products($first: Int!, $after: String) CONTEXT {{
  products(first: $first, after: $after, sortKey: ID) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      id title handle description vendor productType updatedAt onlineStoreUrl
      variants(first: 50) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {VARIANT} }} }}
    }}
  }}
}}"""
VARIANTS = f"""query Variants($id: ID!, $after: String) CONTEXT {{
  product(id: $id) {{
    variants(first: 100, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {VARIANT} }} }}
  }}
}}"""
PAGES = """query Pages($first: Int!, $after: String) CONTEXT {
  pages(first: $first, after: $after, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes { id title handle body createdAt updatedAt onlineStoreUrl }
  }
}"""
BLOGS = """query Articles($first: Int!, $after: String) CONTEXT {
  articles(first: $first, after: $after, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes { id title handle contentHtml publishedAt onlineStoreUrl tags blog { title } }
  }
}"""
POLICY = "{ id title handle body url }"
SHOP = f"""query Shop CONTEXT {{
  shop {{
    name
    refundPolicy {POLICY} shippingPolicy {POLICY} privacyPolicy {POLICY} termsOfService {POLICY}
    subscriptionPolicy {{ id title handle body url }}
  }}
}}"""
# The lists of each kind: the query, and what stands before an id.
PRODUCT_LISTS = {"products": (PRODUCTS, "")}
ARTICLE_LISTS = {"pages": (PAGES, "page-"), "articles": (BLOGS, "article-")}
THROTTLED = 4


class Connector:
    """Reads one shop."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "https://yourshop.myshopify.com",
        "kind": "products or articles (pages, blogs, policies)",
        "country": "the market's country code",
        "language": "the market's language code",
        "api_version": "2026-04",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ("token",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.kind = setting(source, "kind", default="products")
        version = setting(source, "api_version", default="2026-04")
        self.endpoint = f"{self.base}/api/{version}/graphql.json"
        client.authorize(self.base, {"X-Shopify-Storefront-Access-Token": secret_of(source, "token")})

    def probe(self) -> Probe:
        """Ask for the shop's name."""
        shop = self._ask("query Probe { shop { name } }", {})["shop"]
        return Probe(True, f"{shop.get('name')} answers: {self.kind}", {"shop": shop.get("name")})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Everything that the shop shows: what it does not publish cannot be seen here."""
        at = remembered(since).get("at")
        lists = PRODUCT_LISTS if self.kind == "products" else ARTICLE_LISTS
        first, place = at if isinstance(at, list) and len(at) == 2 and at[0] in lists else ("", None)
        if self.kind != "products":
            shop = self._ask(SHOP, {})["shop"]
            for name, thing in sorted(shop.items()):
                if isinstance(thing, dict) and thing.get("body"):
                    yield from converted(f"policy-{name}", self._policy, name, thing)
        for key in list(lists)[list(lists).index(first) if first else 0 :]:
            query, prefix = lists[key]
            made = {"products": self._product, "pages": self._page, "articles": self._blog}[key]
            for things, following in self._pages(query, key, place if key == first else None):
                for thing in things:
                    yield from converted(f"{prefix}{_number(thing.get('id'))}", made, thing)
                if following is not None:
                    yield Checkpoint(json.dumps({"at": [key, following]}), part=True)
        yield Checkpoint("", complete=True)

    # Records ----------------------------------------------------------------------------------------------------

    def _product(self, thing: Thing) -> list[Item]:
        group = _number(thing["id"])
        variants = list(thing["variants"]["nodes"])
        info = thing["variants"]["pageInfo"]
        paging = Paging(self.endpoint)
        while info.get("hasNextPage"):
            paging.step(info.get("endCursor"))
            found = self._ask(VARIANTS, {"id": thing["id"], "after": info.get("endCursor")})["product"]["variants"]
            variants.extend(found["nodes"])
            info = found["pageInfo"]
        records: list[Item] = []
        for variant in variants:
            named = str(variant.get("title") or "")
            title = str(thing["title"]) + ("" if named in ("", "Default Title") else f" – {named}")
            price, before = variant["price"], variant.get("compareAtPrice")
            now = fields.money(price, self.source.currency)
            was = fields.money(before, self.source.currency) if before else None
            reduced = was is not None and was.currency == now.currency and was.amount > now.amount
            records.append(
                ProductRecord(
                    Product(
                        id=_number(variant["id"]),
                        source=self.source.name,
                        title=title,
                        item_group_id=group,
                        description=thing.get("description") or None,
                        link=thing.get("onlineStoreUrl"),
                        price=was if reduced else now,
                        sale_price=now if reduced else None,
                        availability=_availability(variant),
                        brand=thing.get("vendor") or None,
                        gtin=variant.get("barcode") or None,
                        mpn=variant.get("sku") or None,
                        product_type=thing.get("productType") or None,
                        updated_at=fields.moment(thing.get("updatedAt")),
                        extra={"sku": variant.get("sku"), "handle": thing.get("handle")},
                    )
                )
            )
        return records

    def _policy(self, name: str, thing: Thing) -> Item:
        # A policy has no time of change: the hash of its text tells when it changed.
        return ArticleRecord(
            id=f"policy-{name}", title=str(thing["title"]), body=str(thing["body"]), url=thing.get("url"), kind="policy"
        )

    def _page(self, thing: Thing) -> Item:
        return ArticleRecord(
            id=f"page-{_number(thing['id'])}",
            title=str(thing["title"]),
            body=str(thing["body"]),
            url=thing.get("onlineStoreUrl"),
            created_at=fields.moment(thing.get("createdAt")),
            updated_at=fields.moment(thing.get("updatedAt")),
        )

    def _blog(self, thing: Thing) -> Item:
        # `publishedAt` is no time of change, so it is the creation; changes are told by hash.
        return ArticleRecord(
            id=f"article-{_number(thing['id'])}",
            title=str(thing["title"]),
            body=str(thing["contentHtml"]),
            url=thing.get("onlineStoreUrl"),
            created_at=fields.moment(thing.get("publishedAt")),
            section=(thing.get("blog") or {}).get("title"),
            labels=tuple(str(tag) for tag in thing.get("tags") or ()),
        )

    # The API ----------------------------------------------------------------------------------------------------

    def _pages(self, query: str, key: str, after: str | None = None) -> Iterator[tuple[list[Thing], str | None]]:
        """A list page by page from a cursor on, each with the cursor of the next one (None at the end)."""
        paging = Paging(f"{self.endpoint} {key}")
        while True:
            found = self._ask(query, {"first": 50, "after": after})[key]
            info = found.get("pageInfo") or {}
            things = things_of(found.get("nodes"), f"{self.endpoint} {key}")
            if not info.get("hasNextPage"):
                yield things, None
                return
            after = info.get("endCursor")
            if not isinstance(after, str) or not after:
                raise SourceUnavailable(f"{self.endpoint} {key}: more is announced and no cursor leads there")
            paging.step(after)
            yield things, after

    def _ask(self, query: str, variables: Thing) -> Thing:
        country, language = self.source.settings.get("country"), self.source.settings.get("language")
        named = [f"country: {country}" if country else "", f"language: {language}" if language else ""]
        context = ", ".join(part for part in named if part and part.split(": ")[1].isalnum())
        text = query.replace("CONTEXT", f"@inContext({context})" if context else "")
        for attempt in range(THROTTLED + 1):
            found = object_of(self.client.post(self.endpoint, json={"query": text, "variables": variables}))
            errors = found.get("errors")
            if not errors:
                data = found.get("data")
                if not isinstance(data, dict):
                    raise SourceUnavailable(f"{self.endpoint}: no data in the answer")
                return data
            codes = {str((error.get("extensions") or {}).get("code")) for error in errors if isinstance(error, dict)}
            if codes & {"ACCESS_DENIED", "UNAUTHORIZED", "FORBIDDEN"}:
                raise SourceRefused(f"{self.endpoint}: the token may not read this ({', '.join(sorted(codes))})")
            if "THROTTLED" not in codes or attempt == THROTTLED:
                first = errors[0].get("message") if isinstance(errors[0], dict) else errors[0]
                raise SourceUnavailable(f"{self.endpoint}: {str(first)[:200]}")
            self.client.clock.sleep(1.0 + attempt * 2.0)
        raise SourceUnavailable(f"{self.endpoint}: throttled")


def _number(value: object) -> str:
    return str(value).rsplit("/", 1)[-1].split("?")[0]


def _availability(variant: Thing) -> str | None:
    if variant.get("availableForSale") is True:
        return "backorder" if variant.get("currentlyNotInStock") is True else "in_stock"
    return "out_of_stock" if variant.get("availableForSale") is False else None
