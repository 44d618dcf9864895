"""The asks within clusters: a large cluster is judged in parts, so that an ask without an article is not covered up by
a neighbouring ask that has one.

A part is an ask of its own only if it says something that the rest does not. A brand, or a thing that customers name in
whatever they ask about, sets questions apart for an embedding and makes no other question: "charged twice for a shirt"
and "charged twice for boots" have one answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbaudit.facts.clusters import left_open, normal
from kbaudit.facts.graph import FEW, FINAL_NEIGHBOURS, centred, louvain, tfidf
from kbaudit.facts.labels import STOP
from kbaudit.model.question import Cluster, Question
from kbaudit.text.asks import content, essence
from kbaudit.text.asks_words import FUNCTION, PLACEHOLDER, WEAK
from kbaudit.text.stem import fold, stem, terms

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# From this many different texts on a cluster is judged in parts of at least so many.
PART_FROM, PART_LEAST = 6, 5
SMALLEST = 3
# A word is a part's own if this share of its texts says it, and of the other's texts less than this part of that share.
OWN, LESS = 0.4, 0.25
# A word stands for the thing, not for the ask, if a tenth of the texts of so large a share of the clusters, and of so
# many, have it.
HAVE, WIDE, WIDE_LEAST = 0.1, 0.08, 3
# Groups whose middles are so near may ask the same; a slice is so much smaller than what it is a slice of.
BESIDE, WORTH = 0.65, 2.0
# A word that so large a share writes with a capital within a sentence is a name.
CAPITAL, CAPITAL_LEAST = 0.8, 3
# An ask has a word of its own that more than so many of its questions say; else only a thing, or nothing, is common to
# them.
CORE = 0.1
# A word carries the ask where this share of the questions says it.
CARRIES = 0.4
_STOP = STOP | {stem(word) for word in STOP}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of a cluster that are judged together; `whole`: all of it."""

    cluster: Cluster
    questions: tuple[Question, ...]
    whole: bool

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The conversations of the questions, each once."""
        return tuple(dict.fromkeys(question.conversation for question in self.questions))


@dataclass(frozen=True, slots=True)
class Word:
    """A word that many of a group's questions say: its stem, how most write it, and the share of the texts."""

    term: str
    spoken: str
    share: float


class Asks:
    """What groups of questions say of their ask: their words without names and without the things that are named all
    over the shop."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._bags: dict[str, frozenset[str]] = {}
        clusters = [
            {normal(question.text): question for question in cluster.questions}.values()
            for cluster in snapshot.clusters
            if len(cluster.questions) >= PART_LEAST
        ]
        self._names = _names(snapshot.questions)
        self._idle = self._names
        spread: Counter[str] = Counter()
        for questions in clusters:
            counts = Counter(term for question in questions for term in self.bag(question))
            spread.update(term for term, number in counts.items() if number >= HAVE * len(questions))
        least = max(WIDE_LEAST, WIDE * len(clusters))
        self.wide = frozenset(term for term, number in spread.items() if number >= least)
        self._idle |= self.wide
        self._bags.clear()

    def bag(self, question: Question) -> frozenset[str]:
        """The stems of a question's words of its own."""
        known = self._bags.get(question.text)
        if known is None:
            known = self.words(essence(question.text))
            self._bags[question.text] = known
        return known

    def words(self, text: str) -> frozenset[str]:
        """The stems of a text's words that are neither names nor things named all over the shop."""
        return frozenset(content(text) - _STOP - self._idle)

    def nameless(self, question: Question) -> str:
        """The ask without names."""
        spoken = essence(question.text)
        rest = _WORD.sub(lambda found: "" if stem(fold(found[0])) in self._names else found[0], spoken)
        return " ".join(rest.split()) or spoken

    def shares(self, questions: Sequence[Question]) -> dict[str, float]:
        """The share of the different texts that say each word."""
        different = {normal(question.text): question for question in questions}
        counts = Counter(term for question in different.values() for term in self.bag(question))
        return {term: number / len(different) for term, number in counts.items()}

    def common(self, questions: Sequence[Question]) -> bool:
        """Whether the questions share an ask, and not only the thing that they are about."""
        return max(self.shares(questions).values(), default=0.0) > CORE

    def core(self, questions: Sequence[Question]) -> tuple[Word, ...]:
        """The words that carry the ask, the most used first: neither names, nor verbs of asking and having, and a thing
        that is named all over the shop only where there is nothing else."""
        texts = {normal(question.text): question.text for question in reversed(questions)}
        counts: Counter[str] = Counter()
        written: dict[str, Counter[str]] = {}
        for _, text in sorted(texts.items()):
            seen: dict[str, str] = {}
            for found in _WORD.finditer(PLACEHOLDER.sub(" . ", essence(text))):
                plain = fold(found[0])
                if len(plain) > 2 and plain not in STOP and plain not in FUNCTION and plain not in WEAK:
                    for term in content(plain) - self._names - _STOP:
                        seen.setdefault(term, plain)
            for term, plain in seen.items():
                counts[term] += 1
                written.setdefault(term, Counter())[plain] += 1
        least = max(2.0, CARRIES * len(texts))
        words = [
            Word(term, min(written[term], key=lambda word: (-written[term][word], word)), number / len(texts))
            for term, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            if number >= least
        ]
        return tuple(word for word in words if word.term not in self.wide) or tuple(words)

    @staticmethod
    def own(shares: dict[str, float], other: dict[str, float]) -> set[str]:
        """The words that set one group apart from another."""
        return {term for term, share in shares.items() if share >= OWN and other.get(term, 0.0) < LESS * share}


