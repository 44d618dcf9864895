"""Retrieval as a support bot does it: keywords and meaning, fused; exact, so that an audit can be repeated.

A document is scored in meaning (cosine of its best passage, encoded below its title and headings, and of the mean of
its passages) and in words (BM25 of its best passage and of the whole). The two are fused per query by their
z-scores, 0.75 for meaning. Dividing by a spread does not change an order, so the fused score that is shown is the
weighted mean of the two similarities with exactly the weights that the z-scores give them: it stays in [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbaudit.check import Hit
from kbaudit.index.keywords import Keywords
from kbaudit.model.document import Chunk, Document
from kbaudit.text.chunk import chunks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]

# Tuned on half of Doc2Dial's questions; flat between 0.65 and 0.8 for meaning against words, and between 0.2 and 0.5
# for the mean of a document's passages against its best one (what the article is about beside what it also mentions).
DENSE = 0.75
MEAN = 0.4
WHOLE = 0.5
# A base of a few articles has no spread worth the name: the spreads of a large one (Doc2Dial) count as this many.
PRIOR_DOCUMENTS = 30
PRIOR_DENSE_SPREAD = 0.13
PRIOR_KEYWORD_SPREAD = 0.07
BLOCK = 256
KEPT = 20


def passage_text(document: Document, chunk: Chunk) -> str:
    """What is encoded for a chunk: its words below the title and the headings that it stands under."""
    body = document.text[chunk.start : chunk.end]
    if chunk.start == 0:
        return body
    above = [document.title, *(heading for heading in chunk.path if not body.startswith(heading))]
    return "\n".join([" > ".join(above), body])


@dataclass(frozen=True, slots=True)
class _Pool:
    """The documents that a locale's questions are answered from, by position."""

    positions: tuple[int, ...]


