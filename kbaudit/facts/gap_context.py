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
    from kbaudit.check import Snapshot

# A settled question asks the same as an open group if it is like it on average and not much more like a settled group:
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


def settled_beside(snapshot: Snapshot, groups: Sequence[Sequence[Question]]) -> list[int]:
    """For each group the number of settled questions that ask the same as it, each counted for one group only;
    0 for groups that are settled themselves."""
    import numpy as np

    spoken = {normal(question.text): essence(question.text) for question in reversed(snapshot.questions)}
    settled: dict[str, int] = {}
    for question in snapshot.questions:
        if not left_open(question):
            settled[normal(question.text)] = settled.get(normal(question.text), 0) + 1
    found = [0] * len(groups)
    if not settled or not groups:
        return found
    texts = sorted(spoken)
    place = {text: number for number, text in enumerate(texts)}
    vectors = snapshot.vectors([spoken[text] for text in texts])
    rows = centred(vectors, middle(vectors))
    means = np.stack([np.mean(rows[[place[normal(question.text)] for question in group]], axis=0) for group in groups])
    open_ = np.asarray([any(map(left_open, group)) for group in groups])
    if not open_.any():
        return found
    names = sorted(settled)
    for start in range(0, len(names), BLOCK):
        some = names[start : start + BLOCK]
        near = np.round(rows[[place[name] for name in some]] @ means.T, 4)
        other = near[:, ~open_].max(axis=1, initial=-1.0)
        near[:, ~open_] = -1.0
        for name, row, rival in zip(some, near, other, strict=True):
            best = int(row.argmax())
            if row[best] >= max(LIKE, rival - NEARER):
                found[best] += settled[name]
    return found
