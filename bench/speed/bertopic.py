"""Clusters of questions beside BERTopic from the same vectors: seconds, memory, agreement with the intents.

    python -m bench.speed.bertopic [--rounds 3] [--bertopic PYTHON]

The questions of Banking77 (all of them) and of ABCD's utterances are read and encoded once. Each round then clusters
them with kbaudit and with BERTopic as it comes, each in a process of its own, in another order of input each round;
who is first alternates. What is timed is from texts and vectors to labelled clusters. Each process does it twice, since
BERTopic compiles in its first call: the floor holds the first, which is what a nightly run pays, and the second is
printed. Texts in which no question is read count for neither. BERTopic's outliers count as one cluster or as one each,
whichever is better for it.
BERTopic is installed into a virtual environment below the temporary folder, once; where it cannot be, the bench is
skipped with the reason.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score

from bench.quality.clustering import as_conversations, rows
from bench.quality.figures import missing, verdict
from bench.speed.peer import interpreter
from kbaudit.facts.clusters import group
from kbaudit.testing import snapshot_of
from kbaudit.text.asks import essence

ROOT = Path(__file__).resolve().parents[2]
BERTOPIC = "bertopic>=0.17,<1"
DAY = "2026-06-01"
SETS = {
    "banking77": ("banking77/test.jsonl", "banking77/train.jsonl"),
    "abcd": ("abcd/utterances.jsonl",),
}
# Prints what `child` prints.
SCRIPT = """
import json, resource, sys, time
from pathlib import Path
import numpy as np
from bertopic import BERTopic

folder = Path(sys.argv[1])
asked = json.loads((folder / "asked.json").read_text("utf-8"))
texts = [item["text"] for item in asked]
vectors = np.load(folder / "vectors.npy")[[item["row"] for item in asked]]
seconds, cpu = [], []
for _ in range(2):
    wall, used = time.perf_counter(), time.process_time()
    topics, _ = BERTopic().fit_transform(texts, vectors)
    seconds.append(time.perf_counter() - wall)
    cpu.append(time.process_time() - used)
labels = {item["id"]: str(topic) for item, topic in zip(asked, topics)}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "mib": peak, "labels": labels}))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of wall and CPU of its first and its second call, peak MiB, question -> cluster."""

    seconds: list[float]
    cpu: list[float]
    mib: int
    labels: dict[str, str]


def child(folder: Path) -> None:
    """Cluster with kbaudit what lies in a folder; prints a `Run`."""
    conversations = json.loads((folder / "conversations.json").read_text("utf-8"))
    spoken = json.loads((folder / "spoken.json").read_text("utf-8"))
    vectors = np.load(folder / "vectors.npy")
    place = {text: row for row, text in enumerate(spoken)}

    def encode(texts: Sequence[str]) -> Any:
        return vectors[[place[text] for text in texts]]

    snapshot = replace(snapshot_of(conversations=conversations, as_of=DAY), encode=encode)
    snapshot.fact("questions")
    seconds, cpu = [], []
    for _ in range(2):
        wall, used = time.perf_counter(), time.process_time()
        clusters = group(snapshot)
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - used)
    labels = {question.id: cluster.id for cluster in clusters for question in cluster.questions}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mib": peak, "labels": labels}))


def prepare(conversations: Sequence[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """The questions with the row of their vector; vectors and what they are of are written into the folder."""
    snapshot = snapshot_of(conversations=conversations, as_of=DAY)
    spelling = snapshot.fact("spelling")
    said = {question.id: spelling.mend(essence(question.text)) for question in snapshot.questions}
    spoken = sorted(set(said.values()))
    np.save(folder / "vectors.npy", snapshot.vectors(spoken))
    (folder / "spoken.json").write_text(json.dumps(spoken), "utf-8")
    place = {text: row for row, text in enumerate(spoken)}
    return [
        {"id": item.id, "conversation": item.conversation[1], "text": item.text, "row": place[said[item.id]]}
        for item in snapshot.questions
    ]


def run(command: Sequence[str | Path], cwd: Path) -> Run:
    """What a process printed. Exits with its message if it failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-800:]}")
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def rounds(name: str, count: int, python: Path) -> tuple[list[Run], list[Run], list[str], list[str]]:
    """The runs of kbaudit and of BERTopic, the first question of each conversation, and the intents beside them."""
    found = [row for path in SETS[name] for row in rows(path)]
    conversations = as_conversations([row["text"] for row in found])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "cluster.py").write_text(SCRIPT, "utf-8")
        asked = prepare(conversations, folder)
        print(f"{name}: {len(asked):,} questions of {len(found):,} texts", flush=True)
        ours: list[Run] = []
        theirs: list[Run] = []
        sides: list[tuple[list[Run], list[str | Path], Path]] = [
            (ours, [sys.executable, "-m", "bench.speed.bertopic", "--child", folder], ROOT),
            (theirs, [python, folder / "cluster.py", folder], folder),
        ]
        for number in range(count):
            chance = random.Random(number)
            for file, items in (("conversations", conversations), ("asked", asked)):
                (folder / f"{file}.json").write_text(json.dumps(chance.sample(items, len(items))), "utf-8")
            for runs, command, cwd in sides if number % 2 == 0 else reversed(sides):
                runs.append(run(command, cwd))
            times = [f"{side[-1].seconds[0]:.1f} s, again {side[-1].seconds[1]:.1f} s" for side in (ours, theirs)]
            print(f"  round {number + 1}: {times[0]}; BERTopic {times[1]}", flush=True)
    first: dict[str, str] = {}
    for item in asked:
        first.setdefault(item["conversation"], item["id"])
    heard = [number for number in range(len(found)) if f"q{number}" in first]
    return ours, theirs, [first[f"q{number}"] for number in heard], [found[number]["intent"] for number in heard]


