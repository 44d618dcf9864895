"""Taking one person out of everything that is kept, and remembering (as a keyed hash) that they stay out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from kbaudit.model.finding import Evidence, Finding
from kbaudit.store import access, codec, conversations, probes
from kbaudit.store.schema import chunks, clusters, finding_documents, findings, incoming, outbox, vectors
from kbaudit.store.schema import conversations as table

LEDGER = "erased"
GONE = "[erased]"
# Shorter texts ("thanks") are nobody's, and would be taken out of everybody's findings.
SHORTEST = 12


def erased(db: Connection) -> frozenset[str]:
    """The keyed hashes of who was erased: their conversations are never taken in again."""
    return frozenset(access.get_meta(db, LEDGER, []))


def erase(db: Connection, subject: str) -> dict[str, int]:
    """Delete a person's conversations, questions, quotes and vectors, and note the hash in the ledger.

    What an audit made of them (labels, messages) has their words replaced; the next audit makes it anew.
    Returns counts.
    """
    rows = db.execute(select(table.c.source, table.c.id).where(table.c.subject == subject)).all()
    refs = {(row.source, row.id) for row in rows}
    texts = sorted(_texts(db, refs), key=len, reverse=True)
    count = conversations.erase(db, subject) + _staged(db, subject)
    counts = {
        "conversations": count,
        "probes": probes.erase(db, refs),
        "findings": _scrub_findings(db, refs, texts),
        "clusters": _scrub_clusters(db, refs, texts),
        # A message that waits to be sent tells of findings by their words: the next audit tells it again.
        "messages": db.execute(delete(outbox)).rowcount if refs else 0,
        "vectors": db.execute(delete(vectors).where(vectors.c.key.not_in(select(chunks.c.vector)))).rowcount
        if refs
        else 0,
    }
    access.set_meta(db, LEDGER, sorted(erased(db) | {subject}))
    return counts


def _staged(db: Connection, subject: str) -> int:
    """Delete what a sync has read of a person and not yet applied."""
    query = select(incoming).where(incoming.c.kind == "conversation", incoming.c.data.is_not(None))
    gone = [row for row in db.execute(query).all() if codec.unpack_conversation(row.data).customer_id == subject]
    for row in gone:
        where = (incoming.c.run == row.run, incoming.c.kind == row.kind, incoming.c.id == row.id)
        db.execute(delete(incoming).where(*where))
    return len(gone)


def _texts(db: Connection, refs: Collection[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    for conversation in conversations.get_many(db, sorted(refs)).values():
        for message in conversation.messages:
            for text in (message.text, *message.text.splitlines()):
                if len(text.strip()) >= SHORTEST:
                    found.add(text.strip())
    return found


def _without(text: str, texts: Iterable[str]) -> str:
    for other in texts:
        text = text.replace(other, GONE)
    return text


def _scrubbed(value: Any, texts: Collection[str]) -> Any:
    if isinstance(value, str):
        return _without(value, texts)
    if isinstance(value, dict):
        return {key: _scrubbed(item, texts) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_scrubbed(item, texts) for item in value)
    return value


def _scrub_findings(db: Connection, refs: set[tuple[str, str]], texts: Collection[str]) -> int:
    if not refs:
        return 0
    touched = {
        fingerprint
        for source, id_ in refs
        for fingerprint in db.execute(
            select(finding_documents.c.fingerprint).where(
                finding_documents.c.source == source,
                finding_documents.c.id == id_,
                finding_documents.c.kind == "conversation",
            )
        ).scalars()
    }
    for fingerprint in sorted(touched):
        data = db.execute(select(findings.c.data).where(findings.c.fingerprint == fingerprint)).scalar_one()
        finding = _scrub(codec.finding_from_json(data), refs, texts)
        values = {"data": codec.to_json(finding), "message": finding.message, "search": finding.message.lower()}
        db.execute(update(findings).where(findings.c.fingerprint == fingerprint).values(**values))
        for source, id_ in refs:
            db.execute(
                delete(finding_documents).where(
                    finding_documents.c.fingerprint == fingerprint,
                    finding_documents.c.source == source,
                    finding_documents.c.id == id_,
                )
            )
    return len(touched)


def _scrub(finding: Finding, refs: set[tuple[str, str]], texts: Collection[str]) -> Finding:
    def stays(evidence: Evidence) -> bool:
        return evidence.ref.kind != "conversation" or (evidence.ref.source, evidence.ref.id) not in refs

    return replace(
        finding,
        message=_without(finding.message, texts),
        suggestion=_without(finding.suggestion, texts),
        subject=_scrubbed(dict(finding.subject), texts),
        extra=_scrubbed(dict(finding.extra), texts),
        documents=tuple(
            replace(ref, title=_without(ref.title, texts))
            for ref in finding.documents
            if ref.kind != "conversation" or (ref.source, ref.id) not in refs
        ),
        evidence=tuple(
            replace(item, quote=_without(item.quote, texts), note=_without(item.note, texts))
            for item in finding.evidence
            if stays(item)
        ),
    )


def _scrub_clusters(db: Connection, refs: set[tuple[str, str]], texts: Collection[str]) -> int:
    if not refs:
        return 0
    count = 0
    for row in db.execute(select(clusters.c.id, clusters.c.data)).all():
        cluster = codec.unpack_cluster(row.data)
        kept = tuple(question for question in cluster.questions if question.conversation not in refs)
        if len(kept) == len(cluster.questions):
            continue
        count += 1
        if not kept:
            db.execute(delete(clusters).where(clusters.c.id == row.id))
            continue
        label = _without(cluster.label, texts)
        slim = replace(cluster, questions=kept, representatives=tuple(range(min(3, len(kept)))), label=label)
        values = {"data": codec.pack(slim), "label": label, "size": len(kept)}
        db.execute(update(clusters).where(clusters.c.id == row.id).values(**values))
    return count
