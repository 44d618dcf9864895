"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

# OWASP ASVS 5.0, 1.2.10: these starts make a spreadsheet compute; full-width forms are folded by some programs.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def cell(value: Any) -> Any:
    """A value that is shown, never computed; numbers stay numbers."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    text = str(value).replace("\0", "")
    return f"'{text}" if text.startswith(STARTS) else text


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """RFC 4180 with a header row; every row has the keys of the first."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    if rows:
        writer.writerow(rows[0].keys())
        writer.writerows([cell(row.get(key)) for key in rows[0]] for row in rows)
    return stream.getvalue()
