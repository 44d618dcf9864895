"""Every way of saying a policy in `policy_phrases.yaml` is read as that policy."""

from __future__ import annotations

from pathlib import Path

import yaml

from kbaudit.testing import snapshot_of

PHRASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("policy_phrases.yaml").read_text("utf-8"))


def test_every_phrase_is_read_as_its_policy() -> None:
    wanted = {
        f"{policy}-{number}": (policy, phrase)
        for policy, phrases in PHRASES.items()
        for number, phrase in enumerate(phrases)
    }
    articles = [
        {"id": key, "title": phrase.partition(" | ")[0], "body_markdown": phrase.partition(" | ")[2]}
        for key, (_, phrase) in wanted.items()
    ]
    snapshot = snapshot_of(articles=articles, as_of="2026-06-01")
    missed = [
        f"{policy}: {phrase}"
        for document in snapshot.live
        for policy, phrase in [wanted[document.id]]
        if policy not in {claim.policy for claim in snapshot.about("claims", document)}
    ]
    assert missed == []
