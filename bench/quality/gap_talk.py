"""How a chat about a topic goes, for `bench.quality.gap_shops`: greeting, ask, reply, outcome, rating.

Everything is drawn from dice that the caller gives, so that the same shop is the same on every run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

RULE = {"missing": "GAP401", "undocumented": "GAP402", "hidden": "GAP403"}
Row = dict[str, Any]

NO_IDEA = (
    "I'm sorry, I don't have any information about that.",
    "I couldn't find anything on that in our help centre, sorry.",
    "Unfortunately I don't know the answer to this one.",
    "Sorry, I'm not able to help with that question. Would you like to talk to a colleague?",
    "I don't have details on this. Is there something else I can help you with?",
    "I'm afraid our articles don't cover that. Shall I pass you to our team?",
    "Hmm, I'm not sure about that. Could you rephrase your question?",
    "That is outside of what I can answer at the moment.",
)
GIVES_UP = ("ok never mind", "right, not helpful", "I'll look elsewhere then", "ok", "that's a shame. bye", "")
WANTS_HUMAN = (
    "can I talk to a real person please",
    "yes please, put me through to someone",
    "agent",
    "I want to speak to a human",
    "pass me on then pls",
)
STALLS = (
    "Hi, {agent} here. Let me ask the team and come back to you by e-mail.",
    "Hello, this is {agent}. I'm not sure myself, I'll check and write to you.",
    "I have passed this on to my manager, somebody will be in touch.",
    "Thanks for waiting. I can't say right now, I have opened a ticket for you.",
    "Good question! Leave me your number and a colleague will ring you.",
    "I'm only covering for somebody today, sorry. I've put it on the list for tomorrow.",
    "Hmm, nobody here knows at the moment. We'll write as soon as we do.",
    "That's one for head office, I have forwarded your chat.",
    "I'd rather not guess. Could you write to us by e-mail with all the details?",
    "Our expert is on leave until Monday, I've left a note on the desk.",
)
GREETS = ("Hi", "hello?", "Hi there", "Good morning", "hey", "Hello, anyone there?")
OPENERS = (
    "Hi, ", "Hi ", "hi - ", "Hello! ", "Hello, ", "hello there. ", "hey there, ", "Hey! ", "Hiya, ", "Good evening, ",
    "Good afternoon. ", "Morning, ", "Hi team, ", "Dear all, ", "Hi folks, hope you're well. ", "Quick question: ",
    "Quick one, ", "Question for you - ", "Sorry to bother you, ", "just wondering, ", "I was wondering: ",
    "Excuse me, ",
    "Hi there! Love your shop btw. ", "Long-time customer here. ", "First time buyer, ", "Not sure who to ask, ",
    "So, ", "ok so ", "Hey, me again. ", "Hi, my name is Jo. ",
)  # fmt: skip
THANKS = ("thanks!", "Perfect, thank you", "great, ta", "ok thanks a lot", "cheers", "That helps, thanks.", "")
AGENTS = ("Dana", "Imran", "Josie", "Kofi", "Meera")
TAILS = (
    "Thanks in advance", "Cheers", "Need to know today", "pls advise", "Couldn't see it anywhere", "Ta", "asap please",
    "I've looked all over", "No rush", "My wife wants to know", "Please let me know", "Thank you so much",
)  # fmt: skip
LEADS = (
    "My sister told me to ask you.", "I looked on the site and found nothing.", "Maybe a silly question.",
    "We've just moved house.", "I'm on my phone so excuse the spelling.", "One thing first.",
    "Can't find it in the FAQ.",
    "Nobody picks up the phone.", "I'm a bit lost here.", "Third time lucky.",
)  # fmt: skip
ORDERS = (
    "{Where's|where is} my {order|parcel|package}{?|??|, it should be here by now}",
    "{any news|an update} on {##### please|order #####?}",
    "my {order|parcel} {hasn't|has not} {arrived|turned up|come} {yet|and it's been a week}",
    "tracking for ##### hasn't moved since {Monday|Thursday|the 4th}",
    "{please|pls} cancel {order #####|my order from this morning|what I ordered an hour ago}",
    "I {need|want} to change the address on {#####|my last order}",
    "{courier|driver} says he {tried|couldn't find us}, {I was in all day|please ring me}",
    "you've {charged|billed} me twice for #####",
    "{there's|theres} {one|an} item missing from {my box|order #####}",
    "{wrong|not the right} {item|colour|thing} in my {parcel|order #####}",
    "{did|have} you {get|received} what I sent back last week{?|, ref #####?}",
    "has my refund for ##### {been sent|gone through}",
    "{can|could} you send me the tracking {link|number} for #####",
    "why is ##### still {processing|pending|not shipped}",
    "it says delivered but {nothing is here|I've got nothing|not at my door}",
    "I put the wrong {phone number|house number|postcode} on my order #####",
    "add a note for the driver on ##### please: {leave it with the neighbour|side gate|ring twice}",
    "my box came {crushed|damaged|soaked}, order #####",
    "when exactly is ##### {coming|due|arriving}",
    "{payment|card} went through but no {confirmation|e-mail} for my order",
)
ALSO = ("Also, ", "And another thing: ", "Oh and ", "Second question, ", "While I'm here: ")


@dataclass(frozen=True, slots=True)
class Topic:
    """What customers of one shop ask about."""

    name: str
    truth: str
    raw: Mapping[str, Any]

    @property
    def is_gap(self) -> bool:
        """Whether a finding should name it."""
        return self.truth in RULE

    @property
    def article(self) -> str | None:
        """The article that answers it."""
        found = self.raw.get("article")
        return None if found is None else str(found)

    def texts(self, key: str, german: bool) -> list[str]:
        """Wordings under a key, in German where it was asked in German and there are such."""
        return list((self.raw.get(f"{key}_de") if german else None) or self.raw.get(key, []))

    @property
    def asks(self) -> list[tuple[str, bool]]:
        """Every wording, and whether it is German."""
        common = ORDERS if self.truth == "order" else ()
        german = [(text, True) for text in self.raw.get("ask_de", [])]
        return german + [(text, False) for text in (*self.raw["ask"], *common)]

    @property
    def volume(self) -> int:
        """How many conversations open with it."""
        return int(self.raw.get("volume", len(self.asks)))


Outcome = tuple[bool | None, int | None]


class Talk:
    """The messages of one conversation as they are said."""

    def __init__(self, at: datetime, dice: random.Random) -> None:
        self.at, self.dice = at, dice
        self.messages: list[Row] = []
        self.escalated = False
        self.agent: str | None = None

    @property
    def handled_by(self) -> str:
        """Who spoke: the assistant, an agent or both."""
        roles = {message["role"] for message in self.messages}
        return "both" if {"ai", "agent"} <= roles else "human" if "agent" in roles else "ai"

    def say(self, role: str, text: str, **more: object) -> None:
        """Add a message; an empty one is not said."""
        if text:
            self.messages.append({"role": role, "text": text, "at": self.at.isoformat(), **more})
            self.at += timedelta(seconds=15 + self.dice.randrange(120))

    def hand_over(self, ask: bool = True) -> None:
        """From the assistant to an agent."""
        if ask:
            self.say("customer", self.dice.choice(WANTS_HUMAN))
        self.escalated = True
        self.agent = self.dice.choice(AGENTS)
        self.say("system", "The conversation was transferred to the support team.")

    def reply(self, text: str) -> None:
        """An agent's reply."""
        self.agent = self.agent or self.dice.choice(AGENTS)
        greeting = self.dice.choice(("", "", f"Hi, this is {self.agent}. ", "Thanks for getting in touch! "))
        self.say("agent", greeting + text)


