"""Articles that say the same, and sections that stand in more than one article: the base of DUP601 and DUP602.

Candidates come from an inverted index over sketches (near-copies) and from neighbours in meaning (other words); both
are then verified on the words themselves. What differs in a figure, a negation, a name, a region or the thing it is
about is no duplicate, however alike the rest: that is a template, or a conflict, and other rules look at those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kbaudit.check import Snapshot
from kbaudit.facts.duplicates_meaning import neighbours, paraphrases, retold_as_section, retold_section
from kbaudit.facts.duplicates_text import SKETCH, Passage, body, sections
from kbaudit.facts.duplicates_verify import Pages, near, near_section
from kbaudit.facts.duplicates_words import FUNCTION_WORDS
from kbaudit.model.document import Document, Span

# A sample that so many passages share belongs to a template or to boilerplate and says nothing about two of them.
MAX_POSTING = 40
# Samples of 64 that candidates must share: 0.35 alike by estimate, so that none of 0.7 is missed.
MIN_SHARED = 0.35
# Words of content that two sections share, of those of both together, to be looked at.
MIN_CONTENT = 0.4
# A section of fewer words is a remark, not a section of substance.
MIN_SECTION_WORDS = 20


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that say the same, sorted by (source, id), with the passage that shows it for each.

    `score`: how alike the least alike link of the group is. `how`: `exact`, `near` or `meaning`.
    """

    documents: tuple[Document, ...]
    spans: tuple[Span, ...]
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Groups of articles that say the same, and groups that share a section."""

    articles: tuple[Group, ...]
    sections: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    a: int
    b: int
    score: float
    how: str


def find(snapshot: Snapshot) -> Duplicates:
    """Copies among the articles that answer customers and among the macros, and sections that articles share."""
    bodies = [body(document) for document in snapshot.live if document.answers_customers or document.kind == "macro"]
    pages = Pages(snapshot, bodies)
    links = _exact(bodies, pages)
    known = {(link.a, link.b) for link in links}
    for a, b in candidates(bodies):
        if (a, b) not in known and pages.comparable(a, b):
            score = near(bodies[a], bodies[b], pages)
            if score:
                links.append(_Link(a, b, score, "near"))
    known = {(link.a, link.b) for link in links}
    for a, b, score in paraphrases(snapshot, bodies, pages, known):
        links.append(_Link(a, b, score, "meaning"))
    articles = tuple(_groups(bodies, links))
    together = {(left.ref, right.ref) for group in articles for left in group.documents for right in group.documents}
    return Duplicates(articles, tuple(_sections(snapshot, pages, together)))


def candidates(passages: Sequence[Passage], shared: float = MIN_SHARED) -> Iterable[tuple[int, int]]:
    """Pairs (a < b) of passages whose sketches have enough in common."""
    postings: dict[int, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for value in passage.sketch.tolist():
            postings[value].append(number)
    counts: Counter[tuple[int, int]] = Counter()
    for numbers in postings.values():
        if 2 <= len(numbers) <= MAX_POSTING:
            for i, a in enumerate(numbers):
                for b in numbers[i + 1 :]:
                    counts[a, b] += 1
    for (a, b), count in sorted(counts.items()):
        smaller = min(len(passages[a].sketch), len(passages[b].sketch), SKETCH)
        if count >= shared * smaller:
            yield a, b


def same_words(passages: Sequence[Passage]) -> Iterable[tuple[int, int]]:
    """Pairs (a < b) of passages that share most of their words of content, in whatever order."""
    contents = [frozenset(stem for stem in passage.counts if stem not in FUNCTION_WORDS) for passage in passages]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(contents):
        for word in words:
            postings[word].append(number)
    # Pairs are counted by the rarer words: what most passages say tells none of them apart.
    rare = {word: numbers for word, numbers in postings.items() if 2 <= len(numbers) <= MAX_POSTING}
    counts = Counter(pair for numbers in rare.values() for pair in combinations(numbers, 2))
    for (a, b), count in sorted(counts.items()):
        if count >= 3 and len(contents[a] & contents[b]) >= MIN_CONTENT * len(contents[a] | contents[b]):
            yield a, b


def _exact(bodies: Sequence[Passage], pages: Pages) -> list[_Link]:
    """Equal words in equal order; each is linked to the first comparable one only, so that many copies stay cheap."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, passage in enumerate(bodies):
        if passage.tokens:
            same[tuple(passage.stems)].append(number)
    links = []
    for numbers in same.values():
        heads: list[int] = []
        for number in numbers:
            for head in heads[:20]:
                if pages.comparable(head, number) and pages.same_subject(head, number):
                    links.append(_Link(head, number, 1.0, "exact"))
                    break
            else:
                heads.append(number)
    return links


