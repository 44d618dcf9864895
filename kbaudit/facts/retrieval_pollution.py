"""For which questions does an article that should not answer stand above the one that should?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbaudit.check import Hit, Snapshot
from kbaudit.facts.retrieval import Place, Retrieval, asked
from kbaudit.facts.retrieval_suspects import Suspect, suspects
from kbaudit.facts.seasons import finder_of
from kbaudit.model.question import Cluster, Question

# The right article must come this near to the wrong one, or the question is simply not answered by any other.
NEAR = 0.7
# ... and it must be a hit by itself: below this a first hit of Doc2Dial's questions is right in one case of three.
ANSWERS = 0.35
# Where the wrong article is only one side of a conflict, the question must have led to the passage in question.
TOP = 5


@dataclass(frozen=True, slots=True)
class Polluted:
    """One cluster's questions for which `wrong` stands above `right`, with both passages and the ranks of `right`."""

    cluster: Cluster
    questions: tuple[Question, ...]
    wrong: tuple[Suspect, ...]
    wrong_hit: Hit
    right_hit: Hit
    before: int
    after: int
    share: float


def polluted(snapshot: Snapshot) -> list[Polluted]:
    """Every polluted cluster, in the order of clusters."""
    retrieval: Retrieval = snapshot.fact("retrieval")
    by_ref: dict[Place, list[Suspect]] = {}
    for suspect in suspects(snapshot):
        by_ref.setdefault(suspect.document.ref, []).append(suspect)
    if not by_ref:
        return []
    found = []
    for cluster in snapshot.clusters:
        cases = [
            case
            for question in asked(cluster)
            if (case := _case(snapshot, question, retrieval.of(question), by_ref)) is not None
        ]
        if cases:
            found.append(_sum_up(cluster, cases, len(cluster.questions)))
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    question: Question
    wrong: tuple[Suspect, ...]
    wrong_hit: Hit
    right_hit: Hit
    before: int
    after: int


def _case(
    snapshot: Snapshot, question: Question, hits: Sequence[Hit], by_ref: dict[Place, list[Suspect]]
) -> _Case | None:
    applying: dict[Place, Suspect] = {}
    for hit in hits:
        for suspect in by_ref.get(hit.ref, ()):
            if hit.ref not in applying and _applies(snapshot, question, hit, suspect):
                applying[hit.ref] = suspect
    if not applying:
        return None
    wanted = {place for suspect in applying.values() for place in suspect.right}
    clean = [hit for hit in hits if hit.ref not in applying]
    right = next((hit for hit in clean if hit.ref in wanted), None) if wanted else next(iter(clean), None)
    if right is None:
        return None
    before = list(hits).index(right) + 1
    above = [hit for hit in hits[: before - 1] if hit.ref in applying]
    if not above or right.score < ANSWERS or right.score < NEAR * above[0].score:
        return None
    return _Case(
        question, tuple(applying[hit.ref] for hit in above), above[0], right, before, clean.index(right) + 1
    )


def _applies(snapshot: Snapshot, question: Question, hit: Hit, suspect: Suspect) -> bool:
    if suspect.since is not None and question.asked_at.astimezone(snapshot.zone).date() <= suspect.since:
        return False
    if suspect.event is not None:
        # Who asks about the event itself is well served by its page.
        mentioned = finder_of(snapshot.fact("calendar")).find(question.text)
        if any(mention.event == suspect.event for mention in mentioned):
            return False
    if suspect.passages:
        return any(a < hit.chunk.end and hit.chunk.start < b for a, b in suspect.passages)
    return True


def _sum_up(cluster: Cluster, cases: Sequence[_Case], size: int) -> Polluted:
    """The commonest pair of wrong and right article stands for the cluster."""
    pairs = Counter((case.wrong[0].document.ref, case.right_hit.ref) for case in cases)
    pair = min(pairs, key=lambda item: (-pairs[item], item))
    chosen = [case for case in cases if (case.wrong[0].document.ref, case.right_hit.ref) == pair]
    shown = max(chosen, key=lambda case: (case.wrong_hit.score, case.question.id))
    wrong: dict[Place, Suspect] = {}
    for case in (shown, *chosen):
        for suspect in case.wrong:
            wrong.setdefault(suspect.document.ref, suspect)
    first = [shown.question, *(case.question for case in chosen if case is not shown)]
    return Polluted(
        cluster,
        tuple(first),
        tuple(wrong.values()),
        shown.wrong_hit,
        shown.right_hit,
        _middle(case.before for case in chosen),
        _middle(case.after for case in chosen),
        len(chosen) / max(size, 1),
    )


def _middle(values: Iterable[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
