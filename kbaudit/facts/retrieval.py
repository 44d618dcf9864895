"""Base fact "retrieval": what real questions find, in which order, and how often each article is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from kbaudit.check import Hit, Snapshot
from kbaudit.model.document import Span
from kbaudit.model.question import Cluster, Question
from kbaudit.text.asks import essence
from kbaudit.text.sentences import split

Place = tuple[str, str]
# A bot reads no more than this many articles; what stands below is not found.
DEPTH = 10
# Few bots show their model more than three articles, and what means something else is noise at any rank (cosine).
REACH = 3
RELATED = 0.35


@dataclass(frozen=True, slots=True)
class Retrieval:
    """`hits` by question id, best first; `first` and `found` count the questions that find an article at rank 1 and
    in reach (see `REACH`); `cited` counts the AI messages that name it among their sources, by the name that
    they use; `nearest` is the highest cosine with which any question finds an article at any depth."""

    hits: Mapping[str, tuple[Hit, ...]]
    first: Mapping[Place, int]
    found: Mapping[Place, int]
    cited: Mapping[str, int]
    nearest: Mapping[Place, float]

    def of(self, question: Question) -> tuple[Hit, ...]:
        """What a question finds."""
        return self.hits.get(question.id, ())

    def rank(self, question: Question, place: Place) -> int | None:
        """The rank of an article for a question, from 1; None where it is not found."""
        return next((n for n, hit in enumerate(self.of(question), 1) if hit.ref == place), None)


def measure(snapshot: Snapshot) -> Retrieval:
    """Retrieve for every question once."""
    questions = snapshot.questions
    first: Counter[Place] = Counter()
    found: Counter[Place] = Counter()
    hits: dict[str, tuple[Hit, ...]] = {}
    nearest: dict[Place, float] = {}
    if questions and snapshot.answers:
        texts = [question.text for question in questions]
        rows = snapshot.search_many(texts, [question.locale for question in questions], DEPTH)
        for question, row in zip(questions, rows, strict=True):
            hits[question.id] = row
            found.update(hit.ref for hit in row[:REACH] if hit.dense >= RELATED)
            for hit in row:
                nearest[hit.ref] = max(nearest.get(hit.ref, 0.0), hit.dense)
            if row:
                first[row[0].ref] += 1
    cited: Counter[str] = Counter()
    for conversation in snapshot.conversations:
        for message in conversation.messages:
            if message.role == "ai":
                cited.update(set(message.sources))
    return Retrieval(hits, first, found, cited, nearest)


def sentences_near(snapshot: Snapshot, question: Question, hit: Hit) -> list[tuple[float, Span]]:
    """The sentences of a passage found and how near the question is to each (cosine), in their order."""
    import numpy as np

    document = snapshot.document(hit.ref)
    spans = split(document.text, hit.chunk.start, hit.chunk.end) if document is not None else []
    if document is None or not spans:
        return []
    rows = snapshot.vectors([essence(question.text), *(document.text[start:end] for start, end in spans)])
    return list(zip(np.round(rows[1:] @ rows[0], 4).tolist(), spans, strict=True))


def asked(cluster: Cluster) -> list[Question]:
    """A cluster's questions in the order in which they were asked."""
    return sorted(cluster.questions, key=lambda question: (question.asked_at, question.id))


class Case(Protocol):
    """What is wrong with the results of one cluster: its questions and their share of those that are concerned."""

    @property
    def cluster(self) -> Cluster:
        """The cluster."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions that are badly served."""

    @property
    def share(self) -> float:
        """Their share of the cluster's questions that meet the articles in question."""


T = TypeVar("T", bound=Case)


def pooled(
    found: Sequence[T], least: int, about: Callable[[T], Hashable], first_score: Callable[[T], float]
) -> list[T]:
    """Cases of clusters with fewer than `least` questions as one for each thing that they are about, under the
    largest of them."""
    whole = [case for case in found if len(case.questions) >= least]
    small: dict[Hashable, list[T]] = {}
    for case in found:
        if len(case.questions) < least:
            small.setdefault(about(case), []).append(case)
    for cases in small.values():
        first = max(cases, key=lambda case: (len(case.questions), first_score(case), case.cluster.id))
        rest = [question for case in cases if case is not first for question in case.questions]
        questions = (*first.questions, *rest)
        concerned = sum(len(case.questions) / case.share for case in cases)
        made: T = replace(first, questions=questions, share=len(questions) / concerned)  # type: ignore[type-var]
        whole.append(made)
    return whole
