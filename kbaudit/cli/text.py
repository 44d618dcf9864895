"""`kbaudit text`: the plain text to which offsets refer."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from kbaudit.cli.folder import Format
from kbaudit.errors import UsageError


def command(
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    articles: Annotated[list[str], typer.Option("--articles", metavar="PATH|URL", help="Where it is.")],
    output_format: Annotated[Format, typer.Option("--output-format", help="text or json.")] = Format.text,
) -> None:
    """Print an article's plain text: title, a blank line, then one block a line."""
    from kbaudit.config import Settings
    from kbaudit.jobs.check import Request, read

    corpus, _ = read(Request(articles=articles), Settings())
    found = [document for ref, document in sorted(corpus.documents.items()) if ref[1] == article]
    if not found:
        raise UsageError(f'There is no article "{article}" among the {len(corpus.documents)} that were read.')
    document = found[0]
    if output_format is Format.json:
        row = {"source": document.source, "id": document.id, "text": document.text}
        sys.stdout.buffer.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write((document.text + "\n").encode("utf-8", "replace"))
