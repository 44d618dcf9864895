"""What comparing a sentence with a record rests on: which attributes it names, and what a contradiction is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbaudit.facts.records import Attribute
from kbaudit.facts.support_text import Sentence
from kbaudit.model.document import Span
from kbaudit.text.stem import stem

# What people call the same event of a life or a product.
EVENTS: dict[str, frozenset[str]] = {
    key: frozenset(stem(word) for word in words.split())
    for key, words in {
        "born": "born birth birthday birthdate",
        "died": "died death dead dies passed die",
        "released": "released release releases came published premiere premiered launched launch",
        "founded": "founded established formed formation established inception started founding opened",
        "recorded": "recorded recording",
        "introduced": "introduced introduction",
    }.items()
}
# How people say a measure without its noun.
MEASURES: tuple[frozenset[str], ...] = tuple(
    frozenset(stem(word) for word in words.split())
    for words in (
        "weight weighs weigh heavy heavier lighter",
        "height tall high taller higher",
        "length long longer shorter",
        "width wide wider narrower",
        "depth deep deeper",
        "capacity volume holds hold",
        "warranty guarantee warranted guaranteed",
        "diameter across",
    )
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What in the claim is wrong (`span`), and the attribute that says so."""

    attribute: Attribute
    span: Span
    stated: str
    score: float


def named(claim: Sentence, record: Sequence[Attribute]) -> Iterator[tuple[Attribute, int]]:
    """The attributes whose key the claim names, and where."""
    for attribute in record:
        keys = attribute.words
        for same in (*EVENTS.values(), *MEASURES):
            if keys & same:
                keys = keys | same
        word = next((word for word in claim.words if keys & {word.stem, *word.stem.split("-")}), None)
        if word is not None:
            yield attribute, word.start
