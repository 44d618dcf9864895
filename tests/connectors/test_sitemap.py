"""The crawler: sitemaps, links, boilerplate, states, traps."""

from __future__ import annotations

import gzip

import pytest

from connectors.sitemap import Connector, crawl
from connectors.sitemap.address import id_of, tidy
from connectors.sitemap.listing import read_sitemaps
from kbaudit.errors import SourceUnavailable
from kbaudit.model.record import ArticleRecord, Checkpoint, Deleted, ProductRecord, Skipped, Unchanged
from kbaudit.testing import ConnectorConformance, Reply
from kbaudit.text.document import extract
from tests.fakes.site import Site, help_center


class Base(ConnectorConformance):
    __test__ = False
    connector = Connector
    least = 12

    def site(self, count=12, **more):
        return Site(pages=help_center(count, menu=20), **more)

    def handler(self):
        return self.over(self.site())

    def over(self, site):
        def handle(request):
            site.host = f"http://{request.headers['host']}"
            return site.handle(request)

        return handle

    def settings(self, url):
        return {"url": f"{url}/help/"}

    def malformed(self):
        site = self.site()
        site.status["/help/page-3"] = 418
        return self.over(site)

    def articles(self, site):
        with self.bench(self.over(site)) as bench:
            items = bench.read()
        return {item.id: item for item in items if isinstance(item, ArticleRecord)}, items


