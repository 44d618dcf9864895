"""`python -m bench`: run every bench one after the other and write a report with date, commit and a digest of the data.

    python -m bench                 all of them
    python -m bench policy_pairs    only these
Exit status 1 if a bench misses its floor. Reports go to `bench/reports/<date>-<commit>.md`.
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

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("KBAUDIT_SHARED", HERE.parents[1] / "shared"))
# name -> module and arguments; the quick ones first.
BENCHES: dict[str, list[str]] = {
    "printaura": ["bench.quality.printaura"],
    "temporal": ["bench.quality.temporal"],
    "policy_pairs": ["bench.quality.policy_pairs"],
    "pcparts": ["bench.quality.pcparts"],
    "duplicates": ["bench.quality.duplicates"],
    "hard": ["bench.quality.hard"],
    "doc2dial": ["bench.quality.doc2dial"],
    "summedits": ["bench.quality.summedits"],
    "infotabs": ["bench.quality.infotabs"],
    "redaction": ["bench.quality.redaction"],
    "clustering": ["bench.quality.clustering"],
    "abcd": ["bench.quality.abcd"],
    "answerability": ["bench.quality.answerability"],
    "service_arduino": ["bench.quality.service_arduino"],
    "speed": ["bench.speed.check"],
    "crawl": ["bench.speed.crawl"],
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


def main(names: list[str]) -> int:
    """Run, print and write."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}. Known: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    made = commit()
    data = digest(SHARED / "data") if (SHARED / "data").is_dir() else "none"
    parts = [
        f"# Bench of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {made}",
        "",
        f"Data digest {data}; Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
        "",
        "Figures of wall time depend on what else the machine does.",
    ]
    failed = []
    for name, words in BENCHES.items():
        if names and name not in names:
            continue
        if not (HERE.parent / Path(*words[0].split("."))).with_suffix(".py").exists():
            continue
        print(f"== {name}", flush=True)
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=HERE.parent, capture_output=True, text=True, check=False
        )
        took = time.perf_counter() - started
        said = done.stdout.strip() + (f"\n{done.stderr.strip()[-2000:]}" if done.returncode not in (0, 1) else "")
        print(said, flush=True)
        if done.returncode:
            failed.append(name)
        verdict = "ok" if done.returncode == 0 else f"status {done.returncode}"
        parts += ["", f"## {name}: {verdict}, {took:.0f} s", "", "```", said, "```"]
    folder = HERE / "reports"
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y-%m-%d}-{made.rstrip('+')}{'-part' if names else ''}.md"
    path.write_text("\n".join(parts) + "\n", "utf-8")
    print(
        f"\nwritten to {path.relative_to(HERE.parent)}; "
        + (f"below floor: {', '.join(failed)}" if failed else "all ok")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
