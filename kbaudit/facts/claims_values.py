# ruff: noqa: E501 - patterns stand on one line each
"""Claims with a quantity: windows, times, fees, thresholds, lengths, rates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kbaudit.config import PolicyRule
from kbaudit.facts import policies
from kbaudit.facts import scope as scopes
from kbaudit.facts.claims_passages import Passage
from kbaudit.facts.permissions import FEES, Fee
from kbaudit.facts.policies import Compiled
from kbaudit.model.claim import Claim, Scope
from kbaudit.text.quantities import Quantity

_STARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:of|from|after|following|since|upon|once|when)\b[^⟦.;]{0,36}?\b(?:deliver\w*|receiv\w*|receipt|arriv\w*|getting|get it|erhalt|réception|recibir|recepción|lieferung)"), "delivery"),
    (re.compile(r"(?:of|from|after|following|since)\b[^⟦.;]{0,30}?\b(?:dispatch\w*|despatch\w*|shipping date|shipment|ship date|shipped|ships|posted|versand|expédition|envío)"), "dispatch"),
    (re.compile(r"(?:of|from|after|following|since|nach|ab)\b[^⟦.;]{0,30}?\b(?:purchas\w*|buying|bought|order(?:ing|ed)?|order date|placing|checkout|payment|transaction|invoice|kauf|bestellung|achat|compra|commande)"), "purchase"),
)  # fmt: skip
_DATA = re.compile(
    r"\b(?:logs?|recordings?|transcripts?|backups?|photos?|footage|payments?|orders?|invoices?|cookies?|applications?|cvs?|chats?|calls?|messages|marketing|newsletter|reviews?|wish ?lists?|addresses|documents|conversations?|surveys?)\b"
)
# A period that names a service: "two-day shipping".
_DAY_SERVICE = re.compile(
    r"\b(?:two|three|2|3|second|2nd)[- ]day (?:shipping|delivery|service|air|courier)\b", re.IGNORECASE
)
_IDLE = re.compile(r"\b(?:inactiv\w+|dormant|not (?:been )?(?:used|logged)|unused)\b")
_WAYS = {
    "e-mail": r"\be-?mails?\b",
    "chat": r"\bchat\b",
    "phone": r"\b(?:phone|calls?)\b",
    "post": r"\bletters?\b|\bby post\b",
    "social": r"\b(?:social|facebook|instagram|twitter|whatsapp)\b",
}
_ARTICLES = frozenset(
    "a an the your our this that each every all any of or and no one discount voucher promo coupon".split()
)
_SPLIT = re.compile(r",\s|;\s|\s(?:and|but|while|whereas|or|und|et|y|aber|mais|pero)\s|\s[–—-]\s|\(|\)")
# "…, and express does not make it any faster": what else is said does not narrow the value.
_ASIDE = re.compile(
    r", (?:and|but) (?!not|only|if|for|in|on|with)[^,⟦]{3,60}?\b(?:do|does|is|are|will|can)(?:n't| not|not)\b[^⟦]*$"
)
# "Did you buy it in a shop? Then …": what is asked or supposed before narrows what follows.
_THEN = re.compile(r"^(?:then|in that case|if so|in this case)\b")
# Nobody waits longer for a parcel, a refund or an answer, in days: it is the length of something else.
LONGEST_WAIT = 250
_OWED = re.compile(r"\blate payments?\b|\boverdue\b|\binvoices?\b")
_PAID_BY = re.compile(r"\b(year|annual|month|quarter|week)(?:ly)?\b")
_OVERNIGHT = re.compile(r"\b(?:overnight|next[- ]day) (?:orders?|parcels?)\b")
_IT = re.compile(r"^(?:it|they)\b(?! (?:is|are) (?:not )?(?:possible|important|up to))")
_LEAD = re.compile(r"^(?:for|in|on|if|when|within|outside|für|pour|para|bei)\s[^,⟦]{2,60},\s|^[^⟦,:]{2,40}:\s")
_SIZE = re.compile(
    r"\b(over|above|under|below|less than|more than|up to|of at least|from|exceeding|at least|worth)\s?⟦M(\d+)⟧|⟦M(\d+)⟧\s?(or more|and above|and over|\+|or less|and under|or above|or over)|between ⟦M(\d+)⟧|orders? (?:of )?⟦M(\d+)⟧\s?(?:-|–|to)\s?⟦M\d+⟧"
)
_OTHER_TOPIC = re.compile(
    r"\b(?:contact|call|e-?mail|ship\w*|deliver\w*|arriv\w*|process\w*|cancel\w*|exchang\w*|warrant\w*|guarant\w*|trial|refund\w*|return(?:s|ed|ing)?|report|notify|restock\w*|price match\w*|respond|reply|register|subscri\w*|open|closed?|label|discount|off)\b"
)
# "of delivery", "from the day you receive it": where a period starts, not what the sentence is about.
_FROM = re.compile(
    r"\b(?:of|from|after|following|since|upon)\s(?:[\w']+\s){0,5}?(?:deliver\w*|receiv\w*|receipt|purchas\w*|order\w*|arriv\w*|dispatch\w*|ship\w*)\b"
)
_BARE_WINDOW = re.compile(
    r"^(?:yes|no)?[,:.]?\s?(?:within |you have )?⟦D\d+⟧ (?:after|from|of) (?:the )?(?:delivery|receipt|purchase|receiving|date of (?:delivery|purchase|receipt))[^⟦]{0,20}$"
)
_PRONOUN = re.compile(r"^(?:they|it|these|those|this|the (?:cards?|points|vouchers?))\b")
_UNIVERSAL = re.compile(
    r"\b(?:no exceptions|without exception|everything|regardless|no matter|always|any reason|all items|all products|every (?:item|product|order)|all orders|any (?:item|product)|no minimum|alle (?:artikel|produkte|bestellungen))\b"
)
_HEDGE = re.compile(
    r"\b(?:may|might|can|could|sometimes|occasionally|in (?:rare|some|certain|exceptional) (?:cases|circumstances)|delays?|delayed|exceptionally|at busy times|longer|additional|extra|further|another|weitere\w*|supplémentaires?)\b"
)
_FURTHER = re.compile(
    r"\b(?:further|another|additional|extra|more|second|weitere\w*|supplémentaires?|más)\s(?:period of )?$"
)
_TRAILING = re.compile(r"[^,;⟦]{0,36}?(?=,|;|⟦|\band\b|\bbut\b|$)")


def read(passage: Passage, rules: tuple[PolicyRule, ...]) -> Iterator[Claim]:
    """Claims with a quantity in a passage."""
    wanted = [number for number, quantity in enumerate(passage.quantities) if quantity.kind != "date"]
    if not wanted or passage.question or passage.dated or not passage.in_force or _ONE_ORDER.search(passage.masked):
        return
    letters = tuple(_letter(quantity) for quantity in passage.quantities)
    taken = (
        dict(_of_cell(passage.masked, passage.contexts, letters, tuple(wanted), rules))
        if passage.cell
        else _of_sentence(passage, letters, wanted, rules)
    )
    if (
        not taken
        and len(wanted) == 1
        and _BARE_WINDOW.match(passage.masked)
        and passage.block.kind == "paragraph"
        and not any(
            compiled.policy.name != "return_window"
            for compiled in _named(passage.masked, passage.topic, rules)
            if compiled.words.search(" ".join(passage.contexts))
        )
    ):
        window = next((compiled for compiled in policies.table(rules) if compiled.policy.name == "return_window"), None)
        if window is not None:
            taken[wanted[0]] = (window, True)
    for number, (compiled, inherited) in sorted(taken.items()):
        claim = _claim(passage, number, compiled, inherited)
        if claim is not None:
            yield claim
            yield from included(passage, claim)
            if claim.policy == "trial_length" and claim.scope.products and "night" in passage.text.lower():
                # A trial at home is a time to return.
                yield replace(claim, policy="return_window", inherited=True)
            implied = _IMPLIED.get(claim.policy)
            if implied and (claim.low or claim.unit == "unlimited"):
                policy, value = implied
                yield replace(
                    claim,
                    policy=policy,
                    terms=frozenset({value}),
                    low=None,
                    high=None,
                    unit=None,
                    bound="",
                    starts=None,
                    value_span=claim.span,
                    inherited=True,
                )


def _of_sentence(
    passage: Passage, letters: Sequence[str], wanted: Sequence[int], rules: tuple[PolicyRule, ...]
) -> dict[int, tuple[Compiled, bool]]:
    """The policy that takes each quantity of a sentence, and whether only what stands above it says so."""
    taken: dict[int, tuple[Compiled, bool]] = {}
    candidates = _named(passage.masked, passage.topic, rules, frozenset(letters[number] for number in wanted))
    _take(letters, passage.masked, 0, candidates, wanted, taken, inherited=False)
    for depth, context in enumerate(passage.contexts):
        left = [number for number in wanted if number not in taken]
        if not left or depth > 3 or len(passage.masked) > 100 or passage.tokens[left[0]] > 60:
            break
        prefix = _prefix(context, passage.masked, depth)
        own = [compiled for compiled in candidates if compiled.words.search(prefix)]
        own = [compiled for compiled in own if not _foreign(passage, compiled)]
        _take(letters, prefix + passage.masked, len(prefix), own, left, taken, inherited=True)
    return taken


@lru_cache(maxsize=256)
def _of_cell(
    masked: str,
    contexts: tuple[str, ...],
    letters: tuple[str, ...],
    wanted: tuple[int, ...],
    rules: tuple[PolicyRule, ...],
) -> tuple[tuple[int, tuple[Compiled, bool]], ...]:
    """The same for the cell of a table, which says what it is about only above and beside it. Rows are often alike."""
    taken: dict[int, tuple[Compiled, bool]] = {}
    topic = " \n ".join((masked, *contexts))
    candidates = _named(masked, topic, rules, frozenset(letters[number] for number in wanted))
    for depth, context in enumerate(contexts[:4]):
        left = [number for number in wanted if number not in taken]
        if not left:
            break
        prefix = _prefix(context, masked, depth)
        own = [compiled for compiled in candidates if compiled.words.search(prefix)]
        _take(letters, prefix + masked, len(prefix), own, left, taken, inherited=True)
    return tuple(taken.items())


def _prefix(context: str, masked: str, depth: int) -> str:
    if depth == 0 and _PRONOUN.match(masked):
        # "They never expire": what the sentence before began with.
        context = " ".join(context.split()[:4])
    return re.sub(r"⟦[A-Z]\d+⟧", "…", f"{context.rstrip('?:. ')}: ")


def _named(
    masked: str, topic: str, rules: tuple[PolicyRule, ...], letters: frozenset[str] | None = None
) -> list[Compiled]:
    """The policies that a sentence, or what stands above it, may be about; `letters` are kinds of value."""
    return [
        compiled
        for compiled in _concerned(topic, rules, letters)
        if compiled.block is None or not compiled.block.search(masked)
    ]


@lru_cache(maxsize=64)
def _concerned(topic: str, rules: tuple[PolicyRule, ...], letters: frozenset[str] | None) -> tuple[Compiled, ...]:
    # The cells of a table often stand under the same words.
    return tuple(
        compiled
        for compiled in policies.table(rules)
        if (letters is None or letters.intersection(compiled.policy.kind))
        and compiled.words.search(topic)
        and (compiled.needs is None or compiled.needs.search(topic))
    )


_INCLUDED = re.compile(r"\b(?:including|even|also)\s(?:for |on |of |our |all )?([^.,;⟦]{3,40})")


def included(passage: Passage, claim: Claim) -> Iterator[Claim]:
    """ "… including sale items": the rule holds for them by name."""
    match = _INCLUDED.search(passage.masked)
    if match is None:
        return
    named = scopes.of_text(match.group(1))
    if named.conditions or named.segments or named.products:
        narrowed = Scope(conditions=named.conditions, segments=named.segments, products=named.products)
        yield replace(claim, scope=narrowed.under(claim.scope))


# A window says that the thing can be done at all, a fee who pays it.
_IMPLIED = {
    "return_window": ("returns_accepted", "yes"),
    "exchange_window": ("exchanges_offered", "yes"),
    "cancellation_window": ("order_cancellation", "yes"),
    "order_change_window": ("order_changes", "yes"),
    "price_match_window": ("price_matching", "yes"),
    "return_fee": ("return_postage_payer", "customer"),
    "gift_wrap_fee": ("gift_wrapping", "yes"),
    "basket_hold": ("basket_reserves", "yes"),
}


def _foreign(passage: Passage, compiled: Compiled) -> bool:
    """Whether a sentence without a cue of its own speaks of something else than its heading."""
    own = _FROM.sub(" ", passage.masked)
    return any(not compiled.words.search(match.group()) for match in _OTHER_TOPIC.finditer(own))


def _take(
    letters: Sequence[str],
    text: str,
    offset: int,
    candidates: list[Compiled],
    wanted: Sequence[int],
    taken: dict[int, tuple[Compiled, bool]],
    *,
    inherited: bool,
) -> None:
    for compiled in candidates:
        if not set(compiled.policy.kind) & {letters[number] for number in wanted if number not in taken}:
            continue
        if compiled.words.search(text) is None:
            continue
        for pattern in compiled.patterns:
            for match in pattern.finditer(text):
                number = int(match["value"])
                if number in taken or number not in wanted:
                    continue
                if match.end() <= offset:
                    continue
                if compiled.veto is not None:
                    trailing = _TRAILING.match(text, match.end())
                    if compiled.veto.search(match.group() + (trailing.group() if trailing else "")):
                        continue
                taken[number] = (compiled, inherited)


def _letter(quantity: Quantity) -> str:
    return {"duration": "D", "money": "M", "percent": "P", "time": "T", "measure": "U", "number": "N"}.get(
        quantity.kind, "Y"
    )


def _claim(passage: Passage, number: int, compiled: Compiled, inherited: bool) -> Claim | None:
    policy = compiled.policy
    quantity = passage.quantities[number]
    position = passage.tokens[number]
    before = passage.masked[max(0, position - 40) : position]
    after = passage.masked[position : position + 90].partition("⟧")[2]
    if quantity.kind == "duration" and _FURTHER.search(before):
        return None
    clause = clause_of(passage, number)
    if (
        policy.compare == "range"
        and policy.kind == "D"
        and _HEDGE.search(clause)
        and re.search(
            r"\b(?:longer|delay\w*|rare|exceptional\w*|busy|peak|sometimes|additional|extra|occasionally|up to)\b",
            clause,
        )
        and not re.search(r"\busually|normally|typically\b", clause)
    ):
        return None
    low, high, unit, bound = quantity.low, quantity.high, quantity.unit, str(quantity.bound)
    if bound == "max" and re.search(r"(?:up to|maximum|max\.?|at most|bis zu|jusqu'à|hasta)\s(?:an? |the )?$", before):
        bound = "ceiling"
    if policy.name == "points_value":
        points = next((item.low for item in passage.quantities if item.unit == "point"), None)
        if not points or low is None:
            return None
        low = high = low / points
        unit = f"{unit} per point"
    if policy.name == "points_rate":
        low, high, unit = _rate(passage, number)
        if low is None:
            return None
    if policy.compare == "range" and quantity.kind == "duration" and low is not None and low > LONGEST_WAIT:
        return None
    if (
        policy.name.endswith("_fee")
        and quantity.kind == "money"
        and (bound in ("over", "under") or _WORTH.search(after))
    ):
        # "Orders above £500 …": the size of an order, not a fee.
        return None
    if policy.name == "trial_length" and re.match(r"\s?or (?:fewer|less|shorter|more|longer)\b", after):
        # Trials of a certain length, not the length of the trial.
        return None
    if policy.name == "max_weight" and unit not in ("kg", "lb", "oz"):
        return None
    if policy.compare == "range" and _TOTAL.search(passage.masked) and not _total(passage, number):
        # "Two days for this and three for that, five in all": the total is what is promised.
        return None
    terms: frozenset[str] = frozenset()
    if policy.name == "age_limit" and unit == "day" and low is not None:
        low, high, unit = (
            Decimal(round(low / Decimal("365.25"))),
            Decimal(round((high or low) / Decimal("365.25"))),
            "year",
        )
    elif policy.name == "age_limit":
        unit = "year"
    if unit == "business_day" and policy.compare != "range" and quantity.said != "business_day":
        unit = "day"
    scope = scope_of(passage, clause, number, policy.ignore)
    if policy.name == "response_time":
        named = frozenset(
            name
            for name, pattern in _WAYS.items()
            if re.search(pattern, passage.masked + " " + " ".join(passage.contexts[-1:]))
        )
        scope = replace(scope, channels=named if len(named) == 1 and named != {"e-mail"} else frozenset())
    definite = _definite(passage)
    if definite:
        scope = replace(scope, products=scope.products - {name.split()[-1] for name in definite} | definite)
    if policy.name == "voucher_expiry":
        kinds = frozenset(
            word
            for word in re.findall(
                r"([\w-]+) (?:vouchers?|coupons?|codes?)\b", passage.masked + " " + passage.document.title.lower()
            )
            if word not in _ARTICLES
        )
        scope = replace(scope, products=scope.products | kinds, conditions=frozenset())
    if policy.name == "data_retention":
        if "confidential" in passage.masked:
            # How long something is secret, not how long it is kept.
            return None
        kinds = frozenset(scopes.singular(word) for word in _DATA.findall(passage.masked))
        if _IDLE.search(passage.masked):
            kinds |= {"inactive"}
        scope = replace(scope, products=scope.products | kinds)
    if bound == "over" and policy.compare == "range":
        # "It has taken more than ten days" is a complaint, "for more than ten days" a case.
        return None
    if policy.name == "cutoff_time" and _OVERNIGHT.search(passage.text.lower()):
        scope = replace(scope, sizes=scope.sizes | {"overnight"})
    if policy.name == "late_fee" and _OWED.search(passage.masked):
        scope = replace(scope, sizes=scope.sizes | {"payment"})
    if policy.name == "subscription_discount" and (period := _PAID_BY.search(passage.masked)):
        scope = replace(scope, sizes=scope.sizes | {period.group(1)})
    if policy.name == "parcel_hold":
        named = frozenset(name for name, pattern in _PLACES.items() if re.search(pattern, passage.masked))
        scope = replace(scope, sizes=scope.sizes | named)
    fee = next((item for item in FEES if item.name == policy.name), None)
    if fee is not None:
        scope = named_scope(fee, passage.masked, scope)
        if passage.cell:
            scope = replace(scope, products=frozenset(name for name in scope.products if not re.search(fee.noun, name)))
    gift = policy.name == "voucher_expiry" and "gift" in passage.topic
    if gift:
        scope = replace(scope, products=frozenset())
    return Claim(
        ref=passage.document.ref,
        policy="gift_card_expiry" if gift else policy.name,
        span=passage.span,
        value_span=passage.at(quantity.start, quantity.end),
        unit=unit,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        terms=terms,
        scope=scope,
        bound=bound,
        starts=_starts(after) or _starts(passage.masked[max(0, position - 70) : position]),
        universal=bool(_UNIVERSAL.search(passage.masked)),
        said=quantity.said + ("/calendar" if quantity.calendar else ""),
        inherited=inherited,
    )


# "From £50 on, delivery is free": what an order must be worth.
_WORTH = re.compile(
    r"^,? ?(?:on|upwards|or more|and (?:more|over|above))?,?\s[^.;⟦]{0,30}\b(?:free|nothing|on us|no charge|no fee)\b"
)
_TOTAL = re.compile(r"\b(?:in all|in total|altogether|all in all|in sum|total of)\b")


def _total(passage: Passage, number: int) -> bool:
    """Whether a quantity is the one that a sentence gives as the total."""
    match = _TOTAL.search(passage.masked)
    if match is None:
        return False
    nearest = min(
        (index for index, item in enumerate(passage.quantities) if item.kind == passage.quantities[number].kind),
        key=lambda index: abs(passage.tokens[index] - match.start()),
    )
    return nearest == number


_OLD = re.compile(r"\bold ([a-z]{3,})")
_WHICH = re.compile(
    r"\b(first(?! (?:order|purchase))|second|third|further|additional|next|extra|each additional|small|medium|large|double|single|private|group|beginners?|advanced|introductory|online)\b"
)


def named_scope(fee: Fee, text: str, scope: Scope) -> Scope:
    """The scope of a service's price with the words that say which service it is ("pottery workshop", "large boxes")."""
    names = set(_WHICH.findall(text))
    if fee.named:
        names |= {
            match.group(1)
            for match in re.finditer(rf"\b([a-z]{{4,}}) {fee.noun}", text)
            if match.group(1) not in _ARTICLES
        }
    if fee.name == "takeback_fee" and (old := _OLD.search(text)):
        scope = replace(scope, products=frozenset({scopes.singular(old.group(1))}), conditions=frozenset())
    return replace(scope, sizes=scope.sizes | names) if names else scope