def _names(questions: Iterable[Question]) -> frozenset[str]:
    """Stems of words that are written with a capital within sentences; in German every noun is."""
    high: Counter[str] = Counter()
    low: Counter[str] = Counter()
    for text in sorted({question.text for question in questions if not question.locale.startswith("de")}):
        for found in _WORD.finditer(PLACEHOLDER.sub(" . ", text)):
            before = text[: found.start()].rstrip()
            if before and before[-1] not in ".!?:\n":
                plain = stem(fold(found[0]))
                (high if found[0][0].isupper() else low)[plain] += 1
    return frozenset(
        word for word, number in high.items() if number >= CAPITAL_LEAST and number >= CAPITAL * (number + low[word])
    )


def parts(snapshot: Snapshot, asks: Asks) -> list[Part]:
    """Every cluster asked in three conversations or more, or the asks in it, in the order of the clusters."""
    texts = {left: set[str]() for left in (True, False)}
    for question in snapshot.questions:
        texts[left_open(question)].add(normal(question.text))
    found: list[Part] = []
    for cluster in snapshot.clusters:
        whole = Part(cluster, cluster.questions, True)
        if len(whole.places) >= SMALLEST:
            # Where there are few questions their clusters are as fine as they get.
            fine = len(texts[left_open(cluster.questions[0])]) <= FEW
            found.extend([whole] if fine else _split(snapshot, whole, asks))
    return found


def _split(snapshot: Snapshot, whole: Part, asks: Asks) -> list[Part]:
    import numpy as np

    by_text: dict[str, list[Question]] = {}
    for question in whole.questions:
        by_text.setdefault(fold(question.text), []).append(question)
    if len(by_text) < PART_FROM:
        return [whole]
    texts = sorted(by_text)
    spoken = [essence(by_text[text][0].text) for text in texts]
    rows = snapshot.vectors(spoken)
    words = [terms(text, by_text[key][0].locale.split("-")[0].lower()) for key, text in zip(texts, spoken, strict=True)]
    labels = louvain(centred(rows, rows.mean(axis=0)).astype(np.float32), tfidf(words), -1.0, sizes=(FINAL_NEIGHBOURS,))
    groups: dict[int, list[int]] = {}
    for position, number in enumerate(labels.tolist()):
        groups.setdefault(number, []).append(position)
    large = {number: np.mean(rows[places], axis=0) for number, places in groups.items() if len(places) >= PART_LEAST}
    home: dict[str, int] = {}
    for number, places in groups.items():
        for place in places:
            near = number if large else 0
            if large and number not in large:
                near = min(large, key=lambda other: (-round(float(rows[place] @ large[other]), 4), other))
            home[texts[place]] = near
    split: dict[int, list[Question]] = {}
    for question in whole.questions:
        split.setdefault(home[fold(question.text)], []).append(question)
    kept = _joined([split[key] for key in sorted(split)], asks)
    if len(kept) == 1:
        return [whole]
    order = {question.id: number for number, question in enumerate(whole.questions)}
    return [
        Part(whole.cluster, tuple(sorted(questions, key=lambda question: order[question.id])), False)
        for questions in kept
    ]


def _joined(groups: Sequence[list[Question]], asks: Asks) -> list[list[Question]]:
    """The groups, those joined of which neither has a word of its own, the smallest first."""
    left = sorted((list(group) for group in groups), key=lambda group: (-len(group), group[0].id))
    at = len(left) - 1
    while at > 0:
        shares = asks.shares(left[at])
        for into in range(at):
            other = asks.shares(left[into])
            if not asks.own(shares, other) and not asks.own(other, shares):
                left[into].extend(left.pop(at))
                left.sort(key=lambda group: (-len(group), group[0].id))
                at = len(left)
                break
        at -= 1
    return left


def pooled(
    snapshot: Snapshot, asks: Asks, groups: Sequence[Sequence[Question]], logits: Sequence[float]
) -> list[float]:
    """The logit of each group together with those that ask the same: that lie near it, and of which it has no word of
    its own. Where nothing is known of outcomes, a slice of an answered ask is no gap."""
    import numpy as np

    if not groups:
        return []
    spoken = [[asks.nameless(question) for question in _different(group)] for group in groups]
    texts = sorted({text for group in spoken for text in group})
    place = {text: number for number, text in enumerate(texts)}
    rows = snapshot.vectors(texts)
    means = np.stack([rows[[place[text] for text in group]].mean(axis=0) for group in spoken])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    near = np.round(means @ means.T, 4)
    shares = [asks.shares(group) for group in groups]
    sizes = [len(group) for group in groups]
    found = []
    for number, share in enumerate(shares):
        same = [number]
        for other in np.flatnonzero(near[number] >= BESIDE).tolist():
            large = sizes[other] >= WORTH * sizes[number]
            if other != number and large and not asks.own(share, shares[other]):
                same.append(other)
        found.append(sum(logits[at] * sizes[at] for at in same) / sum(sizes[at] for at in same))
    return found


def _different(questions: Sequence[Question]) -> list[Question]:
    return list({normal(question.text): question for question in reversed(questions)}.values())
