"""`kbaudit erase`: take one customer out of everything that is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show


def command(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="The id or address that conversations carry.")],
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Delete a customer's conversations, questions, quotes and vectors, and never take them in again."""
    with opened(data) as app:
        counts = app.erase(customer, by="command line")
    text = (
        f"{counts['conversations']} conversations erased, with their questions, quotes and vectors; "
        f"{counts['findings']} findings had quotes of them. Backups are yours to expire."
    )
    show(counts, output, text)
