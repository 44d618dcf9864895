"""Cost of a check by the number of articles: CPU milliseconds an article at 2,500, 5,000, 10,000 and 20,000.

    python -m bench.speed.growth [SIZE ...]

The articles are made of paragraphs of a real base with a third of their words exchanged, so that no two say the same.
Every rule for articles runs. Encoding is left out, since it is linear and dwarfs the rest: vectors are sums of signs
drawn for each word, so that texts that share words are near. Each size runs in a process of its own; status 1 where
the largest costs more than 1.5 times as much an article as the smallest.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.quality.figures import data, missing, verdict

SIZES = (2_500, 5_000, 10_000, 20_000)
DAY = "2024-11-20"
WIDTH = 384


def grown(items: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """So many articles made of paragraphs of these, a third of the words exchanged: no two say the same thing."""
    chance = random.Random(7)
    paragraphs = [part for item in items for part in re.split(r"\n\s*\n", item["body_markdown"]) if len(part) > 40]
    words = sorted({word for part in paragraphs for word in re.findall(r"\b[a-z]{4,12}\b", part)})

    def other(match: re.Match[str]) -> str:
        return chance.choice(words) if chance.random() < 0.33 else match[0]

    return [
        {
            "id": f"a{number}",
            "title": re.sub(r"\b[a-z]{4,12}\b", other, items[number % len(items)]["title"]),
            "body_markdown": "\n\n".join(
                re.sub(r"\b[a-z]{4,12}\b", other, chance.choice(paragraphs)) for _ in range(5)
            ),
        }
        for number in range(count)
    ]


@cache
def _signs(word: str) -> NDArray[np.float32]:
    draws = np.random.default_rng(zlib.crc32(word.encode()))
    return draws.choice(np.array([-1, 1], dtype=np.float32), WIDTH)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A unit vector a text, at a hundredth of a model's price."""
    rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in re.findall(r"\w+", text.lower()):
            row += _signs(word)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return rows


def measure(count: int) -> dict[str, Any]:
    """CPU seconds by stage and rule, articles and peak memory of one check of so many articles, in this process."""
    from datetime import date

    from kbaudit.checks import catalogue
    from kbaudit.config import Settings
    from kbaudit.index.retriever import make_search
    from kbaudit.jobs.check import Request, read, snapshot_over
    from kbaudit.jobs.corpus import settings_digest
    from kbaudit.jobs.run import run_checks
    from kbaudit.store.cache import Cache

    rows = [json.loads(line) for line in (data() / "vtex" / "articles.jsonl").read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "articles.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in grown(rows, count)), "utf-8")
        del rows
        seconds: dict[str, float] = {}
        started = time.process_time()
        corpus, place = read(Request(articles=[str(path)]), Settings())
        seconds["read"] = time.process_time() - started
        day = date.fromisoformat(DAY)
        cache = Cache(Path(scratch) / "cache", settings_digest(Settings(), place))
        snapshot = snapshot_over(corpus, Settings(), place, day, cache)
        snapshot = replace(snapshot, encode=encode, make_search=make_search(encode))
        for check in catalogue.selected(()):
            at = time.process_time()
            outcome = run_checks(snapshot, [check])
            assert not outcome.broken, outcome.broken
            if outcome.ran:
                seconds[check.code] = time.process_time() - at
        cache.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"articles": count, "seconds": seconds, "whole": time.process_time() - started, "memory": memory}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print milliseconds an article and memory for each size."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if missing("vtex"):
        return 0
    if words[:1] == ["--child"]:
        print(json.dumps(measure(int(words[1]))))
        return 0
    found = []
    for count in sorted(map(int, words)) or SIZES:
        command = [sys.executable, "-m", "bench.speed.growth", "--child", str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        row = json.loads(done.stdout.splitlines()[-1])
        found.append(row["whole"] / count)
        dear = sorted(row["seconds"].items(), key=lambda item: -item[1])[:7]
        stages = ", ".join(f"{name} {1000 * seconds / count:.2f}" for name, seconds in dear)
        print(
            f"{count:>7,} articles: {1000 * row['whole'] / count:.2f} ms an article ({stages}), {row['memory']:.2f} GB",
            flush=True,
        )
    print(f"largest to smallest: {found[-1] / found[0]:.2f}")
    return verdict("growth", {"ratio": found[-1] / found[0]})


if __name__ == "__main__":
    raise SystemExit(main())
