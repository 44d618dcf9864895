"""What an AI answer says of policies, held against the articles: values of the same policy in overlapping scopes.

The answer is read by the same grammar as the articles, with the customer's question as its heading. A value that any
live article states is borne out, whatever the others say: that the articles disagree is another finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.facts import claims as reader
from kbaudit.facts import scope as scopes
from kbaudit.facts.answers_catalog import as_document, to_message
from kbaudit.facts.conflicts_scope import Canonical, canonical, overlap
from kbaudit.facts.conflicts_values import differ
from kbaudit.facts.support import agrees
from kbaudit.model.claim import Claim
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document, Span
from kbaudit.text import quantities


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim of an article with its scope for comparing."""

    claim: Claim
    document: Document
    scope: Canonical


@dataclass(frozen=True, slots=True)
class PolicyConflict:
    """A sentence of an answer whose policy value no article bears out and one contradicts."""

    span: Span
    document: Document
    passage: Span
    stated: str
    value: str
    score: float


def by_policy(snapshot: Snapshot) -> Mapping[str, Sequence[Placed]]:
    """The claims of the articles that answer customers, by policy."""
    found: dict[str, list[Placed]] = defaultdict(list)
    for document in snapshot.answers:
        outer = scopes.of_document(document)
        for claim in snapshot.about("claims", document):
            found[claim.policy].append(Placed(claim, document, canonical(claim, outer, document, snapshot)))
    return found


def policy_conflicts(
    snapshot: Snapshot,
    known: Mapping[str, Sequence[Placed]],
    conversation: Conversation,
    question: str,
    text: str,
    preferred: Sequence[Document],
    cited: Sequence[Document] = (),
) -> list[PolicyConflict]:
    """Conflicts of one answer with the articles; `preferred` (cited, then retrieved) are quoted before others.

    What a `cited` article says in the answer's own figures, though of another policy as far as it is understood, is not
    held against a third article.
    """
    document, begin = as_document(conversation, question, text)
    order = {item.ref: place for place, item in enumerate(preferred)}
    found: dict[Span, PolicyConflict] = {}
    stated = reader.read(document, snapshot)
    expired = snapshot.fact("expired")
    borne = {
        (claim.policy, claim.span)
        for claim in stated
        if any(
            not differ(claim, item.claim)
            for item in known.get(claim.policy, ())
            if item.document.ref in order and item.document.ref not in expired
        )
    }
    for claim in stated:
        if (claim.policy, claim.span) in borne:
            continue
        span = to_message(document, begin, claim.span, text)
        at = to_message(document, begin, claim.value_span, text)
        if span is None or at is None or span in found:
            continue
        scope = canonical(claim, scopes.of_document(document), document, snapshot)
        same = [item for item in known.get(claim.policy, ()) if overlap(scope, item.scope) and scope.meets(item.scope)]
        same = [item for item in same if item.document.ref not in expired]
        if not same or any(not differ(claim, item.claim) for item in same):
            continue
        # What no article that the answer could have come from says is too far away to be contradicted by it.
        near = [item for item in same if item.document.ref in order or item.document.kind == "policy"]
        if not near:
            continue
        near_refs = {item.document.ref for item in near}
        sources = [item.document for item in near] + [item for item in cited if item.ref not in near_refs]
        if _said_there(text[span[0] : span[1]], sources, snapshot.currency):
            continue
        best = min(near, key=lambda item: (order.get(item.document.ref, 99), item.claim.inherited, item.claim.span))
        found[span] = PolicyConflict(
            span,
            best.document,
            best.claim.span,
            text[at[0] : at[1]],
            best.document.text[slice(*best.claim.value_span)],
            0.85 if claim.inherited or best.claim.inherited else 0.92,
        )
    return [found[span] for span in sorted(found)]


def _said_there(sentence: str, sources: Sequence[Document], currency: str) -> bool:
    """Whether one of the articles holds every figure of the sentence: then it was read in another way there."""
    wanted = [q for q in quantities.find(sentence, currency) if q.kind != "number"]
    if not wanted:
        return False
    for document in {item.ref: item for item in sources}.values():
        held = quantities.find(document.text, currency)
        if all(any(agrees(quantity, other) for other in held) for quantity in wanted):
            return True
    return False
