"""Gaps of the labelled shops in `tests/hard_gaps`: precision and recall by volume, through `kbaudit check`.

    python -m bench.quality.gaps [--half tune|test|all] [--show tune|test|all|none] [--shop NAME] [--write DIR]

The shops were written apart from the detectors. A stable hash of its name puts a shop into one half: "tune" may be read
by those who write detectors, "test" only counts.

A finding is about its majority topic: the one that most of its conversations ask about. One conversation with one
topic is one question; a chat with two asks counts once for each.

    recall       questions of gap topics that stand in a GAP finding about that topic / all questions of gap topics
    precision    questions in GAP findings that ask about the majority topic, where that topic is a gap / all of them
    right rule   of the questions that were recovered, those whose finding has the rule of their topic's truth

A topic that the bot fails although the article is good and retrieved is no gap: GAP401 or GAP402 about it is false,
GAP403 about it is left out of the count, since the fault is named there. Questions of one topic stand or fall together:
the 95 % intervals are Wilson's with the number of topics (recall) or findings (precision) as the sample's size.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.quality.figures import flat, interval, ratio, verdict
from bench.quality.gap_shops import Shop, shops
from bench.quality.gap_talk import RULE, Row, Topic


@dataclass(frozen=True, slots=True)
class Found:
    """One GAP finding with the labels of its conversations."""

    rule: str
    label: str
    conversations: frozenset[str]
    topic: Topic
    right: frozenset[str]
    raw: Row

    @property
    def neutral(self) -> bool:
        """A fault of the bot that is reported as an article which does not surface."""
        return self.topic.truth == "bot" and self.rule == "GAP403"


@dataclass(slots=True)
class Result:
    """What came of one shop."""

    shop: Shop
    found: list[Found] = field(default_factory=list)

    @property
    def asked(self) -> dict[str, set[str]]:
        """Topic -> the conversations that ask about it."""
        by_topic: dict[str, set[str]] = defaultdict(set)
        for conversation, topics in self.shop.labels.items():
            for topic in topics:
                by_topic[topic].add(conversation)
        return by_topic

    def recovered(self, topic: str) -> dict[str, str]:
        """Conversations of a topic in a finding about it -> that finding's rule (the right one where there are two)."""
        right = RULE.get(self.shop.topics[topic].truth)
        rules: dict[str, str] = {}
        for item in self.found:
            if item.topic.name == topic:
                for conversation in item.right:
                    if rules.get(conversation) != right:
                        rules[conversation] = item.rule
        return rules


@dataclass(slots=True)
class Share:
    """Questions that are right of all, over so many topics or findings."""

    right: int = 0
    total: int = 0
    units: int = 0

    def add(self, right: int, total: int) -> None:
        """One topic or one finding more."""
        self.right, self.total, self.units = self.right + right, self.total + total, self.units + 1

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return ratio(self.right, self.total)

    def __str__(self) -> str:
        low, high = interval(round(self.value * self.units), self.units)
        return f"{self.value:.3f} ({low:.2f}-{high:.2f}) {self.right:4} of {self.total:4}"


@dataclass(slots=True)
class Score:
    """Figures of some shops."""

    recall: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    precision: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    rule: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    answered: list[str] = field(default_factory=list)
    neutral: int = 0

    @property
    def held(self) -> dict[str, float]:
        """What floors may hold."""
        shares = {"precision": self.precision, "recall": self.recall, "right_rule": self.rule}
        return {
            **{name: share["GAP"].value for name, share in shares.items()},
            "answered_topics": len(self.answered),
        }


def check(shop: Shop, folder: Path) -> list[Row]:
    """The GAP findings of `kbaudit check --output-format json` on a shop.

    Raises RuntimeError if the command did not finish.
    """
    from kbaudit.cli.check import Format, command

    paths = {}
    for name, rows in (("articles", shop.articles), ("conversations", shop.conversations)):
        paths[name] = folder / f"{name}.jsonl"
        paths[name].write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    report = folder / "report.json"
    try:
        command(
            articles=[str(paths["articles"])],
            conversations=[str(paths["conversations"])],
            as_of=shop.as_of,
            region=[shop.region],
            select=["GAP"],
            output_format=Format.json,
            output=report,
        )
    except SystemExit as end:
        if end.code not in (0, 1):
            raise RuntimeError(f"{shop.name}: status {end.code}") from end
    found: list[Row] = json.loads(report.read_text("utf-8"))["findings"]
    return found


def labelled(shop: Shop, finding: Row) -> Found:
    """A finding with what its conversations are about."""
    labels = shop.labels
    ids = frozenset(row["id"] for row in finding["documents"] if row.get("conversation"))
    votes: Counter[str] = Counter()
    for id_ in ids:
        for topic in labels[id_]:
            votes[topic] += 1
    quoted = Counter(topic for row in finding["evidence"] for topic in labels.get(row["document"], ()))
    # Of two topics with as many conversations, the one that is quoted more is meant.
    name = max(sorted(votes), key=lambda topic: (votes[topic], quoted[topic]))
    right = frozenset(id_ for id_ in ids if name in labels[id_])
    return Found(finding["rule"], str(finding["subject"].get("label")), ids, shop.topics[name], right, finding)


