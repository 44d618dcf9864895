"""One row of an export (fields as in the file formats) to one record.

A row that lacks what is required, or whose visibility cannot be told, raises `Unreadable`. A bad value in any other
field is left out, and a note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, TypeVar

from kbaudit.errors import Unreadable
from kbaudit.model.conversation import ROLES, Conversation, Message
from kbaudit.model.product import Product, ShippingRate, Threshold
from kbaudit.model.record import ArticleRecord, Audience, BodyKind, ConversationRecord, ProductRecord
from kbaudit.text import fields

T = TypeVar("T")
BODIES: tuple[tuple[str, BodyKind], ...] = (("body_html", "html"), ("body_markdown", "markdown"), ("body_text", "text"))
KINDS = ("article", "policy", "macro", "guidance")
ROLE_WORDS = {
    "user": "customer",
    "client": "customer",
    "visitor": "customer",
    "end-user": "customer",
    "end_user": "customer",
    "contact": "customer",
    "lead": "customer",
    "requester": "customer",
    "bot": "ai",
    "assistant": "ai",
    "chatbot": "ai",
    "human": "agent",
    "admin": "agent",
    "teammate": "agent",
    "operator": "agent",
    "support": "agent",
}
ARTICLE_FIELDS = frozenset(
    """id title body_html body_markdown body_text url locale translation_of published created_at updated_at reviewed_at
    section labels owner audience valid_from valid_until kind""".split()
)
PRODUCT_FIELDS = frozenset(
    """id title item_group_id description link price sale_price sale_price_effective_date availability
    availability_date brand gtin mpn product_type updated_at return_window_days return_policy_url
    free_shipping_threshold shipping""".split()
)
CONVERSATION_FIELDS = frozenset(
    """id started_at ended_at channel locale customer_id customer_name customer_email topic product_ids handled_by
    agent_id team resolved escalated escalation_reason csat handle_seconds prompt_version messages""".split()
)


@dataclass(slots=True)
class Row:
    """A row being read: what it holds, where times and money of the shop are, and what had to be left out."""

    values: Mapping[str, Any]
    zone: tzinfo
    currency: str = "USD"
    notes: list[str] = field(default_factory=list)

    def required(self, name: str) -> str:
        """A string that has to be there; a whole number counts for an id."""
        value = self.values.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            raise Unreadable(f"no {name}")
        if not isinstance(value, str):
            raise Unreadable(f"{name} is not a string")
        if not value.strip():
            raise Unreadable(f"no {name}")
        return value.strip()

    def text(self, name: str) -> str | None:
        """A string, a number as written, or None."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self.notes.append(f"{name} is not a string: left out")
        return None

    def read(self, name: str, reader: Callable[[Any], T]) -> T | None:
        """The field through a reader, None where it is absent or, with a note, unreadable."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except ValueError as problem:
            self.notes.append(f"{name}: {problem}: left out")
            return None

    def sure(self, name: str, reader: Callable[[Any], T]) -> T | None:
        """As `read`, but a bad value makes the row unreadable: guessing it could show what is hidden."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except ValueError as problem:
            raise Unreadable(f"{name}: {problem}") from None

    def rest(self, known: frozenset[str]) -> dict[str, object]:
        """Fields that the formats do not name: kept."""
        return {name: value for name, value in self.values.items() if name not in known}

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings; a single string is split at commas."""
        value = self.values.get(name)
        if value is None or value == "":
            return ()
        try:
            return _strings(value)
        except ValueError as problem:
            self.notes.append(f"{name}: {problem}: left out")
            return ()


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, (list, tuple)) or not all(
        isinstance(item, (str, int, float)) and not isinstance(item, bool) for item in value
    ):
        raise ValueError("not a list of strings")
    return tuple(text for item in value if (text := str(item).strip()))


def article(row: Row) -> ArticleRecord:
    """A row of `articles.jsonl`. Raises `Unreadable`."""
    values = row.values
    identity = row.required("id")
    title = row.required("title")
    bodies = [(name, kind) for name, kind in BODIES if values.get(name) is not None]
    if not bodies:
        raise Unreadable("no body: one of body_html, body_markdown, body_text is required")
    if len(bodies) > 1:
        filled = [(name, kind) for name, kind in bodies if values[name] != ""]
        if len(filled) != 1:
            raise Unreadable(f"more than one body: {', '.join(name for name, _ in bodies)}")
        bodies = filled
    name, body_kind = bodies[0]
    body = values[name]
    if not isinstance(body, str):
        raise Unreadable(f"{name} is not a string")
    published = row.sure("published", fields.flag)
    kind = row.text("kind") or "article"
    if kind not in KINDS:
        row.notes.append(f"kind: {kind!r} is none of {', '.join(KINDS)}: read as article")
        kind = "article"

    def when(value: object) -> Any:
        return fields.when(value, row.zone)

    audience = values.get("audience")
    return ArticleRecord(
        id=identity,
        title=title,
        body=body,
        body_kind=body_kind,
        url=row.text("url"),
        locale=row.read("locale", fields.locale),
        translation_of=row.text("translation_of"),
        published=True if published is None else published,
        created_at=row.read("created_at", when),
        updated_at=row.read("updated_at", when),
        reviewed_at=row.read("reviewed_at", when),
        section=row.text("section"),
        labels=row.strings("labels"),
        owner=row.text("owner"),
        audience=_audience(audience) if audience else Audience(),
        valid_from=row.sure("valid_from", when),
        valid_until=row.sure("valid_until", when),
        kind=kind,
        extra=row.rest(ARTICLE_FIELDS),
    )


def _audience(value: object) -> Audience:
    if not isinstance(value, Mapping):
        raise Unreadable("audience is not an object with regions, segments, channels")
    try:
        return Audience(**{name: _strings(value.get(name) or ()) for name in ("regions", "segments", "channels")})
    except ValueError as problem:
        raise Unreadable(f"audience: {problem}") from None


def product(row: Row, source: str) -> ProductRecord:
    """A row of `products.jsonl`, CSV or a Merchant feed (without the `g:`). Raises `Unreadable`."""
    zone = row.zone

    def money(value: object) -> Any:
        return fields.money(value, row.currency)

    window = row.read("sale_price_effective_date", lambda value: _interval(value, zone)) or (None, None)
    return ProductRecord(
        Product(
            id=row.required("id"),
            source=source,
            title=row.required("title"),
            item_group_id=row.text("item_group_id"),
            description=row.text("description"),
            link=row.text("link"),
            price=row.read("price", money),
            sale_price=row.read("sale_price", money),
            sale_starts=window[0],
            sale_ends=window[1],
            availability=row.read("availability", _availability),
            availability_date=row.read("availability_date", lambda value: fields.starts(value, zone)),
            brand=row.text("brand"),
            gtin=row.text("gtin"),
            mpn=row.text("mpn"),
            product_type=row.text("product_type"),
            updated_at=row.read("updated_at", lambda value: fields.starts(value, zone)),
            return_window_days=row.read("return_window_days", _days),
            return_policy_url=row.text("return_policy_url"),
            free_shipping_thresholds=row.read("free_shipping_threshold", lambda v: _thresholds(v, row.currency)) or (),
            shipping=row.read("shipping", lambda value: _shipping(value, row.currency)) or (),
            extra=row.rest(PRODUCT_FIELDS),
        )
    )


def _availability(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a string")
    return fields.availability(value)


def _interval(value: object, zone: tzinfo) -> Any:
    if not isinstance(value, str) or value.count("/") != 1:
        raise ValueError(f"not an interval start/end: {value!r:.60}")
    start, end = (part.strip() for part in value.split("/"))
    return (fields.starts(start, zone) if start else None, fields.ends(end, zone) if end else None)


def _days(value: object) -> int:
    days = fields.number(value)
    if days != int(days) or days < 0:
        raise ValueError(f"not a number of days: {value!r:.60}")
    return int(days)


def _country(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value.strip()) != 2 or not value.strip().isalpha():
        raise ValueError(f"not an ISO 3166 country: {value!r:.60}")
    return value.strip().upper()


def _thresholds(value: object, currency: str) -> tuple[Threshold, ...]:
    if isinstance(value, Mapping) and "country" in value:
        value = [value]
    if not isinstance(value, (list, tuple)):
        if isinstance(value, str) and ":" in value:
            pairs = (part.split(":", 1) for part in value.split(",") if part.strip())
            return tuple(Threshold(fields.money(price, currency), _country(country)) for country, price in pairs)
        return (Threshold(fields.money(value, currency)),)
    found = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ValueError("not a list of {country, price}")
        found.append(Threshold(fields.money(item.get("price"), currency), _country(item.get("country"))))
    return tuple(found)


def _shipping(value: object, currency: str) -> tuple[ShippingRate, ...]:
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, str):
        return tuple(_rate(part, currency) for part in value.split(",") if part.strip())
    if not isinstance(value, (list, tuple)):
        raise ValueError("not a list of {country, service, price}")
    found: list[ShippingRate] = []
    for item in value:
        if isinstance(item, str):
            found.append(_rate(item, currency))
        elif isinstance(item, Mapping):
            service = item.get("service")
            price = fields.money(item.get("price"), currency)
            found.append(ShippingRate(price, _country(item.get("country")), str(service) if service else None))
        else:
            raise ValueError("not a list of {country, service, price}")
    return tuple(found)


def _rate(text: str, currency: str) -> ShippingRate:
    """`country:service:price`, or the Merchant form with a region between; what follows the price is left out."""
    parts = [part.strip() for part in text.split(":")]
    if len(parts) == 1:
        return ShippingRate(fields.money(parts[0], currency))
    if len(parts) == 2:
        return ShippingRate(fields.money(parts[1], currency), _country(parts[0]))
    price, service = (parts[2], parts[1]) if len(parts) == 3 else (parts[3], parts[2])
    return ShippingRate(fields.money(price, currency), _country(parts[0]), service or None)


def conversation(row: Row, source: str) -> ConversationRecord:
    """A row of `conversations.jsonl`. Raises `Unreadable`."""
    zone = row.zone
    identity = row.required("id")
    started = row.sure("started_at", lambda value: fields.starts(value, zone))
    if started is None:
        raise Unreadable("no started_at")
    raw = row.values.get("messages")
    if raw is None:
        raise Unreadable("no messages")
    if not isinstance(raw, (list, tuple)):
        raise Unreadable("messages is not a list")
    messages = tuple(_message(number, item, row) for number, item in enumerate(raw))
    handled = row.text("handled_by")
    if handled not in (None, "ai", "human", "both"):
        row.notes.append(f"handled_by: {handled!r} is none of ai, human, both: left out")
        handled = None
    return ConversationRecord(
        Conversation(
            id=identity,
            source=source,
            started_at=started,
            messages=messages,
            ended_at=row.read("ended_at", lambda value: fields.ends(value, zone)),
            channel=row.text("channel"),
            locale=row.read("locale", fields.locale),
            customer_id=row.text("customer_id"),
            topic=row.text("topic"),
            product_ids=row.strings("product_ids"),
            handled_by=handled,
            agent_id=row.text("agent_id"),
            team=row.text("team"),
            resolved=row.read("resolved", fields.flag),
            escalated=row.read("escalated", fields.flag),
            escalation_reason=row.text("escalation_reason"),
            csat=row.read("csat", lambda value: _between(value, 1, 5)),
            handle_seconds=row.read("handle_seconds", lambda value: _between(value, 0, 1e9)),
            prompt_version=row.text("prompt_version"),
            extra=row.rest(CONVERSATION_FIELDS),
        ),
        customer_name=row.text("customer_name"),
        customer_email=row.text("customer_email"),
    )


def _between(value: object, low: float, high: float) -> float:
    result = fields.number(value)
    if not low <= result <= high:
        raise ValueError(f"not between {low:g} and {high:g}: {value!r:.60}")
    return result


def role(value: object) -> str:
    """One of customer, ai, agent, system. Raises `ValueError`."""
    word = value.strip().lower() if isinstance(value, str) else ""
    word = ROLE_WORDS.get(word, word)
    if word not in ROLES:
        raise ValueError(f"role {value!r:.60} is none of {', '.join(ROLES)}")
    return word


def _message(number: int, item: object, row: Row) -> Message:
    if not isinstance(item, Mapping):
        raise Unreadable(f"messages[{number}] is not an object")
    try:
        who = role(item.get("role"))
    except ValueError as problem:
        raise Unreadable(f"messages[{number}]: {problem}") from None
    text = item.get("text")
    if text is None:
        text = ""
    if not isinstance(text, str):
        raise Unreadable(f"messages[{number}]: text is not a string")
    part = Row(item, row.zone)
    cited = item.get("sources")
    message = Message(
        role=who,
        text=text,
        at=part.read("at", lambda value: fields.starts(value, row.zone)),
        sources=(cited,) if isinstance(cited, str) and cited else part.strings("sources"),
        confidence=part.read("confidence", lambda value: _between(value, 0, 1)),
    )
    row.notes.extend(f"messages[{number}].{note}" for note in part.notes)
    return message
