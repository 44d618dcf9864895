"""Ask the addresses that articles link to whether they are still there: guarded, politely, remembered."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from kbaudit.errors import BlockedAddress, SourceError, Unreadable
from kbaudit.http.client import Answer, Client, host_of
from kbaudit.snapshot import BaseSnapshot
from kbaudit.store.cache import default_folder

Status = int | str
# Every status is an answer here, none is a reason to raise.
ANY_STATUS = tuple(range(300, 600))
# Hosts that refuse HEAD, or answer it wrongly, are asked again with GET.
NOT_FOR_HEAD = frozenset({400, 401, 403, 404, 405, 406, 409, 410, 416, 500, 501, 502, 503, 520})
DAY = 86_400.0
FOUND_FOR, DEAD_FOR = 7 * DAY, 1 * DAY
MAX_LINKS = 2_000
HOSTS_AT_ONCE = 8
SECONDS = 12.0


class Asks(Protocol):
    """What is needed of the client."""

    def request(self, method: str, url: str, **options: object) -> Answer:
        """One request."""


def check_links(snapshot: BaseSnapshot, client: Client | None = None, cache: Path | None = None) -> dict[str, Status]:
    """Address -> status, or `no such host`, `blocked`, `unreachable`, for every page that live articles link to.

    At most `MAX_LINKS` addresses, one request a second and host; what was found is remembered for a week, what was
    dead for a day.
    """
    client = client or Client(name="links", rate=1.0, patience=5.0)
    file = cache or default_folder() / "links.json"
    known = _load(file)
    now = time.time()
    wanted = addresses(snapshot)[:MAX_LINKS]
    statuses = {url: status for url in wanted if (status := _fresh(known.get(url), now)) is not None}
    by_host: dict[str, list[str]] = {}
    for url in wanted:
        if url not in statuses:
            by_host.setdefault(host_of(url), []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for answers in pool.map(lambda urls: [(url, ask(client, url)) for url in urls], by_host.values()):
            for url, status in answers:
                statuses[url] = status
                known[url] = (status, now)
    _save(file, known)
    return statuses


def addresses(snapshot: BaseSnapshot) -> list[str]:
    """Every http address that a live article links to, without fragments, sorted."""
    found = {
        link.href.split("#", 1)[0]
        for document in snapshot.live
        for link in document.links
        if link.href.startswith(("http://", "https://"))
    }
    return sorted(found)


def ask(client: Client, url: str) -> Status:
    """The status of one address. Never raises for what a host does."""
    try:
        answer = client.request("HEAD", url, accept=ANY_STATUS, tries=1, seconds=SECONDS)
        if answer.status in NOT_FOR_HEAD:
            answer = client.request("GET", url, accept=ANY_STATUS, tries=2, seconds=SECONDS, max_wire=512 * 1024)
        return answer.status
    except BlockedAddress:
        return "blocked"
    except (SourceError, Unreadable) as problem:
        text = str(problem).lower()
        return (
            "no such host"
            if "no such host" in text or "name or service" in text or "not known" in text
            else "unreachable"
        )


def _fresh(entry: tuple[Status, float] | None, now: float) -> Status | None:
    if entry is None:
        return None
    status, at = entry
    keep = FOUND_FOR if isinstance(status, int) and status < 400 else DEAD_FOR
    return status if 0 <= now - at < keep else None


def _load(file: Path) -> dict[str, tuple[Status, float]]:
    try:
        raw = json.loads(file.read_text("utf-8"))
        return {url: (status, float(at)) for url, (status, at) in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _save(file: Path, known: Mapping[str, tuple[Status, float]]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(".tmp")
        scratch.write_text(json.dumps(dict(_newest(known.items()))), "utf-8")
        scratch.replace(file)
    except OSError:
        # A cache that cannot be written costs time, not truth.
        return


def _newest(items: Iterable[tuple[str, tuple[Status, float]]]) -> list[tuple[str, tuple[Status, float]]]:
    return sorted(items, key=lambda item: (-item[1][1], item[0]))[: 10 * MAX_LINKS]
