# ruff: noqa: E501 - patterns stand on one line each
"""Claims that are lists of names: payment methods that are taken, countries and carriers that are served."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbaudit.facts import scope as scopes
from kbaudit.facts import scope_words
from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import scope_of, without
from kbaudit.model.claim import Claim

METHODS: dict[str, str] = {
    "Visa": r"visa\b(?! application)", "Mastercard": r"master ?card", "American Express": r"american express|amex", "Discover": r"discover(?= card|,|\.| and| or|$)", "PayPal": r"paypal", "Apple Pay": r"apple pay", "Google Pay": r"google pay",
    "Klarna": r"klarna", "Afterpay": r"afterpay", "Clearpay": r"clearpay", "Affirm": r"affirm\b", "Shop Pay": r"shop pay", "Amazon Pay": r"amazon pay", "bank transfer": r"bank transfers?|wire transfers?|überweisung|virement bancaire|transferencia", "cheque": r"cheques?|personal checks?|checks?(?= (?:or|and|are|is)|,)", "money order": r"money orders?",
    "cash": r"cash(?! (?:value|back|refund|on|alternative|equivalent|register))", "cash on delivery": r"cash on delivery|\bcod\b", "cryptocurrency": r"crypto(?:currenc\w+)?|bitcoin", "SEPA": r"sepa\b", "iDEAL": r"ideal\b(?! for| if| when| way| time| place| gift)", "invoice": r"(?:pay(?:ment)? (?:by|on|via) )invoice|kauf auf rechnung", "Venmo": r"venmo", "gift card": r"gift cards?(?= (?:are|as|is) (?:accepted|payment))", "debit card": r"debit cards?", "credit card": r"credit cards?|credit and debit cards?|credit or debit cards?",
}  # fmt: skip
_METHOD = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in METHODS.items())
_METHOD_HINT = re.compile("|".join(METHODS.values()))
_ACCEPT = re.compile(
    r"\b(?:accept(?:s|ed|able)?|pay(?:ment)?s?(?: methods?| options?)?(?: with| by| using| via)?|take|offer|support(?:s|ed)?|payable|possible|available|offered)\b"
)
_PAYMENT_TITLE = re.compile(
    r"\bpayments?\b|\bcards? can i\b|\bways to pay\b|\bhow (?:can|do) i pay\b|\bpaying\b|zahlungsarten|moyens de paiement|métodos de pago"
)
_DENY = re.compile(
    r"\b(?:not|cannot|can't|don't|doesn't|no longer|never|won't|unable)\b[^.;,]{0,30}\b(?:accept\w*|take|support\w*|pay|offer|process|available|possible)\b|\b(?:not|isn't|aren't|no longer) (?:currently )?(?:accepted|supported|available|offered|possible)\b"
)
_ONLY = re.compile(
    r"\bonly\W*$|\b(?:only accept|accept only|only take|payment (?:is )?only|exclusively|only (?:payment|be paid)|only (?:by|with|via))\b"
)
_SHIP_TO = re.compile(
    r"\b(?:ship|ships|deliver|delivers|shipping|delivery|send|dispatch)\b[^.⟦]{0,40}?\b(?:to|within|in|throughout|across)\b\s(?P<places>[^.;⟦]{2,160})"
)
_BEYOND = re.compile(
    r"\b(?:not|cannot|can't|don't|unable to|no longer)\b[^.⟦]{0,20}\b(?:ship|deliver|send)\w*\b[^.⟦]{0,16}\boutside (?:of )?(?P<place>(?:the )?[\w. -]{2,30})"
)
_SHIP_DENY = re.compile(
    r"\b(?:not|cannot|can't|don't|doesn't|no longer|unable|won't|stopped|suspended|excluding|except)\b"
)
_SHIP_ONLY = re.compile(r"\b(?:only|exclusively|solely)\b")
_PLACES = scopes._LEXICONS["regions"]
CARRIERS = {
    "DHL": "dhl", "UPS": r"ups(?= |,|\.|$)", "FedEx": "fedex|fed ex", "USPS": "usps|us postal service|united states postal service", "DPD": "dpd", "Hermes": "hermes", "Evri": "evri", "Royal Mail": "royal mail", "GLS": "gls", "PostNL": "post ?nl", "Parcelforce": "parcelforce", "Yodel": "yodel", "Canada Post": "canada post",
    "Australia Post": "australia post|auspost", "An Post": "an post", "La Poste": "la poste|colissimo", "Chronopost": "chronopost", "Correos": "correos", "SEUR": "seur", "Purolator": "purolator", "OnTrac": "ontrac", "Posten": "posten|postnord", "Swiss Post": "swiss post", "TNT": "tnt", "Aramex": "aramex", "Startrack": "startrack", "Sendle": "sendle", "Deutsche Post": "deutsche post", "Österreichische Post": "österreichische post", "bpost": "bpost", "InPost": "inpost",
}  # fmt: skip
_CARRIER_HINT = re.compile("|".join(CARRIERS.values()))
_CARRIER = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in CARRIERS.items())
_SENT = re.compile(
    r"\b(?:ship\w*|sen[dt]\w*|deliver\w*|dispatch\w*|despatch\w*|parcels?|packages?|orders?|use|work|partner|carrier|courier|hand\w*)\b[^.⟦]{0,60}?\b(?:by|with|via|using|through|use|is|are|to)\b|\bversand\w*\b|\b(?:verschickt|versendet|geliefert)\b"
)
_BRINGS = re.compile(
    r"\b(?:delivers?|brings?|carries|handles?|transports?)\b[^.⟦]{0,24}\b(?:orders?|parcels?|packages?|shipments?|deliveries)\b"
)
# A carrier that the table does not know stands where a carrier stands: "your parcel is brought by Kestrel Parcel".
_OWN_CARRIER = re.compile(
    r"\b(?:parcels?|packages?|orders?|shipments?|deliveries)\b[^.;:]{0,30}?\b(?:delivered|brought|sent|shipped|carried|handled|transported|dispatched|despatched)"
    r" (?:to you )?(?:by|with|via) (?P<name>[A-ZÄÖÜ][\w&'-]+(?: (?:& )?[A-ZÄÖÜ][\w&'-]+){0,2})"
)
_NO_CARRIER = re.compile(
    r"^(?:Standard|Express|Priority|Economy|Next|Same|First|Second|Special|Tracked|International|Air|Sea|Post|Mail|Courier|Christmas|Easter|We|Our|The|Your|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)




def read(passage: Passage) -> Iterator[Claim]:
    """Policies `payment_methods`, `countries_served` and `carriers` of a passage."""
    yield from _methods(passage)
    yield from _destinations(passage)
    yield from _carriers(passage)


def _carriers(passage: Passage) -> Iterator[Claim]:
    if not _CARRIER_HINT.search(passage.masked) and not _OWN_CARRIER.search(passage.text):
        return
    named = frozenset(name for name, pattern in _CARRIER if pattern.search(passage.masked))
    if not named and (own := _OWN_CARRIER.search(passage.text)) and not _NO_CARRIER.search(own["name"]):
        named = frozenset({own["name"].lower()})
    if (
        not named
        or not (_SENT.search(passage.masked) or _BRINGS.search(passage.masked))
        or re.search(
            r"\b(?:not|return\w*|track\w*|contact|call|drop|or other|such as|e\.g|like|usually|mostly|typically|depending|may|claim|if|website|app|strike|delays?|missed|redeliver\w*|pick-?up|collect|rates?|costs?|price)\b|⟦M",
            passage.masked,
        )
    ):
        return
    closed = bool(
        re.search(r"\b(?:all|every|only|exclusively|always|solely|alle|ausschließlich|nur)\b", passage.masked)
    )
    scope = without(scope_of(passage, passage.masked, None), (*scope_words.SERVICES, "online", "in transit"))
    yield Claim(
        ref=passage.document.ref,
        policy="carriers",
        span=passage.span,
        value_span=passage.span,
        terms=named,
        scope=scope,
        bound="only" if closed else "",
    )


def _methods(passage: Passage) -> Iterator[Claim]:
    if not _METHOD_HINT.search(passage.masked):
        return
    accept = _ACCEPT.search(passage.masked)
    listed = (
        len(passage.masked) < 140
        and any(_PAYMENT_TITLE.search(context) for context in passage.contexts)
        and not re.search(r"\b(?:is|are|if|when|will|have|was|has)\b", passage.masked)
    )
    if (
        not accept
        and not listed
        and not (
            passage.block.kind == "list_item"
            and any("payment" in context or "accept" in context for context in passage.contexts[:2])
        )
    ):
        return
    named = frozenset(name for name, pattern in _METHOD if pattern.search(passage.masked))
    if not named or re.search(
        r"\b(?:refund\w*|return\w*|fees?|instal\w*|if you (?:pay|paid)|when you pay|discount|fraud|declin\w*|fail\w*|charged?|whether)\b",
        passage.masked,
    ):
        return
    scope = without(
        scope_of(passage, passage.masked, None),
        (*scope_words.PAYMENTS, "gift card", "online", "digital", "express", "US"),
    )
    deny = _DENY.search(passage.masked)
    if deny and re.search(r"\bbut\b|\bhowever\b|,\s*(?:we )?(?:do )?(?:accept|not)", passage.masked):
        return
    only = bool(_ONLY.search(passage.masked)) and not deny
    yield Claim(
        ref=passage.document.ref, policy="payment_methods", span=passage.span, value_span=passage.span, terms=named, polarity=not deny, scope=scope, bound="only" if only else ""
    )  # fmt: skip


def _destinations(passage: Passage) -> Iterator[Claim]:
    beyond = _BEYOND.search(passage.masked)
    if beyond is not None and not re.search(
        r"\b(?:free|costs?|takes?|returns?|if|some|certain|express|only)\b|⟦", passage.masked
    ):
        inside = _PLACES.find(beyond.group("place")) | (
            {"US"} if re.search(r"(?<![\w$])US(?![\w$])", passage.text) else set()
        )
        inside = frozenset(inside) - {"INTL", "REMOTE"}
        if inside:
            scope = without(scope_of(passage, "", None), (*_PLACES.names, "online", "standard"))
            yield Claim(
                ref=passage.document.ref,
                policy="countries_served",
                span=passage.span,
                value_span=passage.span,
                terms=inside,
                scope=scope,
                bound="only",
            )
        return
    match = _SHIP_TO.search(passage.masked)
    if match is None or re.search(
        r"\b(?:free|costs?|takes?|arrive\w*|returns?|refund|⟦|fee|surcharge|duty|duties|customs|restrict\w*|some (?:items|products)|certain|hazard\w*|batter\w*|bulky|express|if)\b",
        passage.masked,
    ):
        return
    deny = bool(_SHIP_DENY.search(passage.masked))
    only = bool(_SHIP_ONLY.search(passage.masked)) or bool(re.search(r"\bonly\b", match["places"]))
    text = match["places"] + (" US" if re.search(r"(?<![\w$])(?:US|U\.S\.?)(?![\w$])", passage.text) else "")
    places = _PLACES.find(text) | ({"US"} if text.endswith(" US") else set())
    places = frozenset(places) - {"REMOTE", "HOME"}
    if not places or (deny and only):
        return
    if deny and re.search(r"\bbut\b|\bexcept\b|\bexcluding\b|outside", passage.masked):
        return
    scope = without(scope_of(passage, passage.masked, None), (*_PLACES.names, "online", "standard"))
    yield Claim(
        ref=passage.document.ref, policy="countries_served", span=passage.span, value_span=passage.span, terms=frozenset(places), polarity=not deny, scope=scope, bound="only" if only else ""
    )  # fmt: skip
