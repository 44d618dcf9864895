# ruff: noqa: E501 - patterns stand on one line each
"""Two near-identical sentences side by side: what differs, and what of it is only wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from kbaudit.facts.conflicts_lexicon import (
    AUX,
    DENIALS,
    NEGATIONS,
    OPPOSITES,
    PREFIXES,
    STOP,
    alike,
    excluded,
    part,
    valued,
)
from kbaudit.facts.conflicts_tokens import Token, equal, plain, tokens
from kbaudit.model.document import Span
from kbaudit.text import stem
from kbaudit.text.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Verdict:
    """A difference that decides what a customer is told. Spans are those of the differing words in each sentence."""

    facet: str
    label: str
    topic: str
    first: str
    second: str
    first_span: Span
    second_span: Span
    score: float
    plain: bool = False
    """The sentence speaks of the shop and its customers, not of goods."""
    bare: bool = False
    """Nothing else differs, and the sentence is long enough to be the same one."""
    told: frozenset[str] = frozenset()
    """Stems of the words of content that both sentences have."""


def noise(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Spelling, inflection, articles, dates: nothing that decides."""
    left = [token for token in old if token.kind != "date"]
    right = [token for token in new if token.kind != "date"]
    if not left and not right:
        return True
    if any(token.kind != "word" for token in (*left, *right)):
        if len(left) == len(right) and all(
            (x.quantity and y.quantity and equal(x, y)) or x.text == y.text for x, y in zip(left, right, strict=True)
        ):
            return True
        return (
            "".join(token.raw for token in left).replace(" ", "").lower()
            == "".join(token.raw for token in right).replace(" ", "").lower()
        )
    words_left, words_right = [token.text for token in left], [token.text for token in right]
    joined_left, joined_right = "".join(words_left), "".join(words_right)
    if {joined_left, joined_right} == {"", "s"}:
        # A possessive whose apostrophe was lost.
        return True
    if joined_left == joined_right:
        return True
    if decisive(words_left) != decisive(words_right):
        return False
    if set(words_left) | set(words_right) <= STOP - {"not", "no", "may", "must", "can", "all", "any"}:
        return True
    if any(part(stem.stem(x), stem.stem(y)) for x in words_left for y in words_right):
        # "Licensor" and "licensee" are a letter or two apart.
        return False
    return (
        len(joined_left) > 3
        and len(joined_right) > 3
        and fuzz.ratio(joined_left, joined_right) >= 84
        and not opposite(words_left, words_right)
    )


def decisive(words: Sequence[str]) -> int:
    return sum(1 for word in words if word in NEGATIONS)


def opposite(left: Iterable[str], right: Iterable[str]) -> bool:
    ours, theirs = set(left), set(right)
    return (
        any({x, y} in OPPOSITES for x in ours for y in theirs)
        or any(f"{prefix}{y}" in ours for prefix in PREFIXES for y in theirs)
        or any(f"{prefix}{x}" in theirs for prefix in PREFIXES for x in ours)
    )


Change = tuple[Sequence[Token], Sequence[Token], int, int]
"""The words of one sentence and those that stand for them in the other, and where they begin."""


@dataclass(frozen=True)
class Pair:
    """Two sentences, word by word."""

    first: str
    second: str
    a: tuple[Token, ...]
    b: tuple[Token, ...]
    changes: tuple[Change, ...]
    """What differs beyond spelling, inflection and small words."""
    everything: tuple[Change, ...]
    """Whatever differs."""

    @property
    def length(self) -> int:
        """Words of the longer sentence."""
        return max(len(self.a), len(self.b))

    @cached_property
    def apart(self) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """Words of content that only the one and only the other sentence has, wherever they stand and however said."""
        return _apart(self.a, self.b)


