"""Does a sentence contradict a record? Only what the record decides by itself counts.

That is dates, ages, counts, amounts, who is what, colours and materials, and "only" of one among several. What takes
knowledge of the world is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kbaudit.facts.records import Attribute
from kbaudit.facts.support import agrees, comparable, is_name, scale
from kbaudit.facts.support_text import Sentence, is_denying, sentence
from kbaudit.model.document import Span
from kbaudit.text.quantities import find
from kbaudit.text.quantities_words import value as number_word
from kbaudit.text.stem import fold, stem

_I = re.IGNORECASE
MONTHS = {
    name: number
    for number, names in enumerate(
        "january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep october,oct "
        "november,nov december,dec".split(),
        1,
    )
    for name in names.split(",")
}
# A month at the turn of two seasons belongs to both.
SEASONS = {
    "spring": {3, 4, 5, 6},
    "summer": {6, 7, 8, 9},
    "autumn": {9, 10, 11, 12},
    "fall": {9, 10, 11, 12},
    "winter": {12, 1, 2, 3},
}
YEAR = re.compile(r"\b(1[0-9]\d\d|20[0-4]\d)\b(?!['’]?s\b)")
DECADE = re.compile(r"\b(1[5-9]\d0|20[0-2]0)['’]?s\b")
CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) century\b", _I)
MONTH = re.compile(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?", _I)
SEASON = re.compile(
    r"\b(?:in|during|on|the) (?:early |late )?(spring|summer|autumn|fall|winter)\b(?! olympics| games)"
    r"|\b(?:in the|in) (?:early |late )?(spring|summer|autumn|fall|winter)\b|\ba (spring|summer|autumn|fall"
    r"|winter) birthday\b",
    _I,
)
SINGLE = re.compile(
    r"\b(only one|just one|a single|(?:only|exactly) 1|one single|a sole|(?:his|her|their"
    r"|its) only)\s+((?:[^\W\d_]+\s?){1,3})",
    _I,
)
SEVERAL = re.compile(r"\b(multiple|several|numerous|many|more than one|two or more)\s+((?:[^\W\d_]+\s?){1,3})", _I)
COUNTED = re.compile(r"\b(no|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+((?:[^\W\d_]+\s?){1,3})", _I)
ONLY = re.compile(r"\bonly\b(?! (?:one|if|when|after|ever)\b)", _I)
STILL = re.compile(r"\b(?:still|continues? to|currently|to this day|is alive)\b", _I)
AGE = re.compile(
    r"\b(?:(?:at (?:the )?age (?:of )?|aged |lived to be |lived for )(\d{1,3})\b|(\d{1,3}) years old|(\d{1,3})-year-old"
    r"|in (?:his|her|their) (?:early |mid |late |mid-)?(twenties|thirties|forties|fifties|sixties|seventies|eighties"
    r"|[2-9]0['’]?s))\b",
    _I,
)
AGES = dict(zip("twenties thirties forties fifties sixties seventies eighties".split(), range(20, 90, 10), strict=True))
SAME = re.compile(r"\b(?:by|for) the (?:very )?same (?:person|man|woman|individual|people|company|studio|label)\b", _I)
APART = re.compile(r"\bby (?:two )?different (?:people|persons|men|women|individuals|companies)\b", _I)
_BOUNDED = re.compile(r"\b(?:over|under|than|about|around|least|most|almost|nearly|up to)\W+(?:\w+\W+)?$", _I)
NO_MORE = re.compile(r"\b(?:no longer active|not active (?:any ?more|any longer)|disbanded|retired)\b", _I)
_RANGE = re.compile(r"(?<!\d-)\b\d{4}\s?(?:-|–|to)\s?(?:[^\W\d_]+ )?(?:\d{4}|present)|present\b", _I)
CLOCK = re.compile(r"^\s*(\d{1,3})\s?:\s?([0-5]\d)(?:\s?:\s?([0-5]\d))?\b")
# What people call the same event of a life or a product.
EVENTS: dict[str, frozenset[str]] = {
    key: frozenset(stem(word) for word in words.split())
    for key, words in {
        "born": "born birth birthday birthdate",
        "died": "died death dead dies passed die",
        "released": "released release releases came published premiere premiered launched launch",
        "founded": "founded established formed formation established inception started founding opened",
        "recorded": "recorded recording",
        "introduced": "introduced introduction",
    }.items()
}
# How people say a measure without its noun.
MEASURES: tuple[frozenset[str], ...] = tuple(
    frozenset(stem(word) for word in words.split())
    for words in (
        "weight weighs weigh heavy",
        "height tall high",
        "length long",
        "width wide",
        "depth deep",
        "capacity volume holds hold",
        "warranty guarantee warranted guaranteed",
        "diameter across",
    )
)
_COLOURS = (
    "black white red green blue yellow orange purple violet pink brown grey gray silver gold beige navy teal"
    " turquoise cream ivory khaki olive maroon bronze copper"
)
_MATERIALS = (
    "cotton wool silk linen polyester nylon leather suede denim cashmere acrylic steel aluminium aluminum titanium"
    " brass copper wood oak pine bamboo plastic glass ceramic porcelain rubber "
    "down fleece merino canvas velvet bamboo hemp viscose elastane"
)  # fmt: skip
CLASSES = {
    "color": frozenset(stem(word) for word in _COLOURS.split()),
    "material": frozenset(stem(word) for word in _MATERIALS.split()),
}
CLASS_KEYS = {
    "color": frozenset(stem(word) for word in "color colors colour colours".split()),
    "material": frozenset(stem(word) for word in "material materials fabric made shell upper composition".split()),
}
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


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What in the claim is wrong (`span`), and the attribute that says so."""

    attribute: Attribute
    span: Span
    stated: str
    score: float


