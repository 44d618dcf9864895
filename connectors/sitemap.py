"""Any public help center or shop: by its sitemaps, else by following links a bounded way.

Settings: `url` (that host below that path), `kind` ("articles", default, or "products"), `content` (a CSS selector of
the article's text where it is not found by itself), `sitemap` (its address, where robots.txt does not name it),
`max_pages`, `requests_per_second` (default 4), `robots` (false only for a site of your own).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from kbaudit.connector import Probe, Source, setting
from kbaudit.errors import BlockedAddress, SourceRefused, SourceUnavailable, Unreadable
from kbaudit.http import Answer, Client
from kbaudit.http.decode import inflate
from kbaudit.http.robots import Robots, read_robots
from kbaudit.model.record import ArticleRecord, Checkpoint, Deleted, Item, ProductRecord, Skipped, Unchanged
from kbaudit.parsing import safe_page
from kbaudit.text import fields, rows, schema_org, sitemap_xml
from kbaudit.text.languages import is_locale
from kbaudit.text.page import Page

MAX_PAGES = 20_000
MAX_PATTERN = 2_000
MAX_FILES = 500
MAX_URLS = 200_000
MAX_DEPTH = 3
MAX_QUERY_KEYS = 3
SITEMAP_BYTES = 50 * 1024 * 1024
RATE = 4.0
SAMPLE = 40
KEPT_BYTES = 1024 * 1024
REPEATED_SHARE = 0.6
SAMPLE_AT_LEAST = 8
RESUME_WITHIN = 7 * 24 * 3600
# A checkpoint comes after so many pages (more on a large site: it holds something of every page), or so many seconds.
PAGES_BETWEEN, SECONDS_BETWEEN = 50, 60.0
REFUSALS = 10
TRACKING = re.compile(
    r"(utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|ref|referrer|sid|sessionid|session_id|phpsessid|jsessionid)\Z"
)
NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|mjs|json|xml|rss|atom|pdf|zip|gz|tgz|rar|7z|mp[34]|m4[av]|mov|avi|webm|wav"
    r"|woff2?|ttf|eot|exe|dmg|apk|docx?|xlsx?|pptx?|csv|txt|ics)\Z",
    re.IGNORECASE,
)
ARTICLE_NUMBER = re.compile(r"(/articles/\d{4,})-[^/]*")
GUESSES = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml", "sitemap-index.xml")
LOGIN = re.compile(r"log ?in|sign ?in|anmelden|connexion|iniciar sesi", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"^\W*(?:error )?404\b(?! ?[a-z]{4,}s?$)|404 (?:error|not found)|\b(?:page|article|seite|p[aá]gina)\b.{0,30}"
    r"(?:not found|doesn.t exist|does not exist|no longer (?:available|exists)|nicht gefunden|introuvable"
    r"|no encontrada)"
    r"|^not found$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class State:
    """What a checkpoint remembers: validators and body digests a page, what repeats, and where a pass stopped."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    learnt: bool = False
    began: float = 0.0
    done: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    # Asked for and not delivered: asked for again when the pass goes on.
    again: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, value: str | None) -> State:
        """A stored checkpoint; one that cannot be read is as good as none."""
        if not value:
            return cls()
        try:
            raw = json.loads(zlib.decompress(base64.b64decode(value), bufsize=1 << 20))
            return cls(raw["p"], raw["r"], raw["l"], raw["b"], raw["d"], raw["q"])
        except (ValueError, KeyError, TypeError, zlib.error):
            return cls()

    def dump(self) -> str:
        """The checkpoint's value."""
        queue = self.queue + self.again
        raw = {"p": self.pages, "r": self.repeated, "l": self.learnt, "b": self.began, "d": self.done, "q": queue}
        return base64.b64encode(zlib.compress(json.dumps(raw, separators=(",", ":")).encode(), 1)).decode("ascii")


@dataclass(slots=True)
class Fetched:
    """A page that answered, or what to say about one that did not."""

    id: str
    url: str
    answer: Answer | None = None
    item: Item | None = None
    failed: bool = False
    refused: bool = False


