"""For which questions do near-copies fill the results, and which answer do they push out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Hit, Snapshot
from kbaudit.facts.duplicates import Duplicates
from kbaudit.facts.retrieval import Place, Retrieval, asked
from kbaudit.model.document import Document
from kbaudit.model.finding import fingerprint
from kbaudit.model.question import Cluster, Question

# A bot puts so many passages in front of its model (OWASP's advice for retrieval: three to five).
SHOWN = 5
# An answer that is pushed out must be worth showing: this near to the first hit.
WORTH = 0.6


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
    because: str | None


def crowded(snapshot: Snapshot, least: int) -> list[Crowded]:
    """Clusters with at least `least` copies of one article among the first results."""
    retrieval: Retrieval = snapshot.fact("retrieval")
    duplicates: Duplicates = snapshot.fact("duplicates")
    groups: list[tuple[frozenset[Place], str | None]] = []
    for group in duplicates.articles:
        refs = frozenset(document.ref for document in group.documents)
        key = tuple(sorted(f"{document.source}/{document.id}" for document in group.documents))
        groups.append((refs, fingerprint("DUP601", key)))
    groups += [(frozenset(document.ref for document in group.documents), None) for group in duplicates.sections]
    groups = [(refs, because) for refs, because in groups if len(refs) >= least]
    if not groups:
        return []
    found = []
    for cluster in snapshot.clusters:
        for refs, because in groups:
            rows = [(question, retrieval.of(question)) for question in asked(cluster)]
            cases = [
                (question, hits)
                for question, hits in rows
                if sum(hit.ref in refs for hit in hits[:SHOWN]) >= least and _pushed(hits, refs) is not None
            ]
            if cases:
                found.append(_sum_up(snapshot, cluster, cases, refs, because))
                break
    return found


def _pushed(hits: Sequence[Hit], refs: frozenset[Place]) -> Hit | None:
    """The first answer that the copies keep out of the first results."""
    others = [hit for hit in hits if hit.ref not in refs]
    kept = sum(1 for hit in hits[:SHOWN] if hit.ref not in refs)
    if len(others) <= kept:
        return None
    first = others[kept]
    return first if hits and first.score >= WORTH * hits[0].score else None


def _sum_up(
    snapshot: Snapshot,
    cluster: Cluster,
    cases: Sequence[tuple[Question, tuple[Hit, ...]]],
    refs: frozenset[Place],
    because: str | None,
) -> Crowded:
    pushed = Counter(hit.ref for _, hits in cases if (hit := _pushed(hits, refs)) is not None)
    place = min(pushed, key=lambda item: (-pushed[item], item))
    shown = next(((q, hits) for q, hits in cases if (h := _pushed(hits, refs)) is not None and h.ref == place), cases[0])
    question, hits = shown
    copies = [hit for hit in hits[:SHOWN] if hit.ref in refs]
    hit = _pushed(hits, refs)
    assert hit is not None
    after = [other for other in hits if other.ref not in refs or other is copies[0]].index(hit) + 1
    return Crowded(
        cluster,
        (question, *(other for other, _ in cases if other is not question)),
        tuple(document for copy in copies if (document := snapshot.document(copy.ref)) is not None),
        tuple(copies),
        hit,
        hits.index(hit) + 1,
        after,
        len(cases) / max(len(cluster.questions), 1),
        because,
    )
