"""The numbers that an article states, in a form in which "a fortnight" and "14 days" are one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbaudit.facts.duplicates_text import Passage
from kbaudit.text.quantities import find as quantities
from kbaudit.text.quantities_words import WORDS

_HOURS = {
    "second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "calendar_day": 24.0, "business_day": 24.0,
    "week": 168.0, "month": 730.5, "year": 8766.0,
}  # fmt: skip
# A month and 30 days are one, two weeks and 15 days are not.
TOLERANCE = 0.03
_WORD = re.compile(r"(?<![\w.,])\d{1,9}(?:[.,]\d{1,4})?(?!\w)|[^\W\d_]{3,}")
# French counts a fortnight as 15 days and a week as eight.
_FRENCH = {"quinze jours": 336.0, "huit jours": 168.0, "quinzaine": 336.0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, and the hours that it stands for where it is a duration or a time of day."""

    value: float
    hours: float | None = None


def numbers(passage: Passage) -> frozenset[Number]:
    """Every number of a passage but 0 and 1, with durations in hours."""
    text = passage.text
    found: set[Number] = set()
    taken: list[tuple[int, int]] = []
    for quantity in quantities(text):
        if quantity.low is None or quantity.kind == "date":
            continue
        taken.append((quantity.start, quantity.end))
        said = text[quantity.start : quantity.end].lower()
        for bound in {quantity.low, quantity.high if quantity.high is not None else quantity.low}:
            value, hours = float(bound), None
            if quantity.kind == "duration" and quantity.unit in _HOURS:
                hours = _FRENCH.get(said, value * _HOURS[quantity.unit])
            elif quantity.kind == "time":
                hours = value / 60
            found.add(Number(value, None if hours is None else round(hours, 4)))
    at = 0
    for match in _WORD.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at < len(taken) and taken[at][0] <= match.start():
            continue
        word = match.group().lower()
        value = float(word.replace(",", ".")) if word[0].isdigit() else float(WORDS.get(word, 0))
        if value > 1:
            found.add(Number(value))
    return frozenset(found)


def missing(mine: frozenset[Number], theirs: frozenset[Number]) -> int:
    """How many of the numbers of one passage the other one does not state."""
    values = {number.value for number in theirs}
    hours = [number.hours for number in theirs if number.hours is not None]
    return sum(
        number.value not in values
        and not any(
            number.hours is not None and abs(number.hours - other) <= TOLERANCE * max(number.hours, other)
            for other in hours
        )
        for number in mine
    )
