"""Names and values that a sentence gives, against those of a record: who is what, colours, materials, "only"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbaudit.facts.records import Attribute
from kbaudit.facts.records_claim import Contradiction, named
from kbaudit.facts.support import is_name
from kbaudit.facts.support_text import Sentence, is_denying, sentence
from kbaudit.text.stem import fold, stem

_I = re.IGNORECASE
ONLY = re.compile(r"\bonly\b(?! (?:one|if|when|after|ever)\b)", _I)
SAME = re.compile(r"\b(?:by|for) the (?:very )?same (?:person|man|woman|individual|people|company|studio|label)\b", _I)
APART = re.compile(r"\bby (?:two )?different (?:people|persons|men|women|individuals|companies)\b", _I)
_COLOURS = (
    "black white red green blue yellow orange purple violet pink brown grey gray silver gold beige navy teal"
    " turquoise cream ivory khaki olive maroon bronze copper"
)
_MATERIALS = (
    "cotton wool silk linen polyester nylon leather suede denim cashmere acrylic steel aluminium aluminum titanium"
    " brass copper wood oak pine bamboo plastic glass ceramic porcelain rubber "
    "down fleece merino canvas velvet bamboo hemp viscose elastane"
)  # fmt: skip
CLASSES = {
    "color": frozenset(stem(word) for word in _COLOURS.split()),
    "material": frozenset(stem(word) for word in _MATERIALS.split()),
}
CLASS_KEYS = {
    "color": frozenset(stem(word) for word in "color colors colour colours".split()),
    "material": frozenset(stem(word) for word in "material materials fabric made shell upper composition".split()),
}


def roles(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Directed by" holds other names than the one that the claim gives, which stands under another key."""
    if is_denying(claim.text) or re.search(r"\b(?:and|or|with|before|after|than)\b", claim.text, _I):
        return None
    subject = {
        word.stem for item in record if item.key.lower() in ("title", "name") for word in sentence(item.text).words
    }
    names = [word for word in claim.words if is_name(word, claim) and word.stem not in subject and len(word.text) > 2]
    if not names or len(names) > 3:
        return None
    for attribute, at in named(claim, record):
        if not re.search(
            r"\b(?:by|director|producer|writer|author|president|minister|governor|mayor|manager|owner|coach|artist"
            r"|designer|brand|manufacturer|maker)\b",
            attribute.key,
            _I,
        ):
            continue
        held = sentence(attribute.text).stems
        if any(word.stem in held for word in names):
            continue
        elsewhere = [
            item for item in record if item is not attribute and all(w.stem in sentence(item.text).stems for w in names)
        ]
        if elsewhere and abs(names[0].start - at) < 40:
            return Contradiction(
                attribute, (names[0].start, names[-1].end), claim.text[names[0].start : names[-1].end], 0.7
            )
    return None


def same(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Written and directed by the same person" where the two keys share nobody, or "by different people" where they
    hold the same."""
    same, apart = SAME.search(claim.text), APART.search(claim.text)
    match = same or apart
    if match is None or is_denying(claim.text):
        return None
    meant = [attribute for attribute, at in named(claim, record) if at < match.start()]
    if len(meant) != 2:
        return None
    names = [frozenset(re.sub(r"\W+", " ", fold(value)).strip() for value in attribute.values) for attribute in meant]
    if (same and not names[0] & names[1]) or (apart and names[0] == names[1]):
        return Contradiction(meant[0], match.span(), match.group(), 0.75)
    return None


def classes(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """A colour or a material that is none of those that the record lists."""
    denying = is_denying(claim.text)
    for name, members in CLASSES.items():
        attribute = next((item for item in record if item.words & CLASS_KEYS[name]), None)
        if attribute is None:
            continue
        held = sentence(attribute.text).stems
        if not held & members:
            continue
        titles = {
            stem for item in record if item.key.lower() in ("title", "name") for stem in sentence(item.text).stems
        }
        said = [word for word in claim.words if word.stem in members and word.stem not in titles]
        wrong = [word for word in said if word.stem not in held]
        if wrong and len(wrong) == len(said) and not denying:
            return Contradiction(attribute, (wrong[0].start, wrong[0].end), wrong[0].text, 0.75)
    return None


def only(claim: Sentence, record: Sequence[Attribute]) -> Contradiction | None:
    """ "Only French" where French is one of several."""
    match = ONLY.search(claim.text)
    if match is None or is_denying(claim.text):
        return None
    behind = [word for word in claim.words if word.start >= match.end()][:4]
    meant = {id(attribute) for attribute, _ in named(claim, record)}
    for attribute in record:
        if len(attribute.values) < 2 or id(attribute) not in meant:
            continue
        chosen = [
            value
            for value in attribute.values
            if sentence(value).stems & {word.stem for word in behind if word.content}
        ]
        if len(chosen) == 1:
            return Contradiction(attribute, match.span(), claim.text[match.start() : behind[-1].end], 0.7)
    return None
