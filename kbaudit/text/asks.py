"""What a customer really asks: the asks of a conversation, without greetings, thanks, calls for a human, replies to the
shop's own questions, and requests about one order that no article could answer.

Cues are function words and set phrases of English, German, French and Spanish; a text in another language is read by
its question marks alone. All cues look at folded text (lower case, no accents).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kbaudit.text.asks_manners import closed, manners, opened
from kbaudit.text.asks_words import (
    ABOUT_ORDERS,
    AFTER,
    BACK,
    BARE_NUMBER,
    BEFORE,
    DOUBT,
    EVENT,
    FUNCTION,
    GENERAL,
    HUMAN,
    INDIRECT,
    JOINT,
    LANGUAGE_WORDS,
    LEAD_IN,
    NEED,
    NUMBERED,
    PLACEHOLDER,
    PLEASANT,
    QUESTION,
    REACTION,
    RULE,
    SEAM,
    SHIFT,
    STATUS,
    UNDER_WAY,
    UNHAPPY,
    WORD,
)
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold, stem

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask: the index of the customer's message that holds it, its words, how often it was asked again, and whether
    the customer then said that the answer does not help (`unhappy`) or called for a human (`human`)."""

    message: int
    text: str
    again: int = 0
    unhappy: bool = False
    human: bool = False


