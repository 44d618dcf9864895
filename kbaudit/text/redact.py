"""Personal data taken out of what customers and agents write, before anything stores, embeds or shows it.

Deterministic, in layers: what is known from the record (the customer's own name and address), what has an unmistakable
shape (e-mail, card with check digit, IBAN, IP, carriers' numbers), what is named for what it is (order numbers, phone
numbers, postcodes), the shop's own patterns, and what set phrases give away (greetings, signatures). Keys and passwords
are dropped. What is found is replaced by a placeholder that says what stood there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from kbaudit.errors import ConfigError
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.document import Span
from kbaudit.model.record import ConversationRecord
from kbaudit.text import redact_names, redact_patterns, redact_places

# Fields of an export that hold nothing but personal data, whatever the helpdesk calls them.
PERSONAL = (
    "name",
    "email",
    "mail",
    "phone",
    "mobile",
    "address",
    "street",
    "zip",
    "postcode",
    "postal",
    "city",
    "ip",
    "birth",
    "requester",
    "contact",
    "iban",
    "card",
    "token",
    "password",
)
DEEPEST = 6
WINDOW, OVERLAP = 4000, 400
ORDER = (
    "secret",
    "email",
    "iban",
    "card",
    "order number",
    "ip",
    "tracking number",
    "address",
    "phone",
    "postcode",
    "number",
    "name",
)


# A code of the catalog: letters and figures in one, or groups of figures; nothing that is a plain number or a word.
_CODE = re.compile(r"(?<![\w@.-])(?=[\w/.-]*\d)[^\W_](?:[^\W_]|[-/.](?=[^\W_])){4,30}(?![\w@-])")
# What has only the shape of something personal; what is named so, or right by its check digit, is none of them.
_SHAPES = frozenset({"order number", "tracking number", "phone", "postcode", "number"})


def codes(text: str) -> Iterator[tuple[Span, str]]:
    """Where a text has what may be a model or part number, and that number in capitals."""
    for match in _CODE.finditer(text):
        code = match[0]
        letters, figures = sum(map(str.isalpha, code)), sum(map(str.isdigit, code))
        if figures >= 2 and (letters or (figures >= 6 and "-" in code)):
            yield match.span(), code.upper()


class RedactedText(str):
    """Text that went through a `Redactor`. Nothing else may be stored, embedded or sent."""

    __slots__ = ()


@lru_cache(maxsize=16)
def _configured(patterns: tuple[str, ...]) -> tuple[Any, ...]:
    """The shop's own patterns, compiled by RE2: linear in the text, whatever was configured."""
    import re2

    compiled, problems = [], []
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    for pattern in patterns:
        try:
            compiled.append(re2.compile(pattern, options))
        except re2.error as error:
            problems.append(f'order_patterns: "{pattern}" is no regular expression ({error}). Use RE2 syntax.')
    if problems:
        raise ConfigError(problems)
    return tuple(compiled)


