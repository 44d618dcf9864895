"""FRE702: a link in an article no longer leads anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.links import Dead
from kbaudit.model.finding import Evidence, Finding, Ref


class BrokenLink(Check):
    """
    ## Why it matters
    A customer who follows a link to a missing page is back where they started, and writes to support. Bots pass
    links on unread.

    ## Flagged
    Links to articles that are drafts, expired or not yet due; links whose address follows the pattern of the base's
    articles while no article has it; malformed addresses and addresses of one computer. With `--check-links` also
    links elsewhere that answer 404 or 410, or whose host does not exist.

    ## Not flagged
    Addresses outside the base that were not asked for; answers that prove nothing (401, 403, 429, 5xx, time-outs);
    missing pages where most links between the articles miss, because then only a part of the base was given.

    ## Fix
    Point the link to the article that has the content now, or remove it; redirect addresses that are linked often.
    """

    code = "FRE702"
    name = "broken-link"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`quotes`: at most so many links are shown as evidence."""

        quotes: int = 10

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article, with all its dead links."""
        by_article: dict[tuple[str, str], list[Dead]] = {}
        for dead in snapshot.fact("dead_links"):
            by_article.setdefault(dead.document.ref, []).append(dead)
        for found in by_article.values():
            document = found[0].document
            first = found[0]
            words = document.text[first.link.start : first.link.end]
            others = len({dead.link.href for dead in found}) - 1
            yield self.finding(
                subject={"link": first.link.href, "reason": first.reason},
                key=(f"{document.source}/{document.id}",),
                message=f"The link “{words}” in “{document.title}” leads nowhere: {first.reason}"
                + (f"; {others} more {'link does' if others == 1 else 'links do'} so too." if others else "."),
                documents=[Ref.to(document)],
                evidence=[
                    Evidence.of(document, dead.link.start, dead.link.end, note=f"{dead.link.href}: {dead.reason}")
                    for dead in found[: self.options.quotes]
                ],
                suggestion=_suggestion(first, words),
                score=max(dead.score for dead in found),
                impact=snapshot.touching([document]),
            )


def _suggestion(dead: Dead, words: str) -> str:
    if dead.target is not None and dead.target.ref != dead.document.ref and "heading" not in dead.reason:
        return (
            f"Publish “{dead.target.title}” again, or point the link “{words}” to the article that replaced it; "
            "otherwise remove the link."
        )
    return f"Point the link “{words}” ({dead.link.href}) to the page that has this content now, or remove it."
