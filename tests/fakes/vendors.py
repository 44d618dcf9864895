"""Pieces that the vendors' stand-ins share."""

from __future__ import annotations

import base64
import json
from typing import Any

from kbaudit.testing.server import Reply, Request


def answer(value: Any, status: int = 200, **headers: str) -> Reply:
    """A JSON answer."""
    found = {"Content-Type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
    return Reply(status, json.dumps(value).encode(), found)


def signed(request: Request, user: str, password: str) -> bool:
    """Whether a request carries these Basic credentials."""
    expected = base64.b64encode(f"{user}:{password}".encode()).decode()
    return request.headers.get("authorization") == f"Basic {expected}"


def numbered(request: Request, things: list[Any], most: int = 100, key: str = "per_page") -> tuple[list[Any], int, int]:
    """One page of a list by number: its things, its number, and how many pages there are."""
    size = min(int(request.query.get(key, "10")), most)
    page = int(request.query.get("page", "1"))
    return things[(page - 1) * size : page * size], page, max(1, -(-len(things) // size))


def whole(text: str | None, default: int) -> int:
    """A number of a query; anything else counts as not given."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else default
