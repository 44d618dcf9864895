"""Near-identical sentences that say something else: the path for policies that no table knows.

Candidates come from an inverted index over the rarest words of each sentence (digits masked), so the cost grows with
the number of sentences, not of pairs. What a difference means is judged by `conflicts_wording`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from kbaudit.check import Snapshot
from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import in_force
from kbaudit.facts.conflicts_scope import Canonical
from kbaudit.facts.conflicts_subject import alike
from kbaudit.facts.conflicts_wording import Verdict, judge
from kbaudit.model.document import Block, Document, Span
from kbaudit.text import sentences

# Sentences shorter than this say too little to be compared, longer ones are lists and legal text run together.
LEAST_WORDS, MOST_WORDS = 4, 160
# A sentence is looked up by its rarest words; words in more sentences than `COMMON` find nothing new.
KEYS, COMMON = 6, 80
# Jaccard similarity of masked words from which two sentences count as one sentence in two versions (the policy pairs
# that differ in a detail lie above it), and the containment that an added exception leaves.
SIMILAR, CONTAINED = 0.6, 0.82
# More wordings of one sentence than this are a template about different things.
TEMPLATE = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[€£$]")
_SIGNAL = re.compile(
    r"\d|@|\b(?:not|no|never|only|must|may|can|cannot|will|shall|should|always|all|any|every|except|exclud\w+|unless|without|forever|means|free|required|accept\w*|allow\w*|eligible|inc|llc|ltd|gmbh|limited|corp|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands, and the words in it that differ."""

    ref: tuple[str, str]
    span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class NearSide:
    """All places that say it one way."""

    value: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """One difference between near-identical sentences."""

    policy: str
    label: str
    scope: str
    sides: tuple[NearSide, NearSide]
    why: str
    score: float


@dataclass(slots=True)
class _Sentence:
    text: str
    words: tuple[str, ...]
    places: list[tuple[Document, Block, Span]]


def find(snapshot: Snapshot) -> tuple[Near, ...]:
    """Differences that decide what a customer is told, between live documents of one language and market."""
    unique = _collect(snapshot)
    found: list[tuple[_Sentence, _Sentence, Verdict]] = []
    versions: dict[int, int] = defaultdict(int)
    candidates = _candidates(unique)
    verdicts: list[tuple[int, int, Verdict]] = []
    for first, second in candidates:
        verdict = judge(unique[first].text, unique[second].text)
        if verdict is None:
            continue
        versions[first] += 1
        versions[second] += 1
        verdicts.append((first, second, verdict))
    for first, second, verdict in verdicts:
        if max(versions[first], versions[second]) > TEMPLATE:
            continue
        found.append((unique[first], unique[second], verdict))
    return tuple(_merge([near for item in found if (near := _near(*item, snapshot)) is not None]))


def _collect(snapshot: Snapshot) -> list[_Sentence]:
    by_words: dict[tuple[str, str], _Sentence] = {}
    for document in snapshot.live:
        for block in document.blocks:
            if block.kind in ("title", "heading") or block.header or block.end - block.start < 16 or not in_force(document, block):
                continue
            if block.kind == "table_row" and len(block.cells) > 1:
                continue
            for span in sentences.split(document.text, block.start, block.end):
                text = document.text[span[0] : span[1]]
                if len(text) < 16 or not _SIGNAL.search(text) or text.endswith("?"):
                    continue
                if any(span[0] < end and start < span[1] for start, end in document.struck):
                    continue
                key = (document.language, " ".join(text.lower().split()))
                known = by_words.get(key)
                if known is None:
                    words = tuple("#" if word[0].isdigit() else word.lower().replace("’", "'") for word in _WORD.findall(text))
                    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
                        continue
                    by_words[key] = known = _Sentence(text, words, [])
                known.places.append((document, block, span))
    return [by_words[key] for key in sorted(by_words)]


def _candidates(unique: list[_Sentence]) -> list[tuple[int, int]]:
    bags = [frozenset(sentence.words) for sentence in unique]
    frequency = Counter(word for bag in bags for word in bag)
    index: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    for number, bag in enumerate(bags):
        rare = sorted((word for word in bag if word != "#"), key=lambda word: (frequency[word], word))
        keys = [word for word in rare if frequency[word] > 1][:KEYS]
        seen: set[int] = set()
        for word in keys:
            if frequency[word] > COMMON and word != keys[0]:
                break
            postings = index[word]
            for other in postings[-COMMON:]:
                if other not in seen:
                    seen.add(other)
                    if _similar(bag, bags[other]) and unique[number].places[0][0].language == unique[other].places[0][0].language:
                        pairs.append((other, number))
            postings.append(number)
    return sorted(pairs)


