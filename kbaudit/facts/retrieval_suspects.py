"""Articles that should not answer any more: expired, superseded, or on the older side of a conflict, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts.conflicts import Conflict
from kbaudit.facts.conflicts_words import key
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.model.document import Document, Span
from kbaudit.model.finding import fingerprint
from kbaudit.text.stem import terms

Kind = Literal["expired", "superseded", "conflicting"]
Place = tuple[str, str]
# An article says of itself that it has been replaced, within its first words.
BEGINNING = 400
REPLACED = re.compile(
    r"\b(?:this (?:article|page|policy|guide|version|document|information) (?:is|has been|was) (?:now )?(?:outdated"
    r"|out of date|obsolete|superseded|replaced|archived|deprecated|retired|no longer (?:valid|current|maintained"
    r"|in use|applicable))"
    r"|superseded by|has been replaced by|was replaced by|no longer (?:current|maintained|in effect)"
    r"|diese[rs]? (?:artikel|seite|richtlinie) (?:ist|wurde) (?:veraltet|ersetzt|archiviert)|cet(?:te)? (?:article"
    r"|page) (?:est obsolète|a été remplacée?))",
    re.IGNORECASE,
)
MARKED = re.compile(
    r"^\W*(?:\[?\(?(?:old|archived?|outdated|deprecated|obsolete|superseded|legacy|veraltet"
    r"|archiviert)\)?\]?\b[\s:–-]+)|[\[(](?:old|archived?|outdated|deprecated|obsolete|superseded|until [^)\]]{3,20}"
    r"|old version)[\])]\s*$",
    re.IGNORECASE)  # fmt: skip
VERSION = re.compile(r"\b(?:20[0-4]\d|v(?:ersion)?\s?\d+(?:\.\d+)*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suspect:
    """An article that should not stand above the right one. `right` names the right one where it is known; `since`
    is the day from which on it is wrong; `because` the fingerprint of the finding that says so."""

    document: Document
    kind: Kind
    reason: str
    right: tuple[Place, ...] = ()
    since: date | None = None
    because: str | None = None
    event: str | None = None
    passages: tuple[Span, ...] = ()


def suspects(snapshot: Snapshot) -> list[Suspect]:
    """Every suspect among the articles that answer customers, by article."""
    found = [*_expired(snapshot), *_superseded(snapshot), *_conflicting(snapshot)]
    answering = {document.ref for document in snapshot.answers}
    return sorted(
        (item for item in found if item.document.ref in answering),
        key=lambda item: (item.document.ref, item.kind, item.right, item.passages),
    )


def _expired(snapshot: Snapshot) -> Iterable[Suspect]:
    verdicts: dict[Place, Verdict] = snapshot.fact("expired")
    for ref in sorted(verdicts):
        verdict, document = verdicts[ref], snapshot.document(ref)
        if verdict.rule != "SEA101" or verdict.occurrence is None or document is None:
            continue
        occurrence = verdict.occurrence
        ended = verdict.until or occurrence.end
        yield Suspect(
            document,
            "expired",
            f"is about {occurrence.event}, which ended on {ended.isoformat()}",
            (verdict.successor,) if verdict.successor else (),
            ended,
            fingerprint("SEA101", (occurrence.event, occurrence.start.isoformat(), *ref)),
            occurrence.event,
        )


def _superseded(snapshot: Snapshot) -> Iterable[Suspect]:
    by_title: dict[tuple[str, tuple[str, ...]], list[Document]] = {}
    for document in snapshot.answers:
        title = VERSION.sub(" ", MARKED.sub(" ", document.title))
        by_title.setdefault((document.locale, tuple(terms(title, document.language))), []).append(document)
    for document in snapshot.answers:
        body = document.text[len(document.title) : len(document.title) + BEGINNING]
        said = REPLACED.search(body) or MARKED.search(document.title)
        if not said:
            continue
        title = VERSION.sub(" ", MARKED.sub(" ", document.title))
        twins = by_title[(document.locale, tuple(terms(title, document.language)))]
        newer = tuple(other.ref for other in twins if other.ref != document.ref and not MARKED.search(other.title))
        yield Suspect(document, "superseded", "says of itself that it has been replaced", newer)


def _conflicting(snapshot: Snapshot) -> Iterable[Suspect]:
    conflicts: tuple[Conflict, ...] = snapshot.fact("conflicts")
    for conflict in conflicts:
        if conflict.kind != "between" or not conflict.why:
            continue
        right, *others = conflict.sides
        for side in others:
            for ref in side.refs:
                document = snapshot.document(ref)
                if document is None or ref in right.refs:
                    continue
                yield Suspect(
                    document,
                    "conflicting",
                    f"says {side.value} for the {conflict.label} where {right.value} holds",
                    right.refs,
                    None,
                    fingerprint("CON201", key(conflict)),
                    None,
                    tuple(statement.span for statement in side.statements if statement.ref == ref),
                )
