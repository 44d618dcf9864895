"""A crawled page: what it is called, what it says without menus and footers, and what it tells machines.

Works on an lxml tree: several times faster than building a soup, which only the content itself gets later.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin

from kbaudit.model.record import BodyKind
from kbaudit.text.extract import clean_line

# Where help centers, blogs, wikis and shops keep an article's text, most particular first.
CONTENT = (
    "[itemprop~=articleBody]",
    ".article-body",
    ".article__body",
    ".entry-content",
    ".post-content",
    ".wp-block-post-content",
    ".mw-parser-output",
    ".md-content__inner",
    ".theme-doc-markdown",
    ".markdown-body",
    ".shopify-policy__body",
    ".article-content",
    ".article__content",
    ".kb-article",
    ".page-content",
    ".rte",
)
LANDMARKS = (
    "main article",
    "[role=main] article",
    "main",
    "[role=main]",
    "article",
    "#content",
    "#main-content",
    "#main",
)
DROPPED_TAGS = frozenset(
    "script style noscript template iframe object embed svg canvas form button input select textarea nav dialog".split()
)
OUTER_TAGS = frozenset({"header", "footer", "aside"})
DROPPED_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu menubar".split())
NOISE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|nav|navbar|navigation|menu|sidebar|site-header|site-footer|cookies?|consent|newsletter"
    r"|subscribe|share|sharing|social|related|recommended|recirculation|comments?|respond|pagination|pager|toc"
    r"|table-of-contents|skip-link|search|vote|votes|votings?|helpful|feedback|rating|byline|post-navigation"
    r"|mw-editsection|printfooter|catlinks|headerlink|screen-reader-text|sr-only|visually-hidden|wp-block-comments)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
BLOCKS = frozenset(
    "p li div section article ul ol dl dd dt table tr td th thead tbody blockquote pre figure header footer aside main "
    "h1 h2 h3 h4 h5 h6 address details summary hr".split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
REPEATABLE = frozenset(["p", "li", "div", "section", "blockquote", "address", "aside", "footer", "header", "ul", "ol"])
SEPARATORS = re.compile(r"\s+[|·–—»«:-]\s+|\s+::\s+")
MAX_LINKS = 2_000
MAX_SCRIPT = 512 * 1024
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says. `body` is the markup of its content alone; addresses are absolute.

    `blocks` are digests of its paragraphs and list items, by which what stands on every page is told from content;
    `data` holds the page's JSON-LD objects, unnested from `@graph`; times are as written.
    """

    url: str
    title: str
    body: str
    body_kind: BodyKind = "html"
    flags: tuple[str, ...] = ()
    locale: str | None = None
    canonical: str | None = None
    alternates: dict[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    created_at: str | None = None
    updated_at: str | None = None
    section: str | None = None
    hidden: bool = False
    follow: bool = True
    listing: bool = False
    form: bool = False
    blocks: tuple[str, ...] = ()
    data: tuple[dict[str, Any], ...] = ()


def decode_page(body: bytes, charset: str | None) -> tuple[str, bool]:
    """Text of a page and whether bytes had to be replaced: byte order mark, then header, then `<meta>`, then UTF-8."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(codec, "replace"), False
    declared = CHARSET.search(body[:4096])
    names = [charset, declared[1].decode("ascii", "replace") if declared else None, "utf-8", "windows-1252"]
    for name in names:
        if not name or name.lower().replace("_", "-") in ("utf-7", "utf7"):
            continue
        try:
            return body.decode(name), False
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "replace"), True


def read_page(
    body: bytes, url: str, selector: str | None = None, charset: str | None = None, repeated: Iterable[str] = ()
) -> Page:
    """Read a page. `selector` (CSS) names the content where the usual places do not hold it; `repeated` are digests
    of blocks that stand on most pages of the site and are left out. Raises `ValueError` for what is no page."""
    from lxml import etree, html

    text, damaged = decode_page(body, charset)
    if not text.strip():
        return Page(url=url, title="", body="", flags=("empty",))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as problem:
        raise ValueError(f"not a page: {problem}") from None
    base = _base(tree, url)
    head = _Head(tree, base)
    data = _json_ld(tree)
    links = tuple(_links(tree, base))
    section = _section(tree, data)
    form = any(str(node.get("type", "")).lower() == "password" for node in tree.iter("input"))
    content = _content(tree, selector)
    title, heading = _title(tree, content, head)
    _prune(content, heading)
    listing = _is_listing(tree, content, data)
    blocks = tuple(_blocks(content, frozenset(repeated)))
    return Page(
        url=url,
        title=title,
        body=_inner(content),
        flags=("invalid_encoding",) if damaged else (),
        locale=head.locale,
        canonical=head.canonical,
        alternates=head.alternates,
        links=links,
        created_at=_dated(data, "datePublished") or head.meta.get("article:published_time"),
        updated_at=_dated(data, "dateModified")
        or head.meta.get("article:modified_time")
        or head.meta.get("og:updated_time"),
        section=section,
        hidden="noindex" in head.meta.get("robots", ""),
        follow="nofollow" not in head.meta.get("robots", ""),
        listing=listing,
        form=form,
        blocks=blocks,
        data=data,
    )


class _Head:
    """What `<head>` says."""

    def __init__(self, tree: Any, base: str) -> None:
        self.meta: dict[str, str] = {}
        self.canonical: str | None = None
        self.alternates: dict[str, str] = {}
        for node in tree.iter("meta"):
            name = (node.get("property") or node.get("name") or "").strip().lower()
            if name and node.get("content") and name not in self.meta:
                self.meta[name] = node.get("content").strip()[:2000]
        if "robots" in self.meta:
            self.meta["robots"] = self.meta["robots"].lower()
        for node in tree.iter("link"):
            words = (node.get("rel") or "").lower().split()
            href = (node.get("href") or "").strip()
            if not href:
                continue
            if "canonical" in words and self.canonical is None:
                self.canonical = absolute(base, href)
            elif "alternate" in words and node.get("hreflang") and len(self.alternates) < 200:
                target = absolute(base, href)
                if target:
                    self.alternates[node.get("hreflang").strip()[:35]] = target
        language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        self.locale: str | None = (language or self.meta.get("og:locale") or "").strip() or None
        found = tree.find(".//title")
        self.title = clean_line(found.text_content()) if found is not None else ""


def absolute(base: str, href: str) -> str | None:
    """A link's target without its fragment, None where it is no http(s) address."""
    try:
        target = urldefrag(urljoin(base, href))[0]
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) and len(target) <= 2048 else None


