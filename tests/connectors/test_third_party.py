"""A connector of somebody else: the example of the manual, on the path, named by one table."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import kbaudit
from kbaudit.app import App
from kbaudit.testing import ConnectorConformance, Reply, serve

MANUAL = Path(kbaudit.__file__).parent / "docs" / "connectors.md"
THINGS = [{"id": n, "title": f"T{n}", "html": "<p>x</p>", "state": "live" if n != 2 else "draft"} for n in (1, 2, 3)]


def code() -> str:
    """The example as it stands in the manual."""
    block = MANUAL.read_text("utf-8").split("# acme_kb.py\n")[1].split("# config/sources.toml")[0]
    return re.sub(r"(?m)^    ", "", block)


def acme():
    space: dict[str, object] = {}
    exec(compile(code(), "acme_kb.py", "exec"), space)
    return space["Acme"]


def handle(request):
    if request.headers.get("authorization") != "Bearer token-1":
        return Reply(401)
    return Reply(200, json.dumps({"total": 3, "articles": THINGS}).encode())


class TestAcme(ConnectorConformance):
    connector = staticmethod(lambda source, client: acme()(source, client))
    secrets = ("token-1",)
    hidden = ("2",)
    least = 3

    def malformed(self):
        def broken(request):
            return Reply(200, json.dumps({"total": 4, "articles": [*THINGS, {"id": 9, "title": None}]}).encode())

        return broken

    def handler(self):
        return handle

    def settings(self, url):
        return {"url": url, "token": "token-1"}


def test_one_file_and_one_table_are_enough(tmp_path, monkeypatch):
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "acme_kb.py").write_text(code())
    monkeypatch.syspath_prepend(str(tmp_path / "path"))
    monkeypatch.setenv("ACME_TOKEN", "token-1")
    monkeypatch.delitem(sys.modules, "acme_kb", raising=False)
    config = tmp_path / "data" / "config"
    config.mkdir(parents=True)
    with serve(handle) as server:
        table = f'[acme]\nconnector = "acme_kb:Acme"\nurl = "{server.url}"\ntoken_env = "ACME_TOKEN"\n'
        (config / "sources.toml").write_text(table + 'allow_private = ["127.0.0.1"]\n')
        app = App.open(tmp_path / "data")
        (done,) = app.sync()
        app.close()
    assert done.state == "done" and done.counts["read"] == 3
