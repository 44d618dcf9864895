"""Sentences written in March 2026 and read in September: which of them promise something that is over by then?"""

from __future__ import annotations

import pytest

from kbaudit.testing import findings_of, snapshot_of

LASTING = [
    "Prices as of 1 April 2026.",
    "Since 4 May 2026 we ship from Hull.",
    "Invoices from before 1 March 2026 are kept in the archive.",
    "The bridge was opened on 14 May 2026.",
    "Items bought before 31 March 2026 keep the old guarantee.",
    "The model year runs from 1 September to 31 August.",
    "We are closed every year from 24 December to 2 January.",
    "From 1 April to 30 September we open at 8.",
    "Our winter tariff holds until 31 March.",
    "The lamp was reviewed in the issue of 20 April 2026.",
    "If you order on 3 June, it arrives by 6 June.",
    "Batch 24/04/2026 is recalled; send it back.",
    "The VAT rate rose on 1 January 2026.",
    "We won the design prize on 12 May 2026.",
    "The regulation applies from 13 December 2024.",
    "Version 2.3 of 14 April 2026: fixes for printing.",
    "This page was last checked on 3 March 2026.",
    "The course of 9 May 2026 was fully booked; thank you all.",
    "Accounts opened after 1 January 2026 have two-step login.",
    "Sow between 15 March and 30 April.",
    "Plant out after 15 May, when the nights are warm.",
    "The tax year ends on 5 April.",
    "Photo: the mill at dusk, 2 May 2026.",
    "Best before 30.04.2026 on the lid means that it is good for longer.",
    "Support for the first model ended on 31 March 2026.",
    "On 1 May 2026 we moved from Hull to Leeds.",
    "The hunting season is from 1 May to 31 July.",
    "Phones sold until 31 March 2026 have a warranty of three years.",
    "Our founder was born on 9 April 1961.",
    "Start the seeds by 1 April and set the plants out by 20 May.",
    "Order by the 15th of the month and we bill you on the 1st.",
    "The test of 22 April 2026 measured 41 decibels.",
    "We stopped selling the blue one on 30 April 2026.",
    "The bay is closed to boats until 15 June to protect the seals.",
    "Holders of tickets for 3 May 2026 got their money back.",
    "The patent expired on 14 May 2026.",
    "Members who joined by 30 April 2026 pay the old fee.",
    "The season ticket is valid from 1 April until 31 October.",
    "Cherries ripen between 10 June and 5 July.",
    "Letters of 12 May 2026 and before were written by hand.",
    "The 14 May 2026 firmware adds a timer.",
    "Kittens from the litter of 3 May 2026 have found homes.",
    "In the northern half cut the hedge by 1 March.",
    "The stamp of 4 May 2026 shows a heron.",
    "The warranty on parts replaced before 1 May 2026 runs on.",
    "School starts on 1 September in most counties.",
    "Since the rules changed on 28 June 2025, forms must be readable aloud.",
    "The photo contest of 2026 ended on 31 May; see the winners below.",
]
OVER = [
    "The next course is on Saturday, 18 April 2026; book by telephone.",
    "Through the 24th of May we send up to six for free.",
    "We are painting the walls and open again next Monday.",
    "Tickets for the tasting on 14 May 2026 cost 20 euros.",
    "The tasting takes place on Thursday 14 May at 7 pm.",
    "Join us on 3 May 2026 for a walk through the dye garden.",
    "The new catalogue comes out on 2 May 2026.",
    "Registration closes 30 April 2026.",
    "The lamp is back in stock on 20 April 2026.",
    "Delivery of pre-orders begins on 6 April.",
    "We're on holiday until 12 April.",
    "The workshop stays closed from 6 to 18 April 2026.",
    "Deadline: 15/05/2026.",
    "Use the code FERN until Sunday, 17 May, and get 15 % off.",
    "20 % off all hammocks, 4–10 May only.",
    "Spring prices valid to 30/04/26.",
    "Our phone lines will be down on 5 May from 8 to 12.",
    "The old voucher codes can be redeemed until 31 March 2026.",
    "Entries by e-mail until 22 May; the winners are drawn on 1 June.",
    "The shop in Lincoln opens on 2 May.",
    "Sign up by the end of April to get the free kit.",
    "The survey runs until 24 April 2026.",
    "We reopen on Tuesday 7 April.",
    "Expected back: 27 April 2026.",
    "Next delivery of clay: 11 May 2026.",
    "You still have until 30 June 2026 to hand in old toys.",
    "The exhibition can be seen until 28 June 2026.",
    "Meet us at the fair in Ghent, 21–24 May 2026, hall 3.",
    "Prices go up on 1 June 2026, so order now.",
    "From Monday, 13 April, to Friday, 24 April, there is no pick-up.",
    "Bis 30. April 2026 versenden wir kostenlos.",
    "Der nächste Kurs findet am 9. Mai 2026 statt.",
    "Jusqu'au 30 avril 2026, la livraison est offerte.",
    "Hasta el 30 de abril de 2026, envío gratis.",
    "The open day is on 16 May; come by between 10 and 4.",
    "Free engraving this weekend only!",
    "A new batch is due in the first week of May 2026.",
    "Pre-order price until 15 May, then 89 euros.",
    "The webinar on 5 May 2026 shows how to prune.",
    "Vote for the next colour by 30 April.",
    "The summer market in the yard: Saturday, 20 June, 10 to 16.",
    "Please collect your order by Friday 24 April.",
    "Lessons start on 7 April; two places are left.",
    "Our stand at the garden show is in hall 4 from 30 April to 3 May 2026.",
    "Sale ends tomorrow at noon.",
    "Ab dem 4. Mai 2026 sind wir wieder für dich da.",
    "On 12 May we take part in the night of museums, admission is free.",
]
LOCALES = {"versenden": "de", "findet": "de", "wieder für": "de", "avril": "fr", "abril": "es"}


def rules_of(sentence: str) -> list[str]:
    locale = next((locale for word, locale in LOCALES.items() if word in sentence), "en-GB")
    row = {"id": "a", "title": "Notes from the yard", "locale": locale, "updated_at": "2026-03-05"}
    row["body_text"] = f"We make things by hand.\n{sentence}"
    return [finding.rule for finding in findings_of(snapshot_of(articles=[row], as_of="2026-09-15"), ["SEA103"])]


@pytest.mark.parametrize("sentence", LASTING)
def test_what_lasts_or_has_happened_is_no_promise(sentence: str) -> None:
    assert rules_of(sentence) == []


@pytest.mark.parametrize("sentence", OVER)
def test_what_was_ahead_then_is_over_now(sentence: str) -> None:
    assert rules_of(sentence) == ["SEA103"]
