"""Conflicts between policy claims: the base fact "conflicts".

Claims are compared class by class (policy, scope, value), never text by text: the cost follows the number of different
values, which is small, not the number of articles. `conflicts_near` adds what no policy of the table covers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kbaudit.check import Snapshot
from kbaudit.facts import claims_contacts, claims_permissions, claims_places, claims_stated, conflicts_near, policies
from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_claims import judge, rank
from kbaudit.facts.conflicts_groups import groups, same_subject, stated_groups
from kbaudit.facts.conflicts_merge import tables, unique
from kbaudit.facts.conflicts_model import Conflict, Kind, Placed, Side, Statement
from kbaudit.facts.conflicts_scope import canonical
from kbaudit.facts.conflicts_translations import drifts
from kbaudit.model.document import Document, Span


def find(snapshot: Snapshot) -> tuple[Conflict, ...]:
    """Every conflict between live documents, in a stable order."""
    rules = tuple(snapshot.settings.policies)
    names = {
        **policies.labels(rules),
        **claims_permissions.labels(),
        **claims_contacts.labels(),
        **claims_places.labels(),
    }
    placed = [item for document in snapshot.live for item in _placed(document, snapshot)]
    found: list[Conflict] = []
    pairs = translation_pairs(snapshot)
    for source, translation in pairs:
        found.extend(_drift(source, translation, snapshot, names))
    translated = {translation.ref for _, translation in pairs}
    by_policy: dict[str, list[Placed]] = defaultdict(list)
    for item in placed:
        if item.document.ref not in translated:
            by_policy[item.claim.policy].append(item)
    for policy in sorted(by_policy):
        grouped = stated_groups if policy in claims_stated.POLICIES else groups
        for group in grouped(by_policy[policy]):
            found.extend(judge(policy, names.get(policy, policy), group))
        if policy not in claims_stated.POLICIES and policy != "age_limit":
            # "Minors" are no goods.
            for group in same_subject(by_policy[policy]):
                found.extend(judge(policy, names.get(policy, policy), group))
    found.extend(_wordings(snapshot, found))
    return tuple(
        sorted(
            tables(unique(found), snapshot),
            key=lambda item: (
                item.kind,
                item.policy,
                item.scope,
                item.sides[0].statements[0].ref,
                item.sides[0].statements[0].span,
            ),
        )
    )


def translation_pairs(snapshot: Snapshot) -> list[tuple[Document, Document]]:
    """(source, translation) for every live article that translates a live one."""
    by_id: dict[str, list[Document]] = defaultdict(list)
    for document in snapshot.live:
        by_id[document.id].append(document)
    pairs = []
    for document in snapshot.live:
        if document.translation_of:
            sources = [item for item in by_id.get(document.translation_of, ()) if item.ref != document.ref]
            same = [item for item in sources if item.source == document.source] or sources
            if same:
                pairs.append((same[0], document))
    return pairs


def _placed(document: Document, snapshot: Snapshot) -> list[Placed]:
    outer = scopes.of_document(document)
    return [
        Placed(replace(claim, ref=document.ref), document, canonical(claim, outer, document, snapshot))
        for claim in snapshot.about("claims", document)
    ]


def _drift(source: Document, translation: Document, snapshot: Snapshot, names: dict[str, str]) -> list[Conflict]:
    found = []
    for drift in drifts(source, snapshot.about("claims", source), translation, snapshot.about("claims", translation)):
        sides = (
            Side(
                source.text[slice(*drift.source_value)],
                (
                    Statement(
                        source.ref, drift.source_span, drift.source_value, source.text[slice(*drift.source_value)]
                    ),
                ),
            ),
            Side(
                translation.text[slice(*drift.value)],
                (Statement(translation.ref, drift.span, drift.value, translation.text[slice(*drift.value)]),),
            ),
        )
        newer = source.edited_at and translation.edited_at and translation.edited_at > source.edited_at
        why = "" if newer else "it is the source of the translation"
        found.append(
            Conflict(
                "translation",
                drift.policy,
                names.get(drift.policy, "stated value"),
                "",
                sides,
                why,
                0.88 if drift.policy != "quantity" else 0.8,
                "translation",
            )
        )
    return found


def _apart(near: conflicts_near.Near, snapshot: Snapshot) -> bool:
    """Whether the values that differ are known to be of two policies: a time to refund and a window to return."""
    policies: list[set[str]] = []
    for side in near.sides:
        named: set[str] = set()
        for place in side.places:
            document = snapshot.document(place.ref)
            for claim in snapshot.about("claims", document) if document else ():
                start, end = claim.value_span
                touches = start < place.value_span[1] and place.value_span[0] < end
                if claim.low is not None and claim.span == place.span and touches:
                    named.add(claim.policy)
        policies.append(named - claims_stated.POLICIES)
    return all(policies) and not set.intersection(*policies)


def _wordings(snapshot: Snapshot, found: Sequence[Conflict]) -> list[Conflict]:
    """Conflicts of near-identical sentences, without what the claims have shown already."""
    covered: set[tuple[tuple[str, str], Span]] = {
        (statement.ref, statement.span)
        for conflict in found
        for side in conflict.sides
        for statement in side.statements
    }
    result = []
    for near in conflicts_near.find(snapshot):
        if all((place.ref, place.span) in covered for side in near.sides for place in side.places):
            continue
        if _apart(near, snapshot):
            continue
        sides = tuple(
            Side(
                side.value,
                tuple(Statement(place.ref, place.span, place.value_span, side.value) for place in side.places),
            )
            for side in near.sides
        )
        refs = [side.refs for side in sides]
        kind: Kind = "within" if len({ref for group in refs for ref in group}) == 1 else "between"
        documents = [snapshot.document(ref) for group in refs for ref in group]
        if kind == "between" and any(document is not None and not document.answers_customers for document in documents):
            if all(document is not None and not document.answers_customers for document in documents):
                continue
            kind = "guidance"
        if len(sides) < 2:
            continue
        result.append(Conflict(kind, near.policy, near.label, near.scope, sides, near.why, near.score, "wording"))
    return result


__all__ = ["Conflict", "Side", "Statement", "find", "rank", "translation_pairs"]
