"""Which sentences of an AI answer state something that an article or the catalog could bear out or contradict?

Greetings, apologies, offers, questions back, what the agent does or did, and what concerns one order only are no
claims. Instructions are weak claims: they can contradict an article, but their absence from it is no fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kbaudit.facts.support_text import Sentence, sentence
from kbaudit.model.document import Span
from kbaudit.text.sentences import split

Strength = Literal["statement", "instruction"]
_I = re.IGNORECASE

NO_ANSWER = re.compile(
    r"\b(?:(?:do(?:es)? not|don['’]t|doesn['’]t|did not|didn['’]t|could not|couldn['’]t|can(?:not|['’]t)|unable to"
    r"|was(?:n['’]t| not) able to)"
    r"\s(?:\w+\s){0,3}?(?:have|find|locate|see|know|answer|help|access|provide)\b(?:\s\w+){0,4}\s?(?:information|info"
    r"|details?|answer|data|anything|that|this|it|about)"
    r"|no (?:information|info|article|answer|data)\b|not sure (?:about|whether|if|what|how)\b|outside (?:of )?(?:my"
    r"|what i)"
    r"|keine (?:informationen|angaben)|leider nicht|pas d['’]informations?|no (?:tengo|dispongo de) informaci[oó]n)",
    _I,
)
TALK = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|thanks?|thank you|sorry|apologies"
    r"|i apologi[sz]e|my apologies|great|perfect|of course"
    r"|you['’]?re welcome|no problem|happy to|glad|welcome|have a (?:great|nice|good)|best regards|kind regards"
    r"|cheers|let me|allow me|please let (?:me|us) know"
    r"|let (?:me|us) know|feel free|don['’]t hesitate|do not hesitate|is there anything|anything else|hope (?:this"
    r"|that)|i hope|take care|bye"
    r"|hallo|guten (?:tag|morgen|abend)|vielen dank|danke|gerne?|entschuldigung|es tut mir leid|bonjour|bonsoir|merci"
    r"|d[ée]sol[ée]|je suis d[ée]sol|n['’]h[ée]sitez pas"
    r"|hola|gracias|lo siento|buenos d[ií]as|no dude)\b",
    _I,
)
SELF = re.compile(
    r"^\W*(?:(?:so|and|but|then|now|okay|ok|sure|yes|no|in the meantime|meanwhile|unfortunately|however)[,\s]+)?"
    r"(?:i|i['’](?:m|ve|ll|d)|my|ich|je|j['’]\w+|yo|me)\b(?!\s(?:can confirm|confirm|understand that our)\b)",
    _I,
)
CONFIRM = re.compile(
    r"^\W*(?:yes|no|sure|okay|ok|absolutely|certainly|correct|that['’]s (?:right|correct)|ja|nein|oui|non|s[ií])"
    r"\s?(?:[,.!:;–-]+\s*|$)(?:(?:and|but)\s)?|^\W*(?:yes|sure)\s(?=(?:we|you|our|the|it|they)\b)"
    r"|^\W*i can confirm (?:that )?",
    _I,
)
OFFER = re.compile(
    r"\b(?:would you like|do you (?:want|need)|shall i|should i|can you (?:tell|share|confirm|provide|send|give)"
    r"|could you (?:please )?(?:tell|share|confirm|provide|send|give)"
    r"|connect(?:ing)? you (?:with|to)|transfer(?:ring)? you|hand(?:ing)? (?:you|this) over|pass(?:ing)? (?:you|this"
    r"|it) (?:on|over|along)|forward(?:ing|ed)? (?:you|this|it|your)|escalat\w+|a (?:colleague|human|teammate"
    r"|specialist)|member of (?:our|the) team"
    r"|möchten sie|soll ich|voulez-vous|souhaitez-vous|desea|quiere que)\b",
    _I,
)
# What only the shop's order system knows.
ONE_ORDER = re.compile(
    r"\b(?:your|the|this) (?:\w+ )?(?:orders?|packages?|parcels?|shipments?|refunds?|deliver(?:y|ies)|accounts?"
    r"|returns?|payments?|subscription|cases?|tickets?|requests?|replacements?|exchange|invoice|labels?|cards?|items?"
    r"|cancellation)"
    r"(?: (?:no\.?|number|id)? ?[#\w-]*\d[\w-]*)?\s(?:(?:is|are) (?:now |currently |already |still |being |on (?:its"
    r"|the) way|out for|scheduled|confirmed|marked|showing|delayed|complete|in transit|ready)|has |have |had |was "
    r"|were |shows?\b|left\b|arrived\b|shipped\b|went\b|appears?\b|seems?\b|got\b)"
    r"|\b(?:tracking (?:number|link|shows|says|info)|order (?:no\.?|number|id)?\s?#?\d|\btracking\b.*\b(?:shows|says))"
    r"|\b(?:today|tomorrow|yesterday|tonight|this (?:morning|afternoon|evening|week)|just now|a moment ago"
    r"|earlier today|last (?:night|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
    r"|\[[A-Za-z_ -]{2,24}\]|\b(?:we|we['’]ve|we have|our team (?:has|have)) (?:just |already |now )?(?:received"
    r"|shipped|sent|processed|refunded|issued|cancelled|canceled|updated|looked|checked|found|noted|logged|reset"
    r"|applied|credited)\b"
    r"|\byou (?:ordered|bought|purchased|placed|received|returned|paid|were charged|mentioned|asked|wrote|said)\b",
    _I,
)
HEDGE = re.compile(
    r"\b(?:probably|perhaps|maybe|possibly|i (?:think|believe|guess|assume)|it seems|might be able|wahrscheinlich"
    r"|vielleicht|peut-être|quiz[aá]s)\b",
    _I,
)
IMPERATIVE = re.compile(
    r"^\W*(?:(?:then|next|first|also)[,\s]+)?(?:please|bitte|veuillez|por favor)\b|^\W*(?:(?:please|simply|just|then"
    r"|next|first|second|finally|once \w[^,]{0,60},|if \w[^,]{0,80},|to \w[^,]{0,60},|bitte|veuillez"
    r"|por favor)[,\s]+)*"
    r"(?:go|click|tap|open|visit|check|contact|reach|email|e-mail|call|log|sign|select|choose|enter|use|follow|see"
    r"|head|navigate|scroll|press|type|fill|send|reply|attach|provide|include|make|try|remember|note|keep|place|pack"
    r"|print|drop|bring|take|add|remove|update|download|upload|refer|read|look|start|submit|review|clear|restart|wait"
    r"|allow|ensure|consider|browse|share|apply|copy|paste|confirm|verify|you (?:can|may|could) (?:also )?(?:find|see"
    r"|check|view|read|reach|contact|visit|learn|browse|start|go|track))\b",
    _I,
)
DASH = re.compile(r"\s+[–—]\s+")


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim of an answer: `text[start:end]` of the message, without a leading "Yes,"."""

    start: int
    end: int
    text: str
    strength: Strength
    hedged: bool


