"""Texts prepared for comparing a claim with its sources: sentences with their words, names, quantities and denials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kbaudit.facts.support_words import CLAUSE_END, DENIAL, FRAME, FUNCTION, NO_DENIAL, PRONOUNS, REACH
from kbaudit.model.document import Document, Span
from kbaudit.text.quantities import Quantity, find
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold, stem

TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*|[^\W_]+")
# A transcript or a wall of words without stops is cut into pieces of this many words that overlap by a quarter.
LONG = 60
PIECE = 48


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, folded, stemmed (hyphenated words keep their hyphens), and where it stands."""

    text: str
    folded: str
    stem: str
    start: int
    end: int

    @property
    def content(self) -> bool:
        """Whether the word says something of its own."""
        return self.folded not in FUNCTION and self.folded not in FRAME


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `start` is its place in the text that it came from; words and quantities are relative to it.

    `context` holds the stems of the title and of the sentence before; `spoken` is what is encoded: the sentence,
    below its title where it begins with a pronoun.
    """

    text: str
    start: int
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    denied: frozenset[str]
    denied_heads: frozenset[str]
    stems: frozenset[str]
    context: frozenset[str] = frozenset()
    spoken: str = ""

    @property
    def content(self) -> tuple[Word, ...]:
        """The words that say something."""
        return tuple(word for word in self.words if word.content)


@lru_cache(maxsize=20000)
def sentence(text: str, start: int = 0, language: str = "en") -> Sentence:
    """Read one sentence."""
    words = tuple(_words(text, language))
    stems = set()
    for word in words:
        stems.add(word.stem)
        stems.update(word.stem.split("-"))
    return Sentence(
        text,
        start,
        words,
        find(text),
        frozenset(_denied(text, words)),
        frozenset(_denied(text, words, 1)),
        frozenset(stems),
    )


def _words(text: str, language: str) -> Iterator[Word]:
    for match in TOKEN.finditer(text):
        folded = fold(match.group()).replace("’", "'")
        stemmed = "-".join(stem(part, language) for part in folded.split("-"))
        yield Word(match.group(), folded, stemmed, match.start(), match.end())


def _denied(text: str, words: tuple[Word, ...], reach: int = REACH) -> Iterator[str]:
    """Stems within the reach of a denial."""
    spared = [match.span() for match in NO_DENIAL.finditer(text)]
    for match in DENIAL.finditer(text):
        if any(a <= match.start() < b for a, b in spared):
            continue
        stop = CLAUSE_END.search(text, match.end())
        limit = stop.start() if stop else len(text)
        reached = 0
        for word in words:
            if word.start < match.end() or not word.content:
                continue
            if word.start >= limit or reached == reach:
                break
            reached += 1
            yield word.stem


def is_denying(text: str) -> bool:
    """Whether a sentence denies something."""
    spared = [match.span() for match in NO_DENIAL.finditer(text)]
    return any(not any(a <= m.start() < b for a, b in spared) for m in DENIAL.finditer(text))


def is_spared(text: str, word: Word) -> bool:
    """Whether a word belongs to a phrase that denies in form only: "no charge" is no charge."""
    return any(match.start() < word.start < match.end() for match in NO_DENIAL.finditer(text))


def spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of a text as spans; what has no stops is cut into overlapping pieces."""
    found: list[Span] = []
    for a, b in split(text, start, end):
        places = [(a + m.start(), a + m.end()) for m in re.finditer(r"\S+", text[a:b])]
        if len(places) <= LONG:
            found.append((a, b))
            continue
        for at in range(0, len(places), PIECE * 3 // 4):
            piece = places[at : at + PIECE]
            found.append((piece[0][0], piece[-1][1]))
            if at + PIECE >= len(places):
                break
    return found


@dataclass(frozen=True, slots=True)
class Source:
    """A text that claims are compared with.

    `where` names it: (kind, source, id). `rest` are sentences that are too far from the claim to be compared in
    meaning, but whose figures and denials still count as said; `flat` is the text with its white space folded.
    """

    where: tuple[str, str, str]
    text: str
    sentences: tuple[Sentence, ...]
    stems: frozenset[str]
    folded: frozenset[str]
    rest: tuple[Sentence, ...] = ()
    flat: str = ""

    @property
    def all(self) -> tuple[Sentence, ...]:
        """Every sentence."""
        return (*self.sentences, *self.rest)


def source(where: tuple[str, str, str], text: str, language: str = "en", title: str = "") -> Source:
    """Read a text that claims are compared with."""
    above = sentence(title, 0, language).stems if title else frozenset()
    read: list[Sentence] = []
    for a, b in spans(text):
        item = sentence(text[a:b], a, language)
        before = read[-1].stems if read else frozenset()
        leaning = bool(item.words) and item.words[0].folded in PRONOUNS
        spoken = f"{title}: {item.text}" if title and leaning else item.text
        read.append(replace(item, context=above | before, spoken=spoken))
    return Source(
        where,
        text,
        tuple(read),
        frozenset(stem for item in read for stem in item.stems),
        frozenset(part for item in read for word in item.words for part in (word.folded, *word.folded.split("-"))),
        flat=" ".join(text.split()),
    )


def of_document(document: Document) -> Source:
    """An article as a source."""
    return source(("article", *document.ref), document.text, document.language, document.title)
