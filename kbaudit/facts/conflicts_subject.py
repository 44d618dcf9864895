# ruff: noqa: E501 - patterns stand on one line each
"""What a page is about, as far as two pages of one template can differ in it: names, models, versions."""

from __future__ import annotations

import re
from functools import lru_cache

from kbaudit.facts import scope as scopes
from kbaudit.model.document import Block, Document
from kbaudit.text import stem

_TOKEN = re.compile(r"[^\W_][\w'&.+-]*", re.UNICODE)
# Words of titles that number pages without naming what they are about.
_NUMBERED = frozenset(
    "article articles page part pair doc document item items question faq text sentence no number section entry note version of test case policy the a an old new left right first second side one two sample help".split()
)
# Words of titles that name a kind of page, not a thing.
_PAGE = frozenset(
    """terms conditions service services use privacy policy policies legal notice agreement user license licence faq faqs help guide overview about contact us information info returns return refunds refund shipping delivery payment payments
    orders order warranty account accounts support center centre how to what is do does can i my your our the a an of for and or with in on at from by when why where which are be need know get find make change use set up using basics general
    questions answers common details more all page pages store shop customer customers team book booking bookings group groups first steps step good rules short time times price prices much long quick important notes tips plan plans welcome
    latest join joining open opening hours what's new who brings bring track tracking see say says promise promised always explained glance works work""".split()
)  # fmt: skip


_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth)\b(?! (?:order|purchase|time|steps?|delivery))")


@lru_cache(maxsize=50_000)
def names(text: str) -> frozenset[str]:
    """Names and models in a title or a heading: words with a digit, and capitalised words that are no page words."""
    found: set[str] = set()
    tokens = _TOKEN.findall(text)
    lower = sum(1 for token in tokens if token[0].islower())
    titled = lower * 2 < len(tokens)
    for index, token in enumerate(tokens):
        plain = token.lower().strip(".'-+")
        before = tokens[index - 1].lower() if index else ""
        if any(char.isdigit() for char in plain):
            if plain.isdigit() and (not before or before in _NUMBERED):
                continue
            found.add(plain)
        elif token[0].isupper() and plain not in _PAGE and plain not in scopes.GENERIC:
            # In a Title Case title every word is capitalised: there only unknown words count, and they do either way.
            if index or titled:
                found.add(scopes.singular(plain))
            else:
                found.add(scopes.singular(plain))
    return frozenset(found)


def subject(document: Document, block: Block) -> frozenset[str]:
    """The names above a block: the title's and its headings'."""
    found = set(names(document.title))
    for heading in block.path:
        found |= names(heading)
    return frozenset(found)


def titled(document: Document, other: Document) -> bool:
    """Whether the title of one page has no word about its matter that the other's lacks."""
    mine, yours = (
        frozenset(
            stem.stem(word)
            for token in _TOKEN.findall(page.title.lower())
            if len(word := token.strip(".'-+")) > 1 and word not in _PAGE and word not in _NUMBERED
        )
        for page in (document, other)
    )
    return mine <= yours or yours <= mine


def alike(
    document: Document,
    block: Block,
    other: Document,
    other_block: Block,
    *,
    plain: bool,
    told: frozenset[str] = frozenset(),
) -> bool:
    """Whether two pages can be about the same thing. `plain`: the sentence speaks of the shop, not of goods, so only
    models and versions part the pages. `told`: stems of the words of both sentences, which need no title to name them."""
    mine, yours = subject(document, block), subject(other, other_block)
    models, others = _models(mine), _models(yours)
    if models != others:
        return False
    if _ORDINAL.findall(document.title.lower()) != _ORDINAL.findall(other.title.lower()):
        # "First reminder" and "Second reminder".
        return False
    goods, wares = scopes.of_heading(document.title).products, scopes.of_heading(other.title).products
    if goods and wares and goods.isdisjoint(wares):
        return False
    left, right = (frozenset(word for word in names if stem.stem(word) not in told) for names in (mine, yours))
    if left <= right or right <= left:
        return True
    # "Fern mug" and "Reed mug": pages of one template about different things.
    return plain and not mine & yours


def _models(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(char.isdigit() for char in word))
