"""Sentences of a text with their offsets."""

from __future__ import annotations

import re

from kbaudit.model.document import Span

# What ends in a full stop without ending a sentence, in the languages that help centers are written in most.
ABBREVIATIONS = frozenset(
    """e.g i.e eg ie etc vs approx incl excl no nos nr st ste ave rd blvd mr mrs ms dr inc ltd corp co llc attn dept est
    rs min max hr hrs fig sec art par tel fax ext p.m a.m pm am u.s u.k d.h z.b bzw ca inkl zzgl ggf evtl usw bspw str
    p.ej art m mme env sr sra ud uds aprox jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    p.o s.a s.r.l pte pty plc gmbh b.v n.v bros mt ft prof gen gov sen rep rev hon cf resp subj incl""".split()
)
# No sentence of a help center is longer; what is, is a table without markup or an attack.
LONGEST = 1000
# A run of marks is met at its beginning only: from every mark of it anew, a page of dots takes quadratic time.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s)|\n+|(?<=\S)\s+[•·]\s+")
_WORD_BEFORE = re.compile(r"([^\s(\[\"'“‘«]+)$")


def split(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of `text[start:end]` as spans of the whole text, without surrounding white space.

    A full stop after an abbreviation, an initial or a list number does not end a sentence, nor does one that a lower
    case letter or a digit follows.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        mark = match.group()
        if mark[0] == "." and not _ends(text, begin, match.start(), match.end(), stop):
            continue
        _add(spans, text, begin, match.end())
        begin = match.end()
    _add(spans, text, begin, stop)
    return spans


def _cut(text: str, begin: int, end: int) -> list[Span]:
    """An endless sentence in pieces at white space: what follows is bounded by the length of one."""
    pieces = []
    while end - begin > LONGEST:
        at = text.rfind(" ", begin + 1, begin + LONGEST)
        at = at if at > begin else begin + LONGEST
        pieces.append((begin, at))
        begin = at
    pieces.append((begin, end))
    return pieces


def _ends(text: str, begin: int, dot: int, after: int, stop: int) -> bool:
    word = _WORD_BEFORE.search(text, max(begin, dot - 24), dot)
    following = text[after : after + 4].lstrip()[:1] if after < stop else ""
    if following and (following.islower() or following in ",;:)"):
        return False
    if word is None:
        return True
    token = word.group(1).lower()
    if token in ABBREVIATIONS:
        # "by 5 p.m. We ship" ends; "p.m. EST" and "St. Louis" do not: only a time of day may end a sentence here.
        return token in ("p.m", "a.m", "pm", "am", "etc", "usw") and bool(
            re.match(r"\s+[A-Z][a-z']+\s", text[after : after + 24])
        )
    if len(token) == 1 and token.isalpha():
        return False
    return not (token.isdigit() and len(token) <= 2 and not text[begin : dot - len(token)].strip())


def _add(spans: list[Span], text: str, begin: int, end: int) -> None:
    for start, stop in _cut(text, begin, end):
        piece = text[start:stop]
        left = len(piece) - len(piece.lstrip(" \t\n•·"))
        right = len(piece.rstrip())
        if right > left:
            spans.append((start + left, start + right))
