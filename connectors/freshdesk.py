"""Freshdesk: solution articles (the whole tree of categories and folders, in every language), and tickets.

Not proven against the vendor: only a third party's description of its API could be tested.

Settings: `url` (https://shop.freshdesk.com), `token` (an API key), `kind`: "articles" (default) or "conversations",
`languages` (codes beside the primary one, as Freshdesk writes them), `since` (a date) where tickets begin.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
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
from kbaudit.errors import SourceUnavailable
from kbaudit.http import Client, basic
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ArticleRecord, Audience, Checkpoint, ConversationRecord, Item
from kbaudit.text import fields
from kbaudit.text.extract import plain_text

Thing = dict[str, Any]
PAGE = 100
LAST_PAGE = 300
MAX_FOLDER_DEPTH = 8
VISIBILITY = {1: (), 2: ("logged-in users",), 3: ("agents",), 4: ("selected companies",)}
# Freshdesk's satisfaction scale around 100 (neutral), in steps to 103 and -103.
CSAT = {103: 5.0, 102: 4.5, 101: 4.0, 100: 3.0, -101: 2.0, -102: 1.5, -103: 1.0}
DONE = (4, 5)
OVERLAP_SECONDS = 300


class Connector:
    """Reads one Freshdesk account."""

    KEYS: ClassVar[dict[str, str]] = {
        "url": "https://yourshop.freshdesk.com",
        "kind": "articles or conversations",
        "languages": "language codes beside the primary one",
        "since": "a date: where tickets begin",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("url",)
    SECRETS: ClassVar[tuple[str, ...]] = ("token",)

    def __init__(self, source: Source, client: Client) -> None:
        self.source = source
        self.client = client
        self.base = address_of(source)
        self.kind = setting(source, "kind", default="articles")
        client.authorize(self.base, {"Authorization": basic(secret_of(source, "token"), "X")})

    def probe(self) -> Probe:
        """Ask for the categories or one ticket."""
        path = "/tickets" if self.kind == "conversations" else "/solutions/categories"
        found = self._get(path, {"per_page": 1})
        return Probe(True, f"{self.base} answers: {self.kind}", {"first": len(found)})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Articles whole (there is no list of changes); tickets from the watermark of the last checkpoint."""
        if self.kind == "conversations":
            yield from self._tickets(remembered(since))
            return
        # Where a listing was cut off: a folder of the first level that was read whole. What was moved or is gone
        # since leaves no place to go on from: then everything is read again.
        at = remembered(since).get("at")
        places = list(self._places())
        marks = [[language or "", folder.get("id")] for language, _, folder in places]
        begin = marks.index(at) + 1 if at in marks else 0
        for number, (language, category, folder) in enumerate(places[begin:], begin + 1):
            yield from self._folder(folder, [category, folder], language, f"/{language}" if language else "")
            if number < len(places):
                yield Checkpoint(json.dumps({"at": marks[number - 1]}), part=True)
        yield Checkpoint("", complete=True)

    def _places(self) -> Iterator[tuple[str | None, Thing, Thing]]:
        """Every folder of the first level in every language, with its category."""
        for language in [None, *(self.source.settings.get("languages") or ())]:
            suffix = f"/{language}" if language else ""
            for category in self._all(f"/solutions/categories{suffix}"):
                for folder in self._all(f"/solutions/categories/{category.get('id')}/folders{suffix}"):
                    yield language, category, folder

    def _folder(self, folder: Thing, path: list[Thing], language: str | None, suffix: str) -> Iterator[Item]:
        for thing in self._all(f"/solutions/folders/{folder.get('id')}/articles{suffix}"):
            ref = f"{thing.get('id')}/{language}" if language else thing.get("id")
            yield from converted(ref, self._article, thing, path, language)
        if len(path) <= MAX_FOLDER_DEPTH and folder.get("sub_folders_count"):
            for below in self._all(f"/solutions/folders/{folder.get('id')}/subfolders{suffix}"):
                yield from self._folder(below, [*path, below], language, suffix)

    def _article(self, thing: Thing, path: list[Thing], language: str | None) -> Item:
        number = str(int(thing["id"]))
        visibility: Any = path[-1].get("visibility")
        known = visibility in VISIBILITY
        return ArticleRecord(
            id=f"{number}/{language}" if language else number,
            title=str(thing["title"]),
            body=str(thing.get("description") or ""),
            url=f"{self.base}/support/solutions/articles/{number}",
            locale=fields.locale(language) if language else None,
            translation_of=number if language else None,
            # 1 is a draft, 2 is published; a folder of unknown visibility is nobody's to see.
            published=thing.get("status") == 2 and known,
            created_at=fields.moment(thing.get("created_at")),
            updated_at=fields.moment(thing.get("updated_at")),
            section=" > ".join(str(step.get("name") or "") for step in path),
            labels=tuple(str(tag) for tag in thing.get("tags") or ()),
            owner=str(thing["agent_id"]) if thing.get("agent_id") else None,
            audience=Audience(segments=VISIBILITY[visibility] if known else ()),
            extra={name: thing[name] for name in ("hits", "thumbs_up", "thumbs_down") if name in thing},
        )

    # Tickets ----------------------------------------------------------------------------------------------------

    def _tickets(self, state: dict[str, Any]) -> Iterator[Item]:
        zone = fields.zone_of(self.source.zone)
        mark = str(state.get("updated") or self.source.settings.get("since") or "2000-01-01")
        while True:
            begin = mark
            after = fields.starts(mark, zone).timestamp() - OVERLAP_SECONDS
            start = fields.unix(max(1.0, after))
            assert start is not None
            for page in range(1, LAST_PAGE + 1):
                asked = {
                    "updated_since": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "order_by": "updated_at",
                    "order_type": "asc",
                    "include": "requester,stats",
                    "per_page": PAGE,
                    "page": page,
                }
                things = self._get("/tickets", asked)
                for thing in things:
                    yield from converted(thing.get("id"), self._ticket, thing)
                    mark = max(mark, str(thing.get("updated_at") or ""))
                yield Checkpoint(json.dumps({"updated": mark}))
                if len(things) < PAGE:
                    return
            # The vendor answers no page past 300: the walk begins anew at the newest ticket seen.
            if mark == begin:
                raise SourceUnavailable(f"{self.base}: more than {LAST_PAGE * PAGE} tickets changed at one moment")

    def _ticket(self, thing: Thing) -> Item:
        number = str(int(thing["id"]))
        person = thing.get("requester") or {}
        messages = []
        opening = thing.get("description_text") or thing.get("description")
        if opening:
            messages.append(
                Message(role="customer", text=plain_text(opening), at=fields.starts(thing["created_at"], UTC))
            )
        for part in self._all(f"/tickets/{number}/conversations"):
            if part.get("private") is not False:
                continue
            role = "customer" if part.get("incoming") is True else "agent"
            text = plain_text(part.get("body_text") or part.get("body"))
            messages.append(Message(role=role, text=text, at=fields.starts(part["created_at"], UTC)))
        ratings = self._get(f"/tickets/{number}/satisfaction_ratings", {}) if thing.get("satisfaction_rated") else []
        rating = (ratings[0].get("ratings") or {}).get("default_question") if ratings else None
        stats = thing.get("stats") or {}
        closed = stats.get("closed_at") or stats.get("resolved_at")
        return ConversationRecord(
            Conversation(
                id=number,
                source=self.source.name,
                started_at=fields.starts(thing["created_at"], UTC),
                ended_at=fields.moment(closed),
                messages=tuple(messages),
                channel=str(thing["source"]) if thing.get("source") is not None else None,
                customer_id=str(thing["requester_id"]) if thing.get("requester_id") else None,
                topic=thing.get("type") or next(iter(thing.get("tags") or ()), None),
                handled_by="human" if any(message.role == "agent" for message in messages) else None,
                agent_id=str(thing["responder_id"]) if thing.get("responder_id") else None,
                team=str(thing["group_id"]) if thing.get("group_id") else None,
                resolved=True if thing.get("status") in DONE else None,
                csat=CSAT.get(rating) if isinstance(rating, int) else None,
                extra={"tags": list(thing.get("tags") or ())},
            ),
            customer_name=person.get("name"),
            customer_email=person.get("email"),
        )

    # The API ----------------------------------------------------------------------------------------------------

    def _get(self, path: str, params: Thing) -> list[Thing]:
        answer = self.client.get(f"{self.base}/api/v2{path}", params=params)
        return things_of(answer.json(), f"{self.base}{path}")

    def _all(self, path: str) -> Iterator[Thing]:
        for page in range(1, LAST_PAGE + 1):
            things = self._get(path, {"per_page": PAGE, "page": page})
            yield from things
            if len(things) < PAGE:
                return
        raise SourceUnavailable(f"{self.base}{path}: more than {LAST_PAGE} pages")
