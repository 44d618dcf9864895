"""Base fact "gaps": for every cluster of questions whether an article answers it, and if none does, why.

The verdict is made of the texts (`coverage`), of what came of the questions (`outcome`), and of what agents answered
themselves (`replies`). A large cluster is judged in parts, so that an ask without an article is not covered up by a
neighbouring ask that has one; the parts without an article make one gap of the cluster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from kbaudit.facts.clusters import commonness, denied, form, left_open, normal
from kbaudit.facts.coverage import Coverage, Passage, Sentences, assess
from kbaudit.facts.gap_context import Log, settled_beside
from kbaudit.facts.graph import FEW, FINAL_NEIGHBOURS, centred, louvain, tfidf
from kbaudit.facts.hidden import Shelf
from kbaudit.facts.replies import Told, told
from kbaudit.model.question import Cluster, Question
from kbaudit.text.asks import essence
from kbaudit.text.stem import fold, terms

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

Verdict = Literal["unanswered", "undocumented", "hidden", "bot", "answered"]
Place = tuple[str, str]
# Below this logit no article answers, where nothing is known of outcomes: calibrated so that one answered group in
# twenty falls below it. Where the shop's AI said that it has nothing the line moves up (its retriever found nothing
# either), a little where it answered and failed; where its answers did well it moves down.
LINE = -0.5
DENIED, FAILED, DID_WELL = 1.5, 0.3, 1.0
# Where the AI had nothing, a word that all questions name and the nearest article does not counts so much.
MISSING, MOST_MISSING = 0.3, 2.0
MOSTLY = 0.6
# A part of a cluster is a smaller sample, picked by its difference: it must be clearer.
PART_LINE = -0.15
# From this many different texts on a cluster is judged in parts of at least so many.
PART_FROM, PART_LEAST = 6, 5
SMALLEST = 3
# Nobody keeps asking what was last asked so long before the end of the conversations.
CURRENT = timedelta(days=60)
# Rank from which on a bot does not read on, and the share of questions that must miss an article for it to be hidden.
READ_RANKS = 3
MISSED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is known of one cluster, or of the part of it that `questions` holds.

    `label` and `shown` are its name and the questions that stand for it; `failed` and `did_well` are shares of the
    questions; `served` are questions beside them that ask the same and were settled; `agents` is what agents
    answered; `article` the one that answers but is not found (GAP403)."""

    cluster: Cluster
    questions: tuple[Question, ...]
    verdict: Verdict
    logit: float
    failed: float
    did_well: float
    nearest: tuple[Passage, ...] = ()
    agents: Told | None = None
    article: Passage | None = None
    served: tuple[Question, ...] = ()
    part: bool = False
    label: str = ""
    shown: tuple[Question, ...] = ()

    @property
    def conversations(self) -> tuple[Place, ...]:
        """The conversations of the questions, largest evidence first."""
        return _places(self.questions)


def _places(questions: Sequence[Question]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(question.conversation for question in questions))


@dataclass(frozen=True, slots=True)
class _Part:
    cluster: Cluster
    questions: tuple[Question, ...]
    whole: bool


