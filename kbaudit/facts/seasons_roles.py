"""What a date does in its sentence: a deadline, an offer, a closure, a look back, an example …"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re

from kbaudit.model.event import DateRole

_I = re.IGNORECASE

EXAMPLE = re.compile(
    r"\bfor\s(?:example|instance)\b|\bmeans\b|\bstands\sfor\b|\bthat\sis\s$|\be\.?g\.|\bexamples?\b\s?[:(]|\bsay\syou|\blet['’]?s\ssay|\bsuppose\b|\bimagine\b|\bin\sthis\s(?:example|case)\b"
    r"|\bformat\b|\bd{2}[/.-]m{2}\b|\bm{2}[/.-]d{2}\b|\bwould\sbe\b|\b(?:type|types|typed|enter|write|writes|written|read|reads|spell|spelled|shown|fill\sin)\b[^.;]{0,30}\bdates?\b|\bday,?\s(?:then\s)?month\b|\bday\sfirst\b|\bmonth\sfirst\b",
    _I,
)
EXAMPLE_IF = re.compile(
    r"\b(?:if|when)\s(?:you|we|they|a\scustomer|your?|an|it|someone|the)\b[^.;]{0,60}\b(?:order|orders|ordered|place|placed|buy|bought|purchase|purchased|receive|received|return|book|sign|signed|subscribe|ship|ships|shipped|arrive|arrives|delivered)\b(?!\s(?:by|before|until|no\slater)\b)[^.;]{0,30}\bon\s*(?:a\s|the\s)?\(?$",
    _I,
)
PUBLISHED = re.compile(
    r"(?:\b(?:last\s|date_|_)?(?:updated?|revised|modified|edited|reviewed|published|posted|written|checked|created|changed|amended|verified|accessed|retrieved|submitted|uploaded|date[ds]?|printed)(?:\s(?:on|at|in|by))?(?:\sthe)?"
    r"|\bas\s(?:of|at)(?:\s(?:the|\w+day,?))?|\beffective(?:\s(?:date|from|since|as\sof|on|for\sorders\s\w+))?(?:\s(?:the|on|of|from))?|\bin\s(?:force|effect)\s(?:since|from|as\sof)|\bversion|\brev\.?|\brelease(?:\snotes)?|\bstand|\bentry\sinto\sforce|\b(?:errat(?:a|um)|corrections?|editions?|revisions?|printing|letters?|reports?|minutes|terms|photos?|fassung|ausgabe)\s(?:of|from|dated|vom)(?:\sthe)?|©|\(c\)|\bcopyright)"
    r"[\s:|('\"–—-]{0,4}$",
    _I,
)
_LAW = re.compile(
    r"\b(?:act|law|regulations?|directive|decree|statute|ordinance|treaty|convention|bgb|gdpr|vat\srate|code\sof|section\s\d|article\s\d|iso\s?\d)\b",
    _I,
)
_PAST = re.compile(
    r"(?<!\bare\s)(?<!\bis\s)(?<!\bbe\s)\b(?:was|were|founded|established|launched|opened|started|began|introduced|acquired|incorporated|born|merged|moved|rebranded|celebrated|happened|took\splace"
    r"|announced|reported|experienced|suffered|ended|finished|ran|reached|won|awarded|joined|signed|changed|replaced|discovered|invented|built|grew|became|gave|took|saw|knew|drew|flew|threw|drove|rose|chose|broke|spoke|sang|drank|ate|fell|wove|wore|swam|brought|kept|taught|spent|created|fixed|resolved|investigated|observed|noticed|received|sold|shipped|helped|raised|donated|thank(?:s|ed)|did|had|went|came|made|used\sto|told|said|wrote|dates\sback|originated|first\s(?:held|used|opened|sold))\b",
    _I,
)
_SINCE = re.compile(
    r"\b(?:since|back\sin|established(?:\sin)?|est\.?|founded(?:\sin)?)\s(?:the\s)?(?:\w+day,?\s)?$", _I
)
_FUTURE = re.compile(
    r"\b(?:will|shall|cannot|can['’]t|we['’]ll|you['’]ll|they['’]ll|it['’]ll|going\sto|must|should|need(?:s)?\sto|please|make\ssure|expect(?:s|ed)?|plan\sto|hope\sto|aim\sto|can|may|is\sdue|are\sdue|resum(?:e|es|ing)|reopen\w*|ends?|expires?|valid|runs?|starts?|begins?|closes?|opens?|order\sby|available)\b",
    _I,
)
_PERFECT = re.compile(
    r"\b(?:have|has|['’]ve)\s(?:been\s)?(?:extended|prolonged|moved|postponed|delayed|suspended|paused|changed|set)\b",
    _I,
)
_THINGS = (
    r"(?:orders?|items?|purchases?|products?|units?|accounts?|cards?|vouchers?|subscriptions?|policies|plans?|customers?|members?|devices?|models?"
    r"|warrant(?:y|ies)|bookings?|contracts?|requests?|returns?|gifts?|anything|everything|something|memberships?|points|tickets|pre-?orders?|parcels?|shipments?|goods"
    r"|\w{3,16}s|those|ones?|you|payments?|invoices?)"
)
COHORT = re.compile(
    rf"(?:\b{_THINGS}(?:\s(?:that|which|who|they|you|it)\s?(?:was|were|have\sbeen|had)?)?\s|^|\b(?:if|when)\s)"
    r"(?:placed|purchased|bought|ordered|made|created|shipped|manufactured|produced|issued|dated|sold|delivered|registered|signed\sup|joined|activated|received|paid|submitted|earned|dispatched|enrolled|booked|invoiced|built|released|printed|given|gifted)"
    r"(?:\s(?:online|in\s?store|with\sus|from\sus|on\sour\s(?:site|website)|through\sour\s\w+))?"
    r"(?:\s(?:on\sor\s(?:before|after)|before|after|prior\sto|since|from|until|between|during|on|up\sto|in|through|by))(?:\s(?:the|\w+day,?))?\s?$",
    _I,
)
_CONTINUES = re.compile(r"\b(?:return(?:ed|s|able)?|exchang(?:e|ed|es)|refund(?:ed|s)?|send\sback|bring\sback)\b", _I)
# "… until 31 January can be returned": the verb after the date, as in German always.
_TAKEN_BACK = re.compile(
    r"^[^.;]{0,60}\b(?:returned|exchanged|refunded|sent\sback|umgetauscht|umtauschen|zurückge\w+|zurückgeben|zurücksenden|retourniert|échang\w+|retourn\w+|rendu\w*|devol\w+|cambiar\w*|restitui\w+|geretourneerd|geruild)\b",
    _I,
)
_AGAIN = re.compile(
    r"\b(?:ships?|shipping|dispatch\w*|resum\w+|re-?open\w*|restock\w*|back(?:\sin\sstock)?|deliver\w*)\s(?:again\s|out\s|as\snormal\s|normally\s)?(?:from|on|by|starting|after)\s(?:the\s|\w+day,?\s)?$",
    _I,
)
KEEP = re.compile(
    r"\b(?:keep|keeps|remain|remains|still|continue|old|previous|earlier|original|former|legacy|are\s(?:not\s)?covered|is\s(?:not\s)?covered|does\snot\sapply|do\snot\sapply|are\ssubject\sto|carry|come\swith|have\sa|has\sa|never|not\saffected|unaffected|differ|different|apply\sto|excluded|exempt)\b",
    _I,
)
ARRIVE = re.compile(
    r"\b(?:arriv\w+|in\stime|deliver(?:ed|y)?\s(?:by|before|in|on)|get\s(?:it|them|there|to\syou)|reach(?:es)?\s(?:you|its)|ship(?:s|ped)?\s(?:by|before|out|the\ssame)|guarantee\w*|receive\s(?:it|them|your|the|in)\b|will\sbe\s(?:delivered|dispatched|shipped|sent|with\syou)|under\sthe\stree|make\sit)\b",
    _I,
)
RETURN_BY = re.compile(
    r"\b(?:return(?:ed|s|able)?|exchang(?:e|ed|es)|refund(?:ed|s)?|send\sback|sent\sback|bring\sback)\b[^.;]{0,50}\b(?:until|till?|through|thru|by|before|to|up\sto|no\slater\sthan|end\sof)(?:\sand\sincluding)?(?:\sthe)?(?:\send\sof)?\s?(?:\w+day,?\s)?$",
    _I,
)
UNTIL = re.compile(
    r"\b(?:until|till?|through|thru|by|before|bis(?:\s(?:zum|einschließlich|inklusive|spätestens))?|spätestens\s(?:am|bis)|fino\s(?:al|a|all['’])|entro\s(?:il|l['’])?|jusqu['’](?:au|à|en)|avant\sle|hasta(?:\sel)?|antes\sdel?|até(?:\sao?|\so)?|tot(?:\sen\smet)?|uiterlijk|no\slater\sthan|up\sto|up\suntil|ends?(?:\son)?|ending(?:\son)?|expir\w+(?:\son)?|valid(?:\son)?|closes?(?:\son)?|finish\w*(?:\son)?|deadline(?:\s(?:is|for)[^.]{0,30})?|cut-?off[^.]{0,20}|last\s(?:order(?:ing)?|posting|shipping|dispatch|delivery|chance|day|date|call)[^.]{0,40})"
    r"[\s:|–—(-]{0,3}(?:and\sincluding\s|is\s|den\s|dem\s|le\s|el\s|il\s|zum\s|al\s|on\s|at\s|the\s|(?:the\s)?end\sof\s|(?:end|close)\sof\s(?:the\s)?(?:business|day)\s(?:on\s)?|\d{1,2}(?::\d\d)?\s?(?:am|pm|noon|midnight)?(?:\s[a-z]{2,4})?\s?,?(?:\son\s)?|midnight\s(?:on\s|\([^)]{0,12}\)\s(?:on\s)?)?|noon\s(?:on\s)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s){0,3}$",
    _I,
)
DEADLINE = re.compile(
    r"\b(?:order(?:s|ed|ing)?\s(?:by|before|placed\sby|until|deadline|must)|deadlines?|last\s(?:order(?:ing)?|posting|shipping|dispatch|delivery|chance|day|date|call|orders?)|cut-?offs?|must\sbe\s(?:placed|received|ordered|submitted|returned|made)"
    r"|in\stime\sfor|guaranteed\s(?:delivery|by)|no\slater\sthan|final\s(?:day|date|call|orders?)|order\sby|place\s(?:your|their|all|any)\sorders?|(?:vote|register|sign\sup|apply|enter|submit|reply|rsvp|enrol|hand\sin|book(?:\s\w+){0,3}|collect(?:\s\w+){0,3}|claim(?:\s\w+){0,3}|redeem\w*(?:\s\w+){0,3}|pick\sup(?:\s\w+){0,3}|vote\s[^.;]{0,30}|entries[^.;]{0,20}|registrations?[^.;]{0,20}|applications?[^.;]{0,20}|votes[^.;]{0,20})\s(?:is\s|are\s)?(?:open\s)?(?:by|until|till|before|through)|anmeld\w+\sbis|bestell\w*\s(?:[^.;]{0,40}\s)?bis|letzter?\sbestell\w*|bestellschluss|annahmeschluss|einsendeschluss|commande[zr]?\s[^.;]{0,30}avant|derni[eè]re?\s(?:jour|commande|date)|date\slimite|(?:haz|haced|haga)\stu\spedido|pedidos?\s[^.;]{0,30}antes|fecha\sl[ií]mite|[uú]ltimo\sd[ií]a|ordina\w*\s[^.;]{0,30}entro|ultimo\sgiorno|bestel\w*\s[^.;]{0,30}(?:voor|uiterlijk)|laatste\s(?:besteldag|dag)|besteldeadline|inscri\w+\s(?:jusqu|hasta|fino))\b",
    _I,
)
CLOSURE = re.compile(
    r"\b(?:closed|closure|clos(?:e|es|ing)|shut(?:down|s)?|not\s(?:be\s)?(?:open|operat\w+|ship\w*|deliver\w*|dispatch\w*|process\w*|available|working|business|collect\w*)|(?:we|can|will)\s(?:currently\s)?(?:take|accept|process|ship|send|dispatch|deliver|answer|repair|fit|make)\sno\s(?!liability|responsib|risk)\w+|no\s(?:deliver\w*|dispatch\w*|shipping|shipments?|collections?|pick-?ups?|support|service|post)"
    r"|non-?(?:business|working)|we(?:['’]re|\sare)\s(?:away|on\s(?:holiday|vacation|leave|a\sbreak))\b|out\sof\s(?:use|order|service|action|bounds)|rests?\s(?:from|between|until)|stands?\sstill|under\s(?:repair|construction|maintenance|renovation)|unavailable|suspended|(?:lines?|phones?|site|website|shop)\s(?:will\sbe|is|are)\s(?:down|off)|won['’]t\s(?:ship|be)|will\snot\s(?:ship|be|deliver)|out\sof\s(?:the\s)?office|strikes?|outages?|interruption|downtime|stay\sopen|open\s(?:until|till|late|longer)|geschlossen|bleibt\szu|betriebsferien|betriebsurlaub|(?:nimmt|nehmen|keine?)\s(?:\w+\s){0,2}keine|keine\s(?:lieferung\w*|annahme|abholung|versand|auslieferung)|nicht\s(?:erreichbar|besetzt|geöffnet|geliefert|versendet|verschickt|ausgeliefert)|außer\sbetrieb|fermée?s?|fermeture|hors\sservice|indisponibles?|congés|pas\sde\slivraison|cerrad[oa]s?|cierra|fuera\sde\sservicio|sin\sservicio|no\shay\s(?:env[ií]os|entregas|reparto)|chius[oiae]|chiusura|per\sferie|fuori\sservizio|non\sdisponibile|gesloten|buiten\s(?:gebruik|dienst)|geen\s(?:bezorging|levering|verzending)|fechad[oa]s?|public\sholidays?|bank\sholidays?|holiday\s(?:hours|schedule|closures?)|opening\s(?:hours|times)|(?:reduced|limited|extended|special|longer|winter|summer|seasonal)\s(?:\w+\s)?hours|holidays\sobserved|stock-?tak\w+|inventory)\b",
    _I,
)
OFFER = re.compile(
    r"\d\s?%|\b(?:sale|sales|discounts?|promo(?:tion)?s?|promotional|offers?|deals?|free\s(?!to\b|of\b)\w+|for\sfree\b|no\s(?:shipping|delivery)\s(?:fee|cost|charge)s?|save|code|coupon|voucher|half\sprice|waiv\w+|per\s?cent|(?:get|receive|earn)\s(?:an?\s|up\sto\s|another\s|back\s)?[$£€]\s?\d+|[$£€]\s?\d+\s(?:off|back|less|towards?|credit)|on\sus\b|reduced|at\sno\s(?:extra\s)?(?:cost|charge)|bonus|double\spoints|giveaway|competition|contest|prize|sweepstakes?|early\sbird|markdown|bogo|gift\swith\spurchase|special\sprice|limited[- ]time|rabatt\w*|kostenlos\w*|gratis|versandkostenfrei|portofrei|hälfte|halber?\spreis|moitié|mitad|metà|helft|gutschein\w*|angebot\w*|aktion\w*|remise|r[ée]duction|offerte?s?|rabais|livraison\sgratuite|descuento|ofertas?|cup[oó]n|env[ií]o\sgratis|gratuit\w*|sconto|sconti|korting\w*|aanbieding\w*|actie\w*|desconto|grátis)\b",
    _I,
)
PROMISE = re.compile(
    r"\b(?:will|shall|we['’]ll|you['’]ll|going\sto|resum\w+|reopen\w*|re-open\w*|back\s(?:in\sstock|on|up|to\snormal)|expect(?:s|ed)?|anticipate[ds]?|aim\sto|plan\sto|estimat\w+|eta|ships?\s(?:on|from|by|in)|shipping\s(?:on|from)|launch(?:es|ing)|arriv(?:e|es|ing)|due|available\s(?:from|on|in|by)|coming|scheduled|planned|release\sdate|pre-?orders?|restock\w*|extended|paused|suspended|temporar\w+|delayed|migrat\w+|upgrad\w+|maintenance|retire[ds]?|discontinu\w+|sunset|join\sus|rsvp|webinar|workshop|live\s(?:event|stream|q&a)|meet\sus|visit\sus|takes\splace)\b",
    _I,
)
# What closes here is a list, not a shop.
ENTRY = re.compile(
    r"\b(?:raffle|draw|entries|entry|registrations?|applications?|competition|contest|orders|ballot|voting|submissions?|waitlist|pre-?orders?|enrol?ment|bookings?|offer|sale)\b[^.;]{0,60}\bclos(?:es?|ing)\b",
    _I,
)
START = re.compile(
    r"\b(?:from|starting(?:\son|\sfrom|\sin)?|starts?(?:\son)?|since|as\s(?:of|from)|effective(?:\sfrom|\son|\sas\sof)?|beginning(?:\son)?|after|on\sor\safter|with\seffect\sfrom|on\sand\safter|commencing(?:\son)?|ab)[\s:]{0,2}(?:the\s|on\s|\w+day,?\s){0,2}$",
    _I,
)
# The present tense of the timetable: "opens on", "moves to the first floor on".
SCHEDULED = re.compile(
    r"\b(?:opens|launch(?:es)?|begins?|starts?|moves?|relocates?|re-?opens?|goes\slive|comes\sback|returns|switch(?:es)?|changes?)\b[^.;]{0,40}\b(?:on|in|from)\s(?:the\s|\w+day,?\s)?$",
    _I,
)
RECURRING = re.compile(
    r"\b(?:every|each)\s(?:year|december|january|february|march|april|may|june|july|august|september|october|november|autumn|spring|summer|winter|season|christmas|black\sfriday|easter|holiday|festive|time)\b|\bannual(?:ly)?\b|\byear\s(?:after|on)\syear\b|\byearly\b|\busual(?:ly)?\b|\btypical(?:ly)?\b|\bonce\sa\syear\b|\ball\syears?\b|\bany\syear\b|\btraditionally\b|\balways\b|\bas\sa\srule\b|\bgenerally\b|\bin\smost\syears\b|\bof\s(?:each|every|the\sfollowing|the\ssame)\syear\b|\bthe\sfollowing\s(?:january|february|year)\b|\bof\sthe\s(?:next|following)(?:\syear|(?=\s?[.,;])|$)|\bof\swhatever\syear\b|\bwhatever\sday\b",
    _I,
)
PERSON_DOB = re.compile(r"\b(?:birthday\s(?:is|on)|date\sof\sbirth|born)\b", _I)


_DATES_AHEAD = re.compile(
    r"\b(?:next|new|coming|upcoming|further|more|other|remaining|all|our|course|class|event|tour|market|fair|workshop|delivery|shipping|sale)s?\sdates?\W{0,6}$",
    _I,
)
# What happens on a day: it is announced, and over after it.
HAPPENING = re.compile(
    r"\b(?:(?:open\s(?:day|house|evening|studio)|course|class|lesson|workshop|tasting|market|fair|festival|webinar|concert|reading|tour|exhibition|party|auction|show|walk|talk|demonstration|meeting|opening|trip|night|stall|stand|drop|giveaway|raffle|kurs|verkostung|führung|atelier|marché|curso|taller|corso)s?\b[^.;]{0,50}\b(?:is|are|takes?\splace|happens?|starts?|begins?|(?:will\s)?be\sheld|findet|finden|a\slieu|es|è)\b|(?:takes?\s|taking\s)(?:place|part)|doors\sopen)\b",
    _I,
)
# … and the reader is asked to it.
INVITES = re.compile(
    r"\b(?:(?:join|meet|visit)\sus\b|(?:see|find)\sus\s(?:at|in|on)\b|come\s(?:by|along|and\ssee)\b|we\stake\spart\b|(?:admission|entry|entrance)\sis\b|(?:places?|seats?|spots?|tickets?)\s(?:are\sleft|left|cost|from)\b|rsvp\b|book\s(?:your|a)\s(?:place|seat|spot)\b)",
    _I,
)
_ELIDED = re.compile(r"\b(?:and|then)\s(?:by|until|before)\s(?:the\s)?(?:end\sof\s)?$", _I)
_BOUND = re.compile(
    r"\b(?P<prep>on\sor\s(?:before|after)|prior\sto|before|after|between|since|from|during|includes?)(?:\s(?:the|\w+day,?))*\s?$",
    _I,
)
# A verb of the past (or a participle) right before "before", "after", "between": who did it then is a group of people.
_DONE = re.compile(
    r"(?<!is\s)(?<!are\s)(?<!be\s)(?<!remain\s)(?<!remains\s)(?<!currently\s)"
    r"\b(?:(?!extended|limited|reduced|guaranteed|closed|updated|need)\w{3,}ed|bought|sold|paid|sent|made|given|begun|began|died|built|got|had|took|taken|went|left|born|held|was|were|wrote|written|signed\sup)"
    r"(?:\s?(?:in|on)|(?:\sby\s[A-Z]\w+)?(?:\s(?!by\b|to\b)\w+){0,3}\s?(?:on\sor\s(?:before|after)|prior\sto|before|after|between|since|from|during))(?:\s(?:the|\w+day,?))*\s?$",
    _I,
)
_BEFORE = re.compile(
    r"\b(?:before|prior\sto)(?:\s(?:the|\w+day,?|\d{1,2}(?::\d\d)?\s?(?:am|pm|noon)?|midnight|on))*\s?$", _I
)
_ASKS = re.compile(
    r"\b(?:order|orders|buy|shop|book|register|submit|place|get|grab|reserve|pre-?order|send|return|redeem|claim|use|apply|enter|sign\sup|purchase|renew|pay|switch|upgrade|vote|reply|cancel|update|upgrade|complete|must|should|will|please|make\ssure|need\sto|have\sto|arrive\w*|deliver\w*|ship\w*|remove|replace)\b",
    _I,
)
LABEL = re.compile(
    r"\b(?:order|ship|shipping|dispatch|delivery|posting|last|cut-?off|end|expiry|closing)\sdates?\b", _I
)
_TO_BE_DONE = re.compile(
    r"\b(?:must|to|should|can|may|will|please|need(?:s)?\sto|has\sto|have\sto|cannot|can['’]t)\s(?:\w+\s){0,3}be\b|\b(?:are|is)\sto\sbe\b|\bget\s\w+ed\b",
    _I,
)
_IF = re.compile(r"\b(?:if|whose|who|unless|provided|in\scase|where|whether)\b[^,;:]*$", _I)
_TELLS = re.compile(
    r"\b(?:we|they|it|i|which|who|users?|team|customers?|company|google|sellers?)\s(?:\w+ly\s)?[a-z]{2,}ed\b(?!\sto\b)",
    _I,
)
# "We promised to be rid of it by": the limit was set then, and is told now.
_WAS_TO = re.compile(
    r"\b(?:we|they|it|i|he|she|which|who)\s(?:\w+ly\s|had\s)?(?:promised|planned|hoped|wanted|aimed|pledged|vowed|decided|agreed|intended|expected|meant|had|set\sout|was|were)\s(?:\w+\s)?to\b[^;:]*$",
    _I,
)
# A clause with a verb of its own in the present: what another clause tells of the past says nothing about it.
_OWN_VERB = re.compile(r"\b(?:we|you|they|it|i|there|this|he|she)\s(?!\w+ed\b)\w+", _I)
_YOU_DID = re.compile(
    r"(?<!what\s)(?<!that\s)(?<!if\s)(?<!when\s)(?<!items\s)(?<!thing\s)\byou\s(?:\w+ly\s)?(?!need)\w{3,}ed\b", _I
)
# "Delivered on 4 March, the parcel may …", "a voucher written on 1 April is good through …": a case, no day of the shop's.
_SUPPOSED = re.compile(r"^\W*(?!closed)(?:\w{3,}ed|bought|sent|paid)\s(?:on\s)?(?:the\s|\w+day,?\s)?$", _I)
_ANY_SUCH = re.compile(
    r"\b(?:an?|any|each|every|one|ein(?:e|en)?|une?|una?)\s(?:[\w-]+\s){1,4}(?:that\s(?:was|is)\s|you\s)?(?:\w{3,}ed|written|bought|sold|made|paid|sent|given)\s(?:on|in)\s(?:the\s|\w+day,?\s)?$"
    r"|\b(?:an?|any|each|every|eine?|une?|una?)\s(?:[\w-]+\s){1,3}(?:of|dated|from|vom|du|del)\s(?:the\s)?$",
    _I,
)
_SAME_DAY = re.compile(
    r"^[”\"’']?\s(?:is|means|=)\s(?:the\s)?(?:\d{1,2}|[\w-]+(?:th|st|nd|rd)|first|second|third)\b", _I
)
_RECORD = re.compile(
    r"\b(?:simulation|reproduc\w*|steps\sto|workaround|changelog|change\slog|release\snotes?|releases?|version(?:s|\shistory)?|revision(?:s|\shistory)?|timeline|history|log|milestones|example|(?:past|previous|earlier|former)\s(?:events?|sales?|offers?|promotions?|dates?|workshops?|campaigns?|drops?))\b",
    _I,
)
_ATTACHED = re.compile(
    r"(?:\b(?:on|by|in|from|until|till|before|starting|beginning|for|is|of|mid|early|late|end|to|through|at|after|later\sthan|date|planned|scheduled|expected|estimated|eta|due)|[:(–—-])[\s:(]{0,3}(?:the\s|\w+day,?\s){0,2}$",
    _I,
)


# In a sentence that never ends, so much on either side of a date says what it is.
LONG, AROUND = 800, 300


def role_of(sentence: str, at: int, end: int, context: str, heads: str, *, is_range: bool) -> DateRole:
    """The role of the date at `sentence[at:end]`.

    `context` holds the title, headings, column and lead-in that it stands under; `heads` only the headings and column.
    """
    if len(sentence) > LONG:
        start = max(0, at - AROUND)
        sentence, at, end = sentence[start : end + AROUND], at - start, end - start
    before, after = sentence[:at], sentence[end:]
    near_before, near_after = before[-110:], after[:70]
    alone = len(sentence) <= (end - at) + 60
    if EXAMPLE.search(before) or EXAMPLE_IF.search(near_before) or re.match(r"\)?\s?\((?:for\s)?example", after, _I):
        return "example"
    if (_SUPPOSED.match(before) and after.startswith(",")) or _SAME_DAY.match(after) or _supposed(near_before, after):
        return "example"
    if re.search(r"[='\"`/]$", before) or re.match(r"T\d\d|[='\"`]|/\w", after):
        return "example"
    if PUBLISHED.search(near_before) and not _DATES_AHEAD.search(near_before):
        return "publication"
    if _RECORD.search(heads) or re.search(r"\b(?:past|previous|earlier|former)\s\w+\s?$", _lead(before), _I):
        return "history"
    if _SINCE.search(near_before) or (_LAW.search(sentence) and not DEADLINE.search(sentence)):
        return "history"
    if PERSON_DOB.search(before[-40:]):
        return "mention"
    role = _condition(sentence, before, after, near_before, is_range=is_range)
    if role is not None:
        return role
    if RETURN_BY.search(near_before) or (UNTIL.search(near_before) and _TAKEN_BACK.search(near_after)):
        return "window"
    if _past(sentence, before, after):
        return "history"
    if re.search(r"\bvalid\sfor\sorders\s", before, _I):
        return "offer"
    near = near_before + " " + near_after
    starts = START.search(near_before) is not None and not is_range
    closure = (
        CLOSURE.search(near)
        or ((alone or "|" in sentence) and CLOSURE.search(context))
        or CLOSURE.search(_lead(before))
    )
    if closure and not starts and not ENTRY.search(near_before):
        return "closure"
    if _BEFORE.search(near_before) and not (_ASKS.search(before) or ARRIVE.search(after) or DEADLINE.search(context)):
        return "cohort"
    if UNTIL.search(near_before) and not starts and not re.search(r"\b(?:not|n['’]t)\s\w*\s?until\s$", near_before, _I):
        return "deadline"
    if not starts and (
        DEADLINE.search(near)
        or ((alone or "|" in sentence or is_range) and (DEADLINE.search(context) or LABEL.search(context + before)))
    ):
        return "deadline"
    if is_range and (OFFER.search(sentence) or OFFER.search(context)):
        return "offer"
    if _AGAIN.search(near_before) and not is_range:
        return "promise"
    if starts:
        return "offer" if re.search(r"\bsale|deals?|black|event\b", sentence, _I) else "mention"
    if SCHEDULED.search(near_before):
        return "promise"
    if is_range and (
        re.match(r"\W*(?:from|between|during)\W*$", before, _I) or PROMISE.search(near) or _FUTURE.search(sentence)
    ):
        return "promise"
    if PROMISE.search(near) and (_ATTACHED.search(near_before) or re.match(r"\W*(?:on|in)?\W*$", before, _I)):
        return "promise"
    if OFFER.search(near) and (_ATTACHED.search(near_before) or re.match(r"\s?only\b", after, _I) or alone):
        return "offer"
    if alone and OFFER.search(context):
        return "offer"
    return "mention"


def _supposed(before: str, after: str) -> bool:
    """A thing of a kind is supposed to have been made on a day, and the sentence goes on to say what holds for it."""
    return (
        _ANY_SUCH.search(before) is not None
        and re.match(
            r"[^.;]{0,80}\b(?:is|are|can|may|must|runs?|lasts?|expires?|ends?|gilt|läuft|ist|est|es)\b", after, _I
        )
        is not None
    )


def _lead(before: str) -> str:
    """What a list of days is introduced by: "Not delivered on: 1 January, 18 April, …"."""
    head, colon, rest = before.partition(":")
    return head if colon and not re.search(r"[.;]\s", rest) else ""


def _condition(sentence: str, before: str, after: str, near_before: str, *, is_range: bool) -> DateRole | None:
    """Dates that say who or what is meant: "orders placed before …", "if you turned 65 before …"."""
    tail = after[:160]
    if re.match(r"\W*(?:if|when|where)\b[^,;:]*$", before, _I) and not (UNTIL.search(near_before) or is_range):
        return "example"
    done = COHORT.search(near_before) or (_DONE.search(near_before) and not _TO_BE_DONE.search(near_before))
    if done:
        if ARRIVE.search(tail) and not KEEP.search(tail):
            return "deadline"
        spread = is_range or re.search(
            r"\b(?:between|from|during|on|since|after|on\sor\safter|in)(?:\s(?:the|\w+day,?))?\s?$", near_before, _I
        )
        if spread:
            return "window" if _CONTINUES.search(sentence) and is_range else "cohort"
        if DEADLINE.search(before) and not KEEP.search(sentence):
            return "deadline"
        return "cohort"
    if (
        _IF.search(before)
        and (_BOUND.search(near_before) or is_range)
        and not ARRIVE.search(tail)
        and not OFFER.search(tail)
    ):
        return "cohort"
    return None


def _past(sentence: str, before: str, after: str) -> bool:
    """Whether the sentence tells of the past: simple past, and nothing that points ahead."""
    if _PERFECT.search(sentence):
        return False
    if _WAS_TO.search(before):
        return True
    told = _YOU_DID if not UNTIL.search(before[-60:]) else _TELLS
    if not (_PAST.search(sentence) or _TELLS.search(sentence) or told.search(sentence)):
        return False
    clause_before = re.split(r"[;:,(]\s|\s[–—-]\s", before)[-1]
    clause_after = re.split(r"[;:,)]\s|\s[–—-]\s", after)[0]
    if not re.search(r"\w{3}", clause_before) and not re.search(r"\w{3}", clause_after):
        clause_after = after[:90]
    clause = clause_before + " " + clause_after
    if _FUTURE.search(clause) and not re.search(
        r"\b(?:was|were|founded|launched|took\splace|ended|happened)\b", clause, _I
    ):
        return False
    if UNTIL.search(before[-60:]):
        # "who were gold in 2025 keep their level until": the verb of the limit decides, not one before it.
        last_words = " ".join(UNTIL.sub("", before[-60:]).split()[-4:])
        told_after = _PAST.search(after[:50]) is not None and not re.match(r"[^.;]{0,50}[.;]", after[:1])
        # "By 2014 there was a shop, and by 2019 a warehouse": the verb of the first half holds for the second.
        elided = _ELIDED.search(before[-40:]) and _PAST.search(before) and not _FUTURE.search(sentence)
        if not (told_after or elided) and (
            _FUTURE.search(sentence) or not (_PAST.search(last_words) or _TELLS.search(last_words))
        ):
            return False
    if _PAST.search(clause) or _TELLS.search(clause) or told.search(clause):
        return True
    return not _FUTURE.search(sentence) and not _OWN_VERB.search(clause)
