"""Keyword retrieval: BM25 (Robertson and Zaragoza 2009) over stemmed words, exact and deterministic."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kbaudit.text.stem import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Robertson's usual constants; support articles differ much in length, so length counts in full measure.
K1 = 1.5
B = 0.75


class Keywords:
    """A BM25 index over texts, in the order given. Each text comes with its language."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        import numpy as np
        from scipy.sparse import csc_matrix

        counts = [Counter(terms(text, language)) for text, language in texts]
        self._terms = {term: number for number, term in enumerate(sorted(set().union(*counts) if counts else ()))}
        lengths = np.asarray([sum(count.values()) for count in counts], dtype=np.float64)
        average = float(lengths.mean()) if len(lengths) else 1.0
        rows, columns, values = [], [], []
        for number, count in enumerate(counts):
            norm = K1 * (1 - B + B * lengths[number] / max(average, 1.0))
            for term, frequency in sorted(count.items()):
                rows.append(number)
                columns.append(self._terms[term])
                values.append(frequency * (K1 + 1) / (frequency + norm))
        shape = (len(counts), len(self._terms))
        weights: Any = csc_matrix((np.asarray(values, dtype=np.float32), (rows, columns)), shape=shape)
        found = np.asarray((weights > 0).sum(axis=0)).ravel()
        self.idf = np.log(1 + (len(counts) - found + 0.5) / (found + 0.5)).astype(np.float32)
        self._weights = weights.multiply(self.idf).tocsr().T.tocsr() if len(counts) else weights.T.tocsr()
        self._unseen = math.log(1 + (len(counts) + 0.5) / 0.5)
        self.size = len(counts)

    def scores(self, queries: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """One row a query, one column a text, in [0, 1]: the share of the query's possible BM25 weight that is met.

        A term's weight is bounded by idf * (k1 + 1): dividing by that bound makes queries of any length comparable.
        """
        import numpy as np
        from scipy.sparse import csr_matrix

        rows, columns, values = [], [], []
        ideal = np.zeros(len(queries), dtype=np.float32)
        for number, (text, language) in enumerate(queries):
            for term in sorted(set(terms(text, language))):
                known = self._terms.get(term)
                ideal[number] += self._unseen if known is None else float(self.idf[known])
                if known is not None:
                    rows.append(number)
                    columns.append(known)
                    values.append(1.0)
        shape = (len(queries), len(self._terms))
        wanted: Any = csr_matrix((np.asarray(values, dtype=np.float32), (rows, columns)), shape=shape)
        raw = np.asarray((wanted @ self._weights).todense(), dtype=np.float32)
        scale: NDArray[np.float32] = np.where(ideal > 0, ideal * (K1 + 1), 1.0).astype(np.float32)[:, None]
        return raw / scale
