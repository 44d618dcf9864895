"""Names of products as texts write them: comparable words, and the shorter names that a title answers to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kbaudit.model.product import Product
from kbaudit.text.stem import fold

WORD = re.compile(r"\d+[.,]\d+(?![\w])|[^\W_]+(?:['’][^\W_]+)?\+*")
# What parts a model's name from its variant or its description in a title.
SEPARATOR = re.compile(r"\s+[-–—|/]\s+|\s*[,;|(\[]\s*|\s*:\s+")
# Words that name a variant's attribute rather than its value.
ATTRIBUTES = frozenset(
    """color colour size material style finish capacity length width height type pack variant option version
    edition""".split()
)
STOP = frozenset("the a an of for and or with in by from to our your".split())
# A word after a name that makes it the name of something else of the same family.
SIBLINGS = frozenset(
    """pro max plus mini lite ultra xl xxl ii iii iv air se deluxe premium junior jr kids compact nano duo ti super gen
    mk""".split()
)
# A noun after a name that makes it the name of something that belongs to the product.
ACCESSORIES = frozenset(
    """accessory adapter app armband attachment bag band base basket battery belt blade bottle bracket brush bulb bundle
    cable canister cap capsule card carrier cartridge case charger clamp clip collar controller cord cover cradle
    cushion dock dongle driver ear earpad extension fabric filter firmware foot frame grip guide handle head helmet
    hinge holder holster hook hose insert insole instruction insurance key kit lace lid liner magnet manual mat
    mattress mount nozzle pad part pedal pillow plug pod poster pouch protection protector rack refill remote
    replacement ring rod screen seal set gift shade sheet shelf skin sleeve sole sponge stand strap subscription tip
    topper tray tripod upgrade valve wall warranty wheel wick wiper spare glass topping cleaner""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its comparable form and where it stands. `capital`: written with a capital or a digit."""

    form: str
    start: int
    end: int
    capital: bool


@lru_cache(maxsize=131_072)
def form(word: str) -> str:
    """The comparable form of one word: folded, singular, without a possessive."""
    plain = fold(word)
    if plain[:1].isdigit() and "," in plain:
        return plain.replace(",", ".")
    for ending in ("'s", "’s", "s'", "s’"):
        if plain.endswith(ending):
            plain = plain[: -len(ending)]
            break
    if any(sign.isdigit() for sign in plain):
        return plain
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith(("ches", "shes", "sses", "xes")):
        return plain[:-2]
    if len(plain) > 3 and plain[-1] == "s" and plain[-2] not in "sui":
        return plain[:-1]
    return plain


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]` in order."""
    stop = len(text) if end is None else end
    found = []
    for match in WORD.finditer(text, start, stop):
        token = match.group()
        found.append(Word(form(token), match.start(), match.end(), token[0].isupper() or token[0].isdigit()))
    return found


def forms(text: str) -> tuple[str, ...]:
    """The comparable words of a name."""
    return tuple(form(match.group()) for match in WORD.finditer(text))


def segments(title: str) -> list[str]:
    """The parts of a title between its separators: the model first, variants and descriptions after."""
    return [part for part in (piece.strip(" )]") for piece in SEPARATOR.split(title)) if part]


def common_prefix(names: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The words that all names begin with, attribute words at the end left out."""
    first, last = min(names), max(names)
    length = 0
    for a, b in zip(first, last, strict=False):
        if a != b:
            break
        length += 1
    prefix = first[:length]
    while prefix and prefix[-1] in ATTRIBUTES | STOP:
        prefix = prefix[:-1]
    return prefix


def aliases(product: Product, group: tuple[str, ...] | None) -> dict[tuple[str, ...], int]:
    """The names a product answers to, with their rank: 0 its title, 1 its title with or without the brand,
    2 its model without the variant (`group`: what the titles of its item group begin with)."""
    title = forms(product.title)
    brand = forms(product.brand) if product.brand else ()
    found: dict[tuple[str, ...], int] = {}

    def add(name: tuple[str, ...], rank: int) -> None:
        if name and found.get(name, 9) > rank:
            found[name] = rank

    def with_brand(name: tuple[str, ...], rank: int) -> None:
        add(name, rank)
        if not brand:
            return
        if name[: len(brand)] == brand:
            short = name[len(brand) :]
            if len(short) > 1 or (short and any(sign.isdigit() for sign in short[0]) and len(short[0]) > 3):
                add(short, max(rank, 1))
                add(short + brand, max(rank, 1))
        elif not any(name[i : i + len(brand)] == brand for i in range(len(name))):
            add(brand + name, max(rank, 1))
            add(name + brand, max(rank, 1))
            add((*name, "by", *brand), max(rank, 1))

    with_brand(title, 0)
    parts = segments(product.title)
    if len(parts) > 1:
        head = forms(parts[0])
        if head and head != brand:
            with_brand(head, 2)
        for i in range(2, len(parts)):
            add(forms(" ".join(parts[:i])), 2)
    if group:
        with_brand(group, 2)
    return found


def has_phrase(name: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """`phrase` stands in `name` as a run."""
    return any(name[i : i + len(phrase)] == phrase for i in range(len(name) - len(phrase) + 1))


def gaps(found: list[Word]) -> list[int]:
    """How many signs part each word from the next."""
    return [b.start - a.end for a, b in pairwise(found)]
