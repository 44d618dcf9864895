"""Markup to plain text with blocks, links and struck-out spans.

The plain text is the contract of the file formats: title, a blank line, then the visible text; blocks parted by
one newline, list items and table rows one a line, cells parted by ` | `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from kbaudit.model.document import Block, BlockKind, Link, Span

HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "select", "datalist"}
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "header hgroup hr html li main menu nav ol p pre section summary ul table thead tbody tfoot tr td th caption "
    "h1 h2 h3 h4 h5 h6".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
NOT_TEXT = (Comment, CData, Declaration, Doctype, ProcessingInstruction)
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\U000e0000-\U000e007f]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ALERT = re.compile(r"^\s*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO)\]\s*", re.IGNORECASE)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Extract:
    """What a body says: the plain text and everything that is known of its parts."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    struck: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Line:
    kind: BlockKind
    level: int = 0
    quoted: bool = False
    header: bool = False
    columns: tuple[str, ...] = ()
    parts: list[str] = field(default_factory=list)
    length: int = 0
    cells: list[Span] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    struck: list[Span] = field(default_factory=list)
    preformatted: bool = False

    def trimmed(self) -> int:
        """The length without white space at the end: looks at the last parts only, a row may have many."""
        length = self.length
        for part in reversed(self.parts):
            kept = part.rstrip()
            length -= len(part) - len(kept)
            if kept:
                break
        return length

    def add(self, text: str) -> tuple[int, int]:
        """Append running text, white space folded; returns where it went."""
        text = CONTROL.sub("", INVISIBLE.sub("", text))
        if not self.preformatted:
            text = SPACE.sub(" ", text)
            if (not self.length or self.parts[-1].endswith(" ")) and text.startswith(" "):
                text = text[1:]
        start = self.length
        if text:
            self.parts.append(text)
            self.length += len(text)
        return start, self.length


def clean_line(text: str) -> str:
    """One line of visible text: control and invisible characters gone, white space folded."""
    return SPACE.sub(" ", CONTROL.sub("", INVISIBLE.sub("", text))).strip()


class _Assembler:
    """Collects lines into one text and turns their local offsets into offsets of the whole."""

    def __init__(self, title: str) -> None:
        self.title = clean_line(title)
        self.pieces: list[str] = [self.title, "\n"]
        self.length = len(self.title) + 1
        self.blocks: list[Block] = [Block(kind="title", start=0, end=len(self.title))]
        self.links: list[Link] = []
        self.struck: list[Span] = []
        self.path: list[tuple[int, str]] = []

    def add(self, line: _Line) -> None:
        raw = "".join(line.parts)
        text = raw.rstrip()
        lead = len(text) - len(text.lstrip())
        text = text.lstrip()
        if not text:
            return
        self.pieces.append("\n")
        self.length += 1
        start = self.length
        end = start + len(text)
        self.pieces.append(text)
        self.length = end

        def whole(a: int, b: int) -> Span:
            return (min(max(start + a - lead, start), end), min(max(start + b - lead, start), end))

        if line.kind == "heading":
            while self.path and self.path[-1][0] >= line.level:
                self.path.pop()
        self.blocks.append(
            Block(
                kind=line.kind,
                start=start,
                end=end,
                level=line.level,
                path=tuple(heading for _, heading in self.path),
                cells=tuple(whole(a, b) for a, b in line.cells),
                columns=line.columns,
                header=line.header,
                quoted=line.quoted,
            )
        )
        if line.kind == "heading":
            self.path.append((line.level, text))
        for href, a, b in line.links:
            a, b = whole(a, b)
            if a < b:
                self.links.append(Link(href, a, b))
        for a, b in line.struck:
            a, b = whole(a, b)
            if a < b:
                self.struck.append((a, b))

    def extract(self, flags: tuple[str, ...] = ()) -> Extract:
        return Extract("".join(self.pieces), tuple(self.blocks), tuple(self.links), tuple(self.struck), flags)


