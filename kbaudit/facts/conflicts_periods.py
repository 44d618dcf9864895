# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences of which one gives a period, a day or a number where the other sets another, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, joined, verdict
from kbaudit.facts.conflicts_case import same_case
from kbaudit.facts.conflicts_lexicon import FINITE
from kbaudit.facts.conflicts_tokens import Token
from kbaudit.text import quantities


def period(pair: Pair) -> Verdict | None:
    """Whether the sentences set another period, day or number of times without another amount in figures."""
    return _endless(pair) or _at_once(pair) or _deadline(pair) or _unbounded(pair)


_UNBOUNDED = re.compile(
    r"\b(?:as often as|as many as|as much as|several|multiple|any (?:number|amount|level|length|price|size|weight|speed|quantity)|unlimited|without (?:any )?limit\w*|no limit|indefinite(?:ly)?|as long as (?:you|it|he|they) (?:like|want|wish)\w*)\b",
    re.IGNORECASE,
)
_BOUNDED = frozenset("once twice full single one atmost".split())


def _unbounded(pair: Pair) -> Verdict | None:
    """Whether the one sentence sets a number or a time where the other sets none: "twice a year", "as often as"."""
    if bool(_UNBOUNDED.search(pair.first)) == bool(_UNBOUNDED.search(pair.second)) or not all(
        any(token.text in FINITE for token in side) for side in (pair.a, pair.b)
    ):
        return None
    for old, new, _, _ in joined(pair):
        for left, right, text in ((old, new, pair.first), (new, old, pair.second)):
            if not left or not right:
                continue
            mark = _UNBOUNDED.search(text, max(0, left[0].start - 4), left[-1].end)
            bounded = any(token.quantity or token.text in _BOUNDED for token in right)
            if mark and bounded and same_case(pair, [*left, *right, *_clause(left, pair)], details=0.2):
                return verdict("amount", "limit", pair.a, pair.b, old, new, 0.68)
    return None


def _clause(change: Sequence[Token], pair: Pair) -> list[Token]:
    """The rest of the phrase that a change begins: "as often as (it deems necessary)"."""
    text, tokens = (pair.first, pair.a) if change[0] in pair.a else (pair.second, pair.b)
    stop = re.search(r"[;.]", text[change[-1].end :])
    end = change[-1].end + (stop.start() if stop else 0)
    return [token for token in tokens if change[0].start <= token.start < end]


def _endless(pair: Pair) -> Verdict | None:
    """Whether one sentence gives a period where the other knows no end: "for a year", "forever"."""
    endless = [
        [item for item in quantities.find(text) if item.unit == "unlimited"] for text in (pair.first, pair.second)
    ]
    ever = [
        [*((item.start, item.end) for item in items), *(match.span() for match in _FOREVER.finditer(text))]
        for items, text in zip(endless, (pair.first, pair.second), strict=True)
    ]
    if bool(endless[0]) != bool(endless[1]):
        ever = [[(item.start, item.end) for item in items] for items in endless]
    if bool(ever[0]) == bool(ever[1]):
        return None
    spans = ever[1] or ever[0]
    for old, new, _, _ in joined(pair):
        limited, free = (old, new) if ever[1] else (new, old)
        periods = [token for token in limited if token.kind == "duration" or token.text in _TERMS]
        if len(periods) != 1 or not free:
            continue
        if any(start < free[-1].end and free[0].start < end for start, end in spans) and same_case(
            pair, [*limited, *free], details=0.12
        ):
            return verdict("amount", "stated period", pair.a, pair.b, old, new, 0.72)
    for index in (0, 1):
        own, across = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
        said = [token for token in own if any(start < token.end and token.start < end for start, end in ever[index])]
        periods = [token for token in across if token.kind == "duration"]
        beside = [token for token in across if token.text in ("every", "each", "after", "for", "within")]
        if said and len(periods) == 1 and same_case(pair, [*said, *periods, *beside], details=0.1):
            pieces = (said, periods) if index == 0 else (periods, said)
            return verdict("amount", "stated period", pair.a, pair.b, pieces[0], pieces[1], 0.72)
    return None


