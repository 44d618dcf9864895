"""For which questions does an article that should not answer stand above the one that should?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbaudit.check import Hit, Snapshot
from kbaudit.facts.answers_sources import cited_articles
from kbaudit.facts.retrieval import Place, asked, pooled, sentences_near
from kbaudit.facts.retrieval_suspects import Suspect, suspects
from kbaudit.facts.seasons import finder_of
from kbaudit.model.question import Cluster, Question

# The right article must come this near to the wrong one, or the question is simply not answered by any other.
NEAR = 0.7
# Where one passage of the wrong article is in question, the question must lead there (cosine).
ANSWERS = 0.45
# Below this cosine a hit is there because nothing better is: the question is about something else.
ASKED = 0.38
# Of the sentences of a passage the wrong one must be the nearest to the question, or nearly so, and near by itself
# (cosine; in the sample store the questions about what the sentence says begin at 0.55, the others end at 0.5).
BESIDE, LED = 0.05, 0.52
# A bot reads the first few results: further down nothing pollutes. The right one may have sunk deeper.
TOP = 5
DEEP = 20


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


def polluted(snapshot: Snapshot, least: int, share: float) -> list[Polluted]:
    """Every cluster of which at least `least` questions and this share of the questions that meet the wrong article
    are polluted, in the order of clusters. Clusters too small to say it alone are taken together by the articles."""
    by_ref: dict[Place, list[Suspect]] = {}
    for suspect in suspects(snapshot):
        by_ref.setdefault(suspect.document.ref, []).append(suspect)
    if not by_ref:
        return []
    cited = cited_articles(snapshot)
    found = []
    for cluster in snapshot.clusters:
        cases: list[_Case] = []
        concerned = 0
        for question in asked(cluster):
            hits = snapshot.search(question.text, question.locale, DEEP)
            applying = _applying(snapshot, question, hits[:TOP], by_ref)
            concerned += bool(applying)
            case = _case(question, hits, applying, cited.get(question.id, ()))
            if case is not None:
                cases.append(case)
        if cases:
            found.append(_sum_up(cluster, cases, concerned))
    # Where the right article stays out of reach even without the wrong one, archiving that is no remedy.
    together = pooled(
        found, least, lambda case: (case.wrong[0].document.ref, case.right_hit.ref), lambda case: case.wrong_hit.score
    )
    return [case for case in together if len(case.questions) >= least and case.share >= share and case.after <= TOP]


@dataclass(frozen=True, slots=True)
class _Case:
    question: Question
    wrong: tuple[Suspect, ...]
    wrong_hit: Hit
    right_hit: Hit
    before: int
    after: int


def _applying(
    snapshot: Snapshot, question: Question, hits: Sequence[Hit], by_ref: dict[Place, list[Suspect]]
) -> dict[Place, Suspect]:
    """The suspects among the first results that are wrong for this question."""
    found: dict[Place, Suspect] = {}
    for hit in hits:
        for suspect in by_ref.get(hit.ref, ()):
            if hit.ref not in found and _applies(snapshot, question, hit, suspect):
                found[hit.ref] = suspect
    return found


def _case(
    question: Question, hits: Sequence[Hit], applying: dict[Place, Suspect], cited: Sequence[Place]
) -> _Case | None:
    if not applying:
        return None
    clean = [hit for hit in hits if hit.ref not in applying]
    known = {place for suspect in applying.values() for place in suspect.right}
    witnessed = set(cited) - applying.keys()
    right = next((hit for hit in clean if hit.ref in known), None) if known else None
    if right is None and witnessed:
        right = next((hit for hit in clean if hit.ref in witnessed), None)
    elif right is None and not known:
        # Nobody knows the right one: then only the next result can be it, and only if it comes near.
        right = next(iter(clean), None)
        if right is not None and (right.dense < ASKED or right.score < NEAR * hits[0].score):
            return None
    if right is None:
        return None
    before = list(hits).index(right) + 1
    above = [hit for hit in hits[: before - 1] if hit.ref in applying]
    if not above:
        return None
    return _Case(question, tuple(applying[hit.ref] for hit in above), above[0], right, before, clean.index(right) + 1)


def _applies(snapshot: Snapshot, question: Question, hit: Hit, suspect: Suspect) -> bool:
    if suspect.since is not None and question.asked_at.astimezone(snapshot.zone).date() <= suspect.since:
        return False
    if suspect.event is not None:
        # Who asks about the event itself is well served by its page.
        mentioned = finder_of(snapshot.fact("calendar")).find(question.text)
        if any(mention.event == suspect.event for mention in mentioned):
            return False
    if hit.dense < ASKED:
        return False
    if not suspect.passages:
        return True
    if hit.dense < ANSWERS or not any(a < hit.chunk.end and hit.chunk.start < b for a, b in suspect.passages):
        return False
    # A passage says several things: the question must lead to the wrong one.
    near = sentences_near(snapshot, question, hit)
    wrong: list[float] = []
    for number, (value, (a, b)) in enumerate(near):
        if any(a < end and start < b for start, end in suspect.passages):
            wrong.append(value)
            # The question that the wrong sentence answers leads to it as well.
            before, (start, end) = near[number - 1] if number else (0.0, (0, 0))
            if suspect.document.text[start:end].endswith("?"):
                wrong.append(before)
    return not wrong or max(wrong) >= max(LED, max(value for value, _ in near) - BESIDE)


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
