"""What came of a question: answered or not, by all the evidence that a conversation gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kbaudit.model.conversation import Conversation
from kbaudit.text.asks import Ask, asks_of, similar
from kbaudit.text.replies import answers, no_information, substance

# The same customer with the same matter within a day: the first answer did not do.
REPEAT = timedelta(hours=24)
REPEAT_LIKENESS = 0.6
LOW_CSAT, HIGH_CSAT = 2, 4
LOW_CONFIDENCE = 0.4
# What each sign says about whether the shop's knowledge answered. One clear admission outweighs a polite ending.
WEIGHTS = {
    "no_information": -3.0,
    "unresolved": -2.0,
    "escalated": -2.0,
    "low_csat": -1.0,
    "asked_again": -1.5,
    "repeat_contact": -1.5,
    "dissatisfied": -1.5,
    "asked_for_human": -1.5,
    "low_confidence": -0.5,
    "no_sources": -0.5,
    "answered_by_ai": 1.0,
    "cited": 0.5,
    "resolved": 1.0,
    "high_csat": 0.5,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`answered`: did the shop's knowledge (its AI) answer; None where the evidence does not decide."""

    answered: bool | None
    signals: tuple[str, ...]
    agent_answer: str | None = None
    agent_message: int | None = None
    sources: tuple[str, ...] = ()


class Outcomes:
    """Reads outcomes of conversations, repeat contacts among them included."""

    def __init__(self, conversations: Sequence[Conversation], articles: Collection[str] | None = None) -> None:
        """`articles`: the names (ids, addresses, titles) by which the AI may cite what is live, if known."""
        cited = {source for c in conversations for m in c.messages for source in m.sources}
        # Where not one citation is known the AI cites by other names: nothing follows from them.
        self._live = frozenset(articles) if articles is not None and cited & set(articles) else None
        self._cites = any(m.sources for c in conversations for m in c.messages if m.role == "ai")
        self._later: dict[str, list[Conversation]] = {}
        for conversation in conversations:
            if conversation.customer_id:
                self._later.setdefault(conversation.customer_id, []).append(conversation)
        for visits in self._later.values():
            visits.sort(key=lambda item: (item.started_at, item.ref))

    def of(self, conversation: Conversation, ask: Ask, until: int) -> Outcome:
        """What came of an ask; the messages up to `until` belong to it."""
        replies = [(index, conversation.messages[index]) for index in range(ask.message + 1, until)]
        ai = [message for _, message in replies if message.role == "ai"]
        agent = [(index, message) for index, message in replies if message.role == "agent"]
        signals: list[str] = []
        blank = [no_information(message.text) for message in ai]
        if ai and (blank[-1] or (any(blank) and not answers(ai[-1].text))):
            signals.append("no_information")
        elif any(answers(message.text) for message in ai):
            signals.append("answered_by_ai")
            sources = {source for message in ai for source in message.sources}
            if sources:
                signals.append("cited")
                if self._live is not None and not sources & self._live:
                    signals.append("source_gone")
            elif self._cites:
                signals.append("no_sources")
        confidences = [message.confidence for message in ai if message.confidence is not None]
        if confidences and min(confidences) < LOW_CONFIDENCE:
            signals.append("low_confidence")
        handled_by_ai = conversation.handled_by in ("ai", "both") or bool(ai)
        if conversation.escalated or (ai and agent):
            signals.append("escalated")
        if conversation.resolved is False:
            signals.append("unresolved")
        elif conversation.resolved and handled_by_ai:
            signals.append("resolved")
        if conversation.csat is not None:
            if conversation.csat <= LOW_CSAT:
                signals.append("low_csat")
            elif conversation.csat >= HIGH_CSAT:
                signals.append("high_csat")
        if ask.again:
            signals.append("asked_again")
        if ask.unhappy:
            signals.append("dissatisfied")
        if ask.human:
            signals.append("asked_for_human")
        if self._repeated(conversation, ask):
            signals.append("repeat_contact")
        told = [(index, message.text) for index, message in agent if answers(message.text)]
        best = max(told, key=lambda item: (len(substance(item[1])), -item[0]), default=None)
        if best:
            signals.append("answered_by_agent")
        cited = tuple(dict.fromkeys(source for message in ai for source in message.sources))
        return Outcome(_decide(signals), tuple(signals), best[1] if best else None, best[0] if best else None, cited)

    def _repeated(self, conversation: Conversation, ask: Ask) -> bool:
        visits = self._later.get(conversation.customer_id or "", [])
        if len(visits) < 2:
            return False
        at = bisect_right(visits, conversation.started_at, key=lambda item: item.started_at)
        for later in visits[at:]:
            if later.started_at - conversation.started_at > REPEAT:
                break
            if later.ref == conversation.ref:
                continue
            again = asks_of([(message.role, message.text) for message in later.messages])
            if any(similar(ask.text, other.text) >= REPEAT_LIKENESS for other in again):
                return True
        return False


def _decide(signals: Sequence[str]) -> bool | None:
    total = sum(WEIGHTS.get(signal, 0.0) for signal in signals)
    if "answered_by_ai" in signals and total > 0:
        # What was answered from an article that is not live any more is answered by nothing that is.
        return None if "source_gone" in signals else True
    return False if total <= -1.0 else None
