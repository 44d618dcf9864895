"""Conflicts between articles in free wording: `python -m bench.quality.free_wording [--show]`.

`free_wording/shop_*.tsv` hold `C or S <TAB> title <TAB> body <TAB> title <TAB> body <TAB> note`: two articles of one
shop that contradict each other (C) or do not (S, each a trap), every line about another policy, trade and wording.
`terms_*.tsv` hold `C or S <TAB> sentence <TAB> sentence <TAB> note`: near-identical sentences of terms. They were
written by people who did not know the detectors. The files in `UNREAD` were never read by who works on these: only
their scores are printed. The terms have all been read since.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.figures import flat, scores, verdict
from kbaudit.testing import findings_of, snapshot_of

FOLDER = Path(__file__).with_name("free_wording")
AS_OF = "2026-06-01"
UNREAD = frozenset({"shop_4", "shop_5", "shop_12", "shop_13"})


@dataclass(frozen=True, slots=True)
class Case:
    """Two articles (title, body), and whether they contradict each other."""

    part: str
    where: str
    conflict: bool
    first: tuple[str, str]
    second: tuple[str, str]
    note: str

    def found(self) -> bool:
        """Whether a CON rule reports the two."""
        rows = [
            {"id": id, "title": title, "body_markdown": body.replace("\\n", "\n")}
            for id, (title, body) in (("a", self.first), ("b", self.second))
        ]
        return bool(findings_of(snapshot_of(articles=rows, as_of=AS_OF), ["CON"]))


def cases() -> Iterator[Case]:
    """Every case, by file and line."""
    for path in sorted(FOLDER.glob("*.tsv")):
        part = "terms" if path.stem.startswith("terms") else "shop_unread" if path.stem in UNREAD else "shop_read"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            label, *texts, note = line.split("\t")
            first, second = (
                ((texts[0], texts[1]), (texts[2], texts[3]))
                if len(texts) == 4
                else (("Terms A", texts[0]), ("Terms B", texts[1]))
            )
            yield Case(part, f"{path.stem}:{number}", label == "C", first, second, note)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall of each part; status 1 where a floor is undercut."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list misses and false alarms of the parts that were read")
    options = parser.parse_args(arguments)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases():
        found = case.found()
        table[case.part].update(right=found and case.conflict, found=found, wanted=case.conflict)
        if options.show and found != case.conflict and case.part != "shop_unread":
            print(f"{'MISS ' if case.conflict else 'FALSE'} {case.where} {case.note}")
    figures: dict[str, dict[str, float]] = {}
    for part, counts in sorted(table.items()):
        right, said, wanted = counts["right"], counts["found"], counts["wanted"]
        print(f"{part}: {scores(right, said, wanted)}")
        figures[part] = {"precision": right / max(1, said), "recall": right / max(1, wanted)}
    return verdict("free_wording", flat(figures))


if __name__ == "__main__":
    sys.exit(main())
