"""Base fact "clusters": the questions grouped by what they ask, with ids that stay from week to week."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kbaudit.facts.graph import FEW, Beside, communities, middle, tfidf
from kbaudit.facts.labels import label, representatives
from kbaudit.facts.spelling import Spelling
from kbaudit.model.question import Cluster, Question
from kbaudit.text.asks import essence
from kbaudit.text.replies import substance
from kbaudit.text.stem import fold, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kbaudit.check import Snapshot

# Two questions below this cosine are not joined directly: they may share a shop's subject, but no ask.
FLOOR = 0.45
# A cluster keeps its id while this share of the smaller of the two generations is the same questions.
KEPT = 0.5
# Without signs that it failed, what the AI said counts as an answer, and so does a good end.
SETTLED = frozenset({"answered_by_ai", "resolved", "high_csat"})


def group(snapshot: Snapshot) -> tuple[Cluster, ...]:
    """Every question in exactly one cluster, the largest first; ids matched with those of the last run.

    What the shop left open and what its AI settled are grouped apart: a few customers whose ask nobody answers would
    drown among many who ask something near it."""
    import numpy as np

    questions = snapshot.questions
    if not questions:
        return ()
    by_text: dict[str, list[Question]] = {}
    for question in questions:
        by_text.setdefault(normal(question.text), []).append(question)
    texts = sorted(by_text)
    spelling = snapshot.fact("spelling")
    spoken = [essence(min(question.text for question in by_text[text])) for text in texts]
    if len(texts) <= FEW:
        # Among many a slip has its like; among few it stands alone.
        spoken = [spelling.mend(text) for text in spoken]
    languages = [by_text[text][0].locale.split("-")[0].lower() for text in texts]
    vectors = snapshot.vectors(spoken)
    words = [terms(text, language) for text, language in zip(spoken, languages, strict=True)]
    beside = _beside(snapshot, vectors, [by_text[text] for text in texts])
    left = np.asarray([2 * sum(map(left_open, by_text[text])) >= len(by_text[text]) for text in texts])
    labels = np.zeros(len(texts), dtype=np.int64)
    for side in (np.flatnonzero(left), np.flatnonzero(~left)):
        lexical = tfidf([words[position] for position in side])
        labels[side] = communities(vectors[side], lexical, FLOOR, beside.rows(side)) + labels.max() + 1
    members: dict[int, list[int]] = {}
    for position, number in enumerate(labels.tolist()):
        members.setdefault(number, []).append(position)
    found = []
    outside = Counter(term for bag in words for term in set(bag))
    for positions in members.values():
        found.append(_cluster(positions, texts, by_text, vectors, words, outside, len(texts), spelling))
    clusters = tuple(sorted(found, key=lambda cluster: (-len(cluster.questions), cluster.id)))
    return match(getattr(snapshot, "known_clusters", ()), clusters)


def left_open(question: Question) -> bool:
    """Whether the shop's knowledge left a question open: it failed, an agent had to answer, or nobody did."""
    if question.answered is not None:
        return not question.answered
    signals = set(question.signals)
    return bool(signals & {"no_information", "source_gone", "answered_by_agent"}) or not signals & SETTLED


def denied(question: Question) -> bool:
    """Whether the AI had nothing, or nothing that is still live."""
    return question.answered is not True and not {"no_information", "source_gone"}.isdisjoint(question.signals)


def _beside(snapshot: Snapshot, vectors: NDArray[np.float32], asked: Sequence[Sequence[Question]]) -> Beside:
    """What is known of each text besides its words."""
    import numpy as np
    from scipy.sparse import csr_matrix

    said = [sorted({substance(q.agent_answer) for q in group if q.agent_answer} - {""})[:3] for group in asked]
    texts = list(dict.fromkeys(reply for replies in said for reply in replies))
    place = {text: number for number, text in enumerate(texts)}
    replies = np.zeros((len(asked), vectors.shape[1]), dtype=np.float32)
    if texts:
        spoken = snapshot.vectors(texts)
        for number, own in enumerate(said):
            if own:
                mean = spoken[[place[reply] for reply in own]].mean(axis=0)
                replies[number] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    sources = {source: number for number, source in enumerate(sorted({s for g in asked for q in g for s in q.sources}))}
    cells: dict[tuple[int, int], float] = {}
    for number, group in enumerate(asked):
        cited = {sources[source] for question in group for source in question.sources}
        cells.update({(number, column): len(cited) ** -0.5 for column in cited})
    shape = (len(asked), max(1, len(sources)))
    where = ([row for row, _ in cells], [column for _, column in cells])
    return Beside(
        middle(vectors),
        replies,
        csr_matrix((list(cells.values()), where), shape=shape, dtype=np.float64),
        np.asarray([sum(map(denied, group)) / len(group) for group in asked]),
        np.asarray([sum("answered_by_ai" in q.signals for q in group) / len(group) for group in asked]),
    )


