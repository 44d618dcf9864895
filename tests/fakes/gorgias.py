"""Gorgias as far as kbaudit asks, after a third party's description of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer, signed

EMAIL, TOKEN = "kb@lantern.example", "gg-secret-4711"


@dataclass
class Gorgias:
    """One account. Its allowance is a leaky bucket; with `full` it says that the bucket is full."""

    broken: bool = False
    full: bool = False

    def handle(self, request: Request) -> Reply:
        """Answer as the vendor does."""
        if not signed(request, EMAIL, TOKEN):
            return answer({"error": {"msg": "Authorization required"}}, 401)
        parts = request.path.strip("/").split("/")
        if parts == ["api", "macros"]:
            return self._list(request, self._macros())
        if parts == ["api", "satisfaction-surveys"]:
            return self._list(request, [{"id": 1, "ticket_id": 2, "score": 5}])
        if parts == ["api", "tickets"]:
            tickets = [self.ticket(number) for number in (3, 2, 1)]
            return self._list(request, [*tickets, {"id": "x"}] if self.broken else tickets)
        if parts[:2] == ["api", "tickets"] and parts[-1] == "messages":
            return self._list(request, self._messages(int(parts[2])))
        return answer({"error": {"msg": "Not found"}}, 404)

    def _macros(self) -> list[dict[str, Any]]:
        arguments = {"body_html": "<p>Refund in 5 days.</p>", "body_text": "Refund in 5 days."}
        base = {"actions": [{"name": "setResponseText", "arguments": arguments}], "language": "en"}
        return [
            {"id": 1, "name": "Refund", "archived_datetime": None, **base},
            {"id": 2, "name": "Old", "archived_datetime": "2025-01-01T00:00:00", **base},
            {"id": 3, "name": "Tag", "actions": [{"name": "addTags", "arguments": {"tags": "vip"}}]},
            *([{"id": 4, "name": "Torn", "actions": None}] if self.broken else []),
        ]

    @staticmethod
    def ticket(number: int) -> dict[str, Any]:
        """One ticket as the vendor writes it."""
        return {
            "id": number,
            "status": "closed",
            "channel": "email",
            "language": "en",
            "created_datetime": "2026-02-01T10:00:00+00:00",
            "updated_datetime": f"2026-02-0{number}T12:00:00+00:00",
            "customer": {"id": 5, "name": "Maren", "email": "m@customer.example"},
            "tags": [{"name": "returns"}],
            "assignee_user": {"id": 7},
        }

    def _messages(self, number: int) -> list[dict[str, Any]]:
        def message(minute: int, agent: bool, text: str, email: str, public: bool = True) -> dict[str, Any]:
            return {
                "id": number * 10 + minute,
                "from_agent": agent,
                "public": public,
                "stripped_text": text,
                "sender": {"email": email},
                "created_datetime": f"2026-02-01T10:0{minute}:00+00:00",
            }

        return [
            message(3, True, "Here you go.", "ines@lantern.example"),
            message(1, False, "How do I return?", "m@customer.example"),
            message(2, True, "Within 30 days.", "bot@lantern.example"),
            message(4, True, "note", "ines@lantern.example", public=False),
        ]

    def _list(self, request: Request, things: list[dict[str, Any]]) -> Reply:
        start = int(request.query.get("cursor", "0"))
        following = str(start + 2) if start + 2 < len(things) else None
        meta = {"next_cursor": following, "prev_cursor": None, "total_resources": None}
        limits = {"X_Gorgias_Account_Api_Call_Limit": "40/40"} if self.full else {}
        return answer({"data": things[start : start + 2], "object": "list", "meta": meta}, **limits)
