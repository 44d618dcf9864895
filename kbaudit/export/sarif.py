"""The report as SARIF 2.1.0 (OASIS), for code hosts that show findings beside Markdown files."""

from __future__ import annotations

import json
from typing import Any

from kbaudit import __version__
from kbaudit.export.plain import View, jsonable
from kbaudit.model.finding import Evidence, Finding

LEVELS = {"high": "error", "medium": "warning", "low": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(view: View) -> str:
    """One run with a result a finding; offsets are character offsets into the article's plain text."""
    rules = sorted({(item.rule, item.name, item.severity) for item in view.findings})
    index = {code: number for number, (code, _, _) in enumerate(rules)}
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kbaudit",
                        "version": __version__,
                        "rules": [
                            {
                                "id": code,
                                "name": name,
                                "shortDescription": {"text": name.replace("-", " ")},
                                "defaultConfiguration": {"level": LEVELS[severity]},
                            }
                            for code, name, severity in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not view.broken,
                        "toolExecutionNotifications": [
                            {"level": "error", "message": {"text": f"{rule}: {reason}"}} for rule, reason in view.broken
                        ],
                    }
                ],
                "results": [_result(item, index) for item in view.findings],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(item: Finding, index: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": item.rule,
        "ruleIndex": index[item.rule],
        "level": LEVELS[item.severity],
        "message": {"text": f"{item.message} {item.suggestion}"},
        "partialFingerprints": {"kbaudit/v1": item.fingerprint},
        "locations": [_location(evidence) for evidence in item.evidence[:1]],
        "relatedLocations": [_location(evidence) for evidence in item.evidence[1:]],
        "properties": {"score": item.score, "subject": jsonable(item.subject)},
    }


def _location(item: Evidence) -> dict[str, Any]:
    from urllib.parse import quote

    uri = item.ref.url or f"{quote(item.ref.source)}/{quote(item.ref.id)}"
    region: dict[str, Any] = {"snippet": {"text": item.quote}}
    if item.start is not None and item.end is not None:
        region |= {"charOffset": item.start, "charLength": item.end - item.start}
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": region},
        "message": {"text": item.note or item.field or "evidence"},
    }
