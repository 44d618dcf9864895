"""Webhooks: what is told, how it is signed, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kbaudit.config import Settings, Webhook
from kbaudit.errors import SourceUnavailable
from kbaudit.jobs.notify import deliver, queue
from kbaudit.model.finding import Finding, Impact
from kbaudit.model.life import Transition
from kbaudit.notify.messages import messages, wanted
from kbaudit.notify.signature import sign, verify
from kbaudit.store import open_store, outbox
from kbaudit.store.database import Store

NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)
GAP = Finding(
    rule="GAP401", name="unanswered-cluster", severity="high", subject={"cluster": "c", "label": "gift wrap"},
    key=("c",),
    message="m", documents=(), evidence=(), suggestion="s", score=0.9, impact=Impact(8, 4.0),
)  # fmt: skip
HOOK = Webhook(name="desk", url="https://desk.example/hook", secret="s3cret", kinds=("gap",))


def move(kind: str, finding: Finding = GAP) -> Transition:
    return Transition(fingerprint=finding.fingerprint, kind=kind, to_state="open", at=NOW, by="kbaudit", run=7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "rate", "grown"),
    [
        ({}, 9.0, False),
        ({"x": 4.0}, 4.5, False),
        ({"x": 4.0}, 6.0, True),
        ({"x": 1.0}, 2.0, False),
        ({"x": 10.0}, 12.0, False),
    ],
)
def test_a_gap_has_grown_when_it_rose_by_half_and_by_two(told: dict[str, float], rate: float, grown: bool) -> None:
    known = dict.fromkeys([GAP.fingerprint], told["x"]) if told else {}
    fresh, _ = messages([], {GAP.fingerprint: replace(GAP, impact=Impact(20, rate))}, known)
    assert [message.kind for message in fresh] == (["gap.grown"] if grown else [])


@pytest.mark.parametrize(
    ("kind", "told"),
    [("opened", "gap.opened"), ("reopened", "gap.opened"), ("resolved", "gap.resolved"), ("commented", None)],
)
def test_a_move_is_told_by_its_kind(kind: str, told: str | None) -> None:
    fresh, _ = messages([move(kind)], {GAP.fingerprint: GAP}, {})
    assert [message.kind for message in fresh] == ([told] if told else [])


def test_kinds_are_names_or_prefixes() -> None:
    assert wanted("gap.opened", ["gap"])
    assert wanted("gap.opened", ["gap.opened"])
    assert not wanted("gap.opened", ["gap.grown", "finding"])


def test_a_signature_holds_for_these_bytes_and_five_minutes() -> None:
    header = sign("s", b"body", 1000)
    assert verify("s", b"body", header, 1300)
    assert verify("s", b"body", header, 700)
    for secret, body, now in (("s", b"body", 1301), ("s", b"bodY", 1000), ("t", b"body", 1000)):
        assert not verify(secret, body, header, now)
    for broken in ("", "t=x,v1=y", "v1=abc", "t=1000"):
        assert not verify("s", b"body", broken, 1000)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "s.sqlite3")


def settings(*hooks: Webhook) -> Settings:
    return Settings(webhooks=hooks or (HOOK,))


def test_what_one_audit_tells_is_queued_once(store: Store) -> None:
    for _ in range(2):
        with store.write() as db:
            queue(db, settings(), [move("opened")], {GAP.fingerprint: GAP}, now=NOW)
    with store.read() as db:
        assert len(outbox.due(db, now=NOW)) == 1


def test_a_dead_receiver_keeps_its_messages_and_delays_no_other(store: Store) -> None:
    other = replace(HOOK, name="other")
    taken: list[str] = []

    def send(hook: Webhook, body: bytes, headers: Mapping[str, str]) -> None:
        if hook.name == "desk":
            raise SourceUnavailable("no answer")
        taken.append(hook.name)

    with store.write() as db:
        queue(db, settings(HOOK, other), [move("opened")], {GAP.fingerprint: GAP}, now=NOW)
    assert deliver(store, settings(HOOK, other), lambda: NOW, send) == 1
    assert taken == ["other"]
    with store.read() as db:
        assert outbox.due(db, now=NOW) == ()
        assert len(outbox.due(db, now=NOW + timedelta(minutes=2))) == 1
    moment = NOW
    for _ in range(12):
        moment += timedelta(hours=7)
        deliver(store, settings(HOOK, other), lambda at=moment: at, send)  # type: ignore[misc]
    with store.read() as db:
        assert outbox.due(db, now=moment + timedelta(days=9)) == ()


def test_a_receiver_gets_a_message_that_it_can_verify(store: Store, httpserver: HTTPServer) -> None:
    seen: list[Request] = []

    def take(request: Request) -> Response:
        seen.append(request)
        return Response("ok")

    httpserver.expect_request("/hook", method="POST").respond_with_handler(take)
    hook = replace(HOOK, url=httpserver.url_for("/hook"), allow_private=("127.0.0.1", "localhost"))
    with store.write() as db:
        queue(db, settings(hook), [move("opened")], {GAP.fingerprint: GAP}, now=NOW)
    assert deliver(store, settings(hook), lambda: NOW) == 1
    (request,) = seen
    assert verify("s3cret", request.get_data(), request.headers["Kbaudit-Signature"], int(NOW.timestamp()))
    assert request.get_json()["data"]["subject"]["label"] == "gift wrap"


def test_a_receiver_inside_the_network_is_not_called_unless_named(store: Store, httpserver: HTTPServer) -> None:
    hook = replace(HOOK, url=httpserver.url_for("/hook"))
    with store.write() as db:
        queue(db, settings(hook), [move("opened")], {GAP.fingerprint: GAP}, now=NOW)
    assert deliver(store, settings(hook), lambda: NOW) == 0
    assert httpserver.log == []
