"""Pages that nobody wrote: real ones with things done to them, and pages made to be slow. One seed, one page."""

# ruff: noqa: E501 - tables read better in few lines

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bench.quality.figures import data
from kbaudit.model.record import BodyKind
from kbaudit.sample.shop import articles
from kbaudit.text.extract import _markdown

SETS = (
    "printaura/articles.jsonl", "arduino/articles-2026-07-22.jsonl", "vtex/articles.jsonl", "abcd/articles.jsonl",
    "tau2_retail/articles.jsonl", "doc2dial/articles.jsonl",
)  # fmt: skip
# A hostile page is at most so long before it is mutated; the parsers' own limits are tested in `test_parsing`.
LONG = 1_000_000


@dataclass(frozen=True, slots=True)
class Made:
    """A page: how it was made, its title, and its body as text or, `crawled`, as the bytes a server sent."""

    seed: int
    how: str
    title: str
    body: str
    kind: BodyKind
    crawled: bytes | None = None


@cache
def bases() -> tuple[tuple[str, str], ...]:
    """(title, Markdown or HTML) of the sample store's articles, and of every data set that is there."""
    found = [(path, text.split("---\n", 2)[-1]) for path, text in articles(date(2026, 6, 1))]
    for path in SETS:
        file = data() / path
        if file.exists():
            for line in file.read_text("utf-8").splitlines():
                row = json.loads(line)
                body = row.get("body_markdown") or row.get("body_text") or row.get("body_html") or ""
                found.append((row["title"], body))
    return tuple(found)


def page(seed: int) -> Made:
    """The page of a seed."""
    chance = random.Random(f"page {seed}")
    if chance.random() < 0.15:
        name, body = hostile(chance)
        title, how = chance.choice(("Title", "Returns and refunds", body[:300])), name
        if chance.random() < 0.5:
            body, done = mutated(body, chance)
            how += done
    else:
        title, body = chance.choice(bases())
        body, how = mutated(body, chance)
    kind: BodyKind = chance.choice(("html", "html", "markdown", "text"))
    if kind == "html" and not body.lstrip().startswith("<"):
        body = _rendered(body, chance)
        if chance.random() < 0.5:
            body, done = mutated(body, chance)
            how += f" html{done}"
    body, title = body[: 2 * LONG], title[:3000]
    crawled = None
    if kind == "html" and chance.random() < 0.3:
        whole = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
        encoding = chance.choice(("utf-8", "utf-8", "windows-1252", "utf-16", "shift_jis", "iso-8859-1"))
        crawled = whole.encode(encoding, chance.choice(("replace", "ignore", "xmlcharrefreplace")))
        if chance.random() < 0.3:
            at = chance.randrange(len(crawled) + 1)
            crawled = crawled[:at] + chance.randbytes(chance.randrange(1, 400)) + crawled[at:]
        how += f" as {encoding}"
    return Made(seed, f"{how} {kind}", title, body, kind, crawled)


def _rendered(body: str, chance: random.Random) -> str:
    # The Markdown parser has its own hostile cases; a page longer than this is only a way to test that one again.
    html: str = _markdown().render(body[:60_000])
    return html if chance.random() < 0.8 else f"<div>{html}"


# Things that look like other things, that nobody sees, or that turn the direction of reading.
CONFUSABLE = str.maketrans(
    {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "1": "𝟏", "3": "３", "0": "٠", "-": "–", "'": "’", " ": "\u00a0"}
)
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202b\u2066\u2069\u0301\ufe0f\U000e0041\x00\x07\x85\u2028"
ODD = "ßİıſﬁǅ𝟚²½٣۳๓三①Ⅻ€£¥₹﷼‰℅№™…“”«»‹›„–—−×÷≥≤\ud800\udfff\U0001f384"
PHRASES = (
    "within 30 days ", "30 days of delivery or ", "no later than ", "Friday 20 December 2024, ", "12/12/12/", "$9.99 ",
    "free shipping over $50 ", "cannot be returned unless ", "not ", "[Store Name] ", "{{ name }} ", "(((", "1,000,000.00 ",
    "call 415-555-2671 ", "https://a.example/x?y=z ", "a@b.example ", "between 9 am and 5 pm ", "Monday to Friday ",
    "Christmas ", "Black Friday 2023 and ", "the Teal 1 Tent ", "up to 10% off ", "20-30-40-", "and/or/", "e.g. i.e. ",
    "one hundred and twenty ", "refund of the ", "in 2-3 business days ", "#", "| a ", "- ", "\u200b", "0", "1 ", ". ",
)  # fmt: skip
TAGS = ("<div>", "</div>", "<table><tr><td>", "</td>", "<ul><li>", "<b>", "<a href='x'>", "</p>", "<p hidden>", "<s>",
        "<!--", "-->", "<script>", "<h2>", "<blockquote>", "<td colspan=9e9>", "<pre>", "<![CDATA[", "&#0;", "&#x110000;",
        "&amp;amp;", "<img alt='", "<svg>", "<math>", "<template>", "<select>", "\n> ", "\n# ", "\n|", "```\n", "](")  # fmt: skip


