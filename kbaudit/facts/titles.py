"""A customer's question as the title of an article, or as the name of a group of questions."""

from __future__ import annotations

import re

from kbaudit.text.asks import bare, content, essence, explicit, pleasantry
from kbaudit.text.asks_words import PLACEHOLDER, QUESTION
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

# Smileys and manners around a question, which no title needs.
_MANNERS = re.compile(
    r"(?:[:;]-?[()DPp]|<3|[\U0001F300-\U0001FAFF\u2600-\u27BF])"
    r"|\b(?:can you help(?: me)?|any help|please|pls|plz|thanks?|thank you|thx|good (?:morning|evening|afternoon)|"
    r"hello|hi|hey)\b[\s,!?.:]*",
    re.IGNORECASE,
)
# A summary that an agent wrote of a case: its questions are indirect.
_SUMMARY = re.compile(r"^(?:the )?(?:client|customer|caller|user|shopper)\b", re.IGNORECASE)
# What such a summary says of the customer and not of the ask.
_OF_CUSTOMER = re.compile(
    r"^(?:were|was|are|is|has|have|had)\s+(?=\w+(?:ing|ed|n)\b)"
    r"|\s+(?:that |which )?(?:they|he|she)(?:['’]re| were| are| was| is)\s+"
    r"(?:interested in|considering|thinking (?:of|about)|looking (?:at|for)|planning (?:to|on))"
    r"(?:\s+(?:purchas|buy|order|gett?)(?:ing|e)?\b)?",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:if|whether)\s+((?:(?:the|their|his|her|its|a|an|that|this|these|those)\s+)*)$", re.IGNORECASE
)
# Where a long title may end.
_CLAUSE = re.compile(
    r"\s*(?:[,;:–—]|\s-)\s+|\s+(?=(?:and|but|because|as|so|since|when|while|which|even though|after|before|preventing|"
    r"und|aber|weil|wenn|da|et|mais|car|quand|y|pero|porque|cuando)\b)",
    re.IGNORECASE,
)
SHORTEST = 18
# Words before the ask: "ok so …", "for you - …", and whose ask it is in a summary written by an agent.
_BEFORE = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|and|but|also|just|um+|uh|right|now)\b[\s,:–—-]+"
    r"|(?:(?:a )?question )?for you(?: (?:guys|all|team))?\s*[,:–—-]+\s*"
    r"|(?:i don['’]?t know|no idea|not sure)\b[^,.;?!]*,\s*"
    r"|(?:the )?(?:client|customer|caller|user|shopper)(?:['’]s|s['’]| (?:is|was|has been|had been))\s+"
    r"|(?:to|their|his|her|the|that|about)\s+(?=\w+ \w+))+",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    rf"(?:\b(?:is|of|for|from|to|by|with|at|no|nr|number|name|#)[\s.:]*)*(?:{PLACEHOLDER.pattern})", re.IGNORECASE
)
# What may end a statement although it cannot end a phrase: "to wear in", "comes off".
_PARTICLES = frozenset("in on off out up over auf aus an".split())
# What a phrase or a statement cannot end with.
DANGLING = frozenset(
    """a an the of for with without to onto into from by at in on off as than and or but if when while because that
    which who whose my our your their his her this these those every each any some no so too very more most
    less left between under over after before about until till during through via is are was were be been
    being do does did have has had can could will would should may might must get gets got go goes come comes
    keep keeps make makes der die das den dem ein eine mit ohne fur von zu zum zur auf aus bei und oder wenn
    le la les un une des du de et ou avec sans pour sur dans el los las una y o con sin para por en del al""".split()
)


def titled(question: str, limit: int = 90) -> str:
    """A customer's question as a title: its sentence that asks, without greeting, thanks, placeholders and lead-in,
    with a capital, and with a question mark if it is a question."""
    text = _BEFORE.sub("", _cleaned(_asking(question)))
    text = _BEFORE.sub("", essence(text).strip(" ,;:–—-")).strip(" ,;:–—-.")
    indirect = _SUMMARY.match(question.strip()) is not None
    if indirect:
        start = question.find(text)
        asked = _WHETHER.search(question[: max(start, 0)])
        text = _OF_CUSTOMER.sub("", text)
        if asked is not None:
            text = f"whether {asked[1]}{text}"
    last = re.split(r"[,;:–—]\s+|\s-\s", fold(text).replace("’", "'"))[-1]
    asks = text.endswith("?") or (
        not indirect and "." not in text and any(map(QUESTION.match, (fold(text).replace("’", "'"), last)))
    )
    text = text.rstrip("?!. ,;:–—-")
    if not asks and fold(text).rsplit(" ", 1)[-1] not in _PARTICLES:
        text = undangled(text)
    if not content(text):
        return clip(question, limit)
    mark = "?" if asks else ""
    return clip(capital(_within(text, limit - len(mark))) + mark, limit)


def _within(text: str, limit: int) -> str:
    """A text that is too long without its last clauses, if enough is left."""
    if len(text) <= limit:
        return text
    ends = [found.start() for found in _CLAUSE.finditer(text) if SHORTEST <= found.start() <= limit]
    return undangled(text[: ends[-1]]) if ends else text


def _asking(question: str) -> str:
    """The sentence that asks, else the one that says most."""
    parts = [question[start:end] for start, end in split(question)] or [question]
    kept = [part for part in parts if not pleasantry(part)] or parts
    return max(kept, key=lambda part: (explicit(part), len(content(_cleaned(part)))))


def _cleaned(text: str) -> str:
    """Without manners, smileys, and placeholders with what leads up to them ("order [order number]" → "order")."""
    plain = re.sub(
        rf"(?:\b(?:is|of|for|from|to|by|with|at|no|nr|number|name|#)[\s.:]*)*(?:{PLACEHOLDER.pattern})", " ", bare(text)
    )
    return " ".join(_MANNERS.sub(" ", plain).split()).strip(" ,;:–—-")


def undangled(text: str) -> str:
    """The text without words at its end that want another word behind them."""
    words = text.split()
    while len(words) > 1 and fold(words[-1].strip(",;:")) in DANGLING:
        words.pop()
    return " ".join(words).rstrip(" ,;:")


def capital(text: str) -> str:
    """With a capital at the beginning, unless the first word has its own ("eSIM", "iPhone")."""
    first = text.split(" ", 1)[0]
    return text if any(sign.isupper() for sign in first) else text[:1].upper() + text[1:]


def clip(text: str, length: int) -> str:
    """One line of at most so many signs."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
