"""Sitemap files: an index of sitemaps, a set of addresses with `lastmod` and languages, or a plain list."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

MAX_URLS = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One address; `lastmod` as written."""

    url: str
    lastmod: str | None = None
    alternates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A file's entries and those of the files that it names; `problem` says why it is not whole."""

    pages: tuple[Entry, ...] = ()
    files: tuple[Entry, ...] = ()
    problem: str | None = None


def parse(body: bytes) -> Sitemap:
    """Read a sitemap, at most `MAX_URLS` of its addresses, in memory bounded by them. Never raises for content."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        lines = body.decode("utf-8", "replace").splitlines()
        found = [Entry(line.strip()) for line in lines if line.strip().startswith(("http://", "https://"))]
        return Sitemap(tuple(found[:MAX_URLS]), problem=None if found else "not a sitemap")
    if b"<html" in head.lower():
        return Sitemap(problem="a page, not a sitemap")
    return _xml(body)


def _xml(body: bytes) -> Sitemap:
    from lxml import etree

    pages: list[Entry] = []
    files: list[Entry] = []
    problem = None
    rooted = False
    try:
        walk = etree.iterparse(
            io.BytesIO(body),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, node in walk:
            name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
            if event == "start":
                rooted = rooted or name in ("urlset", "sitemapindex")
                continue
            if name not in ("url", "sitemap"):
                continue
            entry = _entry(node)
            if entry is not None:
                (pages if name == "url" else files).append(entry)
            node.clear()
            parent = node.getparent()
            while parent is not None and node.getprevious() is not None:
                del parent[0]
            if len(pages) + len(files) >= MAX_URLS:
                problem = f"more than {MAX_URLS} addresses in one file"
                break
    except etree.XMLSyntaxError as error:
        problem = f"not whole XML: {error}"[:200]
    if not rooted and problem is None:
        problem = "not a sitemap"
    return Sitemap(tuple(pages), tuple(files), problem)


def _entry(node: object) -> Entry | None:
    url: str | None = None
    lastmod: str | None = None
    alternates: dict[str, str] = {}
    for child in node:  # type: ignore[attr-defined]
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name == "loc":
            url = (child.text or "").strip() or None
        elif name == "lastmod":
            lastmod = (child.text or "").strip() or None
        elif name == "link" and child.get("hreflang") and child.get("href"):
            alternates[child.get("hreflang")] = child.get("href")
    return Entry(url, lastmod, alternates) if url else None
