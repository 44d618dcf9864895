"""What a text must hold for a pattern to match in it: looking for words is far faster than matching."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Words = frozenset[str]
_TOKEN = re.compile(
    r"\\(?P<type>[bBdDsSwWAZ])|\\(?P<escaped>\W)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<look>\(\?<?[=!])"
    r"|(?P<open>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<close>\))|(?P<or>\|)|(?P<any>[.^$])|(?P<maybe>(?:[?*]|\{0?,\d*\}|\{0\})\??)"
    r"|(?P<more>(?:\+|\{\d+(?:,\d*)?\})\??)|(?P<letter>[^\\\[\](){}?*+.^$|])",
    re.DOTALL,
)


@dataclass(slots=True)
class _Way:
    """One alternative: sets of words of each of which one must stand in the text, and the word being read."""

    sets: list[Words] = field(default_factory=list)
    word: str = ""

    def end_word(self) -> None:
        if self.word:
            self.sets.append(frozenset({self.word}))
            self.word = ""

    def best(self) -> Words | None:
        """The set that says most: the one whose shortest word is longest."""
        return max(self.sets, key=lambda words: (min(map(len, words)), -len(words), sorted(words)), default=None)


class Needed:
    """What must stand in a text for a case-sensitive pattern to match in it.

    A pattern with a construct that is not read here needs nothing, so that it is always looked for.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0
        try:
            ways = self._read(inside=False)
        except ValueError:
            ways = [_Way()]
        self.ways = tuple(tuple(tuple(sorted(words)) for words in way.sets) for way in ways)

    def within(self, text: str) -> bool:
        """Whether a text holds the words of at least one way to match."""
        return any(all(any(word in text for word in words) for words in way) for way in self.ways)

    def _read(self, *, inside: bool) -> list[_Way]:
        """The alternatives up to the parenthesis that closes them, or to the end of the pattern."""
        ways = [_Way()]
        last: str | None = None
        while self._at < len(self._pattern):
            token = _TOKEN.match(self._pattern, self._at)
            if token is None:
                raise ValueError(f"not read: {self._pattern!r} at {self._at}")
            self._at = token.end()
            way, kind = ways[-1], token.lastgroup
            if kind in ("letter", "escaped"):
                way.word += token[kind]
            else:
                if kind == "maybe" and last in ("letter", "escaped"):
                    way.word = way.word[:-1]
                elif kind == "maybe" and last == "group":
                    way.sets.pop()
                way.end_word()
            if kind == "close":
                if not inside:
                    raise ValueError(f"not read: {self._pattern!r}")
                return ways
            if kind == "or":
                ways.append(_Way())
            elif kind in ("open", "look"):
                found = [one.best() for one in self._read(inside=True)]
                if kind == "open" and all(found):
                    way.sets.append(frozenset().union(*(words for words in found if words)))
                    kind = "group"
            last = kind
        if inside:
            raise ValueError(f"not read: {self._pattern!r}")
        ways[-1].end_word()
        return ways