_FOREVER = re.compile(
    r"\b(?:perpetual(?:ly)?|permanent(?:ly)?|indefinite(?:ly)?|for ?ever|for (?:an )?(?:unlimited|indefinite) (?:time|period)|(?:never|not) (?:expires?|expire|ends?|lapses?)|without (?:any )?(?:time limit|expiry|end)|for (?:the )?life(?:time)?\b|no expiry|unlimited in time)\b",
    re.IGNORECASE,
)
_TERMS = frozenset("term period duration".split())
_AT_ONCE = re.compile(
    r"\b(?:immediately|at once|as soon as|straight ?away|right away|instantly|on the same day|on the spot|without (?:undue )?delay)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:after|within|for|once|later than|following|until)\b", re.IGNORECASE)


def _at_once(pair: Pair) -> Verdict | None:
    """Whether the one sentence does at once what the other does after a period."""
    now = [_AT_ONCE.search(text) for text in (pair.first, pair.second)]
    if bool(now[0]) == bool(now[1]):
        return None
    index = 0 if now[0] else 1
    mark = now[index]
    own, other = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
    text = pair.second if index == 0 else pair.first
    periods = [token for token in other if token.kind == "duration" and not any(token.text == t.text for t in own)]
    if (
        mark is None
        or len(periods) != 1
        or any(token.kind == "duration" for token in own if token.text not in {t.text for t in other})
    ):
        return None
    if not _WITHIN.search(text[max(0, periods[0].start - 20) : periods[0].end + 12]):
        return None
    said = [token for token in own if mark.start() <= token.start < mark.end()]
    if not said or not same_case(pair, [*said, *periods], details=0.12):
        return None
    pieces = (said, periods) if index == 0 else (periods, said)
    return verdict("amount", "stated period", pair.a, pair.b, pieces[0], pieces[1], 0.7)


_UNTIL = re.compile(
    r"\b(?:by|until|till|before|no later than|not later than|through|up to(?: and including)?|at the latest(?: on)?|expires? on|expire on|ends? on|deadline(?: is| of)?:?|(?:clos|end|start|open|begin|laps)(?:e?s|es|ed?) on|due (?:on|by)|falls? due on|payable (?:on|by)|valid (?:to|until)|from [^.,;]{3,24} (?:to|through|until))\s(?:midnight (?:on|of) |the end of |noon on )?(?:the )?\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_LAST_DAY = re.compile(
    r"\b(?:the )?last (?:working |business )?day of ([A-Z][a-z]+|the month|each month|every month)\b"
)


def _deadline(pair: Pair) -> Verdict | None:
    """Whether something must be done by another day."""
    ours, theirs = (_days(tokens, text) for tokens, text in ((pair.a, pair.first), (pair.b, pair.second)))
    if not ours or len(ours) != len(theirs):
        return None
    moved = [(x, y) for (x, day), (y, other) in zip(ours, theirs, strict=True) if day != other]
    if len(moved) != 1:
        return None
    x, y = moved[0]
    known = {token.raw.lower() for token in pair.b if token.kind == "date"}
    if any(token.kind == "date" and token is not x and token.raw.lower() not in known for token in pair.a):
        # "From 1 May to 30 June" and "from 1 July to 31 August": two seasons.
        return None
    if not same_case(pair, [x, y], details=0.1):
        return None
    return verdict("amount", "deadline", pair.a, pair.b, [x], [y], 0.74)


def _days(tokens: Sequence[Token], text: str) -> list[tuple[Token, str]]:
    found = []
    for token in tokens:
        if token.kind == "date" and _UNTIL.search(text[: token.start]):
            parts = _DAY.findall(text[token.start : token.end])
            found.append((token, " ".join(sorted(day.lstrip("0") or month.lower() for day, month in parts))))
    for match in _LAST_DAY.finditer(text):
        if _UNTIL.search(text[: match.start()]):
            inside = [token for token in tokens if match.start() <= token.start < match.end()]
            if inside:
                found.append(
                    (
                        Token("last day", match.start(), match.end(), "date", raw=match.group()),
                        f"last {match[1].lower()[:3]}",
                    )
                )
    return found