class Connector:
    """Crawls one site."""

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.start = tidy(setting(source, "url")) or setting(source, "url")
        parts = urlsplit(self.start)
        self.host = (parts.hostname or "").removeprefix("www.")
        path = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
        # ".../help" means that section, ".../index.html" the folder that it stands in.
        below = parts.path.rstrip("/") + "/" if "." not in parts.path.rsplit("/", 1)[-1] else path
        self.below = below
        self.max_pages = setting(source, "max_pages", int, MAX_PAGES)
        self.kind = setting(source, "kind", default="articles")
        self.selector: str | None = source.settings.get("content")
        self.zone = fields.zone_of(source.zone)
        if "requests_per_second" not in source.settings:
            client.rate = RATE

    def probe(self) -> Probe:
        """Read robots.txt, the sitemaps and one page."""
        robots = self._robots()
        urls, problems, whole = self._listed(robots)
        first = urls[0] if urls else self.start
        answer = self.client.get(first)
        page = safe_page(answer.body, answer.url, self.selector, _charset(answer))
        how = f"{len(urls)} pages in its sitemaps" if urls else "no sitemap: links are followed"
        seen = {"pages": len(urls), "first": page.title, "sitemaps whole": whole, "problems": len(problems)}
        return Probe(bool(page.title), f"{self.host}: {how}; the first one is called {page.title!r:.80}", seen)

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every page, in an order that the site's own order does not change; unchanged ones cost one short answer."""
        state = State.load(since)
        robots = self._robots()
        now = self.client.clock.wall()
        resumed = bool(state.done or state.queue) and 0 <= now - state.began < RESUME_WITHIN
        if not resumed:
            state.done, state.queue, state.began = [], [], now
        urls, problems, complete = self._listed(robots)
        yield from problems
        crawl = _Crawl(self, state, robots, complete)
        yield from crawl.listed(urls) if urls else crawl.followed(resumed)
        if crawl.truncated:
            yield Skipped(self.host, f"truncated: {crawl.truncated}")
        state.pages = {id_: entry for id_, entry in state.pages.items() if id_ in crawl.present}
        state.done, state.queue, state.again = [], [], []
        yield Checkpoint(state.dump(), complete=crawl.complete and not crawl.truncated)

    # What is to be read -----------------------------------------------------------------------------------------

    def _robots(self) -> Robots:
        if self.source.settings.get("robots") is False:
            return Robots(everything=True)
        robots = read_robots(self.client, self.start)
        if robots.delay and self.client.rate != 0:
            self.client.rate = min(self.client.rate, 1.0 / robots.delay)
        if not robots.allows(self.start, self.client.agent):
            if robots.everything is False:
                raise SourceUnavailable(f"{self.host}: robots.txt cannot be read, which means no to all robots")
            raise SourceRefused(f"{self.host}: robots.txt does not allow {self.below}")
        return robots

    def _listed(self, robots: Robots) -> tuple[list[str], list[Skipped], bool]:
        """The pages of all sitemaps below the path, sorted; what was wrong; whether every file was read whole."""
        named = self.source.settings.get("sitemap")
        waiting: list[tuple[str, int]]
        if isinstance(named, str):
            waiting = [(named, 0)]
        elif robots.sitemaps:
            waiting = [(url, 0) for url in robots.sitemaps]
        else:
            root = urljoin(self.start, "/")
            places = dict.fromkeys([urljoin(self.start, self.below), root])
            waiting = [(urljoin(place, name), -1) for place in places for name in GUESSES]
        visited: set[str] = set()
        pages: set[str] = set()
        problems: list[Skipped] = []
        whole = True
        while waiting:
            url, depth = waiting.pop(0)
            if url in visited:
                continue
            visited.add(url)
            if not self._same_site(url):
                problems.append(Skipped(url[:200], "a sitemap on another host is not read", used=True))
                continue
            if len(visited) > MAX_FILES or len(pages) > MAX_URLS:
                reason = f"more than {MAX_FILES} sitemaps or {MAX_URLS} pages: the rest is left out"
                problems.append(Skipped(self.host, reason))
                whole = False
                break
            try:
                answer = self.client.get(url, max_bytes=SITEMAP_BYTES, max_wire=SITEMAP_BYTES)
                found = sitemap_xml.parse(inflate(answer.body, url, SITEMAP_BYTES))
            except Unreadable as problem:
                if depth >= 0:
                    problems.append(Skipped(url[:200], str(problem)))
                    whole = False
                continue
            if answer.url != url:
                if answer.url in visited:
                    continue
                visited.add(answer.url)
            if found.problem and depth < 0 and not found.pages and not found.files:
                continue
            if found.problem:
                problems.append(Skipped(url[:200], found.problem))
                whole = False
            pages.update(page for entry in found.pages if (page := self._wanted(urljoin(answer.url, entry.url))))
            if depth < 0:
                waiting = [entry for entry in waiting if entry[1] >= 0]
                depth = 0
            for entry in found.files:
                if depth + 1 > MAX_DEPTH:
                    problems.append(Skipped(entry.url[:200], f"sitemaps nested deeper than {MAX_DEPTH}"))
                    whole = False
                else:
                    waiting.append((urljoin(answer.url, entry.url), depth + 1))
        return sorted(pages), problems, whole

    def _same_site(self, url: str) -> bool:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and (parts.hostname or "").removeprefix("www.") == self.host
            and parts.port == urlsplit(self.start).port
        )

    def _wanted(self, url: str) -> str | None:
        """The tidy address of a page of this site below the path, None for any other."""
        page = tidy(url)
        if page is None or not self._same_site(page):
            return None
        path = urlsplit(page).path
        if not (path.startswith(self.below) or path.rstrip("/") == self.below.rstrip("/")) or NOT_PAGES.search(path):
            return None
        return page

    # One page ---------------------------------------------------------------------------------------------------

    def fetch(self, url: str, known: list[str] | None) -> Fetched:
        """Ask for a page, conditionally where it is known."""
        identity = id_of(url)
        validators = {"etag": known[1], "last-modified": known[2]} if known else None
        try:
            answer = self.client.get(url, validators=validators, accept=(404, 410))
        except SourceRefused as problem:
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True), refused=True)
        except (Unreadable, BlockedAddress) as problem:
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True))
        except SourceUnavailable as problem:
            if problem.retry_after is not None and problem.retry_after > self.client.patience:
                raise
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True), failed=True)
        if answer.status in (404, 410):
            gone = Skipped(identity, f"status {answer.status}")
            return Fetched(identity, url, item=Deleted("article", identity) if known else gone)
        if not self._same_site(answer.url):
            return Fetched(identity, url, item=Skipped(identity, "leads to another site"))
        return Fetched(identity, url, answer)

    def items(self, fetched: Fetched, page: Page) -> list[Item]:
        """The records of a page."""
        reason = self._unusable(page)
        if reason:
            return [Skipped(fetched.id, reason, known="log in" in reason)]
        found = schema_org.product_rows(page.data, page.url)
        products = self._products(found) if found and not _is_article(page) else []
        if products or self.kind == "products":
            return products
        if page.listing:
            return []
        faq = [pair for pair in schema_org.questions(page.data) if pair[0] not in page.body]
        notes: list[Item] = []
        times: dict[str, Any] = {}
        for name, value in (("created_at", page.created_at), ("updated_at", page.updated_at)):
            try:
                times[name] = fields.when(value, self.zone) if value else None
            except ValueError as problem:
                notes.append(Skipped(fetched.id, f"{name}: {problem}: left out", used=True, known=True))
        origin = page.alternates.get(self.source.locale) or page.alternates.get(self.source.locale.split("-")[0])
        origin_id = id_of(origin) if origin and self._wanted(origin) else None
        extra: dict[str, Any] = {}
        if page.flags:
            extra["flags"] = list(page.flags)
            notes.append(Skipped(fetched.id, f"read in part: {', '.join(page.flags)}", used=True, known=True))
        if page.hidden:
            extra["noindex"] = True
        record = ArticleRecord(
            id=fetched.id,
            title=page.title,
            body=page.body + schema_org.faq_markup(faq),
            body_kind=page.body_kind,
            url=page.canonical if page.canonical and self._same_site(page.canonical) else page.url,
            locale=_locale(page, fetched.url),
            translation_of=origin_id if origin_id != fetched.id else None,
            section=page.section,
            extra=extra,
            **times,
        )
        return [record, *notes]

    def _unusable(self, page: Page) -> str:
        size = len(re.sub(r"<[^>]*>|\s", "", page.body))
        if "empty" in page.flags or not (page.title or size):
            return "the page is empty"
        if page.form and size < 1500 and LOGIN.search(f"{page.title} {page.body[:2000]}"):
            return "the page asks to log in"
        if size < 600 and NOT_FOUND.search(page.title):
            return "the page says that it does not exist"
        return ""

    def _products(self, found: list[dict[str, Any]]) -> list[Item]:
        items: list[Item] = []
        for values in found:
            row = rows.Row(values, self.zone, self.source.currency)
            try:
                record: ProductRecord = rows.product(row, self.source.name)
            except Unreadable as problem:
                items.append(Skipped(str(values.get("id") or ""), str(problem), known=bool(values.get("id"))))
                continue
            items.append(record)
            items.extend(Skipped(record.product.id, note, used=True, known=True) for note in row.notes)
        return items


