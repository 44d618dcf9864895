"""Any public help center or shop: by its sitemaps, else by following links a bounded way.

Settings: `url` (that host below that path), `kind` ("articles", default, or "products"), `content` (a CSS selector of
the article's text where it is not found by itself), `sitemap` (its address, where robots.txt does not name it),
`max_pages`, `requests_per_second` (default 4), `robots` (false only for a site of your own).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from connectors.sitemap.address import Scope
from connectors.sitemap.crawl import Crawl
from connectors.sitemap.listing import read_sitemaps
from connectors.sitemap.pages import Pages
from connectors.sitemap.state import State
from kbaudit.connector import CLIENT_KEYS, Probe, Source, setting
from kbaudit.errors import SourceRefused, SourceUnavailable
from kbaudit.http import Client
from kbaudit.http.robots import Robots, read_robots
from kbaudit.model.record import Checkpoint, Item, Skipped

MAX_PAGES = 20_000
RATE = 4.0


class Connector:
    """Crawls one site."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "the section to read: that host, below that path",
        "kind": "articles or products",
        "content": "a CSS selector of the article's text, where it is not found by itself",
        "sitemap": "the sitemap's address, where robots.txt does not name it",
        "max_pages": f"at most so many pages ({MAX_PAGES})",
        "robots": "false: robots.txt is not asked, for a site of your own",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.scope = Scope.of(setting(source, "url"))
        self.pages = Pages(source, client, self.scope)
        self.max_pages = setting(source, "max_pages", int, MAX_PAGES)
        self.sitemap: str | None = source.settings.get("sitemap")
        if "requests_per_second" not in source.settings:
            client.rate = RATE

    def probe(self) -> Probe:
        """Read robots.txt, the sitemaps and one page."""
        listing = read_sitemaps(self.client, self.scope, self._robots(), self.sitemap)
        count = len(listing.pages)
        page = self.pages.page(self.client.get(min(listing.pages, default=self.scope.start)))
        how = f"{count} pages in its sitemaps" if count else "no sitemap: links are followed"
        seen = {
            "pages": count,
            "first": page.title,
            "sitemaps whole": listing.whole,
            "problems": len(listing.problems),
        }
        return Probe(bool(page.title), f"{self.scope.host}: {how}; the first one is called {page.title!r:.80}", seen)

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every page, in an order that the site's own order does not change; unchanged ones cost one short answer."""
        state = State.load(since)
        robots = self._robots()
        resumed = state.resume(self.client.clock.wall())
        listing = read_sitemaps(self.client, self.scope, robots, self.sitemap)
        yield from listing.problems
        crawl = Crawl(self.pages, state, robots, listing.whole, self.max_pages)
        try:
            yield from crawl.listed(sorted(listing.pages)) if listing.pages else crawl.followed(resumed)
        finally:
            crawl.close()
        if crawl.truncated:
            yield Skipped(self.scope.host, f"truncated: {crawl.truncated}")
        state.finish(crawl.present)
        unread = f"{self.scope.host}: pages that could not be read: {crawl.failed}" if crawl.failed else ""
        yield Checkpoint(state.dump(), complete=crawl.complete and not crawl.truncated, unread=unread)

    def _robots(self) -> Robots:
        if self.source.settings.get("robots") is False:
            return Robots(everything=True)
        host = self.scope.host
        robots = read_robots(self.client, self.scope.start)
        if robots.delay and self.client.rate != 0:
            self.client.rate = min(self.client.rate, 1.0 / robots.delay)
        if not robots.allows(self.scope.start, self.client.agent):
            if robots.retry_after is not None:
                raise SourceUnavailable(robots.why, robots.retry_after)
            if robots.why:
                raise SourceUnavailable(f"{host} does not answer: {robots.why}")
            if robots.everything is False:
                raise SourceUnavailable(f"{host}: robots.txt cannot be read, which means no to all robots")
            raise SourceRefused(f"{host}: robots.txt does not allow {self.scope.below}")
        return robots
