"""The client: see the package."""

from __future__ import annotations

from typing import Any


class Answer:
    """What came back."""


class Client:
    """Talks to one source."""

    @classmethod
    def for_source(cls, source: Any) -> Client:
        """The client of a source."""
        return cls()