class _Crawl:
    """One pass over a site."""

    def __init__(self, connector: Connector, state: State, robots: Robots, complete: bool) -> None:
        self.connector = connector
        self.state = state
        self.robots = robots
        self.complete = complete
        self.truncated = ""
        self.present: set[str] = set()
        self._refusals = 0
        self._since = 0
        self._paused = connector.client.clock.monotonic()
        self._sample: dict[str, Fetched] = {}
        self._ids: set[str] = set()

    def listed(self, urls: list[str]) -> Iterator[Item]:
        """The pages of the sitemaps."""
        limit = self.connector.max_pages
        if len(urls) > limit:
            self.truncated = f"the sitemaps name {len(urls)} pages, {limit} are read"
            urls = urls[:limit]
        if not self.state.learnt:
            sample = urls[:: max(1, len(urls) // SAMPLE)][:SAMPLE]
            self._learn(sample)
            # What was fetched for it comes first, so that the first checkpoint covers it.
            urls = [*sample, *(url for url in urls if url not in set(sample))]
        done = set(self.state.done)
        for url in urls:
            yield from self._page(url, done, None)
            yield from self._pause(len(urls))

    def followed(self, resumed: bool) -> Iterator[Item]:
        """The pages that links lead to, breadth first, from the start page."""
        connector = self.connector
        queue = list(self.state.queue) if resumed and self.state.queue else [connector.start]
        done = set(self.state.done)
        seen = {*queue, *done}
        patterns: dict[str, int] = {}
        for url in self.state.done:
            # What was read before the crawl was cut off is still there.
            patterns[pattern_of(url)] = patterns.get(pattern_of(url), 0) + 1
            yield from self._page(url, done, None)
        if not self.state.learnt:
            self._learn([connector.start], follow=True)
        first = True
        while queue:
            if len(self.present) >= connector.max_pages:
                self.truncated = f"more than {connector.max_pages} pages"
                break
            url = queue.pop(0)
            self.state.queue = queue
            pattern = pattern_of(url)
            patterns[pattern] = patterns.get(pattern, 0) + 1
            if patterns[pattern] > MAX_PATTERN:
                self.truncated = f"more than {MAX_PATTERN} pages like {pattern[:80]}"
                continue
            found: list[str] = []
            yield from self._page(url, done, found)
            if first and not found and not self.present and not done:
                self.complete = False
            first = False
            for link in found:
                page = connector._wanted(link)
                if page and page not in seen and len(seen) < MAX_URLS:
                    seen.add(page)
                    queue.append(page)
            yield from self._pause(len(seen))

    def _page(self, url: str, done: set[str], links: list[str] | None) -> Iterator[Item]:
        connector, state = self.connector, self.state
        identity = id_of(url)
        if identity in self._ids:
            return
        self._ids.add(identity)
        known = state.pages.get(identity)
        kind = connector.kind.removesuffix("s")
        if url in done and known is not None:
            self.present.add(identity)
            yield from self._same(known, identity, kind)
            return
        if not self.robots.allows(url, connector.client.agent):
            yield Skipped(identity, "robots.txt does not allow it", known=True)
            return
        fetched = self._sample.pop(url, None) or connector.fetch(url, known)
        self._count(fetched)
        if fetched.item is not None:
            yield fetched.item
            if isinstance(fetched.item, Skipped) and fetched.item.known:
                state.again.append(url)
                if known is not None:
                    self.present.add(identity)
            return
        answer = fetched.answer
        assert answer is not None
        final = id_of(tidy(answer.url) or answer.url)
        if final != identity:
            # Two addresses of one page are one article, under the address where it is.
            if final in self._ids:
                return
            self._ids.add(final)
            identity = fetched.id = final
            known = state.pages.get(final)
        if answer.unchanged and known is not None:
            yield from self._kept(known, identity, kind, url, links)
            return
        if answer.content_type not in ("", "text/html", "application/xhtml+xml"):
            if links is None:
                yield Skipped(identity, f"no page but {answer.content_type[:60]}")
            return
        digest = hashlib.sha256(answer.body).hexdigest()[:16]
        if known is not None and known[3] == digest:
            known[1], known[2] = answer.validators.get("etag", ""), answer.validators.get("last-modified", "")
            yield from self._kept(known, identity, kind, url, links)
            return
        page = safe_page(answer.body, answer.url, connector.selector, _charset(answer), frozenset(state.repeated))
        items = connector.items(fetched, page)
        yield from items
        self.present.add(identity)
        if any(isinstance(item, Skipped) and item.known and not item.used for item in items):
            # Not delivered: what is remembered of the page stays what was delivered last.
            state.again.append(url)
            return
        names = [item.product.id for item in items if isinstance(item, ProductRecord)]
        what = "a" if any(isinstance(item, ArticleRecord) for item in items) else ""
        validators = answer.validators
        followed = [link for link in page.links if page.follow and connector._wanted(link)] if links is not None else []
        state.pages[identity] = [
            what,
            validators.get("etag", ""),
            validators.get("last-modified", ""),
            digest,
            *([json.dumps([names, followed])] if names or followed else []),
        ]
        state.done.append(url)
        if links is not None:
            links.extend(followed)

    def _kept(self, known: list[str], identity: str, kind: str, url: str, links: list[str] | None) -> Iterator[Item]:
        self.present.add(identity)
        self.state.done.append(url)
        if links is not None and len(known) > 4:
            links.extend(json.loads(known[4])[1])
        yield from self._same(known, identity, kind)

    def _same(self, known: list[str], identity: str, kind: str) -> Iterator[Item]:
        if known[0] == "a":
            yield Unchanged("article", identity)
        for name in json.loads(known[4])[0] if len(known) > 4 else ():
            yield Unchanged("product", name)

    def _learn(self, urls: list[str], follow: bool = False) -> None:
        """Which blocks stand on most pages of the site: its menus, banners and footers inside the content.

        What is fetched for this is kept, so that no page is asked for twice.
        """
        connector = self.connector
        counts: dict[str, int] = {}
        pages = asked = 0
        queue = list(urls)
        seen = set(queue)
        while queue and asked < SAMPLE:
            url = queue.pop(0)
            if not self.robots.allows(url, connector.client.agent):
                continue
            asked += 1
            fetched = connector.fetch(url, None)
            if len(fetched.answer.body if fetched.answer else b"") <= KEPT_BYTES:
                self._sample[url] = fetched
            if fetched.answer is None or not fetched.answer.ok:
                continue
            page = safe_page(fetched.answer.body, fetched.answer.url, connector.selector, _charset(fetched.answer))
            if follow:
                fresh = [link for raw in page.links if (link := connector._wanted(raw)) and link not in seen]
                seen.update(fresh)
                queue.extend(fresh[:500])
            if page.listing:
                continue
            pages += 1
            for block in set(page.blocks):
                counts[block] = counts.get(block, 0) + 1
        if pages >= SAMPLE_AT_LEAST:
            self.state.repeated = sorted(block for block, count in counts.items() if count >= REPEATED_SHARE * pages)
        self.state.learnt = True

    def _count(self, fetched: Fetched) -> None:
        self._refusals = self._refusals + 1 if fetched.refused else 0
        if self._refusals >= REFUSALS:
            raise SourceRefused(f"{self.connector.host}: {REFUSALS} pages in a row were refused")
        if fetched.failed:
            self.complete = False

    def _pause(self, total: int) -> Iterator[Item]:
        """A checkpoint now and then, rarer where it is larger."""
        self._since += 1
        now = self.connector.client.clock.monotonic()
        if self._since >= max(PAGES_BETWEEN, total // 20) or now - self._paused >= SECONDS_BETWEEN:
            self._since, self._paused = 0, now
            yield Checkpoint(self.state.dump())


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
    if len(keys) > MAX_QUERY_KEYS or len(url) > 1024 or looping or re.search(r"[\x00-\x20]", path):
        return None
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, urlencode(sorted(keys)), ""))


def pattern_of(url: str) -> str:
    """What pages of a calendar or a faceted list have in common: the path without its numbers, and the keys asked."""
    parts = urlsplit(url)
    keys = ",".join(name for name, _ in parse_qsl(parts.query, True))
    return f"{re.sub(r'[0-9]+', '0', parts.path)}?{keys}"


def id_of(url: str) -> str:
    """A page's id: its path, by number where a Zendesk help center puts one before the title."""
    parts = urlsplit(url)
    path = ARTICLE_NUMBER.sub(r"\1", unquote(parts.path)).strip("/") or "index"
    return f"{path}?{parts.query}" if parts.query else path


def _charset(answer: Answer) -> str | None:
    match = re.search(r"charset=[\"']?([\w.:-]+)", answer.headers.get("content-type", ""), re.IGNORECASE)
    return match[1] if match else None


def _locale(page: Page, url: str) -> str | None:
    for value in (page.locale, *(part for part in urlsplit(url).path.split("/") if is_locale(part))):
        try:
            if value:
                return fields.locale(value)
        except ValueError:
            continue
    return None


def _is_article(page: Page) -> bool:
    from kbaudit.text.page import kinds

    types = {name for item in page.data for name in kinds(item)}
    return bool(types & {"Article", "BlogPosting", "NewsArticle", "TechArticle", "FAQPage", "HowTo"})
