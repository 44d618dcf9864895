"""What counts as an ask."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from kbaudit.text.asks import asks_of, bare, essence, explicit, language_of, order_specific, pleasantry, wants_human
from kbaudit.text.replies import answers, no_information


def said(*turns: tuple[str, str]) -> list[str]:
    return [ask.text for ask in asks_of(turns)]


@pytest.mark.parametrize(
    "text",
    [
        "Hi there!", "good morning", "thanks a lot, bye", "ok great", "yes please", "That's all for now, thank you!",
        "Hallo!", "Vielen Dank!", "Bonjour", "merci beaucoup", "Hola, buenas tardes", "gracias", "👍", "can you help me?",
    ],
)  # fmt: skip
def test_pleasantries_ask_nothing(text: str) -> None:
    assert said(("customer", text)) == []
    assert pleasantry(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can I talk to a human please?", "agent", "I want to speak to a real person", "connect me with someone",
        "Ich möchte mit einem Mitarbeiter sprechen", "je voudrais parler à un conseiller", "quiero hablar con un agente",
    ],
)  # fmt: skip
def test_calls_for_a_human_are_no_asks(text: str) -> None:
    assert wants_human(text)
    assert said(("customer", text)) == []


@pytest.mark.parametrize(
    "text",
    ["Where is my order 12345?", "where's my package", "status of my order #4471", "please cancel order [order number]",
     "Wo ist meine Bestellung?", "Où est ma commande ?", "¿Dónde está mi pedido?"],
)  # fmt: skip
def test_one_orders_business_is_no_ask(text: str) -> None:
    assert order_specific(text)
    assert said(("customer", text)) == []


@pytest.mark.parametrize(
    "text",
    ["How long does delivery take?", "how do I track my order", "can I return worn shoes", "my lamp does not switch on",
     "return policy", "I need a spare key", "gift wrapping", "Wie lange dauert die Lieferung?", "livrez-vous en Suisse",
     "hacen envíos a Canarias"],
)  # fmt: skip
def test_asks_need_no_question_mark(text: str) -> None:
    assert said(("customer", text)) == [text]


@pytest.mark.parametrize(
    "text",
    ["Apologies, sorry to trouble you", "I'm new here, first time customer", "Dumb question maybe", "Please get back to me asap",
     "My husband is asking", "I searched your whole website and found nothing", "ring me back please", "are you a robot?",
     "happy new year to you all", "Entschuldigung, kurze Frage", "petite question rapide", "es urgente"],
)  # fmt: skip
def test_manners_ask_nothing(text: str) -> None:
    assert pleasantry(text)
    assert said(("customer", text)) == []


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Sorry to trouble you, do the lamps dim?", "do the lamps dim?"),
        ("New customer here: do the lamps dim", "do the lamps dim"),
        ("my name is [name] do the lamps dim?", "do the lamps dim?"),
        ("Do the lamps dim? please advise", "Do the lamps dim?"),
        ("Sorry, I ordered the wrong lamp", "I ordered the wrong lamp"),
        ("I am lost without my lamp manual", "I am lost without my lamp manual"),
    ],
)
def test_manners_are_cut_off_an_ask(text: str, ask: str) -> None:
    assert said(("customer", text)) == [ask]


@pytest.mark.parametrize(
    "text",
    ["do the lamps dim? Another question: can I get a spare shade", "do the lamps dim Oh and can I get a spare shade",
     "do the lamps dim. Also can I get a spare shade", "do the lamps dim? By the way, can I get a spare shade"],
)  # fmt: skip
def test_a_message_is_parted_where_it_turns(text: str) -> None:
    first, second = said(("customer", text))
    assert first.rstrip(".?") == "do the lamps dim" and second == "can I get a spare shade"


def test_what_only_looks_like_a_turn_is_none() -> None:
    assert len(said(("customer", "Is it also true that the lamp dims by itself at night?"))) == 1


@pytest.mark.parametrize(
    "text",
    ["the courier says nobody was home", "please cancel the order I placed an hour ago", "any update on 884213",
     "my parcel still hasn't come", "status is delivered but nothing is here", "can you add a shade to order #77120"],
)  # fmt: skip
def test_one_orders_events_are_no_ask(text: str) -> None:
    assert order_specific(text)


@pytest.mark.parametrize(
    "text",
    ["what do I do if the courier says nobody was home", "can I cancel an order", "I was charged twice for my lamp",
     "do you deliver to 90210", "points from my last order are missing", "does the 12000 lumen lamp dim"],
)  # fmt: skip
def test_rules_and_prices_are_asked_for_in_general(text: str) -> None:
    assert not order_specific(text)


def test_a_reaction_to_an_answer_is_no_ask() -> None:
    turns = [("customer", "how long do refunds take"), ("ai", "Five working days after the parcel is back."),
             ("customer", "another page says ten days??")]  # fmt: skip
    assert said(*turns) == ["how long do refunds take"]


def test_topics_of_one_message_are_parted() -> None:
    assert said(("customer", "Do you ship to Canada and what is your return policy?")) == [
        "Do you ship to Canada", "what is your return policy?",
    ]  # fmt: skip
    assert len(said(("customer", "How do I wash the blanket? Also, do you offer gift wrapping?"))) == 2


def test_statements_stay_with_their_question() -> None:
    text = "I bought a jacket last week. It has a stain. Can I return it?"
    assert said(("customer", f"Hello! {text} Thanks!")) == [text]


def test_a_follow_up_carries_what_it_refers_to() -> None:
    found = said(
        ("customer", "Do you deliver to Denmark?"), ("ai", "Yes, for $12."), ("customer", "and how long does it take?")
    )
    assert found == ["Do you deliver to Denmark?", "Do you deliver to Denmark? and how long does it take?"]


def test_replies_to_the_shops_questions_are_no_asks() -> None:
    assert said(
        ("customer", "my lamp flickers"), ("agent", "Which lamp is it?"), ("customer", "the tall one in black"),
        ("agent", "And your name?"), ("customer", "Sam"), ("agent", "Done."), ("customer", "thanks"),
    ) == ["my lamp flickers"]  # fmt: skip


def test_asking_again_is_counted_and_not_a_second_ask() -> None:
    (ask,) = asks_of(
        [("customer", "Is the walnut table in stock?"), ("ai", "Our tables are hand-made."),
         ("customer", "is the walnut table in stock or not?"), ("ai", "We have many tables."),
         ("customer", "that does not help")]
    )  # fmt: skip
    assert ask.again == 1 and ask.unhappy


def test_greeting_and_thanks_are_cut_off_and_the_rest_stays_literal() -> None:
    assert bare("Good morning, do you ship to Malta? thanks") == "do you ship to Malta?"
    assert bare("Hi") == "Hi"


def test_essence_drops_the_lead_in() -> None:
    assert essence("I would like to know if you repair watches") == "you repair watches"
    assert essence("The customer wanted to know how to clean suede.") == "how to clean suede"


@pytest.mark.parametrize(
    ("text", "language"),
    [("where can I find the size of my order", "en"), ("wie kann ich meine Bestellung ändern", "de"),
     ("comment puis-je retourner mon colis", "fr"), ("cómo puedo cambiar la dirección de mi pedido", "es"), ("ok", None)],
)  # fmt: skip
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_explicit() -> None:
    assert explicit("what about returns") and explicit("liefert ihr nach Wien") and not explicit("the blue one")


@pytest.mark.parametrize(
    "text",
    ["I'm sorry, I don't have that information.", "Unfortunately I couldn't find an answer. Let me connect you.",
     "I'm afraid our help centre doesn't cover that.", "Our guides say nothing about this. Shall I connect you?",
     "Dazu habe ich leider keine Informationen.", "Je n'ai pas cette information.", "No tengo información sobre eso."],
)  # fmt: skip
def test_admissions(text: str) -> None:
    assert no_information(text) and not answers(text)


@pytest.mark.parametrize(
    "text",
    ["You can return it within 30 days; the label is in your account.", "We deliver to Spain in 4 days for 9 euros.",
     "I could not find your order, but returns are free for 30 days: open your account, choose the item, print the label, "
     "and drop the parcel at any post office near you."],
)  # fmt: skip
def test_answers(text: str) -> None:
    assert answers(text) and not no_information(text)
