"""Probes as `probes.toml` has them, to be kept beside the rest of the configuration."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kbaudit.config import Probe

HEAD = "# Golden questions, as people accepted them. Put the tables into config/probes.toml.\n"


def render(probes: Iterable[Probe]) -> str:
    """One table a probe."""
    return HEAD + "".join(_table(probe) for probe in probes)


def _table(probe: Probe) -> str:
    expected = ", ".join(_text(name) for name in probe.expected)
    lines = ["", "[[probe]]", f"question = {_text(probe.question)}", f"expected = [{expected}]"]
    if probe.locale:
        lines.append(f"locale = {_text(probe.locale)}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    # TOML's basic strings take JSON's escapes; JSON leaves DEL as it is, TOML does not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
