"""One article that two sources read: through a help desk's API and from its web site, say.

Linked copies are one article. It is audited and retrieved once, as the source has it that knows most of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kbaudit.model.document import Document
from kbaudit.text.identity import page_address

Ref = tuple[str, str]


def linked(documents: Sequence[Document]) -> Mapping[Ref, Ref]:
    """Copy → the document that stands for it, among documents that answer customers now.

    Copies come from different sources, in one language, and have the same address; or one of them has no address (an
    export, a folder) and says word for word the same under the same title. An address that a source gives to several
    articles (a start page, a form) tells nothing.
    """
    groups = _by_address(documents)
    _with_exports(groups, documents)
    found: dict[Ref, Ref] = {}
    for group in groups:
        first = max(group, key=_knows)
        found.update({document.ref: first.ref for document in group if document is not first})
    return found


def _by_address(documents: Sequence[Document]) -> list[list[Document]]:
    places: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda item: item.ref):
        address = page_address(document.url)
        if address is not None and document.answers_customers:
            places[address, document.language].append(document)
    return [group for _, group in sorted(places.items()) if len({item.source for item in group}) == len(group) > 1]


def _with_exports(groups: list[list[Document]], documents: Sequence[Document]) -> None:
    """Add what has no address to the copies of an article that has one."""
    in_group = {document.ref: group for group in groups for document in group}
    texts: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda item: item.ref):
        if document.answers_customers:
            texts[document.text, document.language].append(document)
    for _, same in sorted(texts.items()):
        placed = [document for document in same if page_address(document.url) is not None]
        bare = [document for document in same if document.url is None]
        homes = {id(in_group.get(document.ref, document)) for document in placed}
        if len(homes) != 1 or not bare:
            continue
        group = in_group.get(placed[0].ref)
        if group is None:
            group = [placed[0]]
            groups.append(group)
        taken = {document.source for document in group}
        for document in bare:
            if document.source not in taken and [item.source for item in bare].count(document.source) == 1:
                group.append(document)
    groups[:] = [group for group in groups if len(group) > 1]


def _knows(document: Document) -> tuple[int, float, bool, Sequence[str]]:
    """How much a source knows of an article: who owns it, when it was edited and reviewed, for whom it is."""
    audience = document.audience
    told: tuple[object, ...] = (
        document.updated_at,
        document.reviewed_at,
        document.owner,
        document.section,
        document.labels,
        audience.regions or audience.segments or audience.channels,
        document.valid_from or document.valid_until,
    )
    edited = document.edited_at.timestamp() if document.edited_at is not None else 0.0
    # Of two that know as much, the one edited later, then one with an address, then the first by name.
    return sum(map(bool, told)), edited, document.url is not None, [chr(0x10FFFF - ord(c)) for c in document.source]
