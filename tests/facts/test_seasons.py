from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kbaudit.facts.seasons import read
from kbaudit.facts.seasons_relative import resolve_relative
from kbaudit.model.event import Seasons
from kbaudit.testing import findings_of, snapshot_of

CASES = Path(__file__).parents[1] / "checks" / "cases"


def seasons(as_of: str = "2026-04-10", regions: tuple[str, ...] = (), **article: Any) -> Seasons:
    snapshot = snapshot_of(articles=[{"id": "page", **article}], as_of=as_of, regions=regions)
    return read(snapshot.documents[0], snapshot)


@pytest.mark.parametrize("rule", ["SEA101", "SEA103", "SEA104"])
def test_no_case_raises_another_rule_of_the_family(rule: str) -> None:
    """One problem, one finding: the tables of the three rules are run against all three."""
    for case in yaml.safe_load((CASES / f"{rule.lower()}.yaml").read_text("utf-8")):
        snapshot = snapshot_of(
            articles=case["articles"], as_of=case["as_of"], regions=case.get("regions", ()), config=case.get("config")
        )
        found = [(item.rule, item.documents[0].id) for item in findings_of(snapshot, ["SEA101", "SEA103", "SEA104"])]
        assert found == [(rule, item["documents"][0]) for item in case["expect"]], case["name"]


@pytest.mark.parametrize(
    ("title", "body", "kind", "year"),
    [
        ("Christmas delivery 2024", "Order early.", "occurrence", 2024),
        ("Christmas delivery", "Order by Friday 20 December.", "occurrence", None),
        ("Black Friday", "Use BF25 at checkout.", "occurrence", 2025),
        ("Black Friday 2024", "The sale ends on Monday 1 December 2025.", "occurrence", 2025),
        ("Holiday returns", "Orders from 1 Nov to 24 Dec may be returned until 31 Jan.", "recurring", None),
        ("Do you join Black Friday?", "Every year.", "recurring", None),
        ("Black Friday 2023: a look back", "We shipped 900 parcels.", "history", None),
    ],
)
def test_it_knows_what_an_article_is_about(title: str, body: str, kind: str, year: int | None) -> None:
    subject = seasons(title=title, body_text=body).subject
    assert subject is not None
    assert (subject.kind, subject.year) == (kind, year)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Donating to Easter Seals", "Round up your order."),
        ("Shipping to Christmas Island", "Fifteen days."),
        ("Holiday mode", "Hide your listings while you are away."),
        ("Price match", "Not from Thanksgiving to Cyber Monday."),
        ("Delivery days", "Public holidays such as Christmas and Easter Monday are not business days."),
        ("Gift wrapping", "Around Christmas it takes a day longer."),
    ],
)
def test_names_and_mentions_are_no_subject(title: str, body: str) -> None:
    assert seasons(title=title, body_text=body).subject is None


def test_the_fact_says_nothing_of_the_day_of_the_audit() -> None:
    article = {"title": "Christmas delivery", "body_text": "Order by Friday 20 December.", "updated_at": "2024-11-01"}
    assert seasons("2024-12-01", **article) == seasons("2030-01-01", **article)


def test_roles_of_dates() -> None:
    found = seasons(
        title="Warranty",
        locale="en-GB",
        body_text="Orders placed before 1 March 2024 keep the old terms.\nFree fitting until 30 June 2025.\n"
        "Last updated: 3 January 2025\nFor example, if you order on 3 June 2024, it ends on 3 June 2026.",
    )
    assert [item.role for item in found.dates] == ["cohort", "deadline", "publication", "example", "example"]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("this weekend", date(2025, 6, 7), date(2025, 6, 8)),
        ("next monday", date(2025, 6, 9), date(2025, 6, 9)),
        ("this friday", date(2025, 6, 6), date(2025, 6, 6)),
        ("tomorrow", date(2025, 6, 4), date(2025, 6, 4)),
        ("next month", date(2025, 7, 1), date(2025, 7, 31)),
    ],
)
def test_relative_days_count_from_the_edit(words: str, start: date, end: date) -> None:
    assert resolve_relative(words, date(2025, 6, 3)) == (start, end)


def test_fingerprints_do_not_change_with_the_day_or_the_order() -> None:
    rows = [
        {"id": "a", "title": "Christmas delivery 2024", "body_text": "Order by 18 December 2024."},
        {"id": "b", "title": "Shipping", "body_text": "Free shipping until January 31, 2025.\nExpress is 9.95."},
    ]
    first = findings_of(snapshot_of(articles=rows, as_of="2025-06-01"), ["SEA"])
    second = findings_of(snapshot_of(articles=rows[::-1], as_of="2025-07-01"), ["SEA"])
    assert sorted(item.fingerprint for item in first) == sorted(item.fingerprint for item in second)
    assert len(first) == 2


def test_an_article_costs_milliseconds() -> None:
    body = "\n\n".join(f"Paragraph {i} on returns, orders and delivery within {i} days of purchase." for i in range(60))
    body += "\n\nOrder by December 18, 2025 for Christmas. Closed on 25 December 2025."
    snapshot = snapshot_of(articles=[{"id": "page", "title": "Shipping", "body_text": body}], as_of="2026-04-10")
    document = snapshot.documents[0]
    read(document, snapshot)
    start = time.process_time()
    for _ in range(5):
        read(document, snapshot)
    assert (time.process_time() - start) / 5 < 0.05
