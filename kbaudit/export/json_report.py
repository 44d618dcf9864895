"""The report as one JSON document."""

from __future__ import annotations

import json

from kbaudit.export.plain import View, report


def render(view: View) -> str:
    """UTF-8 text, indented by two, keys in the contract's order."""
    return json.dumps(report(view), ensure_ascii=False, indent=2) + "\n"
