"""The ready-made script that posts the weekly gap report to a chat, against a real server."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

SCRIPT = Path(__file__).parents[2] / "kbaudit" / "docs" / "scripts" / "weekly-gap-report.sh"
pytestmark = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="no curl or no bash")


def run(app: Any, chat: str, key: str) -> int:
    from waitress import create_server

    server = create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    names = {"KBAUDIT_URL": f"http://127.0.0.1:{server.effective_port}", "KBAUDIT_KEY": key, "CHAT_URL": chat}
    try:
        return subprocess.run(["bash", str(SCRIPT)], env={**os.environ, **names}, check=False, timeout=60).returncode
    finally:
        server.close()


def test_the_chat_gets_the_gaps_with_a_question_each(app: Any, key: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/chat", method="POST").respond_with_data("ok")
    assert run(app, httpserver.url_for("/chat"), key) == 0
    text = httpserver.log[0][0].get_json()["text"]
    assert "gift wrap: 7 questions, 2.5 a week" in text
    assert "“Do you have gift wrap?”" in text


def test_a_wrong_key_posts_nothing(app: Any, httpserver: HTTPServer) -> None:
    assert run(app, httpserver.url_for("/chat"), "kba_no_no") != 0
    assert httpserver.log == []
