"""What an audit reads and writes: the findings that earlier ones left, and what this one means for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kbaudit.model.finding import Finding
from kbaudit.model.life import Known, State, Transition
from kbaudit.store import codec
from kbaudit.store.findings import RANKS, end_suppressions
from kbaudit.store.schema import documents as documents_table
from kbaudit.store.schema import finding_documents, findings, transitions


def load(db: Connection) -> dict[str, Known]:
    """Every finding that earlier audits left, by fingerprint."""
    query = select(findings.c.fingerprint, findings.c.data, findings.c.state, findings.c.digest, findings.c.hashes)
    return {
        row.fingerprint: Known(
            finding=codec.finding_from_json(row.data), state=row.state, digest=row.digest, hashes=row.hashes
        )
        for row in db.execute(query)
    }


def states(db: Connection) -> tuple[tuple[Finding, State], ...]:
    """Every finding with its state, by fingerprint."""
    query = select(findings.c.data, findings.c.state).order_by(findings.c.fingerprint)
    return tuple((codec.finding_from_json(row.data), row.state) for row in db.execute(query))


def save(
    db: Connection,
    found: Mapping[str, tuple[Finding, str, Mapping[str, str]]],
    moves: Iterable[Transition],
    *,
    run: int,
    now: datetime,
) -> None:
    """Write what an audit found (fingerprint → finding, digest, content hashes) and what that changed.

    A finding that was there keeps its state unless a transition moves it.
    """
    present = set(db.execute(select(findings.c.fingerprint)).scalars())
    owners = {
        (row.source, row.id): row.owner
        for row in db.execute(
            select(documents_table.c.source, documents_table.c.id, documents_table.c.owner).where(
                documents_table.c.owner.is_not(None)
            )
        )
    }
    for fingerprint, (finding, digest, hashes) in found.items():
        owner = next((owners[d.source, d.id] for d in finding.documents if (d.source, d.id) in owners), None)
        titles = " ".join(d.title for d in finding.documents[:20])
        values: dict[str, Any] = {
            "rule": finding.rule,
            "name": finding.name,
            "severity": finding.severity,
            "severity_rank": RANKS[finding.severity],
            "weight": finding.weight,
            "owner": owner,
            "message": finding.message,
            "search": f"{finding.rule} {finding.name} {finding.message} {titles} {finding.suggestion}".lower(),
            "score": finding.score,
            "questions": finding.impact.questions,
            "per_week": finding.impact.per_week,
            "seen_at": now,
            "run": run,
            "digest": digest,
            "hashes": dict(hashes),
            "data": codec.to_json(finding),
        }
        if fingerprint in present:
            db.execute(update(findings).where(findings.c.fingerprint == fingerprint).values(**values))
            db.execute(delete(finding_documents).where(finding_documents.c.fingerprint == fingerprint))
        else:
            db.execute(
                insert(findings).values(fingerprint=fingerprint, state="open", opened_at=now, changed_at=now, **values)
            )
        refs = [
            {"fingerprint": fingerprint, "position": position, "source": d.source, "id": d.id, "kind": d.kind}
            for position, d in enumerate(finding.documents)
        ]
        if refs:
            db.execute(insert(finding_documents), refs)
    for move in moves:
        db.execute(
            insert(transitions).values(
                fingerprint=move.fingerprint,
                at=move.at,
                kind=move.kind,
                from_state=move.from_state,
                to_state=move.to_state,
                by=move.by,
                why=move.why,
                run=move.run,
                detail=codec.plain(move.detail),
            )
        )
        values = {"state": move.to_state, "changed_at": move.at}
        values["resolved_at"] = move.at if move.to_state == "resolved" else None
        db.execute(update(findings).where(findings.c.fingerprint == move.fingerprint).values(**values))
        if move.kind == "reopened" and move.from_state == "suppressed":
            end_suppressions(db, move.fingerprint, move.at, move.why)
