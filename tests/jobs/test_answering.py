"""What the worker answers at once, over a real snapshot with the real model."""

from __future__ import annotations

import pytest

from kbaudit.jobs.answering import Answering
from kbaudit.snapshot import BaseSnapshot
from kbaudit.testing import snapshot_of

pytestmark = pytest.mark.model
ARTICLES = [
    {"id": "returns", "title": "Returns", "body_text": "You can return unused goods within 30 days of delivery."}
]


def test_after_the_warm_up_a_check_makes_nothing_anew_until_the_store_changes() -> None:
    made: list[BaseSnapshot] = []
    versions = [1]

    def make() -> BaseSnapshot:
        made.append(snapshot_of(articles=ARTICLES, as_of="2026-04-10"))
        return made[-1]

    answering = Answering(make, lambda: versions[-1])
    answering.warm()
    assert len(made) == 1
    assert not answering.wanted
    asked = {"question": "How long can I return it?", "answer": "You can return unused goods within 60 days."}
    claims = answering.answer("check-answer", asked)["claims"]
    assert [(claim["verdict"], claim["document"]) for claim in claims] == [("contradicted", "returns")]
    assert answering.wanted
    assert len(made) == 1
    versions.append(2)
    answering.answer("check-answer", asked)
    assert len(made) == 2
