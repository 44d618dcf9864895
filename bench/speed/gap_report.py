"""The gap report of ABCD: cold, and again when 500 conversations have come in.

    python -m bench.speed.gap_report

10,042 real support chats with the shop's 55 guidelines as its articles; the 500 that come later are customers'
utterances of the same shop. Whole processes are timed, start of Python included: `kbaudit report gaps` over the files,
with a cache that is empty at first, and the service's `crawl`, `audit` and `report gaps` over a data folder. Wall
seconds are promised; CPU seconds are printed beside them, since wall time depends on what else the machine does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.quality.figures import data, missing, verdict

DAY = "2026-06-01"
MORE = 500
SOURCES = """
[articles]
connector = "jsonl"
path = "../articles.jsonl"
kind = "articles"

[conversations]
connector = "jsonl"
path = "../conversations.jsonl"
kind = "conversations"
"""
# Runs a command; prints its wall seconds, CPU seconds, peak KiB and status.
WATCH = """
import json, resource, subprocess, sys, time
wall = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.perf_counter() - wall, used.ru_utime + used.ru_stime, used.ru_maxrss, status]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds, and peak memory in GB, of commands one after the other."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s, CPU {self.cpu:.1f} s, {self.memory:.2f} GB"


def run(commands: Sequence[Sequence[str]], cache: Path) -> Cost:
    """Run `kbaudit` commands. Raises `SystemExit` where one fails."""
    wall = cpu = memory = 0.0
    for words in commands:
        done = subprocess.run(
            [sys.executable, "-c", WATCH, sys.executable, "-m", "kbaudit.cli", *words],
            env={**os.environ, "KBAUDIT_CACHE": str(cache)},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, used, peak, status = json.loads(done.stdout)
        if status:
            raise SystemExit(f"kbaudit {' '.join(words)} ended with status {status}: {done.stderr[-500:]}")
        wall, cpu, memory = wall + seconds, cpu + used, max(memory, peak / 1e6)
    return Cost(wall, cpu, memory)


def later() -> list[dict[str, Any]]:
    """The conversations that come in afterwards, in the last week before the audit."""
    lines = (data() / "abcd" / "utterances.jsonl").read_text("utf-8").splitlines()[:MORE]
    start = datetime(2026, 5, 25, 9, tzinfo=UTC)
    return [
        {
            "id": f"later-{number}",
            "started_at": (start + timedelta(minutes=15 * number)).isoformat(),
            "handled_by": "agent",
            "resolved": False,
            "messages": [{"role": "customer", "text": json.loads(line)["text"]}],
        }
        for number, line in enumerate(lines)
    ]


def main() -> int:
    """Print the figures; exit status 1 if a floor is missed."""
    if missing("abcd"):
        return 0
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "shop" / "config").mkdir(parents=True)
        (place / "shop" / "config" / "sources.toml").write_text(SOURCES, "utf-8")
        articles, talks = place / "shop" / "articles.jsonl", place / "shop" / "conversations.jsonl"
        articles.write_text((data() / "abcd" / "articles.jsonl").read_text("utf-8"), "utf-8")
        talks.write_text((data() / "abcd" / "conversations.jsonl").read_text("utf-8"), "utf-8")
        report = ["report", "gaps", "--articles", str(articles), "--conversations", str(talks), "--as-of", DAY]
        folder = ["--data", str(place / "shop")]
        service = [["crawl", *folder], ["audit", "--as-of", DAY, *folder], ["report", "gaps", *folder]]
        ways = {"files": ([report], place / "cache"), "service": (service, place / "none")}
        for when in ("cold", f"{MORE} more"):
            for name, (commands, cache) in ways.items():
                cost = run(commands, cache)
                print(f"{name}, {when}: {cost}", flush=True)
                key = f"{name}.{when.split()[-1]}"
                figures |= {f"{key}_seconds": cost.wall, f"{key}_cpu": cost.cpu, f"{key}_memory": cost.memory}
            with talks.open("a", encoding="utf-8") as stream:
                stream.writelines(json.dumps(row) + "\n" for row in later() if when == "cold")
    return verdict("gap_report", figures)


if __name__ == "__main__":
    sys.exit(main())
