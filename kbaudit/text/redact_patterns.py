"""What identifies a person, an order or an account by its shape: one finder a type, each yielding spans of the text.

Finders are deterministic and bounded (no nested repetition over the same signs). A number that could be several things
is claimed by the first finder in `FINDERS`.
"""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kbaudit.model.document import Span

Finder = Callable[[str], Iterator[Span]]

_SECRET = re.compile(
    r"-----BEGIN [A-Z ]{3,30}-----(?:.{0,8000}?-----END [A-Z ]{3,30}-----|.{0,8000})"
    r"|\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][A-Za-z0-9_-]{10,200}|\bsk-[A-Za-z0-9_-]{20,200}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_\w{20,255}|\bglpat-[\w-]{16,100}|\bxox[abprs]-[A-Za-z0-9-]{10,200}|\bAIza[\w-]{30,60}"
    r"|\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{24,64}|\bSG\.[\w-]{16,64}\.[\w-]{16,128}|\bkba_[\w-]{16,128}"
    r"|\beyJ[\w-]{8,4000}\.[\w-]{8,4000}(?:\.[\w-]{0,4000})?",
    re.DOTALL,
)
_SECRET_CUE = re.compile(
    r"\b(?:pass(?:word|code|wort|phrase)?|pwd|kennwort|mot de passe|contrase(?:ñ|n)a|clave|api[ _-]?key|secret(?: key)?|access[ _-]?token|token|bearer|pin(?:[ -]?code)?|cvv2?|cvc2?|otp|security code|prüfziffer)"
    r"(?:\s+(?:is|was|ist|lautet|war|est|es|number|code|:|=)){0,2}\s*[:=]?\s*[\"'“]?(?P<value>[^\s\"'“”,;]{3,200})",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\s?(?:@|\(at\)|\[at\]|＠)\s?(?:[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?)){1,6}[^\W\d_]{2,24}\b",
    re.IGNORECASE,
)
_EMAIL_SPOKEN = re.compile(
    r"\b[\w.+-]{2,64} at [\w-]{2,40} dot (?:com|net|org|de|fr|es|uk|io|co|edu)\b(?: dot [a-z]{2})?", re.IGNORECASE
)
_CARD = re.compile(r"(?<![\w.])\d(?:[ .\-–]?\d){12,18}(?![\w])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)
_VERSION = re.compile(r"(?:\bv|version|firmware|release|build|ios|android|update)\s*$", re.IGNORECASE)
_TRACKING = re.compile(
    r"\b1Z ?(?:[0-9A-Z] ?){15}[0-9A-Z]\b|\b[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}\b|\b9[1-5]\d{2}(?: ?\d{4}){4}(?: ?\d{2})?\b|\bTBA\d{10,12}\b|\bJJ?D\d{14,20}\b|\bJVGL\d{8,20}\b"
    r"|\bCM\d{9}[A-Z]{2}\b|\b(?:GM|LX|RX|CP)\d{10,20}\b|\bH\d{16,20}\b|\bT\d[A-Z]\d{10}\b",
    re.IGNORECASE,
)
_TRACKING_CUE = re.compile(
    r"\b(?:track(?:ing)?|shipment|sendungs(?:verfolgung|nummer|nr)?|paketnummer|suivi|colis|seguimiento|env[ií]o|rastreo|waybill|awb|consignment|dhl|ups|usps|fedex|dpd|gls|hermes|colissimo|chronopost|correos|seur)"
    r"(?:[ -]?(?:number|numbers|no\.?|nr\.?|nummer|id|code|num[ée]ro|n[°ºo]\.?|n[uú]mero|de|du|ist|is|est|es|was|mein|my|the|:|#)){0,5}[\s:#]{1,3}(?P<value>[A-Z0-9][A-Z0-9 -]{6,34}[A-Z0-9])\b",
    re.IGNORECASE,
)
_ORDER_CUE = re.compile(
    r"\b(?P<noun>order|orders|purchase|invoice|ticket|case|booking|reservation|account|customer|member(?:ship)?|client|rma|return|refund|reference|ref|confirmation|transaction|receipt|subscription|contract|username|user|po"
    r"|bestell(?:ung|ungen|nummer|nr)?|auftrag(?:snummer|s)?|rechnung(?:snummer|s)?|kunden(?:nummer|konto|nr)?|vorgang(?:snummer)?|referenz(?:nummer)?|vertrag(?:snummer)?"
    r"|commande|facture|client|r[ée]f[ée]rence|dossier|contrat|r[ée]servation|pedido|factura|cliente|referencia|compra|contrato|reserva)"
    r"(?P<link>(?:[ -]?(?:numbers?|num|no\.?|nr\.?|nummer|id|ids|code|num[ée]ro|n[°ºo]\.?|n[uú]mero|n[uú]m\.?|ist|is|lautet|est|es|was|de|del|du|:|#|=|\()){0,5})[\s:#=(]{0,3}(?P<value>[A-Z0-9#][A-Z0-9/_#-]{2,30})",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?<![\w&])#\s?(?=[A-Z0-9-]{0,12}\d{3})[A-Z0-9][A-Z0-9-]{2,24}\b", re.IGNORECASE)
_CODED = re.compile(r"\b(?:[A-Z]{2,6}[-_]){1,2}\d{4,}(?:[-_][A-Z0-9]{1,8}){0,3}\b|\b\d{3}-\d{7}-\d{7}\b")
_CATALOG = re.compile(
    r"\b(?:sku|ean|gtin|upc|mpn|isbn|asin|model(?:l)?|style|item|article|artikel(?:nummer)?|art\.?|part|product|produkt|produit|produkto|producto|serial|version|r[ée]f\. produit|mod[èe]le|modelo)(?:[ -]?(?:numbers?|no\.?|nr\.?|nummer|id|code|num[ée]ro|n[°º]|n[uú]mero|is|:|#)){0,3}[\s:#.-]*$",
    re.IGNORECASE,
)
_MONEY_AFTER = re.compile(
    r"\s?(?:€|\$|£|usd|eur|gbp|dollars?|euros?|pounds?|%|kg|g|ml|l|cm|mm|m|km|mah|w|v|gb|tb|px|dpi|lbs?|oz|inch|points?|punkte)\b|\s?[€$£%]",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w.,€$£-])\d{9,30}(?![\w]|[.,]\d)")
