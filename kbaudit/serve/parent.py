"""Start the children, restart what dies, stop them together. Holds nothing but their process numbers."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from kbaudit.errors import UsageError

# A child that dies is started again after 1, 2, 4 … seconds, and after one again once it has lived for a minute.
LONGEST_PAUSE = 60.0
LIVED = 60.0
STOP_SECONDS = 20.0
# In a child: its standard input is the parent's end of a pipe, which closes when the parent dies however it dies.
LIFELINE = "KBAUDIT_LIFELINE"
# A child that ends so cannot work as it is configured: starting it again would change nothing.
HOPELESS = 2


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    again_at: float = 0.0
    starts: int = 0

    def start(self) -> None:
        """Start it with a lifeline to this process."""
        self.process = subprocess.Popen(  # noqa: S603
            list(self.command), stdin=subprocess.PIPE, env={**os.environ, **self.environment, LIFELINE: "1"}
        )
        self.started = time.monotonic()
        self.starts += 1


class Parent:
    """Keeps children alive until it is told to stop."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children, self._say = list(children), say
        self._stopping = threading.Event()

    def run(self) -> int:
        """Until SIGTERM, SIGINT or a child that cannot work; gives the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        status = 0
        for child in self.children:
            child.start()
        while not self._stopping.wait(0.2):
            for child in self.children:
                status = self._watch(child)
                if status:
                    self._stopping.set()
                    break
        self._end()
        return status

    def _watch(self, child: Child) -> int:
        """Look at one child; a status other than 0 ends everything."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.again_at:
                child.start()
            return 0
        code = child.process.poll()
        if code is None:
            return 0
        if code == HOPELESS:
            return code
        child.process = None
        child.pause = 1.0 if now - child.started > LIVED else min(child.pause * 2, LONGEST_PAUSE)
        child.again_at = now + child.pause
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        self._say(f"{child.name} {how}; it starts again in {child.pause:.0f} s")
        return 0

    def _end(self) -> None:
        running = [child for child in self.children if child.process is not None and child.process.poll() is None]
        for child in running:
            assert child.process is not None
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in running:
            assert child.process is not None
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()


def only_one(folder: Path) -> int:
    """Lock a data folder for the parent of its services; the lock ends with the process. Gives the open file's number.

    Raises:
        UsageError: another parent holds it.
    """
    place = folder / "run"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise UsageError(f"another `kbaudit serve` works on {folder} already. Stop it first.") from None
    return handle


def hold_lifeline() -> None:
    """In a child: end with the parent. Does nothing in a process that was started by hand."""
    if not os.environ.get(LIFELINE):
        return

    def watch() -> None:
        with contextlib.suppress(OSError):
            # Not through sys.stdin: a thread that waits in its buffer breaks the interpreter's end.
            while os.read(0, 1):
                pass
        os.kill(os.getpid(), signal.SIGTERM)
        # Whatever the process is stuck in, it must not outlive its parent.
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
