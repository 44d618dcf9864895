"""The whole extraction over pages that nobody wrote: `python -m tests.hostile.fuzz FROM TO`.

Prints the slowest ten pages, by stage; status 1 where something raised, or took more than `SECONDS`. A shard is a range
of seeds and `--state FILE` remembers how far it came, so that a run may be stopped and go on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kbaudit.checks.catalogue import selected
from kbaudit.facts.table import DOCUMENT_FACTS
from kbaudit.jobs.run import run_checks
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ArticleRecord, ConversationRecord
from kbaudit.parsing import guard, safe_extract, safe_page
from kbaudit.sample.catalog import products
from kbaudit.snapshot import BaseSnapshot
from kbaudit.testing import snapshot_of
from kbaudit.text import redact
from kbaudit.text.chunk import chunks
from kbaudit.text.document import build
from tests.hostile.pages import Made, page

SECONDS = 2.0
DAY = date(2026, 6, 1)
URL = "https://help.tarnandthicket.example/help/page"
# What reads one page and no vectors.
RULES = ("SEA101", "SEA103", "SEA104", "CON", "CAT", "FRE703", "FRE704")
OTHER = (
    "You can return most items within 45 days of delivery. Standard delivery takes 3 to 5 business days and costs $4."
)


@dataclass(slots=True)
class Timed:
    """What became of a page: seconds by stage, and what was raised."""

    made: Made
    stages: dict[str, float] = field(default_factory=dict)
    raised: str = ""
    flags: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Of all stages."""
        return sum(self.stages.values())

    def __str__(self) -> str:
        worst = sorted(self.stages.items(), key=lambda item: -item[1])[:4]
        stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in worst)
        return f"seed {self.made.seed}: {self.seconds:.2f} s ({stages}) {self.made.how[:90]} {self.flags} {self.raised}"


@cache
def shop() -> BaseSnapshot:
    """A shop with a catalog and without articles: its catalog and calendar are read once."""
    snapshot = snapshot_of(products=products(DAY), as_of=DAY)
    snapshot.fact("calendar"), snapshot.fact("catalog")
    return snapshot


def cpu() -> float:
    """Seconds of CPU that this process and its living parser children have used: other programs do not count."""
    used = time.process_time()
    for child in list(guard._CHILDREN):
        process = child._process
        if process is not None and process.poll() is None:
            fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def run(made: Made) -> Timed:
    """One page through everything that reads text, each stage timed."""
    timed = Timed(made)

    def stage(name: str, work: Callable[[], Any]) -> Any:
        started = cpu()
        try:
            return work()
        except Exception as problem:
            last = traceback.extract_tb(problem.__traceback__)[-1]
            timed.raised += f"{name}: {type(problem).__name__} at {last.filename}:{last.lineno}: {problem}"[:300] + " "
            return None
        finally:
            timed.stages[name] = max(0.0, cpu() - started)

    record = ArticleRecord(id="hostile", title=made.title, body=made.body, body_kind=made.kind, url=URL)
    if made.crawled is not None:
        read = stage("page", lambda: safe_page(made.crawled or b"", URL))
        if read is None:
            return timed
        record = replace(record, title=read.title, body=read.body, body_kind=read.body_kind)
    base = shop()
    document = stage(
        "extract", lambda: build(record, source="articles", locale="en", zone=base.zone, extractor=safe_extract)
    )
    if document is None:
        return timed
    timed.flags = document.flags
    if any(word in flag for flag in document.flags for word in ("no result within", "used up its CPU")):
        timed.stages["extract"] += guard.WALL_SECONDS
    stage("chunks", lambda: chunks(document))
    other = build(
        replace(record, id="plain", body=OTHER, title="Returns"), source="articles", locale="en", zone=base.zone
    )
    snapshot = replace(base, documents=(document, other))
    snapshot._facts.update({name: base.fact(name) for name in ("calendar", "catalog")})
    for name in DOCUMENT_FACTS:
        stage(name, lambda name=name: snapshot.about(name, document))
    for check in selected(RULES):
        outcome = stage(check.code, lambda check=check: run_checks(snapshot, [check]))
        if outcome is not None and outcome.broken:
            timed.raised += f"{check.code}: {outcome.broken[0].reason} "
    said = Conversation(
        id="c", source="c", started_at=base.now, messages=(Message(role="customer", text=document.text),)
    )
    redacted = stage("redact", lambda: redact.conversation(ConversationRecord(said, "Kim Lee", "kim@a.example")))
    if redacted is not None:
        stage("questions", lambda: replace(base, conversations=(redacted,)).questions)
    return timed


def fastest(made: Made, limit: float = SECONDS) -> Timed:
    """A page's time; where it is over the limit the fastest of three, since the machine does other things too."""
    timed = run(made)
    for _ in range(2):
        if timed.seconds <= limit or timed.raised:
            break
        timed = min(timed, run(made), key=lambda item: item.seconds)
    return timed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a range of seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=int, metavar="FROM")
    parser.add_argument("end", type=int, metavar="TO")
    parser.add_argument("--state", type=Path, help="where to remember how far the run came and what it found")
    options = parser.parse_args(arguments)
    state: dict[str, Any] = {"next": options.first, "slow": [], "bad": []}
    if options.state and options.state.exists():
        state = json.loads(options.state.read_text("utf-8"))
    for seed in range(state["next"], options.end):
        timed = fastest(page(seed))
        state["slow"] = sorted([*state["slow"], [timed.seconds, str(timed)]], reverse=True)[:10]
        if timed.raised or timed.seconds > SECONDS:
            state["bad"].append(str(timed))
            print("BAD", timed, flush=True)
        state["next"] = seed + 1
        if options.state and (seed % 20 == 0 or seed + 1 == options.end):
            options.state.write_text(json.dumps(state), "utf-8")
    print(f"{state['next'] - options.first} pages, {len(state['bad'])} bad; the slowest:")
    print(*(line for _, line in state["slow"]), sep="\n")
    return int(bool(state["bad"]))


if __name__ == "__main__":
    sys.exit(main())