def mutated(body: str, chance: random.Random) -> tuple[str, str]:
    """A body with one to four things done to it, and their names."""
    done = ""
    for _ in range(chance.randint(1, 4)):
        change = chance.choice(MUTATIONS)
        body = change(body, chance)[: 2 * LONG]
        done += f" {change.__name__.strip('_')}"
    return body, done


def _place(body: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(body) + 1)
    return start, min(len(body), start + chance.randrange(1, 2_000))


def _cut(body: str, chance: random.Random) -> str:
    start, end = _place(body, chance)
    return body[:start] + body[end:]


def _repeated(body: str, chance: random.Random) -> str:
    start, end = _place(body, chance)
    return body[:end] + body[start:end] * chance.choices((1, 3, 20, 100), (40, 40, 17, 3))[0] + body[end:]


def _spliced(body: str, chance: random.Random) -> str:
    other = chance.choice(bases())[1]
    a, b = chance.randrange(len(body) + 1), chance.randrange(len(other) + 1)
    return body[:a] + other[b:]


def _shuffled(body: str, chance: random.Random) -> str:
    words = body.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _joined(body: str, chance: random.Random) -> str:
    return body.replace("\n", chance.choice((" ", "", "\r", "\x0b", "<br>")))


def _confused(body: str, chance: random.Random) -> str:
    start, end = _place(body, chance)
    return body[:start] + body[start:end].translate(CONFUSABLE) + body[end:]


def _unseen(body: str, chance: random.Random) -> str:
    return "".join(sign + chance.choice(UNSEEN) if chance.random() < 0.03 else sign for sign in body[:100_000])


def _odd(body: str, chance: random.Random) -> str:
    return "".join(chance.choice(ODD) if chance.random() < 0.01 else sign for sign in body[:100_000])


def _numbered(body: str, chance: random.Random) -> str:
    def number() -> str:
        return chance.choice(
            ("0", "-1", "9" * chance.choice((5, 20, 400)), "1e999", "00", "1.2.3.4", "31/02/2024", "2024-13-45", "99:99",
             "1" + ",000" * chance.choice((1, 5, 90)), "½", "1/0", "$-5", "0x1F", "⅓", "٣٠", "10000 years")
        )  # fmt: skip

    return "".join(number() if sign.isdigit() and chance.random() < 0.3 else sign for sign in body[:200_000])


