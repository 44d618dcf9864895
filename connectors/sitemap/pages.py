"""One page of a site: asked for, read, and turned into records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from connectors.sitemap.address import Scope, id_of
from kbaudit.connector import Source, setting
from kbaudit.errors import BlockedAddress, SourceRefused, SourceUnavailable, Unreadable
from kbaudit.http import Answer, Client
from kbaudit.model.record import ArticleRecord, Deleted, Item, ProductRecord, Skipped
from kbaudit.parsing import safe_page
from kbaudit.text import fields, rows, schema_org
from kbaudit.text.languages import is_locale
from kbaudit.text.page import Page, kinds

# Why a page that asks for a name and a password is not read.
LOGS_IN = "the page asks to log in"
LOGIN = re.compile(r"log ?in|sign ?in|anmelden|connexion|iniciar sesi", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"^\W*(?:error )?404\b(?! ?[a-z]{4,}s?$)|404 (?:error|not found)|\b(?:page|article|seite|p[aá]gina)\b.{0,30}"
    r"(?:not found|doesn.t exist|does not exist|no longer (?:available|exists)|nicht gefunden|introuvable"
    r"|no encontrada)"
    r"|^not found$",
    re.IGNORECASE,
)
# Types of schema.org that say: this page is a text, even where it names a product.
ARTICLES = frozenset({"Article", "BlogPosting", "NewsArticle", "TechArticle", "FAQPage", "HowTo"})


@dataclass(slots=True)
class Fetched:
    """A page that answered, or what to say about one that did not."""

    id: str
    url: str
    answer: Answer | None = None
    item: Item | None = None
    failed: bool = False
    refused: bool = False


class Pages:
    """Asks for the pages of one site and reads them."""

    def __init__(self, source: Source, client: Client, scope: Scope) -> None:
        self.source = source
        self.client = client
        self.scope = scope
        self.kind = setting(source, "kind", default="articles")
        self._selector: str | None = source.settings.get("content")
        self._zone = fields.zone_of(source.zone)

    def fetch(self, url: str, known: list[str] | None) -> Fetched:
        """Ask for a page, conditionally where it is `known` (see `State.pages`). Safe to be called from a thread."""
        identity = id_of(url)
        validators = {"etag": known[1], "last-modified": known[2]} if known else None
        try:
            answer = self.client.get(url, validators=validators, accept=(404, 410))
        except SourceRefused as problem:
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True), refused=True)
        except (Unreadable, BlockedAddress) as problem:
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True))
        except SourceUnavailable as problem:
            if problem.retry_after is not None and problem.retry_after > self.client.patience:
                raise
            return Fetched(identity, url, item=Skipped(identity, str(problem), known=True), failed=True)
        if answer.status in (404, 410):
            gone = Skipped(identity, f"status {answer.status}")
            return Fetched(identity, url, item=Deleted("article", identity) if known else gone)
        if not self.scope.same_site(answer.url):
            return Fetched(identity, url, item=Skipped(identity, "leads to another site"))
        return Fetched(identity, url, answer)

    def page(self, answer: Answer, repeated: frozenset[str] = frozenset()) -> Page:
        """What an answer says, without the blocks that repeat on most pages."""
        return safe_page(answer.body, answer.url, self._selector, _charset(answer), repeated)

    def items(self, fetched: Fetched, page: Page) -> list[Item]:
        """The records of a page."""
        reason = _unusable(page)
        if reason:
            return [Skipped(fetched.id, reason, known=reason == LOGS_IN)]
        found = schema_org.product_rows(page.data, page.url)
        products = self._products(found) if found and not _is_article(page) else []
        if products or self.kind == "products":
            return products
        return [] if page.listing else self._article(fetched, page)

    def _article(self, fetched: Fetched, page: Page) -> list[Item]:
        faq = [pair for pair in schema_org.questions(page.data) if pair[0] not in page.body]
        notes: list[Item] = []
        times: dict[str, Any] = {}
        for name, value in (("created_at", page.created_at), ("updated_at", page.updated_at)):
            try:
                times[name] = fields.when(value, self._zone) if value else None
            except ValueError as problem:
                notes.append(Skipped(fetched.id, f"{name}: {problem}: left out", used=True, known=True))
        origin = page.alternates.get(self.source.locale) or page.alternates.get(self.source.locale.split("-")[0])
        origin_id = id_of(origin) if origin and self.scope.wanted(origin) else None
        extra: dict[str, Any] = {}
        if page.flags:
            extra["flags"] = list(page.flags)
            notes.append(Skipped(fetched.id, f"read in part: {', '.join(page.flags)}", used=True, known=True))
        if page.hidden:
            extra["noindex"] = True
        record = ArticleRecord(
            id=fetched.id,
            title=page.title,
            body=page.body + schema_org.faq_markup(faq),
            body_kind=page.body_kind,
            url=page.canonical if page.canonical and self.scope.same_site(page.canonical) else page.url,
            locale=_locale(page, fetched.url),
            translation_of=origin_id if origin_id != fetched.id else None,
            section=page.section,
            extra=extra,
            **times,
        )
        return [record, *notes]

    def _products(self, found: list[dict[str, Any]]) -> list[Item]:
        items: list[Item] = []
        for values in found:
            row = rows.Row(values, self._zone, self.source.currency)
            try:
                record: ProductRecord = rows.product(row, self.source.name)
            except Unreadable as problem:
                items.append(Skipped(str(values.get("id") or ""), str(problem), known=bool(values.get("id"))))
                continue
            items.append(record)
            items.extend(Skipped(record.product.id, note, used=True, known=True) for note in row.notes)
        return items


def _unusable(page: Page) -> str:
    size = len(re.sub(r"<[^>]*>|\s", "", page.body))
    if "empty" in page.flags or not (page.title or size):
        return "the page is empty"
    if page.form and size < 1500 and LOGIN.search(f"{page.title} {page.body[:2000]}"):
        return LOGS_IN
    if size < 600 and NOT_FOUND.search(page.title):
        return "the page says that it does not exist"
    return ""


def _charset(answer: Answer) -> str | None:
    match = re.search(r"charset=[\"']?([\w.:-]+)", answer.headers.get("content-type", ""), re.IGNORECASE)
    return match[1] if match else None


def _locale(page: Page, url: str) -> str | None:
    for value in (page.locale, *(part for part in urlsplit(url).path.split("/") if is_locale(part))):
        try:
            if value:
                return fields.locale(value)
        except ValueError:
            continue
    return None


def _is_article(page: Page) -> bool:
    return any(kinds(item) & ARTICLES for item in page.data)
