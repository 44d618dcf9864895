"""WordPress and WooCommerce: the conformance suite, and their traps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connectors import woocommerce, wordpress
from kbaudit.model.record import ArticleRecord, Checkpoint, ProductRecord
from kbaudit.testing import ConnectorConformance
from tests.fakes.wordpress import KEY, PASSWORD, SECRET, USER, Shop, WordPress


class TestWordPress(ConnectorConformance):
    connector = wordpress.Connector
    secrets = (PASSWORD,)
    hidden = ("posts-2", "posts-3", "posts-4", "posts-5", "posts-6")
    least = 5

    def handler(self):
        return WordPress().handle

    def settings(self, url):
        return {"url": url, "user": USER, "password": PASSWORD}

    def malformed(self):
        return WordPress(broken=True).handle

    def test_it_reads_titles_sections_and_tags_as_a_reader_sees_them(self):
        with self.bench() as bench:
            first = next(item for item in bench.read() if isinstance(item, ArticleRecord))
        assert (first.title, first.section, first.labels) == ("Returns – how", "Help > Orders & more", ("returns",))

    def test_it_takes_a_scheduled_post_for_live_from_its_day_on(self):
        with self.bench() as bench:
            found = {item.id: item for item in bench.read() if isinstance(item, ArticleRecord)}
        assert found["posts-3"].published and found["posts-3"].valid_from == datetime(2030, 1, 1, tzinfo=UTC)

    def test_a_list_shorter_than_its_count_is_not_whole(self):
        with self.bench(WordPress(lost=True).handle) as bench:
            last = bench.read()[-1]
        assert isinstance(last, Checkpoint) and not last.complete


class TestWordPressPageByPage(TestWordPress):
    """The same with two texts a page, so that it is cut off in the middle of its lists."""

    @pytest.fixture(autouse=True)
    def small_pages(self, monkeypatch):
        monkeypatch.setattr(wordpress, "PAGE", 2)

    def test_it_goes_on_with_the_next_page(self):
        with self.bench() as bench:
            first = next(item for item in bench.read() if isinstance(item, Checkpoint))
            rest = bench.read(first.value)
        assert first.part and not first.complete
        assert [item.id for item in rest if isinstance(item, ArticleRecord)] == [f"posts-{n}" for n in range(3, 7)]
        assert isinstance(rest[-1], Checkpoint) and rest[-1].complete

    def test_a_list_that_shrank_while_it_was_cut_off_is_not_whole(self):
        fake = WordPress()
        with self.bench(fake.handle) as bench:
            first = next(item for item in bench.read() if isinstance(item, Checkpoint))
            del fake.posts[0]
            last = bench.read(first.value)[-1]
        assert isinstance(last, Checkpoint) and not last.complete


class TestStoreInterface(ConnectorConformance):
    connector = woocommerce.Connector
    least = 4

    def handler(self):
        return Shop().handle

    def settings(self, url):
        return {"url": url}

    def malformed(self):
        return Shop(broken=True).handle

    def test_it_reads_prices_in_minor_units_of_each_currency(self):
        with self.bench() as bench:
            found = {item.product.id: item.product for item in bench.read() if isinstance(item, ProductRecord)}
        assert str(found["10"].price) == "24.99 GBP" and str(found["10"].sale_price) == "19.99 GBP"
        assert str(found["11"].price) == "1200 JPY" and found["11"].availability == "out_of_stock"
        assert found["12"].price is not None and str(found["12"].price.amount) == "12.500"
        assert found["13"].price is None
        assert found["10"].title == "Oil lamp & wick"


class TestStoreInterfacePageByPage(TestStoreInterface):
    """The same with one product a page, so that it is cut off between them."""

    @pytest.fixture(autouse=True)
    def small_pages(self, monkeypatch):
        monkeypatch.setattr(woocommerce, "PAGE", 1)

    def test_it_goes_on_with_the_next_page(self):
        with self.bench() as bench:
            first = next(item for item in bench.read() if isinstance(item, Checkpoint))
            rest = bench.read(first.value)
        assert [item.product.id for item in rest if isinstance(item, ProductRecord)] == ["11", "12", "13"]
        assert isinstance(rest[-1], Checkpoint) and rest[-1].complete


class TestRestV3(ConnectorConformance):
    connector = woocommerce.Connector
    secrets = (SECRET,)
    least = 2

    def handler(self):
        return Shop().handle

    def malformed(self):
        return Shop(broken=True).handle

    def settings(self, url):
        return {"url": url, "key": KEY, "secret": SECRET}

    def test_it_offers_only_what_is_published_and_visible(self):
        with self.bench() as bench:
            found = {item.product.id: item.product for item in bench.read() if isinstance(item, ProductRecord)}
        assert set(found) == {"19", "21"}
        assert str(found["19"].price) == "1500 JPY" and str(found["19"].sale_price) == "1200 JPY"
        assert found["19"].sale_starts == datetime(2026, 5, 1, tzinfo=UTC)
        assert found["21"].title == "Lantern – S" and found["21"].item_group_id == "20"
        assert found["21"].availability == "backorder"