def from_text(title: str, body: str) -> Extract:
    """Plain text: every line that is not empty is a block; lines with a bullet are list items."""
    assembler = _Assembler(title)
    for raw in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", body):
        line = _Line("list_item" if re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s", raw) else "paragraph")
        line.add(raw)
        assembler.add(line)
    return assembler.extract()


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def from_markdown(title: str, body: str, base: str | None = None) -> Extract:
    """CommonMark with tables and strike-through; inline HTML is read as HTML."""
    return from_html(title, cast(str, _markdown().render(body)), base)


def plain_text(text: object) -> str:
    """What a text says that may or may not be markup; "" for None."""
    found = str(text or "")
    return from_html("", found).text.strip() if "<" in found else found


def from_html(title: str, body: str, base: str | None = None) -> Extract:
    """HTML of an article's body: hidden parts are left out; headings, lists and tables keep their structure."""
    soup = BeautifulSoup(body, "lxml")
    assembler = _Assembler(title)
    for line in _lines(soup, base):
        assembler.add(line)
    return assembler.extract()


def _is_hidden(tag: Tag) -> bool:
    if tag.name in HIDDEN or tag.has_attr("hidden"):
        return True
    style = tag.get("style")
    return isinstance(style, str) and HIDING_STYLE.search(style) is not None


def _lines(soup: Tag, base: str | None) -> Iterator[_Line]:
    """Walk the tree without recursion and yield a line a block."""
    line = _Line("paragraph")
    lists = 0
    quotes = 0
    kind: list[tuple[BlockKind, int]] = [("paragraph", 0)]
    links: list[tuple[str, int]] = []
    strikes: list[int] = []
    tables: list[dict[str, Any]] = []
    pre = 0
    alert = False

    def fresh() -> _Line:
        block, level = kind[-1]
        return _Line(block, level, quoted=quotes > 0 and not alert, preformatted=pre > 0)

    def close_marks() -> None:
        for href, at in links:
            line.links.append((href, at, line.length))
        for at in strikes:
            line.struck.append((at, line.length))

    def open_marks() -> None:
        links[:] = [(href, 0) for href, _ in links]
        strikes[:] = [0 for _ in strikes]

    stack: list[tuple[Any, bool]] = [(child, False) for child in reversed(list(soup.children))]
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, NavigableString):
            if isinstance(node, NOT_TEXT):
                continue
            text = str(node)
            row = tables[-1].get("row") if tables else None
            if row is not None and not tables[-1]["cell"]:
                continue
            if quotes and not line.length and ALERT.match(text):
                alert = True
                line.quoted = False
                text = ALERT.sub("", text)
            if pre:
                pieces = text.split("\n")
                for index, piece in enumerate(pieces):
                    if index:
                        close_marks()
                        yield line
                        line = fresh()
                        open_marks()
                    line.add(piece)
                continue
            line.add(text)
            continue
        name = node.name
        if not leaving:
            if _is_hidden(node):
                continue
            if name == "br":
                if tables and tables[-1].get("row") is not None:
                    line.add(" ")
                else:
                    close_marks()
                    yield line
                    line = fresh()
                    open_marks()
                continue
            if name in BLOCKS:
                in_row = bool(tables) and tables[-1].get("row") is not None
                if name == "table" and not in_row:
                    close_marks()
                    yield line
                    tables.append({"columns": (), "row": None, "cell": False, "rows": 0})
                    line = fresh()
                    open_marks()
                elif name == "tr" and tables and not in_row:
                    tables[-1]["row"] = node
                    tables[-1]["ths"] = 0
                    tables[-1]["tds"] = 0
                    line = _Line("table_row", quoted=quotes > 0 and not alert)
                    open_marks()
                elif name in ("td", "th") and in_row and not tables[-1]["cell"]:
                    tables[-1]["cell"] = True
                    tables[-1]["ths" if name == "th" else "tds"] += 1
                    if line.cells:
                        while line.parts and line.parts[-1].endswith(" "):
                            last = line.parts.pop()
                            kept = last.rstrip()
                            line.length -= len(last) - len(kept)
                            if kept:
                                line.parts.append(kept)
                        line.parts.append(" | ")
                        line.length += 3
                    line.cells.append((line.length, line.length))
                    tables[-1]["node"] = node
                elif in_row:
                    if line.length and line.parts and not line.parts[-1].endswith(" "):
                        line.add(" ")
                else:
                    close_marks()
                    yield line
                    if name in HEADINGS:
                        kind.append(("heading", HEADINGS[name]))
                    elif name in ("ul", "ol", "menu", "dl"):
                        lists += 1
                        kind.append(kind[-1])
                    elif name in ("li", "dd", "dt"):
                        kind.append(("list_item", lists))
                    elif name == "pre":
                        pre += 1
                        kind.append(("code", 0))
                    elif name == "blockquote":
                        quotes += 1
                        kind.append(kind[-1])
                    else:
                        kind.append(kind[-1])
                    line = fresh()
                    open_marks()
                stack.append((node, True))
            else:
                if name == "a":
                    href = node.get("href")
                    if isinstance(href, str) and href.strip():
                        links.append((_absolute(href.strip(), base), line.length))
                        stack.append((node, True))
                elif name in ("s", "del", "strike"):
                    strikes.append(line.length)
                    stack.append((node, True))
                elif name in ("q", "input", "img", "textarea", "button"):
                    pass
            stack.extend((child, False) for child in reversed(list(node.children)))
            continue
        # leaving
        if name == "a":
            href, at = links.pop()
            line.links.append((href, at, line.length))
        elif name in ("s", "del", "strike"):
            line.struck.append((strikes.pop(), line.length))
        elif name in BLOCKS:
            in_row = bool(tables) and tables[-1].get("row") is not None
            if in_row and name in ("td", "th") and tables[-1].get("node") is node:
                tables[-1]["cell"] = False
                start, _ = line.cells[-1]
                line.cells[-1] = (start, max(start, line.trimmed()))
            elif in_row and name == "tr" and tables[-1]["row"] is node:
                table = tables[-1]
                table["row"] = None
                text = "".join(line.parts)
                if (table["ths"] and not table["tds"]) or _in_thead(node):
                    line.header = True
                    table["columns"] = tuple(clean_line(text[a:b]) for a, b in line.cells)
                line.columns = table["columns"]
                table["rows"] += 1
                close_marks()
                yield line
                line = fresh()
                open_marks()
            elif in_row:
                line.add(" ")
            elif name == "tr":
                pass
            elif name == "table" and tables:
                close_marks()
                yield line
                tables.pop()
                line = fresh()
                open_marks()
            else:
                close_marks()
                yield line
                if name in ("ul", "ol", "menu", "dl"):
                    lists -= 1
                elif name == "pre":
                    pre -= 1
                elif name == "blockquote":
                    quotes -= 1
                    alert = alert and quotes > 0
                if len(kind) > 1:
                    kind.pop()
                line = fresh()
                open_marks()
    close_marks()
    yield line


def _in_thead(row: Tag) -> bool:
    parent = row.parent
    return parent is not None and parent.name == "thead"


def _absolute(href: str, base: str | None) -> str:
    if not base:
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
