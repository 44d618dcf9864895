"""SEA101 on a real shop's pages and blog, against labels made by reading (`printaura/labels.json`).

`python -m bench.quality.printaura [--read]`: status 1 where a labelled page is missed or a labelled other one is
reported; `--read` prints every finding of the rules without labels with its passages. These were read one by one and
were right; `floors.toml` holds their number, so that more of them are read too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from bench.quality.figures import data, missing, scores, share, verdict
from kbaudit.testing import findings_of, snapshot_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found, missed and wrongly reported."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--read", action="store_true")
    options = parser.parse_args(arguments)
    if missing("printaura"):
        return 0
    folder = data() / "printaura"
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    snapshot = snapshot_of(articles=rows, as_of=labels["as_of"])
    found = findings_of(snapshot, ["SEA101", "SEA103", "SEA104", "CON201", "FRE703"])
    expected = {name for item in labels["expected"] for name in item["documents"]}
    must_not = {name for item in labels["must_not"] for name in item["documents"]}
    reported = {finding.documents[0].id for finding in found if finding.rule == "SEA101"}
    hits, misses, false = reported & expected, expected - reported, reported & must_not
    print(f"SEA101: {scores(len(hits), len(hits | false), len(expected))}; alarms {share(len(false), len(must_not))}")
    for name in sorted(misses):
        print(f"  missed {name}")
    for name in sorted(false):
        print(f"  wrong  {name}")
    print(f"beyond the labels: {len(reported - expected - must_not)} SEA101")
    figures: dict[str, float] = {"SEA101_found": len(hits), "SEA101_wrong": len(false)}
    for rule in ("SEA103", "SEA104", "CON201", "FRE703"):
        these = [finding for finding in found if finding.rule == rule]
        figures[f"{rule}_findings"] = len(these)
        print(f"{rule}: {len(these)}")
        for finding in these if options.read else ():
            print(f"  {finding.documents[0].id}")
            for item in finding.evidence:
                print(f"      {item.quote[:160]!r} ({item.note})")
    return verdict("printaura", figures)


if __name__ == "__main__":
    raise SystemExit(main())
