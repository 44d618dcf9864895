# ruff: noqa: E501 - patterns stand on one line each
"""What the difference between two near-identical sentences means: another rule, or the same rule in other words."""

from __future__ import annotations

import re
from dataclasses import replace

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import AUX, HARMLESS, STOP, Pair, Verdict, align
from kbaudit.facts.conflicts_amounts import amount
from kbaudit.facts.conflicts_clauses import closed, exception, negation
from kbaudit.facts.conflicts_contact import contact
from kbaudit.facts.conflicts_roles import role

# Sentences that state no rule: when a page was edited, who holds the copyright, how many use the service.
NOT_A_RULE = re.compile(
    r"^\W*(?:this (?:page|article|policy|version|document) (?:was|is) )?(?:last )?(?:updated|modified|revised|reviewed|edited|published|posted|created|version|effective(?: date| as of| from)?|date|copyright|©|stand|letzte änderung)\b|\bupdated (?:over |about |almost )?(?:an?|\d+|\w+) \w+ ago\b|\b(?:was|were|been) (?:last )?(?:updated|modified|revised) on\b|\beffective (?:as of|on|from|date|upon|immediately)\b|\bis effective\b|©|\bcopyright\b|"
    r"\b(?:monthly active|active (?:users|recipients)|average monthly|number of (?:users|customers|recipients)|recipients)\b|\.(?:pdf|docx?|xlsx?|zip|png|jpe?g|html?)\b|\b(?:founded|established|since) in (?:19|20)\d\d\b|\bdownload(?:ed)? (?:over|more than)\b|\btrusted by\b|\bminutes? (?:to )?read\b|\b(?:views|votes|comments|reviews)\b\s*$",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|our|us|customers?|orders?|refund\w*|fees?|deliver(?:y|ies|ed)|shipping|warrant\w+|members?hip|gift cards?|polic(?:y|ies)|subscri\w+)\b",
    re.IGNORECASE,
)


def judge(first: str, second: str) -> Verdict | None:
    """Whether two near-identical sentences say something else, and what; None where they do not, or it is not sure."""
    if NOT_A_RULE.search(first) or NOT_A_RULE.search(second):
        return None
    pair = align(first, second)
    if pair is None:
        return None
    for decide in (contact, amount, role, negation, exception, closed):
        verdict = decide(pair)
        if verdict is not None:
            if verdict.facet in ("amount", "permission") and _narrowed(first, second):
                return None
            return replace(
                verdict,
                bare=len(pair.changes) == 1 and pair.length >= 8,
                plain=verdict.facet in ("contact", "legal_entity")
                or (bool(_OURS.search(first)) and _telling(pair) >= TELLING),
            )
    return None


# Content words that a sentence must keep to say itself what it is about: "the fee is $20" leaves that to its page.
TELLING = 2


def _telling(pair: Pair) -> int:
    """How many words of content the two sentences share."""
    shared = {token.text for token in pair.a} & {token.text for token in pair.b if token.kind == "word"}
    return len(shared - STOP - AUX)


def _narrowed(first: str, second: str) -> bool:
    """Whether the sentences name different regions, customers, goods or services."""
    ours, theirs = scopes.of_text(first), scopes.of_text(second)
    return any(
        (mine and yours and mine.isdisjoint(yours)) or (name in _STRICT and bool(mine) != bool(yours))
        for (name, mine), (_, yours) in zip(ours.items(), theirs.items(), strict=True)
    )


_STRICT = ("regions", "segments", "channels", "seasons", "conditions", "services", "days")


__all__ = ["HARMLESS", "NOT_A_RULE", "Verdict", "judge"]
