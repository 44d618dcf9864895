# ruff: noqa: E501 - one group of words a line
"""Words that turn a rule round, part two cases, or say the same: for comparing two sentences."""

from __future__ import annotations

import re
from functools import lru_cache

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
    send sends make makes allow allows require requires bear bears answer answers advise renew renews continue continues lapse lapses pass passes run runs remain remains stay stays become becomes turn turns go goes follow follows
    enter enters leave leaves close closes open opens return returns sell sells buy buys rent rents lend lends store stores delete deletes share shares process processes transfer transfers publish publishes report reports refund refunds credit credits
    entitle entitles grant grants permit permits forbid forbids prohibit prohibits oblige obliges mean means comprise comprises consist consists count counts lie lies belong belongs fall falls depend depends decide decides serve serves travel travels""".split()
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
# Classes of words of which one holds and the others do not: groups of one class are different values, or different cases.
# A star: the words say of whom, of what or when a rule holds; the others are what it says.
_CLASSES = """* minimum min smallest lowest least earliest shortest bottom|maximum max largest highest most latest longest top
* adult grown-up|child children infant kid baby youth junior|senior pensioner elderly|student pupil|teacher
* new first-time newcomer|existing returning former previous
* outgoing outbound|incoming inbound
* standard regular ordinary normal|express|priority|overnight|economy|expedited|premium
* basic|business|premium|gold|silver|bronze|platinum|diamond|pro|enterprise
* domestic inland national|international foreign abroad overseas|regional local
setup one-off single once|hourly hour|daily day|weekly week|fortnightly fortnight|monthly month recurring|quarterly quarter|half-yearly|annual annually yearly year
* first initial|second|third|fourth|last final
* check-in arrival|check-out departure
* small|medium|large big|double|single|triple|twin
* private personal|commercial professional|public
paid chargeable|free unpaid gratis complimentary
* width|length|height|weight|girth|depth|diameter
deposit|withdrawal
buyer customer purchaser buyers|seller vendor merchant dealer sellers
* lessee tenant renter hirer lessees tenants renters|lessor landlord lessors landlords
licensee licensees|licensor licensors
* borrower borrowers|lender lenders
* sender senders consignor|recipient recipients addressee consignee
employer employers|employee employees staff|contractor contractors
* host hosts|guest guests visitor visitors
* driver drivers rider|passenger passengers
* insurer|insured policyholder
controller controllers|processor processors
* writer author authors|publisher publishers
* organiser organizer|participant participants entrant entrants
* morning|afternoon|evening|night
* peak|off-peak
* winter|summer|spring|autumn
* january|february|march|april|june|july|august|september|october|november|december
* monday mondays|tuesday tuesdays|wednesday wednesdays|thursday thursdays|friday fridays|saturday saturdays|sunday sundays
* weekday weekdays|weekend weekends
* new|used second-hand refurbished
online internet web|store shop branch counter
* left|right
* inbound|outbound
* lost missing|damaged broken faulty
advance beforehand upfront|arrears afterwards retrospectively
net wholesale|gross retail
exclusive|nonexclusive
renew renews renewed continues continue extended prolonged renewal carried rolled|end ends ended expire expires lapse lapses stop stops terminate terminates forfeited lost
pdf|paper printed
lot lots|jury
cash|voucher vouchers|note|cheque cheques|transfer
post letter|email electronically|telephone phone|fax
writing written|orally verbally oral
household|person individual|company firm organisation
person head|group
unanimous unanimously|majority
joint jointly|several severally
automatically automatic|manually manual request
permanent permanently|temporary temporarily
encrypted|unencrypted plain
fixed flat|variable floating
gain profit|loss
* debtor|creditor
* plaintiff claimant|defendant
* import|export
simple|compound|double
hourly|daily|weekly|monthly
ascending|descending
* upper|lower
* indoors indoor inside|outdoors outdoor outside
* sea ship|air plane|road truck lorry|rail train
* bus coach|train|tram|ferry boat|taxi|plane
* male men|female women
* car cars|van vans|truck trucks|motorcycle motorbike|bicycle bike bikes|scooter
* breakfast|lunch|dinner
* mainland|island islands
* city urban town|country rural
* motor engine|battery|frame|screen
always|never|sometimes rarely
optional voluntary|mandatory compulsory obligatory
accept accepted accepts|refuse refused reject rejected rejects declined
include included includes|exclude excluded excludes
grant granted|deny denied withhold withheld
increase raise raised higher|decrease reduce reduced lower
forfeited forfeit kept retained lapses lapsed|refunded returned repaid paid reimbursed
excluded|limited capped|unlimited
prohibited forbidden banned|permitted allowed
visible shown public|hidden
enabled active|disabled inactive
disclosed shared|confidential secret
""".strip().split("\n")
_APART = tuple(
    tuple(frozenset(stem.stem(word) for word in side.split()) for side in line.removeprefix("* ").split("|"))
    for line in _CLASSES
)
_STARRED = frozenset(number for number, line in enumerate(_CLASSES) if line.startswith("* "))
_CASES: dict[str, frozenset[tuple[int, int]]] = {}
for _number, _sides in enumerate(_APART):
    for _side, _forms in enumerate(_sides):
        for _word in _forms:
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
