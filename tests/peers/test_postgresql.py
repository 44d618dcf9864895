"""The store on a real PostgreSQL: its tests, those of the jobs over it, and an audit from end to end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.peers.conftest import PEERS, ROOT, free_port

pytestmark = pytest.mark.peer
# Everything that takes the `store` fixture; the long tests are SQLite's own.
TESTS = ("tests/store", "tests/jobs", "tests/test_scheduler.py")
AUDIT = """
import sys
from pathlib import Path
from kbaudit.app import App
from kbaudit.store import findings
app = App.open(Path(sys.argv[1]), create=True)
(done,) = app.sync()
app.audit()
with app.store.read() as db:
    print(app.store.engine.dialect.name, done.state, *sorted(item.fingerprint for item in findings.page(db).items))
app.close()
"""


@pytest.fixture(scope="module")
def server():
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "").parent]
    if not (places[-1] / "initdb").exists():
        pytest.skip("not installed: postgresql")
    driver = PEERS / "python"
    sys.path.append(str(driver))
    pytest.importorskip("psycopg", reason="not installed: psycopg")
    folder = PEERS / "postgresql"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # It refuses to run as root.
    prefix = []
    if os.geteuid() == 0:
        for place in (PEERS, folder):
            place.chmod(0o755)
        shutil.chown(folder, "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data, port = str(folder / "data"), free_port()
    made = [*prefix, places[-1] / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"]
    done = subprocess.run(made, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        pytest.skip(f"initdb failed: {done.stderr[-300:]}")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*prefix, places[-1] / "pg_ctl", "-D", data, "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "-w", "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(PEERS / "python")])
    environment = {**os.environ, "PYTHONPATH": paths, **more}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=1800
    )


def test_the_tests_of_the_store_and_of_the_jobs_pass_on_it(server):
    words = ["-m", "pytest", "-q", "--tb=short", "-m", "not peer and not soak", *TESTS]
    done = run(*words, "--deselect", "tests/store/test_speed.py", KBAUDIT_TEST_SERVER=server)
    assert done.returncode == 0, done.stdout[-3000:]


def test_an_audit_finds_on_it_what_it_finds_on_sqlite(server, tmp_path):
    said = []
    for name, more in (("postgresql", {"KBAUDIT_STORE_URL": server}), ("sqlite", {})):
        folder = tmp_path / name
        (folder / "config").mkdir(parents=True)
        (folder / "help").mkdir()
        (folder / "help" / "returns.md").write_text("# Returns\n\nSend it back within 30 days of delivery.\n")
        (folder / "help" / "refunds.md").write_text("# Refunds\n\nSend it back within 14 days of delivery. [Name]\n")
        (folder / "config" / "sources.toml").write_text('[help]\nconnector = "folder"\npath = "../help"\n')
        done = run("-c", AUDIT, str(folder), **more)
        assert done.returncode == 0, done.stderr[-3000:]
        dialect, state, *found = done.stdout.split()
        assert (dialect, state) == (name, "done") and found
        said.append(found)
    assert said[0] == said[1]
