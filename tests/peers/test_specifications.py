"""The stand-ins are judged by the vendors' own specifications, so that they cannot drift from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kbaudit.testing import serve
from tests.fakes.intercom import TOKEN as INTERCOM
from tests.fakes.intercom import Intercom
from tests.fakes.zendesk import EMAIL, TOKEN, Zendesk
from tests.peers.conftest import SHARED, need_path

pytestmark = pytest.mark.peer


def judge(spec: str, path: str, url: str, header: str) -> None:
    """Let schemathesis compare the answers of a stand-in with the specification."""
    file = need_path(SHARED / "specs" / spec, "the specification")
    program = Path(sys.executable).with_name("schemathesis")
    command = [
        str(program),
        "run",
        str(file),
        "--url",
        url,
        "--include-path",
        path,
        "-c",
        "response_schema_conformance",
    ]
    command += ["--max-examples", "5", "--phases", "examples,coverage,fuzzing", "-H", header, "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    "path", ["/articles", "/help_center/collections", "/macros", "/content_snippets", "/ai/external_pages"]
)
def test_intercom(path):
    with serve(Intercom().handle) as server:
        judge("intercom-2.16.yaml", path, server.url, f"Authorization: Bearer {INTERCOM}")


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ("zendesk-help-center.yaml", "/api/v2/help_center/{locale}/articles"),
        ("zendesk-help-center.yaml", "/api/v2/help_center/locales"),
        ("zendesk-support.yaml", "/api/v2/macros"),
        ("zendesk-support.yaml", "/api/v2/incremental/tickets/cursor"),
    ],
)
def test_zendesk(spec, path):
    import base64

    pair = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()
    with serve(Zendesk().handle) as server:
        judge(spec, path, server.url, f"Authorization: Basic {pair}")
