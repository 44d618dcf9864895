"""Judged claims as findings need them: by conversation, with the passages that decide."""

from __future__ import annotations

from collections.abc import Iterable

from kbaudit.check import Snapshot
from kbaudit.facts.answers import Judged
from kbaudit.model.conversation import Conversation
from kbaudit.model.finding import Evidence, Impact, Ref


def by_conversation(snapshot: Snapshot, rule: str) -> list[tuple[Conversation, list[Judged]]]:
    """The wrong claims that a rule reports, one list a conversation, in order."""
    wrong: dict[tuple[str, str], list[Judged]] = {}
    for judged in snapshot.fact("answers"):
        if judged.rule == rule:
            wrong.setdefault(judged.conversation, []).append(judged)
    return [(item, wrong[item.ref]) for item in snapshot.conversations if item.ref in wrong]


def ref(conversation: Conversation) -> Ref:
    """A reference to a conversation."""
    return Ref(conversation.source, conversation.id, conversation.topic or "", None, "conversation")


def evidence(conversation: Conversation, wrong: Iterable[Judged]) -> tuple[Evidence, ...]:
    """Every claim as it was said, each followed by what decides against it."""
    found: list[Evidence] = []
    for judged in wrong:
        found.append(
            Evidence(ref=ref(conversation), quote=judged.claim, side="a", message=judged.message, note=_note(judged))
        )
        if judged.product is not None and judged.field and judged.value:
            found.append(
                Evidence(
                    ref=Ref.to(judged.product), quote=judged.value, field=judged.field, side="b", note="the catalog"
                )
            )
        elif judged.document is not None and judged.passage is not None:
            note = "what the article says" if judged.label == "contradicted" else "the nearest passage"
            found.append(Evidence.of(judged.document, *judged.passage, side="b", note=note))
    return tuple(found)


def _note(judged: Judged) -> str:
    said = f'"{judged.stated}"' if judged.stated else "the claim"
    return {
        "quantity": f"{said} is not what the article says",
        "name": f"{said} is not in the article",
        "denial": f"one side denies {said}, the other does not",
        "opposite": f"{said} is the opposite of what the article says",
        "policy": f"stated: {judged.stated}; the article: {judged.value}",
        "price": f"stated: {judged.stated}; the catalog: {judged.value}",
        "discontinued": "recommends what cannot be bought any more",
        "availability": f"stated: {judged.stated}; the catalog: {judged.value}",
        "attribute": f"stated: {judged.stated}; the catalog: {judged.value}",
    }.get(judged.reason, "no article or product says so")


def others(wrong: Iterable[Judged]) -> list[Ref]:
    """The articles and products that decide, once each, in the order of the claims."""
    found: dict[tuple[str, str, str], Ref] = {}
    for judged in wrong:
        thing = judged.product or judged.document
        if thing is not None:
            reference = Ref.to(thing)
            found.setdefault((reference.kind, reference.source, reference.id), reference)
    return list(found.values())


def kinds(wrong: Iterable[Judged]) -> str:
    """The kinds of wrong claims, named once each."""
    return ", ".join(dict.fromkeys(judged.reason or "unsupported" for judged in wrong))


def impact(conversation: Conversation) -> Impact:
    """One conversation is one question touched."""
    return Impact(1, 0.0)


def score(wrong: Iterable[Judged]) -> float:
    """The surest claim decides."""
    return max(judged.score for judged in wrong)


def changed_since(conversation: Conversation, wrong: Iterable[Judged]) -> bool:
    """Whether everything that contradicts was edited after the answer was given."""
    times = []
    for judged in wrong:
        edited = judged.product.updated_at if judged.product else judged.document.edited_at if judged.document else None
        times.append(edited is not None and edited > conversation.started_at)
    return bool(times) and all(times)
