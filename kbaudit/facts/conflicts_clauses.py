# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences that differ in what is allowed, in an exception, or in a closed list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import (
    AUX,
    COMMERCE,
    NEGATIONS,
    OPPOSITES,
    STOP,
    Pair,
    Token,
    Verdict,
    around,
    decisive,
    flips,
    names,
    opposite,
    renamed,
    rest,
    verdict,
)

# What opens a carve-out by itself, and what does so only beside a promise to everybody or for everything.
_STRONG = re.compile(
    r"\(?\s*(?:and |but )?(?:except(?:ing)?(?: for| as| that| in| on| where| when| if| with respect to)?|exclud(?:ing|es)|with the exception of|not including|(?:does|do) not apply|apart from)\b"
)
_WEAK = re.compile(
    r"\(?\s*(?:and |but )?(?:other than|unless|but not|only (?:for|if|in|when|where|to|on)|without|save for|or a partial|subject to)\b"
)
# A saving clause points to the law, to papers or to our own consent; it carves nothing out that the page could name.
_SAVING = re.compile(
    r"\b(?:laws?|legal(?:ly)?|regulations?|statut\w+|mandatory|terms|agreement|contract|sections?|statements?|polic(?:y|ies)|sentences?|paragraphs?|expressly|written|writing|applicable|otherwise agreed|agreed|possible|necessary|"
    r"limitation|undue|delay|notice|reason|cause|herein|hereof|below|above|elsewhere|discretion|we (?:say|tell|state|notify|inform|agree|decide)\b|"
    r"(?<!parental )(?<!guardian )(?<!guardian's )(?<!owner's )(?<!subject's )(?<!holder's )(?:consent|permission|approval|authori[sz]ation))\b"
)
_POINTS = re.compile(
    r"^\W*(?:unless|except)(?: as| where| when| if| to the extent)?(?: otherwise)? (?:stated|indicated|specified|noted|described|provided|set (?:out|forth)|required|permitted|prohibited|allowed)\b(?: (?:by|in|under|for|on|herein|here|below|above))*"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|any|every|everything|always|never|forever|each|no|none|whole|entire|anyone|everyone|only|immediately|full|free|purchase price|anything|without exception|at any time|worldwide)\b"
)
_CLOSED = re.compile(
    r"\b(?:only|solely|exclusively|means|mean|consists? of|made up of|composed of|comprises?|(?<!not )limited to|other than|minus|namely|the following|are:|is:)(?!\w)"
)
_OPEN_LIST = re.compile(
    r"\b(?:such as|for example|for instance|e\.g|including|includes?|like|among others|not limited to)\b"
)
_POINTING = re.compile(r"\W*(?:it|they|this|these|that|those|there)\b", re.IGNORECASE)
_SUBORDINATE = frozenset("if when where whenever whether unless who that which because until while once so".split())
_FINITE = frozenset("is are was were do does did has have had can may might will would shall should must could".split())
_PRONOUNS = frozenset("you we they it he she i".split())
_WORDS = re.compile(r"[^\W\d_]+")


def negation(pair: Pair) -> Verdict | None:
    """Whether the one sentence denies or forbids what the other states."""
    first, second, a, b, changes, length = pair.first, pair.second, pair.a, pair.b, pair.changes, pair.length
    if _POINTING.match(first):
        # "It is (not) possible": of what, the page says.
        return None
    if renamed(changes, first, second) or not (COMMERCE.search(first) and COMMERCE.search(second)):
        return None
    every_old = [token.text for old, _, _, _ in changes for token in old]
    every_new = [token.text for _, new, _, _ in changes for token in new]
    if flips(every_old, every_new) % 2 == 0:
        # "Not included" and "excluded", "cannot" and "unable": turned twice.
        return None
    for change in changes:
        old, new, i, j = change
        left, right = [token.text for token in old], [token.text for token in new]
        if rest(changes, [change]) > (0 if length < 24 else 0.08 * length) or flips(left, right) % 2 == 0:
            continue
        if _subordinate(a, i) or _subordinate(b, j):
            # "If you (do not) cancel": another case, not another rule.
            continue
        modal = [word for word in (*left, *right) if word in ("must", "may", "can", "advise")]
        if modal and _next(a, i + len(old)) == "not" == _next(b, j + len(new)):
            # "May not" and "must not" forbid alike.
            continue
        short = max(len(left), len(right)) <= (3 if modal or _paired(left, right) else 2)
        if left and right and short and opposite(left, right):
            return verdict("permission", "what is allowed or required", a, b, old, new, 0.72)
        content = [word for word in (*left, *right) if word not in AUX and word not in NEGATIONS]
        if content or length > 40:
            continue
        if (
            (decisive(left) + decisive(right)) % 2 == 1
            and abs(len(left) - len(right)) <= 3
            and "without" not in (*left, *right)
        ):
            return verdict(
                "permission", "what is allowed or required", a, b, around(old, a, i), around(new, b, j), 0.74
            )
    return None


