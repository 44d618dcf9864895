"""Placeholders that nobody filled in, template errors and demo text, as far as one article shows them.

Brackets have honest uses: keys and buttons, citations, editorial remarks, what the customer is to fill in, and whole
articles about templates. A bracket is a placeholder only where its words name what the shop should have written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kbaudit.check import Snapshot
from kbaudit.facts.placeholders_words import (
    ABOUT_TEMPLATES,
    ADDRESS_HINTS,
    ASKS_ADDRESS,
    ASKS_CUSTOMER,
    BLANK,
    BRACES,
    BRACKET,
    CODE_TALK,
    CONTACT,
    CONTACT_PAGE,
    CUSTOMER_FILLS,
    DEMO,
    DEMO_ADDRESS,
    DEMO_HINTS,
    EXAMPLE,
    EXPLAINS,
    FOREIGN_FILLS,
    FORM_LINE,
    GREETS,
    HERE,
    HOW_TO,
    KEY,
    LABEL,
    LINK_TARGET,
    MARKER,
    NAMELESS,
    NOUN_PHRASE,
    PERSON,
    PLACEHOLDER_WORDS,
    RENDER_ERROR,
    ROUND,
    SAYS_ERROR,
    SHOP_FILLS,
    SHOP_SPEAKS,
    STANDS_ON,
    UI_AFTER,
    UI_BEFORE,
    UI_MAYBE,
    XS,
    XS_CODE,
    XS_HINT,
)
from kbaudit.model.document import Block, Document
from kbaudit.text.sentences import split

_MEDIA = frozenset({"image", "picture", "photo", "screenshot", "video", "table", "map", "chart", "diagram", "audio"})
Kind = Literal["placeholder", "template error", "demo text", "note to the author"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`text[start:end]` should never have been published; `sentence` is where it stands."""

    kind: Kind
    start: int
    end: int
    sentence: tuple[int, int]


def read(document: Document, snapshot: Snapshot) -> tuple[Placeholder, ...]:
    """The placeholders of one article, in order."""
    return find(document)


def find(document: Document) -> tuple[Placeholder, ...]:
    """The placeholders of one article; needs nothing but the article."""
    found: list[Placeholder] = []
    about = about_templates(document)
    buttons = _brackets_are_buttons(document)
    for block in document.blocks:
        if block.kind == "code":
            continue
        if (
            block.kind in ("heading", "paragraph")
            and block.end - block.start < 40
            and LABEL.fullmatch(document.text, block.start, block.end)
        ):
            found.append(Placeholder("demo text", block.start, block.end, (block.start, block.end)))
        elif not about and block.kind != "title" and _is_key(document, block.start, block.end):
            found.append(Placeholder("template error", block.start, block.end, (block.start, block.end)))
        for start, end in split(document.text, block.start, block.end):
            found.extend(_sentence(document, block, start, end, about, buttons))
    for link in () if about else document.links:
        if LINK_TARGET.search(link.href):
            found.append(Placeholder("placeholder", link.start, link.end, (link.start, link.end)))
    kept: list[Placeholder] = []
    for item in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def about_templates(document: Document) -> bool:
    """An article for people who write templates or code: placeholders are its subject."""
    head = "\n".join([document.title, document.section or "", *document.labels])
    if ABOUT_TEMPLATES.search(head):
        return True
    # An error that a template left names its files; that does not make the page one about templates.
    body = RENDER_ERROR.sub(" ", document.text[len(document.title) : 20_000])
    code = sum(block.end - block.start for block in document.blocks if block.kind == "code")
    return (
        code * 5 > len(document.text)
        or len(ABOUT_TEMPLATES.findall(body)) >= 3
        or bool(CUSTOMER_FILLS.search(document.text))
    )


def _brackets_are_buttons(document: Document) -> bool:
    """The article writes what to click in brackets: several of them in capitals that are no placeholders."""
    others = {
        inner
        for match in BRACKET.finditer(document.text)
        if (inner := (match["square"] or "").strip())[:1].isupper()
        and len(inner) > 3
        and not SHOP_FILLS.fullmatch(inner)
        and not PLACEHOLDER_WORDS.fullmatch(inner)
        and (inner.isupper() or not (NOUN_PHRASE.fullmatch(inner) or FOREIGN_FILLS.fullmatch(inner)))
    }
    return len(others) >= 2


