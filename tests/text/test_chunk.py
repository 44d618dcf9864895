"""Chunks: literal slices, bounded, complete, along the headings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbaudit.model.document import Document
from kbaudit.text.chunk import LIMIT, WINDOW, chunks, tokens
from kbaudit.text.extract import from_markdown, from_text
from kbaudit.text.stem import fold, terms

PROSE = "Customers may send parcels back within a month. The label is free of charge in every country that we ship to. "


def document(text: str, title: str = "A title", markdown: bool = False) -> Document:
    body = from_markdown(title, text) if markdown else from_text(title, text)
    return Document(id="a", source="kb", kind="article", title=title, text=body.text, blocks=body.blocks)


def test_every_visible_word_is_in_exactly_one_chunk() -> None:
    page = document("# One\n\n" + PROSE * 12 + "\n\n# Two\n\n" + PROSE * 3 + "\n\n- a\n- b\n", markdown=True)
    cut = chunks(page)
    assert [chunk.number for chunk in cut] == list(range(len(cut)))
    assert all(a.end <= b.start for a, b in pairwise(cut))
    covered = " ".join(page.text[chunk.start : chunk.end] for chunk in cut)
    assert covered.split() == page.text.split()


def test_a_heading_of_substance_begins_a_chunk_and_is_named_in_its_path() -> None:
    page = document("# Returns\n\n" + PROSE * 4 + "\n\n## Refunds\n\n" + PROSE * 4, markdown=True)
    starts = [page.text[chunk.start : chunk.end].split("\n")[0] for chunk in chunks(page)]
    assert "Refunds" in starts
    refunds = next(chunk for chunk in chunks(page) if page.text[chunk.start : chunk.end].startswith("Refunds"))
    assert refunds.path == ("Returns", "Refunds")


def test_short_sections_stay_together() -> None:
    page = document("# A\n\nYes.\n\n# B\n\nNo.\n\n# C\n\nMaybe.", markdown=True)
    assert len(chunks(page)) == 1


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 5000, "件" * 1200, "1234567890" * 300, PROSE * 60])
def test_no_chunk_exceeds_the_limit(text: str) -> None:
    page = document(text)
    assert all(tokens(page.text[chunk.start : chunk.end]) <= LIMIT for chunk in chunks(page))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=1500))
def test_any_text_gives_the_same_bounded_slices_twice(text: str) -> None:
    page = document(text)
    cut = chunks(page)
    assert cut == chunks(page)
    for chunk in cut:
        assert page.text[chunk.start : chunk.end].strip()
        assert tokens(page.text[chunk.start : chunk.end]) <= LIMIT


@pytest.mark.model
def test_no_chunk_exceeds_the_models_window_whatever_the_language() -> None:
    from kbaudit.index.encoder import OnnxEncoder

    texts = [
        PROSE * 5,
        "Rückgabe innerhalb von 30 Tagen. Versandkostenfrei ab 50,00 EUR; Geschenkgutscheine ausgenommen.",
        "Le remboursement est effectué sous quatorze jours ouvrés après réception du colis à l'entrepôt.",
        "SKU-88213-XL | 19.99 USD | https://shop.example/returns?ref=help#top | +1 (555) 010-0199",
        "Uninterruptible internationalisation misconfigurations notwithstanding, thermoregulation.",
        "配送には3〜5営業日かかります。返品は30日以内にお願いします。",
    ]
    counts = OnnxEncoder().count_tokens(texts)
    assert all(tokens(text) * 1.15 >= count - 2 for text, count in zip(texts, counts, strict=True))
    longest = document(" ".join(texts) * 6)
    pieces = [longest.text[chunk.start : chunk.end] for chunk in chunks(longest)]
    assert max(OnnxEncoder().count_tokens(pieces)) <= WINDOW


def test_words_are_folded_and_lightly_stemmed() -> None:
    assert terms("Returned orders: the shop's return policies") == terms("return order the shop returns policy")
    assert terms("Rückgaben", "de") == terms("Rückgabe", "de")
    assert terms("remboursements", "fr") == terms("remboursement", "fr")
    assert terms("devoluciones", "es")[0] == terms("devolucion", "es")[0]
    assert fold("ÉCLAIR Straße") == "eclair strasse"
    assert terms("配送料") == ["配送", "送料"]
