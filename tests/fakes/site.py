"""A static help center: many pages, a heavy menu on every one, sitemaps, validators."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field

from kbaudit.testing.server import Reply, Request

TOPICS = ("Orders", "Delivery", "Returns", "Payment", "Account", "Gift cards", "Sizing", "Care")


@dataclass
class Site:
    """`pages` maps a path to the page's markup; change it to edit the site."""

    host: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    sitemap: bool = True
    validators: bool = True
    robots: str | None = None
    status: dict[str, int] = field(default_factory=dict)

    def handle(self, request: Request) -> Reply:
        """Answer as a file server does."""
        path = request.path
        if path in self.status:
            return Reply(self.status[path])
        if path == "/robots.txt":
            text = self.robots if self.robots is not None else "User-agent: *\nAllow: /\n"
            if self.sitemap and self.robots is None:
                text += f"Sitemap: {self.host}/sitemap_index.xml\n"
            return Reply(200, text.encode(), {"Content-Type": "text/plain"})
        if path == "/sitemap_index.xml" and self.sitemap:
            body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{self.host}/pages.xml.gz"
            return Reply(200, f"{body}</loc></sitemap></sitemapindex>".encode(), {"Content-Type": "application/xml"})
        if path == "/pages.xml.gz" and self.sitemap:
            urls = "".join(f"<url><loc>{self.host}{page}</loc></url>" for page in self.pages)
            text = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
            return Reply(200, gzip.compress(text.encode()), {"Content-Type": "application/gzip"})
        if path not in self.pages:
            return Reply(404, b"<h1>Not found</h1>", {"Content-Type": "text/html"})
        body = self.pages[path].encode()
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if self.validators:
            headers["ETag"] = f'"{hashlib.md5(body).hexdigest()}"'
            if request.headers.get("if-none-match") == headers["ETag"]:
                return Reply(304, b"", headers)
        return Reply(200, body, headers)


def page(number: int, menu: int = 150) -> str:
    """One help page of about 30 KB: menu, breadcrumbs, text with sections and a table, widgets, footer."""
    topic = TOPICS[number % len(TOPICS)]
    items = "".join(
        f'<li class="item"><a href="/menu/{index}">Browse department {index}</a></li>' for index in range(menu)
    )
    return f"""<!doctype html><html lang="en-GB"><head><title>{topic} question {number} – Lantern Lane Help</title>
<meta property="og:site_name" content="Lantern Lane Help"><link rel="canonical" href="/help/page-{number}">
<script>var data = {list(range(200))};</script></head><body class="theme">
<header class="site-header"><nav><ul>{items}</ul></nav></header>
<div class="wrapper"><nav class="breadcrumbs"><ol><li><a href="/">Help</a></li><li><a href="/t">{topic}</a></li>
<li>Question {number}</li></ol></nav>
<div class="page-holder"><main><h1>{topic} question {number}</h1>
<div class="promo"><p>Members collect lanterns with every order.</p></div>
<p>This page answers question {number} about {topic.lower()}.
Parcels of group {number} leave our workshop on weekdays.</p>
<h2>How it works</h2><p>Write to desk {number} with your order number. We reply within {number % 5 + 1} days.</p>
<ul><li>Step one for case {number}</li><li>Step two for case {number}</li></ul>
<h2>Prices</h2><table><tr><th>Zone</th><th>Price</th></tr>
<tr><td>Zone {number % 7}</td><td>{number % 9 + 1}.50 GBP</td></tr></table>
<h3>Small print</h3><p>Rule {number} applies to workshop orders only.</p>
<div class="article-votes"><p>Was this article helpful?</p><button>Yes</button></div>
<section class="related-articles"><h2>Related articles</h2>
<ul><li><a href="/help/page-{number + 1}">Next</a></li></ul></section>
</main></div><aside class="sidebar"><ul>{items}</ul></aside></div>
<footer><p>Lantern Lane Ltd, 4 Wick Street</p><ul>{items}</ul></footer></body></html>"""


def help_center(count: int, menu: int = 150) -> dict[str, str]:
    """So many pages by path."""
    return {f"/help/page-{number}": page(number, menu) for number in range(count)}
