"""Near-identical sentences of which one denies, forbids, requires or allows what the other does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Change, Pair, Verdict, around, flips, opposite, renamed, telling, verdict
from kbaudit.facts.conflicts_case import bounds_differ, in_condition, quantities_differ, same_case
from kbaudit.facts.conflicts_lexicon import AUX, COMMERCE, DENIALS, NEGATIONS
from kbaudit.facts.conflicts_tokens import Token

# A sentence this long says itself what it rules, without a word of trade.
LONG = 12
# In sentences shorter than this any further word makes another rule.
SHORT = 14
# What a leave may add to a duty: "may be made in writing (or by telephone)".
MOST_EXTRA = 2
POINTING = re.compile(r"\W*(?:it|they|this|these|that|those|there)\b", re.IGNORECASE)
_NORMATIVE = re.compile(r"\b(?:must|shall|may|required|entitled|permitted|allowed|prohibited)\b", re.IGNORECASE)
_SUBORDINATE = frozenset("if when where whenever whether unless who that which because until while once so".split())
_FINITE = frozenset("is are was were do does did has have had can may might will would shall should must could".split())
_PRONOUNS = frozenset("you we they it he she i".split())
_MODALS = frozenset("may can must shall will should might could need advise".split())
# What cannot both hold. A duty against a leave, or against an advice, only where nothing else differs.
_CLASH = frozenset(
    frozenset(pair.split("/"))
    for pair in "permit/forbid oblige/forbid oblige/release assert/deny permit/deny assert/forbid oblige/deny".split()
)
_WEAK_CLASH = frozenset(frozenset(pair.split("/")) for pair in "oblige/permit oblige/advise".split())
_BARRED = frozenset("excluded prohibited forbidden barred banned ineligible".split())
_YES = frozenset({"permit", "assert", "oblige"})


def stance(pair: Pair) -> Verdict | None:
    """Whether the one sentence denies or forbids what the other states, or asks for what the other leaves open."""
    if POINTING.match(pair.first) or renamed(pair.changes, pair.first, pair.second):
        # "It is (not) possible": of what, the page says.
        return None
    trade = (COMMERCE.search(pair.first) and COMMERCE.search(pair.second)) or (
        _NORMATIVE.search(pair.first) and _NORMATIVE.search(pair.second)
    )
    if (not trade and pair.length < LONG) or quantities_differ(pair) or bounds_differ(pair):
        return None
    odd = _turns(pair) % 2 == 1
    for change in pair.changes:
        _, _, i, j = change
        if _subordinate(pair.a, i) or _subordinate(pair.b, j):
            # "If you (do not) cancel": another case, not another rule.
            continue
        found = _forced(pair, change, odd=odd) or (_opposed(pair, change) if odd else None)
        if found is not None:
            return found
    return None


def _turns(pair: Pair) -> int:
    """How often the meaning turns between the two, modal verbs apart: "not included" and "excluded" turn twice."""
    left, right = (
        [
            token.text
            for old, new, _, _ in pair.changes
            for token in (old, new)[side]
            # "Without flash" that only one sentence has is a detail, not a turn.
            if token.text not in _MODALS and not (token.text == "without" and not (old and new))
        ]
        for side in (0, 1)
    )
    return flips(left, right)


def _forced(pair: Pair, change: Change, *, odd: bool) -> Verdict | None:
    """The verdict on a change of a modal verb or of a negation."""
    old, new, i, j = change
    words = {token.text for token in (*old, *new)}
    if not words & (_MODALS | _BARRED | (NEGATIONS - {"without", "non"})):
        return None
    ours, theirs = _force(pair.a, i, i + len(old)), _force(pair.b, j, j + len(new))
    forces = frozenset({ours, theirs})
    if forces in _WEAK_CLASH and not odd:
        extra = pair.apart[1] if ours == "oblige" else pair.apart[0]
        if (pair.apart[0] and pair.apart[1]) or sum(map(len, pair.apart)) > len(extra) or len(extra) > MOST_EXTRA:
            return None
        if not same_case(pair, [*old, *new, *extra]):
            return None
        return verdict("permission", "what is allowed or required", pair.a, pair.b, old, new, 0.72)
    if forces not in _CLASH or not odd:
        return None
    if "assert" in forces and any(
        telling(token) and token.text not in _MODALS and ((i and j) or _alone(token, pair)) for token in (*old, *new)
    ):
        # Another statement was put in, not this one turned round.
        return None
    used = [token for token in (*old, *new) if token.text in AUX | NEGATIONS | _MODALS]
    if pair.length < SHORT and "permit" not in forces and pair.apart[0 if theirs in _YES else 1]:
        return None
    if not _rest(pair, used, ours in _YES, theirs in _YES):
        return None
    first, second = around(_plain(old), pair.a, i), around(_plain(new), pair.b, j)
    return verdict("permission", "what is allowed or required", pair.a, pair.b, first, second, 0.74)


def _alone(token: Token, pair: Pair) -> bool:
    """Whether only one sentence has a word."""
    return any(token is other for side in pair.apart for other in side)


def _plain(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words of a change that turn it, without what was added behind them."""
    kept = [token for token in tokens if token.text in AUX | NEGATIONS | _MODALS]
    return kept if len(kept) < len(tokens) else tokens


