# ruff: noqa: E501 - patterns stand on one line each
"""A sentence as canonical words: numbering, references and harmless phrases gone, amounts as one token each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kbaudit.facts.claims_contacts import EMAIL
from kbaudit.text import quantities
from kbaudit.text.quantities import Quantity, same

_NUMBERING = re.compile(
    r"^[^\w$€£]*(?:(?:option|step|part|question|q|tip|method|phase|stage|level)\s?#?\d{1,3}\b\s?[:.)-]?\s*|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})[.)]\s*|\d{1,3}(?:\.\d{1,3}){1,4}\s+|\d{1,3}\s(?=(?-i:[A-Z]))|§\s*\d+\s*)+",
    re.IGNORECASE,
)
_TRAILING_NUMBERING = re.compile(r"\s(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s*\.?|\(?[a-z]\)\s*)$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:sub)?(?:sections?|clauses?|articles?|paragraphs?|schedules?|annex(?:es)?|appendix|appendices|exhibits?|chapters?|parts?|steps?|figures?|tables?|pages?|items?|points?|rules?|footnotes?|abschnitt|ziffer|artikel|no\.)\s+(?:\(?(?:\d+(?!\d|\s?%|(?:\s\w+)?\s(?:days?|hours?|weeks?|months?|years?|minutes?|percent)\b)(?:\.(?:\d+|[a-z]\b))*\.?|[ivx]+\b|[a-z]\b)\)?(?:\s?\([a-z\d]+\))*(?:\s*(?:,|and|or|to|through|-|–|&)\s*){0,2}){1,24}(?![\w])|§+\s?[\d., ]+|\b(?:regulation|directive|iso|din|iec|ansi)\b(?:\s?\(?(?:eu|ec|eg|no\.?|nr\.?)\)?){0,3}\s?\d[\d/.:-]*(?:/\w+)?|«[^»]{0,120}»",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"\b(?:including(?:,)? (?:but not limited to|without limitation)|including|but (?:are |is )?not limited to|without limitation|not limited to|whether or not|any or no|not only|if not|why not|as not to|so as not|without regard to|without (?:undue )?delay|no later than|no matter|no doubt|opens? in (?:a )?new (?:window|tab)(?: or (?:window|tab))?)\b[,:]?",
    re.IGNORECASE,
)
# Marks of width and direction that stand between letters unseen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TOKENS = re.compile(
    r"\b[Ee]-(?=[Mm]ails?\b)[Mm]ails?|\b(?:[Nn]on|[Dd]e|[Rr]e|[Pp]re|[Cc]o|[Ss]ub|[Uu]n)-[^\W\d_]+|⟦[^⟧]*⟧|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[()]"
)
_CONTRACTIONS = {
    "cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"), "aint": ("is", "not"),
}  # fmt: skip
_PHONE = re.compile(
    r"(?<![\w.,$£€-])(?:\+|00)?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,5}\)?){1,4}(?!\w)|(?<!\w)1?-?8\d\d-\d{3}-\d{4,14}"
)
_CALL = re.compile(
    r"\b(?:call\w*|phon\w+|tel\w*|fax|hotline|contact\w*|dial\w*|ring|text|whatsapp|sms|reach\w*)\b",
    re.IGNORECASE,
)
# One word for what is said in several: a duty, a leave, an advice, a limit, no price.
_PHRASES = tuple(
    (tuple(words.split()), strength)
    for strength, group in (
        ("must", "will need to/need to/needs to/have to/has to/must/are required to/is required to/will be required to/are obliged to/is obliged to/are obligated to"),
        ("can", "are able to/is able to/will be able to/are allowed to/is allowed to/are permitted to/is permitted to/are entitled to/is entitled to/are free to"),
        ("atleast", "not less than/no less than/not fewer than/no fewer than/at least/a minimum of/minimum of/at a minimum/at minimum/or more/or longer/or above/or over/or older/and over/and above"),
        ("atmost", "not more than/no more than/not longer than/no longer than/not later than/no later than/at most/up to/a maximum of/maximum of/at maximum/or less/or fewer/at the latest/does not exceed/do not exceed/not exceed/not exceeding"),
        ("free", "free of charge/free of cost/without charge/at no charge/at no cost/at no extra cost/at no extra charge/at no additional cost/at no additional charge/no charge/no fee/no fees/no cost/no extra charge/no extra cost/no additional charge/no additional cost/for free"),
        ("unless", "except if/except where/except when/except to the extent/except as/except that/save where/save as/save to the extent"),
        ("if", "in the event that/in the event of/in case of/in the case of/in case"),
        ("prevail", "take precedence/takes precedence/taking precedence"),
        ("contact", "get in touch/getting in touch/get in contact/in touch"),
        ("appear", "show up/turn up"),
        ("promptly", "as soon as possible/as soon as practicable/without delay/without undue delay/at once/right away/straight away"),
        ("optin", "opt in/opted in/opts in"),
        ("optout", "opt out/opted out/opts out"),
        ("regularly", "on a regular basis"),
        ("daily", "on a daily basis/each day/every day/per day/a day"),
        ("weekly", "on a weekly basis/each week/every week/per week/a week"),
        ("monthly", "on a monthly basis/each month/every month/per month/a month"),
        ("annually", "on an annual basis/on a yearly basis/each year/every year/per year/a year/per annum"),
        ("advise", "it is easiest to/it is best to/it is advisable to/it is recommended to/we recommend that/we advise you to/we recommend to/are encouraged to/are advised to"),
    )
    for words in group.split("/")
)  # fmt: skip
_PHRASE_STARTS = frozenset(words[0] for words, _ in _PHRASES)
# "A single computer" is one.
_SINGLE = re.compile(
    r"(?<=\ba )(single)(?= (?!rooms?|tickets?|beds?|fares?|journeys?|cabins?|use\b|sign)[a-z])", re.IGNORECASE
)
# "Twice a year", "on the fifteenth of each month".
_TIMES = re.compile(
    r"\b(once|twice|thrice|(?:two|three|four|five|six|ten|twelve|\d{1,2})(?= times))(?=(?: times)? (?:a|an|per|each|every|in (?:each|every|any)) |(?: times)?(?: in total| only)?\W*\Z)",
    re.IGNORECASE,
)
_OFTEN = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "twelve": 12,
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"last": 31}
_ORDINAL = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)|"
    + "|".join(_ORDINALS)
    + r")(?= (?:working |business |calendar )?(?:day )?of (?:each|every|the|a) (?:following |next |calendar )?(?:month|quarter|year)\b)",
    re.IGNORECASE,
)
# "From the third day", "until the second year".
_NTH = re.compile(
    r"\b(?:from|until|till|by|after|on|within|before|as of|with|in) the ("
    r"\d{1,2}(?:st|nd|rd|th)|"
    + "|".join(_ORDINALS)
    + r")(?= (?:working |business |calendar |full )?(?:day|week|month|quarter|year|night|hour)\b)",
    re.IGNORECASE,
)
# "Two thirds of the price".
_FRACTION = re.compile(
    r"\b(?:(?:(?P<count>a|one|two|three|four)[ -])?(?P<part>half|third|quarter|fifth|tenth)s?(?= of (?:the|its|your|their|our|all|this|that|what)\b)|(?P<half>half)(?= (?:the|its|your|their|our)\b))",
    re.IGNORECASE,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_OF_A = re.compile(r"\b(?:end|start|beginning|day) of \Z|\bof \Z", re.IGNORECASE)
_THE_ONE = re.compile(r"(?:the )one\b|.{0,4}\bone (?:in|of|that|which|who|another)\b", re.IGNORECASE)
_MAY = re.compile(r"(\d{1,2}) may")


@dataclass(frozen=True, slots=True)
class Token:
    """One canonical word, number or amount of a sentence."""

    text: str
    start: int
    end: int
    kind: str = "word"
    quantity: Quantity | None = None
    raw: str = ""


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[Token, ...]:
    """Canonical words of a sentence: numbering, references and harmless phrases gone, amounts as one token each."""
    blank = _INVISIBLE.sub(" ", text)
    for pattern in (_NUMBERING, _TRAILING_NUMBERING):
        match = pattern.search(blank)
        if match:
            blank = blank[: match.start()] + " " * (match.end() - match.start()) + blank[match.end() :]
    for pattern in (_REFERENCE, HARMLESS):
        blank = pattern.sub(lambda match: " " * len(match.group()), blank)
    result: list[Token] = []
    marks: list[tuple[int, int, str, Quantity | None]] = [
        (match.start(), match.end(), "email", None) for match in EMAIL.finditer(blank)
    ]
    if _CALL.search(blank) or "+" in blank or re.search(r"8\d\d-\d{3}-\d{4}", blank):
        marks += [
            (match.start(), match.end(), "phone", None)
            for match in _PHONE.finditer(blank)
            if len(re.sub(r"\D", "", match.group())) >= 7
        ]
    taken = [(start, end) for start, end, _, _ in marks]
    for item in quantities.find(blank):
        if any(item.start < end and start < item.end for start, end in taken):
            continue
        if (
            _OF_A.search(blank, max(0, item.start - 12), item.start)
            and blank[item.start : item.start + 2].lower() == "a "
        ):
            # "The end of a calendar month" is a day, not a period.
            continue
        if item.unit == "unlimited" or (item.kind == "number" and _THE_ONE.match(blank, max(0, item.start - 4))):
            continue
        modal = _MAY.fullmatch(blank, item.start, item.end) if item.kind == "date" else None
        if modal:
            # "Children under 13 may not …" names no day of May.
            value = Decimal(modal[1])
            item = replace(item, kind="number", low=value, high=value, unit="", end=modal.end(1))
        marks.append((item.start, item.end, item.kind, item))
    for pattern, values in ((_SINGLE, {"single": 1}), (_TIMES, _OFTEN), (_ORDINAL, _ORDINALS), (_NTH, _ORDINALS)):
        for match in pattern.finditer(blank):
            often = values.get(match[1].lower()) or int(re.sub(r"\D", "", match[1]) or 0)
            if often:
                marks = [mark for mark in marks if mark[1] <= match.start(1) or mark[0] >= match.end(1)]
                unit = "times" if pattern is _TIMES else ""
                end = match.end(1) + (6 if blank[match.end(1) : match.end(1) + 6].lower() == " times" else 0)
                amount = Quantity("number", Decimal(often), Decimal(often), unit, match.start(1), end)
                marks.append((match.start(1), end, "number", amount))
    for match in _FRACTION.finditer(blank):
        if not any(kind != "number" and start < match.end() and match.start() < end for start, end, kind, _ in marks):
            marks = [mark for mark in marks if mark[1] <= match.start() or mark[0] >= match.end()]
            share = (
                Decimal(100 * _COUNTS.get((match["count"] or "a").lower(), 1))
                / _PARTS[(match["part"] or match["half"]).lower()]
            )
            marks.append((*match.span(), "percent", Quantity("percent", share, share, "percent", *match.span())))
    marks.sort(key=lambda mark: mark[:3])
    at = 0
    for start, end, kind, quantity in [*marks, (len(blank), len(blank), "", None)]:
        for match in _TOKENS.finditer(blank[at:start]):
            begin = at + match.start()
            word = match.group().lower().replace("’", "'")
            if word.startswith(("e-", "non-", "de-", "re-", "pre-", "co-", "sub-", "un-")):
                word = word.replace("-", "")
            finish = begin + len(match.group())
            if word in "()":
                continue
            if word in _CONTRACTIONS or word.endswith("n't"):
                parts = _CONTRACTIONS.get(word) or (word[:-3], "not")
                result += [Token(part, begin, finish, raw=match.group()) for part in parts]
            elif word.endswith(("'re", "'ll", "'ve", "'s")):
                result.append(Token(word.rpartition("'")[0], begin, finish, raw=match.group()))
                if word.endswith("'re"):
                    result.append(Token("are", begin, finish, raw=match.group()))
            elif word[0].isdigit():
                result.append(Token(word, begin, finish, "number", raw=match.group()))
            else:
                result.append(Token(word, begin, finish, raw=match.group()))
        if kind:
            shown = blank[start:end]
            if kind == "phone":
                canonical = "phone:" + _digits(shown)
            elif kind == "email":
                canonical = "email:" + shown.lower().rstrip(".")
            elif quantity is not None:
                canonical = f"{kind}:{quantity.low}:{quantity.high}:{quantity.unit}" if kind != "date" else "date"
            else:
                canonical = shown.lower()
            result.append(Token(canonical, start, end, kind, quantity, shown))
        at = end
    return tuple(_phrases(result, text))


def _digits(phone: str) -> str:
    """The digits of a phone number without the prefixes that are often left out."""
    digits = re.sub(r"\D", "", phone).removeprefix("00")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def _phrases(found: list[Token], text: str) -> list[Token]:
    """Several words that say one thing as one token: "will need to" is "must"."""
    result: list[Token] = []
    at = 0
    while at < len(found):
        if found[at].text in _PHRASE_STARTS:
            for words, strength in _PHRASES:
                group = found[at : at + len(words)]
                if len(group) == len(words) and all(
                    token.text == word for token, word in zip(group, words, strict=True)
                ):
                    start, end = group[0].start, group[-1].end
                    result.append(Token(strength, start, end, raw=text[start:end]))
                    at += len(words)
                    break
            else:
                result.append(found[at])
                at += 1
        else:
            result.append(found[at])
            at += 1
    return result


def plain(token: Token) -> str:
    word = token.text
    if token.kind != "word":
        return word
    return re.sub(r"is(e|ed|es|ing|ation)$", r"iz\1", word) if len(word) > 5 else word


def equal(x: Token, y: Token) -> bool:
    """Whether two amounts are the same; "$5" is "US$5" where nothing names another dollar."""
    if not (x.quantity and y.quantity) or x.kind != y.kind:
        return False
    if x.kind == "date" or same(x.quantity, y.quantity):
        return True
    units = {x.quantity.unit, y.quantity.unit}
    return "$" in units and units <= _DOLLARS and (x.quantity.low, x.quantity.high) == (y.quantity.low, y.quantity.high)


_DOLLARS = frozenset("$ USD AUD CAD NZD SGD HKD".split())
