"""`kbaudit init`, `doctor`, `crawl`, `serve` and their like as processes, as a user starts them."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kbaudit.errors import SourceUnavailable
from kbaudit.scheduler import wire

SOURCES = '[articles]\nconnector = "jsonl"\npath = "../articles.jsonl"\nkind = "articles"\n'


def kbaudit(*command: str, **more: Any) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "kbaudit", *command]
    return subprocess.run(line, capture_output=True, text=True, timeout=300, **more)


def export(data: Path, count: int) -> None:
    rows = [{"id": f"a{n}", "title": f"Lamp {n}", "body_text": f"Lamp {n} takes bulb {n}."} for n in range(count)]
    (data / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    assert kbaudit("init", str(place)).returncode == 0
    (place / "config" / "sources.toml").write_text(SOURCES)
    (place / "config" / "kbaudit.toml").write_text('[shop]\nregions = ["US"]\nlocale = "en-US"\n')
    export(place, 20)
    return place


def test_init_writes_what_is_missing_and_leaves_what_is_there(tmp_path: Path) -> None:
    place = tmp_path / "new"
    done = kbaudit("init", str(place), "--output-format", "json")
    written = json.loads(done.stdout)["written"]
    assert {Path(name).name for name in written} >= {"kbaudit.toml", "sources.toml", "rules.toml", "events.toml"}
    (place / "config" / "rules.toml").write_text("# mine\n")
    assert json.loads(kbaudit("init", str(place), "--output-format", "json").stdout)["written"] == []
    assert (place / "config" / "rules.toml").read_text() == "# mine\n"


def test_what_init_writes_can_be_used(tmp_path: Path) -> None:
    kbaudit("init", str(tmp_path / "new"))
    done = kbaudit("doctor", "--data", str(tmp_path / "new"))
    assert "sources: none" in done.stdout and done.returncode == 1


def test_doctor_finds_nothing_wrong_with_a_good_folder_and_names_what_is(data: Path) -> None:
    done = kbaudit("doctor", "--data", str(data), "--output-format", "json")
    lines = {line["what"]: line["verdict"] for line in json.loads(done.stdout)}
    lines.pop("disk")
    assert "bad" not in lines.values(), done.stdout
    (data / "config" / "rules.toml").write_text("[FRE701]\ncadence = 3\n[SEA999]\nx = 1\n")
    (data / "articles.jsonl").unlink()
    done = kbaudit("doctor", "--data", str(data))
    assert done.returncode == 1
    assert 'unknown key "cadence". Did you mean "cadence_days"?' in done.stdout
    assert "[SEA999]: no rule has this code" in done.stdout
    assert "no such file" in done.stdout


def test_a_wrong_configuration_is_wrong_usage_and_says_everything(data: Path) -> None:
    (data / "config" / "kbaudit.toml").write_text('[shop]\nnmae = "x"\n[web]\nport = 0\n')
    done = kbaudit("crawl", "--data", str(data))
    assert done.returncode == 2
    assert 'Did you mean "name"?' in done.stderr and "port 0" in done.stderr


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    done = kbaudit("audit", "--data", str(tmp_path))
    assert done.returncode == 2 and "kbaudit init" in done.stderr


def test_crawl_says_what_it_did_and_what_it_holds(data: Path) -> None:
    done = kbaudit("crawl", "--data", str(data))
    assert (done.returncode, done.stdout) == (0, "articles: done, 20 read, 20 added\n")
    assert kbaudit("crawl", "--data", str(data)).stdout == "articles: done, 20 read, nothing new\n"
    export(data, 14)
    held = kbaudit("crawl", "--data", str(data))
    assert held.returncode == 1
    assert "What would go (6 of 20)" in held.stdout and "Lamp 14" in held.stdout and "--release 1" in held.stdout
    refused = kbaudit("crawl", "--data", str(data), "--release", "1")
    assert refused.returncode == 2 and "reason" in refused.stderr
    released = kbaudit("crawl", "--data", str(data), "--release", "1", "--reason", "old lamps")
    assert released.returncode == 0 and "6 removed" in released.stdout


def test_ctrl_c_in_a_crawl_loses_nothing_and_the_next_one_goes_on(data: Path) -> None:
    from kbaudit.store import open_store, runs

    export(data, 12000)
    line = [sys.executable, "-m", "kbaudit", "crawl", "--data", str(data)]
    store = open_store(data / "kbaudit.sqlite3")
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: _states(store) == ["running"])
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and "Nothing is lost" in errors
    assert _states(store) == ["interrupted"] and _count(store) == 0
    assert kbaudit("crawl", "--data", str(data)).returncode == 0
    assert _count(store) == 12000
    with store.read() as db:
        assert runs.latest(db, "sync") is not None
    store.close()


def test_keys_are_made_listed_and_revoked(data: Path) -> None:
    made = json.loads(
        kbaudit("keys", "create", "desk", "--scope", "read", "--data", str(data), "--output-format", "json").stdout
    )
    assert made["key"].startswith("kba_")
    assert made["key"] not in kbaudit("keys", "list", "--data", str(data)).stdout
    assert "desk" in kbaudit("keys", "list", "--data", str(data)).stdout
    assert kbaudit("keys", "revoke", made["id"], "--data", str(data)).returncode == 0
    assert "revoked" in kbaudit("keys", "list", "--data", str(data)).stdout


def test_the_store_is_checked(data: Path) -> None:
    assert kbaudit("db", "check", "--data", str(data)).stdout == "The store is sound.\n"
    assert "revision" in kbaudit("db", "migrate", "--data", str(data)).stdout


# The running service ------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def get(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children(pid: int) -> dict[str, int]:
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            words = (path / "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            found[next((w.decode() for w in words if w in (b"web", b"worker")), path.name)] = int(path.name)
    return found


def pings(data: Path) -> bool:
    try:
        return bool(wire.ask(data / "run", "ping") == "here")
    except SourceUnavailable:
        return False


@pytest.fixture
def service(data: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    text = (data / "config" / "kbaudit.toml").read_text()
    (data / "config" / "kbaudit.toml").write_text(f'{text}[schedule]\naudit = "off"\nprune = "off"\n')
    port = free_port()
    line = [sys.executable, "-m", "kbaudit", "serve", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: get(f"http://127.0.0.1:{port}/healthz") == 200)
        until(lambda: pings(data))
        yield process, data, port
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=40)


def test_the_service_runs_heals_and_stops(service: tuple[subprocess.Popen[str], Path, int]) -> None:
    process, data, port = service
    url = f"http://127.0.0.1:{port}"
    assert get(f"{url}/readyz") == 200
    assert get(f"{url}/", Host="evil.example") == 400
    assert get(f"{url}/api/v1/findings") == 401
    second = kbaudit("serve", "--data", str(data), "--port", "0")
    assert second.returncode == 2
    assert "another `kbaudit serve` works on" in second.stderr
    with pytest.raises(AssertionError):
        until(lambda: "torch" in _maps(children(process.pid)["web"]), 0.1)

    from kbaudit.store import documents, open_store, runs

    store = open_store(data / "kbaudit.sqlite3")
    until(lambda: _count(store) == 20)
    first = children(process.pid)
    assert first.keys() == {"web", "worker"}
    for name in ("worker", "web"):
        os.kill(first[name], signal.SIGKILL)
        until(lambda name=name: children(process.pid).get(name, first[name]) != first[name])
    until(lambda: pings(data))
    until(lambda: get(f"{url}/healthz") == 200)

    export(data, 22)
    with store.write() as db:
        from datetime import UTC, datetime

        asked = runs.request(db, "sync", by="test", now=datetime.now(UTC))
    until(lambda: _request(store, asked) == "done")
    assert _count(store) == 22
    with store.read() as db:
        assert {document.source for document in documents.load(db)} == {"articles"}
    store.close()

    last = children(process.pid)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=40)
    assert process.returncode == 0, errors
    assert "setup token" in output and "starts again" in errors
    assert "Fatal" not in errors and "Traceback" not in errors
    assert not any(Path(f"/proc/{pid}").exists() for pid in last.values())
    assert not (data / "run" / wire.NAME).exists()


def _maps(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return ""


def _count(store: Any) -> int:
    from kbaudit.store import documents

    with store.read() as db:
        return sum(entry["articles"] for entry in documents.counts(db).values())


def _states(store: Any) -> list[str]:
    from kbaudit.store import runs

    with store.read() as db:
        return [run.state for run in runs.page(db)[0]]


def _request(store: Any, id_: int) -> str:
    from kbaudit.store import runs

    with store.read() as db:
        return str((runs.get_request(db, id_) or {})["state"])


def test_a_port_that_is_taken_is_wrong_usage(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = kbaudit("serve", "--data", str(data), "--port", str(other.getsockname()[1]))
    assert done.returncode == 2 and "--port" in done.stderr


def test_help_is_quick() -> None:
    """In processor time: what else the machine does is not its fault."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert kbaudit("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.4
