"""WordPress: posts and pages by its REST interface.

Settings: `url` (the site's), `types` (default posts and pages), `user` and `password` (an application password; then
drafts and scheduled texts are seen too and marked as what they are).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC
from html import unescape
from typing import Any, ClassVar

from kbaudit.connector import (
    CLIENT_KEYS,
    Probe,
    Source,
    address_of,
    converted,
    remembered,
    secret_of,
    setting,
    things_of,
)
from kbaudit.http import Client, basic
from kbaudit.model.record import ArticleRecord, Checkpoint, Item
from kbaudit.text import fields
from kbaudit.text.extract import clean_line

Thing = dict[str, Any]
PAGE = 100


class Connector:
    """Reads one WordPress site."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "the site's address",
        "user": "a user with an application password, to see drafts as drafts",
        "types": "posts, pages and what else holds texts",
        "kind": "articles",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ("password",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.types = [str(name) for name in source.settings.get("types") or ("posts", "pages")]
        self.known = bool(source.settings.get("user"))
        if self.known:
            user = str(setting(source, "user"))
            client.authorize(self.base, {"Authorization": basic(user, secret_of(source, "password"))})

    def probe(self) -> Probe:
        """Count what there is."""
        seen = {}
        for name in self.types:
            answer = self.client.get(f"{self.base}/wp-json/wp/v2/{name}", params={"per_page": 1})
            seen[name] = int(answer.headers.get("x-wp-total") or 0)
        return Probe(True, f"{self.base} answers, seen as {'an editor' if self.known else 'everybody'}", seen)

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every text of the configured types, with a checkpoint after every page of a list."""
        identity = "editor" if self.known else "everybody"
        state = remembered(since)
        # A place within a listing: the type, its next page, how many of its texts came before, and of how many.
        at = state.get("at")
        first, page, before, of = at if isinstance(at, list) and len(at) == 4 and at[0] in self.types else ("", 1, 0, 0)
        # Another identity sees other texts: what it does not see is not gone.
        whole = state.get("identity", since) in (None, identity)
        sections = {thing.get("id"): thing for thing in self._all("categories")}
        tags = {thing.get("id"): thing.get("name") for thing in self._all("tags")}
        for name in self.types[self.types.index(first) if first else 0 :]:
            params: Thing = {"orderby": "id", "order": "asc"}
            if self.known:
                params |= {"context": "edit", "status": "publish,future,draft,pending,private"}
            seen: set[Any] = set()
            come, total = (before, of) if name == first else (0, 0)
            for things, counted, following in self._pages(name, params, page if name == first else 1):
                for thing in things:
                    yield from converted(f"{name}-{thing.get('id')}", self._article, thing, name, sections, tags)
                seen.update(thing.get("id") for thing in things)
                # Where one goes meanwhile, another moves to a page that was read already: the count before tells.
                total = max(total, counted)
                if following is not None:
                    place = {"identity": identity, "at": [name, following, come + len(seen), total]}
                    yield Checkpoint(json.dumps(place), part=True)
            whole = whole and come + len(seen) >= total
        yield Checkpoint(json.dumps({"identity": identity}), complete=whole)

    def _article(self, thing: Thing, name: str, sections: dict[Any, Thing], tags: dict[Any, Any]) -> Item:
        content = thing["content"]
        status = thing.get("status")
        scheduled = status == "future"
        protected = content.get("protected") is True and not content.get("raw")
        path: list[str] = []
        step = next((sections[key] for key in thing.get("categories") or () if key in sections), None)
        while step is not None and len(path) < 10:
            path.insert(0, _words(step.get("name")))
            step = sections.get(step.get("parent"))
        title = _words(thing["title"].get("rendered"))
        created = _gmt(thing.get("date_gmt"))
        return ArticleRecord(
            id=f"{name}-{int(thing['id'])}",
            title=title or _words(thing.get("slug")),
            body=str(content.get("rendered") or ""),
            url=thing.get("link"),
            locale=fields.locale(thing["lang"]) if thing.get("lang") else None,
            published=(status == "publish" or scheduled) and not protected,
            created_at=None if scheduled else created,
            updated_at=_gmt(thing.get("modified_gmt")),
            valid_from=created if scheduled else None,
            section=" > ".join(path) or None,
            labels=tuple(_words(tags[key]) for key in thing.get("tags") or () if tags.get(key)),
            owner=str(thing["author"]) if thing.get("author") else None,
            extra={"status": status},
        )

    def _all(self, name: str) -> Iterator[Thing]:
        """Every record of a short list."""
        for things, _, _ in self._pages(name, {}):
            yield from things

    def _pages(self, name: str, params: Thing, page: int = 1) -> Iterator[tuple[list[Thing], int, int | None]]:
        """The records of a type page by page from a page on, each with how many the site counts and the next page."""
        url = f"{self.base}/wp-json/wp/v2/{name}"
        following: int | None = page
        while following is not None:
            page = following
            answer = self.client.get(url, params={**params, "per_page": PAGE, "page": page}, accept=(400,))
            if answer.status == 400 and page > 1:
                # The last page went away while the others were read.
                yield [], sys.maxsize, None
                return
            things = things_of(answer.json(), url)
            total = int(answer.headers.get("x-wp-total") or len(things))
            pages = int(answer.headers.get("x-wp-totalpages") or (page + 1 if len(things) == PAGE else page))
            following = page + 1 if page < pages else None
            yield things, total, following


def _words(value: object) -> str:
    return clean_line(unescape(str(value or "")))


def _gmt(value: object) -> Any:
    return fields.starts(value, UTC) if value and not str(value).startswith("0000") else None
