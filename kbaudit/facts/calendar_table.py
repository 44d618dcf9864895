"""The table of commercial events: when they are, where they are kept, which words name them.

Rules are those of `kbaudit.facts.calendar.parse_day`; `a .. b` is a range, `.. +3` three days more. The key of a
rule is a country, `south` or `north` (hemisphere), or the empty string for everywhere else. Days of Mother's and
Father's Day by country: the national calendars as listed by Wikipedia, "Mother's Day" and "Father's Day".
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SOUTH = frozenset({"AU", "NZ", "ZA", "AR", "BR", "CL", "UY", "PY", "BO", "PE", "NA", "BW", "ZW"})
ENGLISH = ("US", "CA", "GB", "IE", "AU", "NZ", "ZA")
CHINESE = ("CN", "HK", "TW", "SG", "MY", "MO")
MUSLIM = ("AE", "SA", "QA", "KW", "BH", "OM", "TR", "EG", "MA", "ID", "MY", "PK", "BD", "JO")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the table. `aliases` are lower-case words; `codes` are letters that two digits of a year follow.

    `regions` are where shops keep it (empty: everywhere); it is recognised in texts of every region.
    """

    name: str
    kind: str
    rules: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    lead_days: int = 21
    grace_days: int = 7


def _for(rule: str, *countries: str) -> dict[str, str]:
    return dict.fromkeys(countries, rule)