def _paired(left: Sequence[str], right: Sequence[str]) -> bool:
    return any({x, y} in OPPOSITES for x in left for y in right)


def _next(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if index < len(tokens) else ""


def _subordinate(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at `index` belongs to a clause that only says in which case, or which thing."""
    verbs = 0
    for at in range(index - 1, max(-1, index - 9), -1):
        if tokens[at].text in _SUBORDINATE:
            after = tokens[at + 1].text if at + 1 < len(tokens) else ""
            own = tokens[at].text not in ("who", "that", "which") or after in _FINITE or after in _PRONOUNS
            return own and verbs <= 1
        verbs += tokens[at].text in _FINITE
    return False


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
        strong, weak = _STRONG.match(phrase), _WEAK.match(phrase)
        if not (strong or weak) or not 3 <= len(longer) <= 28:
            continue
        if not strong and not _UNIVERSAL.search(base.lower()) and not _group(phrase):
            continue
        if not _case(phrase) or _opened(text, longer[0].start):
            continue
        if rest(changes, [change]) > (0 if length < 24 else 0.1 * length):
            continue
        return verdict(
            "exception", "exceptions to the rule", a, b, old or around(old, a, i), new or around(new, b, j), 0.68
        )
    return None


def _group(phrase: str) -> bool:
    """Whether a restriction names who or where it is for: "only for members", "only in France"."""
    named = scopes.of_text(phrase)
    return phrase.lstrip("( ").startswith("only ") and any(
        values for name, values in named.items() if name in ("regions", "segments", "channels", "services")
    )


def _case(phrase: str) -> bool:
    """Whether an exception names a case of its own: a product, a group, a plan, not the law or another page."""
    points = _POINTS.match(phrase)
    named = phrase[points.end() :] if points else phrase
    if _SAVING.search(named):
        return False
    opener = _STRONG.match(named) or _WEAK.match(named)
    words = _WORDS.findall(named[opener.end() :] if opener else named)
    return any(len(word) > 2 and word not in STOP and word not in AUX and word not in _VAGUE for word in words)


_VAGUE = frozenset("otherwise these this that those such described case cases following circumstances prior".split())


def _opened(text: str, position: int) -> bool:
    """Whether a position stands in a list of mere examples."""
    before = text[:position].lower()
    last = None
    for match in _OPEN_LIST.finditer(before):
        last = match
    if last is None:
        return False
    depth = 0
    for char in before[last.end() :].replace("; ", "\n").replace(". ", "\n"):
        depth += (char == "(") - (char == ")")
        if depth < 0 or char == "\n":
            return False
    return True


def closed(pair: Pair) -> Verdict | None:
    """Whether a closed list has another member."""
    first, second, a, b, changes = pair.first, pair.second, pair.a, pair.b, pair.changes
    if len(changes) != 1:
        return None
    old, new, i, j = changes[0]
    if old and new:
        swapped = len(names(old, first)) == len(old) <= 3 and len(names(new, second)) == len(new) <= 3
        if not swapped or not (_member(old, first) and _member(new, second)):
            return None
    elif renamed(changes, first, second):
        return None
    else:
        whole, at, text = (b, j, second) if new else (a, i, first)
        if not any(_member(shifted, text) for shifted in _shifts(whole, at, len(old or new))):
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


# "For new and returning customers only".
_ONLY_AFTER = re.compile(r"\W*(?:[\w'-]+\s+){0,3}only\b(?!\s+(?:if|when|after|once|for|in|on|to))", re.IGNORECASE)


def _member(tokens: Sequence[Token], text: str) -> bool:
    """Whether words are a member of a list that a word before them closes."""
    start, end = tokens[0].start, tokens[-1].end
    before = text[:start].lower()
    cue = None
    for match in _CLOSED.finditer(before):
        cue = match
    closing = _ONLY_AFTER.match(text[end:])
    if (
        cue is None or len(before) - cue.end() > 160 or any(mark in before[cue.end() :] for mark in ".;")
    ) and not closing:
        return False
    if len(tokens) > 8 or _opened(text, start) or any(token.text in _FINITE | _PRONOUNS for token in tokens):
        return False
    if _SAVING.search(text[start:end].lower()):
        return False
    if not any(token.kind == "word" and token.raw[:1].isalpha() and token.text not in STOP for token in tokens):
        return False
    # A word that only stands before a member ("postal address") is none.
    return bool(
        (
            tokens[0].text in ("and", "or")
            or re.search(r"(?:[,(:]|\b(?:and|or|for|to|the|our|your|any|only|means|minus|of)\b|^)\s*\Z", text[:start])
        )
        and (
            tokens[0].text in ("and", "or")
            or re.match(r"\s*(?:[,;).]|(?:and|or)\b|\Z|\()", text[end:])
            or re.search(r"(?:\b(?:and|or)\b|,)\W*(?:(?:the|our|your|any|a|an)\W*)?\Z", text[start:end])
        )
    )
