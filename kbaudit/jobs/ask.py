"""Ask as a customer: what would the shop's bot retrieve, and would any of it be the answer?"""

from __future__ import annotations

from dataclasses import dataclass

from kbaudit.snapshot import BaseSnapshot

# Of Doc2Dial's questions whose first hit leads the second by a tenth of its score, nine in ten have the right article
# first, of the others four in ten; below this cosine of the first hit one in seven has (bench/quality/doc2dial.py).
LEAD = 0.1
NEAR = 0.4


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


NONE_NEAR = "None of these is near: the question may have no article."


def verdict(dense: float, likely: bool) -> str:
    """What the first result's meaning and its lead say of the question, for people."""
    if likely:
        return "The first result would probably be the answer."
    return "The answer may be among these; no result stands out." if dense >= NEAR else NONE_NEAR


def ask(snapshot: BaseSnapshot, question: str, locale: str | None = None, k: int = 8) -> list[Answer]:
    """The best passages for a question, one an article, best first."""
    found = []
    hits = snapshot.search(question, locale, max(k, 2))
    leads = len(hits) < 2 or hits[0].score - hits[1].score >= LEAD * hits[0].score
    for rank, hit in enumerate(hits[:k], 1):
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
                rank == 1 and hit.dense >= NEAR and leads,
            )
        )
    return found