EVENTS: tuple[Entry, ...] = (
    Entry("New Year", "feast", {"": "01-01"},
          ("new year's day", "new year's eve", "new years day", "new years eve", "new year's", "new year", "nye",
           "hogmanay", "silvester")),
    Entry("Lunar New Year", "feast", {"": "lunar:lunar-new-year .. +6"},
          ("lunar new year", "chinese new year", "spring festival", "cny", "tet holiday", "year of the dragon",
           "seollal", "year of the snake", "year of the horse", "year of the rabbit", "year of the goat"),
          codes=("cny",), regions=(*CHINESE, "US", "AU", "GB", "CA", "VN", "KR")),
    Entry("Valentine's Day", "feast", {"": "02-14"},
          ("valentine's day", "valentines day", "valentine day", "valentine's", "valentines", "valentinstag",
           "saint-valentin", "san valentín", "san valentino", "valentijnsdag", "galentine's day"), codes=("vday",)),
    Entry("Presidents' Day", "feast", {"": "3rd monday of february"},
          ("presidents' day", "president's day", "presidents day"), regions=("US",)),
    Entry("Super Bowl", "feast", {"": "2nd sunday of february"}, ("super bowl", "superbowl"), regions=("US",)),
    Entry("International Women's Day", "feast", {"": "03-08"},
          ("international women's day", "women's day", "womens day"), regions=("GB", "AU", "DE", "CN", "IT", "PL")),
    Entry("St Patrick's Day", "feast", {"": "03-17"},
          ("st patrick's day", "st. patrick's day", "saint patrick's day", "st patricks day", "st. patricks day",
           "st paddy's day", "paddy's day"), regions=("US", "IE", "GB", "CA", "AU")),
    Entry("Ramadan", "season", {"": "lunar:ramadan .. +29"}, ("ramadan", "ramadhan", "ramazan", "ramzan", "ramathan"),
          regions=MUSLIM),
    Entry("Eid al-Fitr", "feast", {"": "lunar:eid-al-fitr .. +2"},
          ("eid al-fitr", "eid al fitr", "eid ul-fitr", "eid-ul-fitr", "festival of breaking the fast", "hari raya",
           "eid"), regions=MUSLIM),
    Entry("Eid al-Adha", "feast", {"": "lunar:eid-al-adha .. +3"},
          ("eid al-adha", "eid al adha", "eid ul-adha", "eid-ul-adha", "feast of the sacrifice"), regions=MUSLIM),
    Entry("Easter", "feast", {"": "easter - 2 .. easter + 1", "GR": "orthodox - 2 .. orthodox + 1"},
          ("easter sunday", "easter monday", "easter weekend", "easter", "good friday", "ostern", "pâques", "semana santa", "pascua", "pasqua", "páscoa", "pasen",
           "holy week")),
    Entry("Mother's Day", "feast", {
        "": "2nd sunday of may",
        **_for("easter - 21", "GB", "IE"),
        **_for("last sunday of may", "FR", "SE"),
        **_for("1st sunday of may", "ES", "PT", "HU", "LT"),
        **_for("2nd sunday of february", "NO"),
        **_for("05-26", "PL"), **_for("05-10", "MX", "GT", "SV"), **_for("08-12", "TH"),
        **_for("03-21", "AE", "SA", "QA", "KW", "BH", "OM", "EG", "JO"),
        **_for("3rd sunday of october", "AR"), **_for("03-08", "BG"),
    }, ("mother's day", "mothers day", "mothers' day", "mothering sunday", "muttertag", "fête des mères",
        "dia das mães", "dia da mãe", "día de la madre", "festa della mamma", "moederdag", "mors dag", "dzień matki"),
        codes=("mday",)),
    Entry("Memorial Day", "feast", {"": "last monday of may"}, ("memorial day",), regions=("US",)),
    Entry("Father's Day", "feast", {
        "": "3rd sunday of june",
        **_for("1st sunday of september", "AU", "NZ"),
        **_for("easter + 39", "DE"), **_for("03-19", "ES", "IT", "PT", "HR"),
        **_for("2nd sunday of june", "AT", "BE"), **_for("2nd sunday of november", "SE", "NO", "FI", "EE", "IS"),
        **_for("2nd sunday of august", "BR"), **_for("06-23", "PL"), **_for("06-05", "DK"), **_for("12-05", "TH"),
        **_for("08-08", "TW"), **_for("1st sunday of june", "CH", "LT"),
    }, ("father's day", "fathers day", "fathers' day", "vatertag", "fête des pères", "dia dos pais",
        "dia do pai", "día del padre", "festa del papà", "vaderdag", "fars dag", "dzień ojca")),
    Entry("Dia dos Namorados", "feast", {"": "06-12"}, ("dia dos namorados",), regions=("BR",)),
    Entry("Juneteenth", "feast", {"": "06-19"}, ("juneteenth",), regions=("US",)),
    Entry("Canada Day", "feast", {"": "07-01"}, ("canada day",), regions=("CA",)),
    Entry("Independence Day", "feast", {"": "07-04"},
          ("independence day", "fourth of july", "4th of july", "july 4th", "july fourth"), regions=("US",)),
    Entry("Bastille Day", "feast", {"": "07-14"}, ("bastille day",), regions=("FR",)),
    Entry("Prime Day", "sale", {"": "2nd tuesday of july .. +3"}, ("prime day", "prime days"), regions=("US",)),
    Entry("Back to School", "season",
          {"": "07-15 .. 09-10", **_for("01-10 .. 02-10", "AU", "NZ", "ZA"), **_for("08-01 .. 09-10", "GB", "IE")},
          ("back to school", "back-to-school", "rentrée scolaire", "vuelta al cole", "schulanfang", "back to uni", "back to college", "b2s", "bts season"),
          codes=("bts",), regions=ENGLISH),
    Entry("618", "sale", {"": "06-01 .. 06-18"}, ("618 festival", "618 sale", "618 shopping festival"),
          regions=("CN",)),
    Entry("Golden Week", "season", {"": "10-01 .. 10-07", "JP": "04-29 .. 05-05"},
          ("golden week", "national day golden week"), regions=("CN", "JP")),
    Entry("Mid-Autumn Festival", "feast", {"": "lunar:mid-autumn"},
          ("mid-autumn festival", "mid autumn festival", "moon festival", "mooncake festival", "chuseok"), regions=CHINESE),
    Entry("Labor Day", "feast", {"": "1st monday of september"}, ("labor day", "labour day"), regions=("US", "CA")),
    Entry("Australia Day", "feast", {"": "01-26"}, ("australia day",), regions=("AU",)),
    Entry("Anzac Day", "feast", {"": "04-25"}, ("anzac day",), regions=("AU", "NZ")),
    Entry("Waitangi Day", "feast", {"": "02-06"}, ("waitangi day",), regions=("NZ",)),
    Entry("Click Frenzy", "sale", {"": "2nd tuesday of november .. +2"}, ("click frenzy",), regions=("AU",)),
    Entry("End of Financial Year", "sale", {"": "06-01 .. 06-30"},
          ("eofy", "end of financial year", "end-of-financial-year"), codes=("eofy",), regions=("AU",)),
    Entry("Oktoberfest", "season", {"": "09-16 .. 10-03"}, ("oktoberfest",), regions=("DE",)),
    Entry("Diwali", "feast", {"": "lunar:diwali - 2 .. lunar:diwali + 2"},
          ("diwali", "deepavali", "festival of lights sale"), regions=("IN", "SG", "GB", "MY")),
    Entry("Halloween", "feast", {"": "10-31"}, ("halloween", "hallowe'en", "spooky season")),
    Entry("Singles' Day", "sale", {"": "11-11"},
          ("singles' day", "singles day", "single's day", "double 11", "double eleven", "11.11 sale", "11.11"),
          regions=(*CHINESE, "DE", "GB", "AU")),
    Entry("Veterans Day", "feast", {"": "11-11"}, ("veterans day", "veteran's day", "veterans' day"),
          regions=("US",)),
    Entry("Remembrance Day", "feast", {"": "11-11"}, ("remembrance day",), regions=("GB", "CA", "AU")),
    Entry("Thanksgiving", "feast", {"": "4th thursday of november", "CA": "2nd monday of october"},
          ("thanksgiving day", "thanksgiving", "friendsgiving", "action de grâce", "acción de gracias"), regions=("US", "CA")),
    Entry("Black Friday", "sale", {"": "4th thursday of november + 1"},
          ("black friday weekend", "black friday", "black-friday", "black fri", "vendredi fou", "vendredi noir",
           "viernes negro", "venerdì nero"), codes=("bf", "blackfriday")),
    Entry("Black Friday and Cyber Monday", "sale",
          {"": "4th thursday of november + 1 .. 4th thursday of november + 4"},
          ("bfcm", "black friday and cyber monday", "black friday & cyber monday", "black friday/cyber monday",
           "black friday / cyber monday", "black friday cyber monday", "black friday to cyber monday",
           "cyber weekend", "turkey five", "cyber five"), codes=("bfcm",)),
    Entry("Black Week", "sale", {"": "4th thursday of november - 3 .. 4th thursday of november + 4"},
          ("black week", "black weeks", "black friday week", "black november"), codes=("bw", "blackweek")),
    Entry("Cyber Monday", "sale", {"": "4th thursday of november + 4"}, ("cyber monday", "cyber lundi", "lundi cyber", "cyber lunes"), codes=("cm",)),
    Entry("Cyber Week", "sale", {"": "4th thursday of november + 4 .. +6"}, ("cyber week", "cyberweek"),
          codes=("cw", "cyber")),
    Entry("Giving Tuesday", "sale", {"": "4th thursday of november + 5"}, ("giving tuesday", "givingtuesday"),
          regions=("US", "GB", "CA")),
    Entry("Green Monday", "sale", {"": "2nd monday of december"}, ("green monday",), regions=("US",)),
    Entry("Double 12", "sale", {"": "12-12"}, ("double 12", "double twelve", "12.12 sale", "12.12"), regions=CHINESE),
    Entry("St Nicholas Day", "feast", {"": "12-06", "NL": "12-05"},
          ("st nicholas day", "st. nicholas day", "sinterklaas", "nikolaus"), regions=("DE", "NL", "BE", "AT")),
    Entry("Hanukkah", "feast", {"": "lunar:hanukkah .. +7"}, ("hanukkah", "chanukah", "hannukah"), regions=("US",)),
    Entry("Christmas", "feast", {"": "12-25"},
          ("christmas day", "christmas eve", "christmas", "xmas", "x-mas", "x'mas", "noël", "noel", "weihnachten", "navidad", "natale", "kerstmis", "kerst",
           "weihnachts", "advent", "secret santa", "festive season", "festive", "yuletide", "holiday season",
           "the holidays", "happy holidays", "santa"),
          codes=("xmas", "christmas", "holiday", "festive", "hol")),
    Entry("Boxing Day", "sale", {"": "12-26"}, ("boxing day", "boxing week", "st stephen's day"),
          regions=("GB", "IE", "CA", "AU", "NZ", "ZA")),
    Entry("Kwanzaa", "feast", {"": "12-26 .. +6"}, ("kwanzaa",), regions=("US",)),
    # Feasts and days that some shops sell by: recognised everywhere, prepared for by nobody who does not ask for it.
    Entry("Epiphany", "feast", {"": "01-06"}, ("three kings day", "reyes magos", "día de reyes", "noche de reyes", "antes de reyes", "regalos de reyes", "campaña de reyes", "la befana", "dreikönigstag", "driekoningen"), regions=("-",)),
    Entry("Veganuary", "season", {"": "01-01 .. 01-31"}, ("veganuary", "dry january"), regions=("-",)),
    Entry("Martin Luther King Day", "feast", {"": "3rd monday of january"}, ("martin luther king day", "mlk day"), regions=("-",)),
    Entry("Burns Night", "feast", {"": "01-25"}, ("burns night",), regions=("-",)),
    Entry("Carnival", "season", {"": "easter - 52 .. easter - 47"},
          ("mardi gras", "fasching", "karneval", "rosenmontag", "pancake day", "shrove tuesday"), regions=("-",)),
    Entry("Purim", "feast", {"": "lunar:passover - 30"}, ("purim",), regions=("-",)),
    Entry("Holi", "feast", {"": "lunar:holi"}, ("holi festival", "festival of colours", "festival of colors", "holi"), regions=("-",)),
    Entry("White Day", "feast", {"": "03-14"}, ("white day",), regions=("-",)),
    Entry("Nowruz", "feast", {"": "03-20"}, ("nowruz", "norouz", "persian new year"), regions=("-",)),
    Entry("Passover", "feast", {"": "lunar:passover .. +7"}, ("passover", "pesach"), regions=("-",)),
    Entry("Songkran", "feast", {"": "04-13 .. 04-15"}, ("songkran",), regions=("-",)),
    Entry("Earth Day", "feast", {"": "04-22"}, ("earth day", "earth week"), regions=("-",)),
    Entry("King's Day", "feast", {"": "04-27"}, ("koningsdag", "king's day"), regions=("-",)),
    Entry("Cinco de Mayo", "feast", {"": "05-05"}, ("cinco de mayo",), regions=("-",)),
    Entry("Pride Month", "season", {"": "06-01 .. 06-30"}, ("pride month", "pride week", "pride sale"), regions=("-",)),
    Entry("Midsummer", "feast", {"": "friday before 06-26 .. +1"}, ("midsommar", "midsummer's eve", "juhannus"), regions=("-",)),
    Entry("Tanabata", "feast", {"": "07-07"}, ("tanabata",), regions=("-",)),
    Entry("Obon", "season", {"": "08-13 .. 08-16"}, ("obon",), regions=("-",)),
    Entry("Grandparents' Day", "feast", {"": "1st monday of september + 6"}, ("grandparents' day", "grandparents day"), regions=("-",)),
    Entry("Rosh Hashanah", "feast", {"": "lunar:rosh-hashanah .. +1"}, ("rosh hashanah", "rosh hashana"), regions=("-",)),
    Entry("Columbus Day", "feast", {"": "2nd monday of october"}, ("columbus day", "indigenous peoples' day"), regions=("-",)),
    Entry("Bonfire Night", "feast", {"": "11-05"}, ("bonfire night", "guy fawkes night", "guy fawkes"), regions=("-",)),
    Entry("Movember", "season", {"": "11-01 .. 11-30"}, ("movember",), regions=("-",)),
    Entry("El Buen Fin", "sale", {"": "3rd monday of november - 3 .. +3"}, ("el buen fin", "buen fin"), regions=("-",)),
    Entry("Small Business Saturday", "sale", {"": "4th thursday of november + 2"}, ("small business saturday", "shop small saturday"),
          regions=("-",)),
    Entry("Sinterklaas", "feast", {"": "12-05"}, ("sinterklaas",), regions=("-",)),
    Entry("Raksha Bandhan", "feast", {"": "lunar:janmashtami - 7"}, ("raksha bandhan", "rakshabandhan", "rakhi"), regions=("-",)),
    Entry("Janmashtami", "feast", {"": "lunar:janmashtami"}, ("krishna jayanthi",), regions=("-",)),
    Entry("Ganesh Chaturthi", "season", {"": "lunar:janmashtami + 10 .. +11"}, ("ganesh chaturthi", "vinayaka chaturthi"), regions=("-",)),
    Entry("Dussehra", "season", {"": "lunar:dussehra - 10 .. lunar:dussehra"},
          ("navratri", "navaratri", "durga puja", "dasara", "vijayadashami"), regions=("-",)),
    Entry("Karva Chauth", "feast", {"": "lunar:diwali - 10"}, ("karwa chauth",), regions=("-",)),
    Entry("Pongal", "season", {"": "01-13 .. 01-17"}, ("makar sankranti", "lohri"), regions=("-",)),
    Entry("Vaisakhi", "feast", {"": "04-13 .. 04-14"}, ("baisakhi",), regions=("-",)),
    Entry("Vesak", "feast", {"": "lunar:vesak"}, ("wesak", "buddha purnima"), regions=("-",)),
    Entry("Dragon Boat Festival", "feast", {"": "lunar:dragon-boat"}, ("duanwu",), regions=("-",)),
    Entry("Qingming", "season", {"": "04-04 .. 04-06"}, ("tomb-sweeping day", "ching ming"), regions=("-",)),
    Entry("Matariki", "feast", {"": "lunar:matariki"}, regions=("-",)),
    Entry("King's Birthday", "feast", {"": "2nd monday of june", "NZ": "1st monday of june"}, ("queen's birthday weekend", "king's birthday weekend"), regions=("-",)),
    Entry("Melbourne Cup", "feast", {"": "1st tuesday of november"}, regions=("-",)),
    Entry("Victoria Day", "feast", {"": "monday before 05-25"}, ("victoria day", "fête de la reine", "journée nationale des patriotes"), regions=("-",)),
    Entry("Whitsun", "feast", {"": "easter + 49 .. easter + 50"},
          ("whit monday", "pfingsten", "pfingstmontag", "pfingstsonntag", "pentecôte", "lundi de pentecôte", "pinksteren",
           "tweede pinksterdag", "pentecoste", "pentecostés"), regions=("-",)),
    Entry("Ascension", "feast", {"": "easter + 39"},
          ("ascension day", "christi himmelfahrt", "hemelvaart", "hemelvaartsdag", "jeudi de l'ascension"), regions=("-",)),
    Entry("Ferragosto", "feast", {"": "08-15"}, regions=("-",)),
    Entry("Día de Muertos", "season", {"": "10-31 .. 11-02"}, ("día de los muertos", "day of the dead"), regions=("-",)),
    Entry("Hot Sale México", "sale", {"": "last monday of may .. +8"}, ("hot sale mexico",), regions=("MX",)),
    Entry("Teacher Appreciation Week", "season", {"": "1st monday of may .. +4"}, ("teacher appreciation", "teachers' appreciation week"), regions=("-",)),
    Entry("Winter Sale", "sale", {"north": "12-26 .. 02-28", "south": "06-01 .. 08-31", "": "12-26 .. 02-28"},
          ("winter sale", "winter clearance", "winter sales", "wintersale", "soldes d'hiver", "saldi invernali", "rebajas de invierno", "rebajas de enero", "winterschlussverkauf"), regions=("-",)),
    Entry("January Sale", "sale", {"": "01-01 .. 01-31"}, ("january sale", "january sales"), regions=("-",)),
    Entry("Spring Sale", "sale", {"north": "03-01 .. 05-31", "south": "09-01 .. 11-30", "": "03-01 .. 05-31"},
          ("spring sale", "spring clearance"), regions=("-",)),
    Entry("Summer Sale", "sale", {"north": "06-01 .. 08-31", "south": "12-01 .. 02-28", "": "06-01 .. 08-31"},
          ("summer sale", "summer clearance", "summer sales", "midsummer sale", "mid-summer sale", "summersale", "soldes d'été", "saldi estivi", "rebajas de verano", "sommerschlussverkauf"),
          codes=("summer",), regions=("-",)),
    Entry("Autumn Sale", "sale", {"north": "09-01 .. 11-30", "south": "03-01 .. 05-31", "": "09-01 .. 11-30"},
          ("autumn sale", "fall sale", "fall clearance"), regions=("-",)),
    Entry("Peak season", "season", {"": "11-01 .. 12-31"}, ("peak season", "peak trading", "q4 peak", "peak"),
          regions=("-",)),
)  # fmt: skip

