"""DUP601 and DUP602 on real bases: what they find there, and copies and traps planted among the real articles.

    python -m bench.quality.duplicates [--show] [--set vtex]...

Planted copies (must be found): word for word under a new title, with a paragraph more, with a block less, with the
sections in another order. Traps (must not be found): the same with every figure changed, with the names exchanged, in
another locale, as a draft. The alarms on the bases as they are have been read; their number is held by a ceiling of one
in 200 articles and rule beyond those that were found right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.quality.figures import data, missing, ratio, scores, verdict
from kbaudit.testing import findings_of, snapshot_of

SETS = {
    "arduino": ("arduino/articles-2026-07-22.jsonl", "2026-07-22"),
    "printaura": ("printaura/articles.jsonl", "2024-11-20"),
    "vtex": ("vtex/articles.jsonl", "2026-01-01"),
    "abcd": ("abcd/articles.jsonl", "2026-01-01"),
}
# Groups found in the bases as they are, read one by one and right: articles, sections.
READ = {"arduino": (1, 5), "printaura": (4, 6), "vtex": (17, 2), "abcd": (1, 0)}
PLANTED = 24
NOTE = "This paragraph was added to the copy later and says where the office dog sleeps on hot afternoons."


def rows_of(path: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    rows = [json.loads(line) for line in (data() / path).read_text("utf-8").splitlines()]
    return [{"locale": "en", **row} for row in rows]


def chosen(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Articles of some length, by a stable hash."""
    long = [row for row in rows if 900 <= len(row["body_markdown"]) <= 6000 and row.get("published", True)]
    return sorted(long, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())[:PLANTED]


def copies(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Copies of an article that say the same."""
    body = row["body_markdown"]
    blocks = [block for block in re.split(r"\n\s*\n", body) if block.strip()]
    if len(blocks) < 4:
        blocks = [line for line in body.splitlines() if line.strip()]
    middle = len(blocks) // 2
    return [
        ("same", {**row, "id": row["id"] + "~same", "title": row["title"] + " (help)"}),
        ("more", {**row, "id": row["id"] + "~more", "body_markdown": f"{body}\n\n{NOTE}"}),
        ("less", {**row, "id": row["id"] + "~less", "body_markdown": "\n\n".join(_without_shortest(blocks))}),
        ("moved", {**row, "id": row["id"] + "~moved", "body_markdown": "\n\n".join(blocks[middle:] + blocks[:middle])}),
    ]


def _without_shortest(blocks: list[str]) -> list[str]:
    shortest = min(range(len(blocks)), key=lambda i: (len(blocks[i]), i))
    return [block for i, block in enumerate(blocks) if i != shortest]


def traps(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Copies of an article that do not say the same, or not to the same readers."""
    body = row["body_markdown"]
    found = [
        ("locale", {**row, "id": row["id"] + "~locale", "locale": "en-ZA"}),
        ("draft", {**row, "id": row["id"] + "~draft", "published": False}),
    ]
    figures, changed = re.subn(r"(?<=[a-z] )\d{1,4}(?= [a-z])", lambda match: str(int(match.group()) + 3), body)
    if changed >= 2:
        found.append(("figures", {**row, "id": row["id"] + "~figures", "body_markdown": figures}))
    names = Counter(re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}\b", body))
    if names and names.most_common(1)[0][1] >= 3:
        name = names.most_common(1)[0][0]
        found.append(
            (
                "names",
                {
                    **row,
                    "id": row["id"] + "~names",
                    "title": row["title"].replace(name, "Zorbal"),
                    "body_markdown": re.sub(rf"\b{name}\b", "Zorbal", body),
                },
            )
        )
    return found


def found_pairs(rows: Sequence[dict[str, Any]], as_of: str) -> tuple[set[frozenset[str]], list[Any]]:
    """The sets of ids of DUP601's groups, and all findings of both rules."""
    findings = findings_of(snapshot_of(articles=rows, as_of=as_of), ["DUP601", "DUP602"])
    groups = {frozenset(ref.id for ref in finding.documents) for finding in findings if finding.rule == "DUP601"}
    return groups, findings


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit status 1 below the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every finding on the bases as they are")
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    options = parser.parse_args(arguments)
    if missing("vtex"):
        return 0
    figures: dict[str, float] = {}
    for name in options.set or SETS:
        path, as_of = SETS[name]
        rows = rows_of(path)
        started = time.perf_counter()
        _, findings = found_pairs(rows, as_of)
        seconds = time.perf_counter() - started
        counts = Counter(finding.rule for finding in findings)
        ceiling = max(1, len(rows) // 200)
        over = [counts[rule] - read for rule, read in zip(("DUP601", "DUP602"), READ[name], strict=True)]
        figures |= {f"{name}.unread_over_one_in_200": max(0, *(extra - ceiling for extra in over))}
        print(
            f"{name}: {len(rows):,} articles, {counts['DUP601']} groups and {counts['DUP602']} sections "
            f"(read and right: {READ[name][0]} and {READ[name][1]}; at most {ceiling} more), {seconds:.0f} s"
        )
        if options.show:
            for finding in findings:
                print(f"    {finding.rule} {finding.score:.2f} {finding.message}")
        sources = chosen(rows)
        planted = dict.fromkeys(("same", "more", "less", "moved"), 0)
        for kind in planted:
            added = [dict(copies(row))[kind] for row in sources]
            groups, _ = found_pairs([*rows, *added], as_of)
            planted[kind] = sum(
                any({row["id"], copy["id"]} <= group for group in groups)
                for row, copy in zip(sources, added, strict=True)
            )
        wrong: Counter[str] = Counter()
        tried: Counter[str] = Counter()
        for kind in ("locale", "draft", "figures", "names"):
            made = [(row, dict(traps(row)).get(kind)) for row in sources]
            pairs = [(row, trap) for row, trap in made if trap is not None]
            groups, _ = found_pairs([*rows, *(trap for _, trap in pairs)], as_of)
            tried[kind] = len(pairs)
            wrong[kind] = sum(any({row["id"], trap["id"]} <= group for group in groups) for row, trap in pairs)
        right = sum(planted.values())
        found, wanted = right + sum(wrong.values()), len(sources) * len(planted)
        figures |= {f"{name}.precision": ratio(right, found), f"{name}.recall": ratio(right, wanted)}
        print(
            f"  planted {len(sources)} each: {dict(planted)}; traps found of {dict(tried)}: {dict(wrong)}; "
            f"{scores(right, found, wanted)}"
        )
    return max(verdict("duplicates", figures, f"{name}.") for name in options.set or SETS)


if __name__ == "__main__":
    sys.exit(main())
