"""Rows as CSV and XLSX that no spreadsheet takes for formulas."""

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


def xlsx_bytes(rows: Sequence[Mapping[str, Any]], sheet: str) -> bytes:
    """One sheet with a frozen header row; text is written as text, whatever it starts with."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet[:31])
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    if rows:
        page.write_row(0, 0, list(rows[0]), book.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for column, key in enumerate(rows[0]):
                value = row.get(key)
                if isinstance(value, int | float):
                    page.write_number(number, column, value)
                else:
                    page.write_string(
                        number, column, str("" if value is None else value).replace("\0", "")[:32_000], wrap
                    )
        page.set_column(0, len(rows[0]) - 1, 24)
    book.close()
    return stream.getvalue()
