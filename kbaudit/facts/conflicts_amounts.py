# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in a number, a price or a deadline: does it decide anything?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kbaudit.facts.conflicts_align import Pair, Verdict, akin, around, flips, named, renamed, telling, verdict
from kbaudit.facts.conflicts_case import clause_end, dates_differ, in_head, same_case
from kbaudit.facts.conflicts_lexicon import COMMERCE
from kbaudit.facts.conflicts_tokens import Token, equal
from kbaudit.text import quantities

# A sentence this long that agrees in all but a value rules the same thing, whatever its words.
LONG = 12
_STATISTIC = re.compile(
    r"\b(?:as of (?:today|now)|at present|presently|so far|to date|average|approximately \d|million|billion|recipients|followers|downloads|statistic\w*|estimated|\d[\d.,]{3,}\+? (?:\w+ ){0,2}(?:users|customers|employees|members|people|shops|stores|businesses|companies|products|reviews|downloads)|(?:team|staff) of \d+|\d+\+? (?:countries|languages|locations|employees|stores|branches)|(?:rated|rating of|out of (?:5|five|10|ten))\b)",
    re.IGNORECASE,
)
# "We work with 40 banks": how large the company is.
_COUNTED = re.compile(
    r"\b(?:works? with|serv(?:e|es|ing)|employ(?:s|ing)?|partner(?:s|ed|ing)? with|cooperates? with|operat(?:e|es|ing)|runs?|represents?|brings? together|represented in|present in|active in|united|home to|counts?|trusted by|chosen by|(?:have|has) (?:already |now |since )?\w+(?:ed|en|wn|ld|nt|ught))\s(?:over |more than |about |around |some |nearly |almost |currently |now |already |a total of |up to )*\Z",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|shall|at least|at most|no more|minimum|maximum|up to|require[sd]?|need|limit\w*)\b", re.IGNORECASE
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|example:|e\.g|suppose|imagine|let['’]s say|say,|as an example)", re.IGNORECASE
)
_VERSION = re.compile(r"\b(?:version|release|edition|revision)\s*$", re.IGNORECASE)
_UNITED = ("duration", "money", "percent", "time", "measure")


def amount(pair: Pair) -> Verdict | None:
    """Whether another amount of the same thing is stated."""
    first, second = pair.first, pair.second
    facing = [(x, y) for x, y in _facing(pair) if not equal(x, y)]
    wrong = [(x, y) for x, y in facing if _counts(x, y, first, second)]
    if not wrong:
        return _endless(pair) or _nothing(pair) or _share(pair) or _at_once(pair) or _deadline(pair) or _unbounded(pair)
    if dates_differ(pair) or not _rules(pair, wrong) or renamed(pair.changes, first, second):
        return None
    if flips(*_words(pair)) % 2 and _turned(pair):
        # "Before 11" and "after 11", "with" and "without": other cases, so other amounts.
        return None
    if any(x.kind != y.kind for x, y in wrong) and len(pair.changes) > 1:
        return None
    if len({x.kind for x, _ in facing}) > 1 or _beside(pair, facing):
        # Another size at another price.
        return None
    used = [token for both in wrong for token in both]
    x, y = wrong[0]
    if min(len(pair.a), len(pair.b)) < FRAGMENT * pair.length and _agree(pair, (len(first), len(second))) < 2:
        return None
    apart = max(len(side) for side in pair.apart)
    ends = clause_end(first, x.end), clause_end(second, y.end)
    if not same_case(pair, used) and not (
        # The clause of the value says the same, and says enough; what follows it is told in other words.
        len(wrong) == 1
        and x.kind in (*_UNITED, "number")
        and _agree(pair, ends) >= ENOUGH
        and same_case(pair, used, ends=ends)
    ):
        return None
    return verdict("amount", "stated amount", pair.a, pair.b, [x], [y], 0.82 if apart <= 2 else 0.7)


# Words of content that two clauses must share to be about one thing when the rest of their sentences differs.
ENOUGH = 3
# A sentence so much shorter than the other must share words of content with it.
FRAGMENT = 0.6


def _agree(pair: Pair, ends: tuple[int, int] | None) -> int:
    """How many words of content the two clauses share."""
    ends = ends or (0, 0)
    ours, theirs = (
        [token for token in side if token.start < end and telling(token)]
        for side, end in zip((pair.a, pair.b), ends, strict=True)
    )
    return sum(any(akin(x, y) for y in theirs) for x in ours)


def _beside(pair: Pair, facing: Sequence[tuple[Token, Token]]) -> bool:
    """Whether each sentence has a further amount that the other lacks."""
    left, right = (
        [
            token
            for token in side
            if token.quantity
            and token.kind != "date"
            and not any(token is x or token is y for x, y in facing)
            and not any(other.quantity and (other.text == token.text or equal(other, token)) for other in across)
        ]
        for side, across in ((pair.a, pair.b), (pair.b, pair.a))
    )
    return (
        bool(left or right)
        and any(x.kind == "money" for x, _ in facing)
        and any(token.kind == "number" for token in (*left, *right))
    ) or bool(left and right)


