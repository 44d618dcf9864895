"""Two sentences of two pages of terms: those that can both hold are silent, those that cannot are found once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kbaudit.testing import findings_of, snapshot_of

PAIRS: dict[str, dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_name("terms_pairs.yaml").read_text("utf-8"))


def found(pair: str) -> list[str]:
    texts = pair.split(" || ")
    articles = [{"id": f"d{number}", "title": "Terms", "body_markdown": text} for number, text in enumerate(texts)]
    return [item.message for item in findings_of(snapshot_of(articles=articles, as_of="2026-06-01"), ["CON"])]


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS["silent"].values() for pair in pairs])
def test_what_can_both_hold_is_silent(pair: str) -> None:
    assert found(pair) == []


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS["conflict"].values() for pair in pairs])
def test_what_cannot_both_hold_is_found_once(pair: str) -> None:
    assert len(found(pair)) == 1


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS["conflict"].values() for pair in pairs][::7])
def test_the_order_of_the_pages_does_not_matter(pair: str) -> None:
    first, second = pair.split(" || ")
    assert len(found(f"{second} || {first}")) == 1