def has_no_answer(text: str) -> bool:
    """Whether an answer says that it has none."""
    return NO_ANSWER.search(text) is not None


def claims(text: str, language: str = "en") -> list[Stated]:
    """The checkable claims of an answer, in order."""
    found: list[Stated] = []
    for start, end in split(text):
        stated = _claim(text, (start, end), language)
        if stated is not None:
            found.append(stated)
    return found


def _claim(text: str, span: Span, language: str) -> Stated | None:
    start, end = span
    said = text[start:end]
    if said.rstrip("\"'”’) ").endswith("?") or len(said) > 1200:
        return None
    lead = CONFIRM.match(said)
    if lead and lead.end() < len(said) - 3:
        start += lead.end()
        said = text[start:end]
    elif lead:
        return None
    if TALK.match(said):
        # "Thanks for asking: returns are free." The part behind the courtesy may state something.
        cut = re.search(r"[:!–—]\s+|,\s(?=(?:our|we|the|all|every|returns?|shipping|orders?)\b)", said, _I)
        if cut is None or len(said) - cut.end() < 12:
            return None
        start += cut.end()
        said = text[start:end]
    if SELF.match(said) or OFFER.search(said) or NO_ANSWER.search(said) or ONE_ORDER.search(said):
        return None
    read = sentence(said, 0, language)
    if not _says_something(read):
        return None
    strength: Strength = "instruction" if IMPERATIVE.match(said) else "statement"
    return Stated(start, end, said, strength, HEDGE.search(said) is not None)


def _says_something(read: Sentence) -> bool:
    content = [word for word in read.content if not word.text.isdigit()]
    return len(content) >= 2 or (len(content) == 1 and bool(read.quantities))
