"""A judgement about texts, with the evidence that lets a reader believe it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kbaudit.model.document import Document
from kbaudit.model.product import Product

Severity = Literal["low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high")
WEIGHTS: dict[Severity, int] = {"low": 1, "medium": 2, "high": 4}


@dataclass(frozen=True, slots=True)
class Ref:
    """A document, product or conversation that a finding is about."""

    source: str
    id: str
    title: str = ""
    url: str | None = None
    kind: Literal["article", "product", "conversation"] = "article"

    @classmethod
    def to(cls, thing: Document | Product) -> Ref:
        """A reference to an article or a product."""
        if isinstance(thing, Product):
            return cls(thing.source, thing.id, thing.title, thing.link, "product")
        return cls(thing.source, thing.id, thing.title, thing.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A literal quotation. Without offsets it comes from the `field` named; `message` is a conversation's index."""

    ref: Ref
    quote: str
    start: int | None = None
    end: int | None = None
    side: str | None = None
    note: str = ""
    field: str | None = None
    message: int | None = None

    @classmethod
    def of(cls, document: Document, start: int, end: int, *, note: str = "", side: str | None = None) -> Evidence:
        """The quotation of a span of an article."""
        return cls(ref=Ref.to(document), quote=document.text[start:end], start=start, end=end, note=note, side=side)


@dataclass(frozen=True, slots=True)
class Impact:
    """How many questions of the input the finding touches, and how many that is a week."""

    questions: int = 0
    per_week: float = 0.0


def fingerprint(rule: str, key: Sequence[str]) -> str:
    """The id of a problem: 24 hex digits of rule and key."""
    return hashlib.sha256(json.dumps([rule, *key], ensure_ascii=True).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem. `key` names it for ever: the fingerprint hashes the rule and the key, nothing else.

    Put into `key` what makes this problem this problem (event and occurrence, policy and scope, article ids), never
    wording, paths, dates of the run or anything that depends on the order of input.
    """

    rule: str
    name: str
    severity: Severity
    subject: Mapping[str, object]
    key: tuple[str, ...]
    message: str
    documents: tuple[Ref, ...]
    evidence: tuple[Evidence, ...]
    suggestion: str
    score: float
    impact: Impact = Impact()
    because: tuple[str, ...] = ()
    cause: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """What the queue is sorted by: severity (4, 2, 1) times how often it is asked about (1 + log2(1 + questions)).

        A rare contradiction stands above a low finding that many questions touch lightly.
        """
        return round(WEIGHTS[self.severity] * (1 + math.log2(1 + self.impact.questions)), 3)

    @property
    def fingerprint(self) -> str:
        """Same problem, same id, run after run: 24 hex digits."""
        return fingerprint(self.rule, self.key)