class TestSitemap(Base):
    __test__ = True

    def test_menus_banners_and_widgets_are_gone_and_sections_are_right(self):
        found, _ = self.articles(self.site(40))
        text = extract(found["help/page-3"]).text
        for noise in ("Browse department", "Members collect", "Was this article", "Related", "Wick Street", "var data"):
            assert noise not in text
        assert text.startswith("Payment question 3\n\nThis page answers question 3")
        document = extract(found["help/page-3"])
        table = next(block for block in document.blocks if block.kind == "table_row" and not block.header)
        assert table.path == ("Prices",) and found["help/page-3"].section == "Payment"
        assert found["help/page-3"].locale == "en-GB"

    def test_an_unchanged_page_is_asked_for_conditionally(self):
        site = self.site()
        with self.bench(self.over(site)) as bench:
            first = bench.read()[-1].value
            site.pages["/help/page-2"] = site.pages["/help/page-2"].replace("workshop", "depot")
            again = bench.read(first)
        assert [item.id for item in again if isinstance(item, ArticleRecord)] == ["help/page-2"]
        assert len([item for item in again if isinstance(item, Unchanged)]) == 11
        assert again[-1].complete

    def test_without_validators_the_bytes_tell(self):
        site = self.site(validators=False)
        with self.bench(self.over(site)) as bench:
            again = bench.read(bench.read()[-1].value)
        assert len([item for item in again if isinstance(item, Unchanged)]) == 12

    def test_a_page_that_went_away_is_deleted_and_one_that_fails_is_not(self):
        site = self.site()
        with self.bench(self.over(site)) as bench:
            first = bench.read()[-1].value
            site.status |= {"/help/page-1": 410, "/help/page-2": 500}
            again = bench.read(first)
        assert Deleted("article", "help/page-1") in again
        assert any(isinstance(item, Skipped) and item.ref == "help/page-2" and item.known for item in again)
        assert not again[-1].complete

    def test_only_pages_below_the_path_are_read(self):
        site = self.site()
        site.pages |= {"/blog/post": site.pages["/help/page-1"], "/helpful": site.pages["/help/page-1"]}
        assert set(self.articles(site)[0]) == {f"help/page-{number}" for number in range(12)}

    def test_robots_is_obeyed(self):
        site = self.site(robots="User-agent: *\nDisallow: /help/page-1\nSitemap: /sitemap_index.xml\n")
        found, items = self.articles(site)
        assert "help/page-1" not in found and "help/page-2" in found
        assert any(isinstance(item, Skipped) and "robots.txt" in item.reason for item in items)

    def test_a_robots_file_that_fails_means_no(self):
        site = self.site()
        site.status["/robots.txt"] = 503
        with self.bench(self.over(site)) as bench, pytest.raises(SourceUnavailable):
            bench.read()

    def test_it_goes_on_where_it_was_killed(self):
        site = self.site(130)
        with self.bench(self.over(site)) as bench:
            seen = []
            for item in bench.connector.read(None):
                seen.append(item)
                if isinstance(item, Checkpoint):
                    break
            asked = len(bench.server.requests)
            rest = bench.read(seen[-1].value)
            again = len(bench.server.requests) - asked
        assert len([item for item in rest if isinstance(item, ArticleRecord)]) == 130 - 50
        assert len([item for item in rest if isinstance(item, Unchanged)]) == 50
        assert again <= 130 - 50 + 3 and rest[-1].complete

    def test_two_addresses_of_one_page_are_one_article(self):
        site = self.site()
        site.pages["/help/a-old-name"] = ""
        inner = self.over(site)

        def handle(request):
            if request.path == "/help/a-old-name":
                return Reply(301, b"", {"Location": "/help/page-4"})
            return inner(request)

        with self.bench(handle) as bench:
            items = bench.read()
            again = bench.read(items[-1].value)
        found = [item.id for item in items if isinstance(item, ArticleRecord)]
        assert sorted(found) == sorted(f"help/page-{number}" for number in range(12))
        assert len([item for item in again if isinstance(item, Unchanged)]) == 12

    def test_pages_that_lead_to_a_form_to_log_in_stay_as_they_were(self):
        site = self.site()
        walled = False
        login = b"<title>Log in</title><h1>Log in</h1><form><input type=password></form>"
        inner = site.handle

        def handle(request):
            if request.path == "/login":
                return Reply(200, login, {"Content-Type": "text/html"})
            if walled and request.path in ("/help/page-1", "/help/page-2"):
                return Reply(302, b"", {"Location": "/login"})
            return inner(request)

        with self.bench(handle) as bench:
            before = bench.read()
            walled = True
            after = bench.read(before[-1].value)
        skipped = [item for item in after if isinstance(item, Skipped)]
        assert {item.ref for item in skipped if item.known} == {"help/page-1", "help/page-2"}
        assert {item.reason for item in skipped} == {"the page asks to log in"}

    def test_a_title_with_a_number_is_no_error_page(self):
        site = self.site()
        site.pages["/help/page-1"] = site.pages["/help/page-1"].replace("question 1", "question 404")
        assert "help/page-1" in self.articles(site)[0]

    def test_login_and_error_pages_with_status_200_are_no_articles(self):
        site = self.site()
        site.pages["/help/page-1"] = "<title>Log in</title><form><input type=password></form><h1>Log in</h1>"
        site.pages["/help/page-2"] = "<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>"
        site.pages["/help/page-3"] = ""
        found, items = self.articles(site)
        assert not {"help/page-1", "help/page-2", "help/page-3"} & set(found)
        assert len([item for item in items if isinstance(item, Skipped)]) == 3

    def test_products_in_json_ld(self):
        site = self.site()
        site.pages["/help/lamp"] = """<title>Lamp</title><h1>Lamp</h1><script type="application/ld+json">{"@context":
        "https://schema.org", "@type": "Product", "sku": "L1", "name": "Lamp", "offers":
        {"@type": "Offer", "price": "19.99",
        "priceCurrency": "GBP", "availability": "https://schema.org/InStock", "hasMerchantReturnPolicy": {"@type":
        "MerchantReturnPolicy", "merchantReturnDays": 30, "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow"},
        "shippingDetails": {"@type": "OfferShippingDetails", "shippingRate":
        {"@type": "MonetaryAmount", "value": 3, "currency": "GBP"},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "GB"}}}}</script>"""
        found, items = self.articles(site)
        (product,) = (item.product for item in items if isinstance(item, ProductRecord))
        assert (product.id, str(product.price), product.availability, product.return_window_days) == (
            "L1",
            "19.99 GBP",
            "in_stock",
            30,
        )
        assert (product.shipping[0].country, str(product.shipping[0].price.currency)) == ("GB", "GBP")
        assert "help/lamp" not in found

    def test_translations_are_linked_by_hreflang(self):
        site = self.site()
        link = '<link rel="alternate" hreflang="en" href="/help/page-1">'
        site.pages["/help/de/page-1"] = f'<html lang="de">{link}<title>Frage</title><h1>Frage</h1><p>Antwort.</p>'
        found, _ = self.articles(site)
        assert (found["help/de/page-1"].translation_of, found["help/de/page-1"].locale) == ("help/page-1", "de")


