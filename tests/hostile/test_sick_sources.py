"""One sick source never delays another: what hangs, what asks for pauses, what breaks, beside what is well."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest

from kbaudit.app import App
from kbaudit.http import pace
from kbaudit.jobs.applying import Synced
from kbaudit.jobs.readers import Readers
from kbaudit.store import documents, runs
from kbaudit.testing import Reply, serve
from tests.fakes.site import Site, help_center

PAGES = 40


@pytest.fixture
def shop(tmp_path):
    """A data folder with a healthy site and three sick ones; and what lets the hanging one go."""
    pace.forget()
    release = threading.Event()
    site = Site(pages=help_center(PAGES, menu=5))

    def hangs(request):
        release.wait(60)
        return Reply(200, b"too late")

    sick = {
        "hangs": hangs,
        "pauses": lambda request: Reply(429, b"", {"Retry-After": "20"}),
        "breaks": lambda request: Reply(500),
    }
    with ExitStack() as stack:
        (tmp_path / "config").mkdir()
        tables = []
        for name, handler in (("a-hangs", sick["hangs"]), ("b-pauses", sick["pauses"]), ("c-breaks", sick["breaks"])):
            tables.append((name, stack.enter_context(serve(handler))))
        server = stack.enter_context(serve(site.handle))
        site.host = server.url
        tables.append(("well", server))
        text = "".join(
            f'[{name}]\nconnector = "sitemap"\nurl = "{place.url}/help/"\nrequests_per_second = 0\n'
            'allow_private = ["127.0.0.1"]\n'
            for name, place in tables
        )
        (tmp_path / "config" / "sources.toml").write_text(text)
        app = App.open(tmp_path, create=True)
        yield app
        release.set()
        app.close()
    pace.forget()


def test_a_healthy_source_is_read_at_its_own_speed_beside_sick_ones(shop):
    alone, start = {}, time.monotonic()
    (alone["well"],) = shop.sync(["well"])
    alone_seconds = time.monotonic() - start
    assert alone["well"].state == "done" and alone["well"].counts["added"] == PAGES
    ended: dict[str, tuple[float, Synced]] = {}
    readers, start = Readers(shop.read_source), time.monotonic()
    for source in shop.settings.sources:
        readers.start(source.name, "test", lambda done: ended.update({done.source: (time.monotonic() - start, done)}))
    assert readers.wait(["well"], seconds=30)
    took, well = ended["well"]
    assert well.state == "done" and well.touched == 0
    # Nothing changed, so it costs less than the first time; the sick ones are still at it.
    assert took < alone_seconds + 2.0
    assert {"a-hangs", "b-pauses"} <= readers.busy()
    start = time.monotonic()
    readers.stop()
    assert time.monotonic() - start < 12
    with shop.store.read() as db:
        assert len(list(documents.load(db))) == PAGES
        assert runs.source_status(db, "well").state == "ok"


def test_what_takes_too_long_is_stopped_and_the_others_are_told_as_they_are(shop):
    start = time.monotonic()
    done = {item.source: item.state for item in shop.sync(seconds=8)}
    assert time.monotonic() - start < 25
    assert (
        done["well"] == "done" and done["b-pauses"] == "interrupted" and done["c-breaks"] in ("failed", "interrupted")
    )
    assert done["a-hangs"] in ("interrupted", "failed")
