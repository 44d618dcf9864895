# ruff: noqa: E501 - patterns stand on one line each
"""Phone numbers and e-mail addresses that customers are told to use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.claims_values import scope_of
from kbaudit.model.claim import Claim

# Contact details read from one sentence: more is a list.
MOST = 3
EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
PHONE = re.compile(
    r"(?<![\w.,$£€/#-])(?:\+|00)?\d{0,3}[ .-]?\(?\d{2,5}\)?[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?![\w/]|[.,]\d|-\d)"
)
_PURPOSE = re.compile(
    r"\b(wholesale|trade|press|media|privacy|data protection|legal|careers?|jobs|billing|accounts?|sales|technical|warranty|repairs?|returns?|orders?|affiliates?|partnerships?|investor|accessibility|fraud|marketing|corporate|business|b2b|gift cards?|bulk|events?|donations?|influencers?|security|dpo|spare parts|fax|whatsapp|sms|text)\b"
)
_GENERAL = frozenset(
    "support help info hello hi care service customerservice customer-service customercare contact team cs customersupport kundenservice servicio hola bonjour hallo customer.service customer_service ask helpdesk enquiries queries".split()
)
_US = re.compile(
    r"\b(?:contact|call|phone|ring|reach|e-?mail|write to|get in touch|customer (?:service|support|care)|support|help|tel(?:ephone)?|hotline|speak to|message)\b"
)


_DIGITS = re.compile(r"\d[\d .()-]{6,}\d")


def read(passage: Passage) -> Iterator[Claim]:
    """Contact details by purpose: those for customers in general are policy `support_phone` and `support_email`."""
    text = passage.text
    if ("@" not in text and not _DIGITS.search(text)) or passage.dated or not passage.in_force:
        return
    topic = passage.masked + " " + " ".join(passage.contexts[:3])
    if "@" in text:
        for match in islice(EMAIL.finditer(text), MOST):
            local, _, domain = match.group().lower().rstrip(".").partition("@")
            if domain.startswith(("example.", "email.", "domain.", "yourdomain")) or local.startswith(
                ("your", "name", "noreply", "no-reply", "donotreply")
            ):
                continue
            purpose = "general" if local in _GENERAL else local
            words = frozenset(match.group(1) for match in _PURPOSE.finditer(topic))
            yield _claim(passage, "support_email", match, f"{local}@{domain}", purpose, words)
    if _DIGITS.search(text) and _US.search(topic):
        for match in islice(PHONE.finditer(text), MOST):
            digits = re.sub(r"\D", "", match.group())
            if not 7 <= len(digits) <= 15 or (
                not re.search(r"[ .()+-]", match.group().strip())
                and not re.search(
                    r"(?:phone|call|tel\w*|hotline|ring)(?: us)?(?: on| at)?(?: number)?:?\s*$",
                    text[: match.start()].lower(),
                )
            ):
                continue
            if re.search(
                r"(?:order|vat|registration|company|sku|model|part|iban|account|article|rcs|no\.|number:?|nr\.?|ref\w*|isbn|gtin|ean|zip|postcode) ?(?:no\.?|number|nr\.?|:|#)?\s*$",
                text[: match.start()].lower(),
            ) and not re.search(
                r"(?:phone|tel\w*|contact|call|helpline|hotline|support) (?:no\.?|number|nr\.?):?\s*$",
                text[: match.start()].lower(),
            ):
                continue
            words = frozenset(match.group(1) for match in _PURPOSE.finditer(topic))
            yield _claim(passage, "support_phone", match, _national(digits), "general", words)


def _national(digits: str) -> str:
    if digits.startswith("00"):
        digits = digits[2:]
    return digits[-9:] if len(digits) > 9 else digits


def _claim(
    passage: Passage, policy: str, match: re.Match[str], value: str, purpose: str, words: frozenset[str]
) -> Claim:
    scope = scope_of(
        passage,
        passage.masked,
        None,
        ("email", "phone", "live", "online", "faulty", "exchange", "warranty", "gift card", "lost", "social", "post"),
    )
    return Claim(
        ref=passage.document.ref,
        policy=policy,
        span=passage.span,
        value_span=passage.at(match.start(), match.end()),
        terms=frozenset({value}),
        scope=scope,
        said="|".join(sorted({purpose, *words})),
    )


def labels() -> dict[str, str]:
    """What each policy of this module is called in a sentence for people."""
    return {
        "support_phone": "customer service phone number",
        "support_email": "customer service e-mail address",
        "store_hours": "opening hours",
        "support_hours": "support hours",
        "open_days": "opening days",
        "stated_fee": "price",
        "stated_rate": "percentage",
        "stated_period": "period",
    }
