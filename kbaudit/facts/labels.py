"""What a cluster is called and which of its questions stand for it."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kbaudit.facts.spelling import Spelling
from kbaudit.facts.titles import DANGLING, capital, titled
from kbaudit.text.asks import explicit
from kbaudit.text.asks_words import FUNCTION, PLACEHOLDER, WEAK
from kbaudit.text.stem import fold, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Words that carry no subject, in the languages that the rest of kbaudit reads.
STOP = frozenset(
    fold(word)
    for word in """
    a about after all already also am an and any anyone anything are aren't as at be because been before being but by can
    can't cannot could couldn't did didn't do does doesn't doing don't done for from get gets getting give go going got had
    has have haven't having he hello help her here hers hey hi him his how i i'd i'll i'm i've if in into is isn't it it's
    its just know let like looking made make makes many me might more most much must my need needed needs no not now of ok
    on one only or other our out over please possible put re really said same say see she should so some still such sure
    take tell than thank thanks that that's the their them then there these they thing this those to too try trying up us
    use using very want wanted wants was way we well were what what's when where which while who why will with won't work
    would yet you your yours customer client customers clients question ask asking wondering wonder able unable something
    aber alle als also am an auch auf aus bei bin bis bitte da damit dann das dass dein dem den denn der des die dies diese
    doch du durch ein eine einem einen einer eines er es etwas euch fur gibt habe haben hallo hat hatte hier ich ihr ihre
    ihren im in ist ja kann kein keine konnen konnte mal man mein meine meinem meinen meiner mich mir mit mochte nach nicht
    noch nur ob oder schon sehr sein seit sich sie sind so um und uns unser von vor war warum was wann welche wenn wer werden
    wie wieso wir wird wo wurde zu zum zur
    ai ainsi alors au aussi aux avec avez avoir bonjour c'est ca ce cela ces cet cette comment comme dans de des deja depuis
    donc du elle en encore entre est et etre eu faire fait faut il ils j'ai je jusqu la le les leur lui ma mais me meme mes
    mon ne nos notre nous on ont ou par pas peut peux plus pour pourquoi pouvez puis-je qu quand que quel quelle quelles
    quels qui sa sans se ses si son sont suis sur ta te tes toi ton tout tous tres tu un une vos votre vous y
    a al algo ante antes aqui asi aun bien como con cual cuales cuando cuanto de del desde donde e el ella ellos en entre era
    es esa ese eso esta estaba estan estar este esto estoy fue gracias ha hace hacer hacia han hasta hay he hola la las le
    les lo los mas me mi mis mucho muy nada ni no nos o os otra otro para pero por porque puede puedo que quien quiero se
    ser si sin sobre solo son soy su sus tambien te tengo tiene tienen todo tu tus un una unas uno unos usted y ya yo
    """.split()
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# A name has up to so many words in a row, two such phrases at most, and so many signs.
_LONGEST, _PHRASES, _SIGNS = 5, 2, 60
# A word of no weight within a phrase costs this share of the weightiest word; a phrase said more than once gains; a
# second phrase must be worth this share of the first.
_IDLE, _AGAIN, _SECOND = 0.15, 0.2, 0.45
# A word of one customer alone is a detail or a slip of the keyboard.
_ONCE = 0.6
# Below this share of the weightiest word a word says nothing.
_WORTH = 0.25
# What this share of the texts says with so much of the top weight must stand in the name.
_MOSTLY, _CORE = 0.5, 0.5
# A phrase names the cluster where this share of its texts says all of it.
_OFTEN = 0.3
# Signs that a name by a question has at most, and up to which it is easily read.
_QUESTION, _READABLE = 80, 45
# So near to another question is that question again.
_SAME = 0.95
# A word of one customer alone costs a question so much.
_OWN = 0.15
_ANY = Spelling()
# Little words that may stand within a phrase; behind a subject comes its verb.
_JOINTS = frozenset("of for with without and in on the a an de du des pour avec von mit und fur con para".split())
_SUBJECTS = frozenset(
    "i you we they he she it who not ich du wir sie man je tu il nous vous ils nicht no ne pas".split()
)


def label(
    words: Sequence[Sequence[str]],
    texts: Sequence[str],
    weights: Sequence[float],
    outside: Counter[str],
    total: int,
    spelling: Spelling = _ANY,
) -> str:
    """A name of a cluster, with a capital: the phrase, as customers say it, that holds most of what its questions say
    and others do not (class-based TF-IDF), where it is whole and says what most of them name; else the question that
    says most of it in few words.

    `words` are the stemmed terms of each distinct text, `texts` the texts, nearest the middle first; `outside` counts in
    how many of all `total` texts a term stands; `spelling` mends slips.
    """
    value = _values(words, weights, outside, total)
    top = max(value.values(), default=0.0)
    if not top:
        return titled(spelling.mend(texts[0]), _SIGNS) if texts else ""
    value = {term: worth for term, worth in value.items() if worth >= _WORTH * top}
    shares = Counter(term for bag in words for term in set(bag))
    core = {term for term, worth in value.items() if shares[term] >= _MOSTLY * len(words) and worth >= _CORE * top}
    chosen = _phrases(texts, words, value)
    if chosen and core <= frozenset(term for stems, _ in chosen for term in stems):
        return capital(spelling.mend(", ".join(spoken for _, spoken in chosen)))
    return titled(spelling.mend(_question(texts, words, value, spelling)), _QUESTION)


def _phrases(
    texts: Sequence[str], words: Sequence[Sequence[str]], value: dict[str, float]
) -> list[tuple[frozenset[str], str]]:
    """The best phrase of two words or more that several customers mean, if most often enough, and a second one if it
    says much more: (stems, words)."""
    top = max(value.values())
    phrases: dict[tuple[str, ...], tuple[frozenset[str], set[int], str]] = {}
    for number, text in enumerate(texts):
        for run in _runs(text):
            plain = [fold(token) for token in run]
            keys = [_key(word, value) for word in plain]
            for start, end in _spans(keys):
                if not _whole(plain, start, end):
                    continue
                said = tuple(plain[start:end])
                stems = frozenset(key for key in keys[start:end] if key)
                _, seen, _ = phrases.setdefault(said, (stems, set(), " ".join(run[start:end])))
                seen.add(number)
    bags = [set(bag) for bag in words]
    ranked = []
    for said, (stems, seen, spoken) in phrases.items():
        if len(stems) < 2 or sum(stems <= bag for bag in bags) < 2:
            continue
        worth = sum(value[stem_] for stem_ in stems) - _IDLE * top * (len(said) - len(stems))
        ranked.append((-round(worth * (1 + _AGAIN * min(len(seen) - 1, 3)), 6), len(said), said, stems, spoken))
    ranked.sort(key=lambda item: item[:3])
    if not ranked or sum(ranked[0][3] <= bag for bag in bags) < _OFTEN * len(bags):
        return []
    chosen = ranked[:1]
    for item in ranked:
        if len(chosen) == _PHRASES or -item[0] < _SECOND * -ranked[0][0]:
            break
        if len(item[4]) + len(chosen[0][4]) < _SIGNS and not any(item[3] & other[3] for other in chosen):
            chosen.append(item)
    return [(item[3], item[4]) for item in chosen]


def _whole(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a stretch of folded words is a phrase and not half a clause: it begins behind a word that introduces one
    and ends before a word that begins something else, and no pronoun or verb form stands in it."""
    if {words[start], words[end - 1]} & (DANGLING | WEAK):
        return False
    if any(word not in _JOINTS and (word in STOP or word in FUNCTION or word in DANGLING) for word in words[start:end]):
        return False
    before, after = words[start - 1] if start else "", words[end] if end < len(words) else ""
    introduced = not before or ((before in STOP or before in FUNCTION) and before not in _SUBJECTS)
    return introduced and (not after or after in STOP or after in FUNCTION or after in DANGLING)


