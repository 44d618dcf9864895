"""Which pages a site names in its sitemaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from connectors.sitemap.address import Scope
from kbaudit.errors import Unreadable
from kbaudit.http import Client
from kbaudit.http.decode import inflate
from kbaudit.http.robots import Robots
from kbaudit.model.record import Skipped
from kbaudit.text import sitemap_xml

MAX_FILES = 500
MAX_URLS = 200_000
MAX_DEPTH = 3
SITEMAP_BYTES = 50 * 1024 * 1024
GUESSES = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml", "sitemap-index.xml")


@dataclass(slots=True)
class Listing:
    """The pages of all sitemaps inside the scope, what was wrong with them, and whether every file was read whole."""

    pages: set[str] = field(default_factory=set)
    problems: list[Skipped] = field(default_factory=list)
    whole: bool = True

    def broken(self, ref: str, reason: str) -> None:
        """Note what keeps this listing from being whole."""
        self.problems.append(Skipped(ref[:200], reason))
        self.whole = False


def read_sitemaps(client: Client, scope: Scope, robots: Robots, named: str | None) -> Listing:
    """Read the sitemap that is `named`, else those of robots.txt, else those that lie where sitemaps usually do."""
    listing = Listing()
    # A guess has the depth -1: that nothing lies there is no problem.
    if named is not None:
        waiting = [(named, 0)]
    elif robots.sitemaps:
        waiting = [(url, 0) for url in robots.sitemaps]
    else:
        places = dict.fromkeys([urljoin(scope.start, scope.below), urljoin(scope.start, "/")])
        waiting = [(urljoin(place, name), -1) for place in places for name in GUESSES]
    visited: set[str] = set()
    while waiting:
        url, depth = waiting.pop(0)
        if url in visited:
            continue
        visited.add(url)
        if not scope.same_site(url):
            listing.problems.append(Skipped(url[:200], "a sitemap on another host is not read", used=True))
            continue
        if len(visited) > MAX_FILES or len(listing.pages) > MAX_URLS:
            listing.pages = set(sorted(listing.pages)[:MAX_URLS])
            listing.broken(scope.host, f"more than {MAX_FILES} sitemaps or {MAX_URLS} pages: the rest is left out")
            break
        try:
            answer = client.get(url, max_bytes=SITEMAP_BYTES, max_wire=SITEMAP_BYTES)
            found = sitemap_xml.parse(inflate(answer.body, url, SITEMAP_BYTES))
        except Unreadable as problem:
            if depth >= 0:
                listing.broken(url, str(problem))
            continue
        if answer.url != url:
            if answer.url in visited:
                continue
            visited.add(answer.url)
        if found.problem:
            if depth < 0 and not found.pages and not found.files:
                continue
            listing.broken(url, found.problem)
        addresses = (_absolute(answer.url, entry.url) for entry in found.pages)
        listing.pages.update(page for address in addresses if (page := scope.wanted(address)) is not None)
        if depth < 0:
            # One guess was right: the others are not needed.
            waiting = [entry for entry in waiting if entry[1] >= 0]
            depth = 0
        for entry in found.files:
            if depth + 1 > MAX_DEPTH:
                listing.broken(entry.url, f"sitemaps nested deeper than {MAX_DEPTH}")
            else:
                waiting.append((_absolute(answer.url, entry.url), depth + 1))
    return listing


def _absolute(base: str, url: str) -> str:
    # Joining is slow, and nearly every sitemap has whole addresses, as the protocol wants.
    return url if url.startswith(("https://", "http://")) else urljoin(base, url)
