"""A conversation between a customer and the shop's AI or human agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ROLES = ("customer", "ai", "agent", "system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `sources` are the article ids that the AI cited or retrieved; `confidence` is 0 to 1."""

    role: str
    text: str
    at: datetime | None = None
    sources: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation. After ingest its texts are redacted and its `customer_id` is a keyed hash."""

    id: str
    source: str
    started_at: datetime
    messages: tuple[Message, ...]
    ended_at: datetime | None = None
    channel: str | None = None
    locale: str | None = None
    customer_id: str | None = None
    topic: str | None = None
    product_ids: tuple[str, ...] = ()
    handled_by: str | None = None
    agent_id: str | None = None
    team: str | None = None
    resolved: bool | None = None
    escalated: bool | None = None
    escalation_reason: str | None = None
    csat: float | None = None
    handle_seconds: float | None = None
    prompt_version: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def ref(self) -> tuple[str, str]:
        """(source, id): unique in a store."""
        return (self.source, self.id)
