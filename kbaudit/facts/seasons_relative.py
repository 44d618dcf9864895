"""Dates that count from the day of writing: "this weekend only", "ends tomorrow", "closed until next Monday"."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kbaudit.model.document import Document
from kbaudit.model.event import DateMention, EventMention
from kbaudit.text.dates import WEEKDAY_NAMES
from kbaudit.text.dates_relative import understand
from kbaudit.text.sentences import split

_I = re.IGNORECASE
MOST, LONGEST = 40, 1_200
_WEEKDAY = "(?:" + "|".join(WEEKDAY_NAMES) + ")"
_RELATIVE = re.compile(
    rf"\b(?:(?P<bound>until|till?|through|thru|by|before|ends?|ending|expires?|closes?|starts?|starting|begins?|from|valid)\s(?:on\s|the\send\sof\s)?)?"
    rf"(?P<what>this\s(?:coming\s)?weekend|next\sweekend|(?:this|next)\s(?:coming\s)?{_WEEKDAY}|this\sweek|next\sweek|next\smonth|this\smonth|tonight|tomorrow|today)\b(?P<only>\sonly)?",
    _I,
)
_CUE = re.compile(
    r"\d\s?%\soff|\b(?:sale|only|off|ends?|ending|until|closed|closing|reopen\w*|resum\w+|extended|last\schance|expires?|offer|promo\w*|discount|delay\w*|maintenance|outage|strike|stock-?take|moving|event|launch\w*|again|wieder|gratis|free|deadline|book|register|sign\sup)\b",
    _I,
)
# Standing promises that speak of today and tomorrow every day.
_EVERGREEN = re.compile(
    r"\b(?:order(?:s|ed)?|shop|buy|contact|sign\sup|join|start|call|visit|try|get|place[ds]?|subscribe|download|book|register|email|begin)\b[^.]{0,40}\btoday\b|\btoday['’]s\b|\b(?:if|when|whenever|e\.g|example|placed|ordered)\b|\bnext[- ]day\b|\bor\s(?:later\s)?(?:today|tomorrow|next)|\bsays?\b",
    _I,
)


def find_relative(document: Document, events: Sequence[EventMention]) -> list[DateMention]:
    """The relative dates that bind a promise, an offer or a closure to the days after the edit."""
    text = document.text
    found: list[DateMention] = []
    if not _RELATIVE.search(text):
        return found
    for block in document.blocks:
        if block.quoted or block.kind == "code":
            continue
        spread: list[tuple[int, int]] = []
        for match in _RELATIVE.finditer(text, block.start, block.end):
            if len(found) >= MOST:
                return found
            spread = spread or split(text, block.start, block.end)
            sentence = next(
                (s for s in spread if s[0] <= match.start() < s[1] <= s[0] + LONGEST), (match.start(), match.end())
            )
            said = text[sentence[0] : sentence[1]]
            what = " ".join(match["what"].lower().replace("coming ", "").split())
            bound = (match["bound"] or "").lower()
            if not _CUE.search(said) or _EVERGREEN.search(said):
                continue
            if what in ("today", "tomorrow", "this week", "next week", "this month", "next month") and not (
                bound or match["only"]
            ):
                continue
            if what in ("next month", "this month") and not bound:
                continue
            found.append(
                DateMention(
                    span=match.span("what"),
                    start=None,
                    end=None,
                    role="offer" if re.search(r"%|sale|off\b|offer|promo|discount", said, _I) else "deadline",
                    sentence=sentence,
                    relative=what,
                    event=next((m.event for m in events if sentence[0] <= m.span[0] < sentence[1]), None),
                )
            )
    return found


def resolve_relative(words: str, written: date) -> tuple[date, date] | None:
    """The days that relative words mean for somebody who wrote them on a day (weeks start on Monday)."""
    found = understand(words, datetime.combine(written, time(12)))
    if len(found) != 1 or found[0].future is None:
        return None
    start, end = (day.date() if isinstance(day, datetime) else day for day in found[0].future)
    if not found[0].single and end > start:
        end -= timedelta(days=1)
    if end < written:
        # "This Friday", written on a Saturday, is the one to come.
        start, end = start + timedelta(days=7), end + timedelta(days=7)
    return (start, end)
