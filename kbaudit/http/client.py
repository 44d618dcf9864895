"""The client: one request at a time a thread, checked, bounded, paced and retried."""

from __future__ import annotations

import base64
import json as jsonlib
import re
import ssl
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

from kbaudit import __version__
from kbaudit.errors import BlockedAddress, SourceRefused, SourceUnavailable, Unreadable
from kbaudit.http.address import Allowed
from kbaudit.http.pace import Clock, pace_of, retry_after, vendor_pause

MIB = 1024 * 1024
CONNECT_SECONDS = 5.0
FIRST_BYTE_SECONDS = 10.0
TOTAL_SECONDS = 30.0
MAX_WIRE = 10 * MIB
MAX_BYTES = 20 * MIB
MAX_REDIRECTS = 3
MAX_TRIES = 4
RETRIED = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGENT = f"kbaudit/{__version__}"
BAD_IN_URL = re.compile(r"[\x00-\x20\x7f\\]")
PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=%~?\[\]|._-]*")
BAD_IN_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")


class SourceLike(Protocol):
    """What the client wants to know of a source."""

    @property
    def name(self) -> str: ...
    @property
    def settings(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `headers` have lower-case names; `url` is where it came from after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    asked: str = ""

    @property
    def ok(self) -> bool:
        """Whether the status says success."""
        return 200 <= self.status < 300

    @property
    def unchanged(self) -> bool:
        """Whether the host says that nothing changed since the validators that were sent."""
        return self.status == 304

    @property
    def validators(self) -> dict[str, str]:
        """`etag` and `last-modified`, as far as there are any, for the next conditional request."""
        return {name: self.headers[name] for name in ("etag", "last-modified") if name in self.headers}

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text: the declared character set, else UTF-8, with bad bytes replaced."""
        match = re.search(r"charset=[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE)
        try:
            return self.body.decode(match[1] if match else "utf-8", "replace")
        except (LookupError, UnicodeError):
            return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON. Raises `SourceUnavailable`: an API that answers something else is broken for now."""
        try:
            return jsonlib.loads(self.body)
        except (ValueError, RecursionError):
            raise SourceUnavailable(f"{shown(self.asked)}: the answer is not JSON") from None


@dataclass(kw_only=True, repr=False)
class Client:
    """Talks to one source (or one webhook, or one model endpoint).

    `allow_private` names hosts and addresses outside the public internet that may be dialled; `ports` are allowed
    beside 80 and 443; `rate` is requests a second and host (0: no limit of our own); `patience` is how many seconds
    of pause a host may ask for before the request is given up with `SourceUnavailable.retry_after`; `tries` is how
    often a request is sent at most, where the caller does not say.
    """

    name: str = "kbaudit"
    allow_private: Sequence[str] = ()
    ports: Iterable[int] = ()
    rate: float = 0.0
    patience: float = 60.0
    agent: str = AGENT
    ca_file: str | None = None
    tries: int = MAX_TRIES
    clock: Clock = field(default_factory=Clock)
    requests: int = 0
    retries: int = 0

    def __post_init__(self) -> None:
        self._allowed = Allowed.of(self.allow_private)
        self._ports = frozenset(self.ports) | {80, 443}
        self._credentials: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Client({self.name!r})"

    @classmethod
    def for_source(cls, source: SourceLike, *, tries: int = MAX_TRIES) -> Client:
        """The client of a configured source, with what its table says about private addresses, ports and rate."""
        settings = source.settings
        ports = set(settings.get("allow_ports") or ())
        for key in ("url", "base_url", "site", "sitemap"):
            value = settings.get(key)
            if isinstance(value, str):
                try:
                    port = urlsplit(value).port
                except ValueError:
                    continue
                if port:
                    ports.add(port)
        allowed = settings.get("allow_private") or ()
        rate = settings.get("requests_per_second", 0.0)
        return cls(
            name=source.name,
            allow_private=(allowed,) if isinstance(allowed, str) else tuple(allowed),
            ports=ports,
            rate=float(rate) if isinstance(rate, (int, float)) else 0.0,
            patience=float(settings.get("patience", 60.0)),
            ca_file=settings.get("ca_file"),
            tries=tries,
        )

    def authorize(self, url: str, headers: Mapping[str, str]) -> None:
        """Send these headers to the origin of `url` and to no other, whatever redirects say."""
        for name, value in headers.items():
            _check_header(name, value)
        self._credentials[origin_of(url)] = dict(headers)

    def get(self, url: str, **options: Any) -> Answer:
        """GET; see `request`."""
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Answer:
        """POST; see `request`."""
        return self.request("POST", url, **options)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | Sequence[tuple[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes | None = None,
        validators: Mapping[str, str] | None = None,
        accept: Iterable[int] = (),
        tries: int | None = None,
        redirects: int = MAX_REDIRECTS,
        seconds: float = TOTAL_SECONDS,
        max_wire: int = MAX_WIRE,
        max_bytes: int = MAX_BYTES,
    ) -> Answer:
        """One request with its redirects and retries.

        `validators` (of an earlier `Answer`) make it conditional: the answer may be `unchanged`. A status in
        `accept` is returned as it is. Otherwise raises `SourceRefused` (401, 403), `SourceUnavailable` (5xx,
        time-outs, 429: after `tries`, or at once where the host asks for more patience than there is),
        `BlockedAddress`, and `Unreadable` (404 and other 4xx, too large, damaged).
        """
        sent = dict(headers or {})
        if json is not None:
            content = jsonlib.dumps(json, separators=(",", ":")).encode()
            sent.setdefault("Content-Type", "application/json")
        if validators:
            for header, name in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
                if validators.get(name):
                    sent[header] = validators[name]
        for name, value in sent.items():
            _check_header(name, value)
        target = url_of(url, params)
        accepted = frozenset(accept)
        tries = tries or self.tries
        for attempt in range(1, tries + 1):
            last = attempt == tries
            try:
                answer = self._follow(method, target, sent, content, redirects, seconds, max_wire, max_bytes)
            except SourceUnavailable as problem:
                if last or problem.retry_after is not None or not self._spend():
                    raise
                self._back_off(attempt)
                continue
            host = host_of(answer.url)
            asked = retry_after(answer.headers.get("retry-after"), self.clock.wall())
            if answer.status == 429 or (answer.status == 503 and asked is not None):
                wait = 10.0 * attempt if asked is None else asked
                # Everybody who was told the same number would come back at the same moment.
                wait += self.clock.random() * min(5.0, 1.0 + wait * 0.1)
                pace_of(host).pause(self.clock.monotonic() + wait)
                if answer.status in accepted:
                    return answer
                if last or wait > self.patience or not self._spend():
                    raise SourceUnavailable(
                        f"{shown(url)}: asks for a pause of {_span(wait)} (status {answer.status})", wait, answer.status
                    )
                continue
            pause = vendor_pause(answer.headers, self.clock.wall())
            if pause:
                pace_of(host).pause(self.clock.monotonic() + pause)
            if answer.ok or answer.status == 304 or answer.status in accepted:
                return answer
            if answer.status in (401, 403):
                raise SourceRefused(f"{shown(url)}: refused with status {answer.status}")
            if answer.status in RETRIED and not last and self._spend():
                self._back_off(attempt)
                continue
            if answer.status >= 500 or answer.status in RETRIED:
                raise SourceUnavailable(f"{shown(url)}: status {answer.status}", status=answer.status)
            raise Unreadable(f"{shown(url)}: status {answer.status}")
        raise SourceUnavailable(f"{shown(url)}: no answer after {tries} tries")

    def close(self) -> None:
        """Close every connection."""
        pool = self.__dict__.pop("_pool", None)
        if pool is not None:
            pool.close()

    @cached_property
    def _deadline(self) -> Any:
        from kbaudit.http.backend import Deadline

        return Deadline()

    @cached_property
    def _pool(self) -> Any:
        import httpcore2

        from kbaudit.http.backend import GuardedBackend

        return httpcore2.ConnectionPool(
            ssl_context=_trust(self.ca_file),
            max_connections=16,
            max_keepalive_connections=8,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(self._allowed, self._deadline),
        )

    def _spend(self) -> bool:
        """Whether one more retry is within the budget: a tenth of the requests so far, and three for a start."""
        with self._lock:
            if self.retries >= max(3.0, 0.1 * self.requests):
                return False
            self.retries += 1
            return True

    def _back_off(self, attempt: int) -> None:
        """Full jitter: anything between a moment and 2, 8, 32 seconds, at most a minute."""
        self.clock.sleep(max(0.05, self.clock.random() * min(60.0, 2.0 * 4 ** (attempt - 1))))

    def _wait_turn(self, url: str) -> None:
        pace = pace_of(host_of(url))
        while True:
            now = self.clock.monotonic()
            pause = pace.paused_until - now
            if pause > self.patience:
                raise SourceUnavailable(f"{shown(url)}: its host asked for a pause, {_span(pause)} are left", pause)
            wait = pace.reserve(now, 1.0 / self.rate if self.rate > 0 else 0.0)
            if wait <= 0:
                return
            self.clock.sleep(wait)
            # Meanwhile another thread may have been told to pause.
            if pace.paused_until <= self.clock.monotonic():
                return

    def _follow(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        redirects: int,
        seconds: float,
        max_wire: int,
        max_bytes: int,
    ) -> Answer:
        first = url
        sent = dict(headers)
        for hop in range(redirects + 1):
            self._wait_turn(url)
            status, found, body = self._once(method, url, sent, content, seconds, max_wire, max_bytes)
            location = found.get("location")
            if status not in REDIRECTS or location is None:
                return Answer(url, status, found, body, first)
            if hop == redirects:
                raise Unreadable(f"{shown(first)}: more than {redirects} redirects")
            after = self._redirected(url, location)
            if origin_of(after) != origin_of(url):
                # Whatever the caller sent may be meant for the first origin only.
                sent = {name: value for name, value in sent.items() if name.lower() in ("accept", "accept-language")}
                if content is not None and status in (307, 308):
                    raise Unreadable(f"{shown(first)}: sends what was posted on to another host")
            if status == 303 or (status in (301, 302) and method == "POST"):
                method = "GET" if method != "HEAD" else "HEAD"
                content = None
                sent = {name: value for name, value in sent.items() if name.lower() != "content-type"}
            url = after
        raise Unreadable(f"{shown(first)}: more than {redirects} redirects")

    def _redirected(self, url: str, location: str) -> str:
        try:
            target = urljoin(url, location.strip())
        except ValueError:
            raise Unreadable(f"{shown(url)}: redirects to what is no address") from None
        after = url_of(target.split("#")[0])
        if url.startswith("https:") and after.startswith("http:"):
            raise Unreadable(f"{shown(url)}: redirects from https to http")
        return after

    def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        seconds: float,
        max_wire: int,
        max_bytes: int,
    ) -> tuple[int, dict[str, str], bytes]:
        import httpcore2

        from kbaudit.http.decode import Bounded

        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if port not in self._ports:
            raise BlockedAddress(f"{shown(url)}: port {port} is not 80 or 443. Name it in this source: allow_ports.")
        all_headers = {
            "Host": parts.netloc,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            **{"-".join(w.capitalize() for w in name.split("-")): value for name, value in headers.items()},
            **self._credentials.get(origin_of(url), {}),
        }
        if content is not None:
            all_headers["Content-Length"] = str(len(content))
        with self._lock:
            self.requests += 1
        start = self._monotonic()
        self._deadline.at = start + min(seconds, CONNECT_SECONDS + FIRST_BYTE_SECONDS)
        timeouts = {"connect": CONNECT_SECONDS, "read": FIRST_BYTE_SECONDS, "write": FIRST_BYTE_SECONDS, "pool": 30.0}
        response = None
        try:
            response = self._pool.handle_request(
                httpcore2.Request(
                    method,
                    url,
                    headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in all_headers.items()],
                    content=content or b"",
                    extensions={"timeout": timeouts},
                )
            )
            found: dict[str, str] = {}
            for raw_name, raw_value in response.headers:
                name = raw_name.decode("latin-1").lower()
                value = raw_value.decode("latin-1")
                found[name] = f"{found[name]}, {value}" if name in found else value
            if response.status in REDIRECTS and "location" in found:
                return response.status, found, b""
            self._deadline.at = start + seconds
            bounded = Bounded(found.get("content-encoding", "").split(","), max_wire, max_bytes, shown(url))
            # An answer without a body is read to its end too: only then is its connection used again.
            for chunk in response.iter_stream():
                bounded.feed(chunk)
            bare = method == "HEAD" or response.status in (204, 304)
            return response.status, found, b"" if bare else bounded.body()
        except httpcore2.TimeoutException:
            raise SourceUnavailable(f"{shown(url)}: no whole answer within its time") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as problem:
            text = re.sub(r"^\[Errno -?\d+\] ", "", " ".join(str(problem).split()))[:160] or type(problem).__name__
            if isinstance(problem.__cause__ or problem, ssl.SSLError) or "SSL" in text:
                raise SourceRefused(f"{shown(url)}: no trusted TLS connection: {text}") from None
            raise SourceUnavailable(f"{shown(url)}: the connection broke: {text}") from None
        except (httpcore2.UnsupportedProtocol, UnicodeError, ValueError) as problem:
            raise Unreadable(f"{shown(url)}: cannot be asked: {problem}") from None
        finally:
            self._deadline.at = self._monotonic() + 1.0
            if response is not None:
                response.close()
            self._deadline.at = float("inf")

    @staticmethod
    def _monotonic() -> float:
        import time

        return time.monotonic()


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


