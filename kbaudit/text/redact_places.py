"""Phone numbers, street addresses and postcodes."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re
from collections.abc import Iterator

from kbaudit.model.document import Span

# Where a national number is tried, after the shop's own region.
REGIONS = ("US", "GB", "DE", "FR", "ES", "CA", "AU", "AT", "CH", "IT", "NL", "BE", "IE", "MX")
_PHONE = re.compile(
    r"(?<![\w/#.,:-])(?:\+|00)?\(?\d[\d\s().\-–/]{5,22}\d(?:\s?(?:x|ext\.?|durchwahl|poste)\s?\d{1,6})?(?![\w%€$£]|[.,:]\d|-\d)",
    re.IGNORECASE,
)
_PHONE_CUE = re.compile(
    r"(?:phone|call(?: me)?(?: back)?(?: (?:at|on))?|tel(?:efon|ephone|éfono|éphone|efono)?|mobile|cell|handy|mobil|rufnummer|(?:telefon|handy|mobil)nummer|whats ?app|sms|text me|number|numéro|numero|número|portable|móvil|movil|reach me|rückruf|appelez|llam\w+|fax)"
    r"(?:[ :.]*(?:number|no\.?|nr\.?|nummer|numéro|número|is|ist|est|es|was|on|at|unter|au|al|:|#|under|auf|me)){0,4}[\s:.(+]*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?![./-]?\d)")
_CATALOG_CUE = re.compile(
    r"\b(?:sku|ean|gtin|upc|mpn|isbn|model(?:l)?|item|article|artikel(?:nummer)?|art|part|serial|ref)\b[\s:#.\w-]{0,12}$",
    re.IGNORECASE,
)

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,24}"
_WORDS = rf"(?:{_CAP} ){{1,4}}"
_SUFFIX = r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Ter|Close|Crescent|Cres|Square|Sq|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|Grove|Gardens|Mews|Row|Walk|Hill|Alley|Loop|Pike|Route)"
_UNIT = r"(?:,? ?(?i:#|apt\.?|apartment|unit|suite|ste\.?|flat|floor|room|bldg\.?|building)\s?[\w-]{1,6})?"
_TOWN_EN = rf"(?:,? ?(?:in )?{_CAP}(?: {_CAP}){{0,2}},? ?(?:(?:[A-Z]{{2}}|{_CAP}) ?\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{{2,3}} \d{{4}}|\d{{5}}(?:-\d{{4}})?|[A-Z]{{2}}\b))?"
_TOWN_EU = rf"(?:,? ?(?:in |à |a |en )?(?:[A-Z]{{1,2}}-)?\d{{4,5}} {_CAP}(?:[ -]{_CAP}){{0,2}}(?: (?:am|an der|im|sur|de|del|la|le) {_CAP})?)?"
_STREETS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            rf"\b\d{{1,5}}[A-Za-z]?,? (?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.? )?(?:{_WORDS}|\d{{1,3}}(?:st|nd|rd|th) ){_SUFFIX}\b\.?(?: (?:N|S|E|W|NE|NW|SE|SW))?{_UNIT}{_TOWN_EN}",
            0,
        ),
        (
            rf"\b\d{{1,5}}[a-z]? (?:[a-z'’-]{{2,16}} ){{1,3}}(?:street|avenue|road|lane|drive|boulevard|blvd|crescent|parkway|terrace)\b{_UNIT}",
            re.IGNORECASE,
        ),
        (
            rf"\b\d{{1,5}}[A-Za-z]? {_CAP}(?: {_CAP}){{0,3}},? ?(?:[Aa]pt\.?|[Aa]partment|Unit|Suite|Ste\.?|Flat)\s?(?:[A-Za-z]?\d[\w-]{{0,5}}|[A-Z])\b{_TOWN_EN}",
            0,
        ),
        (r"\bP\.? ?O\.? ?Box \d{1,6}\b", re.IGNORECASE),
        (
            rf"\b(?:{_CAP}[ -]){{0,3}}[\w'’-]{{2,30}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|chaussee|steig|stieg|graben|markt|ring|hof|berg|kai) ?\d{{1,4}} ?[a-zA-Z]?\b(?:[-/]\d{{1,4}})?{_TOWN_EU}",
            0,
        ),
        (
            rf"\b{_CAP}(?:[ -]{_CAP}){{0,3}}[ -](?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer) \d{{1,4}} ?[a-zA-Z]?\b{_TOWN_EU}",
            0,
        ),
        (
            rf"\b(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Unter den|Zum|Zur|Hinter der|Vor dem|Alte|Neue|Alter|Neuer) {_CAP}(?: {_CAP})? \d{{1,4}} ?[a-z]?\b{_TOWN_EU}",
            0,
        ),
        (
            rf"\b\d{{1,4}}(?: ?(?:bis|ter|quater|[A-D]))?,? ?(?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|allée|impasse|quai|cours|route|square|passage|voie|villa|résidence|sentier|faubourg)(?: (?:de la|de l['’]|du|des|de|d['’]|la|le|les|l['’]|saint|sainte))?[ ]?(?:[\w'’.-]{{2,24}}[ -]?){{1,4}}?(?=[,.;!?\n]|$| (?:à|et|pour|est|,)|\s\d{{5}}\b){_TOWN_EU}",
            re.IGNORECASE,
        ),
        (
            rf"\b(?:calle|c/|avenida|avda\.?|av\.|paseo|pº|plaza|pza\.?|camino|carretera|ctra\.?|ronda|travesía|travesia|glorieta|urbanización)\s?(?:de la |de los |de las |del |de |la |el |los |las )?(?:[\w'’.-]{{2,24}} ?){{1,4}}?,? ?(?:n[ºo°]\.? ?|número |núm\.? )?\d{{1,4}}\b(?:,? ?\d{{1,2}}[ºª°]?(?: ?(?:[A-Z]|izq\.?|dcha\.?|izquierda|derecha))?\b)?{_TOWN_EU}",
            re.IGNORECASE,
        ),
    )
)
_POSTCODES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})\b",
            0,
        ),
        (r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d\b", 0),
        (
            r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?\b",
            0,
        ),
    )
)
_POST_CUE = re.compile(
    r"\b(?:post ?code|postal code|zip(?: ?code)?|plz|postleitzahl|code postal|c[oó]digo postal|c\.?p\.?)\b(?:\s+(?:is|ist|lautet|est|es|:|=)){0,2}[\s:=]{0,3}(?P<value>[A-Z0-9](?:[A-Z0-9 -]{1,8}[A-Z0-9]))\b",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:(?:wohne(?:n)?|adresse|anschrift|liefer\w*|nach|in|habite|livr\w+|à|vivo|env[ií]\w+|direcci[oó]n|a)\b[^.!?\n]{0,25}?\s)(?P<value>(?:D-|A-|CH-|F-|E-)?\d{4,5} [A-ZÀ-ÖØ-Þ][\w-]{2,24})"
)


# In one text, or one window of a long one: nobody writes more numbers of which none is named.
MOST_TRIED = 20


def phones(text: str, region: str = "US") -> Iterator[Span]:
    """Phone numbers: international, or valid in the shop's region or in one of the common ones, or named so.

    The validity of `MOST_TRIED` numbers is looked up, which is dear; what follows them is taken for phone numbers.
    """
    import phonenumbers

    tried = 0
    for match in _PHONE.finditer(text):
        start, end = match.start(), match.end()
        raw = match[0].rstrip(" (.-–/")
        end = start + len(raw)
        digits = sum(sign.isdigit() for sign in raw)
        if not 7 <= digits <= 20 or _DATE.match(raw.strip()):
            continue
        if _CATALOG_CUE.search(text, max(0, start - 30), start):
            continue
        cue = _PHONE_CUE.search(text[max(0, start - 50) : start]) is not None
        foreign = raw.startswith(("+", "00"))
        if cue or foreign:
            yield start, end
            continue
        if digits < 8 and not re.search(r"\d{3}[-. ]\d{4}$", raw):
            continue
        tried += 1
        if tried > MOST_TRIED:
            yield start, end
            continue
        for place in dict.fromkeys((region, *REGIONS)):
            try:
                number = phonenumbers.parse(raw, place)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                yield start, end
                break


# A word that streets are called by, near a number: only around it the patterns are tried, so that no text takes long.
_STREET_HINT = re.compile(
    r"stra(?:ß|ss)e|str\.|(?:weg|platz|allee|gasse|damm|ufer|chaussee|steig|stieg|graben|markt|ring|hof|berg|kai)\b|\b(?:am|an|auf|im|in|unter|zum|zur|hinter|vor|alte|neue|alter|neuer) [A-ZÄÖÜ]"
    r"|\b(?:street|st|avenue|ave?|road|rd|lane|ln|drive|dr|boulevard|blvd?|court|ct|place|pl|way|terrace|ter|close|cres(?:cent)?|square|sq|highway|hwy|parkway|pkwy|circle|cir|trail|trl|grove|gardens|mews|row|walk|hill|alley|loop|pike|route|box|apt|apartment|unit|suite|flat)\b"
    r"|\b(?:rue|chemin|impasse|quai|cours|passage|voie|villa|sentier|faubourg|r[ée]sidence|all[ée]e|calle|c/|avenida|avda|paseo|plaza|pza|camino|carretera|ctra|ronda|traves[íi]a|glorieta|urbanizaci[óo]n)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 70, 120


def streets(text: str) -> Iterator[Span]:
    """Street addresses with a house number, with what follows of the town."""
    end = -1
    windows: list[Span] = []
    for hint in _STREET_HINT.finditer(text):
        start, stop = max(0, hint.start() - _BEFORE), min(len(text), hint.end() + _AFTER)
        if windows and start <= end and stop - windows[-1][0] <= 3 * (_BEFORE + _AFTER):
            windows[-1] = (windows[-1][0], stop)
        else:
            windows.append((start, stop))
        end = stop
    for start, stop in windows:
        part = text[start:stop]
        if not any(sign.isdigit() for sign in part):
            continue
        for pattern in _STREETS:
            for match in pattern.finditer(part):
                yield start + match.start(), start + match.start() + len(match[0].rstrip(" ,"))


def postcodes(text: str) -> Iterator[Span]:
    """Postcodes whose shape is unmistakable, and any that is named so or follows an address word."""
    for pattern in _POSTCODES:
        for match in pattern.finditer(text):
            yield match.span()
    for match in _POST_CUE.finditer(text):
        value = match["value"]
        words = [word for word in value.split() if any(sign.isdigit() for sign in word)]
        if words:
            start = match.start("value") + value.index(words[0])
            last = value.rindex(words[-1]) + len(words[-1])
            yield start, match.start("value") + last
    for match in _CITY.finditer(text):
        yield match.span("value")
