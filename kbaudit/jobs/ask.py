"""Ask as a customer: what would the shop's bot retrieve, and would any of it be the answer?"""

from __future__ import annotations

from dataclasses import dataclass

from kbaudit.snapshot import BaseSnapshot

# Of Doc2Dial's questions whose best fused score lies above, three in four have the right article first; below, about
# one in two (printed by bench/quality/doc2dial.py).
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """One retrieved passage, with the parts of its score. `likely` says that it would probably be the answer."""

    rank: int
    source: str
    id: str
    title: str
    url: str | None
    locale: str
    headings: tuple[str, ...]
    passage: str
    start: int
    end: int
    score: float
    dense: float
    keyword: float
    likely: bool


def ask(snapshot: BaseSnapshot, question: str, locale: str | None = None, k: int = 8) -> list[Answer]:
    """The best passages for a question, one an article, best first."""
    found = []
    for rank, hit in enumerate(snapshot.search(question, locale, k), 1):
        document = snapshot.document(hit.ref)
        if document is None:
            continue
        chunk = hit.chunk
        found.append(
            Answer(
                rank,
                document.source,
                document.id,
                document.title,
                document.url,
                document.locale,
                chunk.path,
                document.text[chunk.start : chunk.end],
                chunk.start,
                chunk.end,
                round(hit.score, 4),
                round(hit.dense, 4),
                round(hit.keyword, 4),
                rank == 1 and hit.score >= LIKELY,
            )
        )
    return found
