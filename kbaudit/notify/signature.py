"""Signed webhooks: `Kbaudit-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, as Stripe does it."""

from __future__ import annotations

import hashlib
import hmac

TOLERANCE = 300


def sign(secret: str, body: bytes, at: int) -> str:
    """The header of a body sent at a moment (unix seconds)."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def verify(secret: str, body: bytes, header: str, now: int) -> bool:
    """Is this the signature of these very bytes, and at most 300 seconds old or early."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    try:
        at = int(parts.get("t", ""))
    except ValueError:
        return False
    expected = sign(secret, body, at).partition("v1=")[2]
    return abs(now - at) <= TOLERANCE and hmac.compare_digest(parts.get("v1", ""), expected)
