"""Why a cluster of questions stays unanswered, as far as the data show it, and what has drifted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kbaudit.facts.gaps import Gap
from kbaudit.facts.labels import STOP
from kbaudit.model.question import Question
from kbaudit.text.asks import content
from kbaudit.text.stem import fold

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

MOST = 0.5
# A change shows only where both sides of it hold this many questions.
ENOUGH = 3
NEW_WITHIN = 1 / 3
LONG_ENOUGH = timedelta(weeks=4)
_ACT = re.compile(
    r"\b(?:(?:please |can you |could you |i (?:want|need) (?:you )?to |i'd like to )(?:\w+ )?(?:cancel|change"
    r"|update|correct|resend|refund|reset|delete|close|remove|merge|reactivate)"
    r"|(?:cancel|change|update|resend|refund|delete|close|reset) my|bitte (?:\w+ )*(?:stornier|ander|losch)\w*"
    r"|(?:annulez|modifiez|supprimez|remboursez)|(?:cancelen?|cambien?|borren?|reembolsen?)) "
)
_STOCK = re.compile(
    r"\b(?:in stock|out of stock|sold out|restock\w*|back in stock|available in|what (?:size|colou?r|material)s?"
    r"|which (?:size|colou?r)s?|made of|how (?:heavy|big|tall|wide|long is the)|dimensions?|weigh\w*|waterproof"
    r"|compatib\w+|price of|how much (?:is|does) the"
    r"|auf lager|ausverkauft|lieferbar|welche (?:grosse|farbe)|aus welchem material|wie (?:schwer|gross)|en stock"
    r"|rupture|quelle (?:taille|couleur)|disponible en|agotad[oa]|que (?:talla|color)|de que material)\b"
)


def cause(snapshot: Snapshot, gap: Gap) -> str:
    """One of missing article, hidden article, wrong article, catalog data, process."""
    if gap.verdict == "hidden":
        return "hidden article"
    questions = gap.questions
    if gap.verdict == "unanswered":
        if _share(questions, lambda q: "cited" in q.signals and q.answered is False) >= MOST:
            return "wrong article"
        if _share(questions, lambda q: _ACT.search(fold(q.text) + " ") is not None) >= MOST:
            return "process"
        if snapshot.products and _share(questions, lambda q: _about_a_product(snapshot, q)) >= MOST:
            return "catalog data"
    return "missing article"


def drift(snapshot: Snapshot, gap: Gap) -> str | None:
    """language changed, policy changed or prompt brittle, where the data show it; else None."""
    prompts = {conversation.ref: conversation.prompt_version for conversation in snapshot.conversations}
    by_prompt: dict[str, list[Question]] = {}
    everybody = (*gap.cluster.questions, *gap.served)
    for question in everybody:
        version = prompts.get(question.conversation)
        if version:
            by_prompt.setdefault(version, []).append(question)
    shares = sorted(_share(group, _failed) for group in by_prompt.values() if len(group) >= ENOUGH)
    if len(shares) > 1 and shares[0] <= 0.25 and shares[-1] >= 0.6:
        return "prompt brittle"
    times = sorted(question.asked_at for question in snapshot.questions)
    first = min(question.asked_at for question in gap.questions)
    if any(_turned(everybody, changed) for changed in _edits(snapshot, gap) if times[0] < changed < times[-1]):
        return "policy changed"
    span = times[-1] - times[0]
    if span >= LONG_ENOUGH and first >= times[-1] - span * NEW_WITHIN and gap.nearest and new_words(snapshot, gap):
        return "language changed"
    return None


def _edits(snapshot: Snapshot, gap: Gap) -> list[datetime]:
    """When the articles were edited that come nearest, or that the AI cited to those whom it served."""
    cited = {source for question in gap.served for source in question.sources}
    documents = [passage.document for passage in gap.nearest[:3]]
    documents += [document for document in snapshot.answers if {document.id, document.url, document.title} & cited]
    return sorted({document.edited_at for document in documents if document.edited_at is not None})


def _turned(questions: Sequence[Question], changed: datetime) -> bool:
    """Whether the questions were answered before that moment and are not since."""
    before = [question for question in questions if question.asked_at < changed]
    after = [question for question in questions if question.asked_at >= changed]
    enough = len(before) >= ENOUGH and len(after) >= ENOUGH
    return enough and _share(before, _failed) <= 0.25 and _share(after, _failed) >= 0.6


def new_words(snapshot: Snapshot, gap: Gap) -> list[str]:
    """Words that a third of the questions use and no live article does, the commonest first."""
    known: frozenset[str] = snapshot.fact("vocabulary")
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for question in gap.questions:
        for word in sorted(content(question.text)):
            counts[word] = counts.get(word, 0) + 1
        for token in re.findall(r"[^\W\d_]{3,}", question.text):
            for word in content(token):
                shown.setdefault(word, token.lower())
    least = max(2.0, len(gap.questions) / 3)
    found = [w for w, n in counts.items() if n >= least and w not in known and w in shown and shown[w] not in STOP]
    return [shown[word] for word in sorted(found, key=lambda word: (-counts[word], word))]


def vocabulary(snapshot: Snapshot) -> frozenset[str]:
    """Base fact "vocabulary": stems of all words of the articles that answer customers."""
    known: set[str] = set()
    for document in snapshot.answers:
        known |= content(document.text)
    return frozenset(known)


def _about_a_product(snapshot: Snapshot, question: Question) -> bool:
    return bool(question.product_ids) or _STOCK.search(fold(question.text)) is not None


def _failed(question: Question) -> bool:
    return question.answered is False


def _share(questions: Sequence[Question], test: Callable[[Question], bool]) -> float:
    return sum(test(question) for question in questions) / len(questions) if questions else 0.0
