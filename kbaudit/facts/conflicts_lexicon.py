# ruff: noqa: E501 - one group of words a line
"""Words that turn a rule round, part two cases, or say the same: for comparing two sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from kbaudit.text import stem

NEGATIONS = frozenset("not no never neither nor without non".split())
AUX = frozenset(
    "do does did is are was were be been being will would shall should can could may might must have has had to also currently yet longer able unable any a an the".split()
)
OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in """included/excluded including/excluding include/exclude includes/excludes with/without eligible/ineligible refundable/nonrefundable returnable/nonreturnable accept/decline accepted/rejected accepted/declined allowed/prohibited
    allowed/forbidden permitted/prohibited required/optional mandatory/optional required/recommended before/after always/never more/less minimum/maximum free/paid valid/invalid transferable/nontransferable opened/unopened used/unused
    open/closed available/unavailable buyer/seller customer/us first/last must/may allow/prohibit permit/prohibit enabled/disabled public/private online/offline inclusive/exclusive
    monthly/annually monthly/yearly weekly/monthly daily/weekly annual/monthly once/twice possible/impossible can/must must/advise yes/no either/neither calendar/business atleast/atmost""".split()
)
COMMERCE = re.compile(
    r"\b(?:we|our|us|you|your|customers?|orders?|refund\w*|return\w*|fees?|charge[ds]?|prices?|pa(?:y\w*|id)|deliver\w*|ship\w*|warrant\w*|cancel\w*|subscri\w*|accounts?|members?|gift|discount\w*|policy|notice|cost\w*|purchase\w*|users?|buyers?|sellers?)\b",
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
    send sends make makes allow allows require requires bear bears answer answers advise""".split()
)
PREFIXES = ("un", "in", "non", "dis", "im", "ir")
# Words that say the same of the same thing in terms and help pages: a swap between them changes no rule.
_SAME = tuple(
    group.split()
    for group in """mean define denote consist comprise purpose meaning
hold take place held
consent permission approval asking authorisation authorization
terminate end cancel cease stop conclude termination
start begin commence initial
buy purchase acquire order buying purchasing bought
inform tell notify announce notice communicate advise notification announcement warn warning
send mail post dispatch ship deliver transmit submit forward despatch
give provide supply offer grant furnish render
refund reimburse repay return money
charge bill invoice debit collect
fee charge cost price rate tariff amount sum
pay settle remit payment payable paid due
receive get obtain gain earn receipt
keep store retain hold save preserve retention storage
delete erase remove destroy deletion removal wipe
use access utilise utilize view employ usage apply
customer client user member subscriber buyer consumer purchaser holder owner
seller merchant vendor host supplier shop store retailer
agreement contract terms conditions
person people individual anyone somebody everyone traveller passenger guest anybody someone who
account profile
website site page platform service app application program software
change modify amend alter update adjust modification amendment
item product good article goods merchandise piece
parcel package shipment consignment delivery
repair fix mend
liable responsible liability responsibility answerable
maximum cap total aggregate most limit highest
exceed more over above
allow permit entitle able possible authorise authorize enable
require need necessary must oblige obligation
register sign enrol enroll open create
apply applicable effect effective force
additional further extra another
month monthly
year yearly annual annually
week weekly
day daily
immediately promptly instantly once
request ask demand asking
employee staff worker team personnel
email mail message electronic
phone telephone call
prior before advance preceding beforehand earlier
after following upon once when
photo photograph picture image
information data detail details
working business
process handle treat
country state territory
choose select pick option
help support assistance assist
show display present appear
reach attain
happen occur
make take
part portion share
cover bear
complete finish finished
discover find learn
try attempt
quickly fast soon
old age aged older years
vehicle car
defect fault
law statute legal
rebook rebooking change
look check review examine
several multiple many
valid good usable""".split("\n")
)
_GROUPS: dict[str, frozenset[int]] = {}
for _number, _words in enumerate(_SAME):
    for _word in _words:
        _GROUPS[stem.stem(_word)] = _GROUPS.get(stem.stem(_word), frozenset()) | {_number}
# Words that part two cases of one rule: what is said of the one is not said of the other.
_APART = tuple(
    tuple(frozenset(stem.stem(word) for word in side.split()) for side in line.split("|"))
    for line in """minimum min smallest lowest least earliest shortest|maximum max largest highest most latest longest
adult|child children infant kid baby|senior pensioner|student pupil
new first-time|existing returning regular
sending outgoing sent|receiving incoming received
standard regular|express|priority|overnight|economy|expedited
basic|business|premium|gold|silver|bronze|platinum|plus|pro|enterprise|light|starter|team
domestic inland national|international foreign abroad overseas
setup one-off single once|monthly recurring month|annual yearly year|weekly week|daily day
first initial|second further additional next subsequent|third|fourth
check-in arrival opening|check-out departure closing
small|medium|large|double|single
private personal consumer|commercial business corporate|public
paid charged|free unpaid gratis
width|length long|height|weight|girth|depth
deposit|withdrawal
buyer customer|seller vendor merchant
morning|afternoon|evening|night
peak|off-peak
winter|summer|spring|autumn
january|february|march|april|may|june|july|august|september|october|november|december
monday|tuesday|wednesday|thursday|friday|saturday|sunday
weekday|weekend
new|used second-hand refurbished
online|store shop
left|right
employee|contractor|applicant
inbound|outbound
lost missing|damaged broken faulty""".split("\n")
)
_CASES: dict[str, frozenset[tuple[int, int]]] = {}
for _number, _sides in enumerate(_APART):
    for _side, _forms in enumerate(_sides):
        for _word in _forms:
            _CASES[_word] = _CASES.get(_word, frozenset()) | {(_number, _side)}


@lru_cache(maxsize=50_000)
def alike(first: str, second: str) -> bool:
    """Whether two stems belong to one group of words that say the same."""
    return bool(_GROUPS.get(first, frozenset()) & _GROUPS.get(second, frozenset()))


@lru_cache(maxsize=50_000)
def part(first: str, second: str) -> bool:
    """Whether two stems name different cases of one dimension: minimum and maximum, adult and child."""
    ours, theirs = _CASES.get(first, frozenset()), _CASES.get(second, frozenset())
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
