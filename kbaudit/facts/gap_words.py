"""Why an article near the questions of a gap is not their answer, in words that hold when the article is opened."""

from __future__ import annotations

from collections.abc import Sequence

from kbaudit.facts.coverage import Passage
from kbaudit.facts.gap_listed import has
from kbaudit.facts.gaps import Gap
from kbaudit.facts.titles import clip
from kbaudit.model.document import Document, Span
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

# A sentence of an article has the ask where it has this share of what carries it.
SPOKEN = 0.6
LONGEST = 140


def why_not(gap: Gap, passage: Passage) -> str:
    """A sentence: what of the questions the article lacks, beside the sentence of it that comes nearest."""
    document = passage.document
    if gap.named is not None and gap.named.document.ref == document.ref:
        return f"It names the question (“{document.text[slice(*gap.named.span)]}”) and does not answer it."
    said = document.text[slice(*passage.span)].strip()
    titled = fold(said) == fold(document.title.strip())
    nearest = "" if titled else f"its nearest sentence is “{clip(said, LONGEST)}”"
    whole = f"{document.title}\n{document.text}"
    missing = [word.spoken for word in gap.core if not has(whole, word)]
    if missing:
        never = f"It never mentions {_either(missing[:2])}"
        return f"{never}; {nearest}." if nearest else f"{never}; only its title comes near."
    spoken = _speaking(gap, document)
    if spoken is not None:
        return f"It uses the customers' words, but not to answer this: “{clip(spoken, LONGEST)}”."
    lacks = [word.spoken for word in gap.core if not has(said, word)]
    if nearest and lacks:
        return f"Its nearest sentence, “{clip(said, LONGEST)}”, says nothing of {_either(lacks[:2])}."
    if nearest:
        return f"It is about something else: {nearest}."
    return "Only its title comes near; no sentence of it answers."


def beside(gap: Gap) -> list[Passage]:
    """The passages that come nearest without being the answer; first the one that names the question."""
    first = [gap.named] if gap.named is not None else []
    known = {passage.document.ref for passage in (*first, gap.article) if passage is not None}
    return first + [passage for passage in gap.nearest if passage.document.ref not in known]


def _speaking(gap: Gap, document: Document) -> str | None:
    """The sentence of an article that has most of what carries the questions, if one does."""
    whole = sum(word.share for word in gap.core)
    best: tuple[float, str] | None = None
    for start, end in _sentences(document) if whole else ():
        text = document.text[start:end].strip()
        share = round(sum(word.share for word in gap.core if has(text, word)) / whole, 4)
        if share >= SPOKEN and (best is None or share > best[0]):
            best = share, text
    return best[1] if best else None


def _sentences(document: Document) -> list[Span]:
    title = fold(document.title.strip())
    spans = [span for block in document.blocks for span in split(document.text, block.start, block.end)]
    return [span for span in spans if fold(document.text[slice(*span)].strip()) != title]


def _either(words: Sequence[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)
