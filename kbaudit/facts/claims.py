"""What an article says about policies: the document fact "claims"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kbaudit.check import Snapshot
from kbaudit.config import PolicyRule
from kbaudit.facts import (
    claims_answers,
    claims_contacts,
    claims_hours,
    claims_permissions,
    claims_places,
    claims_stated,
    claims_values,
)
from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import Passage, passages, restated
from kbaudit.model.claim import Claim
from kbaudit.model.document import Document

# Longer sentences are legal text with several rules and conditions in one: they are compared by their wording only.
LONGEST = 300
# Claims read from one article; the longest real terms of service state some 150.
MOST_CLAIMS = 600
# Sentences and cells with a quantity that are looked at: a table of 200 countries and ten services has half as many.
MOST_PASSAGES = 4_000
# A dollar is the home currency's unless the article's own locale says otherwise.
LOCALE_CURRENCY = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN",
}  # fmt: skip


def read(document: Document, snapshot: Snapshot) -> tuple[Claim, ...]:
    """Every statement of policy in a document, in the order of the text.

    Reads the document's own text and the settings only. Scope is what the text itself says (sentence, table, headings,
    title); what stands beside the text (audience, section, labels) is added where claims are compared.
    """
    rules = tuple(snapshot.settings.policies)
    currency = dollar(document, snapshot.currency)
    claims: list[Claim] = []
    looked_at = 0
    for passage in passages(document, currency):
        if len(passage.masked) > LONGEST or sum(map(str.isalnum, passage.masked[:8])) < 2:
            # Legal text, or the mark of a list.
            continue
        looked_at += bool(passage.quantities)
        if looked_at > MOST_PASSAGES:
            break
        answer = claims_answers.statement(passage)
        if answer is not None:
            whole = restated(passage, answer, currency)
            claims.extend(
                replace(claim, span=passage.span, value_span=passage.span, inherited=True)
                for claim in (*claims_values.read(whole, rules), *claims_permissions.read(whole))
            )
            continue
        claims.extend(_claims(passage, rules))
        if len(claims) > MOST_CLAIMS:
            break
    unique: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        unique.setdefault((claim.policy, claim.value_span, claim.terms, claim.polarity, claim.scope), claim)
    return tuple(
        sorted(
            _columns(document, list(unique.values())),
            key=lambda claim: (claim.value_span, claim.policy, sorted(claim.terms)),
        )
    )


def _columns(document: Document, claims: list[Claim]) -> list[Claim]:
    """Where one row of a table gives several values of a policy, the column's heading is part of the scope."""
    cells: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        block = document.block_at(claim.span[0])
        if block is not None and block.kind == "table_row":
            cells[claim.policy, block.start].append(claim)
    crowded = {id(claim) for group in cells.values() if len({claim.span for claim in group}) > 1 for claim in group}
    result = []
    for claim in claims:
        if id(claim) in crowded:
            block = document.block_at(claim.span[0])
            index = (
                next((number for number, (start, end) in enumerate(block.cells) if start <= claim.span[0] < end), 0)
                if block
                else 0
            )
            heading = block.columns[index].lower() if block and index < len(block.columns) else f"column {index + 1}"
            if any(values for _, values in scopes.of_text(heading).items()):
                result.append(claim)
                continue
            claim = replace(claim, scope=replace(claim.scope, sizes=claim.scope.sizes | {heading}))
        result.append(claim)
    return result


def dollar(document: Document, currency: str) -> str:
    """What a bare `$` means in a document."""
    region = document.locale.split("-")[-1].upper() if "-" in document.locale else ""
    return LOCALE_CURRENCY.get(region, currency)


def _claims(passage: Passage, rules: tuple[PolicyRule, ...]) -> Iterator[Claim]:
    values = list(claims_values.read(passage, rules))
    yield from values
    yield from claims_hours.read(passage)
    permissions = list(claims_permissions.read(passage))
    yield from permissions
    yield from claims_contacts.read(passage)
    yield from claims_places.read(passage)
    if passage.question:
        return
    wanted = [number for number, quantity in enumerate(passage.quantities) if quantity.kind != "date"]
    if wanted and not values and not passage.dated and passage.in_force:
        yield from claims_stated.amount(passage, wanted)
    elif not wanted and not permissions and "free" in passage.masked and passage.in_force:
        yield from claims_stated.free(passage)
