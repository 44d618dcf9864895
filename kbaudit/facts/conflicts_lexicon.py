# ruff: noqa: E501 - one group of words a line
"""Words that turn a rule round, part two cases, or say the same: for comparing two sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from kbaudit.facts.conflicts_classes import CLASSES, SAME
from kbaudit.text import quantities, stem

NEGATIONS = frozenset("not no never neither nor none nobody nothing without non".split())
AUX = frozenset(
    "do does did is are was were be been being will would shall should can could may might must have has had to also currently yet longer able unable any a an the".split()
)
OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in """included/excluded including/excluding include/exclude includes/excludes with/without eligible/ineligible refundable/nonrefundable returnable/nonreturnable accept/decline accepted/rejected accepted/declined allowed/prohibited
    allowed/forbidden permitted/prohibited required/optional mandatory/optional required/recommended before/after always/never more/less minimum/maximum free/paid valid/invalid transferable/nontransferable opened/unopened used/unused
    open/closed available/unavailable buyer/seller customer/us first/last must/may allow/prohibit permit/prohibit enabled/disabled public/private online/offline inclusive/exclusive
    monthly/annually monthly/yearly weekly/monthly daily/weekly annual/monthly once/twice possible/impossible can/must must/advise yes/no either/neither within/outside inside/outside in/outside calendar/business atleast/atmost""".split()
)
COMMERCE = re.compile(
    r"\b(?:we|our|us|you|your|customers?|orders?|refund\w*|return\w*|fees?|charge[ds]?|prices?|pa(?:y\w*|id)|deliver\w*|ship\w*|warrant\w*|cancel\w*|subscri\w*|accounts?|members?|gift|discount\w*|policy|notice|cost\w*|purchase\w*|users?|buyers?|sellers?|rent\w*|due|invoice\w*|deposit\w*|interest|licen[cs]e\w*|liab\w+|guests?|tenants?|landlord\w*|book(?:ed|ings?)|reservations?|parcels?|claims?|claimed|agreement|contracts?|insur\w+|premiums?|trials?|tickets?|vouchers?|coupons?|statements?|arbitrat\w+|disput\w+|terminat\w+|participants?|lessons?|courses?|complaints?|cover(?:s|ed|age)|plans?|services?|goods|items?|products?|members?hip|events?|votes?|part(?:y|ies)|data|benefits?|warranty|guarantee\w*|consent\w*|permi\w+|prohibit\w*|forbidden)\b",
    re.IGNORECASE,
)
STOP = frozenset(
    "the a an of to in on at for and or by with your you our we us is are be this that it its any all as from if will may must can not no".split()
)


# Words that deny without "not".
DENIALS = frozenset(
    "unable fail fails failed refuse refuses refused prohibited forbidden forbid prohibit except unless excluding excluded exclude excludes hardly lack lacks".split()
)
CONDITIONS = frozenset("if when where whenever wherever unless except once provided".split())
# The first of these ends what a sentence is about and begins what it says of it.
FINITE = AUX - frozenset("being been have to also currently yet longer any a an the".split()) | frozenset(
    """pay pays cost costs come comes get gets apply applies need needs receive receives collect collects earn earns include includes start starts begin begins end ends last lasts expire expires take takes arrive arrives
    cover covers charge charges offer offers keep keeps give gives provide provides deliver delivers ship ships accept accepts hold holds contain contains weigh weighs measure measures reach reaches work works use uses
    send sends make makes allow allows require requires bear bears answer answers advise renew renews continue continues lapse lapses pass passes run runs remain remains stay stays become becomes turn turns go goes follow follows
    enter enters leave leaves close closes open opens return returns sell sells buy buys rent rents lend lends store stores delete deletes share shares process processes transfer transfers publish publishes report reports refund refunds credit credits
    entitle entitles grant grants permit permits forbid forbids prohibit prohibits oblige obliges mean means comprise comprises consist consists count counts lie lies belong belongs fall falls depend depends decide decides serve serves travel travels
    roll rolls extend extends convert converts commence commences terminate terminates entail entails involve involves accrue accrues retain retains acquire acquires obtain obtains lose loses forfeit forfeits select selects choose chooses appoint appoints
    determine determines arrange arranges organise organises organize organizes insure insures maintain maintains notify notifies inform informs respond responds reply replies reimburse reimburses compensate compensates indemnify indemnifies replace replaces
    exclude excludes settle settles assign assigns own owns govern governs prevail prevails survive survives collect collects verify verifies moderate moderates monitor monitors protect protects disclose discloses refuse refuses carry carries agree agrees
    exceed exceeds occur occurs appear appears become becomes happen happens amount""".split()
)
PREFIXES = ("un", "in", "non", "dis", "im", "ir")
# Words that say the same of the same thing in terms and help pages: a swap between them changes no rule.
_GROUPS: dict[str, frozenset[int]] = {}
for _number, _words in enumerate(SAME):
    for _word in _words:
        _GROUPS[stem.stem(_word)] = _GROUPS.get(stem.stem(_word), frozenset()) | {_number}
_APART = tuple(
    tuple(frozenset(stem.stem(word) for word in side.split()) for side in line.lstrip("*= ").split("|"))
    for line in CLASSES
)
_STARRED = frozenset(number for number, line in enumerate(CLASSES) if line.startswith("* "))
_CASES: dict[str, frozenset[tuple[int, int]]] = {}
_VALUES: dict[str, frozenset[tuple[int, int]]] = {}
for _number, _sides in enumerate(_APART):
    for _side, _forms in enumerate(_sides):
        for _word in _forms:
            _VALUES[_word] = _VALUES.get(_word, frozenset()) | {(_number, _side)}
            if not CLASSES[_number].startswith("= "):
                _CASES[_word] = _CASES.get(_word, frozenset()) | {(_number, _side)}


@lru_cache(maxsize=50_000)
def alike(first: str, second: str) -> bool:
    """Whether two stems belong to one group of words that say the same."""
    return bool(_GROUPS.get(first, frozenset()) & _GROUPS.get(second, frozenset()))


def valued(form: str) -> bool:
    """Whether a stem belongs to a class of values, so that a word near it in meaning does not stand for it."""
    return form in _CASES


def contrasted(first: str, second: str) -> bool:
    """Whether of two sentences each has a word that the other lacks, of one class: they speak of different cases."""
    if labels(first) != labels(second):
        return True
    ours, theirs = _stems(first), _stems(second)
    return any(
        number == other and side != across
        for x in ours - theirs
        for y in theirs - ours
        for number, side in _CASES[x]
        if number in _STARRED
        for other, across in _CASES[y]
    )


# "Grade B", "zone 3": which of several.
_LABEL = re.compile(
    r"\b(priority|level|class|category|tier|zone|group|type|grade|stage|phase|option|band|tariff|line|platform|round|lot|series|generation|bracket|severity|schedule|terminal|gate|hall|block) ([A-Z]|\d{1,3}|[IVX]{1,4}|one|two|three|four|five)\b(?! ?(?:or|to|and|-|–|%))",
)


@lru_cache(maxsize=50_000)
def labels(text: str) -> frozenset[str]:
    """Which of several numbered or lettered things a sentence names: "grade b"."""
    return frozenset(f"{match[1]} {match[2]}".lower() for match in _LABEL.finditer(text[:1].lower() + text[1:]))


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    for quantity in reversed(quantities.find(text)):
        text = f"{text[: quantity.start]} {text[quantity.end :]}"
    return frozenset(form for word in _LETTERS.findall(text.lower()) if (form := stem.stem(word)) in _CASES)


_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=50_000)
def part(first: str, second: str) -> bool:
    """Whether two stems name different cases of one dimension: minimum and maximum, adult and child."""
    ours, theirs = _CASES.get(first, frozenset()), _CASES.get(second, frozenset())
    return any(number == other and side != across for number, side in ours for other, across in theirs)


@lru_cache(maxsize=50_000)
def excluded(first: str, second: str) -> bool:
    """Whether of two stems one holds and the other does not, where they stand for each other."""
    ours, theirs = _VALUES.get(first, frozenset()), _VALUES.get(second, frozenset())
    return any(number == other and side != across for number, side in ours for other, across in theirs)


@lru_cache(maxsize=100_000)
def content(word: str) -> str | None:
    """The form under which a word is looked up: its stem, or its group of words that say the same; None for small words."""
    if len(word) < 3 or word in _SMALL:
        return None
    form = stem.stem(word)
    groups = _GROUPS.get(form)
    return f"={min(groups)}" if groups else form


_SMALL = (
    STOP
    | AUX
    | NEGATIONS
    | frozenset(
        "which who whom whose where when while there here than into onto upon about under over between each other so both either own same very such these those this only just then thus also him his her their them they our its out off one two".split()
    )
)
