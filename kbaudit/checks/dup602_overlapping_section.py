"""DUP602: a section stands in more than one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.duplicates_keep import beginning, best_first
from kbaudit.model.finding import Evidence, Finding, Ref


class OverlappingSection(Check):
    """
    ## Why it matters
    A copied section is a second place to edit that nobody remembers. When the rule in it changes, one copy stays.

    ## Flagged
    A section of substance that stands nearly word for word in two or more different articles, or (30 words and more)
    is told there again sentence by sentence in other words.

    ## Not flagged
    Footers, contact blocks, legal notices and whatever stands on many pages; sections of pages that follow one
    template about different products, regions or versions; articles that are copies as a whole (DUP601).

    ## Fix
    Keep the section in the article it belongs to and link to it from the others.
    """

    code = "DUP602"
    name = "overlapping-section"
    severity = "low"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`quote`: characters of each copy's beginning that are shown as evidence."""

        quote: int = 400

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each set of articles that share a section."""
        for group in snapshot.fact("duplicates").sections:
            documents, spans, reason = best_first(group.documents, group.spans, snapshot)
            keep, others = documents[0], documents[1:]
            block = keep.block_at(spans[0][0])
            heading = block.path[-1] if block is not None and block.path else ""
            named = f"The section “{heading}”" if heading else "A section"
            titles = ", ".join(f"“{document.title}”" for document in others[:3]) + (
                " and others" if len(others) > 3 else ""
            )
            how = "in other words" if group.how == "meaning" else "nearly word for word"
            yield self.finding(
                subject={},
                key=tuple(sorted(f"{document.source}/{document.id}" for document in documents)),
                message=f"{named} of “{keep.title}” stands {how} in {titles} too.",
                documents=[Ref.to(document) for document in documents],
                evidence=[
                    Evidence.of(
                        document, *beginning(document.text, span, self.options.quote), note="the shared section"
                    )
                    for document, span in zip(documents, spans, strict=True)
                ],
                suggestion=(
                    f"Keep the section in “{keep.title}” ({reason}); in {titles} put a sentence with a link to it."
                ),
                score=group.score,
                impact=snapshot.touching(documents),
            )