def language_of(text: str) -> str | None:
    """The language whose function words a text uses most; None where the text does not tell."""
    words = [fold(word) for word in WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in LANGUAGE_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    second = sorted(counts.values())[-2]
    return best if counts[best] >= 2 and counts[best] > second else None


def content(text: str) -> set[str]:
    """Stems of the words that carry the subject."""
    return set(_content(text))


# The same asks and sentences are compared again and again: what was read of them is remembered.
@lru_cache(maxsize=65536)
def _content(text: str) -> frozenset[str]:
    words = map(_subject, WORD.findall(PLACEHOLDER.sub(" ", text)))
    return frozenset(word for word in words if word)


@lru_cache(maxsize=65536)
def _subject(word: str) -> str:
    """The stem of a word that carries the subject, else nothing."""
    plain = fold(word)
    return stem(plain) if plain not in FUNCTION and len(plain) > 1 else ""


def bare(sentence: str) -> str:
    """The sentence without the greeting and the manners in front of it and the thanks behind it; always a slice of
    it."""
    rest = BEFORE.sub("", sentence.strip())
    rest = BEFORE.sub("", rest[opened(rest) :])
    rest = rest[: closed(rest)]
    cut = AFTER.search(rest)
    if cut:
        mark = re.match(r"\s*([?!.]+)", rest[cut.start() :])
        rest = rest[: cut.start() + (mark.end() if mark else 0)]
    return rest.strip() if content(rest) else sentence.strip()


def pleasantry(sentence: str) -> bool:
    """Greeting, thanks, closing, nod, excuse, praise: nothing asked."""
    plain = fold(PLACEHOLDER.sub(" ", sentence)).replace("’", "'").strip(" .,!?;:-–—*\"'()")
    plain = " ".join(plain.split())
    return not re.search(r"[^\W_]", plain) or PLEASANT.fullmatch(plain) is not None or manners(sentence)


def wants_human(text: str) -> bool:
    """A call for a human."""
    return HUMAN.search(fold(text).replace("’", "'")) is not None


def explicit(sentence: str) -> bool:
    """A question by its mark, its first words, or in indirect speech."""
    plain = fold(sentence).replace("’", "'").strip()
    return (
        plain.endswith(("?", "?)", "?!", '?"', "？"))
        or plain.startswith("¿")
        or bool(QUESTION.match(plain) or INDIRECT.search(plain))
    )


def order_specific(text: str) -> bool:
    """A request about one order, parcel or refund that is in progress: only a look into the system answers it."""
    plain = fold(text).replace("’", "'")
    if EVENT.search(plain) and not RULE.search(plain):
        return True
    if GENERAL.search(plain):
        return False
    numbered = NUMBERED.search(plain) or (BARE_NUMBER.search(plain) and UNDER_WAY.search(plain))
    about = {word for word in content(plain) if not ABOUT_ORDERS.match(word) and not word.isdigit()}
    if STATUS.search(plain):
        return len(about) <= 2
    return bool(numbered) and len(about) <= 3


def message_asks(text: str) -> list[str]:
    """The asks of one message that opens a topic: statements go with the question that they lead to; questions about
    different things are parted; what remains when pleasantries are gone is an ask even without a question mark."""
    asks: list[str] = []
    for part in _parts(text):
        groups, asked = _groups(part)
        # A group that asks nothing belongs to the one before it, or opens the one after it.
        merged: list[list[str]] = []
        for number, group in enumerate(groups):
            if merged and not asked[number] and not NEED.search(fold(" ".join(group))):
                merged[-1].extend(group)
            else:
                merged.append(group)
        asks.extend(shorten(group) for group in merged if _says(" ".join(group)))
    return asks


def _groups(text: str) -> tuple[list[list[str]], list[bool]]:
    """The sentences of one topic each, and whether they ask."""
    groups: list[list[str]] = []
    asked: list[bool] = []
    for sentence in _clauses(text):
        if pleasantry(sentence) or (
            wants_human(sentence) and len(content(sentence)) <= 6 and not explicit_topic(sentence)
        ):
            continue
        sentence = bare(sentence)
        question = explicit(sentence)
        plain = fold(sentence)
        if groups and not SHIFT.match(plain) and not (question and asked[-1] and _apart(groups[-1], sentence)):
            groups[-1].append(sentence)
            asked[-1] = asked[-1] or question
        else:
            groups.append([sentence])
            asked.append(question)
    return groups, asked


def _parts(text: str) -> list[str]:
    """The text parted where it turns to something else; what refers back, or says too little to stand alone, stays."""
    parts: list[str] = []
    start = at = 0
    for seam in SEAM.finditer(text):
        after = text[seam.end() :]
        if len(content(text[at : seam.start()])) < 2 or len(content(after)) < 2:
            continue
        if _refers(after[:60]) and not explicit(after):
            continue
        parts.append(text[start : seam.start()])
        start = at = seam.end()
    return [*parts, text[start:]]


def _says(text: str) -> bool:
    """Something to find an answer by: a content word, a full question, or a script whose words are not known here."""
    return bool(content(text)) or not _latin(text) or (explicit(text) and len(WORD.findall(text)) >= 7)


def explicit_topic(sentence: str) -> bool:
    """A call for a human that says what it is about."""
    return (
        re.search(
            r"\b(?:about|regarding|because|since|why|wegen|uber|au sujet|a propos|sobre|porque)\b", fold(sentence)
        )
        is not None
    )


def _latin(text: str) -> bool:
    return sum(sign.isascii() for sign in text) * 2 >= len(text)


def _clauses(text: str) -> list[str]:
    found: list[str] = []
    for start, end in split(text):
        sentence = text[start:end]
        if sentence.rstrip().endswith("?"):
            parts = JOINT.split(sentence)
            while len(parts) > 1:
                head, rest = parts[0], " ".join(parts[1:])
                if explicit(head) and len(content(head)) >= 2 and len(content(parts[1])) >= 2 and not _refers(parts[1]):
                    found.append(head)
                    parts = parts[1:]
                    sentence = rest if len(parts) == 1 else sentence
                else:
                    parts = [f"{parts[0]} and {parts[1]}", *parts[2:]]
            found.append(parts[0] if found and found[-1] != sentence and parts[0] in sentence else sentence)
        else:
            found.append(sentence)
    return found


def _refers(sentence: str) -> bool:
    return BACK.search(fold(sentence)) is not None


def _apart(group: Sequence[str], sentence: str) -> bool:
    own = content(sentence)
    before = content(" ".join(group))
    rest = re.sub(r"^\W*(?:and|und|et|y)\b\s*(?=\w+\s+\w+\s+\w+)", "", sentence, flags=re.IGNORECASE)
    return len(own) >= 2 and len(before) >= 2 and not own & before and not _refers(rest)


def shorten(sentences: Sequence[str]) -> str:
    """The sentences as one text; of a long one its questions, its needs and what leads to them."""
    text = " ".join(" ".join(sentences).split())
    if len(text) <= LONGEST:
        return text
    kept = [s for s in sentences if explicit(s) or NEED.search(fold(s))] or list(sentences)
    short = " ".join(" ".join(kept).split())
    return short if len(short) <= LONGEST else short[:LONGEST].rsplit(" ", 1)[0]


def similar(one: str, other: str) -> float:
    """Share of the smaller text's content that the other has too: 0 to 1."""
    a, b = content(one), content(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def asks_of(turns: Sequence[tuple[str, str]]) -> list[Ask]:
    """The asks of a conversation, given as (role, text) of every message in order.

    Before anybody has answered, every message of the customer opens or continues a topic. Later a message counts if
    it asks or says a need and is no reply to a question of the shop; short follow-ups carry the ask they refer to."""
    found: list[Ask] = []
    answered = dropped = False
    last_other = last_role = ""
    for index, (role, text) in enumerate(turns):
        if role in ("ai", "agent"):
            answered = answered or bool(found) or dropped
            last_other, last_role = text, role
            continue
        if role != "customer" or not text.strip():
            continue
        if answered:
            unhappy = UNHAPPY.search(fold(text).replace("’", "'")) is not None
            human = wants_human(text) and not explicit_topic(text)
            if found and (unhappy or human):
                found[-1] = replace(found[-1], unhappy=found[-1].unhappy or unhappy, human=found[-1].human or human)
            if unhappy or human:
                continue
        replying = last_other.rstrip().endswith("?") and answered
        for piece in message_asks(text):
            question = explicit(piece)
            if order_specific(piece):
                dropped = True
                continue
            if not answered:
                if found and not question and found[-1].message == index - 1 and not NEED.search(fold(piece)):
                    found[-1] = replace(found[-1], text=shorten([found[-1].text, piece]))
                else:
                    _add(found, index, piece)
                continue
            if not question and (replying or not NEED.search(fold(piece)) or len(content(piece)) < 3):
                continue
            own = {word for word in content(piece) if not word.isdigit() and word not in DOUBT}
            if not QUESTION.match(fold(piece)):
                own -= REACTION
            # What is written to an agent who has taken over is mostly about the case at hand.
            if not own or (last_role == "agent" and len(own) < 3):
                continue
            if question and replying and not piece.rstrip().endswith("?") and len(content(piece)) < 3:
                continue
            _add(found, index, piece)
    return found


def _add(found: list[Ask], index: int, piece: str) -> None:
    for number, known in enumerate(found):
        if known.message != index and len(content(piece)) >= 2 and similar(piece, known.text) >= 0.75:
            found[number] = replace(known, again=known.again + 1)
            return
    if (
        found
        and found[-1].message != index
        and (len(content(piece)) < 2 or (_refers(piece) and len(content(piece)) < 4))
    ):
        piece = shorten([found[-1].text, piece])
    found.append(Ask(index, piece))


@lru_cache(maxsize=65536)
def essence(text: str) -> str:
    """The ask without its lead-in ("I would like to know whether …"): what is compared with other asks and articles."""
    rest = LEAD_IN.sub("", PLACEHOLDER.sub(" ", text), count=1).strip(" ,.:;")
    return " ".join(rest.split()) if len(content(rest)) >= 2 else text
