"""What to look at first when a much-used article is reviewed: its statements of price, time and stock."""

from __future__ import annotations

from kbaudit.check import Snapshot
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence
from kbaudit.text.quantities import find

# More than this nobody reads in one sitting.
MOST = 6


def statements(snapshot: Snapshot, document: Document) -> list[Evidence]:
    """The statements, those first that the catalog contradicts."""
    found: dict[tuple[int, int], str] = {}
    if snapshot.products:
        for difference in snapshot.fact("catalog_differences"):
            if difference.document.ref == document.ref:
                found[difference.passage] = f"differs: the catalog says {difference.actual}"
    for statement in snapshot.about("mentions", document).statements:
        if statement.kind in ("price", "stock"):
            found.setdefault(statement.sentence, "a price" if statement.kind == "price" else "availability")
    for block in document.blocks:
        text = document.text[block.start : block.end]
        timed = block.kind != "heading" and any(q.kind == "duration" for q in find(text))
        if timed and not any(a < block.end and block.start < b for a, b in found):
            found[(block.start, block.end)] = "a time"
    ordered = sorted(found.items(), key=lambda item: (not item[1].startswith("differs"), item[0]))
    return [Evidence.of(document, start, end, note=note) for (start, end), note in ordered[:MOST]]
