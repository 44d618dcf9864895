"""Answer checking against records: InfoTabS' claims, entailed, contradicted or neither.

    python -m bench.quality.infotabs [--show N] [--direct]

Each record is a product whose extra fields are the table; each claim is what an AI answered about it. A claim counts as
called contradicted where ANS803 or ANS802 reports its conversation. Precision, recall and F1 of "contradicted" and the
share of each label that is called so. `--direct` compares claim and record without the pipeline. A stable hash of the
table puts its claims into one half; "test" was never read. Gupta et al. 2020 (Apache-2.0).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from typing import Any

from bench.quality.figures import data, f1, missing, ratio, scores, verdict
from kbaudit.facts.records import Attribute
from kbaudit.facts.records_compare import contradiction
from kbaudit.testing import findings_of, snapshot_of


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (data() / "infotabs" / name).read_text("utf-8").splitlines()]


def half(name: str) -> str:
    """`tune` or `test`, for ever."""
    return "test" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tune"


def attributes(table: dict[str, list[str]]) -> list[Attribute]:
    """A table as a record."""
    return [Attribute(key.strip(" :"), tuple(values), key, ", ".join(values)) for key, values in table.items()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong verdicts of the tuning half")
    parser.add_argument("--direct", action="store_true", help="without the pipeline")
    options = parser.parse_args(arguments)
    if missing("infotabs"):
        return 0
    tables = {row["table_id"]: row["table"] for row in rows("records.jsonl")}
    claims = rows("claims.jsonl")
    called: dict[int, str] = {}
    if options.direct:
        for number, claim in enumerate(claims):
            found = contradiction(claim["claim"], attributes(tables[claim["table_id"]]))
            if found is not None:
                called[number] = f"{found.stated} | {found.attribute.key}: {found.attribute.text}"
    else:
        products = [
            {"id": key, "title": table["title"][0], **{k: v for k, v in table.items() if k != "title"}}
            for key, table in tables.items()
        ]
        conversations = [
            {
                "id": f"c{number}",
                "started_at": "2026-04-01T10:00:00Z",
                "product_ids": [claim["table_id"]],
                "messages": [{"role": "customer", "text": "Tell me about it."}, {"role": "ai", "text": claim["claim"]}],
            }
            for number, claim in enumerate(claims)
        ]
        snapshot = snapshot_of(products=products, conversations=conversations, as_of="2026-04-10")
        for finding in findings_of(snapshot, ["ANS802", "ANS803"]):
            called[int(finding.documents[0].id[1:])] = finding.message
    figures: dict[str, float] = {}
    for name in ("all", "tune", "test"):
        part = [n for n, claim in enumerate(claims) if name == "all" or half(claim["table_id"]) == name]
        hits = [claims[n]["label"] == "C" for n in part if n in called]
        truth = sum(claims[n]["label"] == "C" for n in part)
        figures |= {
            f"{name}.precision": ratio(sum(hits), len(hits)),
            f"{name}.recall": ratio(sum(hits), truth),
            f"{name}.f1": f1(sum(hits), len(hits), truth),
        }
        by = {
            label: sum(n in called for n in part if claims[n]["label"] == label)
            / sum(claims[n]["label"] == label for n in part)
            for label in "ENC"
        }
        shares = ", ".join(f"{label} {part:.3f}" for label, part in by.items())
        sys.stdout.write(
            f"{name:5} {len(part):5} claims  contradicted: {scores(sum(hits), len(hits), truth)}  called so: {shares}\n"
        )
    wrong = [n for n in called if claims[n]["label"] != "C" and half(claims[n]["table_id"]) == "tune"]
    for number in wrong[: options.show]:
        sys.stdout.write(f"\n{claims[number]['label']} {claims[number]['claim']}\n    {called[number]}\n")
    return 0 if options.direct else verdict("infotabs", figures)


if __name__ == "__main__":
    sys.exit(main())
