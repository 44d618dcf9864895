"""Near-identical sentences that say something else: the path for policies that no table knows.

Candidates come from an inverted index over the rarest words of each sentence (digits masked), so the cost grows with
the number of sentences, not of pairs. What a difference means is judged by `conflicts_wording`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from kbaudit.check import Snapshot
from kbaudit.facts import conflicts_lexicon, conflicts_polarity, conflicts_topic
from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import in_force, sentence_in_force
from kbaudit.facts.conflicts_subject import alike, subject, titled
from kbaudit.facts.conflicts_swap import SWAPPED
from kbaudit.facts.conflicts_topic import Topic
from kbaudit.facts.conflicts_wording import Verdict, judge
from kbaudit.model.document import Block, Document, Span
from kbaudit.text import sentences, stem

# Sentences shorter than this say too little to be compared, longer ones are lists and legal text run together.
LEAST_WORDS, MOST_WORDS = 4, 250
# A sentence is looked up by its rarest words; words in more sentences than `COMMON` find nothing new.
KEYS, COMMON = 6, 80
# Jaccard similarity of masked words from which two sentences count as one sentence in two versions (the policy pairs
# that differ in a detail lie above it), and the containment that an added exception leaves.
# Plain sentences are looked up by their rarest topic words.
TOPIC_KEYS = 3
SIMILAR, CONTAINED = 0.5, 0.82
# A sentence of at most so many characters that tells of the past or of others says nothing else.
ONE_THING = 160
# Share of the words of content of the shorter sentence from which the other may be the same in other words.
REWORDED = 0.6
# And of the words that are no names, where all else may be names and numbers.
NAMES_APART = 0.75
# How much less alike than the best partner another may be and still be a version of the same sentence.
PARTNER = 0.12
# Words of short sentences, and the share of the words of content of the shorter from which they can be about one thing.
SHORT, HALF = 16, 0.5
# How many words more a leave may have than the denial of it.
MORE_CORE = 3
# More wordings of one sentence than this are a template about different things.
TEMPLATE = 5
# A sentence near to more others than this is one of a template.
MOST_NEAR = 24
# Topic words in which two plain sentences may differ before titles are looked at.
MOST_APART = 4
# Places of one sentence that are compared: a footer stands on every page.
MOST_PLACES = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[€£$]")


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
    sides: tuple[NearSide, ...]
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class _Stand:
    ref: tuple[str, str]
    span: Span
    kind: str
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Edge:
    first: int
    second: int
    verdict: Verdict
    ours: list[_Stand]
    theirs: list[_Stand]


@dataclass(slots=True)
class _Sentence:
    text: str
    words: tuple[str, ...]
    content: frozenset[str]
    plain: frozenset[str]
    core: frozenset[str]
    places: list[tuple[Document, Block, Span]]


def find(snapshot: Snapshot) -> tuple[Near, ...]:
    """Differences that decide what a customer is told, between live documents of one language and market."""
    unique = _collect(snapshot)
    versions: dict[int, int] = defaultdict(int)
    verdicts: list[_Edge] = []
    for first, second, near in _candidates(unique):
        verdict = judge(unique[first].text, unique[second].text, near=near)
        if verdict is None:
            continue
        versions[first] += 1
        versions[second] += 1
        ours, theirs = _meeting(unique[first], unique[second], verdict)
        if ours:
            verdicts.append(_Edge(first, second, verdict, ours, theirs))
    judged = {(edge.first, edge.second) for edge in verdicts}
    for first, second in _topic_candidates(unique):
        if (first, second) in judged:
            continue
        edge = _topical(first, second, unique)
        if edge is not None:
            versions[first] += 1
            versions[second] += 1
            verdicts.append(edge)
    verdicts = _partners(verdicts, unique)
    verdicts = [edge for edge in verdicts if max(versions[edge.first], versions[edge.second]) <= TEMPLATE]
    return tuple(_near(edges) for edges in _clusters(verdicts))


def _partners(edges: list[_Edge], unique: list[_Sentence]) -> list[_Edge]:
    """Only the edges between best partners: boilerplate about one subject meets its own other version first."""
    likeness = [_likeness(unique[edge.first], unique[edge.second]) for edge in edges]
    best: dict[int, float] = defaultdict(float)
    for edge, like in zip(edges, likeness, strict=True):
        best[edge.first] = max(best[edge.first], like)
        best[edge.second] = max(best[edge.second], like)
    return [
        edge
        for edge, like in zip(edges, likeness, strict=True)
        if like >= max(best[edge.first], best[edge.second]) - PARTNER
    ]


def _likeness(first: _Sentence, second: _Sentence) -> float:
    """Share of words in common, 0 to 1."""
    a, b = frozenset(first.words), frozenset(second.words)
    return len(a & b) / len(a | b)


def _collect(snapshot: Snapshot) -> list[_Sentence]:
    by_words: dict[tuple[str, str], _Sentence] = {}
    for document in snapshot.live:
        for block in document.blocks:
            if (
                block.kind in ("title", "heading")
                or block.header
                or block.end - block.start < 16
                or not in_force(document, block)
            ):
                continue
            if block.kind == "table_row" and len(block.cells) > 1:
                continue
            for span in sentences.split(document.text, block.start, block.end):
                text = document.text[span[0] : span[1]]
                if len(text) < 16 or text.endswith("?"):
                    continue
                if any(span[0] < end and start < span[1] for start, end in document.struck):
                    continue
                if len(text) <= ONE_THING and not sentence_in_force(text.lower()):
                    continue
                key = (document.language, " ".join(text.lower().split()))
                known = by_words.get(key)
                if known is None:
                    words = tuple(
                        "#" if word[0].isdigit() else word.lower().replace("’", "'") for word in _WORD.findall(text)
                    )
                    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
                        continue
                    content = frozenset(form for word in words if (form := conflicts_lexicon.content(word)))
                    by_words[key] = known = _Sentence(
                        text, words, content, _plain(text), conflicts_polarity.core(text), []
                    )
                known.places.append((document, block, span))
    return [by_words[key] for key in sorted(by_words)]


def _plain(text: str) -> frozenset[str]:
    """The words of content that are no names: what stays when only who or where is another."""
    found = _WORD.findall(text)
    return frozenset(
        form
        for index, word in enumerate(found)
        if (not index or word[0].islower()) and (form := conflicts_lexicon.content(word.lower()))
    )


def _candidates(unique: list[_Sentence]) -> list[tuple[int, int, bool]]:
    """Pairs that can be versions of one sentence, or (False) that can be about one thing in other words."""
    # Many wordings with the same words are a template about different things: none of them is compared.
    families = Counter(frozenset(sentence.words) for sentence in unique)
    keyed = [sentence.content or frozenset(sentence.words) for sentence in unique]
    frequency = Counter(word for bag in keyed for word in bag)
    index: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    loose: list[tuple[int, int]] = []
    for number, sentence in enumerate(unique):
        if families[frozenset(sentence.words)] > TEMPLATE + 1:
            continue
        rare = sorted((word for word in keyed[number] if word != "#"), key=lambda word: (frequency[word], word))
        keys = [word for word in rare if frequency[word] > 1][:KEYS]
        seen: set[int] = set()
        for word in keys:
            if frequency[word] > COMMON and word != keys[0]:
                break
            postings = index[word]
            for other in postings[-COMMON:]:
                if other not in seen:
                    seen.add(other)
                    if sentence.places[0][0].language != unique[other].places[0][0].language:
                        continue
                    if _similar(sentence, unique[other]):
                        pairs.append((other, number))
                    elif _about_one(sentence, unique[other]):
                        loose.append((other, number))
            postings.append(number)
    return sorted([(*pair, True) for pair in _thinned(pairs)] + [(*pair, False) for pair in _thinned(loose)])


def _thinned(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the sentences that are near to very many others: a template, whatever differs in it."""
    degree = Counter(number for pair in pairs for number in pair)
    return sorted(pair for pair in pairs if degree[pair[0]] <= MOST_NEAR and degree[pair[1]] <= MOST_NEAR)


