"""`python -m bench`: run every bench one after the other and write a report with date, commit and a digest of the data.

    python -m bench                 all of them
    python -m bench policy_pairs    only these
    python -m bench --show          also list misses and false alarms of the halves that may be read; writes no report

Exit status 1 if a bench undercuts a floor of `quality/floors.toml`. Reports go to `bench/reports/<date>-<commit>.md`;
they hold figures only, since the sentences of the data sets do not belong into the project.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.quality.figures import data

HERE = Path(__file__).resolve().parent
# name -> module; the quick ones first.
BENCHES: dict[str, str] = {
    "printaura": "bench.quality.printaura",
    "temporal": "bench.quality.temporal",
    "policy_pairs": "bench.quality.policy_pairs",
    "pcparts": "bench.quality.pcparts",
    "tau2_retail": "bench.quality.tau2_retail",
    "answers": "bench.quality.answers",
    "redaction": "bench.quality.redaction",
    "hard": "bench.quality.hard",
    "free_wording": "bench.quality.free_wording",
    "doc2dial": "bench.quality.doc2dial",
    "alarms": "bench.quality.alarms",
    "duplicates": "bench.quality.duplicates",
    "infotabs": "bench.quality.infotabs",
    "answerability": "bench.quality.answerability",
    "clustering": "bench.quality.clustering",
    "summedits": "bench.quality.summedits",
    "abcd": "bench.quality.abcd",
    "gaps": "bench.quality.gaps",
    "service_arduino": "bench.quality.service_arduino",
    "check_answer": "bench.speed.check_answer",
    "speed": "bench.speed.check",
    "growth": "bench.speed.growth",
    "gap_report": "bench.speed.gap_report",
    "crawl": "bench.speed.crawl",
    "bertopic": "bench.speed.bertopic",
}
# What each is told to list where readers may read it; the others list nothing, or all they have.
SHOW: dict[str, list[str]] = {
    "printaura": ["--read"],
    "temporal": ["--misses", "tuned"],
    "policy_pairs": ["--misses", "tuned"],
    "pcparts": ["--half", "tune", "--show", "50"],
    "answers": ["--half", "tune", "--show", "50"],
    "redaction": ["--show"],
    "tau2_retail": ["--show"],
    "alarms": ["--show"],
    "hard": ["--show", "tune"],
    "free_wording": ["--show"],
    "gaps": ["--show", "tune"],
    "duplicates": ["--show"],
    "infotabs": ["--show", "50"],
    "summedits": ["--show", "50"],
    "abcd": ["--show"],
}


def digest(folder: Path) -> str:
    """One digest of every file below a folder, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def commit() -> str:
    """The commit that is measured, with a plus sign if files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False).stdout.strip()

    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if git("status", "--porcelain", "-uno") else "")


def main(words: list[str]) -> int:
    """Run, print and write."""
    show, names = "--show" in words, [word for word in words if word != "--show"]
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}. Known: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    made = commit()
    digested = digest(data()) if data().is_dir() else "none"
    parts = [
        f"# Bench of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {made}",
        "",
        f"Data digest {digested}; Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
        "",
        "Figures of wall time depend on what else the machine does.",
    ]
    failed = []
    for name, module in BENCHES.items():
        if names and name not in names:
            continue
        print(f"== {name}", flush=True)
        started = time.perf_counter()
        command = [sys.executable, "-m", module, *(SHOW.get(name, []) if show else [])]
        done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
        took = time.perf_counter() - started
        said = done.stdout.strip() + (f"\n{done.stderr.strip()[-2000:]}" if done.returncode not in (0, 1) else "")
        print(said, flush=True)
        if done.returncode:
            failed.append(name)
        verdict = "ok" if done.returncode == 0 else f"status {done.returncode}"
        parts += ["", f"## {name}: {verdict}, {took:.0f} s", "", "```", said, "```"]
    told = f"below a floor: {', '.join(failed)}" if failed else "all ok"
    if show:
        print(f"\n{told}")
        return int(bool(failed))
    folder = HERE / "reports"
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y-%m-%d}-{made.rstrip('+')}{'-part' if names else ''}.md"
    path.write_text("\n".join(parts) + "\n", "utf-8")
    print(f"\nwritten to {path.relative_to(HERE.parent)}; {told}")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
