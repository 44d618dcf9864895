"""Keys, scopes, ETags and repeated requests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, abort, g, request

from kbaudit.store import access
from kbaudit.store.access import Key
from kbaudit.web.api.problems import problem
from kbaudit.web.context import context, now

View = TypeVar("View", bound=Callable[..., Any])
TRIES = 10
WINDOW = timedelta(minutes=1)


def authenticate() -> Response | None:
    """401 without a good key, 429 after ten bad ones in a minute from one address."""
    address = request.remote_addr or "?"
    header = request.headers.get("Authorization", "")
    scheme, _, text = header.partition(" ")
    moment = now()
    with context().store.read() as db:
        key = access.key_of(db, text.strip(), now=moment) if scheme.lower() == "bearer" else None
        tries = 0 if key else access.failures(db, "key", address, since=moment - WINDOW)
    if key is None:
        if tries >= TRIES:
            answer = problem(429, detail="Too many bad keys from this address. Wait a minute.")
            answer.headers["Retry-After"] = "60"
            return answer
        if text:
            with context().store.write() as db:
                access.failed(db, "key", address, now=moment)
        answer = problem(401, "No good key", "Send `Authorization: Bearer kba_…` with a key that is in force.")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="kbaudit"'
        return answer
    g.key = key
    if key.used_at is None or moment - key.used_at > timedelta(minutes=1):
        with context().store.write() as db:
            access.use_key(db, key.id, now=moment)
    return None


def key() -> Key:
    """The key of the request."""
    found: Key = g.key
    return found


def actor() -> str:
    """Who acts, as histories show it."""
    return f"key {key().name}"


def scope(name: str) -> Callable[[View], View]:
    """Only keys that may do this."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if name not in key().scopes and "admin" not in key().scopes:
                return problem(403, "Not with this key", f"This needs the scope {name}.")
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def may_see(source: str) -> bool:
    """A key may be bound to some sources."""
    return not key().sources or source in key().sources


def must_see(sources: set[str]) -> None:
    """404 for what belongs to other sources: a key never learns that it exists."""
    if key().sources and not sources & set(key().sources):
        abort(404, "There is no such thing.")


def reply(body: Mapping[str, Any], status: int = 200) -> Response:
    """JSON with an ETag; 304 if the caller has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    answer = Response(text, status=status, mimetype="application/json")
    if request.method == "GET":
        answer.set_etag(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32])
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.make_conditional(request)
    return answer


def once(idempotency_key: str | None, work: Callable[[], tuple[dict[str, Any], int]]) -> Response:
    """Do the work, or give the first answer again. 409 while it is at work, 422 for another body under the same key."""
    if not idempotency_key:
        return reply(*work())
    owner = key().id
    digest = hashlib.sha256(request.get_data()).hexdigest()
    store = context().store
    with store.write() as db:
        known = access.claim_request(db, idempotency_key, owner=owner, request_hash=digest, now=now())
    if known.state == "busy":
        return problem(409, "Still at work", "A request with this Idempotency-Key is being answered. Try again soon.")
    if known.state == "other":
        return problem(422, "Another body", "This Idempotency-Key was used with another body. Take a new key.")
    if known.state == "done":
        answer = Response(known.body or "", status=known.status or 200, mimetype="application/json")
        answer.headers["Idempotency-Replayed"] = "true"
        return answer
    body, status = work()
    with store.write() as db:
        access.answer_request(db, idempotency_key, owner=owner, status=status, body=json.dumps(body))
    return reply(body, status)
