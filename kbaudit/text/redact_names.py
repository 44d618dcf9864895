"""Names: the customer's own, known from the record, in any case and with any accents; and those that greetings,
signatures and introductions give away."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kbaudit.model.document import Span

# Letters that Unicode does not take apart into a base and an accent.
_BASES = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ß": "ss",
        "’": "'",
        "‐": "-",
        "–": "-",
    }
)
_SPELLED = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# Parts of names that are also common words: alone they are a name only where they are written like one.
_COMMON = frozenset(
    """will may mark rose grace hope art bill frank jean son an do so le de van von der la el da di del dos du den ten ter al
    bin ben ali chase drew pat sue rob nick jack max gene rich dick june april summer autumn dawn joy faith sky star price
    black white brown green gray grey young long short strong good best cook page bell ball king queen rice day west east
    north south stone wood woods field hill lake rivers banks street park parks post case read love small little cash card
    order ship return store stock gold silver miller baker taylor fisher schneider klein gross lang kurz neu alt weiss
    schwarz braun roth winter sommer koch kaiser konig wolf fuchs vogel blum berg stein petit grand blanc noir roi bon belle
    leblanc martin cruz flores rey leal sol luz mar pilar dolores blanco rojo calle plaza paz mercedes and the to on in it is
    as at us my me no yes ok we he she you your has had was are be by if or of up go get new old add ask can not for with
    und ist ich sie wir das die der ein im am zu so ja es en un une et il je on ou si sa se su y o a e u i""".split()
)
_PARTICLES = frozenset(
    "de da di do du del della dos das der den van von zu zur la le el al bin ibn y e mac mc st san santa".split()
)
_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|herr|herrn|frau|hr|fr|monsieur|madame|mme|mlle|m|señor|señora|sr|sra|srta|don|doña)"
_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČĐ][\w'’-]{1,24}"
_NAME = rf"{_CAP}(?:[ ](?:(?:de|da|di|del|van|von|der|la|le|el|y)[ ]){{0,2}}(?:{_CAP}|[A-ZÀ-Þ]\.)){{0,3}}"
_GREETED = re.compile(
    rf"(?:^|(?<=[\n.!?,] )|(?<=\n))(?i:hi+|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|lieber|sehr geehrte[rs]?|moin|servus|grüezi|bonjour|bonsoir|salut|cher|chère|hola|buenos días|buenas tardes|buenas noches|buenas|estimad[oa]s?|querid[oa])(?:[ ](?:(?i:{_TITLE})\.?[ ])?(?P<name>{_NAME})(?=[\s]*[,.!:;\n–—-]|$|\s+[a-zà-ÿ(])|,[ ](?:(?i:{_TITLE})\.?[ ])?(?P<after>{_NAME})(?=[\s]*[,.!\n]|$))"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Herrn|Frau|Monsieur|Madame|Mme|Mlle|Señor|Señora|Sr|Sra|Srta|Don|Doña)\.?[ ](?P<name>{_NAME})"
)
_CALLED = re.compile(
    r"(?i:\b(?:my (?:full |first |last |sur)?name(?:'s| is| was)?:?|name(?: on (?:the )?(?:order|account|card))?(?: is|:)|i am called|they call me|mein(?:e)? (?:vor|nach|zu)?name (?:ist|lautet):?|ich hei(?:ß|ss)e|name:|je m'appelle|je m’appelle|mon nom(?: est)?:?|nom:|me llamo|mi nombre(?: es)?:?|nombre:|on behalf of|im namen von|au nom de|en nombre de|(?:signed|greetings|regards) from))[ ]"
    r"(?P<name>[^\W\d_][\w'’.-]{1,24}(?:[ ](?!(?:and|und|et|y|i|from|my|ich|je|yo|with|but|aus|de votre|since|about|because|is|on)\b)[^\W\d_][\w'’.-]{0,24}){0,3})"
)
_THIS_IS = re.compile(
    rf"(?i:\b(?:this is|it's|i'm|i am|here is|hier ist|hier spricht|ich bin|c'est|ici|je suis|soy|habla))[ ](?:(?i:{_TITLE})\.?[ ])?(?P<name>{_NAME})(?=[ ]*(?:[,.!\n]|$| (?i:from|and i|here|calling|writing|with order|aus|und ich|von|de|et je|y )))"
)
_SIGNED = re.compile(
    rf"(?i:(?:kind |best |warm |many )?regards|sincerely(?: yours)?|yours (?:truly|sincerely|faithfully)|cheers|thanks(?: (?:a lot|so much|in advance|again))?|thank you(?: (?:so much|very much|in advance))?|thx|best(?: wishes)?|love|respectfully|(?:mit )?(?:freundlichen|besten|lieben|herzlichen|vielen)? ?gr(?:ü|ue)(?:ß|ss)en?|viele gr(?:ü|ue)(?:ß|ss)e|liebe gr(?:ü|ue)(?:ß|ss)e|beste gr(?:ü|ue)(?:ß|ss)e|lg|vg|mfg|(?:vielen )?dank(?: im voraus)?|danke(?: sch(?:ö|oe)n| im voraus)?|(?:bien )?cordialement|bien à vous|merci(?: beaucoup| d'avance)?|salutations|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|(?:muchas )?gracias(?: de antemano)?|un abrazo)"
    rf"[ ]*[,.!–—-]*\s+[-–—~]?\s*(?P<name>{_NAME})[ ]*[.!]?(?=\s*$|\s*\n)"
)
# Capitalised words that follow a greeting or a closing and are no name.
_NO_NAME = frozenset(
    """there team all everyone everybody guys folks sir madam customer support service store shop friend friends again sirs
    damen herren zusammen leute kunde kundenservice kundin support-team tous toutes monsieur madame service client equipe
    equipo todos todas amigos cliente senor senora i i'm it it's this that my the is are do does can could what when where how
    why which who please thanks thank just have has need not sorry looking trying wondering still very so happy unable waiting
    writing having getting new also and but or if we you your our for from to in on at with about no yes ok okay ich wir sie ist
    das die der mein meine kann wie was wann wo bitte nicht nur je j'ai est le la les mon ma que quand comment bonjour merci
    hola mi yo el es que cuando como gracias a los las un una me se por monday tuesday wednesday thursday friday saturday sunday
    today tomorrow yesterday urgent help hello again wedding january february march april june july august september october november december christmas easter black""".split()
)


def fold_with_map(text: str) -> tuple[str, Sequence[int]]:
    """Lower case without accents, and for each sign of it the offset it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded: list[str] = []
    where: list[int] = []
    for offset, sign in enumerate(text):
        plain = _folded(sign)
        folded.append(plain)
        where.extend([offset] * len(plain))
    return "".join(folded), where


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign.casefold().translate(_BASES))
    return "".join(part for part in plain if not unicodedata.combining(part))


