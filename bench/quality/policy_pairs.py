"""Conflict detection on real policy sentences: `python -m bench.quality.policy_pairs [--misses PART]`.

Every pair becomes two one-sentence articles in a section of its own, all pairs in one base, read by the real pipeline.
A pair counts as found if a CON finding holds both of its articles; findings over articles of different pairs are false
alarms of their own. Split by the parity of sha256(service): even is "tuned". Odd is split once more by
sha256("second:" + service): "second tune" has been read since, "unread" never was: only its scores are printed, and it
says what to expect of other data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bench.quality.figures import data, missing, ratio, share, verdict

if TYPE_CHECKING:
    from kbaudit.model.finding import Finding

PARTS = ("tuned", "second tune", "unread")
DECIDED_BY_NUMBER = {"number_changed", "number_and_text_changed"}
HARMLESS = {"cosmetic", "renumbered_or_cosmetic", "date_changed"}


def load() -> list[dict[str, str]]:
    """The labelled pairs, each with its half."""
    pairs = [json.loads(line) for line in (data() / "policy_pairs" / "pairs.jsonl").read_text("utf-8").splitlines()]
    for pair in pairs:
        pair["half"] = part(pair["service"])
    return pairs


def part(service: str) -> str:
    """Which part the pairs of a service belong to."""
    if _parity(service) == 0:
        return "tuned"
    return "unread" if _parity(f"second:{service}") else "second tune"


def _parity(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2


def run(pairs: list[dict[str, str]]) -> tuple[set[int], list[tuple[str, set[int]]], list[Finding]]:
    """Indices of the pairs found, the findings over several pairs (their message and the pairs), and all findings."""
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
    stray: list[tuple[str, set[int]]] = []
    findings: list[Finding] = []
    for check in selected(("CON",)):
        for finding in check().run(snapshot):
            findings.append(finding)
            held = Counter(int(ref.id.split("-")[0]) for ref in finding.documents)
            whole = [key for key, count in held.items() if count == 2]
            found.update(whole)
            if not whole or len(held) > len(whole):
                stray.append((f"{finding.rule} {finding.message}", set(held)))
    return found, stray, findings


def counts(
    pairs: list[dict[str, str]], found: set[int], stray: list[tuple[str, set[int]]], half: str | None
) -> dict[str, tuple[int, int]]:
    """Each figure as hits and of how many, on one part (None: all)."""
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
    # A finding over several pairs belongs to every part that has a pair in it.
    several = sum(1 for _, held in stray if half is None or any(pairs[index]["half"] == half for index in held))
    return {
        "precision": (len(hits), len(flagged)),
        "precision with findings over several pairs": (len(hits), len(flagged) + several),
        "recall": (len(hits), len(truth)),
        "recall where a number decides": (sum(index in found for index in numbers), len(numbers)),
        "recall of contact and legal entity": (sum(index in found for index in easy), len(easy)),
        "recall of the rest": (sum(index not in easy for index in hits), len(truth) - len(easy)),
        "alarms on cosmetic, renumbered and dated pairs": (sum(index in found for index in harmless), len(harmless)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and on demand what was missed in a part that may be read; status 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", choices=PARTS[:2], help="list the misses and false alarms of a part")
    options = parser.parse_args(arguments)
    if missing("policy_pairs"):
        return 0
    pairs = load()
    found, stray, _ = run(pairs)
    figures: dict[str, float] = {}
    for half in (*PARTS, None):
        name = (half or "all").replace(" ", "_")
        labelled = sum(half in (None, pair["half"]) and pair["label"] != "unsure" for pair in pairs)
        print(f"{half or 'all'}: {labelled} pairs")
        for what, (hits, of) in counts(pairs, found, stray, half).items():
            print(f"  {what}: {share(hits, of)}")
            alarms = what.startswith("alarms")
            figures[f"{name}.{'alarms' if alarms else what.replace(' ', '_')}"] = hits if alarms else ratio(hits, of)
    if options.misses:
        for index, pair in enumerate(pairs):
            if (
                pair["half"] != options.misses
                or pair["label"] == "unsure"
                or (pair["label"] == "conflict") == (index in found)
            ):
                continue
            kind = "MISS" if pair["label"] == "conflict" else "FALSE"
            print(f"\n{kind} {index} {pair['type']} {pair['facet']}\n  {pair['old']}\n  {pair['new']}")
        for message, held in stray:
            if PARTS[2] not in {pairs[index]["half"] for index in held}:
                print("SEVERAL", sorted(held), message)
    return verdict("policy_pairs", figures)


if __name__ == "__main__":
    sys.exit(main())
