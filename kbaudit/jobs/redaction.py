"""The one door through which conversations enter: redacted before anything stores, embeds or shows them."""

from __future__ import annotations

from kbaudit.config import Settings
from kbaudit.model.conversation import Conversation
from kbaudit.model.record import ConversationRecord


def redact(record: ConversationRecord, settings: Settings) -> Conversation:
    """The conversation with personal data replaced by placeholders."""
    from kbaudit.text import redact as redaction

    return redaction.conversation(record, settings.order_patterns)
