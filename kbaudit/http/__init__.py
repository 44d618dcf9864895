"""The one guarded, polite client for everything that leaves the machine.

It dials checked addresses only (`address`, `backend`), bounds time, size and redirects (`client`, `decode`), keeps a
host's pace (`pace`) and asks robots.txt (`robots`). Nothing else in kbaudit opens a connection.
"""

from __future__ import annotations

from kbaudit.http.client import Answer, Client, basic

__all__ = ["Answer", "Client", "basic"]
