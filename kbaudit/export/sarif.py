"""The report as SARIF 2.1.0 (OASIS), for code hosts that show findings beside Markdown files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kbaudit import __version__
from kbaudit.export.plain import View, jsonable
from kbaudit.model.finding import Evidence, Finding

Place = tuple[str, str]
LEVELS = {"high": "error", "medium": "warning", "low": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(view: View) -> str:
    """One run with a result a finding. An article of a folder is named by its file, with the line of the quotation;
    any other by its address or id, with character offsets into its plain text."""
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
                "results": [_result(item, index, view.files) for item in view.findings],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(item: Finding, index: dict[str, int], files: Mapping[Place, Path]) -> dict[str, Any]:
    return {
        "ruleId": item.rule,
        "ruleIndex": index[item.rule],
        "level": LEVELS[item.severity],
        "message": {"text": f"{item.message} {item.suggestion}"},
        "partialFingerprints": {"kbaudit/v1": item.fingerprint},
        "locations": [_location(evidence, files) for evidence in item.evidence[:1]],
        "relatedLocations": [_location(evidence, files) for evidence in item.evidence[1:]],
        "properties": {"score": item.score, "subject": jsonable(item.subject)},
    }


def _location(item: Evidence, files: Mapping[Place, Path]) -> dict[str, Any]:
    place = (item.ref.source, item.ref.id)
    region: dict[str, Any] = {"snippet": {"text": item.quote}}
    file = files.get(place) if item.ref.kind == "article" else None
    if file is not None:
        uri = quote(_relative(file).as_posix())
        line = _line(file, item.quote)
        # Offsets count in the article's plain text, which is not the file's.
        region |= {"startLine": line} if line else {}
    else:
        uri = item.ref.url or f"{quote(item.ref.source)}/{quote(item.ref.id)}"
        if item.start is not None and item.end is not None:
            region |= {"charOffset": item.start, "charLength": item.end - item.start}
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": region},
        "message": {"text": item.note or item.field or "evidence"},
    }


def _relative(file: Path) -> Path:
    """Below the working folder, which is a checkout's root where code hosts run this, else as it is."""
    try:
        return file.resolve().relative_to(Path.cwd())
    except ValueError:
        return file.resolve()


def _line(file: Path, text: str) -> int | None:
    """The line on which a quotation begins in its file, if it stands there as it is quoted."""
    try:
        whole = file.read_text("utf-8", errors="replace")
    except OSError:
        return None
    at = whole.find(text.splitlines()[0]) if text.strip() else -1
    return whole.count("\n", 0, at) + 1 if at >= 0 else None
