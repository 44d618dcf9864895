"""What articles say about policies that the product feed states too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kbaudit.check import Snapshot
from kbaudit.facts import scope as scopes
from kbaudit.facts.conflicts import Statement
from kbaudit.facts.conflicts_scope import canonical
from kbaudit.model.claim import Claim
from kbaudit.model.product import Product
from kbaudit.text.quantities import same_values

_EXPRESS = ("express", "next day", "two day", "same day", "three day", "saturday")


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that articles state and the feed does not: the feed's own as `quote` in `field` of `product`."""

    policy: str
    label: str
    scope: str
    statements: tuple[Statement, ...]
    product: Product
    field: str
    quote: str
    shown: str
    count: int

    @property
    def refs(self) -> tuple[tuple[str, str], ...]:
        """The articles, the clearest first."""
        return tuple(dict.fromkeys(statement.ref for statement in self.statements))


@dataclass(frozen=True, slots=True)
class _Stated:
    low: Decimal
    unit: str
    quote: str
    product: Product
    field: str


def find(snapshot: Snapshot, least_share: float) -> Iterator[Gap]:
    """Compare each general claim of the articles with the feed."""
    feed = _feed(snapshot)
    if not feed:
        return
    gaps: dict[tuple[str, str, str | None], list[tuple[Statement, bool]]] = defaultdict(list)
    for document in snapshot.answers:
        if document.translation_of and any(item.id == document.translation_of for item in snapshot.answers):
            continue
        outer = scopes.of_document(document)
        for claim in snapshot.about("claims", document):
            key = _key(claim, canonical(claim, outer, document, snapshot).parts, snapshot, document.locale)
            if key is None or key not in feed:
                continue
            values = feed[key]
            if any(_agree(claim, stated) for stated in values):
                continue
            if len({(stated.low, stated.unit) for stated in values}) > 1:
                most = Counter((stated.low, stated.unit) for stated in values).most_common(1)[0][1]
                if most < least_share * len(values):
                    continue
            if claim.policy != "return_window" and not any(stated.unit == claim.unit for stated in values):
                continue
            statement = Statement(
                document.ref, claim.span, claim.value_span, " ".join(document.text[slice(*claim.value_span)].split())
            )
            gaps[key].append((statement, claim.inherited))
    for key in sorted(gaps, key=lambda item: (item[0], item[1], item[2] or "")):
        values = feed[key]
        (low, unit), count = min(
            Counter((stated.low, stated.unit) for stated in values).items(), key=lambda item: (-item[1], item[0])
        )
        example = next(stated for stated in values if (stated.low, stated.unit) == (low, unit))
        statements = tuple(
            statement
            for statement, inherited in sorted(gaps[key], key=lambda item: (item[1], item[0].ref, item[0].span))
        )
        label = {
            "return_window": "return window",
            "free_shipping_threshold": "order value for free shipping",
            "shipping_fee": "shipping fee",
        }[key[0]]
        scope = ", ".join(part for part in (key[1] if key[1] != snapshot.region else "", key[2] or "") if part)
        shown = f"{example.quote} days" if key[0] == "return_window" else example.quote
        yield Gap(key[0], label, scope, statements, example.product, example.field, example.quote, shown, count)


def _agree(claim: Claim, stated: _Stated) -> bool:
    if claim.low is None or claim.high is None:
        return False
    if claim.policy == "return_window":
        return same_values((claim.low, claim.high, claim.unit or ""), (stated.low, stated.low, "day"))
    return claim.unit == stated.unit and claim.low <= stated.low <= claim.high


def _key(
    claim: Claim, parts: tuple[tuple[str, frozenset[str]], ...], snapshot: Snapshot, locale: str
) -> tuple[str, str, str | None] | None:
    """(policy, country, service) of a claim that speaks for all goods; None for any narrower one."""
    if claim.policy not in ("return_window", "free_shipping_threshold", "shipping_fee") or claim.low is None:
        return None
    country = snapshot.region
    if "-" in locale and len(locale.split("-")[-1]) == 2 and locale.split("-")[-1].upper() in snapshot.regions:
        country = locale.split("-")[-1].upper()
    service: str | None = None
    for name, values in parts:
        if name == "regions" and len(values) == 1:
            (country,) = values
            country = "US" if country in ("US-48", "US-NA") else country
        elif name == "services" and claim.policy == "shipping_fee" and len(values) == 1:
            (service,) = values
        else:
            return None
    if claim.policy == "return_window":
        return (claim.policy, "", None) if country == snapshot.region else None
    if claim.policy == "shipping_fee" and claim.bound == "min":
        return None
    return (claim.policy, country, service)


def _feed(snapshot: Snapshot) -> dict[tuple[str, str, str | None], list[_Stated]]:
    feed: dict[tuple[str, str, str | None], list[_Stated]] = defaultdict(list)
    for product in snapshot.products:
        if product.availability == "discontinued":
            continue
        if product.return_window_days is not None:
            feed["return_window", "", None].append(
                _Stated(
                    Decimal(product.return_window_days),
                    "day",
                    str(product.return_window_days),
                    product,
                    "return_window_days",
                )
            )
        for threshold in product.free_shipping_thresholds:
            feed["free_shipping_threshold", threshold.country or snapshot.region, None].append(
                _Stated(
                    threshold.price.amount,
                    threshold.price.currency,
                    str(threshold.price),
                    product,
                    "free_shipping_threshold",
                )
            )
        for rate in product.shipping:
            service = (rate.service or "").lower()
            named = (
                next((name for name in scopes.of_text(service).services if name != "standard"), None)
                if service
                else None
            )
            if named is None and any(word in service for word in _EXPRESS):
                named = "express"
            feed["shipping_fee", rate.country or snapshot.region, named].append(
                _Stated(rate.price.amount, rate.price.currency, str(rate.price), product, "shipping")
            )
    # A shipping price of zero is the threshold's doing, not the fee.
    return {key: values for key, values in feed.items() if any(stated.low for stated in values)}
