# ruff: noqa: E501 - one group of words a line
"""Sentences about one thing of which one allows or requires it and the other forbids or waives it, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.facts.conflicts_align import Pair, Verdict, akin, gist, telling, verdict
from kbaudit.facts.conflicts_case import bounds_differ, in_condition, quantities_differ
from kbaudit.facts.conflicts_lexicon import COMMERCE, CONDITIONS, DENIALS, FINITE, NEGATIONS, content, excluded
from kbaudit.facts.conflicts_stance import POINTING
from kbaudit.facts.conflicts_tokens import Token
from kbaudit.text import stem

# What words do to what they stand with. A denial turns "permit" and "forbid" round, and "oblige" into "release".
_FORCES = {
    stem.stem(word): force
    for force, words in (
        ("permit", "may can could allowed allow allows permitted permit permits possible welcome tolerated admitted entitled eligible accepted accept permissible admissible"),
        ("forbid", "prohibited prohibit prohibits forbidden forbid forbids banned ban barred impossible ineligible excluded inadmissible refused rejected unacceptable"),
        ("oblige", "must shall required requires require obligatory mandatory compulsory obliged needed necessary"),
        ("release", "optional voluntary unnecessary waived exempt"),
    )
    for word in words.split()
}  # fmt: skip
_TURNED = {"permit": "forbid", "forbid": "permit", "oblige": "release", "release": "oblige"}
_CLASH = frozenset(
    frozenset(pair.split("/")) for pair in ("permit/forbid", "oblige/release", "oblige/forbid", "assert/deny")
)
# Whoever it is, and whatever is done with the thing: said in one wording, left out in the other.
_ANYBODY = frozenset(
    stem.stem(word)
    for word in "guest guests customer customers client clients user users visitor visitors buyer buyers passenger passengers traveller travellers participant participants tenant tenants anyone anybody everyone everybody nobody person persons people".split()
)
_LIGHT = frozenset(
    stem.stem(word)
    for word in "bring take make use have get carry keep place put hold do give obtain receive everywhere anywhere strictly expressly generally whatsoever circumstances circumstance absolutely entirely completely event case kind sort form even too encouraged recommended advised advise invited asked".split()
)
_BEGUN = frozenset("placed ordered booked purchased bought submitted issued made confirmed paid sold".split())
_NEGATIVE = re.compile(
    r"non.{4,}|un(?!i|der|til|less)[a-z]{5,}|in(?:eligible|valid|admissible)|im(?:possible)|waived?\b"
)
# More words of conditions than this are a rule of their own.
MOST_CONDITIONS = 5
# "At no time on the school grounds": where a rule knows no exception, it may name the place.
MOST_PLACE = 2
_NEVER = re.compile(r"\b(?:at no time|under no circumstances?|in no case|never|nowhere|on no account)\b", re.IGNORECASE)
# A denial so many words away is quoted with what it denies.
SHOWN = 6
# Longer sentences allow and forbid several things.
MOST_WORDS = 24
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def core(text: str) -> frozenset[str]:
    """What a sentence that allows, forbids, requires or waives is about; empty for long sentences."""
    found = _WORD.findall(text.lower())
    forms = [stem.stem(word) for word in found]
    if len(found) > MOST_WORDS:
        return frozenset()
    return frozenset(
        form
        for word, plain in zip(found, forms, strict=True)
        if plain not in _FORCES and plain not in _ANYBODY and plain not in _LIGHT and (form := content(word))
    )


@dataclass(frozen=True, slots=True)
class _Stand:
    force: str
    mark: Token
    words: tuple[Token, ...]


def polarity(pair: Pair) -> Verdict | None:
    """Whether the one sentence allows or requires what the other forbids or leaves open."""
    if (
        pair.length > MOST_WORDS
        or quantities_differ(pair)
        or bounds_differ(pair)
        or POINTING.match(pair.first)
        or POINTING.match(pair.second)
    ):
        return None
    ours, theirs = _stand(pair.a), _stand(pair.b)
    if ours is None or theirs is None or frozenset({ours.force, theirs.force}) not in _CLASH:
        return None
    swap = theirs.force in ("permit", "oblige", "assert")
    yes, no = (theirs, ours) if swap else (ours, theirs)
    if {yes.force, no.force} == {"oblige", "forbid"}:
        yes, no = (yes, no) if yes.force == "oblige" else (no, yes)
    lone = [x for x in no.words if not any(akin(x, y) for y in yes.words)]
    more = [x for x in yes.words if not any(akin(x, y) for y in no.words)]
    told = len(no.words) - len(lone)
    never = told >= 2 and len(lone) <= MOST_PLACE and bool(_NEVER.search(pair.first) or _NEVER.search(pair.second))
    if not told or not (never or all(_aside(token, no, pair) for token in lone)):
        return None
    if any(excluded(gist(x), gist(y)) for x in more for y in no.words):
        return None
    if no.force == "deny" and (told < 2 or not (COMMERCE.search(pair.first) or COMMERCE.search(pair.second))):
        return None
    if len(more) > MOST_CONDITIONS or any(token.start < yes.mark.start for token in more):
        # "Opened goods may …": some of what the other speaks of.
        return None
    return verdict(
        "permission", "what is allowed or required", pair.a, pair.b, _shown(ours, pair.a), _shown(theirs, pair.b), 0.7
    )


def _aside(token: Token, stand: _Stand, pair: Pair) -> bool:
    """Whether a word belongs to another predicate before the one that decides: "is personal and may not …"."""
    side = pair.a if any(token is other for other in pair.a) else pair.b
    verb = next((other for other in side if other.text in FINITE), None)
    between = [other.text for other in side if token.start < other.start < stand.mark.start]
    return verb is not None and verb.start < token.start < stand.mark.start and "and" in between


def _shown(stand: _Stand, tokens: Sequence[Token]) -> Sequence[Token]:
    """The words that allow or forbid, with the denial that stands by them and what follows."""
    at = next(index for index, token in enumerate(tokens) if token is stand.mark)
    near = [index for index, token in enumerate(tokens) if token.text in NEGATIONS and abs(index - at) <= SHOWN]
    return tokens[min([at, *near]) : max([at, *near]) + 2]


def _stand(tokens: Sequence[Token]) -> _Stand | None:
    """What the main clause of a sentence does, and the words of content that it does it to; None where that is not plain."""
    marks = [token for token in tokens if token.kind == "word" and _force(token) and not in_condition(token, tokens)]
    if not marks:
        return _stated(tokens)
    if len(marks) > 2:
        return None
    forces = {_force(token) for token in marks}
    # "Can be accepted", "must be allowed": the verb says it.
    mark = marks[-1] if len(marks) == 2 and _force(marks[-1]) in ("forbid", "release") else marks[0]
    if len(marks) == 2 and (len(forces) == 2 and not ({"permit"} <= forces and mark is marks[-1])):
        return None
    denied = sum(
        token.text in NEGATIONS - {"without", "non"}
        for token, after in zip(tokens, (*tokens[1:], None), strict=True)
        # "Not even with a permit" underlines.
        if not in_condition(token, tokens) and not (after is not None and after.text == "even")
    )
    if denied > 1 or any(token.text in ("unless", "except", "only", "without") for token in tokens):
        return None
    if any(token.text in CONDITIONS and token.start < mark.start for token in tokens):
        return None
    force = _force(mark)
    if denied:
        force = "forbid" if mark.text in ("must", "shall") else _TURNED[force]
    words = _words(tokens)
    return _Stand(force, mark, words) if words else None


def _stated(tokens: Sequence[Token]) -> _Stand | None:
    """What a sentence without a word of leave or duty states or denies."""
    denials = [token for token in tokens if token.text in NEGATIONS]
    if len(denials) > 1 or any(
        token.text in DENIALS
        or token.text in CONDITIONS
        or token.text in ("without", "only")
        or _NEGATIVE.match(token.text)
        for token in tokens
    ):
        return None
    if tokens and any(
        token.text in ("that", "which", "who") and tokens[min(at + 3, len(tokens) - 1)].start >= denials[0].start
        for at, token in enumerate(tokens)
        if denials and token.start < denials[0].start
    ):
        # "An item that has not arrived": which one.
        return None
    mark = denials[0] if denials else next((token for token in tokens[1:] if token.text in FINITE), None)
    words = _words(tokens)
    return _Stand("deny" if denials else "assert", mark, words) if mark is not None and words else None


def _words(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words of content that say what a sentence is about."""
    return tuple(
        token
        for index, token in enumerate(tokens)
        if telling(token)
        and not _force(token)
        and gist(token) not in _ANYBODY
        and gist(token) not in _LIGHT
        # "Once it has been placed": from the beginning on.
        and not (token.text in _BEGUN and any(other.text == "once" for other in tokens[max(0, index - 5) : index]))
    )


def _force(token: Token) -> str:
    return _FORCES.get(gist(token), "") if token.kind == "word" else ""
