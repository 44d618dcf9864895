"""What a record holds and a sentence denies, and the other way round; values whose opposite a sentence states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import Contradiction, named
from kbaudit.facts.support_text import Sentence, Word, is_denying, sentence
from kbaudit.facts.support_words import opposite
from kbaudit.text.stem import fold, stem

_I = re.IGNORECASE
YES = frozenset("yes true included available y".split())
NO = frozenset("no none false n/a nil not".split())
NOTHING = re.compile(r"^\W*(?:no|none|n/a|nil|not applicable|unknown|-|–|0)?\W*$", _I)
WITHOUT = r"\b(?:(?:no|without (?:an? |any )?)|(?:never|not|n['’]t)(?: \w+){0,2} (?:any|an?))\s+(?:\w+\s+){0,1}"
MALE = frozenset("male man men boy boys stallion gelding he his him himself mens".split())
FEMALE = frozenset("female woman women girl girls mare she her hers herself womens ladies".split())


def _titles(record: Sequence[Attribute]) -> frozenset[str]:
    """The stems of the names of what the record is about."""
    return frozenset(
        part for item in record if item.key.lower() in ("title", "name") for part in sentence(item.text).stems
    )


def members(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Does not come in green" where green is one of the colours listed."""
    if not claim.denied:
        return None
    titles = _titles(record)
    for attribute in record:
        if attribute.key.lower() in ("title", "name"):
            continue
        for value in attribute.values:
            words = [word for word in sentence(re.sub(r"\([^)]*\)", " ", value)).content if not word.text[0].isdigit()]
            if not words or len(words) > 4 or any(word.stem in titles for word in words):
                continue
            if all(word.stem in claim.denied for word in words):
                at = [word for word in claim.words if word.stem in {word.stem for word in words}]
                return Contradiction(attribute, (at[0].start, at[-1].end), claim.text[at[0].start : at[-1].end], 0.75)
    return None


def keys(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Has no zip" or "never won any awards" where the record lists them."""
    if not is_denying(claim.text):
        return None
    for attribute in record:
        words = re.findall(r"[^\W\d_]{3,}", attribute.key)
        if not 1 <= len(words) <= 2 or NOTHING.match(attribute.text) or fold(attribute.text) in NO:
            continue
        noun = r"\s+".join(re.escape(word.rstrip("s")) + r"(?:s|es)?" for word in words)
        match = re.search(rf"{WITHOUT}{noun}\b(?! (?:of|for|than|by)\b)", claim.text, _I)
        if match:
            return Contradiction(attribute, match.span(), match.group(), 0.75)
    return None


def booleans(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "It is waterproof" where the record says "Waterproof: no", and the denial of what it says yes to."""
    for attribute in record:
        first = fold(attribute.text).strip(" .!").split(",")[0].split(" ")[0] if attribute.text else ""
        if first not in YES | NO or not attribute.words:
            continue
        words = [word for word in claim.words if word.stem in attribute.words]
        if len({word.stem for word in words}) < len(attribute.words):
            continue
        denied = any(word.stem in claim.denied for word in words)
        if denied == (first in YES):
            return Contradiction(attribute, (words[0].start, words[-1].end), words[0].text, 0.8)
    return None


def opposed(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """A word whose opposite is the whole value of an attribute, while no attribute holds the word itself."""
    if is_denying(claim.text):
        return None
    held = frozenset(part for item in record for part in sentence(f"{item.key} {item.text}").stems)
    said = [word for word in claim.content if word.stem not in held]
    meant = {id(attribute) for attribute, _ in named(claim, record)}
    for attribute in record:
        value = sentence(attribute.text).content
        if len(value) != 1 or (id(attribute) not in meant and len(value[0].text) < 6):
            continue
        word = next((word for word in said if opposite(word.stem, value[0].stem)), None)
        if word is not None:
            return Contradiction(attribute, (word.start, word.end), word.text, 0.75)
    return None


def gender(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "For women" where the record says male."""
    for attribute in record:
        if not attribute.words & {stem("sex"), stem("gender")}:
            continue
        said = {_plain(word) for word in sentence(attribute.text).words}
        side = (MALE, FEMALE) if said & MALE else (FEMALE, MALE)
        if not said & side[0] or said & side[1] or is_denying(claim.text):
            continue
        other = next((word for word in claim.words if _plain(word) in side[1]), None)
        if other is not None and not any(_plain(word) in side[0] for word in claim.words):
            return Contradiction(attribute, (other.start, other.end), other.text, 0.75)
    return None


def _plain(word: Word) -> str:
    return word.folded.replace("'", "")
