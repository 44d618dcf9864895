"""What a reply of the shop is worth: an answer, an admission that there is none, a question back, or a formality."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re

from kbaudit.text.asks import content, pleasantry
from kbaudit.text.asks_words import PLACEHOLDER
from kbaudit.text.sentences import split
from kbaudit.text.stem import fold

_NOTHING = re.compile(
    r"\b(?:(?:don't|do not|doesn't|does not|didn't|did not|no longer|currently) (?:currently |actually |seem to |yet )*have (?:any |that |this |the |enough |specific |sufficient |more |detailed |further |access to |an? )*(?:information|info|details?|data|answers?|article|documentation|knowledge|record)"
    r"|(?:information|info|answer|data) (?:is|was) (?:not|un|currently not|currently un)\s?available|(?:information|info|answer|data) isn't available|(?:have|is|there's|there is|has|with) no (?:(?:specific|further|relevant|such|available) )?(?:information|info|details?|answer|article|documentation|data)\b"
    r"|(?:couldn't|could not|can't|cannot|can not|wasn't able to|was not able to|unable to|not able to|didn't|did not) (?:seem to )?(?:find|locate|answer|help|assist|provide|confirm|tell|understand|quite (?:understand|get|catch))"
    r"|(?:i(?:'m| am) not (?:\w+ )?(?:sure|certain|aware)|i (?:don't|do not) (?:\w+ )?know|i have no idea|not (?:something|anything) i (?:can|know)|outside (?:of )?(?:my|what i)|beyond my"
    r"|(?:articles?|help ?cent(?:re|er)|help pages?|documentation|docs|faqs?|knowledge ?base|guides?|sources|records) (?:(?:do|does)(?:n't| not)|say nothing|says nothing) ?(?:seem to |actually |currently )*(?:cover|mention|say|contain|include|have|address|answer|tell|go into)?"
    r"|(?:shall|should|may|can) i (?:pass|connect|transfer|hand|put|forward) (?:you|this|it)|(?:steht|findet sich|gibt es) (?:\w+ ){0,3}nichts (?:dazu|daruber|in)"
    r"|isn't (?:covered|in my)|is not (?:covered|in my)|not (?:covered|included|found) in (?:my|our|the) (?:knowledge|articles?|help))|(?:please |could you )?rephrase"
    r"|(?:i'll|i will|let me|i'm going to|i am going to|allow me to) (?:connect|transfer|hand|pass|forward|escalate|put you)|connecting you|transferring you"
    r"|(?:keine|nicht genugend|leider nicht|nichts) (?:\w+ ){0,2}(?:informationen?|angaben?|auskunft|antwort|daten|dazu|daruber)|(?:kann|konnte|konnten|konnen) (?:ich |wir )?(?:\w+ ){0,4}nicht (?:\w+ ){0,2}(?:finden|beantworten|helfen|sagen|weiterhelfen)"
    r"|weiss (?:ich |das |es )*(?:leider )?nicht|nicht sicher|(?:leite|verbinde|ubergebe) (?:ich )?(?:sie|dich|das|ihre|deine)"
    r"|n'(?:ai|avons|a) (?:malheureusement )?(?:pas|aucune) (?:\w+ ){0,2}(?:d'|l'|cette |de )?(?:informations?|reponse|renseignements?)|ne dispose pas|je ne (?:sais|trouve|connais) pas|ne (?:peux|suis) (?:malheureusement )?pas (?:\w+ ){0,3}(?:repondre|aider|en mesure|trouver|confirmer)"
    r"|(?:je vous|je te) (?:transfere|mets en relation|redirige)"
    r"|no (?:tengo|tenemos|dispongo de|disponemos de|encuentro|cuento con|encontre|hay) (?:\w+ ){0,2}(?:informacion|datos|respuesta|detalles)|no (?:lo )?se\b|no (?:puedo|podemos|pude|he podido) (?:\w+ ){0,2}(?:responder|ayudar\w*|encontrar|confirmar)|(?:le|te) (?:transfiero|paso|comunico))"
)
_WAIT = re.compile(
    r"\b(?:let me (?:check|look|see|pull|find)|one (?:moment|second|minute)|just a (?:moment|second|minute)|(?:please )?(?:hold|bear with)|i'll (?:check|look|take a look|get back|be happy)|(?:happy|glad) to help|how (?:can|may) i (?:help|assist)|give me a|(?:i'm|i am|this is) (?:(?:the|your|an?) )?(?:\w+ ){0,3}(?:assistant|chat ?bot|bot)\b"
    r"|(?:einen )?(?:kleinen )?moment|ich (?:schaue|prufe|sehe)|wie kann ich|un instant|je (?:verifie|regarde)|comment puis-je|un momento|dejame|voy a (?:revisar|comprobar)|en que puedo)\b"
)
# Somebody will see to it: that is no answer either, to this customer or to the next.
_DEFERRED = re.compile(
    r"\b(?:(?:(?:i|we|he|she|they)(?:'ll| will)|(?:i(?:'m| am)|we(?:'re| are)) going to|(?:somebody|someone|a colleague|(?:my|our|the) (?:\w+ )?(?:team|colleagues?|experts?|manager|office|department|workshop|specialists?)|\w+ from (?:\w+ ){1,2}) (?:will|can|is going to)|^(?:will|shall)) (?:then |also |just |soon |personally )?(?:be in touch|(?:call|ring|phone|e-?mail|contact|write|text|message|update)(?: to)? (?:you|back)|(?:get|come|write|report|revert) (?:back )?(?:back )?to you|let you know|follow up|run over|find out|ask|check|look into)"
    r"|(?:will|'ll) (?:call|ring|e-?mail|contact|write|get back to|come back to|let) you\b|(?:let me|i(?:'ll| will| need to| have to| must)|we need to|i'd have to) (?:ask|check|find out|enquire|inquire|confirm|verify)\b|(?:ask|check with) (?:the|my|our|a) (?:\w+ )?(?:team|colleagues?|manager|supervisor|office|department|workshop|warehouse|specialist)\b"
    r"|(?:passed|forwarded|handed|sent|escalated|relayed) (?:this|it|that|you|your \w+)(?: (?:on|over|along|up))?(?: to\b|$)|(?:pass|forward|hand|escalat)(?:ing)? (?:this|it|that|your \w+) (?:on|over|along|up|to)\b|(?:opened|raised|created|logged|filed) (?:a |an )?(?:ticket|case|request|enquiry|inquiry)|left (?:a |them a |him a |her a )?(?:note|message)\b|put (?:it|this|that|you) on (?:the|my|our) list|leave (?:me |us )?your (?:phone |contact )?(?:number|e-?mail|details)"
    r"|rather not (?:guess|say)|(?:can't|cannot|can not|couldn't) (?:say|promise|tell)\b|(?:not|n't) (?:really |quite |entirely )?(?:sure|certain) (?:myself|about (?:that|this)|either)|may or may not be possible|(?:that's|that is|this is) (?:one|a (?:question|matter|case)) for\b|only covering\b|(?:is|am|are) on leave\b|thanks for (?:waiting|your patience|holding)"
    r"|(?:ich|wir) (?:melde|melden|frage|fragen|klare|klaren|leite|leiten) (?:mich|uns|nach|das|dies|es|ihre)|(?:je|nous) (?:vais|allons) (?:demander|verifier|me renseigner)|(?:je|nous) (?:vous )?(?:recontacte|rappelle|revien)|(?:voy|vamos) a (?:preguntar|consultar|averiguar)|(?:le|te) (?:llamo|llamaremos|escribire|contactaremos))"
)
# An answer says something: fewer words of content than this are a formality.
SUBSTANCE = 4
# So much content beside an admission is an answer all the same.
ANSWER = 10


_BUT = re.compile(r",?(?<!\s)\s+(?:but|however|aber|jedoch|mais|cependant|pero)\s+|;\s+", re.IGNORECASE)


def _pieces(text: str) -> list[str]:
    """Sentences, parted again where they turn: "I do not know that, but …"."""
    return [piece for start, end in split(text) for piece in _BUT.split(text[start:end]) if piece.strip()]


def no_information(text: str) -> bool:
    """An admission that nothing is known, or a hand-over instead of an answer."""
    pieces = [fold(piece).replace("’", "'") for piece in _pieces(text)]
    hits = [number for number, piece in enumerate(pieces) if _NOTHING.search(piece)]
    if not hits or hits[0] > 1:
        return False
    said = " ".join(piece for number, piece in enumerate(pieces) if number not in hits)
    # "I could not find your order, but returns are free for 30 days: start one at …" is an answer all the same.
    return len(content(said)) < ANSWER


def substance(text: str) -> str:
    """The part of a reply that could answer: without greetings, promises to look or to write, questions back and
    admissions."""
    kept = []
    for piece in _pieces(text):
        plain = fold(piece).replace("’", "'")
        if piece.rstrip().endswith("?") or pleasantry(piece) or _LETTER.fullmatch(plain.strip(" .,!:;–—-")):
            continue
        if _WAIT.search(plain) or _NOTHING.search(plain) or _DEFERRED.search(plain):
            continue
        kept.append(piece)
    return " ".join(kept)


# Openings and endings of a letter, and sentences about one customer's order.
_LETTER = re.compile(
    r"(?:thanks?|thank you|cheers)(?: (?:so|very) much)?(?: (?:for|again)\b[^.!?]*)?|(?:(?:many |kind |warm |best )*(?:regards|wishes)|yours (?:sincerely|faithfully)|cheers|best|take care)(?:,? \w+)?"
    r"|(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: (?!there's)\w+){0,2}|(?:hi |hello |hey )?(?:this is|my name is|i'm|it's) (?:\w+ )?(?:from (?:\w+ ?){1,3})?"
    r"|(?:great|good|excellent) question|sorry (?:about|for|to hear)\b[^.!?]*|(?:i )?hope (?:this|that|it|you|all)\b[^.!?]*|(?:please )?(?:let (?:me|us) know|feel free|don't hesitate|do not hesitate|get back to us)\b[^.!?]*"
    r"|(?:happy|glad|pleased) to help\b[^.!?]*|(?:have|enjoy) (?:a|your) (?:\w+ ){0,2}(?:day|weekend|evening|afternoon)\b[^.!?]*|any(?:thing else| (?:other|more|further) questions?)\b[^.!?]*|so sorry|no (?:problem|worries)"
    r"|(?:vielen |herzlichen )?dank(?: (?:fur|dass)\b[^.!?]*)?|(?:liebe|viele|freundliche|beste) grusse\b[^.!?]*|mit freundlichen grussen\b[^.!?]*|merci\b[^.!?]*|(?:bien )?cordialement\b[^.!?]*|(?:muchas )?gracias\b[^.!?]*|(?:un )?saludos?\b[^.!?]*"
)
_OWN_CASE = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have) (?:just |now |already |also )*(?!to\b)\w+(?:ed|en|t|ne|de)\b|(?:i|we)(?:'ve| have) (?:just |now |already )+\w+|(?:i|we) (?:just |have )?(?:refunded|cancelled|canceled|credited|resent|reshipped|dispatched|booked|forwarded|passed|checked|looked|sent|added|updated|applied)\b"
    r"|(?:i|we)(?:'m| am|'re| are) (?:now |just )?(?:refunding|sending (?:you|it|one|a)|cancelling|canceling|crediting|adding|checking|looking into)\b|i(?:'ll| will) (?:now |just )?(?:send|refund|resend|cancel|credit|book|add|check|look|forward|pass|email|call|ask)\b"
    r"|your (?:order|parcel|package|refund|delivery|shipment|case|ticket|account) (?:is (?:now|currently|on)|was|has (?:been|now|already|left|shipped)|had|will (?:arrive|leave|ship|be (?:with|there))|left|shipped|arrived|number)\b|(?:in|for|on|of) your case\b|i (?:can )?see (?:that |from |in )\b"
    r"|ich habe (?:ihre?n?|deine?n?|soeben|gerade|das|die|den)\b|(?:ihre|deine) (?:bestellung|lieferung|erstattung) (?:ist|wurde|wird)\b|votre (?:commande|colis|remboursement) (?:est|a|sera)\b|(?:su|tu) (?:pedido|paquete|reembolso) (?:esta|ha|sera|fue)\b)"
)
_TODAY = re.compile(r"\b(?:leaves?|ships?|goes out|sent|arrives?) (?:you )?(?:today|tomorrow|tonight)\b")
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|dear|hallo|bonjour|hola)\b(?: (?:there|all|\[name\]))?|(?:thanks|thank you)(?: for [^,.!?]{3,40})?|(?:so |very |really )*sorry(?: about (?:that|this))?)\s*[,!:–—-]+\s*"
    r"|^(?:\[name\]|(?:this is|i'?m) \[name\](?: here)?)\s*[,!:–—-]+\s*",
    re.IGNORECASE,
)


def publishable(text: str) -> str:
    """What of a reply may stand in an article: its sentences as written, without greetings, names, thanks and closings,
    and without those about one customer's order or with a placeholder of redaction in them."""
    kept = []
    for start, end in split(text):
        sentence = text[start:end].strip()
        while (shorter := _GREETING.sub("", sentence)) != sentence:
            sentence = shorter
        plain = " ".join(fold(PLACEHOLDER.sub(" ", sentence)).replace("’", "'").strip(" .,!?;:–—-").split())
        if not content(plain) or _LETTER.fullmatch(plain) or PLACEHOLDER.search(sentence) or not substance(sentence):
            continue
        if _OWN_CASE.search(plain) or _TODAY.search(plain):
            continue
        kept.append(sentence[:1].upper() + sentence[1:])
    return " ".join(kept)


def answers(text: str) -> bool:
    """Whether a reply says something that could be an answer."""
    return len(content(substance(text))) >= SUBSTANCE
