# ruff: noqa: E501 - patterns stand on one line each
"""What the difference between two near-identical sentences means: another rule, or the same rule in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_contacts import EMAIL
from kbaudit.model.document import Span
from kbaudit.text import quantities
from kbaudit.text.quantities import Quantity, same

# Sentences that state no rule: when a page was edited, who holds the copyright, how many use the service.
NOT_A_RULE = re.compile(
    r"^\W*(?:this (?:page|article|policy|version|document) (?:was|is) )?(?:last )?(?:updated|modified|revised|reviewed|edited|published|posted|created|version|effective(?: date| as of| from)?|date|copyright|©|stand|letzte änderung)\b|\bupdated (?:over |about |almost )?(?:an?|\d+|\w+) \w+ ago\b|\b(?:was|were|been) (?:last )?(?:updated|modified|revised) on\b|\beffective (?:as of|on|from|date|upon|immediately)\b|\bis effective\b|©|\bcopyright\b|"
    r"\b(?:monthly active|active (?:users|recipients)|average monthly|number of (?:users|customers|recipients)|recipients)\b|\.(?:pdf|docx?|xlsx?|zip|png|jpe?g|html?)\b|\b(?:founded|established|since) in (?:19|20)\d\d\b|\bdownload(?:ed)? (?:over|more than)\b|\btrusted by\b|\bminutes? (?:to )?read\b|\b(?:views|votes|comments|reviews)\b\s*$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\W*(?:(?:option|step|part|question|q|tip|method|phase|stage|level)\s?#?\d{1,3}\b\s?[:.)-]?\s*|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})[.)]\s*|\d{1,3}(?:\.\d{1,3}){1,4}\s+|\d{1,3}\s(?=[A-Z])|§\s*\d+\s*)+",
    re.IGNORECASE,
)
_TRAILING_NUMBERING = re.compile(r"\s(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s*\.?|\(?[a-z]\)\s*)$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:sub)?(?:sections?|clauses?|articles?|paragraphs?|schedules?|annex(?:es)?|appendix|appendices|exhibits?|chapters?|parts?|steps?|figures?|tables?|pages?|items?|points?|rules?|footnotes?|abschnitt|ziffer|artikel|no\.)\s+(?:\(?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])\)?(?:\s?\([a-z\d]+\))*(?:\s*(?:,|and|or|to|through|-|–|&)\s*)?){1,24}(?![\w])|§+\s?[\d., ]+|«[^»]{0,120}»",
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
_NEGATIONS = frozenset("not no never neither nor without non".split())
_AUX = frozenset(
    "do does did is are was were be been being will would shall should can could may might must have has had to also currently yet longer able unable any a an the".split()
)
_OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in """included/excluded including/excluding include/exclude includes/excludes with/without eligible/ineligible refundable/nonrefundable returnable/nonreturnable accept/decline accepted/rejected accepted/declined allowed/prohibited
    allowed/forbidden permitted/prohibited required/optional mandatory/optional required/recommended before/after always/never more/less minimum/maximum free/paid valid/invalid transferable/nontransferable opened/unopened used/unused
    open/closed available/unavailable buyer/seller customer/us first/last must/may shall/may allow/prohibit permit/prohibit enabled/disabled public/private online/offline inclusive/exclusive
    monthly/annually monthly/yearly weekly/monthly daily/weekly annual/monthly once/twice possible/impossible can/must yes/no either/neither calendar/business""".split()
)
_EXCEPTION = re.compile(
    r"^(?:\(?\s*)?(?:and |but )?(?:except(?:ing)?(?: for| as| that| in| where| when| if)?|exclud(?:ing|es)|other than|apart from|with the exception of|unless|but not|not including|only (?:for|if|in|when|where|to|on)|does not apply|do not apply|without|save for|or a partial|subject to)\b"
)
_SAVING = re.compile(
    r"\b(?:laws?|legal(?:ly)?|regulations?|statut\w+|mandatory|otherwise|consent|permission|approval|terms|agreement|contract|sections?|statements?|expressly|written|writing|prior|applicable|permitted|prohibited|required by|possible|necessary|sentences?|paragraphs?|stated|indicated|specified|noted|agreed|provided (?:for )?(?:in|by|below|above|herein)|these|this|described|set (?:out|forth)|limitation|undue|delay|notice|reason|cause)\b"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|any|every|everything|always|never|forever|each|no|none|whole|entire|anyone|everyone|only|immediately|full|free|purchase price|anything|without exception|at any time|worldwide)\b"
)
_CLOSED = re.compile(
    r"\b(?:only|solely|exclusively|means|mean|consists? of|limited to|other than|minus|namely|the following|are:|is:)\b"
)
_ADDRESS = re.compile(
    r"\b(?:street|st\.?|avenue|ave\.?|suite|ste\.?|road|rd\.?|boulevard|blvd\.?|drive|lane|ln\.?|box|floor|p\.?o\.?|way|unit|parkway|pkwy|square|place|court|strasse|straße|str\.|rue|calle|via|platz|plaza|attn\.?|postcode|zip|l-\d{4}|[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,$£€-])(?:\+|00)?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,5}\)?){1,4}(?!\w)|(?<!\w)1?-?8\d\d-\d{3}-\d{4,14}"
)
_CALL = re.compile(r"\b(?:call|phone|tel\w*|fax|hotline|contact|dial|ring|text|whatsapp|sms|reach)\b", re.IGNORECASE)
_AUTOMATED = re.compile(r"email:(?:no-?reply|do-?not-?reply|auth|notif\w*|mailer|bounce|alerts?|news(?:letter)?)@")
_WRITE = re.compile(
    r"\b(?:contact|e-?mail (?:us|our|to)|write|reach|send|mail|support|help|questions?|at|to)\b", re.IGNORECASE
)
_LEGAL_CUE = re.compile(
    r"\b(?:registered|register|registration|rcs|vat|share capital|paid-in capital|hrb|siren|siret|incorporated|company number|registered office|business licen[cs]e|organi[sz]ed under)\b",
    re.IGNORECASE,
)
_COMMERCE = re.compile(
    r"\b(?:we|our|us|you|your|customers?|orders?|refund\w*|return\w*|fees?|charge[ds]?|prices?|pay\w*|deliver\w*|ship\w*|warrant\w*|cancel\w*|subscri\w*|accounts?|members?|gift|discount\w*|policy|notice|cost\w*|purchase\w*|users?|buyers?|sellers?)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|our|us|customers?|orders?|refund\w*|fees?|deliver(?:y|ies|ed)|shipping|warrant\w+|members?hip|gift cards?|polic(?:y|ies)|subscri\w+)\b",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"\b(?:average|approximately \d|million|billion|recipients|followers|downloads|statistic\w*|estimated|\d{4,} (?:users|customers|employees|members)|(?:over|more than) \d+ (?:countries|locations|employees|stores))\b",
    re.IGNORECASE,
)
_STOP = frozenset(
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
class _Token:
    text: str
    start: int
    end: int
    kind: str = "word"
    quantity: Quantity | None = None
    raw: str = ""


@lru_cache(maxsize=50_000)
def _tokens(text: str) -> tuple[_Token, ...]:
    """Canonical words of a sentence: numbering, references and harmless phrases gone, amounts as one token each."""
    blank = text
    for pattern in (_NUMBERING, _TRAILING_NUMBERING):
        match = pattern.search(blank)
        if match:
            blank = blank[: match.start()] + " " * (match.end() - match.start()) + blank[match.end() :]
    for pattern in (_REFERENCE, HARMLESS):
        blank = pattern.sub(lambda match: " " * len(match.group()), blank)
    tokens: list[_Token] = []
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
                tokens += [_Token(part, begin, finish, raw=match.group()) for part in parts]
            elif word.endswith(("'re", "'ll", "'ve", "'s")):
                tokens.append(_Token(word.rpartition("'")[0], begin, finish, raw=match.group()))
                if word.endswith("'re"):
                    tokens.append(_Token("are", begin, finish, raw=match.group()))
            elif word[0].isdigit():
                tokens.append(_Token(word, begin, finish, "number", raw=match.group()))
            else:
                tokens.append(_Token(word, begin, finish, raw=match.group()))
        if kind:
            shown = blank[start:end]
            if kind == "phone":
                canonical = "phone:" + re.sub(r"\D", "", shown)
            elif kind == "email":
                canonical = "email:" + shown.lower().rstrip(".")
            elif quantity is not None:
                canonical = f"{kind}:{quantity.low}:{quantity.high}:{quantity.unit}" if kind != "date" else "date"
            else:
                canonical = shown.lower()
            tokens.append(_Token(canonical, start, end, kind, quantity, shown))
        at = end
    return tuple(tokens)


def judge(first: str, second: str) -> Verdict | None:
    """Whether two near-identical sentences say something else, and what; None where they do not, or it is not sure."""
    if NOT_A_RULE.search(first) or NOT_A_RULE.search(second):
        return None
    a, b = _tokens(first), _tokens(second)
    if not a or not b:
        return None
    words_a, words_b = [_plain(token) for token in a], [_plain(token) for token in b]
    if words_a == words_b:
        return None
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    changes = [(a[i1:i2], b[j1:j2], i1, j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
    changes = [change for change in changes if not _noise(change[0], change[1])]
    if not changes:
        return None
    length = max(len(a), len(b))
    for decide in (_contact, _amount, _negation, _exception, _closed):
        verdict = decide(first, second, a, b, changes, length)
        if verdict is not None:
            if verdict.facet not in ("contact", "legal_entity", "exception", "list") and _narrowed(first, second):
                return None
            return replace(
                verdict,
                bare=len(changes) == 1 and length >= 8,
                plain=verdict.facet in ("contact", "legal_entity") or bool(_OURS.search(first)),
            )
    return None


def _narrowed(first: str, second: str) -> bool:
    """Whether the sentences name different regions, customers, goods or services."""
    ours, theirs = scopes.of_text(first), scopes.of_text(second)
    return any(
        (mine and yours and mine.isdisjoint(yours)) or (name in _STRICT and bool(mine) != bool(yours))
        for (name, mine), (_, yours) in zip(ours.items(), theirs.items(), strict=True)
    )


_STRICT = ("regions", "segments", "channels", "seasons", "conditions", "services", "days")


def _plain(token: _Token) -> str:
    word = token.text
    if token.kind != "word":
        return word
    return re.sub(r"is(e|ed|es|ing|ation)$", r"iz\1", word) if len(word) > 5 else word


def _noise(old: Sequence[_Token], new: Sequence[_Token]) -> bool:
    """Spelling, inflection, articles, dates: nothing that decides."""
    left = [token for token in old if token.kind != "date"]
    right = [token for token in new if token.kind != "date"]
    if not left and not right:
        return True
    if any(token.kind != "word" for token in (*left, *right)):
        if len(left) == len(right) and all(
            (x.quantity and y.quantity and _equal(x, y)) or x.text == y.text for x, y in zip(left, right, strict=True)
        ):
            return True
        return (
            "".join(token.raw for token in left).replace(" ", "").lower()
            == "".join(token.raw for token in right).replace(" ", "").lower()
        )
    words_left, words_right = [token.text for token in left], [token.text for token in right]
    joined_left, joined_right = "".join(words_left), "".join(words_right)
    if joined_left == joined_right:
        return True
    if _decisive(words_left) != _decisive(words_right):
        return False
    if set(words_left) | set(words_right) <= _STOP - {"not", "no", "may", "must", "can", "all", "any"}:
        return True
    return (
        len(joined_left) > 3
        and len(joined_right) > 3
        and fuzz.ratio(joined_left, joined_right) >= 84
        and not _opposite(words_left, words_right)
    )


def _equal(x: _Token, y: _Token) -> bool:
    return bool(x.quantity and y.quantity and x.kind == y.kind and (x.kind == "date" or same(x.quantity, y.quantity)))


def _decisive(words: Sequence[str]) -> int:
    return sum(1 for word in words if word in _NEGATIONS)


def _opposite(left: Sequence[str], right: Sequence[str]) -> bool:
    return any({x, y} in _OPPOSITES for x in left for y in right) or any(
        x != y
        and (
            x in (f"{prefix}{y}" for prefix in ("un", "in", "non", "dis", "im", "ir"))
            or y in (f"{prefix}{x}" for prefix in ("un", "in", "non", "dis", "im", "ir"))
        )
        for x in left
        for y in right
    )


Change = tuple[Sequence[_Token], Sequence[_Token], int, int]


def _names(tokens: Sequence[_Token], text: str) -> set[str]:
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


def _renamed(changes: Sequence[Change], first: str, second: str) -> bool:
    """Whether a name in one sentence stands where another name stands in the other: they are about different things."""
    for old, new, _, _ in changes:
        left, right = _names(old, first), _names(new, second)
        if left - right and right - left and not any(fuzz.ratio(x, y) > 80 for x in left for y in right):
            return True
    return False


def _content(tokens: Sequence[_Token]) -> bool:
    return any(token.kind == "word" and token.text not in _STOP and token.text not in _AUX for token in tokens)


def _rest(changes: Sequence[Change], used: Sequence[Change]) -> int:
    """How many content words differ beyond the changes that were judged."""
    return sum(
        max(sum(1 for token in old if token.text not in _STOP), sum(1 for token in new if token.text not in _STOP))
        for old, new, i, j in changes
        if not any(change[2] == i and change[3] == j for change in used)
    )


def _contact(
    first: str, second: str, a: Sequence[_Token], b: Sequence[_Token], changes: Sequence[Change], length: int
) -> Verdict | None:
    for change in changes:
        old, new, _, _ = change
        for kind, label in (("phone", "phone number"), ("email", "e-mail address")):
            left = [token for token in old if token.kind == kind]
            right = [token for token in new if token.kind == kind]
            if kind == "email" and (
                _AUTOMATED.search(" ".join(token.text for token in (*left, *right))) or not _WRITE.search(first)
            ):
                continue
            others = [item for item in changes if item is not change]
            apart = bool(left and right) and {token.text for token in left}.isdisjoint(token.text for token in right)
            if apart and _rest(changes, [change]) <= 0.22 * length and not _renamed(others, first, second):
                return _verdict("contact", label, a, b, left, right, 0.82)
    numbers = [
        change
        for change in changes
        if any(
            token.kind in ("number", "duration", "measure") or any(char.isdigit() for char in token.text)
            for token in change[0]
        )
        and any(any(char.isdigit() for char in token.text) for token in change[1])
    ]
    if (
        numbers
        and len(_ADDRESS.findall(first)) >= 2
        and len(_ADDRESS.findall(second)) >= 2
        and _address_near(first, numbers[0][0])
        and _address_near(second, numbers[0][1])
    ) and _rest(changes, numbers) <= max(6, 0.3 * length):
        return _verdict("contact", "postal address", a, b, list(numbers[0][0]), list(numbers[0][1]), 0.8)
    if (
        numbers
        and _LEGAL_CUE.search(first)
        and _LEGAL_CUE.search(second)
        and _rest(changes, numbers) <= max(4, 0.25 * length)
    ):
        return _verdict("legal_entity", "company details", a, b, list(numbers[0][0]), list(numbers[0][1]), 0.8)
    entity = [
        change
        for change in changes
        if _names(change[0], first)
        and _names(change[1], second)
        and (_suffix(first, change[0]) and _suffix(second, change[1]))
    ]
    if (
        entity
        and not any(token.quantity for old, new, _, _ in changes for token in (*old, *new))
        and _rest(changes, entity) <= max(3, 0.2 * length)
    ):
        return _verdict("legal_entity", "company name", a, b, list(entity[0][0]), list(entity[0][1]), 0.7)
    return None


def _address_near(text: str, tokens: Sequence[_Token]) -> bool:
    start, end = tokens[0].start, tokens[-1].end
    return bool(_ADDRESS.search(text[max(0, start - 30) : end + 40]))


def _suffix(text: str, tokens: Sequence[_Token]) -> bool:
    return bool(
        re.search(
            r"\b(?:inc|llc|ltd|limited|gmbh|corp|corporation|plc|s\.?à\.? ?r\.?l|s\.?a\.?s|b\.?v|oy|pty|ag)\b",
            text[tokens[0].start : tokens[-1].end + 12],
            re.IGNORECASE,
        )
    )


def _amount(
    first: str, second: str, a: Sequence[_Token], b: Sequence[_Token], changes: Sequence[Change], length: int
) -> Verdict | None:
    used: list[Change] = []
    pairs: list[tuple[_Token, _Token]] = []
    for change in changes:
        old, new, _i, _j = change
        left = [token for token in old if token.quantity and token.kind != "date"]
        right = [token for token in new if token.quantity and token.kind != "date"]
        if not left or len(left) != len(right) or any(x.kind != y.kind for x, y in zip(left, right, strict=True)):
            continue
        wrong = [(x, y) for x, y in zip(left, right, strict=True) if not _equal(x, y)]
        wrong = [(x, y) for x, y in wrong if _counts(x, y, a, b, first, second)]
        if wrong:
            used.append(change)
            pairs += wrong
    if not pairs:
        return None
    if (
        _STATISTIC.search(first)
        or re.search(r"%\s?(?:of (?:our|all|the) \w+ (?:were|was|are|have)|customers|satisf)", first)
    ) and all(x.kind in ("number", "percent") for x, _ in pairs):
        return None
    if any(
        _opposite([t.text for t in old], [t.text for t in new])
        or (_decisive([t.text for t in old]) + _decisive([t.text for t in new])) % 2
        for old, new, _, _ in changes
    ):
        # "Before 11" and "after 11", "with" and "without": other cases, so other amounts.
        return None
    beyond = _rest(changes, used) + sum(
        sum(1 for token in old if token.kind == "word" and token.text not in _STOP) for old, _, _, _ in used
    )
    swapped = sum(1 for old, new, _, _ in changes if _content(old) and _content(new))
    if swapped > (0 if length < 12 else 1 if length < 25 else 3):
        return None
    if beyond > 0.34 * length or _renamed(changes, first, second):
        return None
    if not _COMMERCE.search(first):
        return None
    kinds = {x.kind for x, _ in pairs}
    if "measure" in kinds and "money" in kinds:
        # Another size at another price.
        return None
    x, y = pairs[0]
    score = 0.82 if beyond <= 2 else 0.7
    return _verdict("amount", "stated amount", a, b, [x], [y], score)


def _counts(x: _Token, y: _Token, a: Sequence[_Token], b: Sequence[_Token], first: str, second: str) -> bool:
    """Whether a changed amount is a value of a rule: it has a unit, or counts the same thing on both sides."""
    if x.kind in ("duration", "money", "percent", "time", "measure"):
        return True
    left, right = first[x.end : x.end + 24].split(), second[y.end : y.end + 24].split()
    before_left, before_right = first[: x.start].split()[-1:], second[: y.start].split()[-1:]
    if re.search(r"(?:\bno\.?|number|nr\.?|#|:|code|id|version of|v)\s*$", first[: x.start], re.IGNORECASE):
        return False
    follows = bool(
        left and right and left[0].lower().strip(".,;)") == right[0].lower().strip(".,;)") and left[0][:1].isalpha()
    )
    leads = bool(
        before_left
        and before_left == before_right
        and re.fullmatch(
            r"(?:age|aged|over|under|of|to|least|than|version|ios|android|maximum|minimum|limit|up|size|level|tier)",
            before_left[0].lower(),
        )
    )
    return follows or leads


_POINTING = re.compile(r"\W*(?:it|they|this|these|that|those|there)\b", re.IGNORECASE)


def _negation(
    first: str, second: str, a: Sequence[_Token], b: Sequence[_Token], changes: Sequence[Change], length: int
) -> Verdict | None:
    if _POINTING.match(first):
        # "It is (not) possible": of what, the page says.
        return None
    if _renamed(changes, first, second):
        return None
    for change in changes:
        old, new, _, _ = change
        left, right = [token.text for token in old], [token.text for token in new]
        if _rest(changes, [change]) > (0 if length < 24 else 0.08 * length):
            continue
        content = [word for word in (*left, *right) if word not in _AUX and word not in _NEGATIONS]
        if (
            len(left) <= 3
            and len(right) <= 3
            and any(x in left and y in right for pair in _OPPOSITES for x in pair for y in pair if x != y)
        ) and not ({"may", "can"} & set(left) and {"may", "can"} & set(right)):
            return _verdict("permission", "what is allowed or required", a, b, old, new, 0.72)
        if len(left) <= 2 and len(right) <= 2 and left and right and _opposite(left, right):
            return _verdict("permission", "what is allowed or required", a, b, old, new, 0.72)
        if content:
            continue
        if (
            (_decisive(left) + _decisive(right)) % 2 == 1
            and abs(len(left) - len(right)) <= 3
            and "without" not in (*left, *right)
        ):
            return _verdict(
                "permission",
                "what is allowed or required",
                a,
                b,
                _around(old, a, change[2]),
                _around(new, b, change[3]),
                0.74,
            )
    return None


def _around(tokens: Sequence[_Token], whole: Sequence[_Token], index: int) -> Sequence[_Token]:
    """The changed words, with the word after them where nothing else would be left to quote."""
    end = min(len(whole), index + len(tokens) + 1)
    return whole[max(0, index - (0 if tokens else 1)) : end] or whole[-1:]


def _exception(
    first: str, second: str, a: Sequence[_Token], b: Sequence[_Token], changes: Sequence[Change], length: int
) -> Verdict | None:
    if _renamed(changes, first, second):
        return None
    for change in changes:
        old, new, i, j = change
        longer, text, base, shorter = (new, second, first, old) if len(new) > len(old) else (old, first, second, new)
        if len(shorter) > 1 or not longer:
            continue
        phrase = text[longer[0].start : longer[-1].end].lower()
        opened = text[max(0, longer[0].start - 2) : longer[0].start]
        match = _EXCEPTION.match(phrase)
        if match is None or _SAVING.search(phrase) or len(longer) < 3 or len(longer) > 28:
            continue
        if not _UNIVERSAL.search(base.lower()):
            continue
        if _rest(changes, [change]) > (0 if length < 24 else 0.1 * length):
            continue
        del opened
        return _verdict(
            "exception", "exceptions to the rule", a, b, old or _around(old, a, i), new or _around(new, b, j), 0.68
        )
    return None


def _closed(
    first: str, second: str, a: Sequence[_Token], b: Sequence[_Token], changes: Sequence[Change], length: int
) -> Verdict | None:
    if _renamed(changes, first, second) or len(changes) != 1:
        return None
    old, new, i, j = changes[0]
    if old and new:
        return None
    longer, text = (new, second) if new else (old, first)
    start = longer[0].start
    before = text[:start].lower()
    cue = None
    for match in _CLOSED.finditer(before):
        cue = match
    if (
        cue is None
        or len(before) - cue.end() > 160
        or len(longer) > 8
        or any(mark in before[cue.end() :] for mark in ".;")
    ):
        return None
    phrase = text[longer[0].start : longer[-1].end].lower()
    if (
        _SAVING.search(phrase)
        or re.search(r"\b(?:such as|for example|e\.g|including|like)\b", before[cue.start() :])
        or not any(token.raw[:1].isalpha() and token.text not in _STOP for token in longer)
    ):
        return None
    around = text[max(0, start - 2) : start] + text[longer[-1].end : longer[-1].end + 5]
    if "," not in around and " and" not in around and " or" not in around and "(" not in around:
        return None
    return _verdict("list", "closed list", a, b, old or _around(old, a, i), new or _around(new, b, j), 0.62)


def _verdict(
    facet: str,
    label: str,
    a: Sequence[_Token],
    b: Sequence[_Token],
    old: Sequence[_Token],
    new: Sequence[_Token],
    score: float,
) -> Verdict:
    old = old or a[-1:]
    new = new or b[-1:]
    shared = {token.text for token in a if token.kind == "word"} & {token.text for token in b if token.kind == "word"}
    topic = sorted((word for word in shared - _STOP if len(word) > 4), key=lambda word: (-len(word), word))[:3]
    spans = ((old[0].start, old[-1].end), (new[0].start, new[-1].end))
    return Verdict(facet, label, " ".join(sorted(topic)), _show(old), _show(new), spans[0], spans[1], score)


def _show(tokens: Sequence[_Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if not words or words[-1] != token.raw:
            words.append(token.raw)
    return " ".join(words)
