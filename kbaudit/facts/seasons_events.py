"""Names of events in a text or a field, and the names that only look like one."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kbaudit.facts.calendar import Calendar
from kbaudit.model.event import EventMention

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)?")
_GAP = re.compile(r"[\s.,\-–—/&+_'’]{1,4}|\s?(?:and|to|&)\s")
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2,12})[_-]?((?:20)?[123]\d)(?![A-Za-z0-9%])")

# "Holiday" means Christmas in one part of the world and leave in the other: only beside these words is it a season.
_HOLIDAY = re.compile(
    r"\bholidays?['’]?\s(?:\d{4}\s)?(?:season|orders?|ordering|shipping|ship|shopping|deadlines?|gifts?|gifting|returns?|delivery|deliveries"
    r"|sales?|rush|cut-?offs?|promo(?:tion)?s?|offers?|deals?|guide|dispatch|arrival|markets?|gift-giving|exchanges?|hours|schedule|closures?|closing|opening)\b"
    r"|\b(?:20\d\d|for\sthe|this|over\sthe|during\sthe|before\sthe|happy)\sholiday(?:s|\sseason|\speriod)\b|\b20\d\d\sholiday\b"
    r"|\bholiday\s(?:shipping|delivery|order|return)s?\s(?:schedule|dates?|policy|hours)\b",
    re.IGNORECASE,
)
_NOT_HOLIDAY = re.compile(
    r"\b(?:bank|public|national|federal|statutory|school|summer|spring|half-term|legal|religious|observed|annual|vacation|package|beach|ski"
    r"|family|easter|eid|diwali|major)\sholidays?\b|\bholiday\s(?:mode|inn|park|home|cottage|let|rental|pay|entitlement|request)\b",
    re.IGNORECASE,
)

# Proper names: (alias' first word, what follows or precedes).
_NAME_AFTER = re.compile(
    r"^[\s-]{1,2}(?:Island|Islands|Seals|Inn|Creek|Road|Street|Lane|Avenue|Ave\b|Valley|Carol\b|Tree\sShops|Rising|Agreement|Records|Studios?\b"
    r"|Ltd|Limited|LLC|Inc\b|GmbH|Company|Co\b|& Co|& Sons|Group|Brands?\b|Barbie|Collective|Warehouse\b|Direct\b|Place\b|Press\b|Foundation"
    r"|Cay|Tablet|Point\b|Hospital|Sound|Town|Township|Park\b|Bowl\sPark)|^[\s]?[®™]"
)
_NAME_AFTER_SHOP = re.compile(
    r"^\s(?:Shop|Shoppe|Store|Emporium|Barn|Loft|House|World)\b(?!\s(?:opening|hours|closing|closed))"
)
_SANTA = re.compile(r"^\s(?:Barbara|Monica|Fe|Cruz|Clara|Ana|Maria|Rosa|Lucia)\b", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"\b(?:Billie|Judy|Doc|St|Saint|Bernard|Miss|Mrs?|Ms|Dr|brand|called|named|Brandon|James)\.?\s$", re.IGNORECASE
)
_BRAND_NAME = re.compile(
    r"\b(?:brand|label|maker|manufacturer|range|line|font|typeface|film|movie|song|album|book|game)\b", re.IGNORECASE
)
_PRODUCT_AFTER = re.compile(
    r"^[\s-]{1,2}(?:(?:20\d\d|limited|special|collector'?s?|keepsake)[\s-]){0,2}(?:ornaments?|baubles?|barbie|edition|dolls?|mugs?|plates?|coins?|sweaters?|jumpers?"
    r"|cards?|calendars?|trees?|lights?|candles?|crackers?|stockings?|wreaths?|planner|stamps?|medal|puzzles?|costumes?|eggs?|teddy|blend|roast"
    r"|pyjamas|pajamas|decorations?|garlands?|wrapping|bedding|cookies?|pudding|cakes?|socks?|dress(?:es)?|pumpkins?)\b(?!\s(?:contest|competition|sale|party|parade|giveaway|deals?|offers?|shop|hours|guide|ideas|night|tips|workshop|market|menu))",
    re.IGNORECASE,
)


# German and Dutch write the event and its business in one word: "Weihnachtsbestellung", "kerstlevering".
_COMPOUND = re.compile(
    r"(?P<event>weihnachts|oster|muttertags|vatertags|valentins|silvester|nikolaus|advents|halloween|kerst|paas|moederdag|vaderdag|sinterklaas)"
    r"(?:bestell|versand|liefer|geschäft|aktion|angebot|rabatt|verkauf|zeit|ferien|feiertag|pause|öffnung|retour|rückgabe|umtausch|geschenk|markt|wochen|shopping|deal|sale"
    r"|bezorg|bestel|acti|vakantie|dagen|lever|pakket|cadeau|periode|drukte|weekend|open|verzend|inkop|korting)\w*"
)
_COMPOUND_EVENTS = {
    "weihnachts": "Christmas", "advents": "Christmas", "kerst": "Christmas", "oster": "Easter", "paas": "Easter",
    "muttertags": "Mother's Day", "moederdag": "Mother's Day", "vatertags": "Father's Day", "vaderdag": "Father's Day",
    "valentins": "Valentine's Day", "silvester": "New Year", "nikolaus": "St Nicholas Day",
    "sinterklaas": "St Nicholas Day", "halloween": "Halloween",
}  # fmt: skip


@lru_cache(maxsize=64)
def _lexicon(
    names: tuple[tuple[str, tuple[str, ...]], ...],
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    words: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for event, aliases in names:
        for alias in aliases:
            tokens = tuple(_plain(m.group()) for m in _WORD.finditer(alias.lower()))
            if tokens:
                words.setdefault(tokens[0], []).append((tokens, event))
    for options in words.values():
        options.sort(key=lambda item: -len(item[0]))
    return words


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("`", "'").replace("´", "'").replace("'", "")


class Finder:
    """Finds the names of one calendar's events."""

    def __init__(self, calendar: Calendar) -> None:
        self.words = _lexicon(tuple((event.name, (event.name.lower(), *event.aliases)) for event in calendar.events))
        self.codes = {
            code: event.name for event in calendar.events if event.entry is not None for code in event.entry.codes
        }
        self.kinds = {event.name: event.kind for event in calendar.events}
        for event in calendar.events:
            if event.kind == "own":
                letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", event.name))
                if len(letters) > 2:
                    self.codes.setdefault(letters.lower(), event.name)

    def find(self, text: str, field: str | None = None) -> list[EventMention]:
        """Every mention of an event, in order. In a field such as a URL, any spelling with dashes counts."""
        tokens = [(m.start(), m.end(), _plain(m.group().lower())) for m in _WORD.finditer(text)]
        found: list[EventMention] = []
        index = 0
        while index < len(tokens):
            hit = self._match(text, tokens, index)
            if hit is None:
                index += 1
                continue
            event, length = hit
            start, end = tokens[index][0], tokens[index + length - 1][1]
            if self._is_event(text, start, end, event):
                found.append(EventMention(event=event, span=(start, end), field=field))
            index += length
        found.extend(self._codes(text, field))
        found.extend(self._holiday(text, field, found))
        return _spaced(sorted(found, key=lambda item: item.span))

    def _match(self, text: str, tokens: Sequence[tuple[int, int, str]], index: int) -> tuple[str, int] | None:
        for alias, event in self.words.get(tokens[index][2], ()):
            last = index + len(alias)
            if last > len(tokens):
                continue
            if all(
                tokens[index + i][2] == alias[i]
                and _GAP.fullmatch(text, tokens[index + i - 1][1], tokens[index + i][0]) is not None
                for i in range(1, len(alias))
            ):
                return event, len(alias)
        compound = _COMPOUND.fullmatch(tokens[index][2])
        if compound is not None and (event := _COMPOUND_EVENTS[compound["event"]]) in self.kinds:
            return event, 1
        return None

    def _is_event(self, text: str, start: int, end: int, event: str) -> bool:
        word = text[start:end]
        after, before = text[end : end + 40], text[max(0, start - 24) : start]
        if word[:1].isupper() and (_NAME_AFTER.match(after) or _NAME_AFTER_SHOP.match(after)):
            return False
        lower = word.lower()
        if lower == "santa" and (_SANTA.match(after) or not word[0].isupper()):
            return False
        if lower == "peak" and not re.match(r"\s(?:20\d\d|season|trading|period)\b", after):
            return False
        if lower in ("eid", "cny", "nye", "advent", "618") and not (
            word.isupper() or word[0].isupper() or word.isdigit()
        ):
            return False
        if lower.startswith("black friday") and not word[0].isupper() and re.match(r"\s(?:was|were)\b", after):
            return False
        if (
            word[0].isdigit()
            and "." in lower + "."
            and (
                re.fullmatch(r"\d\d.\d\d", lower)
                and ("." not in lower or re.match(r"[./]\d", after) or re.search(r"\d[./]$", before))
            )
        ):
            return False
        if lower in ("easter", "christmas", "holiday", "advent") and _NAME_BEFORE.search(before):
            return False
        if lower in ("the holidays",) and re.search(
            r"\b(?:school|summer|public|bank)\b", after[:20] + before, re.IGNORECASE
        ):
            return False
        if lower.startswith("new year") and re.search(
            r"\b(?:islamic|jewish|persian|hindu|tamil|thai|school|financial|fiscal|tax|academic|a|each|every)\s$",
            before,
            re.IGNORECASE,
        ):
            return False
        if lower == "new year" and re.match(r"\s(?:resolution|plan)", after):
            return False
        return not (re.search(r"[\"“'‘]$", before) and re.match(r"[\"”'’]\s?(?:" + _BRAND_NAME.pattern + ")", after))

    def _codes(self, text: str, field: str | None) -> list[EventMention]:
        found = []
        shares: dict[str, bool] = {}
        for match in _CODE.finditer(text):
            event = self.codes.get(match[1].lower())
            if event is None or (len(match[1]) <= 3 and not match[1].isupper() and field is None):
                continue
            digits = match[2]
            year = int(digits) + (2000 if len(digits) == 2 else 0)
            if not 2010 <= year <= 2045:
                continue
            # SUMMER20 is a fifth off before it is a year: not where the page says so many per cent.
            if digits not in shares:
                shares[digits] = len(digits) == 2 and bool(
                    re.search(rf"(?<!\d){digits}\s?(?:%|percent|per cent)|[$£€]\s?{digits}(?!\d)", text)
                )
            if shares[digits]:
                continue
            if not match[1].isupper() and field is None:
                continue
            found.append(EventMention(event=event, span=match.span(), year=year, field=field, code=True))
        return found

    def _holiday(self, text: str, field: str | None, known: list[EventMention]) -> list[EventMention]:
        if "Christmas" not in self.kinds:
            return []
        plain = text if field is None else text.replace("-", " ").replace("_", " ")
        taken = [mention.span for mention in known]
        found = []
        for match in _HOLIDAY.finditer(plain):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            if _NOT_HOLIDAY.search(plain, max(0, start - 12), min(len(plain), end + 12)):
                continue
            found.append(EventMention(event="Christmas", span=(start, end), field=field))
        return found


