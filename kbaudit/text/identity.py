"""Which addresses are one page's: the same article, read by two connectors, has the same address in both."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# A help desk's article is the same under every title: /hc/en-us/articles/360001-old-title, Intercom's likewise.
_NUMBERED = re.compile(r"(/articles/\d{4,})[^/]*$")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|ref|referrer|s(?:ession)?id")


def page_address(url: str | None) -> str | None:
    """An address without what does not tell pages apart: scheme, `www.`, fragment, tracking keys, the slash at the
    end, and the title after an article's number. None for what is no address of a page."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = _NUMBERED.sub(r"\1", _INDEX.sub("/", unquote(parts.path))).rstrip("/")
    keys = sorted(
        (name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name.lower())
    )
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"{place}{path}?{urlencode(keys)}" if keys else f"{place}{path}"