def _topic_candidates(unique: list[_Sentence]) -> list[tuple[int, int]]:
    """Pairs of plain sentences that share their rarest topic words."""
    topics = [
        conflicts_topic.read(sentence.text)
        if sentence.places[0][0].language == "en" and sentence.places[0][1].kind != "table_row"
        else None
        for sentence in unique
    ]
    frequency = Counter(word for topic in topics if topic for word in topic.words)
    families = Counter(topic.words for topic in topics if topic)
    index: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    for number, topic in enumerate(topics):
        if topic is None or families[topic.words] > TEMPLATE + 1:
            continue
        seen: set[int] = set()
        for word in sorted(topic.words, key=lambda item: (frequency[item], item))[:TOPIC_KEYS]:
            if frequency[word] < 2:
                continue
            for other in index[word][-COMMON:]:
                known = topics[other]
                if other not in seen and known is not None and len(topic.words ^ known.words) <= MOST_APART:
                    seen.add(other)
                    pairs.append((other, number))
            index[word].append(number)
    return _thinned(pairs)


def _topical(first: int, second: int, unique: list[_Sentence]) -> _Edge | None:
    a, b = conflicts_topic.read(unique[first].text), conflicts_topic.read(unique[second].text)
    if a is None or b is None:
        return None
    ours: dict[_Stand, None] = {}
    theirs: dict[_Stand, None] = {}
    best: Verdict | None = None
    for document, block, span in unique[first].places[:MOST_PLACES]:
        for other, other_block, other_span in unique[second].places[:MOST_PLACES]:
            if document.ref == other.ref and block.start == other_block.start:
                continue
            verdict = conflicts_topic.judge(
                a,
                b,
                conflicts_topic.stems((document.title, *block.path)),
                conflicts_topic.stems((other.title, *other_block.path)),
            )
            if (
                verdict is None
                or not _comparable(document, block, other, other_block, verdict)
                or not _self_contained(a, b, document, block, other, other_block)
            ):
                continue
            best = verdict
            ours[_Stand(document.ref, span, document.kind, document.edited_at)] = None
            theirs[_Stand(other.ref, other_span, other.kind, other.edited_at)] = None
    return _Edge(first, second, best, list(ours), list(theirs)) if best else None