# A message about one order, not a rule.
_ONE_ORDER = re.compile(
    r"\b(?:order|parcel|case|return) (?:no\.? ?|number |#)?⟦N\d+⟧ (?:is|has|was|will|arriv|ship|leaves)|\border #"
)
_PLACES = {"locker": r"\blockers?\b", "parcel shop": r"\bparcel ?shops?\b|\bpick-?up points?\b"}
_THE = re.compile(r"\b(?:the|this|its)\s([a-z]{3,})\b")


def _definite(passage: Passage) -> frozenset[str]:
    """ "The blender" below the title "Fennel blender" is that one: a name before the noun, not an everyday word."""
    found = set()
    for noun in _THE.findall(passage.masked):
        if noun in scopes.GENERIC:
            continue
        for heading in (*passage.block.path, passage.document.title):
            match = re.search(rf"\b([A-ZÄÖÜ][\w'-]+)\s{re.escape(noun)}\b", heading)
            if match and match.group(1).lower() not in scopes.GENERIC:
                found.add(f"{match.group(1).lower()} {noun}")
    return frozenset(found)


def _rate(passage: Passage, number: int) -> tuple[Decimal | None, Decimal | None, str]:
    points = passage.quantities[number]
    for other in passage.quantities[number + 1 : number + 3]:
        if other.kind == "money" and other.low and points.low is not None:
            rate = points.low / other.low
            return rate, rate, f"points per {other.unit}"
    for other in passage.quantities[max(0, number - 1) : number]:
        if other.kind == "money" and other.low and points.low is not None:
            rate = points.low / other.low
            return rate, rate, f"points per {other.unit}"
    match = re.search(r"\b(?:per|every|each)\s(dollar|pound|euro)", passage.masked)
    if match and points.low is not None:
        unit = {"dollar": "USD", "pound": "GBP", "euro": "EUR"}[match.group(1)]
        return points.low, points.high, f"points per {unit}"
    return None, None, ""