def cited(topic: Topic, dice: random.Random) -> Row:
    """What the assistant retrieved for an answer, with its confidence."""
    return {"sources": [topic.article], "confidence": _sure(dice, 0.75)} if topic.article else {}


def _sure(dice: random.Random, around: float) -> float:
    """A confidence as bots state it: higher where they know, with much overlap."""
    return round(min(max(dice.gauss(around, 0.17), 0.02), 0.99), 2)


def _rating(dice: random.Random, bad: float) -> int | None:
    if dice.random() < 0.55:
        return None
    return dice.choice((1, 2, 2)) if dice.random() < bad else dice.choice((4, 5, 5))


def _answered(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    if topic.raw.get("by") == "human" or dice.random() < 0.1:
        talk.reply(dice.choice(topic.texts("ai", german)))
    else:
        if dice.random() < 0.06 and not german:
            talk.say("ai", "Sorry, I didn't get that. Could you say it in other words?")
            talk.say("customer", dice.choice((text.lower(), f"I said: {text}", f"again: {text}")))
        talk.say("ai", dice.choice(topic.texts("ai", german)), **cited(topic, dice))
    if topic.raw.get("follow") and dice.random() < 0.3:
        asked, said = dice.choice(topic.raw["follow"])
        talk.say("customer", asked)
        talk.say("ai", said, **cited(topic, dice))
    if not german:
        talk.say("customer", dice.choice(THANKS))
    unresolved = topic.raw.get("unresolved", 0.05)
    lot = dice.random()
    resolved = False if lot < unresolved else None if lot < unresolved + 0.08 else True
    return resolved, _rating(dice, topic.raw.get("bad_csat", 0.08))


def _missing(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    wrong, near = topic.raw.get("wrong", []), topic.raw.get("near", [])
    if wrong and dice.random() < 0.3:
        talk.say("ai", dice.choice(wrong), sources=near[:1], confidence=_sure(dice, 0.6))
        talk.say("customer", dice.choice(("that's not what I asked", "no, that is something else", "Not my question.")))
        if dice.random() < 0.4:
            return False, _rating(dice, 0.8)
    sources = near if dice.random() < 0.5 else []
    talk.say("ai", dice.choice(NO_IDEA), sources=sources, confidence=_sure(dice, 0.4))
    if dice.random() < 0.4:
        talk.hand_over()
        talk.reply(dice.choice([*topic.texts("agent", german), *STALLS]).format(agent=talk.agent))
        return dice.choice((False, False, None, True)), _rating(dice, 0.6)
    talk.say("customer", "" if german else dice.choice(GIVES_UP))
    return dice.choice((False, False, False, None)), _rating(dice, 0.8)


def _undocumented(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    if dice.random() < 0.6:
        near = topic.raw.get("near", []) if dice.random() < 0.4 else []
        talk.say("ai", dice.choice(NO_IDEA), sources=near, confidence=_sure(dice, 0.4))
        talk.hand_over(ask=not german)
    talk.reply(dice.choice(topic.texts("agent", german)))
    talk.say("customer", "" if german else dice.choice(THANKS))
    return dice.choice((True, True, True, None)), _rating(dice, 0.15)


def _hidden(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    near = topic.raw.get("near", []) if dice.random() < 0.5 else []
    talk.say("ai", dice.choice(NO_IDEA), sources=near, confidence=_sure(dice, 0.45))
    if dice.random() < 0.6:
        talk.hand_over()
        talk.reply(dice.choice(topic.texts("agent", german)))
        talk.say("customer", dice.choice(THANKS))
        return dice.choice((True, True, None)), _rating(dice, 0.2)
    talk.say("customer", dice.choice(GIVES_UP))
    return dice.choice((False, False, None)), _rating(dice, 0.8)


def _bot(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    talk.say("ai", dice.choice(topic.texts("ai", german)), **cited(topic, dice))
    if dice.random() < 0.5:
        talk.hand_over()
        talk.reply(dice.choice(topic.texts("agent", german)))
        return dice.choice((True, None)), _rating(dice, 0.4)
    talk.say("customer", dice.choice(GIVES_UP))
    return False, _rating(dice, 0.85)


def _order(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    dice = talk.dice
    talk.say("customer", text)
    if dice.random() < 0.35:
        talk.say("ai", "I can't look into single orders. I'll hand you to my colleagues.")
        talk.hand_over(ask=False)
        talk.reply(dice.choice(topic.texts("ai", german)))
    else:
        talk.say("ai", dice.choice(topic.texts("ai", german)))
    return dice.choice((True, True, None, False)), _rating(dice, 0.3)


def _small(talk: Talk, topic: Topic, text: str, german: bool) -> Outcome:
    talk.say("customer", text)
    talk.say("ai", talk.dice.choice(topic.texts("ai", german)))
    return talk.dice.choice((True, None)), _rating(talk.dice, 0.1)


OUTCOMES = {
    "answered": _answered, "missing": _missing, "undocumented": _undocumented, "hidden": _hidden, "bot": _bot,
    "order": _order, "small": _small, "rare": _missing,
}  # fmt: skip


def filled(text: str, dice: random.Random) -> str:
    """`{a|b}` is one of them, `#` a digit."""
    text = re.sub(r"\{([^{}]*)\}", lambda found: dice.choice(found[1].split("|")), text)
    return "".join(str(dice.randrange(1, 10)) if letter == "#" else letter for letter in text)


def mistyped(text: str, dice: random.Random) -> str:
    """One slip of the keyboard in a longer word: two letters swapped, one lost or one doubled."""
    words = text.split(" ")
    long = [index for index, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    index = dice.choice(long)
    word = words[index]
    at = dice.randrange(1, len(word) - 2)
    kind = dice.randrange(3)
    if kind == 0:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif kind == 1:
        word = word[:at] + word[at + 1 :]
    else:
        word = word[:at] + word[at] + word[at:]
    words[index] = word
    return " ".join(words)


def varied(text: str, dice: random.Random) -> str:
    """The same ask as somebody else types it: other case, no marks, a tail, a sentence before it."""
    kind = dice.randrange(5)
    if kind == 0:
        return text.lower().rstrip("?.!")
    if kind == 1:
        return f"{text.rstrip('?.!')}? {dice.choice(TAILS)}"
    if kind == 2:
        return text.replace("I'm", "im").replace("don't", "dont").replace("can't", "cant").replace("?", "??")
    if kind == 3:
        return f"{dice.choice(LEADS)} {text}"
    return text
