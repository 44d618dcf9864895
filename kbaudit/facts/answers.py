"""Base fact "answers": every claim of every AI answer, judged against the cited and the best retrieved articles and
the catalog."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts import records
from kbaudit.facts.answers_catalog import (
    CatalogClaim,
    attribute_claim,
    catalog_claims,
    product_source,
    products_of,
)
from kbaudit.facts.answers_policy import Placed, policy_conflicts
from kbaudit.facts.answers_text import Stated, claims
from kbaudit.facts.records_compare import contradiction
from kbaudit.facts.support import Verdict, agrees
from kbaudit.facts.support import judge as compare
from kbaudit.facts.support_text import Source, of_document, sentence
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document, Span
from kbaudit.model.product import Product
from kbaudit.text import quantities
from kbaudit.text.asks import language_of

Rule = Literal["ANS801", "ANS802", "ANS803"]
# Articles that a claim is held against: the cited ones, and the best retrieved for the question and for the claim.
FOR_QUESTION = 3
FOR_CLAIM = 3
# Sentences of one article that are compared in meaning: those that share most with the claim's words.
SENTENCES = 12
# What no cited article bears out, another article does where a sentence of it says nearly the same.
OUTRIGHT = 0.6
# A claim of so few content words says one thing; a longer one may be wrong in what its amounts are about.
SHORT = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim of an answer with its verdict. `span` is in the message; `against` what bears it out or contradicts
    it, with the literal passage: a span of the article, or a field of the product with its value."""

    conversation: tuple[str, str]
    message: int
    span: Span
    claim: str
    label: Literal["supported", "contradicted", "unsupported"]
    rule: Rule | None
    reason: str
    score: float
    strength: str = "statement"
    document: Document | None = None
    passage: Span | None = None
    product: Product | None = None
    field: str | None = None
    value: str | None = None
    stated: str | None = None
    cited: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    conversation: Conversation
    message: int
    question: str
    locale: str
    text: str
    cited: tuple[Document, ...]
    claims: tuple[Stated, ...]
    language: str


def judge(snapshot: Snapshot) -> tuple[Judged, ...]:
    """Every judged claim of the conversations' AI messages, by conversation, message and place."""
    return tuple(judge_all(snapshot, snapshot.conversations))


def judge_all(snapshot: Snapshot, conversations: Sequence[Conversation]) -> list[Judged]:
    """`judge` for given conversations."""
    asked = [item for conversation in conversations for item in _asked(snapshot, conversation)]
    if not asked:
        return []
    judge_message = _Judge(snapshot, asked)
    return [judged for item in asked for judged in judge_message(item)]


def _asked(snapshot: Snapshot, conversation: Conversation) -> list[_Asked]:
    found: list[_Asked] = []
    question = ""
    by_id = _by_id(snapshot)
    locale = conversation.locale or ""
    language = locale.split("-")[0].lower() or _language(snapshot, conversation)
    for number, message in enumerate(conversation.messages):
        if message.role == "customer":
            question = message.text
        if message.role != "ai" or not message.text.strip():
            continue
        cited = tuple(document for name in message.sources for document in by_id.get(name, ()))
        stated = tuple(claims(message.text, language))
        found.append(_Asked(conversation, number, question, locale, message.text, cited, stated, language))
    return found


def _language(snapshot: Snapshot, conversation: Conversation) -> str:
    """What the words say, if articles are written in that language, else the language of most articles."""
    known = Counter(document.language for document in snapshot.answers)
    text = " ".join(message.text for message in conversation.messages)
    letters = [sign for sign in text if sign.isalpha()]
    if sum(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters) * 2 > len(letters):
        return "und"
    guessed = language_of(text)
    if guessed is not None and (guessed in known or not known):
        return guessed
    return min(known, key=lambda name: (-known[name], name)) if known else "en"


def _by_id(snapshot: Snapshot) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in snapshot.live:
        for name in {document.id, document.url, f"{document.source}/{document.id}"}:
            if name:
                found.setdefault(name, []).append(document)
    return found