def _sentence(document: Document, block: Block, start: int, end: int, about: bool, buttons: bool) -> list[Placeholder]:
    text = document.text
    span = (start, end)
    opens = block.start
    found: list[Placeholder] = []

    def add(kind: Kind, match: re.Match[str]) -> None:
        found.append(Placeholder(kind, match.start(), match.end(), span))

    lower = text[start:end].lower()
    for match in DEMO.finditer(text, start, end) if any(hint in lower for hint in DEMO_HINTS) else ():
        if not _shown(text, match.start(), opens):
            add("demo text", match)
    for match in RENDER_ERROR.finditer(text, start, end):
        if not about and not SAYS_ERROR.search(text, start, end):
            add("template error", match)
    for match in MARKER.finditer(text, start, end):
        if match.group().startswith("TODO") and document.language in ("es", "pt") and not match.group().endswith(":"):
            continue
        if not about and not _shown(text, match.start(), opens):
            add("note to the author", match)
    for match in HERE.finditer(text, start, end):
        if not about and not _shown(text, match.start(), opens):
            add("placeholder", match)
    if about:
        return found
    notation = re.search(r"[\"'’]\s?:\s|[;{]\s*$|</|=>|\w\(", text[start:end]) is not None
    for match in BRACES.finditer(text, start, end):
        if (
            not notation
            and not _in_path(text, match.start(), match.end())
            and not EXPLAINS.search(text, start, match.start())
        ):
            add("placeholder", match)
    for match in () if buttons else BRACKET.finditer(text, start, end):
        if match["curly"] and (
            notation or CODE_TALK.search(text, start, end) or _in_path(text, match.start(), match.end())
        ):
            continue
        if _unfilled(text, match, start, end, document.language, opens):
            add("placeholder", match)
    if "_" in lower or "[" in lower or ".." in lower or "…" in lower:
        blank = BLANK.search(text, start, end)
        if (
            blank
            and not FORM_LINE.fullmatch(text, start, end)
            and SHOP_SPEAKS.search(text, start, end)
            and not ASKS_CUSTOMER.search(text, start, blank.start())
        ):
            add("placeholder", blank)
    for match in NAMELESS.finditer(text, start, end):
        if (
            not EXAMPLE.search(text, start, match.start())
            and not _quoted(text, match.start(), opens)
            and not UI_BEFORE.search(text[start : match.start()])
        ):
            add("placeholder", match)
    for match in XS.finditer(text, start, end) if XS_HINT.search(text, start, end) else ():
        if not XS_CODE.search(text, max(start, match.start() - 40), match.start()) and not EXAMPLE.search(
            text, start, end
        ):
            add("placeholder", match)
    for match in DEMO_ADDRESS.finditer(text, start, end) if any(hint in lower for hint in ADDRESS_HINTS) else ():
        if (
            (CONTACT.search(text, start, end) or _says_who_we_are(document, block))
            and not EXAMPLE.search(text, start, match.start())
            and not ASKS_ADDRESS.search(text, start, match.start())
        ):
            add("placeholder", match)
    return found


def _says_who_we_are(document: Document, block: Block) -> bool:
    """The page or section gives the shop's own address, and does not explain how one is written."""
    heads = [document.title, *block.path]
    return any(CONTACT_PAGE.search(head) for head in heads) and not any(HOW_TO.search(head) for head in heads)


def _opens_line(text: str, start: int, end: int) -> bool:
    """A tag before the text of a line: "[Shop] Opening hours"."""
    at_start = start == 0 or text[start - 1] == "\n"
    return at_start and text[end : end + 1] == " "


def _is_key(document: Document, start: int, end: int) -> bool:
    """A whole line that is a dotted key of a translation file, and no address."""
    if not KEY.fullmatch(document.text, start, end) or any(
        link.start < end and start < link.end for link in document.links
    ):
        return False
    return "_" in document.text[start:end] or document.text[start:end].count(".") >= 3


def _words(match: re.Match[str]) -> str:
    """What stands in the brackets, as words: `{storeName}` and `{store_name}` are "store name"."""
    inner = next((group for group in match.groups() if group), "").strip()
    if match["curly"] or match["angle"]:
        inner = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", inner).replace("_", " ")
        inner = inner.lower() if match["curly"] else inner
    return inner


