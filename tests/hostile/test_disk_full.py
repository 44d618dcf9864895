"""K5 for a crawl: the disk is full in the middle of it, and has room again later."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from kbaudit.app import App
from kbaudit.errors import DiskFull, StoreError
from kbaudit.jobs.overview import overview
from kbaudit.jobs.room import MIB
from kbaudit.store import access, documents, runs
from kbaudit.testing import serve
from kbaudit.web import create_app
from tests.fakes.site import Site, help_center

PAGES = 120


@pytest.fixture
def crawl(tmp_path, monkeypatch):
    """A function that opens a data folder in `place` over a site, and the site."""
    monkeypatch.setattr("kbaudit.jobs.sync.WRITE_AGAIN_SECONDS", 0.01)
    site = Site(pages=help_center(PAGES, menu=5))
    apps = []
    with serve(site.handle) as server:
        site.host = server.url

        def opened(place):
            (place / "config").mkdir()
            (place / "config" / "sources.toml").write_text(
                f'[site]\nconnector = "sitemap"\nurl = "{server.url}/help/"\nrequests_per_second = 0\n'
                'allow_private = ["127.0.0.1"]\n'
            )
            apps.append(App.open(place, create=True))
            return apps[-1]

        yield site, opened
        for app in apps:
            app.close()


def edit(site, number):
    # Fewer than the guard would hold back.
    for path in list(site.pages)[: PAGES // 4]:
        site.pages[path] = site.pages[path].replace("</main>", f"<p>Edition {number}. {'Wick. ' * 40}</p></main>")


def texts(app):
    with app.store.read() as db:
        return {document.id: document.text for document in documents.load(db)}


@contextmanager
def no_room(app, pages):
    """SQLite's own limit: after so many more pages every growth of the file fails as on a full disk."""
    engine = app.store.engine
    with engine.connect() as connection:
        free = connection.exec_driver_sql("PRAGMA freelist_count").scalar()
        size = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit = max(1, size - free) + pages

    def narrow(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count={limit}")

    def widen(connection):
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")

    event.listen(engine, "begin", narrow)
    try:
        yield
    finally:
        event.remove(engine, "begin", narrow)
        event.listen(engine, "begin", widen)


@pytest.mark.parametrize("moments", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_k5_a_full_disk_in_the_middle_of_a_crawl_costs_nothing(tmp_path, crawl, moments):
    site, opened = crawl
    app = opened(tmp_path)
    assert app.sync()[0].state == "done"
    chance = random.Random(5)
    ended = []
    for number in range(moments):
        before = texts(app)
        edit(site, number)
        with no_room(app, chance.randrange(0, 60)):
            try:
                ended.append(app.sync()[0].state)
            except StoreError as problem:
                assert "disk is full" in str(problem)
                ended.append("full")
            # Reading goes on, and shows the articles as they were before or as they are after.
            now = texts(app)
            changed = sum(now[id_] != before[id_] for id_ in before)
            assert now.keys() == before.keys() and changed == (PAGES // 4 if ended[-1] == "done" else 0)
        assert not app.store.problems()
        (done,) = app.sync()
        assert done.state == "done", done
        found = texts(app)
        assert len(found) == PAGES and sum(f"Edition {number}." in text for text in found.values()) == PAGES // 4
        with app.store.read() as db:
            assert all(run.state != "running" for run in runs.page(db, limit=5)[0])
    assert "full" in ended, ended


def test_k5_no_run_begins_where_room_is_short_and_the_next_one_goes_on(tmp_path, crawl, monkeypatch):
    _, opened = crawl
    app = opened(tmp_path)
    free = {"bytes": 499 * MIB}
    monkeypatch.setattr("kbaudit.jobs.room.room", lambda place: (free["bytes"], 10**12))
    (short,) = app.sync()
    assert short.state == "failed" and "499 MiB free, a run wants 500 MiB" in short.message
    for job in (app.audit, app.reindex):
        with pytest.raises(DiskFull, match="Nothing was begun"):
            job()
    client = create_app(app.store, app.settings).test_client()
    assert client.get("/readyz").status_code == 503 and client.get("/healthz").status_code == 200
    with app.store.read() as db:
        assert runs.page(db)[0] == ()
    (told,) = overview(app.store, app.settings, datetime.now(UTC))
    assert told.hint.startswith("Make room") and told.status.state == "failed"
    free["bytes"] = 500 * MIB
    assert app.sync()[0].state == "done" and client.get("/readyz").status_code == 200


def test_k5_a_full_disk_answers_readers_and_tells_writers(tmp_path, crawl):
    _, opened = crawl
    app = opened(tmp_path)
    app.sync()
    now = datetime.now(UTC)
    with app.store.write() as db:
        scopes = ["read", "write", "ingest"]
        secret = access.create_key(db, "ops", scopes=scopes, sources=[], by="kim", now=now)[1]
    client = create_app(app.store, app.settings, ingest=app.ingest).test_client()
    headers = {"Authorization": f"Bearer {secret}"}
    with no_room(app, 0):
        for path in ("/api/v1/articles", "/api/v1/findings", "/api/v1/sources", "/api/v1/runs"):
            assert client.get(path, headers=headers).status_code == 200, path
        talk = {"started_at": now.isoformat(), "messages": [{"role": "customer", "text": "Where is my lamp? " * 5000}]}
        for number in range(60):
            full = client.post("/api/v1/conversations", json={"id": f"c{number}", **talk}, headers=headers)
            if full.status_code != 202:
                break
    assert full.status_code == 507
    assert full.content_type == "application/problem+json" and "nothing was written" in full.get_json()["detail"]
    assert not app.store.problems()
    assert client.post("/api/v1/runs", json={"job": "sync", "scope": "site"}, headers=headers).status_code == 202
