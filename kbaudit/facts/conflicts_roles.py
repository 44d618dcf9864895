# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in who holds a role: who pays, where a period begins, whose law, who is in charge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import Pair, Verdict, telling, verdict
from kbaudit.facts.conflicts_case import in_condition, in_head, quantities_differ, same_case
from kbaudit.facts.conflicts_lexicon import COMMERCE, STOP
from kbaudit.facts.conflicts_tokens import Token
from kbaudit.model.document import Span

_CUSTOMER = frozenset(
    "you your yours customer customers buyer buyers guest guests member members tenant tenants renter recipient recipients consumer client clients user users traveller travellers passenger passengers borrower licensee subscriber lessee hirer purchaser participant sender patient student visitor holder".split()
)
_SHOP = frozenset(
    "we us our ours seller sellers host hosts shop store merchant merchants company supplier provider landlord owner lender licensor operator organiser organizer carrier lessor school clinic club bank airline operator platform agency hotel".split()
)
_PARTY = r"(?P<party>\w+)"
# Who pays, bears or answers: each pattern names the party.
_PAYER = (
    re.compile(rf"\b(?:paid|payable|borne|covered|met|settled|carried|reimbursed) by (?:the |our |your )?{_PARTY}", re.IGNORECASE),
    re.compile(rf"\bat (?:the )?(?:expense|cost|costs|risk|charge) of (?:the |our |your )?{_PARTY}", re.IGNORECASE),
    re.compile(rf"\bat (?:the )?{_PARTY}(?:['’]s?)? (?:own )?(?:expense|cost|costs|risk)\b", re.IGNORECASE),
    re.compile(rf"\b(?:the |each |every )?{_PARTY} (?:shall |will |must |always |also )?(?:pays?|bears?|covers?|carr(?:y|ies)|meets?) (?:for )?(?:the |all |any )?(?:\w+ ){{0,3}}(?:costs?|expenses?|fees?|postage|charges?|duties|taxes|price|risk|loss|damage)\b", re.IGNORECASE),
    re.compile(rf"\b(?:responsible|liable) (?:for [^.,;]{{3,40}}? )?(?:is|are) (?:the )?{_PARTY}", re.IGNORECASE),
    re.compile(rf"\b(?:the )?{_PARTY} (?:is|are|shall be|will be) (?:not )?(?:solely |fully )?(?:responsible|liable|answerable) for\b", re.IGNORECASE),
    re.compile(rf"\b(?:costs?|expenses?|risk|loss|fees?|postage|liability) (?:\w+ ){{0,6}}(?:is|are|lies|lie|rests?|falls?) (?:\w+ )?(?:with|on|upon|to) (?:the )?{_PARTY}", re.IGNORECASE),
    re.compile(rf"\b(?:rights?|title|ownership|property) (?:\w+ ){{0,6}}(?:belongs?|pass(?:es)?|remains?|vests?|stays?|lies?) (?:\w+ )?(?:with|to|in) (?:the )?{_PARTY}", re.IGNORECASE),
    re.compile(rf"\b{_PARTY} (?:shall |will |must |hereby )?(?:indemnif(?:y|ies)|compensates?|reimburses?|owes?|insures?|holds? harmless)\b", re.IGNORECASE),
    re.compile(r"\b(?P<party>your|our) (?:sole |exclusive )?property\b", re.IGNORECASE),
)  # fmt: skip
# What starts a period or brings something about; one group is one event.
_EVENTS = {
    word: group.split()[0]
    for group in (
        "delivery delivered receipt receive received receiving arrival arrived arrives",
        "purchase purchased buying bought order ordered ordering place places placed placing",
        "dispatch dispatched shipment shipped ships shipping despatch despatched handed handover",
        "invoice invoiced invoicing billing",
        "registration registered registering signup",
        "activation activated activating",
        "redemption redeemed redeems redeem",
        "expiry expiration expires expired",
        "cancellation cancelled canceled cancelling",
        "publication published announcement announced",
        "booking booked reservation reserved",
        "completion completed finished stayed",
        "signature signed signing",
        "payment paid",
        "acceptance accept accepts accepted approval approved",
        "opening opened",
    )
    for word in group.split()
}
_TIMING = re.compile(
    r"\b(?:when|once|as soon as|after|until|upon|before|on the day|from the (?:day|date|moment)|at the (?:time|moment) of|on (?:the )?(?:date|day)|with the)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:pass(?:es|ed)?|starts?|begins?|credited|charged?|debited|due|payable|expires?|runs?|counts?|ends?|billed|invoiced|paid|transferred|activated|binding|concluded|formed|valid|awarded|earned|released|refunded|earns?|granted|effective|takes effect|applies|apply|commences?|lapses?|falls? due)\b",
    re.IGNORECASE,
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Roles that only one name can hold at a time: a court, a seat, an officer, the company behind the shop.
_HOLDER = re.compile(
    r"\b(?:laws? (?:of|in)|courts? (?:of|in|at|located in)|jurisdiction of|governed by|based in|headquartered in|incorporated in|registered (?:in|with|at)|organi[sz]ed (?:in|under)|arbitration in|seat(?:ed)?(?: shall be| is| will be)? in|venue|"
    r"(?:offices?|branch|warehouse|address|centre|center) (?:is |are )?in|rules of|residents? of|citizens? of|resident in|domiciled in|(?:operated|provided|owned|administered|issued|sold|insured|underwritten|published|hosted|manufactured|run|represented|appointed|supervised|certified|processed) (?:exclusively |only |solely )?(?:by|in|through)|"
    r"stored (?:exclusively |only |solely )?(?:in|at|with|by)|data cent(?:re|er)s?(?: located)? in|(?:answered|chaired|led|edited|signed|headed|conducted|taught|audited) by|head of|spokes\w+|manager|contracts? (?:is )?(?:made )?with|contracting (?:party|partner)|agreement with|place of (?:arbitration|jurisdiction|performance|business)|"
    r"officers?|directors?|representatives?|controllers?|founders?|chair(?:man|woman|person)|presidents?|secretary|trustees?|administrators?|auditors?|arbitrators?|mediators?|ombuds\w+|regulators?|supervisory authority|authority|insurers?|underwriters?|publishers?|editors?|headquarters|registered office|"
    r"responsible (?:person|body|party)|person in charge|service provider|payment provider|processor is|operator is|owner is)\b",
    re.IGNORECASE,
)
_TITLES = frozenset("mr mrs ms dr prof professor sir madam herr frau".split())
_STOP = re.compile(r"(?<!\b[DM][rs])(?<!\bMrs)(?<!\bProf)[.;](?:\s|\Z)")
_OFFICE = re.compile(
    r"\s(?:courts?|office|authority|chamber|tribunal|agency|register|inspector|commissioner)\b", re.IGNORECASE
)
# Longer sentences tell of several events.
MOST_WORDS = 20
# How far from the name its role may stand, in characters.
NEAR = 60


def role(pair: Pair) -> Verdict | None:
    """Whether what holds a role is another, and little else differs."""
    return _payer(pair) or _holder(pair) or _start(pair) or _origin(pair) or _moment(pair)


def _payer(pair: Pair) -> Verdict | None:
    ours, theirs = _party(pair.first, pair.a), _party(pair.second, pair.b)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    used = [ours[1], theirs[1]]
    left, right = ([token for token in side if token not in used] for side in pair.apart)
    if left and right and min(len(left), len(right)) > max(1, pair.length // 10):
        return None
    behind = [token for token in (*left, *right) if token.start > min(item.start for item in used)]
    if not same_case(pair, [*used, *behind], details=0.3):
        return None
    return verdict("payer", "who pays", pair.a, pair.b, [ours[1]], [theirs[1]], 0.76)


def _party(text: str, tokens: Sequence[Token]) -> tuple[str, Token] | None:
    """The one side that a sentence lets pay, and the word for it."""
    found = []
    for side, start in _sides(text):
        token = next((item for item in tokens if item.start == start), None)
        if token is not None:
            found.append((side, token))
    return found[0] if found and len({side for side, _ in found}) == 1 else None


@lru_cache(maxsize=1024)
def _sides(text: str) -> tuple[tuple[str, int], ...]:
    """Who pays by a sentence, "customer" or "shop", and where each is named."""
    return tuple(
        ("customer" if word in _CUSTOMER else "shop", match.start("party"))
        for pattern in _PAYER
        for match in pattern.finditer(text)
        if (word := match["party"].lower()) in _CUSTOMER or word in _SHOP
    )


def _holder(pair: Pair) -> Verdict | None:
    left, right = _named(pair.apart[0], pair.first), _named(pair.apart[1], pair.second)
    if not (_name(left, pair.first) and _name(right, pair.second)):
        return None
    if _same_name(left, right, pair):
        return None
    if not (_in_role(left, pair.first) and _in_role(right, pair.second)):
        return None
    if any(in_condition(token, side) for apart, side in ((left, pair.a), (right, pair.b)) for token in apart[:1]):
        return None
    heads = (in_head(left[0], pair.a), in_head(right[0], pair.b))
    if all(heads) and not _IS_OURS.match(pair.first[left[-1].end :]):
        # Another office, another rule.
        return None
    return verdict("legal_entity", "who or where it is", pair.a, pair.b, left, right, 0.7)


_IS_OURS = re.compile(
    r"\W*(?:is|are|acts as|has been appointed|was appointed|serves as)\b|\W*,? (?:as )?(?:our|the)\b", re.IGNORECASE
)


def _named(apart: Sequence[Token], text: str) -> list[Token]:
    """The words that only one sentence has, without titles and without a word that goes with a name ("the city court of Ghent")."""
    words = [token for token in apart if token.text not in _TITLES]
    names_ = [token for token in words if token.raw[:1].isupper()]
    small = [token for token in words if not token.raw[:1].isupper()]
    if names_ and small and all(_OFFICE.match(text[token.end :]) for token in small):
        return names_
    return words


def _name(tokens: Sequence[Token], text: str) -> bool:
    """Whether words are one name: capitalised, close together, and not the first words of the sentence alone."""
    return (
        1 <= len(tokens) <= 5
        and all(token.kind == "word" and token.raw[:1].isupper() for token in tokens)
        and tokens[-1].end - tokens[0].start <= NEAR + 30
        and not text.isupper()
    )


def _same_name(left: Sequence[Token], right: Sequence[Token], pair: Pair) -> bool:
    """Whether two names are two forms of one: an abbreviation, another spelling, one country."""
    a, b = " ".join(token.text for token in left), " ".join(token.text for token in right)
    initials_a, initials_b = "".join(token.text[0] for token in left), "".join(token.text[0] for token in right)
    if a.replace(" ", "") in (initials_b,) or b.replace(" ", "") in (initials_a,) or fuzz.ratio(a, b) >= 80:
        return True
    spans = [
        pair.first[left[0].start : left[-1].end],
        pair.second[right[0].start : right[-1].end],
    ]
    regions = [scopes.of_text(f"in {span}").regions for span in spans]
    return bool(regions[0] and regions[0] == regions[1])


def _in_role(tokens: Sequence[Token], text: str) -> bool:
    start, end = tokens[0].start, tokens[-1].end
    before = _STOP.split(text[max(0, start - NEAR) : start])[-1]
    after = _STOP.split(text[end : end + NEAR])[0]
    return bool(
        _HOLDER.search(before)
        or (re.match(r"\W*(?:as|is|acts as|,)\s(?:our|the|its|as)\b", after) and _HOLDER.search(after))
    )


def _start(pair: Pair) -> Verdict | None:
    """Whether a period begins with another event, or a day of the week is another."""
    solid = [change for change in pair.everything if any(token.text not in STOP for token in (*change[0], *change[1]))]
    if len(solid) != 1 or len(pair.changes) > 1 or (pair.changes and pair.changes[0] != solid[0]):
        return None
    old, new, i, j = solid[0]
    if len(old) != 1 or len(new) != 1:
        return None
    x, y = old[0].text, new[0].text
    first, second = _EVENTS.get(x), _EVENTS.get(y)
    if first and second and first != second and _after_period(pair.a, i) and _after_period(pair.b, j):
        return verdict("start", "when the period begins", pair.a, pair.b, old, new, 0.74)
    x, y = x.removesuffix("s"), y.removesuffix("s")
    telling_enough = COMMERCE.search(pair.first) or sum(map(telling, pair.a)) >= 6
    if x in _DAYS and y in _DAYS and x != y and telling_enough:
        return verdict("day", "day of the week", pair.a, pair.b, old, new, 0.72)
    return None


# What stands between a period and the event from which it runs.
_FROM = re.compile(
    r"\W*(?:(?:(?:counted|calculated|reckoned|measured|starting|beginning|running|as) )?(?:from|of|after|following|before|prior to|since|upon)|once|when|starting on|beginning with)\b(?P<event>[^.;,]{0,70})",
    re.IGNORECASE,
)


def _origin(pair: Pair) -> Verdict | None:
    """Whether the same period runs from another event: "14 days of the delivery date", "14 days of dispatch"."""
    if quantities_differ(pair):
        return None
    ours, theirs = _events(pair.first, pair.a), _events(pair.second, pair.b)
    if not ours or not theirs or set(ours) & set(theirs):
        return None
    left, right = pair.apart
    spans = [(min(found.values())[0], max(found.values())[1]) for found in (ours, theirs)]
    if any(
        not start <= token.start < end
        for side, (start, end) in zip((left, right), spans, strict=True)
        for token in side
    ):
        return None
    pieces = [
        [token for token in side if token.text in _EVENTS and start <= token.start < end]
        for side, (start, end) in zip((pair.a, pair.b), spans, strict=True)
    ]
    return verdict("start", "when the period begins", pair.a, pair.b, pieces[0], pieces[1], 0.72)


def _events(text: str, tokens: Sequence[Token]) -> dict[str, Span]:
    """The events from which periods run, each with where its phrase stands."""
    found: dict[str, Span] = {}
    for period in (token for token in tokens if token.kind == "duration"):
        match = _FROM.match(text, period.end)
        if match:
            for token in tokens:
                if match.start("event") <= token.start < match.end() and token.text in _EVENTS:
                    found.setdefault(_EVENTS[token.text], match.span("event"))
    return found


def _moment(pair: Pair) -> Verdict | None:
    """Whether something happens at another event: "credited when booked", "credited after the stay"."""
    left, right = pair.apart
    first = next((token for token in left if token.text in _EVENTS), None)
    second = next((token for token in right if token.text in _EVENTS), None)
    if quantities_differ(pair):
        return None
    if first is None or second is None:
        return _effect(pair)
    if _EVENTS[first.text] == _EVENTS[second.text]:
        return None
    for token, text, apart in ((first, pair.first, left), (second, pair.second, right)):
        mark = None
        for match in _TIMING.finditer(text[: token.start]):
            mark = match
        if mark is None or token.start - mark.end() > NEAR or not _BEGINS.search(text[: mark.start()]):
            return None
        if any(other.start < mark.start() for other in apart):
            return None
    return verdict("start", "when it happens", pair.a, pair.b, [first], [second], 0.68)


def _effect(pair: Pair) -> Verdict | None:
    """Whether something takes effect when something else happens: "binding as soon as …", "due when the roof is on"."""
    left, right = pair.apart
    if pair.length > MOST_WORDS:
        return None
    marks = []
    for text, apart in ((pair.first, left), (pair.second, right)):
        mark = next((found for found in _WHEN.finditer(text) if _BEGINS.search(text[: found.start()])), None)
        if mark is None or not apart or any(token.start < mark.start() - 6 for token in apart):
            return None
        marks.append(mark)
    if pair.first[: marks[0].start()].split()[:3] != pair.second[: marks[1].start()].split()[:3]:
        return None
    shown = [
        [token for token in side if token.start >= mark.start()]
        for side, mark in zip((pair.a, pair.b), marks, strict=True)
    ]
    return verdict("start", "when it happens", pair.a, pair.b, shown[0], shown[1], 0.66)


_WHEN = re.compile(r"\b(?:(?:only )?(?:when|once|upon|after|from)|as soon as|until)\b", re.IGNORECASE)


def _after_period(tokens: Sequence[Token], index: int) -> bool:
    """Whether a period is stated just before, as in "within 30 days of delivery"."""
    return any(token.kind == "duration" for token in tokens[max(0, index - 6) : index])
