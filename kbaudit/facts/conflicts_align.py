# ruff: noqa: E501 - patterns stand on one line each
"""Two near-identical sentences side by side: canonical words, what differs, and what of it is only wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

from kbaudit.facts.claims_contacts import EMAIL
from kbaudit.model.document import Span
from kbaudit.text import quantities
from kbaudit.text.quantities import Quantity, same

_NUMBERING = re.compile(
    r"^\W*(?:(?:option|step|part|question|q|tip|method|phase|stage|level)\s?#?\d{1,3}\b\s?[:.)-]?\s*|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})[.)]\s*|\d{1,3}(?:\.\d{1,3}){1,4}\s+|\d{1,3}\s(?=[A-Z])|§\s*\d+\s*)+",
    re.IGNORECASE,
)
_TRAILING_NUMBERING = re.compile(r"\s(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s*\.?|\(?[a-z]\)\s*)$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:sub)?(?:sections?|clauses?|articles?|paragraphs?|schedules?|annex(?:es)?|appendix|appendices|exhibits?|chapters?|parts?|steps?|figures?|tables?|pages?|items?|points?|rules?|footnotes?|abschnitt|ziffer|artikel|no\.)\s+(?:\(?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])\)?(?:\s?\([a-z\d]+\))*(?:\s*(?:,|and|or|to|through|-|–|&)\s*)?){1,24}(?![\w])|§+\s?[\d., ]+|\b(?:regulation|directive|iso|din|iec|ansi)\b(?:\s?\(?(?:eu|ec|eg|no\.?|nr\.?)\)?){0,3}\s?\d[\d/.:-]*(?:/\w+)?|«[^»]{0,120}»",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"\b(?:including(?:,)? (?:but not limited to|without limitation)|including|but not limited to|without limitation|not limited to|whether or not|any or no|not only|if not|why not|as not to|so as not|without regard to|without (?:undue )?delay|no later than|no matter|no doubt|opens? in (?:a )?new (?:window|tab)(?: or (?:window|tab))?)\b[,:]?",
    re.IGNORECASE,
)
_TOKENS = re.compile(r"⟦[^⟧]*⟧|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[()]")
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
# How strongly something is said to be done, whatever the words: a duty, a leave, an advice.
_MODALS = tuple(
    (tuple(words.split()), strength)
    for strength, group in (
        ("must", "will need to/need to/needs to/have to/has to/must/are required to/is required to/will be required to/are obliged to/is obliged to/are obligated to"),
        ("can", "are able to/is able to/will be able to/are allowed to/is allowed to/are permitted to/is permitted to/are entitled to/is entitled to/are free to"),
        ("advise", "it is easiest to/it is best to/it is advisable to/it is recommended to/we recommend that/we advise you to/we recommend to/are encouraged to/are advised to"),
    )
    for words in group.split("/")
)  # fmt: skip
_MODAL_STARTS = frozenset(words[0] for words, _ in _MODALS)
_MAY = re.compile(r"(\d{1,2}) may")
NEGATIONS = frozenset("not no never neither nor without non".split())
AUX = frozenset(
    "do does did is are was were be been being will would shall should can could may might must have has had to also currently yet longer able unable any a an the".split()
)
OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in """included/excluded including/excluding include/exclude includes/excludes with/without eligible/ineligible refundable/nonrefundable returnable/nonreturnable accept/decline accepted/rejected accepted/declined allowed/prohibited
    allowed/forbidden permitted/prohibited required/optional mandatory/optional required/recommended before/after always/never more/less minimum/maximum free/paid valid/invalid transferable/nontransferable opened/unopened used/unused
    open/closed available/unavailable buyer/seller customer/us first/last must/may allow/prohibit permit/prohibit enabled/disabled public/private online/offline inclusive/exclusive
    monthly/annually monthly/yearly weekly/monthly daily/weekly annual/monthly once/twice possible/impossible can/must must/advise yes/no either/neither calendar/business""".split()
)
COMMERCE = re.compile(
    r"\b(?:we|our|us|you|your|customers?|orders?|refund\w*|return\w*|fees?|charge[ds]?|prices?|pay\w*|deliver\w*|ship\w*|warrant\w*|cancel\w*|subscri\w*|accounts?|members?|gift|discount\w*|policy|notice|cost\w*|purchase\w*|users?|buyers?|sellers?)\b",
    re.IGNORECASE,
)
STOP = frozenset(
    "the a an of to in on at for and or by with your you our we us is are be this that it its any all as from if will may must can not no".split()
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A difference that decides what a customer is told. Spans are those of the differing words in each sentence."""

    facet: str
    label: str
    topic: str
    first: str
    second: str
    first_span: Span
    second_span: Span
    score: float
    plain: bool = False
    """The sentence speaks of the shop and its customers, not of goods."""
    bare: bool = False
    """Nothing else differs, and the sentence is long enough to be the same one."""


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
    blank = text
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
        if item.unit == "unlimited":
            continue
        modal = _MAY.fullmatch(blank, item.start, item.end) if item.kind == "date" else None
        if modal:
            # "Children under 13 may not …" names no day of May.
            value = Decimal(modal[1])
            item = replace(item, kind="number", low=value, high=value, unit="", end=modal.end(1))
        marks.append((item.start, item.end, item.kind, item))
    marks.sort()
    at = 0
    for start, end, kind, quantity in [*marks, (len(blank), len(blank), "", None)]:
        for match in _TOKENS.finditer(blank[at:start]):
            begin = at + match.start()
            word = match.group().lower().replace("’", "'")
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
    return tuple(_modals(result, text))


