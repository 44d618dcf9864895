"""The hard cases of `tests/hard`: precision, recall and F1 per rule, with every miss and false alarm.

    python -m bench.quality.hard [--half tune|test|all] [--show tune|test|all|none] [--rule CON]... [--write FILE]

Each case is a small base of its own and runs through the real pipeline. The cases were written apart from the
detectors. A stable hash of its name puts a case into one half: "tune" may be read by those who write detectors, "test"
only counts.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bench.quality.figures import f1, flat, ratio, share, verdict

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "hard"
# Which rules run on a file's cases, by the start of its name.
SELECT = {"sea": ["SEA"], "con": ["CON"], "cat": ["CAT"], "dup": ["DUP"], "fre": ["FRE703", "FRE704"]}
SELECT["sho"] = [code for family in SELECT.values() for code in family]
AS_OF = "2026-06-01"


@dataclass(frozen=True, slots=True)
class Case:
    """One case with the short forms written out."""

    file: str
    name: str
    raw: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Its name in lists."""
        return f"{self.file}: {self.name}"

    @property
    def half(self) -> str:
        """`tune` or `test`, for ever."""
        return "tune" if hashlib.sha256(self.key.encode()).digest()[0] % 2 else "test"

    @property
    def select(self) -> list[str]:
        """The codes that run."""
        return SELECT[self.file[:3]]

    @property
    def articles(self) -> list[dict[str, Any]]:
        """Rows of articles.jsonl."""
        rows = [{"id": key, **self.raw[key]} for key in ("a", "b") if key in self.raw]
        names = {"body": "body_markdown", "html": "body_html"}
        return [
            {
                names.get(key, key): str(value) if key.endswith(("_at", "_from", "_until")) else value
                for key, value in row.items()
            }
            for row in [*rows, *self.raw.get("articles", [])]
        ]

    @property
    def products(self) -> list[dict[str, Any]]:
        """Rows of products.jsonl."""
        rows = [{"availability": "in_stock", **row} for row in self.raw.get("p", [])]
        for row in rows:
            row["price"] = str(row["price"])
        return [{key: str(value) if key.endswith("_date") else value for key, value in row.items()} for row in rows]

    @property
    def conversations(self) -> list[dict[str, Any]]:
        """Rows of conversations.jsonl: each question, not answered by the assistant."""
        found = []
        for day, questions in self.raw.get("asked", {}).items():
            for number, question in enumerate(questions):
                at = f"{day}T{9 + number:02d}:15:00+00:00"
                answer = {"role": "ai", "text": "I'm sorry, I have no information about that.", "at": at}
                found.append(
                    {
                        "id": f"{day}-{number}",
                        "started_at": at,
                        "handled_by": "ai",
                        "resolved": False,
                        "messages": [{"role": "customer", "text": question, "at": at}, answer],
                    }
                )
        return found

    @property
    def expected(self) -> list[dict[str, Any]]:
        """What must be found: `rule` (a list of codes that are all right), `documents`, `subject`."""
        expect = self.raw["expect"]
        if isinstance(expect, str):
            ids = [key for key in ("a", "b") if key in self.raw]
            ids += [row["id"] for row in self.raw.get("p", [])[:1]]
            expect = [{"rule": expect, "documents": ids}]
        return [{**item, "rule": [item["rule"]] if isinstance(item["rule"], str) else item["rule"]} for item in expect]


@dataclass(slots=True)
class Count:
    """Right, false and missed findings."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of findings that are right; 1 where there are none."""
        return ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """Share of problems that were found; 1 where there are none."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return f1(self.right, self.right + self.false, self.right + self.missed)


@dataclass(slots=True)
class Result:
    """What came of one case."""

    case: Case
    right: list[str] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case, by file and name."""
    for path in sorted(folder.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text("utf-8")):
            yield Case(path.stem, raw["name"], raw)


