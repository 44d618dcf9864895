"""What an article says about policies: the document fact "claims"."""

from __future__ import annotations

from collections.abc import Iterator

from kbaudit.check import Snapshot
from kbaudit.config import PolicyRule
from kbaudit.facts import claims_contacts, claims_hours, claims_permissions, claims_values
from kbaudit.facts.claims_passages import Passage, passages
from kbaudit.model.claim import Claim
from kbaudit.model.document import Document

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
    for passage in passages(document, currency):
        found = list(_claims(passage, rules))
        claims.extend(found)
    unique: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        unique.setdefault((claim.policy, claim.value_span, claim.terms, claim.polarity), claim)
    return tuple(sorted(unique.values(), key=lambda claim: (claim.value_span, claim.policy, sorted(claim.terms))))


def dollar(document: Document, currency: str) -> str:
    """What a bare `$` means in a document."""
    region = document.locale.split("-")[-1].upper() if "-" in document.locale else ""
    return LOCALE_CURRENCY.get(region, currency)


def _claims(passage: Passage, rules: tuple[PolicyRule, ...]) -> Iterator[Claim]:
    yield from claims_values.read(passage, rules)
    yield from claims_hours.read(passage)
    yield from claims_permissions.read(passage)
    yield from claims_contacts.read(passage)
