# ruff: noqa: E501 - patterns stand on one line each
"""Quantities in running text: durations, money, percentages, times of day, measures and bare numbers.

Own rules, because general quantity parsers lose what a policy turns on ("1-2 business days" becomes a number
without a unit). All patterns are bounded, so time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from kbaudit.text import quantities_words as words

Kind = Literal["duration", "money", "percent", "time", "measure", "date", "number"]
Bound = Literal["", "max", "min", "over", "under", "about"]

# Days in a unit. A month and a year are averages: `same` below allows for it.
DAYS = {
    "second": Decimal(1) / 86400,
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
}
UNIT_WORDS = {
    "second": "seconds? secs? sekunden? secondes? segundos?",
    "minute": "minutes? mins? minuten minutos?",
    "hour": "hours? hrs? h stunden? std heures? horas? ore ora uur uren timmar timmer timer godzin",
    "day": "days? nights? tage? tagen tages nächten? jours? d[ií]as? giorni giorno dagen dag dagar dage dni dzień d",
    "business_day": "werktage? werktagen arbeitstage? arbeitstagen gesch[aä]ftstage? gesch[aä]ftstagen bankarbeitstage?n? werkdagen werkdag arbetsdagar vardagar hverdage arbejdsdage virkedager",
    "calendar_day": "kalendertage? kalendertagen",
    "week": "weeks? wks? wochen? semaines? semanas? settimane settimana weken veckor vecka uger uge uker tygodni tygodnie w",
    "month": "months? mths? mos? monate? monaten monats mois mes meses mês mesi mese maanden maand månader månad måneder måned miesięcy miesiące",
    "year": "years? yrs? jahre? jahren jahres ans? ann[ée]es? años? anos? anni anno jaar jaren år lata lat",
}
_UNIT_OF: list[tuple[re.Pattern[str], str]] = [
    (re.compile("(?:" + "|".join(forms.split()) + r")\Z", re.IGNORECASE), unit) for unit, forms in UNIT_WORDS.items()
]
_UNITS = "|".join(
    sorted({form for forms in UNIT_WORDS.values() for form in forms.split()}, key=lambda form: (-len(form), form))
)
_DIGITS = r"\d{1,3}(?:[ ’'.,]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,4})?"
_NUMBER = rf"(?:{_DIGITS}|(?:{words.PATTERN})\b)"
_BUSINESS = r"business|working|work|week|bank|operating|ouvr[ée]s?|ouvrables?|h[áa]biles?|laborables?|laborales?|lavorativi|lavorativo|úteis|útil|robocze|roboczych"
_CALENDAR = r"extra|additional|calendar|calendaires?|naturales|corridos|consecutive|full|clear|whole|straight|aufeinanderfolgenden?"
_RANGE = r"\s{0,2}(?:-|–|—|‑|to|or|bis|oder|à|au?|ou|y|and|und|through|/)\s{0,2}"
_DURATION = re.compile(
    rf"(?<![\w.,£$€])(?P<low>{_NUMBER}|(?:an?|eine?[nmrs]?|une?|una)\b(?=\s+(?:full\s+|whole\s+)?(?:{_UNITS}|business|working|calendar)\b))"
    rf"(?:\s?\(\s?(?P<again>{_NUMBER})\s?\))?(?:{_RANGE}(?P<high>{_NUMBER})(?:\s?\(\s?{_NUMBER}\s?\))?)?\s?(?P<plus>\+)?"
    rf"[\s\-‑]{{0,2}}(?:(?P<adjective>{_BUSINESS}|{_CALENDAR})[\s-]{{1,2}}){{0,2}}(?P<unit>{_UNITS})\b[’']?"
    rf"(?:\s(?P<after>{_BUSINESS}|{_CALENDAR})\b)?",
    re.IGNORECASE,
)
_DURATION_RANGE = re.compile(
    rf"(?<![\w.,£$€])(?P<low>{_NUMBER})\s(?P<u1>{_UNITS})\s?(?:-|–|to|bis|à)\s?(?P<high>{_NUMBER})\s(?P<unit>{_UNITS})\b",
    re.IGNORECASE,
)
_IDIOMS: tuple[tuple[re.Pattern[str], Decimal, str], ...] = (
    (re.compile(r"\b(?:a|one)\s+fortnight\b|\bfourteen[- ]night\b", re.IGNORECASE), Decimal(14), "day"),
    (re.compile(r"\bhalf an hour\b|\bhalf-hour\b|\beine halbe Stunde\b|\bune demi-heure\b|\bmedia hora\b", re.IGNORECASE), Decimal(30), "minute"),
    (re.compile(r"\b(?:an|one) hour and a half\b", re.IGNORECASE), Decimal(90), "minute"),
    (re.compile(r"\bhalf a year\b|\bhalf-year\b|\bein halbes Jahr\b|\bmedio año\b", re.IGNORECASE), Decimal(6), "month"),
    (re.compile(r"\b(?:a|one) year and a half\b|\banderthalb Jahre\b", re.IGNORECASE), Decimal(18), "month"),
    (re.compile(r"\b(?:the|your) first (?P<unit>hour|day|week|month|year)\b", re.IGNORECASE), Decimal(1), ""),
    (re.compile(r"\ba couple of (?P<unit>days|weeks|hours|months)\b", re.IGNORECASE), Decimal(2), ""),
    (re.compile(r"(?:\b(?:the )?(?:same|next)[ -]business[ -]day\b|\bovernight\b|\bnext[ -](?:working[ -])?day\b|\bam nächsten Werktag\b)(?!-?\s?(?:delivery|shipping|service|courier|post|express|dispatch|despatch|parcel|option|orders?))", re.IGNORECASE), Decimal(1), "business_day"),
    (re.compile(r"\bsame[ -]day\b(?!-?\s?(?:delivery|shipping|service|courier|dispatch|despatch|pick|orders?))", re.IGNORECASE), Decimal(0), "day"),
)  # fmt: skip
_UNLIMITED = re.compile(
    r"\b(?:never (?:expires?|lapses?|runs? out|goes? out of date)|(?:do|does|will|shall)(?: not|n['’]t)(?: ever)? (?:expire|lapse|run out)|no end date|no expir(?:y|ation)(?: date)?|without (?:an? )?expir(?:y|ation)(?: date)?|"
    r"(?:does|do) not have an? expir\w+(?: date)?|indefinitely|forever|for life\b|lifetime|life-time|no time limit|unlimited time|verf(?:allen|ällt) nie|unbegrenzt gültig|n['’]expirent? (?:pas|jamais)|no caducan?)",
    re.IGNORECASE,
)
CURRENCIES = {
    "£": "GBP", "€": "EUR", "us$": "USD", "$us": "USD", "au$": "AUD", "a$": "AUD", "aud$": "AUD", "c$": "CAD", "ca$": "CAD", "can$": "CAD", "cad$": "CAD",
    "usd$": "USD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "mx$": "MXN", "r$": "BRL", "¥": "JPY", "₹": "INR", "₩": "KRW", "zł": "PLN", "chf": "CHF", "kr": "SEK",
    "usd": "USD", "gbp": "GBP", "eur": "EUR", "aud": "AUD", "cad": "CAD", "nzd": "NZD", "jpy": "JPY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN",
    "inr": "INR", "sgd": "SGD", "hkd": "HKD", "mxn": "MXN", "brl": "BRL", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "pound": "GBP", "quid": "GBP",
    **{code.lower(): code for code in "AED SAR QAR THB MYR IDR ZAR NGN KES EGP CZK HUF BGN".split()}, "rs": "INR", "rs.": "INR",
    "dollars": "$", "dollar": "$", "bucks": "$", "$": "$", "us dollars": "USD", "u.s. dollars": "USD", "australian dollars": "AUD", "canadian dollars": "CAD",
    "new zealand dollars": "NZD", "pounds sterling": "GBP", "dólares": "$", "fr.": "CHF", "libras": "GBP",
}  # fmt: skip
_SYMBOLS = r"(?:us|au|aud|usd|cad|a|ca|can|c|nz|s|hk|mx|r)?\$(?:us)?|£|€|¥|₹|₩"
_CODES = r"rs\.?|aed|sar|qar|thb|myr|idr|zar|ngn|kes|egp|czk|huf|bgn|usd|gbp|eur|aud|cad|nzd|jpy|sek|nok|dkk|pln|inr|sgd|hkd|mxn|brl|chf"
_NAMES = r"u\.?s\.? dollars?|australian dollars|canadian dollars|new zealand dollars|pounds? sterling|dollars?|euros?|pounds?(?!\s+(?:of|or less|in weight|package|parcel|box))|quid|bucks|dólares"
_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE = "thousand|million|billion"
_MONEY = re.compile(
    rf"(?<![\w.])(?:(?P<s1>{_SYMBOLS}|(?:{_CODES})(?=[\s\d]))\s?(?P<n1>{_DIGITS})(?:\s?(?:-|–|to)\s?(?:{_SYMBOLS})?\s?(?P<n1b>{_DIGITS})(?![\d%]))?(?:\s(?P<scale1>{_SCALE})\b)?(?:\s?(?P<c1>{_CODES})\b)?"
    rf"|(?P<n2>{_DIGITS}|(?:{words.PATTERN})(?=\s))(?:\s?(?:-|–)\s?(?P<n2b>{_DIGITS}))?(?:\s(?P<scale>{_SCALE}))?\s?(?P<s2>{_SYMBOLS}|(?:{_CODES}|{_NAMES}|zł)\b))",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.])(?P<low>{_NUMBER})(?:\s?(?:-|–|to|bis)\s?(?P<high>{_NUMBER}))?\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b|por ciento\b)|(?P<half>\bhalf[ -]price\b|\bhalf off\b|\bhalf (?:of )?(?:up[- ]?front|in advance|the (?:[a-z]+ )?(?:price|fare|rate|fee|cost|total|amount|value))\b|\bzum halben preis\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w:.,$£€])(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)|(?P<h24>[01]?\d|2[0-4])[:h](?P<m24>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:uhr|hrs|h))?(?![\d%:]|\s?[ap]\.?m)|"
    r"(?P<huhr>[01]?\d|2[0-4])\s?uhr\b|(?P<word>(?:12\s)?\b(?:noon|midday|midnight|mittags?|mitternacht|midi|minuit|mediod[ií]a|medianoche)\b))",
    re.IGNORECASE,
)
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "kg": ("kg", Decimal(1)), "kgs": ("kg", Decimal(1)), "kilograms": ("kg", Decimal(1)), "kilos": ("kg", Decimal(1)), "kilogram": ("kg", Decimal(1)),
    "g": ("kg", Decimal("0.001")), "grams": ("kg", Decimal("0.001")), "lb": ("lb", Decimal(1)), "lbs": ("lb", Decimal(1)), "oz": ("oz", Decimal(1)), "ounces": ("oz", Decimal(1)),
    "cm": ("cm", Decimal(1)), "mm": ("cm", Decimal("0.1")), "inches": ("in", Decimal(1)), "inch": ("in", Decimal(1)), "miles": ("mi", Decimal(1)), "mile": ("mi", Decimal(1)), "km": ("km", Decimal(1)),
    "mb": ("MB", Decimal(1)), "gb": ("MB", Decimal(1000)), "kb": ("MB", Decimal("0.001")),
    "points": ("point", Decimal(1)), "point": ("point", Decimal(1)), "pts": ("point", Decimal(1)), "punkte": ("point", Decimal(1)),
}  # fmt: skip
_MEASURE = re.compile(
    rf"(?<![\w.,$£€])(?P<low>{_NUMBER})(?:\s?(?:-|–|to)\s?(?P<high>{_NUMBER}))?[\s-]?(?P<unit>{'|'.join(sorted(_MEASURES, key=lambda item: (-len(item), item)))})\b",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
    r"|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_DATE = re.compile(
    rf"(?<![\w.])(?:\d{{1,2}}(?:st|nd|rd|th|\.)?(?:\s(?:of|de))?\s(?:{_MONTHS})\b\.?(?:,?\s(?:de\s)?(?:19|20)\d\d)?|(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!:\d)(?:,?\s(?:19|20)\d\d)?|"
    rf"(?:{_MONTHS})\.?,?\s(?:19|20)\d\d|\d{{4}}-\d\d-\d\d(?:T[\d:]+Z?)?|\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d(?!\d)|(?<![\d$£€,])(?:19[5-9]|20[0-4])\d(?![\d.,]\d|%|\s?(?:points|days|items)))",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.,$£€/#-])(?:{_DIGITS})(?![\w%])|\b(?:{words.PATTERN})\b(?!-)", re.IGNORECASE)
_BARE_DIGITS = re.compile(rf"(?<![\w.,$£€/#-])(?:{_DIGITS})(?![\w%])")
_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:\bat least|\bminimum(?: of| order of)?|\bno less than|\bnot less than|\bfrom|\bstarting (?:at|from)|\bab|\bmindestens|\bau moins|\bà partir de|\bal menos|\ba partir de|\bdesde|≥)\s*(?:only\s|just\s)?\Z", re.IGNORECASE), "min"),
    (re.compile(r"(?:\bmore than|\bover|\babove|\bexceed(?:s|ing)?|\bolder than|\büber|\bplus de|\bmás de|\bsuperior(?:es)? a|>)\s*\Z", re.IGNORECASE), "over"),
    (re.compile(r"(?:\bless than|\bunder|\bbelow|\bfewer than|\byounger than|\bunter|\bmoins de|\bmenos de|\binferieure? à|<)\s*(?:the age of\s)?\Z", re.IGNORECASE), "under"),
    (re.compile(r"(?:\bup to|\bwithin|\bno more than|\bnot more than|\bno later than|\bno longer than|\bmaximum(?: of)?|\bmax\.?|\bat most|\binnerhalb(?: von)?|\bbinnen|\bbis zu|\bmaximal|\bhöchstens|\bdans (?:les|un délai de)|\bsous|\bjusqu['’]à|\bdentro de|\bhasta|\ben un plazo de|≤)\s*(?:the first\s|a maximum of\s|the\s|an?\s|only\s|just\s|los\s|un plazo de\s)?\Z", re.IGNORECASE), "max"),
    (re.compile(r"(?:\babout|\baround|\bapprox(?:imately|\.)?|\broughly|\btypically|\busually|\bca\.|\betwa|\benviron|\bunos|~)\s*\Z", re.IGNORECASE), "about"),
)  # fmt: skip
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (
        re.compile(
            r"\s?(?:or (?:more|above|over|older|longer|higher|greater)|\+|and (?:over|above|up|older)|minimum|oder mehr|et plus|o más|ou plus)(?!\w)",
            re.IGNORECASE,
        ),
        "min",
    ),
    (
        re.compile(
            r"\s?(?:or (?:less|fewer|under|below|younger|sooner)|maximum|max\b|oder weniger|ou moins|o menos)(?!\w)",
            re.IGNORECASE,
        ),
        "max",
    ),
)


# Amounts read from one text; a sentence holds far fewer.
MOST = 200


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: `low` and `high` in `unit` (`None`, `None` and unit `unlimited`: without end).

    Units: `day`, `business_day` or `hour` … are normalised to `day` or `business_day` for durations; ISO 4217 or `$`
    for money; `percent`; `minute` of the day for times; `kg`, `lb`, … for measures; empty for bare numbers.
    `said` is the unit as written (`hour`, `month`), `calendar` that calendar days were said outright.
    """

    kind: Kind
    low: Decimal | None
    high: Decimal | None
    unit: str
    start: int
    end: int
    bound: Bound = ""
    said: str = ""
    calendar: bool = False


