# ruff: noqa: E501 - patterns stand on one line each
"""Yes-or-no policies that are told by their topic and by whether the sentence denies it.

A topic is a pattern for what is offered or allowed; a plain sentence that names it says yes, one with a denial says no.
A sentence with a condition says neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CANNOT = r"(?:cannot|can not|can't|may not|are not able to|aren't able to|is not able to|are unable to|is unable to|unable to|won't|will not|do not|don't|does not|doesn't|must not|never|no longer|not possible to|impossible to|not able to|not in a position to)"
DENIED = re.compile(
    rf"\b{CANNOT}\b|\b(?:is|are|was)(?: currently| unfortunately)?(?:n't| not)\b|\bnot (?:possible|offered|available|allowed|permitted|accepted|included|needed|required|necessary|welcome)\b|\b(?:impossible|prohibited|forbidden|unavailable|neither|nobody|none)\b|(?<!\w)no (?!matter|problem|later|doubt|extra|additional|charge|cost|fee|longer than|more than|worries)\w|\bneed not\b"
)
# What makes a sentence hold only sometimes.
CONDITIONAL = re.compile(
    r"\b(?:if|unless|except\w*|once|until|depending|provided|as long as|in some cases|some|certain|select(?:ed)?|might|usually|sometimes|rarely|whether|instead|other than|apart from|but|however|please note that if|within|because|since|yet)\b(?! of charge)|⟦D"
)


@dataclass(frozen=True, slots=True)
class Permission:
    """A yes-or-no policy. `values` pairs a value with the patterns that state it; the first that matches counts.

    With `topic` instead of `values`, the value is "yes" or "no" by whether the sentence denies. `general` says that
    goods and conditions that a sentence names do not narrow it.
    """

    name: str
    label: str
    words: str
    values: tuple[tuple[str, str], ...] = ()
    veto: str = ""
    ignore: tuple[str, ...] = ()
    veto_yes: str | None = None
    """What rejects the value that allows; None: the same as `veto`. A permission with a limit is still one."""
    topic: str = ""
    general: bool = False


TOPICS: tuple[Permission, ...] = (
    Permission("phone_orders", "whether orders are taken by phone", r"phone", topic=r"\b(?:order|orders|ordering|buy|purchase)\b[^.⟦]{0,24}\b(?:by|over the|on the|via) (?:tele)?phone\b|\b(?:tele)?phone orders?\b|\bphone in (?:your|an) orders?", veto=r"chang|cancel|status|question|about|return|\bin-?store|track|help with", ignore=("phone", "online")),
    Permission("combined_orders", "whether orders can be combined into one parcel", r"order", topic=r"\borders?\b[^.⟦]{0,30}\b(?:combined|merged|joined|consolidated|sent together|shipped together|(?:in|into) (?:one|the same|a single) (?:parcel|shipment|package|box|delivery))\b|\b(?:combine|merge|join|consolidate) (?:your |several |two |multiple |the |different |separate )*orders?\b|\b(?:combine|merge|put) [^.⟦]{0,20}orders? [^.⟦]{0,12}(?:together|into one)", veto=r"discount|code|voucher|coupon|ship(?:s|ped)\b(?! together)|dispatched|before|after|free shipping|points|item", ignore=("online", "in transit", "bundle")),
    Permission("driver_note", "whether a note for the driver can be left", r"driver|courier|carrier|deliver", topic=r"\b(?:notes?|messages?|instructions?)\b[^.⟦]{0,16}\b(?:for|to) (?:the |our |your )?(?:driver|courier|carrier)s?\b|\bdelivery (?:notes|instructions)\b", veto=r"follow|missing|wrong|damage", ignore=("online",)),
    Permission("subscription_pause", "whether a subscription can be paused", r"subscri|membership|\bplan\b", topic=r"\b(?:paus\w+|skip\w*|suspend\w*)\b[^.⟦]{0,24}\b(?:subscription|membership|plan|deliver(?:y|ies)|box(?:es)?)\b|\b(?:subscription|membership|plan)s?\b[^.⟦]{0,24}\b(?:paused?|skipped|suspended)\b", veto=r"payment|fail|we (?:may|will|can) (?:pause|suspend)", ignore=("subscription", "member", "premium", "online")),
    Permission("shipping_refunded", "whether the outbound shipping is refunded", r"refund|reimburs", topic=r"\b(?:original |outbound |initial |first )(?:shipping|delivery|postage)(?: (?:costs?|fees?|charges?))?\b[^.⟦]{0,24}\b(?:refund\w*|reimburs\w*|non-?refundable)|\b(?:refund|reimburse)\b[^.⟦]{0,16}\b(?:original |outbound |initial )(?:shipping|delivery|postage)", veto=r"faulty|defect|wrong|damage|our (?:error|mistake)|expedit|express", ignore=("online", "standard")),
    Permission("safe_place", "whether parcels can be left in a safe place", r"safe place|neighbou?r|unattended|garage|porch", topic=r"\b(?:leave|left|leaves|deposit(?:ed)?)\b[^.⟦]{0,40}\b(?:safe place|with (?:a |your |the )?neighbou?rs?|unattended|garage|porch)", veto=r"card|choose|risk|responsib|stolen|miss|ask", ignore=("online",)),
    Permission("gift_receipts", "whether gift receipts are given", r"gift receipt", topic=r"\b(?:contains?|enclos\w+|includ\w+|adds?|put|offer|provide|print|send|comes? with|holds?|get|have|there (?:is|are)|available|possible|ask for|request)\b[^.⟦]{0,40}\bgift receipts?\b|\bgift receipts? (?:is|are|can|cannot|come|lies)\b", veto=r"return|exchange|refund|bring", ignore=("gift", "no receipt", "online")),
    Permission("paper_invoice", "whether invoices are sent by post", r"invoice", values=(
        ("no", rf"\binvoices?\b[^.⟦]{{0,16}}\b(?:(?:by|via) e-?mail only|only (?:by|via) e-?mail)|\b(?:only|exclusively)\b[^.⟦]{{0,16}}\binvoices?\b[^.⟦]{{0,16}}\be-?mail|\b{CANNOT}\b[^.⟦]{{0,16}}\b(?:paper |printed )?invoices? (?:by (?:post|mail)|on paper|in the (?:parcel|box|package))|\bno (?:paper |printed )?invoices? (?:by (?:post|mail)|on paper)|\b(?:no|{CANNOT} \w+) (?:paper|printed) invoices?\b"),
        ("yes", r"\binvoices?\b[^.⟦]{0,30}\b(?:by (?:post|mail)|on paper|in the (?:parcel|box|package))|\b(?:paper|printed) invoices?\b"),
    ), veto=r"pay|copy|gift", ignore=("online", "post")),
    Permission("dogs_in_store", "whether dogs may come into the stores", r"\bdogs?\b|\bpets?\b", general=True, topic=r"\b(?:dogs?|pets?)\b[^.⟦]{0,50}\b(?:in(?:to)?|inside|enter|visit) (?:our |the |all |any )?(?:\w+ )?(?:stores?|shops?|showrooms?|boutiques?|branch(?:es)?)\b|\b(?:stores?|shops?|showrooms?)\b[^.⟦]{0,20}\b(?:dogs?|pets?)\b", veto=r"assistance|guide|service dogs?|food|toy|bed|\bcollar", ignore=("store",)),
    Permission("gift_card_in_store", "whether gift cards can be used in stores", r"gift", values=(
        ("no", rf"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b[^.⟦]{{0,12}}\b(?:are|is) (?:valid |good |accepted |redeemable |usable )?(?:online only|only (?:valid |accepted |redeemable |usable )?(?:online|on our (?:website|site)))|\bgift[- ]?(?:cards?|certificates?|vouchers?)\b[^.⟦]{{0,12}}\b(?:(?:can|may) only be (?:used|redeemed|spent) (?:online|on our (?:website|site))|{CANNOT} be (?:used|redeemed|spent) (?:in|at) (?:our |the |a |any )?(?:stores?|shops?))|\b{CANNOT} (?:use|redeem|spend) (?:an? |your )?gift[- ]?(?:cards?|certificates?|vouchers?) (?:in|at) (?:our |the |a |any )?(?:stores?|shops?)"),
        ("yes", r"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b[^.⟦]{0,40}\b(?:in|at) (?:our |the |a |any |all )?(?:stores?|shops?)\b"),
    ), veto=r"buy|sell|sold|available|purchase", ignore=("gift card", "gift", "store", "online", "digital")),
    Permission("gift_card_refund", "whether gift cards can be refunded", r"gift", values=(
        ("no", rf"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b[^.⟦]{{0,16}}\b(?:{CANNOT} be (?:returned or |exchanged or )?refunded|(?:are|is) (?:not|non-?) ?refundable)"),
        ("yes", r"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b[^.⟦]{0,16}\b(?:can|may) be (?:returned or )?refunded|\bgift[- ]?(?:cards?|certificates?|vouchers?) (?:are|is) refundable"),
    ), veto=r"paid|bought with|\bto\b", ignore=("gift card", "gift", "digital", "online")),
    Permission("sales_tax", "whether sales tax is charged", r"\btax", topic=r"\b(?:charge|collect|add)s?\b[^.⟦]{0,12}\b(?:sales )?tax(?:es)?\b|\b(?:sales )?tax(?:es)? (?:is|are) (?:not )?(?:charged|collected|added)\b", veto=r"include|exempt|dut(?:y|ies)|import|refund|\bvat\b", ignore=("online", "US")),
    Permission("delivery_date_change", "whether the delivery date can be changed", r"date|delivery", topic=r"\bdelivery (?:date|day|slot)\b[^.⟦]{0,12}\b(?:be )?(?:changed|moved|rescheduled|postponed)|\b(?:change|move|reschedule|postpone) (?:the |your )?delivery (?:date|day|slot)", veto=r"already|on (?:its|the) way|fee|how", ignore=("bulky", "online")),
    Permission("gift_card_cash", "whether gift cards can be turned into cash", r"gift|balance|voucher", topic=r"\b(?:gift[- ]?(?:cards?|certificates?|vouchers?)|vouchers?|balance)\b[^.⟦]{0,50}\b(?:paid out|pay out|payout|cashed(?: in| out)?|(?:redeem\w*|exchang\w+|convert\w*|refund\w*|turned|chang\w+) (?:for|in|into|to) (?:cash|money))\b|\b(?:cash out|pay out|cash in)\b[^.⟦]{0,30}\b(?:gift[- ]?(?:cards?|certificates?|vouchers?)|balance)\b", veto=r"law|state|residue|below|under|less than|⟦M", ignore=("gift card", "gift", "cash", "digital", "online")),
    Permission("buys_used", "whether used goods are bought", r"\bbuy|trade[- ]?in|purchase", topic=r"\bwe (?:also |do |gladly |happily |do not |don't |never |no longer |cannot |currently )*(?:buy|purchase|trade in)(?: back)? (?:your |back |in )?(?:used|old|second[- ]hand|pre-?(?:owned|loved))\b|\btrade-?ins? (?:is|are)\b", ignore=("used", "online", "vintage")),
    Permission("online_booking", "whether it can be booked online", r"\bbook", topic=r"\bbook(?:ed|ing|ings)?\b[^.⟦]{0,40}\b(?:online|on (?:our|the) (?:website|site)|in the app)\b", veto=r"chang|cancel|refund|discount", ignore=("online", "app", "store")),
    Permission("store_stock_online", "whether the stock of stores is shown online", r"stock", topic=r"\b(?:stock|availability)\b[^.⟦]{0,20}\b(?:of|in) (?:our |the |each |every )?(?:stores?|shops?)\b[^.⟦]{0,30}\b(?:shown|see|check|visible|online|website)", ignore=("store", "online")),
    Permission("accidental_damage_cover", "whether the warranty covers accidental damage", r"accident", topic=r"\b(?:warrant\w+|guarantee)\b[^.⟦]{0,40}\baccidental|\baccidental(?:ly)? (?:damage|breakage)\b[^.⟦]{0,40}\b(?:warrant\w+|guarantee|covered)", veto=r"extended|insurance|plan", ignore=("faulty", "warranty")),
    Permission("parcel_insurance", "whether parcels are insured", r"insur", topic=r"\b(?:parcels?|packages?|shipments?|orders?|deliver(?:y|ies))\b[^.⟦]{0,20}\b(?:is|are|comes?|travel)\b[^.⟦]{0,16}\binsur(?:ed|ance)", veto=r"⟦M|option|extra|add", ignore=("online", "standard", "in transit")),
    Permission("basket_reserves", "whether the basket is reserved", r"basket|cart", values=(
        ("no", r"\b(?:basket|cart)\b[^.⟦]{0,24}\b(?:does not|doesn't|do not|don't|is not|are not|isn't|aren't|not) (?:be )?(?:reserved?|held|hold)\b|\b(?:not|never) reserve\w*\b[^.⟦]{0,24}\b(?:basket|cart)\b"),
        ("yes", r"\b(?:basket|cart)\b[^.⟦]{0,12}\b(?:is|are) reserved\b|\bwe reserve\b[^.⟦]{0,16}\b(?:basket|cart)\b"),
    ), ignore=("online",)),
    Permission("account_restore", "whether a deleted account can be restored", r"account", values=(
        ("no", rf"\b(?:deleted|closed) accounts?\b[^.⟦]{{0,24}}\b(?:{CANNOT} be (?:restored|recovered|reactivated|reopened|brought back)|gone for (?:good|ever)|lost for (?:good|ever))|\b{CANNOT} (?:restore|recover|reactivate|reopen|bring back) (?:an? |your |the )?(?:deleted|closed) accounts?|\b(?:deleting|closing|deletion of) (?:an? |your |the )?accounts? (?:is|are) (?:permanent|final|irreversible)|\bdeletion (?:is|cannot be) (?:permanent|final|irreversible|undone)"),
        ("yes", r"\b(?:deleted|closed) accounts?\b[^.⟦]{0,16}\bcan be (?:restored|recovered|reactivated|reopened|brought back)|\b(?:restore|recover|reactivate|reopen|bring back) (?:an? |your |the )?(?:deleted|closed) accounts?"),
    ), veto=r"password|\bif\b|after ⟦", veto_yes=r"password|cannot|can't|not"),
    Permission("set_parts_return", "whether parts of a set can be returned", r"\bsets?\b|bundle|\bkits?\b|multi-?pack", general=True, values=(
        ("no", rf"\b(?:sets?|bundles?|kits?|multi-?packs?)\b[^.⟦]{{0,24}}\b(?:(?:can|may) only be (?:returned|sent back)|(?:must|have to|has to) be (?:returned|sent back))[^.⟦]{{0,20}}\b(?:whole|complete\w*|together|in full|entire\w*|all parts)\b|\b(?:single|individual|separate|some) (?:parts?|items?|pieces?|components?)\b[^.⟦]{{0,30}}\b(?:sets?|bundles?|kits?)\b[^.⟦]{{0,12}}\b{CANNOT} be (?:returned|sent back)|\b{CANNOT} (?:return|send back) (?:single |individual |only )?(?:part|parts|items?|pieces?|components?) of (?:a |the )?(?:set|bundle|kit)"),
        ("yes", r"\b(?:single|individual|separate|some) (?:parts?|items?|pieces?|components?)\b[^.⟦]{0,24}\b(?:sets?|bundles?|kits?)\b[^.⟦]{0,12}\b(?:can|may) be (?:returned|sent back)|\byou (?:can|may) (?:return|send back) (?:single |individual |just )?(?:part|parts|items?|pieces?) (?:of|from) (?:a |the )?(?:set|bundle|kit)|\b(?:sets?|bundles?|kits?)\b[^.⟦]{0,16}\b(?:can|may) (?:also )?be returned (?:in part|partly|partially)"),
    ), veto=r"faulty|unless", ignore=("bundle", "online")),
    Permission("return_exceptions", "exceptions from returns", r"return|sen[dt] .{0,24}back|give .{0,24}back", general=True, values=(
        ("none", r"\breturn\w*\b[^.]{0,60}\b(?:without (?:any )?exceptions?|no exceptions?)\b|\b(?:no exceptions?|without (?:any )?exceptions?)\b[^.]{0,50}\breturn\w*"),
        ("yes", r"\b(?:all|every|any|everything|anything)\b[^.]{0,40}\breturn\w*\b[^.]{0,60}\b(?:except(?: for)?|apart from|with the exception of|excluding|other than|but not)\b (?!in (?:case|the event)|where|when|if|that)"),
    )),
    Permission("warranty_registration", "whether the warranty needs a registration", r"regist", values=(
        ("no", r"\bwarrant\w+\b[^.⟦]{0,40}\b(?:without|no|not need|not require|not have to)\b[^.⟦]{0,24}\bregist\w+|\b(?:no|without|not need to|not have to|don't need to|need not|don't have to)\b[^.⟦]{0,24}\bregist\w+[^.⟦]{0,40}\bwarrant\w+|\bregistration is not (?:needed|required|necessary)[^.⟦]{0,30}\bwarrant"),
        ("yes", r"\b(?:need to|must|have to|required to|has to)\b[^.⟦]{0,12}\bregister\w*\b[^.⟦]{0,40}\bwarrant\w+|\bwarrant\w+\b[^.⟦]{0,30}\b(?:requires?|only|needs?|after|must|has to be|have to be)\b[^.⟦]{0,20}\bregist\w+"),
    ), veto=r"extend|extra|longer|additional", ignore=("warranty", "online")),
    Permission("warranty_transfer", "whether the warranty passes to a new owner", r"warrant|guarantee", values=(
        ("no", r"\b(?:warrant\w+|guarantee)\b[^.⟦]{0,40}\b(?:not transferable|non-?transferable|(?:first|original) (?:owner|buyer|purchaser)|(?:cannot|can't|not) be (?:transferred|passed on))\b"),
        ("yes", r"\b(?:warrant\w+|guarantee)\b[^.⟦]{0,30}\b(?:is transferable|(?:can|may) be (?:transferred|passed on)|goes with the|passes? (?:on )?to|stays? with the)\b"),
    ), ignore=("warranty",)),
    Permission("order_changes", "whether a placed order can be changed", r"chang|modif|edit|amend|alter|correct", values=(
        ("no", rf"\b(?:sizes?|colou?rs?|address(?:es)?|items?|quantit\w+|details|orders?|delivery date)\b[^.⟦]{{0,16}}\b{CANNOT} be (?:changed|modified|amended|edited|altered|corrected)[^.⟦]{{0,12}}\b(?:after|once|when) (?:you(?: have|'ve)? (?:ordered|placed)|ordering|placing|checkout|(?:it|they|the order|your order|an order) (?:is|are|has been|have been|was|were) placed)|\b(?:not possible|impossible|not able|unable) to (?:change|modify|amend|edit|alter|correct)\b[^.⟦]{{0,40}}\b(?:after|once|when) (?:you(?: have|'ve)? (?:ordered|placed)|ordering|placing|checkout|(?:it|they|the order|your order|an order) (?:is|are|has been|have been|was|were) placed)|\b{CANNOT} (?:change|modify|amend|edit|alter|correct)\b[^.⟦]{{0,40}}\b(?:after|once|when) (?:you(?: have|'ve)? (?:ordered|placed)|ordering|placing|checkout|(?:it|they|the order|your order|an order) (?:is|are|has been|have been|was|were) placed)"),
        ("yes", r"\b(?:can|may|let you|able to)\b[^.⟦]{0,12}\b(?:change|modify|amend|edit|alter|correct)\b[^.⟦]{0,30}\b(?:after|once) (?:you(?: have|'ve)? (?:ordered|placed)|ordering|placing|checkout)"),
    ), veto=r"subscri|account|profile|label|printed|too late|already|now\b", ignore=("online", "shipped", "in transit"), veto_yes=r"subscri|cannot|can't|\bnot\b|account|profile"),
    Permission("card_charged", "when the card is charged", r"charge|debit|billed|payment", values=(
        ("when ordered", r"\b(?:charge[ds]?|billed|debit(?:ed|s)?|take (?:the )?payment|payment (?:is |will be )?taken)\b[^.⟦]{0,40}\b(?:right away|immediately|at once|straight away|instantly|(?:as soon as|when|once) (?:you (?:place (?:an |your |the )?)?order|(?:your|the|an) order is placed)|at (?:the time of )?(?:the )?(?:order(?:ing)?|checkout|purchase)\b)"),
        ("when shipped", r"\b(?:charge[ds]?|billed|debit(?:ed|s)?|take (?:the )?payment|payment (?:is |will be )?taken)\b[^.⟦]{0,40}\b(?:when|once|until|before|as soon as|on)\b[^.⟦]{0,30}\b(?:ships?|shipped|dispatch\w*|despatch\w*|shipping|leaves?|sent)\b"),
    ), veto=r"pre-?order|deposit|subscri|trial|renew|fee|member|back-?order|refund|battery|authori[sz]|⟦M|rent|invoice|klarna|afterpay", ignore=("card", "shipped", "paypal", "online")),
    Permission("pickup_id", "whether an ID is needed to collect an order", r"\bids?\b|identification|passport", values=(
        ("no", r"\b(?:do not|don't|no|not|need not|without)\b[^.⟦]{0,16}\b(?:id|identification|passport)\b[^.⟦]{0,30}\b(?:collect|pick|pickup|needed|required)|\b(?:collect|pick\w*(?: up)?|pickup)\b[^.⟦]{0,40}\b(?:no|without|not need)\b[^.⟦]{0,8}\b(?:id|identification)\b"),
        ("yes", r"\b(?:bring|need|show|present|have|require\w*|take)\b[^.⟦]{0,30}\b(?:id|identification|passport)\b[^.⟦]{0,40}\b(?:collect|pick|pickup|collection)|\b(?:collect\w*|pick\w*(?: up)?|pickup)\b[^.⟦]{0,40}\b(?:bring|need|show|present|require\w*)\b[^.⟦]{0,30}\b(?:id|identification|passport)\b"),
    ), veto=r"age|alcohol|or (?:the |your )?(?:order|confirmation)", ignore=("pickup", "store", "online")),
    Permission("pickup_proxy", "whether somebody else can collect an order", r"collect|pick", values=(
        ("no", r"\bonly (?:you|the (?:buyer|customer|card ?holder|account holder|person who (?:ordered|placed the order)))\b[^.⟦]{0,12}\b(?:can|may) (?:collect|pick)|\b(?:nobody|no one) else (?:can|may) (?:collect|pick)|\b(?:somebody|someone|anyone|anybody) else (?:cannot|can't|may not) (?:collect|pick)"),
        ("yes", r"\b(?:somebody|someone|anyone|anybody|another person|a friend|a family member)(?: else)? (?:can|may) (?:also )?(?:collect|pick)|\b(?:send|name|ask|have) (?:somebody|someone|a friend|another person)(?: else)?[^.⟦]{0,12}\b(?:to )?(?:collect|pick)|\b(?:collect\w*|picked? up|pick it up)\b[^.⟦]{0,24}\bon your behalf"),
    ), veto=r"\bif\b|parcel shop|post office", ignore=("pickup", "store", "online")),
    Permission("room_delivery", "how far goods are carried", r"kerb|curb|flat|room|home|upstairs|door", values=(
        ("to the kerb", r"\b(?:deliver\w*|left|leave|bring|delivery)\b[^.⟦]{0,30}\b(?:to the |at the |to |is )?(?:kerb|curb)(?:side)?\b"),
        ("into the home", r"\b(?:carry|carries|carried|bring|brings|brought|deliver\w*)\b[^.⟦]{0,40}\b(?:(?:up )?(?:in)?to (?:your|the|any) (?:flat|apartment|room|home|house)|(?:to|into) (?:the |a )?room of (?:your )?choice|upstairs|up the stairs)\b"),
    ), veto=r"\bif\b|extra|⟦M|option|premium|white|upgrade|only if|pick", ignore=("bulky", "freight", "standard", "online")),
    Permission("repairs_offered", "whether repairs are offered", r"repair", values=(
        ("no", rf"\bwe {CANNOT} (?:currently )?(?:offer|do|provide|make|carry out|accept) (?:any )?repairs?\b|\bwe {CANNOT} repair(?: anything| products| items| goods)?(?=[.!,;]|$)|\bno repairs\b(?! (?:are|is) (?:needed|required))|\brepairs? (?:is|are) not (?:possible|offered|available)"),
        ("yes", r"\bwe (?:also |gladly |happily |do )?(?:repair (?:what|everything|anything|all)\b|offer (?:a )?repairs?\b|carry out repairs|provide repairs?\b|have a repair (?:service|shop))|\brepairs (?:are|is) (?:possible|offered|available)"),
    ), veto=r"under warranty|\bif\b|unauthori[sz]ed", ignore=("warranty", "online", "store")),
    Permission("parcel_tracking", "whether parcels can be tracked", r"track", values=(
        ("no", r"^(?:our |all |most |the )?(?:parcels?|packages?|orders?|shipments?) (?:cannot|can't|can not|are not|aren't) (?:be )?tracked\b|\bwe (?:do not|don't|cannot|can't) (?:offer|provide|give) (?:any )?tracking\b|\bno tracking (?:number|link)? ?(?:is|are) (?:given|provided|available)|\b(?:parcels?|packages?|orders?|shipments?) (?:come|travel|go|are sent|ship)s? without (?:a )?tracking"),
        ("yes", r"\b(?:every|all|each) (?:our )?(?:parcels?|packages?|orders?|shipments?)\b[^.⟦]{0,24}\b(?:track(?:ed|ing)|be tracked)\b"),
    ), veto=r"\bif\b|until|yet|update|letter|hour|domestic", ignore=("online", "standard", "tracked", "untracked", "in transit")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fee:
    """A service that a shop charges for, or does not: `noun` names it. `named`: the word before it says which one."""

    name: str
    label: str
    noun: str
    ignore: tuple[str, ...] = ()
    veto: str = ""
    named: bool = False
    percent: bool = False

    @property
    def kind(self) -> str:
        """The kinds of quantity that can be its value."""
        return "PM" if self.percent else "M"

    @property
    def patterns(self) -> tuple[str, ...]:
        """How the amount is said."""
        kind = self.kind
        return (
            rf"(?:{self.noun})~\b(?:costs?|is|are|fee|for|at|charge[ds]?|price\w*|from|surcharge|add\w*|pay)\b~<!{kind}>",
            rf"(?:{self.noun})[:\s(–-]{{1,3}}<!{kind}>",
            rf"<!{kind}>~\b(?:for|to)\b~(?:{self.noun})",
        )

    @property
    def free(self) -> str:
        """How it is said that it costs nothing."""
        none = r"(?:free(?: of charge)?|for free|complimentary|costs? (?:you )?nothing|at no (?:extra |additional )?(?:cost|charge)|(?:no|without) (?:extra |additional |any )?(?:fee|charge|cost|surcharge)s?|on us|on the house|included in (?:the|your) price|does not cost|without charge)"
        return (
            rf"(?:{self.noun})[^.;⟦]{{0,50}}\b{none}\b|\b{none}\b[^.;⟦]{{0,30}}(?:{self.noun})|\bfree (?:{self.noun})"
        )


FEES: tuple[Fee, ...] = (
    Fee("redelivery_fee", "fee for a second delivery", r"\b(?:re-?deliver(?:y|ies)|(?:second|further|another|new) delivery(?: attempt)?)\b"),
    Fee("exchange_fee", "price of an exchange", r"\bexchang(?:es?|ing)\b(?! rate)", ("exchange",), r"over|above|return|refund|currency"),
    Fee("alteration_fee", "price of alterations", r"\balterations?\b", ("personalised",)),
    Fee("sizing_fee", "price of sizing a ring", r"\b(?:ring )?(?:re)?sizing\b", ("personalised",)),
    Fee("installation_fee", "price of installation", r"\binstall(?:ation|ing|s)?\b", ("installation", "bulky"), r"software|app\b|tool"),
    Fee("sample_fee", "price of samples", r"\b(?:swatch(?:es)?|samples?|fabric cards?)\b", ("sample", "new"), r"with (?:every|each|your) order|over|above"),
    Fee("assembly_fee", "price of assembly", r"\b(?:assembly|assembl(?:e|es|ed|ing)|putting (?:it|them) together|set-?up service)\b", ("bulky", "installation"), r"tool|instruction|easy|minutes"),
    Fee("takeback_fee", "price of taking old goods away", r"\b(?:tak(?:e|es|ing|en)|collect\w*|remov\w+|haul\w*|dispos\w+|recycl\w+)\b[^.;⟦]{0,20}\bold \w+(?: \w+)?", ("bulky", "used", "freight")),
    Fee("gift_wrap_fee", "price of gift wrapping", r"\bwrap(?:s|ped|ping)? (?:\w+ ){0,2}gifts?\b|\bgift[- ]?wrap\w*\b", ("gift",), r"over|above|spend"),
    Fee("engraving_fee", "price of engraving", r"\bengrav(?:ing|e|es|ed)\b(?: \w+)?", ("personalised",)),
    Fee("workshop_fee", "price of a workshop", r"\b(?:workshops?|class(?:es)?|courses?|lessons?)\b", (), r"refund|cancel|deposit", named=True),
    Fee("parking_fee", "price of parking", r"\b(?:parking|park)\b", ("store",), r"hours? free|free for ⟦|over"),
    Fee("pickup_fee", "price of collecting an order", r"\b(?:click (?:&|and) collect|(?:store |in-store |local )?pick-?ups?|picking (?:it |them |your order )?up|collecting (?:it|your order)|collection (?:in|from) (?:our |the |a )?(?:stores?|shops?))\b", ("pickup", "store", "online"), r"return|over|above|used|old|repair"),
    Fee("payment_fee", "fee for a way of paying", r"\bpay(?:ing|ments?)? (?:by|with|via) (?:a |an |your )?(?:\w+ )?(?:cards?|paypal|klarna|invoice|bank transfer|amex|cheque)\b", ("card", "paypal", "klarna", "invoice", "bank transfer", "cheque"), r"points|refund|discount|off|gift", percent=True),
)  # fmt: skip