@cache
def _trust(ca_file: str | None) -> ssl.SSLContext:
    """Whom to believe: the usual authorities, or only those of a file. Reading them costs 50 ms, so once."""
    import httpx2

    if ca_file:
        return ssl.create_default_context(cafile=ca_file)
    return httpx2.create_ssl_context(trust_env=False)


def url_of(url: str, params: Mapping[str, Any] | Sequence[tuple[str, Any]] | None = None) -> str:
    """An absolute http(s) URL, fit to be sent: ASCII host and path, no control characters, no user, no fragment.

    Raises `Unreadable`.
    """
    text = url.strip(" ")
    if re.search(r"[\x00-\x1f\x7f]", text) or len(text) > 8192:
        raise Unreadable(f"not an address to ask: {text!r:.100}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Unreadable(f"not an address to ask: {text!r:.100}") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not parts.hostname:
        raise Unreadable(f"only http and https are asked, not {text!r:.100}")
    if "@" in parts.netloc:
        raise Unreadable(f"an address with a user in it is not asked: {shown(text)}")
    host = _ascii_host(parts.hostname)
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, 80 if scheme == "http" else 443) else f"{host}:{port}"
    query = parts.query
    if params:
        pairs = params.items() if isinstance(params, Mapping) else params
        added = urlencode([(name, _param(value)) for name, value in pairs if value is not None])
        query = f"{query}&{added}" if query else added
    return urlunsplit((scheme, netloc, _quoted(parts.path) or "/", _quoted(query), ""))