def _self_contained(a: Topic, b: Topic, document: Document, block: Block, other: Document, other_block: Block) -> bool:
    """Whether the sentences say themselves what they are about, or stand on pages about the same."""
    mine, yours = subject(document, block), subject(other, other_block)
    if mine <= yours or yours <= mine:
        return True
    if mine & yours or _PRONOUN.search(a.text) or _PRONOUN.search(b.text):
        return False
    return all(
        bool(_SPEAKER.search(topic.text)) or {stem.stem(word) for word in names} <= topic.words
        for topic, names in ((a, mine - yours), (b, yours - mine))
    )


_NO = re.compile(
    r"\b(?:not|no|never|cannot|nobody|nothing|none|without|prohibited|forbidden|optional|waived|must|required)\b|n['’]t\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|this|these)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\b(?:we|our|us|you|your|customers?)\b", re.IGNORECASE)


def _similar(first: _Sentence, second: _Sentence) -> bool:
    """Whether two sentences can be two versions of one: most words, or most words of content, are shared."""
    a, b = frozenset(first.words), frozenset(second.words)
    shared, small, large = len(a & b), min(len(a), len(b)), max(len(a), len(b))
    if shared >= SIMILAR * len(a | b) or (shared >= CONTAINED * small and large <= 3 * small and small >= 6):
        return True
    a, b = first.content, second.content
    shared, small, large = len(a & b), min(len(a), len(b)), max(len(a), len(b))
    if shared >= 3 and shared >= REWORDED * small and large <= 3 * small:
        return True
    a, b = first.plain, second.plain
    shared = len(a & b)
    return shared >= 3 and shared >= NAMES_APART * len(a | b)


def _about_one(first: _Sentence, second: _Sentence) -> bool:
    """Whether two short sentences can be about one thing, though they say it in other words."""
    if max(len(first.words), len(second.words)) > SHORT:
        return False
    a, b = first.content, second.content
    shared = len(a & b)
    if shared >= 2 and shared >= HALF * min(len(a), len(b)):
        return True
    # What the one forbids and the other allows.
    denied, allowed = sorted((first.core, second.core), key=len)
    met = len(denied & allowed)
    if not (_NO.search(first.text) or _NO.search(second.text)):
        return False
    return met >= max(1, len(denied) - (met > 1)) and len(allowed) <= len(denied) + MORE_CORE


def _meeting(first: _Sentence, second: _Sentence, verdict: Verdict) -> tuple[list[_Stand], list[_Stand]]:
    """Where the one sentence stands and where the other does, as far as the pages can be about the same thing."""
    ours: dict[_Stand, None] = {}
    theirs: dict[_Stand, None] = {}
    for document, block, span in first.places[:MOST_PLACES]:
        for other, other_block, other_span in second.places[:MOST_PLACES]:
            if _comparable(document, block, other, other_block, verdict):
                ours[_Stand(document.ref, span, document.kind, document.edited_at)] = None
                theirs[_Stand(other.ref, other_span, other.kind, other.edited_at)] = None
    return list(ours), list(theirs)


