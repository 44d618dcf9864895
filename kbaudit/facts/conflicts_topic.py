# ruff: noqa: E501 - patterns stand on one line each
"""Two plain sentences about the same few things that state another amount, or the opposite.

The wording may differ altogether; what must agree are the words that carry the topic. This is the path for rules that
nobody has foreseen (the load of a hammock, the price of parking), so it is kept to short, plain, unconditional sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import mask, sentence_in_force
from kbaudit.facts.claims_stated import LIGHT
from kbaudit.facts.conflicts_align import named
from kbaudit.facts.conflicts_figures import figure
from kbaudit.facts.conflicts_lexicon import COMMERCE, contrasted
from kbaudit.facts.conflicts_wording import HARMLESS, NOT_A_RULE, Verdict
from kbaudit.model.document import Span
from kbaudit.text import quantities, stem
from kbaudit.text.quantities import Quantity, same

# Longer sentences say several things at once.
MOST_CHARS, MOST_TOPIC = 170, 9
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|⟦[A-Z]\d+⟧")
_NO = re.compile(r"\b(?:not|no|never|cannot|unable|neither|nor|without|non)\b|n't\b|n’t\b")
# What makes a sentence hold only sometimes, or ask, advise or describe a step.
_OPEN = re.compile(
    r"\b(?:if|unless|except|when|once|only|some|certain|(?<!at )most|depending|provided|as long as|please|make sure|sure|would|could|might|may not|here|below|follow|click|select|button|tap|log in|sign in|press|open the|go to|choose|enter|step|settings|"
    r"used to|was|were|had|example|e\.g|so that|in case|whether|what|which|who|why|how|sorry|worry|hesitate|forget|instead|however|other than|rather|longer)\b(?! (?:of charge|sales))|^(?:yes|no)\b.{0,3}$"
)
_FREE = re.compile(
    r"\b(?:free|no (?:fee|charge|cost|costs|deposit)|free of charge|complimentary|for nothing|at no (?:extra |additional )?(?:cost|charge))\b"
)
_WEAK = LIGHT - frozenset("start starts starting begin begins extra additional each add added".split()) | frozenset(
    """found find contain contains come comes set last lasts run runs apply applies valid covered cover covers due limit limited maximum minimum most least within fee fees amount price prices cost charge charged
    euros dollars pounds percent days hours weeks months years up too very really quite simply usually always every all any both own so good fine okay right put suitable safe took taken""".split()
)
# Verbs that say the same of the same thing.
_SYNONYMS = {
    word: group.split()[0]
    for group in (
        "carry carries carried load loads loaded bear bears support supports holds",
        "keep keeps kept store stores stored hold held",
        "deliver delivers delivered ship ships shipped bring brings brought",
        "send sends sent mail mailed post posted",
        "reserve reserves reserved",
        "book books booked",
        "repair repairs repaired repairing mend mended fix fixed",
        "rent rents rented rental renting hire hired hiring",
        "buy buys bought purchase purchased purchases",
        "assemble assembles assembled assembly",
        "answer answers answered reply replies replied respond responds",
        "refund refunds refunded reimburse reimbursed",
        "cancel cancels canceled cancelled",
        "return returns returned",
        "exchange exchanges exchanged swap swapped",
        "include includes included inclusive",
        "use uses used using",
        "delete deletes deleted erase erased deletion",
        "install installs installed installation",
        "letter letters character characters",
        "person persons people guest guests",
    )
    for word in group.split()
}
_NUMBERED = re.compile(
    r"^\W*(?:option|step|part|question|tip|method|phase|stage|level|\d{1,2}[.)])\s?#?\d{0,3}\b", re.IGNORECASE
)
_SO_FAR = re.compile(r"\b(?:as of (?:today|now)|so far|to date|at present|presently|already)\b", re.IGNORECASE)
_PREDICATES = frozenset("includ requir need necessari possibl avail accept offer allow permit".split())


@dataclass(frozen=True, slots=True)
class Topic:
    """What a plain sentence is about, and what it says of it."""

    text: str
    words: frozenset[str]
    order: tuple[str, ...]
    names: frozenset[str]
    amounts: tuple[Quantity, ...]
    denied: bool
    free: bool
    scope: tuple[tuple[str, frozenset[str]], ...]


@lru_cache(maxsize=100_000)
def read(text: str) -> Topic | None:
    """The topic of a sentence; None where it is no plain statement."""
    if _SO_FAR.search(text):
        return None
    if len(text) > MOST_CHARS or NOT_A_RULE.search(text) or text.endswith(("?", ":")) or text.count(",") > 3:
        return None
    if _NUMBERED.match(text):
        return None
    text = HARMLESS.sub(lambda match: " " * len(match.group()), text)
    found = quantities.find(text)
    masked, _ = mask(text, found)
    if _OPEN.search(masked) or not sentence_in_force(masked):
        return None
    amounts = tuple(item for item in found if item.kind not in ("date",))
    if len(amounts) > 1:
        # "$25 a day": the day is the unit of the price.
        amounts = tuple(
            item
            for index, item in enumerate(amounts)
            if not (
                index
                and item.kind == "duration"
                and item.start - amounts[index - 1].end <= 2
                and text[item.start : item.start + 2].lower() in ("a ", "an")
            )
        )
    if len(amounts) > 1 or any(item.kind == "date" for item in found):
        return None
    order = tuple(match.group().lower().replace("’", "'") for match in _WORD.finditer(masked))
    stems = tuple(
        "⟦" + word[1] if word.startswith("⟦") else stem.stem(part)
        for word in order
        for part in ([word] if word.startswith("⟦") else word.split("-"))
    )
    plain = tuple(word for word in order if not word.startswith("⟦"))
    words = frozenset(
        stem.stem(_SYNONYMS.get(part, part))
        for word in plain
        for part in word.split("-")
        if part not in _WEAK and len(part) > 2 and not part.endswith("n't")
    )
    if not 1 <= len(words) <= MOST_TOPIC:
        return None
    names = frozenset(stem.stem(match.group().lower()) for match in re.finditer(r"(?<=[a-z,;] )[A-Z][\w'-]+", text))
    scope = tuple(
        (name, values)
        for name, values in scopes.of_text(text).items()
        if values and name in ("regions", "segments", "channels", "seasons", "services", "conditions", "days")
    )
    return Topic(
        text, words, stems, names, amounts, len(_NO.findall(masked)) % 2 == 1, bool(_FREE.search(masked)), scope
    )


def judge(a: Topic, b: Topic, titles_a: frozenset[str], titles_b: frozenset[str]) -> Verdict | None:
    """Whether two plain sentences about the same things say something else of them."""
    shared = a.words & b.words
    if contrasted(a.text, b.text):
        return None
    if not shared or a.scope != b.scope or (a.names != b.names and (a.names - b.words) | (b.names - a.words)):
        return None
    # The money of a fee is part of what is said, so one shared word is enough only where nothing else is said.
    left, right = a.words - b.words - titles_b, b.words - a.words - titles_a
    # "Renting" and "rental" are one word here.
    alike = {(x, y) for x in left for y in right if x[:4] == y[:4] and min(len(x), len(y)) >= 4}
    left, right, shared = left - {x for x, _ in alike}, right - {y for _, y in alike}, shared | {x for x, _ in alike}
    if left or right:
        return None
    if any(_modifies(word, a, shared) for word in a.words - b.words) or any(
        _modifies(word, b, shared) for word in b.words - a.words
    ):
        return None
    if _basis(a) and _basis(b) and _basis(a) != _basis(b):
        return None
    said = _said(a, b)
    if said is None or len(shared) < said[1]:
        return None
    label, _ = said
    score = 0.74 if a.words == b.words else 0.66
    topic = " ".join(sorted(shared))
    return Verdict(
        "statement" if label != "what is offered or allowed" else "permission",
        label,
        topic,
        _value(a),
        _value(b),
        _span(a),
        _span(b),
        score,
        plain=True,
        bare=a.words == b.words,
    )


def _said(a: Topic, b: Topic) -> tuple[str, int] | None:
    """What differs, and how many topic words must agree for it to be the same thing; None where nothing differs."""
    if a.amounts and b.amounts:
        x, y = a.amounts[0], b.amounts[0]
        if figure(a.text, x) or figure(b.text, y):
            return None
        if (
            x.kind != y.kind
            or (x.kind == "number" and named(a.text, x.start, x) and named(b.text, y.start, y))
            or (
                x.kind == "number"
                and (
                    (x.low or 0) >= 1000
                    or (
                        not (x.bound and x.bound == y.bound)
                        and (_unit(a) != _unit(b) or _unit(a) not in a.words & b.words)
                    )
                )
            )
            or (x.kind == "measure" and x.unit != y.unit)
        ):
            return None
        if (x.kind == "money" and x.unit != y.unit) or a.denied != b.denied or same(x, y):
            return None
        if (
            x.low is not None
            and y.low is not None
            and (
                (x.low != x.high and x.low <= y.low <= (x.high or y.low))
                or (y.low != y.high and y.low <= x.low <= (y.high or x.low))
            )
        ):
            return None
        if {x.bound, y.bound} in ({"max", "min"}, {"under", "over"}, {"max", "over"}, {"min", "under"}):
            return None
        return (
            {"money": "price", "duration": "period", "percent": "percentage", "time": "time of day"}.get(
                x.kind, "stated number"
            ),
            1 if x.kind == "money" else 2,
        )
    if bool(a.amounts) != bool(b.amounts):
        stated, other = (a, b) if a.amounts else (b, a)
        if stated.amounts[0].kind == "money" and not stated.free and other.free:
            return ("price", 1)
        return None
    if a.denied != b.denied and not (a.free or b.free) and _grants(a) and _grants(b):
        return ("what is offered or allowed", 1 if set(a.order) & set(b.order) & _PREDICATES else 2)
    return None


# What a page about troubles tells of: it happens or it does not, and neither is a promise.
_TROUBLE = re.compile(
    r"\b(?:errors?|fail\w*|crash\w*|problems?|issues?|faults?|warnings?|debug\w*|bugs?)\b", re.IGNORECASE
)


def _grants(topic: Topic) -> bool:
    """Whether a sentence grants, denies or describes something, rather than tell of a trouble."""
    return bool(not _TROUBLE.search(topic.text) or COMMERCE.search(topic.text) or set(topic.order) & _PREDICATES)


def _unit(topic: Topic) -> str:
    """The word that a bare number counts."""
    for index, word in enumerate(topic.order):
        if word.startswith("⟦"):
            return topic.order[index + 1] if index + 1 < len(topic.order) else ""
    return ""


_PER = re.compile(r"\s?(?:per|an?|each|every|/)\s?([a-z]+)", re.IGNORECASE)


def _basis(topic: Topic) -> str:
    """What a price is per: "$2 an hour"."""
    if not topic.amounts or topic.amounts[0].kind != "money":
        return ""
    match = _PER.match(topic.text, topic.amounts[0].end)
    return match.group(1).lower() if match else ""


def _modifies(word: str, topic: Topic, shared: frozenset[str]) -> bool:
    """Whether a word that the other sentence lacks stands before a shared one: "small lamps", "birthday voucher"."""
    return any(item == word and topic.order[index + 1] in shared for index, item in enumerate(topic.order[:-1]))


def _value(topic: Topic) -> str:
    if topic.amounts:
        return topic.text[topic.amounts[0].start : topic.amounts[0].end]
    if topic.free:
        return "free"
    return "no" if topic.denied else "yes"


def _span(topic: Topic) -> Span:
    return (topic.amounts[0].start, topic.amounts[0].end) if topic.amounts else (0, len(topic.text))


def stems(texts: Sequence[str]) -> frozenset[str]:
    """The stems of titles and headings."""
    return frozenset(stem.stem(word) for text in texts for word in re.findall(r"[^\W\d_]{3,}", text.lower()))
