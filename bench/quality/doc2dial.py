"""Retrieval: Doc2Dial's opening questions against the document that answers them.

    python -m bench.quality.doc2dial [--half tune|test|all]

Recall at 1, 5 and 10, MRR and nDCG at 10 over all 660 questions, with a 95 % interval, and for the half that nothing
was tuned on (a stable hash of the question's id). Floors measured without kbaudit: BM25 R@1 0.586 R@5 0.806, MiniLM
0.559 and 0.848, fused 0.636 and 0.873. Also how often the first hit is right by its score. Doc2Dial: Feng et al. 2020.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kbaudit.facts.probes import Measures, measure_ranks
from kbaudit.testing import snapshot_of

SHARED = Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).parents[2] / ".." / "shared")) / "data" / "doc2dial"


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (SHARED / name).read_text("utf-8").splitlines()]


def half(name: str) -> str:
    """`tune` or `test`, for ever."""
    return "test" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tune"


def interval(hits: Sequence[bool], draws: int = 1000) -> tuple[float, float]:
    """A 95 % bootstrap interval of a share."""
    chance = random.Random(7)
    means = sorted(sum(chance.choices(hits, k=len(hits))) / len(hits) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    if not SHARED.is_dir():
        sys.stdout.write(f"skipped: no data at {SHARED}\n")
        return 0
    questions = rows("questions.jsonl")
    snapshot = snapshot_of(articles=rows("articles.jsonl"), as_of="2026-06-01")
    snapshot.search("warm up", "en", 1)
    begun = time.perf_counter()
    found = snapshot.search_many([q["text"] for q in questions], ["en"] * len(questions), 20)
    seconds = time.perf_counter() - begun
    ranks = [
        next((n for n, hit in enumerate(hits, 1) if hit.ref[1] in set(q["expected"])), None)
        for q, hits in zip(questions, found, strict=True)
    ]
    for name in ("all", "tune", "test"):
        part = [r for q, r in zip(questions, ranks, strict=True) if name == "all" or half(q["id"]) == name]
        measures: Measures = measure_ranks(part)
        at_1 = interval([rank == 1 for rank in part])
        at_5 = interval([rank is not None and rank <= 5 for rank in part])
        sys.stdout.write(
            f"{name:5} {len(part):4} questions  R@1 {measures.recall_1:.3f} [{at_1[0]:.3f}, {at_1[1]:.3f}]  "
            f"R@5 {measures.recall_5:.3f} [{at_5[0]:.3f}, {at_5[1]:.3f}]  R@10 {measures.recall_10:.3f}  "
            f"MRR {measures.mrr:.3f}  nDCG@10 {measures.ndcg_10:.3f}\n"
        )
    for low in (0.2, 0.3, 0.4, 0.5, 0.6):
        inside = [
            rank == 1 for rank, hits in zip(ranks, found, strict=True) if hits and low <= hits[0].score < low + 0.1
        ]
        if inside:
            share = sum(inside) / len(inside)
            sys.stdout.write(f"first hit's score {low:.1f} to {low + 0.1:.1f}: right {share:.2f} of {len(inside)}\n")
    for low, high in ((0.0, 0.1), (0.1, 1.0)):
        inside = [
            rank == 1
            for rank, hits in zip(ranks, found, strict=True)
            if len(hits) > 1 and low <= 1 - hits[1].score / hits[0].score < high
        ]
        share = sum(inside) / max(1, len(inside))
        sys.stdout.write(
            f"first hit leads by {low:.1f} to {high:.1f} of its score: right {share:.2f} of {len(inside)}\n"
        )
    sys.stdout.write(f"{seconds / len(questions) * 1000:.1f} ms a question in batches, vectors of questions included\n")
    return 0 if not math.isnan(seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
