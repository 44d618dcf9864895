"""How fast a host is asked: its rate, its own limits, and the pause that it asked for."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_PAUSE = 3600.0
DEFAULT_PAUSE = 30.0
REMAINING = ("x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining")
RESET = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset", "ratelimit-retry-after")
BUCKETS = ("x-gorgias-account-api-call-limit", "x-shopify-shop-api-call-limit")


@dataclass(slots=True)
class Clock:
    """Time as the client sees it; tests put their own here. `wall` is seconds since 1970, `monotonic` never jumps."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


@dataclass(slots=True)
class Pace:
    """The state of one host, shared by every client of this process that talks to it."""

    free_at: float = 0.0
    paused_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reserve(self, now: float, gap: float) -> float:
        """Take the next slot, `gap` seconds after the one before; returns how long to wait for it."""
        with self.lock:
            at = max(now, self.free_at, self.paused_until)
            self.free_at = at + gap
            return at - now

    def pause(self, until: float) -> None:
        """Nothing is sent before `until` (monotonic)."""
        with self.lock:
            self.paused_until = max(self.paused_until, until)


_PACES: dict[str, Pace] = {}
_LOCK = threading.Lock()


def pace_of(host: str) -> Pace:
    """The pace of a host (`name:port`)."""
    with _LOCK:
        return _PACES.setdefault(host, Pace())


def forget() -> None:
    """Forget every host's pace (between tests)."""
    with _LOCK:
        _PACES.clear()


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a `Retry-After` asks for: a number or a date, at most an hour; None if there is none.

    What cannot be understood counts as half a minute: the host did ask for a pause.
    """
    if value is None:
        return None
    text = value.strip()
    try:
        seconds = float(text)
        if seconds != seconds:
            return DEFAULT_PAUSE
        return min(max(seconds, 0.0), MAX_PAUSE)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max((moment - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0), MAX_PAUSE)
    except (ValueError, TypeError, OverflowError):
        return DEFAULT_PAUSE


def vendor_pause(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait because a vendor's own headers say that the allowance is used up; 0 where it is not.

    Zendesk, Intercom, Freshdesk and WooCommerce count down; Gorgias and Shopify show a leaky bucket `used/size`.
    """
    for name in BUCKETS:
        used, _, size = headers.get(name, "").partition("/")
        if used.strip().isdigit() and size.strip().isdigit() and int(size) and int(used) >= int(size) - 1:
            return 2.0
    remaining = next((headers[name] for name in REMAINING if name in headers), None)
    if remaining is None or not remaining.strip().isdigit() or int(remaining) > 0:
        return 0.0
    reset = next((headers[name] for name in RESET if name in headers), None)
    try:
        seconds = float(reset or "")
    except ValueError:
        return 10.0
    if seconds > 1e9:
        seconds -= now
    return min(max(seconds, 0.0), MAX_PAUSE)
