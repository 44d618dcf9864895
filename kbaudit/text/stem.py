"""Words of a text in the form in which they are compared: folded, without accents, and lightly stemmed.

Light stemmers (plural, gender, the commonest verb endings) after J. Savoy, "Light stemming approaches for the French,
Portuguese, German and Hungarian languages" (SAC 2006), and for English the first steps of M. F. Porter's (1980).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+|\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+"
)
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
VOWEL = re.compile(r"[aeiouy]")
DOUBLED = re.compile(r"(bb|dd|gg|ll|mm|nn|pp|rr|tt)$")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu)'(?=\w)")


def fold(text: str) -> str:
    """Case, width and accents taken away; `ß` becomes `ss`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def terms(text: str, language: str = "en") -> list[str]:
    """The stemmed words of a text in order; languages written without spaces give overlapping pairs of signs."""
    return list(_short(text, language)) if len(text) <= _SHORT else _terms(text, language)


# Questions are read into words for every way in which they are compared; articles are not.
_SHORT = 400


@lru_cache(maxsize=32768)
def _short(text: str, language: str) -> tuple[str, ...]:
    return tuple(_terms(text, language))


def _terms(text: str, language: str) -> list[str]:
    found: list[str] = []
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match.group()
        if UNSPACED.match(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            found.append(stem(fold(word), language))
    return found


@lru_cache(maxsize=65536)
def stem(word: str, language: str = "en") -> str:
    """The stem of one folded word; words of three letters, numbers and other languages stay as they are."""
    word = word.replace("’", "'")
    if language in ("fr", "it"):
        word = ELISION.sub("", word)
    word = word.removesuffix("'s").replace("'", "")
    if len(word) <= 3 or not word.isalpha():
        return word
    if language == "en":
        return _english(word)
    if language == "de":
        return _german(word)
    if language == "fr":
        return _french(word)
    if language in ("es", "pt", "it"):
        return _iberian(word)
    return word


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and VOWEL.search(base):
            word = base
            if DOUBLED.search(word) and not word.endswith("ll"):
                word = word[:-1]
            break
    for ending in ("ations", "ation", "ments", "ment", "fully", "ness", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4:
            word = base
            break
    if word.endswith("ll") and len(word) > 5:
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word


def _german(word: str) -> str:
    for ending in ("ern", "em", "en", "er", "es", "e", "s", "n"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4:
            return base
    return word


def _french(word: str) -> str:
    if word.endswith("aux") and len(word) > 5:
        word = word[:-3] + "al"
    for ending in ("ements", "ement", "ations", "ation", "ees", "ee", "ez", "er", "es", "e", "s", "x"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4:
            return base
    return word


def _iberian(word: str) -> str:
    for ending in ("aciones", "acion", "mente", "ados", "adas", "ado", "ada", "es", "os", "as", "o", "a", "e", "s"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4:
            return base
    return word
