"""A cleaned article: plain text with its blocks, and the chunks cut from it.

Offsets everywhere count Unicode code points into `Document.text`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kbaudit.model.record import Audience

BlockKind = Literal["title", "heading", "paragraph", "list_item", "table_row", "code"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the plain text and where it stood on the page.

    `path` holds the headings above the block, outermost first (the title is not among them). A table row has
    `cells` (spans) and `columns` (the texts of the header row, when the table has one; `header` marks that row).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    path: tuple[str, ...] = ()
    cells: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    header: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text: its target as written (made absolute where the page's address is known)."""

    href: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned and stored article. `text` = title, a blank line, then one block a line."""

    id: str
    source: str
    kind: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    struck: tuple[Span, ...] = ()
    url: str | None = None
    locale: str = "en"
    translation_of: str | None = None
    published: bool = True
    created_at: datetime | None = None
    updated_at: datetime | None = None
    reviewed_at: datetime | None = None
    section: str | None = None
    labels: tuple[str, ...] = ()
    owner: str | None = None
    audience: Audience = Audience()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    content_hash: str = ""
    flags: tuple[str, ...] = ()

    @property
    def ref(self) -> tuple[str, str]:
        """(source, id): unique in a base."""
        return (self.source, self.id)

    @property
    def language(self) -> str:
        """The language subtag of the locale, lower case: `en` of `en-GB`."""
        return self.locale.split("-")[0].lower()

    @property
    def edited_at(self) -> datetime | None:
        """Last edit of the content: the later of `created_at` and `updated_at`."""
        times = [t for t in (self.created_at, self.updated_at) if t is not None]
        return max(times) if times else None

    @property
    def answers_customers(self) -> bool:
        """Macros and guidance are audited but answer no customer."""
        return self.kind in ("article", "policy")

    def live_on(self, moment: datetime) -> bool:
        """Published and inside its publishing window at `moment` (aware)."""
        return (
            self.published
            and (self.valid_from is None or self.valid_from <= moment)
            and (self.valid_until is None or self.valid_until >= moment)
        )

    def quote(self, start: int, end: int) -> str:
        """The literal text of a span."""
        return self.text[start:end]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds an offset."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.blocks) and self.blocks[low].start <= offset:
            return self.blocks[low]
        return None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage that is encoded and retrieved as one: `document.text[start:end]`, always."""

    ref: tuple[str, str]
    number: int
    start: int
    end: int
    path: tuple[str, ...] = ()
