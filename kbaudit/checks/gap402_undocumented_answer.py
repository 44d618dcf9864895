"""GAP402 undocumented-answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kbaudit.check import Check, Snapshot
from kbaudit.facts import gap_advice as advice
from kbaudit.facts import gap_report as report
from kbaudit.facts.gaps import Gap
from kbaudit.facts.titles import clip
from kbaudit.model.finding import Evidence, Finding, Ref, Severity
from kbaudit.text.replies import publishable


class UndocumentedAnswer(Check):
    """Human agents give the same answer again and again and no live article holds it.

    ## Why it matters

    The knowledge exists, but in people's heads and in old threads. The AI cannot say it, new agents do not know it, and
    every contact is paid by the minute.

    ## Flagged

    A group of questions that ask the same, where at least `min_replies` agents' replies say the same and no live
    article that answers customers says it: neither the questions nor the answer find one. A macro is no article: agents
    have it, customers and the AI do not.

    ## Not flagged

    Replies about one order ("it leaves tomorrow"), replies that differ from case to case, answers that stand in an
    article, even in other words.

    ## Fix

    Turn the agents' answer into an article: the outline names a title, the answer, and the questions that it must
    cover.
    """

    code = "GAP402"
    name = "undocumented-answer"
    severity: ClassVar[Severity] = "medium"
    needs: ClassVar[frozenset[str]] = frozenset({"conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_replies`: an answer given three times in the same words is a rule, not a favour."""

        min_replies: int = 3

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """A finding a cluster that agents answer alike and no article does."""
        for gap in snapshot.fact("gaps"):
            if gap.verdict == "undocumented" and gap.agents and len(gap.agents.quotes) >= self.options.min_replies:
                yield self._finding(snapshot, gap)

    def _finding(self, snapshot: Snapshot, gap: Gap) -> Finding:
        assert gap.agents is not None
        details = report.details(snapshot, gap)
        evidence: list[Evidence] = report.quotes(snapshot, gap)
        for question, _ in gap.agents.quotes[:2]:
            evidence.append(
                report.quote(question, question.agent_answer or "", question.agent_message, "what an agent answered")
            )
        said = list(dict.fromkeys(publishable(q.agent_answer or "") or text for q, text in gap.agents.quotes))
        title = gap.label
        outline = {
            "title": title,
            "answer": said[0],
            "also_said": said[1:3],
            "must_cover": details["questions"],
            "to_confirm": "Who approved this answer, for which products and regions it holds, and until when.",
        }
        label, replies = gap.label, len(gap.agents.quotes)
        home = advice.home(snapshot, gap)
        near = f" It may stand in “{home.document.title}” too." if home else ""
        return self.finding(
            subject={"cluster": gap.cluster.id, "label": label},
            key=(gap.cluster.id,),
            message=(
                f"Agents answered “{label}” alike in {replies} conversations, and no live article holds the answer."
                f"{report.over(details)}"
            ),
            documents=[*report.conversations(gap), *(Ref.to(passage.document) for passage in gap.nearest[:3])],
            evidence=evidence,
            suggestion=f"Publish the agents' answer as an article “{title}”: “{clip(said[0], 300)}”{near}",
            score=0.6 + 0.2 * min(replies / 8, 1.0) + 0.2 * gap.failed,
            impact=report.impact(snapshot, gap.questions),
            cause=str(details["cause"]),
            extra={**details, "agent_replies": replies, "outline": outline},
        )
