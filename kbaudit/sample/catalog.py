"""The sample's catalog: `products.csv` as products.jsonl and as a Google Merchant feed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from importlib.resources import files
from xml.sax.saxutils import escape

SHOP_URL = "https://tarnandthicket.example"
SHIPPING = (
    ("US", "Standard", "6.95 USD"),
    ("US", "Express", "14.95 USD"),
    ("CA", "Standard", "19.95 USD"),
    ("DE", "Standard", "12.95 USD"),
)
# The articles say 75: merchandising lowered it in the feed and told nobody.
FREE_SHIPPING = [{"country": "US", "price": "65.00 USD"}]


def rows() -> list[dict[str, str]]:
    """`products.csv` as it stands."""
    text = files("kbaudit.sample").joinpath("products.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def gtin(number: int) -> str:
    """A GTIN-13 with its check digit, in the range that GS1 leaves to shops (020–029)."""
    digits = f"0212026{number:05d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return digits + str(-total % 10)


def products(today: date) -> list[dict[str, object]]:
    """The catalog in the fields of products.jsonl."""
    found: list[dict[str, object]] = []
    for number, row in enumerate(rows(), 1):
        item: dict[str, object] = {
            "id": row["id"],
            "title": row["title"],
            "description": row["description"],
            "link": f"{SHOP_URL}/p/{row['id']}",
            "price": f"{row['price']} USD",
            "availability": row["availability"],
            "brand": row["brand"],
            "gtin": gtin(number),
            "product_type": row["product_type"],
            "updated_at": (today - timedelta(days=1)).isoformat(),
        }
        if row["item_group_id"]:
            item["item_group_id"] = row["item_group_id"]
        if row["sale_price"]:
            start, end = (today + timedelta(days=int(days)) for days in row["sale"].split("/"))
            item["sale_price"] = f"{row['sale_price']} USD"
            item["sale_price_effective_date"] = f"{start.isoformat()}/{end.isoformat()}"
        if row["available"]:
            item["availability_date"] = (today + timedelta(days=int(row["available"]))).isoformat()
        if row["id"] not in ("TT-G701", "TT-C250"):
            item["return_window_days"] = 45
            item["return_policy_url"] = "https://help.tarnandthicket.example/en-US/returns/returns-overview"
            item["shipping"] = [{"country": c, "service": s, "price": p} for c, s, p in SHIPPING]
            item["free_shipping_threshold"] = FREE_SHIPPING
        found.append(item)
    return found


def jsonl(items: list[dict[str, object]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def merchant_xml(items: list[dict[str, object]]) -> str:
    """The catalog as a Google Merchant RSS feed. Discontinued items stand in no feed."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">',
        f"<channel><title>Tarn &amp; Thicket</title><link>{SHOP_URL}</link><description>Product feed</description>",
    ]
    for item in items:
        if item["availability"] == "discontinued":
            continue
        lines.append("<item>")
        for key, value in item.items():
            if key == "shipping":
                lines += [
                    "<g:shipping>" + "".join(f"<g:{k}>{escape(v)}</g:{k}>" for k, v in rate.items()) + "</g:shipping>"
                    for rate in ({"country": c, "service": s, "price": p} for c, s, p in SHIPPING)
                ]
            elif isinstance(value, str) and key != "updated_at":
                lines.append(f"<g:{key}>{escape(value)}</g:{key}>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel></rss>", ""])
