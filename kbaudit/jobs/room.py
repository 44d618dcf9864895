"""Room on the disk, looked at before a run begins: one that fills the disk fails in the middle, and others with it."""

from __future__ import annotations

import shutil
from pathlib import Path

from kbaudit.errors import DiskFull
from kbaudit.store import Store

MIB = 1024 * 1024
# No run begins under this. A tenth of the disk is what `doctor` wants: on a large one that is room for years.
FREE_BYTES = 500 * MIB
FREE_SHARE = 0.10


def room(place: Path) -> tuple[int, int]:
    """Free bytes, and all of them, on the disk of a folder, or of the nearest above it that exists."""
    found = next((path for path in (place, *place.absolute().parents) if path.exists()), Path("/"))
    usage = shutil.disk_usage(found)
    return usage.free, usage.total


def check_room(store: Store) -> None:
    """Look whether a run may begin.

    Raises:
        DiskFull: the disk of the store is nearly full. A store that is elsewhere is not looked at.
    """
    file = store.engine.url.database
    if not store.sqlite or not file:
        return
    free, _ = room(Path(file).parent)
    if free < FREE_BYTES:
        raise DiskFull(
            f"no room on the disk of {file}: {free // MIB} MiB free, a run wants {FREE_BYTES // MIB} MiB. "
            "Nothing was begun; make room, and the next run goes on."
        )
