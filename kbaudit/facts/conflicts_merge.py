"""One finding for one problem: rows of one table, and one pair of sentences that several policies read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kbaudit.check import Snapshot
from kbaudit.facts.conflicts_model import Conflict, Side

# From so many differing rows on, two tables are one problem.
LEAST_ROWS = 3


def tables(found: Sequence[Conflict], snapshot: Snapshot) -> list[Conflict]:
    """One finding where a whole table of one page differs from the same table of another: one list was not updated."""
    rows: dict[tuple[str, str], list[Conflict]] = defaultdict(list)
    result: list[Conflict] = []
    for conflict in found:
        statements = [statement for side in conflict.sides for statement in side.statements]
        blocks = [
            document.block_at(statement.span[0])
            for statement in statements
            if (document := snapshot.document(statement.ref)) is not None
        ]
        if (
            conflict.origin == "policy"
            and blocks
            and all(block is not None and block.kind == "table_row" for block in blocks)
        ):
            rows[conflict.kind, conflict.policy].append(conflict)
        else:
            result.append(conflict)
    for key in sorted(rows):
        left = sorted(rows[key], key=lambda item: (-len({ref for side in item.sides for ref in side.refs}), item.scope))
        while left:
            first = left[0]
            documents = {ref for side in first.sides for ref in side.refs}
            group = [item for item in left if {ref for side in item.sides for ref in side.refs} <= documents]
            left = [item for item in left if item not in group]
            if len(group) < LEAST_ROWS:
                result.extend(group)
                continue
            sides = []
            for side in first.sides:
                extra = [
                    statement
                    for item in group[1:]
                    for other in item.sides
                    for statement in other.statements
                    if statement.ref in side.refs and set(other.refs) & set(side.refs)
                ]
                own = {statement.span for statement in side.statements}
                sides.append(
                    Side(
                        side.value, (*side.statements, *(statement for statement in extra if statement.span not in own))
                    )
                )
            result.append(
                replace(first, scope=f"{len(group)} rows of a table, such as {first.scope}", sides=tuple(sides))
            )
    return result


def unique(found: Sequence[Conflict]) -> list[Conflict]:
    """One finding where several policies read the same pair of sentences, and CON202 before CON201 for one article."""
    result: list[Conflict] = []
    seen: set[tuple[object, ...]] = set()
    for conflict in found:
        places = tuple(
            sorted({(statement.ref, statement.span) for side in conflict.sides for statement in side.statements})
        )
        if (places, conflict.kind) in seen:
            continue
        seen.add((places, conflict.kind))
        result.append(conflict)
    return result