def variants(part: str) -> set[str]:
    """Spellings of a folded word: with the vowels that stand for umlauts, and without."""
    folded, _ = fold_with_map(part)
    found = {folded}
    for long, short in _SPELLED:
        found |= {item.replace(long, short) for item in found}
    marked = part.casefold()
    spelled = marked
    for sign, long in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"), ("ñ", "n")):
        spelled = spelled.replace(sign, long)
    found.add(fold_with_map(spelled)[0])
    return found


class Known:
    """Finds a customer's own name, e-mail address and its local part wherever they stand."""

    def __init__(self, names: Sequence[str | None], emails: Sequence[str | None]) -> None:
        patterns: list[str] = []
        careful: set[str] = set()
        for name in names:
            words = [
                word
                for word in re.split(r"[\s,;()]+", unicodedata.normalize("NFC", name or ""))
                if re.search(r"[^\W_]", word)
            ]
            if not words:
                continue
            for order in (words, words[::-1]):
                patterns.append(
                    r"[\s,.'-]{1,3}".join(
                        "(?:" + "|".join(sorted(map(re.escape, variants(word)), key=len, reverse=True)) + ")"
                        for word in order
                    )
                )
            parts = {word.strip(".'’-") for word in words}
            parts |= {piece for word in words for piece in re.split(r"[-'’]", word) if len(piece) > 2}
            for part in sorted(parts):
                folded = fold_with_map(part)[0]
                if len(folded) < 2 or folded in _PARTICLES:
                    continue
                if folded in _COMMON or len(folded) == 2:
                    careful |= variants(part)
                else:
                    patterns.extend(re.escape(item) for item in variants(part))
        for email in emails:
            plain = (email or "").strip()
            if "@" not in plain:
                continue
            local, _, host = plain.rpartition("@")
            patterns.append(
                re.escape(fold_with_map(local)[0]) + r"\s?(?:@|\(at\)|\[at\])\s?" + re.escape(fold_with_map(host)[0])
            )
            folded = fold_with_map(local)[0]
            if len(folded) >= 5 and folded not in _NO_NAME and folded not in _COMMON and not folded.isdigit():
                patterns.append(re.escape(folded))
        unique = sorted(set(patterns), key=lambda item: (-len(item), item))
        self._pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(unique) + r")(?:'?s)?(?![^\W_])") if unique else None
        self._careful = (
            re.compile(
                r"(?<![^\W_])(?:"
                + "|".join(sorted(map(re.escape, careful), key=lambda item: (-len(item), item)))
                + r")(?![^\W_])"
            )
            if careful
            else None
        )

    def spans(self, text: str) -> Iterator[Span]:
        """Where the known values stand."""
        if self._pattern is None and self._careful is None:
            return
        folded, where = fold_with_map(text)

        def span(match: re.Match[str]) -> Span:
            return where[match.start()], where[match.end() - 1] + 1

        if self._pattern is not None:
            for match in self._pattern.finditer(folded):
                yield span(match)
        if self._careful is not None:
            for match in self._careful.finditer(folded):
                start, end = span(match)
                word = text[start:end]
                opens = start == 0 or re.search(r"[.!?\n:]\s*$", text[:start]) is not None
                if word[:1].isupper() and (not opens or text[end : end + 1] in ("", "\n", ",") or len(text) == end):
                    yield start, end


