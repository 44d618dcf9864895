"""Intercom as far as kbaudit asks: articles, collections, external pages, snippets, macros, conversations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer, whole

TOKEN = "ic-secret-4711"
JAN, MAR, APR = 1_767_225_600, 1_772_323_200, 1_775_001_600


def content(title: str, body: str, state: str = "published", updated: int = MAR, locale: str = "en") -> dict[str, Any]:
    """One translation as the vendor writes it."""
    return {
        "type": "article_content",
        "title": title,
        "description": "",
        "body": body,
        "author_id": 7,
        "state": state,
        "created_at": JAN,
        "updated_at": updated,
        "url": f"https://help.lantern.example/{locale}/articles/{title.lower()}",
    }


def article(number: str, versions: dict[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One article; the default language's content stands on it too."""
    home = versions["en"]
    return {
        **home,
        "type": "article",
        "id": number,
        "workspace_id": "ws",
        "default_locale": "en",
        "parent_id": 11,
        "parent_ids": [11],
        "parent_type": "collection",
        "translated_content": {"type": "article_translated_content", **versions},
        "help_center_audience": "everyone",
        "has_unpublished_changes": False,
        "ai_chatbot_availability": True,
        **more,
    }


@dataclass
class Intercom:
    """One workspace."""

    size: int = 2
    broken: bool = False

    def __post_init__(self) -> None:
        german = content("Rückgabe", "<p>14 Tage.</p>", updated=APR, locale="de")
        draft = content("Envío", "<p>Borrador.</p>", state="draft", locale="es")
        self.articles = [
            article("1", {"en": content("Returns", "<p>30 days.</p>"), "de": german}, has_unpublished_changes=True),
            article("2", {"en": content("Delivery", "<p>3 days.</p>"), "es": draft}),
            article("3", {"en": content("Plan", "<p>Soon.</p>", state="draft")}),
            article("4", {"en": content("Sale", "<p>In May.</p>", state="draft")}, scheduled_publish_at=1_777_593_600),
            article("5", {"en": content("Staff", "<p>Users only.</p>")}, help_center_audience="all_users"),
        ]
        if self.broken:
            self.articles[1] = {"type": "article", "id": "2", "title": None, "default_locale": 3}
        self.conversations = [self.conversation("901", "assumed_resolution"), self.conversation("902", "escalated")]
        if self.broken:
            self.conversations.append({"type": "conversation", "id": "903", "updated_at": MAR + 903})

    def conversation(self, number: str, state: str) -> dict[str, Any]:
        """One conversation, with an answer by the AI and, where that failed, one by a person."""

        def part(id_: str, kind: str, who: str, body: str, part_type: str = "comment") -> dict[str, Any]:
            return {
                "type": "conversation_part",
                "id": id_,
                "part_type": part_type,
                "body": body,
                "created_at": MAR + int(id_),
                "author": {"type": kind, "id": who, "name": who},
            }

        parts = [part("1", "bot", "fin", "<p>You have 30 days.</p>")]
        if state == "escalated":
            parts += [part("2", "admin", "7", "internal", "note"), part("3", "admin", "7", "<p>Let me look.</p>")]
        source = {
            "content_type": "article",
            "url": "https://app.intercom.example/a/1",
            "title": "Returns",
            "locale": "en",
        }
        return {
            "type": "conversation",
            "id": number,
            "created_at": MAR,
            "updated_at": MAR + int(number),
            "state": "closed",
            "open": False,
            "source": {
                "type": "conversation",
                "id": "s1",
                "delivered_as": "customer_initiated",
                "subject": "",
                "body": "<p>How long can I return?</p>",
                "author": {"type": "user", "id": "u1", "name": "Maren Holt", "email": "maren@customer.example"},
            },
            "conversation_rating": {"rating": 4, "remark": ""},
            "ai_agent_participated": True,
            "ai_agent": {
                "resolution_state": state,
                "last_answer_type": "ai_answer",
                "rating": 4,
                "content_sources": {"type": "content_source.list", "total_count": 1, "content_sources": [source]},
            },
            "statistics": {"type": "conversation_statistics", "handling_time": 60, "last_close_at": MAR + 900},
            "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "t", "name": "returns"}]},
            "conversation_parts": {
                "type": "conversation_part.list",
                "conversation_parts": parts,
                "total_count": len(parts),
            },
        }

    def handle(self, request: Request) -> Reply:
        """Answer as the vendor does."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            error = {"code": "unauthorized", "message": "Access Token Invalid"}
            return answer(
                {"type": "error.list", "request_id": "f93ecfa8-d08a-4325-8694-89aeb89c8f85", "errors": [error]}, 401
            )
        path = request.path
        if request.method != "GET" and path != "/conversations/search":
            return answer({"error": "kbaudit only reads"}, 405)
        if path == "/articles":
            return self._list(request, self.articles)
        if path == "/help_center/collections":
            return self._list(
                request,
                [
                    {
                        "id": "11",
                        "workspace_id": "ws",
                        "name": "Orders",
                        "parent_id": None,
                        "url": None,
                        "created_at": JAN,
                        "updated_at": JAN,
                        "default_locale": "en",
                    }
                ],
            )
        if path == "/macros":
            macro = {
                "type": "macro",
                "id": "1",
                "name": "Refund",
                "body": "<p>Refunded in 5 days.</p>",
                "body_text": "Refunded in 5 days.",
                "visible_to": "everyone",
                "visible_to_team_ids": [],
                "created_at": "2026-03-01T09:00:00.000Z",
                "updated_at": "2026-03-01T09:00:00.000Z",
                "available_on": ["inbox"],
            }
            return self._list(request, [macro, {"type": "macro", "id": "2"}] if self.broken else [macro])
        if path == "/ai/external_pages":
            page = {
                "type": "external_page",
                "id": "5",
                "title": "Blog",
                "html": "<p>Oil lamps.</p>",
                "locale": "en",
                "url": "https://lantern.example/blog",
                "ai_agent_availability": True,
                "source_id": 1,
                "ai_copilot_availability": True,
                "fin_availability": True,
                "external_id": "x",
                "created_at": JAN,
                "updated_at": MAR,
                "last_ingested_at": MAR,
            }
            return self._numbered(request, [page])
        if path == "/content_snippets":
            snippet = {
                "type": "content_snippet",
                "id": "6",
                "title": "Tone",
                "locale": "en",
                "body_markdown": "Be kind.",
                "ai_chatbot_availability": True,
                "created_at": JAN,
                "updated_at": MAR,
            }
            return self._numbered(request, [snippet])
        if path == "/conversations":
            return answer({"type": "conversation.list", "conversations": [], "total_count": len(self.conversations)})
        if path == "/conversations/search" and request.method == "POST":
            return self._search(request)
        for thing in self.conversations:
            if path == f"/conversations/{thing['id']}":
                return answer(thing)
        error = {"code": "not_found", "message": "Resource Not Found"}
        return answer(
            {"type": "error.list", "request_id": "f93ecfa8-d08a-4325-8694-89aeb89c8f85", "errors": [error]}, 404
        )

    def _list(self, request: Request, things: list[dict[str, Any]]) -> Reply:
        start = whole(request.query.get("starting_after"), 0)
        size = max(1, min(whole(request.query.get("per_page"), 20), self.size))
        pages: dict[str, Any] = {
            "type": "pages",
            "page": start // size + 1,
            "per_page": size,
            "total_pages": -(-len(things) // size),
        }
        if start + size < len(things):
            pages["next"] = {"per_page": size, "starting_after": str(start + size)}
        found = things[start : start + size]
        return answer({"type": "list", "data": found, "total_count": len(things), "pages": pages})

    def _numbered(self, request: Request, things: list[dict[str, Any]]) -> Reply:
        page = whole(request.query.get("page"), 1)
        pages = {"type": "pages", "page": page, "per_page": 50, "total_pages": 1, "next": None}
        return answer({"type": "list", "data": things if page == 1 else [], "total_count": len(things), "pages": pages})

    def _search(self, request: Request) -> Reply:
        asked = json.loads(request.body)
        after = asked["query"]["value"]
        found = [thing for thing in self.conversations if thing["updated_at"] > after]
        start = int(asked["pagination"].get("starting_after", "0"))
        pages: dict[str, Any] = {"type": "pages", "page": start + 1, "per_page": 1, "total_pages": len(found)}
        if start + 1 < len(found):
            pages["next"] = {"per_page": 1, "starting_after": str(start + 1)}
        return answer(
            {
                "type": "conversation.list",
                "conversations": found[start : start + 1],
                "total_count": len(found),
                "pages": pages,
            }
        )
