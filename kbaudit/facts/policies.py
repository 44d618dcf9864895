# ruff: noqa: E501 - patterns stand on one line each
"""The table of policies: how each is said, and how two of its values compare.

A pattern is matched on a sentence in lower case in which every quantity stands as a token: `<D>` a duration, `<M>`
money, `<P>` a percentage, `<T>` a time of day, `<U>` a measure, `<N>` a bare number, `<Y>` a date; `<Q>` any of them.
`~` is a short gap without a quantity, `~~` a longer one that may hold some. The quantity that is the value is the one marked with `!`
(`<!D>`). Policies stand from the particular to the general: the first whose pattern takes a quantity has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kbaudit.config import PolicyRule
from kbaudit.facts.permissions import FEES

Compare = Literal["exact", "range", "hours"]


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. `words` is a quick test on the sentence with its headings; `veto` rejects a match by its wording.

    `needs` must occur in the sentence or above it, `block` must not occur in the sentence.
    `ignore` names values of scope dimensions that do not narrow this policy (they are what it is about).
    """

    name: str
    label: str
    kind: str
    patterns: tuple[str, ...]
    words: str
    veto: str = ""
    compare: Compare = "exact"
    ignore: tuple[str, ...] = ()
    default_services: tuple[str, ...] = ()
    heading: str = ""
    needs: str = ""
    block: str = ""


_SHIPPING_TOPIC = r"express|parcel|deliver|shipp|\bships?\b|postage|courier|dispatch|despatch|arriv|liefer|versand|livr|envío|entreg|freight|transit"
_RET = r"(?:\breturns?\b|\breturned\b|\breturning\b|\bsen[dt](?:ing)? (?:\w+ ){0,3}back\b|\bbring(?:ing)? (?:\w+ ){0,3}back\b|\bhand(?:ing)? (?:\w+ ){0,3}back\b|\btake (?:\w+ ){0,2}back\b|\bgive (?:\w+ ){0,2}back\b|\bcomes? back\b|money[- ]back|chang(?:e[ds]?|ing) (?:your|of|their) minds?|right of withdrawal|\bwithdraw(?:al)?\b|refund or exchange|\bunwanted\b)"
_REF = r"\brefund(?:s|ed|ing)?\b"
_SHIP = r"\b(?:shipping|delivery|postage|freight|shipment|p&p|versand\w*)\b"
_STARTS = r"(?:of|from|after|following|since|upon)\s(?:the |your |its |their |date of |day of |when |you |\w+ ){0,4}?(?:purchas|deliver|receiv|receipt|buying|order|arriv|dispatch|ship|bought|get)"

