"""Dates, ranges and holidays in English sentences against `temporal/cases.jsonl`: found where they stand, resolved right.

Counted: the date, date-period, date-time-period and holiday specifications that name no platform that cannot do them.
Three parts by hashes of the sentence: "tuned" (read from the start), "second tune" (read after its first score, 71 of
83, had been taken) and "held out": its sentences were never read and its misses are not printed, but its score was
watched while the grammar grew, by specification and by whether the span or the value was missed. It says what the
grammar does with sentences nobody fitted it to, a little on the friendly side.
`python -m bench.quality.temporal [--misses part]`.
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.quality.figures import data, missing, ratio, share, verdict
from kbaudit.facts.calendar import Calendar, RuleError, build, parse_day
from kbaudit.facts.calendar_table import NAMED_DAYS
from kbaudit.facts.seasons_events import Finder, year_beside
from kbaudit.text.dates_moments import Reading
from kbaudit.text.dates_relative import understand
from kbaudit.text.dates_words import direction

SPECS = ("Date", "DatePeriod", "DateTimePeriod", "Holiday")


def cases(path: Path) -> Iterator[dict[str, Any]]:
    """The cases that count."""
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        kind = re.sub(r"(?:Extractor|Parser)$", "", case["spec"])
        if kind in SPECS and case["spec"] != kind and not case.get("not_supported"):
            yield case


PARTS = ("tuned", "second tune", "held out")


def part(case: dict[str, Any]) -> str:
    """One of `PARTS`, by two hashes of the sentence: equal sentences of two specifications stay together."""
    said = case["input"].strip().lower()
    if int(hashlib.sha256(said.encode()).hexdigest(), 16) % 2 == 0:
        return "tuned"
    return "held out" if int(hashlib.sha256(f"second:{said}".encode()).hexdigest(), 16) % 2 else "second tune"


def readings(case: dict[str, Any], calendar: Calendar, finder: Finder) -> list[Reading]:
    """What kbaudit reads in a sentence."""
    now = datetime.fromisoformat(case.get("reference") or "2016-11-07T00:00:00")
    text = case["input"]
    if not case["spec"].startswith("Holiday"):
        return understand(text, now)
    found = [reading for reading in _named(text, now.date()) if reading.future or reading.past]
    taken = [(reading.start, reading.end) for reading in found]
    for mention in finder.find(text):
        if any(a <= mention.span[0] and mention.span[1] <= b for a, b in taken):
            continue
        beside = year_beside(text, mention)
        start, end = mention.span
        if beside is None and (after := _YEAR_OF.match(text, end)):
            beside = (int(after["y"]) if after["y"] else now.year + direction(after["ry"]), after.span())
        if beside is not None:
            start, end = min(start, beside[1][0]), max(end, beside[1][1])
            occurrence = calendar.occurrence(mention.event, beside[0])
            days = (occurrence.start, occurrence.start) if occurrence else None
            found.append(Reading(start, end, days, days, True))
            continue
        coming, last = calendar.next(mention.event, now.date()), calendar.last(mention.event, now.date())
        if before := _RELATED_BEFORE.search(text, max(0, start - 10), start):
            start, shift = before.start(), direction(before["rel"])
            coming, last = (last if shift < 0 else coming), (coming if shift > 0 else last)
        found.append(
            Reading(
                start, end, (coming.start, coming.start) if coming else None, (last.start, last.start) if last else None
            )
        )
    return found


def _plain(name: str) -> str:
    """A name without what people leave out or vary: apostrophes, dots, hyphens, the s of a possessive, St or Saint."""
    words = re.sub(r"[\s-]+", " ", re.sub(r"['’.,]", "", name.lower())).split()
    return " ".join("st" if word == "saint" else word.removesuffix("s") for word in words)


_RULES_OF = {_plain(name): rule for name, rule in NAMED_DAYS.items()}


_ABBREVIATED = {"st": r"(?:st\.?|saint)", "jr": r"jr\.?"}


def _spelled(name: str) -> str:
    words = [_ABBREVIATED.get(word) or re.escape(word) + "(?:['’]?s)?" for word in name.split()]
    return r"['’,]?[\s-]".join(words)


_RELATED = r"(?:next|coming|upcoming|last|previous|past|this)"
_NAMES = re.compile(
    rf"(?<!\w)(?:(?P<rel>{_RELATED})\s)?(?P<n>"
    + "|".join(_spelled(name) for name in sorted(_RULES_OF, key=len, reverse=True))
    + rf")(?:,?\s(?:(?:of|in)\s)?(?:(?P<y>(?:19|20)\d\d)|(?:the\s)?(?P<ry>{_RELATED})\syear))?(?!\w)",
    re.IGNORECASE,
)


def _named(text: str, today: date) -> list[Reading]:
    found = []
    for match in _NAMES.finditer(text):
        rule = _RULES_OF.get(_plain(match["n"]))
        if rule is None:
            continue
        try:
            if match["y"] or match["ry"]:
                day = parse_day(rule, int(match["y"]) if match["y"] else today.year + direction(match["ry"]), "US")
                days = (day, day) if day else None
                found.append(Reading(*match.span(), days, days, True))
                continue
            near = [day for year in range(today.year - 1, today.year + 2) if (day := parse_day(rule, year, "US"))]
        except RuleError:
            continue
        ahead = next(((day, day) for day in near if day >= today), None)
        behind = next(((day, day) for day in reversed(near) if day < today), None)
        shift = direction(match["rel"]) if match["rel"] else 0
        found.append(Reading(*match.span(), behind if shift < 0 else ahead, ahead if shift > 0 else behind, True))
    return found


_YEAR_OF = re.compile(
    rf",?\s(?:(?:of|in)\s(?P<y>(?:19|20)\d\d)|(?:(?:of|in)\s)?(?:the\s)?(?P<ry>{_RELATED})\syear)\b", re.IGNORECASE
)
_RELATED_BEFORE = re.compile(rf"\b(?P<rel>{_RELATED})\s$", re.IGNORECASE)


def right(case: dict[str, Any], found: list[Reading]) -> bool:
    """Whether every expected span was found and nothing else, and every resolution fits."""
    spans = {(item.start, item.end): item for item in found}
    wanted = {(item["Start"], item["Start"] + item["Length"]): item for item in case["results"]}
    kinds = {
        "Date": ("date",),
        "DatePeriod": ("daterange",),
        "DateTimePeriod": ("datetimerange",),
        "Holiday": ("date",),
    }
    kind = kinds[re.sub(r"(?:Extractor|Parser)$", "", case["spec"])]
    if not all(span in spans for span in wanted):
        return False
    if not wanted and spans:
        return False
    for span, item in wanted.items():
        value = item.get("Value") or item.get("Resolution")
        if not isinstance(value, dict) or not case.get("reference"):
            continue
        reading = spans[span]
        if not _fits(value.get("FutureResolution"), reading.future, kind[0]):
            return False
        if not _fits(value.get("PastResolution"), reading.past, kind[0]):
            return False
    return True


def _fits(expected: Any, bounds: Any, kind: str) -> bool:
    if not isinstance(expected, dict) or not expected:
        return True
    values = [value for key, value in expected.items() if isinstance(value, str) and value[:1].isdigit()]
    values = [v for v in values if re.fullmatch(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?", v)]
    if not values:
        return True
    if values[0].startswith("0001"):
        return bounds is None
    if bounds is None:
        return False
    got = list(bounds[: len(values)])
    return all(_equal(value, moment) for value, moment in zip(values, got, strict=False))


def _equal(text: str, moment: date | datetime) -> bool:
    stated = datetime.fromisoformat(text)
    mine = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return abs(stated - mine) < timedelta(seconds=1)


def measure(path: Path) -> dict[str, Any]:
    """Shares by part and specification, with the misses."""
    calendar = build((), "US")
    finder = Finder(calendar)
    result: dict[str, Any] = {**{name: [0, 0] for name in PARTS}, "specs": {}, "misses": []}
    for case in cases(path):
        found = readings(case, calendar, finder)
        good = right(case, found)
        for row in (result[part(case)], result["specs"].setdefault(f"{case['spec']}, {part(case)}", [0, 0])):
            row[0] += good
            row[1] += 1
        if not good:
            result["misses"].append((part(case), case, found))
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares; status 1 below a floor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", choices=["tuned", "second tune"])
    options = parser.parse_args(arguments)
    if missing("temporal"):
        return 0
    result = measure(data() / "temporal" / "cases.jsonl")
    for name in PARTS:
        print(f"{name:11} {share(*result[name])}")
    for name, (hits, total) in sorted(result["specs"].items()):
        print(f"  {name}: {hits}/{total}")
    for name, case, found in result["misses"]:
        if options.misses == name:
            got = [(case["input"][r.start : r.end], r.future, r.past) for r in found]
            print("MISS", name, case["spec"], repr(case["input"]), case.get("reference"), case["results"], "GOT", got)
    return verdict("temporal", {name.replace(" ", "_"): ratio(*result[name]) for name in PARTS})


if __name__ == "__main__":
    raise SystemExit(main())
