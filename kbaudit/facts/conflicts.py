# ruff: noqa: E501 - patterns stand on one line each
"""Conflicts between policy claims: the base fact "conflicts".

Claims are compared class by class (policy, scope, value), never text by text: the cost follows the number of different
values, which is small, not the number of articles. `conflicts_near` adds what no policy of the table covers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts import claims_contacts, claims_permissions, claims_places, claims_stated, conflicts_near, policies
from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts_lexicon import contrasted
from kbaudit.facts.conflicts_scope import Canonical, canonical, overlap
from kbaudit.facts.conflicts_translations import drifts
from kbaudit.facts.conflicts_values import differ
from kbaudit.model.claim import Claim, Scope
from kbaudit.model.document import Document, Span
from kbaudit.text import stem

Kind = Literal["between", "within", "translation", "guidance"]
# More values than this for one policy and scope are a list of different things (stores, products), not one policy.
MOST_VALUES = 10
# From so many differing rows on, two tables are one problem.
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that states a value."""

    ref: tuple[str, str]
    span: Span
    value_span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Side:
    """All places that state one value, the clearest first."""

    value: str
    statements: tuple[Statement, ...]

    @property
    def refs(self) -> tuple[tuple[str, str], ...]:
        """The documents of this side, in order, each once."""
        return tuple(dict.fromkeys(statement.ref for statement in self.statements))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One problem: a policy and a scope with values that cannot all hold, the side that is probably right first.

    `origin` is `policy` (a policy of the table), `wording` (near-identical sentences) or `translation`; `why` says why
    the first side is probably right (empty where nothing speaks for either).
    """

    kind: Kind
    policy: str
    label: str
    scope: str
    sides: tuple[Side, ...]
    why: str
    score: float
    origin: str = "policy"


@dataclass(frozen=True, slots=True)
class _Placed:
    claim: Claim
    document: Document
    scope: Canonical


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
    by_policy: dict[str, list[_Placed]] = defaultdict(list)
    for item in placed:
        if item.document.ref not in translated:
            by_policy[item.claim.policy].append(item)
    for policy in sorted(by_policy):
        groups = _stated_groups(by_policy[policy]) if policy in claims_stated.POLICIES else _groups(by_policy[policy])
        for group in groups:
            found.extend(_judge(policy, names.get(policy, policy), group))
    found.extend(_wordings(snapshot, found))
    return tuple(
        sorted(
            _tables(_unique(found), snapshot),
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


def _placed(document: Document, snapshot: Snapshot) -> list[_Placed]:
    outer = scopes.of_document(document)
    return [
        _Placed(replace(claim, ref=document.ref), document, canonical(claim, outer, document, snapshot))
        for claim in snapshot.about("claims", document)
    ]


def _groups(items: Sequence[_Placed]) -> list[list[_Placed]]:
    """Claims of one policy whose scopes overlap, each group once."""
    by_scope: dict[Canonical, list[_Placed]] = defaultdict(list)
    for item in items:
        by_scope[item.scope].append(item)
    keys = sorted(by_scope, key=lambda key: key.sort_key)
    parent = list(range(len(keys)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    # Scopes overlap only where they share a value in every dimension that either names, so candidates share a signature.
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        buckets[key.dimensions].append(index)
    for bucket in buckets.values():
        for position, first in enumerate(bucket[:400]):
            for second in bucket[position + 1 : 400]:
                if overlap(keys[first], keys[second]):
                    parent[root(second)] = root(first)
    merged: dict[int, list[_Placed]] = defaultdict(list)
    for index, key in enumerate(keys):
        merged[root(index)].extend(by_scope[key])
    return [merged[index] for index in sorted(merged)]


def _stated_groups(items: Sequence[_Placed]) -> list[list[_Placed]]:
    """Plain statements about the same words: equal, or the one's further words stand in the other's title."""
    by_words: dict[frozenset[str], list[_Placed]] = defaultdict(list)
    for item in items:
        by_words[_about(item)].append(item)
    keys = sorted(by_words, key=lambda words: (len(words), sorted(words)))
    frequency: dict[str, int] = defaultdict(int)
    for words in keys:
        for word in words:
            frequency[word] += 1
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    groups: list[list[_Placed]] = []
    for words in keys:
        if words:
            index[min(words, key=lambda word: (frequency[word], word))].append(words)
    larger: dict[frozenset[str], list[_Placed]] = {words: list(by_words[words]) for words in keys}
    for words in keys:
        if len(words) < 2:
            continue
        for word in sorted(words):
            for smaller in index[word][:40]:
                if smaller < words and len(smaller) > 1:
                    titles = {stem.stem(part) for item in by_words[smaller] for part in _title_words(item)}
                    if words - smaller <= titles:
                        larger[smaller].extend(by_words[words])
    for words in keys:
        by_scope: dict[object, list[_Placed]] = defaultdict(list)
        for item in larger[words]:
            by_scope[(item.scope.language, tuple(part for part in item.scope.parts if part[0] != "products"))].append(
                item
            )
        groups.extend(group for group in by_scope.values() if len(group) > 1)
    return groups


def _about(item: _Placed) -> frozenset[str]:
    return item.claim.scope.products


def _title_words(item: _Placed) -> list[str]:
    block = item.document.block_at(item.claim.span[0])
    return re.findall(r"[^\W\d_]{3,}", " ".join((item.document.title, *(block.path if block else ()))).lower())


def _judge(policy: str, label: str, group: Sequence[_Placed]) -> list[Conflict]:
    classes = _classes(group)
    if not 2 <= len(classes) <= MOST_VALUES:
        return []
    found: list[Conflict] = []
    inner: set[tuple[str, str]] = set()
    by_document: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
    for item in group:
        by_document[item.document.ref].append(item)
    if policy not in ("support_email", "support_phone"):
        for ref in sorted(by_document):
            own = _clashing(by_document[ref], within=True)
            if own:
                inner.add(ref)
                found.append(_conflict("within", policy, label, own, group))
    answers = [item for item in group if item.document.answers_customers and item.document.ref not in inner]
    sides = _between(answers)
    agreed = {id(item) for side in sides for item in side}
    if sides:
        extra = [
            item
            for item in group
            if id(item) not in agreed and item.document.ref not in {x.document.ref for side in sides for x in side}
        ]
        for item in extra:
            for side in sides:
                if not differ(item.claim, side[0].claim) and item.document.ref not in inner:
                    side.append(item)
                    agreed.add(id(item))
                    break
        found.append(_conflict("between", policy, label, sides, group))
    guides = [
        item
        for item in group
        if not item.document.answers_customers and id(item) not in agreed and item.document.ref not in inner
    ]
    all_answers = [item for item in group if item.document.answers_customers]
    wrong = [
        item
        for item in guides
        if any(_pair(item, answer) for answer in all_answers)
        and not any(_same(item.claim, answer.claim) for answer in all_answers)
    ]
    if wrong:
        against = [answer for answer in all_answers if any(_pair(answer, item) for item in wrong)]
        found.append(_conflict("guidance", policy, label, [*_classes(against), *_classes(wrong)], group))
    return found


def _same(a: Claim, b: Claim) -> bool:
    return not differ(a, b)


def _pair(a: _Placed, b: _Placed) -> bool:
    return (
        a.document.ref != b.document.ref
        and _overlap(a, b)
        and a.scope.meets(b.scope)
        and differ(a.claim, b.claim)
        and not contrasted(_sentence(a), _sentence(b))
    )


def _sentence(item: _Placed) -> str:
    return item.document.text[slice(*item.claim.span)]


def _overlap(a: _Placed, b: _Placed) -> bool:
    if a.claim.policy in claims_stated.POLICIES:
        return a.scope.language == b.scope.language
    return overlap(a.scope, b.scope)


def _classes(items: Iterable[_Placed]) -> list[list[_Placed]]:
    """Claims by value: every claim of a class agrees with the class's first one."""
    classes: list[list[_Placed]] = []
    for item in items:
        for members in classes:
            if _value_key(members[0].claim) == _value_key(item.claim):
                members.append(item)
                break
        else:
            classes.append([item])
            if len(classes) > 3 * MOST_VALUES:
                return classes
    merged: list[list[_Placed]] = []
    for members in classes:
        for other in merged:
            if not differ(members[0].claim, other[0].claim) and members[0].claim.policy not in (
                "payment_methods",
                "countries_served",
                "carriers",
                "store_places",
            ):
                other.extend(members)
                break
        else:
            merged.append(members)
    return merged


