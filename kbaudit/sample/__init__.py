"""Tarn & Thicket: a shop that does not exist, with a help center, a catalog and eight weeks of conversations.

`write` lays the shop out as files in the common formats, with every date relative to a day, and `planted.json` beside
them: which problems were put in on purpose, and which texts only look like one. Its sources are `articles/` (Markdown
and HTML with placeholders, see `calendar.py`), `saved_replies/`, `products.csv`, `intents/*.toml` (what customers ask)
and `planted.toml`.
"""

from __future__ import annotations

from kbaudit.sample.shop import LOCALE, REGION, ZONE, write

__all__ = ["LOCALE", "REGION", "ZONE", "write"]