def _spaced(mentions: list[EventMention]) -> list[EventMention]:
    """Without overlaps: the earlier, then the longer one stays."""
    kept: list[EventMention] = []
    for mention in sorted(mentions, key=lambda item: (item.span[0], -item.span[1])):
        if not kept or mention.span[0] >= kept[-1].span[1]:
            kept.append(mention)
    return kept


_YEAR_AFTER = re.compile(
    r"^[\s,:|(–—-]{0,3}(?:(?:sale|deals?|sales|order|orders|shipping|delivery|deadlines?|season|gift guide|offers?|weekend|campaign|event|promotion)\s)?"
    r"[(]?((?:19|20)\d\d)(?:[/–-]\d\d(?!\d))?(?!\d|[-/]\d)"
)
_YEAR_BEFORE = re.compile(r"(?<![\d/-])((?:19|20)\d\d)(?:['’]s)?[\s:–—-]{1,3}$")


def year_beside(text: str, mention: EventMention) -> tuple[int, tuple[int, int]] | None:
    """The year written right beside an event's name ("Christmas 2024", "2019 holiday deadlines"), with its span."""
    start, end = mention.span
    if mention.year is not None:
        return mention.year, mention.span
    after = text[end : end + 44]
    if _PRODUCT_AFTER.match(after):
        return None
    if m := _YEAR_AFTER.match(after):
        rest = after[m.end() :]
        if re.match(r"[-/]\d", rest) or _PRODUCT_AFTER.match(rest):
            return None
        return int(m[1]), (end + m.start(1), end + m.end(1))
    if m := _YEAR_BEFORE.search(text, max(0, start - 8), start):
        return int(m[1]), m.span(1)
    return None


def product_like(text: str, mention: EventMention) -> bool:
    """Whether the name only describes a product ("Christmas ornament", "Easter eggs", "Christmas 2023 bauble")."""
    after = text[mention.span[1] : mention.span[1] + 48]
    return (
        _PRODUCT_AFTER.match(after) is not None
        or _PRODUCT_AFTER.match(re.sub(r"^\s(?:19|20)\d\d", "", after)) is not None
    )
