"""Redaction on generated messages in four languages: recall by type, the customer's own name and address, precision.

    python -m bench.quality.redaction [--show]

Every message puts one identifier into a sentence around it; identifiers are generated with right check digits. Precision
is measured on the same sentences: what else was redacted, and on sentences full of innocent numbers and capitals.
"""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from bench.quality.figures import ratio, share, verdict
from kbaudit.text.redact import Redactor

LANGUAGES = ("en", "de", "fr", "es")
EACH = 60
NAMES = {
    "en": ("Oliver Hartwell", "Priya Ramachandran", "Siobhan O'Connell", "Li Wu", "Mary-Jane Holloway", "Will Marsh"),
    "de": ("Jürgen Großmann", "Änne Müller-Lüdenscheid", "Bjørn Köhler", "Sören Weiß", "Käthe von Bülow"),
    "fr": ("Éloïse Lefèvre", "François d'Aubigné", "Zoé Bélanger", "Jean-Noël Crépin", "Léa Œuvrard"),
    "es": ("José Ángel Núñez", "María de la Peña", "Begoña Ibáñez", "Iñaki Zubizarreta", "Raúl Gómez Cañas"),
}
STREETS = {
    "en": ("{n} Maple Grove Road", "{n} W 42nd Street, Apt 5B", "{n} Old Mill Lane, Bristol BS1 4ND", "{n} Ocean Blvd, Miami, FL 33139"),
    "de": ("Lindenstraße {n}", "Am Alten Markt {n}, 50667 Köln", "Goethestr. {n}a", "Karl-Marx-Allee {n}, 10178 Berlin"),
    "fr": ("{n} rue des Lilas", "{n} bis avenue Victor Hugo, 69003 Lyon", "{n}, boulevard Saint-Michel, 75005 Paris", "{n} chemin du Moulin"),
    "es": ("Calle Mayor {n}", "Avenida de la Constitución, {n}, 41001 Sevilla", "Paseo de Gracia {n}, 3º B", "C/ Alcalá {n}, 28014 Madrid"),
}  # fmt: skip
FRAMES = {
    "en": ("Hi, {x} is what I have.", "Please use {x} for this", "It says {x} on my screen, is that right?", "here you go: {x}"),
    "de": ("Hallo, {x} steht bei mir.", "Bitte nehmen Sie {x} dafür", "Auf dem Bildschirm steht {x}, stimmt das?", "hier: {x}"),
    "fr": ("Bonjour, {x} est ce que j'ai.", "Merci d'utiliser {x} pour cela", "Je vois {x} à l'écran, c'est juste ?", "voici : {x}"),
    "es": ("Hola, {x} es lo que tengo.", "Usen {x} para esto, por favor", "En la pantalla pone {x}, ¿es correcto?", "aquí está: {x}"),
}  # fmt: skip
CUES = {
    "order": {"en": "my order number is {x}", "de": "meine Bestellnummer ist {x}", "fr": "mon numéro de commande est {x}", "es": "mi número de pedido es {x}"},
    "phone": {"en": "call me at {x}", "de": "Telefon: {x}", "fr": "mon téléphone : {x}", "es": "mi teléfono es {x}"},
    "tracking": {"en": "tracking number {x}", "de": "Sendungsnummer {x}", "fr": "numéro de suivi {x}", "es": "número de seguimiento {x}"},
    "postcode": {"en": "my zip code is {x}", "de": "PLZ {x}", "fr": "code postal {x}", "es": "código postal {x}"},
    "address": {"en": "I live at {x}.", "de": "Ich wohne in der {x}.", "fr": "J'habite {x}.", "es": "Vivo en {x}."},
    "password": {"en": "password: {x}", "de": "Passwort: {x}", "fr": "mot de passe : {x}", "es": "contraseña: {x}"},
}  # fmt: skip
# Types that are recognised by their shape alone, half of the time tried without a word that names them.
SHAPED = ("phone", "address")
INNOCENT = {
    "en": ("I paid $1,299.00 on 12/24/2026 for 2 lamps, size 42.", "Do you have the Canon EOS R5 or the iPhone 16 Pro in Black?", "Model 850-EVO with 1920x1080 px, 5000 mAh, ISO 27001.",
           "The 2025 summer sale in New York was from July 4 to July 14.", "How long is the warranty of the Harbor Lantern 300?", "I ordered 100 units in March 2026 and 12 arrived.",
           "Is SKU 4006381333931 the same as EAN 4006381333931?", "Thanks, I am Looking for a Christmas gift under 50 dollars."),
    "de": ("Ich habe am 24.12.2026 1.299,00 € für 2 Lampen bezahlt, Größe 42.", "Gibt es den Kaffeevollautomaten EQ.6 in Schwarz?", "Art.-Nr. 4006381333931 mit 230 V und 1500 W.", "Der Black Friday geht vom 27. bis 30. November 2026."),
    "fr": ("J'ai payé 1 299,00 € le 24/12/2026 pour 2 lampes, taille 42.", "Avez-vous la Peugeot 208 en Noir ?", "La version 12.4 pèse 250 g et mesure 30 x 40 cm.", "Les soldes vont du 8 janvier au 4 février 2026."),
    "es": ("Pagué 1.299,00 € el 24/12/2026 por 2 lámparas, talla 42.", "¿Tienen la silla Eames en Negro?", "El modelo 850 pesa 250 g y mide 30 x 40 cm.", "Las rebajas van del 7 de enero al 6 de marzo de 2026."),
}  # fmt: skip


