"""robots.txt, asked through the same client and within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from kbaudit.errors import SourceRefused, SourceUnavailable, Unreadable
from kbaudit.http.client import Client, origin_of

# RFC 9309 asks for at least 500 KiB; what is longer is cut.
LIMIT = 512 * 1024
MAX_DELAY = 60.0
MAX_RULES = 2000
MAX_STARS = 8
MAX_SITEMAPS = 100


# With these there is no such file. 408, 425 and 429 say to come back later.
ABSENT = frozenset(range(400, 500)) - {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin allows. `delay` is in seconds, at most a minute; `sitemaps` are absolute addresses."""

    sitemaps: tuple[str, ...] = ()
    delay: float = 0.0
    everything: bool | None = None
    _rules: Any = field(default=None, repr=False)
    why: str = ""
    """Why nothing answered, where nothing did."""
    retry_after: float | None = None
    """The pause in seconds that the host asked for instead."""

    def allows(self, url: str, agent: str) -> bool:
        """Whether a page may be asked for."""
        if self.everything is not None:
            return self.everything
        return bool(self._rules.can_fetch(url[:2048], agent))


def read_robots(client: Client, url: str) -> Robots:
    """The rules of the origin of `url`: none (4xx) allows all; no answer or a refusal by the server (5xx) nothing.

    RFC 9309, section 2.3.1. Never raises for a bad file; `BlockedAddress` passes through.
    """
    place = urljoin(origin_of(url), "/robots.txt")
    try:
        answer = client.get(place, accept=ABSENT, max_wire=8 * LIMIT, max_bytes=8 * LIMIT)
    except SourceUnavailable as problem:
        answered = problem.status is not None and problem.retry_after is None
        why = "" if answered else str(problem)
        return Robots(everything=False, why=why, retry_after=problem.retry_after)
    except SourceRefused as problem:
        if "TLS" in str(problem):
            raise
        return Robots(everything=True)
    except Unreadable as problem:
        # Redirects without an end lead to no file; of one that is too long or damaged nobody can tell what it forbids.
        return Robots(everything="redirects" in str(problem))
    if not answer.ok or answer.content_type == "text/html":
        return Robots(everything=True)
    return parse(answer.body, place, client.agent)


def parse(body: bytes, place: str, agent: str) -> Robots:
    """Rules from the bytes of a robots.txt at `place`."""
    from protego import Protego

    encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = body[:LIMIT].decode(encoding, "replace").replace("\0", "")
    rules: Any = Protego.parse("\n".join(_bounded(text, agent)))
    sitemaps: dict[str, None] = {}
    for line in re.finditer(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2048})[ \t]*\r?$", text):
        if len(sitemaps) == MAX_SITEMAPS:
            break
        target = urljoin(place, line[1])
        if urlsplit(target).scheme in ("http", "https"):
            sitemaps[target] = None
    try:
        delay = float(rules.crawl_delay(agent) or 0.0)
    except (TypeError, ValueError, OverflowError):
        delay = 0.0
    return Robots(tuple(sitemaps), min(max(delay, 0.0), MAX_DELAY), None, rules)


def _bounded(text: str, agent: str) -> list[str]:
    """The lines that matter to `agent`, at most `MAX_RULES` of them; a rule with many stars is cut to its start.

    A rule becomes a regular expression, and `*a*a*a…` takes for ever to not match. Cutting a rule at its last star
    that counts makes it match more: what was forbidden stays forbidden.
    """
    name = agent.split("/")[0].lower()
    kept: list[str] = []
    group: list[str] = []
    rules_began = False
    count = 0
    for raw in re.split(r"\r\n|\r|\n", text):
        line = raw.split("#", 1)[0].strip()[:2048]
        key, mark, value = line.partition(":")
        if not mark:
            continue
        key = key.strip().lower()
        value = value.strip()
        if key == "user-agent":
            if rules_began:
                group, rules_began = [], False
            group.append(value.lower())
            if len(kept) < 4 * MAX_RULES:
                kept.append(line)
            continue
        if key not in ("allow", "disallow", "crawl-delay", "request-rate"):
            continue
        rules_began = True
        if not any(word == "*" or word in name or name in word for word in group) or count >= MAX_RULES:
            continue
        count += 1
        stars = value.split("*")
        if len(stars) > MAX_STARS:
            if key == "allow":
                continue
            value = "*".join(stars[:MAX_STARS])
        kept.append(f"{key}: {value}")
    return kept