def _similar(a: frozenset[str], b: frozenset[str]) -> bool:
    shared = len(a & b)
    if shared >= SIMILAR * len(a | b):
        return True
    small, large = min(len(a), len(b)), max(len(a), len(b))
    return shared >= CONTAINED * small and large <= 3 * small and small >= 6


def _near(first: _Sentence, second: _Sentence, verdict: Verdict, snapshot: Snapshot) -> Near | None:
    ours: list[tuple[Document, Span]] = []
    theirs: list[tuple[Document, Span]] = []
    for document, block, span in first.places:
        for other, other_block, other_span in second.places:
            if _comparable(document, block, other, other_block, verdict):
                if (document, span) not in ours:
                    ours.append((document, span))
                if (other, other_span) not in theirs:
                    theirs.append((other, other_span))
        if len(ours) > 40:
            break
    if not ours or not theirs:
        return None

    def side(value: str, inner: Span, items: list[tuple[Document, Span]]) -> NearSide:
        items = sorted(items, key=lambda item: (item[0].ref, item[1]))
        return NearSide(value, tuple(Place(document.ref, span, (span[0] + inner[0], span[0] + inner[1])) for document, span in items))

    sides = [(side(verdict.first, verdict.first_span, ours), ours), (side(verdict.second, verdict.second_span, theirs), theirs)]
    why = ""
    newest = [max((document.edited_at for document, _ in items if document.edited_at), default=None) for _, items in sides]
    policy = [any(document.kind == "policy" for document, _ in items) for _, items in sides]
    if policy[0] != policy[1]:
        why = "it stands on the policy page"
        if policy[1]:
            sides.reverse()
    elif newest[0] and newest[1] and newest[0] != newest[1]:
        if newest[1] > newest[0]:
            sides.reverse()
        why = f"it was edited last ({max(newest[0], newest[1]).date().isoformat()})"
    return Near(verdict.facet, verdict.label, verdict.topic, (sides[0][0], sides[1][0]), why, verdict.score)


def _comparable(document: Document, block: Block, other: Document, other_block: Block, verdict: Verdict) -> bool:
    if document.ref == other.ref:
        if block.path != other_block.path or "paragraph" not in (block.kind, other_block.kind) or verdict.facet not in ("amount", "permission") or not verdict.bare:
            return False
    market, other_market = _market(document), _market(other)
    if market and other_market and market != other_market:
        return False
    if document.translation_of == other.id or other.translation_of == document.id:
        return False
    if document.ref != other.ref and not alike(document, block, other, other_block, plain=verdict.plain):
        return False
    return _outer(document, block) == _outer(other, other_block)


def _market(document: Document) -> str | None:
    tail = document.locale.split("-")[-1]
    return tail.upper() if "-" in document.locale and len(tail) == 2 else None


def _outer(document: Document, block: Block) -> tuple[object, ...]:
    """What the headings, the title, the section and the audience narrow to."""
    outer = scopes.of_heading(document.title)
    for heading in block.path:
        outer = scopes.of_heading(heading).under(outer)
    outer = outer.under(scopes.of_document(document))
    return tuple((name, values) for name, values in outer.items() if values and name in ("regions", "segments", "channels", "seasons", "services", "sellers", "conditions", "products"))


def _merge(found: list[Near]) -> list[Near]:
    """One finding where one change shows in several sentences of the same articles."""
    merged: dict[tuple[object, ...], Near] = {}
    for near in sorted(found, key=lambda item: (-item.score, item.policy, item.scope, item.sides[0].places[0].ref, item.sides[0].places[0].span)):
        documents = tuple(sorted({place.ref for side in near.sides for place in side.places}))
        key = (near.policy, near.sides[0].value.lower(), near.sides[1].value.lower(), documents)
        merged.setdefault(key, near)
    return list(merged.values())


__all__ = ["Canonical", "Near", "NearSide", "Place", "find"]
