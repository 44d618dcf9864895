"""What an article of March 2025 names, read in September 2026: is it still current?"""

from __future__ import annotations

import pytest

from kbaudit.testing import findings_of, snapshot_of

CURRENT = [
    "Hermes was the god of travellers.",
    "We no longer accept giropay.",
    "Evri, formerly Hermes, brings parcels.",
    "Our app needs Windows 10 or later.",
    "Storms can delay parcels.",
    "Currently we ship within two days.",
    "The 2023 vintage is dry and light.",
    "In 2021 the pandemic closed our shop for months.",
    "Because of its size the sofa is currently only delivered to the kerb. Please allow two more days.",
    "Our mugs are inspired by the 2023 eclipse.",
    "The law of 2019 asks for a label.",
    "Copyright 2019 by our studio.",
    "High demand is normal in December.",
    "The year 2022 was our tenth.",
    "Orders over $800 need a customs form.",
    "The Windows of our workshop face 7 trees.",
    "VAT in Germany is 19 %, in Switzerland 8.1 %.",
    "We support TLS 1.2 and 1.3.",
    "During a heat wave keep the candles in the fridge.",
    "The driver runs on Windows 7, 8.1, 10 and 11.",
    "2003: Switch, Solo and Visa.",
    "We moved away from Masterpass years ago.",
    "At most five people fit into the fitting room.",
    "Laser cards were withdrawn in Ireland years ago.",
    "We stopped taking Masterpass when nobody used it.",
    "Due to hygiene rules we currently cannot take back earrings. Thank you for your understanding.",
]
OUTDATED = [
    "Pay with Masterpass or PayPal at the checkout.",
    "Masks must be worn in the showroom.",
    "Only five customers at a time may enter the shop at present.",
    "Due to the avian flu we currently cannot send eggs.",
    "Because of the fuel shortage we deliver only on Tuesdays for now.",
    "In 2025 we will open a second shop.",
    "You can pay by Visa, Switch or Solo.",
    "The plan drawer runs in Internet Explorer 9 or later.",
    "You need Adobe Flash 18 or newer for the preview.",
    "Leave the parcel at a myHermes shop.",
    "To Auckland in New Zealand we ship by Fastway.",
    "Our site works best in Internet Explorer.",
    "Owing to the pandemic our showroom is open by appointment only.",
    "Because of the storm our carrier cannot reach the islands at the moment.",
    "We are currently experiencing a very high number of orders.",
    "Due to illness in the team, replies currently take longer than usual. Thank you for your patience.",
    "Our phones are down at the moment; we are working on it.",
    "Since the flood in our warehouse orders are delayed for now. We let you know as soon as all is back to normal.",
    "Price list 2023: see below.",
    "Our opening hours for 2024 are below.",
    "Rates for 2022 are shown in the table.",
    "Our 2023 catalog can be ordered free of charge.",
    "The 2024 season's trends are mustard and moss.",
    "Share your photo on Google+.",
    "Prices are in Croatian kuna.",
    "Angaben gemäß § 5 TMG.",
    "We comply with the EU-US Privacy Shield.",
    "The European Commission's ODR platform is at ec.europa.eu/consumers/odr.",
    "Verified by Visa protects your payment.",
    "Contact us on Skype under our name.",
    "Use the app on your Windows Phone.",
    "Parcels under $800 enter the US duty free.",
    "Due to Brexit, parcels to Ireland are currently delayed.",
    "We ship with USPS First-Class Package Service.",
    "We temporarily do not ship to Russia because of the war in Ukraine.",
    "Sorry, our live chat is unavailable until further notice.",
    "Because of roadworks our yard can only be reached from the south right now.",
    "Our baker is on parental leave, so orders currently take a week more. Thank you for understanding.",
    "The new Windows 7 is supported by our software.",
    "Follow us on Vine and Periscope.",
    "The lift is being repaired; at the moment pick-up is on the ground floor only.",
]


def rules_of(sentence: str, locale: str = "en") -> list[str]:
    row = {"id": "a", "title": "Good to know", "locale": locale, "updated_at": "2025-03-05"}
    row["body_text"] = f"{sentence}\nWe answer every letter by hand."
    return [finding.rule for finding in findings_of(snapshot_of(articles=[row], as_of="2026-09-15"), ["FRE703"])]


@pytest.mark.parametrize("sentence", CURRENT)
def test_what_is_current_or_knows_that_it_is_not(sentence: str) -> None:
    assert rules_of(sentence) == []


@pytest.mark.parametrize("sentence", OUTDATED)
def test_what_is_no_longer_current(sentence: str) -> None:
    assert rules_of(sentence) == ["FRE703"]


@pytest.mark.parametrize(
    ("sentence", "locale", "outdated"),
    [
        ("We deliver with Hermes.", "en-GB", True),
        ("Geliefert wird mit Hermes.", "de-DE", False),
        ("VAT is charged at 17.5 %.", "en-GB", True),
        ("VAT is charged at 20 %.", "en-GB", False),
        ("The VAT of 7.7 % is included.", "en-CH", True),
        ("The VAT of 8.1 % is included.", "en-CH", False),
    ],
)
def test_names_and_rates_go_by_country(sentence: str, locale: str, outdated: bool) -> None:
    assert rules_of(sentence, locale) == ["FRE703"] * outdated
