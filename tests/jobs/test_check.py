"""The one-shot audit: what its cache spares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbaudit.check import Snapshot
from kbaudit.config import Settings
from kbaudit.facts import claims
from kbaudit.jobs.check import Request, check
from kbaudit.model.claim import Claim
from kbaudit.model.document import Document


def test_claims_of_unchanged_articles_are_never_extracted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[str] = []

    def counted(document: Document, snapshot: Snapshot) -> tuple[Claim, ...]:
        read_again.append(document.id)
        return read(document, snapshot)

    read = claims.read
    monkeypatch.setattr(claims, "read", counted)
    rows = [
        {
            "id": f"a{number}",
            "title": "Returns",
            "section": f"s{number}",
            "body_text": f"Return it within {number} days.",
        }
        for number in range(20, 30)
    ]
    path = tmp_path / "articles.jsonl"

    def run() -> list[str]:
        read_again.clear()
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        check(Request(articles=[str(path)], select=["CON"], cache=tmp_path / "cache"), Settings())
        return sorted(read_again)

    assert run() == [row["id"] for row in rows]
    assert run() == []
    rows[3]["body_text"] = "Return it within a fortnight."
    assert run() == [rows[3]["id"]]