def contradiction(claim: str, record: Sequence[Attribute]) -> Contradiction | None:
    """The first thing that the record contradicts, surest kinds first."""
    if not record:
        return None
    read = sentence(claim)
    checks: tuple[Callable[[Sentence, Sequence[Attribute]], Contradiction | None], ...] = (
        _dates, _ages, _counts, _amounts, _roles, _same, _classes, _only, _ended,
    )  # fmt: skip
    for check in checks:
        found = check(read, record)
        if found is not None:
            return found
    return None


def _meant(claim: Sentence, record: Sequence[Attribute]) -> Iterator[tuple[Attribute, int]]:
    """The attributes whose key the claim names, and where."""
    for attribute in record:
        keys = attribute.words
        for same in (*EVENTS.values(), *MEASURES):
            if keys & same:
                keys = keys | same
        word = next((word for word in claim.words if keys & {word.stem, *word.stem.split("-")}), None)
        if word is not None:
            yield attribute, word.start


def _dated(text: str) -> list[tuple[int, int | None]]:
    """(year, month) of every date in a value."""
    found: list[tuple[int, int | None]] = []
    for match in YEAR.finditer(text):
        around = text[max(0, match.start() - 14) : match.start()]
        month = [MONTHS[m.group(1).lower()] for m in MONTH.finditer(around)]
        iso = re.match(r"-(\d\d)(?:-\d\d)?\b", text[match.end() :])
        found.append((int(match[1]), month[-1] if month else int(iso[1]) if iso and 1 <= int(iso[1]) <= 12 else None))
    return found


