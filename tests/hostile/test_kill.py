"""A crawl that is killed at any moment: nothing lost, nothing twice, and the next run goes on where it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors.sitemap.crawl import AHEAD, PAGES_BETWEEN
from kbaudit.app import App
from kbaudit.store import documents, runs
from kbaudit.store.schema import incoming, readings, versions
from kbaudit.testing import serve
from tests.fakes.site import Site, help_center

ROOT = Path(__file__).parents[2]
CRAWL = "import sys; from pathlib import Path; from kbaudit.app import App; App.open(Path(sys.argv[1])).sync()"


@pytest.mark.parametrize("sitemap", [True, False], ids=["sitemap", "links"])
@pytest.mark.parametrize(("kills", "pages"), [(3, 150), pytest.param(20, 1000, marks=pytest.mark.soak)])
def test_kill_9_during_a_crawl(tmp_path, kills, pages, sitemap):
    config = tmp_path / "config"
    config.mkdir()
    chance = random.Random(4711 + kills)
    site = Site(pages=help_center(pages, menu=10), sitemap=sitemap)
    if not sitemap:
        site.pages["/help/start.html"] = site.pages.pop("/help/page-0")
    start = "/help/" if sitemap else "/help/start.html"
    with serve(site.handle) as server:
        site.host = server.url
        table = f'[site]\nconnector = "sitemap"\nurl = "{server.url}{start}"\nrequests_per_second = 0\n'
        (config / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        App.open(tmp_path, create=True).close()
        for _ in range(kills):
            asked = len(server.requests)
            process = subprocess.Popen([sys.executable, "-c", CRAWL, str(tmp_path)], cwd=ROOT)
            wanted = asked + chance.randrange(1, 2 * pages // kills)
            end = time.monotonic() + 60
            while len(server.requests) < wanted and time.monotonic() < end:
                assert process.poll() is None
                time.sleep(0.001)
            time.sleep(chance.random() * 0.03)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        app = App.open(tmp_path)
        (done,) = app.sync()
        fetched = Counter(request.path for request in server.requests if request.path in site.pages)
        with app.store.read() as db:
            found = {document.id: document.text for document in documents.load(db)}
            latest, _ = runs.page(db, limit=kills + 1)
            left = [db.execute(select(func.count()).select_from(table)).scalar() for table in (incoming, readings)]
            editions = set(db.execute(select(versions.c.version)).scalars())
        (again,) = app.sync()
        problems = app.store.problems()
        app.close()
    assert done.state == "done" and problems == []
    # Nothing lost, nothing doubled.
    assert sorted(found) == sorted(path.strip("/") for path in site.pages)
    for id_, text in found.items():
        assert f"This page answers question {id_.removeprefix('help/page-').replace('help/start.html', '0')} " in text
    assert editions == {1} and left == [0, 0]
    assert (again.state, again.touched, again.counts["missing"]) == ("done", 0, 0)
    # Gone on with: a kill costs the pages since the last checkpoint, and those that were under way.
    assert set(fetched) == set(site.pages)
    assert sum(fetched.values()) - pages <= kills * (PAGES_BETWEEN + 1 + AHEAD)
    assert [run.state for run in latest] == ["done"] + ["interrupted"] * kills
    assert latest[0].resumes == latest[1].id and done.counts["resumed"] > 0
    print(f"{kills} kills, {pages} pages: {sum(fetched.values()) - pages} fetched twice")
