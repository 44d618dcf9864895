# ruff: noqa: E501 - patterns stand on one line each
"""The yes-or-no policies whose values are told by patterns of their own."""

from __future__ import annotations

from kbaudit.facts.permissions import CANNOT, Permission

PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "returns_accepted", "whether it can be returned", r"return|final|refundable|take .{0,24}back|accept .{0,24}back|sen[dt] .{0,24}back",
        (
            ("no", rf"\b(?:final sale|non-?refundable|not refundable|all sales (?:are|is) final|sales are final|(?:items?|goods|products?|pieces|purchases?) (?:are|is) (?:always )?final|non-?returnable|not returnable|not eligible for (?:a )?returns?|{CANNOT} (?:be )?(?:(?:exchanged|refunded) or )?(?:returned|sent back|brought back|given back|accept(?:ed)?(?: any)? returns?|take (?:\w+ )?returns?|take (?:\w+ ){{0,3}}back|accept (?:\w+ ){{0,3}}(?:back|for returns?)|offer (?:any )?returns?|allow (?:any )?returns?)|no returns?(?! (?:label|fee|shipping|postage|form|number|authori|cost|charge|address|slip|portal|window|needed|required|policy))|cannot be (?:refunded|exchanged|refunded or exchanged|exchanged or refunded)? ?(?:or )?returned|returns? (?:are|is) not (?:accepted|possible|permitted|allowed|offered|available)|excluded from (?:our |the )?(?:return|refund)\w*|exempt from (?:our |the )?return\w*|{CANNOT} return)\b|vom umtausch ausgeschlossen|\bkeine rückgabe|ni repris ni échangé|no se admiten devoluciones"),
            ("yes", r"\b(?:can|may) (?:also |always |still |now |all )?be (?:returned|sent back|brought back)\b|\b(?:is|are) (?:fully |always |all |also )?(?:returnable|eligible for (?:a )?returns?)\b|\bwe (?:gladly |happily |also |do |will )?(?:accept|take|allow|welcome|offer) (?:free |easy )?returns?\b|\byou (?:can|may) (?:also |always |still )?(?:return|send back)\b|\breturns? (?:is|are) (?:accepted|allowed|possible|permitted|welcome|available)\b|\bwe (?:gladly |happily )?accept\b[^.⟦]{0,40}\breturns?\b"),
        ),
        veto=r"\b(?:api|request|response|values?|fields?|blank|null|query|server|endpoint|json|errors?|results?|pages?|function)\b|deposit|shipping (?:costs?|charges?|fees?)|\bfees?\b|tickets?|\breturn (?:label|to (?:sender|this|the (?:page|site|cart|menu|previous|home)))|return your call|cannot be returned to (?:sender|a different)|refund (?:the )?(?:shipping|delivery)|if (?:you )?(?:do not|don't|cannot|can't) return|we (?:cannot|can't) accept returns? (?:without|sent|after)|(?:after|without|outside|unless|once|later than|older than|beyond|if)\b[^.]{0,80}(?:cannot|not|no) [^.]{0,20}return|(?:cannot|not|no|non)[^.]{0,60}\b(?:after|without|outside|unless|once|until|past|beyond|if|more than|later than|that (?:have|has|are|is|were)|which (?:have|has)|by (?:post|mail)|to (?:our |a |any )?(?:stores?|shops?|the store)|in[- ]store|at our|in our|via|used as|with|whose|showing|must be)\b|\bonly\b|return (?:shipping|postage|fee|cost)|\bhow to\b|returns? (?:by|via)|returned (?:to (?:any|our|a|one)|in|at|by|via|unused|unworn|using|with)",
        ignore=("online", "exchange"),
        veto_yes=r"\b(?:api|request|response|values?|fields?|blank|null|query|server|endpoint|json|errors?|results?|pages?)\b|\bonly\b|\bhow to\b|returned? (?:to (?:any|our|a|one)|in|at|by|via)|cannot|can't|not be|\breturn label|if the (?:carrier|courier)|return to sender|(?:these|this|following|such)\b",
    ),
    Permission(
        "exchanges_offered", "whether exchanges are offered", r"exchang|umtausch|\bswap",
        (
            ("no", rf"\b(?:{CANNOT} (?:currently |directly |be able to )*(?:offer|accept|do|provide|process|support|make|facilitate|handle) (?:any |direct |size |product |item )*(?:returns (?:or|and) )?exchang\w+|no exchanges?|exchanges? (?:are|is) (?:not|currently not|unavailable|no longer) ?(?:offered|available|possible|accepted|supported|permitted)?|{CANNOT} be exchanged|{CANNOT} exchange|not eligible for exchange)\b"),
            ("yes", r"\b(?:we (?:gladly |happily |do |also |will )?(?:offer|accept|provide|process|support|welcome) (?:free |easy |size |direct )*(?:returns (?:and|or) )?exchang\w+|(?:can|may) (?:also |always |still )?be (?:returned or )?exchanged|exchanges? (?:are|is) (?:free|possible|available|accepted|welcome|offered|easy)|you (?:can|may) (?:also |always )?(?:return or )?(?:exchange|swap)|refunds? (?:or|and) exchanges? (?:are|is) (?:available|offered|possible)|we(?:'ll| will)? (?:gladly |happily )?exchange (?:it|them|any|your|all|every|items)|(?:choose|choice of|get|receive|request|want|opt for)[^.⟦]{0,24}\bexchange)\b|\b(?:free|easy) exchanges\b"),
        ),
        veto=r"once|after|unless|without|outside|until|different (?:product|style|item)|for a different (?:product|style)|\bonly\b|exchange rates?|stock exchange|currency|cash|more than|instead of", ignore=("exchange", "online"), veto_yes=r"cannot|can't|(?:do|is|are|will) not|don't|no exchange|\bonly\b|exchange rates?|stock exchange|currency",
    ),
    Permission(
        "refund_form", "how a return is refunded", r"refund|money|store credit|credit note|voucher",
        (
            ("store credit", r"\b(?:store credits?|credit notes?|gift cards?|e-?vouchers?|vouchers?) only\b|\bonly\b[^.⟦]{0,40}\b(?:store credits?|credit notes?)\b|\brefund\w*\b[^.⟦]{0,40}\b(?:as|in the form of|to|with|in) (?:a |an )?(?:store credits?|credit notes?|gift cards?|vouchers?)\b|\b(?:do not|don't|cannot|can't|no) (?:\w+ )?(?:cash |monetary )refunds?\b|\b(?:receive|issue\w*|given|get|offer)\b[^.⟦]{0,24}\bstore credit\b(?! or|\?)|\breturns? (?:are|is) (?:paid out|refunded|credited) (?:as|in the form of|with) (?:a )?(?:store credits?|credit notes?|gift cards?|vouchers?)\b"),
            ("original payment", r"\brefund\w*\b[^.⟦]{0,60}\b(?:to|via|in|by|on) (?:the |your )?(?:same |original )(?:payment|form|method|card|account|tender|means|mode|way|credit)|\boriginal (?:payment method|form of payment|method of payment|payment)\b[^.]{0,30}\brefund|\b(?:full|cash) refund\b[^.⟦]{0,30}\boriginal|\b(?:money|refund(?:s|ed)?|amount)\b[^.⟦]{0,40}\b(?:to|on|onto) (?:the|your) (?:card|account|bank account|paypal account)\b|\brefund(?:ed|s)? (?:you )?in (?:cash|money)\b"),
        ),
        veto=r"\bor\b[^.]{0,40}(?:store credit|credit note|refund|exchange)|(?:store credit|credit note)[^.]{0,40}\bor\b|choose|option|prefer|if you (?:paid|used)|unless|otherwise|bonus|(?<!you )paid (?:with|by|using)|purchased (?:with|using)|fees?|not possible|expired|instead", ignore=("store credit", "gift card", "online"),
    ),
    Permission(
        "return_postage_payer", "who pays for return postage", r"return|send(?:ing)? .*back|pre-?paid label|rücksend|retour|devol",
        (
            ("customer", r"\b(?:you|customers?|buyers?|the customer|the buyer|purchasers?)\b(?: (?:are|is|will be|remain|must|will|have to|need to|shall))?[^.⟦]{0,24}\b(?:responsible for|pay(?:s|ing)?|cover(?:s)?|bear(?:s)?|liable for|arrange and pay)\b[^.⟦]{0,40}\b(?:return|postage|shipping|cost|sending|fees|charges)\b[^.⟦]{0,40}|\breturn (?:shipping|postage|delivery)?(?: costs?| fees?| charges?| expenses?)?\b[^.⟦]{0,30}\b(?:(?:at )?(?:your|the customer's|the buyer's|customer's|their) (?:own )?(?:expense|cost|responsibility|charge)|(?:be )?(?:paid|covered|borne) by (?:you|the (?:customer|buyer)|customers)|the responsibility of the (?:customer|buyer)|are not (?:covered|included|free|refunded)|is not (?:covered|included|free))|\b(?:costs?|postage|shipping) (?:of|for) (?:the |a |your )?(?:returns?|return \w+|sending[^.⟦]{0,20}back|returning[^.⟦]{0,24}) (?:is|are) (?:yours|on you|up to you|(?:borne|paid|covered) by (?:you|the (?:customer|buyer)))|\bpay (?:for )?(?:the |your )?return[^.⟦]{0,20}\byourself|\byou pay (?:for )?(?:the )?postage back|\bat (?:your|the customer's|the buyer's) own (?:expense|cost)|\b(?:do not|don't|cannot|can't) (?:cover|pay for|provide|offer|reimburse|refund) (?:free |prepaid |the |any |your )*(?:return (?:shipping|postage|labels?|costs?)|returns|(?:postage|costs?|shipping) (?:of|for) (?:the |your |any )?returns?)|kosten (?:der|für die) rücksendung (?:trägt|tragen) (?:der (?:kunde|käufer)|sie)|frais de retour (?:sont )?à (?:votre|la) charge|gastos de devolución (?:corren )?a (?:tu|su) cargo"),
            ("shop", r"\bfree (?:and easy |standard |domestic |uk |us |store |\d+[- ]day |⟦D\d+⟧ )?returns?\b(?! (?:if|when|only|over))|\breturns? (?:are|is) (?:always |completely |totally |absolutely |also )?(?:free|on us|complimentary|free of charge)\b|\b(?:free|pre-?paid|complimentary) (?:return (?:shipping )?labels?|shipping labels?|returns? (?:postage|shipping|labels?)|return labels?|labels? (?:is|are|comes?|lies?) (?:in|with|inside|enclosed))|\b(?:include|enclose|send|provide|use|put|add)s?\b[^.⟦]{0,24}\bpre-?paid labels?|\bwe(?:'ll| will|'ve| do)? (?:always |also |gladly )?(?:cover|pay|pick up|bear)\b[^.⟦]{0,36}\b(?:return|sending|postage back)\b|\breturn (?:shipping|postage|costs?)\b[^.⟦]{0,30}\b(?:is|are) (?:free|on us|covered by us|paid by us|included)|\bno (?:cost|charge)[^.⟦]{0,12}\breturns?\b|\breturn[^.⟦]{0,40}\b(?:free of charge|at no (?:extra |additional )?(?:cost|charge)|for free)\b|\b(?:do not|don't|never|won't|will not) (?:charge|bill)(?: you)?(?: anything)? (?:for )?(?:a |your |the )?returns?\b|\b(?:sending|returning)\b[^.⟦]{0,30}\b(?:costs? (?:you )?nothing|is free|is on us|does not cost)|\breturns? costs? (?:you )?nothing|\bno charge for returns?|\b(?:sending|returning)\b[^.⟦]{0,30}\b(?:won't|will not|does not|doesn't|never) cost (?:you )?(?:anything|an? \w+)|kostenlose rück(?:sendung|gabe)|rücksendung (?:ist|sind) (?:für sie )?kostenlos|retours? gratuits?|devoluci\w+ (?:gratis|gratuita)"),
        ),
        veto=r"unless|one free return|outbound|original (?:shipping|delivery)|initial|first return|\bin[- ]store|to (?:a|any|our) store|shipping (?:back )?(?:is|are) non-?refundable|duties|customs|if we|refund\w* for|risk|free returns? policy|exchange (?:shipping|postage)|deducted", ignore=("online", "post", "standard"),
    ),
    Permission(
        "order_cancellation", "whether a placed order can be cancelled", r"cancel|stop|orders are",
        (
            ("no", rf"\borders?\b[^.⟦]{{0,50}}\b{CANNOT} be (?:changed or |modified or |amended or |altered or )?cancell?ed\b|\b{CANNOT} (?:be able to )?(?:accept cancell?ations?|cancel (?:an |your |any |or (?:change|modify|amend) )?(?:an |your |any )?orders?|(?:change|modify|amend|edit) or cancel)|\borders?\b[^.⟦]{{0,30}}\b(?:cannot|can't|can not) be (?:stopped|called off)|\b(?:cannot|can't) stop (?:an |your )?order|\b(?:custom|personali[sz]ed|made[- ]to[- ]order|engraved|bespoke)\b[^.⟦]{{0,24}}\b{CANNOT} be cancell?ed\b|\bno cancell?ations?\b|\bcancell?ations? (?:are|is) not (?:possible|accepted|permitted|allowed)|\bnon-?cancell?able\b|\b(?:all )?orders (?:is|are) (?:always )?final\b"),
            ("yes", r"\b(?:you (?:can|may) (?:also |always |still )?(?:cancel|stop) (?:your |an |any |the )?orders?|you (?:can|may) (?:also |always |still )?cancel (?:free|it|at no|without|within|until|for)|orders? (?:can|may) (?:also |still )?be cancell?ed)\b"),
        ),
        veto=r"\bonce (?:it|your order|they|the order|an order|your items?|dispatched|shipped)[^.]{0,16}\b(?:ship|dispatch|despatch|been (?:ship|dispatch|process|sent)|has left|leaves|in (?:production|transit)|process)|\bafter (?:it|they|your order|dispatch|shipping|⟦|the order)|already|subscri|if (?:it|your order|the order|they)|before|until|within|as long as|unless|membership|if you|by us|we may|up to|any time|automatically|partially|part of|individual|ship(?:ped|s|ping)|dispatched|for (?:any|fraud)|appointment|booking|class|prior to", ignore=("online", "shipped", "in transit"), veto_yes=r"subscri|membership|appointment|by us|we may|trial|booking|class|cannot|can't|(?:is|are|do|does|will) not (?:be )?(?:cancel|possib|allow)",
    ),
    Permission(
        "order_changes", "whether a placed order can be changed", r"chang|modif|edit|amend|alter",
        (
            ("no", rf"\borders?\b[^.⟦]{{0,50}}\b{CANNOT} be (?:cancell?ed or )?(?:changed|modified|amended|edited|altered)\b|\b{CANNOT} (?:be able to )?(?:make (?:any )?changes? to|change|modify|amend|edit|alter) (?:an |your |any |the )?(?:existing |placed )?(?:orders?|(?:delivery |shipping )?address)|\bno changes (?:can|may) be made|\b(?:once|after|when) (?:an? |your |the )?orders? (?:is|was|has been|have been) placed\b[^.⟦]{0,30}\b{CANNOT} be (?:changed|modified|amended|edited|altered)"),
            ("yes", r"\b(?:you|we) (?:can|may) (?:also |still |always )?(?:change|modify|amend|edit|alter) (?:your |an |any |the )?(?:orders?|(?:delivery |shipping )?address)|\b(?:orders?|address|size|colou?r|items?|delivery date) (?:can|may) (?:also |still )?be (?:changed|modified|amended|edited|updated)"),
        ),
        veto=r"label|printed|too late|once (?:it|your order|they|the order|dispatched|shipped)[^.]{0,16}\b(?:ship|dispatch|been (?:ship|dispatch|process|sent)|has left|in (?:production|transit)|process)|after|already|subscri|if |before|until|within|as long as|unless|ship(?:ped|s)|dispatched|contact (?:us|our)|in transit|handed (?:over )?to|on its way|left (?:us|our)", ignore=("online", "shipped", "in transit"), veto_yes=r"subscri|cannot|can't|(?:is|are|do|does|will) not (?:be )?(?:chang|modif|edit|allow|possib)|account|profile|future",
    ),
    Permission(
        "discount_stacking", "whether discounts can be combined", r"combin|stack|as many|several|two (?:codes|vouchers|coupons)|one (?:code|discount|promo|voucher|coupon)|multiple|conjunction|together|more than one",
        (
            ("no", rf"\b(?:{CANNOT} be (?:combined|stacked|used (?:together|in conjunction)|used with (?:any )?other|applied (?:together|with)|redeemed (?:together|with))|not (?:valid|redeemable|combinable|stackable|applicable) (?:with|in conjunction|in combination|together)|not be combined|{CANNOT} (?:combine|stack|use (?:more than one|multiple|two|several))|(?:only )?one (?:\w+ )?(?:code|discount|promo(?:tion)?|voucher|coupon)(?: code)?s? (?:can be used |may be used |is allowed |allowed |may be applied |can be applied |can be redeemed )?(?:per|at a time|on each|for each|each|every|to an|an) ?(?:order)?)\b"),
            ("yes", r"\b(?:several|multiple|two|more than one|various) (?:\w+ )?(?:codes?|vouchers?|coupons?|discounts?) (?:can|may)\b|\b(?:can|may) (?:also |all |always )?be (?:combined|stacked|used (?:together|in conjunction|on top)|used with (?:any )?other|applied together)\b|\byou (?:can|may) (?:also )?(?:combine|stack|use (?:multiple|several|more than one|as many|up to))\b[^.]{0,30}\b(?:codes?|discounts?|vouchers?|coupons?|promo\w*|offers?)|\bas many (?:\w+ )?(?:codes?|vouchers?|coupons?|discounts?) (?:as you (?:like|want|wish)|at once)|\b(?:codes?|discounts?|offers?|vouchers?) (?:are|is) stackable|multiple (?:codes?|discounts?|vouchers?|coupons?) (?:can|may) be"),
        ),
        veto=r"gift cards? (?:can|may)|payment methods?|shipping (?:methods?|options?)|orders? (?:can|may|cannot)|combine (?:multiple |your |several |two )?orders|\bpoints\b[^.]{0,30}gift|store credit (?:can|may)|with (?:your |an? |loyalty |bonus )?(?:points|gift cards?|store credit)\b", ignore=("sale", "promotion", "online", "guest", "member"),
    ),
    Permission(
        "price_matching", "whether prices are matched", r"match|\bbeat\b|price[- ]adjust|best[- ]price",
        (
            ("no", rf"\b{CANNOT} (?:currently |be able to )*(?:offer |do |provide |honou?r |accept )?(?:any )?price[- ](?:match\w*|adjust\w*)|\b{CANNOT} match (?:the |any |other |lower )*(?:prices?|other|competitor)|\bno price[- ](?:match|adjust)"),
            ("yes", r"\bwe (?:\w+ )?(?:match|beat) (?:any|every|all|the) (?:\w+ ){0,2}(?:lower |cheaper )?prices?\b|\bwe (?:will |'ll |do |also |gladly |happily |are happy to |can )*(?:offer )?(?:a )?price[- ]match|\bwe(?:'ll| will| do| gladly| happily| can)* (?:match|beat) (?:the |it\b|any|their|a )|\b(?:offer|have|provide) (?:a |an )?price[- ](?:match|adjust\w*|promise|guarantee)|\bprice[- ]match(?:ing)? (?:is|promise|guarantee)"),
        ),
        veto=r"marketplace|third[- ]party|auction|clearance|membership|\bon (?:sale|previous|past)\b|after (?:your|the) (?:purchase|order)|previous (?:purchases|orders)|other (?:promo|retailers' (?:sales|promo))|with with (?:promo|discount|coupon|any other)", ignore=("online", "exchange", "marketplace", "business"),
    ),
    Permission(
        "po_box", "delivery to PO boxes", r"p\.?\s?o\.? ?box|post office box",
        (
            ("no", r"(?:cannot|can't|can not|do not|don't|unable to|not able to|won't|will not|not)\b[^.]{0,40}\bp\.?\s?o\.? ?box|p\.?\s?o\.? ?box\w*[^.]{0,40}\b(?:not|cannot|can't|excluded|unavailable|ineligible)"),
            ("yes", r"\b(?:ship|deliver|send|mail)s? to[^.]{0,40}\bp\.?\s?o\.? ?box|p\.?\s?o\.? ?box\w*[^.]{0,20}\b(?:are (?:fine|ok|accepted|eligible|supported)|is (?:fine|ok)|can)"),
        ),
        ignore=("standard", "online"),
    ),
    Permission(
        "store_returns", "whether online orders can be returned in a store", r"return|bring|back",
        (
            ("no", rf"\b(?:online|web|website|internet)\b[^.⟦]{{0,50}}\b{CANNOT} (?:currently )?be (?:returned|refunded|exchanged|accepted)[^.⟦]{{0,30}}\b(?:stores?|shops?|boutiques?|showrooms?|branch)|\b(?:stores?|shops?|boutiques?|showrooms?)\b[^.⟦]{{0,16}}\b{CANNOT} (?:accept|take|process|refund)[^.⟦]{{0,30}}\bonline|\b{CANNOT} (?:accept|return|process|take)[^.⟦]{{0,40}}\bonline (?:orders|purchases|returns)[^.⟦]{{0,20}}\b(?:stores?|shops?)"),
            ("yes", r"\b(?:online|web|website|internet)\b[^.⟦]{0,50}\b(?:can|may) (?:also |always )?be (?:returned|brought|taken back|refunded|exchanged|sent back)[^.⟦]{0,36}\b(?:stores?|shops?|boutiques?|showrooms?|branch)|\b(?:return|bring|take)\b[^.⟦]{0,40}\bonline (?:orders?|purchases?)[^.⟦]{0,36}\b(?:stores?|shops?|boutiques?|branch)|\breturn (?:it|them|your (?:item|order|purchase)s?|items)? ?(?:to|in|at) (?:any|one|a) (?:of our )?(?:\w+ )?(?:stores?|shops?|boutiques?)"),
        ),
        veto=r"unless|outlet|franchise", ignore=("online", "store"),
    ),
    Permission(
        "receipt_required", "whether a receipt is needed", r"receipt|proof of purchase",
        (
            ("no", r"\b(?:no receipt|without (?:a |the |your )?(?:receipt|proof of purchase)|(?:do not|don't|not) (?:need|require|necessary)[^.]{0,16}\b(?:receipt|proof of purchase)|(?:receipt|proof of purchase)[^.]{0,12}\bnot (?:needed|required|necessary))\b(?![^.]{0,40}\b(?:cannot|can't|not|only|store credit|exchange|lowest|must|may))"),
            ("yes", r"\byou(?:'ll| will)? (?:always )?need (?:your |the |a |an )?(?:original )?(?:receipt|proof of purchase)|\b(?:receipt|proof of purchase)[^.]{0,16}\b(?:is|are) (?:always )?(?:required|needed|necessary|mandatory)|\b(?:must|need to|have to|please)\b[^.]{0,24}\b(?:include|provide|present|show|bring|have|enclose)\b[^.]{0,20}\b(?:receipt|proof of purchase)|\b(?:cannot|can't|not|no)\b[^.]{0,50}\bwithout (?:a |the |your |an |valid |original )*(?:receipt|proof of purchase)"),
        ),
        ignore=("no receipt", "online", "exchange"),
    ),
    Permission(
        "guest_checkout", "whether an account is needed to order", r"guest|account",
        (
            ("no account needed", r"\b(?:guest checkout|check ?out as a guest|order as a guest|(?:do not|don't) need (?:an |to create an |to have an |to register)|(?:no|without (?:an|creating an|registering)) account (?:is )?(?:needed|required|necessary)?|account is not (?:required|needed)|(?:order|buy|check ?out|shop|purchase) (?:\w+ )?without (?:an account|creating an account|registering|signing up|registration))\b"),
            ("account needed", r"\b(?:must|need to|have to) (?:first )?(?:create|register|have|open|sign up for) (?:for )?an account (?:to|before|in order to) (?:order|place|buy|purchase|check ?out|shop)|\byou (?:always |only |first )?need an account (?:to|before|for|in order)\b|\bguest (?:orders?|checkout|purchases?) (?:is|are) (?:not|no longer)|\b(?:cannot|can't) order without (?:an )?account|\bonly (?:registered|with an account)\b[^.⟦]{0,20}\border|\baccount is (?:required|needed|necessary) to (?:order|place|buy|purchase|check ?out|shop)|\b(?:no|not (?:offer|support)|don't (?:offer|support)) guest checkout|guest checkout is not"),
        ),
        veto=r"return|track|points|reward", ignore=("guest", "online", "member"),
    ),
    Permission(
        "duties_payer", "who pays customs duties", r"dut(?:y|ies)|customs|import",
        (
            ("shop", r"\b(?:dut(?:y|ies)|customs|import)\b[^.⟦]{0,60}\b(?:are|is) (?:already |all )?(?:included|prepaid|covered by us|paid by us)|\b(?:price|total|checkout)\w*\b[^.⟦]{0,30}\binclud\w+\b[^.⟦]{0,30}\b(?:dut(?:y|ies)|customs|import)|\bwe (?:cover|pay|include)\b[^.⟦]{0,40}\b(?:dut(?:y|ies)|customs|import)|\bno (?:extra |additional |hidden |surprise )?(?:dut(?:y|ies)|customs|import)|\bddp\b"),
            ("customer", r"\b(?:dut(?:y|ies)|customs|import)\b[^.⟦]{0,80}\b(?:responsib\w+ of the (?:customer|buyer|recipient)|(?:paid|borne|covered) by (?:you|the (?:customer|buyer|recipient))|your responsibility|not included)|\b(?:you|customers?|buyers?|recipients?|importers?)\b[^.⟦]{0,40}\b(?:responsible|liable|pays?)\b[^.⟦]{0,50}\b(?:dut(?:y|ies)|customs|import)"),
        ),
        veto=r"return|may be|unless|estimat", ignore=("INTL", "standard", "online"),
    ),
    Permission(
        "international_shipping", "whether orders are shipped abroad", r"international|worldwide|overseas|abroad|outside|only|globally|global",
        (
            ("no", rf"\b{CANNOT} (?:currently |yet |offer )*(?:ship|deliver|shipping|delivery|send)\b[^.⟦]{{0,24}}\b(?:internationally|overseas|abroad|worldwide|outside|international)|\b(?:only (?:ship|deliver)|(?:ship|deliver)s? (?:only )?(?:only )?)(?: to| within| in| inside)?(?: addresses)?(?: to| within| in| inside)? (?:the )?(?:contiguous |continental |mainland )?(?:us|u\.s\.|usa|united states|uk|united kingdom|canada|australia|germany|our home country)(?: only)?\b(?! and| or|,|/)|\bno international (?:shipping|delivery|orders)"),
            ("yes", r"\b(?:we|yes,? we) (?:do |also |now |happily |proudly |can )*(?:ship|deliver|send)\b[^.⟦]{0,16}\b(?:internationally|overseas|abroad|worldwide|globally|around the world|all over the world|anywhere in the world|to (?:over |more than )?(?:\d+|⟦N\d+⟧|\w+) countries)|\b(?:international|worldwide) (?:shipping|delivery) (?:is )?(?:available|offered)|\b(?:offer|provide) (?:international|worldwide|global) (?:shipping|delivery)|\bships? (?:worldwide|internationally|globally)"),
        ),
        veto=r"returns?\b|gift cards?|hazard|batter|aerosol|bulky|oversize|furniture|free shipping|express|exception|some (?:items|products)|certain|sale|unless|only ship (?:to|within)[^.]*\bfor\b", ignore=("INTL", "US", "GB", "HOME", "CA", "AU", "DE", "standard", "online", "US-48", "US-NA"),
    ),
    Permission(
        "weekend_dispatch", "whether orders are delivered or dispatched at weekends", r"weekend|saturday|sunday",
        (
            ("no", rf"\b(?:{CANNOT}|no|not)\b[^.⟦]{{0,30}}\b(?:ship|deliver\w*|dispatch\w*|process\w*)\b[^.⟦]{{0,30}}\b(?:weekends?|saturdays?|sundays?)|\b(?:deliver\w*|dispatch\w*|orders?|ship\w*)\b[^.⟦]{{0,36}}\b(?:not|never|no)\b[^.⟦]{{0,24}}\bon (?:weekends?|saturdays?|sundays?)"),
            ("yes", r"\b(?:we|couriers?) (?:also |do )?(?:ship|deliver|dispatch)\b[^.⟦]{0,30}\b(?:weekends|saturdays|sundays|seven days|7 days|every day)|\b(?:weekend|saturday|sunday) delivery is (?:available|included|free)"),
        ),
        veto=r"holiday\w* (?:only|season)|support|reply|open|surcharge|closed", ignore=("standard", "online", "saturday", "public holiday"),
    ),
    Permission(
        "signature", "whether a signature is required", r"signature|sign(?:ed)? for",
        (
            ("no", r"\b(?:not|never|n['’]t) (?:need to |have to )?(?:be )?sign(?:ed)? for\b|\b(?:no signature|signature (?:is |are )?not (?:required|needed)|(?:do not|don't) require a signature|without (?:a )?signature)"),
            ("yes", r"\bsignature[^.⟦]{0,20}\b(?:is |are )?(?:required|needed|necessary|mandatory)|\brequires? (?:a |an adult )?signature|\b(?:must|has to|have to|need to|needs to) (?:always )?(?:be signed for|sign for)|\b(?:sent|delivered|shipped|goes out|go out) against (?:a )?signature|\bsigned for on delivery"),
        ),
        veto=r"may|if |unless|some|waive", ignore=("tracked", "standard", "online"),
    ),
    Permission(
        "unconditional_free_shipping", "free shipping", r"free",
        (("yes", r"\bfree (?:\w+ ){0,2}(?:shipping|delivery)\b[^.⟦]{0,24}\b(?:(?:on|for|with) (?:all|every|any|each) (?:\w+ ){0,2}(?:orders?|purchases?|products?|items?)|on everything|no minimum|with no minimum|regardless)|\b(?:all|every) orders?\b[^.⟦]{0,24}\b(?:ship|ships|shipped|delivered|delivery is|shipping is|come with)(?: \w+){0,2} free\b|\b(?:shipping|delivery) is (?:always |completely )?free (?:on|for) (?:all|every|any) (?:\w+ )?(?:orders?|purchases?)"),),
        veto=r"over|above|return|⟦M|from \$|if ", ignore=("standard", "online"),
    ),
    Permission(
        "restocking_free", "restocking fee", r"re-?stock",
        (("yes", r"\b(?:no|never (?:charge )?(?:a |any )?|without (?:a |any )?|(?:do not|don't|won't|will not) charge (?:a |any )?)\s?(?:re-?stocking (?:fees?|charges?))|free of re-?stocking|\b(?:never|do not|don't|won't|will not) (?:charge|take|ask) (?:you )?(?:anything )?for re-?stocking"),),
        veto=r"if |unless|when|provided",
    ),
    Permission(
        "original_packaging", "whether the original packaging is needed", r"packaging|original box|boxed",
        (
            ("no", r"\b(?:do not|don't|no) need (?:the |your )?original (?:packaging|box)|\boriginal (?:packaging|box) is not (?:needed|required|necessary)|\b(?:need not|do(?:es)? not (?:need|have) to|don't (?:need|have) to) (?:keep|use|have|be)\b[^.⟦]{0,16}\boriginal (?:packaging|box|carton)|\bany (?:sturdy )?(?:box|packaging) will do\b|\bwithout (?:the |its |their )?original (?:packaging|box)(?! (?:cannot|can't|will not|are not))"),
            ("yes", r"\b(?:please|only) (?:return|send)\b[^.⟦]{0,40}\bin (?:the |its |their )?original (?:packaging|box|carton)|\b(?:must|have to|has to|need to|needs to|should)\b[^.⟦]{0,40}\b(?:in (?:the |its |their )?original|original (?:packaging|box))|\boriginal (?:packaging|box) is (?:needed|required|necessary)|\bonly\b[^.⟦]{0,30}\boriginal (?:packaging|box)|\boriginal (?:packaging|box|carton) only\b"),
        ),
        veto=r"warrant|refus|faulty|damaged", ignore=("online", "exchange", "opened"),
    ),
    Permission(
        "discount_on_sale", "whether discount codes work on sale items", r"(?:codes?|vouchers?|coupons?|discounts?)\b.*\b(?:sale|reduced|discounted|clearance)|(?:sale|reduced|discounted|clearance)\b.*\b(?:codes?|vouchers?|coupons?)",
        (
            ("no", r"\b(?:not|cannot|can't|don't|do not|excluded|excludes?|excluding|never)\b"),
            ("yes", r"\b(?:codes?|vouchers?|coupons?|discounts?)\b[^.⟦]{0,30}\b(?:work|works|valid|apply|applies|be used|be applied|be redeemed|include)\b[^.⟦]{0,30}\b(?:sale|reduced|discounted|clearance)"),
        ),
        veto=r"return|refund|gift card|final sale|combin|other", ignore=("sale", "promotion", "online"),
    ),
    Permission(
        "installment_payment", "whether one can pay in instalments", r"instal|\bpa(?:y|ying|yment|id)\b.* in .*\b(?:parts|rates)\b",
        (
            ("no", rf"\b{CANNOT} (?:currently )?(?:offer|accept|provide|support|allow|pay)\b[^.⟦]{{0,30}}\binstal\w+|\b(?:instal\w+|in (?:\w+ )?(?:parts|rates))[^.⟦]{{0,12}}\b(?:is|are) (?:currently )?not (?:possible|available|offered|accepted|supported)|\b{CANNOT} pay\b[^.⟦]{{0,16}}\bin (?:\w+ )?(?:parts|rates)\b"),
            ("yes", r"\b(?:you|customers) (?:can|may)\b[^.⟦]{0,24}\bpay\b[^.⟦]{0,24}\b(?:instal(?:l?ments?)|in (?:\w+ )?(?:parts|rates)\b)|\bwe (?:also |do )?offer\b[^.⟦]{0,24}\binstal(?:l?ments?)|\binstal(?:l?ments?) (?:is|are) (?:possible|available|offered)"),
        ),
        veto=r"software|installation|install\b|over", ignore=("klarna", "afterpay", "card", "finance", "online", "installation"),
    ),
    Permission(
        "subscription_commitment", "how long a subscription binds", r"subscri|membership|\bplan\b|commit|term",
        (
            ("none", r"\b(?:cancel|end|stop|quit)\b[^.⟦]{0,40}\b(?:any ?time|at any time|whenever)|\bno (?:commitment|minimum (?:term|period)|contract)"),
            ("minimum term", r"\b(?:subscription|membership|plan)s?\b[^.]{0,30}\b(?:runs?|lasts?|binding|committed?|minimum (?:term|period))\b[^.]{0,24}⟦D|\bminimum (?:term|period|commitment)\b[^.]{0,24}⟦D"),
        ),
        veto=r"trial|notice|orders?\b|before|after the (?:minimum|first)", ignore=("subscription", "member", "premium"),
    ),
    Permission(
        "vat_included", "whether prices include tax", r"\b(?:vat|sales tax|tax|taxes|mwst\.?|tva|iva)\b",
        (
            ("no", r"\bprices?\b[^.⟦]{0,40}\b(?:do not|don't|not|exclud\w+|without|plus|exclusive of)\b[^.⟦]{0,24}\b(?:vat|tax|taxes)|\b(?:vat|tax|taxes)\b[^.⟦]{0,20}\b(?:not|isn't|aren't) included|\b(?:vat|tax(?:es)?) (?:is|are|will be) (?:added|charged|calculated) (?:at (?:the )?checkout|on top|later)"),
            ("yes", r"\bprices?\b[^.⟦]{0,30}\b(?:include|including|inclusive of|incl\.)\b[^.⟦]{0,20}\b(?:vat|tax|taxes|mwst)|\b(?:vat|tax|taxes)\b[^.⟦]{0,12}\b(?:is|are) (?:already )?included"),
        ),
        veto=r"dut(?:y|ies)|refund|import|unless", ignore=("online", "standard"),
    ),
    Permission(
        "preorder_charge", "when a pre-order is charged", r"pre-?order",
        (
            ("when ordered", r"\b(?:charge[ds]?|billed|debited|take (?:the )?payment|payment (?:is |will be )?taken|you (?:only )?pay)\b[^.⟦]{0,40}\b(?:right away|immediately|at once|straight away|(?:when|as soon as|once|the moment) (?:you (?:place|make|submit|send|confirm|(?:pre-?)?order)|(?:the|your|an?) (?:pre-?)?order is placed)|at (?:the time of )?(?:order|checkout|purchase)|upfront|up front|at the time (?:of|you))"),
            ("when shipped", r"\b(?:charge[ds]?|billed|debited|take (?:the )?payment|payment (?:is |will be )?taken|you (?:only )?pay)\b[^.⟦]{0,50}\b(?:when|once|until|before|as soon as|on)\b[^.⟦]{0,30}\b(?:ships?|shipped|dispatch\w*|shipping|sent)"),
        ),
        veto=r"deposit", ignore=("preorder", "shipped", "card", "online"),
    ),
    Permission(
        "no_minimum_order", "minimum order value", r"minimum",
        (("yes", r"\bno (?:\w+ )?minimum (?:order|spend|purchase|basket)|\bminimum (?:order|spend|purchase)[^.⟦]{0,16}\b(?:is not|isn't|does not) (?:required|apply|needed)|without (?:a )?minimum order"),),
        veto=r"free|shipping|delivery|discount|code|voucher|points",
    ),
    Permission(
        "gift_wrapping", "whether gift wrapping is offered", r"gift[- ]?wrap",
        (
            ("no", rf"\b{CANNOT} (?:currently )?(?:offer|provide|do)[^.⟦]{{0,16}}\bgift[- ]?wrap|\bgift[- ]?wrap\w* (?:is|are) not|\bno gift[- ]?wrap"),
            ("yes", r"\bwe (?:do |also )?(?:offer|provide)[^.⟦]{0,24}\bgift[- ]?wrap|\bgift[- ]?wrap\w* is available|\b(?:can|will) (?:be )?gift[- ]?wrap"),
        ),
        ignore=("gift", "online"),
    ),
)  # fmt: skip