class Retriever:
    """Searches a fixed tuple of documents. Vectors and keyword weights are made at the first search."""

    def __init__(self, documents: Sequence[Document], encode: Encode) -> None:
        self.documents = tuple(sorted(documents, key=lambda item: item.ref))
        self._encode = encode
        self._memo: dict[tuple[str, str | None], tuple[Hit, ...]] = {}
        self._pools: dict[str | None, _Pool] = {}

    @cached_property
    def passages(self) -> tuple[tuple[int, Chunk], ...]:
        """(position of the document, chunk), in order; every document has at least one."""
        found: list[tuple[int, Chunk]] = []
        for position, document in enumerate(self.documents):
            parts = chunks(document) or (Chunk(document.ref, 0, 0, len(document.text)),)
            found.extend((position, chunk) for chunk in parts)
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What is encoded for each passage."""
        return tuple(passage_text(self.documents[position], chunk) for position, chunk in self.passages)

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """One unit row a passage."""
        return self._encode(self.texts)

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        import numpy as np

        owners = np.asarray([position for position, _ in self.passages])
        return np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])

    @cached_property
    def _means(self) -> NDArray[np.float32]:
        import numpy as np

        sums = np.add.reduceat(self.vectors, self._starts, axis=0)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.where(norms > 0, norms, 1.0), dtype=np.float32)

    @cached_property
    def _passage_words(self) -> Keywords:
        languages = [self.documents[position].language for position, _ in self.passages]
        return Keywords(list(zip(self.texts, languages, strict=True)))

    @cached_property
    def _document_words(self) -> Keywords:
        return Keywords([(f"{d.title}\n{d.title}\n{d.text}", d.language) for d in self.documents])

    @cached_property
    def _language(self) -> str:
        languages = sorted(document.language for document in self.documents)
        return max(dict.fromkeys(languages), key=languages.count) if languages else "en"

    def _pool(self, locale: str | None) -> _Pool:
        """Documents of the locale, else of its language, else all of them."""
        if locale not in self._pools:
            everything = range(len(self.documents))
            found: Sequence[int] = everything
            if locale:
                exact, language = locale.lower(), locale.split("-")[0].lower()
                near = [i for i in everything if self.documents[i].language == language]
                same = [i for i in near if exact == language or self.documents[i].locale.lower() in (exact, language)]
                found = same or near or everything
            self._pools[locale] = _Pool(tuple(found))
        return self._pools[locale]

    def search(self, text: str, locale: str | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Best documents first, each with its best passage."""
        return self.search_many([text], [locale], k)[0]

    def search_many(
        self, texts: Sequence[str], locales: Sequence[str | None] | None = None, k: int = 10
    ) -> list[tuple[Hit, ...]]:
        """`search` for many texts, in their order; `locales` goes with them (None: no locale is known)."""
        places = list(locales) if locales is not None else [None] * len(texts)
        keys = list(zip(texts, places, strict=True))
        if not self.documents:
            return [() for _ in keys]
        if k > KEPT:
            return self._rank(keys, k)
        missing = [key for key in dict.fromkeys(keys) if key not in self._memo]
        self._memo.update(zip(missing, self._rank(missing, KEPT), strict=True))
        return [self._memo[key][:k] for key in keys]

    def _rank(self, keys: Sequence[tuple[str, str | None]], k: int) -> list[tuple[Hit, ...]]:
        found: dict[tuple[str, str | None], tuple[Hit, ...]] = {}
        by_locale: dict[str | None, list[str]] = {}
        for text, locale in dict.fromkeys(keys):
            if text.strip():
                by_locale.setdefault(locale, []).append(text)
            else:
                found[(text, locale)] = ()
        for locale, texts in by_locale.items():
            for at in range(0, len(texts), BLOCK):
                block = texts[at : at + BLOCK]
                for text, hits in zip(block, self._rank_block(block, locale, k), strict=True):
                    found[(text, locale)] = hits
        return [found[key] for key in keys]

    def _rank_block(self, texts: Sequence[str], locale: str | None, k: int) -> list[tuple[Hit, ...]]:
        import numpy as np

        language = locale.split("-")[0].lower() if locale else self._language
        queries = [(text, language) for text in texts]
        asked = self._encode(texts)
        dense = np.clip(asked @ self.vectors.T, 0.0, 1.0)
        words = self._passage_words.scores(queries)
        whole = self._document_words.scores(queries)
        pool = np.asarray(self._pool(locale).positions)
        best_dense = np.maximum.reduceat(dense, self._starts, axis=1)[:, pool]
        about = (best_dense + MEAN * np.clip(asked @ self._means[pool].T, 0.0, 1.0)) / (1 + MEAN)
        best_words = ((np.maximum.reduceat(words, self._starts, axis=1) + WHOLE * whole) / (1 + WHOLE))[:, pool]
        share = _share(about, best_words)[:, None]
        fused = np.round(share * about + (1 - share) * best_words, 5)
        ends = np.r_[self._starts[1:], len(self.passages)]
        answers: list[tuple[Hit, ...]] = []
        for row in range(len(texts)):
            order = np.argsort(-fused[row], kind="stable")[:k]
            found = pool[order]
            # The passages of the documents found, one after the other, and the first of the best of each.
            counts = (ends - self._starts)[found]
            heads = np.cumsum(counts) - counts
            places = np.arange(counts.sum()) + np.repeat(self._starts[found] - heads, counts)
            parts = np.round(share[row] * dense[row, places] + (1 - share[row]) * words[row, places], 5)
            top = np.repeat(np.maximum.reduceat(parts, heads), counts)
            best = np.minimum.reduceat(np.where(parts == top, places, len(self.passages)), heads)
            answers.append(
                tuple(
                    Hit(
                        ref=self.documents[position].ref,
                        chunk=self.passages[passage][1],
                        score=score,
                        dense=round(meaning, 5),
                        keyword=round(wording, 5),
                    )
                    for position, passage, score, meaning, wording in zip(
                        found.tolist(),
                        best.tolist(),
                        fused[row, order].tolist(),
                        best_dense[row, order].tolist(),
                        best_words[row, order].tolist(),
                        strict=True,
                    )
                )
            )
        return answers


def _share(dense: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight of meaning for each query: what fusing z-scores by `DENSE` amounts to, as a share of 1."""
    import numpy as np

    count = dense.shape[1]

    def spread(values: NDArray[np.float32], prior: float) -> NDArray[np.float32]:
        variance = (count * values.var(axis=1) + PRIOR_DOCUMENTS * prior**2) / (count + PRIOR_DOCUMENTS)
        return np.asarray(np.sqrt(variance), dtype=np.float32)

    meaning = DENSE / spread(dense, PRIOR_DENSE_SPREAD)
    wording = (1 - DENSE) / spread(words, PRIOR_KEYWORD_SPREAD)
    return np.asarray(meaning / (meaning + wording), dtype=np.float32)


def make_search(encode: Encode, cache: object | None = None) -> Callable[[Sequence[Document]], Retriever]:
    """A factory of retrievers over documents. `encode` keeps vectors by text; `cache` is not needed for that."""
    return lambda documents: Retriever(documents, encode)
