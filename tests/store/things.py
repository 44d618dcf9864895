"""Small documents and findings to store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from kbaudit.model.document import Block, Document
from kbaudit.model.finding import Evidence, Finding, Impact, Ref, Severity

NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)


def later(**passed: float) -> datetime:
    return NOW + timedelta(**passed)


def document(id: str, text: str = "Returns take 30 days.", source: str = "help", **more: Any) -> Document:
    title = more.pop("title", f"About {id}")
    whole = f"{title}\n\n{text}"
    return Document(
        id=id,
        source=source,
        kind=more.pop("kind", "article"),
        title=title,
        text=whole,
        blocks=(
            Block(kind="title", start=0, end=len(title)),
            Block(kind="paragraph", start=len(title) + 2, end=len(whole)),
        ),
        content_hash=more.pop("content_hash", f"{hash((id, whole)) & 0xFFFFFFFF:08x}"),
        **more,
    )


def finding(
    name: str,
    *,
    rule: str = "SEA101",
    severity: Severity = "high",
    documents: tuple[str, ...] = ("a",),
    quote: str = "until December 18",
    questions: int = 0,
    source: str = "help",
    subject: dict[str, object] | None = None,
    message: str = "An old promise is still shown.",
) -> Finding:
    refs = tuple(Ref(source, id_, f"About {id_}") for id_ in documents)
    return Finding(
        rule=rule,
        name="expired-event-content",
        severity=severity,
        subject=subject or {"event": "Christmas"},
        key=(name,),
        message=message,
        documents=refs,
        evidence=tuple(Evidence(ref=ref, quote=quote, start=0, end=len(quote)) for ref in refs),
        suggestion="Take it down.",
        score=0.9,
        impact=Impact(questions, questions / 4),
    )
