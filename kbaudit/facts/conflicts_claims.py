"""Conflicts between the claims of one policy: who stands on which side, and which side is probably right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kbaudit.facts import claims_stated
from kbaudit.facts.conflicts_groups import MOST_VALUES, about, between, by_value, clashing, pair, same
from kbaudit.facts.conflicts_model import Conflict, Kind, Placed, Side, Statement
from kbaudit.facts.conflicts_values import differ
from kbaudit.text import stem


def judge(policy: str, label: str, group: Sequence[Placed]) -> list[Conflict]:
    classes = by_value(group)
    if not 2 <= len(classes) <= MOST_VALUES:
        return []
    found: list[Conflict] = []
    inner: set[tuple[str, str]] = set()
    by_document: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for item in group:
        by_document[item.document.ref].append(item)
    if policy not in ("support_email", "support_phone"):
        for ref in sorted(by_document):
            own = clashing(by_document[ref], within=True)
            if own:
                inner.add(ref)
                found.append(_conflict("within", policy, label, own, group))
    answers = [item for item in group if item.document.answers_customers and item.document.ref not in inner]
    sides = between(answers)
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
        if any(pair(item, answer) for answer in all_answers)
        and not any(same(item.claim, answer.claim) for answer in all_answers)
    ]
    if wrong:
        against = [answer for answer in all_answers if any(pair(answer, item) for item in wrong)]
        found.append(_conflict("guidance", policy, label, [*by_value(against), *by_value(wrong)], group))
    return found


def _conflict(
    kind: Kind, policy: str, label: str, classes: Sequence[Sequence[Placed]], group: Sequence[Placed]
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


def _shared(items: Sequence[Placed]) -> str:
    first = items[0]
    if first.claim.policy in claims_stated.POLICIES:
        shared = frozenset.intersection(*(about(item) for item in items)) or about(first)
        words = re.findall(r"[^\W\d_]{3,}", first.document.text[slice(*first.claim.span)].lower())
        return " ".join(dict.fromkeys(word for word in words if stem.stem(word) in shared))
    return first.scope.describe()


def _statement(item: Placed) -> Statement:
    return Statement(
        item.document.ref, item.claim.span, item.claim.value_span, item.document.text[slice(*item.claim.value_span)]
    )


def _value(members: Sequence[Placed]) -> str:
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


def rank(classes: Sequence[Sequence[Placed]]) -> tuple[list[list[Placed]], str]:
    """The sides, the one that is probably right first, and why: a policy page, the newest edit, more articles."""
    reasons: list[tuple[float, list[str], list[Placed]]] = []
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
