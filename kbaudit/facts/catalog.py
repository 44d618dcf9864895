"""The catalog as an index: which product does a piece of text name?

Names are compared as runs of comparable words (case, accents, plurals and possessives taken away), longest first. A
shorter name counts where only one product (or one item group) of the catalog can be meant by it. Nothing is matched
by likeness of meaning.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from kbaudit.check import Snapshot
from kbaudit.facts.catalog_links import LinkIndex
from kbaudit.facts.catalog_names import (
    ACCESSORIES,
    SIBLINGS,
    STOP,
    Word,
    aliases,
    common_prefix,
    forms,
    words,
)
from kbaudit.model.document import Link, Span
from kbaudit.model.product import Product
from kbaudit.text.stem import fold

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{2,38}[A-Za-z0-9]")
MEASURE = re.compile(r"(?<![\w.,])(?P<number>\d+(?:[.,]\d+)?)(?:\s?|-)(?P<unit>[A-Za-z]{1,12})\b")
UNIT_AFTER = re.compile(
    r"\s?-?(?:l|ml|cl|kg|g|cm|mm|m|inch|in|oz|lb|w|v|gb|tb|mb|mah|litres?|liters?|ft|cups?|pieces?|pcs|pack|x|×|%)\b",
    re.I,
)
MEASURE_BEFORE = re.compile(r"(?<![\w.,$€£])(?P<number>\d+(?:[.,]\d+)?)(?:\s?|-)(?P<unit>[A-Za-z]{1,12})\s$")
# A shorter name must be rare in the catalog to point at one product: groups of products that may share its rarest word.
MAX_SHARING = 12
# Likeness of two spellings of one name, 0 to 100; at 92 two letters of twenty may differ.
MIN_SPELLING = 92.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A product named in a text: `text[start:end]`. `products` index into `Catalog.products`: one, or several
    variants among which the text does not choose. `how`: `id`, `link`, `title`, `model`, `part` or `spelling`."""

    start: int
    end: int
    products: tuple[int, ...]
    how: str


