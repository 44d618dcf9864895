"""Is a claim supported by its sources? Without a language model: align, then compare what must not differ.

A claim (one sentence) is aligned with the sentences of its sources by shared words, weighted by how rare they are in
the sources, and by meaning (cosine of sentence vectors). Where a sentence says nearly the same, four things decide
whether it says the opposite: quantities of the same kind, names, a denial on one side only, and opposite words at the
same place. A claim that no sentence comes near to is unsupported. What decides is quoted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kbaudit.facts.support_text import Sentence, Source, Word, is_denying, is_spared, sentence
from kbaudit.facts.support_words import ABOUT_TEXT, IMPLIED_DENIAL, LIGHT, OPPOSITES, ORDINALS, SCALES, opposite
from kbaudit.model.document import Span
from kbaudit.text.quantities import Quantity, same

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Label = Literal["supported", "contradicted", "unsupported"]
Reason = Literal["quantity", "name", "denial", "opposite", "nothing", ""]
Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]

# Alignment is the mean of word coverage and cosine. Tuned on half of SummEdits' documents together with sentences of
# our own; what the thresholds give on the other half is printed by bench/quality/summedits.py.
ALIGNED = 0.5
NEAR = 0.35
RIVAL = 0.42
# Only in English, the one language that the model knows: below this a claim is about something that its sources do not
# treat (see `_held`). Statements that a shop's articles bear out in other words lie above 0.55, nine in ten sentences
# of true summaries above 0.47.
HELD = 0.47
# A long sentence sums up several passages and is near to none of them.
LONG = 12
HELD_LONG = 0.3
# Two words are no likeness of each other below the first cosine, and the same for our purpose from the second on.
UNLIKE = 0.4
ALIKE = 0.75
BEST = 4
SHORT = 5
_CODE = re.compile(r"\b(?:[A-Za-z]+-?\d+|\d+(?:[.,]\d+)*[A-Za-z]{1,3})\b")
_TINY = Decimal("1e-9")
# What is denied in a condition is not denied of the world.
_CONDITION = re.compile(r"\b(?:if|unless|whether|in case|wenn|falls|ob|sauf si|salvo que)\b", re.IGNORECASE)
_SCALE = re.compile(r"[\s-]?([a-zA-Z]{1,10})\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the sources say of one claim. `source` and `sentence` index the best or the contradicting sentence;
    `claim_span` are the words of the claim that decide, `source_span` those of the sentence (relative to each)."""

    label: Label
    score: float
    reason: Reason = ""
    source: int | None = None
    sentence: int | None = None
    claim_span: Span | None = None
    source_span: Span | None = None
    alignment: float = 0.0


@dataclass(frozen=True, slots=True)
class _Match:
    source: int
    number: int
    sentence: Sentence
    coverage: float
    cosine: float

    @property
    def strength(self) -> float:
        return (self.coverage + max(self.cosine, 0.0)) / 2


def judge(text: str, sources: Sequence[Source], vectors: Vectors, language: str = "en", context: str = "") -> Verdict:
    """Compare one claim with its sources. `context` is the question that it answers: it helps a claim of a few words
    ("Yes, within two weeks.") to find its place."""
    claim = sentence(text, 0, language)
    content = claim.content
    if not content or not sources:
        return Verdict("unsupported", 0.0, "nothing")
    sources = [source for source in sources if source.sentences]
    if not sources:
        return Verdict("unsupported", 0.0, "nothing")
    matches = align(claim, sources, vectors, context if len(content) < SHORT else "", language)
    best = matches[0]
    if any(_verbatim(text, source) for source in sources) or _settled(claim, matches):
        return Verdict("supported", 1.0, "", best.source, best.number, alignment=best.strength)
    for compare in (_names, _quantities, _denials, _opposites):
        if compare is _names and language == "de":
            continue
        verdict = compare(claim, matches, sources)
        if verdict is not None:
            return verdict
    held = _held(claim, matches, sources, vectors) if language == "en" else 1.0
    if held < (HELD if len(content) <= LONG else HELD_LONG) and not ABOUT_TEXT.match(text):
        return Verdict("unsupported", round(1 - held, 3), "nothing", best.source, best.number, alignment=best.strength)
    return Verdict("supported", round(held, 3), "", best.source, best.number, alignment=best.strength)


