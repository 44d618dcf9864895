"""Words that narrow a policy's scope: regions, customers, channels, seasons, conditions, services, products."""

from __future__ import annotations

REGIONS: dict[str, str] = {
    "GB": "uk|u\\.k\\.|united kingdom|great britain|britain|british|uk mainland|mainland uk|england|royaume-uni|vereinigtes königreich|großbritannien|reino unido",
    "US": "usa|u\\.s\\.a?\\.?|united states|u\\.s|american|vereinigte staaten|états-unis|estados unidos|the states",
    "CA": "canada|canadian|kanada",
    "AU": "australia|australian|australien",
    "NZ": "new zealand|neuseeland",
    "IE": "ireland|republic of ireland|irish|irland|irlande",
    "DE": "germany|german|deutschland|deutschlandweit|innerhalb deutschlands|allemagne|alemania",
    "FR": "france|french|frankreich|france métropolitaine|francia",
    "ES": "spain|spanish|spanien|espagne|españa|península",
    "IT": "italy|italian|italien|italie|italia",
    "NL": "netherlands|the netherlands|holland|dutch|niederlande|pays-bas|países bajos",
    "BE": "belgium|belgian|belgien|belgique|bélgica",
    "AT": "austria|austrian|österreich|autriche",
    "CH": "switzerland|swiss|schweiz|suisse|suiza",
    "SE": "sweden|swedish|schweden|suède",
    "NO": "norway|norwegian|norwegen|norvège",
    "DK": "denmark|danish|dänemark|danemark",
    "FI": "finland|finnish|finnland|finlande",
    "PL": "poland|polish|polen|pologne",
    "PT": "portugal|portuguese",
    "CZ": "czech republic|czechia|tschechien",
    "GR": "greece|griechenland", "HU": "hungary|ungarn", "RO": "romania|rumänien", "LU": "luxembourg|luxemburg",
    "JP": "japan|japanese", "CN": "china|mainland china", "HK": "hong kong", "SG": "singapore", "MX": "mexico|mexican|méxico", "BR": "brazil|brazilian", "IN": "india",
    "KR": "south korea|korea", "ZA": "south africa", "AE": "united arab emirates|uae|dubai", "SA": "saudi arabia", "IL": "israel", "TR": "turkey|türkiye",
    "RU": "russia", "UA": "ukraine", "IS": "iceland", "MT": "malta", "CY": "cyprus", "TW": "taiwan", "TH": "thailand", "MY": "malaysia", "PH": "philippines",
    "US-AK": "alaska", "US-HI": "hawaii", "PR": "puerto rico", "US-48": "contiguous (?:united states|us|u\\.s\\.|usa|states)|lower 48(?: states)?|48 contiguous states|contiguous 48|contiguous states|lower 48", "US-NA": "continental (?:united states|us|u\\.s\\.|usa|states)|continental united states",
    "GB-NI": "northern ireland", "GB-HI": "(?:scottish )?highlands(?: and islands)?|scottish islands|isle of wight|isle of man|isles of scilly", "GB-SC": "scotland|scottish", "GB-CI": "channel islands|jersey and guernsey|guernsey",
    "US-CA": "california|californian", "US-NY": "new york", "US-TX": "texas", "CA-QC": "quebec|québec", "PR-ES": "canary islands|canarias|ceuta|melilla|balearic islands|baleares",
    "EU": "eu|e\\.u\\.|european union|eea|europe|european|europäische union|eu-ausland|europa|europaweit|union européenne|unión europea",
    "INTL": "international|internationally|overseas|abroad|worldwide|rest of (?:the )?world|row|foreign|other countries|all other countries|outside (?:of )?(?:the )?(?:uk|us|u\\.s\\.|usa|eu|united states|united kingdom|canada|australia|germany|country)|non-eu|non-us|non-uk|ausland|weltweit|à l['’]étranger|à l['’]international|internacional(?:es)?|extranjero|global",
    "HOME": "domestic|domestically|within the country|nationwide|national|inland|inlandsversand|nacional",
    "REMOTE": "remote (?:areas?|locations?|regions?)|islands?|offshore|rural areas?|inseln?|non-mainland",
    "ASIA": "asia|asian|asia[- ]pacific|apac", "LATAM": "latin america|south america", "MEA": "middle east", "AFRICA": "africa", "NA": "north america", "SCAND": "scandinavia|nordics?|nordic countries",
}  # fmt: skip
EU_MEMBERS = frozenset("IE DE FR ES IT NL BE AT SE DK FI PL PT CZ GR HU RO LU MT CY".split())

