# ruff: noqa: E501 - patterns stand on one line each
"""Claims without a quantity: what is allowed, offered, required; who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kbaudit.facts import claims_accepted
from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_accepted import CARRIERS, METHODS
from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import included, named_scope, scope_of
from kbaudit.facts.permissions import CONDITIONAL, DENIED, FEES, TOPICS, Permission
from kbaudit.facts.permissions_table import PERMISSIONS
from kbaudit.model.claim import Claim, Scope

_COMPILED = tuple(
    (
        permission,
        re.compile(permission.words),
        re.compile(permission.topic) if permission.topic else None,
        re.compile(permission.veto) if permission.veto else None,
        tuple(
            (
                value,
                re.compile(pattern),
                re.compile(veto)
                if (
                    veto := permission.veto_yes
                    if value == "yes" and permission.veto_yes is not None
                    else permission.veto
                )
                else None,
            )
            for value, pattern in permission.values
        ),
    )
    for permission in (*PERMISSIONS, *TOPICS)
)
_HINT = re.compile("|".join(sorted({permission.words for permission in (*PERMISSIONS, *TOPICS)})))
_FREE = tuple(
    (fee, re.compile(fee.noun), re.compile(fee.free), re.compile(fee.veto) if fee.veto else None) for fee in FEES
)
_FREE_HINT = re.compile(
    r"\b(?:free|complimentary|nothing|no (?:\w+ )?(?:fee|charge|cost)|without (?:\w+ )?(?:fee|charge|cost)|on us|on the house|included)"
)
_SOMETIMES = re.compile(
    r"\b(?:if|unless|except|depending|provided|as long as|first|some|certain|selected|when you|for orders?)\b"
)
# "Earrings are final sale": that is what is said of them, not which earrings.
_FINAL = re.compile(
    r"(?<=are )(?:considered |all |always |marked (?:as )?)?final[- ]sale|(?<=is )(?:considered |always )?final[- ]sale"
)
_IF = re.compile(r"^(?:if|when|should) [^,⟦]{3,60}, ")
_QUALIFIED = re.compile(
    r"\b(?:if|unless|except|provided|as long as|subject to|depending|some|certain|select(?:ed)?|in some cases|may not always)\b"
)



def read(passage: Passage) -> Iterator[Claim]:
    """Claims without a quantity in a passage."""
    masked = passage.plain
    if (
        passage.question
        or passage.block.kind == "title"
        or not (
            _HINT.search(masked)
            or _NAMED.search(masked)
            or _FREE_HINT.search(masked)
            or passage.block.kind == "list_item"
        )
        or passage.dated
        or not passage.in_force
    ):
        return
    if _HINT.search(masked):
        for permission, words, topic, topic_veto, values in _COMPILED:
            if not words.search(masked):
                continue
            if topic is not None:
                match = topic.search(masked)
                if match and not CONDITIONAL.search(masked) and not (topic_veto and topic_veto.search(masked)):
                    yield from _claims(passage, permission, "no" if DENIED.search(masked) else "yes", match)
                continue
            for value, pattern, veto in values:
                match = pattern.search(masked)
                if match is None:
                    continue
                if veto is None or not veto.search(_IF.sub("", masked)):
                    yield from _claims(passage, permission, value, match)
                break
    if _FREE_HINT.search(masked):
        yield from _free(passage)
    yield from _listed(passage)
    yield from claims_accepted.read(passage)


def _free(passage: Passage) -> Iterator[Claim]:
    """Services that cost nothing."""
    masked = passage.masked
    if "⟦M" in masked or "⟦P" in masked or _SOMETIMES.search(masked):
        return
    for fee, noun, free, veto in _FREE:
        if noun.search(masked) and (match := free.search(masked)) and not (veto and veto.search(masked)):
            scope = named_scope(fee, masked, scope_of(passage, masked, None, fee.ignore))
            claim = _claim(passage, fee.name, frozenset(), scope, match)
            yield replace(claim, unit="any", low=Decimal(0), high=Decimal(0))


def _claims(passage: Passage, permission: Permission, value: str, match: re.Match[str]) -> Iterator[Claim]:
    masked = _FINAL.sub("", passage.masked) if permission.name == "returns_accepted" else passage.masked
    scope = scope_of(passage, masked, None, permission.ignore)
    if permission.general:
        scope = replace(scope, products=frozenset(), conditions=frozenset())
    exclusive = bool(_QUALIFIED.search(passage.masked))
    if exclusive and permission.name != "return_postage_payer" and value != "yes":
        return
    if (
        value == "no"
        and re.search(
            r"\b(?:these|this|such|the following|they|it(?! is (?:not |im)possible)|that (?:is|are|has|have|was|were)|which (?:is|are|has|have)) [^.]{0,40}$",
            passage.masked[: match.start() + 12],
        )
        and not any(values for _, values in scope.items())
    ):
        return
    if (
        permission.name == "returns_accepted"
        and value == "no"
        and not _GENERAL.search(passage.masked)
        and not any(values for _, values in scope.items())
    ):
        # "They cannot be returned": nobody knows what.
        return
    claim = _claim(
        passage,
        permission.name,
        frozenset({value}),
        scope,
        match,
        universal=bool(
            re.search(
                r"\b(?:no exceptions|everything|without exception|all items|any reason|always|all sales)\b",
                passage.masked,
            )
        ),
    )
    if permission.name == "unconditional_free_shipping":
        yield replace(
            claim,
            policy="free_shipping_threshold",
            terms=frozenset(),
            unit="any",
            low=Decimal(0),
            high=Decimal(0),
            universal=True,
        )
    elif permission.name == "no_minimum_order":
        yield replace(claim, policy="minimum_order", terms=frozenset(), unit="any", low=Decimal(0), high=Decimal(0))
    elif permission.name == "restocking_free":
        yield replace(claim, policy="restocking_fee", terms=frozenset(), unit="any", low=Decimal(0), high=Decimal(0))
    else:
        yield claim
        if value in ("yes", "shop"):
            yield from included(passage, claim)


def _claim(
    passage: Passage,
    policy: str,
    terms: frozenset[str],
    scope: Scope,
    match: re.Match[str],
    *,
    polarity: bool = True,
    universal: bool = False,
) -> Claim:
    return Claim(
        ref=passage.document.ref,
        policy=policy,
        span=passage.span,
        value_span=passage.span,
        terms=terms,
        polarity=polarity,
        scope=scope,
        universal=universal,
    )


def _listed(passage: Passage) -> Iterator[Claim]:
    """Items of a list below "The following cannot be returned:"."""
    if passage.block.kind != "list_item" or len(passage.masked) > 80 or passage.quantities or not passage.contexts:
        return
    if not _NOT_RETURNABLE.search(passage.contexts[0]) or re.search(
        r"\b(?:can|may|within|if|unless|except)\b", passage.masked
    ):
        return
    scope = scope_of(passage, passage.masked, None, ("online", "exchange"))
    if not any(getattr(scope, name) for name in ("products", "conditions")):
        words = frozenset(
            scopes.singular(word)
            for word in re.findall(r"[^\W\d_]{3,}", passage.masked)[:4]
            if word not in scopes.GENERIC
        )
        if not words:
            return
        scope = replace(scope, products=words)
    yield Claim(
        ref=passage.document.ref,
        policy="returns_accepted",
        span=passage.span,
        value_span=passage.span,
        terms=frozenset({"no"}),
        scope=scope,
        inherited=True,
    )


_NOT_RETURNABLE = re.compile(
    r"\b(?:cannot|can't|can not|may not|not be|never be) (?:be )?(?:(?:exchanged|refunded) or )?(?:returned|accepted|taken back)|\bnon-?returnable|\bnot (?:returnable|eligible for (?:a )?returns?)|\bfinal sale|\bexcluded from (?:our )?returns?|do not accept returns"
)
_GENERAL = re.compile(
    r"\ball sales\b|\bsales are final|\b(?:we|do) (?:do not|don't|cannot|can't|never|not)(?: currently)? (?:accept|offer|take|allow)(?: any)? returns?\b(?! (?:of|for|on))|^no returns\b|\breturns are not (?:accepted|possible|permitted|offered|allowed)\b|\b(?:everything|all (?:items|products|orders|purchases))\b"
)
_NAMED = re.compile(
    "|".join((*METHODS.values(), *CARRIERS.values(), r"\bship|\bdeliver|\bsend|\bdispatch|\bparcels?\b"))
)
def labels() -> dict[str, str]:
    """What each policy of this module is called in a sentence for people."""
    names = {permission.name: permission.label for permission in PERMISSIONS}
    return {
        **names,
        "payment_methods": "accepted payment methods",
        "countries_served": "countries that orders are shipped to",
        "carriers": "carrier",
    }