def _base(tree: Any, url: str) -> str:
    node = tree.find(".//base[@href]")
    return (absolute(url, node.get("href")) or url) if node is not None else url


def _links(tree: Any, base: str) -> Iterator[str]:
    seen: set[str] = set()
    raw: set[str] = set()
    root = "/".join(base.split("/", 3)[:3])
    for node in tree.iter("a"):
        href = (node.get("href") or "").strip()
        if not href or href[0] == "#" or href in raw or "nofollow" in (node.get("rel") or "").lower():
            continue
        raw.add(href)
        # Most links of a site are paths from its root: joining those needs no parsing.
        plain = href[0] == "/" and href[1:2] != "/" and "/." not in href and len(href) < 1024
        target = root + href.partition("#")[0] if plain else absolute(base, href)
        if target and target not in seen:
            seen.add(target)
            yield target
            if len(seen) >= MAX_LINKS:
                return


def _json_ld(tree: Any) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for node in tree.iter("script"):
        if (node.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        raw = (node.text or "").strip().strip(";")
        if not raw or len(raw) > MAX_SCRIPT:
            continue
        try:
            # Shops write line breaks into strings, which strict JSON forbids.
            value = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        while waiting and len(found) < 500:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting[:0] = item
            elif isinstance(item, dict):
                if isinstance(item.get("@graph"), list):
                    waiting[:0] = item["@graph"]
                if "@type" in item:
                    found.append(item)
    return tuple(found)


def kinds(item: dict[str, Any]) -> frozenset[str]:
    """The schema.org types of a JSON-LD object, without their address."""
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(str(name).rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def _dated(data: tuple[dict[str, Any], ...], name: str) -> str | None:
    for item in data:
        value = item.get(name)
        if isinstance(value, str) and value.strip() and not kinds(item) & {"Comment", "Review", "ImageObject"}:
            return value.strip()[:40]
    return None


def _section(tree: Any, data: tuple[dict[str, Any], ...]) -> str | None:
    """The breadcrumbs without the first (the site) and the last (the page itself)."""
    names: list[str] = []
    for item in data:
        if "BreadcrumbList" in kinds(item) and isinstance(item.get("itemListElement"), list):
            for step in item["itemListElement"]:
                if isinstance(step, dict):
                    inner = step.get("item")
                    name = step.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
                    names.append(clean_line(name) if isinstance(name, str) else "")
            break
    if not names:
        for node in tree.iter("nav", "ol", "ul", "div"):
            label = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}".lower()
            if "breadcrumb" in label:
                steps = list(node.iter("li")) or list(node.iter("a"))
                names = [clean_line(step.text_content()).strip("/›»> ") for step in steps]
                if steps and steps[0].tag == "a":
                    names.append("")
                break
    middle = [name for name in names[1:-1] if name]
    return " > ".join(middle)[:300] or None


def _content(tree: Any, selector: str | None) -> Any:
    body = tree.find("body")
    whole = body if body is not None else tree
    if selector:
        found = _select(tree, selector)
        if found:
            return max(found, key=_text_size)
    index = _index(tree)
    for names in (CONTENT, LANDMARKS):
        for name in names:
            found = _indexed(index, name)
            if not found:
                continue
            found = [node for node in found if not _outside(node)]
            found = [node for node in found if not any(above in found for above in node.iterancestors())]
            if not found or (name == "article" and len(found) > 1):
                continue
            best = max(found, key=_text_size)
            if _text_size(best) >= 20:
                return best
    return whole


def _index(tree: Any) -> dict[str, list[Any]]:
    """Elements by tag, `.class`, `#id`, role and itemprop: one walk instead of one a selector."""
    found: dict[str, list[Any]] = {}
    for node in tree.iter():
        tag = node.tag
        if tag in ("main", "article"):
            found.setdefault(tag, []).append(node)
        if not node.attrib:
            continue
        for name in set((node.get("class") or "").split()):
            found.setdefault(f".{name}", []).append(node)
        if node.get("id"):
            found.setdefault(f"#{node.get('id')}", []).append(node)
        if node.get("role") == "main":
            found.setdefault("[role=main]", []).append(node)
        if "articleBody" in (node.get("itemprop") or "").split():
            found.setdefault("[itemprop~=articleBody]", []).append(node)
    return found


def _indexed(index: dict[str, list[Any]], name: str) -> list[Any]:
    above, _, inner = name.rpartition(" ")
    found = index.get(inner, [])[:200]
    if not above or not found:
        return found
    outer = index.get(above, [])
    return [node for node in found if any(step in outer for step in node.iterancestors())]


def _select(tree: Any, selector: str) -> list[Any]:
    """Elements for the small part of CSS that is needed here: tags, #id, .class, [attr], [attr=x], [attr~=x], A B."""
    found = [tree]
    for part in selector.split():
        match = re.fullmatch(r"([a-zA-Z0-9]*)((?:[#.][\w-]+|\[[\w-]+(?:~?=\"?[\w -]+\"?)?\])*)", part)
        if match is None:
            return []
        tests = []
        for test in re.findall(r"[#.][\w-]+|\[[^\]]+\]", match[2]):
            if test[0] == "#":
                tests.append(f"@id='{test[1:]}'")
            elif test[0] == ".":
                tests.append(f"contains(concat(' ', normalize-space(@class), ' '), ' {test[1:]} ')")
            else:
                name, mark, value = test[1:-1].replace('"', "").partition("=")
                if not mark:
                    tests.append(f"@{name}")
                elif name.endswith("~"):
                    tests.append(f"contains(concat(' ', normalize-space(@{name[:-1]}), ' '), ' {value} ')")
                else:
                    tests.append(f"@{name}='{value}'")
        path = f".//{match[1] or '*'}" + "".join(f"[{test}]" for test in tests)
        found = [node for above in found for node in above.xpath(path)][:200]
    return list(dict.fromkeys(found))


def _outside(node: Any) -> bool:
    """Whether an element lies in a menu, a footer or a comment."""
    for above in node.iterancestors():
        if above.tag in ("nav", "footer", "aside") or (above.get("role") or "") in ("navigation", "contentinfo"):
            return True
        label = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag not in ("body", "html") and re.search(r"(?:^|[\s_-])comments?(?:$|[\s_-])", label):
            return True
    return False


def _text_size(node: Any) -> int:
    return len("".join(node.text_content().split()))


def _title(tree: Any, content: Any, head: _Head) -> tuple[str, Any]:
    """The title, and the heading in the content that says the same."""
    site = head.meta.get("og:site_name", "")
    for place in (content, tree):
        for node in place.iter("h1"):
            text = clean_line(node.text_content())
            if text and text != site and not (place is tree and _in_banner(node)):
                return text[:500], node if place is content else None
    named = head.meta.get("og:title") or head.title
    if site and named.endswith(site):
        named = SEPARATORS.sub(" | ", named[: -len(site)]).strip(" |")
    elif named == head.title:
        parts = SEPARATORS.split(named)
        named = parts[0] if len(parts) > 1 and len(parts[0]) >= 3 else named
    title = clean_line(named)[:500]
    if title:
        for node in content.iter("h1", "h2"):
            if clean_line(node.text_content()) == title:
                return title, node
        return title, None
    for node in content.iter("h2", "h3"):
        text = clean_line(node.text_content())
        if text:
            return text[:500], node
    return "", None


def _in_banner(node: Any) -> bool:
    return any(
        above.get("role") == "banner" or "site-header" in (above.get("class") or "") for above in node.iterancestors()
    )


def _prune(content: Any, heading: Any) -> None:
    """Take out what is no content: scripts, menus, forms, widgets, and the heading that is the title."""
    doomed = []
    total = max(1, _text_size(content))
    for node in content.iter():
        if node is content or not isinstance(node.tag, str):
            continue
        outer = node.tag in OUTER_TAGS
        label = f"{node.get('class') or ''} {node.get('id') or ''}"
        if (
            node is heading
            or node.tag in DROPPED_TAGS
            or (node.get("role") or "") in DROPPED_ROLES
            or (outer and (content.tag in ("body", "html") or _link_share(node) > 0.5))
            # A widget is a small part; a theme that calls its whole text "page-search-content" is not cut away.
            or (len(label) > 1 and NOISE.search(label) and _text_size(node) < 0.4 * total)
        ):
            doomed.append(node)
    for node in doomed:
        _remove(node)


def _is_listing(tree: Any, content: Any, data: tuple[dict[str, Any], ...]) -> bool:
    """Whether a page only leads to others: an archive, a category, search results."""
    body = tree.find("body")
    names = set((body.get("class") or "").lower().split()) if body is not None else set()
    if names & {"archive", "category", "tag", "author", "search", "search-results", "blog", "home-page", "paged"}:
        return True
    types = {name for item in data for name in kinds(item)}
    if types & {"CollectionPage", "SearchResultsPage"} and not types & {"Article", "BlogPosting", "FAQPage"}:
        return True
    return _link_share(content) > 0.7


def _link_share(node: Any) -> float:
    size = _text_size(node)
    return 1.0 if not size else sum(_text_size(link) for link in node.iter("a")) / size


def _remove(node: Any) -> None:
    """Take an element out, keeping the text behind it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + " " + node.tail
        else:
            before.tail = (before.tail or "") + " " + node.tail
    parent.remove(node)


def _blocks(content: Any, repeated: frozenset[str]) -> Iterator[str]:
    """Digests of the innermost blocks; those in `repeated` are taken out, with a heading that they leave alone."""
    doomed = []
    for node in list(content.iter(*REPEATABLE)):
        if node is content or next(node.iterdescendants(*BLOCKS), None) is not None:
            continue
        words = " ".join(node.text_content().split())
        if not words or len(words) > 600:
            continue
        digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
        yield digest
        if digest in repeated and not any(above.tag in ("table", "pre") for above in node.iterancestors()):
            doomed.append(node)
    headings = [(node, _under(node)) for node in content.iter(*HEADINGS)] if doomed else []
    for node in doomed:
        _remove(node)
    for node, before in headings:
        if before and not _under(node):
            _remove(node)


def _under(heading: Any) -> str:
    """The text between a heading and the next one among its siblings."""
    parts = [heading.tail or ""]
    for node in heading.itersiblings():
        if node.tag in HEADINGS:
            break
        parts.append(node.text_content())
        parts.append(node.tail or "")
    return " ".join("".join(parts).split())


def _inner(content: Any) -> str:
    from lxml import html

    pieces = [content.text or ""] if not content.text else [_escaped(content.text)]
    pieces.extend(html.tostring(child, encoding="unicode") for child in content)
    return "".join(pieces).strip()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