def find(snapshot: Snapshot) -> tuple[Gap, ...]:
    """Gaps of every cluster asked in three conversations or more, in the order of the clusters; answered ones too."""
    parts: list[_Part] = []
    texts = {left: set[str]() for left in (True, False)}
    for question in snapshot.questions:
        texts[left_open(question)].add(normal(question.text))
    for cluster in snapshot.clusters:
        if len(_places(cluster.questions)) >= SMALLEST:
            fine = len(texts[left_open(cluster.questions[0])]) <= FEW
            parts.extend(_parts(snapshot, cluster, fine))
    assessor = _Assessor(snapshot)
    judged: dict[str, list[Gap]] = {}
    left: list[_Part] = []
    for gap in assessor.judge(parts):
        rest = tuple(question for question in gap.questions if denied(question) or "dissatisfied" in question.signals)
        # What agents said to others is in an article, but the AI had nothing for these or missed the point: they may
        # ask something else.
        elsewhere = gap.verdict in ("bot", "answered") and gap.agents is not None and gap.agents.held is not None
        if elsewhere and gap.did_well < MOSTLY and SMALLEST <= len(_places(rest)) < len(_places(gap.questions)):
            left.append(_Part(gap.cluster, rest, False))
        judged.setdefault(gap.cluster.id, []).append(gap)
    for gap in assessor.judge(left):
        if gap.verdict in ("unanswered", "undocumented", "hidden"):
            judged[gap.cluster.id].append(gap)
    found: list[Gap] = []
    for gaps in judged.values():
        for verdict in ("unanswered", "undocumented", "hidden", "bot", "answered"):
            same = [gap for gap in gaps if gap.verdict == verdict]
            by_article: dict[Place | None, list[Gap]] = {}
            for gap in same:
                by_article.setdefault(gap.article.document.ref if gap.article else None, []).append(gap)
            found.extend(_merged(group, len(gaps)) for group in by_article.values())
    outside, total = commonness(snapshot.questions) if any(gap.part for gap in found) else (Counter[str](), 1)
    found = [_named(snapshot, gap, outside, total) for gap in found]
    newest = max((question.asked_at for question in snapshot.questions), default=None)
    return tuple(
        gap
        for gap in found
        if len(gap.conversations) >= SMALLEST
        and (newest is None or max(question.asked_at for question in gap.questions) >= newest - CURRENT)
    )


class _Assessor:
    """Judges parts of clusters, many at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._shelf = Shelf(snapshot)
        self._known = Sentences(snapshot)
        self._log = Log(snapshot)

    def judge(self, parts: Sequence[_Part]) -> list[Gap]:
        """A gap a part, in their order."""
        groups = [part.questions for part in parts]
        if not groups:
            return []
        coverages = assess(self._snapshot, groups, self._known)
        replies = told(self._snapshot, groups)
        beside = settled_beside(self._snapshot, groups)
        return [
            _judge(_Seen(part, coverage, agents, settled, self._log), self._shelf)
            for part, coverage, agents, settled in zip(parts, coverages, replies, beside, strict=True)
        ]


def _parts(snapshot: Snapshot, cluster: Cluster, fine: bool) -> list[_Part]:
    """The cluster, or the finer groups within it where it is large enough to hold more than one ask. Clusters of few
    questions are `fine` as they are."""
    import numpy as np

    by_text: dict[str, list[Question]] = {}
    for question in cluster.questions:
        by_text.setdefault(fold(question.text), []).append(question)
    if len(by_text) < PART_FROM or fine:
        return [_Part(cluster, cluster.questions, True)]
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
    for question in cluster.questions:
        split.setdefault(home[fold(question.text)], []).append(question)
    if len(split) == 1:
        return [_Part(cluster, cluster.questions, True)]
    return [_Part(cluster, tuple(split[key]), False) for key in sorted(split)]


def _share(questions: Sequence[Question], answered: bool) -> float:
    return sum(question.answered is answered for question in questions) / len(questions)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The evidence on one part. `settled`: questions beside it that ask the same and were served."""

    part: _Part
    coverage: Coverage
    agents: Told | None
    settled: tuple[Question, ...]
    log: Log

    @property
    def did_well(self) -> float:
        """Share of those with this ask whom the AI served."""
        questions = self.part.questions
        well = sum(question.answered is True for question in questions)
        inside = len(questions) if any(map(left_open, questions)) else well
        served = len(self.settled)
        return (well + served) / (inside + served) if inside else 1.0

    def missed(self, place: Place) -> bool:
        """Whether the bot misses this article for most of the questions: by its own log where it keeps one, by our
        search where it stands behind the articles that a bot reads, or behind others and no article stands out."""
        asked = [question for question in self.part.questions if denied(question)]
        if self.log.kept and len(asked) >= SMALLEST:
            return sum(self.log.cited(question, place) for question in asked) < MISSED * len(asked)
        coverage = self.coverage
        for passage, ranks in zip(coverage.nearest, coverage.ranks, strict=True):
            if passage.document.ref == place:
                read = sum(1 <= rank <= READ_RANKS for rank in ranks)
                first = sum(rank == 1 for rank in ranks)
                return read < MISSED * len(ranks) or (coverage.logit < 0 and first < MISSED * len(ranks))
        return True


