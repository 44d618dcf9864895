"""From what connectors deliver to a corpus in memory: cleaned documents, products, redacted conversations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbaudit.config import Settings, placed
from kbaudit.errors import ConfigError, UsageError
from kbaudit.facts.calendar import wrong_rules
from kbaudit.jobs.redaction import CatalogCodes, redact
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document
from kbaudit.model.product import Product
from kbaudit.model.record import ArticleRecord, ConversationRecord, Item, ProductRecord, Skipped
from kbaudit.parsing import safe_extract
from kbaudit.text.document import Extractor, build, end_of_day
from kbaudit.text.regions import CURRENCY_OF, REGION_OF_LANGUAGE, ZONE_OF, wrong_region


@dataclass(slots=True)
class Corpus:
    """What was read. Later records with the same source and id replace earlier ones, whichever is newer."""

    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    products: dict[tuple[str, str], Product] = field(default_factory=dict)
    conversations: dict[tuple[str, str], Conversation] = field(default_factory=dict)
    problems: list[Skipped] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many records could not be used."""
        return sum(not problem.used for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the shop is: what bare dates, prices and locales mean."""

    regions: tuple[str, ...]
    zone: ZoneInfo
    currency: str
    locale: str

    def moment(self, day: date | None) -> datetime:
        """The end of a day in the shop's zone; today's if None."""
        return end_of_day(day or datetime.now(self.zone).date(), self.zone)


def check_events(settings: Settings, place: Place) -> None:
    """Raises `ConfigError` for days of the shop's own events that cannot be read."""
    if wrong := wrong_rules(settings.events, place.regions[0]):
        raise ConfigError([placed(problem, settings.folder) for problem in wrong])


def place_of(settings: Settings, regions: Iterable[str] = (), locales: Iterable[str] = ()) -> Place:
    """Region from the caller, else the configuration, else the commonest locale's, else US.

    The zone and the currency are the region's unless configured. Raises `UsageError` for a region or a zone that does
    not exist.
    """
    shop = settings.shop
    asked = tuple(dict.fromkeys(region.strip().upper() for region in regions))
    if wrong := [sentence for region in asked if (sentence := wrong_region(region))]:
        raise UsageError(" ".join(wrong))
    found = asked or tuple(shop.regions)
    locale = shop.locale
    if locale is None:
        counts: dict[str, int] = {}
        for name in locales:
            counts[name] = counts.get(name, 0) + 1
        locale = min(counts, key=lambda name: (-counts[name], name)) if counts else None
    if not found:
        found = (_region_of_locale(locale) or "US",)
    zone_name = shop.zone or ZONE_OF.get(found[0], "UTC")
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f'Unknown time zone "{zone_name}". Use an IANA name such as Europe/Berlin.') from None
    return Place(found, zone, shop.currency or CURRENCY_OF.get(found[0], "USD"), locale or "en")


def _region_of_locale(locale: str | None) -> str | None:
    if not locale:
        return None
    parts = locale.replace("_", "-").split("-")
    for part in parts[1:]:
        if len(part) == 2 and part.isalpha():
            return part.upper()
    return REGION_OF_LANGUAGE.get(parts[0].lower())


def collect(
    items: Iterable[Item],
    corpus: Corpus,
    *,
    source: str,
    place: Place,
    settings: Settings,
    extractor: Extractor = safe_extract,
    tick: Callable[[], None] | None = None,
) -> None:
    """Clean what a source delivers into `corpus`: nothing raises for one bad record, it is listed."""
    catalog = CatalogCodes(lambda: [product.title for product in corpus.products.values()])
    for item in items:
        if tick:
            tick()
        if isinstance(item, ArticleRecord):
            document = build(item, source=source, locale=place.locale, zone=place.zone, extractor=extractor)
            if document.flags:
                reason = f"read in part: {', '.join(document.flags)}"
                corpus.problems.append(Skipped(document.id, reason, used=True, known=True))
            known = corpus.documents.get(document.ref)
            if known is None:
                corpus.documents[document.ref] = document
            elif known.content_hash != document.content_hash:
                corpus.problems.append(
                    Skipped(document.id, f'the id "{document.id}" stands twice; one of the two is used')
                )
                corpus.documents[document.ref] = max(known, document, key=_newest)
        elif isinstance(item, ProductRecord):
            corpus.products[item.product.ref] = item.product
        elif isinstance(item, ConversationRecord):
            conversation = redact(item, settings, catalog)
            corpus.conversations[conversation.ref] = conversation
        elif isinstance(item, Skipped):
            corpus.problems.append(item)


def _newest(document: Document) -> tuple[float, str]:
    return (document.edited_at.timestamp() if document.edited_at else 0.0, document.content_hash)


def settings_digest(settings: Settings, place: Place) -> str:
    """A digest of all settings that a document fact may read."""
    parts = [
        place.regions,
        place.zone.key,
        place.currency,
        place.locale,
        [[e.name, sorted(e.rule.items(), key=str), e.regions, e.aliases] for e in settings.events],
        [[p.name, p.cues, p.unit] for p in settings.policies],
    ]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]
