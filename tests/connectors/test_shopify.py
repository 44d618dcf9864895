"""Shopify: the conformance suite, and its traps."""

from __future__ import annotations

from connectors.shopify import Connector
from kbaudit.model.record import ArticleRecord, Checkpoint, ProductRecord
from kbaudit.testing import ConnectorConformance
from tests.fakes.shopify import TOKEN, Shopify


class TestProducts(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    least = 4

    def handler(self):
        return Shopify().handle

    def settings(self, url):
        return {"url": url, "token": TOKEN}

    def malformed(self):
        return Shopify(broken=True).handle

    def test_it_reads_every_variant_as_a_product_of_its_group(self):
        with self.bench() as bench:
            found = {item.product.id: item.product for item in bench.read() if isinstance(item, ProductRecord)}
        assert found["14"].title == "Lantern – Large" and found["14"].item_group_id == "2"
        assert str(found["11"].price) == "24.99 GBP" and str(found["11"].sale_price) == "19.99 GBP"
        assert found["11"].title == "Lamp"
        assert [found[number].availability for number in ("11", "13", "15")] == [
            "in_stock",
            "backorder",
            "out_of_stock",
        ]

    def test_it_waits_where_a_question_was_too_expensive(self):
        with self.bench(Shopify(throttled=2).handle) as bench:
            assert sum(isinstance(item, ProductRecord) for item in bench.read()) == 4
            assert bench.time.slept

    def test_it_goes_on_at_the_cursor_of_the_next_page(self):
        with self.bench() as bench:
            first = next(item for item in bench.read() if isinstance(item, Checkpoint))
            rest = bench.read(first.value)
        assert first.part and [item.product.id for item in rest if isinstance(item, ProductRecord)] == ["15"]


class TestArticles(ConnectorConformance):
    connector = Connector
    secrets = (TOKEN,)
    least = 3

    def handler(self):
        return Shopify().handle

    def settings(self, url):
        return {"url": url, "token": TOKEN, "kind": "articles"}

    def malformed(self):
        return Shopify(broken=True).handle

    def test_it_gives_policies_and_blog_articles_no_time_of_change_because_there_is_none(self):
        with self.bench() as bench:
            found = {item.id: item for item in bench.read() if isinstance(item, ArticleRecord)}
        assert found["policy-refundPolicy"].updated_at is None and found["policy-refundPolicy"].kind == "policy"
        assert found["article-7"].updated_at is None and found["page-5"].updated_at is not None
