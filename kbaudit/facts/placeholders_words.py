"""What placeholders, template errors and demo text look like."""

from __future__ import annotations

import re

_I = re.IGNORECASE

ABOUT_TEMPLATES = re.compile(
    r"\b(?:templates?|liquid|handlebars|placeholders?|merge (?:tags?|fields?)|short ?codes?|snippets?|developers?|api|sdk|webhooks?|variables?|theme (?:code|editor|files?)|"
    r"saved repl(?:y|ies)|macros?|canned responses?|e-?mail notifications?|html|css|javascript|json|xml|regex|regular expressions?|command line|cli|terminal|scripts?|scripting|sketch(?:es)?|firmware|"
    r"endpoint|payload|graphql|sql|code blocks?|syntax|markdown|personalization tags?|known issues?|bug|vorlagen?|platzhalter|plantillas?|modèles?)\b",
    _I,
)
# Forms that the customer is to fill in, such as the model withdrawal form of the European Union.
CUSTOMER_FILLS = re.compile(
    r"\b(?:withdrawal form|sample (?:letter|form|e-?mail|message)|template (?:letter|e-?mail|message)|copy (?:and paste )?(?:this|the following|our)(?: (?:text|message|e-?mail|sentence|paragraph))?(?=\s?[:.])|(?:may|can|to) copy|use (?:this|the following) (?:text|wording|sentence)|fill in (?:the|this) (?:form|blanks?)|muster-?widerrufsformular|formulaire de rétractation|modelo de formulario)\b",
    _I,
)
_NOUN = r"(?:store|shop|company|business|brand|organi[sz]ation|merchant|site|website|domain|webshop|retailer|trader|seller|legal entity|customer service|customer support|support|service|help ?desk|returns?|warehouse|team|carrier|courier|shipping (?:carrier|company|provider))"
_DETAIL = r"(?:name|names|title|e-?mail(?: address)?|mail|phone(?: number)?|telephone(?: number)?|number|address|url|link|website|hours|opening hours|logo|policy|page|portal|contact(?: details| info(?:rmation)?)?|country|city|state|zip(?: code)?|location|region|date|time|deadline|amount|price|percentage|currency|details?|days?|period)"
_UNIT = r"(?:business |working |calendar )?(?:days?|hours?|weeks?|months?|years?|minutes?|%|percent|dollars?|usd|eur|gbp|items?|pieces?)"
# Pieces of an address beside each other ("[Street address], [City], [Postcode]").
_PIECE_OF_ADDRESS = r"(?:(?:street|building|house|flat|unit|suite)(?: (?:name|number|address))?|address(?: line ?\d?)?|town|post ?code|zip|zip code|county|province|state/province|p\.?o\.? box)"
# What only the shop can fill in.
SHOP_FILLS = re.compile(
    rf"(?:{_PIECE_OF_ADDRESS}|(?:your |our |the )?{_NOUN}(?:'s)?(?: {_NOUN})?(?: {_DETAIL})+|(?:your|our|my) {_NOUN}|(?:your|our) (?:brand|company|store|shop|business)|"
    rf"(?:insert|fill in|replace with|link to|hyperlink)\b[^\]>]{{1,50}}|"
    rf"(?:add|enter|include|put|specify|change|update|edit)\s(?:(?:your|the|an?|our)\s|{_NOUN}\s){{0,2}}{_DETAIL}(?: here)?|"
    r"(?:your|our|the) [\w' -]{2,40} here|"
    rf"(?:your|our) (?:countr(?:y|ies)|city|currency|industry|products?|service|policy|page|portal|logo|website|url|link|hours|region|location|opening hours)|address line ?\d?|[\d\s–-]+\?|(?:image|picture|photo|screenshot|video|table|map|chart|diagram|logo)(?: here)?|name of (?:the |your |our )?{_NOUN}|(?:company|shop|store|business|brand|merchant|retailer)|month,? day,? (?:and )?year|{_DETAIL}(?:, ?{_DETAIL})+|"
    rf"(?:x+|n|#+|\d+ ?[-–] ?x+|number(?: of)?|no\. of|amount of)\s?{_UNIT}(?: [\w ]{{1,30}})?|(?:(?-i:X{{2,4}}|X-X|XX-XX)|##+|_{{2,}}|\?{{2,}})|"
    r"(?:currency|price|amount|date|days?|deadline|percentage|percent|time ?frame|country|countries|city|state|jurisdiction|link|url|phone|e-?mail|tbd|tbc|todo|placeholder|number of days|effective date|last updated(?: date)?|date of last update|start date|end date|support e-?mail|shipping cost|fee|holiday|season|min|max|minimum|maximum|question|answer|headline|discount code|promo code)(?: here)?|"
    r"(?:(?:name|adresse|e-?mail|telefonnummer) (?:des|ihres|der) (?:shops?|gesch[äa]fts|unternehmens|firma|onlineshops?)|(?:ihr|unser) (?:shop|firmenname|unternehmen)(?:name)?|datum|anzahl|betrag|preis|land|stadt|nom (?:de l'entreprise|du magasin|de la société)|date|nombre|montant|nombre de jours|nom|nombre de (?:la tienda|la empresa)|fecha|cantidad|importe|n[úu]mero de d[ií]as|x (?:werktage?|tage?|stunden|jours(?: ouvrés)?|heures|d[ií]as(?: hábiles)?|horas)|"
    r"firmenname|name des shops|datum einfügen|adresse einfügen|nom de la boutique|nombre de la tienda|insérer [^\]>]{1,30}|insertar [^\]>]{1,30}|hier [^\]>]{1,30} einfügen))",
    _I,
)
# What the shop or the customer may be meant to fill in.
PLACEHOLDER_WORDS = re.compile(
    r"(?:(?:your|the|customer'?s?|client'?s?|user'?s?|agent'?s?|recipient'?s?|order|tracking|product|item|first|last|full|account|invoice|ticket|case)\s){0,3}"
    r"(?:name|first ?name|last ?name|surname|number|no\.?|id|e-?mail|address|date|link|url|signature)(?: here)?",
    _I,
)
# A noun phrase whose head is something that a shop says of itself or of its terms.
NOUN_PHRASE = re.compile(
    r"(?!(?:new|updated|optional|see|this|same|that|all|no|free|any|more|other|both|old|hidden|required|recommended|continued|sold|limited|coming)\b)(?:[\w'’&/-]{1,20} ){0,3}"
    r"(?:names?|address(?:es)?|e-?mail|phone|numbers?|times?|hours|location|countr(?:y|ies)|city|region|state|dates?|deadline|amount|price|costs?|fees?|percentage|percent|rate|period|duration|methods|options|link|url|handle|manager|department|carriers?|couriers?|currency|details|policy|website|code|days?|weeks?|months?|size|weight|threshold|minimum|maximum|limit|reason|products?|services?|colou?rs?|materials?|brand|company|store|shop)"
    r"(?: of (?:the |your |our )?[\w' -]{2,24})?(?: here)?",
    _I,
)
# The same in other languages of shops; German and Dutch make one word of it.
_FOREIGN_NAME = r"firma|firmenname|unternehmen|unternehmensname|shop|shopname|geschäft|nom|raison sociale|entreprise|boutique|soci[eé]t[eé]|nombre|empresa|tienda|raz[oó]n social|nome|azienda|negozio|ragione sociale|bedrijf|bedrijfsnaam|winkel|winkelnaam|webshop|naam|loja|firmanavn|virksomhed(?:snavn)?|f[oö]retag(?:snamn)?|butik(?:snamn)?"
_FOREIGN_DETAIL = r"name|adresse|anschrift|stra(?:ß|ss)e|hausnummer|plz|ort|stadt|land|telefon(?:nummer)?|e-?mail-?adresse|datum|anzahl(?: (?:der )?\w{3,12})?|betrag|preis|frist|ust-?id(?:nr\.?|-nr\.?)?|handelsregister(?:nummer)?|geschäftsführer(?:in)?|tage|werktage|rue|ville|code postal|t[eé]l[eé]phone|num[eé]ro|date|montant|prix|pays|d[eé]lai|lien|siret|siren|jours|direcci[oó]n|calle|ciudad|c[oó]digo postal|tel[eé]fono|correo(?: electr[oó]nico)?|fecha|n[uú]mero|importe|precio|pa[ií]s|plazo|enlace|nif|cif|d[ií]as|indirizzo|via|citt[aà]|cap|data|numero|importo|prezzo|paese|termine|p\.? ?iva|partita iva|giorni|adres|straat|postcode|plaats|woonplaats|telefoonnummer|e-?mailadres|aantal|bedrag|prijs|termijn|kvk(?:-?nummer)?|btw(?:-?nummer)?|dagen|endere[cç]o|morada|cidade|cep|telefone|valor|pre[cç]o|prazo|cnpj|adress|by|postnummer|dato|antal|antall|pris"
FOREIGN_FILLS = re.compile(
    rf"(?:(?:ihre?|unsere?|der|die|das|votre|notre|la|le|su|nuestr[ao]|el|vostr[ao]|nostr[ao]|il|uw|onze|de|sua|seu|nossa) )?(?:{_FOREIGN_NAME}|{_FOREIGN_DETAIL})"
    rf"(?: (?:der|des|ihre[sr]|de la|de l['’]|de|del|della|dell['’]|van (?:de |het |uw )?|da|do|du|dell) ?(?:{_FOREIGN_NAME}|{_FOREIGN_DETAIL}))?(?: (?:einfügen|eintragen|hier|ici|aquí|qui|hier invullen|invullen|aqui))?",
    _I,
)
BRACKET = re.compile(
    r"\[(?P<square>[^\[\]\n]{1,60})\]|<(?P<angle>[A-Za-z][^<>\n=/]{1,40})>|«\s?(?P<guillemets>[A-Za-z][^«»\n.]{1,40}?)\s?»|(?<![\w$/=#{%])\{(?P<curly>[A-Za-z][^{}\n:;=]{1,40})\}(?![\w/}=])|\((?P<round>(?i:insert|enter|add|fill in|your|our|bitte hier|hier|ici|insérer|insérez|à compléter|insertar|inserire) [^()\n]{3,70})\)"
)
_FIELD = r"(?:first|last|full|customer|client|user|order|shop|store|company|agent|ticket|product|tracking|brand|account|contact|recipient|support|delivery|shipping|current|name|email|e-mail)"
BRACES = re.compile(
    rf"\{{\{{[^{{}}\n]{{1,80}}\}}\}}|\{{%[^{{}}\n]{{1,80}}%\}}|<%=?[^<>\n]{{1,60}}%>|\*\|[A-Z_:]{{2,30}}\|\*|\[\[[\w .|-]{{2,40}}\]\]|"
    rf"\$?\{{{_FIELD}(?:[_. -][a-z]+){{1,3}}\}}|%%?{_FIELD.upper()}(?:_?[A-Z]+){{0,3}}%%?|%(?:FIRST|LAST)_?NAME%|%%?[A-Z]{{2,20}}(?:_[A-Z]{{2,20}}){{1,3}}%%?|\$\{{[a-z]\w{{0,30}}(?:\.\w{{1,30}})?\}}|"
    r"(?:@@|##|__|%%)[A-Z][A-Z_ ]{2,30}(?:@@|##|__|%%)|%%[A-Za-z]\w{2,30}%%|\{!?[A-Z][A-Z_]{3,40}\}|\{![A-Z]\w{1,30}\.\w{1,30}\}|%[a-z]{2,20}_[a-z_]{2,30}%|(?<=Hi )\{{1,2}\s?\w+\s?\}{1,2}|(?<=Dear )\{{1,2}\s?\w+\s?\}{1,2}|(?<=Hello )\{{1,2}\s?\w+\s?\}{1,2}|(?<![\w/=.-])\{(?:price|amount|date|days|shipping_cost|fee|discount|phone|carrier|deadline|company|shop|store|store_name|shop_name|brand)\}(?![\w/=-])|#\{[a-z][\w.]{1,30}\}|(?<![\w%])%(?:\d\$)?[sd](?=\s(?:business |working )?(?:days?|hours?|items?|%))|\{\d\}(?=\s(?:business |working )?(?:days?|hours?|items?))",
)
# "Write {{first_name}} where …": the article explains the placeholder.
EXPLAINS = re.compile(
    r"\b(?:write|use|using|insert|enter|type|add|put|paste|replace[sd]?|variable|tag|field|called|named|contains?|with|the|like|keep|copy)\s?[“\"'‘(]?$",
    _I,
)
XS = re.compile(
    r"(?<![\w$€£-])(?:\(?[Xx]{2,3}\)?(?:\s?(?:-|–|to)\s?[Xx]{1,3})?|(?:(?<=\bwithin )|(?<=\bbetween )|(?<=\bat least )|(?<=\btakes )|(?<=\btake )|(?<=\bafter )|(?<=\bhave )|(?<=\ballow )|(?<=\bevery )|(?<=\bin )|(?<=\bto )|(?<=\bfor )|(?<=\bof ))X(?:\s?(?:-|–|to)\s?[XY])?|X\s?(?:-|–|to)\s?[XY]|[(\[]X[)\]])[\s-](?:(?:business|working|calendar|week)[\s-])?(?:days?|hours?|weeks?|months?|Tagen?|Werktagen?|Stunden|Wochen|jours|heures|semaines|d[ií]as|horas|semanas|giorni|ore|dagen|werkdagen|uur)\b"
    r"|(?<!\w)[$€£][Xx]{1,4}(?:[.,][Xx]{2})?(?![\w])|(?<!\w)[Xx]{1,4}(?:[.,][Xx]{2})?\s?(?:€|EUR|USD|GBP|euros?|dollars?)(?!\w)|(?<![\w.,])[$€£]0{2}(?:[.,]00)?(?![\d.,])|(?:(?<=within )|(?<=in )|(?<=takes )|(?<=take )|(?<=up to )|(?<=least ))(?:N|00)\s(?:business |working )?(?:days?|hours?)\b|(?<![\w])[Xx]{1,3}\s?(?:%|percent\b)|[(\[][Xx]{1,2}[)\]]\s?%|(?<![\w-])\+?\d?[-. (]{0,2}(?:\d{3}|[Xx]{3})[). -]{1,2}[Xx]{3}[ .-][Xx]{4}(?!\w)|(?<!\w)[Xx]{2}/[Xx]{2}/(?:[Xx]{2}){1,2}(?!\w)|"
    r"(?<![\w/])00/00/0000|\b20[Xx]{2}\b|\b[Xx]{2}:[Xx]{2}\b|(?<=[a-z:,] )%(?:\d\$)?[sd](?=[\s.,!?])|(?<!\w)(?i:(?<=until )|(?<=on )|(?<=from )|(?<=by )|(?<=before )|(?<=after )|(?<=valid )|(?<=updated )|(?<=updated: )|(?<=effective )|(?<=date: )|(?<=to ))(?:DD[./-]MM[./-]YY(?:YY)?|MM[./-]DD[./-]YY(?:YY)?|YYYY-MM-DD)\b|(?<![\d-])\+?\d{0,3}[ (]{0,2}0{2,4}[) -]{1,2}0{3,4}[ -]?0{2,6}\b|(?<!\w)[Xx]{2,3} (?:Werktage|Tage|Stunden|jours|jours ouvrés|heures|d[ií]as|horas)\b|(?<![\w.])x{2,}@x{2,}\.\w+|(?<!\w)_{3,}\s(?:business |working )?(?:days?|hours?)\b|(?<![\w?])\?{2,}\s?(?:(?:business |working )?(?:days?|hours?|weeks?)\b|%)|(?<!\w)[$€£]\s?\?{2,}|(?<!\w)#{2,}\s?(?:(?:business |working )?(?:days?|hours?|weeks?|months?|years?)\b|%)",
)
# Patterns of numbers that customers are shown: "your order number looks like #XX-XXXX".
XS_CODE = re.compile(
    r"\b(?:(?:order|tracking|serial|model|part|account|reference|invoice|booking|ticket|item|article|imei|return|rma)(?:'s)? ?(?:numbers?|no\.?|ids?|codes?|#)|sku|imei|format|looks? like|starts? with|begins? with|such as|pattern|where x|let x)\W*(?:\w+\W+){0,3}$",
    _I,
)
MARKER = re.compile(
    r"(?<![\w-])(?:TODO|FIXME|TO DO)\s?:|(?<![\w-])(?:TODO|FIXME)(?=\s?(?:[-–—)\].]|$|\n)|\s+(?i:add|check|write|update|insert|replace|fix|ask|confirm|fill|translate|link|decide|review|describe|get|find|change|remove|delete|finish|put|see|verify|talk|upload|by|for|before|this|the|not)\b)|(?<![\w-])(?:TBD|TBC|TBA)(?![\w-])(?! [A-Z])|\b(?:PLACEHOLDER|DRAFT ONLY|DO NOT PUBLISH|INTERNAL ONLY)\b(?:\s(?:TEXT|COPY))?|(?:^|(?<=\n))(?:DRAFT|WIP|Draft)\s?[-–—:(\]]|(?<=\s)\?{3}(?=\s|$|[.,])|[(\[](?:to be (?:filled in|completed|confirmed|written|determined|added|defined|announced|updated))[)\]]|(?<=[:|–—-] )(?:tbd|tbc|tba|todo)\b|\(\s?(?i:(?:please |pls )?(?:check|confirm|verify|clarify|agree|discuss) (?:this |it |that )?with [A-Za-z]|ask (?-i:[A-Z])\w+|(?:needs?|awaiting|pending) (?:review|approval|sign-?off|confirmation|copy|input)|(?:copy|text|wording|number|figure|date|price|link) (?:to be|needs to be|still) \w+|still to (?:do|write|decide|confirm)|not (?:yet )?(?:final|approved|checked))[^()\n]{0,80}\)|(?<!\w)@(?-i:[A-Z])\w{1,20},? (?:can|could|please|pls) (?:you )?(?:check|confirm|verify|update|add|review|fill)\b|"
    r"(?:^|(?<=\n)|(?<=\. ))(?i:draft\b[^.\n]{0,20}\bdo not publish\b)[^.\n]{0,20}|\((?:LINK|INSERT (?:LINK|URL|DATE|NAME|ADDRESS|PRICE)|PHONE NUMBER|LOGO)\)|\b(?i:note to (?:self|editor|author|writer|team)):|\b(?i:(?:ask|check with|confirm with|wait for|run (?:this|it) past) [\w ]{2,30}before (?:publishing|publication|we publish|going live|it goes live))\b|"
    r"\[(?i:(?:editor|author|writer|reviewer|legal|marketing|translator|comment|reminder|internal|question for \w+|note for \w+|ed)\s?:|(?:please |pls )?(?:check|confirm|verify|ask|review|clarify|fix|rewrite|complete|finish|decide) (?:with|this|that|if|whether|the)\b[^\]\n]{12,})[^\]\n]{0,120}\]",
)
# Blanks in what the shop says of itself; a line that is only a label and a blank is a form.
BLANK = re.compile(
    r"(?<![\w_])_{3,}(?![\w_])|\[[\s_.…]{0,8}\](?=\s(?:business |working )?(?:days?|hours?|weeks?|%))|(?<=\s)(?:\.{4,}|…{2,})(?=\s(?:business |working )?(?:days?|hours?|weeks?|%|euros?|dollars?))"
)
SHOP_SPEAKS = re.compile(
    r"\b(?:we|our|us|contact|call us|e-?mail us|returns?|returned|refund\w*|exchange\w*|warranty|deliver\w*|shipping|ships?|shipped|dispatch\w*|orders?|located|open|customers?|prices?|costs?|fee|within|wir|unser\w*|nous|notre|nos|nosotros|nuestr\w*|noi|nostr\w*|wij|onze)\b",
    _I,
)
FORM_LINE = re.compile(r"\W*[\w'’()/.* -]{1,60}[:?]?\s{0,3}[_.…]{3,}\W*")
# The shop's name as the template has it, and its address.
NAMELESS = re.compile(
    r"\b\d{1,5} Your (?:Street|Road|Avenue|Address|City)\b|(?<=, )Your (?:Street|City|Town|State|Country)\b(?=[,.]|$)|(?:\b(?:[Aa]t|[Ww]elcome to|[Ff]rom|[Bb]y|[Ww]ith|[Cc]ontact|[Tt]hank you for shopping at)\s|©\s?(?:\d{4}\s)?)(?:Your (?:Company|Store|Shop|Brand|Business|Website)(?: Name)?|(?:Company|Store|Shop|Brand|Business) Name)(?![\w’'-])(?! [a-z]+ (?:field|box|here))|"
    r"(?<![\w.@/-])(?:https?://)?(?:www\.)?your-?(?:store|shop|domain|company|site|website|brand|business)(?:name)?\.(?:com|net|org|co\.uk|de|fr|eu|shop|store)\b(?![\w/.]\w)",
)
# The target of a link that nobody filled in.
LINK_TARGET = re.compile(
    r"\{\{|%7B%7B|\{%|\[[A-Za-z][^\]]*\]|%5B[A-Za-z]|(?:insert|add)[-_ ](?:your[-_ ])?(?:link|url)|^(?:https?://)?(?:www\.)?your-?(?:store|shop|domain|link|url|site|website|company)(?:name)?\.(?:com|net|org)|(?:LINK|URL)[-_ ]?HERE|^(?:https?://)?(?:TODO|TBD|LINK|URL|link|url)/?$",
)
# A key of a translation file where its text should be.
KEY = re.compile(r"[a-z][a-z0-9_]{1,30}(?:\.[a-z0-9_]{2,40}){2,6}")
# Labels of a theme's empty parts, as whole lines.
LABEL = re.compile(
    r"(?:(?:sub)?heading \d|headline \d|to be (?:completed|written|added|filled in|translated)|button label|your headline(?: here)?|(?:sub)?heading(?: here)?|section title|image caption|caption here|your title(?: here)?|collection title|example product|your product'?s name|rich text|untitled(?: (?:article|page|section))?|new article|title goes here|add a (?:sub)?heading|type something|sample (?:page|article|text)|headline|your tagline(?: here)?|slide title|column title|tab title|accordion title|tb[acd]|(?:title|name|heading|summary) of (?:your|the) (?:article|page|post|product|section)|question goes here|faq question)\W*",
    _I,
)
HERE = re.compile(
    rf"\b(?:insert|add) (?:(?:your|the|our|an?) )?(?:{_NOUN} )?{_DETAIL} here\b(?! to|,| and)|"
    r"\b(?:INSERT|ADD|ENTER|PUT|TYPE|PASTE)(?: [A-Z][A-Z'/-]+){1,5}(?: HERE)?\b(?<=HERE)|\b(?:your|my) (?:text|content|copy|address|phone number|e-?mail|company name|store name|logo|headline|title) (?:goes )?here\b(?=[.!)\]]|\s*$)|\b(?:text|content|copy|description|answer) goes here\b|"
    r"\byour (?:store|shop|company|business|brand) name(?= (?:is|was|ships?|offers?|will|has|reserves|accepts?|does|guarantees?|team|support|inc|llc|ltd)\b)",
)
RENDER_ERROR = re.compile(
    r"\bInvalid [Dd]ate\b|\b(?:01/01/1970|1/1/1970|1970-01-01|(?:1 January|January 1,) 1970|31\.12\.1969)\b|\b(?:Hi|Hello|Hey|Dear|Hallo|Bonjour|Hola) (?:null|NULL|None|undefined)\b|\btranslation_missing\b|\b(?:could not|cannot|failed to|unable to) render (?:the )?(?:template|block|section|partial|component|widget)\b|\b(?:price|total|date|amount|fee|cost|balance|name|number) (?:is|are|of) (?:undefined|NaN)\b|\b(?:have|earn|get|costs?|pay|save) NaN\b|\b(?:Error|Unable|Failed) (?:rendering|to render) (?:macro|template|\{?include|snippet|component|block)\b|\b(?:include|snippet|partial|template) not found\b|"
    r"\b(?:within|takes?|up to|after|allow|at least) (?:business|working) days\b(?! (?:only|are|is|do|count))|(?:^|(?<=\n))(?:Dear|Hi|Hello|Hey) ,|(?<![\w.,'’])[$€£](?=[.,;]?\s(?:or more|and (?:over|up|above)|in|for|per|ship|are|is|will|we|you|get|qualif))|Liquid (?:error|syntax error)\b[^\n]{0,60}|[Tt]ranslation missing:? ?[\w.]*|\[object Object\]|\b(?:undefined|null|NaN) (?:business |working )?(?:days|hours|weeks|items?|orders?|products?|points?)\b|[$€£](?:NaN|undefined|null)\b|\{\{[^{}\n]{0,40}(?=$|\n)|"
    r"\b(?:on|for|at|in|by|of|within|until|dear|hi|hello) (?:undefined|NaN)(?=[.,!;)]|\s*$|\s(?:at|to|and|days|for|with)\b)|\[/?[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\s+[a-z_-]+=[\"“”'’][^\]\n]{0,80}\]|\[/[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\]|"
    r"\[(?:shortcode|gallery|contact-form-7|vc_row|elementor-template|embed|caption|et_pb_\w+|wpforms|woocommerce_\w+)(?:[ _][^\]\n]{0,80})?\]|Could not find asset \w+/\S*|Unknown (?:tag|filter) '\w+'|MISSING_TRANSLATION|\bERR_TEMPLATE\w*|"
    r"(?<![\w#])#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!)|(?:^|(?<=\n)|(?<=\. ))(?:Warning|Notice|Fatal error|Deprecated|Parse error): \s?(?:Undefined|Uncaught|Use of|Trying|Array to|Invalid argument|syntax error|include)[^\n]{0,80}|\bUndefined (?:variable|index|array key|property|offset)\b[^\n]{0,40}\bon line \d+|<\?(?:php|=)[^\n]{0,60}|"
    r"&(?:nbsp|rsquo|lsquo|ldquo|rdquo|ndash|mdash|eacute|uuml|ouml|auml|#\d{2,4}|#x[0-9a-f]{2,4});|\b(?:content|text) block (?:[\"“”'’][^\n]{0,40}[\"“”'’] )?(?:not found|is missing|missing)\b|\[missing[:\"“” ][^\]\n]{1,60}\]|\bNo (?:translation|value|content) (?:found )?for (?:key )?[\"“”'’\w.-]+(?=\.|$|\n)|\bTraceback \(most recent call last\)|\[% ?[\w.]{2,30} ?%\]|\{\$[a-z_]{3,30}\}"
)
SAYS_ERROR = re.compile(
    r"\b(?:see|sees|seeing|shows?|showing|displays?|displayed|message|messages|appears?|says|reads|reports?|get|getting|receive|caused by|fix|called|named)\b",
    _I,
)
DEMO = re.compile(
    r"\blorem ipsum\b(?=[^\n]{0,40}\b(?:dolor|sit|amet|elit|sed|consec\w+)\b|\W*(?:$|\n))[^\n]{0,60}|\bdolor sit amet\b|\bconsectetur adipiscing\b|"
    r"\btalk about your brand\b|\bshare information about your brand\b|\buse this text to share\b|\bdescribe a product, make announcements\b|\bpair text with an image\b|\badd your deal, information\b|"
    r"\bgive your customers? details about\b|\bshare contact information, store details\b|\buse this (?:section|space|area) to (?:tell|describe|welcome|explain|share)\b|\btell your (?:brand's|customers?) (?:story )?about your\b|"
    r"\bwelcome to wordpress\b|\bjust another wordpress site\b|\bthis is (?:your first post|an example page|an example of a (?:page|post|product|block)|a sample (?:page|article|post))\b|\bunlike posts, which are displayed\b|\bhello world!(?= welcome|$)|\bi'?m a paragraph\b|\bclick here to (?:add your own text|edit (?:this|the|me|text))\b|"
    r"\bdouble[- ]click (?:here|me|to edit)\b|\bthis is the space to (?:introduce|describe)\b|\bedit (?:this|me)[.!] ?(?:and|to) add your own\b|\byou can edit this text\b|\bthis is (?:placeholder|dummy|sample|demo|filler) (?:text|copy|content)\b|"
    r"\b(?:sample|placeholder|dummy|filler) text\b(?= (?:for|to|that|only|goes)|[.:]|$)|\bplaceholder (?:copy|content|article|answer|image text)\b|\bexample product title\b|\bproduct title goes\b|\byour product'?s name\b|"
    r"(?:^|(?<=[.!?]\s)|(?<=\n))tell (?:your )?customers (?:about|more about|how|what|why)\b|\buse this (?:section|page|space|area|block|text|field|paragraph) to\b|\b(?:describe|explain|introduce|present) your (?:brand|company|store|shop|business|return policy|shipping policy|refund policy|policy|policies|story)\b|"
    r"\b(?:heading|headline|answer|question|title|description|paragraph|subtitle|caption) goes here\b|\b(?:your|write your|enter your) (?:answer|headline|question|description|paragraph) here\b(?=[.!]|\s*$)|\b(?:copy|text|content|details|photos?|images?) to (?:follow|come)\b(?=[.)\]]|\s*$)|\b(?:content|copy|text) pending\b|\bawaiting legal approval\b|\bnot for publication\b|"
    r"\bthis (?:text|paragraph|page|article|section|copy) is (?:only |just )?an? (?:placeholder|dummy|filler|sample)\b|\bthis is (?:a |an )?(?:test|dummy|demo|default|placeholder) (?:article|page|text|post|document)\b|\breplace this (?:text|content|paragraph|copy)\b|\b(?:enter|write|type|add) your (?:own )?(?:text|content|copy|description|headline|story) here\b(?=[.!]|\s*$)|\bstart typing here\b|\bbla bla(?: bla)?\b|\bblah,? blah,? blah\b|\basdf(?:asdf)?\b|\bexample (?:product|blog post|collection|article) title\b|"
    r"\bi['’]?m an? (?:[\w&/-]+ ){1,5}(?:policy|section|page|overview|detail|info|information|description|title|post|paragraph)\. i['’]?m a (?:great|good) place\b|\bi['’]?m a (?:great|good) place to\b|\bthis is a (?:great|good|perfect) (?:place|space|spot|opportunity|area) (?:to|for) (?:let|tell|updat|add|shar|writ|describ|introduc|showcas)\w*\b(?= (?:your|you|more|users?|visitors?|people|information|a|the|potential)\b)|\bthis space is a great opportunity\b|"
    r"\b(?:section|block|column|area) (?:doesn['’]?t|does not) (?:currently |yet )?(?:include|have|contain) any content\b|\badd content to this section\b|\bshowcase your (?:products?|collections?|brand)\b(?= (?:here|in this))|\bannounce something here\b|\bit all begins with an idea\b|\bwe created this category and a few common sections\b|\bwhat are these sections and articles doing here\b|"
    r"\b(?:ut enim ad minim|duis aute irure|excepteur sint|sed do eiusmod|ut labore et dolore|donec eu est|quisque congue|vestibulum ante ipsum|pellentesque habitant|nullam quis risus|vivamus sagittis|maecenas (?:sed|faucibus|non)|aenean (?:lacinia|eu leo)|cras (?:justo|mattis)|fusce dapibus|integer posuere|etiam porta)\b[^\n]{0,40}|"
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?:add|enter|write|type|put|insert) (?:(?:your|the|an?|some) )?(?:\w+ )?(?:answer|question|text|content|copy|description|heading|story|table|image|picture|photo|video|map|logo|paragraph) here[.!]?(?=$|\n)|\b(?P<said>text|test|word|content)(?: (?P=said)){2,}\b|"
    r"\bhier text einfügen\b|\bblindtext\b|\bhier steht ihr text\b|\btexte de remplissage\b|\btexto de (?:ejemplo|relleno)\b",
    _I,
)
_YOUR = r"(?:your|my|the)?[-_.]?(?:e-?mail|name|store|shop|company|brand|domain|business|site|website|address)(?:name)?"
DEMO_ADDRESS = re.compile(
    r"(?<![\w.@-])(?:[\w.+-]{1,40}@(?:example|your[-_]?(?:e-?mail|domain|store|shop|company|brand|business|site|website)|domain|company|mystore|mydomain|yoursite|shopname|storename|companyname|brandname|yourname)\.\w{2,4}|your[-_.]?(?:e-?mail|name|address|store)[\w.+-]{0,20}@[\w.-]{1,40}|example@[\w.-]{2,40}|(?:e-?mail|name|user)@(?:e-?mail|domain|example|company|address)\.\w{2,4}|[\w.+-]{1,40}@(?:beispiel|musterfirma|muster|ejemplo|exemple|esempio)\.\w{2,4})"
    r"|(?<![\d-])(?:\+?1[-. ])?\(?123\)?[-. ]{1,2}456[-. ]7890?\b|(?<![\d-])(?:\+?1[-. ])?\(?555\)?[-. ]{1,2}555[-. ]5555\b|(?<![\d-])\(?(?:000|999)\)?[-. ]{1,2}(?:000|999)[-. ](?:0000|9999)\b|\b123 (?:main|fake|your|any|example|sample) (?:st|street|road|rd|avenue|ave)\b|\byour (?:street )?address(?:, (?:your )?city)\b|\bMax(?:imilian)? Mustermann\b|\bErika Mustermann\b|\bMusterstra(?:ß|ss)e\b|\bMusterstadt\b|\bMusterfirma\b|\b(?:[Ii]hr(?:e|en)?|[Dd]ein(?:e|en)?) Firmen?name\b|\bVorname Nachname\b|\bDE0{9}\b|\b(?:Nom|nom) de (?:votre|l['’]) ?(?:société|entreprise)\b|\b(?:Nombre|nombre) de (?:su|tu) empresa\b|\b(?:Votre|votre) (?:raison sociale|société SARL)\b|\b(?:John|Jane) Doe\b|\b\d{1,5} (?:Example|Sample) (?:Street|St|Road|Rd|Avenue|Ave|Lane)\b|\b(?:Example|Sample) Street \d+|\bSample City\b|\bAnytown\b|(?<![\d-])(?:0?123456789\d?|1234567890|01234[ /-]?567890?)(?!\d)",
    _I,
)
CONTACT = re.compile(
    r"\b(?:contact|(?<=, )e-?mail\s(?=\S{1,40}@)|(?<=please )e-?mail\s(?=\S{1,40}@)|write to|visit|(?:e-?mail|mail|write|write to|reach|call|phone|visit|find) us|reach out|reach (?:our|the)|customer (?:service|care|support)|support (?:team|desk)|help ?desk|questions\b.{0,40}\b(?:to|at)|send (?:it|them|the|your|returns?|parcels?)|returns? (?:address|to)|our (?:address|phone|e-?mail|number|hotline)|hotline|(?:phone|telephone|tel|e-?mail|address)\.?\s?:|(?:phone|telephone|tel)\.?\s(?=[\d+(])|located at|call(?=\s))",
    _I,
)
# A page or part that says who the shop is and where: demo data there needs no word of contact beside it.
CONTACT_PAGE = re.compile(
    r"\b(?:impressum|imprint|legal notice|kontakt|contact\w*|mentions légales|aviso legal|note legali|colofon|about us|über uns|anbieter|adress\w*|address\w*)\b",
    _I,
)
# … unless it explains how such data are written.
HOW_TO = re.compile(r"^\W*(?:how|so|wie|comment|c[oó]mo|come|hoe)\b", _I)
# What follows is what stands on a thing: "the words INSERT HERE", "a sticker that reads TODO".
STANDS_ON = re.compile(
    r"\b(?:words?|letters?|text|inscription|message|sign|sticker|poster|print|reads?|says?|saying|shows?|spells?|marked|labell?ed|stamped|engraved|printed|called|named|titled)\s(?:the\swords?\s)?[“\"'‘(]?$",
    _I,
)
GREETS = re.compile(r"\b(?:dear|hi|hello|hey|hallo|liebe[r]?|bonjour|hola)\s$", _I)
PERSON = re.compile(
    r"(?:(?:first|last|full|customer|client|user)[ _]?)?(?:name|customer|client|user|contact)(?:'s name)?", _I
)
# After a bracket: it is the name of a button, a field, a menu.
UI_AFTER = re.compile(
    r"\s(?:button|menu|tab|icon|field|form|key|page|link|option|section|box|checkbox|screen|step|flow|tool|action)s?\b",
    _I,
)
EXAMPLE = re.compile(
    r"\b(?:e\.g|for example|for instance|example:|such as|eg|i\.e|looks? like|formatted? (?:as|like)|in the format|format|(?:zum )?beispiel|z\.b|par exemple|por ejemplo|sample)\b",
    _I,
)
ASKS_CUSTOMER = re.compile(
    r"\b(?:subject(?: line)?|replac(?:e|ing)|write(?! (?:to )?us| to\b)|enter|type|include|including|quote|mention|label(?! is)|mark|fill|format|reply with|say|saying|titled?|headed|copy|example|put)\b",
    _I,
)
ASKS_ADDRESS = re.compile(
    r"\b(?:enter|type|fill|format|your (?:own )?(?:e-?mail|phone|number|address)|valid e-?mail|instead of|as in|not)\b",
    _I,
)
UI_BEFORE = re.compile(
    r"\b(?:click|clicking|press|pressing|tap|tapping|hit|hold|select|selecting|choose|choosing|button|keys?|menu|option|tab|field|icon|checkbox|push|toggle|into|onto|called|named|labell?ed|klicken|taste|cliquez|pulse)\s+(?:on\s+|the\s+)?$|[+>→]\s?$",
    _I,
)
# Weaker: enough only where the words could be a button's as well as a placeholder.
UI_MAYBE = re.compile(
    r"\b(?:link|open|under|go to|use|using|with|in|to|see|then|or|and)\s+(?:on\s+|the\s+)?$|-\s?$", _I
)

