"""Base fact "spelling": slips of the keyboard in what is shown as a label or a title, mended by the words that the
shop's articles and its customers use again and again. Quotations are never mended."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbaudit.text.asks_words import FUNCTION
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A shorter word has too many neighbours; a wrong letter in its place is a slip only in a long word ("cart", "card").
SHORTEST, WRONG_LETTER = 4, 7
# What so many texts or any article say is no slip.
FREQUENT = 3


@dataclass(frozen=True)
class Spelling:
    """`said`: in how many customers' texts a folded word stands; `written`: the folded words of the articles."""

    said: Counter[str] = field(default_factory=Counter)
    written: frozenset[str] = frozenset()
    # What each rare word is mended to, once known: the same texts are mended for every comparison.
    _mended: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def mend(self, text: str) -> str:
        """The text with each word that only one customer uses, and no article, replaced by the frequent word that is
        one letter away, if there is one. A capital within the text marks a name, which stays."""
        return _WORD.sub(lambda found: self._word(found[0], found.start() == 0), text)

    def rare(self, text: str) -> int:
        """How many words only one customer uses and no article, names aside: details of one case, or slips."""
        return sum(
            len(found[0]) >= SHORTEST
            and (found[0].islower() or found.start() == 0)
            and self.said[plain := fold(found[0])] <= 1
            and plain not in self.written
            and plain not in FUNCTION
            for found in _WORD.finditer(self.mend(text))
        )

    def private(self, text: str) -> int:
        """How many names only one customer uses and no article: a place, a person, one's own brand."""
        return sum(
            found[0][:1].isupper()
            and found.start() > 0
            and self.said[plain := fold(found[0])] <= 1
            and len(plain) >= SHORTEST
            and plain not in self.written
            and plain not in FUNCTION
            for found in _WORD.finditer(text)
        )

    def _word(self, word: str, first: bool) -> str:
        plain = fold(word)
        named = word[:1].isupper() and not first
        if len(plain) < SHORTEST or named or self.said[plain] > 1 or plain in self.written or plain in FUNCTION:
            return word
        if plain not in self._mended:
            self._mended[plain] = self._nearest(plain)
        best = self._mended[plain]
        if best is None:
            return word
        return best.capitalize() if word[:1].isupper() else best

    def _nearest(self, plain: str) -> str | None:
        known = [other for other in _neighbours(plain) if other in self.written or self.said[other] >= FREQUENT]
        return min(known, key=lambda other: (-self.said[other], other not in self.written, other), default=None)


def _neighbours(word: str) -> set[str]:
    """Words one slip away: a letter left out, doubled in, swapped or wrong; neither the first letter, nor the last,
    where endings live."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    inner = range(1, len(word))
    found = {word[:at] + letter + word[at:] for at in inner for letter in letters}
    found |= {word[:at] + word[at + 1 :] for at in inner if at < len(word) - 1}
    found |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in inner if at < len(word) - 1}
    if len(word) >= WRONG_LETTER:
        found |= {word[:at] + letter + word[at + 1 :] for at in inner if at < len(word) - 1 for letter in letters}
    return {other for other in found if len(other) >= SHORTEST and other != word and other not in FUNCTION}


def read(snapshot: Snapshot) -> Spelling:
    """What customers and articles spell."""
    said = Counter(word for question in snapshot.questions for word in set(_words(question.text)))
    written = frozenset(word for document in snapshot.answers for word in _words(f"{document.title}\n{document.text}"))
    return Spelling(said, written)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