class _Judge:
    """Holds what judging many messages shares: retrieval in batches, read sources, vectors fetched at once."""

    def __init__(self, snapshot: Snapshot, asked: Sequence[_Asked]) -> None:
        self.snapshot = snapshot
        self.policies: Mapping[str, Sequence[Placed]] = snapshot.fact("answer_policies")
        self.spoken = {document.ref: document.language for document in snapshot.documents}
        self._read: dict[tuple[str, str], Source] = {}
        texts = [(item.question, item.locale or None) for item in asked if item.question]
        texts += [(claim.text, item.locale or None) for item in asked for claim in item.claims]
        unique = list(dict.fromkeys(texts))
        if unique and snapshot.answers:
            snapshot.search_many([text for text, _ in unique], [locale for _, locale in unique], 5)
        # What most claims are compared with is encoded at once; the rest one by one, when it comes to that.
        wanted: dict[str, None] = {}
        for item in asked:
            cited = {document.ref for document in item.cited}
            for claim in item.claims:
                wanted[claim.text] = None
                for source in self.sources(item, claim):
                    if not cited or source.where[1:] in cited:
                        wanted.update(dict.fromkeys(part.spoken or part.text for part in source.sentences))
        if wanted:
            snapshot.vectors(list(wanted))

    def __call__(self, item: _Asked) -> list[Judged]:
        place = (item.conversation.ref, item.message)
        from_catalog = catalog_claims(self.snapshot, item.conversation, item.question, item.text)
        from_policy = policy_conflicts(
            self.snapshot, self.policies, item.conversation, item.question, item.text, self.documents(item), item.cited
        )
        found: list[Judged] = []
        taken: list[Span] = []
        for document in item.cited:
            record = records.of_document(document)
            for claim in item.claims if record else ():
                against = contradiction(claim.text, record)
                if against is not None and against.attribute.span and (claim.start, claim.end) not in taken:
                    taken.append((claim.start, claim.end))
                    found.append(
                        Judged(
                            *place,
                            (claim.start, claim.end),
                            claim.text,
                            "contradicted",
                            "ANS802",
                            "attribute",
                            against.score,
                            document=document,
                            passage=against.attribute.span,
                            stated=against.stated,
                            value=against.attribute.quote,
                            cited=True,
                        )
                    )
        for said in from_catalog:
            taken.append(said.span)
            found.append(_from_catalog(place, said, item.text))
        for conflict in from_policy:
            checkable = any(_overlap(conflict.span, (claim.start, claim.end)) for claim in item.claims)
            if not checkable or any(_overlap(conflict.span, span) for span in taken):
                continue
            taken.append(conflict.span)
            found.append(
                Judged(
                    *place,
                    conflict.span,
                    item.text[slice(*conflict.span)],
                    "contradicted",
                    "ANS802",
                    "policy",
                    conflict.score,
                    document=conflict.document,
                    passage=conflict.passage,
                    stated=conflict.stated,
                    value=conflict.value,
                    cited=conflict.document in item.cited,
                )
            )
        for claim in item.claims:
            if any(_overlap((claim.start, claim.end), span) for span in taken):
                continue
            products = products_of(self.snapshot, item.conversation, item.message, [claim.text, item.question])
            wrong = attribute_claim(products, claim) if products else None
            found.append(_from_catalog(place, wrong, item.text) if wrong else self.compared(item, claim, products))
        return sorted(found, key=lambda judged: judged.span)

    def documents(self, item: _Asked, claim: Stated | None = None) -> list[Document]:
        """The cited articles, then the best retrieved for the question and the claim."""
        found = {document.ref: document for document in item.cited}
        for text, k in ((item.question, FOR_QUESTION), (claim.text if claim else "", FOR_CLAIM)):
            if text and self.snapshot.answers:
                for hit in self.snapshot.search(text, item.locale or None, k):
                    document = self.snapshot.document(hit.ref)
                    if document is not None:
                        found.setdefault(hit.ref, document)
        return list(found.values())

    def sources(self, item: _Asked, claim: Stated) -> list[Source]:
        """What a claim is held against, cut to the sentences that share most of its words."""
        wanted = set(_stems(claim.text, item.language))
        found = []
        for document in self.documents(item, claim):
            if document.ref not in self._read:
                self._read[document.ref] = of_document(document)
            source = self._read[document.ref]
            if len(source.sentences) > SENTENCES:
                ranked = sorted(
                    source.sentences,
                    key=lambda part: (-2 * len(wanted & part.stems) - len(wanted & part.context), part.start),
                )[:SENTENCES]
                chosen = {part.start for part in ranked}
                source = replace(
                    source,
                    sentences=tuple(part for part in source.sentences if part.start in chosen),
                    rest=tuple(part for part in source.sentences if part.start not in chosen),
                )
            found.append(source)
        return found

    def weighed(self, item: _Asked, claim: Stated) -> tuple[list[Source], Verdict]:
        """The cited articles decide where there are any; what they do not say, others may, if they say it outright."""
        everything = self.sources(item, claim)
        cited = {document.ref for document in item.cited}
        first = [source for source in everything if source.where[1:] in cited]
        vectors = self.snapshot.vectors
        if not first:
            return everything, compare(claim.text, everything, vectors, item.language, item.question)
        verdict = compare(claim.text, first, vectors, item.language, item.question)
        others = [source for source in everything if source.where[1:] not in cited]
        if verdict.label == "supported" or not others:
            return first, verdict
        second = compare(claim.text, others, vectors, item.language, item.question)
        outright = second.label == "supported" and (verdict.reason == "nothing" or second.alignment >= OUTRIGHT)
        return (others, second) if outright else (first, verdict)

    def _states(self, item: _Asked, claim: Stated) -> bool:
        """Whether a sentence of a cited article states every amount of a short claim, about a word that both have:
        the sentence that came nearest was then about something else."""
        wanted = _stems(claim.text, item.language)
        said = quantities.find(claim.text)
        if not said or len(wanted) > SHORT:
            return False
        for source in self.sources(item, claim):
            if source.where[1:] not in {document.ref for document in item.cited}:
                continue
            for part in source.sentences:
                # A row of a table speaks of what its first cell names, and of nothing else.
                row = " | " in part.text
                theirs = quantities.find(part.text) if wanted & part.stems and not row else []
                if theirs and all(any(agrees(one, other) for other in theirs) for one in said):
                    return True
        return False

    def compared(self, item: _Asked, claim: Stated, products: Sequence[Product]) -> Judged:
        """The verdict of the texts on one claim; what no article says the catalog may."""
        sources, verdict = self.weighed(item, claim)
        if verdict.reason in ("quantity", "nothing") and self._states(item, claim):
            verdict = replace(verdict, label="supported", reason="")
        if verdict.label != "supported" and products:
            catalog = [product_source(product) for product in products]
            second = compare(claim.text, catalog, self.snapshot.vectors, item.language, item.question)
            if second.label == "supported":
                product = products[second.source or 0]
                return Judged(
                    item.conversation.ref, item.message, (claim.start, claim.end), claim.text, "supported", None, "",
                    second.score, claim.strength, product=product, field="title", value=product.title,
                )  # fmt: skip
        document = passage = None
        if verdict.source is not None and verdict.sentence is not None:
            source = sources[verdict.source]
            found = source.sentences[verdict.sentence]
            document = self.snapshot.document(source.where[1:])
            passage = (found.start, found.start + len(found.text))
        # Across languages words cannot be compared: nothing can be said then.
        shared = not sources or any(self.spoken.get(found.where[1:]) == item.language for found in sources)
        rule = _rule(verdict, claim) if shared else None
        return Judged(
            item.conversation.ref, item.message, (claim.start, claim.end), claim.text, verdict.label, rule,
            verdict.reason, verdict.score, claim.strength, document, passage,
            stated=claim.text[slice(*verdict.claim_span)] if verdict.claim_span else None,
            cited=document in item.cited,
        )  # fmt: skip


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(word.stem for word in sentence(text, 0, language).content)


def _rule(verdict: Verdict, claim: Stated) -> Rule | None:
    if verdict.label == "contradicted":
        return "ANS802"
    if verdict.label == "unsupported" and claim.strength == "statement" and not claim.hedged:
        return "ANS801"
    return None


def _from_catalog(place: tuple[tuple[str, str], int], wrong: CatalogClaim, text: str) -> Judged:
    return Judged(
        *place, wrong.span, text[slice(*wrong.span)], "contradicted", "ANS803", wrong.kind, wrong.score,
        product=wrong.product, field=wrong.field, value=wrong.value, stated=wrong.stated,
    )  # fmt: skip


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
