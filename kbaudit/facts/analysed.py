"""Base fact "analysed": which conversations were read for questions, and what came of those that ask nothing.

Every conversation that was received should be read: what was left out stands here with its reason, so that a silent
half of the customers is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbaudit.model.conversation import Conversation
from kbaudit.text.asks import message_asks, order_specific

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

NO_CUSTOMER = "no message of a customer"
MANNERS = "only greetings, thanks or a call for a human"
ONE_ORDER = "only about one order, which no article could answer"
NO_QUESTION = "nothing that reads as a question"
LATER = "began after the day of the audit"


@dataclass(frozen=True, slots=True)
class Analysed:
    """Conversations received, those read for questions, those that ask something; `silent`: reason → how many of the
    read ones ask nothing; `left_out`: reason → how many were not read."""

    received: int
    read: int
    asking: int
    silent: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def share(self) -> float:
        """Percent of what was received that was read; 100 where nothing was received."""
        # Rounded down: 100 is said of all only.
        return int(1000 * self.read / self.received) / 10 if self.received else 100.0

    def with_unread(self, reasons: Mapping[str, int]) -> Analysed:
        """The same with conversations that could not even be read from their source."""
        more = {reason: count for reason, count in reasons.items() if count > 0}
        left = Counter(self.left_out) + Counter(more)
        return Analysed(self.received + sum(more.values()), self.read, self.asking, self.silent, dict(left))


def read(snapshot: Snapshot) -> Analysed:
    """The coverage of a snapshot."""
    asking = {question.conversation for question in snapshot.questions}
    silent = Counter(_why_silent(c) for c in snapshot.conversations if c.ref not in asking)
    count, later = len(snapshot.conversations), snapshot.later
    return Analysed(count + later, count, len(asking), dict(sorted(silent.items())), {LATER: later} if later else {})


def _why_silent(conversation: Conversation) -> str:
    said = [message.text for message in conversation.messages if message.role == "customer" and message.text.strip()]
    if not said:
        return NO_CUSTOMER
    pieces = [piece for text in said for piece in message_asks(text)]
    if not pieces:
        return MANNERS
    return ONE_ORDER if any(order_specific(piece) for piece in pieces) else NO_QUESTION


def sentences(found: Analysed) -> list[str]:
    """The coverage for people: what was read, what was left out and why, what asks nothing."""
    if not found.received:
        return ["No conversation has been received."]
    lines = [f"{found.read} of {found.received} conversations analysed ({found.share:g} %)."]
    if found.left_out:
        lines.append(f"Left out: {_listed(found.left_out)}.")
    asked = f"{found.asking} ask something that an article could answer"
    lines.append(f"{asked}; the others: {_listed(found.silent)}." if found.silent else f"{asked}.")
    return lines


def _listed(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))


def unreadable(reasons: Sequence[str], count: int | None = None) -> dict[str, int]:
    """Records that could not be used, by reason; `count` is their number where only the first reasons are known."""
    found = dict(Counter(f"unreadable: {reason}" for reason in reasons))
    rest = (count or 0) - len(reasons)
    return found | ({"unreadable, for other reasons": rest} if rest > 0 else {})
