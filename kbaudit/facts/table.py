"""Which facts there are. A document fact is kept by content hash; a base fact lives as long as its snapshot."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

# name -> "module:function", called as function(document, snapshot) -> value of the annotated return type (anything
# that msgspec can write and read). It may read the snapshot's settings (region, currency, policies, calendar), never
# today and never another document.
DOCUMENT_FACTS: dict[str, str] = {
    "seasons": "kbaudit.facts.seasons:read",
    "claims": "kbaudit.facts.claims:read",
    "mentions": "kbaudit.facts.mentions:read",
    "placeholders": "kbaudit.facts.placeholders:read",
    "references": "kbaudit.facts.references:read",
}
# name -> "module:function", called as function(snapshot), once per snapshot.
FACTS: dict[str, str] = {
    "calendar": "kbaudit.facts.calendar:for_snapshot",
    "expired": "kbaudit.facts.seasons:expired",
    "season_verdicts": "kbaudit.facts.seasons:judge_all",
    "readiness": "kbaudit.facts.readiness:needs",
    "conflicts": "kbaudit.facts.conflicts:find",
    "duplicates": "kbaudit.facts.duplicates:find",
    "catalog": "kbaudit.facts.catalog:build",
    "catalog_differences": "kbaudit.facts.catalog_compare:find",
    "dead_links": "kbaudit.facts.links:find",
    "questions": "kbaudit.facts.questions:read_all",
    "analysed": "kbaudit.facts.analysed:read",
    "clusters": "kbaudit.facts.clusters:group",
    "gaps": "kbaudit.facts.gaps:find",
    "spelling": "kbaudit.facts.spelling:read",
    "vocabulary": "kbaudit.facts.gap_cause:vocabulary",
    "answer_policies": "kbaudit.facts.answers_policy:by_policy",
    "answers": "kbaudit.facts.answers:judge",
    "retrieval": "kbaudit.facts.retrieval:measure",
    "probes": "kbaudit.facts.probes:run",
}


def resolve(path: str) -> Callable[..., Any]:
    """The function behind "module:function"."""
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
