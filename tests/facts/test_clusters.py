"""Clusters: the same for any order of input, sensible for few questions, ids that stay."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from kbaudit.facts import graph
from kbaudit.facts.clusters import match
from kbaudit.model.question import Cluster, Question
from kbaudit.testing import snapshot_of

ASKS = {
    "wrap": ["do you offer gift wrapping?", "can you wrap it as a gift", "is gift wrap possible", "gift wrapping cost"],
    "abroad": [
        "do you ship to Norway?",
        "delivery to Norway possible",
        "can you send a parcel to Norway",
        "Norway shipping",
    ],
    "wash": ["how do I wash the wool blanket", "washing a wool blanket", "can the wool blanket be machine washed"],
    "points": [
        "where do I see my loyalty points",
        "my loyalty points are missing",
        "how many loyalty points do I have",
    ],
}


def rows(asks: dict[str, list[str]], start: int = 0) -> list[dict[str, Any]]:
    first = datetime(2026, 3, 1, tzinfo=UTC)
    texts = [text for group in asks.values() for text in group]
    return [
        {
            "id": f"c{start + n}",
            "started_at": (first + timedelta(hours=n)).isoformat(),
            "messages": [{"role": "customer", "text": text}],
        }
        for n, text in enumerate(texts)
    ]


def grouped(clusters: tuple[Cluster, ...]) -> set[frozenset[str]]:
    return {frozenset(question.text for question in cluster.questions) for cluster in clusters}


def test_few_questions_fall_into_what_they_ask() -> None:
    clusters = snapshot_of(conversations=rows(ASKS), as_of="2026-04-01").clusters
    assert grouped(clusters) == {frozenset(texts) for texts in ASKS.values()}


def test_order_of_input_changes_nothing() -> None:
    table = rows(ASKS)
    base = snapshot_of(conversations=table, as_of="2026-04-01").clusters
    for seed in range(3):
        shuffled = list(table)
        random.Random(seed).shuffle(shuffled)
        other = snapshot_of(conversations=shuffled, as_of="2026-04-01").clusters
        assert [(c.id, c.label, [q.id for q in c.questions]) for c in other] == [
            (c.id, c.label, [q.id for q in c.questions]) for c in base
        ]


def test_every_question_is_in_exactly_one_cluster() -> None:
    snapshot = snapshot_of(
        conversations=rows(ASKS) + rows({"x": ["a hedgehog ate my homework"]}, 100), as_of="2026-04-01"
    )
    ids = [question.id for cluster in snapshot.clusters for question in cluster.questions]
    assert sorted(ids) == sorted(question.id for question in snapshot.questions)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_inputs(count: int) -> None:
    table = rows({"x": ASKS["wrap"][:count]}) or rows({"x": ["hi"]})
    assert len(snapshot_of(conversations=table, as_of="2026-04-01").clusters) <= 1


def test_labels_name_the_subject() -> None:
    clusters = snapshot_of(conversations=rows(ASKS), as_of="2026-04-01").clusters
    labels = {cluster.questions[0].text: cluster.label.lower() for cluster in clusters}
    assert any("gift" in label for label in labels.values())
    assert any("norway" in label for label in labels.values())
    assert any("wool blanket" in label for label in labels.values())
    assert all(len(cluster.representatives) == min(3, len(cluster.questions)) for cluster in clusters)


def question(text: str) -> Question:
    return Question(
        id=text, conversation=("s", text), message=0, text=text, asked_at=datetime(2026, 1, 1, tzinfo=UTC), locale="en"
    )


def cluster(id_: str, *texts: str) -> Cluster:
    return Cluster(id=id_, label=id_, questions=tuple(map(question, texts)), representatives=(0,))


def test_a_grown_cluster_keeps_its_id() -> None:
    (found,) = match([cluster("old", "a", "b", "c")], [cluster("new", "a", "b", "c", "d", "e")])
    assert (found.id, found.merged_from, found.split_from) == ("old", (), None)


def test_merged_and_split_clusters_say_so() -> None:
    (merged,) = match(
        [cluster("one", "a", "b", "c"), cluster("two", "d", "e")], [cluster("new", "a", "b", "c", "d", "e")]
    )
    assert (merged.id, merged.merged_from) == ("one", ("two",))
    parts = match([cluster("one", "a", "b", "c", "d", "e")], [cluster("x", "a", "b", "c"), cluster("y", "d", "e")])
    assert {(part.id, part.split_from) for part in parts} == {("one", None), ("y", "one")}


def test_a_strange_cluster_keeps_its_own_id() -> None:
    (found,) = match([cluster("old", "a", "b")], [cluster("new", "x", "y")])
    assert found.id == "new"


def test_ids_stay_when_questions_are_added() -> None:
    before = snapshot_of(conversations=rows(ASKS), as_of="2026-04-01")
    more = {**ASKS, "late": ["is there gift wrap for two items", "norway delivery time"]}
    after = snapshot_of(conversations=rows(more), as_of="2026-04-01")
    kept = replace(after, known_clusters=before.clusters)
    assert {c.id for c in before.clusters} <= {c.id for c in kept.clusters}


def test_a_sample_of_very_many_texts_is_clustered_and_the_others_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "EXACT", 1200)
    chance = np.random.default_rng(1)
    subjects = chance.normal(size=(20, 64))
    intents = np.arange(4000) % 20
    rows = subjects[intents] / np.linalg.norm(subjects, axis=1)[intents, None] + chance.normal(0, 0.05, (4000, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    words = graph.tfidf([[f"subject{intent}", f"word{number % 49}"] for number, intent in enumerate(intents)])
    labels = graph.communities(rows, words, 0.45)
    assert len(labels) == 4000 and labels.min() >= 0
    assert adjusted_mutual_info_score(intents, labels) > 0.9
    assert (graph.communities(rows, words, 0.45) == labels).all()


def test_a_matter_that_no_sample_holds_is_still_one_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "EXACT", 1000)
    chance = np.random.default_rng(2)
    subjects = np.eye(64)[np.where(np.arange(2000) % 2 == 0, np.arange(2000) // 2 % 10, 40)]
    rows = subjects + chance.normal(0, 0.03, (2000, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    labels = graph.communities(rows, graph.tfidf([["word"]] * 2000), 0.45)
    rare = labels[1::2]
    assert not set(rare.tolist()) & set(labels[::2].tolist())
    assert len(set(rare.tolist())) < 60
