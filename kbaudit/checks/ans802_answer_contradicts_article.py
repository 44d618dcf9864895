"""ANS802."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import answers_evidence as shown
from kbaudit.model.finding import Finding


class AnswerContradictsArticle(Check):
    """An AI answer contradicts an article.

    ## Why it matters
    Two versions of the same promise are out: the one that the shop published and the one that the customer was given.

    ## Flagged
    A sentence of an AI answer that an article which it cites, or which retrieval finds for it, says otherwise: another
    value of the same policy, another figure, another name, a denial on one side only, or the opposite word at the same
    place.

    ## Not flagged
    A statement that another live article bears out; a value inside the article's range; rounding; statements about one
    order; articles that are not live.

    ## Fix
    If the article is right, find out what the assistant answered from (an old copy, another article, its instructions)
    and correct that. If the answer is right, correct the article.
    """

    code = "ANS802"
    name = "answer-contradicts-article"
    severity = "high"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # Below this the tool is not sure enough for a finding of this severity.
        min_score: float = 0.6

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding a conversation."""
        for conversation, found in shown.by_conversation(snapshot, self.code):
            wrong = [judged for judged in found if judged.score >= self.options.min_score]
            if not wrong:
                continue
            first = wrong[0]
            assert first.document is not None and first.passage is not None
            title = first.document.title
            says = first.document.text[slice(*first.passage)]
            late = shown.changed_since(conversation, wrong)
            yield self.finding(
                subject={"claim": first.claim, "kind": shown.kinds(wrong)},
                key=conversation.ref,
                message=(
                    f'The AI told a customer "{_short(first.claim)}", but the article "{title}" says "{_short(says)}".'
                ),
                documents=[shown.ref(conversation), *shown.others(wrong)],
                evidence=shown.evidence(conversation, wrong),
                suggestion=(
                    f'The article was edited after this answer: make sure that the assistant reads "{title}" anew.'
                    if late
                    else f'Have the assistant answer from "{title}"; if the answer is what holds, correct the article.'
                ),
                score=shown.score(wrong),
                impact=shown.impact(conversation),
                cause="policy changed" if late else "bot" if first.cited else "wrong article",
            )


def _short(text: str, limit: int = 140) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
