"""S5, S7–S11: redirects, credentials, bombs, slow and broken servers, TLS, header injection."""

from __future__ import annotations

import gzip
import itertools
import re
import socket
import ssl
import statistics
import threading
import time
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbaudit.errors import KbauditError, SourceRefused, SourceUnavailable, Unreadable
from kbaudit.http import Client, pace
from kbaudit.http import client as module
from kbaudit.http.backend import GuardedBackend
from kbaudit.model.record import ArticleRecord
from kbaudit.testing import Reply, serve


@pytest.fixture(autouse=True)
def fresh():
    pace.forget()


def client_of(*servers, **more):
    return Client(ports=[server.port for server in servers], allow_private=["127.0.0.1", "localhost"], **more)


@pytest.mark.parametrize(
    "location",
    [
        lambda path: path,
        lambda path: "/b" if path == "/a" else "/a",
        lambda path: f"{path}x",
        lambda path: f"/?q={len(path)}{'y' * len(path)}",
        lambda path: f"/{int(path.strip('/') or 0) + 1}" if path.strip("/").isdigit() or path == "/" else "/1",
    ],
)
def test_s5_redirects_end_after_three(location):
    def handle(request):
        return Reply(302, b"", {"Location": location(request.raw)})

    with serve(handle) as server, pytest.raises(Unreadable, match="more than 3 redirects"):
        client_of(server).get(f"{server.url}/a", tries=1)
    assert len(server.requests) <= 4


def moves():
    codes = (301, 302, 303, 307, 308)
    kinds = ("port", "host", "sub-domain", "scheme", "there and back", "user")
    return list(itertools.product(codes, kinds))


@pytest.mark.parametrize(("code", "kind"), moves())
def test_s7_credentials_stay_with_their_origin(monkeypatch, code, kind):
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **named: resolve(host.replace("sub.", ""), *more, **named)
    )
    home = []

    def elsewhere(request):
        if kind == "there and back" and request.path == "/":
            return Reply(code, b"", {"Location": f"{home[0]}/home", "Set-Cookie": "a=b"})
        return Reply(200, b"other", {"Set-Cookie": "a=b"})

    with serve(elsewhere) as other:
        places = {
            "port": f"{other.url}/",
            "host": f"http://localhost:{other.port}/",
            "sub-domain": f"http://sub.localhost:{other.port}/",
            "scheme": f"https://127.0.0.1:{other.port}/",
            "there and back": f"{other.url}/",
            "user": f"http://admin:pw@127.0.0.1:{other.port}/",
        }

        def handle(request):
            if request.path == "/home":
                return Reply(200, b"home")
            return Reply(code, b"", {"Location": places[kind], "Set-Cookie": "session=secret"})

        with serve(handle) as server:
            home.append(server.url)
            client = Client(ports=[server.port, other.port], allow_private=["127.0.0.1", "localhost", "sub.localhost"])
            start = server.url.replace("127.0.0.1", "localhost") if kind == "sub-domain" else server.url
            client.authorize(start, {"Authorization": "Bearer top-secret", "X-Api-Key": "top-secret"})
            try:
                client.get(f"{start}/", headers={"X-Extra": "top-secret"}, tries=1)
                assert len(other.requests) == 1
            except KbauditError:
                assert kind in ("scheme", "user")
            assert server.requests[0].headers["authorization"] == "Bearer top-secret"
            if kind == "there and back":
                # Home again it is let in, but what was sent by hand does not come back.
                assert server.requests[1].headers["authorization"] == "Bearer top-secret"
                assert "x-extra" not in server.requests[1].headers
        seen = [*other.requests, *server.requests[1:]]
        assert "top-secret" not in repr(other.requests) and "cookie" not in repr([r.headers for r in seen])


def test_s7_credentials_stay_on_the_way_within_an_origin():
    def handle(request):
        return Reply(302, b"", {"Location": "/b"}) if request.path == "/a" else Reply(200, b"ok")

    with serve(handle) as server:
        client = client_of(server)
        client.authorize(server.url, {"Authorization": "Bearer t"})
        client.get(f"{server.url}/a")
    assert [request.headers.get("authorization") for request in server.requests] == ["Bearer t", "Bearer t"]


