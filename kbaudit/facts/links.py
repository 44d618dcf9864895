"""Links between articles: where does each lead, and does it still lead to something that customers may read?

An address is judged only by what the base itself shows: that its siblings (same host, same folder of the path) are
articles of the base while it is not, or that the article it names is a draft, expired or not yet due.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from kbaudit.check import Snapshot
from kbaudit.model.document import Document, Link

# So many articles must share a folder of addresses before an unknown page in it counts as an article that is gone.
MIN_SIBLINGS = 2
# So many anchors must match headings before one that does not is a fault; the rest may miss in one of twenty.
MIN_ANCHORS = 3
ZENDESK = re.compile(r"^(?P<root>.*/hc)/(?:(?P<locale>[a-z]{2}(?:-[a-z0-9]{2,4})?)/)?articles/(?P<id>\d{5,})")
NUMBERED = re.compile(r"^(?P<folder>.*/(?:articles?|a|kb|faq|help|solutions/articles))/(?P<id>\d{4,})(?:-[^/]*)?$")
ARTICLE_FILE = re.compile(r"\.(?:md|markdown|html?|txt|mdx)$", re.I)
OTHER_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|pdf|zip|mp4|mov|webm|csv|xlsx?|docx?|ico|css|js|xml|json|ics|eps|ai|psd|dmg|exe)$",
    re.I,
)
MALFORMED = re.compile(
    r"^(?:https?:/{0,2}$|https?:/(?!/)|https?://https?[:/]|htp:|htpp|ttp|http//|https//|https?:\s|https?://[^/]*\s)",
    re.I,
)
LOCAL = re.compile(r"^(?:file:/|[a-zA-Z]:\\|https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/]|$))", re.I)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that leads nowhere: why, and the article it used to lead to where the base still has it."""

    document: Document
    link: Link
    reason: str
    target: Document | None = None
    score: float = 0.9


class Addresses:
    """The addresses of the base's articles."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.pages: dict[Key, list[Document]] = defaultdict(list)
        self.ids: dict[tuple[str, str], Document] = {}
        self.folders: Counter[Key] = Counter()
        self.live = {document.ref for document in snapshot.live}
        for document in snapshot.documents:
            self.ids[document.source, _plain_id(document.id)] = document
            if not document.url:
                continue
            for key in keys(document.url):
                self.pages[key].append(document)
            folder = folder_of(document.url)
            if folder:
                self.folders[folder] += 1

    def find(self, href: str) -> list[Document] | None:
        """The articles at an address: empty where an article's address is meant and none is there; None where
        nothing can be said."""
        for key in keys(href):
            if key in self.pages:
                return self.pages[key]
        folder = folder_of(href)
        if folder is not None and self.folders[folder] >= MIN_SIBLINGS and not OTHER_FILE.search(urlsplit(href).path):
            return []
        return None

    def beside(self, document: Document, href: str) -> list[Document] | None:
        """The article that a relative link names by id or by file, as `find`; for articles without an address."""
        path = unquote(href.split("#", 1)[0].split("?", 1)[0])
        if not path or OTHER_FILE.search(path):
            return None
        plain = ARTICLE_FILE.sub("", path)
        for candidate in (
            normpath(join(dirname(document.id), plain)),
            normpath(plain.lstrip("/")),
            plain.strip("/").rsplit("/", 1)[-1],
        ):
            found = self.ids.get((document.source, candidate.lower()))
            if found is not None:
                return [found]
        if ARTICLE_FILE.search(path) and not path.startswith("/"):
            return []
        return None


def _plain_id(identifier: str) -> str:
    return ARTICLE_FILE.sub("", identifier).strip("/").lower()


def keys(url: str) -> list[Key]:
    """What a page may be known by: host and article number where the address has one, host and path."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return []
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return []
    host = parts.hostname.removeprefix("www.")
    path = ARTICLE_FILE.sub("", unquote(parts.path).lower().rstrip("/")) or "/"
    found = [(host, path)]
    match = ZENDESK.match(path)
    if match:
        locale = match["locale"]
        found.append((host, f"{match['root']}/{locale}/#{match['id']}"))
        if locale is None:
            found.append((host, f"{match['root']}//#{match['id']}"))
        found.append((host, f"{match['root']}//#{match['id']}"))
    elif numbered := NUMBERED.match(path):
        found.append((host, f"{numbered['folder']}/#{numbered['id']}"))
    return found