_DIGIT = re.compile(r"\d")


def secrets(text: str) -> Iterator[Span]:
    """Keys, tokens, passwords and card check numbers: dropped at the door."""
    for match in _SECRET.finditer(text):
        yield match.span()
    for match in _SECRET_CUE.finditer(text):
        value = match["value"].rstrip(".!?)")
        cue = match[0].lower()
        strong = re.search(r"[:=]\s*[\"'“]?$", text[match.start() : match.start("value")]) is not None
        mixed = bool(_DIGIT.search(value)) and not value.startswith("[")
        if (
            mixed
            and (strong or re.search(r"[^\W\d_]", value) or cue.startswith(("pin", "cvv", "cvc", "otp", "security")))
        ) or (
            strong
            and cue.startswith(("pass", "pwd", "kennwort", "mot", "contra", "api", "secret", "bearer"))
            and len(value) >= 4
        ):
            yield match.start("value"), match.start("value") + len(value)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with (at) and (dot)."""
    if "@" in text or "＠" in text or "at" in text.lower():
        for pattern in (_EMAIL, _EMAIL_SPOKEN):
            for match in pattern.finditer(text):
                yield match.span()


def luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        number = int(sign)
        if place % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0


def cards(text: str) -> Iterator[Span]:
    """Payment cards: 13 to 19 digits, grouped or not, with a right check digit."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if (
            digits[0] in "23456"
            and luhn(digits)
            and len(set(digits)) > 1
            and not _CATALOG.search(text, 0, match.start())
        ):
            yield match.span()


