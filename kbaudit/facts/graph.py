"""Questions that ask the same, found as communities of an exact nearest-neighbour graph.

Meaning (unit vectors, centred where there are enough of them to know the centre) and words (TF-IDF) are fused into
one similarity; each text is joined to its nearest neighbours; edges are weighed by how many neighbours their ends
share; Louvain (Blondel et al. 2008) finds communities at several sizes of neighbourhood and resolution, and a last
pass over what those partitions agree on decides (consensus clustering, Lancichinetti and Fortunato 2012).

Rows come in an order that the caller has fixed, so the same set of texts always gives the same partition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Measured on Banking77: see bench/quality/clustering.py. Flat between 0.2 and 0.5.
WORDS = 0.5
NEIGHBOURS = 20
CANDIDATES = 60
SIZES = (6, 8, 10, 12, 15, 20)
RESOLUTIONS = (1.0, 1.3, 1.6, 2.0)
FINAL_NEIGHBOURS = 10
FINAL_RESOLUTION = 2.0
AGREEMENT_POWER = 2
# From this many texts on their mean says what all of them share (the shop's subject) and no longer what they ask.
CENTRE_FROM = 300
# Similarities are rounded so that the last bits of a matrix product decide nothing.
DIGITS = 5
BLOCK = 1024
# The same reply of an agent counts so much for every point of similarity beyond `REPLY_FROM`.
REPLY, REPLY_FROM = 1.0, 0.6
# Up to so many texts are linked by their mean similarity: the groups of a small shop are too small to be communities.
# On samples of Banking77 and ABCD both ways are as good up to 300 texts, and communities better from 600 on.
FEW = 400
# Mean similarity (0: as like as any two texts of the shop) from which on two groups are one, and from which on a text
# is a member of a group of `GROUP` or more. Measured on the labelled shops; flat from 0.2 to 0.3 and 0.12 to 0.18.
LIKE, MEMBER, GROUP, MOVES = 0.24, 0.15, 3, 8
# The same sources cited bring two texts so much nearer; that the AI had an answer for one and none for the other sets
# them so far apart.
CITED, APART = 0.15, 0.1
# The mean of so many texts is half believed.
SURE_CENTRE = 20
# Communities of up to so many texts join others that they are like on average.
SMALL = 6
ABOVE_ORDINARY, LEAST_LIKE, MOST_LIKE = 0.25, 0.35, 0.55
# Beyond this many texts a sample is clustered exactly and the others join their nearest neighbours' clusters, or, if
# they are like none of them, form their own.
EXACT = 40_000


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of texts besides their words; each has a row a text.

    `centre` is what all texts of the shop have in common (`middle`). `replies`: a unit row for what agents replied,
    zeros where nobody did: who gets the same reply has likely asked the same. `cited`: a unit row over the sources that
    the AI cited, zeros for none. `denied`, `said`: the shares of its questions on which the AI had nothing, and to
    which it said something."""

    centre: NDArray[np.float64]
    replies: NDArray[np.float32]
    cited: Any
    denied: NDArray[np.float64]
    said: NDArray[np.float64]

    def rows(self, numbers: NDArray[np.int64]) -> Beside:
        """Some of the texts."""
        return Beside(self.centre, self.replies[numbers], self.cited[numbers], self.denied[numbers], self.said[numbers])


def communities(
    vectors: NDArray[np.float32], words: Any, floor: float, beside: Beside | None = None
) -> NDArray[np.int64]:
    """A community number a row. `words` is a sparse TF-IDF matrix with unit rows; `floor` the cosine below which two
    texts are never joined directly."""
    import numpy as np

    count = len(vectors)
    if count < 2:
        return np.zeros(count, dtype=np.int64)
    if count <= FEW:
        return _linked(vectors, beside)
    replies = None if beside is None or not beside.replies.any() else beside.replies
    if count <= EXACT:
        return _absorbed(louvain(vectors, words, floor, replies), vectors, words)
    step = count / EXACT
    sample = np.unique((np.arange(EXACT) * step).astype(np.int64))
    labels = np.full(count, -1, dtype=np.int64)
    labels[sample] = _absorbed(
        louvain(vectors[sample], words[sample], floor, None if replies is None else replies[sample]),
        vectors[sample],
        words[sample],
    )
    rest = np.flatnonzero(labels < 0)
    labels[rest] = _join(vectors[rest], vectors[sample], labels[sample], floor)
    # What is like nothing in the sample may be a small matter of its own: at least the sample fewer, so this ends.
    strange = np.flatnonzero(labels < 0)
    if len(strange):
        own = communities(vectors[strange], words[strange], floor, None if beside is None else beside.rows(strange))
        labels[strange] = own + labels.max() + 1
    return labels


