"""Labels, titles, spelling and what may be published: as a support lead would read them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from kbaudit.facts.labels import label, representatives
from kbaudit.facts.spelling import Spelling
from kbaudit.facts.titles import titled
from kbaudit.text.replies import publishable
from kbaudit.text.stem import terms

TITLES = {
    "Hi! Thanks. Do you rent kayaks": "Do you rent kayaks?",
    "for you - what do I enter for IBAN": "What do I enter for IBAN?",
    "Where is the gift list of [name]? Name is [name]": "Where is the gift list?",
    "The client wanted to know the price of engraving a ring.": "Price of engraving a ring",
    "The customer's voucher was being refused at checkout.": "Voucher was being refused at checkout",
    "please engrave both rings with": "Engrave both rings",
    "I own two canoes, can I store one": "I own two canoes, can I store one?",
    "Broken paddle. Photos attached.": "Broken paddle",
    "iPad case with a stand": "iPad case with a stand",
    "max load of the roof rack?": "Max load of the roof rack?",
}
PUBLISHED = {
    "Thanks for getting in touch! Yes, we engrave. It takes four days.": "Yes, we engrave. It takes four days.",
    "Hi, this is [name]. Rings are engraved for free. Kind regards, [name]": "Rings are engraved for free.",
    "Sorry about that! Press reset for ten seconds; the lamp turns blue.": (
        "Press reset for ten seconds; the lamp turns blue."
    ),
    "Returns are free for 30 days. I have refunded your order.": "Returns are free for 30 days.",
    "Use the code at checkout. Your parcel was sent on Monday. Let me know if you need more.": (
        "Use the code at checkout."
    ),
    "I've just cancelled it. Have a nice day!": "",
}
SPELLING = Spelling(
    Counter({"lenses": 9, "month": 5, "card": 9, "trade": 4, "blouses": 6}), frozenset({"prescription"})
)
SPELLED = {
    "lnses in my frame": "lenses in my frame",
    "every mnth": "every month",
    "prscription goggles": "prescription goggles",
    "a cart": "a cart",  # another word, not a slip
    "one blouse": "one blouse",  # an ending, not a slip
    "from Lenss": "from Lenss",  # a name
    "lenses": "lenses",
}
LABELS = {
    ("how much is ring engraving", "is ring engraving free", "ring engraving price"): "Ring engraving",
    (
        "Can I take the stove on a plane?",
        "does the stove go in hand luggage",
        "stove and airline rules",
    ): "Can I take the stove on a plane?",
    (
        "is it too late in the year to sow grass?",
        "too cold to sow now?",
        "should I wait til april before I sow",
    ): "Is it too late in the year to sow grass?",
}


@pytest.mark.parametrize(("question", "title"), TITLES.items())
def test_a_question_becomes_a_title(question: str, title: str) -> None:
    assert titled(question) == title


@pytest.mark.parametrize(("reply", "text"), PUBLISHED.items())
def test_what_of_a_reply_may_be_published(reply: str, text: str) -> None:
    assert publishable(reply) == text


@pytest.mark.parametrize(("text", "mended"), SPELLED.items())
def test_slips_are_mended_and_words_are_left(text: str, mended: str) -> None:
    assert SPELLING.mend(text) == mended


@pytest.mark.parametrize(("texts", "name"), LABELS.items())
def test_a_label_is_a_whole_phrase_or_a_question(texts: tuple[str, ...], name: str) -> None:
    bags = [terms(text) for text in texts]
    outside = Counter(term for bag in bags for term in set(bag))
    assert label(bags, texts, [1.0] * len(texts), outside, 100) == name


def test_the_shown_questions_are_near_the_middle_and_no_foreign_or_repeated_one() -> None:
    rows = np.array([[1, 0, 0], [0.95, 0.3, 0], [0.9499, 0.3002, 0], [0.9, -0.43, 0], [0.92, 0, 0.39], [0.3, 0, 0.95]])
    rows = rows / np.linalg.norm(rows, axis=1)[:, None]
    chosen = representatives(rows, np.ones(len(rows)), 3)
    assert chosen[0] == 0 and 5 not in chosen
    assert not {1, 2} <= set(chosen)


RARE = {"a month of trade": 0, "prescription lnses": 0, "a card with paprs": 1, "to Utrecht": 0}


@pytest.mark.parametrize(("text", "count"), RARE.items())
def test_words_of_one_customer_alone_are_counted_names_and_mended_slips_aside(text: str, count: int) -> None:
    assert SPELLING.rare(text) == count
