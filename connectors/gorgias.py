"""Gorgias: macros, and tickets with messages and satisfaction surveys. Its help center is read by `sitemap`.

Not proven against the vendor: only a third party's description of its API could be tested.

Settings: `url` (https://shop.gorgias.com), `email`, `token` (an API key), `kind`: "macros" (default) or
"conversations"; `ai_authors`: e-mail addresses of senders that are bots; `since` (a date) where tickets begin.
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
from kbaudit.http import Client, basic
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ArticleRecord, Checkpoint, ConversationRecord, Item
from kbaudit.text import fields

Thing = dict[str, Any]
PAGE = 100
OVERLAP_SECONDS = 300


class Connector:
    """Reads one Gorgias account."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "https://yourshop.gorgias.com",
        "email": "the user that the key belongs to",
        "kind": "macros or conversations",
        "ai_authors": "e-mail addresses of senders that are bots",
        "since": "a date: where tickets begin",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url", "email")
    SECRETS: ClassVar[tuple[str, ...]] = ("token",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.kind = setting(source, "kind", default="macros")
        client.authorize(self.base, {"Authorization": basic(setting(source, "email"), secret_of(source, "token"))})

    def probe(self) -> Probe:
        """Ask for one ticket or macro."""
        found = self._get("/api/tickets" if self.kind == "conversations" else "/api/macros", {"limit": 1})
        return Probe(True, f"{self.base} answers: {self.kind}", {"first": len(found.get("data") or ())})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Macros whole; tickets from the watermark of the last checkpoint, newest first as the vendor lists them."""
        if self.kind != "conversations":
            for thing in self._all("/api/macros", {}):
                yield from converted(f"macro-{thing.get('id')}", _macro, thing)
            yield Checkpoint("", complete=True)
            return
        state = remembered(since)
        zone = fields.zone_of(self.source.zone)
        mark = str(state.get("updated") or self.source.settings.get("since") or "2000-01-01")
        floor = fields.starts(mark, zone).timestamp() - OVERLAP_SECONDS
        newest = mark
        surveys = {thing.get("ticket_id"): thing for thing in self._all("/api/satisfaction-surveys", {})}
        for thing in self._all("/api/tickets", {"order_by": "updated_datetime:desc"}):
            updated = str(thing.get("updated_datetime") or "")
            if updated and fields.starts(updated, UTC).timestamp() < floor:
                break
            newest = max(newest, updated)
            yield from converted(thing.get("id"), self._ticket, thing, surveys)
        # Newest first: only a whole walk may move the watermark.
        yield Checkpoint(json.dumps({"updated": newest}))

    def _ticket(self, thing: Thing, surveys: dict[Any, Thing]) -> Item:
        number = int(thing["id"])
        bots = {str(name).lower() for name in self.source.settings.get("ai_authors") or ()}
        messages = []
        for part in self._all(f"/api/tickets/{number}/messages", {}):
            if part.get("public") is not True:
                continue
            sender = part.get("sender") or {}
            role = "agent" if part.get("from_agent") is True else "customer"
            if role == "agent" and str(sender.get("email") or "").lower() in bots:
                role = "ai"
            text = str(part.get("stripped_text") or part.get("body_text") or "")
            messages.append(Message(role=role, text=text, at=fields.moment(part.get("created_datetime"))))
        messages.sort(key=lambda message: message.at.timestamp() if message.at else 0.0)
        customer = thing.get("customer") or {}
        roles = {message.role for message in messages}
        started = fields.moment(thing.get("created_datetime") or thing.get("opened_datetime"))
        if started is None:
            raise ValueError("no created_datetime")
        tags = [str(tag.get("name")) for tag in thing.get("tags") or ()]
        score = (surveys.get(number) or thing.get("satisfaction_survey") or {}).get("score")
        person = thing.get("assignee_user") or {}
        return ConversationRecord(
            Conversation(
                id=str(number),
                source=self.source.name,
                started_at=started,
                ended_at=fields.moment(thing.get("closed_datetime")),
                messages=tuple(messages),
                channel=thing.get("channel"),
                locale=fields.locale(thing["language"]) if thing.get("language") else None,
                customer_id=str(customer["id"]) if customer.get("id") else None,
                topic=tags[0] if tags else None,
                handled_by="both" if {"ai", "agent"} <= roles else "ai" if "ai" in roles
                else "human" if "agent" in roles else None,
                agent_id=str(person["id"]) if person.get("id") else None,
                team=str((thing.get("assignee_team") or {}).get("name") or "") or None,
                resolved=True if thing.get("status") == "closed" else None,
                csat=float(score) if isinstance(score, (int, float)) and 1 <= score <= 5 else None,
                extra={"tags": tags, "spam": thing.get("spam") is True},
            ),
            customer_name=customer.get("name"),
            customer_email=customer.get("email"),
        )  # fmt: skip

    def _get(self, path: str, params: Thing) -> Thing:
        return object_of(self.client.get(f"{self.base}{path}", params=params))

    def _all(self, path: str, params: Thing) -> Iterator[Thing]:
        paging = Paging(f"{self.base}{path}")
        asked = {**params, "limit": PAGE}
        while True:
            page = self._get(path, asked)
            yield from things_of(page.get("data"), f"{self.base}{path}")
            cursor = (page.get("meta") or {}).get("next_cursor")
            if not cursor:
                return
            paging.step(cursor)
            asked = {**params, "limit": PAGE, "cursor": cursor}


def _macro(thing: Thing) -> list[Item]:
    for action in thing["actions"]:
        found = action.get("arguments") or {}
        if action.get("name") == "setResponseText" and (found.get("body_html") or found.get("body_text")):
            return [
                ArticleRecord(
                    id=f"macro-{int(thing['id'])}",
                    title=str(thing["name"]),
                    body=str(found.get("body_html") or found["body_text"]),
                    body_kind="html" if found.get("body_html") else "text",
                    locale=fields.locale(thing["language"]) if thing.get("language") else None,
                    kind="macro",
                    # An archived macro is offered to nobody.
                    published=not thing.get("archived_datetime"),
                    created_at=fields.moment(thing.get("created_datetime")),
                    updated_at=fields.moment(thing.get("updated_datetime")),
                    labels=tuple(str(tag) for tag in thing.get("tags") or () if isinstance(tag, str)),
                )
            ]
    return []
