"""Product pages by address: which product does a link lead to, and does it lead to one that is gone?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kbaudit.model.product import Product

# Pages of a shop that stand beside products but are often left out of feeds.
NOT_IN_FEEDS = (
    "gift-card",
    "giftcard",
    "gift-certificate",
    "gift-voucher",
    "e-gift",
    "voucher",
    "sample",
    "shipping-protection",
)
# So many products must share an address pattern before a page of that pattern counts as a product's.
MIN_PATTERN = 2


@dataclass
class LinkIndex:
    """Product pages by host and path, by path alone, and the patterns (host, folder) they follow."""

    pages: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    slugs: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    patterns: dict[tuple[str, str], int] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, products: Iterable[Product]) -> LinkIndex:
        """Index the links of products."""
        pages: dict[tuple[str, str], list[int]] = {}
        slugs: dict[tuple[str, str], list[int]] = {}
        patterns: Counter[tuple[str, str]] = Counter()
        for i, product in enumerate(products):
            parts = split(product.link or "")
            if parts is None or not parts[0]:
                continue
            host, path = parts
            folder, _, slug = path.rpartition("/")
            if (host, path) not in pages:
                patterns[host, folder] += 1
            pages.setdefault((host, path), []).append(i)
            last = folder.rsplit("/", 1)[-1]
            if slug and last:
                slugs.setdefault((last, slug), []).append(i)
        return cls(
            {key: tuple(found) for key, found in pages.items()},
            {key: tuple(found) for key, found in slugs.items()},
            {key: count for key, count in patterns.items() if count >= MIN_PATTERN and key[1]},
            frozenset(host for host, _ in pages),
        )

    def resolve(self, href: str) -> tuple[int, ...]:
        """The products that a link leads to: more than one where variants share a page."""
        parts = split(href)
        if parts is None:
            return ()
        host, path = parts
        if host and host not in self.hosts:
            return ()
        if host:
            found = self.pages.get((host, path))
            if found:
                return found
        folder, _, slug = path.rpartition("/")
        return self.slugs.get((folder.rsplit("/", 1)[-1], slug), ()) if folder.strip("/") else ()

    def is_gone(self, href: str) -> bool:
        """The address follows the shop's own pattern of product pages, and the catalog has no such page."""
        parts = split(href)
        if parts is None or self.resolve(href):
            return False
        host, path = parts
        folder, _, slug = path.rpartition("/")
        if not slug or any(word in slug for word in NOT_IN_FEEDS):
            return False
        if host:
            return (host, folder) in self.patterns
        return any(known == folder for _, known in self.patterns)


def split(href: str) -> tuple[str, str] | None:
    """(host without `www.`, path without a trailing slash), lower case; None for what is no page address."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or not parts.path:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).lower().rstrip("/")
    for ending in (".html", ".htm", ".php"):
        path = path.removesuffix(ending)
    return (host, path) if path else None
