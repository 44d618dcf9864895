# ruff: noqa: E501 - patterns stand on one line each
"""What the difference between two near-identical sentences means: another rule, or the same rule in other words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import Pair, Verdict, align, gist, telling
from kbaudit.facts.conflicts_amounts import amount
from kbaudit.facts.conflicts_contact import contact
from kbaudit.facts.conflicts_contrast import contrast
from kbaudit.facts.conflicts_exceptions import condition, default, exception, restricted
from kbaudit.facts.conflicts_lexicon import AUX, STOP, labels
from kbaudit.facts.conflicts_lists import closed
from kbaudit.facts.conflicts_parties import party
from kbaudit.facts.conflicts_periods import period
from kbaudit.facts.conflicts_polarity import polarity
from kbaudit.facts.conflicts_prices import price
from kbaudit.facts.conflicts_roles import role
from kbaudit.facts.conflicts_stance import stance
from kbaudit.facts.conflicts_swap import swap
from kbaudit.facts.conflicts_tokens import HARMLESS

# Sentences that state no rule: when a page was edited, who holds the copyright, how many use the service.
NOT_A_RULE = re.compile(
    r"^\W*(?:this (?:page|article|policy|version|document) (?:was|is) )?(?:last )?(?:updated|modified|revised|reviewed|edited|published|posted|created|version|effective(?: date| as of| from)?|date|copyright|©|stand|letzte änderung)\b|\bupdated (?:over |about |almost )?(?:an?|\d+|\w+) \w+ ago\b|\b(?:was|were|been) (?:last )?(?:updated|modified|revised) on\b|\beffective (?:as of|on|from|date|upon|immediately)\b|\bis effective\b|©|\bcopyright\b|"
    r"\b(?:monthly active|active (?:users|recipients)|average monthly|number of (?:users|customers|recipients)|recipients)\b|\.(?:pdf|docx?|xlsx?|zip|png|jpe?g|html?)\b|^[^.,;]{0,60}\b(?:founded|established) in (?:19|20)\d\d\b|\bdownload(?:ed)? (?:over|more than)\b|\btrusted by\b|\bminutes? (?:to )?read\b|\b(?:views|votes|comments|reviews)\b\s*$",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|our|us|customers?|orders?|refund\w*|fees?|deliver(?:y|ies|ed)|shipping|warrant\w+|members?hip|gift cards?|polic(?:y|ies)|subscri\w+)\b",
    re.IGNORECASE,
)


# In this order. Those of the second line also judge short sentences that are told in other words.
DECIDERS = (
    contact,
    amount,
    price,
    period,
    role,
    party,
    stance,
    polarity,
    condition,
    exception,
    restricted,
    default,
    closed,
    contrast,
    swap,
)
OTHER_WORDS = (price, party, polarity, condition, restricted, default, swap)


def judge(first: str, second: str, *, near: bool = True) -> Verdict | None:
    """Whether two sentences say something else of one thing, and what; None where they do not, or it is not sure.

    `near`: they are near-identical; otherwise short and about one thing.
    """
    if _no_rule(first) or _no_rule(second):
        return None
    pair = align(first, second)
    if pair is None or labels(first) != labels(second):
        return None
    for decide in DECIDERS if near else OTHER_WORDS:
        verdict = decide(pair)
        if verdict is not None:
            if verdict.first.lower() == verdict.second.lower():
                # What differs cannot be quoted.
                continue
            if decide is not polarity and verdict.facet in ("amount", "permission") and _narrowed(pair, verdict):
                continue
            return replace(
                verdict,
                told=frozenset(gist(token) for token in pair.a if telling(token))
                & frozenset(gist(token) for token in pair.b if telling(token)),
                bare=len(pair.changes) == 1 and pair.length >= 8,
                plain=verdict.facet in ("contact", "legal_entity")
                or (bool(_OURS.search(first)) and _telling(pair) >= TELLING),
            )
    return None


@lru_cache(maxsize=1024)
def _no_rule(text: str) -> bool:
    return NOT_A_RULE.search(text) is not None


# Content words that a sentence must keep to say itself what it is about: "the fee is $20" leaves that to its page.
TELLING = 2


def _telling(pair: Pair) -> int:
    """How many words of content the two sentences share."""
    shared = {token.text for token in pair.a} & {token.text for token in pair.b if token.kind == "word"}
    return len(shared - STOP - AUX)


def _narrowed(pair: Pair, found: Verdict) -> bool:
    """Whether words beside what differs name regions, customers, goods or services of one sentence alone."""
    spans = (found.first_span, found.second_span)
    texts = (pair.first, pair.second)
    for side in (0, 1):
        words = " ".join(token.raw for token in pair.apart[side] if not spans[side][0] <= token.start < spans[side][1])
        if not words:
            continue
        whole = scopes.of_text(texts[1 - side])
        if any(
            name in _STRICT and values - others
            for (name, values), (_, others) in zip(scopes.of_text(words).items(), whole.items(), strict=True)
        ):
            return True
    return False


_STRICT = ("regions", "segments", "channels", "seasons", "conditions", "services", "days")


__all__ = ["HARMLESS", "NOT_A_RULE", "Verdict", "judge"]