def luhn(body: str) -> str:
    """A number with its check digit."""
    for digit in "0123456789":
        total = sum(
            int(d) if i % 2 == 0 else (int(d) * 2 - 9 if int(d) > 4 else int(d) * 2)
            for i, d in enumerate(reversed(body + digit))
        )
        if total % 10 == 0:
            return body + digit
    raise AssertionError


def iban(country: str, body: str) -> str:
    """An account number with its check digits."""
    number = "".join(str(int(sign, 36)) for sign in body + country + "00")
    return f"{country}{98 - int(number) % 97:02d}{body}"


def makers(chance: random.Random, language: str) -> dict[str, Callable[[], str]]:
    """A generator of identifiers a type."""

    def digits(count: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(count))

    def grouped(text: str) -> str:
        mark = chance.choice(("", " ", "-"))
        return mark.join(text[at : at + 4] for at in range(0, len(text), 4))

    def phone() -> str:
        national = {
            "en": lambda: chance.choice((f"({chance.choice(('415', '212', '503'))}) {chance.randint(200, 899)}-{digits(4)}", f"+1 415 {chance.randint(200, 899)} {digits(4)}", f"+44 20 7{digits(3)} {digits(4)}", f"07{chance.choice('4578')}{digits(2)} {digits(6)}", f"415-{chance.randint(200, 899)}-{digits(4)}")),
            "de": lambda: chance.choice((f"+49 30 {digits(7)}", f"0171 {chance.randint(1000000, 9999999)}", f"030/{chance.randint(1000000, 9999999)}", f"+49 (0)89 {digits(6)}")),
            "fr": lambda: chance.choice((f"06 {digits(2)} {digits(2)} {digits(2)} {digits(2)}", f"+33 6 {digits(2)} {digits(2)} {digits(2)} {digits(2)}", f"01.4{digits(1)}.{digits(2)}.{digits(2)}.{digits(2)}")),
            "es": lambda: chance.choice((f"6{digits(2)} {digits(3)} {digits(3)}", f"+34 6{digits(2)} {digits(2)} {digits(2)} {digits(2)}", f"91 {digits(3)} {digits(2)} {digits(2)}")),
        }  # fmt: skip
        return national[language]()

    codes = {
        "en": lambda: chance.choice(
            (
                f"{chance.randint(10000, 99950)}",
                f"SW{chance.randint(1, 9)}A {chance.randint(1, 9)}AA",
                f"K1A {chance.randint(0, 9)}B1",
            )
        ),
        "de": lambda: f"{chance.randint(10000, 99998)}",
        "fr": lambda: f"{chance.randint(1000, 95999):05d}",
        "es": lambda: f"{chance.randint(1001, 52999):05d}",
    }
    return {
        "email": lambda: f"{chance.choice(('anna', 'k.smith', 'info-2', 'ze_ro'))}{digits(2)}@{chance.choice(('example.com', 'mail.example.org', 'web-haus.de', 'exemple.fr'))}",
        "card": lambda: grouped(luhn(chance.choice(("4", "5", "6")) + digits(14))),
        "iban": lambda: grouped(chance.choice((iban("DE", digits(18)), iban("FR", digits(23)), iban("ES", digits(20)), iban("GB", "WEST" + digits(14))))).replace("-", " "),
        "ip": lambda: chance.choice((f"{chance.randint(11, 223)}.{chance.randint(0, 255)}.{chance.randint(0, 255)}.{chance.randint(1, 254)}", f"2001:db8:{digits(3)}::{digits(3)}")),
        "order": lambda: chance.choice((f"#{digits(6)}", f"{digits(8)}", f"AB-{digits(6)}", f"{digits(3)}-{digits(7)}-{digits(7)}")),
        "phone": phone,
        "tracking": lambda: chance.choice((f"1Z{digits(3)}AA1{digits(10)}", f"RR{digits(9)}DE", f"JJD0{digits(15)}", f"{digits(12)}", f"9400 1{digits(3)} {digits(4)} {digits(4)} {digits(4)} {digits(2)}")),
        "postcode": codes[language],
        "address": lambda: chance.choice(STREETS[language]).format(n=chance.randint(1, 199)),
        "password": lambda: f"{chance.choice(('Sommer', 'hunter', 'p4ss'))}{digits(3)}!x",
        "key": lambda: chance.choice((f"sk_live_{digits(4)}abcDEF{digits(14)}", f"AKIA{''.join(chance.choice('ABCDEFGHJKLMNPQR') for _ in range(16))}", f"ghp_{digits(6)}abcdefghijklmnopqrstuvwxyz{digits(4)}")),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit status 1 if a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    options = parser.parse_args(arguments)
    seen: Counter[str] = Counter()
    kept: dict[str, list[str]] = defaultdict(list)
    right = wrong = 0
    excess: list[str] = []
    redactor = Redactor()
    for language in LANGUAGES:
        chance = random.Random(f"redaction {language}")
        for kind, make in makers(chance, language).items():
            for _ in range(EACH):
                value = make()
                frames = FRAMES[language]
                bare = kind not in CUES or (kind in SHAPED and chance.random() < 0.5)
                frame = chance.choice(frames) if bare else CUES[kind][language]
                text = frame.format(x=value)
                seen[kind] += 1
                at = text.index(value)
                spans = redactor.spans(text)
                covered = set().union(*(range(a, b) for a, b, _ in spans)) if spans else set()
                important = {at + n for n, sign in enumerate(value) if sign.isalnum()}
                if not important <= covered:
                    kept[kind].append(f"{text}  ->  {redactor(text)}")
                for a, b, _ in spans:
                    if a < at + len(value) and b > at:
                        right += 1
                    else:
                        wrong += 1
                        excess.append(f"{text[a:b]!r} in {text}")
        for text in INNOCENT[language]:
            for a, b, kind in redactor.spans(text):
                wrong += 1
                excess.append(f"{text[a:b]!r} as {kind} in {text}")
    own_seen, own_kept = own_names(random.Random("own names"))
    total, missed = sum(seen.values()), sum(map(len, kept.values()))
    for kind in seen:
        print(f"{kind:10s} recall {share(seen[kind] - len(kept[kind]), seen[kind])}")
    print(
        f"structured {total}: recall {share(total - missed, total)}, precision {share(right, right + wrong)}; "
        f"the customer's own name and address: {share(own_seen - len(own_kept), own_seen)}"
    )
    if options.show:
        print(*(line for lines in kept.values() for line in lines), *own_kept, *excess, sep="\n")
    figures = {
        "recall": ratio(total - missed, total),
        "precision": ratio(right, right + wrong),
        "own_names": ratio(own_seen - len(own_kept), own_seen),
    }
    return verdict("redaction", figures)


def own_names(chance: random.Random) -> tuple[int, list[str]]:
    """The customer's own name and address in every spelling: how many, and those that were left."""
    import unicodedata

    count, left = 0, []
    for language, names in NAMES.items():
        for name in names:
            plain = "".join(s for s in unicodedata.normalize("NFKD", name) if not unicodedata.combining(s))
            email = f"{plain.split()[0].lower()}.{plain.split()[-1].lower().replace(chr(39), '')}@example.com"
            redactor = Redactor(names=[name], emails=[email])
            parts = [part for part in name.split() if len(part) > 3]
            forms = [
                name,
                name.upper(),
                name.lower(),
                plain,
                plain.lower(),
                ", ".join(reversed(name.split(" ", 1))),
                email,
                email.upper(),
            ]
            forms += [part for part in parts if part != "Will"]
            for form in forms:
                for frame in FRAMES[language]:
                    text = frame.format(x=form)
                    count += 1
                    if form.lower() in redactor(text).lower():
                        left.append(f"{text}  ->  {redactor(text)}")
    return count, left


if __name__ == "__main__":
    sys.exit(main())