def _clusters(edges: list[_Edge]) -> list[list[_Edge]]:
    """Edges that share a sentence or say the same change of the same kind in the same articles: one problem."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    seen: dict[tuple[object, ...], int] = {}
    for index, edge in enumerate(edges):
        documents = frozenset(stand.ref for stand in (*edge.ours, *edge.theirs))
        values = frozenset((edge.verdict.first.lower(), edge.verdict.second.lower()))
        for key in (
            (edge.verdict.facet, edge.first),
            (edge.verdict.facet, edge.second),
            (edge.verdict.facet, values, documents),
        ):
            if key in seen:
                parent[root(index)] = root(seen[key])
            seen[key] = index
    groups: dict[int, list[_Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[root(index)].append(edge)
    return [groups[index] for index in sorted(groups)]


def _near(edges: list[_Edge]) -> Near:
    sides: dict[str, tuple[str, dict[Place, _Stand]]] = {}
    for edge in edges:
        for value, inner, stands in (
            (edge.verdict.first, edge.verdict.first_span, edge.ours),
            (edge.verdict.second, edge.verdict.second_span, edge.theirs),
        ):
            _, places = sides.setdefault(" ".join(value.lower().split()), (value, {}))
            for stand in stands:
                places.setdefault(
                    Place(stand.ref, stand.span, (stand.span[0] + inner[0], stand.span[0] + inner[1])), stand
                )
    best = max(edges, key=lambda edge: (edge.verdict.score, -edge.first, -edge.second)).verdict

    def weight(item: tuple[str, tuple[str, dict[Place, _Stand]]]) -> tuple[object, ...]:
        stands = item[1][1].values()
        newest = max((stand.edited_at.timestamp() for stand in stands if stand.edited_at), default=0.0)
        return (
            not any(stand.kind == "policy" for stand in stands),
            -newest,
            -len({stand.ref for stand in stands}),
            min((place.ref, place.span) for place in item[1][1]),
        )

    ordered = sorted(sides.items(), key=weight)
    first, second = weight(ordered[0]), weight(ordered[1]) if len(ordered) > 1 else weight(ordered[0])
    why = ""
    if first[0] != second[0]:
        why = "it stands on the policy page"
    elif first[1] != second[1] and second[1]:
        day = max(stand.edited_at for stand in ordered[0][1][1].values() if stand.edited_at)
        why = f"it was edited last ({day.date().isoformat()})"
    elif first[2] != second[2]:
        why = "more articles say so"
    return Near(
        best.facet,
        best.label,
        best.topic,
        tuple(
            NearSide(value, tuple(sorted(places, key=lambda place: (place.ref, place.span))))
            for _, (value, places) in ordered
        ),
        why,
        best.score,
    )


def _comparable(document: Document, block: Block, other: Document, other_block: Block, verdict: Verdict) -> bool:
    if document.ref == other.ref and (
        block.path != other_block.path
        or "paragraph" not in (block.kind, other_block.kind)
        or verdict.facet not in ("amount", "permission", "statement")
        or not verdict.bare
    ):
        return False
    market, other_market = _market(document), _market(other)
    if market and other_market and market != other_market:
        return False
    if document.translation_of == other.id or other.translation_of == document.id:
        return False
    if verdict.label in ("deadline", SWAPPED) and _years(document, block) != _years(other, other_block):
        # Last year's last day to order, and this year's.
        return False
    if verdict.label == SWAPPED and not titled(document, other):
        # What no list knows is compared on pages of one name only: pages about two things are often of one template.
        return False
    if document.ref != other.ref and not alike(
        document, block, other, other_block, plain=verdict.plain, told=verdict.told
    ):
        return False
    mine, yours = _outer(document, block), _outer(other, other_block)
    for name in mine.keys() | yours.keys():
        left, right = mine.get(name, frozenset()), yours.get(name, frozenset())
        if (name != "products" and left != right) or (left and right and left.isdisjoint(right)):
            return False
    return True


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _years(document: Document, block: Block) -> frozenset[str]:
    """The years that the title and the headings above a block name."""
    return frozenset(_YEAR.findall(" ".join((document.title, *block.path))))


def _market(document: Document) -> str | None:
    tail = document.locale.split("-")[-1]
    return tail.upper() if "-" in document.locale and len(tail) == 2 else None


def _outer(document: Document, block: Block) -> dict[str, frozenset[str]]:
    """What the headings, the title, the section and the audience narrow to."""
    outer = scopes.of_heading(document.title)
    for heading in block.path:
        outer = scopes.of_heading(heading).under(outer)
    outer = outer.under(scopes.of_document(document))
    return {name: values for name, values in outer.items() if values and name != "days"}


__all__ = ["Near", "NearSide", "Place", "find"]
