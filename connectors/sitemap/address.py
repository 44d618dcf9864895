"""Addresses of pages: which belong to a site, which are the same page, which are traps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

MAX_QUERY_KEYS = 3
MAX_LENGTH = 1024
TRACKING = re.compile(
    r"(utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|ref|referrer|sid|sessionid|session_id|phpsessid|jsessionid)\Z"
)
NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|mjs|json|xml|rss|atom|pdf|zip|gz|tgz|rar|7z|mp[34]|m4[av]|mov|avi|webm|wav"
    r"|woff2?|ttf|eot|exe|dmg|apk|docx?|xlsx?|pptx?|csv|txt|ics)\Z",
    re.IGNORECASE,
)
ARTICLE_NUMBER = re.compile(r"(/articles/\d{4,})-[^/]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs to a source: the pages of one host (with or without `www.`) below one path."""

    start: str
    host: str
    port: int | None
    below: str

    @classmethod
    def of(cls, url: str) -> Scope:
        """The scope that an address means: `…/help` is that section, `…/index.html` the folder that it stands in."""
        start = tidy(url) or url
        parts = urlsplit(start)
        path = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
        below = parts.path.rstrip("/") + "/" if "." not in parts.path.rsplit("/", 1)[-1] else path
        return cls(start, (parts.hostname or "").removeprefix("www."), parts.port, below)

    def same_site(self, url: str) -> bool:
        """Whether an address is on this host and port."""
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and (parts.hostname or "").removeprefix("www.") == self.host
            and parts.port == self.port
        )

    def wanted(self, url: str) -> str | None:
        """The tidy address of a page inside the scope, None for any other."""
        page = tidy(url)
        if page is None or not self.same_site(page):
            return None
        path = urlsplit(page).path
        if not (path.startswith(self.below) or path.rstrip("/") == self.below.rstrip("/")) or NOT_PAGES.search(path):
            return None
        return page


def tidy(url: str) -> str | None:
    """An address without fragment, session and tracking keys, its query sorted; None for a trap or no address."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        keys = [(name, value) for name, value in parse_qsl(parts.query, True) if not TRACKING.match(name.lower())]
    except ValueError:
        return None
    path = re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.IGNORECASE) or "/"
    segments = [segment for segment in path.split("/") if segment]
    looping = len(segments) > 8 and len(set(segments)) <= len(segments) // 2
    if len(keys) > MAX_QUERY_KEYS or len(url) > MAX_LENGTH or looping or re.search(r"[\x00-\x20]", path):
        return None
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, urlencode(sorted(keys)), ""))


def pattern_of(url: str) -> str:
    """What pages of a calendar or a faceted list have in common: the path without its numbers, and the keys asked."""
    parts = urlsplit(url)
    keys = ",".join(name for name, _ in parse_qsl(parts.query, True))
    return f"{re.sub(r'[0-9]+', '0', parts.path)}?{keys}"


@lru_cache(4096)
def id_of(url: str) -> str:
    """A page's id: its path, by number where a Zendesk help center puts one before the title."""
    parts = urlsplit(url)
    path = ARTICLE_NUMBER.sub(r"\1", unquote(parts.path)).strip("/") or "index"
    return f"{path}?{parts.query}" if parts.query else path
