"""What shops name that is no longer current: carriers, payment brands, platforms, legal instruments, with the day.

Days are those that the owners announced; where only a month is known, its last day. A row is silent before its day.
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["carrier", "payment", "platform", "legal", "brand"]


@dataclass(frozen=True, slots=True)
class Gone:
    """One name that is no longer current. `pattern` is a regular expression; `near` must stand in the same article.

    `now` is the name that took its place, which in the same sentence makes the mention a correct one.
    """

    name: str
    kind: Kind
    pattern: str
    since: date
    instead: str
    now: str = ""
    regions: tuple[str, ...] = ()
    near: str = ""


_SHIPS = r"\b(?:courier|carrier|deliver|parcel|package|shipp|tracking|track|returns?)\w*"
_PAYS = r"\b(?:pay|payment|checkout|card|method)\w*"

GONE: tuple[Gone, ...] = (
    # Carriers and services
    Gone("Hermes (UK)", "carrier", r"\b(?:my)?Hermes\b(?!è)", date(2022, 3, 31), "Evri", "Evri", ("GB",), _SHIPS),
    Gone("USPS First-Class Package", "carrier",
         r"\b(?:USPS\s)?First[\s-]Class\sPackages?(?!\sInternational)(?:\sService)?(?!\sInternational)\b",
         date(2023, 7, 9), "USPS Ground Advantage", "Ground Advantage"),
    Gone("USPS Retail Ground", "carrier", r"\bUSPS\s(?:Retail\sGround|Standard\sPost|Parcel\sPost)\b|\bParcel\sSelect\sGround\b",
         date(2023, 7, 9), "USPS Ground Advantage", "Ground Advantage"),
    Gone("FedEx SmartPost", "carrier", r"\b(?:FedEx\s)?Smart\s?Post\b", date(2021, 3, 31), "FedEx Ground Economy",
         "Ground Economy", near=_SHIPS),
    Gone("DHL Global Mail", "carrier", r"\bDHL\sGlobal\s?Mail\b", date(2014, 12, 31), "DHL eCommerce", "DHL eCommerce"),
    Gone("LaserShip", "carrier", r"\bLaserShip\b", date(2023, 12, 31), "OnTrac", "OnTrac"),
    Gone("Interlink Express", "carrier", r"\bInterlink\sExpress\b", date(2016, 12, 31), "DPD Local", "DPD Local"),
    Gone("UK Mail", "carrier", r"\bUK\sMail\b", date(2020, 12, 31), "DHL", "DHL", ("GB",), _SHIPS),
    Gone("City Link", "carrier", r"\bCity\sLink\b", date(2014, 12, 31), "another carrier", "", ("GB",), _SHIPS),
    Gone("Fastway Couriers", "carrier", r"\bFastway\b", date(2020, 12, 31), "Aramex", "Aramex", ("AU", "NZ"), _SHIPS),
    Gone("Toll Priority", "carrier", r"\bToll\s(?:Priority|IPEC)\b", date(2022, 8, 31), "Team Global Express",
         "Team Global Express", ("AU", "NZ")),
    Gone("TNT Post", "carrier", r"\bTNT\sPost\b", date(2011, 5, 31), "PostNL or Whistl", "PostNL"),
    Gone("Kiala", "carrier", r"\bKiala\b", date(2015, 12, 31), "UPS Access Point", "Access Point"),
    Gone("Greyhound Package Express", "carrier", r"\bGreyhound\s(?:Package|Courier)\b", date(2022, 9, 30), "another carrier"),
    Gone("Pitney Bowes Global Ecommerce", "carrier", r"\b(?:Newgistics|Pitney\sBowes\sGlobal\sE-?commerce)\b",
         date(2024, 10, 31), "another carrier"),
    Gone("TNT", "carrier", r"\bTNT\b(?!\s(?:Post|Sports))", date(2024, 12, 31), "FedEx", "FedEx", near=_SHIPS),
    Gone("UPS SurePost", "carrier", r"\bSurePost\b", date(2025, 6, 30), "UPS Ground Saver", "Ground Saver"),
    Gone("Post Danmark", "carrier", r"\bPost\sDanmark\b", date(2017, 12, 31), "another carrier", "PostNord"),
    # Payment brands
    Gone("giropay", "payment", r"\b[Gg]iro[Pp]ay\b|\bpaydirekt\b", date(2024, 12, 31), "a current payment method", near=_PAYS),
    Gone("Sofort", "payment", r"\bSOFORT\b|\bSofort(?:überweisung|\s(?:Banking|by\sKlarna|bank\stransfer))\b",
         date(2025, 3, 31), "Klarna or a bank transfer", near=_PAYS),
    Gone("Laybuy", "payment", r"\bLay[Bb]uy\b", date(2024, 6, 30), "another instalment plan"),
    Gone("Openpay", "payment", r"\bOpen[Pp]ay\b", date(2023, 2, 28), "another instalment plan", "", ("AU", "NZ", "GB"), _PAYS),
    Gone("QuadPay", "payment", r"\bQuad[Pp]ay\b", date(2021, 8, 31), "Zip", "Zip"),
    Gone("Masterpass", "payment", r"\bMaster[Pp]ass\b", date(2020, 12, 31), "Click to Pay", "Click to Pay"),
    Gone("Visa Checkout", "payment", r"\bVisa\sCheckout\b|\bV\.me\b", date(2021, 12, 31), "Click to Pay", "Click to Pay"),
    Gone("Amex Express Checkout", "payment", r"\bAmex\sExpress\sCheckout\b", date(2020, 12, 31), "Click to Pay", "Click to Pay"),
    Gone("Android Pay", "payment", r"\bAndroid\sPay\b", date(2018, 2, 28), "Google Pay", "Google Pay"),
    Gone("Google Checkout", "payment", r"\bGoogle\sCheckout\b", date(2013, 11, 20), "Google Pay", "Google Pay"),
    Gone("Checkout by Amazon", "payment", r"\bCheckout\sby\sAmazon\b|\bLogin\sand\sPay\swith\sAmazon\b", date(2017, 4, 30),
         "Amazon Pay", "Amazon Pay"),
    Gone("Bill Me Later", "payment", r"\bBill\sMe\sLater\b", date(2014, 12, 31), "PayPal Credit", "PayPal Credit"),
    Gone("Chase Pay", "payment", r"\bChase\sPay\b", date(2021, 3, 31), "a current payment method"),
    Gone("Facebook Pay", "payment", r"\bFacebook\sPay\b", date(2022, 6, 30), "Meta Pay", "Meta Pay"),
    Gone("Apple Pay Later", "payment", r"\bApple\sPay\sLater\b", date(2024, 6, 17), "another instalment plan"),
    Gone("Solo and Switch cards", "payment", r"\b(?:Switch|Solo)(?:/(?:Solo|Switch|Maestro))\b|\bSwitch\scards?\b",
         date(2011, 3, 31), "the cards accepted now", near=_PAYS),
    # Platforms
    Gone("Internet Explorer", "platform", r"\bInternet\sExplorer\b|\bIE\s?(?:6|7|8|9|10|11)\b", date(2022, 6, 15),
         "Microsoft Edge", ""),
    Gone("Adobe Flash", "platform", r"\b(?:Adobe|Macromedia)\sFlash\b|\bFlash\sPlayer\b", date(2020, 12, 31), "HTML5", "HTML5"),
    Gone("Windows XP, Vista or 7", "platform", r"\bWindows\s(?:XP|Vista|7)(?!\d)(?!\.\d)", date(2020, 1, 14), "Windows 11",
         r"Windows (?:10|11)"),
    Gone("Windows 8", "platform", r"\bWindows\s8(?:\.1)?(?!\d)", date(2023, 1, 10), "Windows 11", r"Windows (?:10|11)"),
    Gone("iOS 12 or older", "platform", r"\biOS\s(?:[4-9]|1[0-2])(?:\.\d{1,2})*(?!\d)", date(2023, 12, 31), "a current version"),
    Gone("Android 7 or older", "platform", r"\bAndroid\s[2-7](?:\.\d{1,2})*(?!\d)", date(2023, 12, 31), "a current version"),
    Gone("TLS 1.0 or 1.1", "platform", r"\bTLS\s1\.[01]\b|\bSSL\s?v?[23](?:\.0)?\b", date(2021, 3, 31), "TLS 1.2 or 1.3", "TLS 1.[23]"),
    Gone("Twitter", "platform",
         r"\b(?:[Ff]ollow|[Tt]weet|[Mm]essage|DM|[Rr]each|[Cc]ontact|[Ff]ind|[Ww]rite)\b[^.\n]{0,50}\bTwitter\b|\bTwitter\s(?:DM|account|handle)\b",
         date(2023, 7, 24), "X", r"\bX\b"),
    Gone("Windows Phone", "platform", r"\bWindows\sPhone\b", date(2019, 12, 10), "iOS or Android"),
    Gone("BlackBerry OS", "platform", r"\bBlack[Bb]erry\s(?:App\sWorld|World|10|OS)\b", date(2022, 1, 4), "iOS or Android"),
    Gone("Google+", "platform", r"\bGoogle\s?\+|\bGoogle\sPlus\b", date(2019, 4, 2), "another channel"),
    Gone("Google Hangouts", "platform", r"\b(?:Google\s)?Hangouts\b", date(2022, 11, 30), "Google Chat", "Google (?:Chat|Meet)"),
    Gone("Skype", "platform", r"\bSkype\b(?!\sfor\sBusiness)", date(2025, 5, 5), "Microsoft Teams", "Teams"),
    Gone("Periscope", "platform", r"\bon\sPeriscope\b", date(2021, 3, 31), "another channel"),
    Gone("Vine", "platform", r"\bon\sVine\b", date(2017, 1, 17), "another channel"),
    Gone("IGTV", "platform", r"\bIGTV\b", date(2021, 10, 31), "Instagram video"),
    Gone("AmazonSmile", "platform", r"\bAmazon\s?Smile\b", date(2023, 2, 20), "another programme"),
    Gone("Google Trusted Stores", "platform", r"\bGoogle\sTrusted\sStores?\b", date(2017, 12, 31), "Google Customer Reviews"),
    Gone("Universal Analytics", "platform", r"\bUniversal\sAnalytics\b", date(2023, 7, 1), "Google Analytics 4",
         r"GA4|Analytics 4"),
    # Legal instruments
    Gone("EU online dispute resolution platform", "legal",
         r"ec\.europa\.eu/(?:consumers/)?odr|\b(?:online\sdispute\sresolution|ODR)\s(?:\([^)]{2,20}\)\s)?platform\b",
         date(2025, 7, 20), "nothing: the platform was closed, take the notice out"),
    Gone("reduced German VAT of 2020", "legal",
         r"\b(?:VAT|MwSt|Mehrwertsteuer|Umsatzsteuer)\b[^.\n]{0,80}\b16\s?%|\b16\s?%\s(?:VAT|MwSt|Mehrwertsteuer|Umsatzsteuer|USt)",
         date(2020, 12, 31), "19 %", "19", near=r"\bGerman|Deutsch|MwSt|Mehrwertsteuer"),
    Gone("EU-US Privacy Shield", "legal", r"\bPrivacy\sShield\b", date(2020, 7, 16), "the EU-US Data Privacy Framework",
         "Data Privacy Framework"),
    Gone("Safe Harbor framework", "legal", r"\bSafe\sHarbou?r\s(?:framework|principles|agreement|certification|program(?:me)?)\b",
         date(2015, 10, 6), "the EU-US Data Privacy Framework", "Data Privacy Framework"),
)  # fmt: skip