def _likeness(vectors: NDArray[np.float32], words: Any) -> float:
    """The mean similarity from which on two groups ask the same: so much above what any two texts here have in common
    (a bank's customers all write about money), within bounds."""
    import numpy as np

    step = max(1, len(vectors) // 400)
    rows, lexical = vectors[::step], words[::step]
    similar = rows @ rows.T + WORDS * np.asarray((lexical @ lexical.T).todense())
    ordinary = float(np.median(similar[np.triu_indices(len(rows), 1)]))
    return min(max(ordinary + ABOVE_ORDINARY, LEAST_LIKE), MOST_LIKE)


def middle(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """What all texts of a shop have in common (its trade, its manner); less of it where few texts say what that is."""
    import numpy as np

    return np.asarray(vectors.sum(axis=0, dtype=np.float64) / (len(vectors) + SURE_CENTRE))


def centred(vectors: NDArray[np.float32], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit rows without what all texts have in common."""
    import numpy as np

    moved = vectors - centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9))


def _linked(vectors: NDArray[np.float32], beside: Beside | None) -> NDArray[np.int64]:
    """Not many texts: average linkage (Sokal and Michener 1958), then every text moves to the group that it is most
    like on average, or stands alone if it is like none."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    rows = centred(vectors, middle(vectors) if beside is None else beside.centre)
    similar = rows @ rows.T
    if beside is not None:
        similar += REPLY * np.maximum(beside.replies @ beside.replies.T - REPLY_FROM, 0.0)
        similar += CITED * np.asarray((beside.cited @ beside.cited.T).todense())
        apart = np.outer(beside.denied, beside.said)
        similar -= APART * (apart + apart.T)
    similar = np.round(similar, DIGITS)
    similar = np.minimum(similar, similar.T)
    distance = np.maximum(2.0 - similar, 0.0)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    labels = np.asarray(fcluster(tree, 2.0 - LIKE, "distance"), dtype=np.int64)
    np.fill_diagonal(similar, 0.0)
    numbers, sizes = np.unique(labels, return_counts=True)
    groups = numbers[sizes >= GROUP]
    if not len(groups):
        return labels
    alone = int(labels.max()) + 1 + np.arange(len(labels))
    for _ in range(MOVES):
        member = (labels[:, None] == groups[None, :]).astype(np.float64)
        others = member.sum(axis=0)[None, :] - member
        mean = np.where(others > 0, (similar @ member) / np.maximum(others, 1.0), -1.0)
        mean = np.round(mean, DIGITS)
        best = mean.argmax(axis=1)
        moved = np.where(mean[np.arange(len(labels)), best] >= MEMBER, groups[best], alone)
        # Pairs stay pairs unless a group takes them.
        moved = np.where((moved >= alone[0]) & ~np.isin(labels, groups), labels, moved)
        if (moved == labels).all():
            break
        labels = moved
    return labels


def _absorbed(labels: NDArray[np.int64], vectors: NDArray[np.float32], words: Any) -> NDArray[np.int64]:
    """Small communities joined to the one that they are most like, as long as one is like enough."""
    import numpy as np
    from scipy.sparse import csr_matrix

    like = _likeness(vectors, words)
    numbers, place = np.unique(labels, return_inverse=True)
    sizes = np.bincount(place).astype(np.float64)
    members = csr_matrix((np.ones(len(labels)), (place, np.arange(len(labels)))), shape=(len(numbers), len(labels)))
    dense = np.asarray(members @ vectors, dtype=np.float64)
    lexical = csr_matrix(members @ words)
    target = np.arange(len(numbers))
    alive = np.ones(len(numbers), dtype=bool)
    for _ in range(len(numbers)):
        small = np.flatnonzero(alive & (sizes <= SMALL))
        if not len(small) or alive.sum() < 2:
            break
        sums = dense[small] @ dense.T + WORDS * np.asarray((lexical[small] @ lexical.T).todense())
        near = np.round(sums / np.outer(sizes[small], sizes), DIGITS)
        near[:, ~alive] = -1.0
        near[np.arange(len(small)), small] = -1.0
        best = int(near.argmax())
        row, other = divmod(best, near.shape[1])
        if near[row, other] < like:
            break
        one = int(small[row])
        target[target == one] = other
        dense[other] += dense[one]
        sizes[other] += sizes[one]
        lexical = lexical.tolil()
        lexical[other] = lexical[other] + lexical[one]
        lexical = csr_matrix(lexical)
        alive[one] = False
    return np.asarray(target[place], dtype=np.int64)


def louvain(
    vectors: NDArray[np.float32],
    words: Any,
    floor: float,
    replies: NDArray[np.float32] | None = None,
    sizes: Sequence[int] = SIZES,
) -> NDArray[np.int64]:
    """Communities of the graph, however few the texts are; fewer `sizes` of neighbourhoods take less time."""
    import numpy as np

    count = len(vectors)
    nearest, weight = neighbours(vectors, words, floor, replies)
    parts: list[NDArray[np.int64]] = []
    for size in sorted({min(size, nearest.shape[1]) for size in sizes}):
        graph = _shared(nearest[:, :size], weight[:, :size], count)
        parts.extend(_louvain(graph, resolution) for resolution in RESOLUTIONS)
    width = min(FINAL_NEIGHBOURS, nearest.shape[1])
    rows = np.repeat(np.arange(count), width)
    columns = nearest[:, :width].ravel()
    agreement = np.mean([part[rows] == part[columns] for part in parts], axis=0)
    weights = agreement**AGREEMENT_POWER * weight[:, :width].ravel()
    return _louvain(_symmetric(rows, columns, weights, count), FINAL_RESOLUTION)


def neighbours(
    vectors: NDArray[np.float32], words: Any, floor: float, replies: NDArray[np.float32] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Nearest rows of each row, nearest first, and their fused similarity (0 where the pair is below the floor)."""
    import numpy as np

    count = len(vectors)
    width = min(NEIGHBOURS, count - 1)
    pool = min(CANDIDATES, count - 1)
    used = vectors
    if count >= CENTRE_FROM:
        used = vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        used = used / np.maximum(np.linalg.norm(used, axis=1, keepdims=True), 1e-9)
    nearest = np.zeros((count, width), dtype=np.int64)
    weight = np.zeros((count, width), dtype=np.float64)
    for start in range(0, count, BLOCK):
        stop = min(start + BLOCK, count)
        similar = np.round(used[start:stop] @ used.T, DIGITS)
        similar[np.arange(stop - start), np.arange(start, stop)] = -2.0
        found = np.argpartition(-similar, pool - 1, axis=1)[:, :pool]
        found.sort(axis=1)
        dense = np.take_along_axis(similar, found, axis=1).astype(np.float64)
        lines = np.repeat(np.arange(start, stop), pool)
        lexical = np.asarray(words[lines].multiply(words[found.ravel()]).sum(axis=1)).reshape(dense.shape)
        if replies is not None:
            alike = np.einsum("ij,ikj->ik", replies[start:stop], replies[found])
            dense = dense + REPLY * np.maximum(alike - REPLY_FROM, 0.0)
        fused = np.round(dense + WORDS * lexical, DIGITS)
        best = np.argsort(-fused, axis=1, kind="stable")[:, :width]
        chosen = np.take_along_axis(found, best, axis=1)
        nearest[start:stop] = chosen
        weight[start:stop] = np.maximum(np.take_along_axis(fused, best, axis=1), 0.0)
        plain = np.einsum("ij,ikj->ik", vectors[start:stop], vectors[chosen])
        weight[start:stop][np.round(plain, DIGITS) < floor] = 0.0
    return nearest, weight


def _symmetric(rows: NDArray[np.int64], columns: NDArray[np.int64], weights: NDArray[np.float64], count: int) -> Any:
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((weights, (rows, columns)), shape=(count, count))
    matrix.eliminate_zeros()
    return csr_matrix(matrix.maximum(matrix.T))


def _shared(nearest: NDArray[np.int64], weight: NDArray[np.float64], count: int) -> Any:
    """The neighbour graph, each edge weighed by the share of neighbours that its ends have in common (Jaccard)."""
    import numpy as np
    from scipy.sparse import csr_matrix, identity

    width = nearest.shape[1]
    rows = np.repeat(np.arange(count), width)
    graph = _symmetric(rows, nearest.ravel(), weight.ravel(), count)
    kept = csr_matrix(((weight.ravel() > 0).astype(np.float64), (rows, nearest.ravel())), shape=(count, count))
    near = csr_matrix(kept + identity(count))
    size = np.asarray(near.sum(axis=1)).ravel()
    common = csr_matrix((near @ near.T).multiply(graph > 0)).tocoo()
    jaccard = common.data / (size[common.row] + size[common.col] - common.data)
    return csr_matrix(graph.multiply(csr_matrix((jaccard, (common.row, common.col)), shape=(count, count))))


def _louvain(graph: Any, resolution: float) -> NDArray[np.int64]:
    import numpy as np
    from sknetwork.clustering import Louvain

    if graph.nnz == 0:
        return np.arange(graph.shape[0], dtype=np.int64)
    found = Louvain(resolution=resolution, random_state=0, tol_optimization=1e-4, tol_aggregation=1e-4)
    return np.asarray(found.fit_predict(graph), dtype=np.int64)


def _join(
    vectors: NDArray[np.float32],
    known: NDArray[np.float32],
    labels: NDArray[np.int64],
    floor: float,
) -> NDArray[np.int64]:
    """The community most of a row's nearest known rows are in; -1 for rows with none near."""
    import numpy as np

    joined = np.full(len(vectors), -1, dtype=np.int64)
    for start in range(0, len(vectors), BLOCK):
        similar = np.round(vectors[start : start + BLOCK] @ known.T, DIGITS)
        found = np.argpartition(-similar, FINAL_NEIGHBOURS, axis=1)[:, :FINAL_NEIGHBOURS]
        for line, columns in enumerate(found):
            votes: dict[int, float] = {}
            for column in np.sort(columns):
                if similar[line, column] >= floor:
                    votes[int(labels[column])] = votes.get(int(labels[column]), 0.0) + float(similar[line, column])
            if votes:
                joined[start + line] = min(votes, key=lambda label: (-round(votes[label], DIGITS), label))
    return joined


def tfidf(documents: Sequence[Sequence[str]]) -> Any:
    """TF-IDF weights, sparse, with unit rows, over terms and pairs of terms that stand in two texts or more."""
    import math
    from collections import Counter
    from itertools import pairwise

    import numpy as np
    from scipy.sparse import csr_matrix

    bags = [Counter([*words, *(" ".join(pair) for pair in pairwise(words))]) for words in documents]
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(bag.keys())
    kept = sorted(term for term, number in frequency.items() if number >= 2)
    index = {term: number for number, term in enumerate(kept)}
    idf = {term: math.log((1 + len(bags)) / (1 + frequency[term])) + 1 for term in kept}
    rows, columns, values = [], [], []
    for number, bag in enumerate(bags):
        for term, times in sorted(bag.items()):
            if term in index:
                rows.append(number)
                columns.append(index[term])
                values.append((1 + math.log(times)) * idf[term])
    matrix = csr_matrix((values, (rows, columns)), shape=(len(bags), max(1, len(kept))), dtype=np.float64)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    scale = csr_matrix(
        (1 / np.where(norms > 0, norms, 1.0), (range(len(bags)), range(len(bags)))), shape=(len(bags),) * 2
    )
    return csr_matrix(scale @ matrix)
