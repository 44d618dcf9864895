"""The labelled shops keep their floors; `tests/test_bench.py` keeps the floors.

`bench/quality/gaps.py` prints every miss; its docstring says what is counted and what the halves are.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bench.quality.figures import flat, undercut
from bench.quality.gap_shops import Shop, shops
from bench.quality.gap_talk import RULE
from bench.quality.gaps import Found, Result, Score, labelled, run, score

# A shop of two articles: the return window is answered, the return of what was worn is not.
PAIR = {
    "shop": "Pair",
    "region": "GB",
    "locale": "en-GB",
    "zone": "Europe/London",
    "as_of": "2026-06-01",
    "from": "2026-04-06",
    "edited": "2026-03-01",
    "articles": {"returns": {"title": "Returns", "body": "Unworn socks may come back within 30 days."}},
    "topics": {
        "window": {"truth": "answered", "article": "returns", "ask": ["how long?", "till when?"], "ai": ["30 days."]},
        "worn": {"truth": "missing", "ask": ["worn ones?", "I wore them", "used socks back?", "washed socks?"]},
        "status": {
            "truth": "bot",
            "article": "returns",
            "ask": ["label?"],
            "ai": ["Nice socks!"],
            "agent": ["Print it."],
        },
    },
}


@cache
def figures(half: str) -> Score:
    """The figures of one half."""
    return score([run(shop) for shop in shops() if shop.half == half])


def of(shop: Shop, topic: str) -> list[str]:
    return [id_ for id_, topics in shop.labels.items() if topics == {topic}]


def finding(rule: str, ids: list[str]) -> dict[str, object]:
    documents = [{"source": "conversations", "id": id_, "conversation": True} for id_ in ids]
    documents.append({"source": "articles", "id": "returns"})
    return {"rule": rule, "subject": {"label": "x"}, "documents": documents, "evidence": []}


def result(*found: tuple[str, list[str]]) -> Result:
    shop = Shop(PAIR)
    return Result(shop, [labelled(shop, finding(rule, ids)) for rule, ids in found])


def test_shops_are_of_many_kinds_and_stand_in_both_halves() -> None:
    found = shops()
    assert len(found) >= 8
    assert len({shop.name for shop in found}) == len(found)
    assert len({shop.region for shop in found}) >= 6
    assert min(Counter(shop.half for shop in found).values()) >= 3
    sizes = sorted(len(shop.conversations) for shop in found)
    assert sizes[0] <= 30
    assert sizes[-1] >= 400
    german = max(
        sum(row["locale"] == "de-DE" for row in shop.conversations) / len(shop.conversations) for shop in found
    )
    assert 0.12 <= german <= 0.2


@pytest.mark.parametrize("shop", shops(), ids=lambda shop: shop.name)
def test_a_shop_is_labelled_throughout(shop: Shop) -> None:
    assert set(shop.labels) == {row["id"] for row in shop.conversations}
    asked = Counter(topic for topics in shop.labels.values() for topic in topics)
    for topic in shop.topics.values():
        assert topic.article is None or topic.article in shop.raw["articles"]
        assert set(topic.raw.get("near", ())) <= set(shop.raw["articles"])
        assert (topic.article is None) == (topic.truth in ("missing", "undocumented", "order", "small", "rare"))
        assert topic.truth != "rare" or asked[topic.name] <= 2
        assert topic.truth not in RULE or asked[topic.name] >= 6
    traps = sum(count for name, count in asked.items() if not shop.topics[name].is_gap)
    assert traps / sum(asked.values()) >= 0.4


def test_a_shop_is_written_the_same_each_time() -> None:
    first, again = shops()[0], shops()[0]
    assert first.conversations == again.conversations
    assert first.labels == again.labels


def test_a_finding_of_a_gap_topic_alone_is_all_right() -> None:
    shop = Shop(PAIR)
    found = score([result(("GAP401", of(shop, "worn")))])
    assert found.precision["GAP"].value == 1
    assert found.recall["GAP"].right == len(of(shop, "worn"))
    assert found.rule["GAP"].value == 1
    assert not found.answered


def test_strangers_in_a_finding_cost_precision_and_an_answered_topic_is_named() -> None:
    shop = Shop(PAIR)
    worn, window = of(shop, "worn"), of(shop, "window")
    mixed = score([result(("GAP401", worn + window[:1]))])
    assert mixed.precision["GAP"].right == len(worn)
    assert mixed.precision["GAP"].total == len(worn) + 1
    wrong = score([result(("GAP401", window))])
    assert wrong.precision["GAP"].value == 0
    assert wrong.recall["GAP"].right == 0
    assert wrong.answered == ["Pair: window"]


def test_the_wrong_rule_is_seen_and_a_fault_of_the_bot_is_left_out_under_gap403_only() -> None:
    shop = Shop(PAIR)
    assert score([result(("GAP402", of(shop, "worn")))]).rule["GAP"].value == 0
    named: Found = result(("GAP403", of(shop, "status"))).found[0]
    assert named.neutral
    assert score([result(("GAP403", of(shop, "status")))]).precision["GAP"].total == 0
    assert score([result(("GAP401", of(shop, "status")))]).precision["GAP"].total == 1


@pytest.mark.model
@pytest.mark.parametrize("half", ["tune", "test"])
def test_a_half_keeps_its_floors(half: str) -> None:
    assert not undercut("gaps", flat({half: figures(half).held}), f"{half}.")
