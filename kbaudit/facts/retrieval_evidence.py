"""Questions as evidence, and how much they weigh."""

from __future__ import annotations

from collections.abc import Sequence

from kbaudit.check import Snapshot
from kbaudit.model.conversation import Conversation
from kbaudit.model.finding import Evidence, Impact, Ref
from kbaudit.model.question import Question


def quoted(snapshot: Snapshot, questions: Sequence[Question], most: int = 3) -> list[Evidence]:
    """The questions, each as it stands in its conversation."""
    messages = {conversation.ref: conversation for conversation in snapshot.conversations}
    found = []
    for question in questions[:most]:
        conversation = messages.get(question.conversation)
        text = _literal(conversation, question)
        ref = Ref(*question.conversation, kind="conversation")
        found.append(Evidence(ref=ref, quote=text, message=question.message, note="a question"))
    return found


def _literal(conversation: Conversation | None, question: Question) -> str:
    if conversation is None or question.message >= len(conversation.messages):
        return question.text
    text = conversation.messages[question.message].text
    return question.text if question.text in text else text


def impact(snapshot: Snapshot, count: int) -> Impact:
    """So many questions, and how many that is a week."""
    return Impact(count, round(count / snapshot.weeks, 1))


def short(text: str, limit: int = 90) -> str:
    """The beginning of a text, for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
