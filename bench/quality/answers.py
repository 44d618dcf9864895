"""AI answers about products against the catalog: prices that time made wrong, and true statements that must pass.

    python -m bench.quality.answers [--answers 1000] [--show 30] [--half tune|test|all]

Items, their stale prices and the halves are those of `bench.quality.pcparts`; the wordings are written here. A stale
answer counts as found where ANS803 reports its conversation. Of true answers (price, stock, colour, kind, with and
without figures that are no price) none should be in any finding of ANS801, ANS802 or ANS803.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.quality.figures import interval, missing, ratio, share, verdict
from bench.quality.pcparts import FORMATS, catalog, items
from kbaudit.facts.records import of_product
from kbaudit.testing import findings_of, snapshot_of

QUESTIONS = (
    "How much is the {n}?",
    "what does the {n} cost these days",
    "Hi, I am looking at the {n}. What would I pay?",
    "price of the {n} please",
    "Is the {n} any good for its price?",
)
PRICES = (
    "The {n} is {p}.",
    "The {n} costs {p} at the moment.",
    "It is {p}.",
    "Sure! The {n} currently sells for {p}, and standard delivery is on us.",
    "You would pay {p} for the {n}.",
    "Thanks for asking. We have the {n} at {p}.",
    "The price is {p}, tax included.",
    "Good choice: at {p} the {n} is one of our bestsellers.",
    "{p}. Would you like me to add it to your cart?",
    "The {n} was ${w:.2f}; now it is {p}.",
)
TRAPS = (
    "It was ${x:.2f} last year. Today it is {t}.",
    "The {n} costs {t}. Express delivery would be $14.95 on top.",
    "The {n} is {t}; you can also pay ${m:.2f} a month over 24 months.",
    "The {n} is {t} and orders over $50 ship free.",
    "The {n} is {t}. A refurbished one would be around ${x:.2f}.",
)
ABOUT = {
    "availability": ("Do you have the {n}?", ("Yes, the {n} is in stock.", "The {n} is available right now.")),
    "color": ("What colour is the {n}?", ("The {n} comes in {v}.", "It is {v}.", "The colour of the {n} is {v}.")),
    "kind": ("What is the {n}?", ("The {n} is a {v}.", "It is a {v} by the maker of the same name.")),
}


def stale(pool: Sequence[Mapping[str, Any]], count: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """(item, question, answer) with a price that is no longer true."""
    for item in pool[:count]:
        price = chance.choice(item["stale"])
        answer = chance.choice(PRICES).format(n=item["name"], p=chance.choice(FORMATS)(price), w=price * 1.2)
        yield item["name"], chance.choice(QUESTIONS).format(n=item["name"]), answer


def true(
    pool: Sequence[Mapping[str, Any]], colors: Mapping[str, str], count: int, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    """(item, question, answer) with what the catalog says."""
    for item in pool[:count]:
        name, price = item["name"], item["truth"]
        shown = chance.choice(FORMATS)(price)
        kind = chance.choice(("price", "price", "trap", *ABOUT))
        if kind in ("price", "trap") or (kind == "color" and name not in colors):
            wording = chance.choice(TRAPS if kind == "trap" else PRICES)
            answer = wording.format(n=name, p=shown, t=shown, w=price * 1.2, x=item["stale"][0], m=price / 24 + 1)
            yield name, chance.choice(QUESTIONS).format(n=name), answer
            continue
        question, wordings = ABOUT[kind]
        value = colors.get(name, "") if kind == "color" else item["category"].replace("-", " ")
        yield name, question.format(n=name), chance.choice(wordings).format(n=name, v=value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall of stale prices and the share of true answers that are flagged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=1000, help="stale ones, and as many true ones")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--half", choices=("tune", "test", "all"), default="all")
    options = parser.parse_args(arguments)
    if missing("pcparts"):
        return 0
    products = catalog()
    known = Counter((row["product_type"], row["title"]) for row in products)
    named = Counter(row["title"] for row in products)
    pool = [item for item in items(options.half) if known[item["category"], item["name"]] == 1]
    pool = [item for item in pool if named[item["name"]] == 1]
    chance = random.Random(7)
    chance.shuffle(pool)
    bare = snapshot_of(products=products, as_of="2025-08-01")
    wanted = {item["name"] for item in pool}
    colors = {
        product.title: attribute.text
        for product in bare.products
        if product.title in wanted
        for attribute in of_product(product)
        if attribute.key == "color"
    }
    half = len(pool) // 2
    told = [("stale", *row) for row in stale(pool[:half], options.answers, chance)]
    told += [("true", *row) for row in true(pool[half:], colors, options.answers, chance)]
    conversations = [
        {
            "id": f"{kind}-{number}",
            "started_at": "2025-07-01T10:00:00Z",
            "handled_by": "ai",
            "messages": [{"role": "customer", "text": question}, {"role": "ai", "text": answer}],
        }
        for number, (kind, _, question, answer) in enumerate(told)
    ]
    snapshot = snapshot_of(products=products, conversations=conversations, as_of="2025-08-01")
    snapshot.fact("catalog")
    started = time.perf_counter()
    found = findings_of(snapshot, ["ANS"])
    seconds = time.perf_counter() - started
    by_rule = {rule: {f.documents[0].id for f in found if f.rule == rule} for rule in ("ANS801", "ANS802", "ANS803")}
    wrong = {row["id"] for row in conversations if row["id"].startswith("stale")}
    right = {row["id"] for row in conversations} - wrong
    hits = by_rule["ANS803"] & wrong
    flagged = set().union(*by_rule.values()) & right
    texts = {row["id"]: row["messages"] for row in conversations}
    for name, ids in (("FALSE", flagged), ("MISS ", wrong - hits)):
        for id_ in sorted(ids)[: options.show]:
            rules = [rule for rule, told_by in by_rule.items() if id_ in told_by]
            print(f"{name} {rules} {texts[id_][0]['text']} | {texts[id_][1]['text']}")
    print(
        f"answers ({options.half}): stale prices as ANS803: precision {share(len(hits), len(by_rule['ANS803']))} "
        f"recall {share(len(hits), len(wrong))}; true answers in any finding {len(flagged)} of {len(right)} "
        f"({len(flagged) / len(right):.4f}, up to {interval(len(flagged), len(right))[1]:.3f}); "
        f"{seconds / len(conversations) * 1000:.0f} ms an answer"
    )
    figures = {
        f"{options.half}.precision": ratio(len(hits), len(by_rule["ANS803"])),
        f"{options.half}.recall": ratio(len(hits), len(wrong)),
        f"{options.half}.true_flagged": len(flagged) / len(right),
    }
    return verdict("answers", figures, options.half)


if __name__ == "__main__":
    sys.exit(main())
