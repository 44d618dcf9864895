"""Near-identical sentences: what makes another rule, and what is the same rule in other words."""

from __future__ import annotations

import pytest

from kbaudit.facts.conflicts_wording import judge

SAME = [
    # Negations that turn nothing round, or turn it twice.
    ("We do not refund opened paint to customers.", "We don't refund opened paint to customers."),
    ("Gift boxes are not included in the price of an order.", "Gift boxes are excluded from the price of an order."),
    ("You cannot change the address of your order later.", "You are unable to change the address of your order later."),
    ("Samples that you ordered are non-returnable.", "Samples that you ordered are not returnable."),
    ("We give you no refund for used candles.", "We do not give you any refund for used candles."),
    ("You may not resell our classes to other customers.", "You must not resell our classes to other customers."),
    ("If you do not cancel, your plan renews each month.", "If you cancel, your plan renews each month."),
    ("We ship not only to homes but to offices too.", "We ship to homes and to offices too."),
    ("We never share your address without your consent.", "We never share your address."),
    ("All deposits are kept by our studio.", "All deposits are kept by our studio unless required by law."),
    (
        "Any refund is paid to your card within the same week.",
        "Any refund is paid to your card within the same week, unless otherwise stated in these terms.",
    ),
    ("You must register before your first order.", "You need to register before your first order."),
    # Numbers that decide nothing.
    ("As section 4.2 says, you may cancel your order.", "As section 5.1 says, you may cancel your order."),
    ("3. Send the parcel back to our warehouse.", "4. Send the parcel back to our warehouse."),
    ("Our terms were last updated on 3 May 2024.", "Our terms were last updated on 9 June 2025."),
    ("More than 4,000 customers trust our bakery.", "More than 9,000 customers trust our bakery."),
    ("Download our price list tariff_2024_03.pdf here.", "Download our price list tariff_2025_01.pdf here."),
    ("You can return your order within thirty days.", "You can return your order within 30 days."),
    ("Your right follows from Directive 2011/83/EU.", "Your right follows from Directive 2019/771/EU."),
    ("For example, if you order 3 mugs we send one parcel.", "For example, if you order 4 mugs we send one parcel."),
    ("Call us on +1 800 555 0142 about your order.", "Call us on 1-800-555-0142 about your order."),
    ("This manual covers version 2.1 of our app.", "This manual covers version 2.4 of our app."),
    ("Call extension 112 with your order number.", "Call extension 118 with your order number."),
    ("Windows 10 users can pay with their account.", "Windows 11 users can pay with their account."),
    ("Photo 3 shows how you open the box of your order.", "Photo 4 shows how you open the box of your order."),
    ("Our team of 40 people answers your orders.", "Our team of 55 people answers your orders."),
    ("We owe you at most $100 for your order.", "We owe you at most US$100 for your order."),
    ("We owe you at most $100 for your order.", "We owe you at most one hundred dollars ($100) for your order."),
    ("Download form RGL 180 for your order.", "Download form RGL 8283 for your order."),
    ("Register your loom online [2] for an invoice.", "Register your loom online [5] for an invoice."),
    (
        "Our choir school works with 18 teachers, who sing daily.",
        "Our choir school works with 23 teachers, who sing daily.",
    ),
    ("A lesson of more than half an hour costs members $9.", "A lesson of more than 30 minutes costs members $9."),
    ("Guests pay €10,000 at most for damage.", "Guests pay not more than €10,000 for damage."),
    (
        "Faults of priority 2 are mended by us within six hours.",
        "Faults of priority 4 are mended by us within six days.",
    ),
    # Other cases, so other amounts.
    (
        "Grown-up visitors pay €14 for an evening in our planetarium with a guide.",
        "Children pay €6 for an evening in our planetarium with a guide.",
    ),
    ("Letters are kept for 2 years in our archive in Bern.", "Receipts are kept for 9 years in our archive in Bern."),
    (
        "The smallest sum that you can send us is $5 at a time.",
        "The largest sum that you can send us is $900 at a time.",
    ),
    (
        "Members may borrow 12 books from our library at a time.",
        "Members who joined this month may borrow 3 books from our library at a time.",
    ),
    (
        "Kayaks of grade A cost members $9 an hour.",
        "Kayaks of grade B cost members $7 an hour.",
    ),
    (
        "Guests of the small cabin pay a deposit of €80 on arrival.",
        "Guests of the large cabin pay a deposit of €150 on arrival.",
    ),
    ("The club paid its members 2 % for 2021.", "The club paid its members 3 % for 2022."),
    (
        "Since 1987 our school has planted 400 trees for members.",
        "Since 1987 our school has planted 650 trees for members.",
    ),
    (
        "Ask our service for canoes on 0431 555 0111 about prices.",
        "Ask our service for tents on 0431 555 0177 about prices.",
    ),
    # A duty and a bar said twice over.
    (
        "The cover does not hold unless you lock the shed of the bicycle.",
        "The cover holds only if you lock the shed of the bicycle.",
    ),
    (
        "We do not lend the hall without a deposit from the customer.",
        "We lend the hall only with a deposit from the customer.",
    ),
    # Carve-outs that the other sentence knows, or that only point to the law.
    (
        "All boats may be hired by the day, except the racing canoe.",
        "The racing canoe excluded, all boats may be hired by the day.",
    ),
    ("Seats are kept free for members, subject to availability.", "Seats are kept free for members."),
    # Open lists, and details that are only added.
    (
        "You can pay with common methods such as cards and vouchers.",
        "You can pay with common methods such as cards, vouchers and bank transfer.",
    ),
    (
        "We only keep data that you give us (including, but not limited to, your name).",
        "We only keep data that you give us (including, but not limited to, your name and size).",
    ),
    ("We only keep your name, address and size.", "We only keep your name, postal address and size."),
    ("We ship your order from Leeds.", "We ship your order from Leeds in a plain box."),
    ("We only ship on weekdays.", "We only ship on weekdays and our parcels are insured."),
    ("Visit our shop in Bath for repairs.", "Visit our shop in Bath for repairs and advice."),
]

