"""What agents answer to a group of questions: the same thing again and again, and whether an article holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbaudit.facts.coverage import Passage, Sentences
from kbaudit.model.document import Document
from kbaudit.model.question import Question
from kbaudit.text.replies import substance
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Snapshot

# Two replies this near say the same; so many of them, and so large a share of all, make an answer.
SAME = 0.6
LEAST = 3
SHARE = 0.4
# An article holds an answer whose sentences are this near to its own, on average. A number of the answer that the
# article does not have counts against it: the same sentence with another number is another answer.
HELD = 0.68
NUMBER = 0.08
DEPTH = 5
MOST = 40
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """What agents agree on: (question, reply) pairs, the most typical first; `held` is the passage of a live article
    that says the same, None where none does."""

    quotes: tuple[tuple[Question, str], ...]
    replies: int
    held: Passage | None
    near: float


def told(snapshot: Snapshot, groups: Sequence[Sequence[Question]], known: Sentences) -> list[Told | None]:
    """For each group of questions what agents answered, or None where too few did or they do not agree."""
    chosen: list[list[tuple[Question, str]]] = []
    for group in groups:
        seen: dict[tuple[str, str], tuple[Question, str]] = {}
        for question in group:
            if question.agent_answer:
                said = substance(question.agent_answer)
                if said:
                    seen.setdefault(question.conversation, (question, said))
        chosen.append(list(seen.values())[:MOST] if len(seen) >= LEAST else [])
    texts = list(dict.fromkeys(said for group in chosen for _, said in group))
    if not texts:
        return [None for _ in groups]
    rows = snapshot.vectors(texts)
    vector = {text: rows[number] for number, text in enumerate(texts)}
    agreed = [_agreed(group, vector) for group in chosen]
    typical = [(group[0][1], group[0][0].locale) for group in agreed if group]
    found = iter(_held(snapshot, typical, known))
    result: list[Told | None] = []
    for same, everything in zip(agreed, chosen, strict=True):
        if not same:
            result.append(None)
            continue
        held, near = next(found)
        result.append(Told(tuple(same), len(everything), held, near))
    return result


def _agreed(
    group: Sequence[tuple[Question, str]], vector: dict[str, NDArray[np.float32]]
) -> list[tuple[Question, str]]:
    """The replies that say the same, the one in the middle first."""
    import numpy as np

    if len(group) < LEAST:
        return []
    order = sorted(group, key=lambda item: (item[1], item[0].id))
    rows = np.stack([vector[said] for _, said in order])
    near = np.round(rows @ rows.T, 3)
    close = near >= SAME
    middle = int(np.argmax(close.sum(axis=1) + near.mean(axis=1) / 10))
    agreeing = [number for number in range(len(order)) if close[middle, number]]
    if len(agreeing) < LEAST or len(agreeing) < SHARE * len(order):
        return []
    agreeing.sort(key=lambda number: (-near[middle, number], number))
    return [order[number] for number in agreeing]


def _held(
    snapshot: Snapshot, answers: Sequence[tuple[str, str]], known: Sentences
) -> list[tuple[Passage | None, float]]:
    """For each answer the article that says it best, if one says it."""
    if not answers:
        return []
    if not snapshot.answers:
        return [(None, 0.0) for _ in answers]
    hits = snapshot.search_many([text for text, _ in answers], [locale for _, locale in answers], DEPTH)
    known.load(hit.ref for row in hits for hit in row)
    pieces = [[text[start:end] for start, end in split(text) if end - start >= 12] or [text] for text, _ in answers]
    flat = list(dict.fromkeys(piece for group in pieces for piece in group))
    rows = snapshot.vectors(flat)
    vector = {text: rows[number] for number, text in enumerate(flat)}
    found: list[tuple[Passage | None, float]] = []
    for row, group in zip(hits, pieces, strict=True):
        best: tuple[float, Passage] | None = None
        for hit in row:
            document = snapshot.document(hit.ref)
            assert document is not None
            spans = [known.best(vector[piece], hit.ref) for piece in group]
            value = sum(near for near, _ in spans) / len(spans) - NUMBER * _missing(group, document)
            near, span = max(spans, key=lambda item: (item[0], -item[1][0]))
            if best is None or round(value, 3) > round(best[0], 3):
                best = (value, Passage(document, span, near))
        if best is None:
            found.append((None, 0.0))
        else:
            found.append((best[1] if best[0] >= HELD else None, round(best[0], 3)))
    return found


def _missing(pieces: Sequence[str], document: Document) -> int:
    """How many numbers of an answer the article does not have."""
    text = fold(document.text)
    numbers = {number for piece in pieces for number in _NUMBER.findall(piece)}
    return sum(re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", text) is None for number in numbers)
