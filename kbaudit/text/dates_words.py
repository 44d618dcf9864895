"""Words that dates are said in: months, weekdays, ordinals, numbers, units and the pointers this, next and last."""

from __future__ import annotations

import re

from kbaudit.text.dates import ORDINAL_WORDS, full_year, ordinal_number

IGNORE = re.IGNORECASE

MONTH_NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
MONTH = MONTH_NAME + r"\b\.?"
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wedn?(?:es(?:day)?)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b\.?"
ORDINAL = (
    "(?:"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True))
    + r"|\d{1,2}(?:st|nd|rd|th))"
)

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES_TEXT = "(?:" + "|".join(sorted(_ONES, key=len, reverse=True)) + ")"
_TENS_TEXT = "(?:" + "|".join(_TENS) + ")"
CARDINAL = rf"(?:{_TENS_TEXT}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?|{_ONES_TEXT})"
_TWO_DIGITS = (
    rf"(?:{_TENS_TEXT}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?|ten|eleven|twelve|\w{{3,5}}teen)"
)
YEAR_WORDS = rf"(?:two\sthousand(?:,?\s(?:and\s)?{CARDINAL}\b)?|(?:ten|eleven|twelve|\w{{3,5}}teen|twenty)(?:\shundred(?:\s(?:and\s)?{CARDINAL}\b)?|[ -](?:oh?[ -]{_ONES_TEXT}|{_TWO_DIGITS})\b))"
YEAR = rf"(?:(?:1[5-9]|20)\d\d\b|{YEAR_WORDS})"
# After a month, two digits that are no day are a year ("August 99", "May '21").
SHORT_YEAR = r"(?:['’]\d\d|(?:3[2-9]|[4-9]\d))\b(?![:.,]?\d|\s?(?:%|am\b|pm\b|items?|days?|orders?))"

NUMBER = rf"(?:\d{{1,3}}|(?:a\s)?couple(?:\sof)?|(?:a\s)?few|several|half(?:\sa)?|a\sdozen|{CARDINAL}\b|an?)"
UNIT = r"(?:(?:business|working|work)\sdays?|weekdays?|days?|weekends?|weeks?|wks?|fortnights?|months?|mos?|quarters?|years?|yrs?|decades?|centur(?:y|ies))"
HOUR_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)"
DURATION = rf"{NUMBER}\s?{UNIT}\b(?:(?:,\sand\s|,\s|\sand\s|\s){NUMBER}\s?{UNIT}\b){{0,3}}"

THIS = r"(?:this|current|same|my|our|present)"
NEXT = r"(?:next|coming|upcoming|following|forthcoming|subsequent|this\s(?:coming|upcoming|next))"
LAST = r"(?:last|past|previous|prior|preceding|this\s(?:past|last))"
RELATIVE = rf"(?:{NEXT}|{LAST}|{THIS})"
THE_RELATIVE = rf"(?:(?:the\s)?{RELATIVE})"

# Between the two ends of a range.
UNTIL = r"\s?(?:to|until|till?|through|thru|and|-|–)\s?"

_WORDS = {"a": 1, "an": 1, "few": 3, "several": 3, "a few": 3, "a couple": 2, "a dozen": 12, "half a": 1, "half": 1}

QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4, "final": 4}  # fmt: skip
QUARTER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter"


def number_of(text: str) -> int:
    """How many: digits or words; "a few" is three, "a couple" two."""
    text = " ".join(text.lower().split()).removesuffix(" of")
    if text.isdigit():
        return int(text)
    if text.endswith("couple"):
        return 2
    return _WORDS[text] if text in _WORDS else cardinal(text)


def direction(text: str) -> int:
    """-1, 0 or 1 for last, this, next."""
    text = " ".join(text.lower().split())
    if re.search(r"next|coming|following|subsequent", text):
        return 1
    return -1 if re.search(r"last|past|previous|prior|preceding", text) else 0


def ordinal(text: str) -> int:
    """1 to 31 for `first` or `1st`."""
    return int(re.match(r"\d+", text).group()) if text[0].isdigit() else ordinal_number(text)  # type: ignore[union-attr]


def cardinal(text: str) -> int:
    """1 to 99 for `one` … `ninety nine`."""
    return sum(_ONES.get(word, 0) or _TENS.get(word, 0) for word in re.split(r"[\s-]+", text.lower()))


def day_of(text: str) -> int:
    """The day of the month in digits, as an ordinal or as a cardinal number."""
    if text.isdigit():
        return int(text)
    try:
        return ordinal(text)
    except ValueError:
        return cardinal(text)


def year_of(text: str) -> int:
    """A year in four or two digits or in words ("nineteen ninety nine", "two thousand and five", "twenty oh one")."""
    text = text.strip().lower()
    if re.fullmatch(r"['’]?\d+", text):
        number = int(text.lstrip("'’"))
        return number if number > 99 else number + 1900 if number >= 40 else full_year(text)
    words = [word for word in re.split(r"[\s,-]+", text) if word not in ("and", "o", "oh")]
    if words[:2] == ["two", "thousand"]:
        return 2000 + cardinal(" ".join(words[2:])) if words[2:] else 2000
    rest = [word for word in words[1:] if word != "hundred"]
    return cardinal(words[0]) * 100 + (cardinal(" ".join(rest)) if rest else 0)


def durations(text: str) -> list[tuple[int, str]]:
    """Numbers and units of a duration, largest first as said ("1 month, 21 days")."""
    return [(number_of(m[1]), m[2].lower()) for m in re.finditer(rf"({NUMBER})\s?({UNIT})\b", text, IGNORE)]


__all__ = [
    "CARDINAL", "DURATION", "HOUR_UNIT", "IGNORE", "LAST", "MONTH", "MONTH_NAME", "NEXT", "NUMBER", "ORDINAL",
    "QUARTER", "QUARTERS", "RELATIVE", "SHORT_YEAR", "THE_RELATIVE", "THIS", "UNIT", "UNTIL", "WEEKDAY", "YEAR", "YEAR_WORDS",
    "cardinal", "day_of", "direction", "durations", "number_of", "ordinal", "year_of",
]  # fmt: skip