def ibans(text: str) -> Iterator[Span]:
    """Bank accounts: ISO 13616, right by mod 97, or named so."""
    for match in _IBAN.finditer(text):
        end = match.end()
        while end - match.start() >= 15:
            plain = re.sub(r"[ -]", "", text[match.start() : end]).upper()
            if _mod97(plain):
                yield match.start(), end
                break
            cut = max(text.rfind(" ", match.start(), end), text.rfind("-", match.start(), end))
            if cut <= match.start():
                break
            end = cut
        else:
            end = match.start()
        if not _mod97(re.sub(r"[ -]", "", text[match.start() : end]).upper()) and re.search(
            r"\biban\b.{0,20}$", text[max(0, match.start() - 30) : match.start()], re.IGNORECASE
        ):
            yield match.span()


def _mod97(plain: str) -> bool:
    # No country's account has fewer figures than this; words behind a model number are right by mod 97 now and then.
    if not 15 <= len(plain) <= 34 or not plain.isascii() or not plain.isalnum() or sum(map(str.isdigit, plain)) < 8:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def addresses_of_machines(text: str) -> Iterator[Span]:
    """IPv4 and IPv6."""
    for match in _IPV4.finditer(text):
        if not _VERSION.search(text, max(0, match.start() - 12), match.start()):
            yield match.span()
    if text.count(":") >= 2:
        import ipaddress

        for match in _IPV6.finditer(text):
            try:
                ipaddress.IPv6Address(match[0])
            except ValueError:
                continue
            if len(match[0]) >= 6 and any(sign.isalnum() for sign in match[0]):
                yield match.span()


def tracking(text: str) -> Iterator[Span]:
    """Shipment numbers by the carriers' shapes, or named so."""
    for match in _TRACKING.finditer(text):
        if _DIGIT.search(match[0]):
            yield match.span()
    for match in _TRACKING_CUE.finditer(text):
        value = _digits_run(match["value"])
        if value and sum(sign.isdigit() for sign in value) >= 6:
            start = match.start("value") + match["value"].index(value)
            yield start, start + len(value)


def _digits_run(value: str) -> str:
    """The leading words of a value that hold digits: "1234 5678 and more" gives "1234 5678"."""
    words: list[str] = []
    for word in value.split(" "):
        if _DIGIT.search(word):
            words.append(word)
        elif words:
            break
    return " ".join(words)


def orders(text: str) -> Iterator[Span]:
    """Order, invoice, ticket and customer numbers that are named so, or written with # or a prefix."""
    for match in _ORDER_CUE.finditer(text):
        value = match["value"].rstrip("-/_#")
        digits = sum(sign.isdigit() for sign in value)
        named = (
            bool(
                re.search(
                    r"number|num|no\b|nr|nummer|id|code|num[ée]ro|n[°º]|#|:|=|n[uú]mero",
                    match["link"] + text[match.end("link") : match.start("value")],
                    re.IGNORECASE,
                )
            )
            or value.startswith("#")
            or bool(re.search(r"nummer|nr$", match["noun"], re.IGNORECASE))
        )
        if digits < (2 if named else 4) or (not named and digits == 4 and re.fullmatch(r"(?:19|20)\d\d", value)):
            continue
        if _MONEY_AFTER.match(text, match.start("value") + len(value)):
            continue
        yield match.start("value"), match.start("value") + len(value)
    for pattern in (_HASH, _CODED):
        for match in pattern.finditer(text):
            if not _CATALOG.search(text, max(0, match.start() - 40), match.start()):
                yield match.span()


def long_numbers(text: str) -> Iterator[Span]:
    """A bare run of nine digits or more names an account, an order or a person, whatever its shape."""
    for match in _LONG.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _CATALOG.search(before) and not _MONEY_AFTER.match(text, match.end()):
            yield match.span()
