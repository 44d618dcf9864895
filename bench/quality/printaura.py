"""SEA101 on a real shop's pages and blog, against labels made by reading (`printaura/labels.json`).

`python -m bench.quality.printaura [--read]`: status 1 where a labelled page is missed or a labelled other one is
reported; `--read` prints every SEA103 and FRE703 finding with its passages, to be read one by one.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from kbaudit.testing import findings_of, snapshot_of


def shared() -> Path:
    """Where the shared data lies: `KBAUDIT_SHARED`, else beside the repository."""
    return Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def main() -> int:
    """Print what was found, missed and wrongly reported."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--read", action="store_true")
    arguments = parser.parse_args()
    folder = shared() / "data" / "printaura"
    if not folder.exists():
        print(f"skipped: {folder} is not there")
        return 0
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    snapshot = snapshot_of(articles=rows, as_of=labels["as_of"])
    found = findings_of(snapshot, ["SEA101", "SEA103", "SEA104", "FRE703"])
    expected = {name for item in labels["expected"] for name in item["documents"]}
    must_not = {name for item in labels["must_not"] for name in item["documents"]}
    reported = {finding.documents[0].id for finding in found if finding.rule == "SEA101"}
    hits, misses, false = reported & expected, expected - reported, reported & must_not
    print(f"SEA101: {len(hits)} of {len(expected)} found, {len(false)} of {len(must_not)} wrongly reported")
    for name in sorted(misses):
        print(f"  missed {name}")
    for name in sorted(false):
        print(f"  wrong  {name}")
    print(f"beyond the labels: {len(reported - expected - must_not)} SEA101")
    for rule in ("SEA103", "SEA104", "FRE703"):
        these = [finding for finding in found if finding.rule == rule]
        print(f"{rule}: {len(these)}")
        for finding in these if arguments.read else ():
            print(f"  {finding.documents[0].id}")
            for item in finding.evidence:
                print(f"      {item.quote[:160]!r} ({item.note})")
    return 1 if misses or false else 0


if __name__ == "__main__":
    raise SystemExit(main())