def number(text: str) -> Decimal | None:
    """The value of a number in digits (English or continental separators) or in words."""
    spoken = words.value(text)
    if spoken is not None:
        return Decimal(spoken)
    raw = re.sub(r"[ ’']", "", text)
    comma, dot = raw.rfind(","), raw.rfind(".")
    if comma >= 0 and dot >= 0:
        raw = raw.replace(",", "") if dot > comma else raw.replace(".", "").replace(",", ".")
    elif comma >= 0:
        raw = (
            raw.replace(",", "")
            if (len(raw) - comma == 4 and raw[:1] != "0") or raw.count(",") > 1
            else raw.replace(",", ".")
        )
    elif dot >= 0 and (raw.count(".") > 1 or (len(raw) - dot == 4 and raw[:1] != "0")):
        raw = raw.replace(".", "")
    try:
        return Decimal(raw)
    except InvalidOperation:
        return None


@lru_cache(maxsize=100_000)
def find(text: str, currency: str = "$") -> tuple[Quantity, ...]:
    """Every quantity of a text, in order, none overlapping. `currency` is what a bare `$` stands for."""
    digits = _DIGIT.search(text) is not None
    spoken = any(word in words.WORDS for word in _LETTERS.findall(text.lower()))
    timed = _DURATION_HINT.search(text) is not None
    if not (digits or spoken or timed or _TIME_HINT.search(text) or _PERCENT_HINT.search(text)):
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []

    def add(quantity: Quantity) -> None:
        if len(found) >= MOST or any(quantity.start < end and start < quantity.end for start, end in taken):
            return
        taken.append((quantity.start, quantity.end))
        found.append(quantity)

    for quantity in _dates(text) if digits else ():
        add(quantity)
    if timed:
        for quantity in _durations(text):
            add(quantity)
    if _MONEY_HINT.search(text):
        for quantity in _money(text, currency):
            add(quantity)
    for match in _PERCENT.finditer(text) if _PERCENT_HINT.search(text) else ():
        low = Decimal(50) if match["half"] else number(match["low"])
        high = number(match["high"]) if match["high"] else low
        add(_quantity("percent", low, high, "percent", text, match.start(), match.end()))
    for match in _TIME.finditer(text) if _TIME_HINT.search(text) else ():
        minutes = _minutes(match)
        if minutes is not None:
            add(Quantity("time", Decimal(minutes), Decimal(minutes), "minute", match.start(), match.end()))
    for match in _MEASURE.finditer(text) if digits or (spoken and _MEASURE_HINT.search(text)) else ():
        unit, factor = _MEASURES[match["unit"].lower()]
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else low
        if low is not None and high is not None:
            add(_quantity("measure", low * factor, high * factor, unit, text, match.start(), match.end()))
    for match in (_BARE if spoken else _BARE_DIGITS).finditer(text) if digits or spoken else ():
        low = number(match.group())
        add(_quantity("number", low, low, "", text, match.start(), match.end()))
    return tuple(
        sorted(
            (item for item in found if item.unit == "unlimited" or item.kind == "date" or item.low is not None),
            key=lambda item: item.start,
        )
    )