def folder_of(url: str) -> Key | None:
    """Host and folder of an article's address: the pattern that its siblings follow."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.")
    path = unquote(parts.path).lower().rstrip("/")
    match = ZENDESK.match(path)
    if match:
        return (host, f"{match['root']}/*/articles")
    if parts.query and not path.strip("/"):
        return None
    folder, _, slug = path.rpartition("/")
    return (host, folder) if slug and folder else None


def find(snapshot: Snapshot) -> tuple[Dead, ...]:
    """Every dead link of the live articles, in order."""
    addresses = Addresses(snapshot)
    candidates = [(document, link) for document in snapshot.live for link in document.links]
    resolved = {link.href for document, link in candidates if _targets(addresses, document, link.href)}
    missing = {link.href for document, link in candidates if _targets(addresses, document, link.href) == []}
    # Where most links between articles miss, what was given is a part of the base, and misses prove nothing.
    partial = len(missing) > max(2, len(resolved))
    found: list[Dead] = []
    for document, link in candidates:
        dead = _judge(addresses, document, link, partial)
        if dead is not None:
            found.append(dead)
    found.extend(_anchors(snapshot, addresses))
    return tuple(sorted(found, key=lambda dead: (dead.document.ref, dead.link.start, dead.link.href)))


def _targets(addresses: Addresses, document: Document, href: str) -> list[Document] | None:
    if href.startswith(("#", "mailto:", "tel:")):
        return None
    if href.startswith(("http://", "https://")):
        return addresses.find(href)
    if re.match(r"[a-z][a-z0-9+.-]*:", href, re.I):
        return None
    return addresses.beside(document, href)


def _judge(addresses: Addresses, document: Document, link: Link, partial: bool) -> Dead | None:
    snapshot = addresses.snapshot
    href = link.href
    status = snapshot.link_status.get(href.split("#", 1)[0])
    if MALFORMED.search(href):
        return Dead(document, link, "the address is malformed", None, 0.9)
    if LOCAL.search(href):
        return Dead(document, link, "the address exists on one computer only", None, 0.85)
    targets = _targets(addresses, document, href)
    if targets:
        if any(target.ref in addresses.live for target in targets):
            return None
        target = targets[0]
        if target.ref == document.ref:
            return None
        return Dead(document, link, _why(target, snapshot), target, 0.95)
    if targets is not None and not partial and status in (None, 404, 410, "gone"):
        return Dead(document, link, "no article has this address any more", None, 0.85)
    if status in (404, 410):
        return Dead(document, link, f"the page answers {status}", None, 0.95)
    if status in ("gone", "no such host"):
        return Dead(document, link, "the site does not exist any more", None, 0.9)
    return None


def _why(target: Document, snapshot: Snapshot) -> str:
    if not target.published:
        return f"“{target.title}” is not published"
    if target.valid_until is not None and target.valid_until < snapshot.now:
        return f"“{target.title}” expired on {target.valid_until.date().isoformat()}"
    return f"“{target.title}” is not live yet"


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _anchors(snapshot: Snapshot, addresses: Addresses) -> Iterable[Dead]:
    """Anchors that no heading answers to, in bases whose anchors follow the headings.

    Anchors set by hand do not show in the plain text, so a miss is reported only where (nearly) all other anchors of
    the base match the headings of the articles they lead into.
    """
    matched = 0
    missing: list[Dead] = []
    for document in snapshot.live:
        for link in document.links:
            base, mark, anchor = link.href.partition("#")
            wanted = _slug(unquote(anchor))
            if not mark or len(wanted) < 4 or wanted in ("content", "main", "footer", "header"):
                continue
            if not base or (document.url and keys(base)[:1] == keys(document.url)[:1]):
                target = document
            else:
                targets = _targets(addresses, document, base)
                if not targets or targets[0].ref not in addresses.live:
                    continue
                target = targets[0]
            headings = {_slug(target.text[b.start : b.end]) for b in target.blocks if b.kind in ("heading", "title")}
            if any(h and (wanted in h or h in wanted) for h in headings):
                matched += 1
            else:
                reason = f"“{target.title}” has no heading for “#{anchor}” any more"
                missing.append(Dead(document, link, reason, target, 0.7))
    return missing if matched >= MIN_ANCHORS and len(missing) * 20 <= matched + 17 else []
