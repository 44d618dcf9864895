# ruff: noqa: E501 - patterns stand on one line each
"""Sentences of an article as passages: what they say, what stands above them, and whether they are in force at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from kbaudit.facts import scope as scopes
from kbaudit.model.claim import Scope
from kbaudit.model.document import Block, Document, Span
from kbaudit.text import quantities, sentences
from kbaudit.text.quantities import Quantity

# A sentence with more amounts than this is a table without markup; what belongs to what cannot be told.
MOST_QUANTITIES = 16
LETTER = {"duration": "D", "money": "M", "percent": "P", "time": "T", "measure": "U", "number": "N", "date": "Y"}
# An article that does not claim to be in force.
_NOT_IN_FORCE = re.compile(
    r"^\W*(?:draft|wip|work in progress|superseded|archived?|obsolete|deprecated|old(?= (?:polic|version|return|shipping|deliver|terms|faq|page|article|price|rate|rule|warrant)| ?[-–:])|outdated|retired|template|proposed|proposal|do not use|internal test|test)\b\W|\((?:draft|superseded|archived|old|obsolete|deprecated|retired|proposed)\)|\b(?:release notes|changelog|change log|policy history|version history|previous (?:versions?|polic))\b|\[(?:draft|archived?|old|superseded|obsolete)\]",
    re.IGNORECASE,
)
# Headings of worked examples, bug reports and lists of other people's products.
_EXAMPLES = re.compile(
    r"^\W*(?:(?:worked )?examples?|simulation|how to reproduce|steps to reproduce|reproduc\w+|workaround|case stud(?:y|ies)|scenario|use cases?|beispiele?|exemples?|ejemplos?)\b",
    re.IGNORECASE,
)
_LISTICLE = re.compile(
    r"^\W*(?:the )?(?:top |best )?(?:\d{1,3}|five|six|seven|eight|nine|ten|twelve)\+? (?:[\w-]+ ){0,4}?(?:tools|apps|themes|services|plugins|platforms|websites|sites|brands|tips|ways|ideas|trends|mistakes|hacks|books|examples|companies|alternatives|influencers|strategies|secrets)\b|\btop[- ]\d{1,3}\b|\b(?:best|top) [\w ]{3,40} (?:of|in|for) (?:19|20)\d\d|\bvs\.?\s|\bcompar(?:ed|ison)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\bused to\b(?! (?:pay|make|buy|purchase|return|place|create|check|track|send|ship|contact|process|calculate|determine|redeem|verify))|\bprevious(?:ly)? (?:policy|offered|was|were|allowed|had|accepted|the|our|we|window|charged)|\bpreviously\b|\bformer(?:ly)?\b|\bin the past\b|\bno longer (?:the|offer (?:our|the) (?:old|previous))|\buntil (?:19|20)\d\d\b|\b(?:until|before|prior to|up to) (?:(?:[a-z]+ )?\d{1,2}(?:st|nd|rd|th)?,? )?(?:jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? (?:19|20)\d\d|\bback in (?:19|20)\d\d|\bold (?:policy|window|rate|price|terms|limit|threshold|period)\b|\b(?:was|were) (?:(?:only|just|originally|initially) )?(?:⟦[A-Z]\d+⟧|\d+)[^.]{0,40}\b(?:before|until|but|now|then)\b|\b(?:increased|raised|extended|reduced|lowered|shortened|changed|gone|went|moved|up|down|cut) from\b|\bfrüher\b|\bauparavant\b|\bantes era\b|\bhistorically\b|\boriginally\b|\binstead of the (?:usual|previous|old|standard)\b|\bup from\b|\bdown from\b|\b(?:until|till|before) (?:last|recently|the end of last|earlier this) ?\w*\b|\b(?:window|period|policy|fee|price|threshold|limit|deadline|warranty|rate) (?:was|were)\b|\bnot any ?more\b|\bas it was\b|\bchanged (?:our|the|its) [^.]{0,40}from\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|eg[.,:]|example:|imagine|suppose|let['’]?s say|say you|as an example|hypothetical|zum beispiel|z\.\s?b\.|par exemple|por ejemplo)|\bif (?:you|your order|it|the item|a customer) (?:was|is|were|placed?|orders?|ordered|buys?|bought|purchase[ds]?|arrives?|delivered) (?:an? [\w ]{0,24})?(?:is |was )?(?:placed |delivered |bought |purchased )?(?:on|at) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|⟦[YT]|jan|feb|march|april|may \d|june|july|aug|sept|oct|nov|dec|the \d)",
    re.IGNORECASE,
)
_COMPETITOR = re.compile(
    r"\b(?:unlike|compared (?:to|with)|in contrast to|other (?:retailers|shops|stores|companies|brands|sites|sellers|websites) |most (?:retailers|shops|stores|companies|brands|competitors)|many (?:retailers|shops|stores|companies|brands|competitors)|competitors?['’]?s?\b(?! of\b|['’]?s? (?:price|website|advert|offer|lower|store|product|ad\b))|elsewhere|industry (?:standard|average)|(?:amazon|ebay|walmart|target|zalando|asos|etsy|best buy|ikea)['’]s? (?:own )?(?:return|shipping|refund|warranty|policy|free|delivery|standard|offers?|gives?|allows?|charges?|has|is)|some (?:retailers|shops|stores|companies|brands))",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:we are (?:planning|considering|thinking|testing|trialling)|we plan to|may (?:soon|in (?:the )?future)|in (?:the )?future|coming soon|under consideration|proposed|proposal|would be|could become|if approved|once approved|being considered|beta)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[\"“„«](?P<quoted>[^\"“”„«»]{20,400})[\"”“»]")
_SAID = re.compile(
    r"\b(?:says?|said|wrote|writes?|asked|asks?|told|tells?|review(?:ed|er)?|testimonial|customer|quote[ds]?|★|stars?|heard|read(?:s)?)\b|[—–-]\s?[A-Z][a-z]+ [A-Z]",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:between|from)\b[^.]{0,40}⟦Y\d+⟧[^.]{0,30}\b(?:and|to|through|until|-|–)\b[^.]{0,20}⟦Y\d+⟧|⟦Y\d+⟧\s?(?:-|–|to|through)\s?(?:and )?⟦Y\d+⟧|\b(?:placed|made|purchased|bought|ordered|orders?|purchases?|delivered)\b[^.]{0,24}\b(?:before|after|since|on or after|from|until|in|between|by|during)\b[^.]{0,16}⟦Y\d+⟧|\b(?:before|prior to|until|through|till)\b[^.]{0,12}⟦Y\d+⟧",
    re.IGNORECASE,
)


_PLACEHOLDER = re.compile(r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|\{[\w. ]{1,60}\}|\[\[[^\[\]]{1,60}\]\]")


@dataclass
class Passage:
    """One sentence (or table cell, list item) with its context.

    `masked` is the sentence in lower case with every quantity as a token `⟦D0⟧`; `contexts` are what may name its topic
    when it does not, nearest first; `outer` is the scope of all that stands above it.
    """

    document: Document
    block: Block
    span: Span
    text: str
    quantities: tuple[Quantity, ...]
    masked: str
    contexts: tuple[str, ...]
    outer: Scope
    row: Scope = Scope()
    standing: bool = True
    question: bool = False
    cell: bool = False
    following: str = ""
    near: str = ""
    """The sentence before, masked, which "it" and "they" speak of."""
    tokens: list[int] = field(default_factory=list)

    @cached_property
    def in_force(self) -> bool:
        """Whether the sentence states what holds now, in the shop's own words."""
        if not self.standing or not sentence_in_force(self.masked):
            return False
        text = self.text
        if '"' in text or "“" in text or "«" in text or "„" in text:
            return not any(
                _SAID.search(text[: match.start()] + text[match.end() :]) for match in _SPEECH.finditer(text)
            )
        return True

    @cached_property
    def dated(self) -> bool:
        """Whether it holds for certain dates only."""
        return "⟦Y" in self.masked and bool(_DATED.search(self.masked))

    def at(self, start: int, end: int) -> Span:
        """A span of the sentence as a span of the document."""
        return (self.span[0] + start, self.span[0] + end)

    @cached_property
    def plain(self) -> str:
        """The sentence in lower case with tokens for amounts but with bare numbers as they stand ("only one code")."""
        return re.sub(
            r"⟦N(\d+)⟧",
            lambda match: self.text[
                self.quantities[int(match.group(1))].start : self.quantities[int(match.group(1))].end
            ].lower(),
            self.masked,
        )

    @cached_property
    def topic(self) -> str:
        """Everything that may name the topic, in lower case."""
        return " \n ".join((self.masked, *self.contexts))


