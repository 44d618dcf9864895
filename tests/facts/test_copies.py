"""One article that two sources read is one article; two articles that say the same are two."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kbaudit.facts.copies import linked
from kbaudit.model.document import Document
from kbaudit.model.record import ArticleRecord
from kbaudit.text.document import build
from kbaudit.text.identity import page_address

TEXT = "You may send lanterns back within 30 days. We pay the way home."
API = "https://lamps.zendesk.example/hc/en-us/articles/3600041-Sending-back"


def document(source: str, id: str, url: str | None, body: str = TEXT, **more: object) -> Document:
    record = ArticleRecord(
        id=id, title=str(more.pop("title", "Sending back")), body=body, body_kind="text", url=url, **more
    )  # type: ignore[arg-type]
    return build(record, source=source, locale="en-US", zone=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("https://a.example/help/x", "https://a.example/help/y", False),
        ("https://a.example/help/x", "https://b.example/help/x", False),
        ("https://a.example/help?id=1", "https://a.example/help?id=2", False),
        ("https://a.example:8080/x", "https://a.example/x", False),
        ("https://a.example/articles/123", "https://a.example/articles/124", False),
        ("https://a.example/articles/12345-Old-title", "https://a.example/articles/12346-Old-title", False),
        ("javascript:alert(1)", "javascript:alert(1)", False),
        ("", "", False),
        ("https://www.a.example/help/x/", "http://a.example/help/x", True),
        ("https://a.example/help/x#returns", "https://a.example/help/x?utm_source=mail", True),
        ("https://a.example/b/index.html", "https://a.example/b", True),
        ("https://a.example/caf%C3%A9", "https://a.example/café", True),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2", True),
        (API, "https://lamps.zendesk.example/hc/en-us/articles/3600041-Returns-and-refunds", True),
    ],
)
def test_which_addresses_are_one_pages(one: str, two: str, same: bool) -> None:
    assert (page_address(one) is not None and page_address(one) == page_address(two)) is same


PAGE = API.replace("-Sending-back", "")
OTHERS = {
    "two articles of one source": (document("desk", "1", API), document("desk", "2", PAGE)),
    "other addresses": (document("desk", "1", API), document("site", "a", "https://shop.example/returns")),
    "neither has an address": (document("one", "1", None), document("two", "a", None)),
    "another language": (document("desk", "1", API), document("site", "a", PAGE, locale="de")),
    "a macro": (document("desk", "1", API), document("saved", "a", PAGE, kind="macro")),
    "an export that says something else": (document("desk", "1", API), document("file", "a", None, TEXT + " Or 60.")),
    "an address that stands for many": (
        document("desk", "1", API),
        document("site", "a", PAGE),
        document("site", "b", PAGE, "Something else."),
    ),
    "an export of two that say the same": (
        document("desk", "1", API),
        document("desk", "2", API.replace("41", "42")),
        document("file", "a", None),
    ),
}


@pytest.mark.parametrize("documents", OTHERS.values(), ids=OTHERS)
def test_these_are_articles_of_their_own(documents: tuple[Document, ...]) -> None:
    assert linked(documents) == {}


NOW = datetime(2026, 4, 10, tzinfo=UTC)
COPIES = {
    "by address, and the one that knows more stands for both": (
        document("desk", "1", API, owner="ann", updated_at=NOW),
        document("site", "a", PAGE),
    ),
    "by address, whatever the texts": (
        document("desk", "1", API, updated_at=NOW),
        document("site", "a", PAGE, "Cached."),
    ),
    "as much known: the first name": (document("desk", "1", API), document("site", "a", PAGE)),
    "by content, where one has no address": (document("desk", "1", API), document("wiki", "a.md", None)),
}


@pytest.mark.parametrize("documents", COPIES.values(), ids=COPIES)
def test_these_are_one_article(documents: tuple[Document, ...]) -> None:
    first, copy = documents
    assert linked(documents) == linked(documents[::-1]) == {copy.ref: first.ref}


def test_three_readings_are_one_article() -> None:
    documents = (document("desk", "1", API), document("site", "a", PAGE), document("file", "x.md", None))
    assert linked(documents) == {("site", "a"): ("desk", "1"), ("file", "x.md"): ("desk", "1")}
