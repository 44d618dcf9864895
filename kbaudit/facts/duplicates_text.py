"""What of an article is compared with others: its words in order, its figures, its names, its sections, a sketch.

The sketch is a bottom-k sample of the hashed runs of four words (A. Broder, "On the resemblance and containment of
documents", 1997): the share of samples that two texts have in common estimates how alike they are, and an inverted
index over the samples finds candidates without comparing all pairs.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from kbaudit.model.document import Document, Span
from kbaudit.text.quantities import find as quantities
from kbaudit.text.stem import WORD, fold, stem

SHINGLE = 4
# Words with a capital inside sentences, of all words: German nouns are a fifth of a text, English names a twentieth.
NOUNS_WITH_CAPITALS = 0.17
SKETCH = 64
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its stem, and where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A whole body or one section of it: `text[start:end]` under `path`."""

    document: Document
    number: int
    start: int
    end: int
    path: tuple[str, ...]
    tokens: tuple[Token, ...]

    @cached_property
    def stems(self) -> list[str]:
        """The stems in order."""
        return [token.stem for token in self.tokens]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stem occurs."""
        return Counter(self.stems)

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """All hashed runs of words, distinct and sorted."""
        return shingles(self.stems)

    @cached_property
    def sketch(self) -> NDArray[np.uint64]:
        """The smallest of the hashed runs."""
        return self.hashes[:SKETCH]

    @cached_property
    def figures(self) -> frozenset[str]:
        """The quantities said, in units that make "a week" and "7 days" the same; bare small numbers left out."""
        found = set()
        for quantity in quantities(self.text):
            if quantity.kind in ("number", "date"):
                continue
            low, high, unit = quantity.low, quantity.high, quantity.unit
            if quantity.kind == "duration" and unit in _HOURS and low is not None and high is not None:
                low, high, unit = low * _HOURS[unit], high * _HOURS[unit], "hour"
            found.add(f"{quantity.kind}:{_plain(low)}-{_plain(high)}:{unit}")
        return frozenset(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of what is written as a name: a capital inside a sentence, capitals throughout.

        German writes every noun with a capital: there a name is what has capitals throughout or inside. A page may
        be German whatever its locale says, so the capitals are counted.
        """
        text = self.document.text
        inside = [token for token in self.tokens if not _opens(text, token.start)]
        capitals = sum(text[token.start].isupper() for token in inside)
        nouns = self.document.language == "de" or capitals > NOUNS_WITH_CAPITALS * len(self.tokens)
        found = set()
        for token in self.tokens:
            raw = text[token.start : token.end]
            if any(sign.isdigit() for sign in raw):
                continue
            if (len(raw) > 1 and raw.isupper()) or (
                not raw[1:].islower() if nouns else raw[0].isupper() and not _opens(text, token.start)
            ):
                found.add(token.stem)
        return frozenset(found)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Words with digits in them: figures, versions, models."""
        return frozenset(stem for stem in self.counts if any(sign.isdigit() for sign in stem))

    @property
    def text(self) -> str:
        """The literal passage."""
        return self.document.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return (self.start, self.end)


_HOURS = {"hour": 1, "day": 24, "calendar_day": 24, "week": 168, "minute": 0}


def _plain(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def shingles(stems: list[str]) -> NDArray[np.uint64]:
    """The distinct hashed runs of four words, sorted; of shorter texts the whole."""
    if not stems:
        return np.zeros(0, np.uint64)
    words = np.array([_hash(word) for word in stems], np.uint64)
    size = min(SHINGLE, len(words))
    mixed = np.zeros(len(words) - size + 1, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(size):
            mixed = (mixed ^ words[i : len(words) - size + 1 + i]) * _MIX
            mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def tokens(document: Document, start: int, end: int) -> tuple[Token, ...]:
    """The stemmed words of a span, with their places."""
    language = document.language
    return tuple(
        Token(stem(fold(match.group()), language), match.start(), match.end())
        for match in WORD.finditer(document.text, start, end)
    )


def body(document: Document) -> Passage:
    """The whole body as one passage."""
    start = document.blocks[1].start if len(document.blocks) > 1 else len(document.text)
    # A first heading that repeats the title adds nothing.
    if len(document.blocks) > 1 and document.blocks[1].kind == "heading" and _same(document, 1):
        start = document.blocks[2].start if len(document.blocks) > 2 else len(document.text)
    return Passage(document, -1, start, len(document.text), (), tokens(document, start, len(document.text)))


def _same(document: Document, number: int) -> bool:
    block = document.blocks[number]
    return fold(document.text[block.start : block.end]).strip() == fold(document.title).strip()


def sections(document: Document) -> list[Passage]:
    """The passages between headings, without the headings themselves."""
    found: list[Passage] = []
    start: int | None = None
    end = 0
    path: tuple[str, ...] = ()

    def close() -> None:
        if start is not None:
            found.append(Passage(document, len(found), start, end, path, tokens(document, start, end)))

    for block in document.blocks[1:]:
        if block.kind == "heading":
            close()
            start = None
            continue
        if start is None:
            start, path = block.start, block.path
        end = block.end
    close()
    return found


def _opens(text: str, start: int) -> bool:
    """The word begins a sentence, a line or a quotation, where a capital says nothing."""
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘(*-–•")
    return not before or before[-1] in ".!?\n:|>"


def title_words(document: Document) -> frozenset[str]:
    """The stems of the title without the commonest words."""
    return (
        frozenset(stem(fold(match.group()), document.language) for match in WORD.finditer(document.title)) - TITLE_STOP
    )


def title_names(document: Document) -> frozenset[str]:
    """Stems of what a title in sentence case writes with a capital, or in capitals: names. The first word says
    nothing unless there is a capital inside it."""
    found = [match.group() for match in WORD.finditer(document.title)]
    rest = [word for word in found[1:] if word[0].isalpha() and len(word) > 3]
    if not rest or sum(word[0].isupper() for word in rest) * 2 > len(rest):
        return frozenset()
    names = {word for word in found[1:] if word[0].isupper()} | {
        word for word in found[:1] if any(s.isupper() for s in word[1:])
    }
    return frozenset(stem(fold(word), document.language) for word in names) & title_words(document)


TITLE_STOP = frozenset(
    """the a an of for and or to in on at by with from my your our i do how what when where which who why can is are it
    does will be about you we us me der die das und fur mein ich wie was kann le la les de des un une mon je comment el
    los las del mi como que faq help guid articl""".split()
)