def _facing(pair: Pair) -> Iterator[tuple[Token, Token]]:
    """Amounts that stand for each other: in one change, or the only one of their kind."""
    met = False
    for old, new, _, _ in pair.changes:
        left = [token for token in old if token.quantity and token.kind != "date"]
        right = [token for token in new if token.quantity and token.kind != "date"]
        if left and len(left) == len(right) and all(_like(x, y) for x, y in zip(left, right, strict=True)):
            met = True
            yield from zip(left, right, strict=True)
    if met:
        return
    for kind in _UNITED:
        left, right = ([token for token in side if token.kind == kind] for side in (pair.a, pair.b))
        if len(left) == len(right) == 1:
            yield left[0], right[0]


def _words(pair: Pair) -> tuple[list[str], list[str]]:
    return (
        [token.text for old, _, _, _ in pair.changes for token in old],
        [token.text for _, new, _, _ in pair.changes for token in new],
    )


def _turned(pair: Pair) -> bool:
    """Whether the turn stands in the wording itself, not in how the limit is said ("no more than", "up to")."""
    return pair.length < 60


def _rules(pair: Pair, wrong: Sequence[tuple[Token, Token]]) -> bool:
    """Whether the sentence rules something by the amount: it is no figure of the company and no example."""
    first = pair.first
    bare = all(x.kind == "number" for x, _ in wrong)
    bounds = {x.quantity.bound for x, _ in wrong if x.quantity}
    if all(x.kind in ("number", "percent") for x, _ in wrong) and (
        re.search(r"%\s?(?:of (?:our|all|the) \w+ (?:were|was|are|have)|customers|satisf)", first)
        or (_STATISTIC.search(first) and "under" not in bounds and not (_DUTY.search(first) and bounds - {""}))
    ):
        return False
    if bare and not _DUTY.search(first) and any(_COUNTED.search(first[: x.start]) for x, _ in wrong):
        return False
    if any(
        _EXAMPLE.search(text[: x.start]) for both in wrong for x, text in zip(both, (first, pair.second), strict=True)
    ):
        return False
    if bare and any(x.quantity and x.quantity.bound in ("over", "about") and in_head(x, pair.a) for x, _ in wrong):
        # "More than 80 schools use our planner": how many there are.
        return False
    return bool(
        COMMERCE.search(first)
        or _LIMIT.search(first)
        # "At least 20" is a rule without any word of trade.
        or all(x.quantity and x.quantity.bound for x, _ in wrong)
        or (pair.length >= LONG and not bare)
    )


_UNBOUNDED = re.compile(
    r"\b(?:as often as|as many as|as much as|any (?:number|amount|level|length|price|size|weight|speed|quantity)|unlimited|without (?:any )?limit\w*|no limit|indefinite(?:ly)?|as long as (?:you|it|he|they) (?:like|want|wish)\w*)\b",
    re.IGNORECASE,
)
_BOUNDED = frozenset("once twice full single one atmost".split())


def _unbounded(pair: Pair) -> Verdict | None:
    """Whether the one sentence sets a number or a time where the other sets none: "twice a year", "as often as"."""
    if bool(_UNBOUNDED.search(pair.first)) == bool(_UNBOUNDED.search(pair.second)):
        return None
    for old, new, _, _ in _joined(pair):
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
    if bool(endless[0]) == bool(endless[1]) or not COMMERCE.search(pair.first):
        return None
    items = endless[1] or endless[0]
    for old, new, _, _ in _joined(pair):
        limited, free = (old, new) if endless[1] else (new, old)
        periods = [token for token in limited if token.kind == "duration" or token.text in _TERMS]
        if len(periods) != 1 or not free:
            continue
        if any(item.start < free[-1].end and free[0].start < item.end for item in items) and same_case(
            pair, [*limited, *free], details=0.12
        ):
            return verdict("amount", "stated period", pair.a, pair.b, old, new, 0.72)
    return None


_TERMS = frozenset("term period duration".split())
_FREE = re.compile(
    r"\bfree of charge\b|\bfree\b(?! (?:to|from|shipping threshold))|\b(?:at )?no (?:extra |additional |further )?(?:fee|charge|cost|costs|commission)\b|\bwithout (?:any )?(?:charge|fee|cost)\b|\b(?:costs?|pays?|charges?) (?:you )?nothing\b|\bfor nothing\b|\bcomplimentary\b",
    re.IGNORECASE,
)


