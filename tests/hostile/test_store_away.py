"""U8: another process holds the store in the middle of a crawl."""

from __future__ import annotations

import random
import sqlite3
import threading
import time

import pytest

from kbaudit.app import App
from kbaudit.errors import StoreError
from kbaudit.store import documents, runs
from kbaudit.testing import serve
from tests.fakes.site import Site, help_center


@pytest.mark.parametrize("moments", [2, pytest.param(30, marks=pytest.mark.soak)])
def test_u8_a_store_that_is_locked_in_the_middle_costs_nothing(tmp_path, monkeypatch, moments):
    monkeypatch.setattr("kbaudit.store.database._BUSY_MS", 200)
    monkeypatch.setattr("kbaudit.jobs.sync.WRITE_AGAIN_SECONDS", 0.2)
    chance = random.Random(8)
    site = Site(pages=help_center(120, menu=5))
    (tmp_path / "config").mkdir()
    with serve(site.handle) as server:
        site.host = server.url
        table = f'[site]\nconnector = "sitemap"\nurl = "{server.url}/help/"\nrequests_per_second = 0\n'
        (tmp_path / "config" / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        app = App.open(tmp_path, create=True)
        ended = []
        try:
            for number in range(moments):
                for path in list(site.pages)[:3]:
                    site.pages[path] = site.pages[path].replace("</main>", f"<p>Edition {number}.</p></main>")
                locked = threading.Event()

                def hold(locked: threading.Event = locked, after: int = chance.randrange(1, 60)) -> None:
                    asked = len(server.requests)
                    end = time.monotonic() + 10
                    while len(server.requests) < asked + after and time.monotonic() < end:
                        time.sleep(0.002)
                    other = sqlite3.connect(tmp_path / "kbaudit.sqlite3", isolation_level=None, timeout=5)
                    other.execute("BEGIN IMMEDIATE")
                    locked.set()
                    time.sleep(0.8)
                    other.execute("ROLLBACK")
                    other.close()

                thread = threading.Thread(target=hold)
                thread.start()
                try:
                    ended.append(app.sync()[0].state)
                except StoreError:
                    ended.append("store")
                thread.join()
                (done,) = app.sync()
                assert done.state == "done"
                with app.store.read() as db:
                    found = {document.id: document.text for document in documents.load(db)}
                    items, _ = runs.page(db, limit=5)
                assert len(found) == 120 and f"Edition {number}." in found["help/page-0"]
                assert all(run.state != "running" for run in items)
        finally:
            app.close()
    print(ended)
