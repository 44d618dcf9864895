"""Regions: main time zone, currency, and the region that a bare language most likely means.

Zones: the IANA zone of the largest city (for the US Eastern, where most shops state their hours). Currencies: ISO 4217.
"""

from __future__ import annotations

_TABLE = """
US America/New_York USD|CA America/Toronto CAD|MX America/Mexico_City MXN|BR America/Sao_Paulo BRL
AR America/Argentina/Buenos_Aires ARS|CL America/Santiago CLP|CO America/Bogota COP|PE America/Lima PEN
GB Europe/London GBP|IE Europe/Dublin EUR|DE Europe/Berlin EUR|AT Europe/Vienna EUR|CH Europe/Zurich CHF
FR Europe/Paris EUR|BE Europe/Brussels EUR|NL Europe/Amsterdam EUR|LU Europe/Luxembourg EUR|ES Europe/Madrid EUR
PT Europe/Lisbon EUR|IT Europe/Rome EUR|GR Europe/Athens EUR|DK Europe/Copenhagen DKK|SE Europe/Stockholm SEK
NO Europe/Oslo NOK|FI Europe/Helsinki EUR|IS Atlantic/Reykjavik ISK|PL Europe/Warsaw PLN|CZ Europe/Prague CZK
SK Europe/Bratislava EUR|HU Europe/Budapest HUF|RO Europe/Bucharest RON|BG Europe/Sofia EUR|HR Europe/Zagreb EUR
SI Europe/Ljubljana EUR|EE Europe/Tallinn EUR|LV Europe/Riga EUR|LT Europe/Vilnius EUR|MT Europe/Malta EUR
CY Asia/Nicosia EUR|UA Europe/Kyiv UAH|TR Europe/Istanbul TRY|IL Asia/Jerusalem ILS|AE Asia/Dubai AED
SA Asia/Riyadh SAR|IN Asia/Kolkata INR|PK Asia/Karachi PKR|SG Asia/Singapore SGD|MY Asia/Kuala_Lumpur MYR
ID Asia/Jakarta IDR|TH Asia/Bangkok THB|VN Asia/Ho_Chi_Minh VND|PH Asia/Manila PHP|HK Asia/Hong_Kong HKD
TW Asia/Taipei TWD|CN Asia/Shanghai CNY|JP Asia/Tokyo JPY|KR Asia/Seoul KRW|AU Australia/Sydney AUD
NZ Pacific/Auckland NZD|ZA Africa/Johannesburg ZAR|NG Africa/Lagos NGN|KE Africa/Nairobi KES|EG Africa/Cairo EGP
"""
_ROWS = [row.split() for row in _TABLE.replace("\n", "|").split("|") if row.strip()]

# ISO 3166-1, alpha-2.
REGIONS = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
# Where 03/04 is the fourth of March.
MONTH_FIRST_REGIONS = frozenset({"US", "PH", "FM", "PW", "PR", "GU", "CA"})
ZONE_OF: dict[str, str] = {region: zone for region, zone, _ in _ROWS}
CURRENCY_OF: dict[str, str] = {region: currency for region, _, currency in _ROWS}
# English is spoken in too many places to mean one: its region stays open and falls back to the shop's.
REGION_OF_LANGUAGE: dict[str, str] = {
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "es": "ES",
    "et": "EE",
    "fi": "FI",
    "fr": "FR",
    "he": "IL",
    "hu": "HU",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "nb": "NO",
    "nl": "NL",
    "no": "NO",
    "pl": "PL",
    "pt": "PT",
    "ro": "RO",
    "sv": "SE",
    "tr": "TR",
    "uk": "UA",
    "vi": "VN",
}


def wrong_region(region: str) -> str:
    """Why a text is no region; empty where it is one."""
    if region.upper() in REGIONS:
        return ""
    hint = "Use GB for the United Kingdom." if region.upper() == "UK" else "Use ISO 3166 codes such as US, GB, DE."
    return f'"{region}" is no region. {hint}'
