"""DUP601: articles say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.duplicates_keep import beginning, best_first
from kbaudit.model.finding import Evidence, Finding, Ref


class DuplicateArticle(Check):
    """
    ## Why it matters
    Two articles with one content are edited one at a time: sooner or later they contradict each other. Until then
    they take each other's place in search results and push other answers out.

    ## Flagged
    Articles of one locale for the same readers whose words are the same, nearly the same (also with the sections in
    another order, or a paragraph more), or different while they answer the same question with the same facts. Macros
    that say the same, compared among themselves.

    ## Not flagged
    Translations and regional versions. The same template about another product, version, region or figure: what
    differs in a number, a name, a negation or its subject is no duplicate. A macro and an article: macros repeat
    articles by design.

    ## Fix
    Keep the first article named, move over what only the others say, archive them and redirect their addresses.
    """

    code = "DUP601"
    name = "duplicate-article"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`quote`: characters of each article's beginning that are shown as evidence."""

        quote: int = 280

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each group of copies."""
        for group in snapshot.fact("duplicates").articles:
            documents, spans, reason = best_first(group.documents, group.spans, snapshot)
            keep, others = documents[0], documents[1:]
            titles = _titles([document.title for document in others])
            where = "its address" if len(others) == 1 else "their addresses"
            how = {
                "exact": "word for word the same",
                "near": "nearly word for word the same",
                "meaning": "the same in other words",
            }[group.how]
            yield self.finding(
                subject={},
                key=tuple(sorted(f"{document.source}/{document.id}" for document in documents)),
                message=f"“{keep.title}” and {titles} say {how}.",
                documents=[Ref.to(document) for document in documents],
                evidence=[
                    Evidence.of(
                        document,
                        *beginning(document.text, span, self.options.quote),
                        note="to keep" if document is keep else "a copy",
                    )
                    for document, span in zip(documents, spans, strict=True)
                ],
                suggestion=(
                    f"Keep “{keep.title}” ({keep.url or keep.id}): {reason}. Move over what only the others say, "
                    + (f"delete {titles}." if keep.kind == "macro" else f"archive {titles} and redirect {where} to it.")
                ),
                score=group.score,
                impact=snapshot.touching(documents),
            )


def _titles(titles: list[str]) -> str:
    shown = [f"“{title}”" for title in titles[:3]]
    if len(titles) > 3:
        return f"{', '.join(shown)} and {len(titles) - 3} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
