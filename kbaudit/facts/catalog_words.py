"""The words that decide what an amount or a statement of stock beside a product's name means."""

from __future__ import annotations

import re

_I = re.IGNORECASE

# Which product a statement is about.
# Between a product and the amount that is its price, or between an amount and the product it buys.
LEADS_TO_PRICE = re.compile(
    r"(?:\b(?:cost(?:s|ing)?|is|are|for|at|of|only|just|now|prices?|priced|to|from|pay|paying|under|below|about|around|"
    r"approximately|roughly|sale|reduced|than|currently|back|noch|regularly|normally|usually|still|between|be|kostet|kosten|für|"
    r"nur|ab|preis|coûte|coûtent|à|pour|seulement|dès|cuesta|cuestan|por|a|solo|desde|mere|merely|exactly|usual|up|sells?|retails?|"
    r"starts?|starting|it's|value|down|with|or|and|then)|[:(\[=,|/–—-]|\.{2,}|[→>~≈])\s*(?:the |a |an |\*+)?$",
    re.I,
)
PRECEDES_PRODUCT = re.compile(
    r"^\s*[:–—-]?\s*(?:(?:that(?:['’]s| is)|meet|it['’]s|this is|say hello to)\s+)?(?:,?\s*(?:you(?:'ll| will| can)? (?:get|buy|own|have|take home)|buys(?: you)?|gets you|for|each for)\s+)?(?:,\s*)?"
    r"(?:(?:the|an?|our|your|this|one|für|den|die|das|le|la|el)\s+)?(?:new\s+)?[(\[]?\s*$",
    re.I,
)
OBLIQUE = re.compile(
    r"\b(?:for|with|to|of|fits?|on|fitting|compatible with|suits?|unlike|than|versus|vs\.?|from|without|instead of|replac\w+|"
    r"inside|into|für|mit|pour|avec|para|con)\s+(?:(?:the|your|our|an?|its|this|that|every|each|any|all|den|die|das|der|le|la|les|el|los)\s+)?(?:(?:old|older|original|new)\s+)?$",
    re.I,
)
# "All sizes of the …" are it.
EVERY_ONE_OF = re.compile(
    r"\b(?:all|both|every|any|most)\s(?:of\s)?(?:the\s)?(?:\w+\s)?(?:sizes?|colou?rs?|versions?|variants?|models?|kinds?|lengths?|finishes|patterns?)\s(?:of|for)\s(?:the\s|our\s)?$",
    re.I,
)
PRICE_OF = re.compile(
    r"(?:\b(?:prices?|cost|costs|pay|paying|paid|charge|charged?|amount|asking|rrp|preis|prix|precio)\b[^.;]{0,40}|[$€£]\s?[\d.,]+\s*)$",
    re.I,
)
# Of an answer to a customer, no condition: what the customer is told to pay.
YOU_PAY = re.compile(
    r"^\W*(?:(?:sure|yes|hi|hello|so)\W+)?(?:you(?:['’]d| would|['’]ll| will)? pay|that(?:['’]d| would|['’]ll| will) be)\b",
    re.I,
)
# "Go for the …", "our deal for …": the product is what is sold, though a preposition stands before it.
CHOICE = re.compile(
    r"\b(?:go|opt|look(?:ing)?|ask|settle|deals?|offers?|specials?|sale|available|except|starts?|begins?|begin)\s*$",
    re.I,
)
# "… with four cups: $79" is a bundle; "with free delivery" and "with a two-year warranty" are not.
BUNDLED = re.compile(
    r"^\W*(?:with|plus|including|incl\.?|\+|together with)\s+(?!free|an? (?:\d|two|three|five|ten|lifetime|free)|\w+-year|our|delivery|shipping|warranty|guarantee|tax|vat|all|the (?:\w+ )?(?:discount|warranty))",
    re.I,
)
# Lists of what belongs to products: their prices are not the products'.
PARTS = re.compile(
    r"\b(?:spare|replacement|accessor(?:y|ies)|repairs?|add-?ons?|extras|refills?|surcharges?|trade-in|wear parts)\b",
    re.I,
)
PART_COLUMN = re.compile(
    r"^\W*(?:(?:spare |replacement )?parts?|components?|services?|accessor(?:y|ies)|repairs?|add-?ons?|extras|refills?|fees?|surcharges?)\W*$",
    re.I,
)
COMPARES = re.compile(
    r"\b(?:than|unlike|versus|vs\.?|compared (?:to|with)|instead of|rather than|as opposed to|replaces|successor (?:to|of)|alternative to|like)\s+(?:the|our|an?)?\s*$",
    re.I,
)
ANAPHOR = re.compile(
    r"^\W*(?:(?:yes|no|sorry|sadly|unfortunately|good news|ja|nein|leider|oui|non|sí)\W+)?(?:it|its (?:current |regular |usual |retail )?(?:price|cost)|this|that|they|these|both|the (?:price|cost|current price|regular price|product|item|model|set|retail price)|prices?|cost|our price|"
    r"current price|regular price|sale price|retail price|now|only|just|currently|available|availability|stock|status|pre-?order|sold out|out of stock|in stock|order|buy|get|er|sie|es|preis|il|elle|prix|precio|"
    r"[$€£]|usd|eur|gbp|at (?:just |only )?[$€£])\b|^\W*[$€£]",
    re.I,
)
PRICE_COLUMN = re.compile(
    r"\b(?:price|cost|usd|eur|gbp|our price|amount|preis|prix|precio|now|retail|sale|from|current)\b|[$€£]", re.I
)
OTHER_COLUMN = re.compile(
    r"\b(?:ship|deliver|post|was|rrp|msrp|list|old|before|original|previous|deposit|month|instal|rent|bundle|competitor|elsewhere|save|saving|discount|fee|"
    r"warranty|assembly|install|member|trade|refill|per|each \d|tax|vat|insurance|value|launch|uvp|versand|alt|ancien|antes|envío|livraison|20[012]\d|19\d\d)",
    re.I,
)

