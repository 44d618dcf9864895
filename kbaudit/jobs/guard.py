"""The deletion guard: a sync can propose that much is gone, a person lets it happen. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from kbaudit.config import Sync

# Below this many articles a share says little.
SMALL = 10


def too_much_missing(missing: int, present: int, limits: Sync) -> str:
    """Why so many missing documents stop for a person; empty where they do not.

    More than a share of the source or more than a count, whichever trips first, but never below the minimum.
    """
    if missing < limits.guard_minimum or present == 0:
        return ""
    share = missing / present
    if share > limits.guard_share:
        return f"{missing} of {present} are missing ({share:.0%}, the guard allows {limits.guard_share:.0%})"
    if missing > limits.guard_count:
        return f"{missing} of {present} are missing (the guard allows {limits.guard_count})"
    return ""


def all_alike(bodies: Iterable[str], total: int, limits: Sync) -> str:
    """Why articles that share one body (a login page, say) stop for a person. `bodies` are hashes of new texts."""
    counts = Counter(bodies)
    alike = max(counts.values(), default=0)
    if alike >= limits.guard_minimum and total and alike / total >= limits.guard_alike:
        return f"{alike} of {total} articles have one and the same text, as a login or error page would"
    return ""


def too_much_changed(changed: Collection[str], present: int, limits: Sync) -> str:
    """Why so many changed texts at once stop for a person."""
    if present < SMALL or len(changed) < limits.guard_minimum:
        return ""
    share = len(changed) / present
    if share > limits.guard_changed:
        return f"{len(changed)} of {present} articles changed their text at once ({share:.0%})"
    return ""
