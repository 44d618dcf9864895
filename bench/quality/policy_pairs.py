# ruff: noqa: E501 - patterns stand on one line each
"""Conflict detection on real policy sentences: `python -m bench.quality.policy_pairs [--misses]`.

Every pair becomes two one-sentence articles in a section of its own, all pairs in one base, read by the real pipeline. A
pair counts as found if a CON finding holds both of its articles; findings over articles of different pairs only are
false alarms of their own. Split by the parity of sha256(service): even was tuned on, odd was not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from collections import Counter
from pathlib import Path

DECIDED_BY_NUMBER = {"number_changed", "number_and_text_changed"}
HARMLESS = {"cosmetic", "renumbered_or_cosmetic", "date_changed"}


def shared() -> Path:
    """The folder of shared data."""
    return Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).parents[2] / ".." / "shared"))


def interval(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    if not total:
        return (0.0, 1.0)
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return (max(0.0, middle - half), min(1.0, middle + half))


def load() -> list[dict[str, str]]:
    """The labelled pairs, each with its half."""
    pairs = [
        json.loads(line)
        for line in (shared() / "data" / "policy_pairs" / "pairs.jsonl").read_text("utf-8").splitlines()
    ]
    for pair in pairs:
        pair["half"] = "tuned" if int(hashlib.sha256(pair["service"].encode()).hexdigest(), 16) % 2 == 0 else "held out"
    return pairs


def run(pairs: list[dict[str, str]]) -> tuple[set[int], list[tuple[str, str]], list[object]]:
    """Indices of the pairs found, and the findings that hold no pair."""
    from kbaudit.checks.catalogue import selected
    from kbaudit.testing import snapshot_of

    articles = []
    for index, pair in enumerate(pairs):
        for side in ("old", "new"):
            articles.append(
                {
                    "id": f"{index}-{side}",
                    "title": "Terms",
                    "section": f"pair {index}",
                    "body_text": pair[side],
                    "locale": "en",
                }
            )
    snapshot = snapshot_of(articles=articles, as_of="2026-04-10")
    found: set[int] = set()
    stray: list[tuple[str, str]] = []
    findings = []
    for check in selected(("CON",)):
        for finding in check().run(snapshot):
            findings.append(finding)
            held = Counter(ref.id.split("-")[0] for ref in finding.documents)
            whole = [int(key) for key, count in held.items() if count == 2]
            found.update(whole)
            if not whole or len(held) > len(whole):
                stray.append((finding.rule, finding.message))
    return found, stray, findings


def report(
    pairs: list[dict[str, str]], found: set[int], stray: list[tuple[str, str]], half: str | None
) -> dict[str, object]:
    """Precision, recall and their intervals on one half (None: both)."""
    chosen = [
        (index, pair)
        for index, pair in enumerate(pairs)
        if (half is None or pair["half"] == half) and pair["label"] != "unsure"
    ]
    truth = [index for index, pair in chosen if pair["label"] == "conflict"]
    flagged = [index for index, _ in chosen if index in found]
    hits = [index for index in truth if index in found]
    numbers = [index for index in truth if pairs[index]["type"] in DECIDED_BY_NUMBER]
    easy = [index for index in truth if pairs[index]["facet"] in ("contact", "legal_entity")]
    harmless = [index for index, pair in chosen if pair["type"] in HARMLESS]
    return {
        "half": half or "both",
        "pairs": len(chosen),
        "precision": [len(hits), len(flagged), *interval(len(hits), len(flagged))],
        "recall": [len(hits), len(truth), *interval(len(hits), len(truth))],
        "recall where a number decides": [sum(index in found for index in numbers), len(numbers)],
        "recall of contact and legal entity": [sum(index in found for index in easy), len(easy)],
        "recall of the rest": [len(hits) - sum(index in found for index in easy), len(truth) - len(easy)],
        "false alarms on cosmetic, renumbered and dated pairs": [
            sum(index in found for index in harmless),
            len(harmless),
        ],
        "findings over several pairs": len(stray),
    }


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", choices=("tuned", "held out"), help="list the misses and false alarms of a half")
    options = parser.parse_args(argv)
    pairs = load()
    found, stray, _ = run(pairs)
    for half in ("tuned", "held out", None):
        print(json.dumps(report(pairs, found, stray, half), ensure_ascii=False))
    if options.misses:
        for index, pair in enumerate(pairs):
            if (
                pair["half"] != options.misses
                or pair["label"] == "unsure"
                or (pair["label"] == "conflict") == (index in found)
            ):
                continue
            print(
                f"\n{'MISS' if pair['label'] == 'conflict' else 'FALSE'} {index} {pair['type']} {pair['facet']}\n  {pair['old']}\n  {pair['new']}"
            )
        for rule, message in stray:
            print("STRAY", rule, message)
    return 0


if __name__ == "__main__":
    sys.exit(main())
