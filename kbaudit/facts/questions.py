"""Base fact "questions": every ask of every conversation, with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbaudit.facts.outcome import Outcomes
from kbaudit.model.question import Question
from kbaudit.text.asks import asks_of, language_of

if TYPE_CHECKING:
    from kbaudit.check import Snapshot


def read_all(snapshot: Snapshot) -> tuple[Question, ...]:
    """The questions of all conversations, in the order of (source, conversation, message)."""
    names = {name for document in snapshot.live for name in (document.id, document.url, document.title) if name}
    outcomes = Outcomes(snapshot.conversations, names)
    shop = getattr(getattr(snapshot.settings, "shop", None), "locale", None)
    found: list[Question] = []
    for conversation in snapshot.conversations:
        asks = asks_of([(message.role, message.text) for message in conversation.messages])
        for number, ask in enumerate(asks):
            until = asks[number + 1].message if number + 1 < len(asks) else len(conversation.messages)
            outcome = outcomes.of(conversation, ask, until)
            message = conversation.messages[ask.message]
            found.append(
                Question(
                    id=f"{conversation.source}/{conversation.id}#{ask.message}.{number}",
                    conversation=conversation.ref,
                    message=ask.message,
                    text=ask.text,
                    asked_at=message.at or conversation.started_at,
                    locale=conversation.locale or language_of(ask.text) or shop or "en",
                    answered=outcome.answered,
                    signals=outcome.signals,
                    agent_answer=outcome.agent_answer,
                    agent_message=outcome.agent_message,
                    handle_seconds=conversation.handle_seconds,
                    channel=conversation.channel,
                    product_ids=conversation.product_ids,
                    sources=outcome.sources,
                )
            )
    return tuple(found)
