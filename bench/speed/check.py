"""How long things take: a cold check of 2,011 articles, a second one, pages, `--help`.

`python -m bench.speed.check`: status 1 where a promise of the README is broken. Figures are whole processes.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.quality.figures import data, missing
from bench.speed import Promises

DAY = "2024-11-20"
PASSWORD = "a long enough one"
PROMISES = Promises()
promise = PROMISES.check


def run(words: Sequence[str], cache: Path) -> tuple[float, float, int]:
    """(wall seconds, peak memory in GB, exit status) of one `kbaudit` process."""
    code = (
        "import resource, subprocess, sys\n"
        "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, status)\n"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, "-m", "kbaudit.cli", *words],
        env={**os.environ, "KBAUDIT_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    memory, status = done.stdout.split()
    return time.perf_counter() - started, int(memory) / 1e6, int(status)


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write(path: Path, items: Sequence[dict[str, Any]]) -> str:
    """A JSONL file."""
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return str(path)


def check(scratch: Path) -> None:
    """The one-shot audit, cold, warm, and without encoding."""
    items = rows(data() / "vtex" / "articles.jsonl")
    cache = scratch / "cache"
    words = ["check", "--as-of", DAY, "--fail-on", "never", "--articles"]
    path = write(scratch / "articles.jsonl", items)
    took, memory, _ = run([*words, path], cache)
    promise(
        took < 240 and memory < 2.5, f"cold check of {len(items):,} articles: {took:.0f} s (240), {memory:.2f} GB (2.5)"
    )
    for item in items[::100][:20]:
        item["body_markdown"] += "\n\nThis page was edited: the workaround takes 3 business days."
    took, _, _ = run([*words, write(scratch / "articles.jsonl", items)], cache)
    promise(took < 15, f"second check after editing 20 articles: {took:.1f} s (15)")
    with sqlite3.connect(cache / "cache.sqlite3") as db:
        db.execute("DELETE FROM facts")
    took, _, _ = run([*words, path], cache)
    promise(took < 40, f"check of {len(items):,} articles beyond encoding: {took:.1f} s (40)")
    took, _, _ = run([*words, path], cache)
    print(f"  check with nothing changed: {took:.1f} s")


def pages(scratch: Path) -> None:
    """Every page over the 2,011 articles, through the application."""
    from kbaudit.app import App
    from kbaudit.serve.web import application
    from kbaudit.store import access, documents, findings
    from kbaudit.web.auth import hash_password

    place = scratch / "data"
    (place / "config").mkdir(parents=True)
    shutil.copyfile(data() / "vtex" / "articles.jsonl", place / "articles.jsonl")
    (place / "config" / "sources.toml").write_text(
        '[articles]\nconnector = "jsonl"\npath = "../articles.jsonl"\nkind = "articles"\n'
    )
    app = App.open(place)
    started = time.perf_counter()
    app.sync()
    synced = time.perf_counter()
    app.audit()
    print(f"  first sync {synced - started:.0f} s, first audit {time.perf_counter() - synced:.0f} s", flush=True)
    started = time.perf_counter()
    app.sync()
    app.audit()
    print(f"  sync and audit with nothing changed: {time.perf_counter() - started:.1f} s", flush=True)
    with app.store.write() as db:
        access.add_user(db, "bench", hash_password(PASSWORD), role="admin", now=datetime.now(UTC))
    with app.store.read() as db:
        finding = findings.page(db).items[0].fingerprint
        article = documents.page(db, limit=1)[0][0]
    flask = application(app)
    flask.config["WTF_CSRF_ENABLED"] = False
    client = flask.test_client()
    client.post("/login", data={"name": "bench", "password": PASSWORD}, base_url="http://localhost")
    worst = ("", 0.0)
    for path in (
        "/", "/?rule=CON202&q=order", "/articles", "/articles?q=checkout", f"/articles/{article.source}/{article.id}",
        f"/findings/{finding}", "/events", "/gaps", "/runs", "/sources", "/rules", "/docs", "/keys", "/api",
    ):  # fmt: skip
        times = []
        for _ in range(5):
            started = time.perf_counter()
            status = client.get(path, base_url="http://localhost").status_code
            times.append(time.perf_counter() - started)
            assert status == 200, (path, status)
        worst = max(worst, (path, sorted(times)[2]), key=lambda item: item[1])
    app.close()
    promise(
        worst[1] < 0.2, f"every page under 200 ms: slowest {worst[0]} with {worst[1] * 1000:.0f} ms (median of five)"
    )


def main() -> int:
    """Print every figure beside its promise."""
    times = sorted(run(["--help"], Path(os.devnull))[0] for _ in range(7))
    promise(
        times[3] < 0.4 + 0.06,
        f"kbaudit --help: {times[3]:.2f} s, median of seven (0.4 and the start of the measuring process)",
    )
    if missing("vtex"):
        return PROMISES.status
    for part in (check, pages):
        with tempfile.TemporaryDirectory() as scratch:
            part(Path(scratch))
    return PROMISES.status


if __name__ == "__main__":
    raise SystemExit(main())
