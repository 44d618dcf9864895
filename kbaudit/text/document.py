"""From a served record to a cleaned document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kbaudit.model.document import Document
from kbaudit.model.record import ArticleRecord, When
from kbaudit.text.extract import Extract, from_html, from_markdown, from_text

Extractor = Callable[[ArticleRecord], Extract]


def extract(record: ArticleRecord) -> Extract:
    """The plain text of a record's body, in this process."""
    if record.body_kind == "html":
        return from_html(record.title, record.body, record.url)
    if record.body_kind == "markdown":
        return from_markdown(record.title, record.body, record.url)
    return from_text(record.title, record.body)


def first_moment(when: When | None, zone: ZoneInfo) -> datetime | None:
    """A time as it is; a day as its first moment in the zone."""
    if when is None or isinstance(when, datetime):
        return when
    return datetime.combine(when, time.min, zone)


def last_moment(when: When | None, zone: ZoneInfo) -> datetime | None:
    """A time as it is; a day as its last moment in the zone."""
    if when is None or isinstance(when, datetime):
        return when
    return end_of_day(when, zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last microsecond of a day in a zone."""
    try:
        return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)
    except OverflowError:
        return datetime.combine(day, time.max, zone)


def content_hash(record: ArticleRecord) -> str:
    """A digest of everything that a reader or a fact can see of an article; not of times, owner or labels' order."""
    digest = hashlib.sha256()
    for part in (
        record.title,
        record.body_kind,
        record.body,
        record.url or "",
        record.locale or "",
        record.section or "",
        record.kind,
        "\x1f".join(sorted(record.labels)),
        repr((record.audience.regions, record.audience.segments, record.audience.channels)),
        repr((record.created_at, record.updated_at)),
    ):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def build(
    record: ArticleRecord, *, source: str, locale: str, zone: ZoneInfo, extractor: Extractor = extract
) -> Document:
    """A document from a record. `locale` is the shop's; days become moments in the shop's `zone`."""
    body = extractor(record)
    return Document(
        id=record.id,
        source=source,
        kind=record.kind,
        title=body.text[: body.blocks[0].end] if body.blocks else record.title,
        text=body.text,
        blocks=body.blocks,
        links=body.links,
        struck=body.struck,
        url=record.url,
        locale=record.locale or locale,
        translation_of=record.translation_of,
        published=record.published,
        created_at=first_moment(record.created_at, zone),
        updated_at=first_moment(record.updated_at, zone),
        reviewed_at=first_moment(record.reviewed_at, zone),
        section=record.section,
        labels=tuple(sorted(record.labels)),
        owner=record.owner,
        audience=record.audience,
        valid_from=first_moment(record.valid_from, zone),
        valid_until=last_moment(record.valid_until, zone),
        content_hash=content_hash(record),
        flags=body.flags,
    )