def run(case: Case) -> Result:
    """One case through the pipeline."""
    from kbaudit.testing import findings_of, snapshot_of

    snapshot = snapshot_of(
        articles=case.articles,
        products=case.products,
        conversations=case.conversations,
        as_of=str(case.raw.get("as_of", AS_OF)),
        regions=case.raw.get("regions", ()),
        config=case.raw.get("config"),
    )
    result, open_ = Result(case), list(case.expected)
    for found in findings_of(snapshot, case.select):
        ids = {ref.id for ref in found.documents}
        match = next(
            (
                wanted
                for wanted in open_
                if found.rule in wanted["rule"]
                and set(wanted.get("documents", ())) <= ids
                and all(str(found.subject.get(key)) == str(value) for key, value in wanted.get("subject", {}).items())
            ),
            None,
        )
        if match is None:
            result.false.append((found.rule, f"{found.message} {[item.quote[:90] for item in found.evidence[:3]]}"))
        else:
            open_.remove(match)
            result.right.append(match["rule"][0])
    result.missed = [(wanted["rule"][0], str(wanted.get("documents", ""))) for wanted in open_]
    return result


def table(results: Iterable[Result]) -> dict[str, Count]:
    """Counts by rule and by family."""
    counts: dict[str, Count] = defaultdict(Count)
    for result in results:
        for what, rules in (
            ("right", result.right),
            ("false", [rule for rule, _ in result.false]),
            ("missed", [rule for rule, _ in result.missed]),
        ):
            for rule in rules:
                for name in (rule, rule[:3]):
                    setattr(counts[name], what, getattr(counts[name], what) + 1)
    return dict(sorted(counts.items()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and fail if a case breaks or a floor is undercut."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--half", choices=("tune", "test", "all"), default="all")
    parser.add_argument("--show", choices=("tune", "test", "all", "none"), default="tune", help="whose cases to list")
    parser.add_argument(
        "--rule", action="append", default=[], help="files whose rules start so: SEA, CON, CAT, DUP, FRE, SHO"
    )
    parser.add_argument("--write", type=Path, help="append the listed cases to this file")
    given = parser.parse_args(arguments)
    chosen = [
        case
        for case in cases()
        if given.half in ("all", case.half)
        and (not given.rule or case.file[:3].upper() in {rule[:3].upper() for rule in given.rule})
    ]
    results, broken = [], []
    for case in chosen:
        try:
            results.append(run(case))
        except Exception as problem:  # one broken case must not hide the others
            broken.append(f"{case.key}: {type(problem).__name__}: {problem}")
    lines = []
    for result in results:
        if given.show in ("all", result.case.half):
            lines += [f"MISS  {rule} {result.case.key} {text}" for rule, text in result.missed]
            lines += [f"FALSE {rule} {result.case.key} {text}" for rule, text in result.false]
    lines += [f"BROKEN {text}" for text in broken]
    print("\n".join(lines))
    figures: dict[str, dict[str, dict[str, float]]] = {"tune": {}, "test": {}}
    for half in ("tune", "test"):
        part = [result for result in results if result.case.half == half]
        if not part:
            continue
        traps = sum(not result.case.expected for result in part)
        print(f"\n{half}: {len(part)} cases, {traps} of them silent")
        print(f"{'rule':8}{'precision':28}{'recall':28}F1")
        for name, count in table(part).items():
            precision = share(count.right, count.right + count.false)
            recall = share(count.right, count.right + count.missed)
            print(f"{name:8}{precision:28}{recall:28}{count.f1:.3f}")
        # Floors hold the cases of one family each, as the tests count them; the whole shops are printed with the rest.
        for name, count in table(result for result in part if result.case.file[:3] != "sho").items():
            figures[half] |= {name: {"precision": count.precision, "recall": count.recall, "f1": count.f1}}
    if given.write:
        with given.write.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    whole = given.half == "all" and not given.rule
    return 1 if broken or (whole and verdict("hard", flat(figures))) else 0


if __name__ == "__main__":
    sys.exit(main())
