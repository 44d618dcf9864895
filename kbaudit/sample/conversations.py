"""The sample's conversations, put together from `intents/*.toml` by a seeded generator: same day, same text.

Every phrasing is used before one is used again; greetings, endings and typing errors are laid over them, so that two
conversations about the same matter rarely read alike.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from kbaudit.sample import catalog

ZONE = "America/Los_Angeles"
SEED = 7
DAYS = 56
FIRST = (
    "Ava Ben Cora Dev Elke Farah Gus Hana Ivo June Kofi Lena Mei Noor Otis Pia Quinn Rosa Sam Tuva Umar Vera".split()
)
LAST = "Adler Bashir Calder Dorsey Eklund Farrow Grange Hobbs Ibarra Jansen Kessler Lund Moreau Nakano Okafor".split()
STREETS = ("12 Alder Court", "408 Mill Pond Road", "77 Harbor View, Apt 3", "1519 Juniper Street", "9 Old Ferry Lane")
AGENTS = {"ag-01": "Marlow", "ag-02": "Priya", "ag-03": "Nils", "ag-04": "Teodor", "ag-05": "Odalys"}
BEFORE = {
    "en": ("Hi! ", "Hello, ", "hey ", "Good morning, ", "Hi there, ", "Quick question: ", "Hello! "),
    "de": ("Hallo, ", "Guten Tag, ", "hi ", "Moin, "),
}
AFTER = {
    "en": (
        " thanks",
        " Thank you!",
        " pls",
        " Thx in advance.",
        " Can you help?",
        " :)",
    ),
    "de": (" danke", " Vielen Dank!", " LG", " Bitte um Hilfe."),
}
OPENERS = {"en": ("hi", "hello?", "Hey there", "good evening"), "de": ("hallo", "Guten Abend")}
WELCOME = {"en": "Hello! What can I do for you?", "de": "Hallo! Was kann ich für dich tun?"}
GREETING = re.compile(r"(hi|hello|hey|hallo|guten|good)\b", re.IGNORECASE)
DISSATISFIED = {
    "en": (
        "that doesn't help me",
        "I tried that already",
        "no, that's not it",
        "that did not work",
        "you don't get it",
    ),
    "de": ("das hilft mir nicht", "habe ich schon probiert", "nein, das meine ich nicht"),
}
HANDOVER = {"en": "I pass you to a colleague.", "de": "Ich gebe dich an eine Kollegin weiter."}
CHANNELS = ("chat", "chat", "chat", "chat", "email", "whatsapp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One matter that customers write about."""

    name: str
    topic: str
    count: int
    ask: tuple[str, ...]
    ai: tuple[str, ...]
    agent: tuple[str, ...]
    follow: tuple[str, ...]
    sources: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    locale: str = "en-US"
    escalate: float = 0.0
    resolved: float = 0.8

    @property
    def language(self) -> str:
        """`en` of `en-US`."""
        return self.locale[:2]


@dataclass(slots=True)
class Made:
    """The conversations, and which ids belong to which intent and to which wrong answer."""

    conversations: list[dict[str, object]] = field(default_factory=list)
    by_intent: dict[str, list[str]] = field(default_factory=dict)
    by_wrong: dict[str, list[str]] = field(default_factory=dict)


def intents(*names: str) -> Iterator[Intent]:
    """The intents of some files of `intents/`."""
    for name in names:
        text = files("kbaudit.sample").joinpath("intents", f"{name}.toml").read_text(encoding="utf-8")
        for key, table in tomllib.loads(text).items():
            fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
            yield Intent(name=key, **fields)


