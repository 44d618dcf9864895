"""Platforms and services of the web, legal instruments and tax rates that are no longer current, with the day.

Days are those that the owners or lawgivers announced. A row is silent before its day.
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from datetime import date

from kbaudit.facts.references_gone import Gone

SOFTWARE = r"\b(?:browsers?|PCs?|computers?|laptops?|software|apps?|drivers?|install\w*|support\w*|systems?|version|operating|Microsoft|downloads?|requirements?|compatib\w*|runs?|OS|updates?|XP|Vista|Mac(?:OS)?|Linux|iOS|Android)\b"

PLATFORMS: tuple[Gone, ...] = (
    Gone("Internet Explorer", "platform", r"\bInternet\sExplorer\b|\bIE\s?(?:6|7|8|9|10|11)\b", date(2022, 6, 15),
         "Microsoft Edge", "", whole=True),
    Gone("Adobe Flash", "platform", r"\b(?:Adobe|Macromedia)\sFlash\b|\bFlash\sPlayer\b", date(2020, 12, 31), "HTML5", "HTML5", whole=True),
    Gone("Windows XP, Vista or 7", "platform", r"\bWindows\s(?:XP|Vista|7)(?!\d)(?!\.\d)", date(2020, 1, 14), "Windows 11",
         r"Windows (?:10|11)", near=SOFTWARE),
    Gone("Windows 8", "platform", r"\bWindows\s8(?:\.1)?(?!\d)", date(2023, 1, 10), "Windows 11", r"Windows (?:10|11)", near=SOFTWARE),
    Gone("iOS 12 or older", "platform", r"\biOS\s(?:[4-9]|1[0-2])(?:\.\d{1,2})*(?!\d)", date(2023, 12, 31), "a current version"),
    Gone("Android 7 or older", "platform", r"\bAndroid\s[2-7](?:\.\d{1,2})*(?!\d)", date(2023, 12, 31), "a current version"),
    Gone("TLS 1.0 or 1.1", "platform", r"\bTLS\s1\.[01]\b|\bSSL\s?v?[23](?:\.0)?\b", date(2021, 3, 31), "TLS 1.2 or 1.3", "TLS 1.[23]"),
    Gone("Twitter", "platform",
         r"\b(?:[Ff]ollow|[Tt]weet|[Mm]essage|DM|[Rr]each|[Cc]ontact|[Ff]ind|[Ww]rite)\b[^.\n]{0,50}\bTwitter\b|\bTwitter\s(?:DM|account|handle|page|feed|channel)\b|\bTwitter\s?:|\b(?:[Uu]s|[Ww]e|[Oo]ur)\b[^.\n]{0,60}\bTwitter\b",
         date(2023, 7, 24), "X", r"\bX\b"),
    Gone("Windows Phone", "platform", r"\bWindows\sPhone\b", date(2019, 12, 10), "iOS or Android", whole=True),
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
    Gone("Java applets", "platform", r"\bJava\s(?:applets?|plug-?in|Web\sStart)\b", date(2021, 3, 31), "a current browser", whole=True),
    Gone("Shockwave", "platform", r"\b(?:Adobe|Macromedia)\sShockwave\b|\bShockwave\sPlayer\b", date(2019, 4, 9), "HTML5", whole=True),
    Gone("Cortana", "platform", r"\bCortana\b", date(2023, 8, 31), "another assistant", near=SOFTWARE),
    Gone("EdgeHTML Edge", "platform", r"\bEdge\sLegacy\b|\bLegacy\sEdge\b", date(2021, 3, 9), "Microsoft Edge", whole=True),
    Gone("QuickTime for Windows", "platform", r"\bQuickTime\s(?:Player\s)?for\sWindows\b", date(2016, 4, 14), "a current player", whole=True),
    Gone("Microsoft Silverlight", "platform", r"\bSilverlight\b", date(2021, 10, 12), "a current browser", whole=True),
    Gone("OS X 10.12 or older", "platform", r"\b(?:Mac\s)?OS\sX(?:\s(?:v?10\.(?:[0-9]|1[0-2])\b|Snow\sLeopard|Lion|Mountain\sLion|Mavericks|Yosemite|El\sCapitan))",
         date(2019, 10, 31), "a current macOS", "macOS"),
    Gone("Windows Mobile", "platform", r"\bWindows\s(?:Mobile|RT)\b", date(2020, 1, 14), "iOS or Android"),
    Gone("Symbian", "platform", r"\bSymbian\b", date(2014, 1, 31), "iOS or Android"),
    Gone("Android Market", "platform", r"\bAndroid\sMarket\b", date(2012, 3, 6), "Google Play", "Google Play"),
    Gone("Amazon Appstore for Android", "platform", r"\bAmazon\s(?:Appstore|App\sStore|Underground)\b(?!\son\sFire)", date(2025, 8, 20), "Google Play", "Fire"),
    Gone("Amazon Drive", "platform", r"\bAmazon\s(?:Cloud\s)?Drive\b", date(2023, 12, 31), "another service"),
    Gone("G Suite", "platform", r"\bG\sSuite\b", date(2020, 10, 6), "Google Workspace", "Workspace"),
    Gone("Google My Business", "platform", r"\bGoogle\sMy\sBusiness\b|\bGoogle\sPlaces\b(?!\sAPI)", date(2021, 11, 4), "Google Business Profile", "Business Profile"),
    Gone("Google Duo or Allo", "platform", r"\bGoogle\s(?:Duo|Allo)\b", date(2022, 11, 30), "Google Meet", "Google Meet"),
    Gone("Google Play Music", "platform", r"\bGoogle\s(?:Play\s)?Music\b|\bGoogle\sPodcasts\b", date(2024, 6, 24), "YouTube Music", "YouTube Music"),
    Gone("Google Stadia", "platform", r"\b(?:Google|on)\sStadia\b", date(2023, 1, 18), "another service"),
    Gone("Google Optimize", "platform", r"\bGoogle\sOptimize\b", date(2023, 9, 30), "another service"),
    Gone("Google Reader", "platform", r"\bGoogle\sReader\b|\bFeedBurner\b", date(2021, 7, 31), "another reader"),
    Gone("Picasa", "platform", r"\bPicasa\b", date(2016, 5, 1), "Google Photos", "Google Photos"),
    Gone("Buy on Google", "platform", r"\bBuy\son\sGoogle\b|\bGoogle\sShopping\sActions\b", date(2023, 9, 26), "another channel"),
    Gone("Yahoo Messenger", "platform", r"\bYahoo!?\s(?:Instant\s)?Messenger\b|\bYahoo!?\s(?:Answers|Groups)\b", date(2021, 5, 4), "another channel"),
    Gone("AOL Instant Messenger", "platform", r"\bAOL\sInstant\sMessenger\b|\bon\sAIM\b", date(2017, 12, 15), "another channel"),
    Gone("Windows Live Messenger", "platform", r"\b(?:MSN|Windows\sLive)\sMessenger\b", date(2014, 10, 31), "another channel"),
    Gone("ICQ", "platform", r"\bICQ\b", date(2024, 6, 26), "another channel"),
    Gone("BlackBerry Messenger", "platform", r"\bBBM\b|\bBlack[Bb]erry\sMessenger\b", date(2019, 5, 31), "another channel"),
    Gone("Houseparty", "platform", r"\bHouseparty\b", date(2021, 10, 31), "another channel"),
    Gone("Foursquare City Guide", "platform", r"\b(?:check\sin\son|find\sus\son|on)\sFoursquare\b", date(2024, 12, 15), "another channel"),
    Gone("Polyvore", "platform", r"\bPolyvore\b", date(2018, 4, 5), "another channel"),
    Gone("Facebook live shopping", "platform", r"\bFacebook\s[Ll]ive\s[Ss]hopping\b|\bInstagram\s[Ll]ive\s[Ss]hopping\b", date(2023, 3, 16), "another channel"),
    Gone("Wunderlist", "platform", r"\bWunderlist\b", date(2020, 5, 6), "Microsoft To Do", "To Do"),
    Gone("DaWanda", "platform", r"\bDaWanda\b", date(2018, 8, 30), "another marketplace"),
    Gone("Jet.com", "platform", r"\bJet\.com\b", date(2020, 5, 31), "another marketplace"),
    Gone("Tesco Direct", "platform", r"\bTesco\sDirect\b", date(2018, 7, 9), "another marketplace"),
    Gone("Rakuten's shops in the West", "platform", r"\bRakuten\.(?:co\.uk|de|com\sshopping)\b|\bPlay\.com\b|\bBuy\.com\b", date(2020, 10, 15), "another marketplace"),
    Gone("Etsy Wholesale or Studio", "platform", r"\bEtsy\s(?:Wholesale|Studio)\b", date(2018, 8, 31), "another marketplace"),
    Gone("Magento 1", "platform", r"\bMagento\s1(?:\.\d)?\b", date(2020, 6, 30), "Adobe Commerce", "Magento 2|Adobe Commerce"),
    Gone("TRUSTe", "platform", r"\bTRUSTe\b", date(2017, 6, 6), "TrustArc", "TrustArc"),
    Gone("VeriSign seal", "platform", r"\bVeri[Ss]ign\s(?:[Ss]ecured?|[Ss]eal|[Tt]rusted)\b", date(2012, 4, 30), "DigiCert", "DigiCert"),
    Gone("Comodo certificates", "platform", r"\bComodo\s(?:SSL|[Ss]ecure\w*|certificate)", date(2018, 11, 30), "Sectigo", "Sectigo"),
    Gone("McAfee SECURE", "platform", r"\bMcAfee\sS(?:ECURE|ecure)\b", date(2021, 12, 31), "TrustedSite", "TrustedSite"),
    Gone("Skype for Business Online", "platform", r"\bSkype\sfor\sBusiness\sOnline\b|\bMicrosoft\sLync\b", date(2021, 7, 31), "Microsoft Teams", "Teams"),
)  # fmt: skip

LAWS: tuple[Gone, ...] = (
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
    Gone("Distance Selling Regulations", "legal", r"\bDistance\sSelling\sRegulations\b", date(2014, 6, 13),
         "the Consumer Contracts Regulations 2013", "Consumer Contracts"),
    Gone("Sale of Goods Act for consumers", "legal", r"\bSale\sof\sGoods\sAct\s(?:of\s)?1979\b|\bSupply\sof\sGoods\sand\sServices\sAct\b", date(2015, 10, 1),
         "the Consumer Rights Act 2015", "Consumer Rights Act", ("GB",)),
    Gone("Data Protection Act 1998", "legal", r"\bData\sProtection\sAct,?\s(?:of\s)?\(?1998\b", date(2018, 5, 25), "the Data Protection Act 2018", "2018"),
    Gone("Data Protection Directive", "legal", r"\b95/46/E[CG]\b", date(2018, 5, 25), "the General Data Protection Regulation", "GDPR|2016/679|DSGVO|RGPD"),
    Gone("Distance Selling Directive", "legal", r"\b97/7/E[CG]\b", date(2014, 6, 13), "Directive 2011/83/EU", "2011/83"),
    Gone("Consumer Sales Directive", "legal", r"\b1999/44/E[CG]\b", date(2022, 1, 1), "Directive (EU) 2019/771", "2019/771"),
    Gone("WEEE Directive of 2002", "legal", r"\b2002/9[56]/E[CG]\b", date(2014, 2, 15), "Directive 2012/19/EU", "2012/19|2011/65"),
    Gone("Telemediengesetz", "legal", r"(?:§§?\s?\d{1,2}\s(?:Abs\.\s?\d\s)?)TMG\b|\bTelemediengesetz\w*|\bTTDSG\b", date(2024, 5, 14),
         "das Digitale-Dienste-Gesetz (DDG)", r"\bT?DDG\b|TDDDG|Digitale-Dienste"),
    Gone("Rundfunkstaatsvertrag", "legal", r"§\s?55\s(?:Abs\.\s?\d\s)?RStV\b|\bRundfunkstaatsvertrag\w*", date(2020, 11, 7), "§ 18 Abs. 2 MStV", "MStV"),
    Gone("Verpackungsverordnung", "legal", r"\bVerpackV\b|\bVerpackungsverordnung\b", date(2019, 1, 1), "das Verpackungsgesetz", "VerpackG|Verpackungsgesetz"),
    Gone("duty-free imports below 800 dollars", "legal",
         r"\b(?:de\sminimis|duty[\s-]free|no\s(?:import\s|customs\s)?(?:dut(?:y|ies)|tariffs?)|free\sof\s(?:customs\s)?dut(?:y|ies)|Section\s321)\b[^.\n]{0,80}(?:\$\s?800|800\s?(?:USD|US\sdollars))|(?:\$\s?800|800\s?(?:USD|US\sdollars))[^.\n]{0,80}\b(?:de\sminimis|duty[\s-]free|without\s(?:import\s|customs\s)?(?:dut(?:y|ies)|tariffs?)|no\s(?:import\s|customs\s)?(?:dut(?:y|ies)|tariffs?)|not\ssubject\sto)\b",
         date(2025, 8, 29), "the rule in force: since 29 August 2025 duty is due on parcels of any value"),
    Gone("VAT-free imports below 22 euros", "legal",
         r"\b(?:no|free\sof|without|exempt\sfrom)\s(?:import\s)?VAT\b[^.\n]{0,60}(?:€\s?22|22\s?(?:€|EUR|euros?))\b|(?:€\s?22|22\s?(?:€|EUR|euros?))[^.\n]{0,60}\b(?:no|free\sof|without|exempt\sfrom)\s(?:import\s)?VAT\b",
         date(2021, 7, 1), "the rule in force: since 1 July 2021 VAT is due on parcels of any value"),
)  # fmt: skip

_TAX = r"(?:VAT|MwSt|USt|Mehrwertsteuer|Umsatzsteuer|TVA|IVA|BTW|GST|ALV|moms|DPH|KM)"
# Standard rates that were replaced: country, former rate, its last day, the rate after it. From the tax authorities.
_RATES = (
    ("GB", "17.5", date(2011, 1, 3), "20"), ("GB", "15", date(2009, 12, 31), "20"), ("IE", "21", date(2021, 2, 28), "23"),
    ("NL", "19", date(2012, 9, 30), "21"), ("FR", "19.6", date(2013, 12, 31), "20"), ("ES", "18", date(2012, 8, 31), "21"),
    ("IT", "21", date(2013, 9, 30), "22"), ("IT", "20", date(2011, 9, 16), "22"), ("FI", "24", date(2024, 8, 31), "25.5"),
    ("EE", "20", date(2023, 12, 31), "24"), ("EE", "22", date(2025, 6, 30), "24"), ("SK", "20", date(2024, 12, 31), "23"),
    ("CH", "7.7", date(2023, 12, 31), "8.1"), ("CH", "8", date(2017, 12, 31), "8.1"), ("LU", "16", date(2023, 12, 31), "17"),
    ("RO", "19", date(2025, 7, 31), "21"), ("SG", "7", date(2022, 12, 31), "9"), ("SG", "8", date(2023, 12, 31), "9"),
    ("NZ", "12.5", date(2010, 9, 30), "15"), ("PT", "21", date(2010, 12, 31), "23"), ("PL", "22", date(2010, 12, 31), "23"),
)  # fmt: skip


def _rate(country: str, old: str, until: date, new: str) -> Gone:
    number = re.escape(old).replace(r"\.", "[.,]")
    percent = rf"(?<![\d.,]){number}\s?(?:%|per\s?cent|percent)"
    pattern = rf"\b{_TAX}\b[^.\n%]{{0,40}}{percent}|{percent}\s(?:\w+\s)?{_TAX}\b"
    return Gone(
        f"{old} % tax ({country})", "legal", pattern, until, f"{new} %", rf"(?<![\d.,]){re.escape(new)}\s?%", (country,)
    )


TAXES: tuple[Gone, ...] = tuple(_rate(*row) for row in _RATES)
