# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in what is allowed, in an exception, or in a closed list."""

from __future__ import annotations

import re

from kbaudit.facts.conflicts_align import (
    AUX,
    NEGATIONS,
    OPPOSITES,
    STOP,
    Pair,
    Verdict,
    around,
    decisive,
    opposite,
    renamed,
    rest,
    verdict,
)

_EXCEPTION = re.compile(
    r"^(?:\(?\s*)?(?:and |but )?(?:except(?:ing)?(?: for| as| that| in| where| when| if)?|exclud(?:ing|es)|other than|apart from|with the exception of|unless|but not|not including|only (?:for|if|in|when|where|to|on)|does not apply|do not apply|without|save for|or a partial|subject to)\b"
)
_SAVING = re.compile(
    r"\b(?:laws?|legal(?:ly)?|regulations?|statut\w+|mandatory|otherwise|consent|permission|approval|terms|agreement|contract|sections?|statements?|expressly|written|writing|prior|applicable|permitted|prohibited|required by|possible|necessary|sentences?|paragraphs?|stated|indicated|specified|noted|agreed|provided (?:for )?(?:in|by|below|above|herein)|these|this|described|set (?:out|forth)|limitation|undue|delay|notice|reason|cause)\b"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|any|every|everything|always|never|forever|each|no|none|whole|entire|anyone|everyone|only|immediately|full|free|purchase price|anything|without exception|at any time|worldwide)\b"
)
_CLOSED = re.compile(
    r"\b(?:only|solely|exclusively|means|mean|consists? of|limited to|other than|minus|namely|the following|are:|is:)\b"
)
_POINTING = re.compile(r"\W*(?:it|they|this|these|that|those|there)\b", re.IGNORECASE)


def negation(pair: Pair) -> Verdict | None:
    """Whether the one sentence denies or forbids what the other states."""
    first, second, a, b, changes, length = pair.first, pair.second, pair.a, pair.b, pair.changes, pair.length
    if _POINTING.match(first):
        # "It is (not) possible": of what, the page says.
        return None
    if renamed(changes, first, second):
        return None
    for change in changes:
        old, new, _, _ = change
        left, right = [token.text for token in old], [token.text for token in new]
        if rest(changes, [change]) > (0 if length < 24 else 0.08 * length):
            continue
        content = [word for word in (*left, *right) if word not in AUX and word not in NEGATIONS]
        if (
            len(left) <= 3
            and len(right) <= 3
            and any(x in left and y in right for pair in OPPOSITES for x in pair for y in pair if x != y)
        ) and not ({"may", "can"} & set(left) and {"may", "can"} & set(right)):
            return verdict("permission", "what is allowed or required", a, b, old, new, 0.72)
        if len(left) <= 2 and len(right) <= 2 and left and right and opposite(left, right):
            return verdict("permission", "what is allowed or required", a, b, old, new, 0.72)
        if content:
            continue
        if (
            (decisive(left) + decisive(right)) % 2 == 1
            and abs(len(left) - len(right)) <= 3
            and "without" not in (*left, *right)
        ):
            return verdict(
                "permission",
                "what is allowed or required",
                a,
                b,
                around(old, a, change[2]),
                around(new, b, change[3]),
                0.74,
            )
    return None


def exception(pair: Pair) -> Verdict | None:
    """Whether one of the sentences carves a case out of a rule that the other states for all."""
    first, second, a, b, changes, length = pair.first, pair.second, pair.a, pair.b, pair.changes, pair.length
    if renamed(changes, first, second):
        return None
    for change in changes:
        old, new, i, j = change
        longer, text, base, shorter = (new, second, first, old) if len(new) > len(old) else (old, first, second, new)
        if len(shorter) > 1 or not longer:
            continue
        phrase = text[longer[0].start : longer[-1].end].lower()
        opened = text[max(0, longer[0].start - 2) : longer[0].start]
        match = _EXCEPTION.match(phrase)
        if match is None or _SAVING.search(phrase) or len(longer) < 3 or len(longer) > 28:
            continue
        if not _UNIVERSAL.search(base.lower()):
            continue
        if rest(changes, [change]) > (0 if length < 24 else 0.1 * length):
            continue
        del opened
        return verdict(
            "exception", "exceptions to the rule", a, b, old or around(old, a, i), new or around(new, b, j), 0.68
        )
    return None


def closed(pair: Pair) -> Verdict | None:
    """Whether a closed list has another member."""
    first, second, a, b, changes = pair.first, pair.second, pair.a, pair.b, pair.changes
    if renamed(changes, first, second) or len(changes) != 1:
        return None
    old, new, i, j = changes[0]
    if old and new:
        return None
    longer, text = (new, second) if new else (old, first)
    start = longer[0].start
    before = text[:start].lower()
    cue = None
    for match in _CLOSED.finditer(before):
        cue = match
    if (
        cue is None
        or len(before) - cue.end() > 160
        or len(longer) > 8
        or any(mark in before[cue.end() :] for mark in ".;")
    ):
        return None
    phrase = text[longer[0].start : longer[-1].end].lower()
    if (
        _SAVING.search(phrase)
        or re.search(r"\b(?:such as|for example|e\.g|including|like)\b", before[cue.start() :])
        or not any(token.raw[:1].isalpha() and token.text not in STOP for token in longer)
    ):
        return None
    beside = text[max(0, start - 2) : start] + text[longer[-1].end : longer[-1].end + 5]
    if "," not in beside and " and" not in beside and " or" not in beside and "(" not in beside:
        return None
    return verdict("list", "closed list", a, b, old or around(old, a, i), new or around(new, b, j), 0.62)
