# ruff: noqa: E501 - patterns stand on one line each
"""Whether two sentences that differ in a value otherwise speak of the same case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.conflicts_align import Pair, akin, gist, telling
from kbaudit.facts.conflicts_lexicon import CONDITIONS, FINITE, part
from kbaudit.facts.conflicts_tokens import Token, equal


def same_case(pair: Pair, used: Sequence[Token], *, details: float = 0.34, ends: tuple[int, int] | None = None) -> bool:
    """Whether two sentences that differ in the words `used` otherwise speak of the same case.

    They do not where the subject, a condition or a name is another, where one of them has a condition more, or where
    more than a few words beside the difference differ (`details`: as a share of the sentence). `ends`: where the clause
    that is compared ends in each sentence.
    """
    taken = {(token.start, token.end, token.text) for token in used}
    limits = ends or (len(pair.first), len(pair.second))
    left, right = (
        [token for token in side if (token.start, token.end, token.text) not in taken and token.start < limit]
        for side, limit in zip(pair.apart, limits, strict=True)
    )
    if not left and not right:
        return True
    if any(part(gist(x), gist(y)) for x in left for y in right):
        return False
    if any(part(gist(x), gist(y)) for x in left for y in pair.b if telling(y) and not _said(y, pair.a)) or any(
        part(gist(x), gist(y)) for x in right for y in pair.a if telling(y) and not _said(y, pair.b)
    ):
        return False
    if any(token for token in left if in_head(token, pair.a)) or any(
        token for token in right if in_head(token, pair.b)
    ):
        return False
    if any(in_condition(token, pair.a) for token in left) and any(in_condition(token, pair.b) for token in right):
        return False
    if any(_of_whom(token, pair.a) for token in left) or any(_of_whom(token, pair.b) for token in right):
        return False
    if _conditions(pair.a) < _conditions(pair.b) and _behind(right, pair.b):
        return False
    if _conditions(pair.b) < _conditions(pair.a) and _behind(left, pair.a):
        return False
    swapped = min(len(left), len(right))
    if swapped > (0 if pair.length < 14 else 1 if pair.length < 28 else 2):
        return False
    return max(len(left), len(right)) <= details * pair.length


_NEXT = re.compile(
    r"[;:]|[,–—] (?:and|or|but|which|who|so|as|while|where|in which|after which|from which|the|it|this|we|you|they|our|your)\b|\band (?:is|are|will|must|may|can|shall|has|have|then|we|you|it|they|the|\w+s|\w+ed)\b|\(",
    re.IGNORECASE,
)
_WHICH_CASE = re.compile(
    r"\W*(?:and |or |but )?(?:if|unless|except|when|where|provided|only|for|in|on)\b", re.IGNORECASE
)


def clause_end(text: str, start: int) -> int:
    """Where the clause that holds a value ends; what follows says another thing, unless it says in which case."""
    for match in _NEXT.finditer(text, start):
        if not _WHICH_CASE.match(text[match.end() - 3 :]) and not _WHICH_CASE.match(text[match.end() :]):
            return match.start()
    return len(text)


def same_subject(pair: Pair, used: Sequence[Token] = ()) -> bool:
    """Whether two sentences speak of the same subject, or of nothing but an address that has no verb."""
    taken = {(token.start, token.end, token.text) for token in used}
    heads = [
        [token for token in apart if (token.start, token.end, token.text) not in taken and in_head(token, whole)]
        for apart, whole in zip(pair.apart, (pair.a, pair.b), strict=True)
    ]
    spoken = any(token.text in FINITE for token in pair.a)
    return not (spoken and heads[0] and heads[1])


def _said(token: Token, others: Sequence[Token]) -> bool:
    return any(gist(token) == gist(other) for other in others)


def in_head(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a word stands before the first verb of its sentence: it is part of what the sentence is about."""
    for index, other in enumerate(tokens):
        if (other.text in FINITE and (index or not other.text.endswith("s"))) or (
            other.kind != "word" and other is not token
        ):
            return token.start < other.start
    return bool(tokens) and token.start < tokens[min(4, len(tokens) - 1)].start


def _of_whom(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a word stands right behind "who": it says of which people the rule holds."""
    index = next((at for at, other in enumerate(tokens) if other is token), 0)
    return any(other.text in ("who", "whose", "whom") for other in tokens[max(0, index - 6) : index])


def _conditions(tokens: Sequence[Token]) -> int:
    return sum(token.text in CONDITIONS for token in tokens)


def _behind(apart: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a word that only this sentence has stands in a condition."""
    marks = [token.start for token in tokens if token.text in CONDITIONS]
    return any(mark < token.start < mark + 60 for mark in marks for token in apart)


def in_condition(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a word stands in a clause that says in which case, or of which people or things, the rest holds."""
    index = next((at for at, other in enumerate(tokens) if other is token), 0)
    for at in range(index - 1, max(-1, index - 8), -1):
        if tokens[at].text in _NARROWING:
            return True
        if token.start - tokens[at].start > 60:
            return False
    return False


_NARROWING = CONDITIONS | {"who"}


def quantities_differ(pair: Pair) -> bool:
    """Whether each sentence has an amount or a date that the other lacks."""
    left, right = ([token for token in side if token.quantity] for side in (pair.a, pair.b))
    ours = [x for x in left if not any(_same_quantity(x, y) for y in right)]
    theirs = [y for y in right if not any(_same_quantity(x, y) for x in left)]
    return bool(ours and theirs)


def _same_quantity(x: Token, y: Token) -> bool:
    if x.kind == y.kind == "date":
        return x.raw.lower() == y.raw.lower()
    return x.text == y.text or equal(x, y)


def bounds_differ(pair: Pair) -> bool:
    """Whether what is under a limit in the one sentence is over it in the other: two cases."""
    low, high = frozenset({"under", "max"}), frozenset({"over", "min"})
    ours, theirs = ({token.quantity.bound for token in side if token.quantity} for side in (pair.a, pair.b))
    return bool(ours & low and theirs & high and not ours & high) or bool(
        ours & high and theirs & low and not ours & low
    )


def dates_differ(pair: Pair) -> bool:
    """Whether the two sentences name different days or years."""
    left, right = ({token.raw.lower() for token in side if token.kind == "date"} for side in (pair.a, pair.b))
    return bool(left - right and right - left)


def agree(pair: Pair, ends: tuple[int, int] | None) -> int:
    """How many words of content the two clauses share."""
    ends = ends or (0, 0)
    ours, theirs = (
        [token for token in side if token.start < end and telling(token)]
        for side, end in zip((pair.a, pair.b), ends, strict=True)
    )
    return sum(any(akin(x, y) for y in theirs) for x in ours)
