"""One pass over a site: every page once, in an order of its own, with checkpoints on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from connectors.sitemap.address import id_of, pattern_of, tidy
from connectors.sitemap.listing import MAX_URLS
from connectors.sitemap.pages import LOGS_IN, Fetched, Pages
from connectors.sitemap.state import State
from kbaudit.errors import SourceRefused
from kbaudit.http.robots import Robots
from kbaudit.model.record import ArticleRecord, Checkpoint, Item, ProductRecord, Skipped, Unchanged

MAX_PATTERN = 2_000
# So many pages are on their way while one is read. The client keeps the pace of the host all the same.
AHEAD = 4
# A known page mostly answers that it did not change, which costs less than handing it to a thread: they go together.
TOGETHER = 16
SAMPLE = 40
SAMPLE_AT_LEAST = 8
KEPT_BYTES = 1024 * 1024
REPEATED_SHARE = 0.6
REFUSALS = 10
# A checkpoint comes after so many pages (more on a large site: it holds something of every page), or so many seconds.
# Of pages that did not change, ten count as one.
PAGES_BETWEEN, SECONDS_BETWEEN = 50, 60.0
UNCHANGED_COUNTS = 0.1


class Crawl:
    """A pass. `complete` and `truncated` say afterwards whether everything was read, `failed` how many pages the site
    could not serve, `present` what is there."""

    def __init__(self, pages: Pages, state: State, robots: Robots, complete: bool, max_pages: int) -> None:
        self.complete = complete
        self.truncated = ""
        self.failed = 0
        self.present: set[str] = set()
        self._pages = pages
        self._scope = pages.scope
        self._state = state
        self._robots = robots
        self._agent = pages.client.agent
        self._max_pages = max_pages
        self._kind = pages.kind.removesuffix("s")
        self._refusals = 0
        self._since = 0.0
        self._paused = pages.client.clock.monotonic()
        self._done: set[str] = set(state.done)
        self._ids: set[str] = set()
        # Pages that other pages lead to and that ask to log in.
        self._walls: set[str] = set()
        self._sample: dict[str, Fetched] = {}
        # Up to which of the listed pages known ones were asked for.
        self._batched = 0
        self._closed = False
        self._threads = ThreadPoolExecutor(AHEAD, "crawl")
        self._asked: dict[str, Future[Fetched]] = {}
        self._together: dict[str, Future[dict[str, Fetched]]] = {}

    def close(self) -> None:
        """Forget what was asked ahead."""
        self._closed = True
        self._threads.shutdown(cancel_futures=True)

    def listed(self, urls: list[str]) -> Iterator[Item]:
        """The pages of the sitemaps."""
        if len(urls) > self._max_pages:
            self.truncated = f"the sitemaps name {len(urls)} pages, {self._max_pages} are read"
            urls = urls[: self._max_pages]
        if not self._state.learnt:
            sample = urls[:: max(1, len(urls) // SAMPLE)][:SAMPLE]
            self._learn(sample)
            # What was fetched for it comes first, so that the first checkpoint covers it.
            urls = list(dict.fromkeys([*sample, *urls]))
        for number, url in enumerate(urls):
            self._ahead(urls[number : number + AHEAD])
            self._known_ahead(urls, number)
            yield from self._page(url, None)
            yield from self._pause(len(urls))

    def followed(self, resumed: bool) -> Iterator[Item]:
        """The pages that links lead to, breadth first, from the start page."""
        start = self._scope.start
        queue = list(self._state.queue) if resumed and self._state.queue else [start]
        seen = {*queue, *self._done}
        patterns: dict[str, int] = {}
        for url in list(self._state.done):
            # What was read before the crawl was cut off is still there.
            patterns[pattern_of(url)] = patterns.get(pattern_of(url), 0) + 1
            yield from self._page(url, None)
        if not self._state.learnt:
            self._learn([start], follow=True)
        first = True
        while queue:
            left = self._max_pages - len(self.present)
            if left <= 0:
                self.truncated = f"more than {self._max_pages} pages"
                break
            self._ahead(islice(queue, min(AHEAD, left)))
            url = queue.pop(0)
            self._state.queue = queue
            pattern = pattern_of(url)
            patterns[pattern] = patterns.get(pattern, 0) + 1
            if patterns[pattern] > MAX_PATTERN:
                self.truncated = f"more than {MAX_PATTERN} pages like {pattern[:80]}"
                continue
            found: list[str] = []
            yield from self._page(url, found)
            if first and not found and not self.present and not self._done:
                self.complete = False
            first = False
            for link in found:
                page = self._scope.wanted(link)
                if page and page not in seen and len(seen) < MAX_URLS:
                    seen.add(page)
                    queue.append(page)
            yield from self._pause(len(seen))

    # Asking -----------------------------------------------------------------------------------------------------

    def _ahead(self, urls: Iterable[str]) -> None:
        """Ask for new pages whose turn comes soon."""
        for url in urls:
            if url in self._asked or url in self._sample:
                continue
            identity = id_of(url)
            fresh = identity not in self._ids and identity not in self._state.pages
            if fresh and self._robots.allows(url, self._agent):
                self._asked[url] = self._threads.submit(self._pages.fetch, url, None)

    def _known_ahead(self, urls: list[str], number: int) -> None:
        """Ask for known pages whose turn comes soon, some together. Ends a batch at the first that did change.

        So no more answers with a body wait at once than threads are at work.
        """
        if number % TOGETHER:
            return
        for start in range(self._batched, min(len(urls), number + AHEAD * TOGETHER), TOGETHER):
            known: dict[str, list[str]] = {}
            for url in urls[start : start + TOGETHER]:
                entry = self._state.pages.get(id_of(url))
                if entry is not None and url not in self._done and self._robots.allows(url, self._agent):
                    known[url] = list(entry)
            self._batched = start + TOGETHER
            if len(known) > 1:
                asked = self._threads.submit(self._unchanged, known)
                self._together.update(dict.fromkeys(known, asked))

    def _unchanged(self, known: Mapping[str, list[str]]) -> dict[str, Fetched]:
        """Pages asked for in their order, up to the first that is not as it was."""
        found: dict[str, Fetched] = {}
        for url, entry in known.items():
            fetched = found[url] = self._pages.fetch(url, entry)
            if self._closed or fetched.answer is None or not fetched.answer.unchanged:
                break
        return found

    def _fetched(self, url: str, known: list[str] | None) -> Fetched:
        together = self._together.pop(url, None)
        if together is not None and (fetched := together.result().get(url)) is not None:
            return fetched
        sampled = self._sample.pop(url, None)
        asked = self._asked.pop(url, None)
        return sampled or (asked.result() if asked is not None else self._pages.fetch(url, known))

    def _count(self, fetched: Fetched) -> None:
        self._refusals = self._refusals + 1 if fetched.refused else 0
        if self._refusals >= REFUSALS:
            raise SourceRefused(f"{self._scope.host}: {REFUSALS} pages in a row were refused")
        if fetched.failed:
            self.complete = False
            self.failed += 1

    # Reading ----------------------------------------------------------------------------------------------------

    def _page(self, url: str, links: list[str] | None) -> Iterator[Item]:
        """The items of a page. Where `links` is a list, the links that the page leads to are added to it."""
        state = self._state
        identity = id_of(url)
        if identity in self._ids:
            return
        self._ids.add(identity)
        known = state.pages.get(identity)
        asked, had = "", False
        if url in self._done and known is not None:
            self.present.add(identity)
            yield from self._same(known, identity)
            return
        if not self._robots.allows(url, self._agent):
            yield Skipped(identity, "robots.txt does not allow it", known=True)
            return
        fetched = self._fetched(url, known)
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
        final = id_of(tidy(answer.url) or answer.url) if answer.url != url else identity
        if final != identity:
            if final in self._walls:
                yield self._walled(identity, url, known is not None)
                return
            # Two addresses of one page are one article, under the address where it is.
            if final in self._ids:
                return
            self._ids.add(final)
            asked, had = identity, known is not None
            identity = fetched.id = final
            known = state.pages.get(final)
        if answer.unchanged and known is not None:
            yield from self._kept(known, identity, url, links)
            return
        if answer.content_type not in ("", "text/html", "application/xhtml+xml"):
            if links is None:
                yield Skipped(identity, f"no page but {answer.content_type[:60]}")
            return
        digest = hashlib.sha256(answer.body).hexdigest()[:16]
        validators = answer.validators
        if known is not None and known[3] == digest:
            known[1], known[2] = validators.get("etag", ""), validators.get("last-modified", "")
            yield from self._kept(known, identity, url, links)
            return
        page = self._pages.page(answer, frozenset(state.repeated))
        items = self._pages.items(fetched, page)
        if asked and any(isinstance(item, Skipped) and item.reason == LOGS_IN for item in items):
            self._walls.add(identity)
            yield self._walled(asked, url, had)
            return
        yield from items
        self.present.add(identity)
        if any(isinstance(item, Skipped) and item.known and not item.used for item in items):
            # Not delivered: what is remembered of the page stays what was delivered last.
            state.again.append(url)
            return
        names = [item.product.id for item in items if isinstance(item, ProductRecord)]
        what = "a" if any(isinstance(item, ArticleRecord) for item in items) else ""
        followed: list[str] = []
        if links is not None and page.follow:
            followed = [link for link in page.links if self._scope.wanted(link)]
            links.extend(followed)
        entry = [what, validators.get("etag", ""), validators.get("last-modified", ""), digest]
        state.pages[identity] = [*entry, json.dumps([names, followed])] if names or followed else entry
        state.done.append(url)
        self._since += 1

    def _walled(self, identity: str, url: str, known: bool) -> Skipped:
        """A page that leads to a form to log in: what is known of it stays."""
        self._state.again.append(url)
        if known:
            self.present.add(identity)
        return Skipped(identity, LOGS_IN, known=True)

    def _kept(self, known: list[str], identity: str, url: str, links: list[str] | None) -> Iterator[Item]:
        self.present.add(identity)
        self._state.done.append(url)
        self._since += UNCHANGED_COUNTS
        if links is not None and len(known) > 4:
            links.extend(json.loads(known[4])[1])
        yield from self._same(known, identity)

    def _same(self, known: list[str], identity: str) -> Iterator[Item]:
        if known[0] == "a":
            yield Unchanged("article", identity)
        for name in json.loads(known[4])[0] if len(known) > 4 else ():
            yield Unchanged("product", name)

    def _learn(self, urls: list[str], follow: bool = False) -> None:
        """Which blocks stand on most pages of the site: its menus, banners and footers inside the content.

        What is fetched for this is kept, so that no page is asked for twice.
        """
        counts: dict[str, int] = {}
        pages = asked = 0
        queue = list(urls)
        seen = set(queue)
        while queue and asked < SAMPLE:
            self._ahead(queue[: min(AHEAD, SAMPLE - asked)])
            url = queue.pop(0)
            if not self._robots.allows(url, self._agent):
                continue
            asked += 1
            fetched = self._fetched(url, None)
            if len(fetched.answer.body if fetched.answer else b"") <= KEPT_BYTES:
                self._sample[url] = fetched
            if fetched.answer is None or not fetched.answer.ok:
                continue
            page = self._pages.page(fetched.answer)
            if follow:
                fresh = [link for raw in page.links if (link := self._scope.wanted(raw)) and link not in seen]
                seen.update(fresh)
                queue.extend(fresh[:500])
            if page.listing:
                continue
            pages += 1
            for block in set(page.blocks):
                counts[block] = counts.get(block, 0) + 1
        if pages >= SAMPLE_AT_LEAST:
            self._state.repeated = sorted(block for block, count in counts.items() if count >= REPEATED_SHARE * pages)
        self._state.learnt = True

    def _pause(self, total: int) -> Iterator[Item]:
        """A checkpoint now and then, rarer where it is larger."""
        now = self._pages.client.clock.monotonic()
        if self._since >= max(PAGES_BETWEEN, total // 20) or now - self._paused >= SECONDS_BETWEEN:
            self._since, self._paused = 0.0, now
            yield Checkpoint(self._state.dump())
