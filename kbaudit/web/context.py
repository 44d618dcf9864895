"""What every request handler reaches for: the store, the clock, the settings and the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import current_app

from kbaudit.config import Settings
from kbaudit.store import Store


class Ingest(Protocol):
    """Takes conversations in the file format, redacts and stores them: (accepted ids, problems)."""

    def __call__(self, rows: Sequence[Mapping[str, Any]], by: str) -> tuple[list[str], list[Mapping[str, Any]]]:
        """Raises `UsageError` if nothing could be used."""


class Ask(Protocol):
    """Calls the worker: `do` is `ask`, `check-answer` or `preview`. Raises `SourceUnavailable` without an answer."""

    def __call__(self, do: str, /, **arguments: Any) -> Any:
        """The worker's answer."""


@dataclass(slots=True)
class Context:
    """One per app."""

    store: Store
    settings: Settings
    ingest: Ingest | None = None
    ask: Ask | None = None
    setup_token: str | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


def context() -> Context:
    """The context of the current app."""
    found: Context = current_app.extensions["kbaudit"]
    return found


def now() -> datetime:
    """The moment of the request, UTC."""
    return context().clock()
