from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from kbaudit.check import Check, Snapshot
from kbaudit.jobs.run import option_problems
from kbaudit.model.finding import Finding


class Some(Check):
    """A rule with options of every kind."""

    code = "XXX101"

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        days: int = 30
        share: float = 0.5
        strict: bool = False
        words: tuple[str, ...] = ()
        limit: int | None = None

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        yield from ()


def test_options_of_their_kind_are_fine() -> None:
    given = {"days": 3, "share": 1, "strict": True, "words": ["a"], "limit": 4}
    assert option_problems(Some, given) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dyas": 3}, 'config/rules.toml [XXX101]: unknown key "dyas". Did you mean "days"?'),
        ({"days": "3"}, "config/rules.toml [XXX101]: \"days\" is '3', which is not of the kind of its default, 30."),
        ({"days": True}, 'config/rules.toml [XXX101]: "days" is True, which is not of the kind of its default, 30.'),
        ({"days": 3.5}, 'config/rules.toml [XXX101]: "days" is 3.5, which is not of the kind of its default, 30.'),
        ({"strict": 1}, 'config/rules.toml [XXX101]: "strict" is 1, which is not of the kind of its default, False.'),
    ],
)
def test_an_option_that_is_wrong_is_named(options: dict[str, object], said: str) -> None:
    assert option_problems(Some, options) == [said]
