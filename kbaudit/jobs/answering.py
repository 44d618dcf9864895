"""What the worker answers at once: what a question retrieves, if an answer is borne out, what an edit would do.

Nothing is stored.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from kbaudit.errors import UsageError
from kbaudit.jobs.ask import ask as ask_snapshot
from kbaudit.jobs.replay import replay as replay_change
from kbaudit.model.conversation import Conversation, Message
from kbaudit.snapshot import BaseSnapshot
from kbaudit.text.extract import from_text

LONGEST_PASSAGE = 1_500
DRAFT = ("kbaudit", "draft")


class Answering:
    """Answers over a snapshot that is made anew when the store has changed. `version` names the store's state."""

    def __init__(self, make: Callable[[], BaseSnapshot], version: Callable[[], object]) -> None:
        self._make, self._version = make, version
        self._lock = threading.Lock()
        self._snapshot: BaseSnapshot | None = None
        self._of: object = None

    def snapshot(self) -> BaseSnapshot:
        """The current view; the caller holds the lock."""
        version = self._version()
        if self._snapshot is None or version != self._of:
            self._snapshot, self._of = self._make(), version
        return self._snapshot

    def answer(self, do: str, arguments: Mapping[str, Any]) -> Any:
        """One request of the web process.

        Raises:
            UsageError: an unknown request or a missing argument.
        """
        if do == "ping":
            return "here"
        if do == "ask":
            question = str(arguments.get("question") or "").strip()
            if not question:
                raise UsageError("a question has words")
            with self._lock:
                return self.ask(question, arguments.get("locale"), min(max(int(arguments.get("k") or 8), 1), 50))
        if do == "check-answer":
            with self._lock:
                return self.check_answer(
                    str(arguments.get("question") or ""),
                    str(arguments.get("answer") or ""),
                    [str(item) for item in arguments.get("sources") or ()],
                    arguments.get("locale"),
                )
        if do == "preview":
            with self._lock:
                return self.preview(
                    str(arguments.get("source") or ""),
                    str(arguments.get("id") or ""),
                    None if arguments.get("remove") else str(arguments.get("text") or ""),
                )
        raise UsageError(f"the worker does not know {do!r}")

    def ask(self, question: str, locale: str | None, k: int) -> list[dict[str, Any]]:
        """The passages that the shop's bot would retrieve, best first."""
        found = ask_snapshot(self.snapshot(), question, locale, k)
        return [asdict(item) | {"passage": item.passage[:LONGEST_PASSAGE]} for item in found]

    def preview(self, source: str, id: str, text: str | None) -> dict[str, Any]:
        """What one edit does to real questions: `text` is the article's new plain text, None archives it.

        Raises `UsageError` if there is no such article or the text is empty.
        """
        snapshot = self.snapshot()
        old = snapshot.document((source, id))
        if old is None:
            raise UsageError(f"there is no article {id} in {source}")
        if text is None:
            result = replay_change(snapshot, removed=(old.ref,))
        else:
            title, _, body = text.strip().partition("\n")
            if not title.strip():
                raise UsageError("the first line is the title")
            made = from_text(title, body)
            result = replay_change(
                snapshot, changed=(replace(old, title=title.strip(), text=made.text, blocks=made.blocks),)
            )
        return {
            "better": result.better,
            "worse": result.worse,
            "behind": [asdict(row) for row in result.behind],
            "regression": [asdict(row) for row in result.regression],
        }

    def check_answer(
        self, question: str, answer: str, sources: Sequence[str], locale: str | None
    ) -> dict[str, list[dict[str, Any]]]:
        """Every claim of an answer with its verdict, its reason and the passage or the field that decides."""
        from kbaudit.facts.answers import judge_all

        snapshot = self.snapshot()
        now = datetime.now(UTC)
        asked = (Message(role="customer", text=question, at=now),) if question else ()
        reply = Message(role="ai", text=answer, at=now, sources=tuple(sources))
        draft = Conversation(
            id=DRAFT[1], source=DRAFT[0], started_at=now, locale=locale, messages=(*asked, reply), handled_by="ai"
        )
        claims = []
        for judged in judge_all(snapshot, [draft]):
            entry: dict[str, Any] = {
                "claim": judged.claim,
                "start": judged.span[0],
                "end": judged.span[1],
                "verdict": judged.label,
                "reason": judged.reason,
                "score": round(judged.score, 3),
                "rule": judged.rule,
            }
            if judged.document is not None:
                shown = judged.document
                entry |= {"source": shown.source, "document": shown.id, "title": shown.title, "url": shown.url}
                if judged.passage is not None:
                    entry["quote"] = shown.text[judged.passage[0] : judged.passage[1]]
            elif judged.product is not None:
                product = judged.product
                entry |= {"source": product.source, "product": product.id, "title": product.title, "url": product.link}
                entry |= {"field": judged.field, "quote": judged.value}
            claims.append(entry)
        return {"claims": claims}
