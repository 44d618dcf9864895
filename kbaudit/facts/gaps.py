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

from kbaudit.facts.clusters import commonness, denied, form, left_open
from kbaudit.facts.coverage import Coverage, Passage, Sentences, assess
from kbaudit.facts.gap_context import Log, settled_beside
from kbaudit.facts.gap_listed import Lists
from kbaudit.facts.gap_parts import SMALLEST, Asks, Part, Word, parts, pooled
from kbaudit.facts.gap_shown import Core
from kbaudit.facts.hidden import Shelf
from kbaudit.facts.replies import Told, told
from kbaudit.model.question import Cluster, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Snapshot

Verdict = Literal["unanswered", "undocumented", "hidden", "bot", "answered"]
Place = tuple[str, str]
# Verdicts that make a gap.
OPEN = ("unanswered", "undocumented", "hidden")
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
# Agents' answers to two groups are one answer from this likeness of their means on.
SAME_ANSWER = 0.8
# By texts alone no part of a cluster is a gap where less than this share of the cluster is one, nor where those who ask
# the same are together above this logit.
SLICE, POOLED_LINE = 0.125, -0.4
# Nobody keeps asking what was last asked so long before the end of the conversations.
CURRENT = timedelta(days=60)
# Rank from which on a bot does not read on, and the share of questions that must miss an article for it to be hidden.
READ_RANKS = 3
MISSED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is known of one cluster, or of the part of it that `questions` holds.

    `label` and `shown` are its name and the questions that stand for it, `core` the words that carry it, `named`
    where an article names it in a list without answering it; `failed` and `did_well` are shares of the questions;
    `served` are questions beside them that ask the same and were settled; `agents` is what agents answered;
    `article` the one that answers but is not found (GAP403)."""

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
    core: tuple[Word, ...] = ()
    named: Passage | None = None

    @property
    def conversations(self) -> tuple[Place, ...]:
        """The conversations of the questions, largest evidence first."""
        return _places(self.questions)


def _places(questions: Sequence[Question]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(question.conversation for question in questions))


def find(snapshot: Snapshot) -> tuple[Gap, ...]:
    """Gaps of every cluster asked in three conversations or more, in the order of the clusters; answered ones too."""
    asks = Asks(snapshot)
    assessor = _Assessor(snapshot)
    judged: dict[str, list[Gap]] = {}
    left: list[Part] = []
    for gap in _told_elsewhere(snapshot, asks, assessor.judge(parts(snapshot, asks))):
        rest = tuple(question for question in gap.questions if denied(question) or "dissatisfied" in question.signals)
        # What agents said to others is in an article, but the AI had nothing for these or missed the point: they may
        # ask something else.
        elsewhere = gap.verdict in ("bot", "answered") and gap.agents is not None and gap.agents.held is not None
        if elsewhere and gap.did_well < MOSTLY and SMALLEST <= len(_places(rest)) < len(_places(gap.questions)):
            left.append(Part(gap.cluster, rest, False))
        judged.setdefault(gap.cluster.id, []).append(gap)
    for gap in assessor.judge(left):
        if gap.verdict in OPEN:
            judged[gap.cluster.id].append(gap)
    found: list[Gap] = []
    for gaps in judged.values():
        for verdict in ("unanswered", "undocumented", "hidden", "bot", "answered"):
            same = [gap for gap in gaps if gap.verdict == verdict]
            by_article: dict[Place | None, list[Gap]] = {}
            for gap in same:
                by_article.setdefault(_place(gap.article), []).append(gap)
            found.extend(_merged(group, len(gaps)) for group in by_article.values())
    core = Core(snapshot, asks)
    found = _with_same_answer(snapshot, found)
    found = _with_late(snapshot, core, found)
    outside, total = commonness(snapshot.questions) if any(gap.part for gap in found) else (Counter[str](), 1)
    lists = Lists(snapshot)
    found = [_shown(core, asks, lists, _named(snapshot, gap, outside, total)) for gap in found]
    newest = max((question.asked_at for question in snapshot.questions), default=None)
    return tuple(
        gap
        for gap in found
        if len(gap.conversations) >= SMALLEST
        and (newest is None or max(question.asked_at for question in gap.questions) >= newest - CURRENT)
    )


def _with_same_answer(snapshot: Snapshot, gaps: Sequence[Gap]) -> list[Gap]:
    """The gaps, those of one rule made one that have the same answer: the same hidden article, or agents who say the
    same. What has one answer is one matter, however differently it is asked."""
    import numpy as np

    found: list[Gap] = []
    kept: list[tuple[Gap, NDArray[np.float64] | None]] = []
    for gap in sorted(gaps, key=lambda gap: -len(gap.questions)):
        said = None
        if gap.verdict == "undocumented" and gap.agents is not None:
            said = snapshot.vectors([text for _, text in gap.agents.quotes]).mean(axis=0).astype(np.float64)
            said /= max(float(np.linalg.norm(said)), 1e-9)
        for number, (other, answer) in enumerate(kept):
            same = gap.article is not None and _place(gap.article) == _place(other.article)
            alike = said is not None and answer is not None and round(float(said @ answer), 4) >= SAME_ANSWER
            if gap.verdict == other.verdict and (same or alike):
                kept[number] = _both(other, gap), answer
                break
        else:
            kept.append((gap, said))
    found = [gap for gap, _ in kept]
    order = {id_: number for number, id_ in enumerate(dict.fromkeys(gap.cluster.id for gap in gaps))}
    return sorted(found, key=lambda gap: order[gap.cluster.id])


def _place(passage: Passage | None) -> Place | None:
    return passage.document.ref if passage else None


def _both(first: Gap, other: Gap) -> Gap:
    """Two gaps as one, of the cluster of the first."""
    joined = _merged([first, other], 3)
    told = first.agents or other.agents
    if first.agents and other.agents:
        told = replace(
            first.agents,
            quotes=(*first.agents.quotes, *other.agents.quotes),
            replies=first.agents.replies + other.agents.replies,
        )
    return replace(joined, questions=(*first.questions, *other.questions), agents=told)


def _with_late(snapshot: Snapshot, core: Core, gaps: Sequence[Gap]) -> list[Gap]:
    """The gaps with the questions that no group of three took and that the AI had nothing for either."""
    open_ = [number for number, gap in enumerate(gaps) if gap.verdict in OPEN and _denied(gap.questions) >= MISSED]
    taken = {question.id for gap in gaps for question in gap.questions}
    alone = [question for question in snapshot.questions if denied(question) and question.id not in taken]
    found = list(gaps)
    for number, more in zip(open_, core.late([gaps[number].questions for number in open_], alone), strict=True):
        if more:
            found[number] = replace(gaps[number], questions=(*gaps[number].questions, *more))
    return found


def _told_elsewhere(snapshot: Snapshot, asks: Asks, gaps: Sequence[Gap]) -> list[Gap]:
    """The gaps; those that rest on texts alone count as answered where all who ask the same are, on the whole, and
    where the questions have nothing but a thing in common. The worst of many small parts of a cluster is bad luck."""
    silent = [gap for gap in gaps if gap.failed < MISSED and not any(map(denied, gap.questions))]
    if not any(gap.verdict == "unanswered" for gap in silent):
        return list(gaps)
    together = pooled(snapshot, asks, [gap.questions for gap in silent], [gap.logit for gap in silent])
    unanswered = Counter[str]()
    for gap in silent:
        unanswered[gap.cluster.id] += len(gap.questions) * (gap.verdict == "unanswered")
    answered = {
        id(gap)
        for gap, logit in zip(silent, together, strict=True)
        if gap.verdict == "unanswered"
        and (
            round(logit, 3) >= POOLED_LINE
            or unanswered[gap.cluster.id] < SLICE * len(gap.cluster.questions)
            or not asks.common(gap.questions)
        )
    }
    return [replace(gap, verdict="answered") if id(gap) in answered else gap for gap in gaps]


class _Assessor:
    """Judges parts of clusters, many at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._shelf = Shelf(snapshot)
        self._known = Sentences(snapshot)
        self._log = Log(snapshot)

    def judge(self, parts: Sequence[Part]) -> list[Gap]:
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


def _denied(questions: Sequence[Question]) -> float:
    return sum(map(denied, questions)) / len(questions)


def _share(questions: Sequence[Question], answered: bool) -> float:
    return sum(question.answered is answered for question in questions) / len(questions)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The evidence on one part. `settled`: questions beside it that ask the same and were served."""

    part: Part
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
    nothing = _denied(part.questions)
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
    """The gap with its label: of the cluster, or of the part that it is."""
    cluster = gap.cluster
    if gap.part:
        cluster = form(snapshot, gap.questions, outside, total)
        gap = replace(gap, questions=cluster.questions)
    return replace(gap, label=cluster.label)


def _shown(core: Core, asks: Asks, lists: Lists, gap: Gap) -> Gap:
    """The gap with what a reader sees of it."""
    if gap.verdict not in OPEN:
        return gap
    shown = core.shown(gap.questions, gap.agents)
    words = asks.core(gap.questions)
    named = lists.naming(words, gap.questions) if gap.verdict == "unanswered" else None
    return replace(gap, label=core.label(gap.label, shown, words), shown=shown, core=words, named=named)


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
