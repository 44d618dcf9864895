"""What closed a finding, and what that did to the questions behind it: written beside the transition that resolves it.

The fix is what changed in the source since the finding was last seen. Its effect is measured backwards: the base as it
is against the base with the fix taken out, over the same questions, so that nothing else that changed is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import mean, median
from typing import Any

from sqlalchemy import Connection

from kbaudit.jobs.preview import edited
from kbaudit.jobs.replay import DEPTH, Row, replay
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding
from kbaudit.model.life import Known, Transition, ref_key
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store import documents, findings

Place = tuple[str, str]
# So many fixes of one audit are measured, the weightiest; the others are tagged. Each costs two searches of the base.
MEASURED = 10


def tagged(moves: Iterable[Transition], details: Mapping[str, Mapping[str, object]]) -> tuple[Transition, ...]:
    """The moves, those that resolve with what is known of their fix."""
    return tuple(
        replace(move, detail={**move.detail, **details[move.fingerprint]})
        if move.kind == "resolved" and move.fingerprint in details
        else move
        for move in moves
    )


def examine(
    db: Connection, snapshot: BaseSnapshot, known: Mapping[str, Known], moves: Sequence[Transition]
) -> dict[str, dict[str, object]]:
    """What closed each finding that these moves resolve: {fix: [{source, id, title, what, version}], effect}.

    `what`: edited, removed or added. `effect`, where questions are known: {questions, rank_before, rank_after (medians,
    None: not found), near_before, near_after (mean cosine of the first hit)}.
    """
    resolved = [known[move.fingerprint] for move in moves if move.kind == "resolved" and move.fingerprint in known]
    found: dict[str, dict[str, object]] = {}
    measured = 0
    for before in sorted(resolved, key=lambda item: (-item.finding.weight, item.finding.fingerprint)):
        fix, old, new = _fix(db, snapshot, before)
        if not fix:
            continue
        detail: dict[str, object] = {"fix": fix}
        if snapshot.conversations and measured < MEASURED:
            measured += 1
            effect = _effect(snapshot, before.finding, old, new)
            if effect:
                detail["effect"] = effect
        found[before.finding.fingerprint] = detail
    return found


def _fix(
    db: Connection, snapshot: BaseSnapshot, before: Known
) -> tuple[list[dict[str, Any]], list[Document], list[Place]]:
    """What changed, the documents as they were before it, and those that were not there."""
    fix: list[dict[str, Any]] = []
    old: list[Document] = []
    new: list[Place] = []
    sides = dict.fromkeys((ref.source, ref.id) for ref in before.finding.documents if ref.kind == "article")
    item = findings.get(db, before.finding.fingerprint)
    answer = _answer(snapshot, before.finding)
    if answer is not None and item is not None:
        stored = documents.get(db, *answer)
        if stored is not None and stored.first_seen >= item.opened_at:
            fix.append(_entry(stored, "added"))
            new.append(answer)
        elif stored is not None and stored.changed_at >= item.opened_at:
            sides.setdefault(answer)
    for place in sides:
        stored = documents.get(db, *place)
        document = snapshot.document(place)
        if stored is None or place in new:
            continue
        if document is None or stored.removed_at is not None:
            fix.append(_entry(stored, "removed"))
            if stored.document is not None:
                old.append(stored.document)
            continue
        seen = before.hashes.get(ref_key(*place))
        changed = document.content_hash != seen if seen else item is not None and stored.changed_at >= item.opened_at
        versions = documents.history(db, *place)
        if changed:
            fix.append(_entry(stored, "edited"))
            if len(versions) > 1:
                old.append(edited(document, versions[1].text))
    return fix, old, new


def _entry(stored: documents.Stored, what: str) -> dict[str, Any]:
    return {
        "source": stored.source, "id": stored.id, "title": stored.title, "what": what, "version": stored.version,
    }  # fmt: skip


def answers(snapshot: BaseSnapshot) -> dict[str, Place]:
    """By cluster: the article that answers its questions by what it says, whatever the shop's bot made of it."""
    found: dict[str, Place] = {}
    for gap in sorted(snapshot.fact("gaps"), key=lambda gap: -len(gap.questions)):
        if gap.verdict == "hidden" and gap.article is not None:
            found.setdefault(gap.cluster.id, gap.article.document.ref)
        elif gap.verdict in ("answered", "bot") and gap.nearest:
            found.setdefault(gap.cluster.id, gap.nearest[0].document.ref)
    return found


def _answer(snapshot: BaseSnapshot, finding: Finding) -> Place | None:
    """The article that answers a gap's questions now."""
    if not finding.rule.startswith("GAP") or not snapshot.conversations:
        return None
    return answers(snapshot).get(str(finding.subject.get("cluster")))


def _effect(
    snapshot: BaseSnapshot, finding: Finding, old: Sequence[Document], new: Sequence[Place]
) -> dict[str, object] | None:
    if not old and not new:
        return None
    talks = {(ref.source, ref.id) for ref in finding.documents if ref.kind == "conversation"}
    answer = _answer(snapshot, finding)
    # Backwards: what replay calls "after" is how it was.
    rows = replay(snapshot, old, new, conversations=talks, answer=answer).behind
    if not rows:
        return None
    return {
        "questions": len(rows),
        "rank_before": _median(rows, "rank_after"),
        "rank_after": _median(rows, "rank_before"),
        "near_before": round(mean(row.dense_after for row in rows), 2),
        "near_after": round(mean(row.dense_before for row in rows), 2),
    }


def _median(rows: Sequence[Row], name: str) -> float | None:
    value = median(getattr(row, name) or DEPTH + 1 for row in rows)
    return value if value <= DEPTH else None
