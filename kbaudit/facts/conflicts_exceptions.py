# ruff: noqa: E501 - patterns stand on one line each
"""Near-identical sentences of which one carves a case out of a rule that the other states for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_align import Pair, Verdict, akin, around, decisive, gist, telling, verdict
from kbaudit.facts.conflicts_case import in_condition, in_head, same_case
from kbaudit.facts.conflicts_lexicon import AUX, FINITE, STOP
from kbaudit.facts.conflicts_tokens import Token

# What opens a carve-out by itself, and what does so only beside a promise to everybody or for everything.
_STRONG = r"except(?:ing|ions? (?:of|for|to|are))?(?: for| as| that| in| on| where| when| if| with respect to)?|exclud(?:ing|es)|with the exception of|not including|(?:does|do) not apply|apart from|aside from|other than|but not|save for|or a partial"
_WEAK = r"unless|only (?:for|if|in|when|where|to|on)|without|subject to"
_CUE = re.compile(rf"\(?\b(?:(?:and|but) (?!not))?(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))\b", re.IGNORECASE)
_END = re.compile(
    r"[.;:!?)]|,(?= (?:and|or|but) (?:we|you|they|it|he|she|the|which|that|who|never|always|have|has|is|are|will|must|may)\b)|,(?= (?:where|so|as|at|if|in which|however|provided|for)\b)|,(?= (?:you|we|they|it|your|our)\b)|\b(?:and|or) unless\b|\Z"
)
# A saving clause points to the law, to papers or to our own consent; it carves nothing out that the page could name.
SAVING = re.compile(
    r"\b(?:laws?|legal(?:ly)?|regulations?|statut\w+|mandatory|terms|agreement|contract|sections?|statements?|polic(?:y|ies)|sentences?|paragraphs?|expressly|written|writing|applicable|otherwise agreed|agreed|possible|necessary|"
    r"limitation|undue|delay|notice|reason|cause|herein|hereof|below|above|elsewhere|discretion|availab\w+|oblige[sd]?|we (?:say|tell|state|notify|inform|agree|decide)\b|"
    r"(?<!parental )(?<!guardian )(?<!guardian's )(?<!owner's )(?<!subject's )(?<!holder's )(?:consent|permission|approval|authori[sz]ation))\b"
)
_POINTS = re.compile(
    r"^\W*(?:unless|except)(?: as| where| when| if| to the extent)?(?: otherwise)? (?:stated|indicated|specified|noted|described|provided|set (?:out|forth)|required|permitted|prohibited|allowed)\b(?: (?:by|in|under|for|on|herein|here|below|above))*"
)
UNIVERSAL = re.compile(
    r"\b(?:all|any|every|everything|always|never|forever|each|no|none|whole|entire|anyone|everyone|only|immediately|full|free|purchase price|anything|without exception|at any time|worldwide)\b"
)
_VAGUE = frozenset("otherwise these this that those such described case cases following circumstances prior".split())
_OPEN_LIST = re.compile(
    r"\b(?:such as|for example|for instance|e\.g|including|includes?|like|among others|not limited to)\b"
)
# What only underlines that a rule knows no exception.
_UNDERLINED = re.compile(
    r"\b(?:no matter|whatever|regardless|irrespective|without (?:any )?(?:exception|restriction)s?|no questions asked|whoever|wherever|in (?:every|any) case)\b[^.;,]{0,60}|\b(?:included|too|as well)\b",
    re.IGNORECASE,
)
# Words that tell of an exception without opening one.
_EXEMPT = re.compile(r"\b(?:exceptions?|only|solely|exclusively|excluded|exempt)\b", re.IGNORECASE)
# Share of words of content that a rule for all and its rule for some must have in common.
SHARED = 0.4
# What the other sentence names beside the only thing is no longer than this.
MOST_MORE = 4
# A rule of so few words, without a word that leaves room, is meant for all.
PLAIN = 16
_HEDGED = re.compile(
    r"\b(?:may|might|can|could|should|usually|normally|generally|typically|often|mostly|most|some|certain|if|when|where|in principle|as a rule)\b",
    re.IGNORECASE,
)
# Longer carve-outs are sentences of their own.
MOST_WORDS = 32


@dataclass(frozen=True, slots=True)
class _Carved:
    """A carve-out of a sentence: its words, and what opens it."""

    phrase: str
    start: int
    strong: bool
    tokens: tuple[Token, ...]

    @property
    def objects(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if telling(token) and token.text not in _VAGUE)


def exception(pair: Pair) -> Verdict | None:
    """Whether one of the sentences carves a case out of a rule that the other states for all."""
    ours, theirs = _carved(pair.first, pair.a), _carved(pair.second, pair.b)
    for mine, others, base, swap in ((theirs, ours, pair.a, False), (ours, theirs, pair.b, True)):
        text, rule = (pair.first, pair.second) if swap else (pair.second, pair.first)
        for carved in mine:
            if not _put_in(pair, carved, swap) or _known(carved, others, base, rule) or not _cuts(carved, text, rule):
                continue
            underlined = [
                token
                for match in _UNDERLINED.finditer(rule)
                for token in base
                if match.start() <= token.start < match.end()
            ]
            used = [*carved.tokens, *underlined]
            if not same_case(pair, used, details=0.08) or _beyond(pair, used) > (
                0 if pair.length < 24 else 0.1 * pair.length
            ):
                continue
            shown = carved.tokens
            plain = around((), base, _place(pair, carved, swap))
            first, second = (shown, plain) if swap else (plain, shown)
            return verdict("exception", "exceptions to the rule", pair.a, pair.b, first, second, 0.68)
    return None


def _carved(text: str, tokens: Sequence[Token]) -> list[_Carved]:
    found = []
    at = 0
    for match in _CUE.finditer(text):
        if match.start() < at:
            continue
        inside = match.group().startswith("(")
        end = text.find(")", match.end()) if inside else -1
        if end < 0:
            stop = _END.search(text, match.end())
            end = stop.start() if stop else len(text)
        words = tuple(token for token in tokens if match.start() <= token.start < end)
        if 2 <= len(words) <= MOST_WORDS:
            found.append(_Carved(text[match.start() : end].lower(), match.start(), bool(match["strong"]), words))
            at = end
    return found


def _known(carved: _Carved, others: Sequence[_Carved], base: Sequence[Token], rule: str) -> bool:
    """Whether the other sentence knows of the case, in whatever words."""
    for other in others:
        met = sum(any(akin(x, y) for y in other.objects) for x in carved.objects)
        if met and met * 2 >= len(carved.objects):
            return True
    told = {gist(token) for token in base if telling(token)}
    met = sum(gist(x) in told for x in carved.objects)
    if met and met * 2 >= len(carved.objects) and (not carved.strong or _EXEMPT.search(rule)):
        return True
    return not carved.objects


def _cuts(carved: _Carved, text: str, rule: str) -> bool:
    """Whether a carve-out names a case of its own and cuts it out of a rule."""
    plain = len(rule.split()) <= PLAIN and not _HEDGED.search(rule)
    if not carved.strong and not UNIVERSAL.search(rule.lower()) and not _group(carved.phrase) and not plain:
        return False
    return _case(carved.phrase) and not opened(text, carved.start)


def _put_in(pair: Pair, carved: _Carved, swap: bool) -> bool:
    """Whether what was put in begins with the carve-out."""
    for change in pair.everything:
        side = change[0] if swap else change[1]
        if side and side[0].start - 2 <= carved.start + 5 and side[-1].start >= carved.start >= side[0].start - 14:
            lead = [token for token in side if token.end <= carved.start]
            return not any(telling(token) for token in lead)
    return False


def _beyond(pair: Pair, used: Sequence[Token]) -> int:
    taken = {token.start for token in used}
    left, right = ([token for token in side if token.start not in taken] for side in pair.apart)
    return max(len(left), len(right))


def _place(pair: Pair, carved: _Carved, swap: bool) -> int:
    """Where in the rule the carve-out would stand."""
    for old, new, i, j in pair.everything:
        side = old if swap else new
        if any(token.start >= carved.start for token in side):
            return j if swap else i
    return max(0, len(pair.b if swap else pair.a) - 1)


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
    if SAVING.search(named.partition(",")[0]):
        return False
    opener = _CUE.match(named)
    words = re.findall(r"[^\W\d_]+", named[opener.end() :] if opener else named)
    return any(len(word) > 2 and word not in STOP and word not in AUX and word not in _VAGUE for word in words)


def opened(text: str, position: int) -> bool:
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


_LAW = re.compile(
    r"\b(?:laws?|legal(?:ly)?|regulations?|statut\w+|mandatory|oblige[sd]?|our (?:prior )?(?:written )?(?:consent|permission|approval))\b"
)
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|(?<=[a-z] )alone(?=[.,;])|nobody (?:but|other than|except)|none (?:but|other than)|no one (?:but|other than|except)|no person other than|(?:limited|restricted|confined|reserved) (?:to|for)(?! (?:\w+ ){0,3}\d))\b(?! the\b)|^\W*only\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:all|any|every|either|both|each|everyone|anyone|everybody|anybody|always|at any time|at (?:its|our|their|his) (?:own |sole |absolute |free )*discretion|for any reason|without (?:giving |stating )?(?:any |a )?reasons?|whenever|whatever|whoever|without (?:any )?restrictions?|without exception|no matter)\b",
    re.IGNORECASE,
)


_OPENING = frozenset("open available offered".split())


def restricted(pair: Pair) -> Verdict | None:
    """Whether the one sentence gives to all, or at any time, what the other gives only to some or in one case."""
    narrow = [list(_ONLY.finditer(text)) for text in (pair.first, pair.second)]
    if bool(narrow[0]) == bool(narrow[1]):
        return None
    swap = bool(narrow[0])
    text, rule = (pair.first, pair.second) if swap else (pair.second, pair.first)
    own, base = (pair.a, pair.b) if swap else (pair.b, pair.a)
    mark = narrow[0 if swap else 1][0]
    apart_own, apart_base = pair.apart if swap else (pair.apart[1], pair.apart[0])
    apart_own = tuple(token for token in apart_own if not mark.start() <= token.start < mark.end())
    apart_base = tuple(token for token in apart_base if token.text not in _OPENING)
    open_ = [
        match for match in _ALL.finditer(rule) if not re.search(rf"\b{re.escape(match.group())}\b", text, re.IGNORECASE)
    ]
    if (
        not apart_own
        and 1 <= len(apart_base) <= MOST_MORE
        and all(match.group().lower() in ("either", "both") for match in open_)
    ):
        return _more(pair, mark, apart_base, swap=swap)
    if not open_ or _LAW.search(text[mark.start() : mark.start() + 80].lower()):
        return None
    if any(not mark.start() - 40 <= token.start <= mark.end() + 90 for token in apart_own) or not apart_own:
        return None
    if any(not any(match.start() - 12 <= token.start <= match.end() + 45 for match in open_) for token in apart_base):
        return None
    shared = {gist(token) for token in own if telling(token)} & {gist(token) for token in base if telling(token)}
    if len(shared) < (1 if max(len(apart_own), len(apart_base)) <= 2 else 3) or len(shared) < SHARED * max(
        sum(map(telling, base)), sum(map(telling, own))
    ):
        return None
    left = [token for token in own if mark.start() <= token.start < mark.end() + 40]
    right = [token for token in base if open_[0].start() <= token.start < open_[0].end() + 20]
    first, second = (left, right) if swap else (right, left)
    return verdict("exception", "for whom or when the rule holds", pair.a, pair.b, first, second, 0.66)


def _more(pair: Pair, mark: re.Match[str], more: Sequence[Token], *, swap: bool) -> Verdict | None:
    """Whether the one sentence names more where the other says that this is all: "by post and online", "by post only"."""
    own, base, rule = (pair.a, pair.b, pair.second) if swap else (pair.b, pair.a, pair.first)
    joined = re.search(r"\b(?:and|or|as well as)\b|,", rule[max(0, more[0].start - 20) : more[-1].end + 8])
    subject = in_head(own[-1], own) or not any(token.start < mark.start() and token.text in FINITE for token in own)
    if not joined or any((in_head(token, base) and not subject) or in_condition(token, base) for token in more):
        return None
    shown = [token for token in own if mark.start() - 16 <= token.start < mark.end()]
    first, second = (shown, list(more)) if swap else (list(more), shown)
    return verdict("list", "closed list", pair.a, pair.b, first, second, 0.64)


_WITHOUT = re.compile(
    r"\bwithout (?:any |our |your |the |a |an |further |prior |previous |advance |written |giving |stating |having |obtaining |requiring )*([a-z]{4,})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:only |not )?(?:after|upon|with|by giving|on|under|subject to|against|giv(?:e|es|ing)|for|requires?|must|shall|(?:only )?if|provided)\b",
    re.IGNORECASE,
)


def condition(pair: Pair) -> Verdict | None:
    """Whether the one sentence does without what the other asks for: "without notice", "only after a warning"."""
    free = [list(_WITHOUT.finditer(text)) for text in (pair.first, pair.second)]
    if bool(free[0]) == bool(free[1]):
        return None
    swap = bool(free[1])
    lax, strict = (pair.b, pair.a) if swap else (pair.a, pair.b)
    rule = pair.first if swap else pair.second
    mark = (free[1] if swap else free[0])[0]
    left = [token.text for change in pair.changes for token in change[0]]
    right = [token.text for change in pair.changes for token in change[1]]
    if (decisive(left) + decisive(right)) % 2 == 0:
        # "Not without consent" and "only with consent".
        return None
    thing = next((token for token in lax if token.start == mark.start(1)), None)
    if thing is None:
        return None
    asked = next((token for token in strict if akin(token, thing)), None)
    if asked is None:
        return None
    cue = next((match for match in _AFTER.finditer(rule) if 0 < asked.start - match.end() < 40), None)
    if cue is None:
        return None
    used = [
        *(token for token in lax if mark.start() <= token.start < mark.end() + 10),
        *(token for token in strict if cue.start() <= token.start < asked.end + 20),
    ]
    if not same_case(pair, used, details=0.2 if pair.length <= PLAIN else 0.1):
        return None
    shown = [token for token in lax if mark.start() <= token.start < mark.end()]
    other = [token for token in strict if cue.start() <= token.start < asked.end]
    first, second = (other, shown) if swap else (shown, other)
    return verdict("permission", "what is needed first", pair.a, pair.b, first, second, 0.66)


_DEFAULT = re.compile(r"\bunless\b", re.IGNORECASE)
_ON_REQUEST = re.compile(r"\b(?:only|solely)\b[^.;]{0,60}?\b(?:if|when|where|after|once|with)\b", re.IGNORECASE)
_ANY_REASON = re.compile(
    r"\b(?:for any reason|for whatever reason|whatever the reason|no questions asked|without (?:giving |stating )?(?:any |a )?reasons?)\b",
    re.IGNORECASE,
)
_CASE = re.compile(r"\b(?:if|when|where|in case|provided)\b", re.IGNORECASE)


def default(pair: Pair) -> Verdict | None:
    """Whether what holds until somebody objects in the one sentence waits for a consent in the other.

    Likewise what is given for any reason in the one and for one named reason in the other.
    """
    if pair.length > MOST_DEFAULT:
        return None
    for lax, strict, narrow in ((_DEFAULT, _ON_REQUEST, _ON_REQUEST), (_ANY_REASON, _CASE, _ANY_REASON)):
        for index in (0, 1):
            rule, text = (pair.first, pair.second) if index == 0 else (pair.second, pair.first)
            mark, other = lax.search(rule), strict.search(text)
            if mark is None or other is None or lax.search(text) or (narrow is _ON_REQUEST and strict.search(rule)):
                continue
            own, across = (pair.a, pair.b) if index == 0 else (pair.b, pair.a)
            if decisive([token.text for token in own]):
                continue
            starts = min(mark.start(), *(found.start() for found in _CASE.finditer(rule)), mark.start())
            left, right = pair.apart if index == 0 else (pair.apart[1], pair.apart[0])
            if any(token.start < starts for token in left if token.text not in _ASSENT) or any(
                token.start < other.start() for token in right
            ):
                continue
            shared = {gist(token) for token in own if telling(token)} & {
                gist(token) for token in across if telling(token)
            }
            if len(shared) < 2:
                continue
            shown = [token for token in own if token.start >= mark.start()]
            asked = [token for token in across if token.start >= other.start()]
            first, second = (shown, asked) if index == 0 else (asked, shown)
            if shown and asked:
                return verdict("permission", "when the rule holds", pair.a, pair.b, first, second, 0.66)
    return None


# Longer sentences say more than one thing.
MOST_DEFAULT = 26
_ASSENT = frozenset("agree agrees consent consents accept accepts".split())
