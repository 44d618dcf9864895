# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences whose closed lists or definitions have another member."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, Verdict, around, names, renamed, verdict
from kbaudit.facts.conflicts_exceptions import SAVING, opened
from kbaudit.facts.conflicts_lexicon import STOP
from kbaudit.facts.conflicts_tokens import Token

_CLOSED = re.compile(
    r"\b(?:only|solely|exclusively|means|mean|consists? of|made up of|composed of|comprises?|(?<!not )limited to|other than|minus|namely|the following|not (?:available|offered|sold|shipped|valid|accepted|covered|permitted|provided|open) (?:in|to|for|by|on|at)|open to|restricted to|reserved (?:for|to)|confined to|nothing but|except(?: for)?|are:|is:)(?!\w)"
)
_FINITE = frozenset("is are was were do does did has have had can may might will would shall should must could".split())
_PRONOUNS = frozenset("you we they it he she i".split())
# "For new and returning customers only".
_ONLY_AFTER = re.compile(r"\W*(?:[\w'-]+\s+){0,3}only\b(?!\s+(?:if|when|after|once|for|in|on|to))", re.IGNORECASE)
# The only things that …: what closes the list stands before a clause of its own.
_THE_ONLY = re.compile(r"^\W*(?:the |our |your )?only\b[^.;]{0,200}\b(?:is|are)\s", re.IGNORECASE)
# "Knives and matches are not carried": what is barred is a closed list.
_BARRED_AFTER = re.compile(
    r"[^.;:]{0,40}?\b(?:are|is|will be|shall be|must|may|can) ?(?:not|excluded|prohibited|forbidden|exempt|banned)",
    re.IGNORECASE,
)
REACH = 160


def closed(pair: Pair) -> Verdict | None:
    """Whether a closed list has another member."""
    if len(pair.changes) == 1:
        return _one(pair)
    left, right = pair.apart
    if bool(left) == bool(right) or renamed(pair.changes, pair.first, pair.second):
        return None
    tokens, text = (left, pair.first) if left else (right, pair.second)
    added = [token for token in tokens if token.kind == "word"]
    if len(added) != len(tokens) or not 1 <= len(added) <= 3 or added[-1].end - added[0].start > 40:
        return None
    if any(token.quantity for change in pair.changes for token in (*change[0], *change[1])):
        return None
    if not (_member(added, text) or _last(added, text)):
        return None
    i, j = pair.changes[-1][2], pair.changes[-1][3]
    first, second = (added, around((), pair.b, j)) if left else (around((), pair.a, i), added)
    return verdict("list", "closed list", pair.a, pair.b, first, second, 0.6)


def _one(pair: Pair) -> Verdict | None:
    first, second, a, b = pair.first, pair.second, pair.a, pair.b
    old, new, i, j = pair.changes[0]
    if old and new:
        swapped = len(names(old, first)) == len(old) <= 3 and len(names(new, second)) == len(new) <= 3
        if not swapped or not (_member(old, first) and _member(new, second)):
            return None
    elif renamed(pair.changes, first, second):
        return None
    else:
        whole, at, text = (b, j, second) if new else (a, i, first)
        if not any(_member(shifted, text) or _last(shifted, text) for shifted in _shifts(whole, at, len(old or new))):
            return None
    return verdict("list", "closed list", a, b, old or around(old, a, i), new or around(new, b, j), 0.62)


def _shifts(tokens: Sequence[Token], index: int, length: int) -> list[Sequence[Token]]:
    """Every stretch that may be the added one: "a share, b share" is "a (share, b) share" or "a share, (b share)"."""
    low = high = index
    while low > 0 and tokens[low - 1].text == tokens[low + length - 1].text:
        low -= 1
    while high + length < len(tokens) and tokens[high].text == tokens[high + length].text:
        high += 1
    return [tokens[start : start + length] for start in range(low, high + 1)]


def _member(tokens: Sequence[Token], text: str) -> bool:
    """Whether words are a member of a list that a word before them closes."""
    start, end = tokens[0].start, tokens[-1].end
    if not _closing(text, start, end) or not _nominal(tokens, text):
        return False
    # A word that only stands before a member ("postal address") is none.
    return bool(
        (
            tokens[0].text in ("and", "or")
            or re.search(r"(?:[,(:]|\b(?:and|or|for|to|the|our|your|any|only|means|minus|of)\b|^)\s*\Z", text[:start])
        )
        and (
            tokens[0].text in ("and", "or")
            or re.match(r"\s*(?:[,;).]|(?:and|or|only)\b|\Z|\()", text[end:])
            or (tokens[-1].raw[:1].isupper() and not re.match(r"\s+[A-Z]", text[end:]))
            or re.search(r"(?:\b(?:and|or)\b|,)\W*(?:(?:the|our|your|any|a|an)\W*)?\Z", text[start:end])
        )
    )


def _last(tokens: Sequence[Token], text: str) -> bool:
    """Whether words are the last member of a closed list that goes on: "laptops, phones and watches that …"."""
    start, end = tokens[0].start, tokens[-1].end
    if not _closing(text, start, end) or not _nominal(tokens, text):
        return False
    return bool(re.search(r",[^,.;]{2,40}\b(?:and|or)\s+(?:the |an? )?\Z", text[:start])) and bool(
        re.match(r"\s+(?:that|which|who|with|of|in|from)\b", text[end:])
    )


def _closing(text: str, start: int, end: int) -> bool:
    before = text[:start].lower()
    cue = None
    for match in _CLOSED.finditer(before):
        cue = match
    if cue is not None and len(before) - cue.end() <= REACH and not any(mark in before[cue.end() :] for mark in ".;"):
        return True
    return bool(_ONLY_AFTER.match(text[end : end + 120]) or _THE_ONLY.match(before))


def _nominal(tokens: Sequence[Token], text: str) -> bool:
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) > 8 or opened(text, start) or any(token.text in _FINITE | _PRONOUNS for token in tokens):
        return False
    if SAVING.search(text[start:end].lower()):
        return False
    return any(token.kind == "word" and token.raw[:1].isalpha() and token.text not in STOP for token in tokens)
