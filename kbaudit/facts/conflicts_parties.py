# ruff: noqa: E501 - one group of words a line
"""Near-identical sentences that lay one burden or one decision on different parties."""

from __future__ import annotations

from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, gist, verdict
from kbaudit.facts.conflicts_case import in_condition, quantities_differ
from kbaudit.facts.conflicts_tokens import Token
from kbaudit.text import stem

# Who can hold a burden or decide: one group is one party. "We" and the company's name for itself are one.
_PARTIES = {
    word: number
    for number, group in enumerate(
        (
            "you your yours customer customers buyer buyers client clients user users tenant tenants renter renters lessee hirer hirers guest guests purchaser consumer subscriber member members licensee passenger passengers traveller travellers patient borrower recipient participant participants student pupil",
            "we us our ours seller sellers company provider supplier landlord landlords lessor host hosts shop store merchant operator organiser organizer licensor vendor platform hotel club school bank lender owner agency",
            "carrier carriers courier couriers insurer insurers manufacturer manufacturers airline",
            "parties jointly",
            "court courts",
            "arbitrator expert surveyor auditor accountant",
            "jury judges panel committee board council",
            "director directors management manager",
            "shareholders assembly meeting",
            "public vote readers audience",
            "parent parents guardian guardians",
            "guide guides leader",
            "employee employees staff",
            "employer employers",
            "contractor contractors subcontractor subcontractors",
            "sender senders consignor",
            "driver drivers",
            "publisher publishers",
            "author authors",
            "controller",
            "processor",
            "borrower",
        )
    )
    for word in group.split()
}
# What one of them does so that the others do not: pay, provide, keep, decide.
_BURDENS = frozenset(
    stem.stem(word)
    for word in """pay pays paid payable prepaid postpaid bear bears borne cover covers covered insure insures insured arrange arranges arranged organise organises organised provide provides provided supply supplies supplied obtain obtains obtained
    maintain maintains maintained clean cleans cleaned repair repairs repaired install installs installed collect collects collected deliver delivers delivered pack packs packed store stores stored dispose disposes disposed register registers registered
    appoint appoints appointed choose chooses chosen select selects selected decide decides decided determine determines determined fix fixes fixed set sets nominate nominates nominated approve approves approved calculate calculates calculated
    own owns owned belong belongs hold holds held retain retains retained keep keeps kept liable responsible answerable risk owe owes owed reimburse reimburses reimbursed compensate compensates compensated draft drafts drafted conduct conducts conducted
    hear hears heard judge judges elect elects elected award awards awarded operate operates operated manage manages managed moderate moderates moderated handle handles handled carry carries carried install unload load loads unloads""".split()
)
# Characters between a verb and the "by" of who does it.
NEAR = 12
# What may stand beside the party: "the company alone", "jointly by both parties".
_BESIDE = frozenset("jointly alone solely both either each together always own respective hereby".split())


def party(pair: Pair) -> Verdict | None:
    """Whether what one party does or bears in the one sentence another does or bears in the other."""
    if quantities_differ(pair):
        return None
    exchanged = _exchanged(pair)
    if exchanged is not None:
        return verdict("payer", "who owes what to whom", pair.a, pair.b, [exchanged[0]], [exchanged[1]], 0.7)
    other = _decider(pair)
    if other is not None:
        return verdict("payer", "who decides", pair.a, pair.b, [other[0]], [other[1]], 0.66)
    sides = _only(pair.a, pair.b), _only(pair.b, pair.a)
    left, right = ([token for token in side if token.text not in _BESIDE] for side in pair.apart)
    x, y = _one(sides[0]), _one(sides[1])
    if x is None or y is None or _PARTIES[_word(x)] == _PARTIES[_word(y)]:
        return None
    if any(
        token is not one and _word(token) not in _PARTIES and gist(token) not in _BURDENS
        for one, side in ((x, left), (y, right))
        for token in side
    ):
        return None
    if not all({gist(token) for token in side} & _BURDENS for side in (pair.a, pair.b)) or not _turned_alike(pair):
        return None
    if in_condition(x, pair.a) or in_condition(y, pair.b):
        return None
    return verdict("payer", "who pays or decides", pair.a, pair.b, [x], [y], 0.7)


# Longer sentences say several things.
MOST_WORDS = 24
_DECIDING = frozenset(
    "decide decides decided determine determines determined choose chooses chosen select selects selected appoint appoints appointed elect elects elected".split()
)


def _decider(pair: Pair) -> tuple[Token, Token] | None:
    """Who decides in the one sentence and who in the other, whoever they are; None where all else does not agree."""
    left, right = (
        [token for token in side if token.text not in _BESIDE and token.text not in ("majority", "vote", "together")]
        for side in pair.apart
    )
    if not left or not right or len(left) > 2 or len(right) > 2 or pair.length > MOST_WORDS or not _turned_alike(pair):
        return None
    verbs = [next((token for token in side if token.text in _DECIDING), None) for side in (pair.a, pair.b)]
    if verbs[0] is None or verbs[1] is None or gist(verbs[0]) != gist(verbs[1]):
        return None
    for apart, side, verb in ((left, pair.a, verbs[0]), (right, pair.b, verbs[1])):
        by = next((token for token in side if token.text == "by" and 0 < token.start - verb.end <= NEAR), None)
        active = all(token.start < verb.start for token in apart)
        if in_condition(apart[0], side) or not (active or (by is not None and all(t.start > by.start for t in apart))):
            return None
    return left[-1], right[-1]


def _exchanged(pair: Pair) -> tuple[Token, Token] | None:
    """The first words of two sentences that are word for word the same but for two parties that have changed places."""
    if len(pair.a) != len(pair.b):
        return None
    moved = [(x, y) for x, y in zip(pair.a, pair.b, strict=True) if x.text != y.text]
    parties = [(x, y) for x, y in moved if _word(x) in _PARTIES and _word(y) in _PARTIES]
    if (
        len(moved) == 2 == len(parties)
        and parties[0][0].text == parties[1][1].text
        and (parties[0][1].text == parties[1][0].text)
    ):
        return parties[0]
    return None


def _word(token: Token) -> str:
    return token.text.removesuffix("'s").removesuffix("'")


def _only(own: Sequence[Token], others: Sequence[Token]) -> list[Token]:
    """The parties that only one sentence names."""
    known = {_word(token) for token in others}
    return [token for token in own if _word(token) in _PARTIES and _word(token) not in known]


def _one(found: Sequence[Token]) -> Token | None:
    """The one party among words, the most telling word of it; None where there are none or several."""
    return found[-1] if found and len({_PARTIES[_word(token)] for token in found}) == 1 else None


def _turned_alike(pair: Pair) -> bool:
    """Whether both deny, or neither does."""
    denials = frozenset({"not", "no", "never", "neither", "nor", "cannot"})
    return sum(token.text in denials for token in pair.a) % 2 == sum(token.text in denials for token in pair.b) % 2