def _unfilled(text: str, match: re.Match[str], start: int, end: int, language: str, opens: int) -> bool:
    """The words in the brackets name what the shop should have filled in."""
    inner = _words(match)
    if not inner or inner.isdigit() or len(inner) > (80 if match["round"] else 60):
        return False
    if match["round"]:
        # Round brackets hold remarks; only an order to the author is a placeholder.
        return ROUND.fullmatch(inner) is not None and not (
            ASKS_CUSTOMER.search(text, start, match.start()) or EXAMPLE.search(text, start, match.start())
        )
    before = text[max(start, match.start() - 40) : match.start()]
    if text[match.end() : match.end() + 1] in ("(", "[") or before.endswith(("]", "!", "\\")):
        return False
    after = text[match.end() : match.end() + 2]
    if after[:1] == "@":
        return False
    in_code = before.endswith("-") and re.search(r"\b[A-Z]{3,}-$", before) is not None
    if (before.endswith(("-", "/", "_", "#")) and not (in_code and _code_part(inner))) or (
        after[:1] in "-/_" and after[1:2] == "["
    ):
        return False
    if in_code:
        # "SPRING-[MONTH]": the shop's own code, unless the customer's is shown ("the form ORD-[DATE]").
        return not (
            XS_CODE.search(text, max(start, match.start() - 60), match.start()) or EXAMPLE.search(text, start, end)
        )
    if PERSON.fullmatch(inner) and GREETS.search(before):
        return not _quoted(text, match.start(), opens)
    if inner.lower() in ("number", "x", "n", "amount") and re.match(
        r"\s(?:business |working )?(?:days?|hours?|weeks?|%)", text[match.end() : match.end() + 20]
    ):
        return True
    fills = SHOP_FILLS.fullmatch(inner) is not None
    foreign = language != "en" and FOREIGN_FILLS.fullmatch(inner) is not None
    if not (fills or foreign or PLACEHOLDER_WORDS.fullmatch(inner) or NOUN_PHRASE.fullmatch(inner)):
        return False
    if UI_BEFORE.search(before) or UI_AFTER.match(text, match.end()):
        return False
    if inner.lower() in _MEDIA and match.start() == start and text[match.end() : end].strip():
        # "[Video] How to assemble": the kind of what follows.
        return False
    if fills:
        if inner.count(" ") == 0 and (
            ASKS_CUSTOMER.search(text, start, match.start()) or _quoted(text, match.start(), opens)
        ):
            return False
        return not re.search(
            r"\b(?:e\.g\.|for example|such as|format|pattern|template|sample)\b", text[start : match.start()], re.I
        )
    if match["guillemets"]:
        return False
    # "Go to [Orders]" is a menu; "we ship to [country]" is not.
    if inner[0].isupper() and not inner.isupper() and UI_MAYBE.search(before):
        return False
    if _opens_line(text, match.start(), match.end()):
        return False
    return not (
        ASKS_CUSTOMER.search(text, start, match.start())
        or EXAMPLE.search(text, start, match.start())
        or _quoted(text, match.start(), opens)
    )


def _code_part(inner: str) -> bool:
    """What a shop puts into its codes anew each time."""
    return re.fullmatch(r"(?:MONTH|YEAR|MM|YY|YYYY|DATE|WEEK|CODE|SEASON|NAME|CAMPAIGN|XX+|\?+)", inner) is not None


def _in_path(text: str, start: int, end: int) -> bool:
    """Part of an address, a path or a command: `/users/{id}`, `C:\\{user}`."""
    return text[max(0, start - 1) : start] in ("/", "\\", "=", "$", ".", "-", "_", "`", "@") or (
        text[end : end + 1] in ("/", "\\", "=", ".", "`", "_") and text[end + 1 : end + 2].isalnum()
    )


def _shown(text: str, at: int, start: int) -> bool:
    """Quoted, or said to stand on a thing ("a sticker with the words INSERT HERE")."""
    return _quoted(text, at, start) or STANDS_ON.search(text[max(start, at - 60) : at]) is not None


def _quoted(text: str, at: int, start: int) -> bool:
    """Inside a quotation that opens in the same paragraph."""
    before = text[start:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.count("„") > before.count("“")