def in_force(document: Document, block: Block) -> bool:
    """Whether a block is the shop's own standing word: no draft, no worked example, no list of others' products."""
    return not (
        block.kind == "code"
        or block.quoted
        or _NOT_IN_FORCE.search(document.title)
        or _LISTICLE.search(document.title)
        or any(_NOT_IN_FORCE.search(heading) or _EXAMPLES.search(heading) for heading in block.path)
    )


def sentence_in_force(masked: str) -> bool:
    """Whether a sentence states what holds now: no history, example, comparison with others or plan."""
    return not (
        _HISTORY.search(masked) or _EXAMPLE.search(masked) or _COMPETITOR.search(masked) or _FUTURE.search(masked)
    )


def mask(text: str, found: tuple[Quantity, ...]) -> tuple[str, list[int]]:
    """The text in lower case with tokens for quantities, and where each token starts in it."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    length = 0
    for number, quantity in enumerate(found):
        piece = text[at : quantity.start].lower()
        token = f"⟦{LETTER[quantity.kind]}{number}⟧"
        places.append(length + len(piece))
        pieces += [piece, token]
        length += len(piece) + len(token)
        at = quantity.end
    pieces.append(text[at:].lower())
    return "".join(pieces).replace("’", "'"), places


def passages(document: Document, currency: str) -> Iterator[Passage]:
    """Every sentence that is the shop's own statement: no code, no block quotation, nothing struck out."""
    in_force = not _NOT_IN_FORCE.search(document.title) and not _LISTICLE.search(document.title)
    guide = not document.answers_customers
    title_scope = scopes.of_heading(document.title, guide=guide)
    brands = scopes.brand_headings(document)
    stem = ""
    stem_scope = Scope()
    before = ""
    asked = ""
    for block in document.blocks:
        if block.kind == "code" or block.quoted or block.header:
            continue
        if any(_NOT_IN_FORCE.search(heading) or _EXAMPLES.search(heading) for heading in block.path):
            continue
        outer = title_scope
        for heading in block.path:
            inner = scopes.of_heading(heading, guide=guide)
            if heading in brands:
                inner = replace(inner, sellers=frozenset({heading.strip(" :").lower()}))
            outer = inner.under(outer)
        headings = tuple(heading.lower() for heading in reversed(block.path))
        if block.kind != "list_item":
            stem, stem_scope = "", Scope()
        if block.kind in ("heading", "title"):
            asked = ""
        contexts = (*((stem,) if stem else ()), *((asked,) if asked else ()), *headings, document.title.lower())
        if block.kind == "table_row" and len(block.cells) > 1:
            yield from _row(document, block, currency, headings, outer, in_force)
            before = ""
            continue
        spans = sentences.split(document.text, block.start, block.end)
        if block.kind not in ("list_item", "paragraph"):
            before = ""
        for index, span in enumerate(spans):
            if any(span[0] < end and start < span[1] for start, end in document.struck):
                continue
            text = document.text[span[0] : span[1]]
            following = document.text[spans[index + 1][0] : spans[index + 1][1]] if index + 1 < len(spans) else ""
            near = before if block.kind in ("paragraph", "list_item") else ""
            item = _passage(
                document,
                block,
                span,
                text,
                currency,
                (*((near,) if near else ()), *contexts),
                stem_scope.under(outer) if stem else outer,
                in_force,
            )
            item.following, item.near = following, near
            yield item
            if item.question:
                asked = item.masked if len(text) < 160 else ""
                before = asked
                contexts = (asked, *headings, document.title.lower())
            elif len(text) > 12 or not before:
                before = item.masked if len(text) < 240 else ""
        if block.kind == "paragraph":
            last = document.text[spans[-1][0] : spans[-1][1]] if spans else ""
            if last.endswith(":"):
                stem = last.lower().replace("’", "'")
                stem_scope = scopes.of_text(last)
            else:
                stem, stem_scope = "", Scope()
            before = before if len(spans) < 6 else ""
        elif block.kind == "list_item":
            before = ""
        if before == asked:
            before = ""


