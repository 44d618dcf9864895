"""What the systems do that a reader would not expect, one test or more for each.

The table names the tests; those that concern several connectors stand below, the others beside their connector.
"""

from __future__ import annotations

import importlib
from datetime import UTC, datetime, timedelta

import pytest

from connectors import merchant_feed
from kbaudit.app import App
from kbaudit.connector import Source
from kbaudit.http import Client, basic, pace
from kbaudit.jobs.overview import overview
from kbaudit.model.record import ProductRecord
from kbaudit.store import documents
from kbaudit.testing import Reply, serve
from tests.fakes.freshdesk import TOKEN as FRESHDESK
from tests.fakes.freshdesk import Freshdesk
from tests.fakes.shopify import TOKEN as SHOPIFY
from tests.fakes.shopify import Shopify
from tests.fakes.wordpress import Shop
from tests.fakes.zendesk import EMAIL, Zendesk
from tests.fakes.zendesk import TOKEN as ZENDESK_TOKEN

HERE = "tests.connectors.test_traps:"
ZENDESK, INTERCOM = "tests.connectors.test_zendesk:TestZendesk.", "tests.connectors.test_intercom:TestIntercom."
SYNC, UPSTREAM, SITE = "tests.jobs.test_sync:", "tests.hostile.test_upstream:", "tests.connectors.test_sitemap:"
TRAPS = {
    "Zendesk's updated_at moves with metadata": [
        f"{ZENDESK}test_it_takes_edited_at_for_the_last_edit_because_updated_at_moves_with_metadata"
    ],
    "Zendesk's edited_at is one locale's": [f"{ZENDESK}test_it_reads_edited_at_of_each_locale"],
    "Zendesk's draft is one translation's": [f"{ZENDESK}test_it_reads_draft_of_each_translation"],
    "An anonymous crawl sees fewer articles": [
        f"{ZENDESK}test_it_calls_nothing_deleted_when_another_identity_looked",
        "tests.connectors.test_wordpress:TestWordPress.test_it_shows_nothing_that_is_not_published",
    ],
    "Nobody knows Zendesk's largest page": [f"{ZENDESK}test_it_assumes_no_page_size"],
    "Intercom's updated_at is the default language's": [
        f"{INTERCOM}test_it_reads_the_times_of_a_translation_not_those_of_the_default_language"
    ],
    "Intercom's fix may be waiting": [f"{INTERCOM}test_it_notes_that_the_owner_has_a_fix_waiting"],
    "Intercom cites an address for teammates": [
        "tests.connectors.test_intercom:TestConversations"
        ".test_it_names_cited_articles_by_title_because_the_address_is_for_teammates",
        "tests.facts.test_citations:test_a_title_means_the_one_article_that_has_it",
    ],
    "Freshdesk lists no changes": [
        "tests.connectors.test_freshdesk:TestFreshdesk.test_it_walks_the_tree_because_there_is_no_list_of_all_articles",
        f"{HERE}test_where_no_time_of_change_is_served_the_hash_tells",
    ],
    "Freshdesk ends at page 300": [
        "tests.connectors.test_freshdesk:TestTickets.test_it_goes_on_behind_the_wall_at_page_300"
    ],
    "Shopify's policies and blog articles have no time of change": [
        "tests.connectors.test_shopify:TestArticles"
        ".test_it_gives_policies_and_blog_articles_no_time_of_change_because_there_is_none",
        f"{HERE}test_where_no_time_of_change_is_served_the_hash_tells",
    ],
    "WooCommerce's prices are minor units, and yen have none": [
        "tests.connectors.test_wordpress:TestStoreInterface.test_it_reads_prices_in_minor_units_of_each_currency"
    ],
    "Google's intervals have zones": [f"{HERE}test_an_interval_without_a_zone_is_in_the_shops_own"],
    "A Retry-After may be wrong": [
        f"{UPSTREAM}test_u6_retry_after_in_every_form",
        f"{UPSTREAM}test_u6_nothing_is_sent_while_a_host_wants_a_pause",
        f"{UPSTREAM}test_u7_a_back_off_never_exceeds_a_minute_and_has_jitter",
    ],
    "A document that vanishes may be an outage": [
        f"{SYNC}test_what_two_complete_listings_lack_is_removed",
        f"{SYNC}test_a_listing_that_is_not_whole_does_not_count",
        f"{UPSTREAM}test_u3_a_failing_page_of_a_listing_deletes_nothing",
    ],
    "Every assistant lags behind in its own way": [f"{HERE}test_a_source_says_how_far_an_assistant_lags_behind_it"],
    "A sitemap's lastmod is often wrong": [f"{HERE}test_a_page_is_read_again_whatever_its_lastmod_says"],
    "WooCommerce's Store interface serves no time of change": [
        f"{HERE}test_a_shop_without_times_of_change_is_told_by_the_hash"
    ],
    "Intercom counts in windows of ten seconds, Gorgias in a leaky bucket": [
        f"{UPSTREAM}test_u6_vendors_own_rate_headers"
    ],
    "Freshdesk's folders are for all, for who is logged in, for agents, for companies": [
        "kbaudit.testing:ConnectorConformance.test_it_shows_nothing_that_is_not_published",
        "tests.connectors.test_freshdesk:TestFreshdesk",
    ],
    "A listing shows every state": ["kbaudit.testing:ConnectorConformance.test_it_shows_nothing_that_is_not_published"],
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_its_test(trap):
    for place in TRAPS[trap]:
        module, _, names = place.partition(":")
        found = importlib.import_module(module)
        for name in names.split("."):
            found = getattr(found, name)
        assert callable(found)


@pytest.mark.parametrize("name", ["freshdesk", "shopify"])
def test_where_no_time_of_change_is_served_the_hash_tells(tmp_path, monkeypatch, name):
    if name == "freshdesk":
        fake, token, id_ = Freshdesk(), FRESHDESK, "100"
        text = fake.articles[10][0]
    else:
        fake, token, id_ = Shopify(), SHOPIFY, "policy-refundPolicy"
        text = fake.policy
    monkeypatch.setenv("DESK", token)
    (tmp_path / "config").mkdir()
    with serve(fake.handle) as server:
        table = f'[desk]\nconnector = "{name}"\nkind = "articles"\nurl = "{server.url}"\ntoken_env = "DESK"\n'
        (tmp_path / "config" / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        app = App.open(tmp_path, create=True)
        try:
            (first,), (second,) = app.sync(), app.sync()
            assert first.counts["added"] > 1 and second.touched == 0
            text |= {"description": "<p>Now 45 days.</p>", "body": "<p>Now 45 days.</p>"}
            (third,) = app.sync()
            with app.store.read() as db:
                held = documents.get(db, "desk", id_)
        finally:
            app.close()
    assert third.counts["changed"] == 1 and third.touched == 1
    assert held.changed_at > held.first_seen and "45 days" in held.document.text


def test_a_shop_without_times_of_change_is_told_by_the_hash(tmp_path):
    shop = Shop()
    things = shop._store()
    shop._store = lambda: things
    (tmp_path / "config").mkdir()
    with serve(shop.handle) as server:
        table = f'[shop]\nconnector = "woocommerce"\nurl = "{server.url}"\nallow_private = ["127.0.0.1"]\n'
        (tmp_path / "config" / "sources.toml").write_text(table)
        app = App.open(tmp_path, create=True)
        try:
            (first,), (second,) = app.sync(), app.sync()
            things[0]["prices"]["price"] = "1799"
            (third,) = app.sync()
        finally:
            app.close()
    assert (first.counts["added"], second.touched, third.touched) == (4, 0, 1)


@pytest.mark.parametrize(
    ("interval", "zone", "starts", "ends"),
    [
        ("2026-05-01T00:00-05:00/2026-05-02T00:00-05:00", "Europe/London", (1, 5), (2, 5)),
        ("2026-05-01T00:00Z/2026-05-02T00:00Z", "America/New_York", (1, 0), (2, 0)),
        ("2026-05-01T00:00/2026-05-02T00:00", "America/New_York", (1, 4), (2, 4)),
        ("2026-05-01T00:00/2026-05-02T00:00", "Asia/Tokyo", (-1, 15), (1, 15)),
    ],
)
def test_an_interval_without_a_zone_is_in_the_shops_own(tmp_path, interval, zone, starts, ends):
    def moment(day, hour):
        return datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=day - 1 if day > 0 else day, hours=hour)

    (tmp_path / "feed.tsv").write_text(
        f"id\ttitle\tprice\tsale_price\tsale_price_effective_date\n1\tLamp\t9.00 GBP\t5.00 GBP\t{interval}\n"
    )
    source = Source(name="feed", connector="merchant_feed", settings={"path": str(tmp_path / "feed.tsv")}, zone=zone)
    found = next(i.product for i in merchant_feed.Connector(source, Client()).read() if isinstance(i, ProductRecord))
    assert (found.sale_starts, found.sale_ends) == (moment(*starts), moment(*ends))


def test_a_page_is_read_again_whatever_its_lastmod_says():
    from tests.connectors.test_sitemap import Base

    text = ["thirty"]

    def handle(request):
        host = f"http://{request.headers['host']}"
        if request.path == "/sitemap.xml":
            entry = f"<url><loc>{host}/help/a</loc><lastmod>2020-01-01</lastmod></url>"
            return Reply(200, f"<urlset>{entry}</urlset>".encode())
        if request.path == "/help/a":
            return Reply(200, f"<h1>Returns</h1><p>Send it back within {text[0]} days of delivery.</p>".encode())
        return Reply(404)

    with Base().bench(handle) as bench:
        first = bench.read()
        text[0] = "fourteen"
        again = bench.read(first[-1].value)
    assert "thirty" in first[0].body and "fourteen" in again[0].body


def test_a_feed_behind_a_password_is_read_with_it_and_refused_without():
    def handle(request):
        if request.headers.get("authorization") != basic("shop", "feed-secret"):
            return Reply(401)
        return Reply(200, b"id\ttitle\n1\tLamp\n")

    pace.forget()
    with serve(handle) as server:
        settings = {"url": f"{server.url}/feed.tsv", "user": "shop", "password": "feed-secret"}
        source = Source(name="feed", connector="merchant_feed", settings={**settings, "allow_private": ["127.0.0.1"]})
        assert merchant_feed.Connector(source, Client.for_source(source)).probe().ok


def test_a_source_says_how_far_an_assistant_lags_behind_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DESK", ZENDESK_TOKEN)
    (tmp_path / "config").mkdir()
    with serve(Zendesk().handle) as server:
        table = f'[desk]\nconnector = "zendesk"\nurl = "{server.url}"\nemail = "{EMAIL}"\ntoken_env = "DESK"\n'
        (tmp_path / "config" / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        app = App.open(tmp_path, create=True)
        try:
            app.sync()
            now = datetime.now(UTC)
            (fresh,) = overview(app.store, app.settings, now)
            (stale,) = overview(app.store, app.settings, now + timedelta(days=1))
        finally:
            app.close()
    assert fresh.lag and not fresh.behind and stale.behind