@dataclass
class Catalog:
    """All products with the indexes that resolve mentions of them."""

    products: tuple[Product, ...]
    names: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    ranks: dict[tuple[str, ...], int] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    titles: tuple[tuple[str, ...], ...] = ()
    group_of: tuple[str, ...] = ()
    sharing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    members: dict[str, tuple[int, ...]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    links: LinkIndex = field(default_factory=LinkIndex)
    common_words: frozenset[str] = frozenset()

    @cached_property
    def index_of(self) -> dict[tuple[str, str], int]:
        """The place of a product by (source, id)."""
        return {product.ref: i for i, product in enumerate(self.products)}

    @cached_property
    def group_words(self) -> dict[str, frozenset[str]]:
        """The words of all titles, brands and types of a group."""
        found: dict[str, set[str]] = {}
        for index, group in enumerate(self.group_of):
            product = self.products[index]
            bag = found.setdefault(group, set())
            bag.update(self.titles[index])
            bag.update(forms(product.brand or ""))
            bag.update(forms(product.product_type or ""))
        return {group: frozenset(bag) for group, bag in found.items()}

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """Products named in `text[start:end]`, left to right, not overlapping."""
        return self.find_in(text, words(text, start, end))

    def find_in(self, text: str, tokens: Sequence[Word]) -> list[Mention]:
        """Products named by these words of `text`."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            step = self._named_at(text, tokens, at) or self._part_at(text, tokens, at)
            if step is None:
                at += 1
                continue
            mention, following = step
            if mention is not None:
                found.append(mention)
            at = following
        return self._with_codes(text, tokens, found)

    def linked(self, links: Iterable[Link]) -> list[Mention]:
        """Products that links lead to."""
        found = []
        for link in links:
            indexes = self.links.resolve(link.href)
            if indexes:
                found.append(Mention(link.start, link.end, indexes, "link"))
        return found

    def _named_at(self, text: str, tokens: Sequence[Word], at: int) -> tuple[Mention | None, int] | None:
        for length in self.lengths.get(tokens[at].form, ()):
            stop = at + length
            if stop > len(tokens):
                continue
            name = tuple(token.form for token in tokens[at:stop])
            indexes = self.names.get(name)
            if indexes is None:
                continue
            literal = tuple(i for i in indexes if self._literally(text[tokens[at].start : tokens[stop - 1].end], i))
            if not literal and not _is_run(text, tokens[at:stop]):
                continue
            indexes = literal or indexes
            if length == 1 and not self._may_stand_alone(text, tokens, at):
                continue
            if self._is_something_else(text, tokens, at, stop, indexes):
                return None, stop
            how = "title" if self.ranks[name] == 0 else "model"
            return Mention(tokens[at].start, tokens[stop - 1].end, indexes, how), stop
        return None

    def _literally(self, piece: str, index: int) -> bool:
        """The piece is the title sign by sign, or its beginning where the title ends in signs that are no words."""
        title = self.products[index].title
        return title.startswith(piece) and not any(sign.isalnum() for sign in title[len(piece) :])

    def _may_stand_alone(self, text: str, tokens: Sequence[Word], at: int) -> bool:
        """A name of one word counts only where it is written as a name and is no ordinary word."""
        word = tokens[at]
        if len(word.form) < 3 or not word.capital or word.form.isdigit():
            return False
        if _several(text, word):
            return False
        if word.form in self.common_words and not any(sign.isdigit() for sign in word.form):
            return _starts_line(text, word.start)
        return True

    def _is_something_else(self, text: str, tokens: Sequence[Word], at: int, stop: int, indexes: Sequence[int]) -> bool:
        """The name goes on: "… Pro", "… 2", "… case" are other things unless the catalog's name has that word."""
        own = self.group_words[self.group_of[indexes[0]]]
        if stop < len(tokens):
            after = tokens[stop]
            gap = text[tokens[stop - 1].end : after.start]
            if gap in (" ", "-", "\u00a0") and after.form not in own:
                if after.form in SIBLINGS and after.capital:
                    return True
                if after.form in ACCESSORIES and not text.startswith("sets you", after.start):
                    return True
                measure = MEASURE.match(text, after.start)
                if measure and self._other_measure(measure, indexes):
                    return True
                if (
                    after.form.isdigit()
                    and len(after.form) <= 2
                    and not UNIT_AFTER.match(text, after.end)
                    and not _begins_amount(text, after)
                ):
                    return True
                if _is_model_word(text[after.start : after.end]):
                    return True
                if after.form in ("replacement", "spare", "compatible", "protective"):
                    return True
                if after.capital and stop + 1 < len(tokens) and tokens[stop + 1].form in ACCESSORIES - own:
                    return True
        ahead = MEASURE_BEFORE.search(text, max(0, tokens[at].start - 18), tokens[at].start)
        if ahead and self._other_measure(ahead, indexes):
            return True
        if at:
            before = tokens[at - 1]
            gap = text[before.end : tokens[at].start]
            if gap == " " and before.form in SIBLINGS and before.capital and before.form not in own:
                return True
        return False

    def _other_measure(self, measure: re.Match[str], indexes: Sequence[int]) -> bool:
        """The catalog's titles give the same unit with other numbers only: another size is meant."""
        unit = measure["unit"].lower()
        numbers = {
            found["number"].replace(",", ".")
            for i in indexes
            for found in MEASURE.finditer(self.products[i].title)
            if found["unit"].lower() == unit
        }
        return bool(numbers) and measure["number"].replace(",", ".") not in numbers

    def _part_at(self, text: str, tokens: Sequence[Word], at: int) -> tuple[Mention | None, int] | None:
        """A shorter or differently spelled name: begins at a rare word of some title that is written as a name."""
        word = tokens[at]
        groups = self.sharing.get(word.form)
        if not groups or not word.capital or word.form in STOP or len(word.form) < 2:
            return None
        best: tuple[int, int] = (0, 0)
        tied: list[str] = []
        run: list[int] = []
        for group in groups:
            words_of, distinctive = self._run(text, tokens, at, group)
            if not distinctive:
                continue
            weight = (len(words_of), distinctive)
            if weight > best:
                best, tied, run = weight, [group], words_of
            elif weight == best:
                tied.append(group)
        if not tied:
            spelled = self._spelled_at(text, tokens, at, groups)
            return spelled or self._family_at(text, tokens, at, groups)
        group = tied[0]
        stop = run[-1] + 1
        indexes = tuple(sorted(i for name in tied for i in self.members[name]))
        picked = [token.form for token in (tokens[i] for i in run)]
        if len(run) == 1 and not self._single_part(text, tokens, at):
            return None
        named = [i for i in indexes if set(picked) <= self.group_words[group] and set(picked) & set(self.titles[i])]
        if not named:
            return None
        if self._is_something_else(text, tokens, at, stop, indexes) or self._in_longer_name(
            text, tokens, at, stop, group
        ):
            return self._spelled_at(text, tokens, at, groups) or (None, stop)
        return Mention(tokens[at].start, tokens[run[-1]].end, indexes, "part"), stop

    def _family_at(
        self, text: str, tokens: Sequence[Word], at: int, groups: Sequence[str]
    ) -> tuple[Mention | None, int] | None:
        """Two or more words that begin the titles of several groups, and of those only: the whole family is meant."""
        length = 1
        family = list(groups)
        while at + length < len(tokens) and _is_run(text, tokens[at + length - 1 : at + length + 1]):
            name = tuple(token.form for token in tokens[at : at + length + 1])
            named = [g for g in family if any(self.titles[i][: length + 1] == name for i in self.members[g])]
            if not named:
                break
            family, length = named, length + 1
        if length < 2 or len(family) < 2 or not all(word.capital for word in tokens[at : at + 1]):
            return None
        stop = at + length
        indexes = tuple(sorted(i for group in family for i in self.members[group]))
        if self._is_something_else(text, tokens, at, stop, indexes) or self._in_longer_name(
            text, tokens, at, stop, family[0]
        ):
            return None
        return Mention(tokens[at].start, tokens[stop - 1].end, indexes, "part"), stop

    def _run(self, text: str, tokens: Sequence[Word], at: int, group: str) -> tuple[list[int], int]:
        """Consecutive words that belong to a group's names, and how many of them no other group has."""
        own = self.group_words[group]
        brand = set(forms(self.products[self.members[group][0]].brand or ""))
        run: list[int] = []
        seen: set[str] = set()
        i = at
        while i < len(tokens) and len(run) < 12:
            word = tokens[i]
            if i > at and not _is_run(text, tokens[i - 1 : i + 1]):
                break
            if word.form in own and word.form not in seen and word.form not in STOP:
                run.append(i)
                seen.add(word.form)
            else:
                break
            i += 1
        distinctive = sum(
            1
            for i in run
            if len(self.sharing.get(tokens[i].form, ())) == 1
            and tokens[i].form not in brand
            and tokens[i].capital
            and (tokens[i].form not in self.common_words or len(run) > 1)
            and not (tokens[i].form.isdigit() and len(tokens[i].form) < 3)
        )
        if not distinctive and len(run) >= 2:
            # No word of it is the group's own, but all together may be: only one group has them all.
            rest = None
            for i in run:
                sharing = set(self.sharing.get(tokens[i].form, ()))
                rest = sharing if rest is None else rest & sharing if sharing else rest
            names = [tokens[i].form for i in run]
            if rest == {group} and not set(names) <= brand and sum(tokens[i].capital for i in run) >= 2:
                distinctive = 1
        return run, distinctive

    def _single_part(self, text: str, tokens: Sequence[Word], at: int) -> bool:
        word = tokens[at]
        if _several(text, word):
            return False
        return not (len(word.form) < 4 or word.form.isdigit() or word.form in self.common_words)

    def _in_longer_name(self, text: str, tokens: Sequence[Word], at: int, stop: int, group: str) -> bool:
        """A capitalised neighbour that the product's name does not have: the text names something else."""
        own = self.group_words[group]
        if stop < len(tokens):
            after = tokens[stop]
            gap = text[tokens[stop - 1].end : after.start]
            if gap in (" ", "-") and after.capital and after.form not in own and not _begins_amount(text, after):
                return True
        if at:
            before = tokens[at - 1]
            gap = text[before.end : tokens[at].start]
            if (
                gap in (" ", "-")
                and before.capital
                and before.form not in own
                and before.form not in STOP
                and not _starts_sentence(text, before.start)
                and not _begins_amount(text, before)
            ):
                return True
        return False

    def _spelled_at(
        self, text: str, tokens: Sequence[Word], at: int, groups: Sequence[str]
    ) -> tuple[Mention | None, int] | None:
        """A title with a slip of the pen, or written together: the same words but for a letter or a space."""
        best: tuple[float, str, int] | None = None
        for group in groups:
            name = self.titles[self.members[group][0]]
            target = "".join(name)
            if len(name) < 2 or len(target) < 10 or tokens[at].form != name[0]:
                continue
            for length in (len(name) - 1, len(name), len(name) + 1):
                piece = tokens[at : at + length]
                if len(piece) < 2 or not _is_run(text, piece):
                    continue
                spelled = "".join(word.form for word in piece)
                if [c for c in spelled if c.isdigit()] != [c for c in target if c.isdigit()]:
                    continue
                score = fuzz.ratio(spelled, target, score_cutoff=MIN_SPELLING)
                if score and (best is None or score > best[0]):
                    best = (score, group, length)
        if best is None:
            return None
        _, group, length = best
        indexes = self.members[group]
        if self._is_something_else(text, tokens, at, at + length, indexes):
            return None
        return Mention(tokens[at].start, tokens[at + length - 1].end, indexes, "spelling"), at + length

    def _with_codes(self, text: str, tokens: Sequence[Word], found: list[Mention]) -> list[Mention]:
        """Add ids, GTINs and part numbers that stand in the text."""
        if not tokens or not self.codes:
            return found
        taken = [(m.start, m.end) for m in found]
        extra = []
        for match in CODE.finditer(text, tokens[0].start, tokens[-1].end):
            code = match.group().rstrip(".-/_").upper()
            index = self.codes.get(code)
            if index is not None and not any(a < match.end() and match.start() < b for a, b in taken):
                extra.append(Mention(match.start(), match.start() + len(code), (index,), "id"))
        return sorted([*found, *extra], key=lambda m: (m.start, m.end)) if extra else found


def _is_run(text: str, tokens: Sequence[Word]) -> bool:
    """The words stand close together in one line: nothing but spaces and light punctuation between them."""
    for a, b in itertools.pairwise(tokens):
        gap = text[a.end : b.start]
        if (
            len(gap) > 3
            or "\n" in gap
            or (any(sign in gap for sign in ".!?;:|$€£") and not (gap == "." and text[b.start].isdigit()))
        ):
            return False
    return True


def _begins_amount(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 1) : word.start]
    after = text[word.end : word.end + 4].lstrip(" \u00a0")
    return (
        (before in "$€£¥" and before != "")
        or after[:1] in ("$", "€", "£", "%")
        or after[:3].upper() in ("USD", "EUR", "GBP")
        or bool(re.match(r"[.,]\d", text[word.end : word.end + 2]))
        or text[word.start : word.end].upper() in ("USD", "EUR", "GBP", "CAD", "AUD")
    )


