"""What an AI answer says of policies, held against the articles: values of the same policy in overlapping scopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document, Span


@dataclass(frozen=True, slots=True)
class PolicyConflict:
    """A sentence of an answer whose policy value no article bears out and one contradicts."""

    span: Span
    document: Document
    passage: Span
    stated: str
    value: str
    score: float


def policy_conflicts(
    snapshot: Snapshot, conversation: Conversation, message: int, text: str, documents: Sequence[Document]
) -> list[PolicyConflict]:
    """Conflicts of one answer with the given articles."""
    return []
