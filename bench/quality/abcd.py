"""Gaps of ABCD: take articles away and see whether the questions that they answered surface, and no others.

    python -m bench.quality.abcd [--folds 5]

The 55 guidelines are read as the shop's articles. Each fold removes every fifth of them (stable hash of the id). Of the
conversations with a known subflow, those whose article is gone should stand in a gap finding, the others in none.
Sibling articles that say nearly the same (a return for stain, colour or size) count as they are: their questions keep
an answer, so recall here is a lower bound.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from bench.quality.figures import data, missing, ratio, share, verdict
from kbaudit.snapshot import BaseSnapshot
from kbaudit.testing import findings_of, snapshot_of

ALIASES = {
    "refund_initiate": "initiate-refund", "refund_update": "update-refund", "refund_status": "refund-status",
    "return_stain": "return-due-to-stain", "return_color": "return-due-to-color", "return_size": "return-due-to-size",
    "reset_2fa": "reset-two-factor-auth", "credit_card": "invalid-credit-card", "shopping_cart": "cart-not-updating",
    "search_results": "search-not-working", "slow_speed": "website-too-slow", "status": "shipping-status",
    "manage": "manage-shipping", "missing": "missing-item", "cost": "shipping-cost",
}  # fmt: skip
FAQ = ("boots", "shirt", "jeans", "jacket", "pricing", "membership", "timing", "policy")


def article_of(flow: str, subflow: str, ids: Sequence[str]) -> str | None:
    """The guideline of a subflow."""
    first = subflow.split("_")[0]
    name = f"{first}-faq" if first in FAQ else ALIASES.get(subflow, subflow.replace("_", "-"))
    wanted = f"{flow.replace('_', '-')}-{name}"
    return wanted if wanted in ids else next((id_ for id_ in ids if id_.endswith(f"-{name}")), None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--show", action="store_true", help="also print the findings with every article present")
    options = parser.parse_args(arguments)
    if missing("abcd"):
        return 0
    folder = data() / "abcd"
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    talks = [json.loads(line) for line in (folder / "conversations.jsonl").read_text("utf-8").splitlines()]
    ids = [row["id"] for row in articles]
    gold = {
        row["id"]: article
        for row in talks
        if row.get("gold_subflow") and (article := article_of(row["gold_flow"], row["gold_subflow"], ids))
    }
    started = time.perf_counter()
    full = snapshot_of(articles=articles, conversations=talks, as_of="2026-06-01")
    print(
        f"{len(full.questions):,} questions of {len(talks):,} conversations, {len(full.clusters)} clusters, "
        f"{time.perf_counter() - started:.0f} s"
    )
    started = time.perf_counter()
    flagged = report(full, "all articles", gold, set(), options.show)
    print(
        f"  gaps: {time.perf_counter() - started:.0f} s; peak memory "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB"
    )
    totals = [0, 0, 0, 0]
    for fold in range(options.folds):
        gone = {id_ for id_ in ids if int(hashlib.sha256(id_.encode()).hexdigest(), 16) % options.folds == fold}
        part = replace(full, documents=tuple(d for d in full.documents if d.id not in gone))
        part._facts.update({name: full.fact(name) for name in ("questions", "clusters")})
        flagged = report(part, f"fold {fold}: {len(gone)} articles gone", gold, gone, False)
        for talk, article in gold.items():
            totals[(0 if article in gone else 2) + (talk not in flagged)] += 1
    found, missed, wrong, silent = totals
    recall, alarms = ratio(found, found + missed), ratio(wrong, wrong + silent)
    print(f"questions whose article is gone: in a gap {share(found, found + missed)}")
    print(f"questions whose article stands: in a gap {share(wrong, wrong + silent)}")
    figures = {"recall": recall, "precision_if_half_were_gone": recall / (recall + alarms)}
    print(f"precision if half were gone: {figures['precision_if_half_were_gone']:.3f}")
    return verdict("abcd", figures)


def report(snapshot: BaseSnapshot, name: str, gold: dict[str, str], gone: set[str], show: bool) -> set[str]:
    """The conversations in gap findings; prints how many findings there are and what they cover."""
    found = findings_of(snapshot, ["GAP"])
    flagged = {ref.id for item in found for ref in item.documents if ref.kind == "conversation"}
    right = sum(article in gone for talk, article in gold.items() if talk in flagged)
    wrong = sum(article not in gone for talk, article in gold.items() if talk in flagged)
    print(
        f"{name}: {len(found)} findings over {len(flagged):,} conversations; of those with a known subflow "
        f"{right} right, {wrong} wrong"
    )
    if show:
        for item in sorted(found, key=lambda item: -item.impact.questions):
            print(
                f"    {item.rule} {item.impact.questions:4d} {item.score} {item.subject['label']} | "
                f"{item.evidence[0].quote[:90]}"
            )
    return flagged


if __name__ == "__main__":
    sys.exit(main())
