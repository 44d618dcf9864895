"""Does a sentence contradict a record? Only what the record decides by itself counts.

That is dates, ages, counts, amounts, who is what, colours and materials, "only" of one among several, what the record
holds and the sentence denies. What takes knowledge of the world is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kbaudit.facts import records_counts as counts
from kbaudit.facts import records_dates as dates
from kbaudit.facts import records_denials as denials
from kbaudit.facts import records_places as places
from kbaudit.facts import records_values as values
from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import Contradiction
from kbaudit.facts.support_text import Sentence, sentence


def contradiction(claim: str, record: Sequence[Attribute]) -> Contradiction | None:
    """The first thing that the record contradicts, surest kinds first."""
    if not record:
        return None
    read = sentence(claim)
    checks: tuple[Callable[[Sentence, Sequence[Attribute]], Contradiction | None], ...] = (
        dates.dates, dates.bounded, dates.ages, counts.counts, counts.bounded_counts, counts.amounts, counts.bounds,
        counts.compared, values.roles, values.same, values.classes, values.only, dates.ended, dates.unbroken,
        denials.members, denials.keys, denials.booleans, denials.opposed, denials.gender, places.origin, places.nation,
        places.alike,
    )  # fmt: skip
    for check in checks:
        found = check(read, record)
        if found is not None:
            return found
    return None
