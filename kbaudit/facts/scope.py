# ruff: noqa: E501 - patterns stand on one line each
"""To whom and what a passage applies: regions, customers, channels, seasons, conditions, services, products."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kbaudit.facts import scope_words as words
from kbaudit.model.claim import Scope
from kbaudit.model.document import Document

# What is excluded or waved through does not narrow: "except sale items", "including clearance", "unless faulty".
_EXCLUDED = re.compile(
    r"\b(?:except(?:ing|ions?)?(?: for)?|exclud(?:es?|ed|ing)|other than|apart from|aside from|with the exception of|not including|unless|(?:does|do)(?: not|n['’]t) (?:apply|include)|regardless of|"
    r"irrespective of|(?:anything|everything|all|nothing) but|but not|whether|including|includes?|even (?:if|for|on|when)|no matter|as well as free|rather than|instead of|ausgenommen|außer|sauf|hors|excepto|salvo)\b[^.;,]{0,80}"
)


class _Lexicon:
    """One pattern for a dimension; `find` gives the values that a text names."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.names = tuple(table)
        self.pattern = re.compile(
            r"\b(?:" + "|".join(rf"(?P<g{index}>{forms})(?![\w])" for index, forms in enumerate(table.values())) + ")"
        )

    def find(self, text: str) -> frozenset[str]:
        return frozenset(self.names[int((match.lastgroup or "g0")[1:])] for match in self.pattern.finditer(text))


_LEXICONS = {
    "regions": _Lexicon(words.REGIONS),
    "segments": _Lexicon(words.SEGMENTS),
    "channels": _Lexicon(words.CHANNELS),
    "seasons": _Lexicon(words.SEASONS),
    "conditions": _Lexicon(words.CONDITIONS),
    "services": _Lexicon(words.SERVICES),
    "payments": _Lexicon(words.PAYMENTS),
}
_US = re.compile(r"(?<![\w$])(?:US|U\.S\.?)(?![\w$])(?! ?\$)")
_PRODUCT = re.compile(
    r"\b("
    + "|".join(
        word[:-1] + "(?:y|ies)" if word.endswith("y") else word
        for word in sorted(words.PRODUCTS, key=lambda w: (-len(w), w))
    )
    + r")(?:s|es)?\b(?! (?:out|as|off|us|your|the|form|number|page|link|our|with us)\b)"
)
_BRANCH = re.compile(r"\b([A-ZÄÖÜÅØÆÉ][\w’'-]+)\s(?:store|shop|branch|showroom|boutique|warehouse|office)\b")
# "Sprout 16", "R4", "X200": a model, not an amount.
# "A tablet or other electronics": electronics.
_OR_OTHER = re.compile(r"\b[\w'-]+ (?:or|and) (?:any )?other (?=[a-z])")
_MODEL = re.compile(
    r"\b([A-Z][\w-]*[a-z][\w-]*) (\d{1,4}[a-zA-Z]?)\b(?!\s?(?:%|[-–]?\s?(?:days?|weeks?|months?|years?|hours?|minutes?|business|working|calendar|points?|items?|nights?|kg|g|lbs?|am|pm|a\.m|p\.m|USD|EUR|GBP|usd|dollars?|euros?|pounds?|percent|instal\w+|payments|interest|or|to|and over|\w{0,6} \d{4})\b)|[.,:]\d|\s?[-–]\s?\d)|\b([A-Z]{1,4}-?\d{1,4}[A-Z]?)\b"
)
_NO_MODEL = frozenset(
    "article part pair page top version step section chapter figure level tier class grade day week month year window is are was within for to from at over under up than about after before last next first only just all our your the a an of by in on with and or if no number lot order size article page question case january february march april may june july august september october november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday unit suite box room floor option form policy help costs cost pay charge limit maximum minimum least most returns shipping delivery item items jan feb mar apr jun jul aug sep sept oct nov dec spend earn get save klarna".split()
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|mo|di|mi|do|fr|sa|so"
_DAY_RANGE = re.compile(rf"\b({_DAY})\.?\s?(?:-|–|to|through|thru|until|bis|au|a)\s?({_DAY})\b")
_DAY_ONE = re.compile(rf"\b({_DAY})\b")
_WEEKDAYS = re.compile(r"\bweekdays?\b|\bwochentags\b")
_WEEKEND = re.compile(r"\bweekends?\b|\bwochenende\b")
_EVERY_DAY = re.compile(
    r"\b(?:7|seven) days (?:a|per|each) week\b|\bopen (?:7|seven) days\b|\bevery ?day\b|\bdaily\b|\btäglich\b|\btous les jours\b|24/7"
)
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "die": 1, "mit": 2, "don": 3, "fre": 4, "sam": 5, "son": 6, "lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4,
    "dim": 6, "mié": 2, "jue": 3, "vie": 4, "sáb": 5, "dom": 6, "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
}  # fmt: skip

