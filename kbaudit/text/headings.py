"""The first heading of a body that has no title of its own."""

from __future__ import annotations

import re

from kbaudit.text.extract import clean_line, from_html

ATX = re.compile(r" {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$")
FENCE = re.compile(r" {0,3}(```+|~~~+)")
HTML_HEADING = re.compile(r"<(h[1-6]|title)\b[^<>]*>(.{0,2000}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
LOOKED_AT = 256 * 1024


def first(body: str, body_name: str) -> str | None:
    """The text of the first heading of `body_markdown`, `body_html` or `body_text` (its first line, if short)."""
    head = body[:LOOKED_AT]
    if body_name == "body_text":
        line = next((line for line in head.splitlines() if line.strip()), "")
        return clean_line(line) if 0 < len(line) <= 120 else None
    return (_markdown(head) if body_name == "body_markdown" else None) or _html(head)


def _markdown(body: str) -> str | None:
    fence = ""
    before = ""
    for line in body.splitlines():
        mark = FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            before = ""
            continue
        if fence:
            continue
        match = ATX.match(line)
        if match:
            return _plain(match[1])
        if before.strip() and re.fullmatch(r" {0,3}(=+|-{2,})[ \t]*", line):
            return _plain(before)
        before = line
    return None


def _html(body: str) -> str | None:
    found: dict[str, str] = {}
    for match in HTML_HEADING.finditer(body):
        name = "title" if match[1].lower() == "title" else "heading"
        text = _plain_html(match[2])
        if text and name not in found:
            found[name] = text
        if "heading" in found:
            break
    return found.get("heading") or found.get("title")


def _plain(markdown: str) -> str | None:
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`|\*|(?<!\w)_|_(?!\w))", "", text)
    return clean_line(text) or None


def _plain_html(markup: str) -> str | None:
    return " ".join(from_html("", markup).text.split()) or None
