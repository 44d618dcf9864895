"""MediaWiki: every page of the chosen namespaces, rendered, by its action interface.

Settings: `url` (of `api.php`, or of the wiki where `api.php` lies beside its entry point), `namespaces` (default the
main one, 0), `user` and `password` (a bot password) for a wiki that is not public.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from kbaudit.connector import (
    CLIENT_KEYS,
    Paging,
    Probe,
    Source,
    address_of,
    converted,
    object_of,
    remembered,
    secret_of,
)
from kbaudit.errors import SourceRefused, SourceUnavailable
from kbaudit.http import Answer, Client
from kbaudit.model.record import ArticleRecord, Checkpoint, Item, Unchanged
from kbaudit.text import fields
from kbaudit.text.extract import clean_line, plain_text

Thing = dict[str, Any]
CHECKPOINT_EVERY = 200
# Names and values of cookies; several headers come joined by a comma.
COOKIE = re.compile(r"(?:^|, )([^\s=;,]+)=([^;,]*)")


class Connector:
    """Reads one wiki."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "the wiki's address, or that of its api.php",
        "namespaces": "numbers of the namespaces to read",
        "user": "a bot password's user (Name@bot), for a wiki that is not public",
        "kind": "articles",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ("password",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        url = address_of(source)
        self.api = url if url.endswith(".php") else f"{url}/api.php"
        self.user = source.settings.get("user")
        self._assured: Thing = {}
        self._cookies: dict[str, str] = {}
        self.namespaces = [int(number) for number in source.settings.get("namespaces") or (0,)]

    def probe(self) -> Probe:
        """Ask the wiki what it is."""
        general = self._query({"meta": "siteinfo", "siprop": "general|statistics"})["query"]
        name, count = general["general"].get("sitename"), general["statistics"].get("articles")
        return Probe(True, f"{name} answers: {count} articles", {"articles": count})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every page; one whose revision was delivered before is not rendered again."""
        known: dict[str, int] = {key: int(value) for key, value in remembered(since).items() if isinstance(value, int)}
        general = self._query({"meta": "siteinfo", "siprop": "general"})["query"]["general"]
        locale = fields.locale(general["lang"]) if general.get("lang") else None
        listed: dict[str, int] = {}
        count = 0
        for namespace in self.namespaces:
            for page in self._pages(namespace):
                number = str(page.get("pageid"))
                revision = int(page.get("lastrevid") or 0)
                count += 1
                if known.get(number) == revision and revision:
                    listed[number] = revision
                    yield Unchanged("article", number)
                    continue
                items = list(converted(number, self._article, page, locale))
                yield from items
                if all(isinstance(item, ArticleRecord) for item in items):
                    listed[number] = revision
                if count % CHECKPOINT_EVERY == 0:
                    yield Checkpoint(json.dumps({**known, **listed}))
        yield Checkpoint(json.dumps(listed), complete=True)

    def _pages(self, namespace: int) -> Iterator[Thing]:
        asked: Thing = {
            "generator": "allpages",
            "gapnamespace": namespace,
            "gapfilterredir": "nonredirects",
            "gaplimit": 50,
            "prop": "info|revisions|categories",
            "inprop": "url",
            "rvprop": "timestamp|ids",
            "cllimit": "max",
            "clshow": "!hidden",
        }
        pages: dict[Any, Thing] = {}
        more: Thing = {}
        paging = Paging(self.api)
        while True:
            found = self._query({**asked, **more})
            for page in (found.get("query") or {}).get("pages") or ():
                if isinstance(page, dict):
                    kept = pages.setdefault(page.get("pageid"), page)
                    if kept is not page:
                        kept.setdefault("categories", []).extend(page.get("categories") or ())
            more = found.get("continue") or {}
            # A batch is whole when the generator moves on, or nothing more is to come.
            if "gapcontinue" in more or not more:
                yield from pages.values()
                pages = {}
            if not more:
                return
            paging.step(json.dumps(more, sort_keys=True))

    def _article(self, page: Thing, locale: str | None) -> Item:
        number = int(page["pageid"])
        asked = {"pageid": number, "prop": "text|displaytitle", "disabletoc": 1, "disableeditsection": 1}
        parsed = self._call({"action": "parse", **asked})["parse"]
        revision = (page.get("revisions") or [{}])[0]
        names = [str(category["title"]).partition(":")[2] for category in page.get("categories") or ()]
        shown = parsed.get("displaytitle")
        title = plain_text(shown) if isinstance(shown, str) else str(page["title"])
        return ArticleRecord(
            id=str(number),
            title=clean_line(title) or str(page["title"]),
            body=str(parsed["text"]),
            url=page.get("canonicalurl") or page.get("fullurl"),
            locale=fields.locale(page["pagelanguage"]) if page.get("pagelanguage") else locale,
            updated_at=fields.moment(revision.get("timestamp")),
            section=names[0] if names else None,
            labels=tuple(names),
            extra={"revision": page.get("lastrevid")},
        )

    def _log_in(self) -> None:
        """Open a session with a bot password: the token and the password both travel with the session's cookie."""
        asked = {"action": "query", "meta": "tokens", "type": "login", "format": "json", "formatversion": 2}
        answer = self.client.get(self.api, params=asked)
        self._keep(answer)
        token = answer.json()["query"]["tokens"]["logintoken"]
        form = {"lgname": str(self.user), "lgpassword": secret_of(self.source, "password"), "lgtoken": token}
        answer = self.client.post(
            self.api,
            params={"action": "login", "format": "json", "formatversion": 2},
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(form).encode(),
        )
        self._keep(answer)
        login = answer.json().get("login") or {}
        if login.get("result") != "Success":
            raise SourceRefused(f"{self.api}: {self.user} may not log in: {str(login.get('reason') or login)[:200]}")
        # A session that ended in the middle has to break the listing: strangers see fewer pages.
        self._assured = {"assert": "user"}

    def _keep(self, answer: Answer) -> None:
        self._cookies |= dict(COOKIE.findall(answer.headers.get("set-cookie", "")))
        named = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if named:
            self.client.authorize(self.api, {"Cookie": named})

    def _query(self, params: Thing) -> Thing:
        return self._call({"action": "query", **params})

    def _call(self, params: Thing) -> Thing:
        if self.user and not self._assured:
            self._log_in()
        asked = {**params, **self._assured, "format": "json", "formatversion": 2, "maxlag": 5}
        found = object_of(self.client.get(self.api, params=asked))
        error = found.get("error")
        if isinstance(error, dict):
            code = str(error.get("code"))
            if code in ("readapidenied", "permissiondenied", "badtoken", "assertuserfailed"):
                raise SourceRefused(f"{self.api}: {code}")
            if code in ("maxlag", "ratelimited", "internal_api_error_DBQueryError"):
                raise SourceUnavailable(f"{self.api}: {code}")
            raise ValueError(f"{code}: {error.get('info')}"[:200])
        return found
