"""A real MediaWiki over SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from connectors import mediawiki, sitemap
from kbaudit.errors import SourceRefused
from kbaudit.model.record import ArticleRecord, Unchanged
from kbaudit.text.document import extract
from tests.peers.conftest import PEERS, SHARED, connect, free_port, need, need_path, running

pytestmark = pytest.mark.peer
PAGES = {
    f"Help {n}": f"== Orders ==\nParcel group {n} leaves within {n % 5 + 1} days.\n\n* first\n* second\n"
    for n in range(60)
}


def php(folder: Path, *words: str) -> None:
    done = subprocess.run(["php", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        pytest.skip(f"php {words[0]} failed: {(done.stderr or done.stdout)[-300:]}")


@pytest.fixture(scope="module")
def wiki():
    need("php")
    source = need_path(Path("/var/lib/mediawiki"), "MediaWiki")
    router = need_path(SHARED / "peers" / "mw-router.php", "the router")
    base = PEERS / "mediawiki"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    shutil.rmtree(base, ignore_errors=True)
    (base / "txt").mkdir(parents=True)
    subprocess.run(["cp", "-rL", str(source), str(base / "w")], stderr=subprocess.DEVNULL, check=False)
    folder = base / "w"
    (folder / "LocalSettings.php").unlink(missing_ok=True)
    shutil.copy(router, base / "mw-router.php")
    install = [
        "--dbtype",
        "sqlite",
        "--dbpath",
        str(base / "data"),
        "--server",
        url,
        "--scriptpath",
        "",
        "--pass",
        "Adminpass-123456",
    ]
    php(folder, "maintenance/install.php", *install, "Lantern Wiki", "Admin")
    with (folder / "LocalSettings.php").open("a") as file:
        file.write('$wgArticlePath="/wiki/$1"; $wgUsePathInfo=true; $wgRateLimits=[]; $wgMainCacheType=CACHE_DB;\n')
    for title, text in PAGES.items():
        (base / "txt" / f"{title}.txt").write_text(text)
    php(
        folder,
        "maintenance/importTextFiles.php",
        "--user",
        "Admin",
        "--overwrite",
        "--rc",
        *map(str, (base / "txt").glob("*.txt")),
    )
    serve = ["php", "-d", "memory_limit=512M", "-S", f"127.0.0.1:{port}", "-t", ".", "../mw-router.php"]
    environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "2"}
    with running(serve, f"{url}/api.php?action=query&format=json", cwd=folder, env=environment):
        yield url, base


def test_every_page_is_read_once_and_again_only_when_it_changed(wiki):
    url, base = wiki
    connector = connect(mediawiki.Connector, url)
    assert connector.probe().ok
    items = list(connector.read(None))
    found = {item.title: item for item in items if isinstance(item, ArticleRecord)}
    assert set(PAGES) <= set(found) and items[-1].complete
    one = found["Help 7"]
    assert "3 days" in one.body and one.updated_at is not None and one.url == f"{url}/wiki/Help_7"
    assert "mw-editsection" not in one.body
    (base / "txt" / "Help 7.txt").write_text("Now within 30 days.\n")
    php(
        base / "w",
        "maintenance/importTextFiles.php",
        "--user",
        "Admin",
        "--overwrite",
        "--rc",
        str(base / "txt" / "Help 7.txt"),
    )
    again = list(connector.read(items[-1].value))
    assert [item.title for item in again if isinstance(item, ArticleRecord)] == ["Help 7"]
    assert len([item for item in again if isinstance(item, Unchanged)]) == len(found) - 1


def test_a_crawl_by_sitemap(wiki):
    url, base = wiki
    folder = base / "w"
    words = ["--fspath", ".", "--server", url, "--urlpath", "/", "--compress", "no"]
    php(folder, "maintenance/generateSitemap.php", *words)
    (index,) = folder.glob("sitemap-index-*.xml")
    connector = connect(sitemap.Connector, f"{url}/wiki/", sitemap=f"{url}/{index.name}")
    found = {item.title: item for item in connector.read(None) if isinstance(item, ArticleRecord)}
    assert set(PAGES) <= set(found)
    text = extract(found["Help 9"]).text
    assert "leaves within 5 days" in text and "Navigation" not in text and "[edit" not in text


def test_a_wiki_that_is_not_public_is_read_with_a_bot_password(wiki):
    url, base = wiki
    words = ["--appid", "kbaudit", "--grants", "basic", "Admin", "0123456789abcdef0123456789abcdef"]
    php(base / "w", "maintenance/createBotPassword.php", *words)
    settings = base / "w" / "LocalSettings.php"
    public = settings.read_text()
    settings.write_text(public + "$wgGroupPermissions['*']['read']=false;\n")
    # PHP looks for changed files every two seconds only.
    time.sleep(3)
    try:
        with pytest.raises(SourceRefused):
            connect(mediawiki.Connector, url).probe()
        with pytest.raises(SourceRefused, match="may not log in"):
            connect(mediawiki.Connector, url, user="Admin@kbaudit", password="f" * 32).probe()
        password = "0123456789abcdef0123456789abcdef"
        connector = connect(mediawiki.Connector, url, user="Admin@kbaudit", password=password)
        assert connector.probe().ok
        found = {item.title for item in connector.read(None) if isinstance(item, ArticleRecord)}
        assert set(PAGES) <= found
    finally:
        settings.write_text(public)
        time.sleep(3)