def _dates(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    if is_denying(claim.text):
        return None
    meant = [(attribute, at) for attribute, at in _meant(claim, record) if len(_dated(attribute.text)) >= 1]
    if not meant:
        return None
    for pattern, holds in (
        (YEAR, lambda m, y, _: int(m[1]) == y),
        (DECADE, lambda m, y, _: int(m[1]) <= y <= int(m[1]) + (99 if m[1].endswith("00") else 9)),
        (CENTURY, lambda m, y, _: (int(m[1]) - 1) * 100 <= y <= int(m[1]) * 100),
        (SEASON, lambda m, _, month: month is None or month in SEASONS[(m[1] or m[2] or m[3]).lower()]),
        (MONTH, lambda m, _, month: month is None or month == MONTHS[m[1].lower()]),
    ):
        for match in pattern.finditer(claim.text):
            if pattern is MONTH and (match[1].lower() in ("may", "mar", "march") and not match[1][0].isupper()):
                continue
            if re.search(
                r"\b(?:before|after|since|until|till|prior to|by|over|between)\W*(?:the )?(?:\w+ )?$",
                claim.text[: match.start()],
                _I,
            ):
                continue
            # The key that stands nearest before the date is the one that it belongs to.
            attribute, at = max(meant, key=lambda item: (item[1] <= match.start(), -abs(match.start() - item[1])))
            values = _dated(attribute.text)
            if len(meant) > 1 and len({id(item[0]) for item in meant}) > 1 and abs(match.start() - at) > 40:
                continue
            ranged = len(values) > 1 and _RANGE.search(attribute.text) is not None
            if ranged or any(holds(match, year, month) for year, month in values):
                continue
            return Contradiction(attribute, match.span(), match.group(), 0.85)
    return None


def _year_of(record: Sequence[Attribute], event: str) -> tuple[int, Attribute] | None:
    for attribute in record:
        if (
            attribute.words & EVENTS[event]
            and "name" not in attribute.key.lower()
            and (dates := _dated(attribute.text))
        ):
            return dates[0][0], attribute
    return None


def _ages(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    match = AGE.search(claim.text.replace("twenty-five", "25"))
    born, died = _year_of(record, "born"), _year_of(record, "died")
    if not match or not born or not died or not (claim.stems & EVENTS["died"] or "lived" in match.group().lower()):
        return None
    if re.search(r"\b(?:before|after|over|under|than)\W+(?:\w+\W+){0,2}$", claim.text[: match.start()], _I):
        return None
    given = re.search(r"aged\D{0,3}(\d{1,3})", died[1].text)
    truth = {int(given[1])} if given else {died[0] - born[0], died[0] - born[0] - 1}
    if match[4]:
        low = AGES.get(match[4].lower()) or int(match[4][:2])
        fits = any(low <= age <= low + 9 for age in truth)
    else:
        fits = int(next(group for group in match.groups() if group)) in truth
    return None if fits else Contradiction(died[1], match.span(), match.group(), 0.85)


def _counts(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    for pattern in (SINGLE, SEVERAL, COUNTED):
        for match in pattern.finditer(claim.text):
            nouns = [stem(fold(word)) for word in match[2].split()]
            nouns = [name for noun in nouns if (name := COUNT_WORDS.get(noun, noun))]
            attribute = next(
                (item for noun in nouns for item in record if noun in item.words and len(item.words) <= 2), None
            )
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


def _amounts(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    meant = [attribute for attribute, _ in _meant(claim, record)]
    everything = [q for attribute in meant for q in find(attribute.text)]
    for attribute in meant:
        text = attribute.text
        clock = CLOCK.match(text)
        if clock:
            minutes = int(clock[1]) * (60 if clock[3] else 1) + (int(clock[2]) if clock[3] else 0)
            text = f"{minutes} minutes"
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


def _roles(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Directed by" holds other names than the one that the claim gives, which stands under another key."""
    if is_denying(claim.text) or re.search(r"\b(?:and|or|with|before|after|than)\b", claim.text, _I):
        return None
    subject = {
        word.stem for item in record if item.key.lower() in ("title", "name") for word in sentence(item.text).words
    }
    names = [word for word in claim.words if is_name(word, claim) and word.stem not in subject and len(word.text) > 2]
    if not names or len(names) > 3:
        return None
    for attribute, at in _meant(claim, record):
        if not re.search(
            r"\b(?:by|director|producer|writer|author|president|minister|governor|mayor|manager|owner|coach|artist"
            r"|designer|brand|manufacturer|maker)\b",
            attribute.key,
            _I,
        ):
            continue
        held = sentence(attribute.text).stems
        if any(word.stem in held for word in names):
            continue
        elsewhere = [
            item for item in record if item is not attribute and all(w.stem in sentence(item.text).stems for w in names)
        ]
        if elsewhere and abs(names[0].start - at) < 40:
            return Contradiction(
                attribute, (names[0].start, names[-1].end), claim.text[names[0].start : names[-1].end], 0.7
            )
    return None


def _same(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Written and directed by the same person" where the two keys share nobody, or "by different people" where they
    hold the same."""
    same, apart = SAME.search(claim.text), APART.search(claim.text)
    match = same or apart
    if match is None or is_denying(claim.text):
        return None
    meant = [attribute for attribute, at in _meant(claim, record) if at < match.start()]
    if len(meant) != 2:
        return None
    names = [frozenset(re.sub(r"\W+", " ", fold(value)).strip() for value in attribute.values) for attribute in meant]
    if (same and not names[0] & names[1]) or (apart and names[0] == names[1]):
        return Contradiction(meant[0], match.span(), match.group(), 0.75)
    return None


def _classes(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """A colour or a material that is none of those that the record lists."""
    denying = is_denying(claim.text)
    for name, members in CLASSES.items():
        attribute = next((item for item in record if item.words & CLASS_KEYS[name]), None)
        if attribute is None:
            continue
        held = sentence(attribute.text).stems
        if not held & members:
            continue
        titles = {
            stem for item in record if item.key.lower() in ("title", "name") for stem in sentence(item.text).stems
        }
        said = [word for word in claim.words if word.stem in members and word.stem not in titles]
        wrong = [word for word in said if word.stem not in held]
        if wrong and len(wrong) == len(said) and not denying:
            return Contradiction(attribute, (wrong[0].start, wrong[0].end), wrong[0].text, 0.75)
    return None


def _only(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Only French" where French is one of several."""
    match = ONLY.search(claim.text)
    if match is None or is_denying(claim.text):
        return None
    behind = [word for word in claim.words if word.start >= match.end()][:4]
    meant = {id(attribute) for attribute, _ in _meant(claim, record)}
    for attribute in record:
        if len(attribute.values) < 2 or id(attribute) not in meant:
            continue
        named = [
            value
            for value in attribute.values
            if sentence(value).stems & {word.stem for word in behind if word.content}
        ]
        if len(named) == 1:
            return Contradiction(attribute, match.span(), claim.text[match.start() : behind[-1].end], 0.7)
    return None


def _ended(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """Still alive, or still active, after the record's end."""
    match = STILL.search(claim.text)
    died = _year_of(record, "died")
    if match and died and not is_denying(claim.text):
        return Contradiction(died[1], match.span(), match.group(), 0.75)
    gone = NO_MORE.search(claim.text)
    active = next((item for item in record if "active" in item.key.lower() and "present" in item.text.lower()), None)
    if gone and active and not is_denying(claim.text[: gone.start()]):
        return Contradiction(active, gone.span(), gone.group(), 0.75)
    return None