def _param(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    return text if PLAIN.fullmatch(text) else quote(text, safe="/:@!$&'()*+,;=%~?[]|-._")


@lru_cache(maxsize=1024)
def _ascii_host(host: str) -> str:
    if host.isascii():
        if re.fullmatch(r"[A-Za-z0-9._:%-]+", host) is None:
            raise Unreadable(f"not a host name: {host!r:.60}")
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise Unreadable(f"not a host name: {host!r:.60}") from None


@lru_cache(1024)
def origin_of(url: str) -> str:
    """Scheme, host and port of a URL: what credentials are bound to."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    return f"{parts.scheme.lower()}://{(parts.hostname or '').rstrip('.').lower()}:{port}"


def host_of(url: str) -> str:
    """Host and port of a URL: what a rate belongs to."""
    return origin_of(url).partition("://")[2]


def shown(url: str) -> str:
    """A URL as it may stand in a message: no query (it may hold a token), no user, no control characters."""
    bare = BAD_IN_URL.sub("?", url.split("?")[0].split("#")[0])
    scheme, mark, rest = bare.partition("://")
    head, slash, path = rest.partition("/")
    return f"{scheme}{mark}{head.rpartition('@')[2]}{slash}{path}"[:200]


def basic(user: str, password: str) -> str:
    """The value of an `Authorization` header for a user and a password."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _check_header(name: str, value: str) -> None:
    if not HEADER_NAME.match(name) or BAD_IN_HEADER.search(value):
        raise Unreadable(f"not a header to send: {name!r:.60}")
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        raise Unreadable(f"not a header to send: {name!r:.60}") from None
