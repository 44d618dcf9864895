"""Catalog checks on a catalog of variants: statements right and made wrong, and an agents' policy without alarms.

    python -m bench.quality.tau2_retail [--show]

Fifty products in 591 variants whose titles differ in one attribute. A wrong price is another variant's of the same
product, a wrong stock the opposite of the catalog's. Half of the statements are wrong; the traps give amounts that are
no price of the variant. Wordings are written here. A stable hash of the product puts its variants into one half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bench.quality.figures import data, missing, ratio, scores, verdict
from kbaudit.testing import findings_of, snapshot_of

PRICES = ("The {n} costs {p}.", "{n}: {p}", "You can get the {n} for {p}.", "We sell the {n} at {p}.", "- {n} ({p})")
STOCKS = ("The {n} is {s}.", "Good to know: the {n} is currently {s}.")
TRAPS = (
    "The {n} used to cost {x}.",
    "Shipping for the {n} is {x}.",
    "Save {x} on the {n} with a gift card.",
    "Most variants of the {t} cost between {lo} and {hi}.",
)
AGES = ("in_stock", "out_of_stock")


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file."""
    return [json.loads(line) for line in (data() / "tau2_retail" / name).read_text("utf-8").splitlines()]


def half(group: str) -> str:
    """`tune` or `test`, for ever."""
    return "test" if int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2 else "tune"


def dollars(price: str | float) -> str:
    """A price as shops write it."""
    return f"${float(str(price).split()[0]):,.2f}"


def statements(products: Sequence[dict[str, Any]]) -> list[tuple[str, str | None, dict[str, Any]]]:
    """(text, the rule that must find it or None, the variant) of two statements a variant."""
    chance = random.Random(3)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for product in products:
        groups[product["item_group_id"]].append(product)
    made: list[tuple[str, str | None, dict[str, Any]]] = []
    for product in products:
        own = float(product["price"].split()[0])
        siblings = [float(other["price"].split()[0]) for other in groups[product["item_group_id"]]]
        others = [price for price in siblings if abs(price - own) > 0.005 * own]
        name = {"n": product["title"], "t": product["product_type"]}
        if chance.random() < 0.25:
            text = chance.choice(TRAPS).format(
                x=dollars(chance.choice(others or [9.99])), lo=dollars(min(siblings)), hi=dollars(max(siblings)), **name
            )
            made.append((text, None, product))
        else:
            wrong = bool(others) and chance.random() < 0.5
            price = chance.choice(others) if wrong else own
            made.append((chance.choice(PRICES).format(p=dollars(price), **name), "CAT301" if wrong else None, product))
        if product["availability"] in AGES:
            wrong = chance.random() < 0.5
            stocked = (product["availability"] == "in_stock") != wrong
            said = "in stock" if stocked else "sold out"
            made.append((chance.choice(STOCKS).format(s=said, **name), "CAT303" if wrong else None, product))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision, recall and F1 by half; status 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list the misses and false alarms of the tune half")
    options = parser.parse_args(arguments)
    if missing("tau2_retail"):
        return 0
    products = rows("products.jsonl")
    made = statements(products)
    articles = [
        {"id": f"s{number}", "title": f"Good to know, no. {number}", "body_markdown": text}
        for number, (text, _, _) in enumerate(made)
    ]
    snapshot = snapshot_of(articles=articles, products=products, as_of="2026-04-10")
    found = {
        (finding.rule, finding.documents[0].id) for finding in findings_of(snapshot, ["CAT301", "CAT302", "CAT303"])
    }
    figures: dict[str, float] = {}
    for name in ("tune", "test"):
        part = {f"s{n}" for n, (_, _, product) in enumerate(made) if half(product["item_group_id"]) == name}
        for rule in ("CAT301", "CAT303"):
            wanted = {f"s{n}" for n, (_, wrong, _) in enumerate(made) if wrong == rule} & part
            said = {id_ for code, id_ in found if code == rule or (code == "CAT302" and rule == "CAT303")} & part
            right = len(wanted & said)
            print(f"{name} {rule}: {scores(right, len(said), len(wanted))}")
            figures |= {
                f"{name}.{rule}.precision": ratio(right, len(said)),
                f"{name}.{rule}.recall": ratio(right, len(wanted)),
            }
            if options.show and name == "tune":
                texts = {f"s{n}": text for n, (text, _, _) in enumerate(made)}
                for kind, ids in (("MISS", wanted - said), ("FALSE", said - wanted)):
                    for id_ in sorted(ids):
                        print(f"  {kind} {texts[id_]}")
    policy = snapshot_of(articles=rows("articles.jsonl"), products=products, as_of="2026-04-10")
    alarms = findings_of(policy, ["SEA101", "SEA103", "SEA104", "CON", "CAT", "FRE703", "FRE704"])
    print(f"alarms on the policy: {len(alarms)}")
    for finding in alarms if options.show else ():
        print(f"  {finding.rule} {finding.message}")
    return verdict("tau2_retail", {**figures, "policy_alarms": len(alarms)})


if __name__ == "__main__":
    sys.exit(main())
