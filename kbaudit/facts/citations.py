"""Which article an AI answer names as its source, where the vendor gives titles instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.document import Document


def by_id(conversations: Iterable[Conversation], documents: Iterable[Document]) -> tuple[Conversation, ...]:
    """The conversations, with sources that are the title of an article replaced by its id.

    A title that several articles have stands for the one in the conversation's language; if that is not one, or
    nothing has the title, the source stays as it is.
    """
    known: set[str] = set()
    titled: dict[str, list[Document]] = {}
    for document in documents:
        known |= {document.id, document.url or "", f"{document.source}/{document.id}"}
        titled.setdefault(_plain(document.title), []).append(document)
    return tuple(_resolved(conversation, known, titled) for conversation in conversations)


def _resolved(conversation: Conversation, known: set[str], titled: Mapping[str, list[Document]]) -> Conversation:
    def name(source: str) -> str:
        found = [] if source in known else titled.get(_plain(source), [])
        if len(found) > 1:
            language = (conversation.locale or "").split("-")[0].lower()
            found = [document for document in found if document.language == language]
        return found[0].id if len(found) == 1 else source

    def renamed(message: Message) -> Message:
        sources = tuple(map(name, message.sources))
        return message if sources == message.sources else replace(message, sources=sources)

    if all(source in known for message in conversation.messages for source in message.sources):
        return conversation
    return replace(conversation, messages=tuple(map(renamed, conversation.messages)))


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
