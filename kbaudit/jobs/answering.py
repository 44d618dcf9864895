"""What the worker answers at once: what a question retrieves, if an answer is borne out, what an edit would do.

Nothing is stored.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from kbaudit.errors import UsageError
from kbaudit.jobs.ask import ask as ask_snapshot
from kbaudit.jobs.preview import draft
from kbaudit.jobs.preview import preview as preview_change
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.finding import Finding
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store.codec import finding_from_json

LONGEST_PASSAGE = 1_500
# Reads every kind of fact once: a policy, an amount, a sentence to be looked up.
WARM_UP = ("How long do I have to return something?", "You can return it within 30 days. Shipping costs $5.")
DRAFT = ("kbaudit", "draft")


class Answering:
    """Answers over a snapshot that is made anew when the store has changed. `version` names the store's state."""

    def __init__(self, make: Callable[[], BaseSnapshot], version: Callable[[], object]) -> None:
        self._make, self._version = make, version
        self._lock = threading.Lock()
        self._snapshot: BaseSnapshot | None = None
        self._of: object = None
        self._asked = False

    def snapshot(self) -> BaseSnapshot:
        """The current view; the caller holds the lock."""
        version = self._version()
        if self._snapshot is None or version != self._of:
            self._snapshot, self._of = self._make(), version
        return self._snapshot

    @property
    def wanted(self) -> bool:
        """Whether somebody has asked since the view that is held was made."""
        return self._asked

    def warm(self) -> None:
        """Make the view and load the model before somebody waits for them."""
        with self._lock:
            self.check_answer(*WARM_UP, (), None)
            self._asked = False

    def answer(self, do: str, arguments: Mapping[str, Any]) -> Any:
        """One request of the web process.

        Raises:
            UsageError: an unknown request or a missing argument.
        """
        if do == "ping":
            return "here"
        self._asked = True
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
                    finding_from_json(arguments["finding"]) if arguments.get("finding") else None,
                )
        raise UsageError(f"the worker does not know {do!r}")

    def ask(self, question: str, locale: str | None, k: int) -> list[dict[str, Any]]:
        """The passages that the shop's bot would retrieve, best first."""
        found = ask_snapshot(self.snapshot(), question, locale, k)
        return [asdict(item) | {"passage": item.passage[:LONGEST_PASSAGE]} for item in found]

    def preview(self, source: str, id: str, text: str | None, finding: Finding | None = None) -> dict[str, Any]:
        """What one edit does to real questions and to the findings: `text` is the article's new plain text, None
        archives it; without an id it is a new article. `finding` is the one that the edit is for.

        Raises `UsageError` if there is no such article or the text is empty.
        """
        snapshot = self.snapshot()
        old = snapshot.document((source, id)) if id else None
        if old is None and (id or text is None):
            raise UsageError(f"there is no article {id} in {source}")
        if text is None:
            assert old is not None
            result = preview_change(snapshot, removed=(old.ref,), finding=finding)
        else:
            if not text.strip():
                raise UsageError("the first line is the title")
            answers = snapshot.answers[0] if snapshot.answers else None
            locale = _locale(snapshot, finding) or (answers.locale if answers else "en")
            made = draft(snapshot, text, old, source=answers.source if answers else DRAFT[0], locale=locale)
            result = preview_change(snapshot, changed=(made,), finding=finding)
        return {
            "better": result.replay.better,
            "worse": result.replay.worse,
            "behind": [asdict(row) for row in result.replay.behind],
            "regression": [asdict(row) for row in result.replay.regression],
            "gone": [_said(item) for item in result.gone],
            "stays": [_said(item) for item in result.stays],
            "new": [_said(item) for item in result.new],
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


def _said(item: Finding) -> dict[str, str]:
    return {"fingerprint": item.fingerprint, "rule": item.rule, "severity": item.severity, "message": item.message}


def _locale(snapshot: BaseSnapshot, finding: Finding | None) -> str | None:
    """The locale in which most questions of a finding are asked."""
    talks = {(ref.source, ref.id) for ref in finding.documents if ref.kind == "conversation"} if finding else set()
    counts = Counter(question.locale for question in snapshot.questions if question.conversation in talks)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
