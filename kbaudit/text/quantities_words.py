"""Numbers written as words, in English, German, French and Spanish."""

from __future__ import annotations

import re

_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DE_UNITS = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
).split()
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()

WORDS: dict[str, int] = {}
WORDS.update({word: value for value, word in enumerate(_EN_UNITS)})
WORDS.update({word: 10 * value for value, word in enumerate(_EN_TENS, 2)})
WORDS.update(
    {f"{ten}-{_EN_UNITS[unit]}": 10 * value + unit for value, ten in enumerate(_EN_TENS, 2) for unit in range(1, 10)}
)
WORDS.update(
    {f"{ten} {_EN_UNITS[unit]}": 10 * value + unit for value, ten in enumerate(_EN_TENS, 2) for unit in range(1, 10)}
)
WORDS.update({word: value for value, word in enumerate(_DE_UNITS) if value != 1})
WORDS.update({"eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "dreissig": 30, "zwoelf": 12, "fuenf": 5})
WORDS.update({word: 10 * value for value, word in enumerate(_DE_TENS, 2)})
WORDS.update(
    {f"{_DE_UNITS[unit]}und{ten}": 10 * value + unit for value, ten in enumerate(_DE_TENS, 2) for unit in range(1, 10)}
)
WORDS.update(
    {
        "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
        "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30,
        "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
        "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
        "diez": 10, "doce": 12, "trece": 13, "catorce": 14, "veinte": 20, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "noventa": 90, "cien": 100,
        "twice": 2, "hundred": 100, "hundert": 100,
    }
)  # fmt: skip
# "a" and its kin count one only before a unit of time ("a year", "one hour").
ARTICLES = frozenset({"a", "an", "un", "une", "una", "ein", "eine", "einen", "einem", "einer", "eines", "one"})

PATTERN = "|".join(sorted((re.escape(word) for word in WORDS), key=lambda word: (-len(word), word)))


def value(word: str) -> int | None:
    """The number that a word stands for."""
    return WORDS.get(word.lower())