def wrong_answers() -> dict[str, list[dict[str, Any]]]:
    """The wrong AI answers of `intents/wrong.toml`, by intent."""
    text = files("kbaudit.sample").joinpath("intents", "wrong.toml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = {}
    for answer in tomllib.loads(text)["answer"]:
        found.setdefault(answer["intent"], []).append(answer)
    return found


class Composer:
    """Writes conversations; owns the dice."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)
        self.titles = [
            row["title"].split(",")[0].lower()
            for row in catalog.rows()
            if row["availability"] == "in_stock" and row["brand"] != "Tarn & Thicket"
        ]
        self.people = [(first, last) for first in FIRST for last in LAST]
        self.dice.shuffle(self.people)

    def slots(self, customer: int) -> Mapping[str, str]:
        """What the braces of a phrasing stand for, for one customer."""
        first, last = self.people[customer]
        dice = self.dice
        return {
            "order": f"TT{dice.randrange(40_000_000, 49_999_999)}",
            "product": dice.choice(self.titles),
            "email": f"{first.lower()}.{last.lower()}@example.com",
            "phone": f"+1 503 555 01{dice.randrange(10, 99)}",
            "address": dice.choice(STREETS),
            "card": f"{dice.randrange(1000, 9999)}",
            "giftcard": "".join(dice.choice("ACDEFHJKLMNPRTUVWXY3479") for _ in range(16)),
            "tracking": f"1Z{dice.randrange(10**11, 10**12)}",
            "name": f"{first} {last}",
        }

    def typo(self, text: str) -> str:
        """Two neighbouring letters swapped, one dropped or one doubled, inside a longer word."""
        words = text.split(" ")
        long = [index for index, word in enumerate(words) if len(word) > 4 and word.isalpha()]
        if not long:
            return text
        index = self.dice.choice(long)
        word, at = words[index], self.dice.randrange(1, len(words[index]) - 2)
        words[index] = self.dice.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )
        return " ".join(words)

    def phrase(self, text: str, slots: Mapping[str, str], language: str) -> str:
        """One phrasing as this customer writes it."""
        said = text
        for key, value in slots.items():
            said = said.replace("{" + key + "}", value)
        dice = self.dice
        if dice.random() < 0.22:
            said = self.typo(said)
        if dice.random() < 0.3 and not GREETING.match(said):
            before = dice.choice(BEFORE[language])
            said = before + (said[0].lower() + said[1:] if said[:2] != "I " and said[1:2].islower() else said)
        if dice.random() < 0.25:
            said += dice.choice(AFTER[language])
        return said


def _conversation(
    make: Composer, intent: Intent, ask: str, customer: int, at: datetime, wrong: Mapping[str, Any] | None, prompt: str
) -> dict[str, object]:
    dice, slots, language = make.dice, make.slots(customer), intent.language
    messages: list[dict[str, object]] = []
    clock = at

    def say(role: str, text: str, seconds: tuple[int, int], **extra: object) -> None:
        nonlocal clock
        clock += timedelta(seconds=dice.randrange(*seconds))
        messages.append({"role": role, "text": text, "at": clock.isoformat(), **extra})

    channel = dice.choice(CHANNELS)
    agent_id = dice.choice(sorted(AGENTS))
    known = bool(intent.sources)
    resolved = dice.random() < intent.resolved
    escalated = dice.random() < intent.escalate or (known and not resolved and dice.random() < 0.5)
    by_human = wrong is None and known and channel == "email" and dice.random() < 0.6
    if channel == "chat" and dice.random() < 0.1:
        say("customer", dice.choice(OPENERS[language]), (1, 2))
        say("ai", WELCOME[language], (1, 4), confidence=0.99)
    say("customer", wrong["ask"] if wrong else make.phrase(ask, slots, language), (4, 60))
    handle: float | None = None
    if not by_human:
        text = wrong["text"] if wrong else dice.choice(intent.ai)
        sources = list(wrong.get("sources", ())) if wrong else list(intent.sources[-1:])
        confidence = dice.uniform(0.62, 0.97) if known or wrong else dice.uniform(0.08, 0.35)
        say("ai", text, (2, 9), sources=sources, confidence=round(confidence, 2))
    if wrong:
        resolved, escalated = True, False
        say("customer", "ok, thank you" if dice.random() < 0.6 else "great", (10, 90))
    elif escalated or by_human:
        if not by_human:
            if intent.escalate < 1:
                say("customer", dice.choice(DISSATISFIED[language]), (15, 120))
            if "colleague" not in str(messages[-1]["text"]):
                say("ai", HANDOVER[language], (2, 5), confidence=0.9)
        say("agent", dice.choice(intent.agent).replace("{agentname}", AGENTS[agent_id]), (40, 600))
        handle = float(dice.randrange(50, 420))
        if dice.random() < 0.6:
            say("customer", dice.choice(intent.follow), (20, 300))
    elif dice.random() < 0.55:
        say("customer", dice.choice(intent.follow if resolved or not known else DISSATISFIED[language]), (8, 120))
    found: dict[str, object] = {
        "started_at": at.isoformat(),
        "ended_at": clock.isoformat(),
        "channel": channel,
        "locale": intent.locale,
        "customer_id": f"cu-{customer:04d}",
        "customer_name": slots["name"],
        "customer_email": slots["email"],
        "topic": intent.topic,
        "product_ids": [dice.choice(intent.products)] if intent.products else [],
        "handled_by": "human" if by_human else "both" if escalated else "ai",
        "resolved": None if resolved and dice.random() < 0.08 else resolved,
        "escalated": escalated and not by_human,
        "prompt_version": prompt,
        "messages": messages,
    }
    if escalated or by_human:
        found |= {"agent_id": agent_id, "team": "care", "handle_seconds": handle}
    if escalated and not by_human:
        found["escalation_reason"] = "asked for a person" if intent.name == "human" else "no answer"
    if dice.random() < 0.45:
        found["csat"] = dice.choice((4, 5, 5)) if resolved else dice.choice((1, 2, 2, 3))
    return found


def _moment(dice: random.Random, day: date, zone: ZoneInfo) -> datetime:
    hour = dice.choices(range(7, 23), weights=(2, 4, 6, 8, 9, 8, 7, 7, 8, 8, 7, 6, 7, 8, 6, 3))[0]
    return datetime.combine(day, time(hour, dice.randrange(60), dice.randrange(60)), zone)


def compose(today: date) -> Made:
    """All conversations: 400 in the eight weeks before `today`, 14 about the Makers' Market a year earlier."""
    make, zone, wrong = Composer(), ZoneInfo(ZONE), wrong_answers()
    dice = make.dice
    drafts: list[tuple[datetime, str, str | None, dict[str, object]]] = []
    for intent in intents("orders", "shipping", "returns", "shop", "products", "german", "last_year"):
        asks = list(intent.ask)
        dice.shuffle(asks)
        late = list(wrong.get(intent.name, ()))
        customer = dice.randrange(len(make.people))
        for number in range(intent.count):
            if intent.name == "makers_market":
                day = today - timedelta(days=365 - 12 + dice.randrange(-4, 14))
            else:
                day = today - timedelta(days=dice.randrange(1, DAYS + 1))
            at = _moment(dice, day, zone)
            # Now and then the same person comes back within a day with the same matter.
            if drafts and number % 9 == 8 and drafts[-1][1] == intent.name and intent.name != "makers_market":
                at = drafts[-1][0] + timedelta(hours=dice.randrange(2, 20))
            else:
                customer = dice.randrange(len(make.people))
            mistake = late.pop(0) if late else None
            prompt = "v14" if (today - day).days > DAYS // 2 else "v15"
            draft = _conversation(make, intent, asks[number % len(asks)], customer, at, mistake, prompt)
            drafts.append((at, intent.name, mistake["name"] if mistake else None, draft))
    made = Made()
    for number, (_, name, mistaken, draft) in enumerate(sorted(drafts, key=lambda item: (item[0], item[1])), 1):
        key = f"conv-{number:04d}"
        made.conversations.append({"id": key, **draft})
        made.by_intent.setdefault(name, []).append(key)
        if mistaken:
            made.by_wrong.setdefault(mistaken, []).append(key)
    return made
