"""Keywords and the hybrid retriever, with a stand-in for the model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kbaudit.index.keywords import Keywords
from kbaudit.index.retriever import Retriever, passage_text
from kbaudit.model.document import Document
from kbaudit.text.chunk import chunks
from kbaudit.text.extract import from_text
from kbaudit.text.stem import terms


def encode(texts: Sequence[str]) -> np.ndarray:
    """A bag of hashed words: texts that share words lie near each other."""
    rows = np.zeros((len(texts), 64), dtype=np.float32)
    for number, text in enumerate(texts):
        for word in terms(text):
            rows[number, int(hashlib.sha256(word.encode()).hexdigest(), 16) % 64] += 1
        rows[number] /= max(np.linalg.norm(rows[number]), 1e-9)
    return rows


def article(name: str, title: str, body: str, locale: str = "en") -> Document:
    read = from_text(title, body)
    return Document(
        id=name, source="kb", kind="article", title=title, text=read.text, blocks=read.blocks, locale=locale
    )


BASE = [
    article("returns", "Returns", "Send parcels back within thirty days. The label is free."),
    article("shipping", "Shipping", "A parcel takes three days. Express costs more."),
    article("pay", "Payment", "We accept cards, wallets and vouchers."),
    article("versand", "Versand", "Ein Paket braucht drei Tage.", "de"),
    article("uk", "Shipping in Britain", "A parcel takes two days with the royal post.", "en-GB"),
]


def test_hits_are_best_first_one_a_document_with_scores_between_nought_and_one() -> None:
    hits = Retriever(BASE, encode).search("sending parcels back with a free label", "en", 5)
    assert hits[0].ref == ("kb", "returns")
    assert len({hit.ref for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= value <= 1 for hit in hits for value in (hit.score, hit.dense, hit.keyword))


def test_the_passage_is_a_literal_slice_of_the_article() -> None:
    retriever = Retriever(BASE, encode)
    for hit in retriever.search("express", "en", 5):
        document = next(item for item in BASE if item.ref == hit.ref)
        assert document.text[hit.chunk.start : hit.chunk.end].strip()


def test_a_locale_is_answered_in_its_language_and_falls_back() -> None:
    retriever = Retriever(BASE, encode)
    assert {hit.ref[1] for hit in retriever.search("Paket", "de-AT", 9)} == {"versand"}
    assert {hit.ref[1] for hit in retriever.search("parcel", "en-GB", 9)} == {"uk", "returns", "shipping", "pay"}
    assert "uk" not in {hit.ref[1] for hit in retriever.search("parcel", "en-US", 9)}
    assert len(retriever.search("paquete", "es", 9)) == len(BASE)


def test_batches_single_questions_and_the_order_of_input_agree() -> None:
    questions = ["parcel back", "express parcel", "cards", "parcel back", "", "zzz"]
    locales = ["en", None, "en", "en", "en", "de"]
    together = Retriever(BASE, encode).search_many(questions, locales, 4)
    shuffled = Retriever(list(reversed(BASE)), encode)
    assert together == [shuffled.search(q, loc, 4) for q, loc in zip(questions, locales, strict=True)]
    assert together[4] == ()


def test_more_than_it_remembers_and_nothing_at_all() -> None:
    many = [replace(BASE[0], id=f"a{n:03}") for n in range(30)]
    assert len(Retriever(many, encode).search("parcel", "en", 25)) == 25
    assert Retriever([], encode).search("parcel", "en", 5) == ()


def test_a_chunk_is_encoded_below_its_title_and_headings() -> None:
    body = "\n".join(f"Line {n} says something about parcels and how they travel." for n in range(60))
    page = article("long", "Parcels", body)
    cut = chunks(page)
    assert passage_text(page, cut[0]).startswith("Parcels")
    assert passage_text(page, cut[1]).startswith("Parcels\nLine")


def test_bm25_prefers_the_rare_word_and_stays_within_bounds() -> None:
    words = Keywords([("the parcel the parcel", "en"), ("the zebra", "en"), ("the cards", "en")])
    scores = words.scores([("the zebra", "en"), ("unknown", "en"), ("", "en")])
    assert scores[0].argmax() == 1
    assert scores[1].tolist() == [0, 0, 0]
    assert scores[2].tolist() == [0, 0, 0]
    assert float(scores.max()) <= 1.0


@pytest.mark.model
def test_the_real_model_finds_an_article_in_other_words() -> None:
    from kbaudit.index.encoder import OnnxEncoder

    hits = Retriever(BASE, OnnxEncoder().encode).search("can I pay with my phone", "en", 2)
    assert hits[0].ref == ("kb", "pay")
