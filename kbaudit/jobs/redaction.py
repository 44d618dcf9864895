"""The one door through which conversations enter: redacted before anything stores, embeds or shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kbaudit.config import Settings
from kbaudit.model.conversation import Conversation
from kbaudit.model.record import ConversationRecord


class CatalogCodes:
    """Model and part numbers that stand in titles of the catalog. The titles are asked for when a conversation has
    something of that shape for the first time."""

    def __init__(self, titles: Callable[[], Iterable[str]]) -> None:
        self._titles = titles
        self._known: frozenset[str] | None = None

    def of(self, record: ConversationRecord) -> frozenset[str]:
        """Those that the conversation mentions."""
        from kbaudit.text.redact import codes

        found = {code for message in record.conversation.messages for _, code in codes(message.text)}
        if found and self._known is None:
            self._known = frozenset(code for title in self._titles() for _, code in codes(title))
        return frozenset(found & (self._known or frozenset()))


def redact(record: ConversationRecord, settings: Settings, catalog: CatalogCodes) -> Conversation:
    """The conversation with personal data replaced by placeholders; what names a product of the catalog stays."""
    from kbaudit.text import redact as redaction

    return redaction.conversation(record, settings.order_patterns, spared=catalog.of(record))
