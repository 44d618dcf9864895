"""The article that says in a shop's words what customers and agents say in theirs, though no embedding sees it.

Compared are concepts (`text.concepts`), not words: what most of the questions and of the agents' replies to them name
must all stand in one passage of the article. A few concepts fit many articles; so four at least must agree, and the
best article must be better than any other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kbaudit.facts.coverage import Passage
from kbaudit.model.question import Question
from kbaudit.text.chunk import chunks
from kbaudit.text.concepts import concepts
from kbaudit.text.replies import substance
from kbaudit.text.sentences import split

if TYPE_CHECKING:
    from kbaudit.check import Snapshot
    from kbaudit.model.document import Document

# A concept counts if this share of the conversations name it, and must be met if half of them do.
NAMED, CENTRAL = 0.2, 0.5
LEAST = 4
COVERED = 0.85


class Shelf:
    """The concepts of every passage that answers customers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._passages: list[tuple[Document, int, int, frozenset[str]]] = []
        found: Counter[str] = Counter()
        for document in snapshot.answers:
            own: set[str] = set()
            for chunk in chunks(document):
                named = concepts(f"{document.title}\n{document.text[chunk.start : chunk.end]}")
                self._passages.append((document, chunk.start, chunk.end, named))
                own |= named
            found.update(own)
        self._idf = {name: math.log((len(snapshot.answers) + 1) / (number + 0.5)) for name, number in found.items()}

    def find(self, questions: Sequence[Question]) -> Passage | None:
        """The passage whose article holds what these questions and the replies to them are about, if one does."""
        counts: Counter[str] = Counter()
        for question in questions:
            counts.update(concepts(f"{question.text}\n{substance(question.agent_answer or '')}"))
        shares = {name: number / len(questions) for name, number in counts.items() if number >= NAMED * len(questions)}
        central = {name for name, share in shares.items() if share >= CENTRAL}
        if len(shares) < LEAST or len(central) < LEAST or any(name not in self._idf for name in central):
            return None
        whole = sum(share * self._idf.get(name, 0.0) for name, share in shares.items())
        best: dict[tuple[str, str], tuple[float, Document, int, int]] = {}
        for document, start, end, named in self._passages:
            met = sum(share * self._idf[name] for name, share in shares.items() if name in named)
            if central <= named and met >= COVERED * whole and met > best.get(document.ref, (0.0,))[0]:
                best[document.ref] = (met, document, start, end)
        ranked = sorted(best.values(), key=lambda item: (-round(item[0], 4), item[1].ref))
        if not ranked or (len(ranked) > 1 and round(ranked[0][0], 4) == round(ranked[1][0], 4)):
            return None
        met, document, start, end = ranked[0]
        spans = split(document.text, start, end) or [(start, end)]
        span = max(
            spans,
            key=lambda item: (
                sum(shares[name] for name in concepts(document.text[item[0] : item[1]]) if name in shares),
                -item[0],
            ),
        )
        return Passage(document, span, round(met / whole, 3))
