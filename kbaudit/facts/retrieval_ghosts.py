"""Articles that AI answers cite although their source has removed them, or does not show them to customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document

State = Literal["removed", "unpublished", "past its publishing window", "not yet published"]
# Sources may name things that were not given at all. Only where most names are known, an unknown one is gone.
KNOWN_SHARE = 0.8
# When an article was unpublished is not recorded: a citation this long before the audit proves nothing.
RECENT_DAYS = 28


@dataclass(frozen=True, slots=True)
class Citation:
    """One AI message that names an article among its sources."""

    conversation: Conversation
    message: int
    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Ghost:
    """An article that should not answer, and the answers that came from it, newest first."""

    name: str
    document: Document | None
    state: State
    citations: tuple[Citation, ...]
    certain: bool


def ghosts(snapshot: Snapshot) -> list[Ghost]:
    """Every ghost, by name."""
    cited: dict[str, list[Citation]] = {}
    for conversation in snapshot.conversations:
        for number, message in enumerate(conversation.messages):
            if message.role == "ai":
                for name in dict.fromkeys(message.sources):
                    at = message.at or conversation.started_at
                    cited.setdefault(name, []).append(Citation(conversation, number, at, name))
    if not cited:
        return []
    named: dict[str, list[Document]] = {}
    for document in snapshot.documents:
        for known_as in {document.id, document.url, f"{document.source}/{document.id}"} - {None}:
            named.setdefault(known_as or "", []).append(document)
    products = {
        name for product in snapshot.products for name in (product.id, product.link, product.item_group_id) if name
    }
    articles = {name for name in cited if name not in products}
    known = sum(1 for name in articles if name in named)
    found: list[Ghost] = []
    for name in sorted(articles):
        citations = sorted(cited[name], key=lambda item: (item.at, item.conversation.ref, item.message), reverse=True)
        documents = named.get(name, [])
        if documents:
            found.extend(_judged(snapshot, name, documents, citations))
        elif articles and known >= KNOWN_SHARE * (len(articles) - 1) and known >= 3:
            found.append(Ghost(name, None, "removed", tuple(citations), False))
    return found


def _judged(snapshot: Snapshot, name: str, documents: Iterable[Document], citations: list[Citation]) -> Iterable[Ghost]:
    documents = list(documents)
    if any(document.live_on(snapshot.now) for document in documents):
        late = [item for item in citations if not any(d.live_on(item.at) for d in documents)]
        early = [d for d in documents if d.valid_from is not None and late and late[0].at < d.valid_from]
        if late and early:
            yield Ghost(name, early[0], "not yet published", tuple(late), True)
        return
    document = documents[0]
    if not document.published:
        recent = [item for item in citations if (snapshot.now - item.at).days <= RECENT_DAYS]
        if recent:
            yield Ghost(name, document, "unpublished", tuple(recent), False)
        return
    if document.valid_until is not None:
        late = [item for item in citations if item.at > document.valid_until]
        if late:
            yield Ghost(name, document, "past its publishing window", tuple(late), True)
    if document.valid_from is not None:
        soon = [item for item in citations if item.at < document.valid_from]
        if soon:
            yield Ghost(name, document, "not yet published", tuple(soon), True)
