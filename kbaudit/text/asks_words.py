"""Set phrases and function words of English, German, French and Spanish, by which `text.asks` tells what is asked."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\[[a-z][a-z ]*\]")
LEAD = r"(?:(?:and|but|so|ok(?:ay)?|also|then|well|hi|hello|hey|please|sorry|und|aber|also|dann|hallo|bitte|et|mais|alors|bonjour|y|e|pero|hola|entonces)[\s,.!:-]+)*"
QUESTION = re.compile(
    LEAD
    + r"(?:(?:who|what|when|where|why|which|how|whose|can|could|do|does|did|is|are|was|were|(?:will|would|should|shall|may)(?! (?:be|have|not|love|like|prefer|appreciate|also)\b)"
    r"|am i|has|have (?:i|you|we|they|my)|any (?:way|idea|chance|news|update))(?:'s|s|'re|'ll|'d|n't)?"
    r"|wer|was|wann|wo|warum|wieso|weshalb|welche[rsnm]?|wie|wohin|woher|kann|konnen|konnt|darf|gibt es|ist|sind|hat|habt"
    r"|haben sie|wird|werden|muss|mussen|soll|liefer(?:t|n) (?:ihr|sie)|versende(?:t|n) (?:ihr|sie)|bietet|nehmt"
    r"|qui|que|quoi|quand|ou|pourquoi|comment|combien|quel(?:le)?s?|est-ce|est-il|peut-on|puis-je|pouvez|avez-vous"
    r"|y a-t-il|livrez|faites-vous|acceptez|dois-je|faut-il"
    r"|quien|cuando|donde|por que|como|cuant[oa]s?|cual(?:es)?|puedo|puede[ns]?|podeis|pueden|hay|tienen|teneis|es posible"
    r"|hacen|haceis|envian|enviais|aceptan)\b"
)
INDIRECT = re.compile(
    r"\b(?:(?:want(?:ed|s)?|need(?:s|ed)?|like|love|trying) to (?:know|find out|understand|ask|check|see if)|wonder(?:ing|ed)?"
    r"|(?:tell|show|explain to|let) me|any idea|is there (?:a|any)|how (?:do|can|to|long|much|many|does|about)|can (?:i|you|we)"
    r"|could (?:i|you|we)|do you|what(?:'s| is| are|s)|curious"
    r"|mochte(?:n)? (?:wissen|fragen|erfahren)|wollte (?:fragen|wissen)|frage mich|ich frage|kann ich|konnen sie|gibt es"
    r"|(?:veux|voudrais|aimerais|souhaite(?:rais)?) savoir|est-ce que|puis-je|pouvez-vous|je me demande"
    r"|(?:quiero|quisiera|queria|me gustaria|necesito) saber|me pregunto|puedo|se puede)\b"
)
NEED = re.compile(
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
GREETING = (
    r"(?:hi+|hello|hey+|hiya|greetings|good (?:morning|afternoon|evening|day)|dear(?: \w+){0,3}|to whom it may concern"
    r"|how(?: are)? (?:you|u|ya)(?: doing)?(?: today)?|how'?s it going|(?:i )?hope (?:you(?:'re| are)|this|all|your)\b.{0,50}"
    r"|hallo|guten (?:tag|morgen|abend)|moin|servus|gruss gott|sehr geehrte\b.{0,40}|liebes?\b.{0,30}"
    r"|bonjour|bonsoir|salut|coucou|madame,? monsieur|cher(?:e|s)?\b.{0,30}"
    r"|hola|buen(?:os|as) (?:dias|tardes|noches)|buenas|estimad[oa]s?\b.{0,30})"
)
THANKS = (
    r"(?:(?:thank(?:s| you|u)?|cheers|ta) (?:love|mates?|heaps|eh|ji|guys|pal|dear|loads)|thank(?:s| you|u)?|thx|ty|cheers|much appreciated|(?:i )?(?:really )?appreciate (?:it|your help|that|the help)|many thanks"
    r"|thanks (?:a lot|so much|in advance|for (?:your|the) \w+(?: \w+)?)|(?:kind|best|warm)? ?regards|sincerely|bye+|goodbye|take care"
    r"|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|see you"
    r"|danke(?: schon| sehr| dir| ihnen| euch)?|vielen (?:lieben )?dank(?: im voraus)?|dankeschon|(?:mit )?(?:freundlichen?|besten?|liebe|viele) grusse?n?|tschuss|auf wiedersehen|schonen tag(?: noch)?"
    r"|merci(?: beaucoup| bien| d'avance)?|cordialement|bien a vous|au revoir|bonne (?:journee|soiree)|a bientot"
    r"|(?:muchas |mil )?gracias(?: de antemano| por (?:tu|su|la) \w+)?|un saludo|saludos(?: cordiales)?|adios|hasta luego|que tenga un buen dia)"
)
NOD = (
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
PLEASANT = re.compile(
    rf"(?:(?:{GREETING}|{THANKS}|{NOD}|there|team|all|everyone|sir|madam|guys|folks|again|support|(?:so|very) much|a lot|then|zusammen|\[name\])(?:[\s,.!?;:)(–—-]+|$))+"
)
HUMAN = re.compile(
    r"\b(?:(?:talk|speak|chat|connect|transfer|escalate|put me|pass me|get me|give me|want|need|prefer|reach|contact|let me (?:talk|speak))\b.{0,25}\b"
    r"(?:humans?|(?:real|actual|live) (?:person|agent|human|people)|(?:an?|the|your) (?:person|(?:live |support |customer |service )*(?:agent|representative|rep|advisor|adviser)|operator|manager|supervisor|staff member))"
    r"|(?:talk|speak|chat|connect me|transfer me|put me through)\b.{0,25}\b(?:someone|somebody|agents?|representatives?|people|executives?|specialists?|experts?|staff|owner|boss|team|employee|colleague|real one)"
    r"|(?:talk|speak|chat) (?:to|with) (?:an?|your|the|one of your) \w+(?: \w+)?[\s.!?]*$"
    r"|^\W*(?:(?:an?|the) )?(?:human|agent|representative|operator|real person|live (?:agent|chat|person))[\s,.!]*(?:please|now|pls)?[\s.!?]*$"
    r"|(?:mit )?(?:einem |einer )?(?:menschen|mitarbeiter(?:in)?|berater(?:in)?|echten? person)\b.{0,20}\b(?:sprechen|reden|verbinden|chatten)"
    r"|(?:parler|discuter|contacter|joindre|mettre en relation)\b.{0,25}\b(?:humain|conseiller|conseillere|agent|quelqu'un|une? (?:vraie )?personne|operateur)"
    r"|(?:hablar|chatear|contactar|comunicarme|pasame|paseme)\b.{0,25}\b(?:humano|persona|agente|alguien|operador|asesor))\b"
)
UNHAPPY = re.compile(
    r"\b(?:(?:that|this|it) (?:doesn't|does not|didn't|did not|isn't|is not|wasn't) (?:really )?(?:help|work|answer|what|it|true|right|correct|useful)\w*|not (?:what i (?:asked|meant|wanted)|my question|the question|helpful|true|useful)|(?:that|this)(?:'s| is) (?:something else|another (?:thing|question)|a different (?:thing|question|matter))|i (?:didn't|did not) ask (?:that|about|for)"
    r"|you(?:'re| are)? (?:don't|do not|not|didn't) (?:get|understand|listen|help|answer|read)\w*|(?:already|just) (?:tried|did|done|told|said|asked)|that's not (?:it|what|right|true)|useless|no help"
    r"|hilft (?:mir )?nicht|(?:meine|meinte) ich nicht|(?:schon|bereits) (?:probiert|versucht|gesagt)|verstehst? (?:mich )?nicht|n'aide pas|ne repond pas|deja (?:essaye|dit)|no me (?:ayuda|sirve)|ya lo (?:intente|dije))\b"
)
ORDER_NOUN = r"(?:orders?|package|parcel|delivery|shipment|bestellung|paket|sendung|lieferung|commande|colis|livraison|pedido|paquete|envio)"
STATUS = re.compile(
    rf"\b(?:where(?:'s| is| are|s)|when (?:will|is|does|can i expect|should)|(?:what(?:'s| is) the )?status (?:of|on|for)|track(?:ing)?(?: (?:number|info|link))?(?: (?:of|for|on))?"
    rf"|(?:any )?(?:update|news|eta) (?:on|about|for|of)|(?:has|did|was|is)|(?:find|locate|check)(?: on)?)\s+(?:my|our)\s+(?:\w+\s+){{0,2}}{ORDER_NOUN}\b"
    rf"|\bwo (?:ist|bleibt|sind)\s+(?:meine?|unsere?|das|die)\s+(?:\w+\s+)?{ORDER_NOUN}\b|\bwann (?:kommt|kommen|wird)\s+(?:meine?|unsere?|das|die)\s+(?:\w+\s+)?{ORDER_NOUN}\b|\bstatus (?:meiner|der) {ORDER_NOUN}\b"
    rf"|\bou (?:est|en est|se trouve|sont)\s+(?:ma|mon|notre|la|le)\s+(?:\w+\s+)?{ORDER_NOUN}\b|\bquand (?:arrive|arrivera|vais-je recevoir|sera livree?)\s+(?:-t-elle\s+)?(?:ma|mon|notre)\s+{ORDER_NOUN}\b"
    rf"|\bdonde (?:esta|estan)\s+(?:mi|nuestro|el)\s+(?:\w+\s+)?{ORDER_NOUN}\b|\bcuando (?:llega|llegara|recibire)\s+(?:mi|nuestro|el)\s+{ORDER_NOUN}\b"
)
GENERAL = re.compile(
    r"\b(?:how (?:do|can|to|long|much|many|does|often)|what (?:do|should|can|happens) (?:i|we|if)|usually|normally|typically|in general|policy|policies|is it possible|am i able|(?:can|may|could) (?:i|we)"
    r"|wie (?:kann|lange|viel|lauft|funktioniert)|normalerweise|kann ich|was (?:kann|soll|passiert)|comment|combien|normalement|puis-je|que (?:faire|dois)"
    r"|como (?:puedo|se)|cuanto|normalmente|puedo|que (?:hago|debo))\b"
)
# Asked for the rule in a case of one's own: an article can tell.
RULE = re.compile(
    r"\b(?:what (?:do|can|should|happens|if)|who (?:do|should|can)|how (?:do|can|to|long|does)|is it possible|(?:do|should) i|policy"
    r"|was (?:kann|soll|passiert)|wie (?:kann|lange)|que (?:faire|dois|hago|debo)|comment|como (?:puedo|se))\b"
)
ABOUT_ORDERS = re.compile(
    r"(?:order|packag|parcel|deliver|shipment|ship|item|status|track|number|check|arriv|receiv|expect|updat|eta|where|when|today|yet|now|cancel|refund|return|plac|confirm"
    r"|bestell|paket|sendung|liefer|ankomm|angekomm|stornier|nummer|command|colis|livr|arriv|annul|numero|suivi|pedid|paquet|envi|lleg|cancel|seguimient)"
)
NUMBERED = re.compile(
    r"\[(?:order|tracking) number\]|(?:\border|bestellung|commande|pedido)(?: (?:number|nr|no|id|numero|nummer))?[\s.:#]*#?[a-z]{0,4}-?\d{3,}|#\s?\d{3,}"
)
# A number that only one order, parcel or payment can have, beside what is told of one.
BARE_NUMBER = re.compile(r"(?<![\w.,$€£])[a-z]{0,3}-?\d{4,}(?![\w.,]\d)")
UNDER_WAY = re.compile(
    r"\b(?:news|update|status|track\w*|delay\w*|pending|processing|shipped|sent|refund\w*|charged|billed|debited|cancel\w*|where|coming|due|arriv\w*|delivered|address|driver|courier|missing|crushed|damaged|prepone|postpone|hold|add"
    r"|verspatet|storniert?|erstattet|geliefert|retard\w*|annul\w*|rembours\w*|retras\w*|reembols\w*)\b"
)
# What has happened to one order, told by who waits for it: what a courier did, a wrong debit, an order just placed.
_COURIER = r"(?:couriers?|drivers?|delivery (?:boy|man|guy|person|agent|partner)|postman|post ?woman|fedex|ups|dhl|usps|dpd|hermes|evri|royal mail|bote|zusteller|livreur|facteur|repartidor|cartero)"
_ORDER_OR_CONTENT = r"(?:(?:my|the|this|that|our|an?)\s+(?:\w+\s+){0,2}(?:orders?|purchase|delivery|shipment|booking)|what i (?:just )?(?:ordered|bought))"
_LATELY = r"(?:(?:from|placed|made|of|i (?:just )?(?:placed|made|ordered)|i) )?(?:(?:this|yesterday|earlier|last|just|today|tonight|an? (?:hour|minute|moment|day)|\d+ (?:hours?|minutes?|days?)|by mistake|by accident|twice)\b)"
EVENT = re.compile(
    rf"\b{_COURIER}\s+(?:just\s+)?(?:says?|said|told|claims?|left|didn't|did not|hasn't|never|couldn't|could not|went|came|tried|cannot|can't|marked|refuse[sd]?|sagt|dit|dice)\b"
    rf"|\b(?:cancel|stop|change|amend|edit|modify|pause|hold)\s+(?:the address (?:on|for|of)\s+)?{_ORDER_OR_CONTENT}\s+(?:\w+\s+){{0,3}}?{_LATELY}"
    r"|\b(?:cancel|stop|change|amend|edit|modify|add|update)\b.{0,40}\b(?:my|our) (?:last|latest|recent|current) (?:order|purchase|delivery|parcel|shipment)\b"
    r"|\b(?:add|remove|cancel|change|update|hold|redirect)\b.{0,40}(?:\[order number\]|(?<![\w.,])[a-z]{0,3}-?\d{4,})"
    r"|(?:need|want|like|please|pls|kindly) (?:to )?(?:change|update|correct|fix|amend) (?:my|our) (?:shipping|delivery) address"
    r"|\b(?:payment|card|amount|money)\b.{0,30}\b(?:went through|debited|deducted|charged|taken)\b.{0,12}\b(?:but|and)\b.{0,12}\b(?:order|confirmation|confirmed|e-?mail)\b"
    r"|\b(?:says|shows|marked(?: as)?|status(?: is)?) delivered\b.{0,20}\b(?:but|nothing|not|never)\b"
    rf"|\bmy (?:\w+ )?{ORDER_NOUN} (?:hasn't|has not|hasnt|haven't|did not|didn't|didnt|never|still hasn't|is (?:still )?(?:late|delayed|stuck|lost)|was (?:due|supposed|to come|meant))\b"
    r"|\b(?:it|they) (?:was|were) (?:to come|due|supposed to (?:come|arrive))\b"
    r"|\b(?:did|have|has) (?:you|they) (?:get|got|receive|received) (?:what|the \w+|my \w+)(?: \w+)? (?:i (?:sent|returned|posted)|back)\b"
)
BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|them|one|ones|he|she|they|so|instead|das|dies\w*|es|davon|damit|dafur|dazu|ihn|sie|ca|cela|celui|celle|y|en|le|la|les|eso|esto|ello|lo|los)\b"
    r"|^(?:and|und|et|y|what about|how about|what if|wie ist es|et (?:pour|si)|y (?:para|si|en))\b"
)
SHIFT = re.compile(
    r"^\W*(?:also|another (?:question|thing|issue)|(?:one|two) (?:more|other) (?:question|thing)s?|on another (?:note|matter|topic)|separately|secondly?|second(?: question)?|besides|furthermore|additionally|in addition|by the way|btw"
    r"|ausserdem|zweitens|noch (?:eine|was|etwas)|ubrigens|de plus|par ailleurs|aussi|deuxiemement|autre (?:question|chose)|ademas|tambien|otra (?:pregunta|cosa)|por otro lado)\b"
)
# Where a message turns to something else, in the middle of a line too.
SEAM = re.compile(
    r"(?:^|(?<=\s))(?:[Oo]h,?\s+and(?:\s+also)?[,:]?|Also,|(?<=[.?!]\s)(?i:also)\b,?"
    r"|(?i:(?:and\s+)?(?:another|one\s+(?:more|other)|(?:my\s+|a\s+)?second|last|next)\s+(?:question|thing|one)|while\s+i(?:['’]?m|\s+am)\s+(?:here|at\s+it)|by\s+the\s+way|btw|on\s+another\s+(?:note|matter)"
    r"|separately|secondly|p\.?s\.?|(?:und\s+)?noch\s+(?:eine|ne)\s+(?:kurze\s+)?frage|au(?:ß|ss)erdem|(?:une\s+)?autre\s+(?:question|chose)|otra\s+(?:pregunta|cosa|duda))\s*[,:;–—-]+)\s+"
)
JOINT = re.compile(
    r"[,;]?\s+(?:and|und|et|y)(?: also| auch| aussi| tambien)?\s+(?=(?:what|how|when|where|why|which|who|can|could|do|does|is|are|will|was|wie|wann|wo|warum|welche\w*|kann|gibt|ist|sind|liefert|quel\w*|comment|quand|combien|est-ce|puis-je|que|como|cuando|cuanto\w*|cual\w*|puedo|donde)\b)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Function words of the four languages, to tell content from filler.
FUNCTION = frozenset(
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
    "en": frozenset(
        "the is are my i you do does can what how when where to for of and not it have with a an in on this".split()
    ),
    "de": frozenset(
        "der die das ist sind mein meine ich sie kann wie was wann wo und nicht ein eine zu fur mit es bei auf den".split()
    ),
    "fr": frozenset(
        "le la les est sont mon ma je vous puis comment quand ou et pas un une des pour avec ce dans sur du que".split()
    ),
    "es": frozenset(
        "el la los es son mi mis yo usted puedo como cuando donde y no un una para con en por de que se lo".split()
    ),
    "it": frozenset(
        "il lo gli e sono mio mia io puo posso come quando dove non un una per con che di si della".split()
    ),
    "nl": frozenset("de het is zijn mijn ik u kan hoe wat wanneer waar en niet een voor met op van bij".split()),
    "pt": frozenset("o os as meu minha eu voce posso como quando onde e nao um uma para com em por que do da".split()),
}
# "Really?", "sure?": doubt about the answer, no ask of its own.
DOUBT = frozenset(
    "realli really real sure again seriou serious true ok huh wirklich echt sicher vraiment sur seguro verdad".split()
)
# "Another page says 14 days??", "45 days, wow", "it's been a week": what is said of an answer, by stems.
REACTION = frozenset(
    "another other pag sit websit articl text say said told read day week hour month minut wow been ago only already almost near never one two three four five six seven eight nine ten"
    " seit andere tag woch stund schon page jour semain dit deja dia seman hora dice".split()
)
BEFORE = re.compile(
    r"^(?:(?:hi+|hello|hey+|hiya|good (?:morning|afternoon|evening|day)|dear (?:team|sir|madam|all|support)|quick question|question|(?:i have|just|got) an? (?:quick |small |short )?question|hallo(?: zusammen)?|guten (?:tag|morgen|abend)|moin|servus|bonjour|bonsoir|salut|hola|buen(?:os|as) (?:dias|días|tardes|noches))"
    r"(?: (?:there|team|all|everyone|guys|support|folks|\[name\]))?\s*[,!.:;–—-]*\s+)+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?<![\s,.!?;–—-])(?:[\s,.!?;–—-]+(?:thanks?(?: you)?(?: (?:so much|very much|a lot|in advance|again))?|thx(?: in advance)?|ty|pls|plz|please|cheers|danke(?: sch(?:ö|oe)n)?|vielen dank|lg|vg|mfg|bitte|merci(?: beaucoup| d'avance)?|(?:muchas )?gracias|[:;]-?[()DP]))+[\s.!]*$",
    re.IGNORECASE,
)
LEAD_IN = re.compile(
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

# Words of content that say nothing of what is asked, as stems of any shop's questions have them.
WEAK = frozenset(
    """take takes taking took taken keep keeps keeping kept go goes gone went come comes coming came offer offers
    offered offering give gives given gave open opens opened opening receive receives received receiving buy
    buys bought buying purchase purchased purchasing order orders ordered ordering find found finding put puts
    putting send sends sending sent bring brought show shows work works working worked start starts started
    happen happens happened become becomes change changes changed add adds added adding check checks choose
    decide think thought believe consider considering considered recommend suggest advise handle allow allowed
    allows include includes included mean means meant seem seems feel feels leave leaves left let ask asks asked
    call called write wrote read reads contact contacted confirm confirmed inquire notice noticed speak every
    each between always never again often soon later early now today tomorrow yesterday day days week weeks
    month months year years time times date good best better nice great bad right wrong different specific
    particular certain sure new old long short big small much many several another both half whole whether
    online shop store website site company retailer thing things stuff way kind sort type lot bit piece pieces
    item items product products people someone person issue problem help info information answer details number
    possible available unsure worried concerned interested curious confused trouble advice accidentally
    experiencing experience wish hope whether""".split()
)
