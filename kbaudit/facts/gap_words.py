"""What the questions of a gap are about, in their own words, and why an article near them is not the answer."""

from __future__ import annotations

import re
from collections import Counter

from kbaudit.facts.coverage import Passage, told_apart
from kbaudit.facts.gaps import Gap
from kbaudit.facts.labels import STOP
from kbaudit.facts.titles import clip
from kbaudit.text.asks import content
from kbaudit.text.asks_words import FUNCTION, PLACEHOLDER
from kbaudit.text.concepts import concepts
from kbaudit.text.stem import fold

# What this share of the questions says carries them, and a name where this share has it.
OFTEN, MOSTLY = 0.3, 0.6
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Words of content that say nothing of what is asked, as stems of any shop's questions have them.
WEAK = frozenset(
    """keep keeps keeping kept go goes gone went come comes coming came offer offers offered offering give gives
    given gave open opens opened opening receive receives received receiving buy buys bought buying purchase
    purchased purchasing order orders ordered ordering find found finding put puts putting send sends sending
    sent bring brought show shows work works working worked start starts started happen happens happened
    become becomes change changes changed add adds added adding check checks choose decide think thought
    believe consider considering considered recommend suggest advise handle allow allowed allows include
    includes included mean means meant seem seems feel feels leave leaves left let ask asks asked call called
    write wrote read reads contact contacted confirm confirmed inquire notice noticed speak every each between
    always never again often soon later early now today tomorrow yesterday day days week weeks month months
    year years time times date good best better nice great bad right wrong different specific particular
    certain sure new old long short big small much many several another both half whole whether online shop
    store website site company retailer thing things stuff way kind sort type lot bit piece pieces item items
    product products people someone person issue problem help info information answer details number possible
    available""".split()
)


def why_not(gap: Gap, passage: Passage) -> str:
    """A sentence: what most questions name and the article never mentions, else how near it comes and what it says."""
    document = passage.document
    known = content(f"{document.title}\n{document.text}")
    meant = concepts(f"{document.title}\n{document.text}")
    carried = carrying(gap)
    missing = [
        word
        for term, word in carried
        if term not in known and not concepts(word) & meant and told_apart([word], document, title=True)
    ]
    if missing:
        return f"It never mentions {' or '.join(f'“{word}”' for word in missing[:3])}."
    said = document.text[slice(*passage.span)].strip()
    how = f"{passage.near:.2f} of 1"
    if fold(said) == fold(document.title.strip()):
        return f"It is about what its title says: no sentence of it comes nearer to the questions than {how}."
    if carried and all(term in known for term, _ in carried):
        return f"It uses the customers' words, but its nearest sentence ({how}) is no answer: “{clip(said, 120)}”"
    return f"It is about something else: its nearest sentence ({how}) is “{clip(said, 120)}”"


def carrying(gap: Gap) -> list[tuple[str, str]]:
    """What carries the questions: (term, word as most write it), the most used first. A name written with a capital
    counts only where most questions have it; verbs of asking and having, and what one customer writes, never."""
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    names: Counter[str] = Counter()
    texts = sorted({question.text for question in gap.questions})
    for text in texts:
        seen: dict[str, tuple[str, bool]] = {}
        for found in _WORD.finditer(PLACEHOLDER.sub(" . ", text)):
            plain = fold(found[0])
            if plain in STOP or plain in FUNCTION or plain in WEAK or len(plain) < 3:
                continue
            for term in content(plain):
                seen.setdefault(term, (plain, found[0][0].isupper() and found.start() > 0))
        for term, (plain, named) in seen.items():
            counts[term] += 1
            written.setdefault(term, Counter())[plain] += 1
            names[term] += named
    least = max(2.0, OFTEN * len(texts))
    kept = [
        term
        for term, number in counts.items()
        if number >= (MOSTLY * len(texts) if 2 * names[term] > number else least) and number > 1
    ]
    kept.sort(key=lambda term: (-counts[term], term))
    return [(term, min(written[term], key=lambda word: (-written[term][word], word))) for term in kept]