# Agents' own answers are no news where an article answers the questions this clearly; where the AI has nothing, only
# where it answers them very clearly.
NEAR, VERY_NEAR = 0.85, 2.0
# A sentence this near to a question answers it, whatever its article is about.
STRONG = 0.7


def _judge(seen: _Seen, shelf: Shelf) -> Gap:
    part, coverage, agents = seen.part, seen.coverage, seen.agents
    failed = _share(part.questions, False)
    nothing = sum(denied(question) for question in part.questions) / len(part.questions)
    line = (
        LINE
        + (0.0 if part.whole else PART_LINE * (1 - nothing))
        + DENIED * nothing
        + FAILED * max(failed - nothing, 0.0)
        - DID_WELL * seen.did_well
        + MISSING * min(coverage.missing, MOST_MISSING) * nothing
    )
    verdict: Verdict = "answered"
    article: Passage | None = None
    if seen.did_well >= MOSTLY:
        verdict = "answered"
    elif agents is not None and agents.held is not None and (agents.agreed or nothing >= MISSED):
        if seen.missed(agents.held.document.ref):
            verdict, article = "hidden", agents.held
        elif failed >= MISSED:
            verdict = "bot"
    elif agents is not None and agents.agreed and coverage.logit < (NEAR if nothing < MISSED else VERY_NEAR):
        verdict = "undocumented"
    elif coverage.logit < line:
        verdict = "unanswered"
    elif failed >= MISSED and coverage.nearest:
        best = max(coverage.nearest, key=lambda passage: (round(passage.near, 3), passage.document.ref))
        if nothing >= MISSED and best.near >= STRONG and seen.missed(best.document.ref):
            verdict, article = "hidden", best
        else:
            verdict = "bot"
    if verdict in ("unanswered", "undocumented"):
        said = shelf.find(part.questions)
        if said is not None:
            verdict, article = ("hidden", said) if seen.missed(said.document.ref) else ("bot", None)
    return Gap(
        cluster=part.cluster,
        questions=part.questions,
        verdict=verdict,
        logit=coverage.logit,
        failed=failed,
        did_well=seen.did_well,
        served=seen.settled,
        nearest=coverage.nearest,
        agents=agents,
        article=article,
        part=not part.whole,
    )


def _named(snapshot: Snapshot, gap: Gap, outside: Counter[str], total: int) -> Gap:
    """The gap with its label and three questions: of the cluster, or of the part that it is."""
    cluster = gap.cluster
    if gap.part:
        cluster = form(snapshot, gap.questions, outside, total)
        gap = replace(gap, questions=cluster.questions)
    return replace(gap, label=cluster.label, shown=tuple(cluster.questions[at] for at in cluster.representatives))


def _merged(gaps: Sequence[Gap], parts: int) -> Gap:
    first = max(gaps, key=lambda gap: len(gap.questions))
    if len(gaps) == 1 and not first.part:
        return first
    kept = {question.id for gap in gaps for question in gap.questions}
    questions = tuple(question for question in first.cluster.questions if question.id in kept)
    count = sum(len(gap.questions) for gap in gaps)

    def mean(values: Sequence[float]) -> float:
        return sum(value * len(gap.questions) for value, gap in zip(values, gaps, strict=True)) / count

    nearest: dict[Place, Passage] = {}
    for gap in sorted(gaps, key=lambda item: -len(item.questions)):
        for passage in gap.nearest[:2]:
            nearest.setdefault(passage.document.ref, passage)
    return Gap(
        cluster=first.cluster,
        questions=questions,
        verdict=first.verdict,
        logit=round(mean([gap.logit for gap in gaps]), 3),
        failed=mean([gap.failed for gap in gaps]),
        did_well=mean([gap.did_well for gap in gaps]),
        nearest=tuple(nearest.values())[:5],
        agents=max((gap.agents for gap in gaps if gap.agents), key=lambda agents: len(agents.quotes), default=None),
        article=first.article,
        served=tuple(question for gap in gaps for question in gap.served),
        part=len(gaps) < parts,
    )