POLICIES: tuple[Policy, ...] = (
    Policy(
        "damage_report_window", "time to report a damaged, wrong or missing item", "D",
        (
            r"\b(?:damage[ds]?|defect\w*|faulty|missing|wrong|incorrect|broken|lost|shortages?|discrepanc\w+|problem|issue)\b~~\b(?:contact|report\w*|notify|let us know|inform|tell|e-?mail|call|claims?|reach out|get in touch|raise|notified|advise|write to|message|send (?:us )?(?:an? |some |the )?(?:photos?|pictures?|messages?|notes?|e-?mails?))\b~~(?:within|in|no later than|up to|have|is|:)~<!D>",
            r"\b(?:contact|report\w*|notify|let us know|inform|tell|e-?mail|claims?|reach out|get in touch|raise|notified|write to|message|send (?:us )?(?:an? |some |the )?(?:photos?|pictures?|messages?))\b~(?:within|in|no later than) (?:the )?(?:first )?<!D>~~\b(?:damage[ds]?|defect\w*|faulty|missing|wrong|incorrect|broken|lost|problem|issue)\b",
            r"(?:within|in) <!D>~(?:of|from|after)~\b(?:contact|report\w*|notify|let us know|inform|e-?mail)\b~~\b(?:damage[ds]?|defect\w*|faulty|missing|wrong|incorrect|broken|lost)\b",
            r"\b(?:contact|report\w*|notify|let us know|inform|tell|e-?mail|claims?|reach out)\b~~\b(?:damage[ds]?|defect\w*|faulty|missing|wrong|incorrect|broken|lost)\b~~(?:within|in|no later than)~<!D>",
            r"<!D>~to (?:report|notify|claim|tell us)\b", r"\b(?:damage|breakage|defects?|faults?)\b~\breported\b~<!D>",
            r"\breport(?:ed|ing)?\b~(?:within|no later than)~<!D>",
        ),
        r"damag|defect|fault|missing|wrong|incorrect|broken|lost|report|problem|discrepan", r"\b(?:refund|credit)~(?:issue|process)|\bwarrant|\breturn(?:ed)? (?:it|them|the item)|replacement (?:will|ships)|respond|reply|investigat",
    ),
    Policy(
        "refund_time", "time until a refund is paid", "D",
        (
            r"\bwe(?:'ll| will| shall)? (?:refund|reimburse|repay|pay back)\b~<!D>", rf"{_REF}~\b(?:process\w*|issu\w+|credit\w*|appear\w*|receiv\w+|arriv\w*|takes?|taking|taken|post\w*|complete\w*|show\w*|reflect\w*|reach\w*|back|made|paid|initiat\w+|land|be with you|see|expect|time\w*|allow|is|are|up to|in)\b~<!D>",
            rf"(?:within|in|allow|takes?|wait|about|around|approximately)~<!D>~\b(?:receive|get|see|issue\w*|process\w*|have|be)\b~{_REF}",
            rf"<!D>~(?:for|to)~(?:{_REF}|\bmoney\b|\bfunds\b|\bamount\b|\bcredit\b)~\b(?:appear|show|post|reach|arrive|process|be\b|clear|hit|reflect|land|complete|issue)",
            rf"<!D>~to (?:process|issue|complete|receive|get|see)~{_REF}",
            r"<!D>~\b(?:until|before)\b~\b(?:money|refund|credit)\b", r"\b(?:money|refund)\b~\breturned\b~<!D>", r"\bsee your money\b~<!D>", r"\b(?:purchase price|price|amount|payment)\b~\b(?:credited|refunded|reimbursed|repaid)\b~<!D>", r"\b(?:return|send|pay|transfer)\b~\b(?:your|the) money\b~<!D>",
            rf"\b(?:when|how (?:long|soon|fast|quickly))\b[^⟦]{{0,40}}(?:{_REF}|\bmoney\b)~<!D>", r"\b(?:receive|get|have|see)\b~\b(?:your|my|the) (?:refund|money)(?: back)?\b~\b(?:within|in|after)\b~<!D>",
            r"<!D>~\bto process~\breturns?\b",
            r"\b(?:money|funds|credit|amount)\b~\b(?:back|appear\w*|return\w*|credited|arrive\w*|reach\w*|show\w*|be in)\b~\b(?:account|card|bank|statement|payment|you)\b~~<!D>",
            r"\b(?:money|funds)\b~\b(?:back|appear\w*|return\w*|credited|arrive\w*|reach\w*|in your)\b~<!D>",
            r"\breturns?\b~\b(?:process\w*|inspect\w*)\b~(?:within|takes?|in|up to|is|:|be)~<!D>",
            r"\b(?:bank|card issuer|card provider|credit card company|financial institution)s?\b~\b(?:take\w*|may|can|need\w*|process\w*|post)\b~<!D>",
            r"(?:reimburs\w+|erstatt\w+|rückerstatt\w+|rembours\w+|reembols\w+)~<!D>~(?:nach|après|tras|of|after)~(?:rück|retour|devol|receipt|receiv)",
            rf"<!D>~(?:of|from|after)~(?:receiving|receipt|inspect\w*|getting|when (?:we|the))~(?:return\w*|item|package|parcel|goods|product)?~~{_REF}",
            rf"{_REF}~~(?:within|in|takes?|up to)\s<!D>~(?:of|from|after|once|following)~(?:receiv|receipt|inspect|arriv|approv|we |get|processing)",
        ),
        r"refund|money|funds|process|bank|rückerstatt|erstatt|rembours|reembols|reimburs",
        r"(?:request|claim|eligible for|entitled to|ask for|apply for|available for|available within|full|for a) (?:an? |your |the )?(?:full |complete )?refunds?~(?:within|in|up to|for)? ?⟦|refund\w*~(?:within|up to|in|for) ⟦D\d+⟧~(?:of|from|after)~(?:purchase|delivery|(?:your|the) order|placing|buying|the date of)|return window|to return\b~⟦|\breturn\b(?! (?:your|the) money)~within ⟦|can be (?:returned|refunded)~|items?~returned within ⟦|days? to return|difference|cheaper|lower price|money back~within ⟦D\d+⟧~(?:of|from|after)~(?:purchase|delivery|buying|receiv)|⟦D\d+⟧ (?:before|prior to|ahead of)\b",
        compare="range", ignore=("exchange", "processing"),
        block=r"difference|cheaper|older than|price (?:match|drop|adjust|fall)", default_services=(),
    ),
    Policy(
        "response_time", "time until support answers", "D",
        (
            r"\b(?:respond\w*|repl(?:y|ies|ied)|respon(?:se|ses)|gets? back to|answer(?:ed)?|hear (?:back )?from us|be in touch|come back to you)\b~(?:within|in|is|:|takes?|up to|under|after|time\w*|less than|expect|allow)~<!D>",
            r"<!D>~\b(?:respond|reply|response|for (?:us|our team) to)\b", r"\bgets? back to you\b~<!D>",
        ),
        r"respon|repl|gets? back|answer|hear|touch|come back", r"if (?:we|you)(?: do| have)? ?(?:not|n't)|no (?:reply|response)|(?:haven|don|didn)['’]?t|must (?:respond|reply)|you (?:have|must|need)|your (?:reply|response)|seller",
        compare="range",
    ),
    Policy(
        "restocking_fee", "restocking fee", "PM",
        (r"\bre-?stocking (?:fee|charge)s?\b~<!PM>", r"<!PM>~\bre-?stocking\b", r"\bre-?stock\w*~<!PM>"), r"re-?stock",
    ),
    Policy(
        "late_fee", "late fee", "PM", (r"\blate (?:payment |return )?(?:fee|charge)s?\b~<!PM>", r"<!PM>~\blate (?:payment |return )?(?:fee|charge)", r"\blate\b~\b(?:charge[ds]?|costs?|fee)\b~<!PM>"), r"late", ignore=("late", "rental"),
    ),
    Policy(
        "return_fee", "cost of returning an item", "M",
        (
            r"\breturn(?:s)? (?:shipping |postage |label |delivery |handling |processing )?(?:fees?|costs?|charges?|labels?|shipping|postage)\b~(?:of|is|are|costs?|:|charge|fee|deduct\w*)?~<!M>",
            r"\b(?:deduct\w*|subtract\w*|charged?)\b~<!M>~\b(?:refund|returns?)\b",
            r"<!M>~\b(?:return (?:fee|label|shipping|postage|charge)|for (?:each|every|all|a|the|your|any)? ?returns?|per return|to (?:return|send it back))\b",
            r"\breturn(?:s|ing)?\b~\b(?:costs?|fee|charge[ds]?)\b~<!M>",
            r"<!M>~\boff (?:your|the|any) refund\b", r"\breturns?\b~~\b(?:costs?|takes?|charge[ds]?|deduct\w*)\b~<!M>", r"\breturn (?:label|parcel|postage)s?\b~~<!M>",
            r"\b(?:keep|withhold|retain|take)\b~<!M>~\b(?:refund|return (?:label|postage|shipping)|for (?:the|a|your) return)\b",
        ),
        r"return|deduct|label|send(?:ing)? .{0,24}back", r"free|over|above|spend|store credit|bonus",
    ),
    Policy(
        "exchange_window", "exchange window", "D",
        (
            r"\bswap(?:s|ped|ping)?\b~<!D>", r"<!D>~\bto swap\b", r"\b(?:other|another|different) size\b~<!D>",
            r"\bexchang(?:e|es|ed|ing)\b~(?:within|in|up to|for|window|period|until|is|:|after)\b~<!D>",
            r"<!D>~\b(?:to exchange|exchange (?:window|period|policy)|exchanges?\b)",
            r"<!D>[- ]exchange",
        ),
        r"exchang|swap|size", r"\breturns?\b|\breturned\b|refund|process|ship|arriv|hold|reserve|receive your", ignore=("exchange", "change of mind"),
    ),
    Policy(
        "price_match_window", "price-match or price-adjustment window", "D",
        (
            r"\bprice[- ](?:match\w*|adjust\w*|protect\w*|drops?|guarantee\w*|promise|difference)\b~~<!D>",
            r"<!D>~~\bprice[- ](?:match\w*|adjust\w*|guarantee|promise|protect\w*|difference)\b",
            r"\b(?:lower price|cheaper|price (?:drops?|falls?|goes down|reduced))\b~~(?:within|in)~<!D>",
            r"within <!D>~~\b(?:lower price|cheaper elsewhere|price (?:drops?|falls?|goes down))\b",
            r"\bmatch(?:es|ed|ing)?\b~\bprices?\b~~<!D>", r"<!D>~~\bmatch(?:es|ed|ing)?\b~\bprices?\b", r"\b(?:credit|refund|pay|give)\b~\bdifference\b~~<!D>",
            r"\bdifference\b~~<!D>", r"(?:within|up to|in|for) <!D>~~\bdifference\b", r"\bprices?\b~\b(?:falls?|drops?|goes down|lowered|reduced)\b~<!D>", r"\bmatch\w*\b~\bprices?\b~<!D>", r"<!D>~\bmatch\w*\b~\bprices?\b",
        ),
        r"price|cheaper|difference", r"return|response|respond",
    ),
    Policy(
        "gift_card_delivery", "time until a gift card arrives by e-mail", "D",
        (r"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b~\b(?:e-?mail(?:ed|s)?|sent|send|arrives?|deliver\w*|in your inbox)\b~<!D>", r"\b(?:e-?mail|send|deliver)\b~\bgift[- ]?(?:cards?|certificates?|vouchers?)\b~<!D>"),
        r"gift", r"expir|valid|good for|post\b|ship|parcel|before|schedul|return|refund", compare="range", ignore=("gift card", "gift", "digital", "online"),
    ),
    Policy(
        "gift_card_expiry", "gift-card expiry", "D",
        (
            r"\b(?:gift[- ]?(?:cards?|certificates?|vouchers?)|e-?gift(?:s| cards?)?)\b~(?:<!D>)",
            r"\bbalance\b~(?:laps\w*|expir\w*|valid\w*|forfeit\w*)~<!D>",
            r"<!D>~\bto (?:spend|use|redeem)\b~\b(?:gift[- ]?(?:cards?|certificates?|vouchers?))\b",
            r"<!D>~\b(?:gift[- ]?(?:cards?|certificates?|vouchers?)|balance)\b~\b(?:expire\w*|valid|lapse|good)\b",
            r"\b(?:gift[- ]?(?:cards?|certificates?|vouchers?))\b~(?:expir\w*|valid\w*|good|redeem\w*|used?|lasts?)~~<!D>",
        ),
        r"gift|voucher", r"deliver|sent|arriv|e-?mail|refund|return|process|receive|activat|schedule|block|store credit", ignore=("gift card", "gift", "digital"), heading=r"gift[- ]?(?:card|certificate|voucher)|voucher",
    ),
    Policy(
        "voucher_expiry", "how long a voucher is valid", "D",
        (r"\b(?:vouchers?|coupons?|(?:discount|promo(?:tional|tion)?|voucher) codes?)\b~(?:expir\w*|valid\w*|good|redeem\w*|used?|lasts?|run)~<!D>", r"\b(?:vouchers?|coupons?|codes?)\b~<!D>~\b(?:expire|valid)"),
        r"voucher|coupon|code", r"gift|deliver|sent|arriv|email|refund|return|process|receive|review|birthday\b(?=x)",
    ),
    Policy(
        "loyalty_expiry", "expiry of loyalty points", "D",
        (
            r"\b(?:points?|rewards?|stamps?|coins|loyalty|punkte)\b~(?:expir\w*|valid\w*|lapses?|last\w*|used?|redeem\w*|forfeit\w*|lost|disappear\w*|remain\w*|keep|good|balance|earn\w*|are|account|will|:|verfall\w*|gültig)?~<!D>",
            r"<!D>~\b(?:of )?inactiv\w+\b~~\b(?:points?|rewards?)\b", r"\b(?:points?|rewards?)\b~~\b(?:inactiv\w+|no activity|expir\w*)\b~~<!D>",
        ),
        r"point|reward|stamp|loyalty|coins|punkte", r"\b(?:post(?:ed)?|appear\w*|credited|award\w*|added|pending)\b~⟦|pick-?up point|parcel|birthday|collection point|return", ignore=("member",),
    ),
    Policy(
        "store_credit_expiry", "expiry of store credit", "D",
        (r"\bcredit\b~(?:used|spent|redeem\w*|valid|good|expir\w*|laps\w*)~<!D>", r"\b(?:store credits?|credit notes?|exchange credit)\b~(?:expir\w*|valid|good|redeem\w*|used?|lasts?|is|are|which)?~<!D>", r"\bstore credits?\b~(?:expir\w*|valid\w*|used?|redeem\w*)~~<!D>"),
        r"store credit|credit note", r"issued|process|return|receive|credit card|cards?\b", ignore=("store credit",),
    ),
    Policy(
        "warranty_length", "warranty length", "D",
        (
            r"\b(?:warrant(?:y|ies|ed)|guarantees?|guaranteed|garantie\w*|gewährleistung\w*|garantías?|covered)\b~<!D>",
            r"<!D>[- ]*(?:\(\w+\) )?(?:\w+[- ,/&]+){0,4}?\b(?:warrant(?:y|ies)|guarantee|garantie|gewährleistung|garantía|hersteller\w*garantie|de garantie|de garantía)\b",
            r"\bwarrant(?:y|ies)\b~(?:period|term|length|lasts?|runs?|valid|covers?|coverage|duration|is|:)~~<!D>",
        ),
        r"warrant|guarant|garant|gewährleist|covered",
        r"money[- ]back|satisfaction|price|best|deliver|arriv|claim\w*~(?:within|take|process)|register\w*|repair\w* (?:take|time|is)|trial|process|respond|return(?:s|ed)?\b~within|within <|refund|ship|dispatch|contact",
        ignore=("warranty", "digital", "email", "live", "phone", "manufacturer", "INTL", "hazardous"),
    ),
    Policy(
        "warranty_length", "warranty length", "D",
        (
            r"\b(?:breaks?|fails?|tears?|wears? out|stops? working|falls? apart|gives? out|dies?)\b~(?:within|in)~<!D>~~\b(?:repair|replace|fix|mend)\b", r"\b(?:repair|replace|fix|mend)\b~~\b(?:breaks?|fails?|tears?|wears? out|stops? working|falls? apart)\b~(?:within|in)~<!D>",
        ),
        r"repair|replace|fix|mend", r"contact|report|arriv|deliver|tell|let us know|\bfee\b|⟦M", ignore=("warranty", "faulty"),
    ),
    Policy(
        "subscription_notice", "notice to cancel or change a subscription", "D",
        (
            r"\b(?:cancel\w*|skip\w*|pause\w*|chang\w+|notice|let us know|tell us)\b~~<!D>~(?:before|prior|ahead|in advance|notice|of)\b~~",
            r"\bnotice period\b~<!D>", r"<!D>~\b(?:notice|before (?:your |the )?(?:next )?(?:renew\w*|billing|shipment|charge|order))\b",
        ),
        r"subscri|renew|membership|billing|recurring|auto-?ship|next (?:box|delivery|shipment|bag)", r"price change|terminat|agreement|amend|we (?:will|may|shall) (?:give|notify|provide)|you will (?:be|receive)|delivery slot|appointment|collection|installation", ignore=("subscription", "member", "premium"), heading=r"subscri|membership|auto-?ship",
    ),
    Policy(
        "trial_length", "length of the trial", "D",
        (r"\btrials?\b~(?:period|of|is|lasts?|for|runs?|:|length|ends? after|within|up to)?~<!D>", r"<!D>[- ]*(?:\w+[- ]){0,4}?trials?\b", r"\btry (?:it|us|them|\w+)\b~(?:free )?(?:for|at home for)~<!D>", r"<!D>~to try\b", r"\b(?:test|sleep on|try out)\b~<!D>"),
        r"trial|\btry\b|\btest\b|sleep on", r"before|after (?:your|the) trial|remind|cancel\w*~within|once|withdraw|newspaper", ignore=("sample", "digital"),
    ),
    Policy(
        "parcel_hold", "how long a parcel waits for the recipient", "D",
        (
            r"\b(?:post office|depot|parcel ?shop|carrier|courier|pick-?up point|locker)\b~\b(?:keeps?|holds?|stores?|waits?)\b~<!D>",
            r"\b(?:parcels?|packages?)\b~\b(?:waits?|kept|held|stays?|stored|remains?)\b~\b(?:post office|depot|parcel ?shop|carrier|courier|pick-?up point|locker)\b~<!D>",
            r"\b(?:parcels?|packages?)\b~\b(?:waits?|kept|held|stays?|stored|remains?)\b~<!D>~\b(?:post office|depot|parcel ?shop|carrier|courier|pick-?up point|locker)\b",
        ),
        r"post office|depot|parcel|carrier|courier|point|locker", r"return|refund|customs|ready|lost|claim|cancel", ignore=("pickup", "store", "online", "standard"),
    ),
    Policy(
        "lost_after", "time after which a parcel counts as lost", "D",
        (r"\b(?:treat\w*|consider\w*|counts?|regard\w*|declar\w+|deem\w*)\b~\blost\b~<!D>", r"<!D>~\b(?:treat\w*|consider\w*|counts?|regard\w*|declar\w+|deem\w*)\b~\blost\b"),
        r"\blost\b", r"refund\w*|claim|report", ignore=("standard", "online", "lost", "in transit"),
    ),
    Policy(
        "personalisation_time", "time that personalising adds", "D",
        (r"\b(?:engrav\w+|personali[sz]\w+|monogram\w*|embroider\w+)\b~\b(?:takes?|needs?|adds?|within|in|is|done)\b~<!D>", r"\b(?:add|allow)\b~<!D>~\bfor\b~\b(?:engrav\w+|personali[sz]\w+|monogram\w*|embroider\w+)\b"),
        r"engrav|personali|monogram|embroider", r"return|refund|cancel|deliver|arriv|ship|report", compare="range", ignore=("personalised", "online", "standard"),
    ),
    Policy(
        "spare_parts", "how long spare parts are kept", "D",
        (r"\bspare parts?\b~\b(?:for|available|kept|keep|held|hold|stock\w*)\b~<!D>", r"\b(?:keep|hold|stock|supply)\b~\bspare parts?\b~<!D>"),
        r"spare part", r"deliver|ship|arriv|dispatch|warrant|guarant|return", ignore=("spare", "online"),
    ),
    Policy(
        "storage_period", "how long an order is stored", "D",
        (r"\bwe(?:'ll| will| can| gladly)? store\b~<!D>", r"\bstorage\b~\bfree\b~<!D>", r"\bfree storage\b~<!D>"),
        r"\bstor(?:e|age|ing)\b", r"data|information|record|account|photo|file|cookie|card|wine|food|fridge|cool|dry|collect|pick|⟦M", ignore=("store", "online", "storage"),
    ),
    Policy(
        "delivery_attempts", "how often delivery is tried", "N",
        (r"\b(?:courier|carrier|driver|postman|we|delivery)\b~\b(?:tr(?:y|ies)|attempts?|makes?|up to|is tried|will be)\b~<!N>", r"<!N> (?:delivery )?attempts\b"),
        r"\btr(?:y|ies|ied)\b|attempt", r"items|sizes|pay|card|log|password|⟦M|⟧ (?:more|further|additional)", needs=r"deliver|courier|carrier|driver|parcel", ignore=("standard", "online", "refused"),
    ),
    Policy(
        "reservation_hold", "how long an item is reserved", "D",
        (
            r"\b(?:hold|holds|keep|keeps|put|set)\b~\b(?:reserved|reserve|aside|lay-?aways?)\b~<!D>", r"\b(?:reserved|put aside|set aside|laid away|on lay-?away)\b~\b(?:items?|goods|articles?|products?|pieces?)\b~<!D>",
            r"\b(?:items?|goods|articles?|products?|pieces?|we)\b~\b(?:reserved?|put (?:it |them )?aside|set (?:it |them )?aside|on hold|lay-?aways?)\b~<!D>", r"\breservations?\b~\b(?:lasts?|is|are|valid|expires?|held|kept|runs?|ends?)\b~<!D>",
        ),
        r"reserv|aside|on hold|lay-?away", r"table|seat|book|basket|cart|bag\b|deposit|deliver|right|workshop|class", ignore=("pickup", "store", "online"),
    ),
    Policy(
        "basket_hold", "how long the basket is reserved", "D",
        (r"\b(?:basket|cart)\b~\b(?:reserved?|held|kept|hold|stays?|saved)\b~<!D>", r"\b(?:reserve|hold|keep)\b~\b(?:basket|cart)\b~<!D>"),
        r"basket|cart", r"e-?mail|remind|checkout takes", ignore=("online",),
    ),
    Policy(
        "pickup_hold", "how long an order is held for pick-up", "D",
        (
            r"\b(?:pick(?:ed)?[- ]?up|collect(?:ed|ion)?|hold|held|click (?:&|and) collect|keep|kept|store[ds]? (?:it|your))\b~(?:within|for|up to|have)~<!D>",
            r"<!D>~to (?:collect|pick (?:it |them |your order )?up)\b", r"\borders?\b~\bwaits?\b~<!D>",
        ),
        r"pick|collect|hold|held|locker|wait", r"ready|data|information|return|refund|repair|courier|prepare|point|deposit|card on|items? in your (?:cart|basket)", ignore=("pickup", "store", "online"),
    ),
    Policy(
        "pickup_hold", "how long an order is held for pick-up", "D",
        (r"\b(?:not|never) (?:been )?(?:collected|picked up)\b~(?:within|after|for|in)~<!D>", r"\buncollected\b~(?:within|after|for)~<!D>"),
        r"collected|picked up", r"courier|carrier|return(?:ed|s)? (?:parcel|item)|post office|depot", ignore=("pickup", "store", "online"),
    ),
    Policy(
        "pickup_ready", "time until an order is ready for pick-up", "D",
        (r"\bready\b~<!D>", r"(?:within|in|after) <!D>~\bready\b", r"<!D>~\b(?:to prepare|until ready)\b"), r"ready|prepare", r"ready[- ]to[- ]wear", compare="range", ignore=("pickup", "store", "online"), needs=r"pick|collect",
    ),
    Policy(
        "cancellation_window", "time in which an order can be cancelled", "D",
        (
            r"\b(?:cancel(?:l?(?:ed|ing|ation\w*))?|stop(?:ped)?|call off)\b~(?:within|in|up to|for|until|is|:|after|have|only|the first|during)\b~<!D>",
            r"<!D>~(?:to|in which to|window to|grace period to)~\bcancel", r"(?:within|up to|in) (?:the )?(?:first )?<!D>~~\bcancel(?:l?ed|l?ing|l?ation)?\b", r"<!D>[- ]cancell?ation",
        ),
        r"cancel|stop|call off", r"next (?:box|delivery|shipment)|subscri|renew|membership|billing|refund\w*~(?:within|take|in)|automatically cancel|we (?:will|may) cancel|be cancelled (?:if|automatically)|return\w*~within|withdraw|notice|unpaid|trial|held|process", heading=r"cancel",
    ),
    Policy(
        "order_change_window", "time in which an order can be changed", "D",
        (
            r"\b(?:chang(?:e|es|ed|ing)|modif\w+|edit\w*|amend\w*|updat\w+|adjust\w*|correct)\b~\b(?:orders?|address|items?|details)\b~(?:within|in|up to|for|until|is|:|after|only|the first)~<!D>",
            r"(?:within|up to|in) (?:the )?(?:first )?<!D>~~\b(?:chang(?:e|es|ed|ing)|modif\w+|edit\w*|amend\w*|updat\w+) (?:to )?(?:your |the |an )?(?:order|address|shipping address|delivery address|size|colou?r|quantity)\b",
            r"<!D>~to (?:change|modify|edit|amend|update)\b",
        ),
        r"chang|modif|edit|amend|updat|adjust", r"mind|price|return|cancel|policy|terms|subscri|password", heading=r"chang\w+ (?:my |your |an )?order|edit",
    ),
    Policy(
        "data_retention", "how long data is kept", "D",
        (
            r"\b(?:retain\w*|stor(?:e|ed|es|ing)|ke(?:ep|pt)|delet\w+|eras\w+|remov\w+|purg\w+|archiv\w+)\b~\b(?:data|information|accounts?|records?|logs?|recordings?|details|history|files?|backups?|it|them|messages|transcripts?|footage)\b~(?:for|after|within|up to|period|no longer than|at most|is|in)?~<!D>",
            r"\b(?:data|information|records?|logs?|recordings?|accounts?|backups?|transcripts?|footage|content)\b~\b(?:retained|stored|kept|deleted|erased|removed|purged|held|retention|archived)\b~(?:for|after|within|period|up to)?~<!D>",
        ),
        r"retain|retention|data|information|record|delet|eras|purg|backup|accounts? (?:is|are) (?:removed|closed)", r"\borders?\b(?! (?:data|details|history|information|records))|return|refund|in stock|dry|card on file|ship|cookie",
    ),
    Policy(
        "processing_time", "time to process and dispatch an order", "D",
        (
            r"\b(?:orders?|items?|products?|they|it|we|everything|purchases?)\b~\b(?:process\w*|prepar\w+|fulfil\w*|pack(?:ed)?|ship(?:s|ped)?(?: out)?|dispatch\w*|despatch\w*|leaves?|sent out|handed|printed|made|produced|crafted)\b~(?:within|in|takes?|is|:|after|up to|on the|the|usually|next|same|on|for|requires?|out|warehouse)?\s?~<!D>(?!~(?:after|of|from)~(?:dispatch|shipping|shipment))",
            r"\b(?:processing|handling|dispatch|despatch|preparation|production|fulfil\w*|lead|turnaround|manufacturing|printing|make)(?: and (?:handling|dispatch|packing))?(?: times?)?\b~<!D>",
            r"<!D>~\b(?:to (?:process|prepare|dispatch|despatch|pack|produce|make|ship|fulfil\w*|leave|print)|for (?:processing|production|handling|us to (?:process|pack|make))|processing|handling|production|lead time|before (?:it|your order|they|we) ships?)\b", r"<!D>~\b(?:until|before)\b~\b(?:leaves? (?:our|the|us)|ships?|is (?:shipped|dispatched|despatched|sent))\b",
            r"\b(?:ships?|shipped|dispatch(?:es|ed)?|despatch(?:es|ed)?|verschickt|versendet|versandfertig|expédi\w+|enviamos|leaves? (?:our|the) (?:warehouse|studio|workshop))\b~(?:within|in|out|the|after|usually|innerhalb von|sous|en|dans)\s?~<!D>",
            r"<!D>~\b(?:bearbeit\w*|verschick\w*|versend\w*|versandt|versandfertig|préparée?s?|expédiée?s?|preparad[oa]s?|enviad[oa]s?|procesad[oa]s?)\b", r"\b(?:bearbeit\w+|préparation|procesamiento|preparación|tramita\w+)\b~<!D>",
        ),
        r"sent out|process|dispatch|despatch|ship|handl|prepar|produc|fulfil|pack|leave|warehouse|lead time|turnaround|made|print|versand|verschickt|bearbeit|expédi|envia|prépar|tramit",
        r"\b(?:carrier|courier|post)s?\b~(?:need|take|allow)|refund|return|\bdeliver(?:y|ed|s)?\b~(?:within|in|takes?|time|is|:)|arriv|transit|address|payment|cancel|warrant|reach|claim|exchange|standard shipping|express shipping|shipping (?:takes|times?)|ships? to|international\w* shipping|from (?:dispatch|shipping)|after (?:dispatch|shipping|it ships)|we ship to|repair|response|pre-?order|gift card",
        compare="range", ignore=("production", "shipped", "same day"), block=r"\bcut-?off\b",
    ),
    Policy(
        "delivery_time", "delivery time", "D",
        (
            r"\b(?:deliver(?:y|s|ed|ies|ing)?|arriv(?:e|es|al|ing)|transit|shipping|shipments?|ships?|reach(?:es)?|receive (?:your|the|an?) (?:order|parcel|package|item)|get (?:your|the) (?:order|parcel|package)|with you|courier|post|lieferung|lieferzeit\w*|geliefert|zustellung|versand\w*|versanddauer|livraison|livr[ée]\w*|délais?|entrega\w*|envíos?|recibir\w*|llega\w*)\b~<!D>",
            r"<!D>~\b(?:to (?:arrive|be delivered|deliver|reach|get (?:to|there))|deliver(?:y|ies|ed)|for (?:delivery|shipping|your (?:order|parcel|package) to)|shipping|transit|in transit|lieferzeit|pour la livraison|de livraison|de entrega)\b",
            r"\b(?:parcels?|packages?|orders?|shipments?)\b~\b(?:takes?|need|reach(?:es)?|come|comes|get|turns? up|shows? up)\b~<!D>", r"\b(?:carrier|courier|post)\b~\bneeds?\b~<!D>", r"\bexpect\b~\b(?:orders?|parcels?|packages?|delivery)\b~<!D>",
            r"\b(?:standard|express|economy|priority|expedited|ground|tracked|next[- ]day|overnight|international)\b[^⟦]{0,30}?<!D>", r"\b(?:takes?|allow|dauert|tardan?)~<!D>~(?:to|for)~(?:arriv\w*|deliver\w*|reach|get)",
        ),
        r"deliver|arriv|turns? up|shows? up|transit|shipping|ship|reach|receive|expect|international|with you|courier|standard|express|economy|liefer|zustell|versand|livr|délai|entreg|envío|recib|llega",
        r"refund|return|credit\w* to|\bclaims?\b|warrant|report|contact|notify|of (?:delivery|receipt|receiving|arrival)|after (?:delivery|receiving|arrival|receipt)|from (?:the )?(?:delivery|receipt|date of delivery)|since delivery|damage|cancel|exchange|guarantee|trial|nach erhalt|rückgabe|widerruf|zurück|retour|rembours|devol|reembols|rétract|garantie|not (?:arrived|received)|n['’]t (?:arrived|received)|missing|lost|hasn|haven|investigat|trace|confirmation|e-?mail|tracking (?:number|info|updates?|link)|update|subscri|billing|skip|notice|attempt|redeliver|hold|held|storage|support|reply|respon|change|prefer|delay(?:s|ed)? (?:of|by)|gift card|digital|download|collect|expir|over <|review|photo|reserve|(?:after|from|of|since) (?:[\w']+ ){1,4}(?:delivered|arriv\w+|received|deliver(?:y|ies))\b|after the (?:estimated|expected)|past the|deadline|\badd(?:s|ed|ing)?\b|as much as|scheduled for|simulat|second moment",
        compare="range", ignore=("standard", "online", "in transit"), needs=_SHIPPING_TOPIC + "|international",
        block=r"as much as|\badd(?:s|ed|ing)?\b[^.]{0,30}⟦D|on average|\d%|⟦P\d+⟧|\b(?:letter|legal|lawyer|invoice|scheduled)\b",
    ),
    Policy(
        "return_window", "return window", "D",
        (
            rf"{_RET}~<!D>", r"<!D>[- ]*(?:\w+[- ]){0,4}?(?:returns?\b|money-back|refund guarantee|return (?:window|period|policy)|right of withdrawal|withdrawal|satisfaction|love it or)",
            r"<!D>~\bto (?:return|send|change (?:your|their) minds?|bring|decide|get (?:a|your) (?:full )?(?:refund|money)|request (?:a )?(?:refund|return)|start|initiate|make (?:a )?return|claim (?:a|your) refund|withdraw)\b",
            r"\b(?:not |n['’]t )(?:\w+ ){0,3}(?:happy|satisfied|love|like|fit|right|work out|suitable|delighted|pleased)\b~~<!D>", rf"{_REF}~(?:within|up to|in|for|is|are)\s(?:the )?(?:first )?<!D>~{_STARTS}", rf"\b(?:within|in|for|up to) (?:the first )?<!D>~{_STARTS}~~(?:{_REF}|{_RET})",
            rf"\b(?:request|claim|eligible for|entitled to|available|ask for|offer|full|get)\b~{_REF}~<!D>", rf"(?:within|after|up to|in) <!D>~~{_RET}", r"<!D>~\breturn\b", rf"(?:{_REF}|\brefundable\b|\breturnable\b)~(?:within|up to|for|in)~<!D>",
            r"\b(?:widerruf\w*|rückgabe\w*|zurückgeben|zurücksenden|zurückschicken|umtausch\w*|retourn\w*|retours?|rückgaberecht|rétractation|devoluci\w+|devolver|desistimiento|renvoyer|retourner)\b~<!D>",
            r"<!D>~\b(?:widerruf\w*|rückgabe\w*|zurück\w*|rückgaberecht|umtausch\w*|retourn\w*|retours?|pour (?:retourner|renvoyer|changer d)|para (?:devolver|realizar)|rétractation|devolver|devoluci\w+|droit de rétractation)\b",
        ),
        r"return|back|refund|mind|withdraw|happy|satisf|unwanted|widerruf|rückgabe|zurück|umtausch|retour|rétract|devol|desist|renvoy|love|fit|like",
        r"\bwe (?:will |shall |\'ll |must )?(?:pay|give|send)~back|\bwe (?:will |shall |must )?(?:refund|reimburse|repay)|\bprocess\w*~⟦|(?:refund\w*|money) (?:will |is |are |should |can )?(?:be )?(?:issued|processed|credited|made|paid|appear\w*|take\w*)|after (?:we |you )?(?:receive|receiving|approv)[^⟦]{0,20}(?:return|rma|label|authori)|of (?:receiving|receipt of) (?:the|your) (?:returned|return)|label\w*~⟦|\bexchange\b~only|warrant|restock|inspect\w*~⟦|once (?:we|your return)|gift card|return(?:ed|ing)? to (?:sender|us as)|back in stock|returning customers?|hear back|get back|back to you|respond|reply|collect\w*~⟦|faulty~report|further <|another <|weitere\w* <|return authori[sz]ation\w*~⟦|rma~⟦|your returns? (?:is|was|has been|reaches|arrives)|of requesting|after requesting|must (?:arrive|reach|be received)|call(?:ed)? back|repair|store credit~(?:valid|expir)|tax return|arriv\w+~⟦|reach(?:es|ed)? (?:us|our)|return (?:shipping|postage) (?:takes|time)|received within|ship(?:ped|ping)? back|prepaid|rücksendung ist|annual|sign[- ]?up",
        ignore=("change of mind", "online", "post", "bedroom"), heading=r"return|refund|send(?:ing)? .*back|rückgabe|widerruf|retour|devoluc",
        block=r"\bfree (?:first )?(?:service|check|inspection)|\bwe set\b|\bservic(?:e|ing) (?:it|your|the bike)|tune-?up|calibrat|older than",
    ),
    Policy(
        "age_limit", "minimum age", "DN",
        (
            r"\b(?:anyone|anybody|persons?|people|customers?|those|adults|buyers?|everyone|guests|drivers?|users?) (?:who (?:is|are|has turned|have turned) )?(?:at least |of |aged |over |above |from |under |below )?<!D>(?= (?:or|and) (?:more|older|over|above|up)| old| of age|\+)",
            r"\b(?:must|need to|have to|minimum|only|required|not (?:sold|available|allowed|permitted|eligible)|cannot|may not|prohibited|restricted|persons?|adults?|mindestens|au moins|al menos)\b~<!D> ?(?:old|of age|and (?:over|older|above|up)|or (?:older|over|above|more)|alt|de edad)", r"\b(?:must|need to|needs to|have to|has to|must all) be (?:at least |over |aged )?<!D>(?! (?:after|before|ago|from|since))", r"\b(?:anyone|anybody|everyone|people|persons?|adults?|customers?|buyers?|those|guests|somebody|someone)\b (?:(?:of|aged|over|above|from|who (?:is|are)(?: at least| over)?)~)?<!DN>(?= (?:old|of age|and (?:over|older|above|up)|or (?:older|over|above|more|up)|years|upwards)|[.,;]|$)", r"\b(?:minimum|legal|required) age\b~<!D>",
            r"\b(?:from|above|over|under|at|below) the age of <!N>", r"\b(?:must|have to|need to|has to) be (?:at least )?<!N>(?=~\bto\b)", r"\b(?:over|under|minimum|legal|at least) (?:the )?age (?:of |is |limit |:)?~<!N>", r"\bage (?:limit|requirement|restriction)s?\b~<![DN]>".replace("<![DN]>", "<!DN>"),
            r"\b(?:aged?|must be|be at least)\b~<!N> ?(?:or older|or over|or above|and over|and above|and older|\+|years)", r"\bmust be (?:at least |over |aged )?<!N>~\bto (?:buy|purchase|order|enter|use|drink|play|shop|sign|register|open|create|have|hold|participate|join)",
            r"\bmust be (?:at least |over )<!N>(?! (?:items|pieces|characters|cm|\w+ characters))", r"\b(?:anyone|anybody|persons?|people|customers?|adults?|somebody|someone)\b (?:under|below|over|above) (?:the age of )?<!N>", r"\b(?:over|under)[- ]<!N>s?\b(?=~\b(?:must|cannot|may not|not|drink|buy|purchase|only))", r"\b(?:only|not)\b~\b(?:over|under|above) <!N>s?\b", r"\bpeople (?:over|above) <!N>", r"\b(?:mindestens|ab|unter|über) <!D> ?(?:alt|sein)?\b",
        ),
        r"\bage|\bold|(?:have|need|has) to be|must be|under|over|adult|\balt\b|edad", r"(?:return|exchange|cancel|refund|deliver|ship|warrant|report|kept|valid|expire)|parent|guardian|consent|minors?\b|child|supervis|characters|points|orders?~over|items|warrant|compan|experience|business", block=r"parent|guardian|consent|minors?\b|child|supervis|accounts? for|babies|toddler", ignore=("express", "standard", "online", "participant"),
    ),
    Policy(
        "cutoff_time", "order cut-off time", "T",
        (
            r"\b(?:orders?|ordered|place[ds]?|placing|purchases?|buy|cut[- ]?off|received|checkout|bestell\w*|commandes?|pedidos?)\b~(?:before|by|until|after|is|prior to|till|up to|vor|bis|avant|antes de|:|at|cut[- ]?off|later than)\s?(?:the )?~<!T>",
            r"(?:before|by|until|prior to) <!T>~~\b(?:same[- ]day|next[- ](?:working[- ]|business[- ])?day|ship\w*|dispatch\w*|despatch\w*|deliver\w*)\b", r"<!T>~\bcut[- ]?off\b",
        ),
        r"order|cut|purchase|place|dispatch|despatch|ship|bestell|command|pedido|deliver", r"open|hours|support|phone|call|chat|store|collect|pick|return|courier will|between|\bto ⟦T",
        ignore=("standard", "shipped", "same day", "next day"), default_services=("standard",),
    ),
    Policy(
        "free_shipping_threshold", "order value for free shipping", "M",
        (
            rf"\bfree\b[^⟦.]{{0,40}}?(?:{_SHIP}|\bshipped\b|\bships?\b|\bdelivered\b)~<!M>", rf"(?:{_SHIP}|\bships?\b|\bshipped\b|\bdelivered\b) (?:is |are |it |them )?(?:completely |always |totally |absolutely )?(?:for )?free\b(?!\s?return)~<!M>",
            r"\b(?:orders?|spend|spending|purchases?|basket|baskets|cart|subtotal|total|minimum|order value|over|above|of|reach\w*|exceed\w*|worth)\b~<!M>~\bfree\b(?! (?:gift|returns?|sample))", r"\b(?:delivery|shipping|postage)\b~~\bfree\b~(?:on|for|over|from|above|with)~(?:orders?|purchases?|baskets?)?~<!M>", r"<!M>~\b(?:no|without) (?:shipping|delivery|postage)\b", r"<!M>~(?:qualif\w+|eligible|get|receive|enjoy|unlock\w*|for|ships?|gets?|includes?)~\bfree\b(?! (?:gift|returns?|sample))",
            rf"\b(?:orders?|purchases?|basket|spend)\b~(?:under|below|less than|up to) <!M>~~(?:{_SHIP}|fee|charge)", rf"{_SHIP}~\b(?:costs? (?:you )?nothing|on us|on the house)\b~<!M>", rf"<!M>~{_SHIP}~\b(?:costs? (?:you )?nothing|on us|on the house)\b", rf"\b(?:do not|don't|never|won't|no need to|without) pay\w*\b~{_SHIP}~<!M>", rf"<!M>~\b(?:we (?:pay|cover)~{_SHIP}|{_SHIP} (?:is|are) on us)", rf"(?:{_SHIP}|fee)~(?:applies|apply|is charged|charged)~\b(?:orders?|purchases?)\b (?:under|below|less than) <!M>",
            r"\b(?:versandkostenfrei\w*|kostenlose\w* (?:versand|lieferung)|gratis(?:versand| versand)|frei haus|portofrei|livraison (?:est )?(?:gratuite|offerte)|frais de port offerts|envíos? gratis|envío gratuito)\b~<!M>",
            r"<!M>~\b(?:versandkostenfrei\w*|kostenlos\w*|gratis\w*|portofrei|offerte?|offerts|gratuite?|gratuit[oa])\b", r"\b(?:waive[ds]?|no)\b~\b(?:shipping|delivery)\b~<!M>",
        ),
        r"free|waive|no shipping|shipping|delivery|postage|kostenfrei|kostenlos|gratis|portofrei|offert|gratuit", r"free (?:gift|returns?|sample|exchange)[^⟦]*⟦|gift card|otherwise (?:it )?costs?~⟦|discount|code|points|insur|signature|import|customs|dut(?:y|ies)|return (?:is|are) free",
        ignore=("standard", "online"), default_services=("standard",),
    ),
    Policy(
        "minimum_order", "minimum order value", "M",
        (r"\bminimum (?:order|purchase|spend|basket|cart)(?: value| amount| size| total)?\b~<!M>", r"\border\w*~(?:at least|minimum(?: of)?) <!M>", r"\b(?:mindestbestellwert|commande minimum|pedido mínimo|minimum de commande)\b~<!M>", r"<!M>~\b(?:order minimum|minimum (?:order|spend|purchase))\b", r"\b(?:wholesale|trade|order|basket|cart) minimum\b~<!M>", r"\b(?:smallest|lowest|least) (?:possible )?order(?: value| amount)?\b~<!M>", r"\b(?:accept|take|process) orders (?:from|of|over|above|starting at)~<!M>", r"\borders? (?:starts?|begins?) at <!M>", r"\borders? (?:below|under|of less than|smaller than) <!M>~\b(?:cannot|can't|can not|are not|is not) (?:be )?(?:processed|accepted|placed|possible|taken|fulfilled)"),
        r"smallest|lowest|least|orders? (?:below|under|smaller|from|of|over|above|start|begin)|minim|at least|mindest|mínim", r"free|qualif|ship|deliver|discount|off|gift|points|kostenlos|gratis|instal",
    ),
    Policy(
        "shipping_fee", "shipping fee", "M",
        (
            rf"{_SHIP}~(?:costs?|is|are|fees?|charges?|charged|rates?|price\w*|for|:|at|from|of|starts?|flat|only|just|-|–|—|\()\s?~<!M>", rf"<!M>~(?:{_SHIP}|\bto ship\b|\bfor (?:standard|express|next|two|overnight|economy|priority|tracked|expedited)|\bflat[- ]rate|\bper (?:order|parcel|shipment|delivery))", r"\bflat[- ](?:rate|fee)\b[^⟦]{0,40}?<!M>",
            r"\b(?:standard|express|economy|priority|expedited|ground|tracked|next[- ]day|overnight|same[- ]day|two[- ]day|saturday delivery|first class|second class)\b[^⟦]{0,30}?(?:<[DT]>[^⟦]{0,12})?<!M>", r"\b(?:standard|express|economy|priority|expedited|overnight|next[- ]day|same[- ]day)\b~~\b(?:costs?|is|for|at|charged?)\b\s<!M>", rf"\b(?:we charge|pay|costs?|fee of|charge of)\b~<!M>~(?:{_SHIP}|\bship\b|\bdeliver)", rf"{_SHIP}~<!M>", r"\bwe (?:can )?(?:deliver|ship)\b~\bfor (?:only |just )?<!M>", r"\bparcels? (?:to|for|within)\b~(?::|costs?|is|are)\s?<!M>",
            r"\b(?:versandkosten\w*|versand|lieferkosten|liefergebühr|versandpauschale|porto|frais de (?:port|livraison)|livraison|gastos de envío|envío|coste de envío)\b~<!M>", r"<!M>~\b(?:versandkosten|versand|porto|de frais|de gastos|versandpauschale|frais de port)\b",
        ),
        r"ship|deliver|postage|parcel|freight|flat|standard|express|economy|priority|versand|liefer|porto|livraison|port|envío", r"rais\w+|increas\w+|\bby ⟦|free|over ⟦|orders? (?:of|above|over|from)|spend|return|refund|discount|save|insur|signature|customs|dut(?:y|ies)|import|minimum|gift card|claim|value|compensat|liab|worth|kostenlos|gratuit|gratis|offert|restock|exceed|installation|re-?deliver|storage",
        ignore=("standard", "online"), default_services=("standard",), needs=_SHIPPING_TOPIC,
    ),
    Policy(
        "welcome_discount", "discount for a first order or a sign-up", "PM",
        (r"\b(?:newsletter|sign(?:ing)?[- ]up|subscrib\w+|welcome|first[- ](?:order|purchase)|new customers?|mailing list|e-?mail list)\b~~<!PM>(?=~(?:off|discount|welcome|code|voucher|credit|cheaper|less))", r"<!PM>~(?:off|discount|voucher|code)?~~\b(?:first[- ](?:order|purchase)|newsletter|sign(?:ing)?[- ]up|new customers?|subscrib\w+|joining)\b"),
        r"newsletter|sign|subscrib|welcome|first|new customer|mailing|list", r"refer|friend|shipping|subscribe (?:&|and) save|auto|over <|minimum|credited|\bcosts?\b", block=r"\bsamples?\b", ignore=("new", "subscription", "member", "email"),
    ),
    Policy(
        "referral_reward", "reward for referring a friend", "PM",
        (r"\b(?:refer\w*|friends?|invite[ds]?)\b~~<!PM>", r"<!PM>~\b(?:for|when|if)\b~\b(?:friends?|refer\w*)\b"), r"refer|friend|invite", r"over <|minimum|ship",
    ),
    Policy(
        "segment_discount", "discount for a group of customers", "P",
        (r"\b(?:students?|military|veterans?|teachers?|educators?|seniors?|nhs|key workers?|healthcare workers?|first responders?|employees?|staff|members?|wholesale|trade|nurses)\b~<!P>", r"<!P>~~\b(?:students?|military|veterans?|teachers?|educators?|seniors?|nhs|key workers?|healthcare workers?|first responders?|employees?|staff|trade|members?)\b", r"<!P>~student"),
        r"student|militar|veteran|teacher|educator|senior|nhs|worker|responder|employee|staff|member|wholesale|trade|nurse", r"of (?:our|all) (?:customers|members|orders)|restock|deposit", block=r"\bbirthday\b",
    ),
    Policy(
        "subscription_discount", "discount on a subscription", "P",
        (r"\b(?:subscri\w+|auto-?ship|auto-?deliver\w*|recurring)\b~<!P>", r"<!P>~~\b(?:subscri\w+|auto-?ship|auto-?deliver\w*|recurring)\b"), r"subscri|auto|recurring", r"newsletter|first|fee|refund", ignore=("subscription", "member"),
    ),
    Policy(
        "points_rate", "points earned per amount spent", "UN",
        (r"\b(?:earn|get|collect|receive|gain|award\w*)\b~<!U>~(?:per|for every|for each|on every|every|each|=)~<[MN]>", r"\b(?:earn|get|collect|receive|gain)\b~<!U>~(?:per|for every|for each|on every) (?:dollar|pound|euro)", r"\b(?:per|for every|for each|every|each)\b~(?:<[MN]>|dollar|pound|euro)~\b(?:earn|get|collect|receive|gain|have)\b~<!U>", r"\b(?:per|for every|for each|every|each) (?:dollar|pound|euro)\b~<!U>"), r"earn|get|collect|receive|gain|award", r"review|birthday|sign|refer", block=r"birthday|double|triple|bonus|\bduring\b",
    ),
    Policy(
        "points_value", "what points are worth", "M",
        (r"<!M>~\b(?:for every|for each|per)\b~<U>", r"<U>~\b(?:worth|equals?|=|gives?|gets?|redeem\w*|are|is|for|into|earn)\b~<!M>", r"<U> ?= ?<!M>"), r"worth|equal|=|give|get|redeem|are|is|for|into", r"spen[dt]|per (?:dollar|pound|euro|⟦M)|every (?:dollar|pound|euro|⟦M)|each (?:dollar|pound|euro|⟦M)|review|order",
    ),
    Policy(
        "birthday_reward", "birthday reward", "PM", (r"\bbirthday\b~<!PM>", r"<!PM>~\bbirthday\b"), r"birthday", r"over <", ignore=("member", "gift"),
    ),
    Policy(
        "deposit", "deposit", "PM", (r"\bdeposits?\b~(?:of|is|:|required|pay)?~<!PM>", r"<!PM>~(?:non-?refundable |refundable |upfront |up-front )?deposits?\b"), r"deposit", r"refund\w* within|bank deposit|direct deposit",
    ),
    Policy(
        "gift_wrap_fee", "price of gift wrapping", "M", (r"\bgift[- ]?(?:wrap\w*|box\w*|packag\w*)\b~<!M>", r"<!M>~\bgift[- ]?(?:wrap|box|packag)"), r"gift", r"over <|free|spend", ignore=("gift",),
    ),
    Policy(
        "quantity_limit", "limit per customer or order", "N", (r"\b(?:limit\w*|maximum|max\.?|up to|no more than|at most)\b~<!N>~(?:per|a|each|for each) (?:customer|order|person|household|account|day)", r"\blimit (?:of )?<!N>", r"<!N> (?:\w+ ){0,2}(?:per|for each) (?:customer|order|person|household|account)\b", r"\b(?:up to|at most|no more than|maximum(?: of)?|only)\b <!N> of (?:each|any|every|the same)\b", r"\b(?:each|every) (?:customer|person|household|account)\b~\b(?:can|may)\b (?:buy|order|purchase|get|have)~<!N>"), r"limit|maximum|max|up to|more than|at most|\bper\b|each|every", r"return|times|point|⟦M|star|review|address|code|voucher|coupon|discount|gift|free",
    ),
    Policy(
        "cancellation_fee", "cancellation fee", "PM", (r"\bcancell?ation (?:fee|charge)s?\b~<!PM>", r"<!PM>~\bcancell?ation (?:fee|charge)", r"\bcancel\w*\b~\b(?:fee|charge[ds]?|costs?|deduct|keep|retain|withhold)\b~<!PM>", r"<!PM>~\b(?:fee|charge)\b~\bcancel", r"\b(?:charge|deduct|keep)\b~<!PM>~\bcancel"), r"cancel", r"refund|subscri|free|member|before|within",
    ),
    Policy(
        "group_maximum", "largest group", "N",
        (r"\b(?:at most|up to|max(?:imum|\\.)?(?: of)?|no more than|limited to)\b <!N>(?: (?:people|persons|guests|participants|students|adults|children))?(?=[ .,;)]|$)",),
        r"class|course|workshop|group|tour|tasting|party", r"return|day|week|order|ticket|⟦M|parcel|free|adult|child", needs=r"\b(?:class|classes|course|courses|workshops?|groups?|tours?|tastings?|part(?:y|ies))\b", block=r"\bper (?:customer|order|person)\b|\border", ignore=("online", "store"),
    ),
    Policy(
        "group_minimum", "smallest group", "N",
        (r"\b(?:at least|minimum of|min\\.|from|starting at)\b <!N> (?:people|persons|guests|participants|students|adults)\b",),
        r"class|course|workshop|group|tour|tasting|party", r"return|day|week|ticket|⟦M|parcel|free", needs=r"\b(?:class|classes|course|courses|workshops?|groups?|tours?|tastings?|part(?:y|ies))\b", ignore=("online", "store"),
    ),
    Policy(
        "gift_card_minimum", "smallest amount of a gift card", "M",
        (r"\bgift[- ]?(?:cards?|vouchers?|certificates?)\b~\b(?:start\w* (?:at|from)|from|at least|minimum(?: of)?)\b~<!M>", r"\b(?:smallest|lowest|minimum) gift[- ]?(?:card|voucher|certificate)\b~<!M>"),
        r"gift", r"order|spend|purchase|fee|ship|deliver|return|refund|free|off\b|cash", ignore=("gift card", "gift", "digital", "online"),
    ),
    Policy(
        "gift_card_maximum", "largest amount of a gift card", "M",
        (r"\bgift[- ]?(?:cards?|vouchers?|certificates?)\b~\b(?:up to|at most|maximum(?: of)?|no more than)\b~<!M>", r"\b(?:largest|highest|maximum) gift[- ]?(?:card|voucher|certificate)\b~<!M>"),
        r"gift", r"order|spend|purchase|fee|ship|deliver|return|refund|free|off\b|cash", ignore=("gift card", "gift", "digital", "online"),
    ),
    Policy(
        "password_length", "length of a password", "N", (r"\bpasswords?\b~<!N> (?:characters|letters|signs|digits)", r"\bpasswords?\b~\b(?:at least|minimum of) <!N>\b"), r"password", r"day|week|month|times|attempt", ignore=("online", "password"),
    ),
    Policy(
        "signature_threshold", "order value from which a signature is needed", "M", (r"\bsignatures?\b~<!M>", r"<!M>~\bsignatures?\b", r"\bsigned for\b~<!M>"), r"sign", r"costs?|fee|for ⟦|charge", ignore=("standard", "online", "tracked", "express"),
    ),
    Policy(
        "invoice_due", "time to pay an invoice", "D", (r"\binvoices?\b~\b(?:due|payable|pay|paid|payment|settle\w*)\b~<!D>", r"\b(?:pay|settle)\b~\binvoices?\b~<!D>", r"<!D>~to (?:pay|settle)~\binvoices?\b"), r"invoice", r"klarna|sent|receive|instal|late|overdue|correct", ignore=("invoice", "online", "business"),
    ),
    Policy(
        "closing_time", "closing time", "T", (r"\bclose[sd]?\b~(?:at |by )?<!T>", r"\b(?:open|opened)\b (?:\w+ ){0,3}(?:until|till|til) <!T>"), r"clos|until|till", r"order|dispatch|chat|phone|call|support|from ⟦T|⟦T\d+⟧ (?:to|-|–|until)", ignore=("store", "online"), needs=r"\bstores?\b|\bshops?\b|showroom|boutique|branch", block=r"⟦T\d+⟧.*⟦T\d+⟧",
    ),
    *(
        Policy(fee.name, fee.label, fee.kind, fee.patterns, fee.noun, rf"(?:{fee.veto})|\breturn|\bdiscount" if fee.veto else r"\breturn|\bdiscount", ignore=fee.ignore)
        for fee in FEES
    ),
    Policy(
        "installments", "number of instalments", "N", (r"\b(?:pay|split|spread|divide\w*)\b~(?:in|into|over) (?:up to )?<!N> (?:interest[- ]free |equal |monthly |easy )*(?:instal\w+|payments)\b", r"\b(?:klarna|afterpay|clearpay|affirm|instal\w+)\b~<!N> (?:interest[- ]free |equal |monthly |easy )*(?:instal\w+|payments)\b"), r"instal|payments", r"minimum|rule|transaction", ignore=("klarna", "afterpay", "finance"),
    ),
    Policy(
        "max_weight", "weight limit", "U", (r"\b(?:weigh\w*|parcels?|packages?|max\w*|limit|up to)\b~(?:up to|over|exceed\w*|more than|is|of|limit|:|maximum)~<!U>", r"\bweigh\w*\b~<!U>~(?:at (?:the )?most|max\w*|or less)"), r"weigh|parcel|package|limit", r"points|dimension|cm|length", ignore=("bulky", "standard", "online"),
    ),
)  # fmt: skip

