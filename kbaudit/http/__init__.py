"""The one guarded, polite client for everything that leaves the machine."""

from __future__ import annotations

from kbaudit.http.client import Answer, Client

__all__ = ["Answer", "Client"]