def _is_model_word(word: str) -> bool:
    """Digits and letters mixed, as model numbers are (`X200`, `12400F`), but no measure (`40mm`, `2x`)."""
    if not re.search(r"\d", word) or not re.search(r"[A-Za-z]", word):
        return False
    return not re.fullmatch(
        r"\d+(?:st|nd|rd|th|x|mm|cm|m|in|ft|kg|g|mg|lb|oz|ml|l|w|v|wh|mah|gb|tb|mb|hz|ghz|mhz|k|p|pk|pc|pcs|pack)",
        word,
        re.I,
    )


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?\n:|" or start == 0


def _opens(text: str, start: int) -> bool:
    """A sentence begins here."""
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘(*–-")
    return not before or before[-1] in ".!?\n:"


def _several(text: str, word: Word) -> bool:
    """ "Robins take mealworms": a plural with nothing but the capital that every sentence has."""
    bare = re.sub(r"['’]s?$", "", fold(text[word.start : word.end]))
    return bare != word.form and _opens(text, word.start) and re.match(r"\s[a-z]", text[word.end :]) is not None


def _starts_line(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return not before or before.endswith(("\n", "| "))


def build(snapshot: Snapshot) -> Catalog:
    """Index the catalog of a snapshot."""
    return index(snapshot.products, _ordinary(snapshot))


def _ordinary(snapshot: Snapshot) -> frozenset[str]:
    """Words that the articles also write with a small letter: as names of one word they would be ambiguous."""
    names = {word for product in snapshot.products for word in forms(product.title)}
    if not names:
        return frozenset()
    found: set[str] = set()
    for document in snapshot.live:
        for word in words(document.text):
            if not word.capital and word.form in names:
                found.add(word.form)
    return frozenset(found)


def index(products: Sequence[Product], common: frozenset[str] = frozenset()) -> Catalog:
    """Index products; `common` are words that are ordinary in the texts at hand."""
    products = tuple(products)
    titles = tuple(forms(product.title) for product in products)
    by_group: dict[str, list[int]] = {}
    for i, product in enumerate(products):
        if product.item_group_id:
            by_group.setdefault(f"{product.source}/{product.item_group_id}", []).append(i)
    prefixes = {
        key: common_prefix([titles[i] for i in members]) if len(members) > 1 else None
        for key, members in by_group.items()
    }
    group_of = tuple(
        f"{p.source}/{p.item_group_id}" if p.item_group_id else "=" + " ".join(titles[i])
        for i, p in enumerate(products)
    )
    members: dict[str, list[int]] = {}
    for i, group in enumerate(group_of):
        members.setdefault(group, []).append(i)
    named: dict[tuple[str, ...], tuple[int, dict[int, None]]] = {}
    sharing: dict[str, dict[str, None]] = {}
    codes: dict[str, list[int]] = {}
    known_titles = set(titles)
    for i, product in enumerate(products):
        prefix = prefixes.get(group_of[i])
        for name, rank in aliases(product, prefix).items():
            if len(name) == 1 and (len(name[0]) < 3 or name[0].isdigit()):
                continue
            known = named.get(name)
            if known is None or rank < known[0]:
                named[name] = (rank, {i: None})
            elif rank == known[0]:
                known[1][i] = None
        own = {*titles[i], *forms(product.brand or "")}
        if titles[i] and titles[i][-1] in ACCESSORIES and titles[i][:-1] in known_titles:
            # "Aurora Desk Lamp Case" does not make "Aurora" ambiguous: who means the case says so.
            own = {titles[i][-1]}
        for word in own:
            sharing.setdefault(word, {})[group_of[i]] = None
        for code in (product.id, product.gtin, product.mpn):
            if code and _is_code(code):
                codes.setdefault(code.upper(), []).append(i)
    lengths: dict[str, set[int]] = {}
    for name in named:
        lengths.setdefault(name[0], set()).add(len(name))
    return Catalog(
        products=products,
        names={name: tuple(indexes) for name, (_, indexes) in named.items()},
        ranks={name: rank for name, (rank, _) in named.items()},
        lengths={word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()},
        titles=titles,
        group_of=group_of,
        sharing={word: tuple(sorted(groups)) for word, groups in sharing.items() if len(groups) <= MAX_SHARING},
        members={group: tuple(found) for group, found in members.items()},
        codes={code: found[0] for code, found in codes.items() if len(found) == 1},
        links=LinkIndex.of(products),
        common_words=common,
    )


def _is_code(code: str) -> bool:
    """Long and mixed enough not to be met by chance in a text."""
    digits = sum(sign.isdigit() for sign in code)
    letters = sum(sign.isalpha() for sign in code)
    return (
        (digits >= 2 and letters >= 1 and len(code) >= 4)
        or (digits >= 8 and letters == 0)
        or (letters >= 4 and bool(re.search(r"[A-Z].*[-_].*[A-Z]", code)) and code.upper() == code)
    )


def spans(mentions: Iterable[Mention]) -> list[Span]:
    """Where the mentions stand."""
    return [(mention.start, mention.end) for mention in mentions]
