"""What a gap looks like to a reader: volume, trend, cost, questions, nearest articles; and the row of `GET /gaps`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kbaudit.facts.gap_advice import passed
from kbaudit.facts.gap_cause import cause, drift, new_words
from kbaudit.facts.gap_words import why_not
from kbaudit.facts.gaps import Gap
from kbaudit.model.finding import Evidence, Finding, Impact, Ref
from kbaudit.model.question import Question

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

WEEK = timedelta(days=7)
WEEKS = 12
# A change of volume is called a trend from this factor on, between the halves of the time that was seen.
FACTOR = 1.5
QUESTIONS = 3
NEAREST = 3


def representatives(gap: Gap) -> list[Question]:
    """Three questions that show the gap, from different conversations where there are enough of them."""
    found: list[Question] = []
    failed = [question for question in gap.questions if question.answered is False]
    for question in [*(q for q in gap.shown if q.answered is not True), *failed, *gap.questions]:
        if all(question.conversation != other.conversation and question.text != other.text for other in found):
            found.append(question)
        if len(found) == QUESTIONS:
            return found
    for question in gap.questions:
        if len(found) < QUESTIONS and all(question.conversation != other.conversation for other in found):
            found.append(question)
    return found


def conversations(gap: Gap) -> list[Ref]:
    """Every conversation of the gap, those that show it best first, then those where the shop failed."""
    first = [question.conversation for question in representatives(gap)]
    worse = [question.conversation for question in gap.questions if question.answered is False]
    rest = [question.conversation for question in gap.questions]
    return [Ref(source, id_, kind="conversation") for source, id_ in dict.fromkeys([*first, *worse, *rest])]


def quotes(snapshot: Snapshot, gap: Gap) -> list[Evidence]:
    """The three questions as evidence, literally as they stand in their (redacted) messages."""
    chosen = representatives(gap)
    wanted = {question.conversation for question in chosen}
    said = {item.ref: item.messages for item in snapshot.conversations if item.ref in wanted}
    found = []
    for question in chosen:
        whole = said[question.conversation][question.message].text if question.conversation in said else question.text
        text = question.text if question.text in whole else whole
        found.append(quote(question, text, question.message, "a question"))
    return found


def quote(question: Question, text: str, message: int | None, note: str) -> Evidence:
    """A quotation from a question's conversation."""
    return Evidence(ref=Ref(*question.conversation, kind="conversation"), quote=text, message=message, note=note)


def impact(snapshot: Snapshot, questions: Sequence[Question]) -> Impact:
    """How many questions, and how many a week over the time that the conversations cover."""
    return Impact(len(questions), round(len(questions) / snapshot.weeks, 1))


