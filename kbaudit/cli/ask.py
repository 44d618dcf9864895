"""`kbaudit ask`: what would the shop's bot retrieve for a question?"""

from __future__ import annotations

import dataclasses
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kbaudit.cli.folder import Data, Format, Output, show
from kbaudit.errors import UsageError

if TYPE_CHECKING:
    from kbaudit.jobs.ask import Answer


def command(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In the customer's words.")],
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="PATH|URL", help="Ask these instead of a data folder.")
    ] = None,
    data: Data = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="DIR", help="With --articles: a folder of TOML files.")
    ] = None,
    locale: Annotated[str | None, typer.Option("--locale", metavar="en-US", help="The customer's locale.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=50, help="How many results.")] = 5,
    output: Output = Format.text,
) -> None:
    """Ask as a customer: the passages that retrieval finds, best first, with their scores."""
    from kbaudit.cli.progress import Bar
    from kbaudit.jobs.ask import ask

    if not question.strip():
        raise UsageError("A question has words.")
    if articles:
        from kbaudit.config import load
        from kbaudit.jobs.check import Request, read, snapshot_over
        from kbaudit.jobs.corpus import settings_digest
        from kbaudit.store.cache import Cache

        settings = load(config)
        request = Request(articles=articles)
        with Bar() as bar:
            corpus, place = read(request, settings, bar)
            cache = Cache(request.cache, settings_digest(settings, place))
            try:
                found = ask(snapshot_over(corpus, settings, place, None, cache, bar), question, locale, k)
            finally:
                cache.close()
    else:
        from kbaudit.cli.folder import opened

        with opened(data) as app:
            found = ask(app.answering.snapshot(), question, locale, k)
    show([dataclasses.asdict(item) for item in found], output, render(found))


def render(found: list[Answer]) -> str:
    """The results for a terminal."""
    from kbaudit.jobs.ask import verdict

    if not found:
        return "No live article was found."
    lines = [verdict(found[0].dense, found[0].likely)]
    for item in found:
        headings = f" > {' > '.join(item.headings)}" if item.headings else ""
        lines += [
            "",
            f"{item.rank}. {item.title}{headings}",
            f"   {item.id}  score {item.score:.2f}  (meaning {item.dense:.2f}, words {item.keyword:.2f})",
            *textwrap.wrap(" ".join(item.passage.split())[:400], 92, initial_indent="   ", subsequent_indent="   "),
        ]
    return "\n".join(lines)