# What an amount is.
# Directly before an amount: what makes it something else than what the product costs.
NOT_BEFORE = re.compile(
    r"(?:\b(?:was|were|no longer (?:costs?|is|for|at)|went for|sold for|not|originally|formerly|previously|before|instead of|rrp|msrp|srp|uvp|list(?: price)?|recommended retail price|retail value|"
    r"reduced from|down from|up from|dropped from|rose from|went from|raised from|from a|statt|früher|vorher|au lieu de|antes|worth|valued at|value(?: of)?|used to (?:cost|be|sell for)|"
    r"sav(?:e|es|ing|ings)(?: (?:of|up to|you))?|extra|bonus|credit(?: of)?|voucher(?: of)?|rebate(?: of)?|discount(?: of)?|reward(?: of)?|cash ?back(?: of)?|gift card(?: of)?|"
    r"(?:orders?|purchases?|spend|baskets?|carts?|totals?|totalling|subtotal|amounts?)(?: (?:of|over|above|from|exceeding|reaching|totalling|worth|at least|more than|is))*|"
    r"spend(?:ing)?(?: (?:at least|over|more than))?|minimum(?: (?:of|order))?|at least|"
    r"deposit(?: (?:of|is))?|(?:\w+ )?fees?(?: (?:of|is|for|are))?|surcharge(?: of)?|shipping(?: (?:of|is|for|costs?))?|delivery(?: (?:of|is|for|costs?))?|postage(?: (?:of|is|costs?))?|"
    r"refund(?:s|ed)?(?: (?:of|is))?|tax(?: of)?|duty(?: of)?|insurance(?: (?:of|is|for))?|warranty(?: (?:for|is|costs?))?|assembly(?: (?:for|is|costs?))?|installation(?: (?:for|is|costs?))?|"
    r"repairs?(?: (?:for|is|are|costs?))?|engraving(?: (?:for|is|costs?))?|gift wrap(?:ping)?(?: (?:for|is|costs?))?|refills?(?: (?:for|are|cost))?|replacements?(?: (?:for|are|cost))?|"
    r"instal?lments of|payments of|(?:\d+|two|three|four|six|ten|twelve|monthly)\s?(?:x|×|times|payments?|instal?lments?|rates?)(?: of| at)?|\d+\s?[x×*]|"
    r"members?(?: pay)?|rises? to|increases? to|drops? to|goes up to|will (?:cost|be|rise to|drop to)|would (?:cost|be)|could (?:cost|be)|about \w+ than|another|additional|plus|(?<!\bonly )\badd|differ(?:s|ence)?(?: (?:is|of|by))?)"
    r"|[+±])\s*(?:an? )?(?:additional |extra |only |just )?[(\"“]?\s*:?\s*$",
    _I,
)
# Directly after an amount.
NOT_AFTER = re.compile(
    r"^\s*[)\]]?\s*(?:-?\s?(?:off\b|discount|cheaper|less\b|more\b|extra\b|savings?\b|voucher|gift[- ]?card|credit\b|store credit|rebate|cash ?back|deposit|fee\b|fees\b|surcharge|bonus|coupon|"
    r"(?:for |in )?(?:shipping|delivery|postage|assembly|installation|engraving|gift wrap)|(?:and|&) (?:over|up|above|more)|or (?:more|over|above)|minimum|refund|tax\b|vat\b|duty|increase|drop|difference|upgrade|top-?up|order\b|purchase\b|budget|"
    r"rrp\b|msrp\b|list price|worth\b|value\b|was\b|before\b|originally|previously|new\b(?! ))"
    r"|(?:a|per|each|every|/|p)\s?(?:month|mo|week|wk|year|yr|day|night|hour|use|wash|cup|serving|capsule|load|person|m²|m2|sq|square|metre|meter|foot|feet|ft|yard|litre|liter|kg|kilo|lb|pound|100|ml|gram|g|oz|ounce|dozen|box|case|pack|pair|set|roll|sheet|bundle|refill|tile)\b"
    r"|(?:per|/|a|for)\s?\d+(?:[.,]\d+)?\s?(?:cm|mm|m|km|g|kg|ml|cl|l|oz|lb|lbs|in|inch|inches|ft|feet|yards?|pieces?|pcs|cups?|uses?|sheets?|gb|days?|weeks?|months?)\b"
    r"|(?:p\.?m\.|p/m|monthly|weekly|annually|mtl|pro monat|par mois|al mes)\b"
    r"|for (?:\w+ )?(?:two|three|four|five|six|ten|twelve|\d+|both|all|a (?:pair|pack|set|box|case|dozen|bundle|month|year|refill|replacement|spare|used|refurbished)|members|students|the (?:pair|set|bundle|pack|two|three|both|first|shipping|delivery)|the (?:\w+ ){0,2}(?:case|cover|refill|bundle|kit|warranty|assembly)|an? (?:extended|additional))\b"
    r"|(?:at|from|with|by|through) (?:our |selected |all )?(?:partners?|resellers?|dealers?|retailers?|stockists?|other shops?)\b"
    r"|(?:at|from|on|by) (?:amazon|ebay|walmart|another|other|competitors?|rivals?)\b"
    r"|(?:elsewhere|with (?:the |a |your |our )?(?:code|coupon|voucher|subscription|membership|trade|discount|promo|bundle|student|plan)|after (?:rebate|trade|discount|cash|the discount|coupon)|in (?:\d+|two|three|four|six) (?:payments|instal)|on (?:subscription|contract)|when (?:you|bought|purchased)|if you|until|till|before tax|ex(?:cl)?\b|excluding|plus (?:tax|vat)|\+ ?(?:tax|vat)|net\b|in (?:19|20)\d\d|at launch))",
    _I,
)
# Anywhere in the sentence: the amount is a condition, a comparison, history or an example.
NOT_IN = re.compile(
    r"\b(?:(?:with|including|incl\.?|inclusive of) (?:shipping|delivery|postage|assembly|installation|tax|taxes)|elsewhere|competitors?|competing|other (?:shops?|stores?|retailers?|sellers?|sites?|websites?)|another (?:shop|store|retailer|seller|site)|amazon|ebay|walmart|best buy|aldi|rival(?:s)?|third[- ]party|"
    r"manufacturer's (?:site|website|shop)|price[- ]match(?:ing)?|find (?:it|the \S+|\S+ \S+) (?:for less|cheaper)|"
    r"subscribe|subscription|subscribers?|members? (?:pay|get|price|only)|members'? price|students?|teachers?|military|wholesale|resellers?|staff|employees?|trade[- ]in|refurbished|second[- ]hand|pre-?owned|used (?:one|unit|model|condition)|open[- ]box|ex-display|b-?stock|as-is|"
    r"rent(?:al|ing|s)?|lease|hire|monthly|instal?lments?|financ(?:e|ing)|interest-free|klarna|afterpay|clearpay|bundles?|bundled|combo|together (?:for|with|cost)|as a set|both for|pair(?:ed)? for|multi-?buy|buy (?:two|three|2|3|one get)|owners?|existing customers?|as much as|same (?:price )?as|equals?|two for|three for|2 for|3 for|"
    r"for example|for instance|e\.g|suppose|imagine|let's say|say you|hypothetical|zum beispiel|par exemple|por ejemplo|example|"
    r"gift cards?|in amounts of|denominations?|trade price|promo(?:tional|tion)? codes?|coupons?|discount codes?|use code|(?:with|using) (?:\w+ ){0,3}(?:code|voucher)|customs|duties|import|"
    r"used to cost|used to be|back then|at the time|price history|price change|price increase|went up|differences?|will (?:rise|increase|go up|drop)|instead of paying|resale|collector|(?:on|during|for|at|over|this) (?:the )?(?:black friday|cyber monday|cyber week|boxing day|christmas|easter|prime day|singles' day|halloween|mother's day|father's day|summer sale|winter sale|january sale|weekend)|today only|limited[- ]time|flash sale|scratch(?:es|ed)|b-grade|outlet price)\b",
    _I,
)
# What is done to or with the product is paid for, not the product.
SERVICE = re.compile(
    r"\b(?:deliver|ship|send|insur|repair|assembl|install|engrav|gift[- ]?wrap|wrap|personali[sz]|clean|servic|upgrad|replac|rent|hir|leas|collect|recycl|return|exchang|extend|protect|calibrat|sharpen|refill|re-?sol|restring|donat|trade in|buy back|take back|pick up|print|frame|embroider|monogram|tailor|hem)(?:e|es|s|ing|y|ies|ed)?(?: back| in)?\s+(?:(?:the|your|our|an?|this|that|each|every|any)\s+)?(?:(?:old|broken|used|new)\s+)?\x01",
    _I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
FROM_DATE = re.compile(
    rf"\b(?:from|as of|as from|starting|effective|beginning|until|till|before|after|ab|à partir du|desde el)\s+(?:on\s+)?(?:the\s+)?(?:{_MONTH}\b|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}|\d{{1,2}}[./]\d{{1,2}}|20\d\d-\d\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|tomorrow|summer|winter|spring|autumn|fall)\b",
    _I,
)
# A price that makers recommend, or that once was, as the subject of the clause; "… $60, our price $49" comes after it.
LIST_PRICE = re.compile(
    r"\b(?:rrp|msrp|srp|uvp|list price|recommended (?:retail |sale |sales )?price|suggested (?:retail )?price|retail value|original price|former price|old price|previous price|launch price|introductory price|full price was|compare at|street price|market price|unverbindliche preisempfehlung|prix conseillé)\b(?!.*(?:[$€£]\s?\d|\b(?:our|we|now|but)\b))",
    _I,
)
HISTORY = re.compile(
    r"\b(?:launched|introduced|debuted|released|first sold|came out|(?:in|since|until|through|during|by) (?:\w+ )?(?:19|20)\d\d|last (?:year|season|christmas|winter|summer|spring|autumn|fall|month)|at launch|originally|formerly|previously|once|historically|"
    r"went (?:for|at)|the first (?:hundred|thousand|\d+|batch|edition)|was (?:sold|priced|available)|were (?:sold|priced)|sold (?:it )?(?:for|at)|paid)\b",
    _I,
)
PRESENT = re.compile(
    r"\b(?:costs|is|are|sells? for|sells at|retails? (?:for|at)|now|currently|today|priced at|available (?:for|at)|only|just)\s*(?:just |only |now |at |for |priced at )*$",
    _I,
)
FEES_FOR = re.compile(
    r"\b(?:shipping|delivery|postage|assembly|installation|engraving|gift[- ]?wrap(?:ping)?|warranty|insurance|repairs?|deposit|fees?|surcharge|returns?|restocking|customs|recycling|protection|service|cleaning|calibration|"
    r"spare|replacement|refills?|accessor(?:y|ies)|case|cover|charger|filter|bulb|strap|parts?|batter(?:y|ies)|upgrade|trade-in)\b(?! (?:included|is included|free))[^.;|]{0,30}$",
    _I,
)
FROM = re.compile(
    r"(?:\b(?:from|starting (?:at|from)|starts? (?:at|from)|as (?:low|little) as|beginning at|begins? at|prices? from|ab|dès|à partir de|desde|at least)\s*(?:just |only )?)$",
    _I,
)
UP_TO = re.compile(
    r"(?:\b(?:under|below|less than|no more than|at most|maximum(?: of)?|max\.?|cheaper than|unter|moins de|menos de|within)\s*(?:just |only )?)$",
    _I,
)
OVER = re.compile(r"(?:\b(?:over|above|more than|upwards of|exceeds?|über|plus de|más de)\s*)$", _I)
ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|nearly|almost|close to|just under|just over|in the region of|etwa|rund|environ|unos)\s*|[~≈]\s*)$",
    _I,
)
PLUS_SIGN = re.compile(r"^\s?\+(?!\s?\w)|^\s(?:and|&) up\b|^\s?(?:or more|upwards)", _I)
SOON = re.compile(r"\b(?:starting|from|as of|beginning|will|until|till|between|during|ab dem)\b", _I)
UNIT_IN_TITLE = re.compile(
    r"\b(?:\d+[- ]?(?:pack|pk|pcs?|pieces|count|ct|rolls?|pairs?)|pack of \d+|set of \d+|set|box of \d+|case of \d+|pair)\b",
    _I,
)
PER_PIECE = re.compile(
    r"^\s*[)\]]?\s*(?:each|apiece|a piece|per piece|per unit|per item|a unit|pro stück|pièce|la pièce|cada un[oa])\b",
    _I,
)
EX_TAX = re.compile(
    r"\b(?:ex(?:cl(?:uding|\.)?)?\.? (?:vat|tax|gst)|plus (?:vat|tax|gst)|\+ ?(?:vat|tax|gst)|before tax|net price|zzgl\.? mwst|hors taxes?|ht)\b",
    _I,
)
HISTORY_HEADING = re.compile(
    r"\b(?:history|changelog|release notes|archive|timeline|milestones|price changes|old prices|previous prices|competitors?|comparison with|examples?)\b|\b(?:19|20)\d\d prices",
    _I,
)

