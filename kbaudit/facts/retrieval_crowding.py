"""For which questions do near-copies fill the results, and which answer do they push out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Hit, Snapshot
from kbaudit.facts.duplicates import Duplicates
from kbaudit.facts.retrieval import Place, Retrieval, asked, pooled
from kbaudit.model.document import Document
from kbaudit.model.finding import fingerprint
from kbaudit.model.question import Cluster, Question

# A bot puts so many passages in front of its model (OWASP's advice for retrieval: three to five).
SHOWN = 5
# The copies must be what the question is about: one of them stands first, with at least this cosine ...
ABOUT = 0.42
# ... and what they push out must be worth showing: so near to the first hit, and no further than that by itself.
WORTH = 0.65
ANSWERS = 0.45
# Two passages that say the same (cosine): copies of one text lie above 0.9, pages on one subject below 0.8.
SAME = 0.9


@dataclass(frozen=True, slots=True)
class Crowded:
    """One cluster whose results `copies` fill; `pushed` is what stands below them. `because` names the finding that
    calls them copies."""

    cluster: Cluster
    questions: tuple[Question, ...]
    copies: tuple[Document, ...]
    hits: tuple[Hit, ...]
    pushed: Hit
    before: int
    after: int
    share: float
    because: str


def crowded(snapshot: Snapshot, least: int, questions: int, share: float) -> list[Crowded]:
    """Clusters with at least `least` copies of one article among the first results of at least so many questions and
    this share of those that find a copy first. Clusters too small to say it alone are taken together by the copies."""
    duplicates: Duplicates = snapshot.fact("duplicates")
    groups: list[tuple[frozenset[Place], str]] = []
    for group in duplicates.articles:
        refs = frozenset(document.ref for document in group.documents)
        key = tuple(sorted(f"{document.source}/{document.id}" for document in group.documents))
        groups.append((refs, fingerprint("DUP601", key)))
    if not groups:
        return []
    retrieval: Retrieval = snapshot.fact("retrieval")
    found = []
    for cluster in snapshot.clusters:
        rows = [(question, retrieval.of(question)) for question in asked(cluster)]
        for refs, because in groups:
            cases: list[_Case] = []
            concerned = 0
            for question, hits in rows:
                if not hits or hits[0].ref not in refs:
                    continue
                concerned += 1
                if hits[0].dense < ABOUT:
                    continue
                copies = _copies(snapshot, hits[:SHOWN], refs)
                if len(copies) >= least and _pushed(hits, copies) is not None:
                    cases.append(_Case(question, hits, copies))
            if cases:
                found.append(_sum_up(snapshot, cluster, cases, because, concerned))
                break
    together = pooled(found, questions, lambda case: case.because, lambda case: case.hits[0].score)
    return [case for case in together if len(case.questions) >= questions and case.share >= share]


@dataclass(frozen=True, slots=True)
class _Case:
    question: Question
    hits: tuple[Hit, ...]
    copies: frozenset[Place]


def _copies(snapshot: Snapshot, hits: Sequence[Hit], refs: frozenset[Place]) -> frozenset[Place]:
    """The results that say the same here: the known copies, and what comes as near to one of them as they do."""
    import numpy as np

    texts = [
        document.text[hit.chunk.start : hit.chunk.end]
        for hit in hits
        if (document := snapshot.document(hit.ref)) is not None
    ]
    rows = snapshot.vectors(texts)
    known = [number for number, hit in enumerate(hits) if hit.ref in refs]
    near = np.round(rows @ rows[known].T, 4).max(axis=1)
    return frozenset(hit.ref for hit, value in zip(hits, near, strict=True) if hit.ref in refs or value >= SAME)


def _pushed(hits: Sequence[Hit], refs: frozenset[Place]) -> Hit | None:
    """The first answer that the copies keep out of the first results."""
    others = [hit for hit in hits if hit.ref not in refs]
    kept = sum(1 for hit in hits[:SHOWN] if hit.ref not in refs)
    if len(others) <= kept:
        return None
    first = others[kept]
    return first if first.dense >= ANSWERS and first.score >= WORTH * hits[0].score else None


def _sum_up(snapshot: Snapshot, cluster: Cluster, cases: Sequence[_Case], because: str, concerned: int) -> Crowded:
    pushed = [_pushed(case.hits, case.copies) for case in cases]
    counts = Counter(hit.ref for hit in pushed if hit is not None)
    place = min(counts, key=lambda item: (-counts[item], item))
    number = next(n for n, hit in enumerate(pushed) if hit is not None and hit.ref == place)
    shown, hit = cases[number], pushed[number]
    assert hit is not None
    copies = [other for other in shown.hits[:SHOWN] if other.ref in shown.copies]
    after = [other for other in shown.hits if other.ref not in shown.copies or other is copies[0]].index(hit) + 1
    return Crowded(
        cluster,
        (shown.question, *(case.question for case in cases if case is not shown)),
        tuple(document for copy in copies if (document := snapshot.document(copy.ref)) is not None),
        tuple(copies),
        hit,
        shown.hits.index(hit) + 1,
        after,
        len(cases) / max(concerned, 1),
        because,
    )