def _question(texts: Sequence[str], words: Sequence[Sequence[str]], value: dict[str, float], spelling: Spelling) -> str:
    """The question that says most of what the cluster is about, near its middle, in few words, and those not one customer's own."""
    whole = sum(sorted(value.values(), reverse=True)[:4])

    def merit(at: int) -> float:
        held = sum(value.get(term, 0.0) for term in set(words[at])) / whole
        text = titled(texts[at], 400)
        long = max(0, len(text) - _READABLE) / 100
        return round(
            held
            - at / len(texts) / 2
            - long
            + 0.3 * explicit(text)
            - _OWN * (spelling.rare(text) + spelling.private(text)),
            6,
        )

    near = range(max(3, (len(texts) + 1) // 2))[: len(texts)]
    return texts[max(near, key=lambda at: (merit(at), -at))]


def _values(
    words: Sequence[Sequence[str]], weights: Sequence[float], outside: Counter[str], total: int
) -> dict[str, float]:
    """How much each term says of this cluster: its share of the texts by its rarity elsewhere."""
    inside: dict[str, float] = {}
    seen: Counter[str] = Counter()
    for bag, weight in zip(words, weights, strict=True):
        for term in sorted(set(bag)):
            if term not in STOP and not term.isdigit() and len(term) > 1:
                inside[term] = inside.get(term, 0.0) + weight
                seen[term] += 1
    mass = sum(weights) or 1.0
    found = {}
    for term, share in sorted(inside.items()):
        rarity = math.log(1 + total / max(1, outside[term]))
        found[term] = share / mass * rarity * (_ONCE if seen[term] == 1 and len(words) > 2 else 1.0)
    return found


def _runs(text: str) -> list[list[str]]:
    """The words of a text, parted where a mark stands between them."""
    runs: list[list[str]] = [[]]
    end = 0
    for found in _TOKEN.finditer(PLACEHOLDER.sub(" . ", text)):
        if re.search(r"[.,;:!?()\[\]\"]", found.string[end : found.start()]):
            runs.append([])
        runs[-1].append(found[0])
        end = found.end()
    return runs


def _key(plain: str, value: dict[str, float]) -> str:
    """The term that a folded word stands for, empty if it says nothing here."""
    if plain in STOP or len(plain) < 2 or plain.isdigit():
        return ""
    return next((key for language in ("en", "de", "fr", "es") if (key := stem(plain, language)) in value), "")


def _spans(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches that begin and end with a word that says something."""
    for start, first in enumerate(keys):
        for end in range(start + 1, min(start + _LONGEST, len(keys)) + 1):
            if first and keys[end - 1]:
                yield start, end


def representatives(
    rows: NDArray[np.float64], weights: NDArray[np.float64], count: int, words: Sequence[Sequence[str]] = ()
) -> list[int]:
    """Positions of the rows that show the cluster: the one in the middle, then such of the nearer half as are near the
    middle, say what most say (`words`, a bag of terms a row), and are unlike those already chosen (maximal marginal
    relevance, Carbonell and Goldstein 1998)."""
    import numpy as np

    if len(rows) == 0:
        return []
    centre = (rows * weights[:, None]).sum(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-9)
    near = np.round(rows @ centre, 4)
    shared = _shared(words) if words else np.zeros(len(rows))
    fitting = min(len(rows), max(count, (len(rows) + 1) // 2))
    far = np.argsort(-near, kind="stable")[fitting:]
    chosen = [0]
    while len(chosen) < min(count, len(rows)):
        like = np.round((rows @ rows[chosen].T).max(axis=1), 4)
        merit = np.round(0.8 * near + 0.3 * shared - 0.2 * like, 4)
        merit[far] -= 5
        # The same words with a slip in them show nothing new.
        merit[like >= _SAME] -= 7
        merit[chosen] = -9
        chosen.append(int(np.argmax(merit)))
    return chosen


def _shared(words: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """How much of what the texts share each of them says: 0 to 1."""
    import numpy as np

    bags = [{term for term in bag if term not in STOP and len(term) > 1} for bag in words]
    counts = Counter(term for bag in bags for term in bag)
    often = sorted((term for term in counts if counts[term] > 1), key=lambda term: (-counts[term], term))[:4]
    whole = sum(counts[term] for term in often) or 1
    return np.asarray([sum(counts[term] for term in often if term in bag) / whole for bag in bags])