def _row(
    document: Document, block: Block, currency: str, headings: tuple[str, ...], outer: Scope, in_force: bool
) -> Iterator[Passage]:
    """Cells of a table row: the row's first cell and the column's header name topic and scope."""
    first = document.text[block.cells[0][0] : block.cells[0][1]]
    for index, (start, end) in enumerate(block.cells):
        if index == 0 and len(block.cells) > 1:
            continue
        if start >= end:
            continue
        column = block.columns[index] if index < len(block.columns) else ""
        scope = _label(first, block.columns[0] if block.columns else "").under(_label(column, ""))
        text = document.text[start:end]
        contexts = tuple(
            part.lower()
            for part in (
                f"{column} — {first}" if column else first,
                f"{first} — {column}",
                f"{headings[0] if headings else document.title} — {column} — {first}",
                *headings,
                document.title,
            )
            if part
        )
        for span in sentences.split(document.text, start, end):
            item = _passage(
                document, block, span, document.text[span[0] : span[1]], currency, contexts, outer, in_force
            )
            item.row = scope
            item.cell = True
            yield item
        del text


# A table whose rows are the shop's branches.
_BRANCHES = re.compile(r"^(?:our )?(?:shop|store|branch|location|showroom|boutique|site)(?:s|es)?$")


@lru_cache(maxsize=4_000)
def _label(text: str, column: str) -> Scope:
    """The scope that a row's or a column's label names. A label of unknown words stands for itself."""
    if _BRANCHES.search(column.lower()) and text[:1].isupper():
        return Scope(regions=frozenset({f"in {text.lower()}"}))
    scope = scopes.of_text(text)
    named = any(values for _, values in scope.items())
    words = re.findall(r"[\w'’-]+", text.lower())
    if (
        not named
        and words
        and not all(
            word in scopes.GENERIC or scopes.singular(word) in scopes.GENERIC or word.isdigit() for word in words
        )
    ):
        scope = Scope(products=frozenset({" ".join(words)}))
    return scope


def restated(passage: Passage, text: str, currency: str) -> Passage:
    """The same place with another wording: what a bare "Yes." says."""
    contexts = tuple(item for item in passage.contexts if not item.rstrip().endswith("?"))
    block = passage.block if passage.block.kind != "title" else replace(passage.block, kind="paragraph")
    return _passage(passage.document, block, passage.span, text, currency, contexts, passage.outer, passage.standing)


def _passage(
    document: Document,
    block: Block,
    span: Span,
    text: str,
    currency: str,
    contexts: tuple[str, ...],
    outer: Scope,
    in_force: bool,
) -> Passage:
    if "{" in text or "[[" in text:
        # "Hi {{ticket.requester.name}}" says nothing about tickets.
        text = _PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)
    found = quantities.find(text, currency)
    if len(found) > MOST_QUANTITIES:
        found = ()
    masked, places = mask(text, found)
    return Passage(
        document=document,
        block=block,
        span=span,
        text=text,
        quantities=found,
        masked=masked,
        contexts=contexts,
        outer=outer,
        standing=in_force,
        question=text.rstrip().endswith("?"),
        tokens=places,
    )
