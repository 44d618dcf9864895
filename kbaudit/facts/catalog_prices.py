"""Does an amount that belongs to a product contradict the catalog's price, and is it a plain price at all?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kbaudit.check import Snapshot
from kbaudit.facts.catalog_context import Bound, Context
from kbaudit.facts.mentions import Statement
from kbaudit.model.document import Document
from kbaudit.model.product import Money, Product
from kbaudit.text.prices import CROWNS, DOLLARS, YENS
from kbaudit.text.regions import CURRENCY_OF

_I = re.IGNORECASE
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
    r"gift cards?|trade price|promo(?:tional|tion)? codes?|coupons?|discount codes?|use code|(?:with|using) (?:\w+ ){0,3}(?:code|voucher)|customs|duties|import|"
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
PRESENT = re.compile(r"\b(?:costs|is|are|sells? for|sells at|retails? (?:for|at)|now|currently|today|priced at|available (?:for|at)|only|just)\s*(?:just |only |now |at |for |priced at )*$", _I)
FEES_FOR = re.compile(
    r"\b(?:shipping|delivery|postage|assembly|installation|engraving|gift[- ]?wrap(?:ping)?|warranty|insurance|repairs?|deposit|fees?|surcharge|returns?|restocking|customs|recycling|protection|service|cleaning|calibration|"
    r"spare|replacement|refills?|accessor(?:y|ies)|case|cover|charger|filter|bulb|strap|parts?|batter(?:y|ies)|upgrade|trade-in)\b(?! (?:included|is included|free))[^.;|]{0,30}$",
    _I,
)
FROM = re.compile(r"(?:\b(?:from|starting (?:at|from)|starts? (?:at|from)|as (?:low|little) as|beginning at|begins? at|prices? from|ab|dès|à partir de|desde|at least)\s*(?:just |only )?)$", _I)
UP_TO = re.compile(r"(?:\b(?:under|below|less than|no more than|at most|maximum(?: of)?|max\.?|cheaper than|unter|moins de|menos de|within)\s*(?:just |only )?)$", _I)
OVER = re.compile(r"(?:\b(?:over|above|more than|upwards of|exceeds?|über|plus de|más de)\s*)$", _I)
ABOUT = re.compile(r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|nearly|almost|close to|just under|just over|in the region of|etwa|rund|environ|unos)\s*|[~≈]\s*)$", _I)
PLUS_SIGN = re.compile(r"^\s?\+(?!\s?\w)|^\s(?:and|&) up\b|^\s?(?:or more|upwards)", _I)
SOON = re.compile(r"\b(?:starting|from|as of|beginning|will|until|till|between|during|ab dem)\b", _I)
UNIT_IN_TITLE = re.compile(r"\b(?:\d+[- ]?(?:pack|pk|pcs?|pieces|count|ct|rolls?|pairs?)|pack of \d+|set of \d+|set|box of \d+|case of \d+|pair)\b", _I)
PER_PIECE = re.compile(r"^\s*[)\]]?\s*(?:each|apiece|a piece|per piece|per unit|per item|a unit|pro stück|pièce|la pièce|cada un[oa])\b", _I)
EX_TAX = re.compile(r"\b(?:ex(?:cl(?:uding|\.)?)?\.? (?:vat|tax|gst)|plus (?:vat|tax|gst)|\+ ?(?:vat|tax|gst)|before tax|net price|zzgl\.? mwst|hors taxes?|ht)\b", _I)
HISTORY_HEADING = re.compile(r"\b(?:history|changelog|release notes|archive|timeline|milestones|price changes|old prices|previous prices|competitors?|comparison with|examples?)\b|\b(?:19|20)\d\d prices", _I)
# An article rounds: "$50" for 49.99. So far may a whole amount be from the catalog's, relative to it.
ROUNDING = Decimal("0.005")
# "about $50": within a tenth.
ROUGHLY = Decimal("0.10")


def price_differs(bound: Bound, context: Context, snapshot: Snapshot) -> tuple[str, str, str, float, str] | None:
    """(field, stated, actual, score, note) if the statement is a price that no product meant has."""
    statement = bound.statement
    products = bound.products
    prices = [p.price for p in products]
    if any(price is None for price in prices) or not prices:
        return None
    known = {price.currency for price in prices if price}
    currency = _currency(statement, context.document, snapshot, known)
    if currency is None or known != {currency}:
        return None
    role = price_role(bound, context)
    if role is None:
        return None
    accepted = [amount for p in products for amount in accepted_prices(p, snapshot, bound, context)]
    current = [current_price(p, snapshot) for p in products]
    if not _contradicts(statement, role, accepted, current, products, context):
        return None
    text = context.text
    actual = _shown(current)
    score = 0.95 if bound.near and bound.how in ("title", "id", "link") else 0.9 if bound.near else 0.85
    if len(products) > 1:
        score -= 0.1
    if bound.how in ("part", "spelling"):
        score -= 0.05
    return ("price", _said(statement, currency, role), actual, score, text[statement.start : statement.end])


def accepted_prices(product: Product, snapshot: Snapshot, bound: Bound, context: Context) -> list[Decimal]:
    """The amounts that an article may rightly state: the price, and the sale price while it holds or is announced."""
    assert product.price is not None
    found = [product.price.amount]
    if product.sale_price is not None and product.sale_price.currency == product.price.currency:
        if sale_is_on(product, snapshot):
            found.append(product.sale_price.amount)
        elif product.sale_starts is not None and product.sale_starts > snapshot.now:
            start, end = bound.statement.sentence
            if SOON.search(context.text[start:end]):
                found.append(product.sale_price.amount)
    return found


def sale_is_on(product: Product, snapshot: Snapshot) -> bool:
    """The sale price holds at the moment of the audit."""
    return (
        product.sale_price is not None
        and (product.sale_starts is None or product.sale_starts <= snapshot.now)
        and (product.sale_ends is None or product.sale_ends >= snapshot.now)
    )


def current_price(product: Product, snapshot: Snapshot) -> Money:
    """What the product costs at the moment of the audit."""
    assert product.price is not None
    return product.sale_price if product.sale_price is not None and sale_is_on(product, snapshot) else product.price


def _currency(statement: Statement, document: Document, snapshot: Snapshot, known: set[str]) -> str | None:
    """What the amount is in. A shared sign is the currency of the article's region, else the shop's, where that
    currency uses the sign; else the catalog's, where only one of the catalog's uses it."""
    if statement.currency is not None:
        return statement.currency
    family = {"$": DOLLARS, "kr": CROWNS}.get(statement.symbol, YENS)
    region = document.locale.split("-")[-1].upper() if "-" in document.locale else ""
    for default in (CURRENCY_OF.get(region), snapshot.currency):
        if default in family:
            return default
    shared = known & family
    return next(iter(shared)) if len(shared) == 1 else None


def price_role(bound: Bound, context: Context) -> str | None:
    """`exact`, `from`, `up_to`, `over`, `about`, `range`; None for an amount that is no plain price."""
    statement = bound.statement
    titles = [product.title for product in bound.products]
    start, end = statement.sentence
    masked = context.masked((start, end))
    left = masked[: statement.start - start]
    right = masked[statement.end - start :]
    block = context.document.blocks[statement.block]
    if any(HISTORY_HEADING.search(heading) for heading in (*block.path, context.document.title)):
        return None
    clause = re.split(r"[.;!?\n]", left)[-1]
    if NOT_BEFORE.search(clause[-70:]) or NOT_AFTER.match(right[:60]) or NOT_IN.search(masked) or EX_TAX.search(masked):
        return None
    if re.match(r"\W*(?:if|were|had|wenn|si)\b", masked, _I) and re.search(r"\b(?:would|could|'d|you'd|wäre|würde)\b", masked, _I):
        return None
    if HISTORY.search(masked) and not PRESENT.search(clause[-40:]):
        return None
    if re.search(r"\b(?:will(?! (?:set you back|cost you))|would|could|might|may|up to)\b[^,;]{0,30}$", clause, _I):
        return None
    if LIST_PRICE.search(clause) or SERVICE.search(clause) or FROM_DATE.search(clause):
        return None
    subject = (clause[: clause.find("\x01")] if "\x01" in clause else clause).rsplit(",", 1)[-1]
    if FEES_FOR.search(subject) and not re.search(r"\b(?:with|including|incl\.?|free|plus)\s[^,]{0,40}$", subject, _I):
        return None
    if PER_PIECE.match(right[:30]) and any(UNIT_IN_TITLE.search(title) for title in titles):
        return None
    if re.search(r"\b(?:two|three|four|five|six|\d+)\s+(?:\x01|of (?:the|these|our))", clause, _I) and not PER_PIECE.match(right[:30]):
        return None
    if re.match(r"\x01*\s*(?:and|\+|&)\s+\x01", subject[-3:] + clause[len(subject) :]):
        return None
    if not statement.low == statement.high:
        return "range"
    for role, pattern in (("about", ABOUT), ("from", FROM), ("up_to", UP_TO), ("over", OVER)):
        if pattern.search(clause):
            if role == "from" and re.search(r"\b(?:reduced|down|dropped|up|lowered|raised|increased|went)\s+from\s*$", clause, _I):
                return None
            return role
    return "from" if PLUS_SIGN.match(right) else "exact"


def _contradicts(
    statement: Statement, role: str, accepted: Sequence[Decimal], current: Sequence[Money], products: Sequence[Product], context: Context
) -> bool:
    low, high = min(accepted), max(accepted)
    now_low = min(money.amount for money in current)
    value = statement.low
    if role == "range":
        if len(products) == 1:
            return all(not _between(price, statement.low, statement.high) for price in accepted)
        return now_low > statement.high or high < statement.low
    if role == "about":
        return all(abs(price - value) > price * ROUGHLY for price in accepted)
    if role == "from":
        if len(products) == 1:
            siblings = [p for p in context.catalog.members.get(context.catalog.group_of[_index(context, products[0])], ())]
            if len(siblings) > 1:
                return False
        return not _any_equal(statement, accepted) and (low > value or high < value)
    if role == "up_to":
        return now_low > value and not _any_equal(statement, accepted)
    if role == "over":
        return high < value and not _any_equal(statement, accepted)
    if _any_equal(statement, accepted):
        return False
    return len(products) == 1 or value < low or value > high


def _index(context: Context, product: Product) -> int:
    return context.catalog.index_of[product.ref]


def _between(price: Decimal, low: Decimal, high: Decimal) -> bool:
    return low * (1 - ROUNDING) <= price <= high * (1 + ROUNDING)


def _any_equal(statement: Statement, prices: Sequence[Decimal]) -> bool:
    return any(_equal(statement, price) for price in prices)


def _equal(statement: Statement, price: Decimal) -> bool:
    value = statement.low
    if value == price:
        return True
    if statement.decimals:
        return abs(value - price) < Decimal("0.005")
    cents = price % 1
    if cents >= Decimal("0.9") and value in (price - cents, price - cents + 1):
        return True
    return abs(value - price) < 1 and abs(value - price) <= price * ROUNDING


def _said(statement: Statement, currency: str, role: str) -> str:
    value = str(Money(statement.low, currency))
    if role == "range":
        return f"{statement.low} to {Money(statement.high, currency)}"
    return {"from": f"from {value}", "up_to": f"up to {value}", "over": f"over {value}", "about": f"about {value}"}.get(role, value)


def _shown(prices: Sequence[Money]) -> str:
    low, high = min(prices), max(prices)
    return str(low) if low == high else f"{low.amount} to {high}"
