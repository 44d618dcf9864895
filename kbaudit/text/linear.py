"""Text out of markup in time that grows with its length and with nothing else: the way out for hostile pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from kbaudit.text.extract import Extract, from_text

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
DROPPED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|head)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
BREAK = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|dd|div|dl|dt|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    r"|section|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
ANY_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Their end tags may be left out, so that a missing one is no nesting.
OPTIONAL_END = frozenset("p li td tr th dt dd option thead tbody tfoot colgroup html head body".split())
MAX_TEXT = 80_000
# A start tag that is longer holds an image or an attack: parsers take quadratic time over many attributes.
LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)[^<>]{16000,}>")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much work a page is: characters, start tags, and the deepest nesting seen."""

    size: int
    tags: int
    depth: int


def weigh(markup: str, enough: int = 200_000) -> Weight:
    """Count tags and nesting in one pass, up to `enough` tags."""
    tags = depth = deepest = 0
    for match in TAG.finditer(markup):
        name = match[2].lower()
        if match[1]:
            if depth and name not in OPTIONAL_END:
                depth -= 1
            continue
        tags += 1
        if name not in VOID and name not in OPTIONAL_END:
            depth += 1
            deepest = max(deepest, depth)
        if tags >= enough:
            break
    return Weight(len(markup), tags, deepest)


def slim(markup: str) -> str:
    """Markup whose endless start tags have lost their attributes."""
    return LONG_TAG.sub(r"<\1>", markup) if len(markup) > 16_000 else markup


def visible_size(markup: str) -> int:
    """Roughly how many characters a reader should see: what is left when the tags are gone."""
    return len("".join(ANY_TAG.sub(" ", DROPPED.sub(" ", markup)).split()))


def plain(title: str, markup: str, flags: tuple[str, ...] = ()) -> Extract:
    """The visible text, a block a line, without headings, links or tables."""
    text = ANY_TAG.sub(" ", BREAK.sub("\n", DROPPED.sub(" ", markup[: 20 * MAX_TEXT])))
    if len(text) > 4 * MAX_TEXT:
        text = re.sub(r"[ \t\r\f\v]+", " ", text)
    return cut(from_text(title, html.unescape(text[: 4 * MAX_TEXT])), flags)


def cut(extract: Extract, flags: tuple[str, ...] = ()) -> Extract:
    """At most `MAX_TEXT` characters of a text, whole blocks only, flagged `truncated` where that left something out."""
    flags = tuple(dict.fromkeys((*extract.flags, *flags)))
    if len(extract.text) <= MAX_TEXT:
        return Extract(extract.text, extract.blocks, extract.links, extract.struck, flags)
    blocks = [block for block in extract.blocks if block.end <= MAX_TEXT]
    if len(blocks) <= 1 and len(extract.blocks) > 1:
        # One endless line: from_text of its beginning keeps the contract of the plain text.
        body = extract.blocks[1]
        rest = from_text(extract.text[: extract.blocks[0].end], extract.text[body.start : MAX_TEXT])
        return Extract(rest.text, rest.blocks, (), (), tuple(dict.fromkeys((*flags, "truncated"))))
    end = blocks[-1].end if blocks else 0
    return Extract(
        extract.text[:end],
        tuple(blocks),
        tuple(link for link in extract.links if link.end <= end),
        tuple(span for span in extract.struck if span[1] <= end),
        tuple(dict.fromkeys((*flags, "truncated"))),
    )
