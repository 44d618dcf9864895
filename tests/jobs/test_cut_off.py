"""A crawl that is killed: whoever looks at the sources next, in whatever way, sees that it was cut off."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kbaudit.app import App
from kbaudit.cli.sources import app as command
from kbaudit.config import Settings
from kbaudit.jobs.holder import alive, me, note_dead
from kbaudit.jobs.overview import overview
from kbaudit.jobs.progress import beating
from kbaudit.store import Store, access, open_store, runs
from kbaudit.testing import Reply, serve
from kbaudit.web import create_app
from tests.fakes.site import Site, help_center

ROOT = Path(__file__).parents[2]


@dataclass
class Slow(Site):
    """A site that refuses, then answers ten pages and lets the others wait."""

    refuses: bool = True
    served: int = 0
    wait: threading.Event = field(default_factory=threading.Event)

    def handle(self, request: Any) -> Reply:
        if self.refuses:
            return Reply(401)
        if request.path in self.pages:
            self.served += 1
            if self.served > 10:
                self.wait.wait(60)
        return super().handle(request)


@contextmanager
def killed_crawl(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Slow]]:
    """A source that refused, was read again, and whose reader was killed. Its parent has not looked after it yet."""
    site = Slow(pages=help_center(40, menu=5))
    (folder / "config").mkdir()
    with serve(site.handle) as server:
        site.host = server.url
        (folder / "config" / "sources.toml").write_text(
            f'[site]\nconnector = "sitemap"\nurl = "{server.url}/help/"\nrequests_per_second = 0\n'
            'allow_private = ["127.0.0.1"]\n'
        )
        app = App.open(folder, create=True)
        (first,) = app.sync()
        assert first.state == "refused" and "status 401" in first.message, first
        app.close()
        site.refuses = False
        process = subprocess.Popen(
            [sys.executable, "-m", "kbaudit", "crawl", "--data", str(folder)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            end = time.monotonic() + 60
            while site.served <= 10 and time.monotonic() < end:
                time.sleep(0.01)
            looked = CliRunner().invoke(command, ["status", "--data", str(folder)]).output
            assert "being read" in looked and "401" not in looked, looked
            process.send_signal(signal.SIGKILL)
            yield process, site
        finally:
            site.wait.set()
            process.kill()
            process.wait()


def ended(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process is dead, without looking after it as its parent."""
    end = time.monotonic() + 10
    while "Z" not in Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2][:3] and time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_crawl_that_was_killed_is_cut_off_for_whoever_looks(tmp_path: Path) -> None:
    with killed_crawl(tmp_path) as (process, site):
        ended(process)
        told = CliRunner().invoke(command, ["status", "--data", str(tmp_path)]).output
        assert told.startswith("site (sitemap): cut off, never read whole"), told
        assert "goes on with what was read" in told and "its process ended in the middle" in told
        assert "being read" not in told.lower() and "401" not in told
        (row,) = json.loads(
            CliRunner().invoke(command, ["status", "--data", str(tmp_path), "--output-format", "json"]).stdout
        )
        assert (row["reading"], row["cut_off"]) == (False, True)
        site.wait.set()
        app = App.open(tmp_path)
        try:
            (done,) = app.sync()
            assert done.state == "done" and done.counts["added"] == 40
        finally:
            app.close()
        assert "site (sitemap): ok" in CliRunner().invoke(command, ["status", "--data", str(tmp_path)]).output


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_the_pages_and_programs_see_it_too(tmp_path: Path) -> None:
    with killed_crawl(tmp_path) as (process, _):
        ended(process)
        store = open_store(tmp_path / "kbaudit.sqlite3")
        try:
            with store.write() as db:
                secret = access.create_key(db, "ops", scopes=["read"], sources=[], by="kim", now=datetime.now(UTC))[1]
            client = create_app(store, Settings()).test_client()
            headers = {"Authorization": f"Bearer {secret}"}
            # The first to look finds it, whichever way that is.
            listed = client.get("/api/v1/runs", headers=headers).get_json()["items"]
            assert [(run["state"], run["error"]) for run in listed][:1] == [
                ("interrupted", "its process ended in the middle")
            ]
            (row,) = client.get("/api/v1/sources", headers=headers).get_json()["items"]
            assert row["cut_off"] and not row["reading"] and row["progress"] is None
        finally:
            store.close()


def test_a_run_of_this_process_and_one_elsewhere_are_left_alone(store: Store) -> None:
    now = datetime.now(UTC)
    host, pid, born = me().rsplit("/", 2)
    with store.write() as db:
        holders = {"mine": me(), "elsewhere": "other:1/1/1", "dead": f"{host}/{pid}/{int(born) - 1}"}
        made = {
            name: runs.begin(db, "sync", scope=name, holder=holder, alive=alive, now=now)
            for name, holder in holders.items()
        }
        for name, run in made.items():
            runs.put_source(db, name, connector="jsonl", state="ok", message="", last_run=run)
    found = {item.status.name: item for item in overview(store, Settings(), now)}
    assert {name: (item.reading, item.cut) for name, item in found.items()} == {
        "mine": (True, False),
        "elsewhere": (True, False),
        "dead": (False, True),
    }
    note_dead(store, now + timedelta(minutes=20))
    with store.read() as db:
        # Nobody there has shown a sign of life for too long.
        assert runs.get(db, made["elsewhere"]).state == "interrupted"  # type: ignore[union-attr]


def test_a_step_that_takes_long_is_no_silence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbaudit.jobs.progress.BEAT_SECONDS", 0.05)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with store.write() as db:
        run = runs.begin(db, "sync", scope="slow", holder="other:1/1/1", alive=alive, now=long_ago)
    with beating(store, run, None):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with store.read() as db:
                if runs.get(db, run).heartbeat_at > long_ago:  # type: ignore[union-attr]
                    break
            time.sleep(0.02)
        note_dead(store, datetime.now(UTC))
        with store.read() as db:
            assert runs.get(db, run).state == "running"  # type: ignore[union-attr]
    with store.write() as db:
        runs.finish(db, run, "done", now=long_ago)
    time.sleep(0.2)
    with store.read() as db:
        assert runs.get(db, run).heartbeat_at == long_ago  # type: ignore[union-attr]