def _verbatim(text: str, source: Source) -> bool:
    """Whether the claim stands in a source word for word."""
    said = " ".join(text.split()).strip(" .!")
    return len(said) > 20 and said in source.flat


def _settled(claim: Sentence, matches: Sequence[_Match]) -> bool:
    """Whether one sentence holds every word and every figure of the claim, and denies the same."""
    wanted = {word.stem for word in claim.words if word.content or word.stem in OPPOSITES}
    return any(
        wanted <= match.sentence.stems
        and is_denying(claim.text) == is_denying(match.sentence.text)
        and claim.denied_heads == claim.denied_heads & match.sentence.denied_heads
        and all(any(agrees(said, q) for q in match.sentence.quantities) for said in claim.quantities)
        for match in matches[:BEST]
    )


def _held(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source], vectors: Vectors) -> float:
    """How far the sources treat what the claim says, 0 to 1: the mean of the best cosine and of the share of its words
    that the nearest sentences hold, a word of like meaning counting in part."""
    import numpy as np

    cosine = max(match.cosine for match in matches)
    near = matches[: max(BEST, len(claim.content) // 2)]
    held = frozenset(stem for match in near for stem in match.sentence.stems)
    weights = _weights({word.stem for word in claim.content}, [item for source in sources for item in source.sentences])
    whole = sum(weights.values())
    missing = {word.stem: word.folded for word in claim.content if word.stem not in held}
    share = 1 - sum(weights[stem] for stem in sorted(missing)) / whole
    words = sorted({word.folded for match in near for word in match.sentence.content})
    if (cosine + share) / 2 >= HELD or not missing or not words:
        return (cosine + share) / 2
    wanted = sorted(missing)
    likeness = vectors([missing[stem] for stem in wanted]) @ vectors(words).T
    part = np.clip((np.round(likeness.max(axis=1), 4) - UNLIKE) / (ALIKE - UNLIKE), 0, 1)
    share += sum(weights[stem] * float(value) for stem, value in zip(wanted, part, strict=True)) / whole
    return (cosine + share) / 2


def _weights(wanted: set[str], sentences: Sequence[Sentence]) -> dict[str, float]:
    """Inverse sentence frequency of stems among the sources."""
    found = dict.fromkeys(sorted(wanted), 0)
    for item in sentences:
        for stem in wanted & item.stems:
            found[stem] += 1
    return {stem: math.log(1 + (len(sentences) + 1) / (count + 1)) for stem, count in found.items()}


def align(
    claim: Sentence, sources: Sequence[Source], vectors: Vectors, context: str = "", language: str = "en"
) -> list[_Match]:
    """The sentences of the sources by how near they come to the claim, best first."""
    import numpy as np

    flat = [(i, j, item) for i, source in enumerate(sources) for j, item in enumerate(source.sentences)]
    asked = vectors([f"{context} {claim.text}" if context else claim.text])[0]
    cosines = np.round(vectors([item.spoken or item.text for _, _, item in flat]) @ asked, 4)
    wanted = {word.stem for word in claim.content if not word.text[0].isdigit()} or {w.stem for w in claim.content}
    if context:
        wanted |= {word.stem for word in sentence(context, 0, language).content}
    weight = _weights(wanted, [item for _, _, item in flat])
    whole = sum(weight.values())
    matches = [
        _Match(i, j, item, _covered(item, weight) / whole, float(cosine))
        for (i, j, item), cosine in zip(flat, cosines, strict=True)
    ]
    matches.sort(key=lambda match: (-round(match.strength, 4), match.source, match.number))
    return matches


def _covered(item: Sentence, weight: Mapping[str, float]) -> float:
    """The weight of the claim's words in a sentence; what only the title or the sentence before holds counts half."""
    covered = 0.0
    for stem, value in weight.items():
        if stem in item.stems:
            covered += value
        elif stem in item.context:
            covered += value / 2
    return covered


def _wrong(
    reason: Reason, match: _Match, claim_span: Span, source_span: Span | None, score: float, aligned: bool
) -> Verdict:
    return Verdict(
        "contradicted" if aligned else "unsupported",
        round(score, 3),
        reason,
        match.source,
        match.number,
        claim_span,
        source_span,
        match.strength,
    )


def _near(matches: Sequence[_Match]) -> list[_Match]:
    """The sentences that may speak of the same: the best ones, and whatever comes close to the best."""
    floor = max(NEAR, matches[0].strength - 0.15)
    return [match for match in matches[:BEST] if match.strength >= floor] or [matches[0]]


def _quantities(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    everywhere = [(item, q) for source in sources for item in source.all for q in item.quantities]
    near = _near(matches)
    labels = _labels(claim)
    for word in labels:
        if not any(word.folded in source.folded for source in sources):
            return _wrong("name", matches[0], (word.start, word.end), None, 0.6, matches[0].strength >= ALIGNED)
    for said in claim.quantities:
        if any(said.start == word.start for word in labels):
            continue
        written = claim.text[said.start : said.end]
        figures = any(sign.isdigit() for sign in written)
        if said.kind == "number" and not figures and (said.low or 0) <= 3:
            continue
        digits = [word.folded for word in claim.words if said.start <= word.start < said.end and word.text[0].isdigit()]
        if said.kind == "date":
            borne = all(any(digit in source.folded for source in sources) for digit in digits)
        else:
            power = scale(claim.text, said.end)
            borne = any(agrees(said, q) and scale(item.text, q.end) == power for item, q in everywhere)
            if not borne and said.kind == "number" and figures and not power:
                borne = all(any(digit in _figures(match) for match in near) for digit in digits)
        if borne and not _displaced(claim, said, matches):
            continue
        for match in near:
            rival = next((q for q in match.sentence.quantities if comparable(said, q)), None)
            if rival is not None and _same_thing(labels, match.sentence):
                span = (rival.start, rival.end)
                score = 0.6 + match.strength * 0.4
                return _wrong("quantity", match, (said.start, said.end), span, score, match.strength >= RIVAL)
        return _wrong("quantity", matches[0], (said.start, said.end), None, 0.6, False)
    return _codes(claim, matches, sources)


def _codes(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    """A mixture of letters and figures ("10bn", "CoV-3") that no source holds."""
    for found in _CODE.finditer(claim.text):
        if any(q.start < found.end() and found.start() < q.end for q in claim.quantities if q.kind != "money"):
            continue
        code = found.group().lower()
        if not any(code in source.flat.lower() for source in sources):
            best = matches[0]
            return _wrong("quantity", best, found.span(), None, 0.6, best.strength >= ALIGNED)
    return None


def _displaced(claim: Sentence, said: Quantity, matches: Sequence[_Match]) -> bool:
    """Whether a quantity that some sentence bears out belongs to something else there: the best sentence names
    another one, shares words with the claim that those sentences lack, and lacks none that they share."""
    best = matches[0]
    if best.strength < ALIGNED or said.kind in ("date", "number"):
        return False
    if not _same_thing(_labels(claim), best.sentence):
        return False
    rivals = [q for q in best.sentence.quantities if comparable(said, q)]
    if len(rivals) != 1 or agrees(said, rivals[0]):
        return False
    wanted = {word.stem for word in claim.content if not word.text[0].isdigit()} - _units(claim)
    wanted |= {word.stem for word in _labels(claim)}
    mine = wanted & best.sentence.stems
    for match in matches:
        if any(agrees(said, q) for q in match.sentence.quantities):
            theirs = wanted & match.sentence.stems
            if theirs >= mine or theirs - mine:
                return False
    return True


def _labels(claim: Sentence) -> list[Word]:
    """Numbers that belong to a name ("Heron 2"): they tell things apart and measure nothing."""
    found = []
    for before, word in pairwise(claim.words):
        joined = claim.text[before.end : word.start] in (" ", "-")
        named = before.text[:1].isupper() and (before.start > claim.words[0].start or before.text[1:2].islower())
        if (
            joined
            and named
            and word.text.isdigit()
            and not any(q.start <= word.start < q.end and q.kind != "number" for q in claim.quantities)
        ):
            found.append(word)
    return found


def _same_thing(labels: Sequence[Word], item: Sentence) -> bool:
    """Whether a sentence speaks of the numbered things that the claim names, itself or by what stands above it."""
    held = item.stems if _labels(item) else item.stems | item.context
    return all(word.stem in held for word in labels)


def _units(claim: Sentence) -> set[str]:
    """The stems of the words that belong to quantities."""
    return {word.stem for word in claim.words for q in claim.quantities if q.start <= word.start < q.end}


def _figures(match: _Match) -> set[str]:
    return {word.folded for word in match.sentence.words if word.text[0].isdigit()}


def scale(text: str, end: int) -> int:
    """The power of ten that a scale word right behind a number stands for ("5 million", "$5bn")."""
    match = _SCALE.match(text, end)
    return SCALES.get(match.group(1).lower(), 0) if match else 0


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities measure the same kind of thing."""
    if a.kind != b.kind:
        return False
    return a.kind not in ("money", "measure") or a.unit == b.unit


def agrees(said: Quantity, other: Quantity) -> bool:
    """Whether a source's quantity bears out what a claim said: equal, or inside the bound that it names."""
    if not comparable(said, other):
        return False
    # `same` allows months and years their average lengths; other kinds have to be equal.
    if _close(said, other) or (said.kind == "duration" and same(said, other)):
        return True
    if said.low is None or other.low is None or other.high is None or said.unit != other.unit:
        return False
    if said.bound in ("over", "min"):
        return other.low >= said.low and other.low <= said.low * 2
    if said.bound in ("under", "max") and said.high is not None:
        return other.bound not in ("over", "min") and said.high / 2 <= other.high <= said.high and said.bound == "under"
    if said.bound == "about":
        return abs(other.low - said.low) <= said.low / 10
    return other.low <= said.low and (said.high or said.low) <= other.high and other.low != other.high


def _close(a: Quantity, b: Quantity) -> bool:
    """Equal but for rounding (60 minutes and one hour are thirds of days in decimals)."""
    if a.unit != b.unit or a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    return all(abs(x - y) <= abs(y) * _TINY for x, y in ((a.low, b.low), (a.high, b.high)))


def is_name(word: Word, claim: Sentence) -> bool:
    """Whether a word is written as a name: a capital that does not stand at the start of the sentence."""
    first = claim.words[0]
    return word.text[:1].isupper() and word.start > first.start and len(word.text) > 1


def _names(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    capitals = [word for word in claim.words if word.text[:1].isupper()]
    if len(capitals) * 2 > len(claim.words) and len(claim.words) > 3:
        return None
    for word in claim.content:
        if not is_name(word, claim) or known(word, sources):
            continue
        match = matches[0]
        return _wrong("name", match, (word.start, word.end), None, 0.5 + match.strength / 2, match.strength >= ALIGNED)
    return None


def known(word: Word, sources: Sequence[Source]) -> bool:
    """Whether the sources hold a word in some form: its stem, its parts, an inflection, or a near spelling."""
    parts = [part for part in word.stem.split("-") if part]
    for source in sources:
        if word.stem in source.stems or word.folded in source.folded or all(part in source.stems for part in parts):
            return True
    head = word.folded[: max(4, len(word.folded) - 3)]
    return len(word.folded) >= 5 and any(other.startswith(head) for source in sources for other in source.folded)


def _denials(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    best = matches[0]
    if best.strength < NEAR or _CONDITION.search(claim.text):
        return None
    near = [match for match in _near(matches) if not _CONDITION.search(match.sentence.text)] or matches[:1]
    for word in claim.content:
        if word.stem not in claim.denied_heads:
            continue
        for match in near:
            at = next((w for w in match.sentence.words if w.stem == word.stem), None)
            if at is not None and word.stem not in match.sentence.denied and not is_denying(match.sentence.text):
                aligned = match.strength >= ALIGNED
                score = max(match.strength, 0.6) if aligned else match.strength
                return _wrong("denial", match, (word.start, word.end), (at.start, at.end), score, aligned)
    if claim.denied:
        # What no sentence denies, nor says by a word that denies ("only", "final sale"), was not said.
        elsewhere = any(claim.denied & item.denied for source in sources for item in source.all)
        implied = any(IMPLIED_DENIAL.search(match.sentence.text) for match in matches[:BEST])
        if not elsewhere and not implied:
            denied = [word for word in claim.content if word.stem in claim.denied]
            word = next((word for word in denied if known(word, sources)), denied[0])
            denying = any(is_denying(match.sentence.text) for match in near)
            if known(word, sources) or (best.coverage < ALIGNED and not denying):
                return _wrong("denial", best, (word.start, word.end), None, 0.5, False)
        return None
    for match in matches[:BEST]:
        verdict = _denied_there(claim, match, near)
        if verdict is not None:
            return verdict
    return None


def _denied_there(claim: Sentence, match: _Match, near: Sequence[_Match]) -> Verdict | None:
    """A sentence denies what the claim affirms: the word that it denies first and another one in its reach, and no
    other sentence affirms the two; or that word alone where the sentence is about nothing but the claim."""
    shared = [word for word in claim.content if word.stem in match.sentence.denied]
    heads = [word for word in shared if word.stem in match.sentence.denied_heads]
    if not heads or _CONDITION.search(match.sentence.text):
        return None
    pair = {word.stem for word in shared}
    if len(pair) < 2:
        if match.coverage < 0.6 or match.strength < ALIGNED:
            return None
    elif any(pair <= other.sentence.stems - other.sentence.denied for other in near):
        return None
    at = next(w for w in match.sentence.words if w.stem == heads[0].stem)
    spans = (heads[0].start, heads[0].end), (at.start, at.end)
    return _wrong("denial", match, *spans, max(match.strength, 0.6), len(pair) > 1 or match.strength >= RIVAL)


def _opposites(claim: Sentence, matches: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    near = _near(matches)
    units = _units(claim)
    for match in near:
        for number, word in enumerate(claim.words):
            if any(word.stem in other.sentence.stems for other in near) or word.stem in units:
                continue
            if is_spared(claim.text, word):
                continue
            around = neighbours(claim.words, number)
            for place, other in enumerate(match.sentence.words):
                if other.stem in claim.stems or not _opposed(word, other) or is_spared(match.sentence.text, other):
                    continue
                if around & neighbours(match.sentence.words, place):
                    spans = (word.start, word.end), (other.start, other.end)
                    return _wrong("opposite", match, *spans, 0.5 + match.strength / 2, True)
    return _turned(claim, matches[:BEST], sources)


def _turned(claim: Sentence, near: Sequence[_Match], sources: Sequence[Source]) -> Verdict | None:
    """A word that no source uses while a near sentence uses its opposite, if in other surroundings."""
    units = _units(claim)
    for word in claim.content:
        known_or_light = word.stem in LIGHT | units or any(word.stem in source.stems for source in sources)
        if known_or_light or is_spared(claim.text, word):
            continue
        for match in near:
            measured = _units(match.sentence)
            for other in match.sentence.words:
                if other.stem not in LIGHT | measured | claim.stems and opposite(word.stem, other.stem):
                    spans = (word.start, word.end), (other.start, other.end)
                    return _wrong("opposite", match, *spans, 0.5, False)
    return None


def _opposed(word: Word, other: Word) -> bool:
    if word.folded in ORDINALS and other.folded in ORDINALS:
        return word.folded != other.folded
    a, b = SCALES.get(word.folded), SCALES.get(other.folded)
    if a and b and len(word.folded) > 2 and len(other.folded) > 2:
        return a != b
    return opposite(word.stem, other.stem)


def neighbours(words: Sequence[Word], place: int, reach: int = 2) -> set[str]:
    """The stems of the words with content that stand next to a word, `reach` on either side."""
    before = [word.stem for word in words[:place] if word.content][-reach:]
    after = [word.stem for word in words[place + 1 :] if word.content][:reach]
    return {*before, *after}
