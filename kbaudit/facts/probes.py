"""Golden probes: questions whose answering articles are known, and how well retrieval finds them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Snapshot

DEPTH = 20


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares of questions whose right article stands among the first 1, 5 and 10; mean reciprocal rank; normalised
    discounted cumulative gain at 10 (one right article a question)."""

    questions: int
    recall_1: float
    recall_5: float
    recall_10: float
    mrr: float
    ndcg_10: float


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """One probe: the best rank of an expected article (None: not found), and what stood first instead."""

    question: str
    expected: tuple[str, ...]
    rank: int | None
    first: str | None
    score: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """All probes of a run. `missing` of a result names expected articles that are not live any more."""

    results: tuple[ProbeResult, ...]
    measures: Measures


def measure_ranks(ranks: Sequence[int | None]) -> Measures:
    """The measures of a list of ranks (from 1; None: not found)."""
    count = len(ranks)
    if not count:
        return Measures(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    found = [rank for rank in ranks if rank is not None]

    def recall(k: int) -> float:
        return round(sum(rank <= k for rank in found) / count, 4)

    return Measures(
        count,
        recall(1),
        recall(5),
        recall(10),
        round(sum(1 / rank for rank in found) / count, 4),
        round(sum(1 / math.log2(rank + 1) for rank in found if rank <= 10) / count, 4),
    )


def run(snapshot: Snapshot) -> ProbeReport:
    """Retrieve every probe of the configuration."""
    probes = snapshot.settings.probes
    live = {name for document in snapshot.answers for name in (document.id, document.url) if name}
    urls = {document.ref: document.url for document in snapshot.answers}
    rows = snapshot.search_many([p.question for p in probes], [p.locale for p in probes], DEPTH) if probes else []
    results = []
    for probe, hits in zip(probes, rows, strict=True):
        wanted = set(probe.expected)
        rank = next((n for n, hit in enumerate(hits, 1) if hit.ref[1] in wanted or urls[hit.ref] in wanted), None)
        results.append(
            ProbeResult(
                probe.question,
                tuple(probe.expected),
                rank,
                hits[0].ref[1] if hits else None,
                hits[0].score if hits else 0.0,
                tuple(name for name in probe.expected if name not in live),
            )
        )
    return ProbeReport(tuple(results), measure_ranks([result.rank for result in results]))
