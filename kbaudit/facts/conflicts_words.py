"""How a conflict is put to people: documents, evidence, the sentence and the suggestion."""

from __future__ import annotations

from collections.abc import Sequence

from kbaudit.check import Snapshot
from kbaudit.facts.conflicts import Conflict, Side, Statement
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence, Ref

# More repeaters than this are counted, not named, in a sentence; the finding's documents hold them all.
_NAMED = 4


def sides(conflict: Conflict, snapshot: Snapshot) -> tuple[tuple[Side, ...], str]:
    """The sides, the one that is probably right first, and why; retrieval speaks where nothing else does."""
    if conflict.why or conflict.kind == "translation" or not snapshot.conversations:
        return conflict.sides, conflict.why
    counted = [(snapshot.touching(_documents(side, snapshot)).questions, side) for side in conflict.sides]
    most = max(count for count, _ in counted)
    if most == 0 or sum(1 for count, _ in counted if count == most) != 1:
        return conflict.sides, ""
    first = next(side for count, side in counted if count == most)
    others = [side for side in conflict.sides if side is not first]
    return (first, *others), f"it answers more customers' questions ({most})"


def _documents(side: Side, snapshot: Snapshot) -> list[Document]:
    return [document for ref in side.refs if (document := snapshot.document(ref)) is not None]


def refs(conflict: Conflict, ordered: Sequence[Side], snapshot: Snapshot) -> list[Ref]:
    """Every article on either side: the clearest of each side first, then the others by source and id."""
    first = [side.statements[0].ref for side in ordered]
    rest = sorted({ref for side in ordered for ref in side.refs} - set(first))
    return [
        Ref.to(document) for ref in dict.fromkeys([*first, *rest]) if (document := snapshot.document(ref)) is not None
    ]


def evidence(ordered: Sequence[Side], snapshot: Snapshot) -> list[Evidence]:
    """One quotation a side, then one for each further article."""
    quotes: list[Evidence] = []
    more: list[Evidence] = []
    for index, side in enumerate(ordered):
        letter = "a" if index == 0 else "b"
        seen: set[tuple[str, str]] = set()
        for number, statement in enumerate(side.statements):
            document = snapshot.document(statement.ref)
            if document is None or (statement.ref in seen and number):
                continue
            seen.add(statement.ref)
            item = Evidence.of(document, *statement.span, note=f"says {side.value}", side=letter)
            (more if number else quotes).append(item)
    return quotes + sorted(more, key=lambda item: (item.ref.source, item.ref.id, item.start or 0))


def title(statement: Statement, snapshot: Snapshot) -> str:
    """The quoted title of a statement's article."""
    document = snapshot.document(statement.ref)
    return f"“{document.title if document else statement.ref[1]}”"


def named(conflict: Conflict) -> str:
    """The policy with its scope, for the middle of a sentence."""
    label = (
        conflict.label
        if conflict.label.split()[0]
        in (
            "for",
            "how",
            "whether",
            "when",
            "where",
            "who",
            "what",
            "countries",
            "accepted",
            "support",
            "company",
            "exceptions",
        )
        else f"the {conflict.label}"
    )
    return f"{label} ({conflict.scope})" if conflict.scope else label


def others(ordered: Sequence[Side], snapshot: Snapshot) -> str:
    """The other articles that repeat either value, named."""
    parts = []
    for side in ordered:
        rest = [statement for statement in _by_document(side) if statement.ref != side.statements[0].ref]
        if rest:
            names = ", ".join(title(statement, snapshot) for statement in rest[:_NAMED])
            more = f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
            parts.append(f"{names}{more} also {'say' if len(rest) > 1 else 'says'} {side.value}")
    return "; ".join(parts)


def suggestion(ordered: Sequence[Side], why: str, snapshot: Snapshot) -> str:
    """Which sentence to change, and to what."""
    right, wrong = ordered[0], ordered[1:]
    steps = []
    for side in wrong:
        for statement in _by_document(side):
            document = snapshot.document(statement.ref)
            sentence = _passage(statement, document) if document else ""
            steps.append(
                f"In {title(statement, snapshot)} change “{_short(sentence)}” so that it says {right.value} instead of {side.value}"
            )
    reason = f"“{right.value}” is probably right: {why}." if why else f"Decide which holds; if it is {right.value}:"
    rest = others(ordered[:1], snapshot)
    listed = ". ".join(steps[:6]) + (f". {len(steps) - 6} more articles need the same change" if len(steps) > 6 else "")
    return f"{reason} {listed}." + (f" ({rest}.)" if rest else "")


def _by_document(side: Side) -> list[Statement]:
    """The first statement of each document of a side: the one that says the side's value."""
    first: dict[tuple[str, str], Statement] = {}
    for statement in side.statements:
        first.setdefault(statement.ref, statement)
    return list(first.values())


def _passage(statement: Statement, document: Document) -> str:
    """What to change, findable: the sentence, or the row of a table whose cell says the value."""
    block = document.block_at(statement.span[0])
    if block is not None and block.kind == "table_row":
        return document.text[block.start : block.end]
    return document.text[slice(*statement.span)]


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 220 else sentence[:217].rstrip() + "…"


def values(ordered: Sequence[Side]) -> list[str]:
    """The values of a finding's subject."""
    return [side.value for side in ordered]


def key(conflict: Conflict) -> tuple[str, ...]:
    """What names the problem for ever: policy, scope and the articles that hold it."""
    documents = sorted({f"{ref[0]}:{ref[1]}" for side in conflict.sides for ref in side.refs})
    return (conflict.policy, conflict.scope, *documents)
