"""Base fact "retrieval": what real questions find, in which order, and how often each article is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kbaudit.check import Hit, Snapshot
from kbaudit.model.question import Cluster, Question

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
    they use."""

    hits: Mapping[str, tuple[Hit, ...]]
    first: Mapping[Place, int]
    found: Mapping[Place, int]
    cited: Mapping[str, int]

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
    if questions and snapshot.answers:
        texts = [question.text for question in questions]
        rows = snapshot.search_many(texts, [question.locale for question in questions], DEPTH)
        for question, row in zip(questions, rows, strict=True):
            hits[question.id] = row
            found.update(hit.ref for hit in row[:REACH] if hit.dense >= RELATED)
            if row:
                first[row[0].ref] += 1
    cited: Counter[str] = Counter()
    for conversation in snapshot.conversations:
        for message in conversation.messages:
            if message.role == "ai":
                cited.update(set(message.sources))
    return Retrieval(hits, first, found, cited)


def asked(cluster: Cluster) -> list[Question]:
    """A cluster's questions in the order in which they were asked."""
    return sorted(cluster.questions, key=lambda question: (question.asked_at, question.id))
