"""Zendesk: Guide articles in every locale, macros, and tickets with comments, metrics and satisfaction.

Settings: `url` (https://shop.zendesk.com), `email` and `token` (an API token) or `oauth_token`; without either only
what the public sees is read. `kind`: "articles" (default), "macros" or "conversations"; `ai_authors`: ids of users
that are bots; `since` (a date) where tickets begin.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any, ClassVar

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
    setting,
    things_of,
)
from kbaudit.errors import SourceUnavailable, Unreadable
from kbaudit.http import Client, basic
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ArticleRecord, Audience, Checkpoint, ConversationRecord, Deleted, Item
from kbaudit.text import fields

Thing = dict[str, Any]
PAGE = 100
DONE = ("solved", "closed")
CSAT = {"good": 5.0, "bad": 1.0}
OVERLAP_SECONDS = 300


class Connector:
    """Reads one Zendesk account."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "https://yourshop.zendesk.com",
        "email": "the user that the token belongs to",
        "kind": "articles, macros or conversations",
        "ai_authors": "ids of users that are bots",
        "since": "a date: where tickets begin",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url", "email")
    SECRETS: ClassVar[tuple[str, ...]] = ("token", "oauth_token")

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.kind = setting(source, "kind", default="articles")
        self.identity = "everybody"
        if source.settings.get("oauth_token"):
            client.authorize(self.base, {"Authorization": f"Bearer {secret_of(source, 'oauth_token')}"})
            self.identity = "oauth"
        elif source.settings.get("token"):
            user = f"{setting(source, 'email')}/token"
            client.authorize(self.base, {"Authorization": basic(user, secret_of(source, "token"))})
            self.identity = str(setting(source, "email"))

    def probe(self) -> Probe:
        """Ask for one article, macro or ticket."""
        if self.kind == "macros":
            found = self._get("/api/v2/macros", {"page[size]": 1}).get("macros", [])
        elif self.kind == "conversations":
            found = self._get("/api/v2/tickets", {"page[size]": 1}).get("tickets", [])
        else:
            locales, _ = self._locales()
            found = self._get(f"/api/v2/help_center/{locales[0]}/articles", {"page[size]": 1}).get("articles", [])
        seen = {"seen as": self.identity, "first": len(found)}
        return Probe(True, f"{self.base} answers; {self.kind} are seen as {self.identity}", seen)

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Articles and macros whole, tickets from the cursor of the last checkpoint."""
        if self.kind == "conversations":
            yield from self._tickets(remembered(since))
            return
        state = remembered(since)
        yield from self._macros() if self.kind == "macros" else self._articles(state.get("at"))
        # Another identity sees other articles: what it does not see is not gone.
        whole = state.get("identity") in (None, self.identity)
        yield Checkpoint(json.dumps({"identity": self.identity}), complete=whole)

    # Articles ---------------------------------------------------------------------------------------------------

    def _articles(self, at: object) -> Iterator[Item]:
        """Every locale's articles; `at` is where a listing was cut off: a locale, and a place among its pages."""
        locales, home = self._locales()
        names = self._segments()
        first, place = at if isinstance(at, list) and len(at) == 2 and at[0] in locales else (locales[0], None)
        for locale in locales[locales.index(first) :]:
            path = f"/api/v2/help_center/{locale}"
            categories = {thing.get("id"): thing for thing in self._all(f"{path}/categories", "categories")}
            sections = {thing.get("id"): thing for thing in self._all(f"{path}/sections", "sections")}
            for things, following in self._pages(f"{path}/articles", "articles", place if locale == first else None):
                for thing in things:
                    ref = thing.get("id") if locale == home else f"{thing.get('id')}/{locale}"
                    yield from converted(ref, self._article, thing, locale, home, sections, categories, names)
                if following is not None:
                    yield Checkpoint(json.dumps({"identity": self.identity, "at": [locale, following]}), part=True)

    def _article(
        self,
        thing: Thing,
        locale: str,
        home: str,
        sections: dict[Any, Thing],
        categories: dict[Any, Thing],
        names: dict[Any, str],
    ) -> ArticleRecord:
        number = str(int(thing["id"]))
        source_locale = str(thing.get("source_locale") or home)
        translated = locale.lower() != source_locale.lower()
        title = thing.get("title")
        if not isinstance(title, str) or not title.strip():
            raise Unreadable("no title")
        segments = thing.get("user_segment_ids") or [thing.get("user_segment_id")]
        path: list[str] = []
        section = sections.get(thing.get("section_id"))
        category = categories.get(section.get("category_id")) if section else None
        while section is not None and len(path) < 10:
            path.insert(0, str(section.get("name") or ""))
            section = sections.get(section.get("parent_section_id"))
        if category is not None:
            path.insert(0, str(category.get("name") or ""))
        return ArticleRecord(
            id=f"{number}/{locale}" if translated else number,
            title=title,
            body=str(thing.get("body") or ""),
            url=thing.get("html_url"),
            locale=fields.locale(thing.get("locale") or locale),
            translation_of=number if translated else None,
            # `draft` speaks of this locale's translation; anything but a plain false is not published.
            published=thing.get("draft") is False,
            created_at=fields.moment(thing.get("created_at")),
            # `updated_at` also moves when only labels, votes or the position change.
            updated_at=fields.moment(thing.get("edited_at") or thing.get("updated_at")),
            section=" > ".join(name for name in path if name) or None,
            labels=tuple(str(label) for label in thing.get("label_names") or ()),
            owner=str(thing["author_id"]) if thing.get("author_id") else None,
            audience=Audience(segments=tuple(names.get(key, f"segment {key}") for key in segments if key is not None)),
            extra={
                "zendesk_id": number,
                "promoted": thing.get("promoted") is True,
                "outdated_locales": list(thing.get("outdated_locales") or ()),
            },
        )

    def _locales(self) -> tuple[list[str], str]:
        found = self._get("/api/v2/help_center/locales", {})
        home = str(found.get("default_locale") or self.source.locale).lower()
        names = [str(name).lower() for name in found.get("locales") or [home]]
        return [home, *sorted(name for name in set(names) if name != home)], home

    def _segments(self) -> dict[Any, str]:
        if self.identity == "everybody":
            return {}
        found = self._all("/api/v2/help_center/user_segments", "user_segments", optional=True)
        return {thing.get("id"): str(thing.get("name") or thing.get("id")) for thing in found}

    # Macros -----------------------------------------------------------------------------------------------------

    def _macros(self) -> Iterator[Item]:
        for thing in self._all("/api/v2/macros", "macros"):
            yield from converted(f"macro-{thing.get('id')}", self._macro, thing)

    def _macro(self, thing: Thing) -> list[Item]:
        bodies = [
            (action["field"], action["value"][-1] if isinstance(action["value"], list) else action["value"])
            for action in thing["actions"]
            if action.get("field") in ("comment_value", "comment_value_html")
        ]
        bodies = [(name, text) for name, text in bodies if isinstance(text, str) and text.strip()]
        if not bodies:
            return []
        name, text = max(bodies, key=lambda found: found[0])
        return [
            ArticleRecord(
                id=f"macro-{int(thing['id'])}",
                title=str(thing["title"]),
                body=text,
                body_kind="html" if name == "comment_value_html" else "text",
                kind="macro",
                published=thing.get("active") is True,
                created_at=fields.moment(thing.get("created_at")),
                updated_at=fields.moment(thing.get("updated_at")),
            )
        ]

    # Tickets ----------------------------------------------------------------------------------------------------

    def _tickets(self, state: dict[str, Any]) -> Iterator[Item]:
        params: dict[str, Any] = {"include": "users,groups,metric_sets", "per_page": 200}
        if state.get("cursor"):
            params["cursor"] = state["cursor"]
        else:
            begin = self.source.settings.get("since")
            start = fields.starts(begin or "2000-01-01", fields.zone_of(self.source.zone))
            params["start_time"] = max(0, int(start.timestamp()) - OVERLAP_SECONDS)
        paging = Paging(self.base)
        while True:
            page = self._get("/api/v2/incremental/tickets/cursor", params)
            users = {thing.get("id"): thing for thing in page.get("users") or ()}
            groups = {thing.get("id"): thing.get("name") for thing in page.get("groups") or ()}
            metrics = {thing.get("ticket_id"): thing for thing in page.get("metric_sets") or ()}
            for thing in page.get("tickets") or ():
                yield from converted(thing.get("id"), self._ticket, thing, users, groups, metrics)
            cursor = page.get("after_cursor")
            if cursor:
                yield Checkpoint(json.dumps({"cursor": cursor, "identity": self.identity}))
            if page.get("end_of_stream") is not False or not cursor:
                return
            paging.step(cursor)
            params = {"include": params["include"], "per_page": 200, "cursor": cursor}

    def _ticket(self, thing: Thing, users: dict[Any, Thing], groups: dict[Any, Any], metrics: dict[Any, Thing]) -> Item:
        number = int(thing["id"])
        if thing.get("status") == "deleted":
            return Deleted("conversation", str(number))
        requester = thing.get("requester_id")
        who = users.get(requester) or {}
        comments = self._all(f"/api/v2/tickets/{number}/comments", "comments", people=users)
        messages = [
            Message(
                role=self._role(comment, requester, users),
                text=str(comment.get("plain_body") or comment.get("body") or ""),
                at=fields.starts(comment["created_at"], UTC),
            )
            for comment in comments
            if comment.get("public") is True
        ]
        score = (thing.get("satisfaction_rating") or {}).get("score")
        metric = metrics.get(number) or {}
        roles = {message.role for message in messages}
        return ConversationRecord(
            Conversation(
                id=str(number),
                source=self.source.name,
                started_at=fields.starts(thing["created_at"], UTC),
                ended_at=fields.moment(metric.get("solved_at")),
                messages=tuple(messages),
                channel=(thing.get("via") or {}).get("channel"),
                locale=_locale(who.get("locale")),
                customer_id=str(requester) if requester else None,
                topic=next(iter(thing.get("tags") or ()), None),
                handled_by=_handled(roles),
                agent_id=str(thing["assignee_id"]) if thing.get("assignee_id") else None,
                team=groups.get(thing.get("group_id")),
                resolved=True if thing.get("status") in DONE else None,
                csat=CSAT.get(str(score).removesuffix("_with_comment")) if score else None,
                extra={"tags": list(thing.get("tags") or ()), "reopens": metric.get("reopens")},
            ),
            customer_name=who.get("name"),
            customer_email=who.get("email"),
        )

    def _role(self, comment: Thing, requester: Any, users: dict[Any, Thing]) -> str:
        author = comment.get("author_id")
        channel = str((comment.get("via") or {}).get("channel") or "")
        if author in (self.source.settings.get("ai_authors") or ()) or "answer_bot" in channel:
            return "ai"
        if author == requester or (users.get(author) or {}).get("role") == "end-user":
            return "customer"
        return "system" if author in (None, -1) else "agent"

    # The API ----------------------------------------------------------------------------------------------------

    def _get(self, path: str, params: dict[str, Any]) -> Thing:
        return object_of(self.client.get(f"{self.base}{path}", params=params, headers={"Accept": "application/json"}))

    def _all(
        self, path: str, key: str, *, optional: bool = False, people: dict[Any, Thing] | None = None
    ) -> Iterator[Thing]:
        """Every record of a list; `people` collects the users that come with it. An `optional` list may be missing."""
        try:
            for things, _ in self._pages(path, key, people=people):
                yield from things
        except Unreadable:
            if not optional:
                raise

    def _pages(
        self, path: str, key: str, place: object = None, people: dict[Any, Thing] | None = None
    ) -> Iterator[tuple[list[Thing], object]]:
        """A list page by page, each with the place of the next one (None at the end), from a `place` on.

        By cursor; where cursors are not offered, lists are numbered. What the list says of its end is believed, no
        page size is assumed.
        """
        paging = Paging(f"{self.base}{path}")
        while True:
            params: dict[str, Any] = {"include": "users"} if people is not None else {}
            if isinstance(place, int):
                params |= {"page": place, "per_page": PAGE}
            else:
                params |= {"page[size]": PAGE, **({"page[after]": place} if place else {})}
            page = self._get(path, params)
            things = things_of(page.get(key), f"{self.base}{path}")
            if people is not None:
                people.update({user.get("id"): user for user in page.get("users") or ()})
            meta = page.get("meta")
            if isinstance(meta, dict):
                more = meta.get("has_more") is True
                following = meta.get("after_cursor")
                if more and not following:
                    raise SourceUnavailable(f"{self.base}{path}: more is announced and no cursor leads there")
            else:
                more = bool(page.get("next_page"))
                following = place + 1 if isinstance(place, int) else 2
            yield things, following if more else None
            if not more:
                return
            place = following
            paging.step(place)


def _locale(value: object) -> str | None:
    try:
        return fields.locale(value) if value else None
    except ValueError:
        return None


def _handled(roles: set[str]) -> str | None:
    if {"ai", "agent"} <= roles:
        return "both"
    return "ai" if "ai" in roles else "human" if "agent" in roles else None