# What a text must hold for the dearer patterns to be worth running: plain substrings, lower case.
DEMO_HINTS = (
    "lorem", "dolor sit", "consectetur", "your brand", "your company", "your store", "your shop", "your business",
    "make announcements", "text with an image", "add your deal", "give your customer", "share contact", "use this",
    "tell customers", "tell your", "your story", "wordpress", "first post", "example page", "example of a", "unlike posts", "a sample", "hello world",
    "a paragraph", "click here to", "double click", "double-click", "space to ", "add your own", "edit this text",
    "placeholder", "dummy", "filler", "sample text", "demo text", "product title", "your product", "goes here",
    "your answer", "your headline", "your question", "your description", "your paragraph", "your text", "your content",
    "your copy", "your own", "to follow", "to come", "pending", "legal approval", "for publication", "test ", "demo ",
    "default ", "replace this", "typing here", "bla bla", "blah", "asdf", "einfügen", "blindtext", "hier steht",
    "remplissage", "texto de", "polic", "place to", "great opportunity", "any content", "add content", "showcase your",
    "announce something", "begins with an idea", "we created this", "what are these", "ut enim", "duis aute", "excepteur",
    "sed do eiusmod", "ut labore", "donec", "quisque", "vestibulum", "pellentesque", "nullam", "vivamus", "maecenas",
    " here", "text text", "test test", "word word", "content content", "aenean", "cras ", "fusce", "integer pos", "etiam porta", "collection title", "post title", "article title",
)  # fmt: skip
ADDRESS_HINTS = (
    "@", "123", "555", "000", "999", "muster", "firmenname", "firmaname", "vorname", "de000", "nom de ", "nombre de ", "votre ", " doe", "example st", "sample st", "example r", "sample r", "example av",
    "sample av", "example lane", "sample lane", "sample city", "anytown", "your address", "your street", "1234",
)  # fmt: skip
# Talk of programs, in which names stand in braces.
CODE_TALK = re.compile(r"\b(?:api|endpoints?|parameters?|variables?|placeholders?|path|json|template)\b", _I)
# In round brackets only an order to the author counts.
ROUND = re.compile(
    rf"(?:(?:hier|bitte hier) [^()]{{3,60}} (?:einfügen|eintragen|angeben|ergänzen)|hier [^()]{{3,60}} (?:invullen|invoegen)|(?:insérer|insérez|à compléter|insertar|inserire) [^()]{{3,60}}|insert (?:(?:your|the|our|an?) )?(?:{_NOUN}(?:'s)? )?{_DETAIL}|(?:your|our) {_NOUN}(?: {_DETAIL})?)(?: here)?",
    _I,
)
XS_HINT = re.compile(
    r"##|\bN (?:d|h|b|w)|\b00\b|[$€£]00|[Xx]{1,4} ?(?:€|E|U|G|e|d)|[Xx]{1,4}(?=[\s/:.,%)\]-])|[$€£][Xx?]|\?\?|##|___|000|%[sd]|%\d\$|YY|20[Xx]{2}|[Xx]@"
)