def _value_key(claim: Claim) -> tuple[object, ...]:
    return (claim.low, claim.high, claim.unit, claim.terms, claim.polarity, claim.bound, claim.starts)


def _clashing(items: Sequence[_Placed], *, within: bool) -> list[list[_Placed]]:
    """The classes of one article's claims that clash; empty where its own words explain the difference."""
    classes = _classes(items)
    pairs = [
        (first, second)
        for index, first in enumerate(classes)
        for second in classes[index + 1 :]
        if any(_inner(a, b) for a in first for b in second)
    ]
    if not pairs or len(classes) > 4:
        return []
    first, second = pairs[0]
    return [first, second]


def _inner(a: _Placed, b: _Placed) -> bool:
    if not (_overlap(a, b) and a.scope.meets(b.scope) and differ(a.claim, b.claim)):
        return False
    if contrasted(_sentence(a), _sentence(b)):
        return False
    if a.claim.span == b.claim.span:
        # Two values in one sentence: a range, alternatives or a comparison.
        return False
    # Under different headings, or in rows of one table, the difference is usually meant.
    a_block, b_block = a.document.block_at(a.claim.span[0]), b.document.block_at(b.claim.span[0])
    if a_block is None or b_block is None:
        return False
    if a_block.kind == b_block.kind == "table_row" and (a_block.path == b_block.path or _row_label(a) != _row_label(b)):
        return False
    if (
        a_block.kind == b_block.kind == "list_item"
        and a_block.path == b_block.path
        and abs(a.document.blocks.index(a_block) - a.document.blocks.index(b_block)) <= 6
        and a.claim.inherited
        and b.claim.inherited
    ):
        return False
    return not (a_block.start == b_block.start and (a.claim.inherited or b.claim.inherited))


