"""How fast things are. Figures of wall time depend on what else the machine does."""

from __future__ import annotations


class Promises:
    """Figures beside what was promised; remembers whether all were kept."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def check(self, kept: bool, said: str) -> None:
        """Print a promise and remember a broken one."""
        print(f"  {'ok ' if kept else 'BROKEN'} {said}", flush=True)
        if not kept:
            self.broken.append(said)

    @property
    def status(self) -> int:
        """The exit status: 1 if a promise is broken."""
        return 1 if self.broken else 0
