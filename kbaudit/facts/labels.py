"""What a cluster is called and which of its questions stand for it."""
# ruff: noqa: E501  (tables of words and patterns read better one a line than wrapped)

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
_PHRASE = 4


def label(
    words: Sequence[Sequence[str]],
    texts: Sequence[str],
    weights: Sequence[float],
    outside: Counter[str],
    total: int,
) -> str:
    """A name of a cluster: the words that its questions use and the others do not (class-based TF-IDF).

    `words` are the stemmed terms of each distinct text, `texts` the texts, nearest the middle first; `outside` counts in
    how many of all `total` texts a term stands. Two or three terms, in the order in which the questions say them.
    """
    inside: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    place: dict[str, list[float]] = {}
    for bag, text, weight in zip(words, texts, weights, strict=True):
        for term in set(bag):
            inside[term] += weight  # type: ignore[assignment]
        tokens = [token for token in _TOKEN.findall(text) if not token.startswith("[")]
        for at, token in enumerate(tokens):
            if fold(token) in STOP or len(token) < 2 or token.isdigit():
                continue
            for language in ("en", "de", "fr", "es"):
                key = stem(fold(token), language)
                if key in inside:
                    shown.setdefault(key, Counter())[token] += 1
                    place.setdefault(key, []).append(at / max(1, len(tokens) - 1))
                    break
    mass = sum(weights) or 1.0
    scored = []
    for term, tokens_seen in shown.items():
        share = inside[term] / mass
        rarity = math.log(1 + total / max(1, outside[term]))
        scored.append((-round(share * rarity, 6), term, tokens_seen))
    scored.sort(key=lambda item: (item[0], item[1]))
    chosen = [item for item in scored[:_PHRASE] if -item[0] >= 0.35 * -scored[0][0]]
    chosen.sort(key=lambda item: (sum(place[item[1]]) / len(place[item[1]]), item[1]))
    spoken = [min(item[2], key=lambda token: (-item[2][token], token)) for item in chosen]
    return " ".join(spoken) or (texts[0][:60] if texts else "")


def representatives(rows: NDArray[np.float64], weights: NDArray[np.float64], count: int) -> list[int]:
    """Positions of the rows that show the cluster: the one in the middle, then such that are near the middle and unlike
    those already chosen (maximal marginal relevance, Carbonell and Goldstein 1998)."""
    import numpy as np

    if len(rows) == 0:
        return []
    centre = (rows * weights[:, None]).sum(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-9)
    near = np.round(rows @ centre, 4)
    chosen = [0]
    while len(chosen) < min(count, len(rows)):
        like = np.round((rows @ rows[chosen].T).max(axis=1), 4)
        merit = np.round(0.7 * near - 0.3 * like, 4)
        merit[chosen] = -9
        chosen.append(int(np.argmax(merit)))
    return chosen
