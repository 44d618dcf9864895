"""Freshdesk as far as kbaudit asks, after a third party's description of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer, numbered, signed

TOKEN = "fd-secret-4711"


def article(number: int, title: str, status: int, **more: Any) -> dict[str, Any]:
    """One article as the vendor writes it."""
    return {
        "id": number,
        "title": title,
        "description": f"<p>{title} text.</p>",
        "status": status,
        "agent_id": 7,
        "type": 1,
        "tags": [],
        "created_at": "2025-01-01T00:00:00Z",
        "updated_at": "2026-03-01T00:00:00Z",
        "hits": 9,
        **more,
    }


@dataclass
class Freshdesk:
    """One account. Tickets are served oldest change first; `odd`: one folder is in a state that nobody documented."""

    broken: bool = False
    count: int = 3
    odd: bool = True

    def __post_init__(self) -> None:
        self.folders = {
            1: [
                {"id": 10, "name": "Orders", "visibility": 1, "sub_folders_count": 1},
                {"id": 11, "name": "Inside", "visibility": 3, "sub_folders_count": 0},
                {"id": 12, "name": "Odd", "visibility": 99 if self.odd else 4, "sub_folders_count": 0},
            ]
        }
        self.articles = {
            10: [article(100, "Returns", 2), article(101, "Draft", 1)],
            11: [article(102, "Escalation", 2)],
            12: [article(103, "Unknown", 2)],
            13: [article(104, "Deep", 2)],
        }
        if self.broken:
            self.articles[10].append({"id": None, "title": None})

    def handle(self, request: Request) -> Reply:
        """Answer as the vendor does."""
        if not signed(request, TOKEN, "X"):
            return answer({"code": "invalid_credentials", "message": "You have to be logged in"}, 401)
        path = request.path.removeprefix("/api/v2")
        parts = path.strip("/").split("/")
        german = parts[-1] == "de"
        parts = parts[:-1] if german else parts
        if parts == ["solutions", "categories"]:
            return self._page(request, [{"id": 1, "name": "Help"}])
        if parts[:2] == ["solutions", "categories"] and parts[-1] == "folders":
            return self._page(request, self.folders[int(parts[2])])
        if parts[-1] == "subfolders":
            return self._page(request, [{"id": 13, "name": "Post", "visibility": 1, "sub_folders_count": 0}])
        if parts[:2] == ["solutions", "folders"] and parts[-1] == "articles":
            found = self.articles[int(parts[2])]
            return self._page(
                request, [article(100, "Rückgabe", 2)] if german and parts[2] == "10" else [] if german else found
            )
        if parts == ["tickets"]:
            since = request.query.get("updated_since", "")
            found = [ticket for number in range(self.count) if (ticket := self.ticket(number))["updated_at"] >= since]
            if self.broken:
                found.append({"id": "torn", "updated_at": "2026-02-28T00:00:00Z"})
            if int(request.query.get("page", "1")) > 300:
                return answer({"description": "Validation failed"}, 400)
            return self._page(request, found)
        if parts[0] == "tickets" and parts[-1] == "conversations":
            at = "2026-02-01T11:00:00Z"
            reply = {"id": 1, "incoming": False, "private": False, "body_text": "It is coming.", "created_at": at}
            return self._page(request, [reply, {**reply, "id": 2, "private": True, "body_text": "angry"}])
        if parts[0] == "tickets" and parts[-1] == "satisfaction_ratings":
            return answer([{"ratings": {"default_question": 103}}])
        return answer({"code": "not_found"}, 404)

    @staticmethod
    def ticket(number: int) -> dict[str, Any]:
        """One ticket as the vendor writes it."""
        changed = f"2026-02-{number // 3600 % 28 + 1:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00Z"
        return {
            "id": number,
            "status": 4,
            "requester_id": 5,
            "requester": {"name": "Maren", "email": "m@customer.example"},
            "description_text": "Where is it?",
            "created_at": "2026-02-01T10:00:00Z",
            "updated_at": changed,
            "source": 1,
            "responder_id": 7,
            "satisfaction_rated": number == 0,
            "stats": {"closed_at": "2026-02-03T10:00:00Z"},
        }

    def _page(self, request: Request, things: list[Any]) -> Reply:
        found, _, _ = numbered(request, things)
        return answer(found)
