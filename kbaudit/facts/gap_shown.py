"""The core of a gap: which questions stand for it, and which that stand alone belong to it.

At the core is what is near by meaning, says what most say, and got the answer that agents gave. A reader judges a gap
by three questions; a stranger among them makes it worthless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kbaudit.facts.clusters import normal
from kbaudit.facts.gap_listed import has
from kbaudit.facts.gap_parts import Asks, Word
from kbaudit.facts.graph import centred, middle
from kbaudit.facts.spelling import Spelling
from kbaudit.facts.titles import titled
from kbaudit.model.question import Question
from kbaudit.text.asks import essence, explicit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Snapshot
    from kbaudit.facts.replies import Told

COUNT = 3
# What counts beside the mean nearness to the others: saying what they say, and having got the answer that most got.
# Likeness to a question that is shown already counts a little against one, and from `SAME` on altogether.
WORDS, REPLY, LIKE, SAME = 0.2, 0.3, 0.1, 0.9
# Among so few questions a pair is no pattern.
PAIRS = 3
# A third question is shown if it is this part as near to the two before it as they, alike at most, are to each other.
STRANGE, ALIKE = 0.5, 0.6
# A question that nobody could group and that the AI had nothing for joins the gap to whose nearest questions it is
# so near on average, if it is by so much nearer to them than to any other gap. Measured on the labelled shops.
JOINS, CLEARLY = 0.21, 0.12
# Signs up to which a name is easily read, and that it has at most.
READABLE, LONGEST = 45, 80
# So many words that several texts share make the core of a group.
SHARED = 5


class Core:
    """Picks the questions that show a group, with what all questions of the shop have in common taken away."""

    def __init__(self, snapshot: Snapshot, asks: Asks) -> None:
        self._snapshot = snapshot
        self._asks = asks
        self._centre: NDArray[np.float64] | None = None

    def shown(self, questions: tuple[Question, ...], agents: Told | None) -> tuple[Question, ...]:
        """Up to `COUNT` questions, texts and conversations different, the most central first; what the
        AI answered comes last."""
        import numpy as np

        different = list({normal(question.text): question for question in reversed(questions)}.values())
        different.sort(key=lambda question: normal(question.text))
        rows = self._rows(different)
        near = rows @ rows.T
        np.fill_diagonal(near, 0.0)
        others = len(different) - 1
        # Without the nearest: two strangers that are alike are near each other and not to the rest.
        close = (
            (near.sum(axis=1) - near.max(axis=1)) / (others - 1)
            if others >= PAIRS
            else near.sum(axis=1) / max(1, others)
        )
        merit = close + WORDS * self._shared(different)
        alike = {normal(question.text) for question, _ in agents.quotes} if agents and agents.agreed else set()
        merit += REPLY * np.asarray([normal(question.text) in alike for question in different])
        merit -= np.asarray([question.answered is True for question in different], dtype=np.float64)
        merit = np.round(merit, 4)
        chosen: list[int] = []
        while len(chosen) < min(COUNT, len(different)):
            worth = merit.copy()
            if chosen:
                like = np.round(near[:, chosen].max(axis=1), 4)
                worth = np.round(worth - LIKE * like - 7.0 * (like >= SAME), 4)
                told = {different[at].conversation for at in chosen}
                worth[[at for at, question in enumerate(different) if question.conversation in told]] = -99.0
            best = int(np.argmax(worth))
            if worth[best] == -99.0:
                break
            if len(chosen) == 2 and near[best, chosen].mean() < STRANGE * min(near[chosen[0], chosen[1]], ALIKE):
                break
            chosen.append(best)
        return tuple(different[at] for at in chosen)

    def label(self, label: str, shown: Sequence[Question], core: Sequence[Word]) -> str:
        """The name of a gap, if it says what carries the gap and one of the questions that are shown says as much, else
        the one of them that asks most plainly, with the fewest details of one customer."""
        spelling: Spelling = self._snapshot.fact("spelling")
        said = self._asks.words(label)
        carried = not core or any(has(label, word) for word in core)
        plain = label.endswith("?") and not spelling.private(label)
        spoken = plain or any(2 * len(said & self._asks.bag(question)) >= len(said) for question in shown)
        if said and carried and spoken and not spelling.rare(label):
            return label

        def merit(at: int) -> float:
            text = spelling.mend(titled(shown[at].text, 400))
            long = max(0, len(text) - READABLE) / 100
            own = spelling.rare(shown[at].text) + spelling.private(shown[at].text)
            return round(0.3 * explicit(text) - 0.15 * own - 0.1 * at - long, 4)

        best = max(range(len(shown)), key=lambda at: (merit(at), -at))
        return titled(spelling.mend(shown[best].text), LONGEST)

    def late(self, groups: Sequence[Sequence[Question]], alone: Sequence[Question]) -> list[list[Question]]:
        """For each group the questions of `alone` that belong to it, in their order."""
        import numpy as np

        found: list[list[Question]] = [[] for _ in groups]
        if not groups or not alone:
            return found
        rows = self._rows(alone)
        near = np.zeros((len(groups), len(alone)))
        for number, group in enumerate(groups):
            different = list({normal(question.text): question for question in group}.values())
            like = np.sort(rows @ self._rows(different).T, axis=1)
            near[number] = np.round(like[:, -COUNT:].mean(axis=1), 4)
        for at, question in enumerate(alone):
            best = int(near[:, at].argmax())
            second = np.delete(near[:, at], best).max(initial=0.0)
            if near[best, at] >= JOINS and round(near[best, at] - second, 4) >= CLEARLY:
                found[best].append(question)
        return found

    def _rows(self, questions: Sequence[Question]) -> NDArray[np.float64]:
        if self._centre is None:
            every = {normal(question.text): question for question in reversed(self._snapshot.questions)}
            self._centre = middle(self._snapshot.vectors([self._spoken(every[text]) for text in sorted(every)]))
        return centred(self._snapshot.vectors([self._spoken(question) for question in questions]), self._centre)

    def _spoken(self, question: Question) -> str:
        spoken: str = self._snapshot.fact("spelling").mend(essence(question.text))
        return spoken

    def _shared(self, questions: list[Question]) -> NDArray[np.float64]:
        """How much of what the questions share each of them says: 0 to 1."""
        import numpy as np

        bags = [self._asks.bag(question) for question in questions]
        counts = Counter(term for bag in bags for term in bag)
        often = sorted((term for term in counts if counts[term] > 1), key=lambda term: (-counts[term], term))[:SHARED]
        whole = sum(counts[term] for term in often) or 1
        return np.asarray([sum(counts[term] for term in often if term in bag) / whole for bag in bags])
