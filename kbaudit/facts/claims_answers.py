# ruff: noqa: E501 - patterns stand on one line each
"""Bare answers to questions ("Do gift cards expire?" "No, never.") as the statement that they make."""

from __future__ import annotations

import re

from kbaudit.facts.claims_passages import Passage

_BARE = re.compile(
    r"^(?P<yes>yes|of course|certainly|absolutely|sure|we do|you can|they do)\b|^(?P<no>no|never|sorry,? no|unfortunately,? (?:not|no)|i'm afraid not|not at all|not (?:yet|currently|at the moment)|we do not|we don't|you cannot|you can't)\b"
)
# What may follow the yes or no without a condition.
_REST = re.compile(
    r"^(?:yes|of course|certainly|absolutely|sure|no|never|sorry|unfortunately|i'm afraid|not at all|not|yet|currently|at the moment|sorry|not|we|you|they|it|there|do|does|can|cannot|can't|don't|doesn't|don|are|aren't|is|isn't|never|always|you can|no|,|\.|!|;|-|–|—|\s)+$"
)
_CONDITION = re.compile(
    r"\b(?:but|however|only|except\w*|unless|as long as|provided|until|before|if|within|apart from|not|no|once)\b"
)
_PREDICATE = r"possible|available|free|included|allowed|permitted|required|needed|necessary|accepted|refundable|returnable|final|offered|insured|tracked|taxable|transferable|charged|valid|open|combinable|stackable|eligible|covered|welcome|on us"
_VERBS = r"expire|lapse|run out|apply|work|count|include|need|require|come with|contain|ship|arrive|have|cost|offer|accept|take"
_WHO = re.compile(r"^who (?:has to |must |will )?(?P<what>(?:pay|cover|bear)s?\b.*)$")
_WHO_ANSWER = re.compile(
    r"^(?:(?P<you>you|the customer|customers|the buyer)|(?P<we>we))\b(?: (?:do|does|will|pay))?[.! ]*$"
)


def statement(passage: Passage) -> str | None:
    """What a bare yes or no says as a sentence of its own; None where it is none, or holds only sometimes."""
    masked = passage.masked
    if passage.question or len(masked) > 60 or (passage.quantities and not masked.startswith(("no, never", "never"))):
        return None
    question = next((item for item in passage.contexts[:3] if item.rstrip().endswith("?")), None)
    if question is None or len(question) > 120:
        return None
    question = re.sub(r"⟦N\d+⟧", "several", question)
    if "⟦" in question:
        return None
    asked = re.sub(r"^.*?[:.]\s", "", question.strip().rstrip("? ")).replace("’", "'")
    who = _WHO.match(asked)
    if who:
        answer = _WHO_ANSWER.match(masked)
        if answer is None:
            return None
        verb = re.sub(r"^(pay|cover|bear)s", r"\1", who["what"])
        return f"{'You' if answer['you'] else 'We'} {verb}."
    found = _BARE.match(masked)
    rest = _REST.match(masked.replace("⟦d0⟧", "").replace("⟦D0⟧", "never"))
    if found is None or rest is None or _CONDITION.search(passage.following.lower()):
        return None
    return said(asked, found["yes"] is not None)


def said(asked: str, yes: bool) -> str | None:
    """A question of yes or no with its answer as one sentence."""
    match = re.match(r"^(?:do|does) (you|i|we) (.+)$", asked)
    if match:
        subject = "We" if match[1] in ("you", "we") else "You"
        return f"{subject} {match[2]}." if yes else f"{subject} do not {match[2]}."
    match = re.match(r"^(?:can|may|could|am) (?:i|we)(?: still| also)? (.+)$", asked)
    if match:
        return f"You {'can' if yes else 'cannot'} {match[1]}."
    match = re.match(r"^(?:can|could|will) you (.+)$", asked)
    if match:
        return f"We {'can' if yes else 'cannot'} {match[1]}."
    match = re.match(r"^(?:must|should) i (.+)$", asked)
    if match:
        return f"You must {match[1]}." if yes else f"You do not need to {match[1]}."
    match = re.match(r"^(?:is|are) there (?:an? |any )?(.+)$", asked)
    if match:
        return f"There is a {match[1]}." if yes else f"There is no {match[1]}."
    match = re.match(r"^(?:can|may) (.+?) be (.+)$", asked)
    if match:
        return f"{match[1].capitalize()} {'can' if yes else 'cannot'} be {match[2]}."
    match = re.match(rf"^(is|are) (.+?) ({_PREDICATE})\b(.*)$", asked)
    if match:
        return f"{match[2].capitalize()} {match[1]} {'' if yes else 'not '}{match[3]}{match[4]}."
    match = re.match(rf"^(do|does) (.+?) (?:ever )?((?:{_VERBS})\b.*)$", asked)
    if match:
        return f"{match[2].capitalize()} {match[3]}." if yes else f"{match[2].capitalize()} {match[1]} not {match[3]}."
    return None
