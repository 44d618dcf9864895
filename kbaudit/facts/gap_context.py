"""Which questions that the AI settles ask the same as a group that it left open.

Clusters hold what was settled and what was left open apart (`clusters`); whether a group is a gap or the bad luck of a
few depends on how many with the same ask were served well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kbaudit.facts.clusters import left_open, normal
from kbaudit.facts.coverage import Place
from kbaudit.facts.graph import BLOCK, centred, middle
from kbaudit.model.question import Question
from kbaudit.text.asks import essence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Snapshot

# A settled question asks the same as an open group if it is like it on average, and not much more like a settled one:
# a topic that nobody answers always lies beside one that is answered.
LIKE, NEARER = 0.22, 0.08


class Log:
    """What the shop's own AI cited: where it cites at all, what it never cites it does not find."""

    def __init__(self, snapshot: Snapshot) -> None:
        names: dict[Place, set[str]] = {}
        known: set[str] = set()
        for document in snapshot.live:
            own = {name for name in (document.id, document.url, document.title) if name}
            names[document.ref] = own
            known |= own
        self._names = names
        cited = {source for question in snapshot.questions for source in question.sources}
        # Where not one citation is known the AI cites by other names: nothing follows from them.
        self.kept = bool(cited & known)

    def cited(self, question: Question, place: Place) -> bool:
        """Whether the AI had this article in hand when it replied."""
        return not self._names.get(place, set()).isdisjoint(question.sources)


def settled_beside(snapshot: Snapshot, groups: Sequence[Sequence[Question]]) -> list[tuple[Question, ...]]:
    """For each group the settled questions that ask the same as it, each in one group only; none for groups that are
    settled themselves."""
    import numpy as np

    spoken = {normal(question.text): essence(question.text) for question in reversed(snapshot.questions)}
    settled: dict[str, list[Question]] = {}
    for question in snapshot.questions:
        if not left_open(question):
            settled.setdefault(normal(question.text), []).append(question)
    found: list[list[Question]] = [[] for _ in groups]
    if not settled or not groups:
        return [() for _ in groups]
    texts = sorted(spoken)
    place = {text: number for number, text in enumerate(texts)}
    vectors = snapshot.vectors([spoken[text] for text in texts])
    rows = centred(vectors, middle(vectors))

    def means(parts: Sequence[Sequence[Question]]) -> NDArray[np.float64]:
        return np.stack([rows[[place[normal(question.text)] for question in part]].mean(axis=0) for part in parts])

    open_ = [number for number, group in enumerate(groups) if any(map(left_open, group))]
    served = [cluster.questions for cluster in snapshot.clusters if not any(map(left_open, cluster.questions))]
    rivals = [questions for questions in served if len(questions) > 1]
    if not open_:
        return [() for _ in groups]
    asked = means([groups[number] for number in open_])
    other = means(rivals) if rivals else np.zeros((0, rows.shape[1]))
    names = sorted(settled)
    for start in range(0, len(names), BLOCK):
        some = names[start : start + BLOCK]
        own = rows[[place[name] for name in some]]
        near = np.round(own @ asked.T, 4)
        rival = np.round(own @ other.T, 4).max(axis=1, initial=-1.0)
        for name, row, most in zip(some, near, rival, strict=True):
            best = int(row.argmax())
            if row[best] >= max(LIKE, most - NEARER):
                found[open_[best]].extend(settled[name])
    return [tuple(questions) for questions in found]
