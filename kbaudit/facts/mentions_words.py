"""The words by which articles speak of stock, of buying, and of products that have gone."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_GAP = (
    r"(?:\s+(?:currently|now|still|again|always|already|temporarily|presently|completely|usually|all|both|fully|only))*"
)


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b", _I)


# State said -> pattern, most specific first; an empty state swallows words that only look like a statement.
STOCK: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "",
        _any(
            r"(?:if|when|whenever|while|once|until|unless|as soon as|whether|in case|should|because|where|that may be|may be|"
            r"might be|can be|could be|notify \w+ (?:when|if))\b[^.;,\n]{0,60}?(?:in stock|out of stock|sold out|available"
            r"(?: again)?|unavailable|(?:on )?back-?order(?:ed)?|discontinued)",
            r"(?:falls|wenn|sobald|si|lorsque|cuando)\b[^.;,\n]{0,50}?(?:vorrätig|lieferbar|ausverkauft|verfügbar|en stock|disponible|agotado)",
            r"in[- ]stock (?:items?|products?|orders?|goods|status|notifications?|alerts?|e-?mails?)",
            r"out[- ]of[- ]stock (?:items?|products?|orders?|goods|status|notifications?|alerts?|e-?mails?)",
            r"(?:back[- ]in[- ]stock) (?:notifications?|alerts?|e-?mails?|button|reminders?)",
            r"pre-?orders? (?:items?|policy|terms|process|works?|campaigns?)",
            r"(?:was|were|had been|has been|have been|went) (?:briefly |often |temporarily )?(?:sold out|out of stock|unavailable|discontinued) (?:in|for|during|over|within|until|when|last|before)\b",
            r"sold out (?:in|within|over|during|last)\b",
            r"never (?:been )?(?:out of stock|sold out)",
        ),
    ),
    (
        "restock",
        _any(
            r"(?:will|should|going to) (?:be |come )?(?:back )?(?:soon )?(?:in stock|available|restocked|back)(?: again| soon)?",
            r"(?:expected|due|coming|arrives?|arriving) back(?: in stock)?",
            r"back in stock (?:soon|in|by|from|on|around|next)",
            r"(?:we will|we'll|we expect to) (?:restock|have)",
            r"more (?:stock )?(?:is )?on (?:its|the) way",
            r"restock(?:ed|ing)? (?:soon|in|by|on)",
        ),
    ),
    (
        "discontinued",
        _any(
            rf"(?:is|are|was|were|has been|have been|been|gets|got|being){_GAP} (?:discontinued|retired|phased out|withdrawn from sale|end[- ]of[- ]life)",
            r"no longer (?:sold|sell|stocked|stock|offered|offer|produced|produce|made|make|manufactured|manufacture|build|in production|carried|carry|part of (?:our|the) range|for sale)",
            r"(?:we(?: have|'ve)? |has |have |was |were )?(?:stopped|ceased|ended) (?:selling|making|producing|production)",
            r"(?:wird|werden) nicht mehr (?:hergestellt|produziert|verkauft|angeboten)",
            r"(?:n'est|ne sont) plus (?:fabriqués?|vendus?|produits?|commercialisés?)",
            r"descatalogad[oa]s?",
            r"eingestellt",
            r"(?<=\| )discontinued",
        ),
    ),
    (
        "preorder",
        _any(
            r"(?:available|open|up|ready) (?:for|to|on) pre-?order(?:ing|s)?",
            r"(?:on|for|can be|be|now|to) pre-?order(?:ed)?",
            r"pre-?orders? (?:now|are open|open|ships?|today|is open|only)",
            r"pre-?order(?= (?:the|your|our)\b)",
            r"(?<=\| )pre-?order",
            r"(?:will be|becomes?) (?:released|available|launched)",
            r"coming soon",
            r"vorbestell(?:bar|ung)",
            r"en précommande",
            r"not (?:yet|released yet) (?:released|available|out)",
            r"(?:not|n't) (?:in stock|available|out|released|on sale|in our shop) yet",
            r"(?:order|reserve)(?: it| one)? in advance",
        ),
    ),
    (
        "backorder",
        _any(r"(?:on|currently|now|is|are) back-?order(?:ed)?", r"back-?ordered", r"(?<=\| )back-?order(?:ed)?"),
    ),
    (
        "out_of_stock",
        _any(
            rf"(?:is|are|'s|'re|remains?|stays?|currently|now){_GAP} (?:sold[- ]out|out[- ]of[- ]stock|unavailable|not available|not in stock|no longer (?:available|in stock))(?! (?:in|as|with|for|on|at|outside)\b)",
            r"(?:isn't|aren't|is not|are not)(?: currently| yet)? (?:in stock|available (?:right now|at the moment|again)|available(?=[.,;!]|$))",
            r"(?:temporarily|currently|momentarily|completely|presently) (?:sold[- ]out|out[- ]of[- ]stock|unavailable)",
            r"(?<=[|:(–—-] )(?:sold out|out of stock|unavailable)",
            r"(?<=\()(?:sold out|out of stock|unavailable)",
            r"(?:sold out|out of stock)(?=[.!)\]]|\s*$|\s+(?:at the moment|right now|everywhere|until))",
            r"(?:sold out|out of stock|not in stock|unavailable)(?=\s*:)",
            r"(?:are|we're|is) (?:currently |completely |sadly |now )?out of(?= )",
            r"(?:run|ran|running|have run) out of (?=\w)",
            r"nicht (?:vorrätig|lieferbar|auf lager)",
            r"ausverkauft",
            r"en rupture(?: de stock)?",
            r"épuisée?s?",
            r"agotad[oa]s?",
        ),
    ),
    (
        "in_stock",
        _any(
            rf"(?:is|are|'s|'re|remains?|stays?|keep|have|always|currently|now|the \w+){_GAP} (?:(?:back |well )?in[- ]stock|on stock|available (?:now|again|to order|to buy|to purchase|for purchase|online|immediately|right now|from stock|for immediate \w+|for next-day \w+|for same-day \w+))",
            r"(?<=^)(?:in stock|available now)(?=\s*:)",
            r"back in stock",
            r"available now",
            r"now available(?! (?:in|for|on|as|at|with) (?!stock|purchase|our (?:shop|store)|store))",
            r"(?:is|are) (?:currently |still |always |again )?available(?=[.,;!]|$| and (?:ships?|we ship|can be|ready|sent|leaves?)\b| in (?:our|the) (?:shop|store|web\s?shop|online (?:shop|store)))",
            r"(?<=[|:(–—-] )(?:in stock|available)(?=\s*(?:[|.,;)]|$))",
            r"(?<=\()in stock",
            r"in stock(?= and\b|[.,;!)]|\s*$| now| today| again)",
            r"(?:ready (?:to ship|for dispatch)|ships? (?:today|tomorrow|immediately|within 24 hours|from stock|the same day|the next day)|leaves? (?:us|the (?:warehouse|shop|house)) (?:today|tomorrow|the same day|the next day)|(?:plenty|enough|lots)(?: of (?:it|them))? (?:in stock|on the shelf|left))",
            r"(?:can be ordered|you can (?:order|buy)) (?:now|today|right away|immediately|again)",
            r"(?:auf lager|vorrätig|sofort lieferbar|en stock|disponible(?= (?:ahora|immédiatement)))",
        ),
    ),
    (
        "offered",
        _any(
            r"(?:ships?|delivered|arrives?|is delivered) within (?:\w+ )?(?:\w+ )?(?:business |working )?(?:days?|hours?|weeks?)"
        ),
    ),
    (
        "limited_availability",
        _any(r"(?:only a few|limited stock|last (?:few )?(?:pieces|units|ones)|while stocks last|low stock|few left)"),
    ),
)

# Said of a product: buy it, choose it.
RECOMMEND = _any(
    r"(?:we|our \w+|experts|i)(?: \w+)? (?:strongly |highly |usually |generally |always )?(?:recommend|suggest|advise|love|like)",
    r"recommends?|recommendations?", r"(?:is|are|highly|strongly|also|warmly) recommended", r"recommended (?:choice|pick|products?|models?|for|by|gift)", r"recommended(?=:)", r"(?:our|editors?'?s?|staff|team|my) (?:\w+ )?picks?", r"(?:our|the|a) (?:\w+ )?(?:top pick|best[- ]?seller|favou?rite|go-to|first choice|top choice|best choice|best pick|staff pick|bestselling)s?",
    r"(?:our|my|insider|hot|a) tip", r"(?:buy|order|get|shop|grab|try|find) (?:it|one|yours|them)(?: (?:today|now|here|online))?", r"(?:buy|order|shop)(?: it)? (?:now|today|here|online)",
    r"best[- ]?sellers?", r"top picks?", r"go for", r"opt for", r"(?:choose|pick|consider|try|buy|order|shop|grab|get|purchase)(?= (?:the|our|your|a|an|one of)\b| (?-i:[A-Z]))",
    r"(?:perfect|ideal|great|good|excellent|best|right|suitable|suited) (?:\w+ )?(?:for|choice|pick|option|gift|starter|model|fit|if)", r"(?:makes|make) (?:a|an|the) (?:\w+ )?(?:gift|present|choice)",
    r"you(?:'ll| will)? (?:want|need|love)", r"look no further", r"(?:have|take) a look at", r"check out", r"pair (?:it|them) with", r"upgrade to", r"add (?:a|an|the) (?=[\w ]+ to your (?:order|basket|cart))",
    r"(?:wir )?empfehlen", r"nous (?:vous )?recommandons", r"recomendamos", r"we sell", r"we (?:offer|stock|carry)", r"shop (?:it |them )?now", r"can be (?:ordered|bought|purchased)",
    r"alternatives? (?:is|are)", r"pairs? (?:well|nicely|perfectly) with", r"is (?:our|the) (?:best|most popular|cheapest|newest|latest|lightest|warmest)", r"most popular", r"worth (?:it|buying|a look)",
    r"start with", r"should (?:get|buy|choose|pick|order)", r"you can (?:buy|order|choose|pick|get)",
)  # fmt: skip

# The article itself says that the product has gone (or tells its history).
NOTICE = _any(
    r"discontinued", r"no longer (?:\w+ )?(?:sold|sell|make|produce|manufacture|build|available|stocked|stock|offered|offer|produced|made|manufactured|in production|carried|carry|part of|for sale|in (?:our|the) (?:range|shop|store|catalog(?:ue)?|assortment|line-?up))",
    r"(?:was|were|is|are|has been|have been|been|it'?s) (?:\w+ )?(?:replaced|superseded|succeeded|retired|phased out|withdrawn|taken off|removed from)", r"replaced by", r"superseded", r"successor", r"predecessor", r"end[- ]of[- ]life",
    r"(?:stopped|ceased|ended) (?:selling|making|producing|production)", r"former(?:ly)? (?:model|product|sold)", r"legacy", r"(?:older|old|previous|earlier|outgoing|retired|former|original)(?: \w+)? (?:model|version|generation|product|edition)s?",
    r"replaces", r"(?:sold|made|produced|available|offered|manufactured) (?:until|from \d{4}|between|up to|through|in (?:19|20)\d\d)", r"(?:bought|purchased) (?:before|between|until|in (?:19|20)\d\d)", r"archived?", r"out of production",
    r"nicht mehr (?:erhältlich|hergestellt|produziert|verkauft|verfügbar|lieferbar|angeboten)", r"eingestellt", r"abgekündigt", r"nachfolger", r"auslaufmodell",
    r"n'est plus (?:\w+)", r"ne sont plus (?:\w+)", r"remplacée?s? par", r"ya no (?:se|está|están)", r"descatalogad[oa]s?", r"sustituid[oa]s? por", r"we (?:have )?(?:said goodbye|retired|phased)", r"sunset(?:ted)?",
    r"while stocks? lasted", r"recall(?:ed)?", r"if you (?:still )?(?:own|have|bought)", r"owners of", r"still own",
)  # fmt: skip

SUPPORT = _any(
    r"manuals?", r"instructions?", r"user guides?", r"owner'?s? guides?", r"spare parts?", r"replacement parts?", r"warrant(?:y|ies)", r"guarantees?", r"repairs?", r"troubleshoot(?:ing)?",
    r"compatib(?:ility|le)", r"recalls?", r"firmware", r"set(?:ting)?[- ]?up", r"assembl(?:y|e|ing)", r"install(?:ation|ing)?", r"care (?:guide|instructions)", r"how (?:to|do i|can i) (?:clean|wash|reset|charge|pair|descale|update|replace|fix|maintain|calibrate|connect|use|fold|store|assemble)",
    r"(?:clean|wash|resett|charg|pair|descal|updat|replac|fix|maintain|calibrat|connect|us)ing (?:the|your|a|an)",
    r"maintenance", r"error codes?", r"known issues?", r"drivers?", r"downloads?", r"specifications?", r"faq for owners", r"discontinued", r"legacy", r"end[- ]of[- ]life", r"release notes", r"changelog", r"history", r"archive",
    r"safety notice", r"after[- ]sales", r"technical support", r"ersatzteile", r"bedienungsanleitung(?:en)?", r"garantie", r"reparatur(?:en)?", r"pièces détachées", r"réparations?", r"repuestos", r"garantía", r"our story", r"timeline",
)  # fmt: skip
SUPPORT_TEXT = re.compile(
    r"\b(?:manual|spare part|replacement part|warranty|repair|troubleshoot|compatible with|firmware|recall|reset|serial number|if you own|screws?|error code)",
    _I,
)
GUIDE = _any(
    r"gift (?:guide|ideas?)", r"gifts?", r"buying guide", r"buyer'?s guide", r"how to choose", r"which \w+", r"choosing", r"best", r"top \d+", r"our (?:range|collection|picks|favou?rites|recommendations|products)", r"recommend(?:ed|ations?)",
    r"product (?:guide|overview|range|recommendations?|finder|comparison)", r"comparison", r"compare", r"shopping guide", r"must-haves?", r"what to (?:buy|get|wear|pack)", r"starter kit", r"picks", r"geschenk(?:ideen|e)?", r"kaufberatung", r"guide d'achat", r"idées? cadeaux?", r"regalos?",
    r"new arrivals?", r"best[- ]?sellers?", r"price ?list", r"prices", r"pricing", r"find(?:ing)? (?:the|your) (?:right|perfect)",
)  # fmt: skip
