"""What a crawl remembers from one pass to the next, and where a pass stopped."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, field

RESUME_WITHIN = 7 * 24 * 3600


@dataclass(slots=True)
class State:
    """The value of a checkpoint.

    `pages` maps a page's id to: "a" for an article or "", ETag, Last-Modified, digest of its bytes, and, where it has
    any, JSON of [ids of its products, links that it leads to]. `repeated` are the blocks that stand on most pages.
    `began` is when the pass began (seconds since 1970), `done` the addresses that it read, `queue` those that wait,
    `again` those that were asked for and not delivered: asked for again when the pass goes on.
    """

    pages: dict[str, list[str]] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    learnt: bool = False
    began: float = 0.0
    done: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, value: str | None) -> State:
        """A stored checkpoint; one that cannot be read is as good as none."""
        if not value:
            return cls()
        try:
            raw = json.loads(zlib.decompress(base64.b64decode(value), bufsize=1 << 20))
            return cls(raw["p"], raw["r"], raw["l"], raw["b"], raw["d"], raw["q"])
        except (ValueError, KeyError, TypeError, zlib.error):
            return cls()

    def dump(self) -> str:
        """The checkpoint's value."""
        queue = self.queue + self.again
        raw = {"p": self.pages, "r": self.repeated, "l": self.learnt, "b": self.began, "d": self.done, "q": queue}
        return base64.b64encode(zlib.compress(json.dumps(raw, separators=(",", ":")).encode(), 1)).decode("ascii")

    def resume(self, now: float) -> bool:
        """Whether a pass that stopped a short while ago goes on; otherwise a new one begins `now`."""
        if (self.done or self.queue) and 0 <= now - self.began < RESUME_WITHIN:
            return True
        self.done, self.queue, self.began = [], [], now
        return False

    def finish(self, present: set[str]) -> None:
        """The pass is over: only the pages that it found are remembered."""
        self.pages = {id_: entry for id_, entry in self.pages.items() if id_ in present}
        self.done, self.queue, self.again = [], [], []