def align(first: str, second: str) -> Pair | None:
    """The pair of sentences; None where their words are the same."""
    a, b = tokens(first), tokens(second)
    if not a or not b:
        return None
    words_a, words_b = [plain(token) for token in a], [plain(token) for token in b]
    if words_a == words_b and [token.raw for token in a if token.kind == "date"] == [
        token.raw for token in b if token.kind == "date"
    ]:
        return None
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    found = tuple((a[i1:i2], b[j1:j2], i1, j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
    return Pair(first, second, a, b, tuple(change for change in found if not noise(change[0], change[1])), found)


def names(tokens: Sequence[Token], text: str) -> set[str]:
    """Capitalised words inside a sentence and words with digits: what a sentence can be about."""
    found = set()
    for token in tokens:
        if (
            token.kind == "word"
            and token.raw[:1].isupper()
            and token.start > 2
            and text[: token.start].rstrip()[-1:] not in ".!?:•"
            and not in_capitals(text)
        ):
            found.add(token.text)
    return found


@lru_cache(maxsize=256)
def in_capitals(text: str) -> bool:
    """Whether a sentence is written in capitals, so that they tell nothing."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


_COUNTING = frozenset(
    "up over under above below only all every each maximum minimum max min exactly about around the at within after for least most any limit".split()
)


_OR_LATER = re.compile(r"\s?(?:\(?(?:or|and) (?:later|newer|higher|above|up|any later)\b|\+)", re.IGNORECASE)


def named(text: str, start: int, quantity: Quantity | None) -> bool:
    """Whether the number that starts at `start` ends a name: "Photo 3", "Windows 11"."""
    before = text[:start].split()[-1:]
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouting = sum(word.isupper() for word in words) >= 0.7 * len(words)
    return bool(
        before
        and before[0][:1].isupper()
        and before[0].isalpha()
        and not shouting
        and not (quantity and (quantity.bound or _OR_LATER.match(text, quantity.end)))
        and before[0].lower() not in _COUNTING
    )


def renamed(changes: Sequence[Change], first: str, second: str) -> bool:
    """Whether a name in one sentence stands where another name stands in the other: they are about different things."""
    for old, new, _, _ in changes:
        left, right = names(old, first), names(new, second)
        if left - right and right - left and not any(fuzz.ratio(x, y) > 80 for x in left for y in right):
            return True
    return False


def flips(left: Sequence[str], right: Sequence[str]) -> int:
    """How often the meaning turns between two wordings: negations, negative words and opposites. Even is not at all."""
    denied = NEGATIONS | DENIALS
    turns = sum(
        1
        for words in (left, right)
        for word in (*(item for item in words if item != "unless"), *({"unless"} & set(words)))
        if word in denied
    )
    # "Excluded" is counted already.
    plain_left, plain_right = ([word for word in words if word not in denied] for words in (left, right))
    return turns + (1 if opposite(plain_left, plain_right) else 0)


def content(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "word" and token.text not in STOP and token.text not in AUX for token in tokens)


def rest(changes: Sequence[Change], used: Sequence[Change]) -> int:
    """How many content words differ beyond the changes that were judged."""
    return sum(
        max(sum(1 for token in old if token.text not in STOP), sum(1 for token in new if token.text not in STOP))
        for old, new, i, j in changes
        if not any(change[2] == i and change[3] == j for change in used)
    )


def around(tokens: Sequence[Token], whole: Sequence[Token], index: int) -> Sequence[Token]:
    """The changed words, with the word after them where nothing else would be left to quote."""
    end = min(len(whole), index + len(tokens) + 1)
    return whole[max(0, index - (0 if tokens else 1)) : end] or whole[-1:]


def verdict(
    facet: str,
    label: str,
    a: Sequence[Token],
    b: Sequence[Token],
    old: Sequence[Token],
    new: Sequence[Token],
    score: float,
) -> Verdict:
    old = old or a[-1:]
    new = new or b[-1:]
    shared = {token.text for token in a if token.kind == "word"} & {token.text for token in b if token.kind == "word"}
    topic = sorted((word for word in shared - STOP if len(word) > 4), key=lambda word: (-len(word), word))[:3]
    spans = ((old[0].start, old[-1].end), (new[0].start, new[-1].end))
    return Verdict(facet, label, " ".join(sorted(topic)), show(old), show(new), spans[0], spans[1], score)


def show(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if not words or words[-1] != token.raw:
            words.append(token.raw)
    return " ".join(words)


def telling(token: Token) -> bool:
    """Whether a word says what a sentence is about, rather than tie it together, deny or allow."""
    return (
        token.kind == "word"
        and (len(token.text) > 2 or (len(token.raw) == 2 and token.raw.isupper()))
        and token.text[0].isalpha()
        and token.text not in STOP
        and token.text not in AUX
        and token.text not in NEGATIONS
        and token.text not in _TIES
    )


_TIES = frozenset(
    "also then thus such this that these those which who whom whose where when while there here than into onto upon about under over between each other so both either own same very case way time any some only just however therefore thereby hereby herein thereof being having been its their his her them they hers ours yours times remain remains become becomes stay stays within per till until during against through across via towards upon but good due great utmost best high highest reasonable reasonably appropriate appropriately proper properly careful carefully adequate adequately sufficient sufficiently suitable relevant respective particular certain general generally simply kindly please directly especially particularly actually fully duly thereof care including include includes atleast atmost advise unless except excluding".split()
)


def _apart(a: Sequence[Token], b: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    ours, theirs = [token for token in a if telling(token)], [token for token in b if telling(token)]
    first, second = Counter(gist(token) for token in ours), Counter(gist(token) for token in theirs)
    left = [token for token in ours if gist(token) not in second]
    right = [token for token in theirs if gist(token) not in first]
    open_ = list(right)
    kept = []
    for token in left:
        match = next((other for other in open_ if akin(token, other)), None)
        if match is None:
            if valued(gist(token)) or not any(akin(token, other) for other in theirs):
                kept.append(token)
        else:
            open_.remove(match)
    return tuple(kept), tuple(
        token for token in open_ if valued(gist(token)) or not any(akin(token, other) for other in ours)
    )


def gist(token: Token) -> str:
    """The form in which a word is compared."""
    return stem.stem(plain(token))


def akin(x: Token, y: Token) -> bool:
    """Whether two words say the same: one stem, one group of words, or a spelling apart."""
    return _akin(plain(x), plain(y))


@lru_cache(maxsize=200_000)
def _akin(x: str, y: str) -> bool:
    first, second = stem.stem(x), stem.stem(y)
    if first == second:
        return True
    if excluded(first, second):
        return False
    if alike(first, second):
        return True
    short, long = sorted((x, y), key=len)
    if len(short) < 4 or opposite([x], [y]):
        return False
    return fuzz.ratio(short, long) >= 84 or (len(short) >= 5 and long.startswith(short[: max(5, len(short) - 2)]))


def joined(pair: Pair) -> Iterator[tuple[Sequence[Token], Sequence[Token], int, int]]:
    """Changes, and two that only a small word or two part: "paid back «» the «full»" is one."""
    yield from pair.changes
    for one, other in pairwise(pair.changes):
        start, end = one[2], other[2] + len(other[0])
        begin, finish = one[3], other[3] + len(other[1])
        if other[2] - one[2] - len(one[0]) <= 3:
            yield pair.a[start:end], pair.b[begin:finish], start, begin
