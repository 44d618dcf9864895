"""K5 for a crawl: the disk is full in the middle of it, and has room again later."""

from __future__ import annotations

import random
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from kbaudit.app import App
from kbaudit.errors import StoreError
from kbaudit.store import documents, runs
from kbaudit.testing import serve
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