SEGMENTS: dict[str, str] = {
    "member": "members?|membership|loyalty (?:members?|customers?|club)|rewards members?|insiders?|subscribers?|club|mitglieder|membres?|miembros|socios|prime",
    "vip": "vips?|vip members?|elite",
    "gold": "gold(?: tier| members?| status)|gold-tier|goldmitglieder", "silver": "silver(?: tier| members?| status)|silver-tier", "platinum": "platinum", "bronze": "bronze(?: tier| members?| status)|bronze-tier", "diamond": "diamond (?:tier|members?)",
    "premium": "premium (?:members?|customers?|plan|account)|premium tier|plus (?:members?|plan|subscribers)|pro (?:plan|members?|accounts?|customers?)",
    "basic": "basic (?:plan|members?|tier)|free (?:plan|tier|accounts?)|starter plan", "enterprise": "enterprise",
    "student": "students?|student|university|studierende|étudiants?|estudiantes?", "teacher": "teachers?|educators?", "military": "military|veterans?|first responders|nhs|key workers?|healthcare workers?|nurses", "senior": "seniors?(?! (?:manager|executive|agent|director))|over 60s",
    "business": "business(?:es)? (?:customers?|accounts?|orders?|buyers?|clients?)|businesses|corporate|b2b|(?:for )?(?:the )?trade(?: (?:customers?|accounts?|orders?|buyers?|prices?)|(?=$))|(?:for|to) the trade|wholesale|wholesalers?|resellers?|retailers|geschäftskunden|professionnels|profis|companies|schools|(?:commercial|professional|business|industrial) (?:use|users?|purposes)",
    "consumer": "consumers?|private (?:customers?|buyers?|households?|use)|(?:home|domestic|household|private|personal) (?:use|users?)|individuals|verbraucher|privatkunden|consommateurs?",
    "new": "new customers?|first[- ]time (?:customers?|buyers?|shoppers?)|first (?:order|purchase)|neukunden|nouveaux clients", "guest": "guests?|guest checkout", "employee": "employees?|staff discount", "creator": "creators?|affiliates?|influencers?|partners?",
    "seller": "sellers|vendors|merchants|designers",
}  # fmt: skip
CHANNELS: dict[str, str] = {
    "online": "online|web(?:site)? orders?|our website|webshop|e-?commerce|onlineshop|en ligne|en línea",
    "store": "in[- ]store|(?:(?:one|any|all) of |to |at |from |in )our shops\\b|(?:bought|purchased|buy it|bought it) (?:in|at) (?:a|the|one of our) shops?|(?:in|at) a shop\\b|in (?:our|the|any|a|one of our) (?:\\w+ )?(?:stores?|boutiques?|showrooms?|branch(?:es)?)|stores?(?! credits?)|boutiques?(?! en ligne)|(?:in|at) a branch|bought in (?:a )?(?:store|shop)|store purchases?|retail (?:stores?|locations?|shops?)|showrooms?|at the (?:till|counter)|filiale[n]?|en magasin|en tienda",
    "phone": "by phone|over the phone|phone orders?|telephone orders?|telefonisch",
    "app": "(?:mobile |our |the )app|in-app|app orders?|app-only",
    "marketplace": "amazon|ebay|etsy|walmart|marketplaces?|third[- ]party (?:sellers?|retailers?|sites?|websites?|stores?)|authori[sz]ed (?:retailers?|dealers?|resellers?)|stockists?|concessions?|department stores?|other retailers?",
    "outlet": "outlets?|factory stores?|warehouse sale|pop-?up",
    "airport": "airports?",
}  # fmt: skip
SEASONS: dict[str, str] = {
    "christmas": "christmas|xmas|holidays?(?! club| inn| park)|festive|holiday season|weihnacht\\w*|noël|navidad|advent",
    "black friday": "black friday|bfcm|cyber (?:monday|week|weekend)|black week", "easter": "easter|ostern|pâques", "valentine": "valentine\\w*", "mother's day": "mother['’]?s['’]? day|mothering sunday|muttertag", "father's day": "father['’]?s['’]? day",
    "summer": "summer(?: sale)?|sommer(?:schlussverkauf)?", "winter": "winter(?: sale)?", "spring": "spring sale", "january sale": "january sale|boxing day|new year\\w*", "halloween": "halloween", "thanksgiving": "thanksgiving",
    "peak": "peak (?:periods?|seasons?|times?)|busy (?:periods?|times?|seasons?)|during sales?|sales? periods?|high[- ]demand|hauptsaison|promotional periods?|flash sales?", "back to school": "back[- ]to[- ]school", "lunar new year": "lunar new year|chinese new year|golden week|cny", "singles day": "singles['’]? day", "prime day": "prime day",
    "public holiday": "(?:public|bank|national|federal) holidays?|feiertage?n?",
    "temporary": "currently experiencing|due to (?:the )?(?:covid|pandemic|strike|storm|high volumes?)|temporarily|covid(?:-19)?|pandemic|strikes?(?! price)",
    "promotion": "limited[- ]time|promo(?:tion)?s? period|for a limited time|anniversary|launch (?:week|offer|period)|this (?:week|weekend|month)\\b(?! after)|this month only",
}  # fmt: skip
CONDITIONS: dict[str, str] = {
    "faulty": "faulty|defective|defects?|damaged|broken|not working|malfunction\\w*|wrong item|incorrect items?|incorrect(?:ly)?|dead on arrival|doa|arrived damaged|manufacturing (?:faults?|defects?)|mängel|mangelhafte?|defekte?|beschädigt\\w*|défectueux|défectueuse|endommagé\\w*|defectuos[oa]s?|dañad[oa]s?|our (?:error|mistake|fault)|mis-?shipped|not as described|quality issues?|recall(?:ed)?",
    "change of mind": "change[ds]? (?:of|your|their) minds?|changing your mind|unwanted|no longer (?:want|need)|don['’]t (?:like|love|want)|wrong size|buyer['’]?s remorse|non-faulty|widerruf\\w*|rétractation|desistimiento|right of withdrawal|withdrawal (?:right|period|form|notice|window)s?|right to withdraw",
    "opened": "(?<!un)opened|unsealed|broken seal|seal (?:is|has been) broken|geöffnete", "used": "(?<!un)used(?= (?:items?|products?|goods))|worn(?= (?:items?|products?|shoes))|pre-?owned|second[- ]hand|pre-?loved|refurbished|renewed|open[- ]box|ex-display|b-?stock|gebrauchte?",
    "sale": "sale items?|sale (?:products?|goods|merchandise|styles|purchases|price)|on sale|clearance|discounted|reduced|final[- ]sale|outlet items?|marked[- ]down|markdowns?|items? (?:bought|purchased) (?:in|during|on) (?:the |a )?sale|promotional items?|reduzierte?|soldes|rebajad[oa]s|last chance|full[- ]price(?=x)",
    "full price": "full[- ]priced?|regular[- ]priced?|non-sale",
    "personalised": "personali[sz]ed|customi[sz]ed|custom(?:[- ](?:made|order(?:ed|s)?|items?|products?|prints?|orders?|sizes?|cut|built|framed|engraved))|custom(?= (?:furniture|jewelry|jewellery|blinds|curtains|rings?))|made[- ]to[- ](?:order|measure)|engraved|monogrammed|bespoke|personalisierte?|maßgefertigte?|personnalisés?|personalizad[oa]s?|embroidered|tailor-made|special[- ]orders?|specially ordered|altered|cut[- ]to[- ](?:size|length)",
    "gift": "gifts?(?! ?-?(?:cards?|certificates?|vouchers?|wrap\\w*|box(?:es)?|receipts?|messages?|guides?|notes?|options?|bags?))|gift (?:orders?|recipients?)|gifted|geschenke?|(?<=\\ba )presents?\\b|(?<=\\bthe )presents?(?= \\w+ (?:was|is|can))",
    "preorder": "pre-?orders?(?:ed)?|vorbestell\\w*|précommandes?", "backorder": "back-?orders?(?:ed)?|out[- ]of[- ]stock",
    "bulky": "bulky|oversized?|large items?|heavy items?|heavy|big(?:ger)? items?|large (?:appliances?|furniture|parcels?)|freight|sperrgut|speditions\\w*|two-(?:man|person) delivery|white[- ]glove|pallets?|palleti[sz]ed",
    "perishable": "perishables?|fresh (?:food|flowers|produce)|flowers|frozen|chilled|food items?|groceries", "refused": "refused|refus(?:e|es|ing|al)|unclaimed|undeliver(?:able|ed)|returned to (?:sender|us)|failed delivery|uncollected|missed deliver(?:y|ies)", "lost": "lost (?:parcels?|packages?|orders?|in transit)|missing (?:parcels?|packages?|orders?)|never arrived|(?:has|have|did|does)(?: not|n['’]t) arrived?|not received|stolen",
    "no receipt": "without (?:a )?(?:receipt|proof of purchase)|no receipt|gift receipts?", "late": "late returns?|after (?:the )?(?:return )?(?:window|period|deadline)|outside (?:of )?(?:the|our) (?:return )?(?:window|period)",
    "exchange": "exchanges?|exchanging|swaps?", "warranty": "under warranty|warranty (?:claims?|repairs?|replacements?)|repairs?", "subscription": "subscriptions?|subscribe (?:&|and) save|auto-?(?:renew\\w*|ship|delivery)|recurring", "bundle": "bundles?|sets?(?= (?:of|must))|kits?(?= (?:must|can))", "rental": "rentals?|rented", "sample": "samples?|swatch(?:es)?|free trials?",
    "bulk": "bulk(?: orders?)?|large orders?|volume orders?|orders? of (?:more than|over) \\d+ (?:units|items)", "installation": "install(?:ed|ation)", "in transit": "in transit|on (?:its|their) way", "shipped": "(?:already|been|has|have|is|once|after) (?:been )?(?:shipped|dispatched|despatched)|(?:it|order) (?:ships|leaves)", "production": "in production|production has (?:started|begun)",
    "hygiene": "hygiene|intimates?|underwear|lingerie|swimwear|earrings|pierced|bodysuits|hosiery|cosmetics|beauty products|toiletries|unterwäsche|mattress toppers?",
    "digital": "digital (?:products?|downloads?|goods|content|items?|codes?)|downloads?|downloadable|e-?books?|software|licen[cs]es?|downloads|virtual",
    "gift card": "gift[- ]?(?:cards?|vouchers?|certificates?)|geschenk(?:karten?|gutscheine?)|cartes?[- ]cadeaux?|tarjetas? (?:de )?regalo",
    "hazardous": "hazardous|hazmat|batter(?:y|ies)|aerosols?|flammable|liquids", "vintage": "vintage|antiques?", "free item": "free gifts?|freebies",
}  # fmt: skip
SERVICES: dict[str, str] = {
    "standard": "standard|regular (?:shipping|delivery|post|mail)|economy|ground|basic (?:shipping|delivery)|normal (?:shipping|delivery)|saver|standardversand|standardlieferung|livraison standard|envío estándar|estándar",
    "express": "express|expedited|priority|rush|fast[- ]track|premium (?:shipping|delivery)|expressversand|expresslieferung|special delivery|courier (?:delivery|service|shipping)|faster (?:shipping|delivery)|accelerated",
    "next day": "next[- ](?:working[- ]|business[- ])?day|overnight|one-day|1-day|24[- ]?h(?:our)? delivery", "two day": "(?:2|two|second|2nd)[- ]day", "same day": "same[- ]day (?:delivery|courier|shipping)", "three day": "(?:3|three)[- ]day (?:select|shipping|delivery)",
    "saturday": "saturday delivery|weekend delivery|sunday delivery|evening delivery|nominated[- ]day|named[- ]day|timed delivery|scheduled delivery", "pickup": "click (?:&|and|\\+) collect|store pick-?up|in[- ]store pick-?up|curbside(?: pick-?up)?|collect(?:ion)? in[- ]store|local pick-?up|pick[- ]?up (?:points?|in[- ]store|orders?|from)|parcel ?shops?|lockers?|collection points?|bopis|abholung|point relais|recogida|pick-?up", "freight": "freight|ltl|sea freight|air freight|white[- ]glove|two-man", "tracked": "(?<!un)tracked(?: (?:24|48|delivery|shipping|mail))?|signed[- ]for|registered (?:mail|post)", "untracked": "untracked|letter (?:post|mail)|large letter|first[- ]class (?:mail|post)", "second class": "(?:2nd|second)[- ]class", "letterbox": "letterbox", "local": "local (?:delivery|courier)", "usps": "usps", "ups": "ups", "fedex": "fedex", "dhl": "dhl", "royal mail": "royal mail", "dpd": "dpd", "extended": "extend(?:ed|ing|s)? (?:the |your |its |our )?(?:warranty|guarantee|protection|cover)|protection plan|care plan|accidental damage|garantieverlängerung",
}  # fmt: skip
PAYMENTS: dict[str, str] = {
    "card": "(?:credit|debit)(?: or debit| and debit|/debit)? cards?|credit or debit|visa|mastercard|amex|american express|kreditkarte|carte bancaire|tarjeta de crédito", "paypal": "paypal", "klarna": "klarna|pay later|buy now,? pay later", "afterpay": "afterpay|clearpay", "bank transfer": "bank transfers?|wire(?: transfers?)?|direct debit|sepa|überweisung|virement", "store credit": "store credits?|credit notes?|gutschein", "apple pay": "apple pay", "google pay": "google pay", "cash": "(?<!for )cash(?! value| back|back)", "cheque": "cheques?|checks?(?= or| payments?|s)|money orders?", "invoice": "by invoice|on account|rechnung|purchase orders?", "gift card": "(?:paid|pay|purchased|bought) (?:with|by|using) (?:a )?gift cards?", "finance": "financing|finance",
}  # fmt: skip
DAYS: dict[str, tuple[str, ...]] = {
    "mon": ("mon",), "tue": ("tue",), "wed": ("wed",), "thu": ("thu",), "fri": ("fri",), "sat": ("sat",), "sun": ("sun",),
}  # fmt: skip
# Kinds of goods that shops give policies of their own. Plural and singular are matched.
PRODUCTS = """electronics laptop computer tablet phone smartphone camera headphone earphone earbud speaker television tv monitor console
appliance refrigerator fridge freezer washer dryer dishwasher oven microwave vacuum mattress bed sofa couch furniture chair desk rug carpet curtain blind lamp lighting
pillow bedding duvet towel shoe boot sneaker footwear sandal clothing apparel dress shirt jacket coat jean trouser sock hat bag handbag backpack luggage suitcase wallet
jewelry jewellery ring necklace bracelet earring watch sunglass eyewear glasses lens contact-lens underwear lingerie swimwear bra hosiery cosmetic makeup skincare fragrance perfume
toiletry shampoo supplement vitamin food wine beer spirits alcohol chocolate coffee tea flower plant bouquet seed book ebook vinyl dvd game toy puzzle doll lego bike bicycle e-bike ebike
scooter helmet tyre tire tent kayak canoe ski snowboard golf tool drill mower grill barbecue heater battery charger cable ink toner printer software download license licence
ticket pet crib stroller pram car-seat baby diaper nappy art poster frame canvas paint wallpaper tile flooring fabric yarn wool blade bulb accessory
instrument guitar piano drum sportswear equipment treadmill costume wig mask candle mug glassware cookware knife knives shelves scarves kettle toaster blender
helmet glove scarf belt uniform hardware phone-case screen-protector sim drone robot keyboard mouse router modem smartwatch tracker
hammock swing pool spa sauna hot-tub aquarium cage saddle violin saxophone keycap kit module sensor bundle mattress-topper topper clothes garment mixer juicer grinder thermometer lantern rucksack surfboard racket projector soundbar turntable tripod ladder parasol gazebo trampoline pushchair highchair clock mirror vase cushion humidifier hairdryer razor toothbrush teapot skillet headboard bunk wardrobe dresser shelf sideboard""".split()
