"""Articles that name a question without answering it: lists of questions or subjects, as agents' guides and overviews
have them. Where one names what nobody answers, its answer belongs there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kbaudit.facts.coverage import Passage, sample
from kbaudit.facts.gap_parts import Word
from kbaudit.model.document import Document, Span
from kbaudit.model.question import Question
from kbaudit.text.asks import content, essence
from kbaudit.text.asks_words import WEAK
from kbaudit.text.concepts import concepts
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# An entry names an ask by so much of what carries it; by one word alone only if so many say it.
NAMES, ALONE = 0.55, 0.5
# It is no other question if so many questions say its other words, and one of them comes so near.
SAID, NEAR = 0.1, 0.5
# A list is a sentence with so many entries of at most so many words.
ENTRIES, ENTRY_WORDS = 3, 10
_PARTS = re.compile(r"[^,;:?!\n]+\??")


class Lists:
    """The lists of questions or subjects in live articles."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._entries = [(document, *entry) for document in snapshot.answers for entry in _entries(document)]

    def naming(self, core: Sequence[Word], questions: Sequence[Question]) -> Passage | None:
        """The entry that names the ask of these questions best, if one does and names nothing else."""
        whole = sum(word.share for word in core)
        if not whole or not self._entries:
            return None
        texts = {question.text for question in questions}
        counts = Counter(plain for text in texts for plain in set(_words(text)))
        asked = {plain for plain, number in counts.items() if number >= SAID * len(texts)}
        best: tuple[float, Document, Span, str] | None = None
        for document, span, text in self._entries:
            met = [word for word in core if has(text, word)]
            if not met or (len(met) == 1 and met[0].share < ALONE) or _strange(text, asked):
                continue
            share = round(sum(word.share for word in met) / whole, 4)
            if share >= NAMES and (best is None or share > best[0]):
                best = share, document, span, text
        if best is None:
            return None
        _, document, span, text = best
        rows = self._snapshot.vectors([text, *(essence(question.text) for question in sample(questions))])
        near = round(float((rows[1:] @ rows[0]).max()), 4)
        return Passage(document, span, near) if near >= NEAR else None


def _entries(document: Document) -> list[tuple[Span, str]]:
    found = []
    for block in document.blocks:
        for start, end in split(document.text, block.start, block.end):
            sentence = document.text[start:end]
            parts = [part for part in _PARTS.finditer(sentence) if len(part[0].split()) <= ENTRY_WORDS]
            parts = [part for part in parts if content(part[0])]
            for part in parts if len(parts) >= ENTRIES else ():
                text = part[0].strip()
                at = start + part.start() + len(part[0]) - len(part[0].lstrip())
                found.append(((at, at + len(text)), text))
    return found


def has(text: str, word: Word) -> bool:
    """Whether a text has a word, in another form or by another name."""
    if word.term in content(text) or concepts(word.spoken) & concepts(text):
        return True
    return any(_alike(fold(word.spoken), other) for other in _words(text))


def _strange(text: str, asked: set[str]) -> bool:
    """Whether a question of an article names something that no customer does: another question."""
    named = {plain for plain in _words(text) if len(plain) > 2 and plain not in WEAK and content(plain)}
    return any(not any(_alike(plain, other) for other in asked) for plain in named)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


def _alike(word: str, other: str) -> bool:
    """Whether two words are forms of one ("lens", "lenses"; "stitched", "stitching")."""
    short, long = sorted((word, other), key=len)
    if short == long or (len(short) >= 4 and len(long) - len(short) <= 3 and long.startswith(short)):
        return True
    return len(short) >= 6 and long.startswith(short[:6]) and len(long) - len(short) <= 3
