"""What a customer asked, what came of it, and the clusters that questions form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One ask of a customer: `message` is the index of the message that holds it, `agent_message` of `agent_answer`.

    `answered`: True or False where the evidence decides, None where it does not; `signals` names the evidence
    (`no_information`, `escalated`, `unresolved`, `low_csat`, `asked_again`, `repeat_contact`, `resolved`, …); `sources`
    are what the AI cited in reply.
    """

    id: str
    conversation: tuple[str, str]
    message: int
    text: str
    asked_at: datetime
    locale: str
    answered: bool | None = None
    signals: tuple[str, ...] = ()
    agent_answer: str | None = None
    agent_message: int | None = None
    handle_seconds: float | None = None
    channel: str | None = None
    product_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Questions that ask the same. `id` is stable from run to run; `representatives` index into `questions`."""

    id: str
    label: str
    questions: tuple[Question, ...]
    representatives: tuple[int, ...]
    merged_from: tuple[str, ...] = ()
    split_from: str | None = None
