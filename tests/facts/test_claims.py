"""What articles say about policies, with scope."""

from __future__ import annotations

from typing import Any

import pytest

from kbaudit.model.claim import Claim
from kbaudit.testing import snapshot_of


def claims(body: str, title: str = "Help", **fields: Any) -> list[Claim]:
    snapshot = snapshot_of(
        articles=[{"id": "a", "title": title, "body_markdown": body, "locale": "en-US", **fields}], as_of="2026-04-10"
    )
    return list(snapshot.about("claims", snapshot.documents[0]))


def one(body: str, policy: str, **fields: Any) -> Claim:
    (found,) = [claim for claim in claims(body, **fields) if claim.policy == policy]
    return found


@pytest.mark.parametrize(
    ("body", "policy", "value"),
    [
        ("You can return any item within 30 days of delivery.", "return_window", 30),
        ("If you're not happy, you have 60 days to send it back.", "return_window", 60),
        ("Refunds are issued within 5 business days of receiving your return.", "refund_time", 5),
        ("Report damaged deliveries within 2 days.", "damage_report_window", 2),
        ("Enjoy free delivery on all orders over £40.", "free_shipping_threshold", 40),
        ("A restocking fee of 15% applies.", "restocking_fee", 15),
        ("We price match within 14 days of purchase.", "price_match_window", 14),
        ("You must be 18 or older to buy wine.", "age_limit", 18),
        ("Express shipping is $12.95.", "shipping_fee", "12.95"),
        ("Gift wrapping is $5 per item.", "gift_wrap_fee", 5),
    ],
)
def test_it_reads_a_policy(body: str, policy: str, value: object) -> None:
    assert str(one(body, policy).low) == str(value)


def test_the_question_above_names_the_topic() -> None:
    assert one("30 days from delivery.", "return_window", title="How long do I have to return an item?").low == 30


def test_clauses_keep_their_own_scope() -> None:
    found = {
        claim.low: claim.scope.services
        for claim in claims("Standard delivery takes 4 days, express delivery takes 1 day.")
        if claim.policy == "delivery_time"
    }
    assert found == {4: frozenset(), 1: frozenset({"express"})}


def test_rows_and_columns_are_scope() -> None:
    found = claims("| Goods | Return window |\n|---|---|\n| Lamps | 30 days |\n| Rugs | 14 days |")
    assert {claim.low: claim.scope.products for claim in found if claim.policy == "return_window"} == {
        30: frozenset({"lamp"}),
        14: frozenset({"rug"}),
    }


def test_headings_are_scope() -> None:
    found = claims("## Canada\n\nOrders arrive in 6 days.\n\n## France\n\nOrders arrive in 9 days.")
    assert {claim.low: claim.scope.regions for claim in found if claim.policy == "delivery_time"} == {
        6: frozenset({"CA"}),
        9: frozenset({"FR"}),
    }


def test_excluded_words_do_not_narrow() -> None:
    found = [
        claim.scope.conditions
        for claim in claims("You can return everything, including sale items, within 30 days.")
        if claim.policy == "return_window"
    ]
    assert sorted(found, key=len) == [frozenset(), frozenset({"sale"})]


@pytest.mark.parametrize(
    "body",
    [
        "We used to give you 14 days to return an item.",
        "Other shops give you 14 days to return an item.",
        "For example, you return the lamp within 14 days.",
        "> You have 14 days to return an item.",
        "~~You have 14 days to return an item.~~",
        "Can I return an item within 14 days?",
        "Orders placed between November 1 and December 24 can be returned for 90 days.",
    ],
)
def test_it_leaves_out_what_is_not_in_force(body: str) -> None:
    assert [claim for claim in claims(body) if claim.policy == "return_window"] == []


@pytest.mark.parametrize("title", ["DRAFT: Returns", "Returns (superseded)", "Policy history"])
def test_it_leaves_out_articles_that_are_not_in_force(title: str) -> None:
    assert claims("You have 14 days to return an item.", title=title) == []


@pytest.mark.parametrize(
    ("locale", "body", "policy", "value"),
    [
        ("de-DE", "Sie können Ihre Bestellung innerhalb von 14 Tagen zurückgeben.", "return_window", 14),
        ("de-DE", "Ab 50 € ist der Versand kostenlos.", "free_shipping_threshold", 50),
        ("fr-FR", "Vous disposez de 30 jours pour retourner vos articles.", "return_window", 30),
        ("fr-FR", "Livraison gratuite à partir de 60 €.", "free_shipping_threshold", 60),
        ("es-ES", "Dispone de 30 días para devolver el producto.", "return_window", 30),
        ("es-ES", "Envío gratis a partir de 50 €.", "free_shipping_threshold", 50),
    ],
)
def test_it_reads_the_core_policies_in_other_languages(locale: str, body: str, policy: str, value: int) -> None:
    assert one(body, policy, locale=locale).low == value


def test_a_shop_adds_a_policy() -> None:
    snapshot = snapshot_of(
        articles=[{"id": "a", "title": "Swatches", "body_text": "You get free swatches: 5 per order."}],
        as_of="2026-04-10",
        config={"policies.toml": '[[policy]]\nname = "swatch_count"\ncues = ["free swatches"]\n'},
    )
    assert [
        claim.low for claim in snapshot.about("claims", snapshot.documents[0]) if claim.policy == "swatch_count"
    ] == [5]
