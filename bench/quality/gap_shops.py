"""Shops with labelled conversations for `bench.quality.gaps`: `tests/hard_gaps/*.yaml` written out.

A file describes one shop: its articles, and the topics that its customers ask about, each with hand-written wordings,
replies and the truth. From these, `Shop.conversations` makes rows of conversations.jsonl, the same on every run:
greetings, slips of the keyboard, several asks in one chat, outcomes, sources and ratings vary by a hash of the shop,
the topic and the number of the chat. In a wording, `{a|b}` is one of them and `#` a digit.

A topic's `truth`:

    answered      an article answers it and the bot says so
    missing       no article; the bot says that it does not know, customers give up or get a different word each time
    undocumented  no article; agents give the same answer again and again
    hidden        an article answers it, in other words than the customers', and the bot does not bring it up
    bot           the article is good and retrieved, and the bot fails all the same
    order         about one order, account or parcel: no article could answer it
    small         greetings, thanks, jokes, calls for a human
    rare          asked once or twice, no article
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bench.quality.gap_talk import (
    ALSO,
    GREETS,
    LEADS,
    NO_IDEA,
    OPENERS,
    OUTCOMES,
    Outcome,
    Row,
    Talk,
    Topic,
    cited,
    filled,
    mistyped,
    varied,
)

FOLDER = Path(__file__).parents[2] / "tests" / "hard_gaps"
NAMES = (
    "Ruth Calloway", "Omar Haddad", "Priya Menon", "Lachlan Burke", "Greta Sommer", "Wei Zhang", "Tom Ashdown",
    "Bianca Ferraro", "Niamh Doyle", "Carlos Ibarra",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Chat:
    """One conversation before it is written out: its asks and its dice."""

    topic: Topic
    text: str
    german: bool
    dice: random.Random
    at: datetime


@dataclass(frozen=True)
class Shop:
    """One shop: articles, conversations and the truth about them."""

    raw: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.raw["shop"])

    @property
    def half(self) -> str:
        """`tune` or `test`, for ever."""
        return "tune" if hashlib.sha256(self.name.encode()).digest()[0] % 2 else "test"

    @property
    def region(self) -> str:
        """ISO 3166 code of its home."""
        return str(self.raw["region"])

    @property
    def as_of(self) -> str:
        """The day of the audit."""
        return str(self.raw["as_of"])

    @property
    def articles(self) -> list[Row]:
        """Rows of articles.jsonl."""
        return [
            {
                "id": id_,
                "title": row["title"],
                "body_markdown": row["body"],
                "locale": row.get("locale", self.raw["locale"]),
                "updated_at": str(row.get("updated_at", self.raw["edited"])),
            }
            for id_, row in self.raw["articles"].items()
        ]

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Topics by name."""
        return {name: Topic(name, row["truth"], row) for name, row in self.raw["topics"].items()}

    @cached_property
    def _written(self) -> list[tuple[Row, frozenset[str]]]:
        chats = sorted(self._chats(), key=lambda chat: (chat.at, chat.topic.name, chat.text))
        return [self._write(number, chat) for number, chat in enumerate(chats)]

    @property
    def conversations(self) -> list[Row]:
        """Rows of conversations.jsonl, by time."""
        return [row for row, _ in self._written]

    @property
    def labels(self) -> dict[str, frozenset[str]]:
        """Conversation -> the topics asked in it."""
        return {row["id"]: topics for row, topics in self._written}

    def _chats(self) -> Iterator[_Chat]:
        first = datetime.fromisoformat(f"{self.raw['from']}T00:00:00").replace(tzinfo=ZoneInfo(self.raw["zone"]))
        for topic in self.topics.values():
            weeks = topic.raw.get("weeks", range(8))
            asks = topic.asks
            for number in range(topic.volume):
                dice = random.Random(f"{self.name}|{topic.name}|{number}")
                text, german = asks[number % len(asks)]
                if number >= len(asks) and not german:
                    text = varied(text, dice)
                day = 7 * weeks[number % len(weeks)] + dice.randrange(7)
                at = first + timedelta(days=day, hours=8 + dice.randrange(12), minutes=dice.randrange(60))
                yield _Chat(topic, filled(text, dice), german, dice, at)

    def _write(self, number: int, chat: _Chat) -> tuple[Row, frozenset[str]]:
        dice, topic = chat.dice, chat.topic
        talk = Talk(chat.at, dice)
        text = chat.text
        if topic.truth != "small" and not chat.german:
            if dice.random() < 0.12:
                talk.say("customer", dice.choice(GREETS))
                talk.say("ai", f"Hello, I'm the assistant of {self.name}. What can I do for you?")
            elif not text.startswith(LEADS) and dice.random() < 0.3:
                text = dice.choice(OPENERS) + text
        if dice.random() < 0.15:
            text = mistyped(text, dice)
        second = self._second(chat)
        both = second is not None and dice.random() < 0.5
        if second is not None and both:
            text += f" {dice.choice(ALSO)}{second[1]}"
        outcome = OUTCOMES[topic.truth](talk, topic, text, chat.german)
        if second is not None:
            outcome = self._follow(talk, second, outcome, asked=both)
        names = frozenset({topic.name} | ({second[0].name} if second else set()))
        who = dice.choice(NAMES)
        row: Row = {
            "id": f"c{number:04d}",
            "started_at": chat.at.isoformat(),
            "ended_at": talk.at.isoformat(),
            "channel": dice.choice(("chat", "chat", "chat", "email")),
            "locale": "de-DE" if chat.german else self.raw["locale"],
            "customer_id": f"u{dice.randrange(10_000):04d}",
            "customer_name": who,
            "handled_by": talk.handled_by,
            "resolved": outcome[0],
            "escalated": talk.escalated,
            "csat": outcome[1],
            "messages": talk.messages if self.raw.get("confidence") else [_without(row) for row in talk.messages],
        }
        if talk.agent:
            row |= {"agent_id": talk.agent.lower(), "handle_seconds": 90 + dice.randrange(400)}
        return row, names

    def _second(self, chat: _Chat) -> tuple[Topic, str] | None:
        """A second thing that is asked in the same chat, in every twelfth one or so."""
        if chat.german or chat.topic.truth in ("small", "rare", "order") or chat.dice.random() > 0.08:
            return None
        others = [
            topic
            for topic in self.topics.values()
            if topic.truth in ("answered", "missing", "order") and topic.name != chat.topic.name
        ]
        topic = chat.dice.choice(others)
        return topic, filled(chat.dice.choice(list(topic.raw["ask"])), chat.dice)

    @staticmethod
    def _follow(talk: Talk, second: tuple[Topic, str], outcome: Outcome, asked: bool) -> Outcome:
        topic, text = second
        if not asked:
            talk.say("customer", text)
        if topic.truth == "missing":
            talk.say("ai", talk.dice.choice(NO_IDEA), sources=[])
            return False, outcome[1]
        talk.say("ai", talk.dice.choice(topic.texts("ai", False)), **cited(topic, talk.dice))
        return outcome


def _without(message: Row) -> Row:
    """A message of a bot that does not say how sure it is."""
    return {key: value for key, value in message.items() if key != "confidence"}


def shops(folder: Path = FOLDER) -> Sequence[Shop]:
    """Every shop, by name of its file."""
    return [Shop(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yaml"))]
