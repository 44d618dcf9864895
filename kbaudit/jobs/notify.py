"""Webhooks: queued in the audit's own transaction, delivered afterwards, tried again, given up as dead letters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from kbaudit.config import Settings, Webhook
from kbaudit.errors import KbauditError
from kbaudit.http import Client
from kbaudit.model.finding import Finding
from kbaudit.model.life import Transition
from kbaudit.notify.messages import messages, wanted
from kbaudit.notify.signature import sign
from kbaudit.store import Store, access, findings, outbox

TOLD = "webhooks.told"
SECONDS = 10.0
READ = 64 * 1024


class Sender(Protocol):
    """Posts bytes; raises `KbauditError` where the receiver did not take them."""

    def __call__(self, hook: Webhook, body: bytes, headers: Mapping[str, str]) -> None: ...


def queue(
    db: Connection, settings: Settings, moves: Iterable[Transition], found: Mapping[str, Finding], *, now: datetime
) -> int:
    """Queue what the webhooks want to know of an audit, in its transaction. Returns how many messages."""
    if not settings.webhooks:
        return 0
    told: dict[str, float] = access.get_meta(db, TOLD, {})
    moves = list(moves)
    gone = {m.fingerprint: item.finding for m in moves if (item := findings.get(db, m.fingerprint)) is not None}
    fresh, told_now = messages(moves, {**gone, **found}, told)
    count = 0
    for message in fresh:
        for hook in settings.webhooks:
            if wanted(message.kind, hook.kinds):
                event_id = f"{hook.name}:{message.event_id}"[:64]
                outbox.put(db, message.kind, message.payload, event_id=event_id, now=now, target=hook.name)
                count += 1
    if told_now != told:
        access.set_meta(db, TOLD, told_now)
    return count


def deliver(store: Store, settings: Settings, clock: Callable[[], datetime], send: Sender | None = None) -> int:
    """Send what is due. One receiver that fails delays no other. Returns how many were delivered."""
    post = send or _post
    hooks = {hook.name: hook for hook in settings.webhooks}
    done = 0
    with store.read() as db:
        due = outbox.due(db, now=clock())
    failed: set[str] = set()
    for row in due:
        name = str(row["target"])
        hook = hooks.get(name)
        if name in failed:
            continue
        try:
            if hook is None:
                raise KbauditError(f'there is no webhook "{name}" in config/webhooks.toml any more')
            body = json.dumps(
                {"id": row["event_id"], "kind": row["kind"], "at": row["at"].isoformat(), "data": row["payload"]},
                ensure_ascii=False,
                separators=(",", ":"),
            ).encode()
            headers = {
                "Content-Type": "application/json",
                "Kbaudit-Event-Id": str(row["event_id"]),
                "Kbaudit-Signature": sign(hook.secret, body, int(clock().timestamp())),
            }
            post(hook, body, headers)
        except KbauditError as error:
            failed.add(name)
            with store.write() as db:
                outbox.not_sent(db, int(row["id"]), str(error), now=clock())
        else:
            done += 1
            with store.write() as db:
                outbox.sent(db, int(row["id"]))
    return done


def _post(hook: Webhook, body: bytes, headers: Mapping[str, str]) -> None:
    from urllib.parse import urlsplit

    port = urlsplit(hook.url).port
    client = Client(name=hook.name, allow_private=hook.allow_private, ports=(port,) if port else ())
    try:
        client.post(hook.url, content=body, headers=headers, tries=1, redirects=0, seconds=SECONDS, max_bytes=READ)
    finally:
        client.close()
