"""What a source served, before cleaning: fields as in the file formats, values already of their types.

Connectors yield these. Times are aware datetimes; a `date` stands for that whole day in the shop's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kbaudit.model.conversation import Conversation
from kbaudit.model.product import Product

When = datetime | date
BodyKind = Literal["html", "markdown", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an article is written for; an empty tuple means everyone."""

    regions: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """One article, policy, macro or guidance as its source served it."""

    id: str
    title: str
    body: str
    body_kind: BodyKind = "html"
    url: str | None = None
    locale: str | None = None
    translation_of: str | None = None
    published: bool = True
    created_at: When | None = None
    updated_at: When | None = None
    reviewed_at: When | None = None
    section: str | None = None
    labels: tuple[str, ...] = ()
    owner: str | None = None
    audience: Audience = Audience()
    valid_from: When | None = None
    valid_until: When | None = None
    kind: str = "article"
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """One catalog item as its source served it."""

    product: Product


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """One conversation as its source served it: raw text, held in memory only until it is redacted."""

    conversation: Conversation
    customer_name: str | None = None
    customer_email: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """One record that could not be used, and why. `ref` names it: its id where that is known, else a line or a URL.

    `used`: the record was delivered all the same; only the part that the reason names was left out. `known`: `ref`
    is a record's id, so the source still has it (nothing to delete).
    """

    ref: str
    reason: str
    file: str | None = None
    line: int | None = None
    used: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Deleted:
    """The source says outright that a record is gone (an incremental export, a 404 or 410 on a known page)."""

    kind: Literal["article", "product", "conversation"]
    id: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source still has this record, exactly as it was last delivered (304, or the same bytes)."""

    kind: Literal["article", "product", "conversation"]
    id: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything before it was delivered. `complete` is true on the last one of a full listing.

    `part`: a place within a listing (a cursor), which says nothing without what was delivered before it. A reading that
    was cut off goes on from it while what it had delivered is still known, and is never begun there afresh.
    `unread` says in words what the source could not serve although the reading went to its end, empty where nothing
    failed: such a run is incomplete, not done.
    """

    value: str
    complete: bool = False
    part: bool = False
    unread: str = ""


Item = ArticleRecord | ProductRecord | ConversationRecord | Skipped | Deleted | Unchanged | Checkpoint
