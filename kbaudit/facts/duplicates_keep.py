"""Which of several articles that say the same should stay, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kbaudit.check import Snapshot
from kbaudit.model.document import Document, Span

# Edits less than this apart do not make one copy the newer one.
NEWER_BY = timedelta(days=1)


def best_first(
    documents: Sequence[Document], spans: Sequence[Span], snapshot: Snapshot
) -> tuple[list[Document], list[Span], str]:
    """The documents with the one to keep first, their spans in the same order, and the reason in words.

    A policy page is the authority; then what real questions retrieve; then the newer edit; then the shorter address.
    """
    impact = {document.ref: snapshot.touching([document]).questions for document in documents}

    def rank(i: int) -> tuple[object, ...]:
        document = documents[i]
        edited = document.edited_at.timestamp() if document.edited_at else 0.0
        return (
            document.kind != "policy",
            -impact[document.ref],
            -edited,
            len(document.url or document.id),
            document.ref,
        )

    order = sorted(range(len(documents)), key=rank)
    first, second = documents[order[0]], documents[order[1]]
    if first.kind == "policy" and second.kind != "policy":
        reason = "it is the policy page"
    elif impact[first.ref] > impact[second.ref]:
        reason = f"it is the one that customers' questions find ({impact[first.ref]} against {impact[second.ref]})"
    elif first.edited_at and (not second.edited_at or first.edited_at - second.edited_at >= NEWER_BY):
        reason = f"it was edited last ({first.edited_at.date().isoformat()})"
    elif len(first.url or first.id) < len(second.url or second.id):
        reason = "its address is the shorter one"
    else:
        reason = "nothing else tells them apart, so the first by address stays"
    return [documents[i] for i in order], [spans[i] for i in order], reason


def beginning(text: str, span: Span, length: int) -> Span:
    """The beginning of a span, cut after a word."""
    start, end = span
    if end - start <= length:
        return span
    at = max(text.rfind(" ", start, start + length), text.rfind("\n", start, start + length))
    return (start, at if at > start else start + length)
