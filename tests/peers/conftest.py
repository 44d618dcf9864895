"""Starting and stopping real programs on loopback, each skipped with a reason where it is missing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbaudit.connector import Source
from kbaudit.http import Client, pace

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KBAUDIT_SHARED") or ROOT.parent / "shared")
PEERS = Path(os.environ.get("KBAUDIT_PEERS") or Path(os.environ.get("TMPDIR", "/tmp")) / "kbaudit-peers")


def need(*programs: str) -> None:
    """Skip unless every program is on the path."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def need_path(path: Path, what: str) -> Path:
    """Skip unless a file or folder is there."""
    if not path.exists():
        pytest.skip(f"{what} is missing: {path}")
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def copied(source: Path, target: Path, exchanged: dict[str, int]) -> None:
    """Copy a small text file of the set-up, with the ports that stand in it exchanged."""
    text = source.read_text("utf-8")
    for word, port in exchanged.items():
        assert word in text, f"{source} does not name {word}"
        text = text.replace(word, str(port))
    target.write_text(text, "utf-8")


@contextmanager
def running(command: list[str], url: str, seconds: float = 60, **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program while the block runs, from the moment on that it answers at `url`."""
    # In a session of its own: PHP's server leaves its workers behind when only the parent is ended.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    process = subprocess.Popen(command, **quiet, **more)  # type: ignore[call-overload]
    try:
        end = time.monotonic() + seconds
        while True:
            if process.poll() is not None:
                pytest.skip(f"{command[0]} did not start (status {process.returncode})")
            try:
                urllib.request.urlopen(url, timeout=2).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if time.monotonic() > end:
                    pytest.skip(f"{command[0]} did not answer within {seconds:.0f} s")
                time.sleep(0.1)
        yield process
    finally:
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, how)
                process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def connect(connector: type, url: str, **settings: object):
    """A connector for a program at `url`."""
    pace.forget()
    values = {"url": url, "allow_private": ["127.0.0.1"], "requests_per_second": 0, **settings}
    source = Source(name="peer", connector="peer", settings=values)
    return connector(source, Client.for_source(source))


def articles(limit: int | None = None) -> list[dict[str, object]]:
    """Real help articles from the shared data."""
    import json

    path = need_path(SHARED / "data" / "arduino" / "articles-2026-07-22.jsonl", "the shared data")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return rows[:limit]