@pytest.mark.parametrize(("code", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_s7_a_redirected_post_becomes_get_without_its_body(code, method):
    def handle(request):
        return Reply(code, b"", {"Location": "/b"}) if request.path == "/a" else Reply(200, b"ok")

    with serve(handle) as server:
        client_of(server).post(f"{server.url}/a", json={"secret": 1})
    assert (server.requests[1].method, bool(server.requests[1].body)) == (method, method == "POST")


def test_s7_what_was_posted_is_never_sent_on_to_another_host():
    with serve(lambda request: Reply(200)) as other:
        with serve(lambda request: Reply(307, b"", {"Location": other.url})) as server, pytest.raises(Unreadable):
            client_of(server, other).post(server.url, json={"secret": 1})
        assert other.requests == []


def reset_peak():
    """Measure the greatest memory of this process from now on; in KiB as `peak` gives it."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pytest.skip("the peak of the memory is measured by /proc")
    return peak()


def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


ZEROS = b"\0" * (64 * 1024 * 1024)
FLAT = gzip.compress(ZEROS, 9)


def bombs():
    flat = FLAT
    # A gigabyte in a megabyte.
    yield "gzip", flat * 16
    deflated = zlib.compress(ZEROS, 9)
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    bare = raw.compress(ZEROS) + raw.flush()
    text = gzip.compress(b"hello " * 50_000)
    yield "gzip", flat
    yield "deflate", deflated
    yield "deflate", bare
    yield "x-gzip", flat
    yield "gzip, gzip", gzip.compress(flat)
    yield "gzip, deflate", zlib.compress(flat)
    yield "deflate, gzip", gzip.compress(deflated)
    yield ", ".join(["gzip"] * 10), flat
    yield "gzip, gzip, gzip", gzip.compress(gzip.compress(flat))
    yield "br", b"\x8b\x00\x80\x00"
    yield "zstd", b"\x28\xb5\x2f\xfd"
    yield "gzip", text[:-20]
    yield "gzip", text[:-8] + b"\0\0\0\0" + text[-4:]
    yield "gzip", b"not gzip at all"
    yield "gzip", flat[: len(flat) // 2]
    yield "gzip", gzip.compress(b"x" * (30 * 1024 * 1024)) * 3
    yield "deflate", b"\x78\x9c" + b"\xff" * 100
    yield "identity, gzip", flat
    yield "gzip", text[:12] + b"\xff\xff" + text[14:]


@pytest.mark.parametrize(("encoding", "body"), list(bombs()))
@pytest.mark.parametrize("place", ["body", "redirect"])
def test_s8_a_bomb_is_defused_and_the_connection_closed(encoding, body, place):
    def handle(request):
        headers = {"Content-Encoding": encoding}
        if place == "redirect" and request.path == "/":
            return Reply(302, body, {**headers, "Location": "/small"})
        return Reply(200, b"ok" if place == "redirect" else body, {} if place == "redirect" else headers)

    before = reset_peak()
    start = time.monotonic()
    with serve(handle) as server:
        client = client_of(server)
        if place == "redirect":
            assert client.get(f"{server.url}/").body == b"ok"
        else:
            with pytest.raises(Unreadable):
                client.get(f"{server.url}/", tries=1)
    assert time.monotonic() - start < 5.0
    assert peak() - before < 200 * 1024


@pytest.mark.parametrize(
    ("place", "encoding"),
    [
        *itertools.product(("robots", "sitemap", "sitemap.gz", "page"), ("gzip", "gzip, gzip", "deflate")),
        ("sitemap", ""),
        ("sitemap.gz", ""),
    ],
)
def test_s8_a_bomb_anywhere_in_a_crawl_costs_that_file_alone(place, encoding):
    from tests.connectors.test_sitemap import Base

    bomb = {"gzip": FLAT, "gzip, gzip": gzip.compress(FLAT), "deflate": zlib.compress(ZEROS, 9), "": FLAT}[encoding]
    headers = {"Content-Encoding": encoding} if encoding else {}
    text = "<title>Lamps</title><h1>Lamps</h1><p>" + "All about lamps. " * 40 + "</p>"

    def handle(request):
        host = f"http://{request.headers['host']}"
        if request.path == "/robots.txt":
            return Reply(200, bomb, headers) if place == "robots" else Reply(200, f"Sitemap: {host}/s.xml".encode())
        if request.path == "/s.xml":
            if place == "sitemap":
                return Reply(200, bomb, headers)
            pages = "".join(f"<url><loc>{host}/help/{n}</loc></url>" for n in ("a", "b"))
            more = f"<sitemap><loc>{host}/more.xml.gz</loc></sitemap>" if place == "sitemap.gz" else ""
            kind = "sitemapindex" if more else "urlset"
            return Reply(200, f"<{kind}>{more or pages}</{kind}>".encode())
        if request.path == "/more.xml.gz" or (place == "page" and request.path == "/help/a"):
            return Reply(200, bomb, headers | {"Content-Type": "text/html"})
        return Reply(200, text.encode(), {"Content-Type": "text/html"})

    before = reset_peak()
    start = time.monotonic()
    with Base().bench(handle) as bench:
        try:
            items = bench.read()
        except KbauditError:
            items = []
    assert time.monotonic() - start < 5.0
    assert peak() - before < 200 * 1024
    if place == "page":
        assert sum(isinstance(item, ArticleRecord) for item in items) == 1
    # A listing that was not read whole proves nothing gone.
    assert place == "page" or not items or not items[-1].complete


@pytest.mark.parametrize("length", [True, False])
def test_s8_a_body_ends_at_its_limit(length):
    body = b"x" * (11 * 1024 * 1024)
    with serve(lambda request: Reply(200, body)) as server, pytest.raises(Unreadable, match="larger than 10 MiB"):
        client_of(server).get(server.url, tries=1)


def test_plain_and_compressed_bodies_arrive_whole():
    text = bytes(range(256)) * 1000
    for encoding, body in (
        ("", text),
        ("gzip", gzip.compress(text)),
        ("deflate", zlib.compress(text)),
        ("gzip", gzip.compress(text[:9]) + gzip.compress(text[9:])),
    ):
        with serve(lambda request, e=encoding, b=body: Reply(200, b, {"Content-Encoding": e} if e else {})) as server:
            assert client_of(server).get(server.url).body == text


@contextmanager
def raw_server(talk, heads=None):
    """A server that says what `talk(connection)` says. The bytes of the requests are added to `heads`."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()
    accepted = []

    def run():
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            accepted.append(connection)
            threading.Thread(target=guarded, args=(connection,), daemon=True).start()

    def guarded(connection):
        try:
            head = connection.recv(65536)
            if heads is not None:
                heads.append(head)
            talk(connection, stop)
        except OSError:
            pass
        finally:
            connection.close()

    threading.Thread(target=run, daemon=True).start()
    try:
        yield listener.getsockname()[1], accepted
    finally:
        stop.set()
        listener.close()


def drip(first, again):
    def talk(connection, stop):
        connection.sendall(first)
        while not stop.wait(0.05):
            connection.sendall(again)

    return talk


SLOW = {
    "headers, a byte at a time": drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "many small headers": drip(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "a body, a byte at a time": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", b"z"),
    "chunks without an end": drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n"),
    "silence": lambda connection, stop: stop.wait(30),
    "interim answers without an end": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("kind", SLOW)
def test_s9_a_slow_server_ends_by_the_deadline(monkeypatch, kind):
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(module, "FIRST_BYTE_SECONDS", 0.7)
    with raw_server(SLOW[kind]) as (port, _):
        client = Client(ports=[port], allow_private=["127.0.0.1"])
        start = time.monotonic()
        with pytest.raises((SourceUnavailable, Unreadable)):
            client.get(f"http://127.0.0.1:{port}/", tries=1, seconds=1.5)
        assert time.monotonic() - start < 3.0


@pytest.mark.soak
def test_s9_every_slow_server_ends_within_31_seconds_of_the_real_limits():
    took = {}

    def ask(kind, port):
        start = time.monotonic()
        try:
            Client(ports=[port], allow_private=["127.0.0.1"]).get(f"http://127.0.0.1:{port}/", tries=1)
        except (SourceUnavailable, Unreadable):
            took[kind] = time.monotonic() - start

    with ExitStack() as stack:
        ports = {kind: stack.enter_context(raw_server(talk))[0] for kind, talk in SLOW.items()}
        threads = [threading.Thread(target=ask, args=entry, daemon=True) for entry in ports.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
    assert took.keys() == SLOW.keys() and max(took.values()) <= 31.0


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(100_000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 99999 What\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"\0\0\0\0",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_s9_a_broken_server_is_an_error_of_ours(answer):
    broken = pytest.raises((SourceUnavailable, Unreadable))
    with raw_server(lambda connection, stop: connection.sendall(answer)) as (port, _), broken:
        Client(ports=[port], allow_private=["127.0.0.1"]).get(f"http://127.0.0.1:{port}/", tries=1, seconds=3)


def test_s9_twenty_slow_hosts_delay_another_by_less_than_a_tenth():
    def answer(request):
        time.sleep(0.2)
        return Reply(200, b"ok")

    with raw_server(SLOW["a body, a byte at a time"]) as (port, _), serve(answer) as server:
        client = client_of(server)

        def took():
            start = time.monotonic()
            client.get(server.url)
            return time.monotonic() - start

        def ask(client):
            with pytest.raises((SourceUnavailable, Unreadable)):
                client.get(f"http://127.0.0.1:{port}/", tries=1, seconds=8)

        took()
        alone = statistics.median(took() for _ in range(9))
        slow = [Client(ports=[port], allow_private=["127.0.0.1"]) for _ in range(20)]
        threads = [threading.Thread(target=ask, args=(client,), daemon=True) for client in slow]
        for thread in threads:
            thread.start()
        # The median: this machine may be busy with something else for a moment, a host that waits for others is always.
        beside = statistics.median(took() for _ in range(9))
        assert all(thread.is_alive() for thread in threads)
        assert beside <= 1.1 * alone, (beside, alone)
        for thread in threads:
            thread.join(10)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    trustme = pytest.importorskip("trustme", reason="trustme makes the certificates of this test")
    return trustme.CA()


@contextmanager
def tls_server(certificate, minimum=None, maximum=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if maximum:
        context.minimum_version, context.maximum_version = minimum, maximum

    def talk(connection, stop):
        with context.wrap_socket(connection, server_side=True) as stream:
            stream.recv(65536)
            stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                talk(connection, None)
            except OSError:
                connection.close()

    threading.Thread(target=run, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def test_s10_only_a_trusted_certificate_of_this_host_will_do(authority, tmp_path):
    import datetime

    now = datetime.datetime.now(datetime.UTC)
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    good = authority.issue_cert("localhost")
    expired = authority.issue_cert(
        "localhost", not_before=now - datetime.timedelta(9), not_after=now - datetime.timedelta(2)
    )
    other = authority.issue_cert("elsewhere.example")
    for certificate, trusted in ((good, False), (expired, True), (other, True)):
        with tls_server(certificate) as port:
            client = Client(ports=[port], allow_private=["localhost"], ca_file=str(file) if trusted else None)
            with pytest.raises(SourceRefused, match="TLS"):
                client.get(f"https://localhost:{port}/")
            assert client.requests == 1
    stranger = type(authority)().issue_cert("localhost")
    for certificate, versions in (
        (stranger, ()),
        (good, (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1)),
        (good, (ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_1)),
    ):
        with tls_server(certificate, *versions) as port:
            client = Client(ports=[port], allow_private=["localhost"], ca_file=str(file))
            with pytest.raises((SourceRefused, SourceUnavailable)):
                client.get(f"https://localhost:{port}/", tries=1)
    with tls_server(good) as port:
        client = Client(ports=[port], allow_private=["localhost"], ca_file=str(file))
        assert client.get(f"https://localhost:{port}/").body == b"ok"


def test_s10_no_way_from_https_to_http():
    with pytest.raises(Unreadable, match="from https to http"):
        Client()._redirected("https://shop.example/", "http://shop.example/")


NASTY = st.text(st.sampled_from("ab/?&=%\r\n\t\0 #@:\\é\u2028\x7f"), max_size=30)


@pytest.fixture(scope="module")
def wire():
    """A server that keeps the bytes of every request, each on a connection of its own."""
    heads = []

    def talk(connection, stop):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with raw_server(talk, heads) as (port, _):
        yield port, heads


@settings(max_examples=500, deadline=None)
@given(path=NASTY, name=NASTY, value=NASTY, agent=NASTY)
def test_s11_no_line_break_reaches_the_wire(wire, path, name, value, agent):
    _sends_no_line_break(wire, path, name, value, agent)


@pytest.mark.soak
@settings(max_examples=5000, deadline=None)
@given(path=NASTY, name=NASTY, value=NASTY, agent=NASTY)
def test_s11_no_line_break_reaches_the_wire_in_5000_cases(wire, path, name, value, agent):
    _sends_no_line_break(wire, path, name, value, agent)


def _sends_no_line_break(wire, path, name, value, agent):
    """What is refused is not sent; what is sent is one request, of as many lines as it has headers."""
    port, heads = wire
    heads.clear()
    wanted = {"x-planted": "1", "cookie": f"a={value}", "user-agent": agent}
    # Each alone, so that one that is refused does not hide another.
    for address, headers in (
        (f"http://127.0.0.1:{port}/{path}", {}),
        (f"http://127.0.0.1:{port}/", {name: value}),
        *((f"http://127.0.0.1:{port}/", {key: text}) for key, text in wanted.items()),
    ):
        client = Client(ports=[port], allow_private=["127.0.0.1"], agent="kbaudit")
        try:
            client.authorize(f"http://127.0.0.1:{port}/", headers)
            client.get(address, params={"q": value}, tries=1, seconds=5)
        except (Unreadable, SourceUnavailable):
            pass
        finally:
            client.close()
    # A connection may be opened and left again without a word.
    for head in filter(None, heads):
        assert head.endswith(b"\r\n\r\n") and head.count(b"\r\n\r\n") == 1, head
        first, *lines = head[:-4].split(b"\r\n")
        assert re.fullmatch(rb"GET [!-~]+ HTTP/1\.1", first), first
        assert all(re.fullmatch(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+: ?[^\r\n\0]*", line) for line in lines), lines
        # Nothing but what a client sends, and at most one header of ours.
        names = {line.partition(b":")[0].lower() for line in lines}
        assert len(names - {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"}) <= 1, names


@pytest.mark.parametrize(
    "url",
    [
        "http://a\r\nb/",
        "http://a/\r\nX: y",
        "http://a b/",
        "http://[::1/",
        "http://a:99999/",
        "http:///x",
        "//a/",
        "",
        "http://a/" + "x" * 9000,
    ],
)
def test_s11_what_is_no_address_is_not_asked(url):
    with pytest.raises(Unreadable):
        Client().get(url)


def test_a_message_names_no_secret_of_an_address():
    assert module.shown("https://user:pw@shop.example/a?token=t#f") == "https://shop.example/a"


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("GET", 304), ("GET", 204), ("GET", 404), ("HEAD", 200)])
def test_one_connection_serves_many_short_answers(monkeypatch, method, status):
    opened = []
    connect = GuardedBackend.connect_tcp

    def counted(self, *arguments, **options):
        opened.append(1)
        return connect(self, *arguments, **options)

    monkeypatch.setattr(GuardedBackend, "connect_tcp", counted)
    with serve(lambda request: Reply(status, b"" if status in (204, 304) else b"text")) as server:
        client = Client(allow_private=["127.0.0.1"], ports=[server.port])
        for _ in range(5):
            client.request(method, server.url, accept=(404,))
        client.close()
    assert len(opened) == 1
