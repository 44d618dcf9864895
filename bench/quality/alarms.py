"""Findings on two well-kept bases, by rule: at most one false alarm in 200 articles and rule.

    python -m bench.quality.alarms [--show] [--set vtex]...

What was found when the bases were read one by one, and was right, is counted in `READ`; what comes beyond it is taken
for a false alarm until somebody has read it. Duplicates have their own bench.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence

from bench.quality.figures import data, missing, verdict
from kbaudit.testing import findings_of, snapshot_of

SETS = {
    "arduino": ("arduino/articles-2026-07-22.jsonl", "2026-07-22"),
    "vtex": ("vtex/articles.jsonl", "2026-01-01"),
}
RULES = ("SEA101", "SEA103", "SEA104", "CON201", "CON202", "CON203", "CON204", "CAT304", "FRE703", "FRE704")
READ = {"arduino": {"SEA103": 1, "FRE703": 1}, "vtex": {"FRE703": 1}}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts; status 1 where a rule is over the ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every finding")
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    options = parser.parse_args(arguments)
    if missing("vtex"):
        return 0
    figures: dict[str, float] = {}
    for name in options.set or SETS:
        path, as_of = SETS[name]
        rows = [json.loads(line) for line in (data() / path).read_text("utf-8").splitlines()]
        found = findings_of(snapshot_of(articles=rows, as_of=as_of), RULES)
        counts = Counter(finding.rule for finding in found)
        beyond = {rule: max(0, counts[rule] - READ[name].get(rule, 0)) for rule in RULES}
        figures[f"{name}.worst_rule_in_200_articles"] = 200 * max(beyond.values()) / len(rows)
        said = ", ".join(f"{rule} {counts[rule]} ({beyond[rule]} unread)" for rule in RULES if counts[rule])
        print(f"{name}: {len(rows):,} articles: {said or 'nothing'}")
        if options.show:
            for finding in found:
                print(f"  {finding.rule} {finding.message}")
    return max(verdict("alarms", figures, f"{name}.") for name in options.set or SETS)


if __name__ == "__main__":
    sys.exit(main())
