"""Claims of one policy that can be about the same customers, and whether two of them clash."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kbaudit.facts import claims_stated
from kbaudit.facts.conflicts_lexicon import contrasted
from kbaudit.facts.conflicts_model import Placed
from kbaudit.facts.conflicts_scope import Canonical, overlap
from kbaudit.facts.conflicts_topic import stems
from kbaudit.facts.conflicts_values import differ
from kbaudit.model.claim import Claim
from kbaudit.text import quantities, stem
from kbaudit.text.quantities import same_values

# More values than this for one policy and scope are a list of different things (stores, products), not one policy.
MOST_VALUES = 10


def groups(items: Sequence[Placed]) -> list[list[Placed]]:
    """Claims of one policy whose scopes overlap, each group once."""
    by_scope: dict[Canonical, list[Placed]] = defaultdict(list)
    for item in items:
        by_scope[item.scope].append(item)
    keys = sorted(by_scope, key=lambda key: key.sort_key)
    parent = list(range(len(keys)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    # Scopes overlap only where they share a value in every dimension that either names: candidates share a signature.
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        buckets[key.dimensions].append(index)
    for bucket in buckets.values():
        for position, first in enumerate(bucket[:400]):
            for second in bucket[position + 1 : 400]:
                if overlap(keys[first], keys[second]):
                    parent[root(second)] = root(first)
    merged: dict[int, list[Placed]] = defaultdict(list)
    for index, key in enumerate(keys):
        merged[root(index)].extend(by_scope[key])
    return [merged[index] for index in sorted(merged)]


def same_subject(items: Sequence[Placed]) -> list[list[Placed]]:
    """Pairs of claims of which one names goods that the other is about without naming them beside its value: "Each
    candle is poured after you order it. Allow three days." and "Candles need two weeks."

    A general rule beside a named exception is none of these: there the general text does not speak of the goods, or
    says that they have rules of their own, or gives their value too.
    """
    named = [
        (item, frozenset(stem.stem(name.split()[-1]) for name in goods)) for item in items if (goods := _goods(item))
    ]
    wanted = frozenset().union(*(goods for _, goods in named))
    # Looked up by the goods that are spoken of: the cost follows what meets, not all pairs.
    plain: dict[tuple[object, ...], list[tuple[Placed, frozenset[str]]]] = defaultdict(list)
    for item in items if wanted else ():
        if not _goods(item):
            spoken = _spoken_of(item) & wanted
            for word in spoken:
                plain[item.scope.parts, item.scope.language, word].append((item, spoken))
    found = []
    for item, goods in named:
        for other, spoken in plain[_without_goods(item.scope), item.scope.language, min(goods)]:
            if (
                goods <= spoken
                and other.document.ref != item.document.ref
                and item.scope.meets(other.scope)
                and differ(item.claim, other.claim)
                and not contrasted(_sentence(item), _sentence(other))
                and not _states_too(other, item.claim)
            ):
                found.append([other, replace(item, scope=other.scope)])
    return found


def _states_too(item: Placed, claim: Claim) -> bool:
    """Whether what stands around a claim gives the other's value as well."""
    block = item.document.block_at(item.claim.span[0])
    text = item.document.text[block.start : block.end] if block else _sentence(item)
    value = (claim.low, claim.high, claim.unit or "")
    return claim.low is not None and any(
        quantity.low is not None and same_values((quantity.low, quantity.high, quantity.unit or ""), value)
        for quantity in quantities.find(text)
    )


_OWN_RULES = re.compile(
    r"\b(?:except\w*|exclud\w*|apart from|other than|unless|own (?:rules?|terms|conditions)|separate|differ(?:ent)?|"
    r"special|longer|shorter|instead|not apply|see)\b",
    re.IGNORECASE,
)


def _goods(item: Placed) -> frozenset[str]:
    return next((values for name, values in item.scope.parts if name == "products"), frozenset())


def _without_goods(scope: Canonical) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(part for part in scope.parts if part[0] != "products")


def _spoken_of(item: Placed) -> frozenset[str]:
    """The stems of the words in and above a claim's sentence and in the one before, where no exception is made."""
    block = item.document.block_at(item.claim.span[0])
    start = block.start if block else item.claim.span[0]
    before = item.document.text[start : item.claim.span[0]]
    said = f"{before} {_sentence(item)}"
    if _OWN_RULES.search(said):
        return frozenset()
    return stems((item.document.title, *(block.path if block else ()), said))


def stated_groups(items: Sequence[Placed]) -> list[list[Placed]]:
    """Plain statements about the same words: equal, or the one's further words stand in the other's title."""
    by_words: dict[frozenset[str], list[Placed]] = defaultdict(list)
    for item in items:
        by_words[about(item)].append(item)
    keys = sorted(by_words, key=lambda words: (len(words), sorted(words)))
    frequency: dict[str, int] = defaultdict(int)
    for words in keys:
        for word in words:
            frequency[word] += 1
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    groups: list[list[Placed]] = []
    for words in keys:
        if words:
            index[min(words, key=lambda word: (frequency[word], word))].append(words)
    larger: dict[frozenset[str], list[Placed]] = {words: list(by_words[words]) for words in keys}
    for words in keys:
        if len(words) < 2:
            continue
        for word in sorted(words):
            for smaller in index[word][:40]:
                if smaller < words and len(smaller) > 1:
                    titles = {stem.stem(part) for item in by_words[smaller] for part in _title_words(item)}
                    if words - smaller <= titles:
                        larger[smaller].extend(by_words[words])
    for words in keys:
        by_scope: dict[object, list[Placed]] = defaultdict(list)
        for item in larger[words]:
            by_scope[(item.scope.language, tuple(part for part in item.scope.parts if part[0] != "products"))].append(
                item
            )
        groups.extend(group for group in by_scope.values() if len(group) > 1)
    return groups