def _groups(passages: Sequence[Passage], links: Iterable[_Link]) -> Iterable[Group]:
    """Connected passages as groups, sorted."""
    parent = list(range(len(passages)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    links = sorted(links, key=lambda link: (link.a, link.b))
    for link in links:
        a, b = root(link.a), root(link.b)
        parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = defaultdict(list)
    worst: dict[int, float] = {}
    hows: dict[int, set[str]] = defaultdict(set)
    for link in links:
        top = root(link.a)
        worst[top] = min(worst.get(top, 1.0), link.score)
        hows[top].add(link.how)
    for number in range(len(passages)):
        if root(number) in worst:
            members[root(number)].append(number)
    for top, numbers in sorted(members.items()):
        how = "meaning" if "meaning" in hows[top] else "near" if "near" in hows[top] else "exact"
        yield Group(
            tuple(passages[i].document for i in numbers), tuple(passages[i].span for i in numbers), worst[top], how
        )


def _sections(
    snapshot: Snapshot, pages: Pages, together: set[tuple[tuple[str, str], tuple[str, str]]]
) -> Iterable[Group]:
    """Groups of articles that share a section of substance, one group for each set of articles."""
    passages = [
        passage
        for document in snapshot.answers
        for passage in sections(document)
        if len(passage.tokens) >= MIN_SECTION_WORDS and not pages.is_boilerplate(passage)
    ]
    links = []
    told = {(a, b): cosine for a, b, cosine in _alike_sections(snapshot, passages, pages)}
    for a, b in sorted({*candidates(passages), *same_words(passages), *told}):
        left, right = passages[a], passages[b]
        if left.document.ref == right.document.ref or (left.document.ref, right.document.ref) in together:
            continue
        if pages.may_share(left, right):
            if score := near_section(left, right, pages):
                links.append(_Link(a, b, score, "near"))
            elif (score := retold_section(snapshot, left, right, pages)) or (
                (a, b) in told and (score := retold_as_section(snapshot, left, right, told[a, b], pages))
            ):
                links.append(_Link(a, b, score, "meaning"))
    limit = pages.boilerplate_limit
    best: dict[tuple[tuple[str, str], ...], Group] = {}
    for group in _groups(passages, links):
        refs = tuple(sorted({document.ref for document in group.documents}))
        if len(refs) < 2 or len(refs) > limit:
            continue
        firsts: dict[tuple[str, str], int] = {}
        for i, document in enumerate(group.documents):
            firsts.setdefault(document.ref, i)
        picked = [firsts[ref] for ref in refs]
        trimmed = Group(
            tuple(group.documents[i] for i in picked), tuple(group.spans[i] for i in picked), group.score, group.how
        )
        known = best.get(refs)
        if known is None or _size(trimmed) > _size(known):
            best[refs] = trimmed
    return [best[refs] for refs in sorted(best)]


def _alike_sections(snapshot: Snapshot, passages: Sequence[Passage], pages: Pages) -> Iterable[tuple[int, int, float]]:
    """Pairs (a < b, cosine) of sections of some length that are near in meaning, whatever their words."""
    chosen = [i for i, passage in enumerate(passages) if pages.may_be_told_again(passage)]
    if len(chosen) < 2:
        return
    for x, y, cosine in neighbours(snapshot.vectors([passages[i].text for i in chosen])):
        yield chosen[x], chosen[y], cosine


def _size(group: Group) -> int:
    return sum(end - start for start, end in group.spans)
