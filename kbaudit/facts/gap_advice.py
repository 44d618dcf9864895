"""What to do with a gap: where its answer may stand, whether to rename an article, and whether its day is over."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from kbaudit.facts.coverage import Passage, sample, sentences
from kbaudit.facts.gaps import Gap
from kbaudit.facts.seasons import finder_of
from kbaudit.model.document import Document
from kbaudit.model.event import Occurrence
from kbaudit.text.asks import essence
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

# An article whose nearest sentence is at least so near to the questions is on their subject.
NEAR = 0.6
# A sentence is about the asked thing from this share of the nearest sentence's nearness (to questions and replies) on;
# an article is, if this share of its sentences is.
ALIKE, MOST = 0.5, 0.5
# What this share of the questions names is what they are about.
NAMED = 0.4
# A gap is tied to a day that is over if so many of its questions were asked until then.
BEFORE = 0.8
_GONE = re.compile(
    r"\b(?:discontinued|no longer (?:sold|made|available|produced|in our range)|phased out|end of life)\b"
)


def home(snapshot: Snapshot, gap: Gap) -> Passage | None:
    """The live article in which the answer may stand: near by meaning, and not on a product that is no longer sold."""
    for passage in gap.nearest[:1]:
        if passage.near >= NEAR and gap.logit > 0 and not _discontinued(snapshot, passage.document):
            return passage
    return None


def _discontinued(snapshot: Snapshot, document: Document) -> bool:
    """Whether an article says that its thing is gone, or has in its title a product that the catalog says is gone."""
    if _GONE.search(fold(f"{document.title}\n{document.text}")):
        return True
    catalog = snapshot.fact("catalog")
    return any(
        all(catalog.products[at].availability == "discontinued" for at in mention.products)
        for mention in catalog.find(document.title)
    )


def mostly_about(snapshot: Snapshot, gap: Gap) -> bool:
    """Whether most of the answering article is about what is asked, so that its title may name it."""
    import numpy as np

    assert gap.article is not None
    document = gap.article.document
    told = [said for _, said in gap.agents.quotes[:3]] if gap.agents else []
    title = fold(document.title.strip())
    texts = [document.text[slice(*span)] for span in sentences(document)]
    texts = [text for text in texts if fold(text.strip()) != title]
    if len(texts) < 2:
        return True
    target = snapshot.vectors([essence(question.text) for question in sample(gap.questions)]).mean(axis=0)
    if told:
        target = target + snapshot.vectors(told).mean(axis=0)
    near = np.round(snapshot.vectors(texts) @ target, 4)
    return bool((near >= ALIKE * near.max()).mean() >= MOST)


def passed(snapshot: Snapshot, gap: Gap) -> Occurrence | None:
    """The event that the questions are about, if its last happening that they can mean is over."""
    calendar = snapshot.fact("calendar")
    finder = finder_of(calendar)
    counts: Counter[str] = Counter()
    last: date | None = None
    for question in gap.questions:
        counts.update({mention.event for mention in finder.find(question.text)})
        last = max(last, question.asked_at.date()) if last else question.asked_at.date()
    if not counts or last is None:
        return None
    name = min(counts, key=lambda event: (-counts[event], event))
    if counts[name] < NAMED * len(gap.questions):
        return None
    meant: Occurrence | None = calendar.closest(name, last)
    if meant is None or meant.end >= snapshot.today:
        return None
    # Who asks when it is over asks about another: a feast of like name, or the next one.
    before = sum(question.asked_at.date() <= meant.end for question in gap.questions)
    return meant if before >= BEFORE * len(gap.questions) else None
