"""Did a fix work: figures before and after, and nothing claimed without enough of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from kbaudit.store import proof
from kbaudit.store.database import Store
from kbaudit.store.schema import questions

FIXED = datetime(2026, 3, 1, tzinfo=UTC)


def ask(store: Store, days: list[int], cluster: str = "c") -> None:
    with store.write() as db:
        for number, day in enumerate(days):
            db.execute(
                insert(questions).values(
                    id=f"{cluster}{number}", source="chats", conversation=f"{cluster}{number}", cluster=cluster,
                    text="q", asked_at=FIXED + timedelta(days=day), locale="en",
                )
            )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "others", "verdict"),
    [
        ([-30, -25, -20, -15, -10], [-56, 28], "works"),
        ([-30, -25, -20, -15, -10, 1, 5, 9, 14, 18, 22], [-56, 28], "does not show"),
        ([-30, -25], [-56, 28], "not enough evidence yet"),
        ([-30, -25, -20, -15, -10], [-56, 3], "not enough evidence yet"),
        ([-30, -25, -20, -15, -10], [], "not enough evidence yet"),
    ],
)
def test_a_fix_is_proven_by_what_is_asked_after_it(
    store: Store, own: list[int], others: list[int], verdict: str
) -> None:
    ask(store, own)
    ask(store, others, "other")
    with store.read() as db:
        found = proof.recurrence(db, "c", FIXED, FIXED + timedelta(days=40))
    assert found.verdict == verdict


def test_nothing_fixed_has_no_lag(store: Store) -> None:
    with store.read() as db:
        found = proof.lag(db)
    assert (found.fixed, found.fixed_median, found.fixed_p90) == (0, None, None)


def test_how_well_customers_were_served_is_compared_with_enough_outcomes_only(store: Store) -> None:
    with store.write() as db:
        for number, (day, answered) in enumerate([*((-9, False),) * 4, (-8, True), *((20, True),) * 4]):
            db.execute(
                insert(questions).values(
                    id=f"q{number}", source="chats", conversation=f"q{number}", cluster="c", text="q",
                    asked_at=FIXED + timedelta(days=day), locale="en", answered=answered,
                )
            )  # fmt: skip
    with store.read() as db:
        found = proof.recurrence(db, "c", FIXED, FIXED + timedelta(days=40))
    assert (found.judged_before, found.served_before, found.judged_after, found.served_after) == (5, 20, 4, None)
