"""Counts and amounts that a sentence gives, against those of a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import Contradiction, named
from kbaudit.facts.support import agrees, comparable, scale
from kbaudit.facts.support_text import Sentence, is_denying
from kbaudit.text.quantities import find
from kbaudit.text.quantities_words import value as number_word
from kbaudit.text.stem import fold, stem

_I = re.IGNORECASE
SINGLE = re.compile(
    r"\b(only one|just one|a single|(?:only|exactly) 1|one single|a sole|(?:his|her|their"
    r"|its) only)\s+((?:[^\W\d_]+\s?){1,3})",
    _I,
)
SEVERAL = re.compile(r"\b(multiple|several|numerous|many|more than one|two or more)\s+((?:[^\W\d_]+\s?){1,3})", _I)
BOUND = (
    r"(?P<low>more than|over|at least|no fewer than|no less than)"
    r"|(?P<high>(?:fewer|less) than|at most|no more than)"
)
BOUNDED_COUNT = re.compile(
    rf"\b(?:{BOUND})\s+(?P<number>(?:a |half a )?dozen|a couple(?: of)?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve|\d{1,4})\s+(?P<noun>(?:[^\W\d_]+\s?){1,3})",
    _I,
)
FEW_WORDS = {"dozen": 12, "a dozen": 12, "half a dozen": 6, "a couple": 2, "a couple of": 2}
COMPARED = re.compile(
    r"\b(?:(?P<more>more|fewer|less)\s+(?P<a>(?:[^\W\d_]+[\s-]){1,3})than\s+(?:it (?:has|does)\s+)?"
    r"(?P<b>(?:[^\W\d_]+[\s-]?){1,3})"
    r"|(?P<same>as many|the same number of|the same amount of)\s+(?P<c>(?:[^\W\d_]+[\s-]){1,3})(?:as|and)\s+"
    r"(?P<d>(?:[^\W\d_]+[\s-]?){1,3}))",
    _I,
)
COUNTED = re.compile(r"\b(no|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+((?:[^\W\d_]+\s?){1,3})", _I)
_BOUNDED = re.compile(r"\b(?:over|under|than|about|around|least|most|almost|nearly|up to)\W+(?:\w+\W+)?$", _I)
_COMPARATIVE = re.compile(
    r"\b(?:(?P<over>longer|heavier|larger|bigger|higher|taller|wider|deeper)"
    r"|shorter|lighter|smaller|lower|narrower) than\W*$",
    _I,
)
CLOCK = re.compile(r"^\s*(\d{1,3})\s?:\s?([0-5]\d)(?:\s?:\s?([0-5]\d))?\b")
PLURAL_KEYS = re.compile(r"(?:s|\(s\)|children)\W*$", _I)
COUNT_WORDS = {
    stem(word): stem(key)
    for word, key in {
        "wife": "spouse", "wives": "spouse", "husband": "spouse", "husbands": "spouse",
        "marriages": "spouse", "times": "",
        "kids": "children", "child": "children", "son": "children", "daughter": "children", "sons": "", "daughters": "",
        "singers": "", "people": "",
    }.items()
}  # fmt: skip


def counts(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    for pattern in (SINGLE, SEVERAL, COUNTED):
        for match in pattern.finditer(claim.text):
            attribute = _counted(match[2], record)
            if attribute is None:
                continue
            count = _count(attribute)
            if count is None:
                continue
            if pattern is SINGLE:
                wrong = count > 1
            elif pattern is SEVERAL:
                wrong = count == 1 and bool(PLURAL_KEYS.search(attribute.key))
            else:
                word = match[1].lower()
                said = 0 if word == "no" else int(word) if word.isdigit() else number_word(word)
                before = claim.text[max(0, match.start() - 14) : match.start()].lower()
                wrong = (
                    said is not None
                    and said != count
                    and not re.search(
                        r"(?:than|over|under|least|most|about|first|of)\s*$",
                        before,
                    )
                )
                wrong = wrong and bool(PLURAL_KEYS.search(attribute.key))
            if wrong:
                return Contradiction(attribute, match.span(), match.group(), 0.75)
    return None


def _count(attribute: Attribute) -> int | None:
    alone = re.match(r"^\W*(\d{1,3})\b(?!\s?[-–:.,]\s?\d)", attribute.values[0]) if len(attribute.values) == 1 else None
    if alone:
        return int(alone[1])
    return len(attribute.values)


def bounded_counts(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "More than a dozen ports" where the record lists or counts fewer."""
    for match in BOUNDED_COUNT.finditer(claim.text):
        attribute = _counted(match["noun"], record)
        count = _count(attribute) if attribute else None
        word = match["number"].lower()
        said = FEW_WORDS.get(word) or (int(word) if word.isdigit() else number_word(word))
        if attribute is None or count is None or said is None or not PLURAL_KEYS.search(attribute.key):
            continue
        exact = match["low"] and match["low"].lower() in ("at least", "no fewer than", "no less than")
        open_ = match["high"] and match["high"].lower() in ("at most", "no more than")
        wrong = count < said if exact else count <= said if match["low"] else count > said if open_ else count >= said
        if wrong:
            return Contradiction(attribute, match.span(), match.group(), 0.75)
    return None


