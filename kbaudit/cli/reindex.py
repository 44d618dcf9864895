"""`kbaudit reindex`: the vector index, made again from the store."""

from __future__ import annotations

from kbaudit.cli.folder import Data, Format, Output, opened, show


def command(data: Data = None, output: Output = Format.text) -> None:
    """Rebuild the vector index from the store; the model runs only for passages that were never encoded."""
    with opened(data) as app:
        counts = app.reindex(by="command line")
    text = (
        f"{counts['passages']} passages of {counts['articles']} articles are indexed; {counts['encoded']} were encoded."
    )
    show(counts, output, text)
