"""The page of the sources: how each one is in plain words, what comes next, pause, resume, and the live progress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kbaudit.store import access, runs
from kbaudit.store.database import Store
from tests.web.conftest import CHROMIUM

NOW = datetime.now(UTC)


def begun(store: Store, name: str, connector: str, **values: Any) -> int:
    """A source with a run that is at work."""
    with store.write() as db:
        run = runs.begin(db, "sync", scope=name, holder="elsewhere/1/1", alive=lambda _: True, now=NOW)
        defaults = {"state": "ok", "message": "", "tried_at": NOW, "last_run": run}
        runs.put_source(db, name, connector=connector, **(defaults | values))
    return run


@pytest.fixture
def sources(store: Store) -> Iterator[dict[str, int]]:
    """One source of every kind of trouble."""
    found = {
        "desk": begun(store, "desk", "zendesk", synced_at=NOW - timedelta(hours=3)),
        "down": begun(store, "down", "sitemap", state="failed", message="http://a.example/: status 503"),
        "key": begun(store, "key", "intercom", state="refused", message="http://b.example/: refused with status 401"),
        "live": begun(store, "live", "sitemap", state="incomplete"),
        "gone": begun(store, "gone", "jsonl", state="held", message="Held"),
    }
    problems = [{"ref": "a7", "reason": "no title", "file": None, "line": None}]
    with store.write() as db:
        for name, run in found.items():
            counts = {"read": 40, "skipped": 1, "changed": 2}
            if name != "live":
                runs.finish(db, run, "done", now=NOW, counts=counts, problems=problems if name == "desk" else ())
        runs.go_on(db, found["live"], found["down"])
        runs.beat(db, found["live"], now=NOW, done=30, total=120, label="reading live")
        missing = [{"kind": "article", "id": f"g{n}", "title": f"Lamp {n}", "url": None} for n in range(6)]
        runs.put_hold(
            db,
            source="gone",
            run=found["gone"],
            reason="6 of 20 are missing (30%, the guard allows 10%)",
            present=20,
            missing=missing,
            checkpoint=None,
            now=NOW,
        )
    yield found


def test_every_source_says_how_it_is_in_plain_words(client: FlaskClient, sources: dict[str, int]) -> None:
    text = client.get("/sources").get_data(as_text=True)
    for said in (
        "Read whole.",
        "1 skipped, with reasons",
        "a7: no title",
        "40 items read, 2 changed, 1 skipped",
        "status 503. The system behind it is down or slow.",
        "Check that the key or password is still valid",
        "30 of about 120",
        "gone: 6 of 20 would be deleted",
        "Lamp 0",
        "and 3 more",
        "kbaudit is up to 5 h behind it",
        "an assistant may have learned what kbaudit has not read",
        "every 6 hours",
    ):
        assert said in text, said
    assert f'going on with <a href="/runs/{sources["down"]}">' in text
    assert text.count('hx-trigger="every 2s"') == 1


def test_a_source_is_paused_with_a_reason_and_resumed(
    client: FlaskClient, store: Store, sources: dict[str, int]
) -> None:
    assert "a pause needs a reason" in client.post("/sources/desk/pause", follow_redirects=True).get_data(as_text=True)
    done = client.post("/sources/desk/pause", data={"why": "we move <b>help desks</b>"}, follow_redirects=True)
    text = done.get_data(as_text=True)
    assert "we move &lt;b&gt;help desks" in text and "not while it is paused" in text
    with store.read() as db:
        status = runs.source_status(db, "desk")
    assert status is not None and (status.paused_by, status.state) == ("kim", "ok")
    assert "paused already" in client.post(
        "/sources/desk/pause", data={"why": "again"}, follow_redirects=True
    ).get_data(as_text=True)
    assert "Resumed" in client.post("/sources/desk/resume", follow_redirects=True).get_data(as_text=True)
    assert "no source" in client.post("/sources/nope/resume", follow_redirects=True).get_data(as_text=True)
    assert client.post("/sources/desk/delete").status_code == 404


def test_a_program_sees_pauses_and_resumes_sources_too(
    client: FlaskClient, store: Store, sources: dict[str, int]
) -> None:
    with store.write() as db:
        secret = access.create_key(db, "ops", scopes=["read", "write"], sources=[], by="kim", now=NOW)[1]
        bound = access.create_key(db, "bound", scopes=["read", "write"], sources=["desk"], by="kim", now=NOW)[1]
    headers = {"Authorization": f"Bearer {secret}"}
    rows = {row["name"]: row for row in client.get("/api/v1/sources", headers=headers).get_json()["items"]}
    assert rows["live"]["progress"]["done"] == 30 and rows["gone"]["held"] and rows["down"]["hint"]
    answer = client.post("/api/v1/sources/desk/pause", json={"why": "moving"}, headers=headers)
    assert answer.status_code == 200 and answer.get_json()["paused"]["why"] == "moving"
    assert answer.get_json()["next_at"] is None
    assert client.post("/api/v1/sources/desk/resume", json={}, headers=headers).get_json()["paused"] is None
    assert client.post("/api/v1/sources/nope/pause", json={"why": "x"}, headers=headers).status_code == 404
    headers = {"Authorization": f"Bearer {bound}"}
    assert [row["name"] for row in client.get("/api/v1/sources", headers=headers).get_json()["items"]] == ["desk"]
    assert client.post("/api/v1/sources/down/pause", json={"why": "x"}, headers=headers).status_code == 404


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium: install Debian's package chromium")
def test_by_keyboard_on_a_phone_with_the_progress_alive(page: Any, store: Store, sources: dict[str, int]) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/sources")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    card = page.locator("article", has=page.get_by_role("heading", name="desk"))
    card.locator("summary", has_text="Pause").press("Enter")
    card.get_by_label("Why? The schedule leaves desk out").fill("we move")
    # What is typed outlives the progress that is renewed beside it.
    live = page.locator("article", has=page.get_by_role("heading", name="live"))
    with store.write() as db:
        runs.beat(db, sources["live"], now=NOW, done=77, total=120, label="reading live")
    expect(live.get_by_label("Being read:")).to_have_attribute("value", "77", timeout=10_000)
    with store.write() as db:
        runs.finish(db, sources["live"], "done", now=NOW, counts={"read": 120})
        runs.put_source(db, "live", state="ok")
    expect(live).to_contain_text("120 items read", timeout=10_000)
    expect(card.locator("input[name=why]")).to_have_value("we move")
    card.locator("input[name=why]").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Paused")
    card.get_by_role("button", name="Resume").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Resumed")
