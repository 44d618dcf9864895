# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in one word which holds a role: who pays, where a period begins, whose law."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import COMMERCE, STOP, Change, Pair, Token, Verdict, names, verdict

_CUSTOMER = frozenset(
    "you your yours customer customers buyer buyers guest guests member members tenant renter".split()
)
_SHOP = frozenset("we us our ours seller sellers host hosts shop store merchant merchants company supplier".split())
_COST = frozenset(
    "expense expenses cost costs pay pays paid payable postage bear bears borne liable risk responsible reimburse cover covers covered".split()
)
# What starts a period; one group is one event.
_EVENTS = {
    word: group.split()[0]
    for group in (
        "delivery delivered receipt receive received receiving arrival arrived arrives",
        "purchase purchased buying bought order ordered ordering",
        "dispatch dispatched shipment shipped shipping despatch despatched",
        "invoice invoiced invoicing billing",
        "registration registered registering signup",
        "activation activated activating",
        "expiry expiration expires expired",
        "cancellation cancelled canceled cancelling",
    )
    for word in group.split()
}
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Roles that only one name can hold at a time: the law, the court, the seat, the company behind the shop.
_HOLDER = re.compile(
    r"(?:\blaws? (?:of|in)|\bcourts? (?:of|in|at)|\bcourts? located in|\bjurisdiction of|\bgoverned by|\bbased in|\bheadquartered in|\bincorporated in|\bregistered (?:in|with|at)|\borgani[sz]ed (?:in|under)|\barbitration in|\bseat(?:ed)? in|"
    r"\boffices? (?:is|are) in|\b(?:operated|provided|owned|administered|issued|sold) by)\s+(?:the\s+)?(?:laws? of\s+)?(?:(?:state|republic|kingdom|commonwealth|province|city)\s+of\s+)?\Z",
    re.IGNORECASE,
)


def role(pair: Pair) -> Verdict | None:
    """Whether one word that holds a role is another, and nothing else differs."""
    solid = [change for change in pair.everything if _solid(change)]
    if len(solid) != 1 or len(pair.changes) > 1:
        return None
    old, new, i, j = solid[0]
    if not old or not new or max(len(old), len(new)) > 4:
        return None
    if pair.changes and pair.changes[0] != solid[0]:
        return None
    left, right = {token.text for token in old}, {token.text for token in new}
    a, b = pair.a, pair.b
    if len(old) <= 2 and len(new) <= 2 and _sides(left, right):
        if _near(a, i, len(old)) & _COST and _near(b, j, len(new)) & _COST:
            return verdict("payer", "who pays", a, b, old, new, 0.76)
        return None
    if (
        names(old, pair.first)
        and names(new, pair.second)
        and _HOLDER.search(pair.first[: old[0].start])
        and _HOLDER.search(pair.second[: new[0].start])
    ):
        return verdict("legal_entity", "law, seat or company", a, b, old, new, 0.7)
    if not COMMERCE.search(pair.first):
        return None
    if len(old) == len(new) == 1:
        first, second = _EVENTS.get(old[0].text), _EVENTS.get(new[0].text)
        if first and second and first != second and _after_period(a, i) and _after_period(b, j):
            return verdict("start", "when the period begins", a, b, old, new, 0.74)
        if old[0].text.removesuffix("s") in _DAYS and new[0].text.removesuffix("s") in _DAYS:
            return verdict("day", "day of the week", a, b, old, new, 0.72)
    return None


def _solid(change: Change) -> bool:
    """Whether a change is more than articles and prepositions, or swaps the two parties."""
    old, new = change[0], change[1]
    words = [token.text for token in (*old, *new)]
    return any(word not in STOP for word in words) or _sides({t.text for t in old}, {t.text for t in new})


def _sides(left: set[str], right: set[str]) -> bool:
    return bool((left & _CUSTOMER and right & _SHOP) or (left & _SHOP and right & _CUSTOMER)) and not (
        (left & _CUSTOMER and left & _SHOP) or (right & _CUSTOMER and right & _SHOP)
    )


def _near(tokens: Sequence[Token], index: int, length: int) -> set[str]:
    return {token.text for token in (*tokens[max(0, index - 3) : index], *tokens[index + length : index + length + 3])}


def _after_period(tokens: Sequence[Token], index: int) -> bool:
    """Whether a period is stated just before, as in "within 30 days of delivery"."""
    return any(token.kind == "duration" for token in tokens[max(0, index - 6) : index])
