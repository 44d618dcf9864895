"""Pairs of sentences of two pages: those that can both hold are silent, those that cannot are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kbaudit.testing import findings_of, snapshot_of

TABLE = Path(__file__).with_name("policy_pairs.yaml")
PAIRS: dict[str, dict[str, list[str]]] = yaml.safe_load(TABLE.read_text("utf-8"))
RULES = ["CON201", "CON202", "CON203", "CON204"]


def article(number: int, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"d{number}", "title": ("Good to know", "How it works")[number]}
    text = text.strip()
    for kind in ("macro", "guidance"):
        if text.startswith(f"{kind}:"):
            row["kind"] = kind
            text = text.removeprefix(f"{kind}:").strip()
    if text.startswith("|t|"):
        title, _, text = text.removeprefix("|t|").strip().partition("|")
        row["title"] = title.strip()
    return {**row, "body_markdown": text.strip()}


def found(pair: str) -> list[str]:
    articles = [article(number, text) for number, text in enumerate(pair.split(" || "))]
    return [item.message for item in findings_of(snapshot_of(articles=articles, as_of="2026-06-01"), RULES)]


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS["silent"].values() for pair in pairs])
def test_what_can_both_hold_is_silent(pair: str) -> None:
    assert found(pair) == []


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS["conflict"].values() for pair in pairs])
def test_what_cannot_both_hold_is_found_once(pair: str) -> None:
    assert len(found(pair)) == 1