def ami(one: Sequence[str], other: Sequence[str]) -> float:
    """Adjusted mutual information of two partitions."""
    return float(adjusted_mutual_info_score(one, other))


def compare(name: str, count: int, python: Path) -> dict[str, float]:
    """Print and return the figures of one data set."""
    ours, theirs, firsts, intents = rounds(name, count, python)

    def middle(value: Callable[[Run], float]) -> tuple[float, float]:
        return statistics.median(map(value, ours)), statistics.median(map(value, theirs))

    figures: dict[str, float] = {}
    for call, title in enumerate(("first call", "second call")):
        wall, cpu = middle(lambda item, at=call: item.seconds[at]), middle(lambda item, at=call: item.cpu[at])  # type: ignore[misc]
        pairs = list(zip(ours, theirs, strict=True))
        times = statistics.median(their.seconds[call] / our.seconds[call] for our, their in pairs)
        print(
            f"  {title}: {wall[0]:.1f} s, BERTopic {wall[1]:.1f} s: {times:.1f} times faster (median of {count}); "
            f"CPU {cpu[0]:.1f} s, BERTopic {cpu[1]:.1f} s: {cpu[1] / cpu[0]:.1f} times less"
        )
        figures[f"{title.replace(' ', '_')}_times_faster"] = times
    memory = middle(lambda item: item.mib)
    print(f"  peak memory: {memory[0]:.0f} MiB, BERTopic {memory[1]:.0f} MiB")
    figures["share_of_memory"] = memory[0] / memory[1]
    best, partitions = [], []
    for item in theirs:
        together = [item.labels[question] for question in firsts]
        alone = [f"alone {at}" if label == "-1" else label for at, label in enumerate(together)]
        partitions.append(together)
        best.append(max(ami(intents, together), ami(intents, alone)))
    outliers = statistics.median(labels.count("-1") / len(labels) for labels in partitions)
    scores = [ami(intents, [item.labels[question] for question in firsts]) for item in ours]
    print(f"  AMI with the intents: {min(scores):.4f}, BERTopic {min(best):.4f} to {max(best):.4f}")
    same = all(item.labels == ours[0].labels for item in ours)
    agree = [ami(one, other) for at, one in enumerate(partitions) for other in partitions[:at]]
    print(
        f"  same clusters and ids in every order: {same}; BERTopic from order to order: "
        f"AMI {min(agree, default=1.0):.3f}; outliers: none, BERTopic {outliers:.0%}"
    )
    return figures | {"ami": min(scores), "ami_above": min(scores) - max(best), "same_in_any_order": same}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit status 1 if a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bertopic", type=Path, help="an interpreter that has BERTopic")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.child:
        child(chosen.child)
        return 0
    if any(missing(name) for name in SETS):
        return 0
    try:
        python = chosen.bertopic or interpreter("bertopic", BERTOPIC, shared=True)
    except (OSError, subprocess.SubprocessError) as problem:
        print(f"skipped: BERTopic cannot be installed: {problem}")
        return 0
    figures: dict[str, float] = {}
    for name in SETS:
        figures |= {f"{name}.{key}": value for key, value in compare(name, chosen.rounds, python).items()}
    return verdict("bertopic", figures)


if __name__ == "__main__":
    sys.exit(main())
