"""Dates and ranges of dates in English text, as far as the text itself states them.

`find` reads what is written; it never fills in a year. Whoever knows the page (its other dates, when it was edited)
decides that. All patterns are bounded, so that the time grows with the length of the text and nothing else.
"""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth",
    "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
)  # fmt: skip

# No page for people has more; what comes after is left out.
MOST = 5_000

Kind = Literal["day", "range", "month", "year", "quarter", "season", "relative"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a part of one, as written. `alt` is the other reading (month, day) of a numeric date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    alt: tuple[int, int] | None = None

    def on(self, year: int) -> date | None:
        """The date in a year; None where there is none (30 February) or day or month are not stated."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DateText:
    """A date or range at `text[start:end]`. `last` is the end of a range; `words` is what a relative date says."""

    start: int
    end: int
    kind: Kind
    first: Day
    last: Day | None = None
    words: tuple[str, ...] = ()
    weak: bool = False


# German, French, Spanish, Italian, Dutch, Portuguese: help centers have locales, and dates are alike in all of them.
_FOREIGN = {
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10,
    "novembre": 11, "décembre": 12, "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7,
    "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12, "gennaio": 1, "febbraio": 2,
    "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "settembre": 9, "ottobre": 10, "dicembre": 12, "januari": 1,
    "februari": 2, "maart": 3, "mei": 5, "augustus": 8, "janeiro": 1, "fevereiro": 2, "março": 3, "maio": 5, "junho": 6,
    "julho": 7, "setembro": 9, "outubro": 10, "novembro": 11, "dezembro": 12,
}  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|" + "|".join(sorted(_FOREIGN, key=len, reverse=True)) + r")"
)
_FOREIGN_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag lundi lunes lunedì maandag segunda-feira",
            "dienstag mardi martes martedì dinsdag terça-feira",
            "mittwoch mercredi miércoles mercoledì woensdag quarta-feira",
            "donnerstag jeudi jueves giovedì donderdag quinta-feira",
            "freitag vendredi viernes venerdì vrijdag sexta-feira",
            "samstag sonnabend samedi sábado sabato zaterdag",
            "sonntag dimanche domingo domenica zondag",
        )
    )
    for name in names.split()
}
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wedn?(?:esday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    + "|".join(_FOREIGN_WEEKDAYS)
    + ")"
)
_ORDINAL_WORD = "(?:" + "|".join(sorted((w.replace(" ", "[ -]") for w in ORDINAL_WORDS), key=len, reverse=True)) + ")"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th)\b)"
_YEAR = r"(?:(?:1[2-9]|20)\d\d)"
_DASH = r"\s{0,2}(?:-|–|—|to|until|till|thru|through|bis|au|al|a|t/m|tot(?:\sen\smet)?|&|and|/)\s{0,2}"
_GAP = r"[\s ]{0,3}"

# What may follow the number that a date begins with: says in one step that most numbers are no dates.
_MONTHS_BEGIN = (
    r"(?:jan|feb|mar|apr|ma[iygj]|jun|jul|aug|sep|oct|okt|nov|de[cz]|mär|fév|avr|jui|aoû|déc|jän|ene|abr|ago|dic|gen|giu|lug|set|ott"
    r"|mei|maart|fev|out|maio)"
)
_WEEKDAYS_BEGIN = "|".join(sorted({name[:4] for name in _FOREIGN_WEEKDAYS}))
_BEGINS = (
    rf"(?:(?:1[2-9]|20)\d\d|\d{{1,4}}(?:[\s ]{{0,3}}(?:[-/–—&]\s{{0,2}}[\da-z]|st\b|nd\b|rd\b|th\b|of\b|er\b|º|°|de\b|di\b|day\b|to\b|un?til|thr|bis\b|au\b|and\b|{_MONTHS_BEGIN})"
    rf"|\.(?:\d|\s{{0,3}}{_MONTHS_BEGIN}))"
    rf"|{_MONTHS_BEGIN}|mon|tue|wed|thu|fri|sat|sun|{_WEEKDAYS_BEGIN}|spr|sum|aut|fal|win|q[1-4]|the\s(?:\d{{1,2}}\s?(?:st\b|nd\b|rd\b|th\b|of\b|day\b|[-–&]|to\b|and\b|un?til|thr|{_MONTHS_BEGIN})|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe)|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe)"
)
_ATOM = re.compile(
    rf"""(?:(?<![\w./$£€#-])|(?<=[^\W\d]\s\d-)(?={_MONTHS_BEGIN})|(?<=\s\d\d-)(?={_MONTHS_BEGIN})|(?<=(?:st|nd|rd|th)-)(?={_MONTHS_BEGIN}))(?<!\d:)(?={_BEGINS})(?:
    # 2024-12-18, 2024/12/18, 2019-sep-01
    (?P<iso>(?P<iso_y>{_YEAR})[-/.](?P<iso_m>\d{{1,2}}|{_MONTH})[-/.](?P<iso_d>{_DAY})(?![\d/-]|\.\d))
    # 12/18/2024, 18.12.24, 11/12,2016
   |(?P<num>(?:(?P<num_w>{_WEEKDAY})\.?,?\s{{1,2}})?(?P<num_a>\d{{1,2}})(?:(?P<sep>[-/.])(?P<num_b>\d{{1,2}})(?:(?P=sep)|,\ ?)
        (?P<num_y>\d{{4}}|\d{{2}})|[/]\ (?P<num_b2>\d{{1,2}})[/]\ (?P<num_y2>\d{{4}}))(?![\w/-]|[.,]\d))
    # 12/1-12/24, 10/1-11/2/2017, 5/1-5/7, 2020
   |(?P<nr>(?P<nr_a>\d{{1,2}})/(?P<nr_b>\d{{1,2}})(?:/(?P<nr_y1>\d{{4}}|\d{{2}}))?\s?[–—-]\s?(?P<nr_c>\d{{1,2}})/(?P<nr_d>\d{{1,2}})(?:(?:/|,\ )(?P<nr_y>\d{{4}}|\d{{2}}(?!\d)))?(?![\w/-]|[.,]\d))
    # 10-1-2018-10-7-2018, 01.12.2025-24.12.2025
   |(?P<nq>(?P<nq_a>\d{{1,2}})(?P<nq_s>[-.])(?P<nq_b>\d{{1,2}})(?P=nq_s)(?P<nq_y1>\d{{4}})\s?[–—-]\s?(?P<nq_c>\d{{1,2}})(?P=nq_s)(?P<nq_d>\d{{1,2}})(?P=nq_s)(?P<nq_y>\d{{4}})(?![\w/-]))
    # Nov-Feb 2017, November–February
   |(?P<mm>(?P<mm_m>{_MONTH})\b\.?\s?[–—-]\s?(?P<mm_n>{_MONTH})\b\.?(?:,?\s(?P<mm_y>{_YEAR})(?!\d))?(?!\s?\d))
    # Friday 20 December 2024, 20th of Dec, 07-Dec, 16. nov. 2016, 24–26 December 2025
   |(?P<dm>(?:(?P<dm_w>{_WEEKDAY})\.?,?{_GAP}(?:(?:the|de[nm]?|le|el)\s)?)?(?:the\s(?=\w{{1,12}}(?:[ -]\w{{1,8}})?\s(?:of|day)))?
        (?:(?P<dm_d>{_DAY})(?:{_ORDINAL}\.?|er\b|[.º°])?|(?P<dm_o>{_ORDINAL_WORD}))
        (?:{_DASH}(?:(?P<dm_w2>{_WEEKDAY})\.?,?\s)?(?:the\s)?(?P<dm_e>{_DAY})(?:{_ORDINAL}|\.)?)?
        (?:\s?[-/]\s?|{_GAP}(?:(?:day\s)?of\s(?:the\s)?|de\s|di\s)?)(?P<dm_m>{_MONTH})\b\.?
        (?:(?:,?\s{{0,2}}(?:of\s|in\s|de\s|del\s)?|[-/])(?P<dm_y>{_YEAR}|(?<=[-/])\d\d|'\d\d|(?<=[a-z]\s)\d\d(?=[\s).,;]|$)(?!\s?(?::|am|pm|%|h\b|€|items?|orders?|hours?|minutes?|units?)))(?![\d]))?)
    # December 18th, 2024; Dec 24-26, 2025; jan/1; october. 2
   |(?P<md>(?:(?P<md_w>{_WEEKDAY})\.?,?{_GAP})?(?P<md_m>{_MONTH})\b\.?(?:\s?[-/]\s?|,?{_GAP}(?:the\s)?|\.)
        (?:(?P<md_d>{_DAY}){_ORDINAL}?(?!\d|[.:]\d|,\d(?!\d\d\d(?!\d))|\s?(?:%|am\b|pm\b))|(?P<md_o>{_ORDINAL_WORD}\b))
        (?:{_DASH}(?:(?P<md_w2>{_WEEKDAY})\.?,?\s)?(?:the\s)?(?P<md_e>{_DAY}){_ORDINAL}?(?![\d/-]|[.:]\d|\s?(?:{_MONTH}|am\b|pm\b|days?\b|hours?\b|business|working)))?
        (?:(?:\s?,?\s{{0,2}}(?:of\s|in\s)?|[-/])(?P<md_y>{_YEAR}|(?<=[-/])\d\d|'\d\d)(?![\d]|\s?(?:h\b|hours)))?)
    # December 2024, April, 2001, Jan-2001, 11/2016, 2016-11
   |(?P<my>(?P<my_m>{_MONTH})\b\.?(?:\s{{0,2}},?\s{{0,2}}(?:of\s(?:the\syear\s)?|in\s)?|[-/])(?P<my_y>{_YEAR})(?![\d]))
   |(?P<ym>(?P<ym_y>(?:19|20)\d\d)(?:\s?[-/]\s?(?P<ym_m>0?[1-9]|1[0-2])|[\s,]{{1,2}}(?P<ym_n>{_MONTH}))(?![\w/-]|\.\d))
   |(?P<mny>(?P<mny_m>0?[1-9]|1[0-2])\s?[-/]\s?(?P<mny_y>(?:19|20)\d\d)(?![\w/-]|\.\d))
    # Q4 2024, 2024 Q4, 4Q24
   |(?P<q>(?:(?P<q_y1>(?:19|20)\d\d)['’s]{{0,2}}[\s,-]{{0,2}})?(?:q(?P<q_n>[1-4])|(?P<q_o>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter)\b(?:[\s,-]{{0,2}}(?:of\s|in\s)?(?P<q_y2>(?:19|20)\d\d|'\d\d))?)
    # summer 2024, summer of 2016
   |(?P<sea>(?P<sea_s>spring|summer|autumn|fall|winter)(?:\s(?:of\s)?|/)(?P<sea_y>(?:19|20)\d\d)(?:/\d\d)?(?!\d))
    # Tuesday 22nd, Tue the 22nd, Fri 19/12
   |(?P<ws>(?P<ws_w>{_WEEKDAY})\.?,?\s{{1,2}}(?P<ws_a>\d{{1,2}})(?P<ws_sep>[/.])(?P<ws_b>\d{{1,2}})(?![\d/-]|\.\d)\.?)
   |(?P<wd>(?P<wd_w>{_WEEKDAY})\.?,?\s{{1,2}}(?:the\s)?(?:(?P<wd_d>{_DAY})(?:{_ORDINAL}|(?=\s?(?:[,.;)|]|$)))|(?P<wd_o>{_ORDINAL_WORD}\b))(?!\s?(?:[:]|am\b|pm\b|floor|%|days?\b)))
    # 16.12., 12/6, 4-22 (weak)
   |(?P<dot>(?P<dot_d>\d{{1,2}})\.(?P<dot_m>\d{{1,2}})\.(?!\d))
   |(?P<ns>(?P<ns_a>\d{{1,2}})(?P<ns_sep>[/-])(?P<ns_b>\d{{1,2}})(?![\w/%"”]|-\d|[.,]\d))
    # the 24th, 24th (weak)
   |(?P<o>(?:the\s)?(?P<o_d>{_DAY})\s?(?:st|nd|rd|th)\b)
    # months, years and weekdays alone (weak)
   |(?P<m>(?P<m_m>{_MONTH})\b)
   |(?P<y>(?P<y_y>(?:19|20)\d\d)(?![\w/%]|-\d|[.,]\d))
   |(?P<w>(?P<w_w>{_WEEKDAY})\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TRIGGER = re.compile(
    r"\d|\b(?:ene|abr|ago|dic|gen|giu|lug|set|ott|mei|maa|fev|out|jän|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|jui|avr|mär|fév|aoû|déc|mon|tue|wed|thu|fri|sat|sun|"
    + _WEEKDAYS_BEGIN
    + r"|spring|summer|autumn|fall|winter|quarter)",
    re.IGNORECASE,
)
# What may stand between the two ends of a range.
_BETWEEN = re.compile(
    r"[\s,]{0,3}(?:\d{1,2}(?::\d\d)?\s?(?:am|pm)(?:\s?[a-z]{2,4})?[\s,]{0,2}|at\s\d{1,2}(?::\d\d)?\s?(?:am|pm)?\s{0,2}|\([^()\n]{0,20}\)\s{0,2})?"
    r"(?:-|–|—|to|until|till?|thru|through|up\sto|and\send(?:s|ing)(?:\son)?|bis|au|al|t/m|tot(?:\sen\smet)?|até|fino\sal?|\.\.\.?)(?:\sand\sincluding)?(?:\s(?:the|on|at|end\sof|zum|dem|den|el|le|il))?\s{0,3}",
    re.IGNORECASE,
)
_AND = re.compile(r"[\s,]{0,2}(?:and|&)\s{1,2}(?:the\s|on\s)?", re.IGNORECASE)
_BEFORE_AND = re.compile(r"\bbetween\s{1,2}(?:the\s)?$", re.IGNORECASE)
_MAY = re.compile(
    r"(?:in|of|by|until|till?|through|thru|since|from|during|before|after|late|early|mid|end|every|each|this|next|last)[\s-]{1,2}$",
    re.IGNORECASE,
)


def _plain(word: str) -> str:
    """Lower case; the letters that only count as i, k and s when case is ignored become those."""
    return word.lower().replace("i̇", "i").replace("ı", "i").replace("ſ", "s").replace("\u212a", "k")


def month_number(name: str) -> int:
    """1 to 12 for an English, German or French month name or its abbreviation."""
    text = _plain(name).rstrip(".")
    if text in _FOREIGN:
        return _FOREIGN[text]
    return next(index for index, month in enumerate(MONTH_NAMES, 1) if month.startswith(text[:3]))


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday of `_FOREIGN`'s languages, or an English one or its abbreviation."""
    text = _plain(name)
    if text in _FOREIGN_WEEKDAYS:
        return _FOREIGN_WEEKDAYS[text]
    return next(index for index, day in enumerate(WEEKDAY_NAMES) if day.startswith(text[:3]))


def ordinal_number(word: str) -> int:
    """1 to 31 for `first` … `thirty first`."""
    return ORDINAL_WORDS.index(" ".join(_plain(word).replace("-", " ").split())) + 1


def full_year(text: str) -> int:
    """A year from two or four digits: 00–69 are 20xx."""
    number = int(text.lstrip("'’"))
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def find(text: str, *, day_first: bool = False) -> list[DateText]:
    """Every date and range in a text, in order, without overlaps.

    `day_first`: how 03/04 is read where nothing decides. `weak` marks what may be no date at all (a bare 12/6, "the
    24th", a month, year or weekday alone): the reader must want a date there.
    """
    return _ranges(text, points(text, day_first=day_first))


def points(text: str, *, day_first: bool = False) -> list[DateText]:
    """The dates that `find` joins into ranges, each for itself."""
    atoms: list[DateText] = []
    for start, end in _lines(text):
        atoms.extend(_atoms(text, start, end, day_first))
        if len(atoms) >= MOST:
            break
    return atoms


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines that can hold a date."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if _TRIGGER.search(line):
            found.append((start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return found


def _atoms(text: str, start: int, end: int, day_first: bool) -> list[DateText]:
    found: list[DateText] = []
    for number, match in enumerate(_ATOM.finditer(text, start, end)):
        if number >= MOST:
            break
        built = _build(match, day_first, text)
        if built is not None:
            found.append(built)
    return found


def _numeric(a: int, b: int, year: int | None, day_first: bool, weekday: int | None = None) -> Day | None:
    """Day and month from two numbers: by what is possible, then by the weekday and year, then by the locale."""
    readings = [(a, b), (b, a)] if not day_first else [(b, a), (a, b)]
    possible = [(m, d) for m, d in readings if 1 <= m <= 12 and 1 <= d <= 31]
    if not possible:
        return None
    if weekday is not None and year is not None and len(possible) == 2:
        fitting = [(m, d) for m, d in possible if (day := Day(month=m, day=d).on(year)) and day.weekday() == weekday]
        possible = fitting or possible
    alt = possible[1] if len(possible) == 2 and possible[0] != possible[1] else None
    return Day(year, possible[0][0], possible[0][1], weekday, alt)


def _build(match: re.Match[str], day_first: bool, text: str) -> DateText | None:
    g = match.groupdict()
    start, end = match.span()
    while end > start and text[end - 1] in " \t\u00a0,":
        end -= 1

    def week(name: str) -> int | None:
        return weekday_number(g[name]) if g[name] else None

    if g["iso"]:
        month = int(g["iso_m"]) if g["iso_m"].isdigit() else month_number(g["iso_m"])
        day = int(g["iso_d"])
        if month > 12:
            month, day = day, month
        return DateText(start, end, "day", Day(int(g["iso_y"]), month, day)) if month <= 12 else None
    if g["num"]:
        b, y = g["num_b"] or g["num_b2"], g["num_y"] or g["num_y2"]
        year = full_year(y)
        read = _numeric(int(g["num_a"]), int(b), year, day_first, week("num_w"))
        if read is None or not 1900 <= year <= 2100:
            return None
        if g["sep"] == "." and not day_first and read.alt:
            # Dots part day, month and year in that order in every locale that writes them.
            read = replace(read, month=int(b), day=int(g["num_a"]))
        weak = len(y) == 2 and g["sep"] in (".", "-")
        return DateText(start, end, "day", read, weak=weak)
    if g["nr"] or g["nq"]:
        key = "nr" if g["nr"] else "nq"
        day_first = day_first or g["nq_s"] == "."
        years = [full_year(y) if y else None for y in (g[f"{key}_y1"], g[f"{key}_y"])]
        left = _numeric(int(g[f"{key}_a"]), int(g[f"{key}_b"]), years[0], day_first)
        right = _numeric(int(g[f"{key}_c"]), int(g[f"{key}_d"]), years[1], day_first)
        if left is None or right is None:
            return None
        joined = _join(DateText(start, start, "day", left), DateText(end, end, "day", right))
        weak = years == [None, None]
        return replace(joined, start=start, end=end, weak=weak) if joined else None
    if g["mm"]:
        if _ambiguous_word(g["mm_m"], text, start, start):
            return None
        a, b = Day(None, month_number(g["mm_m"])), Day(int(g["mm_y"]) if g["mm_y"] else None, month_number(g["mm_n"]))
        return _join(DateText(start, start, "month", a), DateText(end, end, "month", b, weak=True))
    if g["dm"]:
        if (
            g["dm_m"] == "mars"
            and not (g["dm_y"] or g["dm_w"])
            and not re.search(r"\bau\b", match.group())
            and not re.search(r"\b(?:du|le|au|dès|avant|et)\s$", text[max(0, start - 8) : start])
        ):
            # Planets and chocolate bars are counted, too.
            return None
        return _day_month(g, start, end, week)
    if g["md"]:
        number = int(g["md_d"]) if g["md_d"] else ordinal_number(g["md_o"])
        month = month_number(g["md_m"])
        if _ambiguous_word(g["md_m"], text, start, match.start("md_m")) and not g["md_w"]:
            return None
        md_year = full_year(g["md_y"]) if g["md_y"] else None
        first = Day(md_year, month, number, week("md_w"))
        if g["md_e"] and int(g["md_e"]) > number:
            return DateText(start, end, "range", first, Day(md_year, month, int(g["md_e"]), week("md_w2")))
        if g["md_e"]:
            end = match.end("md_d") if g["md_d"] else match.end("md_o")
            end += len(re.match(r"\s?(?:st|nd|rd|th)\b|", text[end : end + 4], re.IGNORECASE).group())  # type: ignore[union-attr]
            first = replace(first, year=None)
        return DateText(start, end, "day", first)
    if g["my"]:
        return DateText(start, end, "month", Day(int(g["my_y"]), month_number(g["my_m"])))
    if g["ym"]:
        month = int(g["ym_m"]) if g["ym_m"] else month_number(g["ym_n"])
        return DateText(start, end, "month", Day(int(g["ym_y"]), month), weak=not g["ym_n"])
    if g["mny"]:
        return DateText(start, end, "month", Day(int(g["mny_y"]), int(g["mny_m"])))
    if g["q"]:
        words = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
        quarter = int(g["q_n"]) if g["q_n"] else words[_plain(g["q_o"])]
        stated = g["q_y1"] or g["q_y2"]
        return DateText(
            start, end, "quarter", Day(full_year(stated) if stated else None, quarter * 3 - 2), weak=not stated
        )
    if g["sea"]:
        return DateText(start, end, "season", Day(int(g["sea_y"])), words=(g["sea_s"].lower(),))
    if g["ws"]:
        short = _numeric(int(g["ws_a"]), int(g["ws_b"]), None, day_first or g["ws_sep"] == ".", week("ws_w"))
        return DateText(start, end, "day", short) if short else None
    if g["wd"]:
        number = int(g["wd_d"]) if g["wd_d"] else ordinal_number(g["wd_o"])
        return DateText(start, end, "day", Day(None, None, number, week("wd_w")), weak=g["wd_d"] is None)
    if g["dot"]:
        d, m = int(g["dot_d"]), int(g["dot_m"])
        return DateText(start, end, "day", Day(None, m, d), weak=True) if m <= 12 and 1 <= d <= 31 and m else None
    if g["ns"]:
        short = _numeric(int(g["ns_a"]), int(g["ns_b"]), None, day_first)
        return DateText(start, end, "day", short, weak=True) if short else None
    if g["o"]:
        return DateText(start, end, "day", Day(None, None, int(g["o_d"])), weak=True)
    if g["m"]:
        if _ambiguous_word(g["m_m"], text, start, start):
            return None
        return DateText(start, end, "month", Day(None, month_number(g["m_m"])), weak=True)
    if g["y"]:
        return DateText(start, end, "year", Day(int(g["y_y"])), weak=True)
    if g["w"]:
        if len(g["w_w"]) <= 4 and g["w_w"].lower() in ("sun", "sat", "mon", "wed", "fri") and not g["w_w"][0].isupper():
            return None
        return DateText(start, end, "day", Day(weekday=week("w_w")), weak=True)
    return None


def _day_month(g: dict[str, str | None], start: int, end: int, week: object) -> DateText | None:
    def value(name: str) -> str:
        return g[name] or ""

    number = int(value("dm_d")) if g["dm_d"] else ordinal_number(value("dm_o"))
    month = month_number(value("dm_m"))
    year = full_year(value("dm_y")) if g["dm_y"] else None
    weekday = weekday_number(value("dm_w")) if g["dm_w"] else None
    if g["dm_e"]:
        last = Day(year, month, int(value("dm_e")), weekday_number(value("dm_w2")) if g["dm_w2"] else None)
        if int(value("dm_e")) < number:
            # 28–3 January: the first day is in the month before.
            before = Day(year - 1 if year and month == 1 else year, 12 if month == 1 else month - 1, number, weekday)
            return DateText(start, end, "range", before, last)
        return DateText(start, end, "range", Day(year, month, number, weekday), last)
    return DateText(start, end, "day", Day(year, month, number, weekday))


def _ambiguous_word(word: str, text: str, start: int, at: int) -> bool:
    """Lower-case "may", "march", "mar" and "mars" are words before they are months."""
    if word.lower() not in ("may", "march", "mar", "mars", "mai", "dec", "mei"):
        return False
    if word[0].isupper() and word.lower() != "mars":
        sentence_start = not text[max(0, at - 2) : at].strip() or text[max(0, at - 2) : at].strip()[-1] in ".!?\n"
        return sentence_start and word == "May" and not re.match(r"May,?\s\d", text[at : at + 8])
    if word.lower() == "mars":
        return True
    if _MAY.search(text[max(0, at - 10) : at]):
        return False
    return re.match(rf"{word}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th|,?\s(?:19|20)\d\d)", text[at : at + 16]) is None


def day_first_of(text: str) -> bool | None:
    """True or False where a numeric date of the text can be read one way only; None where none decides."""
    day_first = month_first = 0
    for match in re.finditer(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(?:20)?\d\d(?![\d/])", text):
        a, b = int(match[1]), int(match[3])
        day_first += 12 < a <= 31 and 1 <= b <= 12
        month_first += 12 < b <= 31 and 1 <= a <= 12
    for match in re.finditer(r"(?<![\d./-])(\d{1,2})/(\d{1,2})(?![\d/])", text):
        a, b = int(match[1]), int(match[2])
        day_first += 12 < a <= 31 and 1 <= b <= 12
        month_first += 12 < b <= 31 and 1 <= a <= 12
    if day_first == month_first:
        return None
    return day_first > month_first


def _ranges(text: str, atoms: list[DateText]) -> list[DateText]:
    """Join two dates with a dash, "to", "through" or "between … and" between them into a range."""
    found: list[DateText] = []
    index = 0
    while index < len(atoms):
        left = atoms[index]
        right = atoms[index + 1] if index + 1 < len(atoms) else None
        if right is not None and right.start - left.end <= 48 and _joined(text, left, right):
            joined = _join(left, right)
            if joined is not None:
                found.append(joined)
                index += 2
                continue
        found.append(left)
        index += 1
    return found


def _joined(text: str, left: DateText, right: DateText) -> bool:
    between = text[left.end : right.start]
    if "\n" in between or left.kind in ("quarter", "season") or right.kind in ("quarter", "season", "range"):
        return False
    if left.kind == "range" or (left.kind == "year") != (right.kind == "year"):
        return False
    if _BETWEEN.fullmatch(between):
        return True
    return (
        _AND.fullmatch(between) is not None
        and _BEFORE_AND.search(text[max(0, left.start - 14) : left.start]) is not None
    )


def _join(left: DateText, right: DateText) -> DateText | None:
    a, b = left.first, right.first
    if a.month is None and a.day is not None and b.month is not None:
        a = replace(a, month=b.month)
        if b.day is not None and a.day is not None and a.day > b.day:
            a = replace(a, month=12 if b.month == 1 else b.month - 1)
    elif b.month is None and b.day is not None and a.month is not None:
        b = replace(b, month=a.month)
        if a.day is not None and b.day is not None and b.day < a.day:
            b = replace(b, month=a.month % 12 + 1)
    elif b.month is None and b.day is None and b.weekday is not None and a.month is not None:
        return None
    if a.month is not None and b.month is not None:
        if a.year is None and b.year is not None:
            later = (a.month, a.day or 0) > (b.month, b.day or 31)
            a = replace(a, year=b.year - 1 if later else b.year)
        elif b.year is None and a.year is not None:
            earlier = (b.month, b.day or 31) < (a.month, a.day or 0)
            b = replace(b, year=a.year + 1 if earlier else a.year)
    return DateText(left.start, right.end, "range", a, b, weak=left.weak and right.weak)


def years_with(month: int, day: int, weekday: int, around: int, span: int = 14) -> list[int]:
    """The years near `around`, nearest first, in which a date falls on a weekday."""
    found = []
    for year in range(around - span, around + span + 1):
        try:
            fits = date(year, month, day).weekday() == weekday
        except ValueError:
            continue
        if fits:
            found.append(year)
    return sorted(found, key=lambda year: (abs(year - around), year))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
