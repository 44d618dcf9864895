"""Who works on a run: a name for this process, whether the process behind a name still lives, and what follows."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from kbaudit.errors import StoreError
from kbaudit.store import Store, runs


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name (which may hold spaces); empty where the system does not say."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _born(pid: int) -> str:
    """When a process started, so that a reused number is not taken for it; empty where the system does not say."""
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""


@cache
def _here() -> str:
    """This machine, and in it the container whose process numbers these are."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        space = ""
    return f"{socket.gethostname()}:{space}"


@cache
def _name_of(pid: int) -> str:
    return f"{_here()}/{pid}/{_born(pid)}"


def me() -> str:
    """This process: host and container, number, start."""
    return _name_of(os.getpid())


def alive(holder: str) -> bool:
    """Does the process behind a name live. One on another machine is believed to (its heartbeat tells)."""
    host, _, rest = holder.rpartition("/")[0].rpartition("/")
    born = holder.rpartition("/")[2]
    if host != _here() or not rest.isdigit():
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if _stat(int(rest))[:1] in (["Z"], ["X"]):
        # It has ended; only its parent has not looked yet.
        return False
    seen = _born(int(rest))
    return not born or not seen or born == seen


def note_dead(store: Store, now: datetime) -> None:
    """Write down of the runs whose process is gone that they were cut off; costs a look where there is none."""
    with store.read() as db:
        found = runs.dead(db, alive=alive, now=now)
    if found:
        # Who cannot write now leaves it to the next who looks.
        with suppress(StoreError), store.write() as db:
            runs.interrupt_dead(db, alive=alive, now=now)
