"""Every rule's table of cases, run through the real cleaning, facts, model and retriever.

A case: `name`, `as_of`, `articles`, `products`, `conversations`, `regions`, `rules` (options), `config` (file -> TOML),
`expect`: a list of findings of the rule with `documents` (ids, in any order), `subject` (a part of it), `quote` (a part
of one). An empty `expect` is a silent case; those stand first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kbaudit.model.finding import Finding
from kbaudit.testing import findings_of, snapshot_of

TABLES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def _cases() -> list[Any]:
    return [
        pytest.param(path.stem.split("_")[0].upper(), case, id=f"{path.stem}: {case['name']}")
        for path in TABLES
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def _matches(found: Finding, expected: dict[str, Any]) -> bool:
    ids = {ref.id for ref in found.documents}
    return (
        set(map(str, expected.get("documents", ()))) <= ids
        and all(str(found.subject.get(key)) == str(value) for key, value in expected.get("subject", {}).items())
        and ("quote" not in expected or any(expected["quote"] in item.quote for item in found.evidence))
    )


@pytest.mark.parametrize(("rule", "case"), _cases())
def test_the_rule_finds_what_the_table_says_and_nothing_else(rule: str, case: dict[str, Any]) -> None:
    rule = case.get("rule", rule)
    snapshot = snapshot_of(
        articles=case.get("articles", ()),
        products=case.get("products", ()),
        conversations=case.get("conversations", ()),
        as_of=str(case["as_of"]) if "as_of" in case else None,
        regions=case.get("regions", ()),
        rules=case.get("rules"),
        config=case.get("config"),
    )
    found = [item for item in findings_of(snapshot, [*case.get("with", ()), rule]) if item.rule == rule]
    for item in found:
        for evidence in item.evidence:
            document = snapshot.document((evidence.ref.source, evidence.ref.id))
            if document is not None and evidence.start is not None:
                assert document.text[evidence.start : evidence.end] == evidence.quote
    said = [(item.message, [ref.id for ref in item.documents]) for item in found]
    expected = list(case["expect"])
    for item in found:
        match = next((wanted for wanted in expected if _matches(item, wanted)), None)
        assert match is not None, f"not expected: {said}"
        expected.remove(match)
    assert not expected, f"missed {expected}; found {said}"