def _rest(pair: Pair, used: Sequence[Token], yes: bool, no: bool) -> bool:
    """Whether what else differs leaves the clash standing: a leave with conditions clashes with a plain denial, a
    denial with conditions does not clash with a plain leave."""
    if not pair.apart[0] and not pair.apart[1]:
        return True
    left, right = pair.apart
    allowed = left if yes and not no else right if no and not yes else ()
    others = right if allowed is left else left
    if not allowed and len(others) == 1 and pair.length < SHORT and yes != no and _added(others[0], pair):
        # "May take photographs", "may not take photographs with flash".
        return False
    if (
        allowed
        and others
        and pair.length < SHORT
        and not all(in_condition(token, pair.a if allowed is left else pair.b) for token in allowed)
    ):
        # "May enter the garden", "may not enter the greenhouse".
        return False
    if len(others) > 1 + pair.length // 12:
        return False
    return same_case(pair, [*used, *(token for token in allowed if _after(token, used, pair))], details=0.25)


def _added(token: Token, pair: Pair) -> bool:
    """Whether a word stands in a phrase that narrows what is denied."""
    side = pair.a if any(token is other for other in pair.a) else pair.b
    at = next(index for index, other in enumerate(side) if other is token)
    return any(
        other.text in ("with", "in", "on", "at", "during", "after", "outside") for other in side[max(0, at - 2) : at]
    )


def _after(token: Token, used: Sequence[Token], pair: Pair) -> bool:
    """Whether a word stands behind the turn, where a leave may name its conditions."""
    return bool(used) and token.start > min(item.start for item in used)


def _force(tokens: Sequence[Token], start: int, end: int) -> str:
    """What the words around a change do: permit, forbid, oblige, release, advise, assert or deny."""
    words = [token.text for token in tokens[max(0, start - 2) : end + 1]]
    if any(token.text in _BARRED for token in tokens[start:end]):
        return "forbid"
    modal = next((index for index, word in enumerate(words) if word in _MODALS), None)
    denial = next((index for index, word in enumerate(words) if word in ("not", "never", "no", "neither")), None)
    if modal is None or words[modal] == "will":
        return "assert" if denial is None else "deny"
    if words[modal] in ("may", "can", "might", "could"):
        return "permit" if denial is None else "forbid"
    if words[modal] in ("advise", "should"):
        return "advise" if denial is None else "forbid"
    if words[modal] == "need":
        return "assert" if denial is None else "release"
    if denial is None:
        return "oblige"
    return "release" if denial < modal else "forbid"


def _opposed(pair: Pair, change: Change) -> Verdict | None:
    """The verdict on a word that stands where its opposite stands: optional and mandatory, with and without."""
    old, new, _, _ = change
    left, right = [token.text for token in old], [token.text for token in new]
    if not left or not right or max(len(left), len(right)) > 3 or not opposite(left, right):
        return None
    if (set(left) | set(right)) & (DENIALS - {"excluded", "prohibited", "forbidden", "excluding"}):
        return None
    if sum(map(len, pair.apart)) > len(left) + len(right) or not same_case(pair, [*old, *new], details=0.05):
        return None
    return verdict("permission", "what is allowed or required", pair.a, pair.b, old, new, 0.72)


def _subordinate(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at `index` belongs to a clause that only says in which case, or which thing."""
    verbs = 0
    for at in range(index - 1, max(-1, index - 9), -1):
        if tokens[at].text in _SUBORDINATE:
            after = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if after.endswith("ed") and any(token.text in _PRONOUNS for token in tokens[at + 2 : index]):
                # "Once placed, it cannot …": the rule follows its condition.
                return False
            own = tokens[at].text not in ("who", "that", "which") or after in _FINITE or after in _PRONOUNS
            return own and verbs <= 1
        verbs += tokens[at].text in _FINITE
    return False