def _nothing(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives for nothing what the other has a price for."""
    free = [list(_FREE.finditer(text)) for text in (pair.first, pair.second)]
    if bool(free[0]) == bool(free[1]):
        return None
    index = 0 if free[0] else 1
    given, priced = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
    price = [
        token
        for token in priced
        if token.kind in ("money", "percent") and not any(token.text == other.text for other in given)
    ]
    if len(price) != 1 or any(
        token.kind == price[0].kind and token.text not in {t.text for t in priced} for token in given
    ):
        return None
    mark = free[index][0]
    near = [token for token in given if token.start < mark.end() and mark.start() < token.end]
    used = [*near, *_around(priced, price[0]), *price]
    ends = (
        (clause_end(pair.first, near[-1].end), clause_end(pair.second, price[0].end)) if index == 0 and near else None
    )
    if index == 1 and near:
        ends = (clause_end(pair.first, price[0].end), clause_end(pair.second, near[-1].end))
    if not near or not (same_case(pair, used) or (_agree(pair, ends) >= 2 and same_case(pair, used, ends=ends))):
        return None
    pieces = (near, price) if index == 0 else (price, near)
    return verdict("amount", "price", pair.a, pair.b, pieces[0], pieces[1], 0.74)


_CHARGING = frozenset(
    "charged charge charges flat handling fee fees cost costs price each per additional small fixed".split()
)


def _around(tokens: Sequence[Token], price: Token) -> list[Token]:
    """The words that say that a price is charged: they are part of the price."""
    return [
        token
        for token in tokens
        if token.text in _CHARGING or (abs(token.start - price.end) < 24 and token.start > price.start)
    ]


_OF_PRICE = re.compile(
    r"[^.;,]{0,14}\b(?:the|its|their|your) (?:\w+ ){0,2}(?:price|fare|fee|rate|amount|value|cost|charge|sum|deposit)\b",
    re.IGNORECASE,
)
_PRICES = frozenset("price fare fee rate amount value cost charge sum deposit".split())
_WHOLE = frozenset("full whole entire complete".split())


def _share(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives the whole of what the other gives a share of."""
    for old, new, i, j in _joined(pair):
        for left, right in ((old, new), (new, old)):
            share = [token for token in left if token.kind == "percent"]
            whole = [token for token in right if token.text in _WHOLE]
            if len(share) == 1 and whole and not any(token.kind == "percent" for token in right):
                if share[0].quantity and share[0].quantity.low == 100:
                    continue
                if not same_case(pair, [*share, *whole]):
                    continue
                pieces = (share, whole) if left is old else (whole, share)
                return verdict("amount", "stated amount", pair.a, pair.b, pieces[0], pieces[1], 0.72)
            alone = (
                len(share) == 1
                and not any(telling(token) and token.text not in _PRICES for token in (*left, *right))
                and len(pair.changes) == 1
            )
            text = pair.first if left is old else pair.second
            if (
                alone
                and share[0].quantity
                and not share[0].quantity.bound
                and _OF_PRICE.match(text, share[0].start + 4)
            ):
                shown = around(right, pair.b if left is old else pair.a, j if left is old else i)
                first, second = (share, shown) if left is old else (shown, share)
                return verdict("amount", "stated amount", pair.a, pair.b, first, second, 0.68)
    return None


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


def _joined(pair: Pair) -> Iterator[tuple[Sequence[Token], Sequence[Token], int, int]]:
    """Changes, and two that only a small word or two part: "paid back «» the «full»" is one."""
    yield from pair.changes
    for one, other in pairwise(pair.changes):
        start, end = one[2], other[2] + len(other[0])
        begin, finish = one[3], other[3] + len(other[1])
        if other[2] - one[2] - len(one[0]) <= 3:
            yield pair.a[start:end], pair.b[begin:finish], start, begin


_UNTIL = re.compile(
    r"\b(?:by|until|till|before|no later than|not later than|through|up to(?: and including)?|at the latest(?: on)?|expires? on|expire on|ends? on|deadline(?: is| of)?:?|valid (?:to|until)|from [^.,;]{3,24} (?:to|through|until))\s(?:midnight (?:on|of) |the end of |noon on )?(?:the )?\Z",
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


# Words of limits and offers: a sentence with one of them rules something.
_LIMIT = re.compile(
    r"\b(?:limit\w*|at most|entitles?|per|contains?|comprises?|consists?|includes?|lasts?|minimum|maximum|shall|or (?:later|newer|higher|more|less|fewer)|must|may|can|cannot|need\w*|requir\w+|only|trials?|passe?s?|plans?|bookings?|reservations?|access|loans?|services?|offers?|licen[cs]es?|extend\w*|renew\w*)\b",
    re.IGNORECASE,
)


def _like(x: Token, y: Token) -> bool:
    """Whether two amounts can be values of one thing: a fee is a sum or a share of the price."""
    return x.kind == y.kind or {x.kind, y.kind} == {"money", "percent"}


def _counts(x: Token, y: Token, first: str, second: str) -> bool:
    """Whether a changed amount is a value of a rule: it has a unit, or counts the same thing on both sides."""
    if x.kind in _UNITED:
        return True
    if _VERSION.search(first[: x.start]) and not (x.quantity and x.quantity.bound):
        # The version that is spoken of, not the one that is needed.
        return False
    if named(first, x.start, x.quantity) and named(second, y.start, y.quantity):
        return False
    left, right = first[x.end : x.end + 24].split(), second[y.end : y.end + 24].split()
    before_left, before_right = first[: x.start].split()[-1:], second[: y.start].split()[-1:]
    if re.search(
        r"(?:\bno\.?|number|nr\.?|#|:|code|id|step|page|photo|figure|ext\.?|extension|version of|v|\d of)\s*$",
        first[: x.start],
        re.IGNORECASE,
    ):
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
