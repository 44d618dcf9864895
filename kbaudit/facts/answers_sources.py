"""Which article answered a question, as far as the conversations tell."""

from __future__ import annotations

from collections.abc import Mapping

from kbaudit.check import Snapshot
from kbaudit.model.question import Question

Place = tuple[str, str]


def cited_articles(snapshot: Snapshot) -> Mapping[str, tuple[Place, ...]]:
    """By question id: the live articles among the sources of the AI answer to it, where that answer did not fail."""
    named: dict[str, list[Place]] = {}
    for document in snapshot.answers:
        for name in {document.id, document.url} - {None}:
            named.setdefault(name or "", []).append(document.ref)
    conversations = {conversation.ref: conversation for conversation in snapshot.conversations}
    found: dict[str, tuple[Place, ...]] = {}
    for question in snapshot.questions:
        conversation = conversations.get(question.conversation)
        if conversation is None or question.answered is False:
            continue
        for message in conversation.messages[question.message + 1 :]:
            if message.role == "customer":
                break
            if message.role == "ai" and message.sources:
                found[question.id] = tuple(place for name in message.sources for place in named.get(name, ()))
                break
    return found


def right_articles(snapshot: Snapshot) -> Mapping[str, Place]:
    """By question id: the article that answered it, where one article did and the customer was served."""
    cited = cited_articles(snapshot)
    content = {
        conversation.ref
        for conversation in snapshot.conversations
        if conversation.resolved is True and (conversation.csat is None or conversation.csat >= 4)
    }

    def served(question: Question) -> bool:
        happy = question.answered is True or (question.answered is None and question.conversation in content)
        return happy and len(cited.get(question.id, ())) == 1

    return {question.id: cited[question.id][0] for question in snapshot.questions if served(question)}
