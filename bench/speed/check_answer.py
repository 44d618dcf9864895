"""How long `POST /api/v1/check-answer` takes on the sample store: the first call after the warm-up, and many others.

    python -m bench.speed.check_answer [--calls 200]

What is measured is what the worker does with a request (`Answering.answer`), without the socket; every call has words
of its own, so that no vector is known beforehand. The promise is 300 ms.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.quality.figures import verdict
from kbaudit.jobs.answering import Answering
from kbaudit.sample import write
from kbaudit.snapshot import BaseSnapshot

DAY = date(2026, 4, 10)
ANSWERS = (
    (
        "How long can I return the {n}?",
        "You can return order part {n} within {d} days of delivery, unused and in its box.",
    ),
    (
        "What is express shipping to zone {n}?",
        "Express shipping to zone {n} costs ${d} and takes two business days.",
    ),
    (
        "Is the tent {n} in stock?",
        "Yes, the Teal {n} Tent is in stock. We ship it within {d} business days. Returns are free.",
    ),
    (
        "Can I pay case {n} by invoice?",
        "Yes, case {n} can be paid by invoice within {d} days. Cards are accepted as well.",
    ),
)


def sample(folder: Path) -> BaseSnapshot:
    """The sample store as the worker sees it."""
    from kbaudit.config import load
    from kbaudit.jobs.check import Request, read, snapshot_over
    from kbaudit.jobs.corpus import settings_digest
    from kbaudit.store.cache import Cache, default_folder

    shop = write(folder / "shop", DAY)
    settings = load(shop / "config")
    request = Request(
        articles=[str(shop / "help-center"), str(shop / "replies.jsonl")],
        products=[str(shop / "products.jsonl")],
        conversations=[str(shop / "conversations.jsonl")],
        as_of=DAY,
    )
    corpus, place = read(request, settings)
    return snapshot_over(corpus, settings, place, DAY, Cache(default_folder(), settings_digest(settings, place)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the first call, the median and the 95th percentile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args(arguments).calls
    with tempfile.TemporaryDirectory() as scratch:
        made = sample(Path(scratch))
        answering = Answering(lambda: made, lambda: 1)
        started = time.perf_counter()
        answering.warm()
        warm = time.perf_counter() - started
        took: list[float] = []
        for number in range(calls):
            question, answer = ANSWERS[number % len(ANSWERS)]
            asked: dict[str, Any] = {
                "question": question.format(n=number + 1),
                "answer": answer.format(n=number + 1, d=number % 60 + 1),
                "locale": "en-US",
            }
            started = time.perf_counter()
            json.dumps(answering.answer("check-answer", asked))
            took.append((time.perf_counter() - started) * 1000)
    ordered = sorted(took)
    figures = {"first_ms": took[0], "p50_ms": ordered[len(ordered) // 2], "p95_ms": ordered[int(len(ordered) * 0.95)]}
    print(
        f"check-answer on the sample store: warm-up {warm:.1f} s, then first call {figures['first_ms']:.0f} ms, "
        f"median {figures['p50_ms']:.0f} ms, 95 % below {figures['p95_ms']:.0f} ms ({calls} calls; promise 300 ms)"
    )
    return verdict("check_answer", figures)


if __name__ == "__main__":
    sys.exit(main())
