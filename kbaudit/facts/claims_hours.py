# ruff: noqa: E501 - patterns stand on one line each
"""Opening hours of stores and of support."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import scope_of
from kbaudit.model.claim import Claim, Scope
from kbaudit.model.document import Span

_BETWEEN = re.compile(
    r"^\s?(?:[a-z]{2,4}\s)?(?:-|–|—|to|until|till|and|and closes? (?:again )?at|bis|à|a|h?\s?-)\s?(?:the )?$"
)
_SUPPORT = re.compile(
    r"\b(?:support|customer (?:service|care|support)|phone|call|lines?|chat|team|help ?desk|agents?|contact|reach us|hotline|kundenservice|kundendienst|service client|atención al cliente|telefon\w*|email us|reply|respond|available)\b"
)
_STORE = re.compile(
    r"\b(?:stores?|shops?|showrooms?|boutiques?|branch|counter|warehouse|open(?:ing)?|hours|öffnungszeiten|geöffnet|horaires|ouvert\w*|horario|abierto|business hours)\b"
)
_NOT = re.compile(
    r"\b(?:deliver\w*|orders?|cut[- ]?off|dispatch\w*|courier|maintenance|sale|event|class|workshop|slot|between .* on the day|quiet)\b"
)
_ZONES = {
    "et": -300, "est": -300, "edt": -240, "eastern": -300, "ct": -360, "cst": -360, "cdt": -300, "central": -360, "mt": -420, "mst": -420, "pt": -480, "pst": -480, "pdt": -420, "pacific": -480,
    "gmt": 0, "utc": 0, "bst": 60, "uk": 0, "cet": 60, "cest": 120, "aest": 600, "aedt": 660, "awst": 480, "nzst": 720,
}  # fmt: skip
_ZONE = re.compile(r"\b(" + "|".join(_ZONES) + r")\b")
_BARE_RANGE = re.compile(r"⟦N(\d+)⟧\s?(?:-|–|to|until|till)\s?⟦T(\d+)⟧")
_BARE_HOURS = re.compile(
    r"\b(?:open|available|reach us|call us|staffed)\b[^⟦]{0,24}?(?:\b(?:from|between) )?⟦N(\d+)⟧ (?:to|and|until|till) ⟦N(\d+)⟧(?=[.,;!]|$| (?:on|every|each|from monday|monday|mon|daily|and))"
)
# "Mon–Sat 10–18": hours without a clock's mark, where days are named.
_PLAIN_RANGE = re.compile(
    r"(?<![\d/.,:£$€–-])(?P<open>\d{1,2})(?:[:.](?P<from>[0-5]\d))?\s?(?:-|–|—|to)\s?(?P<close>\d{1,2})(?:[:.](?P<until>[0-5]\d))?"
    r"(?!\s?(?:%|€|£|\$|[-/:.,]?\d|days?|weeks?|months?|years?|working|business|items?|people|minutes?|hours?\b))"
)
_CLOSED = re.compile(r"\b(?:closed|not open|geschlossen|fermé|cerrado)\b")
_OPEN = re.compile(r"\b(?:open|opens|geöffnet|ouvert|abierto)\b")
_ALWAYS = re.compile(r"\b(?:24/7|24 hours a day|around the clock|round the clock|rund um die uhr)\b")


_HINT = re.compile(
    r"open|closed|24/7|24 hours|around the clock|round the clock|rund um|geöffnet|geschlossen|ouvert|fermé|abierto|cerrado",
    re.IGNORECASE,
)
# What says where or how, but does not part one shop's hours from another's.
_NOT_SCOPE = ("store", "online", "phone", "live", "email", "standard", "chat")
_CHANNELS = {"phone": r"\b(?:phone|call|ring|lines?|telefon\w*|hotline)\b", "chat": r"\bchat\b", "email": r"\be-?mail\b"}


def read(passage: Passage) -> Iterator[Claim]:
    """One claim per span of hours: `low` and `high` are minutes of the day, the days are scope."""
    if passage.question or (
        not _HINT.search(passage.text)
        and not any(item.kind == "time" for item in passage.quantities)
        and not (_PLAIN_RANGE.search(passage.text) and _STORE.search(passage.topic))
    ):
        return
    if passage.dated or not passage.in_force:
        return
    times = [number for number, quantity in enumerate(passage.quantities) if quantity.kind == "time"]
    lowered = passage.text.lower()
    if _ALWAYS.search(lowered) and _SUPPORT.search(lowered) and not _NOT.search(lowered):
        scope = scope_of(passage, "", None, ("store", "online", "standard"))
        scope = replace(scope, days=frozenset(), channels=_channel(lowered))
        yield _hours(passage, "support_hours", passage.span, 0, 1440, scope)
    if (
        _STORE.search(lowered)
        and not _NOT.search(lowered)
        and (days := scopes.days(lowered))
        and (bool(_CLOSED.search(lowered)) != bool(_OPEN.search(lowered)) or times)
    ):
        closed = bool(_CLOSED.search(lowered)) and not times
        if closed or _OPEN.search(lowered):
            scope = scope_of(passage, lowered, None, ("store", "online", "standard"))
            yield Claim(
                ref=passage.document.ref,
                policy="open_days",
                span=passage.span,
                value_span=passage.span,
                terms=frozenset({"closed" if closed else "open"}),
                scope=replace(scope, days=days),
                inherited=bool(times),
            )
    bare = None if times else _BARE_HOURS.search(passage.masked)
    plain = None if times or bare else _PLAIN_RANGE.search(passage.text)
    if plain is not None and not (scopes.days(lowered) or (passage.cell and scopes.days(passage.contexts[0]))):
        plain = None
    if not (times or bare or plain) or _NOT.search(passage.masked):
        return
    topic = passage.topic
    here = passage.masked
    near = " ".join(passage.contexts[:2])
    support = bool(_SUPPORT.search(here)) or (not _STORE.search(here) and bool(_SUPPORT.search(near)))
    store = bool(
        re.search(
            r"\b(?:stores?|shops?|showrooms?|boutiques?|branch)\b", here if _STORE.search(here) or support else topic
        )
    )
    if not (support or store or _STORE.search(topic)):
        return
    policy = (
        "store_hours"
        if store and not re.search(r"\b(?:phone|chat|support|call|customer)\b", here)
        else "support_hours"
        if support
        else "store_hours"
    )
    zone = _ZONE.search(here)
    if plain is not None:
        yield from _plain(passage, policy, plain)
        return
    if bare is not None:
        first, second = int(bare.group(1)), int(bare.group(2))
        opening, closing = passage.quantities[first].low, passage.quantities[second].low
        if opening is not None and closing is not None and 5 <= opening <= 12 and 1 <= closing <= 24:
            scope = scope_of(passage, "" if policy == "support_hours" else here, None, ("store", "online", "standard"))
            yield _hours(
                passage,
                policy,
                passage.at(passage.quantities[first].start, passage.quantities[second].end),
                opening * 60,
                (closing if closing > opening else closing + 12) * 60,
                replace(scope, channels=_channel(here)),
            )
        return
    pairs: list[tuple[int, int]] = []
    for first, second in itertools.pairwise(times):
        between = passage.masked[passage.masked.index("⟧", passage.tokens[first]) + 1 : passage.tokens[second]]
        if _BETWEEN.match(between) and not any(first in pair for pair in pairs):
            pairs.append((first, second))
    for ranged in _BARE_RANGE.finditer(passage.masked):
        second, opening_hour = int(ranged.group(2)), passage.quantities[int(ranged.group(1))]
        if not any(second in pair for pair in pairs) and opening_hour.low is not None and 5 <= opening_hour.low <= 12:
            yield from _claim(
                passage, policy, int(opening_hour.low) * 60, second, second, zone, start=opening_hour.start
            )
    for first, second in pairs:
        opening = passage.quantities[first].low
        if opening is not None:
            yield from _claim(passage, policy, int(opening), first, second, zone)


def _plain(passage: Passage, policy: str, match: re.Match[str]) -> Iterator[Claim]:
    opening = int(match["open"]) * 60 + int(match["from"] or 0)
    closing = int(match["close"]) * 60 + int(match["until"] or 0)
    if not 5 * 60 <= opening <= 14 * 60 or not 60 <= closing <= 24 * 60:
        return
    if closing <= opening:
        closing += 12 * 60
    scope = _on_days(passage, scope_of(passage, passage.text, None, _NOT_SCOPE))
    yield _hours(passage, policy, passage.at(match.start(), match.end()), opening, closing, scope)


def _claim(
    passage: Passage,
    policy: str,
    opening: int,
    first: int,
    second: int,
    zone: re.Match[str] | None,
    start: int | None = None,
) -> Iterator[Claim]:
    closing = passage.quantities[second].high
    if closing is None:
        return
    if opening >= closing and opening >= 13 * 60:
        return
    clause = _clause(passage, first)
    scope = scope_of(passage, clause, None, _NOT_SCOPE)
    if policy == "support_hours":
        scope = replace(scope, channels=scope.channels - {"phone", "chat", "email"} | _channel(passage.masked))
    shift = _ZONES[zone.group(1)] if zone else 0
    span = passage.at(
        passage.quantities[first].start if start is None else max(0, start), passage.quantities[second].end
    )
    claim = _hours(passage, policy, span, opening - shift, int(closing) - shift, _on_days(passage, scope))
    yield replace(claim, terms=frozenset({"zone"})) if zone else claim


def _hours(passage: Passage, policy: str, value: Span, low: int | Decimal, high: int | Decimal, scope: Scope) -> Claim:
    return Claim(
        ref=passage.document.ref,
        policy=policy,
        span=passage.span,
        value_span=value,
        unit="minute",
        low=Decimal(low),
        high=Decimal(high),
        scope=scope,
    )


def _channel(text: str) -> frozenset[str]:
    """The one channel that a text names; of several none."""
    named = frozenset(name for name, pattern in _CHANNELS.items() if re.search(pattern, text))
    return named if len(named) == 1 else frozenset()


def _on_days(passage: Passage, scope: Scope) -> Scope:
    """The scope with the days of what stands above, where it names none."""
    return scope if scope.days or not passage.contexts else replace(scope, days=scopes.days(passage.contexts[0]))


def _clause(passage: Passage, number: int) -> str:
    """The words since the last span of hours: "Mon–Fri 9–5, Sat 10–4"."""
    times = [index for index, quantity in enumerate(passage.quantities) if quantity.kind == "time"]
    place = times.index(number)
    start = passage.masked.index("⟧", passage.tokens[times[place - 1]]) + 1 if place else 0
    end = passage.tokens[times[place + 2]] if place + 2 < len(times) else len(passage.masked)
    words = passage.masked[start : passage.tokens[number]]
    if not scopes.days(words):
        # "9am–5pm Monday to Friday": the days may follow; a comma then parts them from the next span.
        tail = passage.masked[passage.tokens[number] : end]
        words += re.split(r"[;,]", tail)[0]
    return words
