"""Answer checking without a language model: SummEdits' claims about documents, consistent or subtly edited.

    python -m bench.quality.summedits [--show N] [--half tune|test|all]

Every claim is what an AI answered, with the document as its cited article, through the whole product: a claim counts as
called false where ANS801 or ANS802 reports its conversation. Balanced accuracy over all and by domain; for false
claims whose edits include entity_modification or negation_insertion_removal against all true ones; precision and
recall of ANS802. A stable hash of the document puts its claims into one half; "test" was never read. Floors: 0.5 by
chance; published over all ten domains QAFactEval 65.5, GPT-4 82.1, people 90.9 (Laban et al. 2023).
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
from kbaudit.facts.answers import judge
from kbaudit.testing import findings_of, snapshot_of

HARD = {"entity_modification", "negation_insertion_removal"}


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (data() / "summedits" / name).read_text("utf-8").splitlines()]


def half(name: str) -> str:
    """`tune` or `test`, for ever."""
    return "test" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tune"


def mean(part: list[bool]) -> float:
    """The share of true ones."""
    return sum(part) / len(part) if part else 0.0


def shown_share(part: list[bool]) -> str:
    """The share of true ones with its interval."""
    return share(sum(part), len(part))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong verdicts of the half")
    parser.add_argument("--half", choices=("tune", "test", "all"), default="tune", help="the half to show")
    options = parser.parse_args(arguments)
    if missing("summedits"):
        return 0
    pairs = rows("pairs.jsonl")
    articles = [
        {"id": row["doc_id"], "title": row["doc_id"].replace("_", " "), "body_text": row["doc"]}
        for row in rows("docs.jsonl")
    ]
    conversations = [
        {
            "id": pair["id"],
            "started_at": "2026-04-01T10:00:00Z",
            "handled_by": "ai",
            "messages": [
                {"role": "customer", "text": "What does it say?"},
                {"role": "ai", "text": pair["claim"], "sources": [pair["doc_id"]]},
            ],
        }
        for pair in pairs
    ]
    snapshot = snapshot_of(articles=articles, conversations=conversations, as_of="2026-04-10")
    begun = time.perf_counter()
    findings = findings_of(snapshot, ["ANS801", "ANS802"])
    seconds = time.perf_counter() - begun
    called: dict[str, set[str]] = {}
    for finding in findings:
        called.setdefault(finding.documents[0].id, set()).add(finding.rule)
    figures: dict[str, float] = {}
    for name in ("all", "tune", "test"):
        part = [pair for pair in pairs if name == "all" or half(pair["doc_id"]) == name]
        true = [pair["id"] in called for pair in part if pair["consistent"]]
        false = [pair["id"] in called for pair in part if not pair["consistent"]]
        hard = [pair["id"] in called for pair in part if not pair["consistent"] and HARD & set(pair["edit_types"])]
        said = [not pair["consistent"] for pair in part if "ANS802" in called.get(pair["id"], ())]
        sys.stdout.write(
            f"{name:5} {len(part):5} claims  balanced accuracy {(mean(false) + 1 - mean(true)) / 2:.3f}  "
            f"false called false {shown_share(false)}, true called false {shown_share(true)}  "
            f"entity or negation {(mean(hard) + 1 - mean(true)) / 2:.3f}  ANS802 precision {shown_share(said)}\n"
        )
        figures |= {
            f"{name}.balanced_accuracy": (mean(false) + 1 - mean(true)) / 2,
            f"{name}.entity_or_negation": (mean(hard) + 1 - mean(true)) / 2,
            f"{name}.ANS802_precision": mean(said),
        }
    for domain in sorted({pair["domain"] for pair in pairs}):
        part = [pair for pair in pairs if pair["domain"] == domain]
        true = [pair["id"] in called for pair in part if pair["consistent"]]
        false = [pair["id"] in called for pair in part if not pair["consistent"]]
        sys.stdout.write(f"{domain:12} balanced accuracy {(mean(false) + 1 - mean(true)) / 2:.3f}\n")
    sys.stdout.write(f"{seconds / len(pairs) * 1000:.0f} ms a claim, vectors included\n")
    shown = 0
    truth = {pair["id"]: pair for pair in pairs}
    for judged in judge(snapshot):
        pair = truth[judged.conversation[1]]
        if (
            shown < options.show
            and pair["consistent"]
            and judged.rule
            and options.half in ("all", half(pair["doc_id"]))
        ):
            shown += 1
            passage = judged.document.text[slice(*judged.passage)] if judged.document and judged.passage else ""
            sys.stdout.write(
                f"\n{judged.rule} {judged.reason}: {judged.claim}\n    {judged.stated} | {passage[:200]}\n"
            )
    return verdict("summedits", figures)


if __name__ == "__main__":
    sys.exit(main())
