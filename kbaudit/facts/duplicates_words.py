"""Words that part two otherwise alike articles, and words that carry no content."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kbaudit.facts.scope import of_text
from kbaudit.text.quantities_words import WORDS
from kbaudit.text.stem import stem

if TYPE_CHECKING:
    from kbaudit.facts.duplicates_text import Passage

# What closes an article, and what stands at the foot of every page.
CLOSING = re.compile(
    r"\b(?:contact (?:us|our|the|customer|support)|get in touch|reach out|(?:any|have|further|more) questions|let us know|leave a comment|happy to help|here to help|read more|learn more|sign up|follow us|see also|click (?:here|below))\b",
    re.I,
)
FOOTER = re.compile(
    r"\b(?:need (?:more )?help|still need|still have|questions\?|have questions|contact (?:us|support)|get in touch|related (?:articles?|topics?|links?)|see also|further reading|"
    r"more (?:help|information|articles)|was this (?:article|page)|about (?:us|the (?:company|author)|"
    + r"[A-Z]\w+)|disclaimer|legal|imprint|impressum|privacy|copyright|trademarks?|terms|newsletter|"
    r"follow us|subscribe|opening hours|customer service|hilfe|kontakt|aide|contacto|next steps)\b",
    re.I,
)
LEGAL = re.compile(
    r"\b(?:disclaimer|trademarks?|all rights reserved|copyright|©|privacy (?:policy|notice)|personal data|gdpr|liab(?:le|ility)|without notice|at (?:our|its) (?:sole )?discretion|terms (?:and|&) conditions|governing law|warrant(?:s|ies) (?:of|that)|informational purposes|does not constitute)\b",
    re.I,
)
NEGATIONS = frozenset(
    "not no never non cannot without except unless only nor neither don't doesn't won't can't isn't aren't nicht kein keine nie ohne außer ne pas jamais sans sauf sin nunca salvo".split()
)
# What says no without a word for no.
REFUSING = frozenset(
    "avoid avoids avoided out off exclude excludes excluded excluding refuse refused skip leave left lack lacks differ differs vary varies free instead rather unable impossible stop vermeide vermeiden weglassen évite éviter gratis gratuit évitez evita evitar".split()
)
FUNCTION_WORDS = frozenset(
    """you your we our us the a an it its is are be been being was were to of in on at for with by from and or not no do
    does did can could will would have has had this that these those they their them there here as if when once after
    before until while so than then into onto out off over under up down about any all each every more most other same
    such only own just also too very i my me he she his her which who what how where why within without through may
    might must should shall please go goes get gets got see use using used make makes take takes put set let give gives
    want need like still yet again already always never ever both either one two three first last next new old own way
    thing things something anything lot much many few some because however therefore order orders click choose select
    enter type open lay finally directly simply der die das und ist sind ein eine sie wir ihr ihre mit auf von zu le la
    les des un une et est vous nous votre avec pour el los las del es su sus con para por que""".split()
)
# Numbers in words, as they are stemmed; "one" is an article as often as a number.
SPOKEN = frozenset(stem(word) for word in WORDS if "-" not in word and " " not in word and WORDS[word] > 1) | {
    "twice",
    "half",
    "doubl",
}
# One of each row: whoever writes about the one does not write about the other.
_OPPOSITES = """
men man mens|women woman womens ladies|kids children kid child toddlers|babies baby infants
buy purchase order|redeem|resell sell
earn collect earning|spend redeem spending
billing invoice|delivery shipping
standard|express overnight next-day same-day expedited|economy
android|iphone ios ipad|windows|mac macos|linux
domestic|international abroad overseas
missing lost|wrong incorrect|damaged broken
enable activate turn-on|disable deactivate turn-off
add added adding|remove removed removing delete deleted
upgrade|downgrade
subscribe join|unsubscribe leave
create open|delete close
pause|cancel|resume reactivate
login log-in sign-in|logout log-out sign-out
online|in-store instore
leather|suede|wool woollen|cotton|silk|linen|denim|cashmere|down
gas|electric|induction
indoor|outdoor
wired|wireless
adult adults|junior juniors
personal private|business company
monthly|yearly annual
visa|mastercard|paypal|klarna|afterpay
google|apple|facebook|amazon
exchange swap|return refund
password|username|e-mail|phone|name
single|double|queen|king
before|after
putting put fitting fit attaching attach mounting mount inserting insert installing install|taking take removing remove detaching detach dismantling dismantle uninstalling uninstall
left|right
import importing|export exporting
send sending|receive receiving
beginner beginners|advanced
in|out
"""
_ROWS: list[dict[str, int]] = [
    {word: side for side, part in enumerate(line.split("|")) for word in part.split()}
    for line in _OPPOSITES.strip().splitlines()
]
_WORD = re.compile(r"[a-zäöüéèñ]+(?:-[a-z]+)?")


@lru_cache(maxsize=50_000)
def _sides(title: str) -> tuple[frozenset[int], ...]:
    words = set(_WORD.findall(title.lower().replace("’", "").replace("'", "")))
    words |= {word.removesuffix("s") for word in words}
    return tuple(frozenset(side for word, side in row.items() if word in words) for row in _ROWS)


def opposed(left: Passage, right: Passage) -> bool:
    """The titles name different members of one row, or different regions, customers, channels or seasons."""
    for mine, theirs in zip(_sides(left.document.title), _sides(right.document.title), strict=True):
        if mine and theirs and not mine & theirs:
            return True
    a, b = dict(of_text(left.document.title).items()), dict(of_text(right.document.title).items())
    for name in ("regions", "segments", "channels", "seasons", "services"):
        if a.get(name) != b.get(name) and (name == "regions" or (a.get(name) and b.get(name))):
            return True
    return False
