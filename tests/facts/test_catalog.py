"""Names of products in texts."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest

from kbaudit.facts.catalog import Catalog, index
from kbaudit.facts.catalog_links import LinkIndex
from kbaudit.facts.catalog_names import aliases, common_prefix, form, forms
from kbaudit.model.product import Money, Product
from kbaudit.testing import findings_of, snapshot_of


def product(identifier: str, title: str, **more: object) -> Product:
    return Product(id=identifier, source="shop", title=title, price=Money(Decimal(10), "USD"), **more)  # type: ignore[arg-type]


SHOP = (
    product("L1", "Aurora Desk Lamp", brand="Lumina", gtin="4006381333931"),
    product("L2", "Aurora Desk Lamp Case"),
    product("K1", "Tidal Kettle 1.7 L", brand="Tidal"),
    product("S1", "Cove Sofa – color grey", item_group_id="cove"),
    product("S2", "Cove Sofa – color blue", item_group_id="cove"),
    product("HX-200", "Hexa Speaker"),
    product("N1", "Notebook"),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return index(SHOP)


def named(catalog: Catalog, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], tuple(SHOP[i].id for i in m.products)) for m in catalog.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Aurora Desk Lamp is new.", [("Aurora Desk Lamp", ("L1",))]),
        ("Our aurora desk lamps are new.", [("aurora desk lamps", ("L1",))]),
        ("The Lumina Aurora Desk Lamp.", [("Lumina Aurora Desk Lamp", ("L1",))]),
        ("The Aurora Desk Lamp by Lumina.", [("Aurora Desk Lamp by Lumina", ("L1",))]),
        ("An Aurora lamp.", [("Aurora lamp", ("L1",))]),
        ("The Aurora Desk Lamp Case.", [("Aurora Desk Lamp Case", ("L2",))]),
        ("A shade: Aurora Desk Lamp shade.", []),
        ("The Aurora Desk Lamp Pro.", []),
        ("The Aurora Desk Lamp 2 is out.", []),
        ("The Aurora Yoga Class.", []),
        ("The Tidal Kettle boils.", [("Tidal Kettle", ("K1",))]),
        ("The Tidal Kettle 1.0 L boils.", []),
        ("The Cove Sofa is soft.", [("Cove Sofa", ("S1", "S2"))]),
        ("Item HX-200 is here.", [("HX-200", ("HX-200",))]),
        ("GTIN 4006381333931", [("4006381333931", ("L1",))]),
        ("The Aurora DeskLamp.", [("Aurora DeskLamp", ("L1",))]),
        ("Write it into a notebook.", []),
        ("hello world", []),
    ],
)
def test_mentions(catalog: Catalog, text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert named(catalog, text) == expected


def test_forms_fold_plurals_and_possessives() -> None:
    assert forms("The Lámps' Watches and Glass") == ("the", "lamp", "watch", "and", "glass")
    assert form("E2720HS") == "e2720hs"


def test_common_prefix_leaves_attribute_words_out() -> None:
    assert common_prefix([("cove", "sofa", "color", "grey"), ("cove", "sofa", "color", "blue")]) == ("cove", "sofa")


def test_a_model_without_its_variant_is_a_lesser_name() -> None:
    found = aliases(product("x", "Cove Sofa – color grey"), ("cove", "sofa"))
    assert found["cove", "sofa", "color", "grey"] == 0
    assert found["cove", "sofa"] == 2


def test_links() -> None:
    links = LinkIndex.of(
        [
            product("a", "A", link="https://www.shop.example/products/lamp?x=1"),
            product("b", "B", link="https://shop.example/products/sofa"),
        ]
    )
    assert links.resolve("https://shop.example/products/lamp/?utm_source=kb#top") == (0,)
    assert links.resolve("/collections/all/products/sofa") == (1,)
    assert links.is_gone("https://shop.example/products/chair")
    assert not links.is_gone("https://shop.example/pages/chair")
    assert not links.is_gone("https://other.example/products/chair")
    assert not links.is_gone("https://shop.example/products/gift-card")


def test_order_of_input_does_not_matter() -> None:
    products = [{"id": f"p{i}", "title": f"Brand{i} Model {i}", "price": f"{10 + i} USD"} for i in range(30)]
    articles = [
        {"id": f"a{i}", "title": "Notes", "body_text": f"The Brand{i} Model {i} costs ${9 + i}."} for i in range(30)
    ]
    first = findings_of(snapshot_of(articles=articles, products=products, as_of="2026-01-01"), ["CAT301"])
    chance = random.Random(7)
    chance.shuffle(products)
    chance.shuffle(articles)
    second = findings_of(snapshot_of(articles=articles, products=products, as_of="2026-01-01"), ["CAT301"])
    assert len(first) == 30
    assert [finding.fingerprint for finding in first] == [finding.fingerprint for finding in second]


def test_a_large_catalog_is_built_and_searched_fast() -> None:
    words = ["oak", "ash", "elm", "fir", "larch", "birch", "maple", "walnut", "cherry", "beech"]
    products = [product(f"p{i}", f"{words[i % 10]} {words[i // 10 % 10]} chair model {i}") for i in range(20_000)]
    started = time.process_time()
    catalog = index(products)
    text = " ".join(f"The oak ash chair model {i} and more." for i in range(2_000))
    catalog.find(text)
    assert time.process_time() - started < 8.0