def _tagged(body: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice(TAGS) + body[at:]
    return body


def _phrased(body: str, chance: random.Random) -> str:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(PHRASES) * chance.choices((2, 30, 400, 5_000), (40, 40, 17, 3))[0] + body[at:]


def _upper(body: str, chance: random.Random) -> str:
    return body.upper() if chance.random() < 0.5 else body.swapcase()


def _runs(body: str, chance: random.Random) -> str:
    at = chance.randrange(len(body) + 1)
    sign = chance.choice("0123456789-_ .,:;()[]{}<>|/\\*#$%&'\"\n\t–…aéA")
    return body[:at] + sign * chance.choices((50, 1_000, 50_000), (50, 40, 10))[0] + body[at:]


def _swapped(body: str, chance: random.Random) -> str:
    signs = list(body[:200_000])
    for _ in range(chance.choice((3, 30, 300))):
        if signs:
            a, b = chance.randrange(len(signs)), chance.randrange(len(signs))
            signs[a], signs[b] = signs[b], signs[a]
    return "".join(signs)


MUTATIONS: Sequence[Callable[[str, random.Random], str]] = (
    _cut, _repeated, _spliced, _shuffled, _joined, _confused, _unseen, _odd, _numbered, _tagged, _phrased, _upper, _runs,
    _swapped,
)  # fmt: skip


def hostile(chance: random.Random) -> tuple[str, str]:
    """The name of a way to be slow, and a page made so."""
    name = chance.choice(sorted(HOSTILE))
    size = chance.choices((100, 2_000, 20_000, 100_000), (40, 40, 17, 3))[0]
    return f"{name} x{size}", HOSTILE[name](size, chance)[:LONG]


def _nested(size: int, chance: random.Random) -> str:
    tag = chance.choice(("div", "span", "ul><li", "blockquote", "b", "table><tr><td", "a href=x", "s", "p", "font"))
    return f"<{tag}>" * size + "within 30 days" + (f"</{tag.split('>')[0].split()[0]}>" * size) * chance.randint(0, 1)


def _attributes(size: int, chance: random.Random) -> str:
    return (
        "<p " + " ".join(f"a{n}={chance.choice(('1', '30 days'))}" for n in range(size)) + ">Returns take 30 days.</p>"
    )


def _rows(size: int, chance: random.Random) -> str:
    cells = "".join(f"<td>${n}.99</td><td>{n} days</td>" for n in range(chance.choice((1, 5, 50))))
    return f"<table><tr><th>Price</th></tr>{f'<tr>{cells}</tr>' * size}"


def _markdown_table(size: int, chance: random.Random) -> str:
    wide = chance.choice((2, 20))
    row = "| Express | 2-3 days, $9.99 " * (wide // 2) + "|\n"
    return row + "|---" * wide + "|\n" + row * size


def _phrases(size: int, chance: random.Random) -> str:
    return "".join(chance.sample(PHRASES, chance.randint(1, 4))) * size


def _sentences(size: int, chance: random.Random) -> str:
    says = (
        "You can return it within {n} days. ", "Delivery takes {n} to {m} business days and costs ${n}.99. ",
        "Until {n} December {y} refunds are made in {m} days! ", "The Teal 1 Tent costs ${n} and is in stock. ",
        "We are open from {n} am to {m} pm, Monday to Friday. ", "Order by 12/{n} for Christmas {y}. ",
        "Members get {n}% off orders over ${m}, except sale items. ", "Do you ship to Canada? No. ", "- {n}: yes\n",
    )  # fmt: skip
    parts = chance.sample(says, chance.randint(1, 4))
    end = chance.choice(("", "", "\n", "\n\n"))
    return "".join(
        chance.choice(parts).format(n=chance.randint(1, 40), m=chance.randint(1, 90), y=chance.randint(2015, 2027))
        + end
        for _ in range(size // 4)
    )


def _clauses(size: int, chance: random.Random) -> str:
    words = (
        "if",
        "and",
        "or",
        "not",
        "within",
        "days",
        "of",
        "the",
        "order",
        "unless",
        "30",
        "$5",
        "returns",
        "free",
        ",",
    )
    return " ".join(chance.choice(words) for _ in range(size))


def _signs(size: int, chance: random.Random) -> str:
    return "".join(chance.choice("()[]{}<>-–/.,:;'\"|*_#$€%0123456789 \n") for _ in range(size))


def _letters(size: int, chance: random.Random) -> str:
    return "".join(chr(chance.choice((chance.randrange(0x20, 0x2FF), chance.randrange(0x20, 0xFFFF), 0x20)))
                   for _ in range(size))  # fmt: skip


def _one_word(size: int, chance: random.Random) -> str:
    return chance.choice(("a", "ab", "Aa", "9", "a1", "-a", ".a", "é", "a-")) * size


def _near(size: int, chance: random.Random) -> str:
    """Almost what a pattern looks for, over and over."""
    almost = chance.choice(
        ("on the ", "the 2", "from 9", "January", "between ", "a@", "a.b.", "1-", "1 ", "$", "[Your", "{{", "http://", "no. ",
         "order #", "by the ", "more than ", "2024-", "Mr. ", "(", "\"", "up to ", "not only ", "or ", "e.", "12:", "+1 ")
    )  # fmt: skip
    return almost * size


def _links(size: int, chance: random.Random) -> str:
    href = chance.choice(("#", "x" * 2_000, "javascript:alert(1)", "/products/teal-1-tent", "http://[", "//a:99999999"))
    return f"<a href='{href}'>Teal 1 Tent</a> " * size


def _headings(size: int, chance: random.Random) -> str:
    return "".join(
        f"<h{chance.randint(1, 6)}>Returns {n} in 2023</h{chance.randint(1, 6)}><p>30 days" for n in range(size // 8)
    )


def _markdown_marks(size: int, chance: random.Random) -> str:
    return (
        chance.choice(("*a_ ", "![[", ">", "`a``", "[a]: /x\n", "- a\n", " - a\n  ", "~~a", "<a ", "[", "\\", "|"))
        * size
    )


def _entities(size: int, chance: random.Random) -> str:
    return chance.choice(("&amp;", "&", "&#x1F384;", "&lt;p&gt;30 days ", "&nbsp;", "&zwj;a")) * size


def _marks(size: int, chance: random.Random) -> str:
    return "a" + chance.choice("\u0301\u200d\ufe0f\u202e\u0338") * size + " 30 days"


HOSTILE: dict[str, Callable[[int, random.Random], str]] = {
    made.__name__.strip("_"): made
    for made in (
        _nested, _attributes, _rows, _markdown_table, _phrases, _sentences, _clauses, _signs, _letters, _one_word, _near,
        _links, _headings, _markdown_marks, _entities, _marks,
    )
}  # fmt: skip
