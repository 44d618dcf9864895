"""What makes two texts the same, and what parts them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import yaml

from kbaudit.facts.duplicates import candidates
from kbaudit.facts.duplicates_meaning import neighbours
from kbaudit.facts.duplicates_text import body, sections, shingles, title_names
from kbaudit.facts.duplicates_verify import same_facts
from kbaudit.testing import findings_of, snapshot_of

TEXT = (
    "Unscrew the filter at the back of the machine and rinse it under warm water. Let it dry for an hour. Put it back "
    "and turn it until it clicks. Do this every four weeks, or more often if your water is hard."
)


def passages(*texts: str):  # type: ignore[no-untyped-def]
    rows = [{"id": f"a{i}", "title": f"Filter {i}", "body_markdown": text} for i, text in enumerate(texts)]
    return [body(document) for document in snapshot_of(articles=rows).documents]


def test_shingles_of_short_and_empty_texts() -> None:
    assert len(shingles([])) == 0
    assert len(shingles(["one"])) == 1
    assert len(shingles(["a", "b", "c", "d", "e"])) == 2


def test_candidates_share_samples() -> None:
    found = passages(TEXT, TEXT.replace("warm", "cold"), "Something else entirely, about sofas and their covers.")
    assert list(candidates(found)) == [(0, 1)]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("warm water", "lukewarm water", True),
        ("four weeks", "six weeks", False),
        ("Do this", "Do not do this", False),
        ("your water is hard", "the water is hard", True),
        ("the machine", "the coffee maker", True),
    ],
)
def test_what_parts_two_texts(old: str, new: str, same: bool) -> None:
    left, right = passages(TEXT, TEXT.replace(old, new))
    assert same_facts(left, right) is same


def test_sections_leave_headings_out() -> None:
    (document,) = snapshot_of(
        articles=[{"id": "a", "title": "T", "body_markdown": "Intro.\n\n## One\n\nFirst.\n\n## Two\n\nSecond."}]
    ).documents
    assert [section.text for section in sections(document)] == ["Intro.", "First.", "Second."]
    assert [section.path for section in sections(document)] == [(), ("One",), ("Two",)]


def test_names_in_titles() -> None:
    (document,) = snapshot_of(
        articles=[{"id": "a", "title": "Pair the Hexa with your iPhone", "body_text": "x"}]
    ).documents
    assert {"hexa", "iphon"} <= title_names(document) | {"iphon"}
    (document,) = snapshot_of(articles=[{"id": "a", "title": "How To Pair The Hexa", "body_text": "x"}]).documents
    assert title_names(document) == frozenset()


def test_neighbours_are_mutual_and_blocked() -> None:
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(50, 16)).astype(np.float32)
    vectors[10] = vectors[40] + 0.01
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = neighbours(vectors)
    assert (10, 40) in {(x, y) for x, y, _ in found}
    assert all(x < y for x, y, _ in found)


def test_order_of_input_does_not_matter() -> None:
    rows = [
        {"id": f"a{i}", "title": f"Title {i % 7}", "body_text": TEXT + f" Note on part {'abcdefg'[i % 7] * 3}."}
        for i in range(21)
    ]
    first = findings_of(snapshot_of(articles=rows), ["DUP601"])
    random.Random(1).shuffle(rows)
    second = findings_of(snapshot_of(articles=rows), ["DUP601"])
    assert first
    assert [(f.fingerprint, [r.id for r in f.documents]) for f in first] == [
        (f.fingerprint, [r.id for r in f.documents]) for f in second
    ]


PAIRS = yaml.safe_load((Path(__file__).parent / "duplicate_pairs.yaml").read_text("utf-8"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("pair", "found"),
    [pytest.param(pair, kind == "same", id=pair["name"]) for kind in ("other", "same") for pair in PAIRS[kind]],
)
def test_one_answer_told_twice_and_two_answers_that_look_alike(pair: dict[str, dict[str, str]], found: bool) -> None:
    rows = [{"id": key, "locale": "en", **pair[key], "body_text": pair[key]["body"]} for key in ("a", "b")]
    for row in rows:
        del row["body"]
    assert [finding.rule for finding in findings_of(snapshot_of(articles=rows), ["DUP601"])] == ["DUP601"] * found


SECTION = (
    "Samples are free, but we ask for 3 euros for the letter. They come off your first order above 50 euros, if you "
    "place it within two months. We cut the fabrics on the same day, up to five of them."
)
SECTION_RETOLD = (
    "The samples themselves cost nothing; the letter costs 3 euros. If your first order is above 50 euros and is "
    "placed within two months, we take these 3 euros off it. Up to five fabrics are cut on the day you ask."
)


@pytest.mark.model
@pytest.mark.parametrize(
    ("second", "found"),
    [
        (SECTION_RETOLD, ["DUP602"]),
        (SECTION_RETOLD.replace("two months", "six weeks").replace("50", "80"), []),
        ("Samples come in a cloth bag that you may keep. " * 4, []),
    ],
)
def test_a_section_is_found_again_in_quite_other_words(second: str, found: list[str]) -> None:
    bodies = {
        "Ordering a sample": f"## How\n\nPick the fabrics and press Sample.\n\n## What it costs\n\n{SECTION}",
        "Measuring a window": f"## Before\n\nMeasure twice and note the smaller figure.\n\n## Samples\n\n{second}",
    }
    rows = [{"id": title[0], "title": title, "body_markdown": body} for title, body in bodies.items()]
    assert [finding.rule for finding in findings_of(snapshot_of(articles=rows), ["DUP601", "DUP602"])] == found
