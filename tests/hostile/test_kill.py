"""A crawl that is killed at any moment: nothing lost, nothing twice, and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kbaudit.app import App
from kbaudit.store import documents
from kbaudit.testing import serve
from tests.fakes.site import Site, help_center

ROOT = Path(__file__).parents[2]
CRAWL = "import sys; from pathlib import Path; from kbaudit.app import App; App.open(Path(sys.argv[1])).sync()"


@pytest.mark.parametrize(("kills", "pages"), [(2, 120), pytest.param(20, 1000, marks=pytest.mark.soak)])
def test_kill_9_during_a_crawl(tmp_path, kills, pages):
    config = tmp_path / "config"
    config.mkdir()
    chance = random.Random(4711)
    site = Site(pages=help_center(pages, menu=10))
    with serve(site.handle) as server:
        site.host = server.url
        table = f'[site]\nconnector = "sitemap"\nurl = "{server.url}/help/"\nrequests_per_second = 0\n'
        (config / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        App.open(tmp_path, create=True).close()
        for _ in range(kills):
            asked = len(server.requests)
            process = subprocess.Popen([sys.executable, "-c", CRAWL, str(tmp_path)], cwd=ROOT)
            wanted = asked + chance.randrange(1, pages)
            end = time.monotonic() + 60
            while len(server.requests) < wanted and process.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        app = App.open(tmp_path)
        (done,) = app.sync()
        with app.store.read() as db:
            found = [document.id for document in documents.load(db)]
        app.close()
    assert done.state == "done"
    assert sorted(found) == sorted(path.strip("/") for path in site.pages)
