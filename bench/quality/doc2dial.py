"""Retrieval: Doc2Dial's opening questions against the document that answers them.

    python -m bench.quality.doc2dial

Recall at 1, 5 and 10, MRR and nDCG at 10 over all 660 questions, with a 95 % interval, and for the half that nothing
was tuned on (a stable hash of the question's id). Floors measured without kbaudit: BM25 R@1 0.586 R@5 0.806, MiniLM
0.559 and 0.848, fused 0.636 and 0.873. Also how often the first hit is right by its score. Doc2Dial: Feng et al. 2020.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from bench.quality.figures import data, missing, share, verdict
from kbaudit.facts.probes import Measures, measure_ranks
from kbaudit.testing import snapshot_of


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (data() / "doc2dial" / name).read_text("utf-8").splitlines()]


def half(name: str) -> str:
    """`tune` or `test`, for ever."""
    return "test" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tune"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    if missing("doc2dial"):
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
    figures: dict[str, float] = {}
    for name in ("all", "tune", "test"):
        part = [r for q, r in zip(questions, ranks, strict=True) if name == "all" or half(q["id"]) == name]
        measures: Measures = measure_ranks(part)
        at_1 = share(sum(rank == 1 for rank in part), len(part))
        at_5 = share(sum(rank is not None and rank <= 5 for rank in part), len(part))
        figures |= {
            f"{name}.recall_1": measures.recall_1,
            f"{name}.recall_5": measures.recall_5,
            f"{name}.mrr": measures.mrr,
        }
        sys.stdout.write(
            f"{name:5} {len(part):4} questions  R@1 {at_1}  R@5 {at_5}  R@10 {measures.recall_10:.3f}  "
            f"MRR {measures.mrr:.3f}  nDCG@10 {measures.ndcg_10:.3f}\n"
        )
    for low in (0.2, 0.3, 0.4, 0.5, 0.6):
        inside = [
            rank == 1 for rank, hits in zip(ranks, found, strict=True) if hits and low <= hits[0].score < low + 0.1
        ]
        if inside:
            right = share(sum(inside), len(inside))
            sys.stdout.write(f"first hit's score {low:.1f} to {low + 0.1:.1f}: right {right}\n")
    for low, high in ((0.0, 0.1), (0.1, 1.0)):
        inside = [
            rank == 1
            for rank, hits in zip(ranks, found, strict=True)
            if len(hits) > 1 and low <= 1 - hits[1].score / hits[0].score < high
        ]
        right = share(sum(inside), len(inside))
        sys.stdout.write(f"first hit leads by {low:.1f} to {high:.1f} of its score: right {right}\n")
    sys.stdout.write(f"{seconds / len(questions) * 1000:.1f} ms a question in batches, vectors of questions included\n")
    return verdict("doc2dial", figures)


if __name__ == "__main__":
    sys.exit(main())
