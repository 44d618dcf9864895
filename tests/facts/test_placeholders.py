"""Sentences that nobody finished, and sentences that only look so."""

from __future__ import annotations

import pytest

from kbaudit.testing import findings_of, snapshot_of

WHOLE = [
    "Press [Ctrl] and [C] to copy.",
    "Your code looks like AB-XXXX.",
    "The code has the form [two letters][four digits].",
    'Write "Return [order number]" into the subject.',
    "Choose [Settings] and then [Language].",
    "The size XX is for tall people.",
    "We ship to {country} in our API reference.",
    "The sign ## stands for a number in music.",
    "Fill in: Name ____ Date ____",
    'Is it "null" that you see? Then reload the page.',
    "The set {2, 4, 8} of bits fits all drivers.",
    'She wrote: "I love [the lamp]".',
    "[Update 3 May] The shop is open again.",
    "Prices (incl. VAT) are shown at the checkout.",
    "Enter your e-mail address as name@example.com.",
    "(insert the key and turn it twice)",
    "Insert the battery here, with the plus sign up.",
    "(your choice of colour) costs nothing extra.",
    "The footnote [1] explains the rate.",
    "A <strong> heading is a heading that stands out.",
    "To be announced: the winner, on 4 May in the newsletter.",
    "The lens is 100 x 100 mm and costs $00.50 to post? No, $0.50.",
    "Our test lab tests each test piece.",
    'The text "Lorem ipsum" on the poster is on purpose.',
    "Type {name} where the guest's name shall stand.",
    "Temperature: 00 is the coldest step of the fridge.",
    "N days after the new moon the tide is highest.",
    "AT&amp;T customers can pay by phone bill.",
    "On the chuck an arrow stands beside the words INSERT HERE.",
    "Our best poster shows the words Lorem Ipsum in wood type.",
    "On the card you could write: “Happy birthday. With love, [your name]”.",
]
UNFINISHED = [
    "Your refund is paid within {number} days.",
    "Welcome to {Shop Name}!",
    "Call us at [phone].",
    "Call us on [Phone number], Monday to Friday.",
    "Returns are accepted within [X] days.",
    "Contact (insert e-mail address) for details.",
    "Contact us at __________ between 9 and 5.",
    "<Company Name> is registered in Delaware.",
    "<<COMPANY>> ships worldwide.",
    "Our store is at 123 Your Street, Your City.",
    "We ship to: [list of countries].",
    "[Insert paragraph about warranty]",
    "Delivery takes xx-xx working days.",
    "Shipping costs $X.XX within the country.",
    "The fee is €XX.",
    "Orders above $XX ship free.",
    "See our [link to privacy policy].",
    "Copyright 20XX Your Company.",
    "Your order will be delivered by {{ delivery_date }}.",
    "Dear {first_name}, thanks for writing.",
    "Hi %FIRSTNAME%, your parcel is on its way.",
    "Lorem ipsum dolor sit amet.",
    "Donec sed odio dui. Nullam quis risus eget urna mollis ornare vel eu leo.",
    "I'm a paragraph. Click here to add your own text.",
    "This is a sample page. Edit or delete it.",
    "Add your FAQ answer here.",
    "Answer goes here.",
    "Heading 1",
    "Untitled page",
    "TBD",
    "To be completed.",
    "[NAME OF BUSINESS] will not share your data.",
    "Please email [your email].",
    "Mail the item to [ADDRESS].",
    "If you have questions, e-mail support@yourcompany.com.",
    "E-mail us: name@domain.com.",
    "We are open from [time] to [time].",
    "Valid until DD/MM/YYYY.",
    "Our VAT number is [VAT number].",
    "Registered office: [registered address].",
    "{% if customer %} Hello {% endif %}",
    '[contact-form-7 id="123" title="Contact"]',
    "Error: could not render template 'faq_item'.",
    "The price is undefined.",
    "You have NaN points.",
    "#N/A",
    "<?php echo $title; ?>",
    "We answer in {{response_time}} hours.",
    "The warranty is ## months.",
    "NOTE TO SELF: add the picture.",
    "Draft, do not publish yet.",
    "@Tom can you check this?",
    "[screenshot]",
    "Insert table here",
    "Text text text text.",
    "test test test",
    "Sie können innerhalb von [Anzahl] Tagen widerrufen.",
    "Unser Shop [Shopname] liefert nach [Land].",
    "Contactez-nous au [numéro de téléphone].",
    "Escríbenos a [correo electrónico].",
    "Scrivi a [indirizzo e-mail].",
    "Sobre a [nome da loja]",
    "Um zu widerrufen, schreiben Sie uns (hier Name und Anschrift des Unternehmers einfügen).",
    "This is an example of a page. Unlike posts, which are displayed on your blog's front page, it stays.",
    "Liquid error (sections/faq line 42): Could not find asset snippets/faq-item.liquid",
    "You get %DISCOUNT_RATE%% off all jugs.",
    "The code works ${max_uses} times a year.",
    "Use the code SPRING-[MONTH] at the checkout.",
    "Delivery takes between [min] and [max] days.",
    "This text is only a placeholder.",
    "Ask legal before publishing this paragraph!",
    "Dear %%CustomerName%%, your refund is ready.",
    "Title of your article",
    "Livraison sous [X] jours ouvrés.",
]
LOCALES = {
    "widerrufen": "de",
    "innerhalb": "de",
    "Unser": "de",
    "Contactez": "fr",
    "Livraison": "fr",
    "Escríb": "es",
    "Scrivi": "it",
    "Sobre": "pt",
}


def rules_of(sentence: str) -> list[str]:
    locale = next((locale for word, locale in LOCALES.items() if word in sentence), "en")
    row = {"id": "a", "title": "Good to know", "locale": locale}
    row["body_text"] = f"{sentence}\nWe answer every letter by hand."
    return [finding.rule for finding in findings_of(snapshot_of(articles=[row]), ["FRE704"])]


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_only_looks_unfinished(sentence: str) -> None:
    assert rules_of(sentence) == []


@pytest.mark.parametrize("sentence", UNFINISHED)
def test_what_nobody_finished(sentence: str) -> None:
    assert rules_of(sentence) == ["FRE704"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Impressum", ["FRE704"]),
        ("Kontakt", ["FRE704"]),
        ("So schreiben Sie die Adresse richtig", []),
    ],
)
def test_a_sample_address_is_wrong_where_the_shop_says_who_it_is(title: str, found: list[str]) -> None:
    row = {"id": "a", "title": title, "locale": "de", "body_text": "Max Mustermann\nMusterstraße 12\n12345 Musterstadt"}
    assert [finding.rule for finding in findings_of(snapshot_of(articles=[row]), ["FRE704"])] == found
