"""One name that is no longer current, as the tables of outdated references hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["carrier", "payment", "platform", "legal", "brand"]


@dataclass(frozen=True, slots=True)
class Gone:
    """One name that is no longer current. `pattern` is a regular expression; `near` must stand in the same article.

    `now` is the name that took its place, which in the same sentence makes the mention a correct one. `whole`: no
    version of it lives, so "or later" saves nothing.
    """

    name: str
    kind: Kind
    pattern: str
    since: date
    instead: str
    now: str = ""
    regions: tuple[str, ...] = ()
    near: str = ""
    whole: bool = False


SHIPS = r"\b(?:courier|carrier|deliver|parcel|package|ships?\b|shipp|tracking|track|returns?)\w*"
PAYS = r"\b(?:pay|payment|checkout|card|method)\w*"
