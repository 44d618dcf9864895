"""Words that dates are said in: months, weekdays, ordinals, numbers, units and the pointers this, next and last."""

from __future__ import annotations

import re

from kbaudit.text.dates import ORDINAL_WORDS, ordinal_number

IGNORE = re.IGNORECASE


MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"


WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wedn?(?:es(?:day)?)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b\.?"


ORDINAL = (
    "(?:"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True))
    + r"|\d{1,2}(?:st|nd|rd|th))"
)


NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|a\scouple\s(?:of)?|(?:a\s)?few|several|half\sa)"


UNIT = r"(?:business\sdays?|days?|weekends?|weeks?|wks?|fortnights?|months?|mos?|quarters?|years?|yrs?|decades?|centur(?:y|ies))"


THIS = r"(?:this|current|the\scurrent|the\ssame|same|the\s(?:present)|my|our|present)"


NEXT = r"(?:(?:the\s)?(?:next|coming|upcoming|following|forthcoming|subsequent)|this\s(?:coming|upcoming))"


LAST = r"(?:(?:the\s)?(?:last|past|previous)|this\spast)"


RELATIVE = rf"(?:{THIS}|{NEXT}|{LAST})"


_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "few": 3, "several": 3,
    "a few": 3, "a couple": 2, "a couple of": 2,
}  # fmt: skip


QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


QUARTER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter"


CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
}  # fmt: skip


CARDINAL = (
    r"(?:(?:twenty|thirty)[ -](?:one|two|three|four|five|six|seven|eight|nine)|"
    + "|".join(sorted(CARDINALS, key=len, reverse=True))
    + ")"
)


def number_of(text: str) -> int:
    text = " ".join(text.lower().split())
    return int(text) if text.isdigit() else _WORDS.get(text, 1)


def direction(text: str) -> int:
    """-1, 0 or 1 for last, this, next."""
    text = " ".join(text.lower().split())
    if re.search(r"next|coming|following|subsequent", text):
        return 1
    return -1 if re.search(r"last|past|previous", text) else 0


def ordinal(text: str) -> int:
    return int(re.match(r"\d+", text).group()) if text[0].isdigit() else ordinal_number(text)  # type: ignore[union-attr]


def cardinal(text: str) -> int:
    return sum(CARDINALS[word] for word in re.split(r"[ -]", text.lower()))