_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_MEASURE_HINT = re.compile(r"point|pts|punkte|kg|kilo|gram|lb|oz|ounce|cm|mm|inch|mile|km|mb|gb|kb", re.IGNORECASE)


_DURATION_HINT = re.compile(
    r"(?:day|tag|jour|d[ií]a|night|nächt|week|wk|woch|semain|semana|month|mth|mos\b|monat|mois|mes\b|meses|year|yr|jahr|\bans?\b|ann[ée]e|año|hour|hr|stunde|std|heure|hora|minut|min\b|mins\b|sec|sek|fortnight|overnight|\d\s?[dhw]\b|expir|indefinite|forever|life|no time|no end|never|not|n['’]t|unlimited|verf|unbegrenzt|caduc|giorn|\bdag|\bdni\b|dzie|settiman|weken|veck|\bug[er]|\buker|tygod|\bmes[ie]|mês|maand|månad|måned|miesi|\bann[io]\b|\banos?\b|jaar|jaren|\bår\b|\blata?\b|\bor[ae]\b|\buur|uren|timm|timer|godzin|werkdag|dage\b)",
    re.IGNORECASE,
)
_MONEY_HINT = re.compile(
    rf"[$£€¥₹₩]|\b(?:{_CODES})(?![a-z])|dollar|euro|pound|quid|bucks|dólar|zł|(?<=\d)(?:usd|gbp|eur)",
    re.IGNORECASE,
)
_PERCENT_HINT = re.compile(r"%|per\s?cent|prozent|pour cent|por ciento|half|halben", re.IGNORECASE)
_TIME_HINT = re.compile(
    r"\d\s?[ap]\.?\s?m|\d[:.h]\d\d|uhr|noon|midday|midnight|mittag|mitternacht|midi|minuit|mediod|medianoche",
    re.IGNORECASE,
)


