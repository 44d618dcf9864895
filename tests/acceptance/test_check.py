"""`kbaudit check` as programs and people rely on it: real input, the same answer twice, exit status, speed of help."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbaudit.sample import write

DATA = Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).parents[3] / "shared")) / "data"
PROGRAM = str(Path(sys.executable).parent / "kbaudit")
TODAY = date(2026, 4, 10)


def kbaudit(*arguments: str | Path, status: int = 0) -> str:
    """Run the program; its standard output."""
    run = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=900, check=False)
    assert run.returncode == status, run.stderr[-2000:]
    return run.stdout


def audit(*arguments: str | Path) -> dict[str, Any]:
    """The JSON report of one check."""
    found: dict[str, Any] = json.loads(kbaudit("check", *arguments, "--output-format", "json", "--fail-on", "never"))
    return found


def inputs(shop: Path) -> list[str | Path]:
    """The arguments that read the sample store."""
    return [
        *("--articles", shop / "help-center", "--articles", shop / "replies.jsonl"),
        *("--products", shop / "products.jsonl", "--conversations", shop / "conversations.jsonl"),
        *("--config", shop / "config", "--as-of", TODAY.isoformat()),
    ]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("acceptance") / "shop", TODAY)


@pytest.mark.model
def test_the_order_of_input_changes_nothing(shop: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "elsewhere", TODAY)
    for name in ("products", "conversations", "replies"):
        lines = (other / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True)
        random.Random(3).shuffle(lines)
        (other / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    first, second = audit(*inputs(shop)), audit(*inputs(other))
    assert first["findings"] == second["findings"]
    prints = [finding["fingerprint"] for finding in first["findings"]]
    assert len(set(prints)) == len(prints)


@pytest.mark.model
def test_evidence_can_be_looked_up(shop: Path) -> None:
    """Every quote with offsets stands at them in the text that `kbaudit text` prints."""
    texts: dict[str, str] = {}
    checked = 0
    for finding in audit(*inputs(shop), "--select", "SEA,CON,CAT,FRE")["findings"]:
        sources = {document["id"]: document["source"] for document in finding["documents"]}
        for evidence in finding["evidence"]:
            key = evidence["document"]
            if evidence.get("start") is None or sources.get(key) not in ("help-center", "replies") or checked > 12:
                continue
            if key not in texts:
                path = shop / ("help-center" if sources[key] == "help-center" else "replies.jsonl")
                texts[key] = kbaudit("text", "--articles", path, key)
            assert texts[key][evidence["start"] : evidence["end"]] == evidence["quote"]
            checked += 1
    assert checked


@pytest.mark.model
def test_exit_status(shop: Path, tmp_path: Path) -> None:
    articles = ("--articles", shop / "help-center")
    kbaudit("check", *articles, "--select", "FRE704", status=1)
    kbaudit("check", *articles, "--select", "FRE704", "--fail-on", "high", status=0)
    kbaudit("check", *articles, "--select", "FRE704", "--fail-on", "never", status=0)
    kbaudit("check", "--articles", tmp_path / "missing.jsonl", status=2)
    kbaudit("check", *articles, "--as-of", "yesterday", status=2)
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    kbaudit("check", "--articles", tmp_path / "empty.jsonl", status=2)


def test_a_bad_line_is_reported_and_the_good_ones_are_used(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "title": "Returns", "body_text": "At [Store Name] you have 30 days."})
    (tmp_path / "articles.jsonl").write_text(f'{good}\n{{"id": "b", "body_text": "no title"}}\nnot json\n', "utf-8")
    report = audit("--articles", tmp_path / "articles.jsonl", "--select", "FRE704")
    assert report["read"] == {"articles": 1, "products": 0, "conversations": 0, "skipped": 2}
    assert [problem["line"] for problem in report["problems"]] == [2, 3]
    assert [finding["rule"] for finding in report["findings"]] == ["FRE704"]


def test_help_is_quick() -> None:
    best = 9.0
    for _ in range(5):
        start = time.perf_counter()
        kbaudit("--help")
        best = min(best, time.perf_counter() - start)
    assert best < 0.4


@pytest.mark.model
@pytest.mark.skipif(not (DATA / "printaura").is_dir(), reason="the data folder is not beside the checkout")
def test_printaura_s_expired_pages_are_found_and_no_other() -> None:
    labels = json.loads((DATA / "printaura" / "labels.json").read_text("utf-8"))
    report = audit(
        "--articles", DATA / "printaura" / "articles.jsonl", "--as-of", labels["as_of"], "--select", "SEA101"
    )
    found = {finding["documents"][0]["id"] for finding in report["findings"]}
    expected = {item["documents"][0] for item in labels["expected"]}
    assert expected <= found
    assert not found & {item["documents"][0] if isinstance(item, dict) else item for item in labels["must_not"]}
