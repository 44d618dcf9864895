"""Golden probes: questions whose answering articles are known, and how well retrieval finds them."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Snapshot

DEPTH = 20
# So many articles that stand above the right one are named.
ABOVE = 3
Place = tuple[str, str]


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
    """One probe: the best rank of an expected article (None: not among the first twenty), what stands above it (the
    first three), the score of the first hit, and the expected names that no live article has."""

    id: str
    question: str
    expected: tuple[str, ...]
    rank: int | None
    above: tuple[Place, ...]
    score: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """All probes of a run."""

    results: tuple[ProbeResult, ...]
    measures: Measures


def probe_id(question: str, locale: str | None) -> str:
    """Same question in the same locale, same probe: 16 hex digits, whatever its spaces and capitals."""
    words = " ".join(question.split()).casefold()
    return hashlib.sha256(json.dumps([words, (locale or "").casefold()]).encode()).hexdigest()[:16]


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


def places(snapshot: Snapshot) -> dict[str, set[Place]]:
    """What a probe may call an article (id, address, `source/id`) → the live articles with that name."""
    found: dict[str, set[Place]] = {}
    for document in snapshot.answers:
        for name in (document.id, document.url, "/".join(document.ref)):
            if name:
                found.setdefault(name, set()).add(document.ref)
    return found


def run(snapshot: Snapshot) -> ProbeReport:
    """Retrieve every probe of the settings, each question once."""
    probes = {probe_id(probe.question, probe.locale): probe for probe in reversed(snapshot.settings.probes)}
    named = places(snapshot)
    chosen = list(probes.values())
    rows = snapshot.search_many([p.question for p in chosen], [p.locale for p in chosen], DEPTH) if chosen else []
    results = []
    for (id_, probe), hits in zip(probes.items(), rows, strict=True):
        wanted = {place for name in probe.expected for place in named.get(name, ())}
        rank = next((n for n, hit in enumerate(hits, 1) if hit.ref in wanted), None)
        results.append(
            ProbeResult(
                id_,
                probe.question,
                tuple(probe.expected),
                rank,
                tuple(hit.ref for hit in hits[: min(ABOVE, (rank or DEPTH + 1) - 1)]),
                round(hits[0].score, 4) if hits else 0.0,
                tuple(name for name in probe.expected if name not in named),
            )
        )
    results.sort(key=lambda result: result.id)
    return ProbeReport(tuple(results), measure_ranks([result.rank for result in results]))
