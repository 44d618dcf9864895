"""Plain text to passages that are encoded and retrieved as one.

A chunk never crosses into a section whose heading deserves a chunk of its own, never exceeds the model's window, and
is always a literal slice: `document.text[start:end]`. The same document gives the same chunks on every machine: the
length of a text in tokens is estimated without the model's tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kbaudit.model.document import Block, Chunk, Document, Span

# The window of all-MiniLM-L6-v2 is 256 word pieces, two of them taken by [CLS] and [SEP]; a chunk leaves room for
# the title and headings that are encoded in front of it.
WINDOW = 256
LIMIT = 200
# A section shorter than this is too little to be found by: the next section joins it.
SMALL = 40

PIECE = re.compile(
    r"(?P<wide>[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f])|(?P<word>[^\W\d_]+)|(?P<digits>\d+)|(?P<mark>[^\s])"
)
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|(?<=[。！？])")


def tokens(text: str) -> int:
    """A cautious estimate of the word pieces in a text.

    Letters count one piece for every three, digits one for every two, every other sign one. English prose has about
    half as many, German and French up to a tenth more: `LIMIT` leaves room for that, which the tests hold against the
    tokenizer.
    """
    return sum(map(_weight, PIECE.finditer(text)))


def _weight(match: re.Match[str]) -> int:
    length = match.end() - match.start()
    if length == 1:
        return 1
    if match.lastgroup == "word":
        return 1 if length <= 4 else -(-length // 3)
    return -(-length // 2)


def chunks(document: Document, limit: int = LIMIT, small: int = SMALL) -> tuple[Chunk, ...]:
    """The document's passages in order, without gaps in what is visible."""
    found: list[Chunk] = []
    for start, end, path in _spans(document.text, document.blocks, limit, small):
        if document.text[start:end].strip():
            found.append(Chunk(document.ref, len(found), start, end, path))
    return tuple(found)


def _spans(text: str, blocks: Sequence[Block], limit: int, small: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    start = end = 0
    size = 0
    path: tuple[str, ...] = ()
    open_ = False
    only_headings = True
    for block in blocks:
        heading = block.kind == "heading"
        pieces = [(block.start, block.end)]
        length = tokens(text[block.start : block.end])
        if length > limit:
            pieces = _split(text, block.start, block.end, limit)
        for a, b in pieces:
            length = tokens(text[a:b])
            if open_ and (size + length > limit or (heading and size >= small and not only_headings)):
                yield start, end, path
                open_ = False
            if not open_:
                start, size, open_, only_headings = a, 0, True, True
                path = block.path + ((text[block.start : block.end],) if heading else ())
            end = b
            size += length
            only_headings = only_headings and block.kind in ("heading", "title")
    if open_:
        yield start, end, path


def _split(text: str, start: int, end: int, limit: int) -> list[Span]:
    """Cut one long block: at the ends of sentences, else between words, else anywhere."""
    spans: list[Span] = []
    size = 0
    for piece_start, piece_end in _pieces(text, start, end, limit):
        length = tokens(text[piece_start:piece_end])
        if spans and size + length <= limit:
            spans[-1] = (spans[-1][0], piece_end)
            size += length
        else:
            spans.append((piece_start, piece_end))
            size = length
    return spans


def _pieces(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    cuts = [start, *(start + match.end() for match in SENTENCE_END.finditer(text[start:end])), end]
    for a, b in pairwise(cuts):
        if a == b:
            continue
        if tokens(text[a:b]) <= limit:
            yield a, b
            continue
        at = a
        size = 0
        for match in PIECE.finditer(text, a, b):
            length = _weight(match)
            if length > limit:
                if at < match.start():
                    yield at, match.start()
                for inner in range(match.start(), match.end(), limit):
                    yield inner, min(inner + limit, match.end())
                at, size = match.end(), 0
                continue
            if size + length > limit:
                yield at, match.start()
                at, size = match.start(), 0
            size += length
        if at < b:
            yield at, b