def per_week(snapshot: Snapshot, questions: Sequence[Question]) -> tuple[list[dict[str, Any]], str]:
    """Counts of the last weeks, oldest first, and the trend: new, growing, steady or shrinking."""
    times = [conversation.started_at for conversation in snapshot.conversations]
    end, begin = max(times), min(times)
    counts: Counter[int] = Counter()
    for question in questions:
        counts[int((end - min(question.asked_at, end)) / WEEK)] += 1
    number = min(WEEKS, int((end - begin) / WEEK) + 1)
    rows = [
        {
            "from": (end - WEEK * (back + 1)).date().isoformat(),
            "to": (end - WEEK * back).date().isoformat(),
            "count": counts[back],
        }
        for back in range(number - 1, -1, -1)
    ]
    seen = sorted({int((end - time) / WEEK) for time in times})
    if len(seen) < 4 or len(questions) < 4:
        return rows, "steady"
    # The halves have equally many weeks in which there were conversations at all.
    middle = seen[(len(seen) - 1) // 2]
    late = sum(number for back, number in counts.items() if back <= middle)
    early = len(questions) - late
    if early == 0:
        return rows, "new"
    if late >= FACTOR * early:
        return rows, "growing"
    return rows, "shrinking" if early >= FACTOR * late else "steady"


def nearest(gap: Gap) -> list[dict[str, Any]]:
    """The articles that come nearest and why they are not the answer."""
    return [
        {
            "source": passage.document.source,
            "id": passage.document.id,
            "title": passage.document.title,
            "url": passage.document.url,
            "passage": passage.document.text[slice(*passage.span)],
            "similarity": round(passage.near, 2),
            "why_not": why_not(gap, passage),
        }
        for passage in gap.nearest[:NEAREST]
    ]


def details(snapshot: Snapshot, gap: Gap) -> dict[str, Any]:
    """Everything that a reader may want to know, for `Finding.extra`."""
    questions = gap.questions
    weeks, trend = per_week(snapshot, questions)
    event = passed(snapshot, gap)
    members = {question.conversation for question in questions}
    seconds = [c.handle_seconds for c in snapshot.conversations if c.ref in members and c.handle_seconds]
    channels = Counter(question.channel for question in questions if question.channel)
    products = Counter(product for question in questions for product in question.product_ids)
    return {
        "count": len(questions),
        "conversations": len(members),
        "share": round(100 * len(members) / max(1, len(snapshot.conversations)), 1),
        "per_week": weeks,
        "trend": "over" if event else trend,
        "event_over": {"event": event.event, "end": event.end.isoformat()} if event else None,
        "first_seen": min(question.asked_at for question in questions).isoformat(),
        "last_seen": max(question.asked_at for question in questions).isoformat(),
        "questions": [question.text for question in representatives(gap)],
        "nearest": nearest(gap),
        "channels": dict(sorted(channels.items(), key=lambda item: (-item[1], item[0]))),
        "products": [product for product, _ in sorted(products.items(), key=lambda item: (-item[1], item[0]))[:10]],
        "handling_minutes": round(sum(seconds) / 60, 1) if seconds else None,
        "failed": round(gap.failed, 2),
        "cause": cause(snapshot, gap),
        "drift": drift(snapshot, gap),
        "new_words": new_words(snapshot, gap)[:5],
        "merged_from": list(gap.cluster.merged_from),
        "split_from": gap.cluster.split_from,
    }


def over(details_: Mapping[str, Any]) -> str:
    """A sentence where the gap is tied to an event that has passed, else nothing."""
    event = details_["event_over"]
    if not event:
        return ""
    return (
        f" It is tied to {event['event']}, which was over on {event['end']}: write the answer for the next time, "
        "not for this one."
    )


def period(details_: Mapping[str, Any]) -> str:
    """How long customers have been asking: "on one day", "in 8 weeks"."""
    first, last = (datetime.fromisoformat(str(details_[key])) for key in ("first_seen", "last_seen"))
    days = (last - first).days + 1
    if days <= 1:
        return "on one day"
    return f"in {days} days" if days < 14 else f"in {round(days / 7)} weeks"


def row(finding: Finding, status: str = "open") -> dict[str, Any]:
    """A gap finding as `GET /gaps` gives it."""
    extra = finding.extra
    return {
        "id": finding.subject["cluster"],
        "rule": finding.rule,
        "label": finding.subject["label"],
        "status": status,
        "count": finding.impact.questions,
        "per_week": finding.impact.per_week,
        "first_seen": extra.get("first_seen"),
        "last_seen": extra.get("last_seen"),
        "questions": list(extra.get("questions", ()))[:QUESTIONS],  # type: ignore[call-overload]
        "nearest": [
            {key: item[key] for key in ("source", "id", "title", "url")}
            for item in extra.get("nearest", ())  # type: ignore[attr-defined]
        ],
        "because": list(finding.because),
        "cause": finding.cause,
        "trend": extra.get("trend"),
        "share": extra.get("share"),
        "handling_minutes": extra.get("handling_minutes"),
        "fingerprint": finding.fingerprint,
    }


def rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The gap report: every gap, the most asked first."""
    gaps = [row(finding) for finding in findings if finding.rule.startswith("GAP")]
    return sorted(gaps, key=lambda item: (-item["count"], item["rule"], str(item["id"])))