# Words that name no particular goods, customers or places: an unknown word outside this list, in a place where a
# scope stands ("returns on …", "… orders"), narrows.
GENERIC = frozenset(
    """a an the all any every each our your their my this that these those other others most some many more both such same own certain eligible qualifying applicable regular normal general full entire whole new original
    free hassle easy simple quick fast item items product products good goods merchandise article articles thing things order orders purchase purchases package packages parcel parcels shipment shipments delivery deliveries
    return returns returned refund refunds exchange exchanges replacement replacements shipping postage dispatch policy policies warranty warranties guarantee guarantees cancellation cancellations service services support help
    customer customers shopper shoppers buyer buyers client clients user users people person everyone anyone you we us it they them he she who what which when how where why is are was be been can could may might will would
    shall should must do does did have has had get gets got make makes made take takes taken time times day days week weeks month months year years hour hours minute minutes date dates period window limit business working
    calendar within of from to for in on at by with without after before until up over under about and or but not no yes if as so than then also only just even still always never usually typically generally please note
    information info details faq faqs question questions answer answers guide page section overview terms conditions rules store shop shopping website site online account checkout cart basket team company home
    price prices cost costs fee fees charge charges rate rates value amount total subtotal money payment payments card cards method methods standard basic unused unworn unopened unwashed undamaged resaleable resalable
    condition packaging tags tag labels label attached original box way ways kind type types range selection collection stock size sizes colour color country countries region regions area areas address destination destinations
    receipt proof receiving received delivered arrival purchase purchased bought placed ordered ordering sent sending back them here there via per one two first second last next us part parts none part-way completely
    happy unhappy satisfied satisfaction love promise peace mind quality everything anything nothing something long much worth need needs want wants like know about our trusted extra additional minimum maximum full-priced
    authorised authorized valid accepted available possible expected estimated current latest recent following relevant entire individual single multiple various several different special usual trade online-only shop-bought standard-size
    manufacturer limited manufacturing workmanship materials coverage covered cover parts labour labor claims claim frame legal statutory retail commercial europe online orders-only gift option options tier contact us choice
    shipped dispatched processed fulfilled handled packed made completed confirmed paid eligible-items non-sale stage step steps process processing handling transit tracking number numbers courier carrier carriers post postal mail
    work returning refunding exchanging buying purchasing sending cancelling canceling changing tracking shipping delivering wait longer early late soon today refunding window-period tax taxes vat checkout-page email e-mail phone
    unwanted unsuitable unneeded wrong correct good great best better easy-to simple-to-use line lines phone call calls chat code codes discount discounts promo promotion promotions coupon coupons voucher vouchers offer offers hours opening team member-only expert experts agent agents courier-company bank banks business
    weekday weekdays weekend weekends holiday holidays question reply replies response message request requests point points balance deal deals reward rewards credit store-credit change changes problem problems issue issues reason reasons
    option portal centre center app page form instructions link inbox folder spam case cases situation event care quality guarantee-period money warranty-period proof receipt invoice person-in-charge staff place places home house door doorstep
    adjustment adjustments duty duties customs custom data record records information import imports hold slot notice renewal deposit deposits limit fee limits
    send arrive keep hold bring find see try ask tell write visit pick collect receive give let put add include provide cover apply check follow allow choose select enjoy expect deduct start request submit complete signature sale sales
    money question sleep test decide reach reaches leave leaves ready later than within week take-back bank today tomorrow someone anybody nobody somebody mean means say says state cases kept held again soon-as once upon unused-condition
    into using via onto out off through against under-over towards paying pay spending choosing
    everything anyone-else total value spend amount minimum threshold bill purchase-price sale-price cut-off cutoff deadline order-value subtotal basket-total number invoice-number reference email-address address-book inventory stock
    hassle-free no-quibble no-questions-asked risk-free money-back piece pieces bargain bargains breakage breakages rest friend friends whichever telephone telephones desk clock warehouse warehouses provincial in-stock
    print-on-demand newsletter newsletters""".split()
)
# Verbs and adjectives before a word of trade ("we accept returns", "prepaid returns") that narrow nothing.
_PLAIN = frozenset(
    """accepts accept decline declines grant grants reject refuse approve approves honour honor prepaid pre-paid enclosed enclose damage damages breakage smallest lowest highest else hotline helpline ticket tickets replace
    replaces repair repairs swap swaps match matches beat deliver delivers dispatch hand drop book reserve cancel confirm attach ensure remember successful timely prompt smooth unlimited agree agrees welcome welcomes arrange present presents lay-away lay-aways layaway cannot""".split()
)
_SLOTS = (
    re.compile(r"(?:^|[,;:]\s|\b(?:and|but|while|whereas|our|all|any|every|most|each)\s)((?:[\w'’-]+\s){1,2}?)(?:can(?:not)?|may|must|are|is|come|comes|carry|carries|qualify|ship|ships|arrive|arrives|have|has)\s"),
    re.compile(r"([\w'’-]+)\s(?:returns?|orders?|items?|products?|warranty|purchases?|styles|goods|pieces|lines?|range|collection|deliveries|shipments|refunds?)\b"),
    re.compile(r"\b(?:items?|products?|goods|orders?|purchases?|pieces|articles)\s(?:with|containing|made\s(?:of|from)|marked|labell?ed|from|by|like|such\sas)\s(?:as\s)?(?:an?\s|the\s|our\s)?((?:[\w'’-]+\s?){1,2})"),
    re.compile(r"\b(?:buy|purchase|buying|purchasing)\s((?:[\w'’-]+\s?){1,2})"),
)  # fmt: skip
_TITLE_SLOTS = (
    re.compile(
        r"\b(?:returns?|refunds?|exchanges?|warrant(?:y|ies)|guarantees?|shipping|delivery|polic(?:y|ies)|orders?)\s(?:for|of|on)\s(?:all\s|any\s|our\s|your\s|the\s|an?\s){0,2}((?:[\w'’-]+\s?){1,2})"
    ),
    re.compile(
        r"(?:^|\s)([\w'’-]+)\s(?:returns?|items?|products?|warrant(?:y|ies)|guarantees?|refunds?|exchanges?|return policy|trial)\b"
    ),
    re.compile(r"\b(?:return|exchange|returning|exchanging)\s(?:an?|any|our|your)\s((?:[\w'’-]+\s?){1,2})"),
)
_TITLE_CONDITION = re.compile(
    r"\b(?:returns?|returning|refunds?|exchanges?|orders?|items?|products?|goods|articles?|warrant(?:y|ies)|shipping|delivery|policy|cancell?\w*)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from)\s(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Store|Stock|Returns|Shipping|Chat|Transit|Detail|General|English|German|French|Spanish)\b)((?:St\.?\s)?[A-ZÄÖÜÅØÆÉ][\w’'-]+)"
)


