"""Who works on a run: a name for this process, and whether the process behind a name still lives."""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path


def _born(pid: int) -> str:
    """When a process started, so that a reused number is not taken for it; empty where the system does not say."""
    try:
        # Field 22 of /proc/PID/stat, counted after the name, which may hold spaces.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@cache
def _name_of(pid: int) -> str:
    return f"{socket.gethostname()}/{pid}/{_born(pid)}"


def me() -> str:
    """This process: host, number, start."""
    return _name_of(os.getpid())


def alive(holder: str) -> bool:
    """Does the process behind a name live. One on another machine is believed to (its heartbeat tells)."""
    host, _, rest = holder.rpartition("/")[0].rpartition("/")
    born = holder.rpartition("/")[2]
    if host != socket.gethostname() or not rest.isdigit():
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    seen = _born(int(rest))
    return not born or not seen or born == seen
