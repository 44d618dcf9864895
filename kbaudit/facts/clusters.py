"""Base fact "clusters": the questions grouped by what they ask, with ids that stay from week to week."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kbaudit.facts.graph import communities, tfidf
from kbaudit.facts.labels import label, representatives
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


def group(snapshot: Snapshot) -> tuple[Cluster, ...]:
    """Every question in exactly one cluster, the largest first; ids matched with those of the last run."""
    questions = snapshot.questions
    if not questions:
        return ()
    by_text: dict[str, list[Question]] = {}
    for question in questions:
        by_text.setdefault(normal(question.text), []).append(question)
    texts = sorted(by_text)
    spoken = [essence(min(question.text for question in by_text[text])) for text in texts]
    languages = [by_text[text][0].locale.split("-")[0].lower() for text in texts]
    vectors = snapshot.vectors(spoken)
    words = [terms(text, language) for text, language in zip(spoken, languages, strict=True)]
    labels = communities(vectors, tfidf(words), FLOOR, _replies(snapshot, [by_text[text] for text in texts]))
    members: dict[int, list[int]] = {}
    for position, number in enumerate(labels.tolist()):
        members.setdefault(number, []).append(position)
    found = []
    outside = Counter(term for bag in words for term in set(bag))
    for positions in members.values():
        found.append(_cluster(positions, texts, by_text, vectors, words, outside, len(texts)))
    clusters = tuple(sorted(found, key=lambda cluster: (-len(cluster.questions), cluster.id)))
    return match(getattr(snapshot, "known_clusters", ()), clusters)


def _replies(snapshot: Snapshot, asked: Sequence[Sequence[Question]]) -> NDArray[np.float32] | None:
    """A row a text: the direction of what agents replied to it; None where no agent replied to anything."""
    import numpy as np

    said = [sorted({substance(q.agent_answer) for q in group if q.agent_answer} - {""})[:3] for group in asked]
    texts = list(dict.fromkeys(reply for replies in said for reply in replies))
    if not texts:
        return None
    place = {text: number for number, text in enumerate(texts)}
    vectors = snapshot.vectors(texts)
    rows = np.zeros((len(asked), vectors.shape[1]), dtype=np.float32)
    for number, replies in enumerate(said):
        if replies:
            mean = vectors[[place[reply] for reply in replies]].mean(axis=0)
            rows[number] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return rows


def form(snapshot: Snapshot, questions: Sequence[Question], outside: Counter[str], total: int) -> Cluster:
    """A cluster of exactly these questions, labelled by what sets them apart from all `total` texts (`commonness`)."""
    by_text: dict[str, list[Question]] = {}
    for question in questions:
        by_text.setdefault(normal(question.text), []).append(question)
    texts = sorted(by_text)
    spoken = [essence(min(question.text for question in by_text[text])) for text in texts]
    words = [terms(text, by_text[key][0].locale.split("-")[0].lower()) for key, text in zip(texts, spoken, strict=True)]
    vectors = snapshot.vectors(spoken)
    return _cluster(range(len(texts)), texts, by_text, vectors, words, outside, total)


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
    chosen = representatives(rows[order], weights[order], 3)
    return Cluster(
        id=identity(medoid),
        label=label(
            [words[positions[at]] for at in order],
            [texts[positions[at]] for at in order],
            weights[order].tolist(),
            outside,
            total,
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
