"""Clusters of Banking77 and ABCD utterances against their intents (adjusted mutual information).

python -m bench.quality.clustering            the 3,080 test questions through GAP401, in three orders of input
python -m bench.quality.clustering --all      also all 13,083, ABCD utterances, the growth by 1 %, small samples
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sklearn.metrics import adjusted_mutual_info_score

from bench.quality.figures import data, missing, verdict
from kbaudit.facts.clusters import match
from kbaudit.testing import findings_of, snapshot_of

START = datetime(2026, 2, 2, 9, tzinfo=UTC)
DENIAL = "I'm sorry, I don't have any information about that."


def rows(path: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (data() / path).read_text("utf-8").splitlines()]


def as_conversations(texts: Sequence[str], prefix: str = "q") -> list[dict[str, Any]]:
    """One customer message and an AI message that it has no information, each."""
    return [
        {
            "id": f"{prefix}{number}",
            "started_at": (START + timedelta(minutes=7 * number)).isoformat(),
            "handled_by": "ai",
            "resolved": False,
            "messages": [{"role": "customer", "text": text}, {"role": "ai", "text": DENIAL}],
        }
        for number, text in enumerate(texts)
    ]


def by_findings(conversations: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Conversation -> cluster of the first GAP401 finding that lists it; those in none stand alone."""
    snapshot = snapshot_of(conversations=conversations, as_of="2026-06-01")
    home: dict[str, str] = {row["id"]: f"alone {row['id']}" for row in conversations}
    for found in sorted(findings_of(snapshot, ["GAP401"]), key=lambda item: item.fingerprint):
        for ref in found.documents:
            if ref.kind == "conversation" and home[ref.id].startswith("alone"):
                home[ref.id] = found.fingerprint
    return home


def by_clusters(texts: Sequence[str]) -> tuple[dict[str, str], Any]:
    """Conversation -> cluster, without the judgement whether it is a gap."""
    conversations = as_conversations(texts)
    snapshot = snapshot_of(conversations=conversations, as_of="2026-06-01")
    home = {row["id"]: f"alone {row['id']}" for row in conversations}
    for cluster in snapshot.clusters:
        for question in cluster.questions:
            if home[question.conversation[1]].startswith("alone"):
                home[question.conversation[1]] = cluster.id
    return home, snapshot


def ami(home: dict[str, str], intents: Sequence[str]) -> float:
    """Adjusted mutual information of clusters and intents."""
    return float(adjusted_mutual_info_score(intents, [home[f"q{number}"] for number in range(len(intents))]))


def small_samples(pool: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Means over 40 draws of 2 to 12 intents with 1 to 8 questions each: AMI, precision and recall of pairs."""
    scores, same_found, found, same = [], 0, 0, 0
    by_intent: dict[str, list[str]] = {}
    for text, intent in pool:
        by_intent.setdefault(intent, []).append(text)
    for draw in range(40):
        chance = random.Random(draw)
        intents = chance.sample(sorted(by_intent), chance.randint(2, 12))
        picked = [
            (t, i) for i in intents for t in chance.sample(by_intent[i], min(len(by_intent[i]), chance.randint(1, 8)))
        ]
        home, _ = by_clusters([text for text, _ in picked])
        labels = [intent for _, intent in picked]
        scores.append(ami(home, labels))
        for a in range(len(picked)):
            for b in range(a):
                together, alike = home[f"q{a}"] == home[f"q{b}"], labels[a] == labels[b]
                found += together
                same += alike
                same_found += together and alike
    return sum(scores) / len(scores), same_found / max(1, found), same_found / max(1, same)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit status 1 if a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args(arguments)
    if missing("banking77"):
        return 0
    test = rows("banking77/test.jsonl")
    intents = [row["intent"] for row in test]
    conversations = as_conversations([row["text"] for row in test])
    results = []
    started = time.perf_counter()
    for order in range(3):
        shuffled = list(conversations)
        if order:
            random.Random(order).shuffle(shuffled)
        results.append(by_findings(shuffled))
    value = ami(results[0], intents)
    same = all(result == results[0] for result in results)
    alone = sum(home.startswith("alone") for home in results[0].values())
    print(
        f"Banking77 test, 3,080 through GAP401: AMI {value:.4f}, {alone} in no finding, "
        f"same in three orders: {same}, {time.perf_counter() - started:.0f} s"
    )
    figures: dict[str, float] = {"test.ami": value, "test.same_in_any_order": same}
    if options.all:
        everything = test + rows("banking77/train.jsonl")
        texts = [row["text"] for row in everything]
        started = time.perf_counter()
        home, snapshot = by_clusters(texts)
        value = ami(home, [row["intent"] for row in everything])
        print(
            f"Banking77, all {len(texts):,}: AMI {value:.4f}, {len(snapshot.clusters)} clusters, "
            f"{time.perf_counter() - started:.0f} s"
        )
        figures["all.ami"] = value
        kept = [text for text in texts if hashlib.sha256(text.encode()).digest()[0] >= 3]
        _, before = by_clusters(kept)
        after = match(before.clusters, snapshot.clusters)
        ids = {cluster.id for cluster in before.clusters if len(cluster.questions) >= 3}
        stay = len(ids & {cluster.id for cluster in after}) / len(ids)
        print(f"  {len(texts) - len(kept)} questions added: {stay:.1%} of {len(ids)} cluster ids stay")
        figures["all.ids_that_stay"] = stay
        spoken = rows("abcd/utterances.jsonl")
        home, snapshot = by_clusters([row["text"] for row in spoken])
        print(
            f"ABCD utterances, {len(spoken):,}: AMI {ami(home, [row['intent'] for row in spoken]):.4f}, "
            f"{len(snapshot.clusters)} clusters"
        )
        for name, pool in (("Banking77", test), ("ABCD", spoken)):
            score, precision, recall = small_samples([(row["text"], row["intent"]) for row in pool])
            print(f"40 small samples of {name}: AMI {score:.3f}, pairs precision {precision:.3f} recall {recall:.3f}")
    return verdict("clustering", figures, "" if options.all else "test.")


if __name__ == "__main__":
    sys.exit(main())
