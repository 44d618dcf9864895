"""What a gap looks like to a reader: volume, trend, cost, questions, nearest articles; and the row of `GET /gaps`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kbaudit.facts.gap_advice import passed
from kbaudit.facts.gap_cause import cause, drift, new_words
from kbaudit.facts.gap_words import beside, why_not
from kbaudit.facts.gaps import Gap
from kbaudit.model.finding import Evidence, Finding, Impact, Ref
from kbaudit.model.question import Question

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

WEEK = timedelta(days=7)
WEEKS = 12
# A change of volume is a trend if chance makes one so large so seldom, from this factor on; over fewer weeks, or of
# fewer questions, none can be seen. Many gaps are looked at, so one in a hundred.
CHANCE, FACTOR = 0.01, 1.5
LEAST_WEEKS, LEAST_ASKED = 4, 8
EXACT = 500
NEAREST = 3


def conversations(gap: Gap) -> list[Ref]:
    """Every conversation of the gap, those that show it best first, then those where the shop failed."""
    first = [question.conversation for question in gap.shown]
    worse = [question.conversation for question in gap.questions if question.answered is False]
    rest = [question.conversation for question in gap.questions]
    return [Ref(source, id_, kind="conversation") for source, id_ in dict.fromkeys([*first, *worse, *rest])]


def quotes(snapshot: Snapshot, gap: Gap) -> list[Evidence]:
    """The three questions as evidence, literally as they stand in their (redacted) messages."""
    chosen = gap.shown
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
    """Counts of the last weeks, oldest first, and the trend (`trend`)."""
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
    talks = Counter(int((end - time) / WEEK) for time in times)
    return rows, trend(counts, talks)


def trend(counts: Mapping[int, int], talks: Mapping[int, int]) -> str:
    """new, growing, shrinking, steady, or "too early to say", from questions and conversations by weeks back.

    Two Poisson rates are compared, questions for each conversation in the earlier and in the later half of the weeks
    that were seen: given their sum, the later count is binomial (Przyborowski and Wilenski 1940). A change is called
    one if it is that unlikely by chance (`CHANCE`, two-sided) and of `FACTOR` at least."""
    seen = sorted(talks)
    total = sum(counts.values())
    if len(seen) < LEAST_WEEKS or total < LEAST_ASKED:
        return "too early to say"
    middle = seen[(len(seen) - 1) // 2]
    late = sum(number for back, number in counts.items() if back <= middle)
    early = total - late
    share = sum(number for back, number in talks.items() if back <= middle) / sum(talks.values())
    if not 0 < share < 1:
        return "too early to say"
    more, fewer = (late * (1 - share), early * share) if late >= total * share else (early * share, late * (1 - share))
    tail = _tail(late, total, share) if late >= total * share else _tail(early, total, 1 - share)
    if 2 * tail > CHANCE or more < FACTOR * fewer:
        return "steady"
    if late >= total * share:
        return "growing" if early else "new"
    return "shrinking"


def _tail(count: int, total: int, share: float) -> float:
    """The chance that a binomial count is so large or larger; of many, by the normal curve."""
    if total > EXACT:
        return math.erfc((count - 0.5 - total * share) / math.sqrt(2 * total * share * (1 - share))) / 2
    return sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))


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
        for passage in beside(gap)[:NEAREST]
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
        "questions": [question.text for question in gap.shown],
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


def period(snapshot: Snapshot) -> str:
    """The time that the conversations cover, as `Impact.per_week` counts it: "on one day", "in 8 weeks"."""
    times = [conversation.started_at for conversation in snapshot.conversations]
    days = (max(times) - min(times)).days + 1
    if days <= 1:
        return "on one day"
    return f"in {days} days" if days < 14 else f"in {round(snapshot.weeks)} weeks"


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
        "questions": list(extra.get("questions", ()))[:3],  # type: ignore[call-overload]
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
