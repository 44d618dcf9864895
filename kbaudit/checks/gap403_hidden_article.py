"""GAP403 hidden-article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kbaudit.check import Check, Snapshot
from kbaudit.facts import gap_advice as advice
from kbaudit.facts import gap_report as report
from kbaudit.facts.coverage import told_apart
from kbaudit.facts.gaps import Gap
from kbaudit.model.finding import Evidence, Finding, Ref, Severity


class HiddenArticle(Check):
    """An article answers the question but retrieval does not find it in the customers' words.

    ## Why it matters

    The work was done, and nobody profits from it: the AI says that it has no information, and the next author writes
    the same article a second time.

    ## Flagged

    A group of questions and an article that holds their answer (agents answer with what it says, or one of its passages
    answers in other words), where most of the questions do not find it among the first three articles, or where the
    shop's own AI, which says what it cites, had nothing and did not cite it.

    ## Not flagged

    Articles that stand among the first three: a bot that does not use them has another fault. Topics that are answered
    well anyway.

    ## Fix

    Say it in the customers' words: put the words that they use and the article does not into its title and its first
    sentence. Do not write a second article.
    """

    code = "GAP403"
    name = "hidden-article"
    severity: ClassVar[Severity] = "medium"
    needs: ClassVar[frozenset[str]] = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_conversations`: as for GAP401."""

        min_conversations: int = 3

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """A finding an article and cluster."""
        for gap in snapshot.fact("gaps"):
            if gap.verdict == "hidden" and len(gap.conversations) >= self.options.min_conversations:
                yield self._finding(snapshot, gap)

    def _finding(self, snapshot: Snapshot, gap: Gap) -> Finding:
        assert gap.article is not None
        document = gap.article.document
        details = report.details(snapshot, gap)
        passage = Evidence.of(document, *gap.article.span, note="the passage that answers", side="article")
        evidence: list[Evidence] = [*report.quotes(snapshot, gap), passage]
        if gap.agents is not None:
            question, _ = gap.agents.quotes[0]
            evidence.append(
                report.quote(question, question.agent_answer or "", question.agent_message, "what an agent answered")
            )
        label = gap.label
        words = told_apart([word.spoken for word in gap.core], document)[:5]
        said = f" Customers say {', '.join(f'“{word}”' for word in words)}; the article does not." if words else ""
        if advice.mostly_about(snapshot, gap):
            fix = f"Rename “{document.title}” in the customers' words, for example “{label}”"
        else:
            fix = f"Give the passage in “{document.title}” a heading of its own, for example “{label}”"
        return self.finding(
            subject={"cluster": gap.cluster.id, "label": label},
            key=(gap.cluster.id, *document.ref),
            message=(
                f"“{document.title}” answers what customers ask about “{label}”, but most of their "
                f"{len(gap.questions)} "
                "questions do not find it."
                f"{report.over(details)}"
            ),
            documents=[Ref.to(document), *report.conversations(gap)],
            evidence=evidence,
            suggestion=f"{fix}, and open it with the sentence that answers.{said}",
            score=0.55 + 0.25 * gap.failed + 0.1 * (gap.agents is not None) + 0.1 * min(gap.article.near, 1.0),
            impact=report.impact(snapshot, gap.questions),
            cause=str(details["cause"]),
            extra={**details, "article": {"source": document.source, "id": document.id, "title": document.title}},
        )
