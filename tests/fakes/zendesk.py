"""Zendesk as far as kbaudit asks: Guide in two locales, macros, tickets. Stateful: edit `articles`, delete, add."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer, signed, whole

EMAIL, TOKEN = "kb@lantern.example", "zd-secret-4711"
WHEN = "2026-03-01T09:00:00Z"


def article(number: int, title: str, body: str, **more: Any) -> dict[str, Any]:
    """One article as the vendor writes it."""
    locale = more.pop("locale", "en-us")
    return {
        "id": number,
        "url": f"https://lantern.example/api/v2/help_center/{locale}/articles/{number}.json",
        "html_url": f"https://lantern.example/hc/{locale}/articles/{number}",
        "author_id": 7,
        "comments_disabled": True,
        "draft": False,
        "promoted": False,
        "position": 0,
        "vote_sum": 0,
        "vote_count": 0,
        "section_id": 31,
        "created_at": "2025-01-10T08:00:00Z",
        "updated_at": "2026-04-09T08:00:00Z",
        "name": title,
        "title": title,
        "source_locale": "en-us",
        "locale": locale,
        "outdated": False,
        "outdated_locales": [],
        "edited_at": WHEN,
        "user_segment_id": None,
        "permission_group_id": 5,
        "content_tag_ids": [],
        "label_names": [],
        "body": body,
        **more,
    }


@dataclass
class Zendesk:
    """One account. `size` is how many records a page holds at most, whatever is asked."""

    size: int = 2
    broken: bool = False
    articles: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tickets: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.articles = self.articles or {
            "en-us": [
                article(101, "Returns", "<p>Send it back within 30 days.</p>", label_names=["returns"]),
                article(102, "Delivery", "<p>Parcels take 3 days.</p>"),
                article(103, "Trade accounts", "<p>Only for trade.</p>", user_segment_id=900),
                article(104, "Unfinished", "<p>Draft.</p>", draft=True),
                article(105, "Odd", "<p>Odd state.</p>", draft=None)
                if self.broken
                else article(105, "Care", "<p>Wipe.</p>"),
            ],
            "de": [
                article(
                    101, "Rückgabe", "<p>Innerhalb von 14 Tagen.</p>", locale="de", edited_at="2025-05-05T00:00:00Z"
                ),
                article(102, "Lieferung", "<p>Entwurf.</p>", locale="de", draft=True),
            ],
        }
        if self.broken:
            self.articles["en-us"].append({**article(106, "", ""), "title": None, "id": "oops"})
        self.tickets = self.tickets or [
            self.ticket(1, "solved", {"id": 1, "score": "good"}),
            self.ticket(2, "open", {"score": "unoffered"}),
            self.ticket(3, "deleted", {"score": "unoffered"}),
            *([{"id": 4, "status": "open"}] if self.broken else []),
        ]

    @staticmethod
    def ticket(number: int, status: str, rating: dict[str, Any]) -> dict[str, Any]:
        """One ticket as the vendor writes it."""
        return {
            "id": number,
            "status": status,
            "requester_id": 50,
            "assignee_id": 7,
            "group_id": 3,
            "subject": "Lantern",
            "created_at": "2026-02-01T10:00:00Z",
            "updated_at": "2026-02-02T10:00:00Z",
            "tags": ["delivery"],
            "via": {"channel": "email", "source": {}},
            "satisfaction_rating": rating,
        }

    def handle(self, request: Request) -> Reply:
        """Answer as the vendor does."""
        path = request.path.removesuffix(".json")
        if request.method != "GET":
            return answer({"error": "kbaudit only reads"}, 405)
        # The public sees the help center without a token; everything else asks who is there.
        known = signed(request, f"{EMAIL}/token", TOKEN)
        if request.headers.get("authorization") and not known:
            return answer({"error": "Couldn't authenticate you"}, 401)
        if "/help_center/" not in path and not known:
            return answer({"error": "Couldn't authenticate you"}, 401)
        if path == "/api/v2/help_center/locales":
            return answer({"locales": ["en-us", "de"], "default_locale": "en-us"})
        if path == "/api/v2/help_center/user_segments":
            return self._cursor(
                request, "user_segments", [{"id": 900, "name": "Trade", "user_type": "signed_in_users"}]
            )
        parts = path.split("/")
        if path.startswith("/api/v2/help_center/") and len(parts) == 6 and parts[4] in self.articles:
            if parts[5] == "articles":
                found = self.articles[parts[4]]
                if not known:
                    found = [thing for thing in found if not thing["draft"] and thing["user_segment_id"] is None]
                return self._cursor(request, "articles", found)
            if parts[5] == "sections":
                section = {"id": 31, "name": "Orders", "locale": parts[4], "category_id": 21, "parent_section_id": None}
                return self._cursor(request, "sections", [section])
            if parts[5] == "categories":
                return self._cursor(request, "categories", [{"id": 21, "name": "Help", "locale": parts[4]}])
        if path == "/api/v2/macros":
            return self._cursor(request, "macros", self._macros())
        if path == "/api/v2/tickets":
            return self._cursor(request, "tickets", self.tickets)
        if path == "/api/v2/incremental/tickets/cursor":
            return self._tickets(request)
        if path.startswith("/api/v2/tickets/") and path.endswith("/comments"):
            return self._cursor(request, "comments", self._comments(int(parts[4])), users=self._users())
        return answer({"error": "RecordNotFound", "description": "Not found"}, 404)

    def _macros(self) -> list[dict[str, Any]]:
        actions = [{"field": "comment_value_html", "value": "<p>We will refund within 5 days.</p>"}]
        return [
            {"id": 1, "title": "Refund", "active": True, "actions": actions, "created_at": WHEN, "updated_at": WHEN},
            {
                "id": 2,
                "title": "Old",
                "active": False,
                "actions": [{"field": "comment_value", "value": "Bye"}],
            },
            {"id": 3, "title": "Close", "active": True, "actions": [{"field": "status", "value": "solved"}]},
            *([{"id": 4, "title": "Torn", "active": True, "actions": None}] if self.broken else []),
        ]

    def _users(self) -> list[dict[str, Any]]:
        return [
            {"id": 50, "name": "Maren Holt", "email": "maren@customer.example", "role": "end-user", "locale": "en-GB"},
            {"id": 7, "name": "Ines", "email": "ines@lantern.example", "role": "agent", "locale": "en-US"},
        ]

    def _comments(self, number: int) -> list[dict[str, Any]]:
        def comment(id_: int, author: int, body: str, public: bool = True) -> dict[str, Any]:
            at = f"2026-02-01T10:0{id_}:00Z"
            return {
                "id": id_,
                "author_id": author,
                "body": body,
                "plain_body": body,
                "public": public,
                "created_at": at,
                "via": {"channel": "email", "source": {}},
            }

        return [
            comment(1, 50, f"Where is parcel {number}?"),
            comment(2, 7, "customer is upset", public=False),
            comment(3, 7, "On its way."),
        ]

    def _tickets(self, request: Request) -> Reply:
        cursor = request.query.get("cursor")
        try:
            start = whole(base64.b64decode(cursor or "").decode("ascii"), 0)
        except ValueError:
            start = 0
        if not cursor and not request.query.get("start_time"):
            return answer({"error": "InvalidValue", "description": "start_time is required"}, 400)
        found = self.tickets[start : start + self.size]
        after = start + len(found)
        metrics = [{"ticket_id": t["id"], "reopens": 0, "solved_at": "2026-02-02T10:00:00Z"} for t in found]
        return answer(
            {
                "tickets": found,
                "users": self._users(),
                "groups": [{"id": 3, "name": "Parcels"}],
                "metric_sets": metrics,
                "after_cursor": base64.b64encode(str(after).encode()).decode(),
                "after_url": "https://lantern.example/next",
                "before_cursor": None,
                "before_url": None,
                "end_of_stream": after >= len(self.tickets),
            }
        )

    def _cursor(self, request: Request, key: str, things: list[dict[str, Any]], **more: Any) -> Reply:
        size = max(1, min(whole(request.query.get("page[size]"), 30), self.size))
        start = whole(request.query.get("page[after]"), 0)
        found = things[start : start + size]
        more_to_come = start + size < len(things)
        meta = {"has_more": more_to_come, "after_cursor": str(start + size), "before_cursor": str(start)}
        return answer({key: found, "meta": meta, "links": {"next": None, "prev": None}, "count": len(things), **more})
