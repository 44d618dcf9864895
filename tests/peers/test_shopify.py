"""Shopify's own Storefront schema behind a real GraphQL server: a query that it does not allow fails."""

from __future__ import annotations

import pytest

from connectors import shopify
from kbaudit.errors import SourceUnavailable, Unreadable
from kbaudit.model.record import ArticleRecord, ProductRecord
from tests.peers.conftest import PEERS, SHARED, connect, copied, free_port, need, need_path, running

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def shop():
    need("node")
    need_path(PEERS / "shopify" / "node_modules" / "graphql-yoga", "the GraphQL server")
    mock = need_path(SHARED / "peers" / "shopify-storefront-mock.mjs", "the mock")
    specs = need_path(SHARED / "specs", "the specifications")
    port = free_port()
    copied(mock, PEERS / "shopify" / "mock.mjs", {"4020": port})
    if not (PEERS / "specs").exists():
        (PEERS / "specs").symlink_to(specs)
    url = f"http://127.0.0.1:{port}"
    with running(["node", "mock.mjs"], f"{url}/", cwd=PEERS / "shopify"):
        yield url


def first(connector, count=5):
    found = []
    try:
        for item in connector.read(None):
            found.append(item)
            if len(found) >= count:
                break
    except SourceUnavailable as problem:
        assert "circle" in str(problem), problem
    return found


def test_products(shop):
    connector = connect(shopify.Connector, shop, token="t", country="GB", language="EN")
    (node, *_), _ = next(connector._pages(shopify.PRODUCTS, "products"))
    # The mock makes up that there are more variants, for ever.
    node["variants"]["pageInfo"]["hasNextPage"] = False
    found = connector._product(node)
    assert found and all(
        isinstance(item, ProductRecord) and str(item.product.price.amount) == "19.99" for item in found
    )
    more = connector._ask(shopify.VARIANTS, {"id": node["id"], "after": None})
    assert "nodes" in more["product"]["variants"]


def test_articles(shop):
    found = first(connect(shopify.Connector, shop, token="t", kind="articles"), 3)
    assert any(isinstance(item, ArticleRecord) and item.kind == "policy" for item in found)


@pytest.mark.parametrize("query", [shopify.PRODUCTS, shopify.PAGES, shopify.BLOGS, shopify.SHOP])
def test_every_query_is_one_that_the_schema_allows(shop, query):
    connector = connect(shopify.Connector, shop, token="t")
    assert isinstance(connector._ask(query, {"first": 2, "after": None}), dict)


def test_a_query_that_it_does_not_know_fails(shop):
    connector = connect(shopify.Connector, shop, token="t")
    with pytest.raises((SourceUnavailable, Unreadable)):
        connector._ask("query X { shop { noSuchField } }", {})
