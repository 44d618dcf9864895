"""MediaWiki's action interface as far as kbaudit asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kbaudit.testing.server import Reply, Request
from tests.fakes.vendors import answer


@dataclass
class MediaWiki:
    """One wiki: `pages` maps an id to title, revision and text. A batch holds two; categories come separately."""

    broken: bool = False

    def __post_init__(self) -> None:
        self.pages: dict[int, tuple[str, int, str]] = {
            1: ("Returns", 10, "<p>Thirty days.</p>"),
            2: ("Delivery", 11, "<h2>Post</h2><p>Three days.</p>"),
            3: ("Care", 12, "<p>Wipe gently.</p>"),
        }

    def handle(self, request: Request) -> Reply:
        """Answer as the program does."""
        asked = request.query
        if asked.get("meta") == "siteinfo":
            general = {"sitename": "Lantern Wiki", "lang": "en"}
            return answer({"query": {"general": general, "statistics": {"articles": len(self.pages)}}})
        if asked.get("generator") == "allpages":
            return answer(self._batch(asked))
        if asked.get("action") == "parse":
            number = int(asked["pageid"])
            if self.broken and number == 2:
                return answer({"error": {"code": "internal_api_error", "info": "template loop"}})
            title, _, text = self.pages[number]
            return answer({"parse": {"title": title, "displaytitle": f"<i>{title}</i>", "text": text}})
        return answer({"error": {"code": "badvalue"}})

    def _batch(self, asked: dict[str, str]) -> dict[str, Any]:
        numbers = sorted(self.pages)
        start = int(asked.get("gapcontinue") or asked.get("clcontinue", "0|").split("|")[0])
        batch = numbers[start : start + 2]
        second = "clcontinue" in asked
        pages = []
        for number in batch:
            title, revision, _ = self.pages[number]
            page: dict[str, Any] = {
                "pageid": number,
                "ns": 0,
                "title": title,
                "lastrevid": revision,
                "pagelanguage": "en",
                "canonicalurl": f"https://wiki.example/{title}",
                "revisions": [{"revid": revision, "timestamp": "2026-03-01T09:00:00Z"}],
            }
            if second:
                page["categories"] = [{"title": "Category:Orders"}]
            pages.append(page)
        found: dict[str, Any] = {"query": {"pages": pages}}
        if not second:
            found["continue"] = {"clcontinue": f"{start}|Orders", "continue": "||"}
        elif start + 2 < len(numbers):
            found["continue"] = {"gapcontinue": str(start + 2), "continue": "gapcontinue||"}
        return found
