"""Claims against their sources, one kind of difference at a time, with the real model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from kbaudit.facts.answers_text import claims, has_no_answer
from kbaudit.facts.probes import measure_ranks
from kbaudit.facts.records import Attribute
from kbaudit.facts.records_compare import contradiction
from kbaudit.facts.support import judge
from kbaudit.facts.support_text import Source, sentence, source
from kbaudit.index.encoder import OnnxEncoder

pytestmark = pytest.mark.model
TEXTS = (
    "Returns. You can send back unused goods within 30 days of delivery. Goods from the sale cannot be returned. "
    "We refund you within 5 business days to the card that you paid with.",
    "Shipping. Standard shipping inside the US takes 3 to 5 business days. Shipping is free on orders over $50. "
    "We also ship to Canada and Mexico. Parcels are delivered before noon.",
    "Warranty. The Heron 2 weighs 2.3 kg. The Heron 4 weighs 3.6 kg. Lamps: 2 years. Rucksacks: 5 years.",
)


@cache
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


def vectors(texts: Sequence[str]) -> np.ndarray:
    return encoder().encode(texts)


@cache
def sources() -> tuple[Source, ...]:
    return tuple(source(("article", "kb", str(n)), text, "en", text.split(".")[0]) for n, text in enumerate(TEXTS))


@pytest.mark.parametrize(
    "claim",
    [
        "You have 30 days to send unused things back.",
        "Delivery in the US takes three to five working days.",
        "Orders above $50 ship for free.",
        "We deliver to Canada.",
        "The money goes back to your card within one week, that is five business days.",
        "Goods from the sale cannot be returned.",
        "The Heron 2 weighs 2.3 kg.",
        "Rucksacks have a warranty of 5 years.",
        "There is no charge for shipping on orders over $50.",
        "Sale goods are not returnable.",
    ],
)
def test_what_the_articles_say_is_supported(claim: str) -> None:
    assert judge(claim, sources(), vectors).label == "supported"


@pytest.mark.parametrize(
    ("claim", "reason", "quote"),
    [
        ("You can send back unused goods within 60 days of delivery.", "quantity", "30 days"),
        ("Shipping is free on orders over $75.", "quantity", "$50"),
        ("Goods from the sale can be returned.", "denial", "returned"),
        ("You cannot send back unused goods within 30 days of delivery.", "denial", "send"),
        ("Parcels are delivered after noon.", "opposite", "before"),
        ("The Heron 2 weighs 3.6 kg.", "quantity", "2.3 kg"),
    ],
)
def test_what_they_say_otherwise_is_contradicted_and_the_passage_named(claim: str, reason: str, quote: str) -> None:
    verdict = judge(claim, sources(), vectors)
    assert (verdict.label, verdict.reason) == ("contradicted", reason)
    assert verdict.source is not None and verdict.sentence is not None and verdict.source_span is not None
    item = sources()[verdict.source].sentences[verdict.sentence]
    assert quote in item.text[slice(*verdict.source_span)]


@pytest.mark.parametrize(
    "claim",
    [
        "Students get a 15% discount.",
        "We have a second store in Ashford.",
        "You can pause your coffee subscription whenever you like.",
        "Our jackets are made from recycled ocean plastic.",
        "Rucksacks do not have any warranty at all.",
    ],
)
def test_what_they_do_not_treat_is_unsupported(claim: str) -> None:
    assert judge(claim, sources(), vectors).label == "unsupported"


def test_nothing_to_compare_with_is_unsupported() -> None:
    assert judge("We ship to Canada.", (), vectors).label == "unsupported"


def test_a_denial_reaches_its_clause_and_not_beyond() -> None:
    assert sentence("We do not refund shipping, but we replace lamps.").denied == {"refund", "ship"}
    assert not sentence("There is no extra charge, and no later than Friday.").denied
    assert not sentence("Do not hesitate to write to us.").denied


def test_only_what_can_be_checked_is_a_claim() -> None:
    answer = (
        "Hi Ann! Thanks for asking. I am sorry about that. Your parcel has left our warehouse. You can return it "
        "within 30 days. Please open Settings and choose Returns. Would you like a label? Let me know!"
    )
    found = claims(answer)
    assert [(item.text, item.strength) for item in found] == [
        ("You can return it within 30 days.", "statement"),
        ("Please open Settings and choose Returns.", "instruction"),
    ]
    assert all(answer[item.start : item.end] == item.text for item in found)
    assert claims("Yes, we ship to Malta.")[0].text == "we ship to Malta."
    assert has_no_answer("Sorry, I don't have any information about that.")
    assert not has_no_answer("We have no minimum order.")


RECORD = (
    Attribute("title", ("Fjell Lamp",), "title", "Fjell Lamp"),
    Attribute("Released", ("14 March 2019",), "released", "14 March 2019"),
    Attribute("Weight", ("1.4 kg",), "weight", "1.4 kg"),
    Attribute("Color", ("black", "green"), "color", "black, green"),
    Attribute("Material", ("oak", "steel"), "material", "oak, steel"),
    Attribute("Designed by", ("Mira Holt",), "designer", "Mira Holt"),
    Attribute("Photographed by", ("Jan Oster",), "photo", "Jan Oster"),
    Attribute("Languages", ("English", "German", "French"), "languages", "English, German, French"),
    Attribute("Country of origin", ("Portugal",), "country_of_origin", "Portugal"),
    Attribute("Waterproof", ("no",), "waterproof", "no"),
    Attribute("Dimmable", ("Yes",), "dimmable", "Yes"),
    Attribute("Gender", ("male",), "gender", "male"),
    Attribute("Running time", ("42:15",), "time", "42:15"),
    Attribute("Inputs", ("4",), "inputs", "4"),
    Attribute("Outputs", ("6",), "outputs", "6"),
    Attribute("Type", ("Private",), "type", "Private"),
    Attribute("Awards", ("Silver Lamp (2020)",), "awards", "Silver Lamp (2020)"),
)
PERSON = (
    Attribute("Born", ("3 May 1950 (age 70) Leeds, England, United Kingdom",), "born", ""),
    Attribute("Died", ("9 June 1999 (aged 49) Ghent, Belgium",), "died", ""),
    Attribute("Years active", ("1975-1983", "1990-1999"), "active", ""),
    Attribute("Nationality", ("French",), "nationality", "French"),
)


@pytest.mark.parametrize(
    "claim",
    [
        "It was released in 2019.",
        "It was released in the spring of 2019.",
        "The lamp weighs 1.4 kg, so its weight is 1.4 kg.",
        "It comes in green.",
        "It is made of oak and steel.",
        "It was designed by Mira Holt.",
        "It comes in three languages.",
        "It has a warm light.",
        "It comes in more than two languages.",
        "It weighs less than 2 kg.",
        "The running time is under an hour.",
        "It has more outputs than inputs.",
        "It was released before 2020.",
        "It was released in the late 2010s.",
        "It does not come in red.",
        "It is not waterproof.",
        "It is dimmable.",
        "It is made in Portugal.",
        "It is for men.",
        "It was not only released in 2019.",
        "It has no brass parts.",
    ],
)
def test_a_record_does_not_contradict_what_it_holds_or_does_not_treat(claim: str) -> None:
    assert contradiction(claim, RECORD) is None


@pytest.mark.parametrize(
    ("claim", "key"),
    [
        ("It was released in 2017.", "Released"),
        ("It was released in the winter of 2018.", "Released"),
        ("It was released in the fall of 2019.", "Released"),
        ("Its weight is 2.1 kg.", "Weight"),
        ("It weighs 2.1 kg.", "Weight"),
        ("It comes in red.", "Color"),
        ("It is made of brass.", "Material"),
        ("It was designed by Jan Oster.", "Designed by"),
        ("The languages are only German ones.", "Languages"),
        ("It comes in two languages.", "Languages"),
        ("It comes in more than three languages.", "Languages"),
        ("It comes in at least four languages.", "Languages"),
        ("It weighs less than 1 kg.", "Weight"),
        ("It is heavier than 2 kg.", "Weight"),
        ("The running time is over an hour.", "Running time"),
        ("It has more inputs than outputs.", "Inputs"),
        ("It has as many inputs as outputs.", "Inputs"),
        ("It was released before 2018.", "Released"),
        ("It was released in the early 2010s.", "Released"),
        ("It does not come in green.", "Color"),
        ("It is waterproof.", "Waterproof"),
        ("It is not dimmable.", "Dimmable"),
        ("It is made in Italy.", "Country of origin"),
        ("It is for women.", "Gender"),
        ("It has never won any awards.", "Awards"),
        ("The type is public.", "Type"),
    ],
)
def test_a_record_contradicts(claim: str, key: str) -> None:
    found = contradiction(claim, RECORD)
    assert found is not None
    assert found.attribute.key == key


@pytest.mark.parametrize(
    "claim",
    [
        "She was born in Leeds.",
        "She died at the age of 49.",
        "She started in her twenties.",
        "She was born and died in different countries.",
        "She was active before 1999.",
    ],
)
def test_a_life_is_not_contradicted_by_what_it_held(claim: str) -> None:
    assert contradiction(claim, PERSON) is None


@pytest.mark.parametrize(
    ("claim", "key"),
    [
        ("She was born in Ghent.", "Born"),
        ("She was born in Spain.", "Born"),
        ("She died at the age of 60.", "Died"),
        ("She began her career in her forties.", "Years active"),
        ("She was born and died in the same town.", "Born"),
        ("She worked without a break.", "Years active"),
        ("She was a Belgian painter.", "Nationality"),
    ],
)
def test_a_life_contradicts(claim: str, key: str) -> None:
    found = contradiction(claim, PERSON)
    assert found is not None
    assert found.attribute.key == key


def test_measures_of_ranks() -> None:
    measures = measure_ranks([1, 2, None, 7])
    assert (measures.recall_1, measures.recall_5, measures.recall_10) == (0.25, 0.5, 0.75)
    assert measures.mrr == pytest.approx((1 + 0.5 + 1 / 7) / 4, abs=1e-4)
    assert measure_ranks([]).questions == 0
