"""Sources that are titles: which article they mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kbaudit.facts.citations import by_id
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.document import Document


def article(id_, title, locale="en"):
    url = f"https://help.example/{id_}"
    return Document(id=id_, source="help", kind="article", title=title, text=title, blocks=(), url=url, locale=locale)


DOCUMENTS = [
    article("1", "Returns"),
    article("2", "Delivery"),
    article("2/fr", "Delivery", "fr"),
    article("3", "Gift cards"),
    article("4", "Gift cards"),
    article("5", "1"),
]


@pytest.mark.parametrize(
    ("source", "locale", "meant"),
    [
        ("1", None, "1"),
        ("help/2", None, "help/2"),
        ("https://help.example/3", None, "https://help.example/3"),
        ("Returns", None, "1"),
        (" returns ", "de", "1"),
        ("Delivery", "fr-CA", "2/fr"),
        ("Delivery", "en", "2"),
        ("Delivery", None, "Delivery"),
        ("Gift cards", "en", "Gift cards"),
        ("Something that went away", "en", "Something that went away"),
    ],
)
def test_a_title_means_the_one_article_that_has_it(source, locale, meant):
    said = Message(role="ai", text="You have 30 days.", sources=(source,))
    talk = Conversation(
        id="c", source="chats", started_at=datetime(2026, 3, 1, tzinfo=UTC), messages=(said,), locale=locale
    )
    (found,) = by_id([talk], DOCUMENTS)
    assert found.messages[0].sources == (meant,)
