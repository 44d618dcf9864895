"""The read-only view of one moment that a check receives (`kbaudit.check.Snapshot`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from kbaudit.check import Hit
from kbaudit.config import Settings
from kbaudit.facts import citations
from kbaudit.facts.copies import linked
from kbaudit.facts.table import DOCUMENT_FACTS, FACTS, resolve
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document
from kbaudit.model.finding import Impact
from kbaudit.model.product import Product
from kbaudit.model.question import Cluster, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class FactCache(Protocol):
    """Where document facts are kept between runs."""

    def fact(self, name: str, document: Document, compute: Callable[[], Any]) -> Any:
        """The stored fact for this content, else the computed one, which is then stored."""


class NoCache:
    """Keeps nothing."""

    def fact(self, name: str, document: Document, compute: Callable[[], Any]) -> Any:
        """Compute."""
        return compute()


class Search(Protocol):
    """What retrieval offers (index/retriever implements it)."""

    def search(self, text: str, locale: str | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Best passages first, at most one a document."""

    def search_many(
        self, texts: Sequence[str], locales: Sequence[str | None] | None = None, k: int = 10
    ) -> list[tuple[Hit, ...]]:
        """`search` for many texts at once; what it found is remembered, so that `search` finds it at once."""


@dataclass
class BaseSnapshot:
    """The implementation of `kbaudit.check.Snapshot` over tuples in memory."""

    settings: Settings
    now: datetime
    zone: ZoneInfo
    regions: tuple[str, ...]
    currency: str
    documents: tuple[Document, ...]
    products: tuple[Product, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None
    make_search: Callable[[Sequence[Document]], Search] | None = None
    cache: FactCache = NoCache()
    known_clusters: tuple[Cluster, ...] = ()
    link_status: Mapping[str, int | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def known(moment: datetime | None) -> datetime | None:
            return None if moment is None or moment > self.now else moment

        self.documents = tuple(
            replace(
                document,
                created_at=known(document.created_at),
                updated_at=known(document.updated_at),
                reviewed_at=known(document.reviewed_at),
            )
            for document in sorted(self.documents, key=lambda item: item.ref)
        )
        self.products = tuple(sorted(self.products, key=lambda item: item.ref))
        given = self.conversations
        past = sorted((c for c in self.conversations if c.started_at <= self.now), key=lambda item: item.ref)
        self.conversations = citations.by_id(past, self.documents)
        self.later = len(given) - len(self.conversations)
        self._facts: dict[str, Any] = {}
        self._about: dict[tuple[str, tuple[str, str]], Any] = {}

    @property
    def today(self) -> date:
        """The as-of day in the shop's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def region(self) -> str:
        """The home region."""
        return self.regions[0]

    @cached_property
    def _live(self) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if document.live_on(self.now))

    @cached_property
    def copies(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Copy → the document that stands for it (see `facts.copies`)."""
        return linked(self._live)

    @cached_property
    def live(self) -> tuple[Document, ...]:
        """What is live now; an article that several sources read, once."""
        return tuple(document for document in self._live if document.ref not in self.copies)

    @cached_property
    def answers(self) -> tuple[Document, ...]:
        """What is live and answers customers."""
        return tuple(document for document in self.live if document.answers_customers)

    @cached_property
    def _by_ref(self) -> dict[tuple[str, str], Document]:
        return {document.ref: document for document in self.documents}

    def document(self, ref: tuple[str, str]) -> Document | None:
        """A document by (source, id)."""
        return self._by_ref.get(ref)

    def fact(self, name: str) -> Any:
        """A fact about the whole base."""
        if name not in self._facts:
            self._facts[name] = resolve(FACTS[name])(self)
        return self._facts[name]

    def take_over(self, other: BaseSnapshot, names: Iterable[str]) -> None:
        """Take facts of another snapshot for one's own, where they are known to be the same."""
        self._facts.update({name: other.fact(name) for name in names})

    def about(self, name: str, document: Document) -> Any:
        """A fact about one document."""
        key = (name, document.ref)
        if key not in self._about:
            function = resolve(DOCUMENT_FACTS[name])
            self._about[key] = self.cache.fact(name, document, lambda: function(document, self))
        return self._about[key]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What customers asked."""
        return self.fact("questions")  # type: ignore[no-any-return]

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The questions, grouped."""
        return self.fact("clusters")  # type: ignore[no-any-return]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of texts."""
        if self.encode is None:
            raise RuntimeError("this snapshot has no encoder")
        return self.encode(texts)

    @cached_property
    def _search(self) -> Search:
        if self.make_search is None:
            raise RuntimeError("this snapshot has no retriever")
        return self.make_search(self.answers)

    def search(self, text: str, locale: str | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Retrieve as the shop's bot does."""
        return self._search.search(text, locale, k)

    def search_many(
        self, texts: Sequence[str], locales: Sequence[str | None] | None = None, k: int = 10
    ) -> list[tuple[Hit, ...]]:
        """`search` for many texts at once."""
        return self._search.search_many(texts, locales, k)

    @cached_property
    def _first_hits(self) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        texts = [question.text for question in self.questions]
        for hits in self.search_many(texts, [question.locale for question in self.questions], 1):
            for hit in hits:
                counts[hit.ref] = counts.get(hit.ref, 0) + 1
        return counts

    @cached_property
    def weeks(self) -> float:
        """How many weeks the conversations fill, at least one: an export with last year's season beside this month's
        counts the weeks that hold conversations, not those between them."""
        if not self.conversations:
            return 1.0
        times = [conversation.started_at for conversation in self.conversations]
        last = max(times)
        filled = len({(last - time).days // 7 for time in times})
        return max(1.0, min(float(filled), (last - min(times)).total_seconds() / 604_800))

    def touching(self, documents: Iterable[Document]) -> Impact:
        """How many questions retrieve these documents first."""
        if not self.conversations:
            return Impact()
        count = sum(self._first_hits.get(ref, 0) for ref in {document.ref for document in documents})
        return Impact(count, round(count / self.weeks, 1))
