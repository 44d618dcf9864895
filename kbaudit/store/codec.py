"""Between the model's dataclasses and bytes, and between pages of a list and cursors."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

import msgspec

from kbaudit.errors import UsageError
from kbaudit.model.conversation import Conversation
from kbaudit.model.document import Document
from kbaudit.model.finding import Finding
from kbaudit.model.product import Product
from kbaudit.model.question import Cluster


def _hook(value: object) -> object:
    """Kinds of text (redacted text is one) are kept as text."""
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError(f"{type(value).__name__} is not stored")


pack = msgspec.msgpack.Encoder(decimal_format="string", enc_hook=_hook).encode
to_json = msgspec.json.Encoder(decimal_format="string", enc_hook=_hook).encode
unpack_document = msgspec.msgpack.Decoder(Document).decode
unpack_product = msgspec.msgpack.Decoder(Product).decode
unpack_conversation = msgspec.msgpack.Decoder(Conversation).decode
unpack_cluster = msgspec.msgpack.Decoder(Cluster).decode
finding_from_json = msgspec.json.Decoder(Finding).decode


def plain(value: object) -> Any:
    """A value as JSON would give it back: tuples to lists, times and decimals to strings."""
    return msgspec.json.decode(to_json(value))


def to_cursor(*position: object) -> str:
    """An opaque, URL-safe text for a place in a list."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def from_cursor(cursor: str, length: int) -> list[Any]:
    """The place behind a cursor.

    Raises:
        UsageError: it was not made by `to_cursor` for this list.
    """
    try:
        position = msgspec.json.decode(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        )
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise UsageError("this cursor is not one of ours. Start from the first page.") from error
    if not isinstance(position, list) or len(position) != length:
        raise UsageError("this cursor belongs to another list. Start from the first page.")
    return position


def mark(key: bytes, data: bytes) -> str:
    """A keyed hash: it must not give a short text away to who can guess it."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()
