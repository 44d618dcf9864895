"""A real WordPress over MariaDB: its REST interface and a crawl by its sitemap, with edits, drafts and deletions."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from connectors import sitemap, wordpress
from kbaudit.model.record import ArticleRecord, Checkpoint, Unchanged
from kbaudit.text.document import extract
from tests.peers.conftest import PEERS, SHARED, articles, connect, copied, free_port, need, need_path, running

pytestmark = pytest.mark.peer
# The files of the set-up, and which of their ports (of the site, of the database) are exchanged.
FILES = {"wp-config.php": ("8081", "33306"), "wp-flush.php": ("8081",), "wp-router.php": (), "wp-setup.php": ("8081",)}


def quiet(*command: str, **more: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **more)  # type: ignore[call-overload]
    if done.returncode:
        pytest.skip(f"{command[0]} failed: {done.stderr[-300:]}")
    return str(done.stdout)


class Site:
    """The running site, and what an editor does to it."""

    def __init__(self, url: str, password: str) -> None:
        self.url = url
        self.password = password
        self.pair = base64.b64encode(f"admin:{password}".encode()).decode()

    def send(self, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        request = urllib.request.Request(f"{self.url}/wp-json/wp/v2/{path}", method=method)
        request.add_header("Authorization", f"Basic {self.pair}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, data, timeout=60) as answer:
            return dict(json.load(answer))


@pytest.fixture(scope="module")
def site():
    need("php", "mariadbd", "mariadb-install-db", "mariadb")
    source = need_path(Path("/usr/share/wordpress"), "WordPress")
    for name in FILES:
        need_path(SHARED / "peers" / name, name)
    base = PEERS / "wordpress"
    port, sql = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    shutil.rmtree(base, ignore_errors=True)
    maria = base / "maria"
    maria.mkdir(parents=True)
    user = "mysql" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    if os.geteuid() == 0:
        shutil.chown(maria, "mysql")
        for folder in (base, PEERS):
            folder.chmod(0o755)
    quiet("mariadb-install-db", f"--user={user}", f"--datadir={maria}/data", "--skip-test-db")
    with ExitStack() as stack:
        command = ["mariadbd", "--no-defaults", f"--user={user}", f"--datadir={maria}/data", f"--socket={maria}/s.sock"]
        command += [
            f"--port={sql}",
            "--bind-address=127.0.0.1",
            f"--pid-file={maria}/maria.pid",
            "--innodb-buffer-pool-size=128M",
        ]
        database = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(database.wait)
        stack.callback(database.terminate)
        statement = "create database wp; create user wp@127.0.0.1 identified by 'wp'; grant all on wp.* to wp@127.0.0.1"
        import time

        for _ in range(100):
            done = subprocess.run(
                ["mariadb", f"--socket={maria}/s.sock", "-e", statement], capture_output=True, check=False
            )
            if done.returncode == 0:
                break
            time.sleep(0.2)
        else:
            pytest.skip("MariaDB did not start")
        shutil.copytree(source, base / "wp", symlinks=False, ignore_dangling_symlinks=True)
        (base / "wp" / ".htaccess").unlink(missing_ok=True)
        for name, words in FILES.items():
            target = base / "wp" / name if name == "wp-config.php" else base / name
            copied(SHARED / "peers" / name, target, dict(zip(words, (port, sql), strict=False)))
        said = quiet("php", "wp-setup.php", cwd=base)
        quiet("php", "wp-flush.php", cwd=base)
        serve = ["php", "-d", "memory_limit=512M", "-S", f"127.0.0.1:{port}", "-t", str(base / "wp"), "wp-router.php"]
        environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "2"}
        stack.enter_context(running(serve, f"{url}/wp-json/", cwd=base, env=environment))
        found = Site(url, said.split("app-password: ")[1].split()[0])
        from kbaudit.text.extract import _markdown

        for row in articles(410):
            body = str(_markdown().render(str(row["body_markdown"])))
            found.send("POST", "posts", {"title": row["title"], "content": body, "status": "publish"})
        yield found


def test_rest_sees_every_article_edits_drafts_and_deletions(site):
    connector = connect(wordpress.Connector, site.url, user="admin", password=site.password)
    items = list(connector.read(None))
    first = {item.id: item for item in items if isinstance(item, ArticleRecord)}
    assert len(first) >= 410 and isinstance(items[-1], Checkpoint) and items[-1].complete
    ids = sorted(int(name.removeprefix("posts-")) for name in first if name.startswith("posts-"))
    site.send("POST", f"posts/{ids[-1]}", {"content": "<p>Changed to 45 days.</p>"})
    site.send("POST", f"posts/{ids[-2]}", {"status": "draft"})
    site.send("DELETE", f"posts/{ids[-3]}")
    again = {item.id: item for item in connector.read(items[-1].value) if isinstance(item, ArticleRecord)}
    assert "45 days" in again[f"posts-{ids[-1]}"].body
    assert again[f"posts-{ids[-2]}"].published is False
    assert f"posts-{ids[-3]}" not in again


def test_the_public_sees_what_is_published_only(site):
    draft = site.send("POST", "posts", {"title": "Not yet", "content": "x", "status": "draft"})
    found = {item.id for item in connect(wordpress.Connector, site.url).read(None) if isinstance(item, ArticleRecord)}
    assert found and f"posts-{draft['id']}" not in found


def test_a_crawl_by_sitemap_sees_edits_and_deletions(site):
    connector = connect(sitemap.Connector, f"{site.url}/", max_pages=2000)

    def crawl(since=None):
        items = list(connector.read(since))
        assert isinstance(items[-1], Checkpoint) and items[-1].complete
        changed = {item.title: item for item in items if isinstance(item, ArticleRecord)}
        there = {item.id for item in items if isinstance(item, (ArticleRecord, Unchanged))}
        return changed, there, items[-1].value

    found, _, state = crawl()
    assert len(found) >= 400
    text = extract(next(iter(found.values()))).text
    assert "Leave a Reply" not in text and "Proudly powered" not in text
    body = "<p>Here for some days, for sure.</p>"
    post = site.send("POST", "posts", {"title": "Short lived", "content": body, "status": "publish"})
    added, there, state = crawl(state)
    short = added["Short lived"]
    assert "some days" in short.body and short.id in there
    site.send("POST", f"posts/{post['id']}", {"content": "<p>Here until Monday, for sure.</p>"})
    edited, _, state = crawl(state)
    assert "until Monday" in edited["Short lived"].body
    site.send("DELETE", f"posts/{post['id']}?force=true")
    _, there, _ = crawl(state)
    assert short.id not in there and len(there) >= 400
