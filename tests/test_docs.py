"""The manual says what the code does: rules, targets, commands, configuration keys, links and files."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import kbaudit
from kbaudit.checks import catalogue
from kbaudit.sample import write

ROOT = Path(__file__).parents[1]
MANUAL = Path(kbaudit.__file__).parent / "docs"
PAGES = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")] + sorted(MANUAL.glob("*.md"))
ROW = re.compile(r"^\| ([A-Z]{3}\d{3}) \| ([a-z-]+) \| ([HML]) \|", re.MULTILINE)


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_the_table_of_rules_is_the_catalogue() -> None:
    written = {code: (name, severity) for code, name, severity in ROW.findall(_text(MANUAL / "rules.md"))}
    known = {check.code: (check.name, check.severity[0].upper()) for check in catalogue.all_checks()}
    assert {code: written.get(code) for code in known} == known
    assert {code for code in written if not code.startswith("COA")} - set(known) == set()


@pytest.mark.parametrize("check", catalogue.all_checks(), ids=lambda check: check.code)
def test_every_rule_has_its_page(check: type) -> None:
    page = check.explanation()  # type: ignore[attr-defined]
    for heading in ("Why it matters", "Flagged", "Not flagged", "Fix"):
        assert f"## {heading}" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_codes_lead_somewhere(page: Path) -> None:
    text = _text(page)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http://", "https://")) and not target.endswith(".png"):
            assert (page.parent / target).exists(), target
    codes = {check.code for check in catalogue.all_checks()} | {"FRE705"}
    assert set(re.findall(r"\b(?:SEA|CON|CAT|GAP|RET|DUP|FRE|ANS)\d{3}\b", text)) <= codes


def test_the_targets_of_make_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"\bmake (install|demo|test|bench|peers|soak|lint|clean)\b", _text(page))
    }
    assert {"install", "demo", "test", "bench"} <= named <= targets


def test_the_commands_that_are_named_exist() -> None:
    from kbaudit.cli.main import COMMANDS

    known = set(COMMANDS)
    for page in PAGES:
        for block in re.findall(r"^    (?:\.venv/bin/)?(kbaudit .*)$|`(kbaudit [^`]+)`", _text(page), re.MULTILINE):
            words = (block[0] or block[1]).split()
            if len(words) > 1 and re.fullmatch(r"[a-z-]+", words[1]) and not words[1].startswith("-"):
                assert words[1] in known, (page.name, " ".join(words[:3]))


def test_the_configuration_keys_that_are_named_exist() -> None:
    shipped = "\n".join(_text(path) for path in (ROOT / "config").glob("*.toml"))
    for page in PAGES:
        for table, key in re.findall(r"`\[([a-z]+)\] ([a-z_]+)`", _text(page)):
            assert f"[{table}]" in shipped, (page.name, table)
            assert re.search(rf"\b{key}\b", shipped), (page.name, key)


def test_the_screenshot_is_there() -> None:
    picture = re.search(r"!\[[^\]]*\]\(([^)]+\.png)\)", _text(ROOT / "README.md"))
    assert picture is not None
    if not (ROOT / picture[1]).exists():
        pytest.skip(f"{picture[1]} has not been taken yet")


@pytest.mark.parametrize("name", ["events", "policies", "probes"])
def test_the_examples_in_the_shipped_configuration_can_be_used(name: str, tmp_path: Path) -> None:
    from kbaudit.config import load

    text = _text(ROOT / "config" / f"{name}.toml")
    examples = re.findall(r"^# \[\[\w+\]\]\n(?:# \S.*\n)+", text, re.MULTILINE)
    assert examples
    (tmp_path / f"{name}.toml").write_text(re.sub(r"^# ", "", "".join(examples), flags=re.MULTILINE), "utf-8")
    assert getattr(load(tmp_path), name)


@pytest.mark.model
def test_the_output_in_the_readme_is_what_the_command_prints(tmp_path: Path) -> None:
    text = _text(ROOT / "README.md")
    command = re.search(r"^    \$ kbaudit (check .*)$", text, re.MULTILINE)
    shown = re.search(r"<!-- output of the command above[^>]*-->\n```\n(.*?)```", text, re.DOTALL)
    assert command is not None and shown is not None
    write(tmp_path / "demo", date(2026, 11, 20))
    run = subprocess.run(
        [str(Path(sys.executable).parent / "kbaudit"), *command[1].split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    day = re.compile(r"As of \d{4}-\d\d-\d\d")
    assert day.sub("", run.stdout).split() == day.sub("", shown[1]).split()