class Redactor:
    """Redacts texts of one conversation. Raises `ConfigError` if a configured pattern is no RE2 expression."""

    def __init__(
        self,
        order_patterns: Sequence[str] = (),
        names: Sequence[str | None] = (),
        emails: Sequence[str | None] = (),
        region: str = "US",
        spared: frozenset[str] = frozenset(),
    ) -> None:
        """`spared`: codes (`codes`) that name a product of the shop and no person or order."""
        self._orders = _configured(tuple(order_patterns))
        self._known = redact_names.Known(names, emails)
        self._region = region
        self._spared = spared

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, kind) of what is redacted, in order, not overlapping: earlier layers win.

        A long text is read in windows that overlap by more than any identifier is long, so that the time is linear.
        """
        if len(text) <= WINDOW:
            return self._settled(self._layers(text))
        found: dict[int, list[tuple[int, int, str]]] = {}
        for at in range(0, len(text), WINDOW - OVERLAP):
            for rank, (start, end, kind) in self._ranked(text[at : at + WINDOW]):
                found.setdefault(rank, []).append((at + start, at + end, kind))
        return self._settled(item for rank in sorted(found) for item in sorted(set(found[rank])))

    def _ranked(self, text: str) -> Iterator[tuple[int, tuple[int, int, str]]]:
        for item in self._layers(text):
            yield ORDER.index(item[2]), item

    @staticmethod
    def _settled(layers: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        # In order and not overlapping, so that both the starts and the ends rise.
        taken: list[tuple[int, int, str]] = []
        for start, end, kind in layers:
            if start >= end:
                continue
            first = bisect_right(taken, start, key=itemgetter(1))
            last = bisect_left(taken, end, key=itemgetter(0))
            touching = taken[first:last]
            if not touching:
                taken.insert(first, (start, end, kind))
            elif (
                # A longer span swallows what lies inside it, so that no rest of an address stays behind.
                kind in ("address", "name")
                and all(start <= a and b <= end for a, b, _ in touching)
                and any((a, b) != (start, end) for a, b, _ in touching)
            ):
                taken[first:last] = [(start, end, kind)]
        return taken

    def _layers(self, text: str) -> Iterator[tuple[int, int, str]]:
        layers: tuple[tuple[str, Iterator[Span]], ...] = (
            ("secret", redact_patterns.secrets(text)),
            ("email", redact_patterns.emails(text)),
            ("iban", redact_patterns.ibans(text)),
            ("card", redact_patterns.cards(text)),
            ("order number", self._by_pattern(text)),
            ("ip", redact_patterns.addresses_of_machines(text)),
            ("tracking number", redact_patterns.tracking(text)),
            ("order number", redact_patterns.orders(text)),
            ("address", redact_places.streets(text)),
            ("phone", redact_places.phones(text, self._region)),
            ("postcode", redact_places.postcodes(text)),
            ("number", redact_patterns.long_numbers(text)),
            ("name", self._known.spans(text)),
            ("name", redact_names.given_away(text)),
        )
        products = [span for span, code in codes(text) if code in self._spared] if self._spared else []
        for kind, found in layers:
            for start, end in found:
                if kind not in _SHAPES or not any(a <= start and end <= b for a, b in products):
                    yield start, end, kind

    def _by_pattern(self, text: str) -> Iterator[Span]:
        for pattern in self._orders:
            for match in pattern.finditer(text):
                yield match.span()

    def __call__(self, text: str) -> RedactedText:
        """The text with placeholders such as `[email]` and `[order number]`."""
        spans = self.spans(text)
        if not spans:
            return RedactedText(text)
        pieces: list[str] = []
        at = 0
        for start, end, kind in spans:
            pieces.extend((text[at:start], f"[{kind}]"))
            at = end
        pieces.append(text[at:])
        return RedactedText("".join(pieces))


def conversation(
    record: ConversationRecord,
    order_patterns: Sequence[str] = (),
    region: str = "US",
    spared: frozenset[str] = frozenset(),
) -> Conversation:
    """The conversation of a record with every text redacted; `spared` are codes of the catalog that stay."""
    raw = record.conversation
    redactor = Redactor(order_patterns, [record.customer_name], [record.customer_email], region, spared)

    def clean(text: str | None) -> str | None:
        return None if text is None else redactor(text)

    return replace(
        raw,
        messages=tuple(_message(message, redactor) for message in raw.messages),
        topic=clean(raw.topic),
        escalation_reason=clean(raw.escalation_reason),
        extra={key: _value(value, redactor, 0) for key, value in raw.extra.items() if not _personal(key)},
    )


def _message(message: Message, redactor: Redactor) -> Message:
    return replace(message, text=redactor(message.text))


def _personal(key: str) -> bool:
    parts = key.lower().replace("-", "_").split("_")
    return any(part in PERSONAL for part in parts)


def _value(value: object, redactor: Redactor, depth: int) -> object:
    if isinstance(value, str):
        return redactor(value)
    if depth >= DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {key: _value(item, redactor, depth + 1) for key, item in value.items() if not _personal(str(key))}
    if isinstance(value, list | tuple):
        return [_value(item, redactor, depth + 1) for item in value]
    return value
