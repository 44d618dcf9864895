"""What tells two statements apart when most of their words agree: denial, opposites, words that carry no content."""

from __future__ import annotations

import re

from kbaudit.text.stem import fold, stem

FUNCTION = frozenset(
    """a an the this that these those and or but if then so as of at by for from in into on onto to with within about
    over under after before between during through up down out off is are was were be been being am do does did done
    doing have has had having will would can could shall should may might must it its they them their theirs he him his
    she her hers we us our ours you your yours i me my mine who whom whose which what when where why how there here than
    too very also just such same other another each some both either own while because since until unless although
    though however therefore thus hence yet still even again per via etc not no nor never none neither without cannot
    t s re ve ll d m please
    der die das den dem des ein eine einen einem einer eines und oder aber wenn als auf in im an am bei mit nach von vom
    zu zum zur fur ist sind war wird werden wurde kann konnen muss mussen soll haben hat sie wir ihr ihre ihren unser
    unsere es er dass auch nur noch schon so wie was wer wo nicht kein keine keinen nie ohne bitte
    le la les un une des du de et ou mais si que qui quoi dont ou en dans sur sous par pour avec sans ne pas jamais est
    sont etre a ont avoir sera nous vous ils elles il elle on votre vos notre nos leur leurs ce cette ces se sa son ses
    el los las uno una unos unas y o pero si que quien cual en con por para sin no nunca es son ser estar esta estan ha
    han haber sera nosotros usted ustedes su sus nuestro nuestra nuestros se lo al del""".split()
)
# Words that frame a statement and say nothing about its subject.
FRAME = frozenset(
    """yes sure okay great good happy glad sorry thank thanks hello hi hey welcome help information info detail details
    question additionally furthermore moreover finally first also overall generally currently document article page
    customer customers""".split()
)
# A sentence that begins so speaks of what was named before it.
PRONOUNS = frozenset(
    "it they this these that those he she es sie er diese dieser dieses il elle ils ce cela ellos esto".split()
)
DENIAL = re.compile(
    r"\b(?:not|never|no|none|neither|nor|without|cannot|unable|nothing|nobody|nowhere|isnt|arent|dont|doesnt|cant"
    r"|wont|non"
    r"|nicht|kein(?:e[nmrs]?)?|nie(?:mals)?|ohne|ne|n['’]|pas|jamais|aucune?|sans|nunca|ninguna?|sin)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
# "not only", "no later than", "no more than", "no matter", "no problem", "do not hesitate": no denial of what follows.
NO_DENIAL = re.compile(
    r"\b(?:not only|no (?:later|more|less|fewer|longer) than|not (?:more|less|fewer|later) than|no matter|no problem"
    r"|(?:no|without(?: any)?) (?:extra |additional |further |added )?(?:costs?|charges?|fees?|obligations?"
    r"|commitments?)"
    r"|no-(?:cost|obligation|commitment|fee)|not (?:just|merely|simply)|no longer|no doubt|no wonder|nothing (?:but"
    r"|less)"
    r"|no worries|(?:not|n['’]t|never) (?:hesitate|worry|miss|forget|wait|fear)|whether or not|if not|nicht nur"
    r"|zögern sie nicht|pas seulement"
    r"|no solo|no s[oó]lo)\b",
    re.IGNORECASE,
)
# Words by which a sentence denies without a denial: what it limits, ends or rules out.
IMPLIED_DENIAL = re.compile(
    r"\b(?:only|except\w*|exclu\w+|final|free|stop(?:s|ped)?|end(?:s|ed)?|refus\w+|prohibit\w*|forbid\w*|banned"
    r"|discontinued|lacks?|fails?|declin\w+|reject\w*|waive[ds]?|avoid\w*|instead|until|unless|sold out|limited to"
    r"|(?:un|in)(?:available|eligible|able|valid|possible|like\w+)|impossible|non-?\w{4,}|non|rarely|hardly|barely|few"
    r"|nur|au(?:ß|ss)er|kostenlos|gratis|ausgeschlossen|seulement|uniquement|gratuit\w*|exclu\w*|sauf|s[oó]lo"
    r"|solamente|excepto|salvo)\b",
    re.IGNORECASE,
)
# A statement about a text or its speakers, not about their subject: no source says that of itself.
ABOUT_TEXT = re.compile(
    r"^\W*(?:(?:the|this|that|our) (?:\w+ )?(?:document|article|page|guide|text|conversation|discussion|podcast|email"
    r"|message|speaker|author|host|writer|narrator|group|presenter|interviewer|guest)s?\b"
    r"|(?:they|he|she|it) (?:also |then |briefly )*(?:discuss|talk|express|mention|describe|assess|explain|debate|share"
    r"|comment|reflect|outline|note|argue|emphasi[sz]e|highlight|provide an overview|cover)(?:s|es|d|ed)?\b)",
    re.IGNORECASE,
)
# The denial reaches this far: a clause's end, or this many words that carry content.
REACH = 4
CLAUSE_END = re.compile(r"[,;:()]|\b(?:but|unless|except|however|because|aber|sondern|mais|pero|sino)\b", re.IGNORECASE)

_OPPOSITES = """
accept/reject accept/refuse accept/decline allow/forbid allow/prohibit allow/ban allow/prevent permit/forbid
permit/prohibit always/never all/none before/after above/below more/less more/fewer most/least increase/decrease
increase/reduce rise/fall rise/drop rise/decline grow/shrink raise/lower raise/cut gain/lose win/lose success/failure
succeed/fail high/low higher/lower long/short longer/shorter long-term/short-term large/small larger/smaller big/small
bigger/smaller major/minor maximum/minimum max/min early/late earlier/later first/last start/end begin/end open/close
opening/closing opened/unopened open/shut include/exclude including/excluding inclusive/exclusive with/without
free/paid free/charged refundable/non-refundable returnable/non-returnable eligible/ineligible available/unavailable
possible/impossible able/unable valid/invalid required/optional mandatory/optional mandatory/voluntary
public/private internal/external inside/outside indoor/outdoor online/offline in-store/online domestic/international
local/international local/remote national/international full/partial complete/incomplete whole/partial
permanent/temporary same/different similar/different old/new older/newer young/old younger/older modern/outdated
new/used worn/unworn buy/sell purchase/sell send/receive give/take lend/borrow import/export arrive/depart
enter/leave enter/exit join/leave hire/fire employ/dismiss add/remove enable/disable activate/deactivate lock/unlock
accelerate/slow fast/slow faster/slower quick/slow easy/difficult easy/hard simple/complex simple/complicated
strong/weak stronger/weaker hot/cold warm/cold wet/dry light/heavy light/dark bright/dark hard/soft rough/smooth
safe/dangerous safe/unsafe rich/poor cheap/expensive affordable/expensive good/bad better/worse best/worst
positive/negative support/oppose approve/reject approve/deny confirm/deny agree/disagree like/dislike love/hate
praise/criticize praise/criticise friend/enemy ally/enemy peace/war victory/defeat attack/defend innocent/guilty
male/female man/woman men/women boy/girl husband/wife father/mother son/daughter
brother/sister specific/generic vivid/vague secretly/publicly secretly/openly crucial/irrelevant
important/irrelevant essential/unnecessary spur/hinder streamline/hinder help/hinder recommend/condemn
elevated/deflated inflate/deflate accidental/deliberate accidentally/deliberately win/lose
legal/illegal lawful/unlawful true/false real/fake right/wrong correct/incorrect correct/wrong direct/indirect
direct/roundabout directly/indirectly active/inactive active/passive alive/dead live/die born/die north/south
east/west northern/southern eastern/western left/right top/bottom upper/lower front/back forward/backward
ascend/descend up/down day/night morning/evening am/pm weekday/weekend summer/winter spring/autumn spring/fall
daily/weekly weekly/monthly monthly/yearly monthly/annual hour/minute day/week week/month month/year many/few
majority/minority often/rarely frequently/rarely usually/rarely common/rare popular/unpopular familiar/unfamiliar
known/unknown likely/unlikely certain/uncertain confident/doubtful optimistic/pessimistic happy/sad calm/anxious
united/divided single/married single/multiple marry/divorce individual/group personalized/generic personal/generic
custom/standard manual/automatic manually/automatically sender/recipient seller/buyer employer/employee teacher/student
prepaid/postpaid unlimited/limited deny/allow ban/unban overpriced/affordable
improve/worsen strengthen/weaken expand/contract expand/shrink encourage/discourage attract/repel hope/fear
profit/loss surplus/deficit supply/demand advantage/disadvantage benefit/drawback asset/liability credit/debit
deposit/withdrawal lead/follow ahead/behind present/absent appear/disappear remember/forget keep/discard save/spend
save/waste create/destroy build/destroy construct/demolish superior/inferior perfect/worst comprehensive/partial
free/chargeable instant/delayed immediately/eventually promptly/slowly visible/hidden honest/dishonest
kostenlos/kostenpflichtig mit/ohne vor/nach immer/nie maximal/mindestens mehr/weniger verfügbar/ausverkauft
gratuit/payant avec/sans avant/après toujours/jamais plus/moins minimum/maximum ouvert/fermé
gratis/pago antes/después siempre/nunca más/menos mínimo/máximo abierto/cerrado
"""


def _table() -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for pair in _OPPOSITES.split():
        left, right = pair.split("/")
        for a, b in ((left, right), (right, left)):
            pairs.setdefault(key(a), set()).add(key(b))
    return {word: frozenset(others) for word, others in pairs.items()}


def key(word: str) -> str:
    """The form in which single words are compared; hyphenated words stay whole."""
    return "-".join(stem(fold(part)) for part in word.split("-"))


OPPOSITES = _table()
_PREFIXES = ("un", "non-", "non", "in", "im", "ir", "il", "dis", "de")


def opposite(a: str, b: str) -> bool:
    """Whether two keys are opposites: by the table, or one is the other with a prefix that denies."""
    if b in OPPOSITES.get(a, ()):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in _PREFIXES)


# Verbs and adjectives of so many senses that their opposite elsewhere says nothing.
LIGHT = frozenset(key(word) for word in "give take keep lead follow like miss hard light right left new used".split())
ORDINALS = tuple("first second third fourth fifth sixth seventh eighth ninth tenth".split())
SCALES = {
    "k": 3, "thousand": 3, "thousands": 3, "tausend": 3, "mille": 3, "mil": 3, "m": 6, "mn": 6, "mio": 6, "million": 6,
    "millions": 6, "millionen": 6, "millones": 6, "bn": 9, "b": 9, "billion": 9, "billions": 9, "milliarden": 9,
    "trillion": 12, "trillions": 12,
}  # fmt: skip