def given_away(text: str) -> Iterator[Span]:
    """Names after greetings, titles and introductions, and in signatures."""
    for pattern in (_GREETED, _TITLED, _CALLED, _THIS_IS, _SIGNED):
        for match in pattern.finditer(text):
            group = "after" if match.groupdict().get("after") else "name"
            words = match[group].rstrip(".,").split()
            if pattern is _CALLED:
                words = _called(words, text[match.end(group) :])
            elif pattern is _THIS_IS and words[0].isupper() and len(words[0]) > 2:
                continue
            while words and _plain(words[-1]) in _NO_NAME:
                words.pop()
            if not words or _plain(words[0]) in _NO_NAME or _plain(words[0]).startswith(("i'", "we'", "it'")):
                continue
            start = match.start(group)
            yield start, start + len(" ".join(words))


def _called(words: list[str], rest: str) -> list[str]:
    """The name after "my name is": capitalised words, or one or two plain ones that end the sentence."""
    capital: list[str] = []
    for word in words:
        if not word[:1].isupper() and not (capital and _plain(word) in _PARTICLES):
            break
        capital.append(word)
    if capital:
        return capital
    ends = re.match(r"\s*(?:$|[.,!;\n]|(?:and|und|et|y)\b)", rest) is not None
    plain = all(not _plain(word).endswith(("ed", "ly", "ing", "en", "ong")) for word in words)
    return words if ends and plain and len(words) <= 2 else []


def _plain(word: str) -> str:
    return fold_with_map(word.strip(".,'’-"))[0]