def _row_label(item: _Placed) -> str:
    block = item.document.block_at(item.claim.span[0])
    return item.document.text[slice(*block.cells[0])].lower() if block and block.cells else ""


def _between(items: Sequence[_Placed]) -> list[list[_Placed]]:
    classes = _classes(items)
    if not 2 <= len(classes) <= MOST_VALUES:
        return []
    clash = [[any(_pair(a, b) for a in first[:40] for b in second[:40]) for second in classes] for first in classes]
    chosen = [members for index, members in enumerate(classes) if any(clash[index])]
    if len(chosen) < 2:
        return []
    # An article that states both values knows of both: it explains a difference that others leave out.
    return [list(members) for members in chosen]


def _conflict(
    kind: Kind, policy: str, label: str, classes: Sequence[Sequence[_Placed]], group: Sequence[_Placed]
) -> Conflict:
    ordered, why = rank(classes)
    sides = tuple(Side(_value(members), tuple(_statement(item) for item in members)) for members in ordered)
    shared = _shared([item for members in classes for item in members])
    items = [item for members in classes for item in members]
    score = 0.92
    if any(item.claim.inherited for item in items):
        score -= 0.08
    if shared:
        score -= 0.02
    return Conflict(kind, policy, label, shared, sides, why, round(score, 3))


def _shared(items: Sequence[_Placed]) -> str:
    first = items[0]
    if first.claim.policy in claims_stated.POLICIES:
        shared = frozenset.intersection(*(_about(item) for item in items)) or _about(first)
        words = re.findall(r"[^\W\d_]{3,}", first.document.text[slice(*first.claim.span)].lower())
        return " ".join(dict.fromkeys(word for word in words if stem.stem(word) in shared))
    return first.scope.describe()


def _statement(item: _Placed) -> Statement:
    return Statement(
        item.document.ref, item.claim.span, item.claim.value_span, item.document.text[slice(*item.claim.value_span)]
    )


def _value(members: Sequence[_Placed]) -> str:
    item = members[0]
    if item.claim.policy in ("payment_methods", "countries_served", "carriers", "store_places"):
        words = ", ".join(sorted(item.claim.terms))
        return f"{'only ' if item.claim.bound == 'only' else '' if item.claim.polarity else 'not '}{words}"
    if item.claim.policy in ("support_phone", "support_email"):
        return item.document.text[slice(*item.claim.value_span)]
    if item.claim.terms and "zone" not in item.claim.terms:
        return ", ".join(sorted(item.claim.terms))
    if item.claim.unit == "any":
        return "none" if item.claim.policy == "restocking_fee" else "no minimum"
    return " ".join(item.document.text[slice(*item.claim.value_span)].split()) + (
        f" from {item.claim.starts}" if item.claim.policy == "return_window" and item.claim.starts else ""
    )


def rank(classes: Sequence[Sequence[_Placed]]) -> tuple[list[list[_Placed]], str]:
    """The sides, the one that is probably right first, and why: a policy page, the newest edit, more articles."""
    reasons: list[tuple[float, list[str], list[_Placed]]] = []
    newest = max(
        (item.document.edited_at for members in classes for item in members if item.document.edited_at), default=None
    )
    dated = sum(1 for members in classes if any(item.document.edited_at for item in members))
    most = max(len({item.document.ref for item in members}) for members in classes)
    for members in classes:
        points, why = 0.0, []
        ordered = sorted(
            members,
            key=lambda item: (
                item.document.kind != "policy",
                -(item.document.edited_at.timestamp() if item.document.edited_at else 0),
                item.claim.inherited,
                item.document.ref,
                item.claim.span,
            ),
        )
        if any(item.document.kind == "policy" for item in members):
            points += 3
            why.append("it stands on the policy page")
        elif all(not item.document.answers_customers for item in members):
            points -= 2
        if dated > 1 and newest is not None and any(item.document.edited_at == newest for item in members):
            points += 2
            why.append(f"it was edited last ({newest.date().isoformat()})")
        count = len({item.document.ref for item in members})
        if count == most and sum(1 for other in classes if len({item.document.ref for item in other}) == most) == 1:
            points += 1.5 if count > 2 else 1
            why.append(f"{count} articles say so")
        reasons.append((points, why, ordered))
    indexed = sorted(
        range(len(reasons)),
        key=lambda index: (-reasons[index][0], reasons[index][2][0].document.ref, reasons[index][2][0].claim.span),
    )
    best = reasons[indexed[0]]
    clear = len(reasons) < 2 or best[0] > reasons[indexed[1]][0]
    return [reasons[index][2] for index in indexed], " and ".join(best[1]) if clear else ""


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


def _tables(found: Sequence[Conflict], snapshot: Snapshot) -> list[Conflict]:
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


def _unique(found: Sequence[Conflict]) -> list[Conflict]:
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


__all__ = ["Conflict", "Scope", "Side", "Statement", "find", "rank", "translation_pairs"]