# Stock, and advice to buy.
HYPOTHETICAL = re.compile(
    r"\b(?:if|whether|when(?:ever)?|should|in case|once|unless|as soon as|until|notify|wait(?:ing)? list|sign up|may|might|could|for example|e\.g|wenn|falls|si|cuando)\b|\?\s*$",
    _I,
)
STOCK_HISTORY = re.compile(
    r"\b(?:in (?:\w+ )?(?:19|20)\d\d|last (?:year|season|christmas|winter|summer|spring|autumn|fall|month|week)|had|used to|at launch|when (?:it|we) launched|within (?:hours|days|minutes)|historically|previously)\b",
    _I,
)
PLACE = re.compile(
    r"\b(?:in|at|from) (?:our|the|some|selected|all)? ?(?:\w+ )?(?:store|stores|showroom|outlet|branch|branches|location|locations|boutique|shop in \w+|amazon|retailers?|partners?)\b|\b(?:in|outside) (?:the )?(?:UK|US|USA|EU|Europe|Canada|Australia|Germany|France)\b",
    _I,
)
OWNED = re.compile(
    r"\b(?:(?<!get )(?<!order )(?<!grab )(?<!buy )(?<!reserve )your (?:old |existing |own )?\x01|if you (?:still )?(?:own|have|bought|liked)|you (?:own|already have|bought)|owners?|spare|replacement|manual|warranty|repair|compatib\w+|firmware|serial number|part number|recall|trade[- ]in|take back|successor|replac(?:e|es|ed|ement)|"
    r"instead of|no longer|discontinued|formerly|previous(?:ly)?|used to|older|legacy|(?:works?|goes|fits?|fitting|made|for use) (?:with |on |for )?(?:the |an? )?\x01|troubleshoot\w*|second[- ]hand|used \x01|stop using|screws?)",
    _I,
)
QUESTION = re.compile(
    r"^\W*(?:can|could|is|are|do|does|did|where|will|may|should|has|have|what|which|how|when|who|kann|ist|sind|peut-on|puis-je|puedo)\b.*\?\s*$",
    _I | re.S,
)
STRONG = re.compile(
    r"\b(?:recommend(?:ed|ation)?s?|suggest|buy|order|shop|purchase|best[- ]?sell(?:er|ing)s?|top picks?|tip|favou?rites?|most popular|perfect|ideal|great|excellent|gift|choose|pick|upgrade to|look no further|go for|opt for|we (?:sell|offer|stock|carry)|consider|try|get|grab|worth|should)\b",
    _I,
)
NEGATED = re.compile(
    r"\b(?:don't|do not|no longer|not|never|cannot|can't|stop(?:ped)?|avoid|neither|nor) (?:\w+ ){0,2}$", _I
)