def about(item: Placed) -> frozenset[str]:
    return item.claim.scope.products


def _title_words(item: Placed) -> list[str]:
    block = item.document.block_at(item.claim.span[0])
    return re.findall(r"[^\W\d_]{3,}", " ".join((item.document.title, *(block.path if block else ()))).lower())


def same(a: Claim, b: Claim) -> bool:
    return not differ(a, b)


def pair(a: Placed, b: Placed) -> bool:
    return (
        a.document.ref != b.document.ref
        and _overlap(a, b)
        and a.scope.meets(b.scope)
        and differ(a.claim, b.claim)
        and not contrasted(_sentence(a), _sentence(b))
    )


def _sentence(item: Placed) -> str:
    return item.document.text[slice(*item.claim.span)]


def _overlap(a: Placed, b: Placed) -> bool:
    if a.claim.policy in claims_stated.POLICIES:
        return a.scope.language == b.scope.language
    return overlap(a.scope, b.scope)


def by_value(items: Iterable[Placed]) -> list[list[Placed]]:
    """Claims by value: every claim of a class agrees with the class's first one."""
    classes: list[list[Placed]] = []
    for item in items:
        for members in classes:
            if _value_key(members[0].claim) == _value_key(item.claim):
                members.append(item)
                break
        else:
            classes.append([item])
            if len(classes) > 3 * MOST_VALUES:
                return classes
    merged: list[list[Placed]] = []
    for members in classes:
        for other in merged:
            if not differ(members[0].claim, other[0].claim) and members[0].claim.policy not in (
                "payment_methods",
                "countries_served",
                "carriers",
                "store_places",
            ):
                other.extend(members)
                break
        else:
            merged.append(members)
    return merged


def _value_key(claim: Claim) -> tuple[object, ...]:
    return (claim.low, claim.high, claim.unit, claim.terms, claim.polarity, claim.bound, claim.starts)


def clashing(items: Sequence[Placed], *, within: bool) -> list[list[Placed]]:
    """The classes of one article's claims that clash; empty where its own words explain the difference."""
    classes = by_value(items)
    pairs = [
        (first, second)
        for index, first in enumerate(classes)
        for second in classes[index + 1 :]
        if any(_inner(a, b) for a in first for b in second)
    ]
    if not pairs or len(classes) > 4:
        return []
    first, second = pairs[0]
    return [first, second]


_LABEL = re.compile(r"\W*([^:.⟦\n]{2,40}):\s")


def _inner(a: Placed, b: Placed) -> bool:
    if not (_overlap(a, b) and a.scope.meets(b.scope) and differ(a.claim, b.claim)):
        return False
    if contrasted(_sentence(a), _sentence(b)):
        return False
    if a.claim.span == b.claim.span:
        # Two values in one sentence: a range, alternatives or a comparison.
        return False
    ours, theirs = (_LABEL.match(_sentence(item)) for item in (a, b))
    if ours and theirs and ours[1].lower() != theirs[1].lower():
        # "Dip-treated: 5 years", "Pressure-treated: 15 years".
        return False
    # Under different headings, or in rows of one table, the difference is usually meant.
    a_block, b_block = a.document.block_at(a.claim.span[0]), b.document.block_at(b.claim.span[0])
    if a_block is None or b_block is None:
        return False
    if a_block.kind == b_block.kind == "table_row" and (a_block.path == b_block.path or _row_label(a) != _row_label(b)):
        return False
    if (
        a_block.kind == b_block.kind == "list_item"
        and a_block.path == b_block.path
        and abs(a.document.blocks.index(a_block) - a.document.blocks.index(b_block)) <= 6
        and a.claim.inherited
        and b.claim.inherited
    ):
        return False
    return not (a_block.start == b_block.start and (a.claim.inherited or b.claim.inherited))


def _row_label(item: Placed) -> str:
    block = item.document.block_at(item.claim.span[0])
    return item.document.text[slice(*block.cells[0])].lower() if block and block.cells else ""


def between(items: Sequence[Placed]) -> list[list[Placed]]:
    classes = by_value(items)
    if not 2 <= len(classes) <= MOST_VALUES:
        return []
    clash = [[any(pair(a, b) for a in first[:40] for b in second[:40]) for second in classes] for first in classes]
    chosen = [members for index, members in enumerate(classes) if any(clash[index])]
    if len(chosen) < 2:
        return []
    # An article that states both values knows of both: it explains a difference that others leave out.
    return [list(members) for members in chosen]
