"""What a customer really asks: the asks of a conversation, without greetings, thanks, calls for a human, replies to the
shop's own questions, and requests about one order that no article could answer.

Cues are function words and set phrases of English, German, French and Spanish; a text in another language is read by
its question marks alone. All cues look at folded text (lower case, no accents).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbaudit.text.sentences import split
from kbaudit.text.stem import fold, stem

PLACEHOLDER = re.compile(r"\[[a-z][a-z ]*\]")
_LEAD = r"(?:(?:and|but|so|ok(?:ay)?|also|then|well|hi|hello|hey|please|sorry|und|aber|also|dann|hallo|bitte|et|mais|alors|bonjour|y|e|pero|hola|entonces)[\s,.!:-]+)*"
_QUESTION = re.compile(
    _LEAD
    + r"(?:(?:who|what|when|where|why|which|how|whose|can|could|do|does|did|is|are|was|were|(?:will|would|should|shall|may)(?! (?:be|have|not|love|like|prefer|appreciate|also)\b)"
    r"|am i|has|have (?:i|you|we|they|my)|any (?:way|idea|chance|news|update))(?:'s|s|'re|'ll|'d|n't)?"
    r"|wer|was|wann|wo|warum|wieso|weshalb|welche[rsnm]?|wie|wohin|woher|kann|konnen|konnt|darf|gibt es|ist|sind|hat|habt"
    r"|haben sie|wird|werden|muss|mussen|soll|liefer(?:t|n) (?:ihr|sie)|versende(?:t|n) (?:ihr|sie)|bietet|nehmt"
    r"|qui|que|quoi|quand|ou|pourquoi|comment|combien|quel(?:le)?s?|est-ce|est-il|peut-on|puis-je|pouvez|avez-vous"
    r"|y a-t-il|livrez|faites-vous|acceptez|dois-je|faut-il"
    r"|quien|cuando|donde|por que|como|cuant[oa]s?|cual(?:es)?|puedo|puede[ns]?|podeis|pueden|hay|tienen|teneis|es posible"
    r"|hacen|haceis|envian|enviais|aceptan)\b"
)
_INDIRECT = re.compile(
    r"\b(?:(?:want(?:ed|s)?|need(?:s|ed)?|like|love|trying) to (?:know|find out|understand|ask|check|see if)|wonder(?:ing|ed)?"
    r"|(?:tell|show|explain to|let) me|any idea|is there (?:a|any)|how (?:do|can|to|long|much|many|does|about)|can (?:i|you|we)"
    r"|could (?:i|you|we)|do you|what(?:'s| is| are|s)|curious"
    r"|mochte(?:n)? (?:wissen|fragen|erfahren)|wollte (?:fragen|wissen)|frage mich|ich frage|kann ich|konnen sie|gibt es"
    r"|(?:veux|voudrais|aimerais|souhaite(?:rais)?) savoir|est-ce que|puis-je|pouvez-vous|je me demande"
    r"|(?:quiero|quisiera|queria|me gustaria|necesito) saber|me pregunto|puedo|se puede)\b"
)
_NEED = re.compile(
    r"\b(?:i(?:'d| would) like|i (?:want|need|wish|have to|must|can't|cannot|cant|couldn't|could not|am unable|'m unable|lost"
    r"|forgot|never (?:got|received))|(?:doesn't|does not|doesnt|don't|won't|wont|isn't|is not|not|stopped) (?:work|let|load|accept"
    r"|fit|arriv|show|receiv|open|turn|charg)\w*|still (?:waiting|not|haven't|have not|don't|no)|(?:is|was|are|arrived|came|got)"
    r" (?:broken|damaged|missing|wrong|defective|faulty|declined|charged|stuck|torn|stained|late|blocked)"
    r"|(?:wrong|missing|damaged|broken|defective) (?:item|size|colou?r|part|product|order|charge|amount)|error|problem|issue"
    r"|ich (?:mochte|will|wurde gern|brauche|kann (?:\w+ )*nicht|habe (?:\w+ )*(?:verloren|vergessen))"
    r"|(?:funktioniert|geht|passt|ladt) (?:\w+ )*nicht|(?:kaputt|beschadigt|defekt|falsch\w*|fehlt|fehlen|abgelehnt)|noch (?:nicht|immer)"
    r"|je (?:veux|voudrais|souhaite|dois|n'arrive pas|ne peux pas|n'ai pas)|ne (?:fonctionne|marche|charge) (?:pas|plus)"
    r"|(?:casse|abime|manquant|endommage|defectueux|perdu|refuse)e?s?|probleme|erreur"
    r"|(?:quiero|quisiera|necesito|no puedo|no me deja|no funciona|no ha llegado|perdi|olvide)|(?:rot|danad|defectuos|equivocad)[oa]s?"
    r"|falta|problema)\b"
)
_GREETING = (
    r"(?:hi+|hello|hey+|hiya|greetings|good (?:morning|afternoon|evening|day)|dear(?: \w+){0,3}|to whom it may concern"
    r"|how(?: are)? (?:you|u|ya)(?: doing)?(?: today)?|how'?s it going|(?:i )?hope (?:you(?:'re| are)|this|all|your)\b.{0,50}"
    r"|hallo|guten (?:tag|morgen|abend)|moin|servus|gruss gott|sehr geehrte\b.{0,40}|liebes?\b.{0,30}"
    r"|bonjour|bonsoir|salut|coucou|madame,? monsieur|cher(?:e|s)?\b.{0,30}"
    r"|hola|buen(?:os|as) (?:dias|tardes|noches)|buenas|estimad[oa]s?\b.{0,30})"
)
_THANKS = (
    r"(?:thank(?:s| you|u)?|thx|ty|cheers|much appreciated|(?:i )?(?:really )?appreciate (?:it|your help|that|the help)|many thanks"
    r"|thanks (?:a lot|so much|in advance|for (?:your|the) \w+(?: \w+)?)|(?:kind|best|warm)? ?regards|sincerely|bye+|goodbye|take care"
    r"|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|see you"
    r"|danke(?: schon| sehr| dir| ihnen| euch)?|vielen (?:lieben )?dank(?: im voraus)?|dankeschon|(?:mit )?(?:freundlichen?|besten?|liebe|viele) grusse?n?|tschuss|auf wiedersehen|schonen tag(?: noch)?"
    r"|merci(?: beaucoup| bien| d'avance)?|cordialement|bien a vous|au revoir|bonne (?:journee|soiree)|a bientot"
    r"|(?:muchas |mil )?gracias(?: de antemano| por (?:tu|su|la) \w+)?|un saludo|saludos(?: cordiales)?|adios|hasta luego|que tenga un buen dia)"
)
_NOD = (
    r"(?:ok(?:ay|ey)?|k|great|perfect|awesome|cool|alright|all right|fine|sure|yes|yep|yeah|yup|no|nope|nah|right|correct|exactly|got it"
    r"|i see|understood|makes sense|sounds good|that(?:'s| is|s) (?:all|it|great|fine|perfect|good|right|correct|ok(?:ay)?|everything|helpful)(?: for now)?"
    r"|nothing else|no(?:thing)? more|(?:that )?(?:works|helps|helped)(?: a lot)?|(?:yes|no),? (?:please|thanks|thank you|i do|i did|i am|it is|it does|i have|that's all|not yet)|please(?: do)?|of course"
    r"|(?:i )?(?:found|see|got|solved|fixed) (?:it|that)(?: now)?|done|solved|finally|all (?:good|set|done)|never ?mind|no worries|no problem|wow|nice|oh|ah|hm+|lol"
    r"|(?:can|could|would) (?:you|someone|anyone|somebody) (?:please )?help(?: me)?(?: out)?(?: with (?:this|that|it))?(?: please)?|please help(?: me)?|help(?: me)?|(?:i have|just|got)? ?an? (?:quick |small |short |general )*question|quick question|any help(?: is| would be)? appreciated|bitte um hilfe|kann mir (?:jemand|wer) helfen|(?:pouvez-vous|tu peux) m'aider|(?:me )?puedes? ayudar(?:me)?"
    r"|will do|one (?:moment|second|sec|minute)|hold on|are you there|anyone there|test"
    r"|ja|nein|doch|genau|gut|alles klar|verstanden|in ordnung|passt|super|prima|klar|das war'?s"
    r"|oui|non|d'accord|parfait|super|bien sur|entendu|c'est bon|tres bien"
    r"|si|vale|perfecto|de acuerdo|claro|entendido|muy bien|eso es todo)"
)
_PLEASANT = re.compile(rf"(?:(?:{_GREETING}|{_THANKS}|{_NOD}|there|team|all|everyone|sir|madam|guys|folks|again|support|(?:so|very) much|a lot|then|zusammen|\[name\])(?:[\s,.!?;:)(–—-]+|$))+")
_HUMAN = re.compile(
    r"\b(?:(?:talk|speak|chat|connect|transfer|escalate|put me|pass me|get me|give me|want|need|prefer|reach|contact|let me (?:talk|speak))\b.{0,25}\b"
    r"(?:humans?|(?:real|actual|live) (?:person|agent|human|people)|(?:an?|the|your) (?:person|(?:live |support |customer |service )*(?:agent|representative|rep|advisor|adviser)|operator|manager|supervisor|staff member))"
    r"|(?:talk|speak|chat|connect me|transfer me|put me through)\b.{0,25}\b(?:someone|somebody|agents?|representatives?|people)"
    r"|^\W*(?:(?:an?|the) )?(?:human|agent|representative|operator|real person|live (?:agent|chat|person))[\s,.!]*(?:please|now|pls)?[\s.!?]*$"
    r"|(?:mit )?(?:einem |einer )?(?:menschen|mitarbeiter(?:in)?|berater(?:in)?|echten? person)\b.{0,20}\b(?:sprechen|reden|verbinden|chatten)"
    r"|(?:parler|discuter|contacter|joindre|mettre en relation)\b.{0,25}\b(?:humain|conseiller|conseillere|agent|quelqu'un|une? (?:vraie )?personne|operateur)"
    r"|(?:hablar|chatear|contactar|comunicarme|pasame|paseme)\b.{0,25}\b(?:humano|persona|agente|alguien|operador|asesor))\b"
)
_UNHAPPY = re.compile(
    r"\b(?:(?:that|this|it) (?:doesn't|does not|didn't|did not|isn't|is not|wasn't) (?:really )?(?:help|work|answer|what|it|true|right|correct|useful)\w*|not (?:what i (?:asked|meant)|helpful|true|useful)"
    r"|you(?:'re| are)? (?:don't|do not|not|didn't) (?:get|understand|listen|help|answer|read)\w*|(?:already|just) (?:tried|did|done|told|said|asked)|that's not (?:it|what|right|true)|useless|no help"
    r"|hilft (?:mir )?nicht|(?:meine|meinte) ich nicht|(?:schon|bereits) (?:probiert|versucht|gesagt)|verstehst? (?:mich )?nicht|n'aide pas|ne repond pas|deja (?:essaye|dit)|no me (?:ayuda|sirve)|ya lo (?:intente|dije))\b"
)
_ORDER_NOUN = r"(?:orders?|package|parcel|delivery|shipment|bestellung|paket|sendung|lieferung|commande|colis|livraison|pedido|paquete|envio)"
_STATUS = re.compile(
    rf"\b(?:where(?:'s| is| are|s)|when (?:will|is|does|can i expect|should)|(?:what(?:'s| is) the )?status (?:of|on|for)|track(?:ing)?(?: (?:number|info|link))?(?: (?:of|for|on))?"
    rf"|(?:any )?(?:update|news|eta) (?:on|about|for|of)|(?:has|did|was|is)|(?:find|locate|check)(?: on)?)\s+(?:my|our)\s+(?:\w+\s+){{0,2}}{_ORDER_NOUN}\b"
    rf"|\bwo (?:ist|bleibt|sind)\s+(?:meine?|unsere?|das|die)\s+(?:\w+\s+)?{_ORDER_NOUN}\b|\bwann (?:kommt|kommen|wird)\s+(?:meine?|unsere?|das|die)\s+(?:\w+\s+)?{_ORDER_NOUN}\b|\bstatus (?:meiner|der) {_ORDER_NOUN}\b"
    rf"|\bou (?:est|en est|se trouve|sont)\s+(?:ma|mon|notre|la|le)\s+(?:\w+\s+)?{_ORDER_NOUN}\b|\bquand (?:arrive|arrivera|vais-je recevoir|sera livree?)\s+(?:-t-elle\s+)?(?:ma|mon|notre)\s+{_ORDER_NOUN}\b"
    rf"|\bdonde (?:esta|estan)\s+(?:mi|nuestro|el)\s+(?:\w+\s+)?{_ORDER_NOUN}\b|\bcuando (?:llega|llegara|recibire)\s+(?:mi|nuestro|el)\s+{_ORDER_NOUN}\b"
)
_GENERAL = re.compile(
    r"\b(?:how (?:do|can|to|long|much|many|does|often)|what (?:do|should|can|happens) (?:i|we|if)|usually|normally|typically|in general|policy|policies|is it possible|am i able|(?:can|may|could) (?:i|we)"
    r"|wie (?:kann|lange|viel|lauft|funktioniert)|normalerweise|kann ich|was (?:kann|soll|passiert)|comment|combien|normalement|puis-je|que (?:faire|dois)"
    r"|como (?:puedo|se)|cuanto|normalmente|puedo|que (?:hago|debo))\b"
)
_ABOUT_ORDERS = re.compile(
    r"(?:order|packag|parcel|deliver|shipment|ship|item|status|track|number|check|arriv|receiv|expect|updat|eta|where|when|today|yet|now|cancel|refund|return|plac|confirm"
    r"|bestell|paket|sendung|liefer|ankomm|angekomm|stornier|nummer|command|colis|livr|arriv|annul|numero|suivi|pedid|paquet|envi|lleg|cancel|seguimient)"
)
_NUMBERED = re.compile(r"\[(?:order|tracking) number\]|(?:\border|bestellung|commande|pedido)(?: (?:number|nr|no|id|numero|nummer))?[\s.:#]*#?[a-z]{0,4}-?\d{3,}|#\s?\d{3,}")
_BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|them|one|ones|he|she|they|so|instead|das|dies\w*|es|davon|damit|dafur|dazu|ihn|sie|ca|cela|celui|celle|y|en|le|la|les|eso|esto|ello|lo|los)\b"
    r"|^(?:and|und|et|y|what about|how about|what if|wie ist es|et (?:pour|si)|y (?:para|si|en))\b"
)
_SHIFT = re.compile(
    r"^\W*(?:also|another (?:question|thing|issue)|(?:one|two) (?:more|other) (?:question|thing)s?|on another (?:note|matter|topic)|separately|secondly?|second(?: question)?|besides|furthermore|additionally|in addition|by the way|btw"
    r"|ausserdem|zweitens|noch (?:eine|was|etwas)|ubrigens|de plus|par ailleurs|aussi|deuxiemement|autre (?:question|chose)|ademas|tambien|otra (?:pregunta|cosa)|por otro lado)\b"
)
_JOINT = re.compile(
    r"[,;]?\s+(?:and|und|et|y)(?: also| auch| aussi| tambien)?\s+(?=(?:what|how|when|where|why|which|who|can|could|do|does|is|are|will|was|wie|wann|wo|warum|welche\w*|kann|gibt|ist|sind|liefert|quel\w*|comment|quand|combien|est-ce|puis-je|que|como|cuando|cuanto\w*|cual\w*|puedo|donde)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Function words of the four languages, to tell content from filler.
_FUNCTION = frozenset(
    """a an the and or but if of to in on at for from with by as is are was were be been am do does did have has had can could
    will would should shall may might must i me my mine you your yours he she it its we us our they them their this that these
    those there here what when where why which who whom how any some no not so too very just also please still yet already get
    got want need know help tell like im ive id dont cant doesnt isnt long much many about up out over per via than then ok okay
    der die das den dem des ein eine einen einem einer und oder aber wenn von zu in im an am auf fur mit bei aus ist sind war
    bin sein haben habe hat hatte kann konnen ich mich mir mein meine meinen meiner sie ihr ihre wir uns unser es man wie was
    wann wo warum wer welche nicht kein keine auch noch schon bitte so sehr nur mochte wissen lange viel gibt
    le la les un une des du de et ou mais si a au aux en dans sur pour par avec est sont etait etre ai as avez avoir peut peux
    puis-je je me mon ma mes vous votre vos il elle nous notre on ce cet cette ces que qui quoi quand comment pourquoi combien
    quel quelle quels quelles ne pas plus aussi tres est-ce j'ai savoir
    el los las una uno unos y o pero del al con sin por para es son era ser estar esta estan he ha han puedo puede se mi mis tu
    su sus nos lo como cuando donde cuanto cual que no si tambien muy ya hay saber quiero""".split()
)
LANGUAGE_WORDS = {
    "en": frozenset("the is are my i you do does can what how when where to for of and not it have with a an in on this".split()),
    "de": frozenset("der die das ist sind mein meine ich sie kann wie was wann wo und nicht ein eine zu fur mit es bei auf den".split()),
    "fr": frozenset("le la les est sont mon ma je vous puis comment quand ou et pas un une des pour avec ce dans sur du que".split()),
    "es": frozenset("el la los es son mi mis yo usted puedo como cuando donde y no un una para con en por de que se lo".split()),
    "it": frozenset("il lo gli e sono mio mia io puo posso come quando dove non un una per con che di si della".split()),
    "nl": frozenset("de het is zijn mijn ik u kan hoe wat wanneer waar en niet een voor met op van bij".split()),
    "pt": frozenset("o os as meu minha eu voce posso como quando onde e nao um uma para com em por que do da".split()),
}
# "Really?", "sure?": doubt about the answer, no ask of its own.
_DOUBT = frozenset("realli really real sure again seriou serious true ok huh wirklich echt sicher vraiment sur seguro verdad".split())
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask: the index of the customer's message that holds it, its words, how often it was asked again, and whether the
    customer then said that the answer does not help (`unhappy`) or called for a human (`human`)."""

    message: int
    text: str
    again: int = 0
    unhappy: bool = False
    human: bool = False


