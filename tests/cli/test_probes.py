"""`kbaudit probes`: what is shown, accepted, dismissed and exported."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kbaudit.app import App
from kbaudit.cli.probes import app
from kbaudit.config import load
from kbaudit.errors import UsageError
from kbaudit.facts.probes import probe_id
from kbaudit.store import intake, probes
from kbaudit.store.probes import Stored
from tests.store.things import document

NASTY = 'may I send "it"\\back\x7f'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    opened = App.open(tmp_path)
    with opened.store.write() as db:
        items = [
            Stored(id=probe_id(text, None), state="proposed", origin="gap", question=text, locale="en", expected=("a",))
            for text in (NASTY, "do you gift wrap")
        ]
        probes.propose(db, items, now=datetime.now(UTC), most=9)
        intake.put(db, document("b"), "1", run=1, now=datetime.now(UTC))
    opened.close()
    return tmp_path


def run(data: Path, *words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--data", str(data)])


def test_what_was_accepted_is_exported_as_the_configuration_reads_it(data: Path, tmp_path: Path) -> None:
    assert run(data, "accept", probe_id(NASTY, None), "--expected", "b").exit_code == 0
    assert run(data, "dismiss", probe_id("do you gift wrap", None)).exit_code == 0
    target = tmp_path / "read" / "probes.toml"
    target.parent.mkdir()
    assert run(data, "export", "--output", str(target)).exit_code == 0
    (probe,) = load(target.parent).probes
    assert (probe.question, probe.expected, probe.locale) == (NASTY, ("b",), "en")


def test_without_a_measuring_it_says_what_to_do(data: Path) -> None:
    done = run(data)
    assert done.exit_code == 0
    assert "Nothing has been measured yet" in done.output and "2 proposed" in done.output
    assert json.loads(run(data, "--output-format", "json").output) == {"measures": [], "probes": [], "proposed": 2}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["accept", "x"], "no probe"),
        (["accept", "a", "b", "--expected", "c"], "one by one"),
        (["accept", probe_id(NASTY, None), "--expected", "nope"], "no article is called nope"),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(data: Path, words: list[str], reason: str) -> None:
    assert isinstance(error := run(data, *words).exception, UsageError)
    assert reason in str(error)


def test_one_wrong_id_among_several_is_named_and_nothing_is_decided(data: Path) -> None:
    known = [probe_id(NASTY, None), probe_id("do you gift wrap", None)]
    done = run(data, "accept", *known, "nonsense")
    assert "nothing was accepted: nonsense: there is no probe" in str(done.exception)
    assert "accepted:" not in done.output
    opened = App.open(data)
    with opened.store.read() as db:
        assert len(probes.listed(db, ("proposed",))) == 2
    opened.close()