OTHER = [
    # Numbers, units and currencies that decide.
    ("You can pause your plan for up to 60 days.", "You can pause your plan for up to 90 days.", "amount"),
    ("We charge a late fee of €10 for each week.", "We charge a late fee of €15 for each week.", "amount"),
    ("We charge a late fee of £10 for each week.", "We charge a late fee of $10 for each week.", "amount"),
    ("You may book a class for at most 6 guests.", "You may book a class for at most 8 guests.", "amount"),
    ("A speed of at least 20 Mbps is recommended.", "A speed of at least 50 Mbps is recommended.", "amount"),
    ("Our app runs on iOS 14 or higher.", "Our app runs on iOS 16 or higher.", "amount"),
    ("Children under 13 may not use our service.", "Children under 16 may not use our service.", "amount"),
    ("Access is limited to four streams at a time.", "Access is limited to two streams at a time.", "amount"),
    ("The trial lasts ten days, then you pay.", "The trial lasts fourteen days, then you pay.", "amount"),
    ("You must be at least 16 years old to join.", "You must be at least 18 years old to join.", "amount"),
    ("Sellers pay a commission of 5% on each order.", "Sellers pay a commission of $5 on each order.", "amount"),
    ("Your account may hold 3 devices at a time.", "Your account may hold five devices at a time.", "amount"),
    # Where and who we are.
    (
        "Call our desk at (503) 555-0142 to cancel your class.",
        "Call our desk at 971-555-0119 (see our other numbers abroad) to cancel your class.",
        "contact",
    ),
    (
        "Send the loom to 12 Mill Road, 4-02 Weaver House, Leeds 204518 first.",
        "Send the loom to 12 Mill Road, 7-02 Weaver House, Leeds 204518 first.",
        "contact",
    ),
    ("Write to help@fernlamps.example for support.", "Write to care@fernlamps.example for support.", "contact"),
    (
        "These terms are governed by the laws of Scotland and by nothing else.",
        "These terms are governed by the laws of Ireland and by nothing else.",
        "legal_entity",
    ),
    # Duties, leave, and who pays.
    ("We accept returns of opened paint.", "We do not accept returns of opened paint.", "permission"),
    (
        "You must register your loom before we repair it.",
        "You may register your loom before we repair it.",
        "permission",
    ),
    (
        "To stop your plan you will need to log in to the shop where you bought it.",
        "To stop your plan it is easiest to log in to the shop where you bought it.",
        "permission",
    ),
    ("Return postage is at your expense in every case.", "Return postage is at our expense in every case.", "payer"),
    ("The buyer pays the cost of return postage.", "The seller pays the cost of return postage.", "payer"),
    # When a period begins, and days.
    (
        "You can return a rug within 30 days of delivery to your home.",
        "You can return a rug within 30 days of purchase to your home.",
        "start",
    ),
    ("Our workshop ships your orders on Mondays.", "Our workshop ships your orders on Thursdays.", "day"),
    # A carve-out from a rule for all.
    (
        "We keep all drawings that you upload forever.",
        "We keep all drawings that you upload forever, except drafts of free accounts.",
        "exception",
    ),
    (
        "If a class is cancelled, we credit you within a week.",
        "If a class is cancelled, we credit you within a week (excluding trial classes).",
        "exception",
    ),
    (
        "Classes are for you only and may not be shared with people outside it.",
        "Classes are for you only and may not be shared with people outside it unless allowed by your family plan.",
        "exception",
    ),
    ("Your vouchers are valid for 2 years.", "Your vouchers are valid forever.", "amount"),
    (
        "Do not send us personal data other than a tag (e.g. a loyalty tag), a rough place, and a device name.",
        "Do not send us personal data other than a tag (e.g. a loyalty tag), a rough place (only for users outside the "
        "United States), and a device name.",
        "exception",
    ),
    (
        "Every student may use the kiln of our workshop free of charge at the weekend.",
        "Only students in their final year may use the kiln of our workshop free of charge at the weekend.",
        "exception",
    ),
    (
        "Whatever you bake in our courses may be sold at the fair, no matter where you live.",
        "Whatever you bake in our courses may be sold at the fair, with the exception of cream cakes and pies.",
        "exception",
    ),
    # Deadlines, prices of nothing, shares and limits.
    (
        "Applications for the spring workshop must reach our office by 4 March, with a photo.",
        "Applications for the spring workshop must reach our office by 19 March, with a photo.",
        "amount",
    ),
    (
        "A second key for the locker is free of charge for tenants of the whole year.",
        "A second key for the locker is charged with €12 for tenants of the whole year.",
        "amount",
    ),
    (
        "If the concert is called off, you get back the full price of your seat.",
        "If the concert is called off, you get back 60 % of the price of your seat.",
        "amount",
    ),
    (
        "The lender may inspect the instrument twice a year, and the borrower lets him in.",
        "The lender may inspect the instrument as often as he likes, and the borrower lets him in.",
        "amount",
    ),
    # Duties and bars among other words.
    (
        "The tenant may sublet the allotment without asking the club, and stays liable for the rent.",
        "The tenant shall not sublet the allotment without the consent of the club, and stays liable for the rent.",
        "permission",
    ),
    (
        "A vote that has been cast cannot be taken back; the count begins at noon in the club.",
        "A vote that has been cast can be taken back as long as the urn is open; the count begins at noon in the club.",
        "permission",
    ),
    (
        "We may close the sluice without prior notice when the river rises in spring or autumn.",
        "We may close the sluice only after notice to the boats when the river rises in spring or autumn.",
        "permission",
    ),
    # Another value of the same class.
    (
        "The rent of the allotment is due quarterly, in advance.",
        "The rent of the allotment is due quarterly, in arrears.",
        "value",
    ),
    (
        "All fees in this list of the school are net sums.",
        "All fees in this list of the school are gross sums.",
        "value",
    ),
    (
        "The tenant bears the cost of water and of the new garden fence.",
        "The landlord bears the cost of water and of the new garden fence.",
        "payer",
    ),
    (
        "Points for a tour are credited when the tour is booked.",
        "Points for a tour are credited after the tour has been completed.",
        "start",
    ),
    (
        "The choir hall may be used by members and by their guests.",
        "The choir hall may be used by members only.",
        "list",
    ),
    (
        "We mend a torn sail within two weeks of its arrival.",
        "We mend a torn sail immediately on its arrival.",
        "amount",
    ),
    # Who holds an office, and who pays.
    (
        "Our safety officer is Ms. Ada Lindqvist, whom you reach through the desk of the harbour.",
        "Our safety officer is Mr. Tom Okafor, whom you reach through the desk of the harbour.",
        "legal_entity",
    ),
    (
        "The toll of the bridge and the ferry is paid by the passenger, for all tours to the island.",
        "The toll of the bridge and the ferry is paid by us, for all tours to the island.",
        "payer",
    ),
    # Closed lists.
    (
        "You receive the price of your sale, minus our commission and the fees.",
        "You receive the price of your sale, minus our commission, the card charge and the fees.",
        "list",
    ),
    ("Our club is open only to people in Norway.", "Our club is open only to people in Norway and Chad.", "list"),
    ("The offer is for new customers only.", "The offer is for new and returning customers only.", "list"),
    ("We only ship looms to France, Spain and Italy.", "We only ship looms to France, Malta and Italy.", "list"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_rule_in_other_words(first: str, second: str) -> None:
    assert judge(first, second) is None
    assert judge(second, first) is None


@pytest.mark.parametrize(("first", "second", "facet"), OTHER)
def test_another_rule(first: str, second: str, facet: str) -> None:
    for verdict in (judge(first, second), judge(second, first)):
        assert verdict is not None
        assert verdict.facet == facet


def test_a_sentence_that_leaves_its_subject_to_the_page_is_compared_on_like_pages_only() -> None:
    verdict = judge("Our fee is $20.00.", "Our fee is $17.50.")
    assert verdict is not None and not verdict.plain
    verdict = judge("Our fee for a repair of the loom is $20.", "Our fee for a repair of the loom is $25.")
    assert verdict is not None and verdict.plain