def run(shop: Shop, folder: Path | None = None) -> Result:
    """One shop through the pipeline. Its files stay in `folder` where one is given."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        raw = check(shop, folder)
    else:
        with tempfile.TemporaryDirectory() as made:
            raw = check(shop, Path(made))
    return Result(shop, [labelled(shop, finding) for finding in raw])


def score(results: Iterable[Result]) -> Score:
    """Figures over some shops, by rule and over all (`GAP`)."""
    figures = Score()
    for result in results:
        for name, conversations in result.asked.items():
            topic = result.shop.topics[name]
            if not topic.is_gap:
                continue
            rules = result.recovered(name)
            wanted = RULE[topic.truth]
            for key in ("GAP", wanted):
                figures.recall[key].add(len(rules), len(conversations))
                if rules:
                    figures.rule[key].add(sum(rule == wanted for rule in rules.values()), len(rules))
        for item in result.found:
            if item.neutral:
                figures.neutral += 1
                continue
            right = len(item.right) if item.topic.is_gap else 0
            for key in ("GAP", item.rule):
                figures.precision[key].add(right, len(item.conversations))
            if item.topic.truth == "answered":
                figures.answered.append(f"{result.shop.name}: {item.topic.name}")
    return figures


def details(result: Result) -> list[str]:
    """What is missed and what is wrong, in words."""
    lines = [f"{result.shop.name}: {len(result.found)} findings"]
    for name, asked in sorted(result.asked.items(), key=lambda pair: -len(pair[1])):
        topic = result.shop.topics[name]
        if topic.is_gap:
            rules = Counter(result.recovered(name).values())
            said = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "not found"
            lines.append(f"  {topic.truth:12} {name}: {sum(rules.values())} of {len(asked)} ({said})")
            lines += _texts(result, sorted(asked - set(result.recovered(name)))[:12], "lost")
    for item in result.found:
        others = sorted(item.conversations - item.right)
        if item.topic.is_gap and item.rule == RULE[item.topic.truth] and not others:
            continue
        kind = (
            f"about {item.topic.truth} topic"
            if not item.topic.is_gap
            else f"{item.topic.truth}, {len(others)} strangers"
        )
        lines.append(f"  {item.rule} {item.label!r}: {len(item.conversations)} questions, {item.topic.name}, {kind}")
        lines += _texts(result, others if item.topic.is_gap else sorted(item.conversations)[:8], "in it")
    return lines


def _texts(result: Result, ids: Sequence[str], what: str) -> list[str]:
    rows = {row["id"]: row for row in result.shop.conversations}
    return [
        f"      {what} {id_} [{', '.join(sorted(result.shop.labels[id_]))}] "
        + " / ".join(message["text"] for message in rows[id_]["messages"] if message["role"] == "customer")[:150]
        for id_ in ids
    ]


def report(half: str, results: Sequence[Result]) -> dict[str, float]:
    """Print the figures of one half; returns those that floors may hold."""
    figures = score(results)
    chats = sum(len(result.shop.conversations) for result in results)
    topics = sum(topic.is_gap for result in results for topic in result.shop.topics.values())
    print(f"\n{half}: {len(results)} shops, {chats} conversations, {topics} gap topics")
    print(f"{'':7}{'precision':37}{'recall':37}right rule")
    for key in ("GAP401", "GAP402", "GAP403", "GAP"):
        print(f"{key:7}{figures.precision[key]!s:37}{figures.recall[key]!s:37}{figures.rule[key].value:.3f}")
    print(f"answered topics shown as gaps: {len(figures.answered)}; bot topics shown as GAP403: {figures.neutral}")
    if half == "tune":
        print(*(f"  {name}" for name in figures.answered), sep="\n", end="\n" if figures.answered else "")
    return figures.held


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "test", "all"), default="all")
    parser.add_argument(
        "--show", choices=("tune", "test", "all", "none"), default="tune", help="whose failures to list"
    )
    parser.add_argument("--shop", help="only the shop with this in its name")
    parser.add_argument("--write", type=Path, help="keep the articles and conversations of each shop in this folder")
    given = parser.parse_args(arguments)
    results: list[Result] = []
    for shop in shops():
        if given.half in ("all", shop.half) and (given.shop or "").lower() in shop.name.lower():
            folder = given.write / shop.name.lower().replace(" ", "_") if given.write else None
            results.append(run(shop, folder))
            if given.show in ("all", shop.half):
                print("\n".join(details(results[-1])))
    figures: dict[str, dict[str, float]] = {}
    for half in ("tune", "test"):
        part = [result for result in results if result.shop.half == half]
        if part:
            figures[half] = report(half, part)
    if given.shop:
        return 0
    return verdict("gaps", flat(figures), "" if given.half == "all" else f"{given.half}.")


if __name__ == "__main__":
    sys.exit(main())
