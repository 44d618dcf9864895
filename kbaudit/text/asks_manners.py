"""What customers write around an ask, in English, German, French and Spanish: excuses, who they are, where they have
looked, how urgent it is, praise. None of it says what is asked, and all of it makes strangers look alike."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re

from kbaudit.text.asks_words import PLACEHOLDER
from kbaudit.text.stem import fold

_QUESTION = r"(?:question|one|query|thing|enquiry|inquiry|request)"
_KIN = r"(?:wife|husband|mum|mom|mother|dad|father|sister|brother|daughter|son|friend|partner|boss|colleague|neighbou?r|girlfriend|boyfriend)"
_SITE = r"(?:faqs?|web ?site|site|(?:web ?)?pages?|help ?(?:cent(?:re|er)|pages?|section)?|app|articles?|docs|everywhere|anywhere|all over(?: the (?:site|place))?)"
MANNERS = (
    # excuses, modesty
    r"(?:my )?apolog(?:ies|i[sz]e)(?: (?:to|for|if|about) (?:\w+ ?){1,6}?)?|(?:i'?m |so |very |really )*sorry(?: (?:to|for|if|about) (?:\w+ ?){1,6}?)?(?: (?:again|but))?",
    r"(?:please )?(?:excuse|pardon|forgive)(?: me)?(?: (?:the|my|any|for) (?:\w+ ?){1,3}?)?",
    r"(?:this is |it'?s |it is |sorry if this is )?(?:maybe|perhaps|probably|might be|may be)?(?: ?this is)? ?(?:an? )?(?:bit of an? )?(?:silly|stupid|dumb|basic|odd|weird|strange|daft|random|simple|newbie|beginner'?s?) question(?:,? (?:i know|but|maybe|perhaps))?",
    r"(?:i'?m |i am )?(?:writing |typing )?(?:this )?(?:on|from) my (?:phone|mobile|ipad|tablet)(?: (?:so|and) (?:\w+ ?){1,5})?",
    # announcing that a question comes
    rf"(?:i(?:'ve| have)? (?:just |got )*|just )?(?:an? )?(?:(?:quick|small|short|tiny|little|general|another|first|last) )*{_QUESTION}(?: (?:first|for (?:you|the team|someone)|please|about something))?",
    r"(?:i (?:was|am) |i'm |im |just |am )*wondering",
    r"(?:it(?:'s| is) )?me again|(?:second|third|fourth) time (?:asking|writing|trying|contacting you|lucky)",
    # who writes
    r"(?:my name(?:'s| is)|this is|i'?m|i am|it'?s) \[name\](?: (?:here|again|from [\w ]{2,20}))?|\[name\](?: here| again)?|my name(?:'s| is) \w+(?: \w+)?",
    r"(?:i'?m |i am )?(?:an? )?(?:(?:first|second|long)[ -]?time|new|regular|loyal|returning|old|happy|big|existing) (?:buyer|customer|shopper|client|fan)(?: (?:here|of yours))?|(?:i'?m |i am )?new (?:here|to this|to your (?:shop|store|site|website))",
    rf"(?:my|our|the) {_KIN} (?:wants? to know|(?:is )?ask(?:s|ing)|(?:told|asked) me to ask(?: you)?|(?:says|said|thinks) (?:i should|to) ask(?: you)?|would like to know|recommended (?:you|your (?:shop|store|site)))",
    # where they have looked, whom they have tried
    r"(?:i'?m |i am )?not (?:really |quite )?sure (?:who|where|whether|if) (?:\w+ ){0,5}?(?:ask|place|right|department|person|contact|help)(?: (?:place|person|department|for this))?",
    rf"(?:i(?:'ve| have)? )?(?:already |just )?(?:looked|searched|checked|read|been|browsed|gone)(?: (?:on|at|in|through|over|around|all over|your|the|whole|entire)){{0,4}}(?: {_SITE})(?:(?:,| and| but| yet)* (?:i )?(?:found|find|see|saw|can'?t find|couldn'?t find|didn'?t find|did not find|could not find|there'?s|there is)(?: (?:nothing|anything|it|no answer|an answer|any answer|this|that))?)?",
    rf"(?:i )?(?:can ?not|can'?t|couldn'?t|could not|didn'?t|did not|don'?t|do not) (?:see|find|spot) (?:it|this|that|anything|an? answers?|the answer|any info(?:rmation)?)(?: (?:about|on) (?:it|this|that))?(?: (?:in|on|at|under|from))?(?: (?:your|the))? ?{_SITE}",
    r"(?:nobody|no ?-?one)(?: \w+)? (?:picks? up|answers?|answered|repl(?:y|ies|ied)|responds?|responded)(?: (?:the|my|your|to) [\w-]+(?: \w+)?)?",
    r"(?:i'?m |i am )?(?:an? )?(?:bit |little |completely |totally |quite |so )*(?:lost|stuck|confused)(?: here)?",
    # how soon
    r"(?:it(?:'s| is) |this is )?(?:kind of |a bit |bit |very |quite |really )*urgent(?:ly)?|(?:i |we )?need (?:to know|this|it|an answer|a reply)(?: (?:today|asap|now|soon|quickly|urgently))+|asap(?: please| pls)?|no rush|in a (?:rush|hurry)",
    r"(?:(?:please|pls|plz|kindly|could you|can you) )+(?:advise|let me know|reply|respond|help|get back to me|answer|revert|guide|suggest|assist)(?: (?:me|us|asap|soon|today|quickly|urgently|out|please))*|(?:any )?(?:help|advice|info|ideas?)(?: (?:please|pls|welcome|appreciated))+",
    # praise
    r"(?:i |we |really |absolutely |just )*(?:love|like|adore) (?:your|the|this|what you) (?:shop|store|site|website|stuff|work|products?|brand|page|do)(?: (?:btw|by the way|so much|a lot))?",
    r"(?:such an? |an? )?(?:great|awesome|amazing|lovely|excellent|fantastic|brilliant|beautiful|good|nice) (?:shop|store|site|website|service|work|job|products|support)(?: (?:btw|by the way|guys|everyone))?",
    r"you (?:guys |all |lot )?(?:rock|are (?:the best|great|amazing|awesome|brilliant|stars?|legends?|lovely))|you(?:'ve| have) (?:all )?been (?:\w+ ){0,3}?(?:helpful|kind|great|brilliant|lovely|patient)|(?:you )?legends?",
    r"(?:happy|merry) (?:\w+ ){0,2}?(?:new year|christmas|xmas|easter|holidays?|weekend|diwali|eid|birthday|thanksgiving)(?: to (?:you|all|you all|the team))?",
    # German, French, Spanish
    r"(?:es |bitte )?(?:tut mir leid|entschuldig(?:ung|en sie|t|e)?|verzeihung|sorry)(?: (?:fur|dass|wegen) (?:\w+ ?){1,6}?)?|(?:nur )?(?:eine )?(?:kurze |kleine |schnelle )?frage(?: (?:vorab|an euch|an sie))?|(?:ich (?:heisse|bin)|mein name ist) \[name\]",
    r"(?:bitte )?(?:um )?(?:kurze |schnelle )?(?:antwort|ruckmeldung|hilfe)(?: (?:bitte|ware nett))?|(?:es ist |ist )?(?:sehr )?(?:dringend|eilig)|ich (?:habe|hab) (?:schon )?(?:uberall |auf der (?:web)?seite |in den faqs? )+(?:gesucht|geschaut|nachgesehen)(?: und nichts gefunden)?",
    r"(?:excusez|pardon)(?:-moi)?(?: de vous deranger)?|desolee?(?: de vous deranger)?|(?:petite |une )+question(?: rapide)?|je m'appelle \[name\]|c'est urgent|(?:perdon|disculp(?:a|e|en)|lo siento)(?: la molestia| por molestar)?|una (?:pregunta|duda|consulta)(?: rapida)?|me llamo \[name\]|(?:es )?urgente",
)  # fmt: skip
_BARE = re.compile(rf"(?:(?:so|ok(?:ay)?|well|and|but|hi|hey|hello)[\s,]+)*(?:{'|'.join(MANNERS)})")
# Sentences that only talk to whoever answers: about the other side's nature, or a wish to be rung.
_CHATTER = re.compile(
    r"(?:so |and |btw )?(?:are you|is this|am i (?:talking|chatting|speaking|writing) (?:to|with)|who am i (?:talking|chatting|speaking) (?:to|with)|who(?:'s| is) (?:this|there)|what(?:'s| is) your name|who are you)\b(?: (?:an?|the|really|even|still|there|real|actual|live|chat|bot|robot|human|person|machine|computer|ai|automated|being|or)\b)*"
    r"|(?:please |pls |plz |kindly |can you |could you |just )*(?:call|ring|phone|text|contact|whatsapp) (?:me|us)(?: (?:back|up|now|today|please|pls|asap|tomorrow|on (?:my|this|the) \w+|\[phone\]|\[phone number\]))*"
    r"|(?:tell|know) (?:me )?(?:a|any) (?:good )?jokes?"
)
_EDGE = " ,.!?;:–—-*()\"'"


def manners(sentence: str) -> bool:
    """Whether a sentence only says how, by whom or how urgently is asked, or only chats."""
    plain = " ".join(fold(sentence).replace("’", "'").strip(_EDGE).split())
    pieces = [piece.strip(_EDGE) for piece in re.split(r"[,.!;:–—]+|\s-\s", plain)]
    return all(not piece or _BARE.fullmatch(piece) or _CHATTER.fullmatch(piece) for piece in pieces)


_OPENING = re.compile(r"^[^,.!?;:–—]{2,70}?(?:[,.!;:–—]+|\s-)\s+(?=\S)")
_ENDING = re.compile(r"(?:[?!.,;:–—]+|\s-)\s*(?P<tail>[^,.!?;:–—]{2,60})[.!,\s]*$")
_NAMED = re.compile(r"^\W*(?:my name(?:'s| is)|i'?m|i am|this is) \[name\][\s,.!:–—-]*", re.IGNORECASE)


def opened(sentence: str) -> int:
    """Where a sentence begins to say something: behind clauses of manners ("Sorry to bother you, …")."""
    named = _NAMED.match(sentence)
    at = named.end() if named else 0
    while found := _OPENING.match(sentence[at:]):
        if not manners(found[0]):
            break
        at += found.end()
    return at


def closed(sentence: str) -> int:
    """Where it ends to say something: before such clauses ("…, please let me know")."""
    end = len(sentence)
    while found := _ENDING.search(sentence[:end]):
        if not found["tail"].strip() or not manners(found["tail"]) or PLACEHOLDER.fullmatch(found["tail"].strip()):
            break
        end = found.start() + len(re.match(r"[?!.]*", sentence[found.start() :])[0])  # type: ignore[index]
    return end
