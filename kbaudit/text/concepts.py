"""What customers and shops call the same thing: plain words beside those of policies, carriers and law.

An embedding knows that "box" is near "package"; it does not know that a shop's "consignment impaired in transit" is a
customer's "smashed box". The groups are general words of retail support in English, German, French and Spanish; a
pattern matches at the start of a folded word.
"""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re
from functools import lru_cache

from kbaudit.text.stem import fold

_GROUPS: dict[str, str] = {
    "damaged": r"broke|break|smash|crack|shatter|dent|chip(?:ped|s)|torn|tear|rip(?:ped)?\b|crush|leak|scratch|snapp|bent\b|defect|fault|impair|damag|in pieces|soaked|kaputt|beschadigt|zerbroch|casse|abime|endommag|roto\b|rota\b|danad",
    "parcel": r"parcel|packag|box(?:es)?\b|consignment|shipment|merchandise|goods\b|deliver(?:y|ies)\b|paket|sendung|colis|paquete|envio",
    "transit": r"transit|on the way|in the mail|in the post|carrier|courier|delivery (?:guy|driver|person|man)|arriv|unterwegs|transport|en route|camino",
    "photo": r"photo|picture|pic(?:s)?\b|image|snapshot|bild(?:er)?\b|foto|imagen",
    "replace": r"replac|new one|another one|send (?:me |you )?(?:another|a new)|equivalent|substitut|exchang|swap|ersatz|austausch|umtausch|remplac|echang|reemplaz|cambi(?:o|ar)",
    "send back": r"send(?:ing)? (?:\w+ ){0,4}back|sent back|mail (?:\w+ )?back|bring (?:\w+ )?back|return|retour|zuruck|ruckgab|rucksend|renvo|devol",
    "refund": r"refund|money back|reimburs|credited|chargeback|erstatt|geld zuruck|rembours|reembols",
    "free": r"free\b|no (?:charge|cost|fee)|free of charge|gratis|kostenlos|kostenfrei|gratuit|without charge|waived|complimentary",
    "price": r"price|cost(?:s)?\b|how much|fee\b|fees\b|charged|tariff|rate\b|rates\b|preis|kosten|gebuhr|prix|tarif|frais|precio|coste|cuanto",
    "pay": r"pay|paid|settle|remit|invoice|bill|checkout|zahl|rechnung|paie|facture|pag(?:o|ar)|factura",
    "cancel": r"cancel|call off|rescind|withdraw|revok|terminat|stop (?:my|the)|stornier|widerruf|kundig|annul|resili|retract|anular",
    "account": r"account|profile|log ?in|sign ?in|credential|konto|anmeld|compte|cuenta",
    "password": r"password|passcode|pass ?phrase|locked out|credential|kennwort|passwort|mot de passe|contrasena",
    "delete": r"delet|erase|remov|close (?:my|the)|deactivat|losch|supprim|elimin|borrar",
    "address": r"address|move[sd]?\b|relocat|destination|adress|anschrift|umzug|direccion|mudanza",
    "change": r"chang|updat|edit\b|modif|amend|alter|correct|ander|modifi|corrig",
    "size": r"size|fit(?:s|ting)?\b|too (?:small|big|large|tight|loose)|measurement|dimension|grosse|zu (?:klein|gross)|taille|talla|tamano",
    "colour": r"colou?r|shade|hue|farbe|couleur|color",
    "clean": r"clean|wash|launder|stain|spot\b|dirt|wasch|reinig|fleck|lav(?:er|ar)|nettoy|tache|mancha|limpi",
    "repair": r"repair|fix\b|fixed|mend|restor|servic(?:e|ing) (?:a|the|my)|reparat|reparier|reparar|arregl",
    "warranty": r"warrant|guarantee|garanti|gewahrleist|covered\b|coverage",
    "power": r"charger|recharg|charging (?:it|port|cable|time|light)|batter|power|turn(?:s)? on|switch(?:es)? on|plug|akku|laden|strom|charger|batterie|cargar|bateria|energi[sz]",
    "sound": r"sound|audio|noise|volume|hear\b|speaker|acoustic|mute",
    "connect": r"connect|pair(?:ing|ed|s)?\b|bluetooth|wi-?fi|sync|link(?:ed|ing)?\b|network|verbind|koppel|connecter|conectar|emparej",
    "install": r"install|assembl|mount|set ?up|put (?:it )?together|build\b|aufbau|montier|montage|installer|montar|instalar",
    "discount": r"discount|coupon|promo|voucher|code\b|codes\b|deal|rebate|reduction|markdown|rabatt|gutschein|remise|reduction|descuento|cupon",
    "gift": r"gift|present\b|presents\b|geschenk|cadeau|regalo",
    "wrap": r"wrap|ribbon|packaging paper|einpack|verpack|emball|envolver",
    "card": r"card|voucher|karte|carte|tarjeta",
    "lost": r"lost\b|lose\b|missing|misplac|never (?:came|arrived|got)|went astray|disappear|gone\b|verloren|fehlt|perdu|manqu|perdid|extravi|falta",
    "late": r"late\b|delay|overdue|slow\b|still (?:not|waiting|hasn)|takes? (?:so|too|this) long|held up|verspat|verzoger|retard|retras",
    "track": r"track|trac(?:e|ed|ing)\b|follow\b|whereabouts|where is|locat|verfolg|suivi|rastre|seguimiento",
    "abroad": r"abroad|international|overseas|foreign|other countr|outside (?:the )?(?:us|uk|eu|country)|cross-border|ausland|etranger|extranjero",
    "customs": r"customs|dut(?:y|ies)\b|import|tax(?:es)?\b|tariff|levy|levies|vat\b|zoll|steuer|douane|taxe|aduana|impuesto",
    "store": r"store\b|shop\b|branch|showroom|outlet|premises|in person|laden\b|filiale|geschaft|magasin|boutique|tienda",
    "hours": r"hours|open(?:ing|s)?\b|clos(?:e|es|ing)\b|what time|offnungszeit|horaire|horario",
    "pick up": r"pick(?:ing|ed)? ?(?:it )?up|collect|curbside|abhol|retir|recog(?:er|ida)",
    "child": r"child|kid(?:s)?\b|baby|babies|toddler|infant|minor|kinder|enfant|bebe|nin[oa]",
    "pet": r"pet(?:s)?\b|dog(?:s)?\b|cat(?:s)?\b|animal|hund|katze|chien|chat\b|perro|gato|mascota",
    "allergy": r"allerg|sensitiv|irritat|rash\b|itch|intoleran|hypoallergenic|skin reaction",
    "ingredient": r"ingredient|contain(?:s)?\b|made (?:of|from)|material|fabric|composition|component|inhaltsstoff|zutat|ingredi|composic|material",
    "student": r"student|teacher|military|senior|pensioner|concession|educat|veteran|etudiant|estudiant",
    "subscription": r"subscri|recurring|auto-?renew|renewal|membership|plan\b|abo(?:nnement)?\b|abonn|suscripc",
    "pause": r"paus|skip|suspend|on hold|freeze|put off|defer|hold off|aussetz|pausier|suspen",
    "stock": r"in stock|out of stock|sold out|availab|restock|back ?order|inventory|replenish|vorratig|lieferbar|ausverkauft|disponib|rupture|agotad",
    "bulk": r"bulk|wholesale|large (?:order|quantit)|corporate|business (?:order|customer)|volume order|resell|trade account|grosshandel|mengen|mayorista|en gros",
    "donate": r"donat|charit|non-?profit|sponsor|spende|faire un don|donaci",
    "recycle": r"recycl|dispos|get rid|throw (?:it |them )?(?:away|out)|entsorg|recicl|dechet|take-?back|end-of-life",
    "age": r"how old|age\b|ages\b|years? old|over 18|adult|minimum age|alter\b|mayor de edad",
    "email": r"e-?mail|inbox|newsletter|message|correo|courriel",
    "unsubscribe": r"unsubscrib|opt[ -]?out|stop (?:sending|emailing|the emails)|too many (?:emails|messages)|spam|abmeld|abbestell|desabonn|desinscri|darse de baja",
    "privacy": r"privacy|personal data|my data|gdpr|datenschutz|meine daten|donnees|datos personales",
    "error": r"error|does(?:n't| not) work|not working|won't|glitch|crash|bug\b|freez|malfunction|fail|fehler|funktioniert nicht|erreur|ne (?:marche|fonctionne)|no funciona|fallo",
    "instruction": r"instruct|manual|guide\b|how (?:do|to)|tutorial|handbook|anleitung|mode d'emploi|notice\b|instruccion",
    "safe": r"safe|danger|hazard|risk|toxic|poison|sicher|gefahr|sur\b|dangereu|segur|peligr",
    "wait": r"how long|wait(?:ing)?\b|duration|lead time|turnaround|processing time|wie lange|dauer|combien de temps|delai|cuanto (?:tarda|tiempo)|plazo",
    "signature": r"sign(?:ature|ed for)\b|someone (?:be )?home|neighbou?r|doorstep|porch|safe place|unattended|unterschrift|nachbar|voisin|firma\b|vecino",
    "human error": r"by (?:mistake|accident)|accidental|wrong(?:ly)?\b|mistaken|erroneous|inadvertent|versehentlich|aus versehen|par erreur|por error",
}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"(?<![^\W_])(?:{pattern})")) for name, pattern in _GROUPS.items())


@lru_cache(maxsize=65536)
def concepts(text: str) -> frozenset[str]:
    """The groups that a text names."""
    plain = fold(text).replace("’", "'")
    return frozenset(name for name, pattern in _patterns() if pattern.search(plain))