_GAP = r"[^⟦;!?]{0,64}?"
_LONG_GAP = r"[^;!?]{0,110}?"


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of the table as a regular expression over a masked sentence; group `value` is the quantity's number."""
    text = pattern.replace("~~", "\x01").replace("~", "\x02")
    text = re.sub(r"<!([A-Z]+)>", lambda match: rf"⟦[{match.group(1)}](?P<value>\d+)⟧", text)
    text = re.sub(r"<\[([A-Z]+)\]>|<([A-PR-Z])>", lambda match: rf"⟦[{match.group(1) or match.group(2)}]\d+⟧", text)
    text = text.replace("<Q>", r"⟦[A-Z]\d+⟧")
    return re.compile(text.replace("\x01", _LONG_GAP).replace("\x02", _GAP))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy ready to be matched."""

    policy: Policy
    words: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]
    veto: re.Pattern[str] | None
    heading: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    block: re.Pattern[str] | None


def _compile(policy: Policy) -> Compiled:
    veto = policy.veto.replace("~", _GAP).replace("<", "⟦[A-Z]").replace("⟦D⟧", r"⟦D\d+⟧") if policy.veto else ""
    veto = re.sub(r"⟦\[A-Z\](?!\w)", "⟦", veto)
    return Compiled(
        policy,
        re.compile(policy.words),
        tuple(compile_pattern(pattern) for pattern in policy.patterns),
        re.compile(veto) if veto else None,
        re.compile(policy.heading) if policy.heading else None,
        re.compile(policy.needs) if policy.needs else None,
        re.compile(policy.block) if policy.block else None,
    )


@lru_cache(maxsize=8)
def table(additions: tuple[PolicyRule, ...] = ()) -> tuple[Compiled, ...]:
    """The built-in policies with a shop's own: a rule with a known name adds words to it, another is a new policy."""
    return tuple(_compile(policy) for policy in _with(additions))


def _with(additions: Iterable[PolicyRule]) -> list[Policy]:
    policies = {policy.name: policy for policy in POLICIES}
    own: list[Policy] = []
    kinds = {"days": "D", "duration": "D", "money": "M", "percent": "P", "time": "T", "number": "N", None: "DMPN"}
    for rule in additions:
        cues = "|".join(re.escape(cue.lower()) for cue in rule.cues)
        if not cues:
            continue
        known = policies.get(rule.name)
        kind = known.kind if known else kinds.get(rule.unit, "DMPN")
        own.append(
            Policy(
                rule.name,
                known.label if known else rule.name.replace("_", " "),
                kind,
                (rf"(?:{cues})~<!{kind}>", rf"<!{kind}>~(?:{cues})"),
                cues,
                compare=known.compare if known else "exact",
            )
        )
    return [*own, *POLICIES]


def labels(additions: tuple[PolicyRule, ...] = ()) -> dict[str, str]:
    """What each policy is called in a sentence for people."""
    return {policy.name: policy.label for policy in reversed(_with(additions))}
