"""The document fact `references`: names, years and emergencies in a text that stop being current with time."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kbaudit.facts.references_gone import Gone
from kbaudit.facts.references_table import CARRIERS, PAYMENTS
from kbaudit.facts.references_table_web import LAWS, PLATFORMS, TAXES
from kbaudit.facts.scope import of_text
from kbaudit.facts.seasons_dates import region_of
from kbaudit.facts.seasons_subject import is_archive
from kbaudit.model.document import Document, Span
from kbaudit.text.literals import Needed
from kbaudit.text.sentences import split

if TYPE_CHECKING:
    from kbaudit.check import Snapshot

_I = re.IGNORECASE
GONE: tuple[Gone, ...] = (*CARRIERS, *PAYMENTS, *PLATFORMS, *LAWS, *TAXES)
# Mentions that are looked at per name, and the longest block that is split into sentences.
MOST, LONGEST = 40, 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One passage that goes out of date. `kind`: carrier, payment, platform, legal, brand, year, emergency.

    It is outdated from `since` on, or, where only its age tells, `age_days` after the last edit.
    """

    kind: str
    name: str
    span: Span
    sentence: Span
    instead: str = ""
    since: date | None = None
    age_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What one document names that is, or will be, out of date."""

    items: tuple[Reference, ...] = ()


# The mention itself says that the thing is gone, or is only a lower bound.
_KNOWS = re.compile(
    r"\b(?:formerly|previously|former|ex-|no\slonger|not\s(?:be\s)?(?:support|accept|recommend|offer|use|compatible|work)\w*|unsupported|deprecat\w*|discontinu\w*|retir\w*|replac\w*|renamed|rebrand\w*|is\snow|are\snow|now\scalled|became|withdrawn|withdrew|ceased|phased\sout|wound\sup|stopped\s(?:taking|accepting|using|offering|shipping)|bought\sby|merged|moved\s(?:away|on)\sfrom|(?:have|has)\sleft|gave\sup|dropped|used\sto|legacy|obsolete|ended|shut\sdown|closed|(?:don['’]t|doesn['’]t|do\snot|does\snot|cannot|can['’]t|won['’]t|will\snot)\s(?:\w+\s)?(?:support|accept|use|recommend|work|offer|ship|run|take|send|deliver)\w*|(?:we|have|has)\sleft|never\s(?:had|used|joined|accepted)|outdated|end\sof\s(?:life|support)|older\s(?:browsers?|versions?|devices?|systems?)|instead\sof|rather\sthan|switch\sfrom|migrat\w+|invalidat\w+|old(?:er)?)\b",
    _I,
)
_LOWER_BOUND = re.compile(
    r"^[\s,]{0,2}(?:\([^)]{0,30}\)\s?)?(?:SP\d\s|64[- ]bit\s|32[- ]bit\s)?(?:,?\s?(?:or|and)\s(?:later|newer|higher|above|up|greater|greater|more\srecent)|\+|and\sup|onwards?)|^[^.]{0,40}\b(?:or\slater|or\snewer|or\shigher|and\slater|and\sabove|and\snewer)\b",
    _I,
)

# A line of a chronicle: "2003: Switch, Solo and Visa".
_CHRONICLE = re.compile(r"\W*(?:in\s)?(?:19|20)\d\d\s?[:–—|-]", _I)

_EMERGENCIES: tuple[tuple[str, re.Pattern[str], int | None, date | None], ...] = (
    (
        "pandemic",
        re.compile(r"\b(?:covid(?:[\s-]?19)?|corona(?:\s?virus|-\w+|krise|pandemie)?|pandemi(?:c|e|a)|pandémie|lockdowns?|social\sdistanc\w+|(?:public\s|current\s|global\s)?health\s(?:situation|crisis|emergency)|crise\ssanitaire|confinements?|confinamiento|emergenza\ssanitaria|crisis\ssanitaria|gesundheitliche\slage|masks?\smust\sbe\sworn|(?:only|no\smore\sthan|at\smost|max\.?)\s\w+\s(?:customers?|visitors?|people)\sat\s(?:a|one|the\ssame)\stime|masks?\s(?:is|are)\s(?:required|mandatory|compulsory)|(?:wear|wearing)\s(?:a\s)?(?:face\s)?masks?)\b", _I),
        180,
        # The WHO ended the public health emergency on 5 May 2023; half a year of afterlife is granted.
        date(2023, 11, 5),
    ),
    (
        "strike",
        re.compile(r"\b(?:(?:postal|mail|rail|port|dock\w*|carrier|courier|customs|driver\w*|pilot\w*|ferry|warehouse|Canada\sPost|Royal\sMail|UPS|DHL)(?:['’]s?)?\s(?:workers?['’]?\s)?strikes?|strike\saction|industrial\saction|(?:because\sof|due\sto|owing\sto)\s(?:the\s|a\s|ongoing\s|current\s|recent\s)*(?:\w+\s)?strikes?|Streiks?|grèves?|huelgas?|scioper[oi]|stakingen|walk-?outs?|labou?r\s(?:dispute|action))\b", _I),
        60,
        None,
    ),
    (
        "weather or disaster",
        re.compile(r"\b(?:storms?|hurricanes?|cyclones?|typhoons?|tornado\w*|flood(?:s|ing)?|wildfires?|bushfires?|blizzards?|snow(?:storm|fall)?s?|severe\sweather|extreme\sweather|bad\sweather|winter\sweather|(?:icy|snow\w*|blocked|flooded|closed)\sroads?|earthquakes?|volcan\w+|heat\s?wave|landslides?|avalanches?|mudslides?|tsunamis?|ash\scloud|heavy\s(?:rain|snow)\w*|floodwaters?|Hochwasser|Unwetter|Sturm\w*|intempéries|inondations?|inundaci\w+|temporal(?:es)?)\b", _I),
        60,
        None,
    ),
    (
        "shipping disruption",
        re.compile(r"\b(?:port\scongestion|supply[\s-]chain\s(?:issues?|disruptions?|problems?|delays?|shortages?)|(?:chip|container|driver|paper|glass|material|component|fuel|petrol|diesel|gas|energy|power|labou?r|staff|truck|cardboard|packaging|egg|water)s?\sshortages?|shortages?\sof\s\w+|current\s(?:restrictions|situation|circumstances|crisis|events)|Suez|Red\sSea|Brexit|war\sin|airspace\sclosure|(?:border|road|airport|harbour|canal|bridge|tunnel|mountain\spass)\s(?:closures?|blockades?|blockages?|is\sclosed|is\sblocked)|(?:closure|blockage|blockade|collapse)\sof\sthe|blockades?|(?:civil|political)\sunrest|protests|riots|state\sof\semergency|curfews?|(?:bird|avian|swine)\s(?:flu|influenza|fever)|foot[\s-]and[\s-]mouth|epidemic|quarantines?|embargo|new\stariffs?|cyber[\s-]?attack|capacity\s(?:issues|constraints))\b", _I),
        180,
        None,
    ),
    (
        "move or outage",
        re.compile(r"\b(?:(?:warehouse|office|store|shop|showroom|site|website|system|platform|server|we)\s(?:is|are)\s(?:currently\s|being\s)*(?:mov(?:ed|ing)|relocat\w+|migrat\w+|renovat\w+|refurbish\w+|upgrad\w+|rebuil\w+|down)|warehouse\s(?:move|relocation|fire)|(?:system|website|phone|server)\s(?:outage|migration|upgrade)|phone\slines?\s(?:is|are)\s(?:currently\s)?down|moving\s(?:to\sa\snew\s)?(?:warehouse|premises|office)|renovations?|refurbishment|road\s?works|building\sworks?|construction\swork|scaffold\w*|(?:lift|elevator|escalator|door|car\spark|bridge|road|kiln|oven|machine)\s(?:is|are)\s(?:currently\s)?(?:being\srepaired|out\sof\sorder|under\srepair|being\srebuilt))\b", _I),
        90,
        None,
    ),
    (
        "temporary closure",
        re.compile(
            r"\b(?:temporarily|until\sfurther\snotice|for\sthe\stime\sbeing|vorübergehend|bis\sauf\s(?:w|W)eiteres|jusqu['’]à\snouvel\sordre|temporairement|hasta\snuevo\saviso|fino\sa\snuovo\savviso|tot\snader\sorder)\b",
            _I,
        ),
        365,
        None,
    ),
    (
        "high volume",
        re.compile(r"\b(?:(?:un(?:usually|precedented)|exceptionally|extremely|very|such|abnormally)?\s?high(?:er)?(?:[\s-]than[\s-](?:usual|normal|average|expected))?\s(?:volumes?|demand|number|numbers|amount|order\svolumes?|call\svolumes?|contact\svolumes?)|staff(?:ing)?\sshortages?|backlogs?|increased\s(?:demand|volumes?|order\svolumes?)|surge\sin\s(?:orders|demand))\b", _I),
        180,
        None,
    ),
)  # fmt: skip
# What a shop or its service does not do for a while; an item that is out of stock for a while is no notice.
_SUSPENDED = re.compile(
    r"\b(?:we|our|shipping|deliver(?:y|ies)|stores?|shops?|phones?|lines?|chat|hotline|service|orders?|collection|pick-?up|unser\w*|wir|nos|nuestr\w*|nostr\w*|onze)\b[^.]{0,80}\b(?:closed|suspended|paused|stopped|halted|unavailable|reduced|limited|shorter|not\s(?:open|ship\w*|deliver\w*|accept\w*|available)|unable|geschlossen|eingestellt|fermé\w*|suspend\w*|cerrad\w*|chius\w*|sospes\w*|gesloten)\b"
    r"|\b(?:geschlossen|eingestellt|closed|suspended)\b",
    _I,
)
_NOW = re.compile(
    r"\b(?:(?:est[áa]n?|sono|sont|est|ist|sind|zijn)\s(?:\w+\s){0,2}(?:limitad\w*|cerrad\w*|suspendid\w*|limitat\w*|chius\w*|sospes\w*|fermé\w*|suspendu\w*|limité\w*|perturbé\w*|geschlossen|eingeschränkt|verzögert|gesloten|beperkt)|derzeit|zurzeit|momentan|aktuell|vorübergehend|bis\sauf\s(?:w|W)eiteres|actuellement|en\sce\smoment|jusqu['’]à\snouvel\sordre|temporairement|actualmente|en\seste\smomento|hasta\snuevo\saviso|temporalmente|attualmente|al\smomento|fino\sa\snuovo\savviso|temporaneamente|momenteel|in\squesti\sgiorni|ces\sjours-ci|en\sestos\s(?:momentos|d[ií]as)|in\sdiesen\stagen|dezer\sdagen|op\sdit\smoment|tijdelijk|tot\snader\sorder|currently|at\s(?:this|the)\s(?:time|moment|present)|at\spresent|for\snow|right\snow|presently|until\sfurther\snotice|for\sthe\stime\sbeing|temporar(?:y|ily)|ongoing|these\sdays|we\s(?:are|['’]re)\s(?:still\s)?(?:experiencing|seeing|facing|working\swith|operating|closed|unable)|(?:are|is)\s(?:being\s|currently\s|experiencing\s|facing\s|significantly\s)*(?:delay\w*|suspended|closed|disrupted|paused|affected|limited|reduced|longer)|in\slight\sof|due\sto\sthe\scurrent|masks?\s(?:(?:is|are)\s(?:required|mandatory)|must)|please\s(?:allow|expect|bear|note|be\spatient)|you\smay\sexperience|thank\syou\sfor\syour\s(?:patience|understanding)|as\sa\sresult\sof|in\sresponse\sto|during\s(?:this|these|the\s(?:current|ongoing|covid|corona))|have\s(?:been\s)?(?:suspended|paused|delayed|closed|stopped)|has\s(?:been\s)?(?:suspended|paused|delayed|closed)|will\sbe\sdelayed|stay\ssafe)\b",
    _I,
)
# A trouble that is to end, whatever it is: what passes, what it does to the service, and that it is now.
_PASSING = re.compile(
    r"\b(?:as\ssoon\sas\s[^.]{0,60}\b(?:open\w*|back|restored|resolved|over|again|repaired|fixed|change\w*|running|normal|lifted|clear\w*|available)|back\sto\snormal|return\w*\sto\snormal|(?:allow|expect|add|needs?|takes?)\s(?:an?\s|up\sto\s|about\s|for\s)*(?:\w+(?:\s(?:to|or)\s\w+)?\s)?(?:additional|extra|more|longer)\b|longer\sthan\s(?:usual|normal|planned|expected)|later\sthan\s(?:usual|normal|planned)|(?:thank\syou|thanks|sorry|apologi[sz]e)\b[^.]{0,40}\b(?:patience|patient|understanding|delays?|inconvenience)|bear\swith\sus|working\son\sit|working\s(?:hard\s|flat\sout\s)?(?:to|on)\s(?:\w+\s){0,3}(?:fix|clear|catch|restore|repair|solve|resolve|reopen)\w*|catch\w*\sup|(?:will|to)\s(?:resume|reopen|restart)|until\s(?:it|this|the|they|we|our)\s[^.]{0,40}\b(?:resolved|over|fixed|repaired|open\w*|back|restored|lifted|finished|done|works?)|(?:will|we['’]ll)\slet\syou\sknow|(?:will|we['’]ll)\s(?:update|keep\syou)|sobald|dauert\slänger|länger\sals|um\s(?:geduld|verständnis)|dès\sque|merci\s(?:de|pour)\svotre|plus\slongs?\sque|en\scuanto|más\sde\slo\shabitual|non\sappena|zodra)\b",
    _I,
)
_TROUBLE = re.compile(
    r"\b(?:delay\w*|late|longer|slower|fewer|takes?\s(?:\w+\s){1,3}more|only\s(?:once|twice|one|two|every)|closed|suspended|paused|stopped|halted|unavailable|interrupt\w*|disrupt\w*|limited|reduced|cannot|can['’]t|unable|not\s(?:able|working|available|reach\w*|ship\w*|deliver\w*|answer\w*)|down|broken|fail\w*|stuck|held\sup|waiting|backlog|problems?|issues?|verzöger\w*|gestört|später|retards?|perturb\w*|retras\w*|ritard\w*|vertrag\w*)\b",
    _I,
)
_SERVICE = re.compile(
    r"\b(?:deliver\w*|parcels?|packages?|posts?|mail|carriers?|couriers?|shipping|shipments?|dispatch\w*|orders?|stores?|shops?|phones?|hotline|repl(?:y|ies)|answers?|returns?|refunds?|pick-?ups?|collections?|warehouse|production|Liefer\w*|Pakete?\w*|livraisons?|colis|entregas?|envíos?|paquetes?|consegn\w+|pacchi|levering\w*|bezorg\w*)\b",
    _I,
)
_CAUSE = re.compile(
    r"\b(?:because\sof|due\sto|owing\sto|on\saccount\sof|after\s(?:the|a|an)|following\s(?:the|a|an)|caused\sby|since\s(?:the|a|our)\s\w+\s(?:is|are|has|have|broke|burned|failed)|wegen|aufgrund|nach\s(?:dem|der|einem|einer)|en\sraison|à\scause|suite\sà|debido\sa|a\scausa|wegens|door)\b",
    _I,
)
# What lasts, though it is so "currently": the nature of a product, a law, a place.
_LASTING_CAUSE = re.compile(
    r"\b(?:due\sto|because\sof|owing\sto|on\saccount\sof)\s(?:the|its|their|our|a|an)?\s?(?:\w+\s){0,2}(?:size|weight|nature|regulations?|laws?|restrictions?\son|licen[cs]\w+|hygiene|health\sand\ssafety|safety|customs|legal|shape|dimensions|hazardous|lithium|agreements?|contracts?|policy|policies|age|distance|time\s(?:zone|difference)|limits?|design|material|production|popularity)\b",
    _I,
)
_GENERAL = re.compile(
    r"\b(?:if|such\sas|in\s(?:case|the\sevent|cases)\sof|in\s(?:rare|some)\scases|force\smajeure|beyond\s(?:our|its|their|the|reasonable)|including|for\sexample|e\.g|like|can\s(?:cause|lead|affect|happen|occur|be)|could|sometimes|occasionally|whenever|during\s(?:peak|busy|holiday|sale)\w*|acts?\sof\sgod|events?\s(?:of|like)|natural\sdisasters?|not\sresponsible|not\sliable|depend\w*|unforeseen|occur\w*|when\sthere|at\stimes|from\stime\sto\stime|periods\sof|times\sof|product|cover(?:s|ed|age)?|insur\w+|resist\w*|proof)\b",
    _I,
)
_LOOKED_BACK = re.compile(
    r"\b(?:was|were|had|during\s20\d\d|in\s20[12]\d|since\sthe|after\sthe|before\sthe|back\sin|used\sto|helped|survived|launched|founded|grew|started|began|ended|is\sover|no\slonger|when\sthe)\b",
    _I,
)

_SINCE_THE = re.compile(r"\b(?:since|after)\sthe\b", _I)

_LISTS = (
    r"(?:price\s?lists?|prices|pricing|catalog(?:ue)?s?|brochure|rates?|rate\scard|shipping\s(?:rates|fees|costs|prices)|postage(?:\srates)?|tariffs?|fees?|size\s(?:chart|guide)|price\sguide|schedule|timetable|opening\shours|office\shours|holiday\s(?:schedule|hours|calendar|order\sdeadlines|deadlines|shipping)"
    r"|programme?|season|trends?|term\sdates|cut-?off\sdates|order\sdeadlines|line-?up|terms(?:\sand\sconditions)?|line|range|product\sguide|buyer['’]?s\sguide)"
)
_YEAR_CURRENT = re.compile(
    rf"\b(?:(?P<a>20[0-3]\d)(?:/\d\d)?\s(?:\w+\s)?{_LISTS}\b"
    rf"|\b{_LISTS}\s(?:for\s(?:the\s(?:year\s)?)?|in\s|of\s|as\sof\s|from\s|\()?(?P<b>20[0-3]\d)(?!\s?[-–/]\s?20)\b"
    r"|\b(?:updated|new|valid|current|guide|planned|plans|up\sto\sdate|correct|accurate)\s(?:for|in)\s(?:the\syear\s)?(?P<c>20[0-3]\d)\b"
    r"|\b(?:current|latest|newest)\s(?:\w+\s){1,3}(?:is|are)\s(?:the\s|our\s|that\sof\s|from\s)*(?P<f>20[0-3]\d)\b"
    r"|\b(?:this|the\scurrent)\s(?:year|season)\s?[,(]\s?(?P<d>20[0-3]\d)\b"
    r"|\b(?:coming|launching|arriving|available|later|expected)\s(?:later\s)?in\s(?P<e>20[0-3]\d)\b"
    r"|\b(?:will|going\sto|plan\sto)\s(?:be\s)?\w+\b[^.;:]{0,50}\b(?:in|during)\s(?P<g>20[0-3]\d)\b"
    r"|\bin\s(?P<h>20[0-3]\d),?\s(?:we|they|it)\s(?:will|plan)\b)",
    _I,
)
_YEAR_PAST = re.compile(
    r"\b(?:was|were|had|since|founded|launched|introduced|until|till|in\sthe\spast|previous(?:ly)?|last\syear|changed|before|after|prior|history|archive[ds]?|old(?:er)?|act|law|regulation|directive|version|model|copyright|©|won|award|study|survey|report|according|compared|than|effective|incorporated|born|vintage|original|made\sin|from\s20\d\d\sto|between|back\sin|model\syears?|sold)\b",
    _I,
)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[Gone, re.Pattern[str], Needed], ...]:
    # One pattern after the other is faster than all of them joined, and few have their words in a text.
    return tuple((row, re.compile(row.pattern), Needed(row.pattern)) for row in GONE)


def read(document: Document, snapshot: Snapshot) -> References:
    """What a document names that stops being current. Reads the text and the region, never a clock."""
    if is_archive(document) or len(document.text) > 400_000:
        return References()
    region = region_of(document, snapshot.region)
    found = [*_gone(document, region), *_emergencies(document), *_years(document)]
    return References(items=tuple(sorted(found, key=lambda item: (item.span, item.kind)))[:60])


def _sentence(document: Document, at: int) -> Span | None:
    block = document.block_at(at)
    if block is None or block.quoted or block.kind == "code":
        return None
    if any(a <= at < b for a, b in document.struck):
        return None
    if block.end - block.start > LONGEST:
        return (max(block.start, at - 300), min(block.end, at + 300))
    for span in split(document.text, block.start, block.end):
        if span[0] <= at < span[1]:
            return span
    return (block.start, block.end)


def _gone(document: Document, region: str) -> list[Reference]:
    text = document.text
    found: list[Reference] = []
    for row, pattern, needed in _names():
        if not needed.within(text):
            continue
        elsewhere = bool(row.regions) and region not in row.regions
        matches = list(islice(pattern.finditer(text), MOST))
        if not matches or (row.near and not re.search(row.near, text, _I)):
            continue
        for match in matches:
            sentence = _sentence(document, match.start())
            if sentence is None or (elsewhere and _regions_at(document, sentence).isdisjoint(row.regions)):
                continue
            said = text[sentence[0] : sentence[1]]
            if _CHRONICLE.match(said):
                continue
            if _KNOWS.search(said) or (row.now and re.search(row.now, said)):
                continue
            after = text[match.end() : match.end() + 70]
            if not row.whole and (_LOWER_BOUND.match(after) or _later_too(match.group(), after)):
                continue
            if (
                row.kind == "platform"
                and row.name.startswith("Windows")
                and re.search(r"\b(?:Windows\s(?:8|10|11)|or|later|newer)\b", said)
            ):
                continue
            found.append(
                Reference(
                    kind=row.kind,
                    name=row.name,
                    span=match.span(),
                    sentence=sentence,
                    instead=row.instead,
                    since=row.since,
                )
            )
            break
    return found


def _regions_at(document: Document, sentence: Span) -> frozenset[str]:
    """The countries that a sentence, its headings or the title name."""
    block = document.block_at(sentence[0])
    heads = " | ".join([document.title, *(block.path if block is not None else ())])
    return frozenset(dict(of_text(f"{heads} | {document.text[sentence[0] : sentence[1]]}").items())["regions"])


# A row of versions: "Windows 7, 8.1, 10 and 11".
_VERSIONS = re.compile(r"(?:(?:,|/|\s|–|-|&|and\b|or\b|to\b|through\b|up\sto\b)+(?:[A-Z]\w+\s)?\d{1,2}(?:\.\d{1,2})*)+")


def _later_too(name: str, after: str) -> bool:
    """Whether later versions stand beside an old one: a range of what is supported."""
    row = _VERSIONS.match(after)
    own = re.search(r"\d+", name)
    if row is None or own is None:
        return False
    return max(int(n) for n in re.findall(r"(?<![.\d])\d{1,2}", row.group())) > int(own.group())


def _emergencies(document: Document) -> list[Reference]:
    text = document.text
    found = []
    for name, pattern, age, since in _EMERGENCIES:
        for match in islice(pattern.finditer(text), MOST):
            sentence = _sentence(document, match.start())
            if sentence is None or sentence[0] < len(document.title):
                continue
            said = text[sentence[0] : sentence[1]]
            if _GENERAL.search(said) or _looks_back(said):
                continue
            if name == "temporary closure" and not _SUSPENDED.search(said):
                continue
            # "Because of the pandemic" is over with it, whatever the tense.
            caused = name == "pandemic" and _CAUSE.search(text, max(sentence[0], match.start() - 40), match.start())
            if not _NOW.search(said) and not caused:
                continue
            found.append(
                Reference(kind="emergency", name=name, span=match.span(), sentence=sentence, since=since, age_days=age)
            )
            break
    return found or _troubles(document)


def _looks_back(said: str) -> bool:
    """The past is told; "since the flood" begins what is so "for now"."""
    return _LOOKED_BACK.search(_SINCE_THE.sub(" ", said) if _NOW.search(said) else said) is not None


def _troubles(document: Document) -> list[Reference]:
    """A notice of a trouble that is to pass, where its cause is none that has a name."""
    text = document.text
    for match in islice(_NOW.finditer(text), MOST):
        block = document.block_at(match.start())
        if block is None or block.kind == "title" or block.end - block.start > LONGEST:
            continue
        said = text[block.start : block.end]
        if not _PASSING.search(said):
            continue
        for sentence in split(text, block.start, block.end):
            one = text[sentence[0] : sentence[1]]
            cause = _CAUSE.search(one)
            if (
                _TROUBLE.search(one)
                and _SERVICE.search(one)
                and (cause or _NOW.search(one))
                and not _GENERAL.search(one)
                and not _looks_back(one)
                and not _LASTING_CAUSE.search(one)
                and _sentence(document, sentence[0]) is not None
            ):
                span = (sentence[0] + cause.start(), sentence[0] + cause.end()) if cause else sentence
                return [Reference(kind="emergency", name="disruption", span=span, sentence=sentence, age_days=120)]
    return []


def _years(document: Document) -> list[Reference]:
    text = document.text
    found: list[Reference] = []
    for match in islice(_YEAR_CURRENT.finditer(text), MOST):
        group = next(name for name in "abcdefgh" if match[name])
        block = document.block_at(match.start())
        sentence = (
            (block.start, block.end)
            if block is not None and block.kind == "title"
            else _sentence(document, match.start())
        )
        if sentence is None:
            continue
        said = text[sentence[0] : sentence[1]]
        if _YEAR_PAST.search(said.replace(match.group(), " ")) or re.search(r"\b(?:compare|vs\.?|versus)\b", said, _I):
            continue
        years = set(re.findall(r"(?<!\d)20[0-4]\d(?!\d)", said))
        if len(years) > 1:
            continue
        year = int(match[group])
        found.append(
            Reference(
                kind="year",
                name=str(year),
                span=match.span(group),
                sentence=sentence,
                instead="the current year, or no year",
                # A year's page may stay for the first two months of the next.
                since=date(year + 1, 2, 28),
            )
        )
    return found[:8]