def _dates(text: str) -> list[Quantity]:
    return [Quantity("date", None, None, "date", match.start(), match.end()) for match in _DATE.finditer(text)]


def _durations(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for pattern, value, unit in _IDIOMS:
        for match in pattern.finditer(text):
            said = unit or _unit(match["unit"])
            days = value if said == "business_day" else value * DAYS[said]
            found.append(
                _quantity(
                    "duration",
                    days,
                    days,
                    "business_day" if said == "business_day" else "day",
                    text,
                    match.start(),
                    match.end(),
                    said=said,
                )
            )
    for match in _DURATION_RANGE.finditer(text):
        low, high = number(match["low"]), number(match["high"])
        first, second = _unit(match["u1"]), _unit(match["unit"])
        if low is None or high is None or first not in DAYS or second not in DAYS:
            continue
        found.append(
            _quantity(
                "duration", low * DAYS[first], high * DAYS[second], "day", text, match.start(), match.end(), said=second
            )
        )
    for match in _DURATION.finditer(text):
        raw = match["low"]
        spoken = match["again"] or raw
        low = Decimal(1) if spoken.lower() in words.ARTICLES else number(spoken)
        high = number(match["high"]) if match["high"] else low
        if low is None or high is None:
            continue
        unit = _unit(match["unit"])
        if len(match["unit"]) == 1 and (
            raw.lower() in words.ARTICLES or match["unit"].isupper() or match["unit"] == "w"
        ):
            continue
        adjective = match["adjective"] or match["after"] or ""
        business = bool(re.fullmatch(_BUSINESS, adjective, re.IGNORECASE)) and adjective.lower() != "week"
        calendar = (
            adjective.lower() in ("calendar", "naturales", "corridos")
            or adjective.lower().startswith("calendaire")
            or unit == "calendar_day"
        )
        bound: Bound | None = "min" if match["plus"] else None
        if unit == "calendar_day":
            unit = "day"
        if unit == "business_day" or (business and unit in ("day", "hour")):
            factor = Decimal(1) if unit != "hour" else Decimal(1) / 24
            found.append(
                _quantity(
                    "duration",
                    low * factor,
                    high * factor,
                    "business_day",
                    text,
                    match.start(),
                    match.end(),
                    said="business_day",
                    bound=bound,
                )
            )
        else:
            found.append(
                _quantity(
                    "duration",
                    low * DAYS[unit],
                    high * DAYS[unit],
                    "day",
                    text,
                    match.start(),
                    match.end(),
                    said=unit,
                    calendar=calendar,
                    bound=bound,
                )
            )
    for match in _UNLIMITED.finditer(text):
        found.append(Quantity("duration", None, None, "unlimited", match.start(), match.end(), said="unlimited"))
    return found


def _money(text: str, currency: str) -> list[Quantity]:
    found = []
    for match in _MONEY.finditer(text):
        symbol = (match["c1"] or match["s1"] or match["s2"]).lower().replace("u.s.", "us")
        code = CURRENCIES.get(symbol) or CURRENCIES.get(symbol.rstrip("s")) or CURRENCIES.get(symbol + "s") or "$"
        raw = match["n1"] or match["n2"]
        raw2 = match["n1b"] or match["n2b"]
        low = number(raw)
        high = number(raw2) if raw2 else low
        if low is None or high is None:
            continue
        scale = _SCALES.get((match["scale"] or match["scale1"] or "").lower(), 1)
        low, high = low * scale, high * scale
        found.append(_quantity("money", low, high, currency if code == "$" else code, text, match.start(), match.end()))
    return found


def _minutes(match: re.Match[str]) -> int | None:
    if match["word"]:
        word = match["word"].lower().removeprefix("12").strip()
        return 720 if word.startswith(("noon", "midd", "mittag", "midi", "mediod")) else 1440
    if match["hour"]:
        hour = int(match["hour"])
        if not 1 <= hour <= 12:
            return None
        return (hour % 12 + (12 if match["half"][0].lower() == "p" else 0)) * 60 + int(match["minute"] or 0)
    if match["huhr"]:
        return int(match["huhr"]) * 60
    return int(match["h24"]) * 60 + int(match["m24"])


def _unit(word: str) -> str:
    for pattern, unit in _UNIT_OF:
        if pattern.match(word):
            return unit
    return "day"


def _quantity(
    kind: Kind,
    low: Decimal | None,
    high: Decimal | None,
    unit: str,
    text: str,
    start: int,
    end: int,
    *,
    said: str = "",
    calendar: bool = False,
    bound: Bound | None = None,
) -> Quantity:
    low, high = _plain(low), _plain(high)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Quantity(
        kind, low, high, unit, start, end, _bound(text, start, end) if bound is None else bound, said, calendar
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Rounded to a millionth, so that 60 minutes and one hour are equal, and without idle zeros."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else round(value, 6).normalize()


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - 32) : start]
    for pattern, bound in _BEFORE:
        if pattern.search(before):
            return bound
    for pattern, bound in _AFTER:
        if pattern.match(text, end):
            return bound
    return ""


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same amount: months and years are allowed their average lengths, business
    days the weekends between them."""
    return same_values((a.low, a.high, a.unit), (b.low, b.high, b.unit))


def same_values(a: tuple[Decimal | None, Decimal | None, str], b: tuple[Decimal | None, Decimal | None, str]) -> bool:
    """`same` on (low, high, unit)."""
    if a[2] == b[2]:
        return close(a[0], b[0], a[2]) and close(a[1], b[1], a[2])
    if {a[2], b[2]} == {"day", "business_day"}:
        business, calendar = (a, b) if a[2] == "business_day" else (b, a)
        return _spans(business[0], calendar[0]) and _spans(business[1], calendar[1])
    return False


def close(a: Decimal | None, b: Decimal | None, unit: str | None) -> bool:
    """Equal; days also if both are a month and more and within the spread of month lengths (3.5 %)."""
    if a is None or b is None:
        return a is b
    if a == b:
        return True
    low, high = min(a, b), max(a, b)
    whole = low == low.to_integral_value() and high == high.to_integral_value()
    return unit == "day" and not whole and low >= 27 and (high - low) <= high * Decimal("0.035")


def _spans(business: Decimal | None, calendar: Decimal | None) -> bool:
    """n business days last between n and n + 2 x ceil(n / 5) calendar days."""
    if business is None or calendar is None:
        return business is calendar
    weekends = 2 * -(-business // 5)
    return business <= calendar <= business + weekends