def _digits(phone: str) -> str:
    """The digits of a phone number without the prefixes that are often left out."""
    digits = re.sub(r"\D", "", phone).removeprefix("00")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def _modals(found: list[Token], text: str) -> list[Token]:
    """Several words for one modal as one token: "will need to" is "must"."""
    result: list[Token] = []
    at = 0
    while at < len(found):
        if found[at].text in _MODAL_STARTS:
            for words, strength in _MODALS:
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


def noise(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Spelling, inflection, articles, dates: nothing that decides."""
    left = [token for token in old if token.kind != "date"]
    right = [token for token in new if token.kind != "date"]
    if not left and not right:
        return True
    if any(token.kind != "word" for token in (*left, *right)):
        if len(left) == len(right) and all(
            (x.quantity and y.quantity and equal(x, y)) or x.text == y.text for x, y in zip(left, right, strict=True)
        ):
            return True
        return (
            "".join(token.raw for token in left).replace(" ", "").lower()
            == "".join(token.raw for token in right).replace(" ", "").lower()
        )
    words_left, words_right = [token.text for token in left], [token.text for token in right]
    joined_left, joined_right = "".join(words_left), "".join(words_right)
    if {joined_left, joined_right} == {"", "s"}:
        # A possessive whose apostrophe was lost.
        return True
    if joined_left == joined_right:
        return True
    if decisive(words_left) != decisive(words_right):
        return False
    if set(words_left) | set(words_right) <= STOP - {"not", "no", "may", "must", "can", "all", "any"}:
        return True
    return (
        len(joined_left) > 3
        and len(joined_right) > 3
        and fuzz.ratio(joined_left, joined_right) >= 84
        and not opposite(words_left, words_right)
    )


def equal(x: Token, y: Token) -> bool:
    """Whether two amounts are the same; "$5" is "US$5" where nothing names another dollar."""
    if not (x.quantity and y.quantity) or x.kind != y.kind:
        return False
    if x.kind == "date" or same(x.quantity, y.quantity):
        return True
    units = {x.quantity.unit, y.quantity.unit}
    return "$" in units and units <= _DOLLARS and (x.quantity.low, x.quantity.high) == (y.quantity.low, y.quantity.high)


_DOLLARS = frozenset("$ USD AUD CAD NZD SGD HKD".split())


def decisive(words: Sequence[str]) -> int:
    return sum(1 for word in words if word in NEGATIONS)


def opposite(left: Sequence[str], right: Sequence[str]) -> bool:
    return any({x, y} in OPPOSITES for x in left for y in right) or any(
        x != y
        and (
            x in (f"{prefix}{y}" for prefix in ("un", "in", "non", "dis", "im", "ir"))
            or y in (f"{prefix}{x}" for prefix in ("un", "in", "non", "dis", "im", "ir"))
        )
        for x in left
        for y in right
    )


Change = tuple[Sequence[Token], Sequence[Token], int, int]
"""The words of one sentence and those that stand for them in the other, and where they begin."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, word by word."""

    first: str
    second: str
    a: tuple[Token, ...]
    b: tuple[Token, ...]
    changes: tuple[Change, ...]
    """What differs beyond spelling, inflection and small words."""
    everything: tuple[Change, ...]
    """Whatever differs."""

    @property
    def length(self) -> int:
        """Words of the longer sentence."""
        return max(len(self.a), len(self.b))


def align(first: str, second: str) -> Pair | None:
    """The pair of sentences; None where their words are the same."""
    a, b = tokens(first), tokens(second)
    if not a or not b:
        return None
    words_a, words_b = [plain(token) for token in a], [plain(token) for token in b]
    if words_a == words_b:
        return None
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    found = tuple((a[i1:i2], b[j1:j2], i1, j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
    return Pair(first, second, a, b, tuple(change for change in found if not noise(change[0], change[1])), found)


def names(tokens: Sequence[Token], text: str) -> set[str]:
    """Capitalised words inside a sentence and words with digits: what a sentence can be about."""
    found = set()
    shouting = sum(1 for char in text if char.isupper()) > sum(1 for char in text if char.islower())
    for token in tokens:
        if (
            token.kind == "word"
            and token.raw[:1].isupper()
            and not shouting
            and token.start > 2
            and text[: token.start].rstrip()[-1:] not in ".!?:•"
        ):
            found.add(token.text)
    return found


_COUNTING = frozenset(
    "up over under above below only all every each maximum minimum max min exactly about around the at within after for least most any limit".split()
)


_OR_LATER = re.compile(r"\s?(?:\(?(?:or|and) (?:later|newer|higher|above|up|any later)\b|\+)", re.IGNORECASE)


def named(text: str, start: int, quantity: Quantity | None) -> bool:
    """Whether the number that starts at `start` ends a name: "Photo 3", "Windows 11"."""
    before = text[:start].split()[-1:]
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouting = sum(word.isupper() for word in words) >= 0.7 * len(words)
    return bool(
        before
        and before[0][:1].isupper()
        and before[0].isalpha()
        and not shouting
        and not (quantity and (quantity.bound or _OR_LATER.match(text, quantity.end)))
        and before[0].lower() not in _COUNTING
    )


def renamed(changes: Sequence[Change], first: str, second: str) -> bool:
    """Whether a name in one sentence stands where another name stands in the other: they are about different things."""
    for old, new, _, _ in changes:
        left, right = names(old, first), names(new, second)
        if left - right and right - left and not any(fuzz.ratio(x, y) > 80 for x in left for y in right):
            return True
    return False


def flips(left: Sequence[str], right: Sequence[str]) -> int:
    """How often the meaning turns between two wordings: negations, negative words and opposites. Even is not at all."""
    denied = NEGATIONS | _DENIALS
    turns = sum(1 for word in (*left, *right) if word in denied)
    # "Excluded" is counted already.
    plain_left, plain_right = ([word for word in words if word not in denied] for words in (left, right))
    return turns + (1 if opposite(plain_left, plain_right) else 0)


# Words that deny without "not".
_DENIALS = frozenset(
    "unable fail fails failed refuse refuses refused prohibited forbidden forbid prohibit except unless excluding excluded exclude excludes hardly lack lacks".split()
)


def content(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "word" and token.text not in STOP and token.text not in AUX for token in tokens)


def rest(changes: Sequence[Change], used: Sequence[Change]) -> int:
    """How many content words differ beyond the changes that were judged."""
    return sum(
        max(sum(1 for token in old if token.text not in STOP), sum(1 for token in new if token.text not in STOP))
        for old, new, i, j in changes
        if not any(change[2] == i and change[3] == j for change in used)
    )


def around(tokens: Sequence[Token], whole: Sequence[Token], index: int) -> Sequence[Token]:
    """The changed words, with the word after them where nothing else would be left to quote."""
    end = min(len(whole), index + len(tokens) + 1)
    return whole[max(0, index - (0 if tokens else 1)) : end] or whole[-1:]


def verdict(
    facet: str,
    label: str,
    a: Sequence[Token],
    b: Sequence[Token],
    old: Sequence[Token],
    new: Sequence[Token],
    score: float,
) -> Verdict:
    old = old or a[-1:]
    new = new or b[-1:]
    shared = {token.text for token in a if token.kind == "word"} & {token.text for token in b if token.kind == "word"}
    topic = sorted((word for word in shared - STOP if len(word) > 4), key=lambda word: (-len(word), word))[:3]
    spans = ((old[0].start, old[-1].end), (new[0].start, new[-1].end))
    return Verdict(facet, label, " ".join(sorted(topic)), show(old), show(new), spans[0], spans[1], score)


def show(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if not words or words[-1] != token.raw:
            words.append(token.raw)
    return " ".join(words)