class TestLinks(Base):
    __test__ = True

    def site(self, count=12, **more):
        site = Site(pages=help_center(count, menu=20), sitemap=False, **more)
        site.pages["/help/"] = "<h1>Help</h1>" + "".join(f'<a href="page-{n}">Q{n}</a> ' for n in range(0, count, 3))
        return site

    def test_it_follows_links_where_there_is_no_sitemap(self):
        found, items = self.articles(self.site())
        assert set(found) == {f"help/page-{number}" for number in range(12)} and items[-1].complete

    def test_a_calendar_without_an_end_is_truncated_and_deletes_nothing(self, monkeypatch):
        monkeypatch.setattr(crawl, "MAX_PATTERN", 25)

        def handle(request):
            day = int(request.path.rsplit("/", 1)[-1] or 0) if request.path != "/robots.txt" else 0
            if request.path == "/robots.txt":
                return Reply(404)
            if request.path.endswith((".xml",)):
                return Reply(404)
            body = f'<h1>Day {day}</h1><p>Events of day {day}.</p><a href="/help/day/{day + 1}">next</a>'
            return Reply(200, body.encode(), {"Content-Type": "text/html"})

        with self.bench(lambda request: Reply(404) if "sitemap" in request.path else handle(request)) as bench:
            items = bench.read()
            assert len(bench.server.requests) < 120
        assert any(isinstance(item, Skipped) and "truncated" in item.reason for item in items)
        assert not items[-1].complete


def test_session_and_tracking_keys_are_no_part_of_an_address():
    assert tidy("https://l.example/a?utm_source=x&b=2&a=1&PHPSESSID=9#top") == "https://l.example/a?a=1&b=2"
    assert tidy("https://l.example/a?a=1&b=2&c=3&d=4") is None
    assert tidy("https://l.example/" + "a/b/" * 20) is None
    assert tidy("https://user@l.example/") is None and tidy("javascript:alert(1)") is None


def test_an_article_number_names_a_page_whatever_its_title_becomes():
    assert id_of("https://l.example/hc/en-us/articles/36000123-Old-title") == "hc/en-us/articles/36000123"


def listing(bench):
    connector = bench.connector
    return read_sitemaps(bench.client, connector.scope, connector._robots(), connector.sitemap)


def test_sitemaps_that_name_each_other_end():
    def handle(request):
        if request.path == "/robots.txt":
            return Reply(200, b"Sitemap: /a.xml\n", {"Content-Type": "text/plain"})
        if request.path in ("/a.xml", "/b.xml"):
            other = "/b.xml" if request.path == "/a.xml" else "/a.xml"
            body = f"<sitemapindex><sitemap><loc>http://{request.headers['host']}{other}</loc></sitemap></sitemapindex>"
            return Reply(200, body.encode())
        return Reply(404)

    class Loop(Base):
        pass

    with Loop().bench(handle) as bench:
        assert listing(bench).pages == set()
        assert len(bench.server.requests) == 3


def test_a_sitemap_bomb_is_reported_and_leaves_the_listing_unwhole():
    bomb = gzip.compress(b"\0" * 200_000_000)

    def handle(request):
        if request.path == "/robots.txt":
            return Reply(200, b"Sitemap: /a.xml.gz\n", {"Content-Type": "text/plain"})
        return Reply(200, bomb) if request.path == "/a.xml.gz" else Reply(404)

    with Base().bench(handle) as bench:
        found = listing(bench)
    assert not found.whole and "inflates" in found.problems[0].reason
