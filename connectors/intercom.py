"""Intercom: articles with all their translations, external pages, snippets, macros, and conversations.

Settings: `token` (an access token), `url` (default https://api.intercom.io; the EU and Australia have their own),
`kind`: "articles" (default; with `external_pages = true` and `snippets = true` also those), "macros" or
"conversations"; `since` (a date) where conversations begin; `api_version` (default 2.16).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
from kbaudit.http import Client
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ArticleRecord, Audience, Checkpoint, ConversationRecord, Item
from kbaudit.text import fields
from kbaudit.text.extract import plain_text

Thing = dict[str, Any]
RESOLVED = {"assumed_resolution": True, "confirmed_resolution": True, "negative_feedback": False, "escalated": False}
ROLES = {"user": "customer", "lead": "customer", "contact": "customer", "admin": "agent", "bot": "ai"}
SHOWN = ("content_type", "url", "title", "locale")
OVERLAP_SECONDS = 300
MAX_PARTS = 500


class Connector:
    """Reads one Intercom workspace."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "https://api.intercom.io, or the EU's or Australia's",
        "kind": "articles, macros or conversations",
        "external_pages": "true: also what the AI was given from elsewhere",
        "snippets": "true: also content snippets",
        "since": "a date: where conversations begin",
        "api_version": "2.16",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    SECRETS: ClassVar[tuple[str, ...]] = ("token",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source, "https://api.intercom.io")
        self.kind = setting(source, "kind", default="articles")
        version = setting(source, "api_version", default="2.16")
        token = secret_of(source, "token")
        client.authorize(self.base, {"Authorization": f"Bearer {token}", "Intercom-Version": version})

    def probe(self) -> Probe:
        """Ask for one article, macro or conversation."""
        path = {"macros": "/macros", "conversations": "/conversations"}.get(self.kind, "/articles")
        found = self._get(path, {"per_page": 1})
        return Probe(True, f"Intercom answers: {self.kind}", {"total": found.get("total_count")})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Articles and macros whole, conversations from the watermark of the last checkpoint."""
        if self.kind == "conversations":
            yield from self._conversations(remembered(since))
            return
        if self.kind == "macros":
            for thing in self._all("/macros"):
                yield from converted(f"macro-{thing.get('id')}", _macro, thing)
        else:
            yield from self._articles(remembered(since).get("at"))
        yield Checkpoint("", complete=True)

    # Articles ---------------------------------------------------------------------------------------------------

    def _articles(self, at: object) -> Iterator[Item]:
        """Every article; `at` is where a listing was cut off. The rest comes after the articles, and again whole."""
        collections = {str(thing.get("id")): thing for thing in self._all("/help_center/collections")}
        for things, following in self._pages("/articles", place=at):
            for thing in things:
                yield from converted(thing.get("id"), _article, thing, collections)
            if following is not None:
                yield Checkpoint(json.dumps({"at": following}), part=True)
        if self.source.settings.get("external_pages"):
            for thing in self._all("/ai/external_pages", numbered=True):
                yield from converted(f"external-{thing.get('id')}", _page, thing)
        if self.source.settings.get("snippets"):
            for thing in self._all("/content_snippets", numbered=True, size=50):
                yield from converted(f"snippet-{thing.get('id')}", _snippet, thing)

    # Conversations ----------------------------------------------------------------------------------------------

    def _conversations(self, state: dict[str, Any]) -> Iterator[Item]:
        begin = self.source.settings.get("since")
        start = fields.starts(begin or "2000-01-01", fields.zone_of(self.source.zone))
        mark = int(state.get("updated") or start.timestamp())
        query = {"field": "updated_at", "operator": ">", "value": max(0, mark - OVERLAP_SECONDS)}
        paging = Paging(self.base)
        cursor: str | None = None
        while True:
            pagination: Thing = {"per_page": 150}
            if cursor:
                pagination["starting_after"] = cursor
            asked = {"query": query, "pagination": pagination, "sort": {"field": "updated_at", "order": "ascending"}}
            page = object_of(self.client.post(f"{self.base}/conversations/search", json=asked))
            for thing in page.get("conversations") or ():
                yield from converted(thing.get("id"), self._conversation, thing)
                mark = max(mark, int(thing.get("updated_at") or 0))
            yield Checkpoint(json.dumps({"updated": mark}))
            cursor = ((page.get("pages") or {}).get("next") or {}).get("starting_after")
            if not cursor:
                return
            paging.step(cursor)

    def _conversation(self, listed: Thing) -> Item:
        number = str(listed["id"])
        thing = self._get(f"/conversations/{number}", {"display_as": "plaintext"})
        messages = []
        first = thing.get("source") or {}
        if first.get("body"):
            messages.append(_message(first, thing.get("created_at")))
        parts = ((thing.get("conversation_parts") or {}).get("conversation_parts")) or []
        for part in parts:
            internal = part.get("part_type") in ("note", "note_and_reopen")
            if part.get("body") and not internal and not part.get("redacted"):
                messages.append(_message(part, part.get("created_at")))
        agent = thing.get("ai_agent") or {}
        sources = [
            source
            for source in ((agent.get("content_sources") or {}).get("content_sources")) or ()
            if isinstance(source, dict)
        ]
        cited = tuple(str(source.get("title") or source.get("url")) for source in sources)
        if cited:
            last = max((index for index, found in enumerate(messages) if found.role == "ai"), default=None)
            if last is not None:
                found = messages[last]
                messages[last] = Message(role="ai", text=found.text, at=found.at, sources=cited)
        state = agent.get("resolution_state")
        person = thing.get("admin_assignee_id")
        replied = {message.role for message in messages}
        took_part = thing.get("ai_agent_participated") is True or "ai" in replied
        handled = "both" if took_part and "agent" in replied else "ai" if took_part else "human"
        rating = (thing.get("conversation_rating") or {}).get("rating") or agent.get("rating")
        author = first.get("author") or {}
        statistics = thing.get("statistics") or {}
        resolved = RESOLVED.get(str(state)) if took_part else None
        if resolved is not True and thing.get("state") == "closed" and "agent" in replied:
            resolved = True
        tags = [str(tag.get("name")) for tag in ((thing.get("tags") or {}).get("tags")) or ()]
        created = fields.unix(thing.get("created_at"))
        if created is None:
            raise ValueError("no created_at")
        return ConversationRecord(
            Conversation(
                id=number,
                source=self.source.name,
                started_at=created,
                ended_at=fields.unix(statistics.get("last_close_at")),
                messages=tuple(messages),
                channel=first.get("type"),
                customer_id=str(author["id"]) if author.get("id") else None,
                topic=tags[0] if tags else None,
                handled_by=handled,
                agent_id=str(person) if person else None,
                team=str(thing["team_assignee_id"]) if thing.get("team_assignee_id") else None,
                resolved=resolved,
                escalated=state in ("escalated", "procedure_handoff") if took_part else None,
                csat=float(rating) if isinstance(rating, int) and 1 <= rating <= 5 else None,
                handle_seconds=statistics.get("handling_time"),
                extra={
                    "tags": tags,
                    "resolution_state": state,
                    "content_sources": [{name: source.get(name) for name in SHOWN} for source in sources],
                    # The vendor keeps the newest 500 parts; the first ones of a longer conversation are missing.
                    "cut": len(parts) >= MAX_PARTS,
                },
            ),
            customer_name=author.get("name"),
            customer_email=author.get("email"),
        )

    # The API ----------------------------------------------------------------------------------------------------

    def _get(self, path: str, params: Thing) -> Thing:
        return object_of(self.client.get(f"{self.base}{path}", params=params))

    def _all(self, path: str, *, numbered: bool = False, size: int = 100) -> Iterator[Thing]:
        """Every record of a list."""
        for things, _ in self._pages(path, numbered=numbered, size=size):
            yield from things

    def _pages(
        self, path: str, *, place: object = None, numbered: bool = False, size: int = 100
    ) -> Iterator[tuple[list[Thing], object]]:
        """A list page by page, each with the place of the next one (None at the end), from a `place` on.

        By cursor, or by number where the vendor only counts pages.
        """
        paging = Paging(f"{self.base}{path}")
        while True:
            params: Thing = {"per_page": size}
            if place is not None:
                params["page" if isinstance(place, int) else "starting_after"] = place
            page = self._get(path, params)
            things = things_of(page.get("data"), f"{self.base}{path}")
            pages = page.get("pages") or {}
            following = pages.get("next")
            total = pages.get("total_pages") or page.get("total_pages") or 0
            number = place if isinstance(place, int) else 1
            after: object = None
            if isinstance(following, dict) and following.get("starting_after"):
                after = following["starting_after"]
            elif (following or numbered) and number < int(total):
                after = number + 1
            yield things, after
            if after is None:
                return
            place = after
            paging.step(place)


def _article(thing: Thing, collections: dict[str, Thing]) -> list[Item]:
    """One record a locale; each translation has its own state and times."""
    number = str(thing["id"])
    home = fields.locale(thing.get("default_locale") or "en")
    path: list[str] = []
    above = next((str(key) for key in thing.get("parent_ids") or () if str(key) in collections), None)
    while above in collections and len(path) < 10:
        path.insert(0, str(collections[above].get("name") or ""))
        above = str(collections[above].get("parent_id"))
    versions: dict[str, Thing] = {}
    for name, content in (thing.get("translated_content") or {}).items():
        if name != "type" and isinstance(content, dict) and content.get("title"):
            versions[fields.locale(name)] = content
    # The default language's content stands on the article too, some of it only there.
    versions[home] = {**thing, **versions.get(home, {})}
    records: list[Item] = []
    for locale, content in sorted(versions.items()):
        publish = thing.get("scheduled_publish_at") if content.get("state") == "draft" else None
        records.append(
            ArticleRecord(
                id=number if locale == home else f"{number}/{locale}",
                title=str(content["title"]),
                body=str(content.get("body") or ""),
                url=content.get("url") or (thing.get("url") if locale == home else None),
                locale=locale,
                translation_of=None if locale == home else number,
                published=content.get("state") == "published" or bool(publish),
                created_at=fields.unix(content.get("created_at")),
                updated_at=fields.unix(content.get("updated_at")),
                valid_from=fields.unix(publish),
                valid_until=fields.unix(thing.get("scheduled_unpublish_at")),
                section=" > ".join(name for name in path if name) or None,
                owner=str(content["author_id"]) if content.get("author_id") else None,
                audience=_audience(thing, content),
                extra={
                    "has_unpublished_changes": content.get("has_unpublished_changes") is True,
                    "ai_chatbot_availability": thing.get("ai_chatbot_availability"),
                },
            )
        )
    return records


def _audience(thing: Thing, content: Thing) -> Audience:
    named = thing.get("help_center_audience")
    segments = [str(named)] if named not in (None, "everyone") else []
    segments += [f"audience {key}" for key in content.get("audience_ids") or ()]
    return Audience(segments=tuple(segments))


def _page(thing: Thing) -> Item:
    return ArticleRecord(
        id=f"external-{thing['id']}",
        title=str(thing["title"]),
        body=str(thing.get("html") or ""),
        url=thing.get("url"),
        locale=fields.locale(thing.get("locale") or "en"),
        published=thing.get("ai_agent_availability") is True or thing.get("fin_availability") is True,
        created_at=fields.unix(thing.get("created_at")),
        updated_at=fields.unix(thing.get("updated_at")),
        extra={"last_ingested_at": thing.get("last_ingested_at")},
    )


def _snippet(thing: Thing) -> Item:
    return ArticleRecord(
        id=f"snippet-{thing['id']}",
        title=str(thing.get("title") or "Snippet"),
        body=str(thing.get("body_markdown") or ""),
        body_kind="markdown",
        locale=fields.locale(thing["locale"]) if thing.get("locale") else None,
        kind="guidance",
        published=thing.get("ai_chatbot_availability") is True or thing.get("chatbot_availability") == 1,
        created_at=fields.unix(thing.get("created_at")),
        updated_at=fields.unix(thing.get("updated_at")),
    )


def _macro(thing: Thing) -> Item:
    return ArticleRecord(
        id=f"macro-{thing['id']}",
        title=str(thing["name"]),
        body=str(thing.get("body") or thing.get("body_text") or ""),
        kind="macro",
        created_at=fields.moment(thing.get("created_at")),
        updated_at=fields.moment(thing.get("updated_at")),
        published=thing.get("visible_to") in ("everyone", "specific_teams"),
    )


def _message(part: Thing, at: object) -> Message:
    author = part.get("author") or {}
    role = ROLES.get(str(author.get("type")), "system")
    if role == "agent" and author.get("from_ai_agent") is True:
        role = "ai"
    return Message(role=role, text=plain_text(part.get("body")), at=fields.unix(at))
