"""Conflicts: who stands on which side, which is probably right, and that order does not matter."""

from __future__ import annotations

import re
from typing import Any

from kbaudit.testing import findings_of, snapshot_of

THRESHOLDS = [
    {"id": "a", "title": "Shipping", "body_text": "Free shipping over $50."},
    {"id": "b", "title": "Basket", "body_text": "Orders of $75 or more ship free."},
    {"id": "c", "title": "Welcome", "body_text": "Spend $50 for free delivery."},
]


def conflicts(articles: list[dict[str, Any]]) -> list[Any]:
    return list(snapshot_of(articles=articles, as_of="2026-04-10").fact("conflicts"))


def test_one_finding_names_every_article_on_either_side() -> None:
    (found,) = conflicts(THRESHOLDS)
    assert [[ref[1] for ref in side.refs] for side in found.sides] == [["a", "c"], ["b"]]
    assert found.why == "2 articles say so"


def test_the_policy_page_is_probably_right() -> None:
    articles = [{**item, "kind": "policy" if item["id"] == "b" else "article"} for item in THRESHOLDS]
    (found,) = conflicts(articles)
    assert found.sides[0].refs == (("articles", "b"),)
    assert "policy page" in found.why


def test_the_newer_edit_is_probably_right() -> None:
    articles = [{**item, "updated_at": "2026-03-01" if item["id"] == "b" else "2024-01-01"} for item in THRESHOLDS]
    (found,) = conflicts(articles)
    assert found.sides[0].refs == (("articles", "b"),)
    assert "2026-03-01" in found.why


def test_order_of_input_does_not_matter() -> None:
    prints = []
    for articles in (THRESHOLDS, THRESHOLDS[::-1]):
        prints.append(
            [item.fingerprint for item in findings_of(snapshot_of(articles=articles, as_of="2026-04-10"), ["CON"])]
        )
    assert prints[0] == prints[1] and len(prints[0]) == 1


def test_the_suggestion_says_which_sentence_to_change_and_to_what() -> None:
    (found,) = findings_of(snapshot_of(articles=THRESHOLDS, as_of="2026-04-10"), ["CON201"])
    assert "Orders of $75 or more ship free." in found.suggestion
    assert "$50" in found.suggestion


def test_a_suggestion_on_a_table_quotes_the_row_that_says_the_value() -> None:
    rows = ["Vase | $4.10 | $9.30", "Bowl | $4.60 | $9.80", "Jug | $5.20 | $10.40", "Cup | $3.10 | $7.70"]
    old = "\n".join(
        ["| Goods | Standard shipping | Express shipping |", "|---|---|---|", *(f"| {row} |" for row in rows)]
    )
    new = old.replace("$9.", "$11.").replace("$10.40", "$12.40").replace("$7.70", "$8.70")
    articles = [
        {"id": "a", "title": "Shipping rates", "body_markdown": old},
        {"id": "b", "title": "Shipping prices", "body_markdown": new},
    ]
    (found,) = findings_of(snapshot_of(articles=articles, as_of="2026-04-10"), ["CON201"])
    quoted, wrong = re.findall(r"change “(.+?)” so that it says .+? instead of (\S+)[.;]", found.suggestion)[0]
    assert wrong in quoted and " | " in quoted


def test_drafts_and_other_locales_are_no_side() -> None:
    assert not conflicts([THRESHOLDS[0], {**THRESHOLDS[1], "published": False}])
    assert not conflicts([{**THRESHOLDS[0], "locale": "en-US"}, {**THRESHOLDS[1], "locale": "en-AU"}])


def test_a_template_about_many_things_is_no_conflict() -> None:
    articles = [
        {
            "id": f"p{number}",
            "title": f"Model {number}",
            "body_text": f"Please charge the unit for {number + 2} hours before you use it.",
        }
        for number in range(12)
    ]
    assert not conflicts(articles)


def test_values_of_two_policies_are_never_set_against_each_other() -> None:
    """A time to refund and a window to return, told in much the same words."""
    snapshot = snapshot_of(
        articles=[
            {
                "id": "a",
                "title": "Refunds",
                "body_markdown": "We refund to the way you paid within 5 business days of the parcel reaching us.",
            },
            {
                "id": "b",
                "title": "Before your first order",
                "body_markdown": "You have 45 days from delivery to return your order to us.",
            },
        ],
        as_of="2026-06-01",
    )
    assert findings_of(snapshot, ["CON"]) == []
