"""What a check is, and the view of one moment that it receives."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Chunk, Document
from kbaudit.model.finding import Evidence, Finding, Impact, Ref, Severity
from kbaudit.model.product import Product
from kbaudit.model.question import Cluster, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved passage. `score` is the fused similarity in [0, 1]; `dense` and `keyword` are its parts."""

    ref: tuple[str, str]
    chunk: Chunk
    score: float
    dense: float
    keyword: float


class Snapshot(Protocol):
    """The read-only view of one moment. Everything is sorted by (source, id), so order of input cannot matter."""

    @property
    def now(self) -> datetime:
        """The moment of the audit, aware: the end of the as-of day in the shop's zone."""

    @property
    def today(self) -> date:
        """The as-of day in the shop's zone."""

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""

    @property
    def region(self) -> str:
        """The shop's home region, ISO 3166-1 alpha-2."""

    @property
    def settings(self) -> Any:
        """`kbaudit.config.Settings`: the shop's own events, policies, probes."""

    @property
    def regions(self) -> tuple[str, ...]:
        """All regions that the shop serves, home first."""

    @property
    def currency(self) -> str:
        """What a bare `$` means: ISO 4217."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that was read, live or not, macros and guidance too."""

    @property
    def copies(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Live documents that are another source's reading of an article, and the document that stands for both."""

    @property
    def live(self) -> tuple[Document, ...]:
        """What is live on the day, macros and guidance too; an article that several sources read, once."""

    @property
    def answers(self) -> tuple[Document, ...]:
        """What is live and answers customers: no macros, no guidance."""

    @property
    def products(self) -> tuple[Product, ...]:
        """The catalog."""

    @property
    def conversations(self) -> tuple[Conversation, ...]:
        """The conversations, texts redacted."""

    @property
    def later(self) -> int:
        """How many conversations were given that began after the moment of the audit: they are not among these."""

    @property
    def link_status(self) -> Mapping[str, int | str]:
        """Address (without fragment) -> HTTP status or a word, of the links that were checked; empty if none were."""

    def document(self, ref: tuple[str, str]) -> Document | None:
        """A document by (source, id)."""

    def fact(self, name: str) -> Any:
        """A fact about the whole base, computed once per snapshot: see `kbaudit.facts.table`."""

    def about(self, name: str, document: Document) -> Any:
        """A fact about one document, computed once per content hash: see `kbaudit.facts.table`."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What customers asked in the conversations."""

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The questions, grouped: every question is in exactly one cluster."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row a text, from the cache or the model."""

    def search(self, text: str, locale: str | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Retrieve as the shop's bot does: live answers only, best first, at most one hit a document."""

    def search_many(
        self, texts: Sequence[str], locales: Sequence[str | None] | None = None, k: int = 10
    ) -> list[tuple[Hit, ...]]:
        """`search` for many texts at once, in their order: much faster than one by one."""

    @property
    def weeks(self) -> float:
        """How many weeks the conversations fill, at least one."""

    def touching(self, documents: Iterable[Document]) -> Impact:
        """How many questions of the input retrieve these documents first (their impact)."""


class Check:
    """One rule. The class docstring is its page, with these headings:

    Why it matters, Flagged, Not flagged, Fix. Subclasses set `code`, `name`, `severity` and `needs`, and yield
    findings from `run`. No clock (`snapshot.today`), no input or output, no randomness.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    needs: ClassVar[frozenset[str]] = frozenset({"articles"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds, each with a name, a default and a reason."""

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        self.options: Any = type(self).Options(**(options or {}))

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """Yield what is wrong."""
        raise NotImplementedError

    def not_run(self, snapshot: Snapshot) -> str | None:
        """A reason not to run on this snapshot (an input that is missing), else None."""
        given = {
            "articles": bool(snapshot.documents),
            "products": bool(snapshot.products),
            "conversations": bool(snapshot.conversations),
        }
        missing = sorted(need for need in self.needs if not given[need])
        return f"no {' and no '.join(missing)} given" if missing else None

    @classmethod
    def explanation(cls) -> str:
        """The rule's page, in Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    def finding(
        self,
        *,
        subject: Mapping[str, object],
        key: tuple[str, ...],
        message: str,
        documents: Sequence[Ref],
        evidence: Sequence[Evidence],
        suggestion: str,
        score: float,
        impact: Impact | None = None,
        because: Sequence[str] = (),
        cause: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            rule=self.code,
            name=self.name,
            severity=self.severity,
            subject=subject,
            key=key,
            message=message,
            documents=tuple(documents),
            evidence=tuple(evidence),
            suggestion=suggestion,
            score=round(min(max(score, 0.0), 1.0), 3),
            impact=impact or Impact(),
            because=tuple(because),
            cause=cause,
            extra=extra or {},
        )