def _starts(text: str) -> str | None:
    best: tuple[int, str] | None = None
    for pattern, name in _STARTS:
        match = pattern.search(text)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    return best[1] if best else None


def clause_of(passage: Passage, number: int) -> str:
    """The words that belong to one of several quantities of a sentence, with what leads the sentence in."""
    position = passage.tokens[number]
    peers = [index for index, item in enumerate(passage.quantities) if item.kind == passage.quantities[number].kind]
    if len(peers) < 2:
        aside = _ASIDE.search(passage.masked, passage.masked.index("⟧", position))
        return passage.masked[: aside.start()] if aside else passage.masked
    place = peers.index(number)
    start = 0
    end = len(passage.masked)
    if place:
        previous = passage.tokens[peers[place - 1]]
        split = _SPLIT.search(passage.masked, passage.masked.index("⟧", previous), position)
        start = split.start() if split else previous
    if place + 1 < len(peers):
        following = passage.tokens[peers[place + 1]]
        split = _SPLIT.search(passage.masked, passage.masked.index("⟧", position), following)
        end = split.start() if split else following
    clause = passage.masked[start:end]
    lead = _LEAD.match(passage.masked)
    return lead.group() + clause if lead and start >= lead.end() else clause


def scope_of(passage: Passage, clause: str, number: int | None, ignore: tuple[str, ...] = ()) -> Scope:
    """Scope of a claim: its clause, then its table row and column, then the headings and the title above."""
    original = clause
    if "US" in passage.text or "U.S" in passage.text:
        original = (
            re.sub(r"(?<![\w$])us(?![\w$])|u\.s\.", "US", clause)
            if re.search(r"(?<![\w$])(?:US|U\.S\.?)(?![\w$])", passage.text)
            else clause
        )
    own = scopes.of_text(re.sub(r"⟦[A-Z]\d+⟧", " # ", original))
    sizes = set()
    for match in _SIZE.finditer(clause):
        index = next((int(group) for group in (match[2], match[3], match[5], match[6]) if group is not None), None)
        if index is None or index == number:
            continue
        quantity = passage.quantities[index]
        word = match[1] or match[4] or "range"
        side = (
            "under"
            if word in ("under", "below", "less than", "up to", "or less", "and under")
            else "range"
            if word == "range"
            else "over"
        )
        sizes.add(f"{side} {quantity.low} {quantity.unit}")
    own = replace(own, sizes=frozenset(sizes)) if sizes else own
    if passage.contexts and _THEN.match(passage.masked):
        own = own.under(scopes.of_text(passage.contexts[0]))
    if passage.near and _IT.match(passage.masked):
        before = scopes.of_heading(re.sub(r"⟦[A-Z]\d+⟧", " # ", passage.near))
        own = own.under(Scope(services=before.services, regions=before.regions, products=scopes.goods(passage.near)))
    if _DAY_SERVICE.search(passage.text):
        own = replace(own, services=own.services | scopes.of_text(passage.text).services)
    named = scopes.places(passage.text) if passage.block.kind != "table_row" else frozenset()
    products = scopes.models(passage.text)
    if products:
        own = replace(own, products=own.products | products)
    occasions = scopes.occasions(passage.text)
    if occasions and not own.seasons:
        own = replace(own, seasons=occasions)
    if named:
        own = replace(own, regions=own.regions | named)
    inner = own.under(passage.row)
    if inner.regions == frozenset({"INTL"}) and passage.outer.regions:
        # "FedEx International" below "Europe and Africa" is a service's name there.
        inner = replace(inner, regions=frozenset())
    scope = inner.under(passage.outer)
    return without(scope, ignore)


def without(scope: Scope, ignore: tuple[str, ...]) -> Scope:
    """The scope without values that are what the policy is about."""
    if not ignore:
        return scope
    drop = frozenset(ignore)
    return Scope(**{name: values - drop for name, values in scope.items()})