def language_of(text: str) -> str | None:
    """The language whose function words a text uses most; None where the text does not tell."""
    words = [fold(word) for word in _WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in LANGUAGE_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    second = sorted(counts.values())[-2]
    return best if counts[best] >= 2 and counts[best] > second else None


def content(text: str) -> set[str]:
    """Stems of the words that carry the subject."""
    words = (fold(word) for word in _WORD.findall(PLACEHOLDER.sub(" ", text)))
    return {stem(word) for word in words if word not in _FUNCTION and len(word) > 1}


_BEFORE = re.compile(
    r"^(?:(?:hi+|hello|hey+|hiya|good (?:morning|afternoon|evening|day)|dear (?:team|sir|madam|all|support)|quick question|question|(?:i have|just|got) an? (?:quick |small |short )?question|hallo(?: zusammen)?|guten (?:tag|morgen|abend)|moin|servus|bonjour|bonsoir|salut|hola|buen(?:os|as) (?:dias|días|tardes|noches))"
    r"(?: (?:there|team|all|everyone|guys|support|folks|\[name\]))?\s*[,!.:;–—-]*\s+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,.!?;–—-]+(?:thanks?(?: you)?(?: (?:so much|very much|a lot|in advance|again))?|thx(?: in advance)?|ty|pls|plz|please|cheers|danke(?: sch(?:ö|oe)n)?|vielen dank|lg|vg|mfg|bitte|merci(?: beaucoup| d'avance)?|(?:muchas )?gracias|[:;]-?[()DP])[\s.!]*)+$",
    re.IGNORECASE,
)


def bare(sentence: str) -> str:
    """The sentence without the greeting in front of it and the thanks behind it; always a slice of it."""
    rest = _BEFORE.sub("", sentence.strip())
    cut = _AFTER.search(rest)
    if cut:
        mark = re.match(r"\s*([?!.]+)", rest[cut.start() :])
        rest = rest[: cut.start() + (mark.end() if mark else 0)]
    return rest.strip() if content(rest) else sentence.strip()


def pleasantry(sentence: str) -> bool:
    """Greeting, thanks, closing, nod: nothing asked."""
    plain = fold(PLACEHOLDER.sub(" ", sentence)).replace("’", "'").strip(" .,!?;:-–—*\"'()")
    plain = " ".join(plain.split())
    return not re.search(r"[^\W_]", plain) or _PLEASANT.fullmatch(plain) is not None


def wants_human(text: str) -> bool:
    """A call for a human."""
    return _HUMAN.search(fold(text).replace("’", "'")) is not None


def explicit(sentence: str) -> bool:
    """A question by its mark, its first words, or in indirect speech."""
    plain = fold(sentence).replace("’", "'").strip()
    return plain.endswith(("?", "?)", "?!", '?"', "？")) or plain.startswith("¿") or bool(
        _QUESTION.match(plain) or _INDIRECT.search(plain)
    )


def order_specific(text: str) -> bool:
    """A request about one order, parcel or refund that is in progress: only a look into the system answers it."""
    plain = fold(text).replace("’", "'")
    if _GENERAL.search(plain):
        return False
    about = {word for word in content(plain) if not _ABOUT_ORDERS.match(word) and not word.isdigit()}
    if _STATUS.search(plain):
        return len(about) <= 2
    return bool(_NUMBERED.search(plain)) and len(about) <= 3


def message_asks(text: str) -> list[str]:
    """The asks of one message that opens a topic: statements go with the question that they lead to; questions about
    different things are parted; what remains when pleasantries are gone is an ask even without a question mark."""
    groups: list[list[str]] = []
    asked: list[bool] = []
    for sentence in _clauses(text):
        if pleasantry(sentence) or (wants_human(sentence) and len(content(sentence)) <= 6 and not explicit_topic(sentence)):
            continue
        sentence = bare(sentence)
        question = explicit(sentence)
        plain = fold(sentence)
        if groups and not _SHIFT.match(plain) and not (question and asked[-1] and _apart(groups[-1], sentence)):
            groups[-1].append(sentence)
            asked[-1] = asked[-1] or question
        else:
            groups.append([sentence])
            asked.append(question)
    # A group that asks nothing belongs to the one before it, or opens the one after it.
    merged: list[list[str]] = []
    for number, group in enumerate(groups):
        if merged and not asked[number] and not _NEED.search(fold(" ".join(group))):
            merged[-1].extend(group)
        else:
            merged.append(group)
    return [shorten(group) for group in merged if _says(" ".join(group))]


def _says(text: str) -> bool:
    """Something to find an answer by: a content word, a full question, or a script whose words are not known here."""
    return bool(content(text)) or not _latin(text) or (explicit(text) and len(_WORD.findall(text)) >= 7)


def explicit_topic(sentence: str) -> bool:
    """A call for a human that says what it is about."""
    return re.search(r"\b(?:about|regarding|because|since|why|wegen|uber|au sujet|a propos|sobre|porque)\b", fold(sentence)) is not None


def _latin(text: str) -> bool:
    return sum(sign.isascii() for sign in text) * 2 >= len(text)


def _clauses(text: str) -> list[str]:
    found: list[str] = []
    for start, end in split(text):
        sentence = text[start:end]
        if sentence.rstrip().endswith("?"):
            parts = _JOINT.split(sentence)
            while len(parts) > 1:
                head, rest = parts[0], " ".join(parts[1:])
                if explicit(head) and len(content(head)) >= 2 and len(content(parts[1])) >= 2 and not _refers(parts[1]):
                    found.append(head)
                    parts = parts[1:]
                    sentence = rest if len(parts) == 1 else sentence
                else:
                    parts = [f"{parts[0]} and {parts[1]}", *parts[2:]]
            found.append(parts[0] if found and found[-1] != sentence and parts[0] in sentence else sentence)
        else:
            found.append(sentence)
    return found


def _refers(sentence: str) -> bool:
    return _BACK.search(fold(sentence)) is not None


def _apart(group: Sequence[str], sentence: str) -> bool:
    own = content(sentence)
    before = content(" ".join(group))
    rest = re.sub(r"^\W*(?:and|und|et|y)\b\s*(?=\w+\s+\w+\s+\w+)", "", sentence, flags=re.IGNORECASE)
    return len(own) >= 2 and len(before) >= 2 and not own & before and not _refers(rest)


def shorten(sentences: Sequence[str]) -> str:
    """The sentences as one text; of a long one its questions, its needs and what leads to them."""
    text = " ".join(" ".join(sentences).split())
    if len(text) <= LONGEST:
        return text
    kept = [s for s in sentences if explicit(s) or _NEED.search(fold(s))] or list(sentences)
    short = " ".join(" ".join(kept).split())
    return short if len(short) <= LONGEST else short[:LONGEST].rsplit(" ", 1)[0]


def similar(one: str, other: str) -> float:
    """Share of the smaller text's content that the other has too: 0 to 1."""
    a, b = content(one), content(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def asks_of(turns: Sequence[tuple[str, str]]) -> list[Ask]:
    """The asks of a conversation, given as (role, text) of every message in order.

    Before anybody has answered, every message of the customer opens or continues a topic. Later a message counts if it asks
    or says a need and is no reply to a question of the shop; short follow-ups carry the ask they refer to.
    """
    found: list[Ask] = []
    answered = False
    last_other = last_role = ""
    for index, (role, text) in enumerate(turns):
        if role in ("ai", "agent"):
            answered = answered or bool(found)
            last_other, last_role = text, role
            continue
        if role != "customer" or not text.strip():
            continue
        if answered and found:
            plain = fold(text).replace("’", "'")
            if _UNHAPPY.search(plain):
                found[-1] = replace(found[-1], unhappy=True)
                continue
            if wants_human(text) and not explicit_topic(text):
                found[-1] = replace(found[-1], human=True)
                continue
        replying = last_other.rstrip().endswith("?") and answered
        for piece in message_asks(text):
            question = explicit(piece)
            if order_specific(piece):
                continue
            if not answered:
                if found and not question and found[-1].message == index - 1 and not _NEED.search(fold(piece)):
                    found[-1] = replace(found[-1], text=shorten([found[-1].text, piece]))
                else:
                    _add(found, index, piece)
                continue
            if not question and (replying or not _NEED.search(fold(piece)) or len(content(piece)) < 3):
                continue
            own = {word for word in content(piece) if not word.isdigit() and word not in _DOUBT}
            # What is written to an agent who has taken over is mostly about the case at hand.
            if not own or (last_role == "agent" and len(own) < 3):
                continue
            if question and replying and not piece.rstrip().endswith("?") and len(content(piece)) < 3:
                continue
            _add(found, index, piece)
    return found


def _add(found: list[Ask], index: int, piece: str) -> None:
    for number, known in enumerate(found):
        if known.message != index and len(content(piece)) >= 2 and similar(piece, known.text) >= 0.75:
            found[number] = replace(known, again=known.again + 1)
            return
    if found and found[-1].message != index and (len(content(piece)) < 2 or (_refers(piece) and len(content(piece)) < 4)):
        piece = shorten([found[-1].text, piece])
    found.append(Ask(index, piece))


_LEAD_IN = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|and|please|also|thanks|hallo|bonjour|hola)\b[\s,.!]*)*"
    r"(?:(?:the )?(?:client|customer|user|caller)s? (?:(?:is|was|were|has|had) )?(?:(?:contact(?:ed|ing)|call(?:ed|ing)|reach(?:ed|ing) out to)"
    r" (?:the )?(?:[\w-]+ ){0,4}?(?:because|to|about|regarding|as|since) )?(?:that )?(?:(?:they|he|she) )?(?:(?:want|need|wish|would like|ask|inquir|wonder)(?:s|ed|ing|es)?"
    r" (?:to (?:know|ask|find out|check|inquire|confirm|see|understand|learn)(?: about| more about)? ?|about |for |if )?)?"
    r"|i(?:'d| would| am|'m)? ?(?:want(?:ed)?|need|like|just|was)?(?: to)? ?(?:know|ask|find out|wondering|curious|check|understand)(?: about)?"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|explain|help|let|show)(?: to)?(?: me)(?: know| understand)?|do you know|tell me"
    r"|(?:i have |just )?a? ?(?:quick )?question(?: about)?[:,]?|any idea"
    r"|(?:ich )?(?:m(?:ö|oe)chte|wollte|w(?:ü|ue)rde)(?: gern(?:e)?)?(?: mal)? (?:wissen|fragen|erfahren),?|(?:k(?:ö|oe)nn(?:t|en) (?:ihr|sie) mir|kannst du mir) (?:bitte )?sagen,?"
    r"|je (?:voudrais|souhaite(?:rais)?|veux|aimerais) savoir|pouvez-vous me dire|(?:quisiera|quiero|me gustar(?:í|i)a|quer(?:í|i)a) saber|(?:me )?(?:puedes?|pueden) decir(?:me)?)"
    r"\s*(?:if|whether|about|please|ob|si)?\s*",
    re.IGNORECASE,
)


def essence(text: str) -> str:
    """The ask without its lead-in ("I would like to know whether …"): what is compared with other asks and articles."""
    rest = _LEAD_IN.sub("", PLACEHOLDER.sub(" ", text), count=1).strip(" ,.:;")
    return " ".join(rest.split()) if len(content(rest)) >= 2 else text