def _counted(noun: str, record: Sequence[Attribute]) -> Attribute | None:
    nouns = [stem(fold(word)) for word in noun.split()]
    nouns = [name for word in nouns if (name := COUNT_WORDS.get(word, word))]
    return next((item for noun in nouns for item in record if noun in item.words and len(item.words) <= 2), None)


def compared(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "More students than teachers", "as many inputs as outputs", of two numbers that the record holds."""
    match = COMPARED.search(claim.text)
    if match is None or is_denying(claim.text):
        return None
    first, second = (_quantified(match[a] or match[b], record) for a, b in (("a", "c"), ("b", "d")))
    if first is None or second is None or first[0] is second[0]:
        return None
    a, b = first[1], second[1]
    wrong = a != b if match["same"] else a <= b if match["more"].lower() == "more" else a >= b
    return Contradiction(first[0], match.span(), match.group().strip(), 0.8) if wrong else None


def _quantified(phrase: str, record: Sequence[Attribute]) -> tuple[Attribute, Decimal] | None:
    """The attribute that a phrase names, with its number."""
    wanted = {stem(fold(word)) for word in re.findall(r"[^\W\d_]{3,}", phrase)}
    for attribute in record:
        if attribute.words and attribute.words <= wanted:
            number = re.match(r"\W*(\d[\d,.]*\d|\d)\b", attribute.text)
            if number:
                return attribute, Decimal(re.sub(r",(?=\d{3})", "", number[1]))
            if PLURAL_KEYS.search(attribute.key):
                return attribute, Decimal(len(attribute.values))
    return None


def bounds(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Less than 3 %", "over an hour", "up to 30 minutes" where every figure of the record lies beyond."""
    meant = [attribute for attribute, _ in named(claim, record)]
    for said in claim.quantities:
        if said.kind not in ("money", "measure", "percent", "duration") or said.low is None or said.high is None:
            continue
        bound = said.bound or _word_bound(claim.text, said.start)
        if bound not in ("over", "min", "under", "max"):
            continue
        for attribute in meant:
            held = [q for q in find(_spelled(attribute.text)) if comparable(said, q) and q.unit == said.unit]
            known = [(q.low, q.high) for q in held if q.low is not None and q.high is not None]
            if not known or scale(claim.text, said.end) or any(scale(attribute.text, q.end) for q in held):
                continue
            beyond = (
                all(high < said.low for _, high in known)
                if bound in ("over", "min")
                else all(low > said.high for low, _ in known)
            )
            if beyond:
                return Contradiction(attribute, (said.start, said.end), claim.text[said.start : said.end], 0.8)
    return None


def _word_bound(text: str, at: int) -> str:
    """The bound that a comparative in front of a quantity names."""
    match = _COMPARATIVE.search(text[max(0, at - 16) : at])
    return "" if match is None else "over" if match["over"] else "under"


def _spelled(text: str) -> str:
    """A running time of minutes and seconds ("42:15"), or with hours, in words."""
    clock = CLOCK.match(text)
    if not clock:
        return text
    minutes = int(clock[1]) * (60 if clock[3] else 1) + (int(clock[2]) if clock[3] else 0)
    return f"{minutes} minutes"


def amounts(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    meant = [attribute for attribute, _ in named(claim, record)]
    everything = [q for attribute in meant for q in find(attribute.text)]
    for attribute in meant:
        text = _spelled(attribute.text)
        held = find(text)
        for said in claim.quantities:
            if said.kind not in ("money", "measure", "percent", "duration"):
                continue
            if any(agrees(said, q) for q in everything):
                continue
            rivals = [q for q in held if comparable(said, q) and q.unit == said.unit]
            if len(rivals) != 1:
                continue
            power, other = scale(claim.text, said.end), scale(text, rivals[0].end)
            bounded = said.bound or _BOUNDED.search(claim.text[max(0, said.start - 16) : said.start])
            if power != other or agrees(said, rivals[0]) or bounded:
                continue
            return Contradiction(attribute, (said.start, said.end), claim.text[said.start : said.end], 0.85)
    return None