def form(snapshot: Snapshot, questions: Sequence[Question], outside: Counter[str], total: int) -> Cluster:
    """A cluster of exactly these questions, labelled by what sets them apart from all `total` texts (`commonness`)."""
    by_text: dict[str, list[Question]] = {}
    for question in questions:
        by_text.setdefault(normal(question.text), []).append(question)
    texts = sorted(by_text)
    spoken = [essence(min(question.text for question in by_text[text])) for text in texts]
    words = [terms(text, by_text[key][0].locale.split("-")[0].lower()) for key, text in zip(texts, spoken, strict=True)]
    vectors = snapshot.vectors(spoken)
    return _cluster(range(len(texts)), texts, by_text, vectors, words, outside, total, snapshot.fact("spelling"))


def commonness(questions: Sequence[Question]) -> tuple[Counter[str], int]:
    """In how many different texts each term stands, and how many different texts there are."""
    different = {normal(question.text): question for question in questions}
    counts: Counter[str] = Counter()
    for question in different.values():
        counts.update(set(terms(essence(question.text), question.locale.split("-")[0].lower())))
    return counts, len(different)


def normal(text: str) -> str:
    """The text as it is compared: folded, spaces and final marks taken away."""
    return " ".join(fold(text).split()).rstrip(" .!?")


def _cluster(
    positions: Sequence[int],
    texts: Sequence[str],
    by_text: dict[str, list[Question]],
    vectors: NDArray[np.float32],
    words: Sequence[Sequence[str]],
    outside: Counter[str],
    total: int,
    spelling: Spelling,
) -> Cluster:
    import numpy as np

    weights = np.asarray([len(by_text[texts[position]]) for position in positions], dtype=np.float64)
    rows = vectors[list(positions)].astype(np.float64)
    centre = (rows * weights[:, None]).sum(axis=0)
    near = np.round(rows @ centre / weights.sum(), 4)
    order = sorted(range(len(positions)), key=lambda at: (-near[at], texts[positions[at]]))
    medoid = texts[positions[order[0]]]
    questions: list[Question] = []
    first: dict[int, int] = {}
    for at in order:
        first[at] = len(questions)
        questions.extend(sorted(by_text[texts[positions[at]]], key=lambda question: question.id))
    bags = [words[positions[at]] for at in order]
    chosen = representatives(rows[order], weights[order], 3, bags)
    return Cluster(
        id=identity(medoid),
        label=label(
            bags,
            [min(question.text for question in by_text[texts[positions[at]]]) for at in order],
            weights[order].tolist(),
            outside,
            total,
            spelling,
        ),
        questions=tuple(questions),
        representatives=tuple(first[order[number]] for number in chosen),
    )


def identity(medoid: str) -> str:
    """An id of 12 hex digits from the question in the middle of the cluster."""
    return hashlib.sha256(medoid.encode()).hexdigest()[:12]


def match(previous: Sequence[Cluster], current: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """Give clusters the ids that they had in the last run, and say which were merged or split.

    Overlap is counted in questions (by text): the pair with the largest overlap is matched first, each id once. A
    cluster takes an id over if they share at least `KEPT` of the smaller one. Where several old ids end in one
    cluster they stand in `merged_from`; a cluster that got no old id but came out of one names it in `split_from`.
    """
    if not previous:
        return tuple(current)
    home: dict[str, set[str]] = {}
    for old in previous:
        for question in old.questions:
            home.setdefault(normal(question.text), set()).add(old.id)
    sizes = {old.id: len({normal(question.text) for question in old.questions}) for old in previous}
    overlaps: list[tuple[float, int, str, int]] = []
    shared: list[Counter[str]] = []
    for position, cluster in enumerate(current):
        own = {normal(question.text) for question in cluster.questions}
        counts = Counter(old for text in own for old in home.get(text, ()))
        shared.append(counts)
        for old_id, number in counts.items():
            if number >= KEPT * min(len(own), sizes[old_id]):
                overlaps.append((-number, position, old_id, len(own)))
    taken: dict[int, str] = {}
    for _, position, old_id, _ in sorted(overlaps, key=lambda item: (item[0], item[2], current[item[1]].id)):
        if position not in taken and old_id not in taken.values():
            taken[position] = old_id
    used = set(taken.values())
    matched = []
    for position, cluster in enumerate(current):
        swallowed = tuple(
            sorted(
                old_id
                for old_id, number in shared[position].items()
                if old_id not in used and number >= KEPT * sizes[old_id]
            )
        )
        origin = None
        if position not in taken and shared[position]:
            best = min(shared[position], key=lambda old_id: (-shared[position][old_id], old_id))
            distinct = len({normal(question.text) for question in cluster.questions})
            if shared[position][best] >= KEPT * distinct:
                origin = best
        new_id = taken.get(position, cluster.id)
        if position not in taken and new_id in used:
            new_id = identity(f"{new_id} {cluster.label}")
        matched.append(replace(cluster, id=new_id, merged_from=swallowed, split_from=origin))
    return tuple(sorted(matched, key=lambda cluster: (-len(cluster.questions), cluster.id)))


def as_known(clusters: Sequence[Cluster]) -> list[dict[str, Any]]:
    """What has to be kept of clusters so that the next run can match them: ids and texts."""
    return [{"id": item.id, "texts": sorted({normal(q.text) for q in item.questions})} for item in clusters]
