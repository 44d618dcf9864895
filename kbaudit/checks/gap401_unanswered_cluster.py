"""GAP401 unanswered-cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kbaudit.check import Check, Snapshot
from kbaudit.facts import gap_report as report
from kbaudit.facts.gap_words import beside, why_not
from kbaudit.facts.gaps import Gap
from kbaudit.facts.titles import clip
from kbaudit.model.finding import Evidence, Finding, Ref, Severity


class UnansweredCluster(Check):
    """Customers keep asking something that no live article answers.

    ## Why it matters

    A bot can only say what stands somewhere. Where nothing is written it admits so, hands over, or invents; every
    further customer with the same question costs the same contact again.

    ## Flagged

    A group of questions that ask the same, from at least `min_conversations` conversations, whose texts no live article
    answers. What the AI settled is grouped apart, so a small ask is not lost beside a popular one. Three things are
    weighed together: how far the best article stands out of what retrieval finds for these
    questions, how near its best sentence is, and what came of the conversations (the AI said that it has no
    information, handed over, was asked again, left the case unresolved). Volume alone decides nothing: three
    conversations in ten thousand are shown, with their share.

    ## Not flagged

    Greetings, thanks, calls for a human, requests about one order that no article could answer. Topics that an article
    answers, however often they are asked. Topics that the AI answers well. Questions whose article exists but is not
    found (GAP403), or was found and not used (a fault of the bot). Questions that agents answer alike (GAP402). What
    nobody has asked for 60 days. Where nothing is known of outcomes: a brand or a thing within an answered ask, and
    questions that have nothing but a thing in common.

    ## Fix

    Write the missing article in the customers' words: the three questions shown are its headings. If the nearest
    article is the right place, add the answer there; where one lists the question without answering it, it is. The
    cause says whether it is a text that is missing or data or a process that the text would only describe.
    """

    code = "GAP401"
    name = "unanswered-cluster"
    severity: ClassVar[Severity] = "high"
    needs: ClassVar[frozenset[str]] = frozenset({"conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """`min_conversations`: two customers may be chance, three with the same unanswered question are a pattern.
        `min_share`: share of all conversations in percent; 0 because small patterns are the ones nobody sees."""

        min_conversations: int = 3
        min_share: float = 0.0

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """A finding a cluster that no article answers."""
        for gap in snapshot.fact("gaps"):
            members = len(gap.conversations)
            share = 100 * members / max(1, len(snapshot.conversations))
            if (
                gap.verdict == "unanswered"
                and members >= self.options.min_conversations
                and share >= self.options.min_share
            ):
                yield self._finding(snapshot, gap)

    def _finding(self, snapshot: Snapshot, gap: Gap) -> Finding:
        details = report.details(snapshot, gap)
        evidence: list[Evidence] = report.quotes(snapshot, gap)
        for passage in beside(gap)[:1]:
            evidence.append(
                Evidence.of(passage.document, *passage.span, note=f"the nearest passage. {why_not(gap, passage)}")
            )
        label, count, members = gap.label, len(gap.questions), details["conversations"]
        asked = "Once" if count == 1 else f"{count} times"
        message = (
            f"{asked} {report.period(snapshot)} customers asked about “{label}” ({details['share']} % of "
            f"conversations), and "
            f"no live article answers it.{report.over(details)}"
        )
        return self.finding(
            subject={"cluster": gap.cluster.id, "label": label},
            key=(gap.cluster.id,),
            message=message,
            documents=[*report.conversations(gap), *(Ref.to(passage.document) for passage in gap.nearest[:3])],
            evidence=evidence,
            suggestion=_suggestion(gap, details),
            score=_score(gap, members),
            impact=report.impact(snapshot, gap.questions),
            cause=str(details["cause"]),
            extra=details,
        )


def _suggestion(gap: Gap, details: dict[str, object]) -> str:
    questions = [clip(str(text), 120) for text in details["questions"]]  # type: ignore[attr-defined]
    asked = "; ".join(f"“{text}”" for text in questions)
    match details["cause"]:
        case "wrong article":
            return f"The AI answers this from an article about something else. Write an article that answers {asked}."
        case "process":
            return (
                "Customers want something done: say in an article whether and how it can be done, or give the AI the "
                f"action. It should answer {asked}."
            )
        case "catalog data":
            return (
                "Customers ask for facts about products: add them to the catalog, where the AI can read them, or to "
                f"the product's article. They ask {asked}."
            )
    if gap.named is not None:
        return (
            f"Complete “{gap.named.document.title}”: it names the question and holds no answer. Customers ask {asked}."
        )
    return f"Write an article, for example “{gap.label}”, that answers {asked}."


def _score(gap: Gap, members: int) -> float:
    """Sure where the AI itself said that it has nothing, where many ask, and where no article comes near."""
    distance = min(max((-gap.logit + 0.6) / 2.5, 0.0), 1.0)
    return 0.5 + 0.2 * distance + 0.2 * gap.failed + 0.1 * min(members / 10, 1.0)
