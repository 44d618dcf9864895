# ruff: noqa: E501 - patterns stand on one line each
"""CON203: a translation states another value than its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import conflicts_words as words
from kbaudit.model.finding import Finding, Ref


class TranslationDrift(Check):
    """A translation states a value that its source does not state.

    ## Why it matters
    Sources are edited, translations are forgotten: customers of one language are promised what no longer holds.

    ## Flagged
    A window, a time, a fee or a threshold in a translation (linked by `translation_of`) for which the source states
    other values only; on pages of the same structure also any single amount that differs.

    ## Not flagged
    Equal values in other units or words, amounts in another currency, what the translation leaves out or adds.

    ## Fix
    Bring the translation up to date with its source, or the source with the translation where that is the newer one.
    """

    code = "CON203"
    name = "translation-drift"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        least_score: float = 0.5
        """Conflicts with less confidence are not reported: below it, more than one in three would be wrong."""

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding per translation and policy."""
        for conflict in snapshot.fact("conflicts"):
            if conflict.kind != "translation" or conflict.score < self.options.least_score:
                continue
            ours, theirs = conflict.sides
            source, translation = snapshot.document(ours.statements[0].ref), snapshot.document(theirs.statements[0].ref)
            if source is None or translation is None:
                continue
            sentence = translation.text[slice(*theirs.statements[0].span)]
            yield self.finding(
                subject={
                    "policy": conflict.policy,
                    "values": [ours.value, theirs.value],
                    "locales": [source.locale, translation.locale],
                },
                key=(conflict.policy, *(f"{ref[0]}:{ref[1]}" for ref in (translation.ref, source.ref))),
                message=f"The {translation.locale} translation “{translation.title}” says {theirs.value} for {words.named(conflict)} where its source “{source.title}” says {ours.value}.",
                documents=[Ref.to(translation), Ref.to(source)],
                evidence=words.evidence((ours, theirs), snapshot),
                suggestion=f"In “{translation.title}” change “{sentence}” to say {ours.value}"
                + (
                    f": {conflict.why}."
                    if conflict.why
                    else "; but the translation was edited later than its source, so check first that the source is not the one out of date."
                ),
                score=conflict.score,
                impact=snapshot.touching([source, translation]),
            )
