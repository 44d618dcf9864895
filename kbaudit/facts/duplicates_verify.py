"""Do two passages really say the same? What they differ in decides, not how much they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from kbaudit.check import Snapshot
from kbaudit.facts.duplicates_text import TITLE_STOP, Passage, title_names, title_words
from kbaudit.facts.duplicates_words import CLOSING, FOOTER, LEGAL, NEGATIONS, SPOKEN
from kbaudit.facts.scope import of_document, of_text
from kbaudit.model.document import Document
from kbaudit.text.stem import fold

# Words in common and in order, of both texts together.
MIN_ALIKE = 0.8
# A copy with a paragraph more: nearly all of the shorter, which is most of the longer.
MIN_CONTAINED = 0.95
MIN_LENGTH_RATIO = 0.7
# Two spellings of one word, 0 to 100: one letter more in five ("color", "colour").
SPELLING = 88.0
# The same words in another order (sections moved).
MIN_SAME_WORDS = 0.94
MIN_SECTION_ALIKE = 0.8
# Runs of words that two whole articles share, of the shorter one's: from here on they are pages of one template.
TEMPLATE_SHARE = 0.7
MANY_HEADINGS = 3
# Words in common of what two articles say beside the shared section: unrelated texts of one shop have 0.05 to 0.2.
TEMPLATE_REST = 0.35
SMALL_REST = 3
# A body of fewer words says too little to be known by: then the titles must agree too.
SHORT_BODY = 25
# … unless it is full of figures (a list of addresses, a table of sizes).
TELLING_FIGURES = 3
SHORT_SECTION = 60
# Below a heading that most articles have, a passage must be this long to be a section of its own.
SLOT_WORDS = 40
# A section that is looked for in quite other words: shorter ones say too little, longer ones are never retold whole.
RETOLD_WORDS = (30, 250)


# What of a scope tells two passages apart; bare nouns (products, conditions) do not, they are often synonyms.
PARTING = ("regions", "segments", "channels", "seasons", "services")


class Pages:
    """What is known of the documents of the base as wholes, for comparing two of them."""

    def __init__(self, snapshot: Snapshot, bodies: Sequence[Passage]) -> None:
        self.snapshot = snapshot
        self.bodies = bodies
        self.documents = [passage.document for passage in bodies]
        self.titles = [title_words(document) for document in self.documents]
        self._number = {document.ref: i for i, document in enumerate(self.documents)}

    @property
    def boilerplate_limit(self) -> int:
        """A section in more articles than this is the shop's boilerplate."""
        return max(4, len(self.documents) // 20)

    @cached_property
    def _headings(self) -> list[frozenset[str]]:
        return [
            frozenset(fold(document.text[b.start : b.end]) for b in document.blocks[1:] if b.kind == "heading")
            for document in self.documents
        ]

    @cached_property
    def _slots(self) -> frozenset[str]:
        """Headings of a template: so many articles have them that what stands below says little about two of them."""
        counts = Counter(heading for headings in self._headings for heading in headings)
        return frozenset(heading for heading, count in counts.items() if count > self.boilerplate_limit)

    def comparable(self, a: int, b: int) -> bool:
        """For the same readers: one locale, neither a translation of the other, no different region or audience.

        A macro repeats articles by design and is compared with macros only.
        """
        left, right = self.documents[a], self.documents[b]
        if (left.kind == "macro") != (right.kind == "macro"):
            return False
        if left.locale.lower() != right.locale.lower() or left.translation_of or right.translation_of:
            return False
        if left.audience != right.audience:
            return False
        return not _scopes_part(left, right)

    def same_subject(self, a: int, b: int) -> bool:
        """The titles name no different region, version, product or figure; of short bodies they must agree."""
        left, right = self.titles[a], self.titles[b]
        if left == right:
            return True
        if _titles_part(self.documents[a], self.documents[b], self.bodies[a], self.bodies[b]):
            return False
        if (
            len(self.bodies[a].tokens) < SHORT_BODY
            and len(self.bodies[a].codes & self.bodies[b].codes) < TELLING_FIGURES
        ):
            return bool(left and right) and len(left & right) * 2 >= len(left | right)
        return True

    def same_facts(self, a: int, b: int, *, lenient: bool = False) -> bool:
        """What only one of them has is neither a figure, a name nor another region; lenient: nothing contradicts."""
        return same_facts(self.bodies[a], self.bodies[b], negations=False, lenient=lenient)

    def section_facts(self, left: Passage, right: Passage) -> bool:
        """Two sections agree on the facts, in two articles that otherwise say other things."""
        return same_facts(left, right) and self.on_other_things(left, right)

    def on_other_things(self, left: Passage, right: Passage) -> bool:
        """Beside two sections, the articles have little in common."""
        return self.rest_alike(left, right) <= TEMPLATE_REST

    def titles_part(self, a: int, b: int, *, times: int = 1) -> bool:
        """The titles name different things: what an article speaks of more than `times` as often is its own."""
        return _titles_part(self.documents[a], self.documents[b], self.bodies[a], self.bodies[b], times)

    def template_of_both(self, a: int, b: int) -> bool:
        """Two pages of one template: most headings in common, or most of the words in the same runs."""
        left, right = self._headings[a], self._headings[b]
        both = len(left & right)
        x, y = self.bodies[a].hashes, self.bodies[b].hashes
        shared = len(np.intersect1d(x, y, assume_unique=True)) / max(1, min(len(x), len(y)))
        if both * 2 > len(left | right) and (both >= MANY_HEADINGS or (both >= 2 and shared > TEMPLATE_SHARE / 2)):
            return True
        return shared > TEMPLATE_SHARE

    def may_share(self, left: Passage, right: Passage) -> bool:
        """Two different articles, for the same readers, not two pages of one template."""
        a, b = self._number[left.document.ref], self._number[right.document.ref]
        if not self.comparable(a, b):
            return False
        if self.template_of_both(a, b) and self.rest_alike(left, right) >= TEMPLATE_REST:
            return False
        coded = [
            {word for word in title if any(sign.isdigit() for sign in word)}
            for title in (self.titles[a], self.titles[b])
        ]
        # Two years, two versions, two numbers: editions of one article.
        return not (coded[0] and coded[1] and coded[0] != coded[1])

    def rest_alike(self, left: Passage, right: Passage) -> float:
        """How alike two articles are without the section they share: words in common; 1 where nothing else is left."""
        a, b = self._number[left.document.ref], self._number[right.document.ref]
        x, y = self.bodies[a].counts - left.counts, self.bodies[b].counts - right.counts
        if min(x.total(), y.total()) < SMALL_REST:
            return 1.0
        return (x & y).total() / (x | y).total()

    def may_be_told_again(self, passage: Passage) -> bool:
        """A section of some length under a heading of its own, not a template's."""
        heading = fold(passage.path[-1]) if passage.path else ""
        return RETOLD_WORDS[0] <= len(passage.tokens) <= RETOLD_WORDS[1] and heading not in self._slots

    def is_boilerplate(self, passage: Passage) -> bool:
        """A footer or legal text, by its heading or its words."""
        if passage.path and FOOTER.search(passage.path[-1]):
            return True
        if len(passage.tokens) < SLOT_WORDS and passage.path and fold(passage.path[-1]) in self._slots:
            return True
        if len(passage.tokens) < SHORT_SECTION and CLOSING.search(passage.text):
            return True
        return len(LEGAL.findall(passage.text)) >= 2


def near(left: Passage, right: Passage, pages: Pages) -> float:
    """How alike two bodies are if they say the same, else 0."""
    a, b = left.stems, right.stems
    short, long = sorted((len(a), len(b)))
    if not short or short < MIN_LENGTH_RATIO * long:
        return 0.0
    common = LCSseq.similarity(a, b)
    alike = 2 * common / (short + long)
    contained = common / short
    shared = sum((left.counts & right.counts).values()) / max(1, sum((left.counts | right.counts).values()))
    if not (alike >= MIN_ALIKE or contained >= MIN_CONTAINED or shared >= MIN_SAME_WORDS):
        return 0.0
    if pages and _titles_part(left.document, right.document, left, right):
        return 0.0
    if short < SHORT_BODY and not pages.same_subject(
        pages._number[left.document.ref], pages._number[right.document.ref]
    ):
        return 0.0
    return max(alike, shared) if same_facts(left, right) else 0.0


def near_section(left: Passage, right: Passage, pages: Pages) -> float:
    """How alike two sections are if they say the same, else 0."""
    a, b = left.stems, right.stems
    alike = 2 * LCSseq.similarity(a, b) / (len(a) + len(b))
    if alike < MIN_SECTION_ALIKE or not same_facts(left, right):
        return 0.0
    if pages.rest_alike(left, right) > TEMPLATE_REST and _about_their_own(left, right):
        return 0.0
    return alike


def _about_their_own(left: Passage, right: Passage) -> bool:
    """Each section names the thing that its own title is about and the other's is not."""
    a, b = title_words(left.document), title_words(right.document)
    return bool((a - b) & set(left.counts) - set(right.counts)) or bool((b - a) & set(right.counts) - set(left.counts))


def same_facts(left: Passage, right: Passage, negations: bool = True, lenient: bool = False) -> bool:
    """What only one side has is neither a figure, a negation, a name nor the subject itself.

    A passage that one side has more (five words and more) may hold figures and names of its own. `lenient`: so may
    any passage, as long as the other side has none in its place.
    """
    only_left, only_right = left.counts - right.counts, right.counts - left.counts
    more_left, more_right = sum(only_left.values()), sum(only_right.values())
    extra = lenient or max(more_left, more_right) >= 5 * max(1, min(more_left, more_right))
    codes_left, codes_right = _coded(only_left), _coded(only_right)
    if (codes_left or codes_right) and not (extra and (not codes_left or not codes_right)):
        return False
    negated_left, negated_right = _negated(only_left), _negated(only_right)
    if negations and negated_left != negated_right and not extra:
        return False
    names_left = {word for word in set(only_left) & left.names if word not in right.counts or only_left[word] >= 2}
    names_right = {word for word in set(only_right) & right.names if word not in left.counts or only_right[word] >= 2}
    if names_left and names_right:
        return False
    if (names_left or names_right) and not extra and left.counts.total() < 120:
        return False
    return not _scopes_differ(" ".join(only_left), " ".join(only_right))


def _coded(words: Counter[str]) -> set[str]:
    return {word for word in words if word in SPOKEN or any(sign.isdigit() for sign in word)}


def _negated(words: Counter[str]) -> int:
    return sum(count for word, count in words.items() if word in NEGATIONS)


def _scopes_differ(left: str, right: str) -> bool:
    """Both name regions (or customers, channels, services …), and not the same ones."""
    if not left or not right:
        return False
    a, b = dict(of_text(left).items()), dict(of_text(right).items())
    return any(a[name] and b.get(name) and a[name] != b[name] for name in PARTING if name in a)


def _scopes_part(left: Document, right: Document) -> bool:
    """The articles stand in sections for different regions, channels or products."""
    a, b = dict(of_document(left).items()), dict(of_document(right).items())
    return any(values != b.get(name, values) and values and b.get(name) for name, values in a.items())


def _titles_part(left: Document, right: Document, a: Passage, b: Passage, times: int = 1) -> bool:
    """The titles name different things: a figure, a version, a region, a name, or what each body goes on about."""
    words_left, words_right = title_words(left), title_words(right)
    only_left, only_right = words_left - words_right, words_right - words_left
    if not only_left and not only_right:
        return False
    coded_left = frozenset(w for w in only_left if any(s.isdigit() for s in w))
    coded_right = frozenset(w for w in only_right if any(s.isdigit() for s in w))
    if not (coded_left and coded_right):
        # A year on one side only is the date of that version.
        coded_left, coded_right = _undated(coded_left), _undated(coded_right)
        only_left, only_right = _undated(only_left), _undated(only_right)
        if not only_left and not only_right:
            return False
    if coded_left != coded_right and (
        (coded_left and coded_right) or not (only_left - coded_left or only_right - coded_right)
    ):
        return True
    if _scopes_differ(left.title, right.title):
        return True
    one_sided = dict(of_text(left.title).items())["regions"] != dict(of_text(right.title).items())["regions"]
    if one_sided:
        return True
    own_left = {w for w in only_left - TITLE_STOP if a.counts[w] > times * b.counts[w] and not _spelled(w, only_right)}
    own_right = {w for w in only_right - TITLE_STOP if b.counts[w] > times * a.counts[w] and not _spelled(w, only_left)}
    if own_left and own_right:
        return True
    names_left = only_left & (a.names | title_names(left))
    names_right = only_right & (b.names | title_names(right))
    return bool(names_left and names_right)


def _undated(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if not (word.isdigit() and len(word) == 4 and word[:2] in ("19", "20")))


def _spelled(word: str, others: frozenset[str]) -> bool:
    """One of the others is the same word in another spelling (`colour`, `color`)."""
    return any(word[:1] == other[:1] and fuzz.ratio(word, other) >= SPELLING for other in others)