def of_text(text: str) -> Scope:
    """The scope that a passage names (a sentence or a clause of one)."""
    return _of_text(text, True)


@lru_cache(maxsize=20_000)
def _of_text(text: str, open_words: bool) -> Scope:
    lowered = _EXCLUDED.sub(" ", text.lower())
    found: dict[str, frozenset[str]] = {name: lexicon.find(lowered) for name, lexicon in _LEXICONS.items()}
    if _US.search(text):
        found["regions"] |= {"US"}
    if {"US-48", "US-NA"} & found["regions"]:
        found["regions"] -= {"US"}
    if "GB-NI" in found["regions"]:
        found["regions"] -= {"IE"}
    if {"EU"} < found["regions"] and "HOME" in found["regions"]:
        found["regions"] -= {"HOME"}
    products = goods(lowered)
    if open_words:
        products |= _open(lowered, found)
    return Scope(products=products, days=days(lowered), **found)


def goods(lowered: str) -> frozenset[str]:
    """The kinds of goods that a text in lower case names."""
    text = _OR_OTHER.sub(" ", _EXCLUDED.sub(" ", lowered))
    return frozenset(singular(match.group(1)) for match in _PRODUCT.finditer(text))


def _open(lowered: str, found: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if not lowered.isascii() and not lowered.replace("’", "'").replace("–", "-").replace("—", "-").isascii():
        # The places in a sentence are those of English.
        lowered = lowered.replace("’", "'").replace("–", "-")
    known = {name for name, values in found.items() if values}
    names: set[str] = set()
    for slot in _SLOTS:
        for match in slot.finditer(lowered):
            names.update(_unknown(match.group(1), known))
    return frozenset(names)


def _unknown(phrase: str, known: set[str]) -> set[str]:
    result = set()
    for word in phrase.replace("’", "'").split():
        word = word.strip("'-,.:")
        if (
            len(word) < 3
            or word in GENERIC
            or word in _PLAIN
            or any(char.isdigit() for char in word)
            or word.endswith(("ly", "'re", "'ll", "'ve", "n't"))
        ):
            continue
        if word.endswith(("ing", "ed")) or singular(word) in GENERIC or _covered(word):
            continue
        result.add(singular(word))
    return result


@lru_cache(maxsize=20_000)
def _covered(word: str) -> bool:
    """Whether a dimension's own lexicon knows the word already."""
    return any(lexicon.find(word) or lexicon.find(f"{word} items") for lexicon in _LEXICONS.values()) or bool(
        _DAY_ONE.fullmatch(word)
    )


def singular(word: str) -> str:
    """A crude singular, enough to compare names of goods."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ves") and len(word) > 4:
        return word[:-3] + ("fe" if word in ("knives", "wives", "lives") else "f")
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def days(lowered: str) -> frozenset[str]:
    """The weekdays that a text names."""
    found: set[str] = set()
    if _EVERY_DAY.search(lowered):
        found.update(_NAMES)
    if _WEEKDAYS.search(lowered):
        found.update(_NAMES[:5])
    if _WEEKEND.search(lowered):
        found.update(_NAMES[5:])
    rest = lowered
    for match in _DAY_RANGE.finditer(lowered):
        first, last = _day(match.group(1)), _day(match.group(2))
        index = first
        while True:
            found.add(_NAMES[index])
            if index == last:
                break
            index = (index + 1) % 7
        rest = rest.replace(match.group(), " ")
    for match in _DAY_ONE.finditer(rest):
        if len(match.group(1)) > 2:
            found.add(_NAMES[_day(match.group(1))])
    return frozenset(found)


def _day(word: str) -> int:
    return _FIRST.get(word[:3], _FIRST.get(word[:2], 0))


@lru_cache(maxsize=20_000)
def of_heading(text: str, *, guide: bool = False) -> Scope:
    """The scope that a title or a heading gives to all below it.

    A condition counts only beside a word of trade ("gift returns", not "gift questions"); an unknown name only where a
    product stands ("Zephyr warranty"). `guide`: the text tells agents what to say, its title where they say it.
    """
    scope = _of_text(text, False)
    lowered = _EXCLUDED.sub(" ", text.lower()).replace("’", "'")
    names: set[str] = set(scope.products | models(text))
    for slot in _TITLE_SLOTS:
        for match in slot.finditer(lowered):
            names.update(_unknown(match.group(1), set()))
    given = {
        **dict(scope.items()),
        "products": frozenset(names),
        "days": frozenset(),
        "payments": frozenset(),
        "conditions": scope.conditions if _TITLE_CONDITION.search(lowered) else frozenset(),
        "regions": scope.regions | places(text),
    }
    if guide:
        given["channels"] = frozenset()
    if "new" in scope.segments and not _WELCOME.search(lowered):
        # "Your first order" is a guide for everybody, not a rule for new customers.
        given["segments"] = scope.segments - {"new"}
    return Scope(**given)


def models(text: str) -> frozenset[str]:
    """Names of models: a capitalised word with a number, letters with digits."""
    return frozenset(
        (match.group(3) or f"{match.group(1)} {match.group(2)}").lower()
        for match in _MODEL.finditer(text)
        if not (
            match.group(1)
            and (
                match.group(1).lower() in _NO_MODEL or (len(match.group(2)) == 4 and match.group(2)[:2] in ("19", "20"))
            )
        )
    )


_WELCOME = re.compile(
    r"new customer|first[- ]time|neukunden|nouveaux|discount|offer|welcome (?:code|gift|bonus)|voucher|code|\d\s?%|\boff\b"
)
_MONTH = re.compile(
    r"\b(?:in|throughout|all) (January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d)"
)
_ANY_MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTHS = re.compile(
    rf"\b(?:from|between|[Ff]rom|[Bb]etween) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:of )?{_ANY_MONTH}(?: \d{{1,2}})? ?(?:to|until|till|through|and|-|–) ?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:of )?{_ANY_MONTH}\b"
)
_DURING = re.compile(r"\bduring (?:our |the )?([A-ZÄÖÜ][\w’'-]+(?: [A-ZÄÖÜ][\w’'-]+){0,3})")


def occasions(text: str) -> frozenset[str]:
    """Named occasions behind "during" that no table of seasons knows, and parts of the year: "from April to October"."""
    parts = (f"{first}-{last}".lower() for first, last in _MONTHS.findall(text))
    return frozenset((*(name.lower() for name in (*_DURING.findall(text), *_MONTH.findall(text))), *parts))


def places(text: str) -> frozenset[str]:
    """Names of places behind "in", "at", "near" that no table of regions knows: a town, a branch."""
    if text.isupper():
        return frozenset()
    found = set()
    for name in (*_PLACE.findall(text), *_BRANCH.findall(text)):
        word = name.lower()
        if word in GENERIC or _covered(word) or any(values for _, values in _of_text(name, False).items()):
            continue
        found.add(f"in {word}")
    return frozenset(found)


def brand_headings(document: Document) -> frozenset[str]:
    """Headings that are nothing but names, where an article has several of them: brands, sellers, models."""
    if document.language != "en":
        return frozenset()
    names = frozenset(
        text
        for block in document.blocks
        if block.kind == "heading" and _is_name(text := document.text[block.start : block.end])
    )
    return names if len(names) > 1 else frozenset()


def _is_name(text: str) -> bool:
    tokens = re.findall(r"[\w'&.-]+", text)
    if (
        not tokens
        or len(tokens) > 4
        or text.rstrip().endswith("?")
        or not all(token[:1].isupper() or token in ("&", "and", "of") for token in tokens)
    ):
        return False
    if any(values for name, values in of_heading(text).items() if name != "products"):
        return False
    return all(_unknown(token.lower(), set()) or token in ("&", "and", "of") for token in tokens)


_LABEL_PARTS = re.compile(r"\s*[>/|]\s*")


def of_document(document: Document) -> Scope:
    """The scope of a whole article from what stands beside its text: audience, section, labels.

    A section or a label narrows only where it names a region, a product, a channel, a brand or a service.
    """
    scope = Scope(
        regions=frozenset(region.upper() for region in document.audience.regions),
        segments=frozenset(word for segment in document.audience.segments for word in _segment(segment)),
        channels=frozenset(word for channel in document.audience.channels for word in _channel(channel)),
    )
    parts = [part for part in _LABEL_PARTS.split(document.section or "") if part]
    named = Scope()
    for part in [*reversed(parts), *document.labels]:
        label = _of_text(part.replace("-", " ").replace("_", " "), False)
        keep = {
            name: values
            for name, values in label.items()
            if name in ("regions", "segments", "products", "channels", "services", "seasons")
        }
        # A guide for those who are new to the shop, not a rule for them alone.
        keep["segments"] = keep["segments"] - {"new"}
        if {"INTL"} & keep["regions"] and len(part.split()) > 3:
            keep["regions"] = frozenset()
        named = named.under(Scope(**keep))
    return scope.under(named)


def _segment(text: str) -> frozenset[str]:
    known = _LEXICONS["segments"].find(text.lower()) or _LEXICONS["segments"].find(f"{text.lower()} customers")
    return known or frozenset({text.lower()})


def _channel(text: str) -> frozenset[str]:
    known = _LEXICONS["channels"].find(text.lower())
    return known or frozenset({text.lower()})
