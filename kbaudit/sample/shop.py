"""Writes the shop to a folder."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kbaudit.sample import catalog, conversations
from kbaudit.sample.calendar import OWN_EVENTS, fill

LOCALE, REGION, ZONE = "en-US", "US", conversations.ZONE
HELP_CENTER = "https://help.tarnandthicket.example"
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def write(folder: Path, today: date) -> Path:
    """Write the shop as it is on `today` below `folder` (made if it is missing) and give the folder back.

    `help-center/` (Markdown and HTML with front matter), `replies.jsonl` (macros and bot guidance), `products.jsonl`
    and the same as `products.xml`, `conversations.jsonl`, `config/*.toml`, and `planted.json`: the problems put in on
    purpose and the texts that only look like one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in articles(today):
        target = folder / "help-center" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    made = conversations.compose(today)
    items = catalog.products(today)
    for name, text in {
        "replies.jsonl": catalog.jsonl(list(replies(today))),
        "products.jsonl": catalog.jsonl(items),
        "products.xml": catalog.merchant_xml(items),
        "conversations.jsonl": catalog.jsonl(made.conversations),
        "planted.json": json.dumps(planted(made), ensure_ascii=False, indent=2) + "\n",
        **{f"config/{name}": text for name, text in config(today)},
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _walk(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".md", ".html", ".toml")):
            yield prefix + item.name, item.read_text(encoding="utf-8")


def articles(today: date) -> Iterator[tuple[str, str]]:
    """Path below the help center and text of every article.

    What a help center adds by itself is added here: the address, and a review some days ago.
    """
    for path, text in _walk(files("kbaudit.sample").joinpath("articles")):
        language = path[:2]
        key = path.rsplit(".", 1)[0]
        front, body = _parts(fill(text, today, language))
        fields = {line.split(":", 1)[0] for line in front.splitlines()}
        if "url" not in fields:
            front += f"\nurl: {HELP_CENTER}/{key}"
        if "reviewed_at" not in fields:
            ago = 3 + int(sha256(key.encode()).hexdigest(), 16) % 9
            front += f"\nreviewed_at: {(today - timedelta(days=ago)).isoformat()}"
        yield path, f"---\n{front}\n---\n{body}"


def _parts(text: str) -> tuple[str, str]:
    match = FRONT.match(text)
    if match is None:
        raise ValueError(f"an article of the sample has no front matter: {text[:60]!r}")
    return match[1], text[match.end() :]


def replies(today: date) -> Iterator[dict[str, object]]:
    """Macros and bot guidance in the fields of articles.jsonl."""
    for path, text in _walk(files("kbaudit.sample").joinpath("saved_replies")):
        front, body = _parts(fill(text, today))
        fields = dict(line.split(": ", 1) for line in front.splitlines())
        yield {
            "id": path.removesuffix(".md"),
            "title": fields["title"].strip('"'),
            "kind": fields["kind"],
            "owner": fields["owner"],
            "locale": LOCALE,
            "updated_at": fields["updated_at"],
            "body_markdown": body.strip() + "\n",
        }


def config(today: date) -> Iterator[tuple[str, str]]:
    """Name and text of every configuration file."""
    yield from _walk(files("kbaudit.sample").joinpath("config"))
    lines = ["# The shop's own events; public holidays and retail days are built in.", ""]
    for event in OWN_EVENTS:
        first = event.first(today)
        start = first.strftime("%m-%d") if (first.month, first.day) != (2, 29) else "02-28"
        lines += [
            "[[event]]",
            f'name = "{event.name}"',
            f'start = "{start}"  # every year',
            f"days = {event.days}",
            f"aliases = {json.dumps(list(event.aliases))}",
            'regions = ["US"]',
            "",
        ]
    yield "events.toml", "\n".join(lines)


def planted(made: conversations.Made) -> dict[str, object]:
    """`planted.toml` with the conversations' ids filled in: `@intent` and `@wrong:name` stand for them."""

    def ids(names: list[str]) -> list[str]:
        found: list[str] = []
        for name in names:
            if name.startswith("@wrong:"):
                found += made.by_wrong[name.removeprefix("@wrong:")]
            elif name.startswith("@"):
                found += made.by_intent[name.removeprefix("@")]
            else:
                found.append(name)
        return found

    table = tomllib.loads(files("kbaudit.sample").joinpath("planted.toml").read_text(encoding="utf-8"))
    return {
        kind: [{**entry, "documents": ids(entry["documents"])} if "documents" in entry else entry for entry in entries]
        for kind, entries in table.items()
    }