# Days that are no events of their own here, but that texts and the rules of own events name with one day: feast days
# beside the table's windows. Days of the Islamic calendar begin with the sunset before, so their eve stands here.
NAMED_DAYS: dict[str, str] = {
    # The turn of the year and Christmas
    "christmas eve": "12-24", "xmas eve": "12-24", "christmas day": "12-25", "christmas": "12-25", "xmas": "12-25",
    "xmas day": "12-25", "boxing day": "12-26", "new year's eve": "12-31", "new year eve": "12-31",
    "new years eve": "12-31", "new year's day": "01-01", "new year": "01-01", "new year's": "01-01", "new years": "01-01",
    "new years day": "01-01", "yuandan": "01-01", "twelfth night": "01-05", "epiphany": "01-06",
    "three kings day": "01-06", "orthodox christmas": "01-07", "old new year": "01-14", "burns night": "01-25",
    "candlemas": "02-02",
    # Easter and what follows it
    "shrove monday": "easter - 48", "mardi gras": "easter - 47", "shrove tuesday": "easter - 47", "fat tuesday": "easter - 47",
    "pancake day": "easter - 47", "ash wednesday": "easter - 46", "palm sunday": "easter - 7", "maundy thursday": "easter - 3",
    "holy thursday": "easter - 3", "good friday": "easter - 2", "holy saturday": "easter - 1", "easter saturday": "easter - 1",
    "easter sunday": "easter", "easter": "easter", "easter day": "easter", "easter monday": "easter + 1",
    "ascension day": "easter + 39", "ascension": "easter + 39", "ascension thursday": "easter + 39",
    "whit sunday": "easter + 49", "whitsun": "easter + 49", "whitsunday": "easter + 49", "pentecost": "easter + 49",
    "pentecost day": "easter + 49", "whit monday": "easter + 50", "pentecost monday": "easter + 50",
    "trinity sunday": "easter + 56", "corpus christi": "easter + 60", "corpus christi day": "easter + 60",
    "clean monday": "orthodox - 48", "orthodox easter": "orthodox",
    # Days of saints, and of the Church's year
    "saint valentine's day": "02-14", "lover's day": "02-14", "lovers day": "02-14", "saint patrick day": "03-17",
    "st patrick day": "03-17", "st. patrick day": "03-17", "st david's day": "03-01", "st. george day": "04-23",
    "st george day": "04-23", "st george's day": "04-23", "saint jean baptiste day": "06-24", "baptiste day": "06-24",
    "saint john's day": "06-24", "st swithin's day": "07-15", "assumption day": "08-15", "michaelmas": "09-29",
    "reformation day": "10-31", "all hallows' eve": "10-31", "all saints' day": "11-01", "all saints": "11-01",
    "all hallows day": "11-01", "all hallow day": "11-01", "hallowmas": "11-01", "all hallowmas": "11-01",
    "all souls' day": "11-02", "all souls day": "11-02", "all souls": "11-02", "day of the dead": "11-02",
    "dia de los muertos": "11-02", "martinmas": "11-11", "st andrew's day": "11-30", "st nicholas day": "12-06",
    "immaculate conception": "12-08", "st stephen's day": "12-26",
    # Old feasts of the seasons
    "imbolc": "02-01", "walpurgis night": "04-30", "beltane": "05-01", "midsummer day": "06-24", "lammas": "08-01",
    "samhain": "11-01",
    # The United States
    "martin luther king day": "3rd monday of january", "martin luther king jr day": "3rd monday of january",
    "mlk day": "3rd monday of january", "martin luther king birthday": "3rd monday of january",
    "martin luther king jr birthday": "3rd monday of january", "inauguration day": "01-20", "groundhog day": "02-02",
    "groundhogs day": "02-02", "super bowl sunday": "2nd sunday of february", "lincoln's birthday": "02-12",
    "washington's birthday": "3rd monday of february", "washingtons birthday": "3rd monday of february",
    "cesar chavez day": "03-31", "tax day": "04-15", "patriots' day": "3rd monday of april", "flag day": "06-14",
    "juneteenth": "06-19", "juneteenth day": "06-19", "juneteenth national independence day": "06-19",
    "freedom day": "06-19", "jubilee day": "06-19", "emancipation day": "06-19", "usa independence day": "07-04",
    "us independence day": "07-04", "independence day": "07-04", "patriot day": "09-11",
    "grandparents day": "1st monday of september + 6", "columbus day": "2nd monday of october",
    "indigenous peoples' day": "2nd monday of october", "boss's day": "10-16", "veterans day": "11-11",
    "election day": "tuesday after 1st monday of november", "us election day": "tuesday after 1st monday of november",
    "thanks giving": "4th thursday of november", "thanks giving day": "4th thursday of november",
    "thanksgiving day": "4th thursday of november", "small business saturday": "4th thursday of november + 2",
    # Other countries
    "canberra day": "2nd monday of march", "commonwealth day": "2nd monday of march", "white day": "03-14",
    "white lover day": "03-14", "victoria day": "monday before 05-25", "german unity day": "10-03", "guy fawkes": "11-05",
    "guy fawkes day": "11-05", "guy fawkes night": "11-05", "bonfire night": "11-05", "armistice day": "11-11",
    "girls' day": "03-07", "girls day": "03-07", "arbor day": "03-12", "tree planting day": "03-12", "youth day": "05-04",
    "teacher's day": "09-10", "teachers' day": "09-10", "bachelors day": "11-11", "bachelor day": "11-11",
    "single day": "11-11", "singles' day": "11-11", "mao's birthday": "12-26", "maosbirthday": "12-26",
    "maosday": "12-26",
    # Kept in many countries
    "women's day": "03-08", "female day": "03-08", "pi day": "03-14", "april fools' day": "04-01", "april fools": "04-01",
    "april fool's day": "04-01", "all fools' day": "04-01", "earth day": "04-22", "may day": "05-01", "labour day": "05-01",
    "international workers' day": "05-01", "workers' day": "05-01", "star wars day": "05-04", "cinco de mayo": "05-05",
    "nurses day": "05-12", "children's day": "06-01", "world environment day": "06-05", "environment day": "06-05",
    "halloween": "10-31", "halloween day": "10-31", "hallowe'en": "10-31",
    # Moon calendars
    "holi": "lunar:holi", "passover": "lunar:passover", "purim": "lunar:passover - 30", "diwali": "lunar:diwali", "deepavali": "lunar:diwali", "ramadan": "lunar:ramadan - 1",
    "ramadhan": "lunar:ramadan - 1", "ramazan": "lunar:ramadan - 1", "ramzan": "lunar:ramadan - 1",
    "ramathan": "lunar:ramadan - 1", "eid al-fitr": "lunar:eid-al-fitr - 1", "eid ul-fitr": "lunar:eid-al-fitr - 1",
    "festival of breaking the fast": "lunar:eid-al-fitr - 1", "eid al-adha": "lunar:eid-al-adha - 1",
    "eid ul-adha": "lunar:eid-al-adha - 1", "feast of the sacrifice": "lunar:eid-al-adha - 1",
    "festival of the sacrifice": "lunar:eid-al-adha - 1", "sacrifice feast": "lunar:eid-al-adha - 1",
    "islamic new year": "lunar:islamic-new-year - 1", "hijri new year": "lunar:islamic-new-year - 1",
    "arabic new year": "lunar:islamic-new-year - 1", "muslim new year": "lunar:islamic-new-year - 1",
    "chinese new year": "lunar:lunar-new-year", "lunar new year": "lunar:lunar-new-year",
    "dragon boat festival": "lunar:dragon-boat", "mid-autumn festival": "lunar:mid-autumn",
    "double ninth festival": "lunar:double-ninth",
}  # fmt: skip
