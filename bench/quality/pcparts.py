"""CAT301 on prices that time itself made wrong: articles priced from older snapshots of a parts shop's catalog.

    python -m bench.quality.pcparts [--articles 600] [--show 30] [--half tune|test|all]

Truth is the last price of an item that is not null; a stale statement gives an earlier price of the same item that
differs by more than 0.5 %. Half of the statements are stale. Traps (former prices, bundles, instalments, fees,
accessories, ranges, other currencies) give amounts that are no price and must be left alone. The wordings are written
here; names and prices are the data's (MIT, see its README). A stable hash of the item's name puts it into one half.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.quality.figures import data, f1, missing, ratio, scores, verdict
from kbaudit.testing import findings_of, snapshot_of

STALE_BY = 0.005
FORMATS = (
    lambda p: f"${p:,.2f}",
    lambda p: f"${p:.2f}",
    lambda p: f"{p:.2f} USD",
    lambda p: f"USD {p:,.2f}",
    lambda p: f"US${p:,.2f}",
    lambda p: f"$ {p:,.2f}",
    lambda p: f"{p:,.2f} dollars",
)
SENTENCES = (
    "The {n} costs {p}.",
    "You can get the {n} for {p}.",
    "Our {n} is priced at {p} and ships from Reno.",
    "At {p}, the {n} is a solid choice for a mid-range build.",
    "{n}: {p}",
    "{n} – {p}",
    "The {n} ({p}) fits most builds.",
    "The {n} sells for only {p}.",
    "The {n} retails at {p}, with free delivery inside the country.",
    "If you are on a budget, the {n} is available for just {p}.",
    "We list the {n} at {p}.",
    "Looking for a {c}? The {n} is now {p}.",
    "For {p} you can buy the {n}.",
    "The price of the {n} is {p}.",
    "The {n} has been around for a while. It costs {p}.",
    "The {n} {c} comes in at {p}.",
    "Pay {p} for the {n} and skip the queue.",
    "The {n} was ${w:.2f}, now {p}.",
    "The {n}, which comes with a two-year warranty, costs {p}.",
    "The current price for the {n} is {p}.",
)
TRAPS = (
    "The {n} used to cost ${x:.2f}.",
    "Shipping for the {n} is ${s:.2f}.",
    "Save ${s:.2f} on the {n} when you subscribe to our newsletter.",
    "Take the {n} home for ${m:.2f} a month over 24 months.",
    "A carrying case for the {n} costs ${s:.2f}.",
    "In 2019 the {n} was ${x:.2f}.",
    "Other shops sell the {n} for ${x:.2f}.",
    "The {n} costs about €{x:.2f} in Germany.",
    "Together with a second one, the {n} is ${x:.2f} as a bundle.",
    "Orders over ${s:.2f}, the {n} included, ship free.",
    "The recommended retail price of the {n} is ${x:.2f}.",
    "Members pay ${x:.2f} for the {n}.",
    "A refurbished {n} goes for ${x:.2f}.",
    "You get a ${s:.2f} gift card with every {n}.",
)


def items(half: str) -> list[dict[str, Any]]:
    """Items with one (category, name), a price now and a stale one: name, category, truth, stale prices."""
    with gzip.open(data() / "pcparts" / "price_history.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    seen = Counter((row["category"], row["name"]) for row in rows)
    found = []
    for row in rows:
        prices = [price for _, price in row["prices"] if price is not None]
        if seen[row["category"], row["name"]] > 1 or len(prices) < 2:
            continue
        truth = prices[-1]
        stale = [price for price in prices[:-1] if abs(price - truth) > STALE_BY * truth]
        side = "tune" if hashlib.sha256(row["name"].encode()).digest()[0] % 2 else "test"
        if stale and half in ("all", side):
            found.append({"name": row["name"], "category": row["category"], "truth": truth, "stale": stale})
    return found


def catalog() -> list[dict[str, Any]]:
    """The whole catalog, with today's truth for the items that have a history."""
    with gzip.open(data() / "pcparts" / "products.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    truths = {(item["category"], item["name"]): item["truth"] for item in items("all")}
    seen = Counter((row["product_type"], row["title"]) for row in rows)
    for row in rows:
        key = (row["product_type"], row["title"])
        if key in truths and seen[key] == 1:
            row["price"], row["availability"] = f"{truths[key]:.2f} USD", "in_stock"
    return rows


def articles(
    count: int, pool: Sequence[dict[str, Any]], chance: random.Random
) -> tuple[list[dict[str, Any]], set[tuple[str, str]], int]:
    """Articles of four to seven statements each; (article, item name) of the stale ones; how many statements."""
    rows: list[dict[str, Any]] = []
    wrong: set[tuple[str, str]] = set()
    statements = 0
    picks = list(pool)
    chance.shuffle(picks)
    at = 0
    for number in range(count):
        identifier = f"a{number:04}"
        size = chance.randint(4, 7)
        chosen = [picks[(at + i) % len(picks)] for i in range(size)]
        at += size
        parts: list[str] = []
        style = chance.choice(("prose", "prose", "list", "table", "headings"))
        table = ["| Product | Category | Price | Shipping |", "|---|---|---|---|"]
        for item in chosen:
            kind = chance.random()
            if kind < 0.2 and style in ("prose", "list"):
                text = chance.choice(TRAPS).format(
                    n=item["name"],
                    x=item["stale"][0],
                    s=4.95 + chance.randint(0, 30),
                    m=round(item["truth"] / 24 + 1, 2),
                )
            else:
                stale = chance.random() < 0.5
                price = chance.choice(item["stale"]) if stale else item["truth"]
                shown = chance.choice(FORMATS)(price)
                statements += 1
                if stale:
                    wrong.add((identifier, item["name"]))
                if style == "table":
                    table.append(
                        f"| {item['name']} | {item['category']} | {shown} | ${4.95 + chance.randint(0, 9):.2f} |"
                    )
                    continue
                if style == "headings":
                    parts.append(
                        f"## {item['name']}\n\nA dependable {item['category'].replace('-', ' ')}.\n\nPrice: {shown}"
                    )
                    continue
                text = chance.choice(SENTENCES).format(
                    n=item["name"], p=shown, c=item["category"].replace("-", " "), w=price * 1.2
                )
            parts.append(f"- {text}" if style == "list" else text)
        body = "\n".join(table) if style == "table" else ("\n" if style == "list" else "\n\n").join(parts)
        rows.append({"id": identifier, "title": f"Parts we like, no. {number + 1}", "body_markdown": body})
    return rows, wrong, statements


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision, recall and F1; exit status 1 below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--half", choices=("tune", "test", "all"), default="all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if missing("pcparts"):
        return 0
    products = catalog()
    known = Counter((row["product_type"], row["title"]) for row in products)
    pool = [item for item in items(options.half) if known[item["category"], item["name"]] == 1]
    rows, wrong, statements = articles(options.articles, pool, random.Random(options.seed))
    snapshot = snapshot_of(articles=rows, products=products, as_of="2025-08-01")
    started = time.perf_counter()
    snapshot.fact("catalog")
    built = time.perf_counter()
    found = {
        (finding.documents[0].id, finding.documents[1].title): finding for finding in findings_of(snapshot, ["CAT301"])
    }
    ended = time.perf_counter()
    right = wrong & set(found)
    false, missed = sorted(set(found) - wrong), sorted(wrong - set(found))
    texts = {row["id"]: row["body_markdown"] for row in rows}
    for name, pairs in (("FALSE", false), ("MISS ", missed)):
        for identifier, title in pairs[: options.show]:
            lines = [line for line in texts[identifier].splitlines() if title in line]
            said = found[identifier, title].subject if (identifier, title) in found else ""
            print(f"{name} {title}: {lines} {said}")
    print(
        f"pcparts ({options.half}): {len(products):,} products, {len(rows):,} articles, {statements:,} statements, "
        f"{len(wrong):,} stale: {scores(len(right), len(found), len(wrong))}; "
        f"catalog {built - started:.1f} s, articles {ended - built:.1f} s"
    )
    figures = {
        "precision": ratio(len(right), len(found)),
        "recall": ratio(len(right), len(wrong)),
        "f1": f1(len(right), len(found), len(wrong)),
    }
    return verdict("pcparts", {f"{options.half}.{name}": value for name, value in figures.items()}, options.half)


if __name__ == "__main__":
    sys.exit(main())
